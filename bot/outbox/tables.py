"""The outbox's two tables, and the conditions that its queries share."""

from datetime import datetime

import sqlalchemy as sa

from rituals.tables import Utc, metadata

OWED, SENT, HELD, FAILED = "owed", "sent", "held", "failed"
EXPIRED, CANCELLED, DELETED = "expired", "cancelled", "deleted"

outbox = sa.Table(
    "outbox",
    metadata,
    sa.Column("workspace", sa.Text, primary_key=True),
    sa.Column("key", sa.Text, primary_key=True),
    # The order in which rows were put; microseconds of real time, made unique within a process.
    sa.Column("seq", sa.BigInteger, nullable=False),
    # Whatever has the same conversation is sent in order: a channel, or the person at the other end.
    sa.Column("conversation", sa.Text, nullable=False),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("thread_key", sa.Text),
    sa.Column("thread_ts", sa.Text),
    sa.Column("person", sa.Text),
    sa.Column("ritual", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("unasked", sa.Boolean, nullable=False),
    sa.Column("broadcast", sa.Boolean, nullable=False),
    sa.Column("ephemeral", sa.Boolean, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("blocks", sa.JSON(none_as_null=True)),
    sa.Column("put_at", Utc, nullable=False),
    sa.Column("changed_at", Utc),
    sa.Column("due_at", Utc, nullable=False),
    # Until then the person's budget makes it wait.
    sa.Column("wait_until", Utc),
    sa.Column("latest", Utc),
    sa.Column("expires_at", Utc),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("reason", sa.Text),
    # Set while nobody knows whether Slack has it: from just before the call until its answer is written down.
    sa.Column("attempt_at", Utc),
    # The row whose message carries this one; itself when it travels alone.
    sa.Column("carrier", sa.Text),
    sa.Column("alone", sa.Boolean, nullable=False, default=False),
    # To be deleted as soon as it turns out to have been sent.
    sa.Column("dropped", sa.Boolean, nullable=False, default=False),
    sa.Column("landed", sa.Text),
    sa.Column("ts", sa.Text),
    sa.Column("sent_at", Utc),
    # Of the carrier's message: counts its changes; dirty while Slack shows an older one.
    sa.Column("version", sa.Integer, nullable=False, default=0),
    sa.Column("dirty", sa.Boolean, nullable=False, default=False),
    # Real seconds since the epoch, since rate limits know no other time.
    sa.Column("refreshed_at", sa.Float),
)

drains = sa.Table(
    "drains",
    metadata,
    sa.Column("workspace", sa.Text, primary_key=True),
    sa.Column("wanted", sa.Boolean, nullable=False),
    # Real seconds since the epoch.
    sa.Column("since", sa.Float, nullable=False),
)

# Written out, so that a planner recognises the partial index.
is_owed = outbox.c.state == sa.literal_column("'owed'")
_has_thread_key = outbox.c.thread_key.is_not(None)
_is_spoken = outbox.c.ts.is_not(None)

sa.Index("ix_outbox_owed", outbox.c.workspace, outbox.c.seq, sqlite_where=is_owed, postgresql_where=is_owed)
sa.Index("ix_outbox_dirty", outbox.c.dirty, outbox.c.workspace)
sa.Index("ix_outbox_carrier", outbox.c.workspace, outbox.c.carrier)
sa.Index("ix_outbox_person", outbox.c.workspace, outbox.c.person, outbox.c.sent_at)
sa.Index(
    "ix_outbox_landed",
    outbox.c.workspace,
    outbox.c.landed,
    outbox.c.ts,
    sqlite_where=_is_spoken,
    postgresql_where=_is_spoken,
)
sa.Index(
    "ix_outbox_thread",
    outbox.c.workspace,
    outbox.c.thread_key,
    sqlite_where=_has_thread_key,
    postgresql_where=_has_thread_key,
)

root = outbox.alias("root")
# The row that this one replies to has met its end, good or bad.
rooted = sa.or_(
    outbox.c.thread_key.is_(None),
    sa.exists().where(
        root.c.workspace == outbox.c.workspace,
        root.c.key == outbox.c.thread_key,
        root.c.state.not_in([OWED, HELD]),
    ),
)
comes_at = sa.func.coalesce(outbox.c.wait_until, outbox.c.due_at, type_=Utc())


# What statements that are built once call the workspace and the key.
W: sa.BindParameter[str] = sa.bindparam("w")
K: sa.BindParameter[str] = sa.bindparam("k")


def one(workspace: str | sa.BindParameter[str], key: str | sa.BindParameter[str]) -> sa.ColumnElement[bool]:
    return sa.and_(outbox.c.workspace == workspace, outbox.c.key == key)


def travelling(workspace: str | sa.BindParameter[str], carrier: str | sa.BindParameter[str]) -> sa.ColumnElement[bool]:
    """The rows of a message that is on its way."""
    return sa.and_(outbox.c.workspace == workspace, outbox.c.carrier == carrier, is_owed)


def to_be_sent(now: datetime | sa.BindParameter[datetime]) -> sa.ColumnElement[bool]:
    return sa.and_(is_owed, comes_at <= now, rooted)
