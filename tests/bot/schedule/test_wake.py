"""The wake: the sweep runs regularly, at a known moment, and again after it failed."""

import asyncio
import time
from datetime import datetime, timedelta

from structlog.testing import capture_logs

from bot.clock import Clock
from bot.schedule.wake import Wake

FAR = timedelta(hours=1)


async def until(swept: list[float], count: int) -> None:
    async with asyncio.timeout(20):
        while len(swept) < count:
            await asyncio.sleep(0.005)


async def test_it_sweeps_at_once_and_then_at_the_next_moment_in_calendar_time() -> None:
    clock, swept = Clock(timedelta(days=-300)), list[float]()
    moment = clock.now() + timedelta(seconds=1.3)

    async def sweep() -> datetime | None:
        swept.append(time.monotonic())
        return moment if clock.now() < moment else None

    wake = Wake(sweep, clock, every=FAR)
    wake.start()
    await until(swept, 1)
    await until(swept, 2)
    assert clock.now() >= moment
    assert swept[1] - swept[0] > 1.0
    wake.stop()


async def test_a_sweep_that_fails_is_told_and_comes_again() -> None:
    swept: list[float] = []

    async def sweep() -> datetime | None:
        swept.append(time.monotonic())
        raise ConnectionError("no database")

    with capture_logs() as logs:
        wake = Wake(sweep, Clock(), every=timedelta(seconds=0.1))
        wake.start()
        await until(swept, 3)
        wake.stop()
    assert {log["event"] for log in logs} == {"sweep_failed"}


async def test_what_stays_overdue_does_not_make_it_spin() -> None:
    swept: list[float] = []

    async def sweep() -> datetime | None:
        swept.append(time.monotonic())
        return clock.now() - timedelta(days=1)

    clock = Clock()
    wake = Wake(sweep, clock, every=FAR)
    wake.start()
    await until(swept, 3)
    wake.stop()
    assert swept[2] - swept[0] > 1.5


async def test_a_sweep_that_takes_long_never_runs_twice_at_once() -> None:
    inside, most, ended = 0, 0, list[float]()

    async def sweep() -> datetime | None:
        nonlocal inside, most
        inside += 1
        most = max(most, inside)
        await asyncio.sleep(0.25)
        inside -= 1
        ended.append(time.monotonic())
        return None

    wake = Wake(sweep, Clock(), every=timedelta(seconds=0.1))
    wake.start()
    await until(ended, 3)
    wake.stop()
    assert most == 1
