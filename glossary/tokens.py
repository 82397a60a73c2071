"""An answer as the finder of candidates reads it: its words, what joins them, and what each is by itself."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from glossary import trade
from glossary.ordinary import ADJECTIVES, BRANDS, CHAT, NOUNS, ORDINARY, TIME_AND_NUMBERS, is_ordinary

# What a word is by itself. Letters: an acronym that is known. Capitals: letters that may be one, or a name, or a shout.
# Guess: no word of the office and no known term. Shout: an ordinary word in capitals.
Kind = Literal["term", "letters", "capitals", "guess", "shout", "other"]
Case = Literal["small", "title", "other"]
# The second word of a phrase -> the rests of all phrases that go on so, the longest first.
Seconds = Mapping[str, Sequence[tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class Word:
    """What can be said of a word without its neighbours. `base` is small and in the singular.

    `modifier`: whether it makes a term of an open head: bounce rate, but not high rate, and not customers rate.
    `begins`, `hyphen`: what may follow it in a known phrase, and where only a hyphen makes it one.
    `promising`: whether a term may begin or end with it. Most words have nothing to do with any and are passed over.
    """

    small: str
    base: str
    kind: Kind
    case: Case
    modifier: bool
    begins: Seconds
    hyphen: Seconds
    promising: bool


class Token(NamedTuple):
    """A word in its place. `joined`: what joins it to the one before, or empty. `opens`: whether a sentence begins."""

    start: int
    end: int
    word: Word
    joined: str
    opens: bool

    @property
    def name(self) -> bool:
        """Capitalised in mid-sentence: a person, a customer, a code name."""
        return self.word.case == "title" and not self.opens and len(self.word.small) > 1


@dataclass(frozen=True, slots=True)
class Answer:
    """`shouted`: in capitals throughout. `foreign`: so many words are unknown that it is in another language."""

    text: str
    tokens: Sequence[Token]
    shouted: bool
    foreign: bool

    def joined(self, at: int, *by: str) -> bool:
        """Whether there is such a token and it belongs to the one before: by one of these signs, or by any."""
        if at >= len(self.tokens) or not self.tokens[at].joined:
            return False
        return not by or self.tokens[at].joined in by

    def small(self, at: int) -> str:
        return self.tokens[at].word.small

    def slice(self, first: int, after: int) -> tuple[int, int]:
        """Where in the text these tokens stand, from the first up to the one before `after`."""
        return self.tokens[first].start, self.tokens[after - 1].end


# A word, without a genitive's ending; or else a gap: code, links and mentions, emoji codes, addresses and numbers with
# points, names with underscores, ticket numbers; or a word after all. What repeats is never given back, so that no text
# takes longer than its length.
_TOKEN = re.compile(
    r"""
    ([^\W_]++(?:['\u2019](?!s\b)[^\W_]++)*+)(?![.@_]\w|://|-\d)
    | ```.*?``` | `[^`\n]*` | <[^<>\n]*> | https?://\S+ | [@\#][\w.-]+ | :[a-z0-9_+-]+: | _+
    | \w++(?:[.@]\w++)++ | [^\W_]++(?:_+[^\W_]++)++ | [A-Z][A-Z0-9]+-\d+\b
    | ([^\W_]++)
    """,
    re.VERBOSE | re.DOTALL,
)
_JOINS = frozenset({" ", "  ", "-", "\N{NON-BREAKING HYPHEN}", "/", "&", " & ", "+"})
_ENDS = frozenset('.!?:;\n\u2022"\u201c(*')


def read(text: str) -> Answer:
    tokens: list[Token] = []
    done, opens, beside = 0, True, False
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        joined, ends = _gap(text[done:start])
        opens, done = opens or ends, end
        surface = match[1] or match[2]
        if surface:
            tokens.append(Token(start, end, _word(surface), joined if beside else "", opens))
            opens = False
        beside = bool(surface)
    kinds = [token.word.kind for token in tokens]
    shouts, guesses = kinds.count("shout"), kinds.count("guess")
    shouted = shouts > 2 or shouts * 2 > len(tokens) > 1
    return Answer(text, tokens, shouted, foreign=guesses > 3 and guesses * 4 > len(tokens))


@lru_cache(maxsize=512)
def _gap(gap: str) -> tuple[str, bool]:
    """The gap itself where it joins two words of one phrase, and whether it ends a sentence."""
    return gap if gap in _JOINS else "", not _ENDS.isdisjoint(gap)


_CAPITALS = re.compile(r"[A-Z]{2,5}s?|[A-Z]\d[A-Z]|[a-z][A-Z]{2,5}s?")
_PLURAL = re.compile(r"\w*[A-Z]s")
_ROMAN = re.compile(r"[IVX]+")
_GUESS = re.compile(r"[a-z]{4,20}")
# Unknown words with these endings are verbs, adverbs and adjectives more often than terms.
_NO_NOUN = ("ed", "ing", "ly", "ish", "ful", "less", "able", "ous", "ive")
_TERMS = trade.words()
_SMALL_ACRONYMS = frozenset(word for word in trade.ACRONYMS if len(word) > 2) | {"pr", "qa", "ux", "ui", "ci", "ml"}
_NOUNS = frozenset(NOUNS.split()) - frozenset(ADJECTIVES.split())
_NEVER_SHOUTED = frozenset(f"{CHAT} {TIME_AND_NUMBERS} {BRANDS}".split())
_PAIRED = frozenset(re.split(r"\W", pair)[0] for pair in trade.JOINED)


@lru_cache(maxsize=8192)
def _word(surface: str) -> Word:
    small = surface.lower()
    base = small[:-1] if _PLURAL.fullmatch(surface) else singular(small)
    case: Case = "small" if surface == small else "title" if surface[1:] == small[1:] else "other"
    kind = _capitals(surface, base) if case == "other" else _letters(small, base, case)
    modifier = case != "other" and (kind in ("term", "guess") or (small == base and small in _NOUNS))
    begins, hyphen = _phrases().get(base, {}), _hyphenated().get(base, {})
    listed = bool(begins or hyphen) or base in _PAIRED or base in trade.OPEN_HEADS
    return Word(small, base, kind, case, modifier, begins, hyphen, listed or kind not in ("shout", "other"))


def _capitals(surface: str, base: str) -> Kind:
    if base in trade.ACRONYMS or base in _TERMS or base.rstrip("0123456789") in trade.ACRONYMS:
        return "letters"
    if is_ordinary(base) or is_ordinary(surface):
        return "other" if base in _NEVER_SHOUTED else "shout"
    return "capitals" if _CAPITALS.fullmatch(surface) and not _ROMAN.fullmatch(surface) else "other"


def _letters(small: str, base: str, case: Case) -> Kind:
    if base in _TERMS or small in _TERMS:
        return "term"
    if case == "small" and base in _SMALL_ACRONYMS and small not in ORDINARY:
        return "term"
    return "guess" if case == "small" and _strange(small) else "other"


def _strange(small: str) -> bool:
    """Whether a small word is none of the office, in no form, nor one that is mistyped."""
    if not _GUESS.fullmatch(small) or small.endswith(_NO_NOUN) or is_ordinary(small):
        return False
    return not any(is_ordinary(word) for word in _swapped(small)) and ORDINARY.isdisjoint(_mended(small))


def _swapped(word: str) -> Iterator[str]:
    """The words that it would be if two letters were in the wrong order, or one were too many."""
    for n in range(len(word) - 1):
        yield word[:n] + word[n + 1] + word[n] + word[n + 2 :]
    for n in range(1, len(word)):
        yield word[:n] + word[n + 1 :]


def _mended(word: str) -> Iterator[str]:
    """The words that it would be if a letter were missing or wrong, and their singulars; neither of short words, where
    everything is near to everything, nor of very long ones."""
    for form in {word, singular(word)} if 5 < len(word) < 13 else ():
        for n in range(1, len(form) + 1):
            for letter in "abcdefghijklmnopqrstuvwxyz":
                yield form[:n] + letter + form[n:]
                yield form[:n] + letter + form[n + 1 :]


def singular(word: str) -> str:
    """The singular of a small word, near enough: what is no word is the same for everybody who writes it."""
    if word in _ODD:
        return _ODD[word]
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    return word[:-2] if word.endswith(("sses", "xes", "ches", "shes")) else word[:-1]


_ODD = {
    "analyses": "analysis",
    "caches": "cache",
    "criteria": "criterion",
    "hypotheses": "hypothesis",
    "indices": "index",
    "series": "series",
}


@cache
def _phrases() -> Mapping[str, Seconds]:
    return _by_words(trade.phrases())


@cache
def _hyphenated() -> Mapping[str, Seconds]:
    return _by_words(trade.hyphenated())


def _by_words(phrases: Iterable[Sequence[str]]) -> Mapping[str, Seconds]:
    """First word -> what follows it in all phrases that begin so; all in the singular."""
    index: defaultdict[str, defaultdict[str, list[tuple[str, ...]]]] = defaultdict(lambda: defaultdict(list))
    for first, second, *rest in (map(singular, phrase) for phrase in phrases):
        index[first][second].append(tuple(rest))
    for seconds in index.values():
        for rests in seconds.values():
            rests.sort(key=len, reverse=True)
    return index
