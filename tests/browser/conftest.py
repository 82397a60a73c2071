"""A browser for all tests of a process, and visitors in it whose every complaint fails the test."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from tests.browser.visitors import Visit, visiting
from tests.chromium import MISSING, chromium, executable

# Two busy cores draw slower than a person's machine; nothing here is about speed.
expect.set_options(timeout=10_000)


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


@pytest_asyncio.fixture(loop_scope="session")
async def visit(browser: Browser) -> AsyncIterator[Visit]:
    """`await visit(url, user, place, size=, color_scheme=)`. A test asks for it after the sandbox that is visited, so
    that people leave before that is gone."""
    async with visiting(browser) as arrive:
        yield arrive
