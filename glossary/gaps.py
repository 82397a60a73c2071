"""What the group says or looks up and the glossary does not explain, ranked by how many different people meet it.

answers' candidates, failed look-ups -> by key -> at least two people -> most people first, then the two directions
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from glossary.terms import LONGEST_NAME

# Fewer than these have met a word before it is shown: one person's slip of the pen is no term.
FEWEST = 2
EXAMPLE = 160


@dataclass(frozen=True, slots=True)
class Seen:
    """A candidate in something that somebody wrote where all could read it."""

    key: str
    text: str
    user: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Sought:
    """Something that somebody looked up in vain."""

    key: str
    text: str
    user: str


@dataclass(frozen=True, slots=True)
class Gap:
    """A word to explain. `people` have written it or looked for it; `written` and `missed` count them by function,
    most first, "" for people without one. `example`: a sentence it was written in, or empty."""

    key: str
    text: str
    people: int
    written: tuple[tuple[str, int], ...]
    missed: tuple[tuple[str, int], ...]
    example: str

    @property
    def crosses(self) -> bool:
        """Whether one function writes it and another looks for it."""
        return bool({key for key, _ in self.missed} - {key for key, _ in self.written}) and bool(self.written)


@dataclass(slots=True)
class _Word:
    writers: set[str] = field(default_factory=set)
    seekers: set[str] = field(default_factory=set)
    spellings: Counter[str] = field(default_factory=Counter)
    sentences: list[str] = field(default_factory=list)


def rank(
    seen: Iterable[Seen],
    sought: Iterable[Sought],
    function_of: Mapping[str, str],
    known: Callable[[str], bool],
) -> list[Gap]:
    """`known`: whether a key is not to be shown, since it is explained or no term."""
    words: dict[str, _Word] = {}
    for each in seen:
        word = words.setdefault(each.key, _Word())
        word.writers.add(each.user)
        word.spellings[each.text] += 1
        word.sentences.append(each.sentence)
    for one in sought:
        word = words.setdefault(one.key, _Word())
        word.seekers.add(one.user)
        word.spellings[one.text] += 1
    gaps = [
        _gap(key, word, function_of) for key, word in words.items() if 0 < len(key) <= LONGEST_NAME and not known(key)
    ]
    kept = [gap for gap in gaps if gap.people >= FEWEST]
    kept.sort(key=lambda gap: (-gap.people, not gap.crosses, -len(gap.missed), gap.key))
    return kept


def _gap(key: str, word: _Word, function_of: Mapping[str, str]) -> Gap:
    text = min(word.spellings, key=lambda each: (-word.spellings[each], each))
    # The shortest sentence says it best on a phone.
    example = min(word.sentences, key=lambda each: (len(each), each), default="")
    shown = example if len(example) <= EXAMPLE else ""
    people = len(word.writers | word.seekers)
    return Gap(
        key, text, people, _by_function(word.writers, function_of), _by_function(word.seekers, function_of), shown
    )


def _by_function(users: set[str], function_of: Mapping[str, str]) -> tuple[tuple[str, int], ...]:
    counted = Counter(function_of.get(user, "") for user in users)
    return tuple(sorted(counted.items(), key=lambda each: (-each[1], each[0])))
