"""The demonstration, as people meet it: Acme with its past, the bot and the colleagues, on a Monday morning."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.config import Environment
from bot.demo import beginning, running
from bot.demo.cast import Cast
from bot.running import Bot
from bot.sandbox.server import Running
from tests.slackside import Slackside

CONFIG = Path(__file__).parents[2] / "config.yaml"
WEDNESDAY = datetime.fromisoformat("2026-11-25T15:00:00+00:00")
SYNC, MARTA, RUI = "C0PRODUCTSYNC", "U0MARTA", "U0RUI"


@dataclass(frozen=True)
class Acme:
    url: str
    slack: Slackside


@asynccontextmanager
async def acme(folder: Path) -> AsyncIterator[Acme]:
    """Starts everything that `make run` starts; stops it."""
    stage = beginning.stage(Environment(config=CONFIG), folder, WEDNESDAY, fresh=True)
    sandbox = Running.start(dict(beginning._read(stage.seed)))
    cast = Cast(sandbox.url, stage.first)
    environment = running._connected(Environment(config=CONFIG), stage, sandbox.url)
    bot = Bot(environment, poll=0.1, pace=running.PACE, companion=cast)
    task = asyncio.create_task(bot.run())
    try:
        waiting = asyncio.create_task(bot.settled.wait())
        await asyncio.wait({task, waiting}, timeout=30, return_when=asyncio.FIRST_COMPLETED)
        assert bot.settled.is_set()
        async with Slackside(sandbox.url) as slack:
            yield Acme(sandbox.url, slack)
    finally:
        bot.stop()
        await task
        await cast.close()
        sandbox.stop()
