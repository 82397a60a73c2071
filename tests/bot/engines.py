"""An engine for the length of a test, and waiting for what it does."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any

from bot.clock import Clock
from bot.database import Database
from bot.engine import Drain, Engine, Job


async def no_drain(workspace: str) -> None:
    """For tests in which nothing is owed."""


@asynccontextmanager
async def launched(
    database: Database, jobs: Mapping[str, Job], drain: Drain = no_drain, clock: Clock | None = None, **settings: Any
) -> AsyncIterator[Engine]:
    quick = {"beat": 0.2, "patience": (), **settings}
    engine = Engine(database, jobs, drain, clock or Clock(), **quick)
    await engine.launch()
    try:
        yield engine
    finally:
        await engine.stop()


async def until(condition: Callable[[], bool], within: float = 30.0) -> None:
    deadline = time.monotonic() + within
    while not condition():
        assert time.monotonic() < deadline, "it did not come about"
        await asyncio.sleep(0.005)


async def settled(database: Database, engine: Engine, within: float = 30.0) -> None:
    deadline = time.monotonic() + within
    while not await database.read(engine.idle):
        assert time.monotonic() < deadline, "the engine did not come to rest"
        await asyncio.sleep(0.005)
