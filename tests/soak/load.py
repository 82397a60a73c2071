"""A steady mixture of requests for a while: every one is answered in time, and memory does not grow."""

import asyncio
import random
from collections.abc import Callable
from pathlib import Path
from statistics import quantiles

from tests.bench.load import Answer, command, free_port, lines
from tests.figures import Figure
from tests.soak.group import OPENS, SECRET, SYNC, TEAM, group

PEOPLE, CONNECTIONS = 60, 32
A_SECOND = 25
WARM = 20.0
MIXTURE = ("help", "help", "status", "status", "me", "report", "", "nonsense", "away 24 Dec - 2 Jan", "resume")


async def loaded(folder: Path, seconds: float, say: Callable[[str], None]) -> list[Figure]:
    port, seeded = free_port(), random.Random(1)
    async with group(folder, PEOPLE, f"sqlite:///{folder}/load.db", seeded, port) as of:
        bot = of.start()
        await of.ready()
        await of.expects()
        await of.passes_until(OPENS, 120)
        await _answers(port, seeded, WARM)
        before = bot.memory()
        answers = await _answers(port, seeded, seconds)
        growth = bot.memory() / before
    p99 = quantiles([answer.seconds for answer in answers], n=100)[98] * 1000
    bad = sum(
        1 for answer in answers if answer.status != 200 or answer.seconds > 3 or b"wrong on my side" in answer.body
    )
    say(f"{len(answers)} requests at {A_SECOND} a second, p99 {p99:.0f} ms")
    return [
        Figure("load_errors", bad, 0, "lower", "requests"),
        Figure("load_p99", p99, 1000, "lower", "ms"),
        Figure("load_memory_growth", growth, 1.2, "lower", "times"),
    ]


async def _answers(port: int, seeded: random.Random, seconds: float) -> list[Answer]:
    """As many a second as said, whether or not those before have been answered."""
    async with lines(port, CONNECTIONS) as opened:
        free: asyncio.Queue[int] = asyncio.Queue()
        for nth in range(CONNECTIONS):
            free.put_nowait(nth)

        async def one() -> Answer:
            nth = await free.get()
            try:
                user = f"U0P{seeded.randrange(PEOPLE)}"
                fields = {"team_id": TEAM, "user_id": user, "channel_id": SYNC}
                return await opened[nth].ask(command(SECRET, seeded.choice(MIXTURE), **fields))
            finally:
                free.put_nowait(nth)

        asked = []
        for _ in range(int(seconds * A_SECOND)):
            asked.append(asyncio.create_task(one()))
            await asyncio.sleep(1 / A_SECOND)
        return list(await asyncio.gather(*asked))
