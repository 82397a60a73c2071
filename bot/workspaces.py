"""Which workspace a token belongs to: asked of Slack once, remembered for the next start."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from rituals.tables import Tx, Utc, metadata

workspaces = sa.Table(
    "workspaces",
    metadata,
    sa.Column("workspace", sa.Text, primary_key=True),
    sa.Column("enterprise", sa.Text),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("bot_user", sa.Text, nullable=False),
    sa.Column("bot", sa.Text),
    # A digest, so that a start can tell whose token this is without keeping the token.
    sa.Column("token_digest", sa.Text, nullable=False),
    sa.Column("seen_at", Utc, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Workspace:
    """What `auth.test` says of a token: `id` is Slack's team id, `bot_user` the bot's own user id."""

    id: str
    name: str
    bot_user: str
    bot: str | None
    enterprise: str | None


def remembered(tx: Tx, token: str) -> Workspace | None:
    """The workspace this token was seen in before, or None."""
    query = sa.select(
        workspaces.c.workspace,
        workspaces.c.name,
        workspaces.c.bot_user,
        workspaces.c.bot,
        workspaces.c.enterprise,
    ).where(workspaces.c.token_digest == _digest(token))
    found = tx.execute(query).first()
    return Workspace(*found) if found else None


def remember(tx: Tx, of: Workspace, token: str, now: datetime) -> None:
    values = {
        "enterprise": of.enterprise,
        "name": of.name,
        "bot_user": of.bot_user,
        "bot": of.bot,
        "token_digest": _digest(token),
        "seen_at": now,
    }
    changed = tx.execute(workspaces.update().where(workspaces.c.workspace == of.id).values(values))
    if changed.rowcount == 0:
        tx.execute(workspaces.insert().values(workspace=of.id, **values))


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
