"""A workspace for each test, and somebody to act in it."""

from collections.abc import AsyncIterator, Iterator

import pytest

from bot.sandbox.server import Running
from tests.bot.sandbox.workspaces import ANA, running
from tests.slackside import Person, Slackside


@pytest.fixture
def sandbox() -> Iterator[Running]:
    with running() as started:
        yield started


@pytest.fixture
async def slack(sandbox: Running) -> AsyncIterator[Slackside]:
    async with Slackside(sandbox.url) as side:
        yield side


@pytest.fixture
def ana(slack: Slackside) -> Person:
    return slack.as_person(ANA)
