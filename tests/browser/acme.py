"""The demonstration, as people meet it: Acme with its past, the bot and the colleagues, on a Monday morning."""

import asyncio
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot import logs, sandboxing
from bot.config import Environment
from bot.demo import beginning, running
from bot.demo.cast import Cast
from bot.running import Bot
from bot.sandbox.server import Running
from tests.browser.visitors import PATIENT
from tests.lived import CONFIG, ROOT, stage_in
from tests.slackside import Slackside

SYNC, MARTA, RUI, DANA = "C0PRODUCTSYNC", "U0MARTA", "U0RUI", "U0DANA"


@dataclass(frozen=True)
class Acme:
    url: str
    slack: Slackside


@asynccontextmanager
async def acme(stage: beginning.Stage) -> AsyncIterator[Acme]:
    """Starts everything that `make run` starts, and stops it; in a process of its own, since a process has one bot, and
    this one is looked at while other tests have theirs."""
    words = ["-m", "tests.browser.acme", str(stage.database.parent)]
    process = await asyncio.create_subprocess_exec(sys.executable, *words, cwd=ROOT, stdin=PIPE, stdout=PIPE)
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        url = (await process.stdout.readline()).decode().strip()
        assert url, "The demonstration has ended before it began."
        async with Slackside(url) as slack:
            yield Acme(url, slack)
    finally:
        process.stdin.close()
        assert await process.wait() == 0


async def _play(stage: beginning.Stage) -> None:
    """Says where it is, and goes on until nobody is there any more to whom it was said."""
    seed = {**beginning._read(stage.seed), **PATIENT}
    sandbox = Running.start(seed, answers=sandboxing._answers(seed))
    cast = Cast(sandbox.url, stage.first)
    environment = running._connected(Environment(config=CONFIG), stage, sandbox.url)
    bot = Bot(environment, poll=0.1, pace=running.PACE, companion=cast)
    task = asyncio.create_task(bot.run())
    try:
        waiting = asyncio.create_task(bot.settled.wait())
        await asyncio.wait({task, waiting}, timeout=30, return_when=asyncio.FIRST_COMPLETED)
        assert bot.settled.is_set()
        print(sandbox.url, flush=True)
        await asyncio.to_thread(sys.stdin.read)
    finally:
        bot.stop()
        await task
        await cast.close()
        sandbox.stop()


if __name__ == "__main__":
    logs.configure("error")
    asyncio.run(_play(stage_in(Path(sys.argv[1]))))
