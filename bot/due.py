"""What is due when: one row per thing that is to happen at a moment, in the same transaction as the reason for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from rituals.tables import Tx, Utc, metadata

due = sa.Table(
    "due",
    metadata,
    sa.Column("workspace", sa.Text, primary_key=True),
    sa.Column("kind", sa.Text, primary_key=True),
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("due_at", Utc, nullable=False),
    sa.Column("taken_at", Utc),
)
_WAITING = due.c.taken_at.is_(None)
sa.Index("ix_due_waiting", due.c.due_at, sqlite_where=_WAITING, postgresql_where=_WAITING)

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Due:
    """`kind` names the job that runs at `due_at` (calendar time), with `key`."""

    workspace: str
    kind: str
    key: str
    due_at: datetime


def put(tx: Tx, workspace: str, kind: str, key: str, due_at: datetime) -> None:
    """Also moves what was put before under the same key, even if its time had come already: then it comes again."""
    row = {"workspace": workspace, "kind": kind, "key": key, "due_at": due_at, "taken_at": None}
    insert = (sqlite if tx.dialect.name == "sqlite" else postgresql).insert(due).values(row)
    tx.execute(insert.on_conflict_do_update(index_elements=due.primary_key, set_={"due_at": due_at, "taken_at": None}))


def put_once(tx: Tx, workspace: str, kind: str, key: str, due_at: datetime) -> None:
    """Leaves alone what waits under the same key already."""
    waits = sa.select(due.c.key).where(due.c.workspace == workspace, due.c.kind == kind, due.c.key == key, _WAITING)
    if tx.execute(waits).first() is None:
        put(tx, workspace, kind, key, due_at)


def drop(tx: Tx, workspace: str, kind: str, key_prefix: str) -> int:
    """Removes what waits under keys that begin so. Returns how many. What was taken has happened, and stays."""
    # Not LIKE: SQLite's takes no notice of upper and lower case.
    begins = sa.func.substr(due.c.key, 1, len(key_prefix)) == key_prefix
    gone = due.delete().where(due.c.workspace == workspace, due.c.kind == kind, begins, _WAITING)
    return tx.execute(gone).rowcount


def upcoming(tx: Tx, workspace: str | None, limit: int) -> list[Due]:
    """What waits, soonest first; of every workspace for None."""
    return _rows(tx, sa.true() if workspace is None else due.c.workspace == workspace, limit)


def next_due(tx: Tx) -> datetime | None:
    """The moment of the first that waits; it may have passed."""
    return tx.scalar(sa.select(due.c.due_at).where(_WAITING).order_by(due.c.due_at).limit(1))


def take(tx: Tx, now: datetime) -> list[Due]:
    """Marks what is due as taken, soonest first, at most 500 at once. Of several who take at a time one wins each."""
    won = _rows(tx, due.c.due_at <= now, AT_ONCE, lock=True)
    for each in won:
        tx.execute(due.update().where(*_is(each)).values(taken_at=now))
    return won


def clear_taken(tx: Tx, before: datetime) -> int:
    """Forgets what was taken before a moment. Returns how many."""
    return tx.execute(due.delete().where(due.c.taken_at < before)).rowcount


def _rows(tx: Tx, which: sa.ColumnElement[bool], limit: int, *, lock: bool = False) -> list[Due]:
    query = (
        sa.select(due.c.workspace, due.c.kind, due.c.key, due.c.due_at)
        .where(_WAITING, which)
        .order_by(due.c.due_at, due.c.workspace, due.c.kind, due.c.key)
        .limit(limit)
    )
    return [Due(*row) for row in tx.execute(query.with_for_update(skip_locked=True) if lock else query)]


def _is(each: Due) -> Sequence[sa.ColumnElement[bool]]:
    return (due.c.workspace == each.workspace, due.c.kind == each.kind, due.c.key == each.key)
