"""Part of a week, told by three people through the page: what a hand does reaches the bot, and all see it."""

from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests.browser.visitors import visiting
from tests.stories.town import SYNC, town

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_three_people_answer_read_look_up_and_ask(browser: Browser, tmp_path: Path) -> None:
    async with town(tmp_path, "2026-11-23T08:30:00+00:00") as here, visiting(browser) as visit:
        url = here.sandbox.url
        rui, dana, marta = await visit(url, "U0RUI"), await visit(url, "U0DANA", SYNC), await visit(url, "U0MARTA")

        await marta.jumps("2026-11-23T09:02")
        await rui.button("Answer", rui.messages("Weekly stand-up").last).click()
        await expect(rui.form).to_contain_text("What moved?")
        await rui.sends("Send", [("What moved?", "Moved the price service"), ("What stops you?", "The price list")])
        await expect(rui.form).to_have_count(0)
        await expect(rui.messages("Weekly stand-up").last).to_contain_text("your update for #product-sync is in")

        root = dana.messages("1 of 6").last
        await root.get_by_role("button", name="repl").click()
        await expect(dana.replies("Moved the price service")).to_have_count(1)
        await expect(dana.replies("The price list").first).to_be_visible()

        await marta.follows("product-sync")
        await marta.says("/define arr")
        missing = marta.messages("“arr” is not in the glossary yet")
        await expect(missing).to_contain_text("Only visible to you")
        await expect(dana.messages("“arr” is not in the glossary yet")).to_have_count(0)
        await marta.button("Add it", missing).click()
        await marta.sends("Add", [("business side", "What a year of all contracts brings in.")])
        await marta.button("Close", marta.form).click()
        await dana.says("/define arr")
        await expect(dana.messages("What a year of all contracts brings in.").last).to_be_visible()

        await dana.says("/decision Shall we raise the price?")
        await dana.form.get_by_label("Who decides?").select_option("U0RUI")
        await dana.button("Ask", dana.form).click()
        await expect(dana.form).to_contain_text("Asked. Decision 1 stands in #product-sync")
        await dana.button("Close", dana.form).click()
        await expect(dana.form).to_have_count(0)
        await rui.follows("product-sync")
        card = rui.messages("Shall we raise the price?").last
        await card.get_by_role("button", name="Decide").click()
        await rui.form.get_by_label("What is decided?").fill("Yes, in spring")
        await rui.form.locator("button[type=submit]").click()
        await expect(dana.messages("Yes, in spring").last).to_be_visible()


async def test_a_stopped_bot_is_announced_and_its_return_as_well(browser: Browser, tmp_path: Path) -> None:
    async with town(tmp_path, "2026-11-23T08:30:00+00:00") as here, visiting(browser) as visit:
        rui = await visit(here.sandbox.url, "U0RUI")
        asleep = rui.page.locator("#asleep")
        await expect(asleep).to_be_hidden()
        await here.stop()
        await expect(asleep).to_have_text("Crosswalk is not connected: until then nobody answers here.")
        await here.start()
        await expect(asleep).to_be_hidden()
        await rui.says("/standup help")
        await expect(rui.messages("/standup away").last).to_be_visible()
