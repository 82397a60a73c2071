"""The bot follows the sandbox's clock: jumps are stepped, so that nothing in between comes late."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest
from structlog.testing import capture_logs

from bot import due
from bot.clock import Clock
from bot.database import Database
from bot.engine import Engine, enqueue_drain
from bot.follower import Follower, Next, Standing, sandbox_origin
from bot.sandbox.server import Running
from bot.schedule.occurrences import Occurrence, parse_when
from bot.sweep import Schedule, coming, sweep
from rituals.tables import Tx
from tests.bot.engines import launched, until
from tests.bot.sandbox.workspaces import BOT_TOKEN, running, seed

TEAM = "T0ACME"
MONDAY = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
STANDUP = Schedule(TEAM, "standup", "daily", parse_when("weekdays 09:00"), "Europe/Lisbon")


@pytest.mark.parametrize(
    ("api_url", "token", "origin"),
    [
        ("http://127.0.0.1:8765/api/", "xoxb-sandbox-1", "http://127.0.0.1:8765"),
        ("http://localhost:80/api/", "xoxb-sandbox-1", "http://localhost:80"),
        ("http://[::1]:8765/api/", "xoxb-sandbox-1", "http://[::1]:8765"),
        ("http://127.0.0.1:8765/api/", "xoxb-123-456", None),
        ("https://slack.com/api/", "xoxb-sandbox-1", None),
        ("http://127.0.0.1.example.com/api/", "xoxb-sandbox-1", None),
        ("", "xoxb-sandbox-1", None),
        (None, "xoxb-sandbox-1", None),
    ],
)
def test_only_a_sandbox_on_this_machine_is_followed(api_url: str | None, token: str, origin: str | None) -> None:
    assert sandbox_origin(api_url, token) == origin


class Bot:
    """A bot with one daily stand-up: an occurrence puts down ten reminders; each is a job, whose message is drained."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self.database, self.clock = database, clock
        self.engine: Engine | None = None
        self.happened: list[tuple[str, datetime, datetime]] = []
        self.owed = 0

    def occurs(self, tx: Tx, workspace: str, key: str, occurrence: Occurrence, now: datetime) -> bool:
        self.happened.append(("round", occurrence.at, now))
        for number in range(10):
            at = occurrence.at + number * HOUR / 2
            due.put(tx, workspace, "remind", f"{occurrence.wall}/{number}/{at.isoformat()}", at)
        return True

    def skipped(self, tx: Tx, workspace: str, key: str, occurrence: Occurrence, reason: str) -> None:
        raise AssertionError(f"{occurrence} came {reason}")

    def remind(self, tx: Tx, workspace: str, key: str, now: datetime) -> bool:
        self.happened.append(("remind", datetime.fromisoformat(key.rpartition("/")[2]), now))
        self.owed += 1
        enqueue_drain(tx, workspace)
        return False

    async def drain(self, workspace: str) -> None:
        await asyncio.sleep(0.005)
        self.owed = 0

    async def sweep(self) -> None:
        by_kind = {"standup": self.occurs}, {"standup": self.skipped}
        await self.database.write(sweep, self.clock.now(), [STANDUP], *by_kind)

    def standing(self, tx: Tx) -> Standing:
        assert self.engine is not None
        moments = [due.next_due(tx), *(each.begins for each in coming(tx, self.clock.now(), [STANDUP]))]
        soonest = min(moment for moment in moments if moment is not None)
        return Standing(self.engine.idle(tx) and not self.owed, soonest)

    def coming(self, tx: Tx) -> list[Next]:
        return [Next(each.begins, "Stand-up opens") for each in coming(tx, self.clock.now(), [STANDUP])]


@asynccontextmanager
async def following(
    sandbox: Running,
    database: Database,
    clock: Clock,
    sweeping: Callable[[], Awaitable[object]],
    standing: Callable[[Tx], Standing],
    listing: Callable[[Tx], list[Next]],
) -> AsyncIterator[None]:
    follower = Follower(sandbox.url, BOT_TOKEN, clock, database, sweep=sweeping, standing=standing, coming=listing)
    task = asyncio.create_task(follower.run())
    try:
        async with asyncio.timeout(30):
            while not (await ask(sandbox))["followed"]:
                await asyncio.sleep(0.01)
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def ask(sandbox: Running, path: str = "clock?seen=-1&wait=0", **body: Any) -> dict[str, Any]:
    async with aiohttp.ClientSession() as session:
        url = f"{sandbox.url}/control/{path}"
        request = session.post(url, json=body) if body else session.get(url)
        async with request as answer:
            assert answer.status == 200, await answer.text()
            shown: dict[str, Any] = await answer.json()
            return shown


async def listed(sandbox: Running, soonest: datetime) -> list[str]:
    """What the page lists as coming, as soon as that begins so."""
    async with asyncio.timeout(30):
        while not (following := (await ask(sandbox))["next"]) or following[0]["at"] != soonest.timestamp():
            await asyncio.sleep(0.01)
    return [each["what"] for each in following]


async def jump(sandbox: Running, clock: Clock, to: datetime, within: float = 60.0) -> None:
    await ask(sandbox, "clock/jump", to=to.isoformat())
    await until(lambda: clock.now() >= to, within)
    async with asyncio.timeout(30):
        while (await ask(sandbox))["running"]:
            await asyncio.sleep(0.01)


async def test_in_a_week_of_some_sixty_moments_each_comes_at_its_time(database: Database) -> None:
    clock = Clock()
    bot = Bot(database, clock)
    with running(seed(now=MONDAY.isoformat())) as sandbox:
        async with launched(database, {"remind": bot.remind}, bot.drain, clock) as engine:
            bot.engine = engine
            async with following(sandbox, database, clock, bot.sweep, bot.standing, bot.coming):
                await until(lambda: abs(clock.now() - MONDAY) < timedelta(minutes=1))
                await jump(sandbox, clock, MONDAY + 7 * DAY)
                await until(lambda: len(bot.happened) == 55)
                shown = await listed(sandbox, MONDAY + 7 * DAY + 2 * HOUR)
    assert [kind for kind, _, _ in bot.happened] == (["round"] + ["remind"] * 10) * 5
    assert max(now - at for _, at, now in bot.happened) < timedelta(seconds=2)
    assert min(now - at for _, at, now in bot.happened) >= timedelta(0)
    assert shown == ["Stand-up opens"]


async def test_a_second_jump_during_the_first_is_stepped_too(sqlite_url: str) -> None:
    database, clock = Database.open(sqlite_url), Clock()
    bot = Bot(database, clock)
    with running(seed(now=MONDAY.isoformat())) as sandbox:
        async with launched(database, {"remind": bot.remind}, bot.drain, clock) as engine:
            bot.engine = engine
            async with following(sandbox, database, clock, bot.sweep, bot.standing, bot.coming):
                await ask(sandbox, "clock/jump", to=(MONDAY + DAY).isoformat())
                await until(lambda: len(bot.happened) > 3)
                await jump(sandbox, clock, MONDAY + 2 * DAY)
    assert len(bot.happened) == 22
    assert max(now - at for _, at, now in bot.happened) < timedelta(seconds=2)
    database.close()


async def test_something_overdue_that_nobody_takes_does_not_stop_the_clock(sqlite_url: str) -> None:
    database, clock = Database.open(sqlite_url), Clock()

    async def sweep_nothing() -> None: ...

    def stuck(tx: Tx) -> Standing:
        return Standing(True, MONDAY - HOUR)

    with running(seed(now=MONDAY.isoformat())) as sandbox, capture_logs() as logs:
        async with following(sandbox, database, clock, sweep_nothing, stuck, lambda tx: []):
            await jump(sandbox, clock, MONDAY + timedelta(minutes=3))
    assert "clock_overdue" in [log["event"] for log in logs]
    database.close()


async def test_a_sandbox_that_goes_away_is_waited_for(sqlite_url: str) -> None:
    database, clock = Database.open(sqlite_url), Clock()

    async def sweep_nothing() -> None: ...

    def nothing_due(tx: Tx) -> Standing:
        return Standing(True, None)

    with capture_logs() as logs:
        first = Running.start(seed(now=MONDAY.isoformat()))
        async with following(first, database, clock, sweep_nothing, nothing_due, lambda tx: []):
            await jump(first, clock, MONDAY + DAY)
            port = int(first.url.rpartition(":")[2])
            await asyncio.to_thread(first.stop)
            await until(lambda: "clock_away" in [log["event"] for log in logs])
            second = Running.start(seed(now=(MONDAY + 2 * DAY).isoformat()), port=port)
            await until(lambda: clock.now() >= MONDAY + 2 * DAY)
            await jump(second, clock, MONDAY + 3 * DAY)
        await asyncio.to_thread(second.stop)
    database.close()
