"""The database's shape over time: `ready` at start, `upgrade` for the release step."""

from typing import Any

import sqlalchemy as sa

from bot.database import Database
from bot.engine import NotMigrated
from bot.engine import migrate as migrate_jobs

HEAD = "0004"


class UsedByNewer(Exception):
    """The database was brought up to date by a version of Crosswalk that is newer than this one."""

    def __init__(self, found: str) -> None:
        super().__init__(
            f"A newer version of Crosswalk has used this database: its tables are at {found}, this version knows them "
            f"up to {HEAD}. Nothing was changed. Start the newer version, or restore the backup from before it."
        )


def ready(database: Database) -> None:
    """SQLite is brought up to date here; PostgreSQL, which several processes share, must be already. Blocks.

    Raises NotMigrated and UsedByNewer. A database that is up to date costs one query, and
    alembic is not loaded.
    """
    found = database.read_now(_revision)
    if found == HEAD:
        return
    _none_newer(found)
    if not database.is_sqlite:
        raise NotMigrated
    upgrade(database)


def upgrade(database: Database) -> None:
    """Brings our tables and the job tables up to date; harmless when they are. Blocks.

    Raises UsedByNewer, and changes nothing then.
    """
    _none_newer(database.read_now(_revision))
    database.write_now(_upgrade)
    migrate_jobs(database.url)


def _revision(tx: sa.Connection) -> str | None:
    if not sa.inspect(tx).has_table("alembic_version"):
        return None
    found: str | None = tx.scalar(sa.text("SELECT version_num FROM alembic_version"))
    return found


def _none_newer(found: str | None) -> None:
    if found is not None and found > HEAD:
        raise UsedByNewer(found)


def _upgrade(tx: sa.Connection) -> None:
    from alembic import command

    command.upgrade(config(tx), "head")


def config(tx: sa.Connection | None = None) -> Any:
    """Alembic's settings, on a connection of ours where there is one."""
    from pathlib import Path

    from alembic.config import Config

    made = Config()
    made.set_main_option("script_location", str(Path(__file__).parent))
    made.attributes["connection"] = tx
    return made
