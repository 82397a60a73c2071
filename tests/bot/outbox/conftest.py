"""A sandbox with a crowd in it, and an outbox that speaks to it."""

from collections.abc import AsyncIterator, Iterator

import pytest

from bot.database import Database
from bot.sandbox.server import Running
from tests.bot.outbox.office import Office, crowded, opened
from tests.bot.sandbox.workspaces import running


@pytest.fixture
def sandbox() -> Iterator[Running]:
    with running(crowded()) as started:
        yield started


@pytest.fixture
async def office_on_sqlite(sqlite_url: str, sandbox: Running) -> AsyncIterator[Office]:
    """Where the answers of Slack are what is tried, rather than the database."""
    database = Database.open(sqlite_url)
    async with opened(database, sandbox) as office:
        yield office
    database.close()


@pytest.fixture
async def office(database: Database, sandbox: Running) -> AsyncIterator[Office]:
    async with opened(database, sandbox) as office:
        yield office
