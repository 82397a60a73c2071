"""Work in a process of its own."""

import asyncio
import json
import os
import time

import psutil
import pytest

from bot.apart import Failed, apart
from rituals.decisions.turnaround import Quantile, Waits, turnaround


async def test_it_returns_what_the_function_returns() -> None:
    given = Waits([480, 480, 960, 960, 960], [1440])
    assert await apart(turnaround, given, minutes_a_day=480) == turnaround(given, 480)
    assert (await apart(turnaround, given, 480)).median == Quantile(2, 1, None)


async def test_it_is_another_process_and_gives_way() -> None:
    assert await apart(os.getpid) != os.getpid()
    assert await apart(os.nice, 0) == min(19, os.nice(0) + 10)


async def test_many_megabytes_go_there_and_back() -> None:
    assert await apart(bytes.upper, b"a" * 20_000_000) == b"A" * 20_000_000


async def test_an_error_comes_back_with_where_and_what_it_was_and_nobody_s_words() -> None:
    with pytest.raises(Failed, match=r"(?s)loads failed in its own process:\n.*decoder.*JSONDecodeError") as failed:
        await apart(json.loads, "the words of somebody")
    assert "words of somebody" not in str(failed.value)


async def test_whoever_is_cancelled_leaves_no_process() -> None:
    before = set(psutil.Process().children())
    working = asyncio.create_task(apart(time.sleep, 600))
    while not (begun := set(psutil.Process().children()) - before) and not working.done():
        await asyncio.sleep(0.01)
    working.cancel()
    with pytest.raises(asyncio.CancelledError):
        await working
    assert begun
    assert not any(process.is_running() for process in begun)
