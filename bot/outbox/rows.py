"""What features do: owe a message, change it, take it back. Everything in the caller's transaction."""

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from bot.outbox.tables import CANCELLED, DELETED, HELD, OWED, SENT, K, W, is_owed, one, outbox
from bot.outbox.wanted import want
from bot.outbox.wording import Blocks
from rituals.tables import Tx


@dataclass(frozen=True, slots=True)
class Post:
    """A finished message. `key` is made of data and says what it is: "standup:<round>:prompt:<user>".

    `channel`: C… or D…, or U… for the direct messages with her. `thread_key`: in the thread under the message of
    that key, once that one is sent; or `thread_ts`. `person`: whom it is for; `unasked`: it goes through her budget.
    Calendar moments: `due_at` (default: now), `latest` (her budget makes it wait no longer), `expires_at` (never
    sent after it).
    """

    key: str
    channel: str
    text: str
    ritual: str
    kind: str
    blocks: Blocks | None = None
    thread_key: str | None = None
    thread_ts: str | None = None
    person: str | None = None
    unasked: bool = False
    due_at: datetime | None = None
    latest: datetime | None = None
    expires_at: datetime | None = None
    broadcast: bool = False
    ephemeral: bool = False

    def __post_init__(self) -> None:
        if not self.text:
            raise ValueError(f"{self.key} has no text, which phones and screen readers show")
        if self.thread_key and self.thread_ts:
            raise ValueError(f"{self.key} names two threads")
        if (self.ephemeral or self.unasked) and not self.person:
            raise ValueError(f"{self.key} does not say whom it is for")


def put(tx: Tx, workspace: str, post: Post, now: datetime) -> bool:
    """Owes a message, once for its key whatever has become of that one. True if it is new."""
    insert = _ON_SQLITE if tx.dialect.name == "sqlite" else _ON_POSTGRESQL
    due_at = post.due_at or now
    if not tx.execute(insert, _row(workspace, post, due_at, now)).rowcount:
        return False
    if due_at <= now:
        want(tx, workspace)
    return True


def amend(tx: Tx, workspace: str, key: str, text: str, blocks: Blocks | None, now: datetime) -> None:
    """The message shall read so. Before it is sent it goes out so; after, one `chat.update` serves many changes."""
    row = tx.execute(_STANDING, {"w": workspace, "k": key}).first()
    if row is not None:
        _amend(tx, workspace, row, text, blocks, now)


def overtake(tx: Tx, workspace: str, keys: Sequence[str], text: str, blocks: Blocks | None, now: datetime) -> None:
    """What these messages were for has happened: those that are not sent yet are taken back, the others read so."""
    for row in tx.execute(_ALL_STANDING, {"w": workspace, "keys": keys}).all():
        unsent = row.state in (OWED, HELD)
        if not row.dropped and not (unsent and cancel(tx, workspace, row.key, now)):
            _amend(tx, workspace, row, text, blocks, now)


def renew(tx: Tx, workspace: str, key: str, now: datetime) -> None:
    """What the message tells of has changed: the next `chat.update` says what is true by then, and serves all who have
    asked for it. For kinds that have a wording, and messages that no other carries."""
    this = {"w": workspace, "k": key, "at": now}
    # Whoever was the first to outdate it has asked for a drain, which does not end before the newest version is shown.
    if not tx.execute(_OUTDATED_AGAIN, this).rowcount and tx.execute(_OUTDATED, this).scalar() == SENT:
        want(tx, workspace)


def cancel(tx: Tx, workspace: str, key: str, now: datetime) -> bool:
    """Takes back what is not sent yet. False if it is sent, or may be: then it is not tried again at least."""
    mine = one(workspace, key)
    waiting = sa.or_(outbox.c.state == HELD, sa.and_(is_owed, outbox.c.attempt_at.is_(None)))
    if tx.execute(outbox.update().where(mine, waiting).values(state=CANCELLED, changed_at=now)).rowcount:
        return True
    tx.execute(outbox.update().where(mine, is_owed).values(expires_at=now, changed_at=now))
    return False


def delete(tx: Tx, workspace: str, key: str, now: datetime) -> None:
    """Takes back a message that may have been sent: it disappears from Slack."""
    if cancel(tx, workspace, key, now):
        return
    row = tx.execute(_STANDING, {"w": workspace, "k": key}).first()
    if row is not None and row.state in (OWED, SENT):
        gone = {"state": DELETED} if row.state == SENT else {"dropped": True}
        tx.execute(outbox.update().where(one(workspace, key)).values(changed_at=now, **gone))
        _follow(tx, workspace, row)


def release(tx: Tx, workspace: str, channel: str, now: datetime) -> int:
    """The bot may speak in this channel (again): what was held for it is owed, and what could not be changed there is
    outdated. Returns how many."""
    there = outbox.update().where(outbox.c.workspace == workspace, outbox.c.channel == channel)
    freed = tx.execute(there.where(outbox.c.state == HELD).values(state=OWED, reason=None, changed_at=now)).rowcount
    unchanged = there.where(outbox.c.state == SENT, outbox.c.reason.is_not(None))
    freed += tx.execute(unchanged.values(dirty=True, reason=None)).rowcount
    if freed:
        want(tx, workspace)
    return freed


def _amend(tx: Tx, workspace: str, row: sa.Row[Any], text: str, blocks: Blocks | None, now: datetime) -> None:
    wanted = None if blocks is None else list(blocks)
    if row.state not in (OWED, HELD, SENT) or (row.text, row.blocks) == (text, wanted):
        return
    new = {"w": workspace, "k": row.key, "says": text, "shows": wanted, "at": now}
    if row.state == SENT and row.carrier == row.key and not row.ephemeral:
        tx.execute(_AMENDED_WHERE_IT_STANDS, new)
        want(tx, workspace)
    else:
        tx.execute(_AMENDED, new)
        _follow(tx, workspace, row)


def _follow(tx: Tx, workspace: str, row: sa.Row[Any]) -> None:
    """What Slack shows, or is about to, is older than what we have. It is the carrier's message that gets renewed."""
    if row.ephemeral or (row.state != SENT and row.attempt_at is None):
        return
    tx.execute(_FOLLOWED, {"w": workspace, "k": row.carrier or row.key, "shown": row.state == SENT})
    if row.state == SENT:
        want(tx, workspace)


def _row(workspace: str, post: Post, due_at: datetime, now: datetime) -> dict[str, Any]:
    direct = post.channel[:1] in "DUW"
    return {
        "workspace": workspace,
        "key": post.key,
        "seq": _sequence.next(),
        "conversation": post.person if direct and post.person else post.channel,
        "channel": post.channel,
        "thread_key": post.thread_key,
        "thread_ts": post.thread_ts,
        "person": post.person,
        "ritual": post.ritual,
        "kind": post.kind,
        "unasked": post.unasked,
        "broadcast": post.broadcast,
        "ephemeral": post.ephemeral,
        "text": post.text,
        "blocks": None if post.blocks is None else list(post.blocks),
        "put_at": now,
        "due_at": due_at,
        "latest": post.latest,
        "expires_at": post.expires_at,
        "state": OWED,
    }


class _Sequence:
    """Later is larger, between processes as well as their clocks agree, and within this one always."""

    def __init__(self) -> None:
        self._last = 0
        self._guard = threading.Lock()

    def next(self) -> int:
        with self._guard:
            self._last = max(self._last + 1, time.time_ns() // 1000)
            return self._last


_sequence = _Sequence()
# Built once, since every answer changes a few messages: building a statement costs SQLAlchemy more than running it.
_THIS = one(W, K)
_OLDER = {"version": outbox.c.version + 1}
_CHANGES: sa.Select[Any] = sa.select(
    outbox.c.key,
    outbox.c.state,
    outbox.c.dropped,
    outbox.c.attempt_at,
    outbox.c.carrier,
    outbox.c.ephemeral,
    outbox.c.text,
    outbox.c.blocks,
).with_for_update()
_STANDING = _CHANGES.where(_THIS)
_ALL_STANDING = _CHANGES.where(
    outbox.c.workspace == W, outbox.c.key.in_(sa.bindparam("keys", expanding=True))
).order_by(outbox.c.key)
_AMENDED = (
    outbox.update()
    .where(_THIS)
    .values(text=sa.bindparam("says"), blocks=sa.bindparam("shows"), changed_at=sa.bindparam("at"))
)
_AMENDED_WHERE_IT_STANDS = _AMENDED.values(**_OLDER, dirty=sa.true())
_FOLLOWED = (
    outbox.update().where(_THIS).values(**_OLDER, dirty=sa.or_(outbox.c.dirty, sa.bindparam("shown", type_=sa.Boolean)))
)
# What is on its way counts its changes too, and is found to be older than this one when it lands.
_OUTDATED_AGAIN = outbox.update().where(_THIS, outbox.c.dirty).values(**_OLDER, changed_at=sa.bindparam("at"))
_OUTDATED = (
    outbox.update()
    .where(_THIS, sa.or_(*(outbox.c.state == state for state in (OWED, HELD, SENT))))
    .values(**_OLDER, dirty=outbox.c.state == SENT, changed_at=sa.bindparam("at"))
    .returning(outbox.c.state)
)
_ON_SQLITE = sqlite.insert(outbox).on_conflict_do_nothing().execution_options(preserve_rowcount=True)
_ON_POSTGRESQL = postgresql.insert(outbox).on_conflict_do_nothing().execution_options(preserve_rowcount=True)
