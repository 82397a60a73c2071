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
from bot.outbox.tables import EXPIRED, FAILED, SENT, is_owed, one, outbox, root, to_be_sent
from bot.outbox.wording import Wordings, word
from rituals.tables import Tx


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
        free = outbox.c.conversation.not_in(sorted(met)) if met else sa.true()
        rows = tx.execute(
            _CANDIDATES.where(outbox.c.workspace == workspace, to_be_sent(now), free, outbox.c.seq > after)
        )
        window = rows.all()
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
    mark = outbox.update().where(outbox.c.workspace == workspace, outbox.c.key.in_(keys), is_owed)
    claimed = tx.execute(
        mark.where(outbox.c.attempt_at.is_(None)).values(attempt_at=now, carrier=row.key).returning(outbox)
    ).all()
    if all(each.key != row.key for each in claimed):
        undo = outbox.update().where(outbox.c.workspace == workspace, outbox.c.carrier == row.key, is_owed)
        tx.execute(undo.values(attempt_at=None, carrier=None))
        return None
    if word(tx, workspace, row, wordings, now):
        claimed = _travelling(tx, workspace, row.key)
    return _delivery(tx, workspace, row.key, claimed)


def _budgeted(row: sa.Row[Any]) -> bool:
    return bool(row.unasked and row.conversation == row.person and not (row.alone or row.ephemeral or row.threaded))


def _last_unasked(tx: Tx, workspace: str, person: str) -> datetime | None:
    mine = (outbox.c.workspace == workspace, outbox.c.person == person, outbox.c.unasked, outbox.c.sent_at.is_not(None))
    return tx.scalar(sa.select(outbox.c.sent_at).where(*mine).order_by(outbox.c.sent_at.desc()).limit(1))


def _together(tx: Tx, workspace: str, row: sa.Row[Any], now: datetime) -> list[str]:
    c = outbox.c
    whole = _THREADED.is_(False), c.unasked, sa.not_(c.ephemeral), sa.not_(c.alone), c.channel == row.channel
    current = c.due_at <= now, c.attempt_at.is_(None), sa.or_(c.expires_at.is_(None), c.expires_at > now)
    mine = c.workspace == workspace, c.conversation == row.conversation, c.person == row.person, is_owed
    parts = {
        each.key: Part(each.key, each.seq, each.text, each.blocks)
        for each in tx.execute(sa.select(c.key, c.seq, c.text, c.blocks).where(*mine, *current, *whole))
    }
    if row.key not in parts:
        return [row.key]
    return [part.key for part in budget.together(parts[row.key], parts.values())]


def _in_doubt(tx: Tx, workspace: str, carrier: str) -> list[Delivery]:
    """Nothing when it has just been settled elsewhere."""
    rows = _travelling(tx, workspace, carrier)
    return [_delivery(tx, workspace, carrier, rows)] if any(row.key == carrier for row in rows) else []


def _travelling(tx: Tx, workspace: str, carrier: str) -> Sequence[sa.Row[Any]]:
    """The rows of a message that is on its way."""
    return tx.execute(
        sa.select(outbox).where(outbox.c.workspace == workspace, outbox.c.carrier == carrier, is_owed)
    ).all()


def _delivery(tx: Tx, workspace: str, key: str, rows: Iterable[sa.Row[Any]]) -> Delivery:
    parts = sorted(rows, key=lambda each: each.seq)
    first = next(each for each in parts if each.key == key)
    shown = budget.message([Part(each.key, each.seq, each.text, each.blocks) for each in parts])
    channel, thread_ts = first.channel, first.thread_ts
    if first.thread_key is not None:
        begun = tx.execute(sa.select(outbox.c.landed, outbox.c.ts).where(one(workspace, first.thread_key))).one()
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
    before = sa.select(outbox.c.landed).where(
        outbox.c.workspace == workspace,
        outbox.c.person == channel,
        outbox.c.channel == channel,
        outbox.c.sent_at.is_not(None),
        sa.not_(outbox.c.ephemeral),
    )
    return tx.scalar(before.limit(1))


def _renewal(tx: Tx, workspace: str, now: datetime, real: float, ask: Ask, wordings: Wordings) -> Renewal | None:
    """The message that has gone longest without, what a whole channel reads before what one person does. It is marked
    as renewed now, so that a failure is not repeated at once."""
    c = outbox.c
    rested = sa.or_(c.refreshed_at.is_(None), c.refreshed_at <= ask.rested)
    idle = c.key.not_in(sorted(ask.renewing)) if ask.renewing else sa.true()
    key = tx.scalar(
        sa.select(c.key)
        .where(c.workspace == workspace, c.dirty == sa.true(), c.ts.is_not(None), rested, idle)
        .order_by(c.person.is_not(None), sa.func.coalesce(c.refreshed_at, 0.0))
        .limit(1)
    )
    if key is None:
        return None
    # Its version is read under the lock: what is committed by now is shown, what comes later counts one higher.
    row = tx.execute(outbox.update().where(one(workspace, key)).values(refreshed_at=real).returning(outbox)).one()
    if row.state == SENT:
        word(tx, workspace, row, wordings, now)
    seen = sa.select(c.key, c.seq, c.text, c.blocks).where(c.workspace == workspace, c.carrier == row.key)
    parts = [Part(*each) for each in tx.execute(seen.where(c.state == SENT).order_by(c.seq))]
    shown = budget.message(parts) if parts else budget.Message("", None)
    return Renewal(row.key, row.version, row.landed, row.ts, shown.text, shown.blocks, gone=not parts)


def _left(tx: Tx, workspace: str, now: datetime) -> bool:
    mine = outbox.c.workspace == workspace
    return any(
        tx.execute(sa.select(sa.literal(1)).where(mine, which).limit(1)).first() is not None
        for which in (to_be_sent(now), outbox.c.dirty == sa.true())
    )


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
    .order_by(outbox.c.seq)
    .limit(_WINDOW)
)
