"""Forgets what was said long ago and nobody comes back to."""

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.outbox.tables import HELD, OWED, outbox
from rituals.tables import Tx

AT_ONCE = 500
_PAGE = 500


def purge(tx: Tx, workspace: str, before: datetime, kept: Callable[[str], bool]) -> bool:
    """Forgets messages that met their end, good or bad, before a moment. True: there are more, for a next transaction.

    `kept` says of a key whether something still refers to it. What shares a message stays or goes together, and what
    somebody is to be replied under stays until the reply is sent.
    """
    gone, after = 0, ""
    while gone < AT_ONCE:
        page = tx.execute(_ENDED, {"w": workspace, "before": before, "after": after, "page": _PAGE}).all()
        if not page:
            return False
        wanted = _wanted(tx, workspace, {row.message for row in page}, before, kept)
        keys = [row.key for row in page if row.message not in wanted]
        gone += tx.execute(outbox.delete().where(outbox.c.workspace == workspace, outbox.c.key.in_(keys))).rowcount
        after = page[-1].key
    return True


def _wanted(
    tx: Tx, workspace: str, messages: Collection[str], before: datetime, kept: Callable[[str], bool]
) -> set[str]:
    """The messages of which some part is not over yet, or still referred to."""
    parts = sa.select(outbox.c.key, _message, _over.label("over")).where(
        outbox.c.workspace == workspace, sa.or_(outbox.c.carrier.in_(messages), outbox.c.key.in_(messages))
    )
    return {row.message for row in tx.execute(parts, {"before": before}) if not row.over or kept(row.key)}


def _earlier(moment: sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
    return sa.or_(moment.is_(None), moment < sa.bindparam("before", type_=outbox.c.due_at.type))


_reply = outbox.alias("reply")
_message = sa.func.coalesce(outbox.c.carrier, outbox.c.key).label("message")
_over = sa.and_(
    outbox.c.state.not_in([OWED, HELD]),
    sa.not_(outbox.c.dirty),
    _earlier(outbox.c.due_at),
    _earlier(outbox.c.changed_at),
    _earlier(outbox.c.sent_at),
    ~sa.exists().where(
        _reply.c.workspace == outbox.c.workspace,
        _reply.c.thread_key == outbox.c.key,
        _reply.c.state.in_([OWED, HELD]),
    ),
)
_ENDED = (
    sa.select(outbox.c.key, _message)
    .where(outbox.c.workspace == sa.bindparam("w"), _over, outbox.c.key > sa.bindparam("after"))
    .order_by(outbox.c.key)
    .limit(sa.bindparam("page"))
)
