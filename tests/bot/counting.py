"""A process that may be killed: an engine whose jobs leave marks in the database.

A round is opened in chunks of marks; when it is full, it asks for the drain, which sends each mark, and for its close.
"""

import asyncio
import os
import sys
import time
from datetime import datetime

import sqlalchemy as sa

from bot.clock import Clock
from bot.database import Database
from bot.engine import Engine, enqueue, enqueue_drain
from rituals.tables import Tx, metadata

TEAM, SIZE, CHUNK = "T0ACME", 12, 4

marks = sa.Table(
    "counting_marks",
    metadata,
    sa.Column("workspace", sa.Text, primary_key=True),
    sa.Column("round", sa.Text, primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("sent", sa.Integer, nullable=False, default=0),
)
CLOSED = SIZE


def ask(tx: Tx, rounds: list[str]) -> None:
    for name in rounds:
        enqueue(tx, TEAM, "open", name)


def opened(tx: Tx, workspace: str, key: str, now: datetime) -> bool:
    time.sleep(0.005)
    done = _count(tx, marks.c.round == key, marks.c.number < SIZE)
    for number in range(done, min(done + CHUNK, SIZE)):
        tx.execute(marks.insert().values(workspace=workspace, round=key, number=number))
    if done + CHUNK < SIZE:
        return True
    enqueue(tx, workspace, "close", key)
    enqueue_drain(tx, workspace)
    return False


def closed(tx: Tx, workspace: str, key: str, now: datetime) -> bool:
    if not _count(tx, marks.c.round == key, marks.c.number == CLOSED):
        tx.execute(marks.insert().values(workspace=workspace, round=key, number=CLOSED, sent=1))
    return False


def progress(tx: Tx) -> tuple[int, int]:
    """How many marks there are, and how many of them have been sent."""
    return _count(tx), _count(tx, marks.c.sent == 1)


def _send_next(tx: Tx) -> bool:
    mark = tx.execute(sa.select(marks.c.round, marks.c.number).where(marks.c.sent == 0).limit(1)).first()
    if mark:
        this = (marks.c.round == mark.round) & (marks.c.number == mark.number) & (marks.c.sent == 0)
        tx.execute(marks.update().where(this).values(sent=1))
    return mark is not None


def _count(tx: Tx, *which: sa.ColumnElement[bool]) -> int:
    return tx.scalar(sa.select(sa.func.count()).select_from(marks).where(*which)) or 0


async def work(url: str) -> None:
    database = Database.open(url)

    async def drain(workspace: str) -> None:
        while await database.write(_send_next):
            await asyncio.sleep(0.003)

    jobs = {"open": opened, "close": closed}
    engine = Engine(database, jobs, drain, Clock(), poll=0.1, workers=2, beat=0.2, dead_after=2.0)
    await engine.launch()
    print(engine.executor, flush=True)
    # Nobody reads on: what is logged from now on must not fill a pipe.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(work(sys.argv[1]))
