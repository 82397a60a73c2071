"""The waiting matrix: which function waits for which, how many times, how long."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rituals.decisions.turnaround import median_wait

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# One or two waits are a story about the people in them, not a fact about two functions: with three the median is no
# longer any single person's slowest day.
NAMED_FROM = 3


@dataclass(frozen=True, slots=True, eq=False)
class Waited:
    """`waiting` waits, or waited (`open` is false), for `asked`: each time so many whole working minutes. None: nobody
    knows whom, or she belongs to no function."""

    waiting: str | None
    asked: str | None
    minutes: "Sequence[int] | NDArray[np.int64]"
    open: bool


@dataclass(frozen=True, slots=True)
class Edge:
    """All that one function waited for another. `median` is Kaplan and Meier's, None where too few are closed to know;
    `oldest_open` is how long the oldest open one has waited. Both are in working days."""

    waiting: str | None
    asked: str | None
    open: int
    closed: int
    median: float | None
    oldest_open: float | None

    @property
    def slowness(self) -> float:
        """The median; where it is not reached, it is longer than anything that has been seen: the oldest open one."""
        slow = self.oldest_open if self.median is None else self.median
        return 0.0 if slow is None else slow


def matrix(waited: Iterable[Waited], minutes_a_day: int) -> tuple[Edge, ...]:
    """An edge for each pair of functions that occurs, by name, those nobody knows last."""
    pairs: dict[tuple[str | None, str | None], list[Waited]] = defaultdict(list)
    for wait in waited:
        pairs[wait.waiting, wait.asked].append(wait)
    return tuple(_edge(*pair, pairs[pair], minutes_a_day) for pair in sorted(pairs, key=_by_name))


def slowest(edges: Iterable[Edge], most: int = 3) -> tuple[Edge, ...]:
    """The slowest edges, slowest first, of those with at least three waits; of equally slow ones the one with more
    open."""
    named = [edge for edge in edges if edge.open + edge.closed >= NAMED_FROM]
    return tuple(sorted(named, key=lambda edge: (-edge.slowness, -edge.open))[:most])


def _edge(waiting: str | None, asked: str | None, waits: Sequence[Waited], minutes_a_day: int) -> Edge:
    import numpy as np

    none = np.zeros(0, np.float64)
    still = np.concatenate([none, *(wait.minutes for wait in waits if wait.open)])
    closed = np.concatenate([none, *(wait.minutes for wait in waits if not wait.open)])
    oldest = float(still.max()) / minutes_a_day if still.size else None
    return Edge(waiting, asked, still.size, closed.size, median_wait(closed, still, minutes_a_day).value, oldest)


def _by_name(pair: tuple[str | None, str | None]) -> tuple[tuple[bool, str], ...]:
    return tuple((name is None, name or "") for name in pair)
