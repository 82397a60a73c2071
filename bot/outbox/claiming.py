"""One step of a drain, in one transaction: writes down what Slack answered, and takes what comes next."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from bot.outbox import budget
from bot.outbox.budget import Part
from bot.outbox.outcomes import Delivery, Outcome, Renewal
from bot.outbox.settling import end, settle
from bot.outbox.tables import EXPIRED, FAILED, SENT, K, W, is_owed, one, outbox, root, to_be_sent, travelling
from bot.outbox.wording import Wordings, word
from rituals.tables import Tx, Utc


@dataclass(frozen=True, slots=True)
class Ask:
    """What the drain could do now: at most so many look-ups, a message, a renewal; with whom it is still busy."""

    busy: frozenset[str]
    look_ups: int
    post: bool
    renewal: bool
    renewing: frozenset[str]
    # Real seconds since the epoch before which a message must have been renewed last.
    rested: float
    # How old an attempt must be before it is looked for: a call that was broken off may still be on its way to Slack.
    doubt_after: timedelta


@dataclass(frozen=True, slots=True)
class Turn:
    """What was taken. `left`: something is owed beside that; `sayable`: a message of it lacks only its turn."""

    look_ups: tuple[Delivery, ...]
    post: Delivery | None
    renewal: Renewal | None
    left: bool
    sayable: bool


def turn(
    tx: Tx, workspace: str, now: datetime, real: float, outcomes: Iterable[Outcome], ask: Ask, wordings: Wordings
) -> Turn:
    """`now` is calendar time, `real` seconds since the epoch. What is taken is marked before anyone calls Slack."""
    settle(tx, workspace, outcomes)
    look_ups: list[Delivery] = []
    post: Delivery | None = None
    sayable = False
    for row in _first_of_each_conversation(tx, workspace, now, ask.busy):
        if post is not None:
            sayable = True
            break
        if row.attempt_at is not None:
            if len(look_ups) < ask.look_ups and not timedelta(0) <= now - row.attempt_at < ask.doubt_after:
                look_ups += _in_doubt(tx, workspace, row.carrier or row.key)
        elif reason := _over(row, now):
            end(tx, workspace, row.key, *reason)
        elif not ask.post:
            sayable = True
            break
        else:
            post = _taken(tx, workspace, row, now, wordings)
    renewal = _renewal(tx, workspace, now, real, ask, wordings) if ask.renewal else None
    return Turn(tuple(look_ups), post, renewal, sayable or _left(tx, workspace, now), sayable)


def _first_of_each_conversation(tx: Tx, workspace: str, now: datetime, busy: Iterable[str]) -> Iterator[sa.Row[Any]]:
    """The oldest owed row of every conversation that is free, oldest first."""
    met, after = set(busy), 0
    while True:
        asked = {"w": workspace, "now": now, "met": sorted(met), "after": after}
        window = tx.execute(_CANDIDATES_BUT if met else _CANDIDATES, asked).all()
        for row in window:
            if row.conversation not in met:
                met.add(row.conversation)
                yield row
        if len(window) < _WINDOW:
            return
        after = window[-1].seq


def _over(row: sa.Row[Any], now: datetime) -> tuple[str, str] | None:
    if row.expires_at is not None and row.expires_at <= now:
        return EXPIRED, "too late"
    if row.thread_key is not None and row.root_state != SENT:
        return FAILED, f"its thread was never begun ({row.root_state})"
    return None


def _taken(tx: Tx, workspace: str, row: sa.Row[Any], now: datetime, wordings: Wordings) -> Delivery | None:
    """None when her budget lets it wait, or when it was taken back this very moment."""
    keys = [row.key]
    if _budgeted(row):
        until = budget.waits_until(_last_unasked(tx, workspace, row.person), now, row.latest, row.expires_at)
        if until is not None:
            tx.execute(outbox.update().where(one(workspace, row.key)).values(wait_until=until))
            return None
        keys = _together(tx, workspace, row, now)
    claimed = tx.execute(_CLAIM, {"w": workspace, "keys": keys, "now": now, "with": row.key}).all()
    if all(each.key != row.key for each in claimed):
        undo = outbox.update().where(travelling(workspace, row.key))
        tx.execute(undo.values(attempt_at=None, carrier=None))
        return None
    if word(tx, workspace, row, wordings, now):
        claimed = _travelling(tx, workspace, row.key)
    return _delivery(tx, workspace, row.key, claimed)


def _budgeted(row: sa.Row[Any]) -> bool:
    return bool(row.unasked and row.conversation == row.person and not (row.alone or row.ephemeral or row.threaded))


def _last_unasked(tx: Tx, workspace: str, person: str) -> datetime | None:
    found: datetime | None = tx.scalar(_LAST_UNASKED, {"w": workspace, "person": person})
    return found


def _together(tx: Tx, workspace: str, row: sa.Row[Any], now: datetime) -> list[str]:
    asked = {"w": workspace, "conversation": row.conversation, "person": row.person, "place": row.channel, "now": now}
    parts = {each.key: Part(*each) for each in tx.execute(_TOGETHER, asked)}
    if row.key not in parts:
        return [row.key]
    return [part.key for part in budget.together(parts[row.key], parts.values())]


def _in_doubt(tx: Tx, workspace: str, carrier: str) -> list[Delivery]:
    """Nothing when it has just been settled elsewhere."""
    rows = _travelling(tx, workspace, carrier)
    return [_delivery(tx, workspace, carrier, rows)] if any(row.key == carrier for row in rows) else []


def _travelling(tx: Tx, workspace: str, carrier: str) -> Sequence[sa.Row[Any]]:
    return tx.execute(_ON_ITS_WAY, {"w": workspace, "k": carrier}).all()


def _delivery(tx: Tx, workspace: str, key: str, rows: Iterable[sa.Row[Any]]) -> Delivery:
    parts = sorted(rows, key=lambda each: each.seq)
    first = next(each for each in parts if each.key == key)
    shown = budget.message([Part(each.key, each.seq, each.text, each.blocks) for each in parts])
    channel, thread_ts = first.channel, first.thread_ts
    if first.thread_key is not None:
        begun = tx.execute(_WHERE_IT_STANDS, {"w": workspace, "k": first.thread_key}).one()
        channel, thread_ts = begun.landed, begun.ts
    return Delivery(
        key=key,
        version=first.version,
        conversation=first.conversation,
        channel=channel,
        thread_ts=thread_ts,
        person=first.person,
        text=shown.text,
        blocks=shown.blocks,
        broadcast=first.broadcast,
        ephemeral=first.ephemeral,
        attempt_at=first.attempt_at,
        known_as=_known_as(tx, workspace, channel),
    )


def _known_as(tx: Tx, workspace: str, channel: str) -> str | None:
    if channel[:1] not in "UW":
        return None
    known: str | None = tx.scalar(_KNOWN_AS, {"w": workspace, "person": channel})
    return known


def _renewal(tx: Tx, workspace: str, now: datetime, real: float, ask: Ask, wordings: Wordings) -> Renewal | None:
    """The message that has gone longest without, what a whole channel reads before what one person does. It is marked
    as renewed now, so that a failure is not repeated at once."""
    asked = {"w": workspace, "rested": ask.rested, "renewing": sorted(ask.renewing)}
    key = tx.scalar(_OUTDATED_BUT if ask.renewing else _OUTDATED, asked)
    if key is None:
        return None
    # Its version is read under the lock: what is committed by now is shown, what comes later counts one higher.
    row = tx.execute(_REFRESH, {"w": workspace, "k": key, "real": real}).one()
    if row.state == SENT:
        word(tx, workspace, row, wordings, now)
    parts = [Part(*each) for each in tx.execute(_SEEN, {"w": workspace, "k": row.key})]
    shown = budget.message(parts) if parts else budget.Message("", None)
    return Renewal(row.key, row.version, row.landed, row.ts, shown.text, shown.blocks, gone=not parts)


def _left(tx: Tx, workspace: str, now: datetime) -> bool:
    return bool(tx.scalar(_LEFT, {"w": workspace, "now": now}))


# Built once: every message needs a handful, and to build one costs SQLAlchemy more than to run it.
_NOW: sa.BindParameter[datetime] = sa.bindparam("now", type_=Utc())
_MINE = outbox.c.workspace == W
_PARTS = sa.select(outbox.c.key, outbox.c.seq, outbox.c.text, outbox.c.blocks)
_WINDOW = 20
_THREADED = sa.or_(outbox.c.thread_key.is_not(None), outbox.c.thread_ts.is_not(None))
_CANDIDATES: sa.Select[Any] = (
    sa.select(
        outbox.c.key,
        outbox.c.seq,
        outbox.c.conversation,
        outbox.c.channel,
        outbox.c.person,
        outbox.c.ritual,
        outbox.c.kind,
        outbox.c.carrier,
        outbox.c.attempt_at,
        outbox.c.latest,
        outbox.c.expires_at,
        outbox.c.unasked,
        outbox.c.ephemeral,
        outbox.c.alone,
        outbox.c.thread_key,
        _THREADED.label("threaded"),
        sa.select(root.c.state)
        .where(root.c.workspace == outbox.c.workspace, root.c.key == outbox.c.thread_key)
        .scalar_subquery()
        .label("root_state"),
    )
    .where(_MINE, to_be_sent(_NOW), outbox.c.seq > sa.bindparam("after"))
    .order_by(outbox.c.seq)
    .limit(_WINDOW)
)
_CANDIDATES_BUT = _CANDIDATES.where(outbox.c.conversation.not_in(sa.bindparam("met", expanding=True)))
_LAST_UNASKED = (
    sa.select(outbox.c.sent_at)
    .where(_MINE, outbox.c.person == sa.bindparam("person"), outbox.c.unasked, outbox.c.sent_at.is_not(None))
    .order_by(outbox.c.sent_at.desc())
    .limit(1)
)
_TOGETHER = _PARTS.where(
    _MINE,
    is_owed,
    outbox.c.conversation == sa.bindparam("conversation"),
    outbox.c.person == sa.bindparam("person"),
    outbox.c.channel == sa.bindparam("place"),
    outbox.c.due_at <= _NOW,
    outbox.c.attempt_at.is_(None),
    sa.or_(outbox.c.expires_at.is_(None), outbox.c.expires_at > _NOW),
    _THREADED.is_(False),
    outbox.c.unasked,
    sa.not_(outbox.c.ephemeral),
    sa.not_(outbox.c.alone),
)
_CLAIM = (
    outbox.update()
    .where(_MINE, outbox.c.key.in_(sa.bindparam("keys", expanding=True)), is_owed, outbox.c.attempt_at.is_(None))
    .values(attempt_at=_NOW, carrier=sa.bindparam("with"))
    .returning(outbox)
)
_ON_ITS_WAY = sa.select(outbox).where(travelling(W, K))
_WHERE_IT_STANDS = sa.select(outbox.c.landed, outbox.c.ts).where(one(W, K))
_KNOWN_AS = (
    sa.select(outbox.c.landed)
    .where(
        _MINE,
        outbox.c.person == sa.bindparam("person"),
        outbox.c.channel == sa.bindparam("person"),
        outbox.c.sent_at.is_not(None),
        sa.not_(outbox.c.ephemeral),
    )
    .limit(1)
)
_IS_DIRTY = outbox.c.dirty == sa.true()
_OUTDATED = (
    sa.select(outbox.c.key)
    .where(
        _MINE,
        _IS_DIRTY,
        outbox.c.ts.is_not(None),
        sa.or_(outbox.c.refreshed_at.is_(None), outbox.c.refreshed_at <= sa.bindparam("rested")),
    )
    .order_by(outbox.c.person.is_not(None), sa.func.coalesce(outbox.c.refreshed_at, 0.0))
    .limit(1)
)
_OUTDATED_BUT = _OUTDATED.where(outbox.c.key.not_in(sa.bindparam("renewing", expanding=True)))
_REFRESH = outbox.update().where(one(W, K)).values(refreshed_at=sa.bindparam("real")).returning(outbox)
_SEEN = _PARTS.where(_MINE, outbox.c.carrier == K, outbox.c.state == SENT).order_by(outbox.c.seq)
_LEFT = sa.select(sa.or_(sa.exists().where(_MINE, to_be_sent(_NOW)), sa.exists().where(_MINE, _IS_DIRTY)))
