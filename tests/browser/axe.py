"""axe-core, which finds what keeps people from using a page: its script comes with a development dependency."""

from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from playwright.async_api import Page

RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
# What can differ between light and dark, when everything else is the same.
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
_LOOK = """async (rules) => {
  const found = await axe.run(document, { runOnly: rules, resultTypes: ["violations"] });
  return found.violations.flatMap((rule) => rule.nodes.map((node) =>
    `${rule.id}: ${node.target.join(" ")}: ${node.failureSummary} ${node.html.slice(0, 200)}`));
}"""


async def violations(page: Page) -> list[str]:
    """What the page violates of WCAG 2.0, 2.1 and 2.2, A and AA, in the light and in the dark: one line per element."""
    await page.emulate_media(color_scheme="light")
    found = [f"light: {each}" for each in await _found(page, RULES)]
    await page.emulate_media(color_scheme="dark")
    return found + [f"dark: {each}" for each in await _found(page, COLOURS)]


async def _found(page: Page, rules: Mapping[str, Any]) -> list[str]:
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(_script())
    found: list[Any] = await page.evaluate(_LOOK, rules)
    return [str(each) for each in found]


def _script() -> str:
    package = find_spec("axe_playwright_python")
    assert package is not None, "axe-core is missing; `make test` installs it with requirements-dev.lock."
    [home] = package.submodule_search_locations or [""]
    # It answers with nothing: what it defines, a browser could not hand over.
    return f"{(Path(home) / 'axe.min.js').read_text('utf-8')}\n;undefined"
