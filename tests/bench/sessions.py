"""What the bot is measured against when a thousand answer at once: an ORM session of its own for each answer.

Each checks that the round is open, inserts the answer and counts the answers, in one transaction: what a bot does that
shows "7 of 12 are in". Nothing that it might get wrong is held against it: WAL, as durable as ours (synchronous=FULL),
transactions that begin as writers and wait for one another as long as it takes, so that none fails. Otherwise it is
SQLAlchemy as it comes.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

BUSY = 60  # seconds that a transaction waits for the others
Timed = Callable[[Sequence[Awaitable[object]]], Awaitable[float]]


class _Base(DeclarativeBase):
    pass


class _Round(_Base):
    __tablename__ = "rounds"
    id: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[str]


class _Answer(_Base):
    __tablename__ = "answers"
    __table_args__ = (sa.UniqueConstraint("round_id", "user"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(sa.ForeignKey("rounds.id"))
    user: Mapped[str]
    moved: Mapped[str]
    next: Mapped[str]
    sent_at: Mapped[datetime]


_COUNT = sa.select(sa.func.count()).select_from(_Answer).where(_Answer.round_id == 1)


async def asynchronous(path: str, users: Sequence[str], now: datetime, timed: Timed) -> float:
    """With AsyncSession and aiosqlite, as an asynchronous bot would have it. Answers what `timed` does."""
    engine = create_async_engine(f"sqlite+aiosqlite:///{path}", connect_args={"timeout": BUSY}, pool_timeout=BUSY)
    _waits_its_turn(engine.sync_engine)
    sessions = async_sessionmaker(engine)

    async def answered(user: str) -> int | None:
        async with sessions() as session, session.begin():
            _open(await session.get(_Round, 1))
            session.add(_said(user, now))
            await session.flush()
            return await session.scalar(_COUNT)

    try:
        with _kept(path, len(users)):
            return await timed([answered(user) for user in users])
    finally:
        await engine.dispose()


async def in_threads(path: str, users: Sequence[str], now: datetime, timed: Timed) -> float:
    """With plain sessions in the threads that asyncio lends: quicker than the asynchronous ones, if less usual."""
    engine = sa.create_engine(f"sqlite:///{path}", connect_args={"timeout": BUSY}, pool_timeout=BUSY)
    _waits_its_turn(engine)

    def answered(user: str) -> int | None:
        with Session(engine) as session, session.begin():
            _open(session.get(_Round, 1))
            session.add(_said(user, now))
            session.flush()
            return session.scalar(_COUNT)

    try:
        with _kept(path, len(users)):
            return await timed([asyncio.to_thread(answered, user) for user in users])
    finally:
        engine.dispose()


def _waits_its_turn(engine: sa.Engine) -> None:
    @sa.event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        # The driver would begin its transactions as readers, whose view is stale once it is their turn to write.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=FULL", f"busy_timeout={BUSY * 1000}"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    sa.event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))


@contextmanager
def _kept(path: str, answers: int) -> Iterator[None]:
    """A round that is open; in the end every answer is there, or nothing was measured."""
    engine = sa.create_engine(f"sqlite:///{path}")
    try:
        _Base.metadata.create_all(engine)
        with Session(engine) as session, session.begin():
            session.add(_Round(id=1, state="open"))
        yield
        with Session(engine) as session:
            found = session.scalar(_COUNT)
        if found != answers:
            raise RuntimeError(f"{found} of {answers} answers were kept.")
    finally:
        engine.dispose()


def _open(found: _Round | None) -> None:
    if found is None or found.state != "open":
        raise RuntimeError("The round is not open.")


def _said(user: str, now: datetime) -> _Answer:
    return _Answer(
        round_id=1, user=user, moved=f"{user} moved the price list along", next="The rest of it", sent_at=now
    )
