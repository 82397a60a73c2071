"""How names and messages are read: which spellings are the same, where the words are, what of a message is prose.

    text -> folded characters -> words -> "c++ price lists" (exact) -> "c++ price list" (key)

Everything here answers for any text whatever, in time that grows with its length.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from unicodedata import category, normalize

from glossary.plurals import IRREGULAR, singular

# A line's end, or something that is no prose, joins no words; it stands in no name.
NEVER = "\n"
# Whoever asks what a term means takes a line to do it.
LONGEST_QUESTION = 300
# What is longer is no English word, and has no plural.
LONGEST_WORD = 60

# Folding turns punctuation and symbols into their like in ASCII: what it leaves beyond ASCII belongs to words, as do
# 0-9 and a-z. Told by what it is not: to compile a class of a million characters takes ten milliseconds of each start.
_W = r"[^\x00-\x2f\x3a-\x60\x7b-\x7f]"
_WORD = re.compile(
    rf"[a-z](?:\.[a-z](?!{_W}))++\.?"  # e.g., U.S.
    rf"|{_W}++(?:'{_W}++)*+(?:\+\+|[+#](?!{_W}))?"  # customer's, C++, C#
    r"|&++"
)
# What parts two words so that they are no longer one name: the end of a clause, a bracket, a dash between spaces.
_PARTING = re.compile(r"[,;:!?()\[\]{}<>|=]|\.\s|\s-+\s|--")

_BEYOND_ASCII = re.compile(r"[\x00-\x7f]?[^\x00-\x7f]+")
_LIKE = {
    **dict.fromkeys("™℠®©", ""),
    **dict.fromkeys("\u2018\u2019\u201b\u2032\u02bc\u00b4", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033«»", '"'),
    **dict.fromkeys("\u2014\u2015", ","),
    **dict.fromkeys("\x85\u2028\u2029", "\n"),
}
# A letter with more marks than any language has is not worth the time it takes to put them in order.
_MOST_MARKS = 30

_CODE = re.compile(r"```.*?```|(?<!`)`[^`\n]+`(?!`)", re.DOTALL)
_LINK = re.compile(r"<(?:[@#!]|[A-Za-z][A-Za-z0-9+.-]*+:)[^<>]*+>")
_ADDRESS = re.compile(r"\b(?:[A-Za-z][A-Za-z0-9+.-]{0,20}+://|www\.)[^\s<>]+")
_MENTION = re.compile(r"(?<![\w.+-])[\w.+-]*+@[\w.-]+")
_EMOJI = re.compile(r":[^\x00-\x26\x28-\x2a\x2c\x2e\x2f\x3a-\x5e\x60\x7b-\x7f]++:")  # 0-9, a-z, _+'- and beyond
# What tells at a glance that one of them may be there, and the expression that finds it; code comes first, since
# nothing inside it means anything.
_NO_PROSE = (("`", _CODE), ("<", _LINK), ("://", _ADDRESS), ("www.", _ADDRESS), ("@", _MENTION), (":", _EMOJI))

_OPENING = r"(?:(?:please|hi|hello|hey|so|and|ok|okay),? )*+(?:(?:can|could) \w+ (?:please )?(?:tell me|explain) )?"
_QUESTIONS = [
    re.compile(_OPENING + question, re.IGNORECASE)
    for question in (
        r"what(?:'?s| is| are) meant by (.+)",
        r"what (?:does|do|did) (.+?) (?:mean|means|stand for|stands for|refer to)(?: here| exactly| again| please)?",
        r"(?:what(?:'?s| is) )?(?:the )?(?:meaning|definition) of (.+)",
        r"what(?:'?s|'?re| is| are) (.+)",
        r"what (.+) (?:means|stands for)",
        r"(?:define|explain) (.+)",
    )
]
_ARTICLE = re.compile(r"\s*+(?:the|an?)\s++(?=\S)", re.IGNORECASE)


def exact(text: str) -> str:
    """The form under which a name is filed: its words, folded, with one space between them; "" if it has none.

    Case, width, punctuation, hyphens, slashes and apostrophes make no difference, "&" is "and", "U.S." is "US". The
    signs of "C++" and "C#" belong to the word.
    """
    return " ".join(Reading(text).words)


def key(text: str) -> str:
    """`exact` with each word in the singular: "KPIs" and "KPI", "price-lists" and "Price list" have the same."""
    return " ".join(Reading(text).singulars())


def asked(text: str) -> str:
    """What somebody would like to know who writes "what does ARR mean?", "what is an SLA?" or "define churn".

    The text itself, without question marks and spaces around it, if it asks for nothing in such words.
    """
    if len(text) > LONGEST_QUESTION:
        return text
    plain = " ".join(text.replace("\u2019", "'").split()).rstrip("?!. ")
    for question in _QUESTIONS:
        if found := question.fullmatch(plain):
            return found[1].strip("\"'`*_\u201c\u201d ") or plain
    return text.strip().rstrip("? ")


def without_article(text: str) -> str:
    """ "the SLA" -> "SLA"."""
    return text[article.end() :] if (article := _ARTICLE.match(text)) else text


def prose(text: str) -> str:
    """A Slack message, its entities for & < > undone, in which all that is no prose is blank: code, links and
    mentions in angle brackets, bare addresses, e-mail addresses, emoji codes. What is left stands where it stood."""
    for sign, expression in _NO_PROSE:
        if sign in text:
            text = expression.sub(_blank, text)
    return text


def in_capitals(text: str) -> bool:
    """Whether all letters are capitals, but for the s of a plural: "IT", "PRs", "PR's"."""
    return text.isupper() or (text.endswith("s") and text[:-1].isupper())


class Reading:
    """The words of a text, folded, and where they stand in it."""

    __slots__ = ("_folded", "_found", "_places", "_text", "words")

    def __init__(self, text: str) -> None:
        self._text = text
        self._folded, self._places = _fold(text)
        self._found = list(_WORD.finditer(self._folded))
        self.words = [found[0] for found in self._found]
        if "'" in self._folded or "&" in self._folded or "." in self._folded:
            self.words = [word if word.isalnum() else _levelled(word) for word in self.words]

    def singulars(self) -> list[str]:
        return [
            singular(word, self.written(nth, nth + 1))
            if (word[-1] == "s" and len(word) <= LONGEST_WORD) or word in IRREGULAR
            else word
            for nth, word in enumerate(self.words)
        ]

    def place(self, first: int, end: int) -> tuple[int, int]:
        """Where in the text the words from `first` to before `end` begin and end."""
        start, stop = self._found[first].start(), self._found[end - 1].end()
        return (start, stop) if self._places is None else (self._places[start][0], self._places[stop - 1][1])

    def written(self, first: int, end: int) -> str:
        start, stop = self.place(first, end)
        return self._text[start:stop]

    def whole(self, first: int, end: int) -> bool:
        """Whether nothing is joined onto these words, as "&D" is onto the "R" of "R&D"."""
        return not (self._glued(first) or self._glued(end) or self._inside_a_character(first, end))

    def joint(self, nth: int) -> str:
        """What joins a word to the one before: a space, or ", " where they are parted, or `NEVER`."""
        before = self._folded[self._found[nth - 1].end() : self._found[nth].start()]
        if before == " ":
            return " "
        if NEVER in before:
            return NEVER
        return ", " if _PARTING.search(before) else " "

    def _glued(self, nth: int) -> bool:
        """Whether a word follows upon another without anything between them."""
        return 0 < nth < len(self._found) and self._found[nth - 1].end() == self._found[nth].start()

    def _inside_a_character(self, first: int, end: int) -> bool:
        """Whether they begin or end within what one character stands for: the "2" of "\u00bd"."""
        if self._places is None:
            return False
        start, stop = self._found[first].start(), self._found[end - 1].end()
        return any(self._places[at] == self._places[at - 1] for at in (start, stop) if 0 < at < len(self._places))


def _levelled(word: str) -> str:
    if word.startswith("&"):
        return "and"
    if word.endswith("s's"):
        word = word[:-2]
    return word.replace("'", "").replace(".", "")


def _blank(found: re.Match[str]) -> str:
    return NEVER * len(found[0])


Places = Sequence[tuple[int, int]]


def _fold(text: str) -> tuple[str, Places | None]:
    """The text in the characters by which it is compared, and for each of them where what it stands for begins and
    ends in the text; None if they stand one for one."""
    if text.isascii():
        return text.lower(), None
    folded: list[str] = []
    places: list[tuple[int, int]] = []
    for start, end in _pieces(text):
        piece = text[start:end]
        like = piece.lower() if piece.isascii() else _like(piece)
        folded.append(like)
        if len(like) == end - start:
            places += zip(range(start, end), range(start + 1, end + 1), strict=True)
        else:
            places += [(start, end)] * len(like)
    return "".join(folded), places


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Where to cut, so that no character's form depends on another piece: before each beyond ASCII that is no mark."""
    start = 0
    for run in _BEYOND_ASCII.finditer(text):
        for at in range(run.start(), run.end()):
            if at > start and (not _joins(text[at]) or at - start > _MOST_MARKS):
                yield start, at
                start = at
        yield start, run.end()
        start = run.end()
    if start < len(text):
        yield start, len(text)


@lru_cache(maxsize=4096)
def _joins(character: str) -> bool:
    """Whether it may become one with what stands before it: marks, what is invisible, the later parts of a syllable."""
    first = normalize("NFKC", character)[:1]
    return category(first) in ("Mn", "Mc", "Me", "Cf") or "\u1160" <= first <= "\u11ff"


@lru_cache(maxsize=4096)
def _like(piece: str) -> str:
    """A character with its marks, folded: words keep their letters, all else becomes its like in ASCII or a comma."""
    kept = "".join(character for character in piece if not _invisible(character))
    if kept in _LIKE:
        return _LIKE[kept]
    folded = normalize("NFKC", normalize("NFKC", kept).casefold())
    return "".join(character if character.isascii() else _like_ascii(character) for character in folded)


def _invisible(character: str) -> bool:
    return category(character) == "Cf" or "\ufe00" <= character <= "\ufe0f"


def _like_ascii(character: str) -> str:
    if character in _LIKE:
        return _LIKE[character]
    kind = category(character)
    if kind[0] in "LMN":
        return character
    if kind == "Pd":
        return "-"
    return " " if kind[0] == "Z" else ","
