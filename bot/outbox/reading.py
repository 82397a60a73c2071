"""What became of a message, and what is still to be said."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.outbox.tables import (
    CANCELLED,
    DELETED,
    EXPIRED,
    HELD,
    OWED,
    SENT,
    comes_at,
    is_owed,
    one,
    outbox,
    rooted,
    to_be_sent,
)
from rituals.tables import Tx


@dataclass(frozen=True, slots=True)
class Sent:
    """Where a message stands: the channel it landed in (D… for one to a person) and its ts."""

    channel: str
    ts: str


@dataclass(frozen=True, slots=True)
class Held:
    """A message kept back because Slack does not let the bot speak there; `reason` is Slack's word for it."""

    key: str
    channel: str
    reason: str
    ritual: str
    kind: str
    due_at: datetime


def sent(tx: Tx, workspace: str, key: str) -> Sent | None:
    """None while it is on its way, and once it was taken back. Several keys may share one message."""
    row = tx.execute(_SENT, {"w": workspace, "k": key}).first()
    return Sent(row.landed, row.ts) if row else None


def exists(tx: Tx, workspace: str, key: str) -> bool:
    """Whether it is or will be to be seen, or was refused; False when it was taken back or came too late."""
    return stands(tx, workspace, key) is True


def stands(tx: Tx, workspace: str, key: str) -> bool | None:
    """As `exists`, but None for a key under which nothing was ever put."""
    row = tx.execute(_STANDS, {"w": workspace, "k": key}).first()
    return None if row is None else not row.dropped and row.state not in (CANCELLED, EXPIRED, DELETED)


def shown(tx: Tx, workspace: str, key: str) -> tuple[str, list[dict[str, Any]]] | None:
    """What a message reads now, or will when it is sent; None when it was taken back or never put."""
    if not exists(tx, workspace, key):
        return None
    row = tx.execute(sa.select(outbox.c.text, outbox.c.blocks).where(one(workspace, key))).one()
    return row.text, list(row.blocks or [])


def key_of(tx: Tx, workspace: str, channel: str, ts: str) -> str | None:
    """The key of the message that stands there; where several share it, of the one that carries it."""
    row = tx.execute(_SHOWN, {"w": workspace, "c": channel, "t": ts}).first()
    return row.carrier if row else None


def keys_of(tx: Tx, workspace: str, channel: str, ts: str) -> tuple[str, ...]:
    """All that share the message that stands there, in its order from top to bottom."""
    return tuple(row.key for row in tx.execute(_SHOWN, {"w": workspace, "c": channel, "t": ts}))


def waiting(tx: Tx, workspace: str, prefix: str) -> tuple[str, ...]:
    """The keys that begin so of what nobody has read yet."""
    # Not LIKE: SQLite's takes no notice of upper and lower case.
    begins = sa.func.substr(outbox.c.key, 1, len(prefix)) == prefix
    query = sa.select(outbox.c.key).where(outbox.c.workspace == workspace, is_owed, begins)
    return tuple(tx.scalars(query.order_by(outbox.c.seq)))


def told(tx: Tx, workspace: str, prefix: str) -> dict[str, str]:
    """The keys that begin so of what single people have been sent, or may be this moment, each with whom it is for."""
    c = outbox.c
    mine = (c.workspace == workspace, c.person.is_not(None), c.state.in_([SENT, OWED]))
    query = sa.select(c.key, c.person).where(*mine, sa.func.substr(c.key, 1, len(prefix)) == prefix)
    return {row.key: row.person for row in tx.execute(query.order_by(c.seq))}


def held(tx: Tx, workspace: str) -> list[Held]:
    c = outbox.c
    query = sa.select(c.key, c.channel, c.reason, c.ritual, c.kind, c.due_at)
    return [Held(*row) for row in tx.execute(query.where(c.workspace == workspace, c.state == HELD).order_by(c.seq))]


def owed(tx: Tx, now: datetime) -> int:
    """How many messages should be sent or renewed by now, in all workspaces. What is held or failed is not owed."""
    return _count(tx, to_be_sent(now)) + _count(tx, outbox.c.dirty == sa.true())


def next_due(tx: Tx) -> datetime | None:
    """The calendar moment of the first message that waits for its time, or whose time has come."""
    moment: datetime | None = tx.scalar(sa.select(sa.func.min(comes_at, type_=comes_at.type)).where(is_owed, rooted))
    return moment


def _count(tx: Tx, which: sa.ColumnElement[bool]) -> int:
    return tx.scalar(sa.select(sa.func.count()).select_from(outbox).where(which)) or 0


def _of(*which: sa.ColumnElement[Any]) -> sa.Select[Any]:
    c = outbox.c
    return sa.select(c.key, c.carrier, c.landed, c.ts).where(c.workspace == sa.bindparam("w"), c.state == SENT, *which)


_STANDS = sa.select(outbox.c.state, outbox.c.dropped).where(one(sa.bindparam("w"), sa.bindparam("k")))
_SENT = _of(outbox.c.key == sa.bindparam("k"))
_SHOWN = _of(outbox.c.landed == sa.bindparam("c"), outbox.c.ts == sa.bindparam("t")).order_by(outbox.c.seq)
