"""One drain for many rows: whoever owes something asks for a drain only if none has been asked for."""

import time
from datetime import datetime
from zlib import crc32

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from bot.engine import enqueue_drain
from bot.outbox.tables import drains, outbox, to_be_sent
from rituals.tables import Tx

# A drain that was asked for and never began: something took it off the queue. Real seconds.
_FORGOTTEN = 300.0
_LOCK = 0x6F757462  # "outb"


def want(tx: Tx, workspace: str) -> None:
    """Sees to it that a drain begins after this transaction's commit. To be called after the rows are written."""
    _while_no_drain_begins(tx, workspace, "pg_advisory_xact_lock_shared")
    if tx.execute(_WANTED, {"w": workspace}).scalar():
        return
    _ask(tx, workspace)


def take_up(tx: Tx, workspace: str) -> None:
    """A drain begins: whoever owes something from here on asks for the next one."""
    # Waits for the transactions that found the flag set: once it is cleared their rows are there to be seen.
    _while_no_drain_begins(tx, workspace, "pg_advisory_xact_lock")
    tx.execute(drains.update().where(drains.c.workspace == workspace).values(wanted=False))


def wake(tx: Tx, now: datetime) -> int:
    """Asks for a drain wherever a message has come due, or a drain went missing. For every sweep; returns how many."""
    spoken_to = sa.select(outbox.c.workspace).where(to_be_sent(now))
    shown_to = sa.select(outbox.c.workspace).where(outbox.c.dirty == sa.true())
    fresh = sa.select(drains.c.workspace).where(drains.c.wanted, drains.c.since > time.time() - _FORGOTTEN)
    owing = {*tx.scalars(spoken_to.distinct()), *tx.scalars(shown_to.distinct())} - {*tx.scalars(fresh)}
    for workspace in sorted(owing):
        _ask(tx, workspace, since=time.time() - _FORGOTTEN)
    return len(owing)


def _ask(tx: Tx, workspace: str, since: float | None = None) -> None:
    insert = (sqlite if tx.dialect.name == "sqlite" else postgresql).insert(drains)
    new = insert.values(workspace=workspace, wanted=True, since=time.time())
    free = sa.not_(drains.c.wanted) if since is None else sa.or_(sa.not_(drains.c.wanted), drains.c.since <= since)
    set_ = {"wanted": True, "since": new.excluded.since}
    won = new.on_conflict_do_update(index_elements=["workspace"], set_=set_, where=free).returning(drains.c.workspace)
    if tx.execute(won).first() is not None:
        enqueue_drain(tx, workspace)


def _while_no_drain_begins(tx: Tx, workspace: str, lock: str) -> None:
    if tx.dialect.name != "sqlite":
        tx.execute(_LOCKS[lock], {"n": _signed(crc32(workspace.encode()))})


def _signed(number: int) -> int:
    return number - (1 << 32) if number >= 1 << 31 else number


_WANTED = sa.select(drains.c.wanted).where(drains.c.workspace == sa.bindparam("w"))
_LOCKS = {
    name: sa.text(f"SELECT {name}({_LOCK}, CAST(:n AS integer))")
    for name in ("pg_advisory_xact_lock", "pg_advisory_xact_lock_shared")
}
