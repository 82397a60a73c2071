"""What Slack answered, written into the rows."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from bot.engine import enqueue
from bot.logs import logger
from bot.outbox.outcomes import Landed, Later, NotRenewed, NotThere, Outcome, Refused, Renewed
from bot.outbox.tables import CANCELLED, DELETED, FAILED, HELD, OWED, SENT, K, W, is_owed, one, outbox, travelling
from rituals.tables import Tx

log = logger()

HELD_JOB = "outbox.held"
"""The job, keyed by channel, that tells whoever can let the bot in again."""

# Slack does not let the bot speak in this channel, for now.
_KEPT_OUT = {
    "not_in_channel",
    "channel_not_found",
    "is_archived",
    "restricted_action",
    "restricted_action_read_only_channel",
    "restricted_action_thread_only_channel",
    "restricted_action_non_threadable_channel",
    "restricted_action_thread_locked",
    "no_permission",
    "ekm_access_denied",
    "team_access_not_granted",
}
# And this is how it says so of a message that stands there already.
_NOT_CHANGED = {*_KEPT_OUT, "is_inactive"}
# One part of a message that several share may be what Slack refuses.
_CONTENT = {
    "invalid_blocks",
    "invalid_blocks_format",
    "msg_blocks_too_long",
    "msg_too_long",
    "too_many_blocks",
    "no_text",
    "invalid_arguments",
    "invalid_attachments",
}


def settle(tx: Tx, workspace: str, outcomes: Iterable[Outcome]) -> None:
    """Harmless to repeat."""
    for outcome in outcomes:
        match outcome:
            case Landed():
                _landed(tx, workspace, outcome)
            case NotThere(key=key) | Later(key=key, sure=True):
                _not_there(tx, workspace, key)
            case Refused():
                _refused(tx, workspace, outcome)
            case Renewed(key=key, version=version):
                tx.execute(_SHOWN, {"w": workspace, "k": key, "shown": version})
            case NotRenewed(key=key, error=error):
                log.warning("outbox_not_renewed", workspace=workspace, key=key, error=error)
                later = error if error in _NOT_CHANGED else None
                tx.execute(outbox.update().where(one(workspace, key)).values(dirty=False, reason=later))
            case Later():
                pass  # nobody knows whether it arrived: it stays as it is and is looked for


def end(tx: Tx, workspace: str, key: str, state: str, reason: str) -> None:
    """A row that is not to be sent after all."""
    log.info("outbox_ended", workspace=workspace, key=key, state=state, reason=reason)
    tx.execute(outbox.update().where(one(workspace, key), is_owed).values(state=state, reason=reason, attempt_at=None))


def _landed(tx: Tx, workspace: str, landed: Landed) -> None:
    # Slack's own time, so that it is the same whether we heard it at once or found it later.
    said = datetime.fromtimestamp(float(landed.ts), UTC)
    where = {"place": landed.channel, "stamp": landed.ts, "said": said}
    tx.execute(_LANDED, {"w": workspace, "k": landed.key, **where})
    tx.execute(_OLDER, {"w": workspace, "k": landed.key, "shown": landed.version})


def _not_there(tx: Tx, workspace: str, key: str) -> None:
    back = {"state": sa.case((outbox.c.dropped, CANCELLED), else_=OWED), "attempt_at": None, "carrier": None}
    tx.execute(outbox.update().where(travelling(workspace, key)).values(back))


def _refused(tx: Tx, workspace: str, refused: Refused) -> None:
    key, error = refused.key, refused.error
    rows = tx.execute(
        sa.select(outbox.c.key, outbox.c.channel, outbox.c.person, outbox.c.ritual, outbox.c.kind).where(
            travelling(workspace, key)
        )
    ).all()
    values: dict[str, Any] = {"attempt_at": None, "carrier": None}
    if len(rows) > 1 and error in _CONTENT:
        values["alone"] = True
    else:
        # A person who cannot be written to stays so; a channel may let the bot in again.
        held = error in _KEPT_OUT and rows and rows[0].channel[:1] in "CG"
        values |= {"state": HELD if held else FAILED, "reason": error}
        if held and refused.in_doubt:
            # Once it is released it is looked for before it is sent.
            del values["attempt_at"], values["carrier"]
    for row in rows:
        log.warning("outbox_refused", workspace=workspace, error=error, state=values.get("state", OWED), **row._mapping)
    tx.execute(outbox.update().where(travelling(workspace, key)).values(values))
    if values.get("state") == HELD:
        enqueue(tx, workspace, HELD_JOB, rows[0].channel)
        replies = [outbox.c.workspace == workspace, outbox.c.thread_key.in_([row.key for row in rows]), is_owed]
        tx.execute(outbox.update().where(*replies).values(state=HELD, reason=error))


# Built once, as every message needs them.
_LANDED = (
    outbox.update()
    .where(travelling(W, K))
    .values(
        state=sa.case((outbox.c.dropped, DELETED), else_=SENT),
        landed=sa.bindparam("place"),
        ts=sa.bindparam("stamp"),
        sent_at=sa.bindparam("said"),
        attempt_at=None,
    )
)
_OLDER = (
    outbox.update()
    .where(one(W, K), outbox.c.version != sa.bindparam("shown"), sa.not_(outbox.c.ephemeral))
    .values(dirty=True)
)
_SHOWN = outbox.update().where(one(W, K), outbox.c.version == sa.bindparam("shown")).values(dirty=False)
