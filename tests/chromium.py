"""Chromium, in which the sandbox's page is tested: Debian's, or the one that Playwright has downloaded."""

import shutil
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import Browser, async_playwright
from playwright.sync_api import sync_playwright

MISSING = (
    "The sandbox's page is tested in Chromium, and there is none: install it with `apt-get install chromium`, or with "
    "`.venv/bin/python -m playwright install --with-deps chromium`."
)
# It runs as root on machines without a way out, and asks nobody but the sandbox.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def executable() -> str | None:
    """Where Chromium is, or None."""
    found = shutil.which("chromium")
    return found or _downloaded()


def _downloaded() -> str | None:
    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    return str(path) if path.is_file() else None


@asynccontextmanager
async def chromium(path: str) -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        try:
            yield browser
        finally:
            await browser.close()


if __name__ == "__main__":
    sys.exit(None if executable() else MISSING)
