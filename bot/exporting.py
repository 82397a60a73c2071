"""Every answer as a table for spreadsheets, and what is known of a workspace without asking Slack."""

import contextlib
import csv
import shutil
import sys
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TextIO

import sqlalchemy as sa

from bot import migrations, workspaces
from bot.cells import defused
from bot.complaints import Trouble
from bot.config import Environment
from bot.database import CannotOpen, Database
from bot.engine import NotMigrated
from bot.settings import Directory, stored_directory
from bot.settings.directory import Finder, NotFound
from rituals.people.store import PeopleStore
from rituals.standup import usecases
from rituals.standup.rules import Row
from rituals.tables import Tx

COLUMNS = (
    "standup",
    "round",
    "scheduled",
    "channel",
    "user",
    "name",
    "function",
    "question",
    "kind",
    "answer",
    "asked_at",
    "sent_at",
    "edited_at",
    "late",
    "via",
)


def export_standups(environment: Environment, out: Path | None, viewer: str | None, workspace: str | None) -> None:
    """Writes to `out`, whole or not at all, or to standard output. Raises Trouble, CannotOpen, NotMigrated."""
    with opened(environment) as database, tempfile.TemporaryFile("w+", encoding="utf-8", newline="") as table:
        database.read_now(_write, table, viewer, workspace)
        table.seek(0)
        if out is None:
            shutil.copyfileobj(table, sys.stdout)
        else:
            keep(table, out)


def known_directory(environment: Environment) -> Directory | None:
    """The people and channels that were last read from Slack, if exactly one workspace was; else None."""
    try:
        with opened(environment) as database:
            return database.read_now(_only_directory)
    except (Trouble, CannotOpen, NotMigrated):
        return None


@contextlib.contextmanager
def opened(environment: Environment) -> Iterator[Database]:
    url = environment.database_url
    file = Path(url.removeprefix("sqlite:///"))
    if url.startswith("sqlite:///") and not file.exists():
        raise Trouble(f"There is no database at {file} yet. Start the bot once, or set DATABASE_URL to the right one.")
    with contextlib.closing(Database.open(url)) as database:
        migrations.ready(database)
        yield database


def _write(tx: Tx, table: TextIO, viewer: str | None, workspace: str | None) -> None:
    table.seek(0)
    table.truncate()
    team = workspace_of(tx, workspace)
    reader = None if viewer is None else person_of(tx, team, viewer)
    channels = {key: f"#{channel.name}" for key, channel in PeopleStore(tx, team).channels().items()}
    writer = csv.writer(table)
    writer.writerow(COLUMNS)
    for row in usecases.export_rows(tx, team, reader):
        writer.writerow([defused(value) for value in _cells(row, channels.get(row.channel, row.channel))])


def _cells(row: Row, channel: str) -> tuple[str | int | datetime | bool | None, ...]:
    what = (row.standup, row.round, row.wall, channel, row.user, row.name, row.function, row.question, row.kind)
    return (*what, row.value, row.prompt_at, row.sent_at, row.edited_at, row.late, row.via)


def keep(table: TextIO, out: Path) -> None:
    half = out.with_name(f".{out.name}.part")
    try:
        with half.open("w", encoding="utf-8", newline="") as file:
            shutil.copyfileobj(table, file)
        half.replace(out)
    except OSError as error:
        raise Trouble(f"{out} can't be written: {error.strerror}. Choose another place.") from error


def workspace_of(tx: Tx, wanted: str | None) -> str:
    rows = tx.execute(sa.select(_TABLE.c.workspace, _TABLE.c.name).order_by(_TABLE.c.name))
    known: dict[str, str] = {row.workspace: row.name for row in rows}
    if wanted is not None and wanted in known:
        return wanted
    if wanted is None and len(known) == 1:
        return next(iter(known))
    listed = ", ".join(f"{team} ({name})" for team, name in known.items())
    if not known:
        raise Trouble("No workspace is in this database yet. Start the bot once, or set DATABASE_URL to the right one.")
    if wanted is None:
        raise Trouble(f"The database holds several workspaces: choose one with --workspace: {listed}.", 2)
    raise Trouble(f"There is no workspace “{wanted}” in this database. There is {listed}.", 2)


def person_of(tx: Tx, workspace: str, written: str) -> str:
    try:
        return Finder(stored_directory(tx, workspace)).person(written).user
    except NotFound as why:
        raise Trouble(f"--as: {why}", 2) from why


def _only_directory(tx: Tx) -> Directory | None:
    known = list(tx.scalars(sa.select(_TABLE.c.workspace)))
    found = stored_directory(tx, known[0]) if len(known) == 1 else None
    return found if found is not None and found.members else None


_TABLE = workspaces.workspaces
