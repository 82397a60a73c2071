"""Every version of a workspace's configuration, kept: body, source, author and time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from rituals.tables import Tx, Utc, metadata

FILE = "file"
"""The source of what came from config.yaml or a folder of such files."""

configurations = sa.Table(
    "configurations",
    metadata,
    sa.Column("workspace", sa.Text, primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("author", sa.Text),
    sa.Column("at", Utc, nullable=False),
)
directory_changes = sa.Table(
    "directory_changes",
    metadata,
    sa.Column("workspace", sa.Text, primary_key=True),
    sa.Column("changes", sa.Integer, nullable=False),
)

_ATTEMPTS = 20


@dataclass(frozen=True, slots=True)
class Version:
    """The version in force after a `save`, and whether that save made it."""

    number: int
    is_new: bool


@dataclass(frozen=True, slots=True)
class Stored:
    """One version as it was saved. `body` is `Configuration.body()`; `author` is a user, None for a file."""

    workspace: str
    version: int
    body: str
    source: str
    author: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Stamp:
    """Equal stamps mean that nothing has changed: neither the configuration nor the people it is resolved among.

    The time tells apart two versions of one number, of which the first was rolled back.
    """

    version: int
    at: datetime | None
    changes: int


def save(tx: Tx, workspace: str, body: str, source: str, now: datetime, author: str | None = None) -> Version:
    """Keeps `body` as the next version, unless it is what is in force already.

    A file that has not changed since it was last taken changes nothing, so that a restart does not undo what somebody
    has edited from Slack since.
    """
    for _ in range(_ATTEMPTS):
        before = latest(tx, workspace)
        if before is not None and (before.body == body or (source == FILE and _last_of_file(tx, workspace) == body)):
            return Version(before.version, is_new=False)
        number = before.version + 1 if before else 1
        row = {
            "workspace": workspace,
            "version": number,
            "body": body,
            "source": source,
            "author": author,
            "at": now,
        }
        # RETURNING, since the row count of an insert that did nothing is not told alike everywhere.
        insert = _insert(tx)(configurations).values(row).on_conflict_do_nothing()
        if tx.execute(insert.returning(configurations.c.version)).first():
            return Version(number, is_new=True)
    raise RuntimeError(f"{_ATTEMPTS} other versions of {workspace}'s configuration were saved at the same time.")


def latest(tx: Tx, workspace: str) -> Stored | None:
    """The version in force."""
    row = tx.execute(_newest(workspace).with_only_columns(configurations)).first()
    return None if row is None else Stored(row.workspace, row.version, row.body, row.source, row.author, row.at)


def people_changed(tx: Tx, workspace: str) -> None:
    """Says, in the transaction that changed them, that the workspace's people, channels or groups are others now."""
    insert = _insert(tx)(directory_changes).values(workspace=workspace, changes=1)
    counted = {"changes": directory_changes.c.changes + 1}
    tx.execute(insert.on_conflict_do_update(index_elements=directory_changes.primary_key, set_=counted))


def stamp(tx: Tx, workspace: str) -> Stamp:
    """Two look-ups by primary key."""
    changes = sa.select(directory_changes.c.changes).where(directory_changes.c.workspace == workspace)
    columns = (configurations.c.version, configurations.c.at, changes.scalar_subquery())
    row = tx.execute(_newest(workspace).with_only_columns(*columns)).first()
    return Stamp(row[0], row[1], row[2] or 0) if row else Stamp(0, None, tx.scalar(changes) or 0)


def _newest(workspace: str) -> sa.Select[str]:
    mine = sa.select(configurations.c.body).where(configurations.c.workspace == workspace)
    return mine.order_by(configurations.c.version.desc()).limit(1)


def _last_of_file(tx: Tx, workspace: str) -> str | None:
    return tx.scalar(_newest(workspace).where(configurations.c.source == FILE))


def _insert(tx: Tx) -> Callable[[sa.Table], sqlite.Insert | postgresql.Insert]:
    return sqlite.insert if tx.dialect.name == "sqlite" else postgresql.insert
