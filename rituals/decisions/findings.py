"""What in a period's figures somebody could act on, as data: the words belong to who shows them."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from rituals.decisions.matrix import Edge, slowest
from rituals.decisions.turnaround import Quantile, Turnaround, Waits, turnaround

Kind = Literal["slower", "stuck", "slowest edge", "faster", "flattered"]

MOST = 3
SIGNIFICANT = 0.05
# Among many decisions a quarter of an hour is significant, and nobody's news.
NOTICEABLE = 0.1
FLATTERING = 0.5

# Beyond this the whole numbers inside scipy's test may overflow: it multiplies both groups' sizes, those who were
# decided in one minute and those who were not. Among so many the intervals are narrow enough to say it alone.
_TESTED = 100_000


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing worth saying; times are in working days, None is not reached.

    slower, faster: the median `value` against `than` in the period before.
    stuck: `many` open ones, `value` of all open ones (of 1), have waited longer than the p85, which is `than`.
    slowest edge: `edge` waits `value` at the median, against `than` for all decisions.
    flattered: the median is `value`, and `than` if one forgets the open ones.
    """

    kind: Kind
    value: float | None
    than: float | None
    many: int = 0
    edge: Edge | None = None


def findings(of: Waits, before: Waits | None, edges: Iterable[Edge], minutes_a_day: int) -> tuple[Finding, ...]:
    """At most three. First that it became slower, then what can be moved today, then whom to speak to; then good news,
    and last what others' figures would have hidden. Both are a period's waits as they stand today."""
    now = turnaround(of, minutes_a_day)
    change = _change(of, now, before, turnaround(before, minutes_a_day)) if before else None
    found = [
        change if change and change.kind == "slower" else None,
        _stuck(now),
        _slowest_edge(now, edges),
        change if change and change.kind == "faster" else None,
        _flattered(now),
    ]
    return tuple(finding for finding in found if finding)[:MOST]


def _change(of: Waits, now: Turnaround, earlier: Waits, before: Turnaround) -> Finding | None:
    if not (now.enough and before.enough):
        return None
    value, than = now.median.value, before.median.value
    ours, theirs = _or_never(value), _or_never(than)
    if ours == theirs or abs(ours - theirs) <= NOTICEABLE * min(ours, theirs):
        return None
    slower = ours > theirs
    longer, shorter = (now, before) if slower else (before, now)
    if _apart(longer.median, shorter.median) or _tested_slower(*((of, earlier) if slower else (earlier, of))):
        return Finding("slower" if slower else "faster", value, than)
    return None


def _or_never(days: float | None) -> float:
    return math.inf if days is None else days


def _apart(longer: Quantile, shorter: Quantile) -> bool:
    return longer.low is not None and shorter.high is not None and longer.low > shorter.high


def _tested_slower(longer: Waits, shorter: Waits) -> bool:
    """Whether a log-rank test says that the two differ (two-sided, 5 %), and in this direction."""
    import numpy as np
    from scipy import stats

    samples = [waits.numbers() for waits in (longer, shorter)]
    if sum(decided.size + still.size for decided, still in samples) > _TESTED:
        return False
    with np.errstate(divide="ignore", invalid="ignore"):
        # Where nobody was decided while both groups waited there is nothing to compare, and it divides by zero.
        test = stats.logrank(*(stats.CensoredData(uncensored=decided, right=still) for decided, still in samples))
    return bool(np.isfinite(test.statistic) and test.statistic < 0 and test.pvalue < SIGNIFICANT)


def _stuck(now: Turnaround) -> Finding | None:
    return Finding("stuck", now.overdue / now.open, now.p85.value, now.overdue) if now.overdue else None


def _slowest_edge(now: Turnaround, edges: Iterable[Edge]) -> Finding | None:
    """Only one that is slower than decisions are anyway."""
    for edge in slowest(edges, 1):
        if now.median.value is None or edge.slowness > now.median.value:
            return Finding("slowest edge", edge.median, now.median.value, edge.open, edge)
    return None


def _flattered(now: Turnaround) -> Finding | None:
    value, closed_only = now.median.value, now.closed_only_median
    if closed_only is None or (value is not None and abs(closed_only - value) <= FLATTERING * value):
        return None
    return Finding("flattered", value, closed_only)
