"""A thousand people answer at once: our one writer with grouped commits, against an ORM session for each answer.

The figure is set against *asynchronous* sessions (AsyncSession over aiosqlite): the bot is an asynchronous program, and
this is how such programs are usually written. Plain sessions in asyncio's threads are quicker than those; what they
give is told beside it, so that nobody takes the figure for the best that an ORM can do.

Both keep an answer in a round that is open. Theirs counts the answers each time; ours marks the board as outdated, and
it is counted once afterwards. What a form sets in motion besides (her update in the thread, her prompt) is told too.
"""

import asyncio
import gc
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from datetime import time as day_time
from pathlib import Path
from statistics import median
from typing import Any

from bot import migrations, outbox
from bot.clock import Clock
from bot.database import Database
from bot.desk import Desk
from bot.features.blockers.telling import tell
from bot.features.standup import answering, keys, posting
from bot.features.standup.views import questions
from bot.outbox import Post
from bot.outbox.tables import SENT
from bot.outbox.tables import outbox as table
from bot.settings import Settings
from bot.slack.payloads import Form
from rituals.calendar import WorkCalendar
from rituals.people.rules import AwayRules
from rituals.people.store import ChannelRow, MemberRow, PeopleStore
from rituals.standup import usecases
from rituals.standup.settings import Question, Standup
from rituals.tables import Tx
from tests.bench import sessions
from tests.figures import Figure

PEOPLE, RUNS = 1000, 5
WORKSPACE = "T0BENCH"
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
LATER = NOW + timedelta(minutes=1)
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
    # As the bot does once it has loaded: what stays for good is not looked through for garbage again and again.
    gc.collect()
    gc.freeze()
    for run in range(RUNS):
        # Ours is over so soon that a busy neighbour would decide it: three times, around and between the others.
        bursts = [await _ours(f"sqlite:///{folder}/before{run}.db", _submit)]
        theirs = await sessions.asynchronous(f"{folder}/async{run}.db", USERS, NOW, _p99)
        bursts.append(await _ours(f"sqlite:///{folder}/between{run}.db", _submit))
        threads = await sessions.in_threads(f"{folder}/threads{run}.db", USERS, NOW, _p99)
        bursts.append(await _ours(f"sqlite:///{folder}/after{run}.db", _submit))
        whole, missing = await _ours(f"sqlite:///{folder}/whole{run}.db", _send)
        ours = median(p99 for p99, _ in bursts)
        ratios.append(theirs / ours)
        lost += missing + sum(away for _, away in bursts)
        say(
            f"p99 of {PEOPLE} answers at once: {ours * 1000:.0f} ms, {whole * 1000:.0f} ms with all that follows; "
            f"an asynchronous ORM session each {theirs * 1000:.0f} ms, a plain one in threads {threads * 1000:.0f} ms"
        )
    return [
        Figure("answers_burst_speedup", median(ratios), 5, "higher", "times"),
        Figure("answers_burst_lost", lost, 0, "lower", "answers"),
    ]


async def _ours(url: str, answer: Callable[[Tx, Desk, str, str], None]) -> tuple[float, int]:
    """p99 in seconds, and how many answers are not there afterwards, or not on the board."""
    database = Database.open(url)
    # What only a running bot can do is left out: nobody here is written to.
    desk = Desk(database, Settings(database), Clock(), "U0BOT", tell, _not_here, _not_here)
    try:
        await asyncio.to_thread(migrations.ready, database)
        round_id = await database.write(_opened)

        async def answered(user: str) -> None:
            await database.write(answer, desk, round_id, user, once=(WORKSPACE, f"trigger-{user}"))

        p99 = await _p99([answered(user) for user in USERS])
        return p99, PEOPLE - await database.read(_there, round_id)
    finally:
        await asyncio.to_thread(database.close)


def _not_here(*_: object) -> Any:
    raise RuntimeError("Nobody reloads anything in the middle of a burst.")


def _submit(tx: Tx, desk: Desk, round_id: str, user: str) -> None:
    """Keeps the answer, and marks the board."""
    values = {"moved": f"{user} moved the price list along", "next": "The rest of it"}
    usecases.submit(tx, WORKSPACE, round_id, user, values, LATER, via="modal", calendar=CALENDAR)
    outbox.renew(tx, WORKSPACE, keys.board(round_id), LATER)


def _send(tx: Tx, desk: Desk, round_id: str, user: str) -> None:
    """All that the form does in its transaction."""
    fields = {"q.moved": f"{user} moved the price list along", "q.next": "The rest of it"}
    form = Form(WORKSPACE, user, questions.FORM, {"round": round_id}, fields, "V0", None, f"form-{user}")
    answering.send(tx, desk, form, LATER)


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
    _speak(tx, planned.round.id)
    return planned.round.id


def _speak(tx: Tx, round_id: str) -> None:
    """The board stands in the channel, and everybody has her prompt."""
    posts = [Post(keys.board(round_id), "C0SYNC", "0 of 1000", "standup", "board")]
    posts += [Post(keys.prompt(round_id, user), user, "Your update?", "standup", "prompt") for user in USERS]
    for post in posts:
        outbox.put(tx, WORKSPACE, post, NOW)
    stands = {"state": SENT, "carrier": table.c.key, "landed": table.c.channel, "ts": table.c.key, "sent_at": NOW}
    tx.execute(table.update().values(stands))


def _there(tx: Tx, round_id: str) -> int:
    """How many answers say what was sent; none, where the board tells of another number."""
    digest = usecases.digest(tx, WORKSPACE, round_id, CALENDAR, LATER)
    entries = [entry for section in digest.sections for entry in section.entries]
    there = {entry.user for entry in entries if str(entry.answer.values["moved"]).startswith(f"{entry.user} ")}
    text, _ = posting.word_board(tx, WORKSPACE, keys.board(round_id), LATER)
    return len(there) if f"{len(there)} of {PEOPLE}" in text else 0


async def _p99(answers: Sequence[Awaitable[object]]) -> float:
    """All at once; the time from then until each was answered. Nobody pays for the garbage of the one before."""
    gc.collect()
    began = time.perf_counter()

    async def timed(answer: Awaitable[object]) -> float:
        await answer
        return time.perf_counter() - began

    took = sorted(await asyncio.gather(*(timed(answer) for answer in answers)))
    return took[int(len(took) * 0.99) - 1]
