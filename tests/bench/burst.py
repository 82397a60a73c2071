"""A thousand people answer at once: our one writer with grouped commits, against an ORM session for each answer.

The figure is set against *asynchronous* sessions (AsyncSession over aiosqlite): the bot is an asynchronous program, and
this is how such programs are usually written. Plain sessions in asyncio's threads are quicker than those; what they
give is told beside it, so that nobody takes the figure for the best that an ORM can do.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from datetime import time as day_time
from pathlib import Path
from statistics import median

from bot import migrations
from bot.database import Database
from rituals.calendar import WorkCalendar
from rituals.people.rules import AwayRules
from rituals.people.store import ChannelRow, MemberRow, PeopleStore
from rituals.standup import usecases
from rituals.standup.settings import Question, Standup
from rituals.tables import Tx
from tests.bench import sessions
from tests.figures import Figure

PEOPLE, RUNS = 1000, 3
WORKSPACE = "T0BENCH"
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
CALENDAR = WorkCalendar("Europe/Lisbon", frozenset(range(5)), day_time(9), day_time(18))
STANDUP = Standup(
    key="weekly",
    title="Weekly stand-up",
    channel="C0SYNC",
    when="mon 09:00",
    questions=(Question("moved", "What moved?", required=True), Question("next", "What comes next?")),
    owner="U0P0",
)
USERS = [f"U0P{nth}" for nth in range(PEOPLE)]


async def measured(folder: Path, say: Callable[[str], None]) -> list[Figure]:
    ratios, lost = [], 0
    for run in range(RUNS):
        ours, missing = await _ours(f"sqlite:///{folder}/burst{run}.db")
        theirs = await sessions.asynchronous(f"{folder}/async{run}.db", USERS, NOW, _p99)
        threads = await sessions.in_threads(f"{folder}/threads{run}.db", USERS, NOW, _p99)
        ratios.append(theirs / ours)
        lost += missing
        say(
            f"p99 of {PEOPLE} answers at once: {ours * 1000:.0f} ms; an asynchronous ORM session each: "
            f"{theirs * 1000:.0f} ms ({threads * 1000:.0f} ms with plain sessions in threads)"
        )
    return [
        Figure("answers_burst_speedup", median(ratios), 5, "higher", "times"),
        Figure("answers_burst_lost", lost, 0, "lower", "answers"),
    ]


async def _ours(url: str) -> tuple[float, int]:
    """p99 in seconds, and how many answers are not there afterwards."""
    database = Database.open(url)
    try:
        await asyncio.to_thread(migrations.ready, database)
        round_id = await database.write(_opened)
        p99 = await _p99([_answered(database, round_id, user) for user in USERS])
        return p99, PEOPLE - len(await database.read(_kept, round_id))
    finally:
        await asyncio.to_thread(database.close)


async def _answered(database: Database, round_id: str, user: str) -> None:
    await database.write(_submit, round_id, user, once=(WORKSPACE, f"trigger-{user}"))


def _submit(tx: Tx, round_id: str, user: str) -> None:
    values = {"moved": f"{user} moved the price list along", "next": "The rest of it"}
    usecases.submit(tx, WORKSPACE, round_id, user, values, NOW + timedelta(minutes=1), via="modal", calendar=CALENDAR)


def _opened(tx: Tx) -> str:
    people = PeopleStore(tx, WORKSPACE)
    people.save_members([MemberRow(user, user, user.lower(), "", "Europe/Lisbon") for user in USERS], NOW)
    people.save_channel(ChannelRow("C0SYNC", "product-sync", bot_in=True))
    people.join("C0SYNC", *USERS)
    planned = usecases.start_now(tx, WORKSPACE, STANDUP, CALENDAR, AwayRules(), NOW)
    assert planned is not None
    while usecases.take_prompts(tx, WORKSPACE, planned.round.id, CALENDAR, AwayRules(), NOW, PEOPLE).more:
        continue
    usecases.open_thread(tx, WORKSPACE, planned.round.id, CALENDAR, NOW)
    return planned.round.id


def _kept(tx: Tx, round_id: str) -> set[str]:
    """Who has an answer that says what she sent."""
    digest = usecases.digest(tx, WORKSPACE, round_id, CALENDAR, NOW + timedelta(minutes=2))
    entries = [entry for section in digest.sections for entry in section.entries]
    return {entry.user for entry in entries if str(entry.answer.values["moved"]).startswith(f"{entry.user} ")}


async def _p99(answers: Sequence[Awaitable[object]]) -> float:
    """All at once; the time from then until each was answered."""
    began = time.perf_counter()

    async def timed(answer: Awaitable[object]) -> float:
        await answer
        return time.perf_counter() - began

    took = sorted(await asyncio.gather(*(timed(answer) for answer in answers)))
    return took[int(len(took) * 0.99) - 1]
