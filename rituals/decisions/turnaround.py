"""How long decisions take, counting those that are still open: an open one has taken at least as long as it has waited.

    waits in minutes -> Kaplan-Meier's curve with its band -> the quantiles and chances that people read

A curve gives for each wait t the part that still waits after it, S(t): Kaplan and Meier (1958), its 95 % band by the
log-log form of Greenwood's formula. A quantile's interval is where that band crosses its level (Brookmeyer and Crowley,
1982).

numpy and scipy are imported by what calculates, not by who imports this.
"""

import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Whole = NDArray[np.int64]
    Spans = Callable[[Numbers, Numbers], NDArray[np.int64]]

# With fewer there is hardly a half of them to speak of, and everybody knows each by name.
ENOUGH = 5
WITHIN = (1, 3, 7)
LEVEL = 0.95
WEEK = 7 * 86400.0
WEEKS = 12

# S is a product of fractions that are rounded: 0.5000000000001 is a half. Two waits' true values that differ by less
# than this are the same for every reader.
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Waits:
    """How many whole working minutes each decision took, or has waited; sequences or arrays, in any order.

    `withdrawn` ones are only counted, since nobody waits for them and nobody decided them.
    """

    decided: "Sequence[int] | Whole"
    open: "Sequence[int] | Whole"
    withdrawn: int = 0

    def numbers(self) -> "tuple[Numbers, Numbers]":
        """Of the decided and of the open ones. ValueError for what is below zero."""
        import numpy as np

        both = np.asarray(self.decided, dtype=np.float64), np.asarray(self.open, dtype=np.float64)
        if any(some.size and some.min() < 0 for some in both):
            raise ValueError("A decision takes no less than no time.")
        return both


@dataclass(frozen=True, slots=True)
class Quantile:
    """The working days within which that part of all is decided; between `low` and `high` with 95 % confidence.

    It is the smallest wait t with S(t) <= 1 - part: of 1, 2, 3 and 4 days the median is 2. `value` is None when not so
    many are decided yet that it could be known; `low` may be known even then. `low` or `high` is None when the band
    does not say: it may never reach the level, and it has no value before the first decision, nor once everything is
    decided.
    """

    value: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Chance:
    """How likely a decision is taken within so many working days, of 1; between `low` and `high` with 95 % confidence.

    None is not known: nothing has been watched for so long, or, of the bounds, the band has no value there.
    """

    days: int
    chance: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Turnaround:
    """What a period's decisions say. With fewer than five (`enough` is false) they say nothing but how many they are.

    `n` are the decided and the open ones. `overdue` are open ones that have waited longer than `p85`.
    `closed_only_median` is the plain median of the decided ones alone: what is reported elsewhere, and too short.
    """

    n: int
    open: int
    withdrawn: int
    median: Quantile
    p85: Quantile
    within: tuple[Chance, ...]
    closed_only_median: float | None
    overdue: int

    @property
    def enough(self) -> bool:
        return self.n >= ENOUGH


@dataclass(frozen=True, slots=True)
class Week:
    """The median as it would have been reported when a week ended, of what was asked in the twelve weeks before; and
    how many were asked and how many decided in that week. `ends` is in seconds since 1970."""

    ends: float
    asked: int
    decided: int
    median: Quantile


def turnaround(waits: Waits, minutes_a_day: int) -> Turnaround:
    """`minutes_a_day` are the working minutes of a working day, at least one."""
    decided, still = waits.numbers()
    opened, n = int(still.size), int(decided.size + still.size)
    if n < ENOUGH:
        return Turnaround(n, opened, waits.withdrawn, Quantile(), Quantile(), (), None, 0)
    curve = _curve(decided, still)
    p85 = curve.reached(0.85)
    return Turnaround(
        n,
        opened,
        waits.withdrawn,
        _in_days(curve, 0.5, minutes_a_day),
        _in_days(curve, 0.85, minutes_a_day),
        tuple(curve.within(days, minutes_a_day) for days in WITHIN),
        _plain_median(decided, minutes_a_day),
        0 if p85 is None else int((still > p85).sum()),
    )


def median_wait(decided: "Numbers", still: "Numbers", minutes_a_day: int) -> Quantile:
    """The median of waits given one by one in minutes, however few; without any it is not known."""
    return _in_days(_curve(decided, still), 0.5, minutes_a_day) if decided.size + still.size else Quantile()


def trend(
    asked_at: "Sequence[float] | Numbers",
    decided_at: "Sequence[float | None] | Numbers",
    now: float,
    worked: "Spans",
    minutes_a_day: int,
) -> tuple[Week, ...]:
    """The last twelve weeks up to `now`, oldest first.

    `asked_at` and `decided_at` are seconds since 1970, one each for every decision that was not withdrawn; None or not
    a number where it is open. `worked` gives the working minutes of many spans. A week is 168 hours, counted back from
    `now`. What was open when a week ended counts as open then, whatever has been decided since.
    """
    import numpy as np

    asked, decided = np.asarray(asked_at, dtype=np.float64), np.asarray(decided_at, dtype=np.float64)
    decided = np.where(np.isnan(decided), np.inf, decided)
    return tuple(_week(asked, decided, now - back * WEEK, worked, minutes_a_day) for back in reversed(range(WEEKS)))


@dataclass(frozen=True, slots=True)
class _Curve:
    """S(t) at each wait that occurs, ascending, with its band: equally many. Waits are in minutes."""

    times: "Numbers"
    still: "Numbers"
    low: "Numbers"
    high: "Numbers"

    def reached(self, part: float) -> float | None:
        return self._first(self.still, part)

    def reached_between(self, part: float) -> tuple[float | None, float | None]:
        return self._first(self.low, part), self._first(self.high, part)

    def within(self, days: int, minutes_a_day: int) -> Chance:
        at = int(self.times.searchsorted(days * minutes_a_day, side="right")) - 1
        if at < 0:
            return Chance(days, 0.0, None, None)
        if self.times[-1] < days * minutes_a_day and self.still[-1] > 0:
            return Chance(days, None, None, None)
        return Chance(days, 1 - float(self.still[at]), _known(1 - self.high[at]), _known(1 - self.low[at]))

    def _first(self, values: "Numbers", part: float) -> float | None:
        # What is not a number compares as false.
        below = (values <= 1 - part + _ROUNDING).nonzero()[0]
        return float(self.times[below[0]]) if below.size else None


def _curve(decided: "Numbers", still: "Numbers") -> _Curve:
    from scipy import stats

    curve = stats.ecdf(stats.CensoredData(uncensored=decided, right=still)).sf
    with warnings.catch_warnings():
        # Before the first decision nobody knows how far S may lie below 1; the band says so with NaN, and we with None.
        warnings.filterwarnings("ignore", "The confidence interval is undefined", RuntimeWarning)
        band = curve.confidence_interval(LEVEL, method="log-log")
    return _Curve(curve.quantiles, curve.probabilities, band.low.probabilities, band.high.probabilities)


def _in_days(curve: _Curve, part: float, minutes_a_day: int) -> Quantile:
    reached = (curve.reached(part), *curve.reached_between(part))
    return Quantile(*(None if minutes is None else minutes / minutes_a_day for minutes in reached))


def _plain_median(decided: "Numbers", minutes_a_day: int) -> float | None:
    import numpy as np

    return float(np.median(decided)) / minutes_a_day if decided.size else None


def _week(asked: "Numbers", decided: "Numbers", ends: float, worked: "Spans", minutes_a_day: int) -> Week:
    import numpy as np

    counted = (ends - WEEKS * WEEK < asked) & (asked <= ends)
    began, ended = asked[counted], decided[counted]
    over = ended <= ends
    minutes = worked(began, np.minimum(ended, ends)).astype(np.float64)
    return Week(
        ends,
        _within_week(asked, ends),
        _within_week(decided, ends),
        median_wait(minutes[over], minutes[~over], minutes_a_day) if minutes.size >= ENOUGH else Quantile(),
    )


def _within_week(moments: "Numbers", ends: float) -> int:
    return int(((ends - WEEK < moments) & (moments <= ends)).sum())


def _known(value: float) -> float | None:
    return None if value != value else float(value)
