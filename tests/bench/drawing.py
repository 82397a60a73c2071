"""How long the event loop is held while a chart and a table are drawn as pictures."""

import asyncio
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from bot.apart import apart
from bot.slack.charts import line_chart, table
from bot.slack.pictures import pictures
from tests.figures import Figure

ROUNDS = 5
FUNCTIONS = ("Legal", "Finance", "Design", "Engineering")
WEEKS = [f"week {nth}" for nth in range(40, 52)]
CHART = line_chart("Median days to a decision", WEEKS, {name: range(12) for name in FUNCTIONS}, "Week", "Days")
ROWS: list[list[str | float | int | None]] = [[name, 12, 9] for name in FUNCTIONS]
TABLE = table([["Function", "Asked", "Decided"], *ROWS])


async def measured(folder: Path, say: Callable[[str], None]) -> list[Figure]:
    took, held = [], []
    for _ in range(ROUNDS):
        holding = asyncio.create_task(_longest_hold())
        began = time.perf_counter()
        await apart(pictures, [CHART, TABLE])
        took.append(time.perf_counter() - began)
        holding.cancel()
        held.append(await holding)
    say(f"a chart and a table: {median(took):.1f} s; the loop was held {[round(each * 1000) for each in held]} ms")
    return [Figure("drawing_holds_the_loop", median(held) * 1000, 50, "lower", "ms")]


async def _longest_hold() -> float:
    """Seconds by which a sleep of a millisecond was late, until it is cancelled."""
    longest = 0.0
    try:
        while True:
            began = time.perf_counter()
            await asyncio.sleep(0.001)
            longest = max(longest, time.perf_counter() - began - 0.001)
    except asyncio.CancelledError:
        return longest
