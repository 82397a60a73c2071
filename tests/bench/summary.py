"""A summary of many decisions against scipy's bare estimate, and how long the loop waits while the first is made."""

import asyncio
import gc
import json
import random
import subprocess
import sys
import time
import warnings
from collections.abc import Awaitable, Callable, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from datetime import time as hour
from pathlib import Path
from statistics import median
from typing import Any

from bot import migrations
from bot.database import Database
from rituals.calendar import WorkCalendar
from rituals.decisions.records import Wait
from rituals.decisions.store import WaitStore, Where
from rituals.decisions.summing import Cohort, waits_of
from rituals.decisions.turnaround import Waits, turnaround
from rituals.decisions.usecases.summary import Places, cohort
from rituals.tables import Tx
from tests.figures import Figure

DECISIONS, CHANNELS, DAY = 100_000, 20, 540
TEAM, NOW = "T0BENCH", datetime(2026, 11, 23, 10, tzinfo=UTC)
CALENDAR = WorkCalendar("Europe/Lisbon", frozenset(range(5)), hour(9), hour(18))
PAIRS, FIRSTS = 15, 7
SCHEDULED = Path("/proc/thread-self/schedstat")

Say = Callable[[str], None]


def measured(folder: Path, say: Say) -> list[Figure]:
    address = f"sqlite:///{folder}/decisions.db"
    with closing(Database.open(address)) as database:
        migrations.upgrade(database)
        database.write_now(_fill)
    return [_against_scipy(address, say), _first(say)]


def _gathered(tx: Tx) -> Cohort:
    """What the summary of somebody who sees these channels reads."""
    where = Where([f"C{nth:03}" for nth in range(CHANNELS)])
    return cohort(WaitStore(tx, TEAM), where, Places(tx, TEAM, CALENDAR))


def _fill(tx: Tx) -> None:
    """Decisions of four working days on average, as long as the minute allows; one in twenty is open. A tenth as many
    belong to channels that nobody asks for."""
    chance = random.Random(7)
    waits = []
    for nth in range(DECISIONS * 11 // 10):
        channel = f"C{nth % CHANNELS if nth < DECISIONS else CHANNELS:03}"
        worked, still = int(chance.expovariate(1 / (4 * DAY))), chance.random() < 0.05
        since = NOW - timedelta(minutes=chance.randrange(40_000 if still else 2_000_000))
        until = None if still else since + timedelta(minutes=3 * worked)
        ended: tuple[Any, Any, Any] = (None, None, None) if still else (until, "decided", worked)
        waits.append((1, Wait(nth + 1, channel, since, *ended, f"f{nth % 5}", f"g{nth % 4}", f"U{nth % 40}")))
    WaitStore(tx, TEAM).add_all(waits)


def _against_scipy(address: str, say: Say) -> Figure:
    """All figures, read from the database, against the curve and its band alone from arrays that are there already. In
    a fresh process, as the bot makes its statistics: in one that has freed much before, arrays are cheaper to make."""
    ran = subprocess.run([sys.executable, "-m", __name__, "pairs", address], check=True, capture_output=True)
    pairs: list[tuple[float, float]] = json.loads(ran.stdout)
    cost, theirs = (median(pair[side] for pair in pairs) for side in (0, 1))
    say(f"{DECISIONS} decisions : {cost:.1f} ms; bare scipy {theirs:.1f} ms")
    return Figure("summary_vs_scipy", median(mine / bare for mine, bare in pairs), 3, "lower", "times")


def _pairs(database: Database) -> list[tuple[float, float]]:
    """Milliseconds of both, in turns."""
    from scipy import stats

    def ours() -> Waits:
        waits = waits_of(database.read_now(_gathered), CALENDAR, NOW.timestamp())
        turnaround(waits, DAY)
        return waits

    waits = ours()
    decided, still = waits.numbers()
    assert decided.size + still.size == DECISIONS

    def bare() -> object:
        curve = stats.ecdf(stats.CensoredData(uncensored=decided, right=still)).sf
        return curve.confidence_interval(0.95, method="log-log")

    pairs = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        for nth in range(PAIRS + 1):
            sides: Sequence[Callable[[], object]] = (ours, bare)
            costs = {side: _cost(sides[side]) for side in ((0, 1) if nth % 2 else (1, 0))}
            pairs.append((costs[0], costs[1]))
    return pairs[1:]  # the first only warms both up


def _cost(act: Callable[[], object]) -> float:
    """Milliseconds of CPU."""
    gc.collect()
    began = time.process_time()
    act()
    return (time.process_time() - began) * 1000


def _first(say: Say) -> Figure:
    """As the bot makes it, in a process apart; beside it what a thread would come to, and a loop beside which nothing
    happens. In turns, each in a fresh process, since a machine that is busy holds all of them up."""
    runs: dict[str, list[dict[str, float]]] = {way: [] for way in WAYS}
    for _ in range(FIRSTS):
        for way in WAYS:
            ran = subprocess.run([sys.executable, "-m", __name__, way], check=True, capture_output=True)
            runs[way].append(json.loads(ran.stdout))
    for way, several in runs.items():
        held, slowed, took, grown = (median(run[of] for run in several) for of in ("held", "slowed", "took", "grown"))
        each = ", ".join(f"{run['held']:.0f}" for run in several)
        say(f"{way}: held up {held:.1f} ms ({each}), {slowed:.1f} with what it waited for a core")
        say(f"  ready after {took:.0f} ms, {grown:.0f} MB more afterwards")
    return Figure("summary_loop_block_ms", median(run["held"] for run in runs["apart"]), 50, "lower", "ms")


async def _beside(way: str) -> dict[str, float]:
    """The longest that a task which wants its turn every millisecond waits for it beyond that, until there is a first
    summary; and by how much the process has grown."""
    import psutil

    held: list[tuple[float, float]] = []
    ticking = asyncio.create_task(_ticks(held))
    await asyncio.sleep(0.1)
    held.clear()
    resident, began = psutil.Process().memory_info().rss, time.perf_counter()
    await WAYS[way]()
    took = (time.perf_counter() - began) * 1000
    # Its last wait may be going on.
    await asyncio.sleep(0.005)
    ticking.cancel()
    grown = (psutil.Process().memory_info().rss - resident) / 1e6
    assert held
    slowed, alone = (max(each) for each in zip(*held, strict=True))
    return {"held": alone, "slowed": slowed, "took": took, "grown": grown}


async def _ticks(held: list[tuple[float, float]]) -> None:
    """Milliseconds over and over, as they were and without those in which the loop could go on and had no core, since
    other programs had them all."""
    while True:
        began, queued = time.perf_counter(), _queued()
        await asyncio.sleep(0.001)
        late = (time.perf_counter() - began - 0.001) * 1000
        held.append((late, late - (_queued() - queued)))


def _queued() -> float:
    """Milliseconds that this thread has ever waited for a core, where Linux says so."""
    return int(SCHEDULED.read_text().split()[1]) / 1e6 if SCHEDULED.exists() else 0.0


def _waits() -> Waits:
    chance = random.Random(7)
    lengths = [int(chance.expovariate(1 / (4 * DAY))) for _ in range(400)]
    return Waits(lengths[:300], lengths[300:])


async def _apart() -> object:
    from bot.apart import apart

    return await apart(turnaround, WAITS, DAY)


async def _in_a_thread() -> object:
    return await asyncio.to_thread(turnaround, WAITS, DAY)


async def _nothing() -> None:
    await asyncio.sleep(1)


WAITS = _waits()
WAYS: dict[str, Callable[[], Awaitable[object]]] = {"nothing": _nothing, "apart": _apart, "thread": _in_a_thread}

if __name__ == "__main__":
    if sys.argv[1] == "pairs":
        with closing(Database.open(sys.argv[2])) as opened:
            print(json.dumps(_pairs(opened)))
    else:
        print(json.dumps(asyncio.run(_beside(sys.argv[1]))))
