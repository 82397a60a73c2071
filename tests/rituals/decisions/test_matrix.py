"""Who waits for whom, and what of all figures is worth saying."""

from collections.abc import Sequence

import pytest

from rituals.decisions.findings import Finding, findings
from rituals.decisions.matrix import Edge, Waited, matrix, slowest
from rituals.decisions.turnaround import Quantile, Waits, turnaround

DAY = 480


def waited(
    waiting: str | None, asked: str | None, closed: Sequence[int] = (), still: Sequence[int] = ()
) -> list[Waited]:
    """Waits in days."""
    over = [Waited(waiting, asked, [day * DAY], False) for day in closed]
    return over + ([Waited(waiting, asked, [day * DAY for day in still], True)] if still else [])


def edge(asked: str, median: float | None, oldest_open: float | None = None, still: int = 0, closed: int = 3) -> Edge:
    return Edge("Sales", asked, still, closed, median, oldest_open)


def decisions(decided: Sequence[int], still: Sequence[int] = ()) -> Waits:
    """Of waits in days."""
    return Waits([day * DAY for day in decided], [day * DAY for day in still])


def median_of(waits: Waits) -> Quantile:
    return turnaround(waits, DAY).median


@pytest.mark.parametrize(
    ("waits", "edges"),
    [
        ([], []),
        (waited("Sales", "Legal", [1, 2, 3]), [Edge("Sales", "Legal", 0, 3, 2.0, None)]),
        # Open ones count: of five two are decided within two days, and nobody knows when half of them will be.
        (waited("Sales", "Legal", [1, 2], [9, 9, 4]), [Edge("Sales", "Legal", 3, 2, None, 9.0)]),
        (waited("Sales", "Legal", [], [0]), [Edge("Sales", "Legal", 1, 0, None, 0.0)]),
        (
            waited("Sales", None, [1]) + waited(None, "Legal", [2]) + waited("Legal", "Sales", [4], [1]),
            [
                Edge("Legal", "Sales", 1, 1, 4.0, 1.0),
                Edge("Sales", None, 0, 1, 1.0, None),
                Edge(None, "Legal", 0, 1, 2.0, None),
            ],
        ),
    ],
)
def test_the_matrix(waits: list[Waited], edges: list[Edge]) -> None:
    assert list(matrix(waits, DAY)) == edges
    assert list(matrix(reversed(waits), DAY)) == edges


@pytest.mark.parametrize(
    ("edges", "named"),
    [
        ([], []),
        ([edge("A", 1), edge("B", 4), edge("C", 2), edge("D", 3)], ["B", "D", "C"]),
        # Of two waits nobody is named.
        ([edge("A", 90, closed=2), edge("B", 1)], ["B"]),
        ([edge("A", None, 90, still=2, closed=0), edge("B", None, 2, still=2, closed=1)], ["B"]),
        # A median that is not reached is longer than the oldest open one.
        ([edge("A", 5), edge("B", None, 7, still=3, closed=0), edge("C", None, 2, still=3)], ["B", "A", "C"]),
        ([edge("A", 5, 1, still=1), edge("B", 5, 1, still=2)], ["B", "A"]),
    ],
)
def test_the_slowest_edges(edges: list[Edge], named: list[str]) -> None:
    assert [found.asked for found in slowest(edges)] == named


QUICK, SLOW = [1, 2, 2, 3, 3, 4] * 4, [8, 9, 9, 10, 11, 12] * 4


@pytest.mark.parametrize(
    ("now", "before", "edges", "found"),
    [
        (decisions([]), None, [], []),
        (decisions(QUICK), None, [], []),
        (decisions(QUICK), decisions(QUICK), [], []),
        (decisions(SLOW), decisions(QUICK), [], [Finding("slower", 9, 2)]),
        (decisions(QUICK), decisions(SLOW), [], [Finding("faster", 2, 9)]),
        # Too few to tell, or to be told at all.
        (decisions([2, 3, 4, 5, 6]), decisions([1, 2, 3, 4, 9]), [], []),
        (decisions([90, 90, 90, 90]), decisions(QUICK), [], []),
        (decisions(SLOW), decisions([1, 1, 1, 1]), [], []),
        # Nobody ever decided: nothing to compare, then everything.
        (decisions([], [5] * 9), decisions([], [5] * 9), [], []),
        (decisions([], [9] * 20), decisions([2] * 20), [], [Finding("slower", None, 2)]),
        # Nobody was decided while both waited: it cannot be compared.
        (decisions([9] * 9), decisions([], [1] * 9), [], []),
        # Forgotten open ones: eight of twenty were decided quickly, and no more.
        (decisions([1] * 8, [5] * 12), None, [], [Finding("flattered", None, 1)]),
        (decisions([1, 1, 1, 1, 6, 6, 6], [6, 6]), None, [], [Finding("flattered", 6, 1)]),
        (decisions(QUICK, [3, 4, 9, 12]), None, [], [Finding("stuck", 0.5, 4, 2)]),
        (decisions(QUICK), None, [edge("Legal", 5)], [Finding("slowest edge", 5, 2, 0, edge("Legal", 5))]),
        (decisions(QUICK), None, [edge("Legal", 2)], []),
        (decisions([]), None, [edge("Legal", 2)], [Finding("slowest edge", 2, None, 0, edge("Legal", 2))]),
    ],
)
def test_what_is_found(now: Waits, before: Waits | None, edges: list[Edge], found: list[Finding]) -> None:
    assert list(findings(now, before, edges, DAY)) == found


def test_three_findings_at_most_and_good_news_after_what_can_be_done() -> None:
    edges = [edge("Legal", None, 30, still=4)]
    slower = findings(decisions(SLOW, [12, 40]), decisions(QUICK), edges, DAY)
    faster = findings(decisions(QUICK, [4, 9]), decisions(SLOW), edges, DAY)
    assert [finding.kind for finding in slower] == ["slower", "stuck", "slowest edge"]
    assert [finding.kind for finding in faster] == ["stuck", "slowest edge", "faster"]


def test_a_test_finds_what_intervals_that_overlap_do_not_show() -> None:
    before, now = decisions([*range(1, 21)] * 2), decisions([*range(4, 44, 2)] * 2)
    assert median_of(now).low is not None
    assert median_of(before).high is not None
    assert [finding.kind for finding in findings(now, before, [], DAY)] == ["slower"]


def test_among_very_many_a_quarter_of_an_hour_is_no_news() -> None:
    before, now, later = (Waits([*range(from_, from_ + 960)] * 100, []) for from_ in (0, 15, 150))
    low, high = median_of(now).low, median_of(before).high
    assert low is not None
    assert high is not None
    assert low > high
    assert findings(now, before, [], DAY) == ()
    assert [finding.kind for finding in findings(later, before, [], DAY)] == ["slower"]
