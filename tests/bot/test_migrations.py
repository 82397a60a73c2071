"""The migrations make exactly the tables that the code knows, on both databases, and leave the engine's alone."""

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from bot import migrations, outbox
from bot.database import Database
from bot.engine import migrate as migrate_jobs
from bot.outbox import Post
from rituals.tables import Tx, metadata

# Without the tables that tests of the engine count in.
OURS = {name for name in metadata.tables if not name.startswith("counting_")}


def test_the_newest_migration_is_the_one_that_a_start_looks_for() -> None:
    assert ScriptDirectory.from_config(migrations.config()).get_current_head() == migrations.HEAD


def test_a_fresh_database_gets_every_table_and_nothing_differs(bare_url: str) -> None:
    database = Database.open(bare_url)
    try:
        migrations.upgrade(database)
        assert database.read_now(_differences) == []
        assert database.read_now(_tables) >= OURS
        migrations.upgrade(database)
        migrations.ready(database)
    finally:
        database.close()


def test_what_told_of_a_skipped_stand_up_gets_its_own_name_and_nothing_else_does(bare_url: str) -> None:
    database = Database.open(bare_url)
    posts = [
        Post("standup/board/weekly.1", "C1", "is not", ritual="standup", kind="skipped"),
        Post("standup/board/weekly.2", "C1", "0 of 6", ritual="standup", kind="board"),
    ]
    try:
        database.write_now(_upgraded, "0003")
        migrate_jobs(database.url)
        for post in posts:
            database.write_now(outbox.put, "T1", post, datetime(2026, 11, 23, 9, tzinfo=UTC))
        migrations.upgrade(database)
        assert database.read_now(_keys) == ["standup/board/weekly.2", "standup/skipped/weekly.1"]
    finally:
        database.close()


def test_a_database_that_a_newer_version_has_used_is_left_as_it_is(bare_url: str) -> None:
    database = Database.open(bare_url)
    try:
        migrations.upgrade(database)
        database.write_now(_from_the_future)
        for bring_up in (migrations.ready, migrations.upgrade):
            with pytest.raises(migrations.UsedByNewer, match=r"at 9000.*Nothing was changed"):
                bring_up(database)
        assert database.read_now(_differences) == []
    finally:
        database.close()


def _upgraded(tx: Tx, to: str) -> None:
    command.upgrade(migrations.config(tx), to)


def _keys(tx: Tx) -> list[str]:
    return sorted(tx.scalars(sa.text("SELECT key FROM outbox")))


def _from_the_future(tx: Tx) -> None:
    tx.execute(sa.text("UPDATE alembic_version SET version_num = '9000'"))


def _differences(tx: Tx) -> list[object]:
    def ours(_object: object, name: str | None, kind: str, _reflected: bool, _compared: object) -> bool:
        return kind != "table" or name in OURS

    context = MigrationContext.configure(tx, opts={"include_object": ours, "compare_type": True})
    return list(compare_metadata(context, metadata))


def _tables(tx: Tx) -> set[str]:
    return set(sa.inspect(tx).get_table_names())
