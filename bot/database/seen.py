"""Which requests have had their effect, written in the same transaction as the effect."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from rituals.tables import Tx, Utc, metadata

seen = sa.Table(
    "seen",
    metadata,
    sa.Column("workspace", sa.Text, primary_key=True),
    sa.Column("key", sa.Text, primary_key=True),
    # Real time: Slack repeats a request by the machine's clock, wherever the sandbox's has been moved to.
    sa.Column("at", Utc, nullable=False, index=True),
)


@dataclass
class AlreadyDone(Exception):
    """A request that has had its effect came a second time."""

    workspace: str
    key: str

    def __str__(self) -> str:
        return f"{self.key} has been done already."


def first_time(tx: Tx, once: tuple[str, str]) -> None:
    """Remembers (workspace, request key) in this transaction. Raises AlreadyDone."""
    workspace, key = once
    insert = _ON_SQLITE if tx.dialect.name == "sqlite" else _ON_POSTGRESQL
    if not tx.execute(insert, {"workspace": workspace, "key": key, "at": _real()}).rowcount:
        raise AlreadyDone(workspace, key)


def forget_seen(tx: Tx, older_than: timedelta = timedelta(days=3)) -> int:
    """Clears away what nobody asks for again: Slack's last repeat comes within a day. Returns how many."""
    return tx.execute(seen.delete().where(seen.c.at < _real() - older_than)).rowcount


_ON_SQLITE = sqlite.insert(seen).on_conflict_do_nothing().execution_options(preserve_rowcount=True)
_ON_POSTGRESQL = postgresql.insert(seen).on_conflict_do_nothing().execution_options(preserve_rowcount=True)


def _real() -> datetime:
    return datetime.fromtimestamp(time.time(), UTC)
