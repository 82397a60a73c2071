"""Pictures of the main views, as people meet them. Drawn at every run; kept only where PICTURES names a folder."""

import os
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.browser.acme import MARTA, RUI, SYNC, Acme
from tests.browser.visitors import NARROW, Visit, Visitor

pytestmark = pytest.mark.asyncio(loop_scope="session")

LARGEST = 150_000
SIZE = (1280, 640)


async def test_the_main_views_are_drawn_and_small_enough_to_be_shown(
    demonstration: Acme, visit: Visit, tmp_path: Path
) -> None:
    folder = Path(os.environ.get("PICTURES") or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)
    marta = await visit(demonstration.url, MARTA, SYNC, size=SIZE)
    await expect(marta.messages("are in").last).to_be_visible()
    await _drawn(marta, folder / "tour.png")
    await marta.leaves_the_tour()
    await marta.messages("are in").last.get_by_role("button", name="repl").click()
    await expect(marta.page.locator("#thread-messages .message").nth(1)).to_be_visible()
    await _drawn(marta, folder / "thread.png")

    await marta.goes("@bot")
    await marta.button("Answer", marta.messages("time for your update").last).click()
    await expect(marta.form.get_by_label("What moved since last week?")).to_be_focused()
    await _drawn(marta, folder / "form.png")
    await marta.page.keyboard.press("Escape")
    await expect(marta.form).to_have_count(0)

    await marta.goes("time")
    await expect(marta.page.locator("#coming li").first).to_be_visible()
    await _drawn(marta, folder / "time.png")

    rui = await visit(demonstration.url, RUI, "home", size=SIZE, color_scheme="dark")
    await rui.leaves_the_tour()
    await expect(rui.page.locator("#home-view .block").first).to_be_visible()
    await _drawn(rui, folder / "home-dark.png")

    phone = await visit(demonstration.url, RUI, "@bot", size=NARROW)
    await phone.leaves_the_tour()
    await expect(phone.page.locator("#messages .message").last).to_be_visible()
    await _drawn(phone, folder / "phone.png")


async def _drawn(visitor: Visitor, file: Path) -> None:
    await visitor.page.screenshot(path=file, animations="disabled", caret="hide")
    assert 5_000 < file.stat().st_size < LARGEST, file.name
