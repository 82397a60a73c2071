"""How long decisions take: against exact arithmetic, and against streams whose truth is known."""

import random
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from decimal import Decimal, localcontext
from fractions import Fraction
from statistics import NormalDist, median

import numpy as np
import pytest
from numpy.typing import NDArray

from rituals.decisions.turnaround import Chance, Quantile, Turnaround, Waits, trend, turnaround

DAY = 480
WEEK = 7 * 86400
Numbers = NDArray[np.float64]
NOTHING = Quantile()
Band = tuple[int, Fraction, Decimal | None, Decimal | None]


def waits(decided: Sequence[int], still: Sequence[int] = (), withdrawn: int = 0) -> Waits:
    return Waits(decided, still, withdrawn)


def curve(decided: Sequence[int], still: Sequence[int]) -> list[Band]:
    """The oracle: at each wait the exact product limit, and the log-log band by its formula in fifty digits; a bound is
    None where the formula divides by zero."""
    taken = Counter(decided)
    left, greenwood = Fraction(1), Fraction(0)
    points: list[Band] = []
    for time in sorted({*decided, *still}):
        waiting = sum(wait >= time for wait in (*decided, *still))
        left *= Fraction(waiting - taken[time], waiting)
        if left in (0, 1):
            points.append((time, left, None, None))
            continue
        greenwood += Fraction(taken[time], waiting * (waiting - taken[time]))
        points.append((time, left, *band(left, greenwood)))
    return points


def band(left: Fraction, greenwood: Fraction) -> tuple[Decimal, Decimal]:
    """S ** exp(± z sqrt(V) / log S)."""
    with localcontext(prec=50):
        survival, variance = (Decimal(exact.numerator) / exact.denominator for exact in (left, greenwood))
        width = Decimal(NormalDist().inv_cdf(0.975)) * variance.sqrt() / survival.ln()
        low, high = (survival ** (sign * width).exp() for sign in (-1, 1))
        return low, high


def first_at_most(points: Sequence[Band], level: Fraction, of: int) -> float | None:
    """The first wait at which the estimate (1), or the lower (2) or upper (3) bound, is no longer above the level."""
    for point in points:
        if (value := point[of]) is not None and Fraction(value) <= level:
            return point[0] / DAY
    return None


def expected_quantile(points: Sequence[Band], level: Fraction) -> Quantile:
    return Quantile(*(first_at_most(points, level, of) for of in (1, 2, 3)))


def expected_chance(points: Sequence[Band], days: int) -> Chance:
    reached = [point for point in points if point[0] <= days * DAY]
    if not reached:
        return Chance(days, 0.0, None, None)
    _, left, low, high = reached[-1]
    if left > 0 and points[-1][0] < days * DAY:
        return Chance(days, None, None, None)
    return Chance(days, float(1 - left), *(None if bound is None else float(1 - bound) for bound in (high, low)))


def samples(count: int) -> list[tuple[list[int], list[int]]]:
    """Few and many, with ties and without, many in whole days; all open, all decided, zeros, all alike."""
    chance = random.Random(11)
    made = []
    for nth in range(count):
        size = chance.choice((5, 6, 8, 10, 20, 40))
        step, longest = chance.choice(((DAY, 9), (60, 70), (1, 4800)))
        ended = [step * chance.randint(0 if nth % 2 else 1, longest) for _ in range(size)]
        open_ones = chance.choice((0, size, 1, size - 1, *(chance.randint(0, size) for _ in range(6))))
        if nth % 25 == 0:
            ended = [ended[0]] * size
        made.append((ended[open_ones:], ended[:open_ones]))
    return made


def figures(turnaround: Turnaround) -> list[float | None]:
    quantiles = [bound for of in (turnaround.median, turnaround.p85) for bound in (of.value, of.low, of.high)]
    chances = [value for of in turnaround.within for value in (of.chance, of.low, of.high)]
    return [*quantiles, *chances, turnaround.closed_only_median]


def known(figures: Sequence[float | None]) -> list[float]:
    return [float("nan") if value is None else value for value in figures]


def counts(turnaround: Turnaround) -> tuple[int, ...]:
    return turnaround.n, turnaround.open, turnaround.withdrawn, turnaround.overdue


def test_it_agrees_with_exact_arithmetic() -> None:
    unknown = 0
    for decided, still in samples(1000):
        points = curve(decided, still)
        expected = Turnaround(
            len(decided) + len(still),
            len(still),
            2,
            expected_quantile(points, Fraction(1, 2)),
            p85 := expected_quantile(points, Fraction(15, 100)),
            tuple(expected_chance(points, days) for days in (1, 3, 7)),
            median(decided) / DAY if decided else None,
            sum(p85.value is not None and wait > p85.value * DAY for wait in still),
        )
        got = turnaround(waits(decided, still, 2), DAY)
        assert known(figures(got)) == pytest.approx(known(figures(expected)), rel=0, abs=1e-9, nan_ok=True)
        assert counts(got) == counts(expected)
        unknown += figures(got).count(None)
    # Answers of both kinds were compared, many times.
    assert 1000 < unknown < 0.6 * 1000 * len(figures(got))


@pytest.mark.parametrize(
    ("decided", "still", "expected"),
    [
        ([1, 2, 3, 4], [], None),
        ([], [], None),
        ([1], [], None),
        ([], [9, 9, 9, 9], None),
        ([], [1, 2, 3, 4, 5], NOTHING),
        ([0, 0, 0, 0, 0], [], Quantile(0, None, None)),
        ([3, 3, 3, 3, 3], [], Quantile(3, None, None)),
        ([1, 2, 3, 4, 5], [], Quantile(3, 1, None)),
        ([1, 1, 1, 1], [7], Quantile(1, 1, None)),
        # One is decided and four still wait: nobody knows when half of them will be, but that it is not yet.
        ([2], [3, 3, 3, 3], Quantile(None, 2, None)),
        # Those that have not waited longer say nothing about longer waits.
        ([2], [1, 1, 1, 1], Quantile(2, None, None)),
    ],
)
def test_the_median(decided: list[int], still: list[int], expected: Quantile | None) -> None:
    got = turnaround(waits([day * DAY for day in decided], [day * DAY for day in still]), DAY)
    assert got.enough is (expected is not None)
    assert got.median == (expected or NOTHING)


def test_fewer_than_five_say_only_how_many_they_are() -> None:
    few = waits([60, 120], [DAY, 2 * DAY], withdrawn=3)
    assert turnaround(few, DAY) == Turnaround(4, 2, 3, NOTHING, NOTHING, (), None, 0)


def test_a_chance_is_not_known_beyond_what_has_been_watched() -> None:
    got = turnaround(waits([DAY, DAY, DAY], [2 * DAY, 6 * DAY]), DAY)
    assert [chance.chance for chance in got.within[:2]] == pytest.approx([0.6, 0.6])
    assert [chance.chance for chance in turnaround(waits([DAY] * 5), DAY).within] == [1, 1, 1]
    assert got.within[2] == Chance(7, None, None, None)


@pytest.mark.parametrize("half", [3, 5, 7, 11, 49, 50, 99, 500, 4999])
@pytest.mark.parametrize("still", [0, 1])
def test_exactly_a_half_is_a_half_however_it_was_rounded(half: int, still: int) -> None:
    """One wait after the other, so that S is a product of many rounded fractions and comes to 0.5 by and by."""
    decided = [*range(1, half + 1), *range(half + 2, 2 * half + 2 - still)]
    got = turnaround(waits(decided, [3 * half] * still), 1)
    assert got.median.value == half


def test_halves_that_rounding_puts_above_a_half_occur() -> None:
    """Without which the test above would show nothing."""
    halves = [
        float(np.cumprod([(2 * half - n - 1) / (2 * half - n) for n in range(half)])[-1]) for half in range(3, 99)
    ]
    assert any(value > 0.5 for value in halves)


@pytest.mark.parametrize(("decided", "still"), [([60, -1], []), ([], [-1, 60])])
def test_what_is_below_zero_is_refused(decided: list[int], still: list[int]) -> None:
    with pytest.raises(ValueError, match="no less than no time"):
        turnaround(Waits(decided, still), DAY)


def stream(chance: np.random.Generator, watched: float, every: float, true_median: float) -> tuple[Numbers, Numbers]:
    """Decisions are asked for at random moments of `watched` days, one every so many days on average. Each takes as
    long as a Weibull variable of shape 0.9 with that median: many quick ones, some that drag on. Whatever is not
    decided when the watching ends is open. Waits of the decided and of the open ones, in days."""
    asked = chance.uniform(0, watched, chance.poisson(watched / every))
    shape = 0.9
    scale = true_median / np.log(2) ** (1 / shape)
    takes = scale * chance.weibull(shape, asked.size)
    over = asked + takes <= watched
    return takes[over], (watched - asked)[~over]


def test_the_true_median_lies_in_the_interval_where_closed_ones_alone_are_far_off() -> None:
    """Sixty days of watching with a median of 32 to be found: the decided ones alone say about 12."""
    chance = np.random.default_rng(32)
    runs, true_median, covered, reported, ours = 1000, 32.0, 0, [], []
    for _ in range(runs):
        decided, still = stream(chance, 60, 0.3, true_median)
        got = turnaround(waits(minutes(decided), minutes(still)), DAY)
        low, high = got.median.low or 0.0, got.median.high or float("inf")
        covered += low <= true_median <= high
        reported.append(got.closed_only_median or 0.0)
        ours.append(got.median.value or float("inf"))
    assert covered >= 0.93 * runs
    assert 10 < median(reported) < 14
    assert max(reported) < 20
    assert 30 < median(ours) < 34


def minutes(days: Numbers) -> list[int]:
    return [int(wait) for wait in np.rint(days * DAY)]


def plain_minutes(starts: Numbers, ends: Numbers) -> NDArray[np.int64]:
    """A world that always works."""
    return np.rint((ends - starts) / 60).astype(np.int64)


def as_reported(asked: Sequence[float], decided: Sequence[float | None], ends: float) -> Quantile:
    """What a summary would have said at that moment, knowing no later one."""
    shown = [(at, over) for at, over in zip(asked, decided, strict=True) if ends - 12 * WEEK < at <= ends]
    closed = [(over - at) / 60 for at, over in shown if over is not None and over <= ends]
    still = [(ends - at) / 60 for at, over in shown if over is None or over > ends]
    return turnaround(waits([round(wait) for wait in closed], [round(wait) for wait in still]), DAY).median


@pytest.mark.parametrize("given", [list, lambda values: np.array(values, dtype=float)])
def test_each_week_says_what_would_have_been_said_then(given: Callable[[list[float | None]], Sequence[float]]) -> None:
    chance, now = random.Random(3), 1_800_000_000.0
    asked = [now - 60 * chance.randint(0, 30 * 7 * 1440) for _ in range(150)]
    ended = [at + 60 * chance.randint(0, 20 * 1440) for at in asked]
    decided = [None if over > now or chance.random() < 0.1 else over for over in ended]
    weeks = trend(given([*asked]), given([*decided]), now, plain_minutes, DAY)
    assert [week.ends for week in weeks] == [now - back * WEEK for back in range(11, -1, -1)]
    for week in weeks:
        began = week.ends - WEEK
        assert week.median == as_reported(asked, decided, week.ends)
        assert week.asked == sum(began < at <= week.ends for at in asked)
        assert week.decided == sum(began < over <= week.ends for over in decided if over is not None)
    assert sum(week.asked for week in weeks) > 30
    assert len({week.median for week in weeks}) > 6


def test_a_week_with_fewer_than_five_has_no_median() -> None:
    now = 1_800_000_000.0
    weeks = trend([now - WEEK, *[now - 60] * 3], [now - 60, *[None] * 3], now, plain_minutes, DAY)
    assert [(week.asked, week.decided, week.median) for week in weeks[-2:]] == [(1, 0, NOTHING), (3, 1, NOTHING)]
    assert trend([], [], now, plain_minutes, DAY)[0].median == NOTHING


def test_importing_the_room_loads_nothing_heavy() -> None:
    """Start-up and memory of a process that shows no figures stay as they are."""
    rooms = (
        "rituals.decisions.turnaround, rituals.decisions.matrix, rituals.decisions.findings, rituals.decisions.worktime"
    )
    heavy = f"import sys, {rooms}; sys.exit(bool({{'numpy', 'scipy', 'matplotlib'}} & set(sys.modules)))"
    subprocess.run([sys.executable, "-c", heavy], check=True)
