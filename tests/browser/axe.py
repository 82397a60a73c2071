"""axe-core, which finds what keeps people from using a page: its script comes with a development dependency."""

from importlib.util import find_spec
from pathlib import Path
from typing import Any

from playwright.async_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
_LOOK = """async (rules) => {
  const found = await axe.run(document, { runOnly: { type: "tag", values: rules }, resultTypes: ["violations"] });
  return found.violations.flatMap((rule) => rule.nodes.map((node) =>
    `${rule.id}: ${node.target.join(" ")}: ${node.failureSummary} ${node.html.slice(0, 200)}`));
}"""


async def violations(page: Page) -> list[str]:
    """What the page violates of WCAG 2.0, 2.1 and 2.2, A and AA: one line per element."""
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(_script())
    found: list[Any] = await page.evaluate(_LOOK, RULES)
    return [str(each) for each in found]


def _script() -> str:
    package = find_spec("axe_playwright_python")
    assert package is not None, "axe-core is missing; `make test` installs it with requirements-dev.lock."
    [home] = package.submodule_search_locations or [""]
    # It answers with nothing: what it defines, a browser could not hand over.
    return f"{(Path(home) / 'axe.min.js').read_text('utf-8')}\n;undefined"
