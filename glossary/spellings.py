"""All spellings that the glossary knows, kept so that those near a misspelt one are found by comparing few."""

from collections.abc import Callable, Iterator

from rapidfuzz import fuzz, process

# Below this ratio two names are different names.
ALIKE = 75.0
# Three letters have too many neighbours: only one that is missing, too many or in the wrong place is forgiven; of two
# letters only the wrong place.
SHORT, SHORT_ALIKE = 3, 80.0
# Whoever is this much further from what was typed than the best is not what was meant.
BEHIND = 7.0
# Half a millisecond at most.
COMPARED_AT_ONCE = 1500

_FIRST_HALF = str.maketrans("", "", "abcdefghijklm")

Bucket = tuple[int, int]
Answering = Callable[[str], tuple[str, ...]]


class Spellings:
    """Forms in buckets, by how many letters they have of the alphabet's first half and how many other characters.

    Two that differ much in these numbers cannot be alike, so that whole buckets need no comparison.
    """

    def __init__(self) -> None:
        self._buckets: dict[Bucket, list[str]] = {}

    def add(self, form: str) -> None:
        self._buckets.setdefault(_bucket(form), []).append(form)

    def remove(self, form: str) -> None:
        """The list is replaced, since a search may be on its way through it."""
        bucket = _bucket(form)
        left = [other for other in self._buckets[bucket] if other != form]
        if left:
            self._buckets[bucket] = left
        else:
            del self._buckets[bucket]

    def near(self, form: str) -> list[tuple[float, list[str]]]:
        """The buckets that may hold something alike, the most promising first, with the most that they can reach."""
        few, rest = _bucket(form)
        floor = alike(form)
        reached = [
            (100 - 100 * (abs(few - first) + abs(rest - second)) / (len(form) + first + second), forms)
            for (first, second), forms in self._buckets.items()
        ]
        return sorted((each for each in reached if each[0] >= floor), key=lambda each: -each[0])


class Search:
    """A search for what is near a form. It advances as it is iterated over, one short piece of work at a time, so that
    whoever drives it can let others work in between; afterwards, `ids` are those of the nearest terms, best first.

    Terms that come or go meanwhile may be found or not.
    """

    def __init__(self, spellings: Spellings, answering: Answering, form: str, limit: int, chunk: int) -> None:
        self._spellings, self._answering = spellings, answering
        self._form, self._limit, self._chunk = form, limit, chunk
        self._floor = alike(form)
        self._found: list[tuple[str, float]] = []

    def __iter__(self) -> Iterator[None]:
        self._keep([(form, SHORT_ALIKE) for form in _swapped(self._form) if self._answering(form)])
        if len(self._form) < SHORT:
            return
        buckets = self._spellings.near(self._form)
        yield
        compared = 0
        for reach, forms in buckets:
            for start in range(0, len(forms), self._chunk):
                if reach < self._floor:
                    return
                part = forms[start : start + self._chunk]
                self._keep(self._compared(part))
                compared += len(part)
                if compared >= self._chunk:
                    compared = 0
                    yield

    @property
    def ids(self) -> tuple[str, ...]:
        """By how alike they are; those that begin with the same letter before others."""
        return tuple(dict.fromkeys(term for form, _ in self._found for term in self._answering(form)))[: self._limit]

    def _compared(self, forms: list[str]) -> list[tuple[str, float]]:
        alike = process.extract(self._form, forms, scorer=fuzz.ratio, score_cutoff=self._floor, limit=None)
        return [(form, score) for form, score, _ in alike]

    def _keep(self, found: list[tuple[str, float]]) -> None:
        """Keeps the best that are enough, and raises the floor to what still has a chance against them."""
        if not found:
            return
        held = sorted(self._found + found, key=self._order)
        enough = self._enough(held)
        self._floor = max(self._floor, held[0][1] - BEHIND, held[enough - 1][1] if enough else 0)
        self._found = [each for each in held[: enough or None] if each[1] >= self._floor]

    def _order(self, found: tuple[str, float]) -> tuple[float, bool, str]:
        form, score = found
        return -score, form[0] != self._form[0], form

    def _enough(self, held: list[tuple[str, float]]) -> int:
        """How many of the first have as many terms as are wanted; 0 if all have fewer."""
        terms: set[str] = set()
        for nth, (form, _) in enumerate(held, 1):
            terms.update(self._answering(form))
            if len(terms) >= self._limit:
                return nth
        return 0


def alike(form: str) -> float:
    """The least ratio at which another form is worth offering."""
    return SHORT_ALIKE if len(form) <= SHORT else ALIKE


def _bucket(form: str) -> Bucket:
    rest = len(form.translate(_FIRST_HALF))
    return len(form) - rest, rest


def _swapped(form: str) -> list[str]:
    """A short form with two neighbours in each other's place."""
    if len(form) > SHORT:
        return []
    swapped = {form[:at] + form[at + 1] + form[at] + form[at + 2 :] for at in range(len(form) - 1)}
    return sorted(swapped - {form})
