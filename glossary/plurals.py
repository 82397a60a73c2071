"""English plurals: "companies" -> "company". Only as far as two spellings of one name have to meet."""

from functools import lru_cache

IRREGULAR = {
    "alumni": "alumnus",
    "analyses": "analysis",
    "appendices": "appendix",
    "axes": "axis",
    "bases": "base",
    "caches": "cache",
    "calves": "calf",
    "children": "child",
    "cookies": "cookie",
    "crises": "crisis",
    "criteria": "criterion",
    "diagnoses": "diagnosis",
    "emojis": "emoji",
    "emphases": "emphasis",
    "feet": "foot",
    "fezzes": "fez",
    "freebies": "freebie",
    "geese": "goose",
    "gurus": "guru",
    "halves": "half",
    "headaches": "headache",
    "hypotheses": "hypothesis",
    "indices": "index",
    "knives": "knife",
    "matrices": "matrix",
    "men": "man",
    "menus": "menu",
    "mice": "mouse",
    "movies": "movie",
    "newbies": "newbie",
    "niches": "niche",
    "oases": "oasis",
    "parentheses": "parenthesis",
    "people": "person",
    "phenomena": "phenomenon",
    "prognoses": "prognosis",
    "quizzes": "quiz",
    "rookies": "rookie",
    "selfies": "selfie",
    "shelves": "shelf",
    "shoes": "shoe",
    "syntheses": "synthesis",
    "teeth": "tooth",
    "theses": "thesis",
    "thieves": "thief",
    "vertices": "vertex",
    "wikis": "wiki",
    "wolves": "wolf",
    "women": "woman",
    "zombies": "zombie",
}
# Words that end like plurals and are none.
SINGULAR = frozenset(
    (
        *(
            "alias",
            "always",
            "atlas",
            "axis",
            "bias",
            "canvas",
            "chaos",
            "cosmos",
            "iris",
            "lens",
            "news",
            "onus",
            "opus",
        ),
        *("perhaps", "plus", "series", "species", "this", "thus"),
    )
)
# "statuses" is "status" with "es", while "clauses" is "clause" with "s".
ENDING_IN_US = frozenset(
    f"{word}es"
    for word in (
        *("apparatus", "bonus", "bus", "campus", "census", "consensus", "corpus", "exodus", "focus", "genius", "minus"),
        *("nexus", "octopus", "omnibus", "plus", "prospectus", "radius", "status", "stimulus", "surplus", "syllabus"),
        *("terminus", "virus", "walrus"),
    )
)
# After these a plural takes "es"; after others that end in "es" the "e" is the word's own.
HISSES = ("sses", "xes", "ches", "shes", "zzes", "oes")


@lru_cache(maxsize=4096)
def singular(word: str, written: str) -> str:
    """The singular of a case-folded word, or the word itself. `written` is the word as it stood in the text: a capital
    S at the end of an abbreviation (POS, SaaS) is one of its letters, a small one after capitals (POs) is a plural.
    """
    if word in IRREGULAR:
        return IRREGULAR[word]
    if len(word) > 2 and _letters_with_s(written):
        return word[:-1]
    if len(word) <= 3 or not word.endswith("s") or word in SINGULAR or word.endswith(("ss", "aas")):
        return word
    # Four letters are an abbreviation (KPIs, SKUs) sooner than a word like "status" or "basis".
    if word.endswith(("us", "is")) and len(word) > 4:
        return word
    if written.endswith("S") and (len(word) == 4 or not written.isupper()):
        return word
    return _without_ending(word)


def _letters_with_s(written: str) -> bool:
    """Whether it is written as "POs" or "PO's" are."""
    return written.endswith("s") and written[:-1].isupper()


def _without_ending(word: str) -> str:
    if word.endswith("ies"):
        return word[:-1] if len(word) == 4 else f"{word[:-3]}y"
    if word in ENDING_IN_US or (word.endswith(HISSES) and len(word) > 4):
        return word[:-2]
    return word[:-1]
