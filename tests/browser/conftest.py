"""A browser for all tests of a process, and visitors in it whose every complaint fails the test."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from bot.sandbox.server import Running
from tests.bot.sandbox.workspaces import BO, GENERAL, running, seed
from tests.browser.acme import Acme, acme
from tests.browser.visitors import PATIENT, ROOT, Visit, visiting
from tests.chromium import MISSING, chromium, executable
from tests.lived import copied

# Two busy cores draw slower than a person's machine; nothing here is about speed.
expect.set_options(timeout=20_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What tells a whole week in a browser may take minutes where many other things run."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.timeout(400))


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Where there is none the tests fail: what cannot be checked does not hold."""
    found = executable()
    if found is None:
        pytest.fail(MISSING, pytrace=False)
    return found


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def browser(chromium_path: str) -> AsyncIterator[Browser]:
    async with chromium(chromium_path) as opened:
        yield opened


@pytest.fixture
def sandbox() -> Iterator[Running]:
    """A workspace of little talk; modules that want another have a fixture of this name."""
    said = [{"channel": GENERAL, "user": BO, "text": ROOT, "at": "2026-11-20T09:00:00+00:00"}]
    with running(seed(messages=said, **PATIENT)) as it:
        yield it


@pytest_asyncio.fixture(loop_scope="session")
async def visit(browser: Browser) -> AsyncIterator[Visit]:
    """`await visit(url, user, place, size=, color_scheme=)`. A test asks for it after the sandbox that is visited, so
    that people leave before that is gone."""
    async with visiting(browser) as arrive:
        yield arrive


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def demonstration(built: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Acme]:
    """To be looked at by many: it is its Monday, and the first have answered."""
    async with acme(copied(built, tmp_path_factory.mktemp("shared") / "acme")) as here:
        await here.slack.jumped("2026-11-23T11:00:00+00:00", deadline=60)
        yield here


@pytest_asyncio.fixture(loop_scope="session")
async def fresh_demonstration(built: Path, tmp_path: Path) -> AsyncIterator[Acme]:
    """Of the test's own, shortly before nine on its Monday."""
    async with acme(copied(built, tmp_path / "acme")) as here:
        yield here
