"""A whole week, told by three people through the page: what a hand does reaches the bot, and all see it."""

from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests.browser.visitors import PATIENT, Visitor, visiting
from tests.stories.town import CONFIG, SYNC, Town, town

pytestmark = pytest.mark.asyncio(loop_scope="session")

SUMMARY = 'decisions: {summary: {when: fri 15:00, channels: ["#product-sync"]}}\n'


async def test_a_whole_week_as_three_people(browser: Browser, tmp_path: Path) -> None:
    monday = "2026-11-23T08:30:00+00:00"
    async with town(tmp_path, monday, CONFIG + SUMMARY) as here, visiting(browser) as visit:
        url = _patient(here)
        rui, dana, marta = await visit(url, "U0RUI"), await visit(url, "U0DANA", SYNC), await visit(url, "U0MARTA")
        await _monday_they_answer(rui, dana, marta)
        await _monday_one_helps_the_other(rui, dana)
        await _tuesday_the_digest_is_there(rui, dana, marta)
        await _wednesday_a_word_is_missing_and_added(dana, marta)
        await _thursday_something_is_decided(rui, dana, marta)
        await _friday_it_is_summed_up(rui, dana, marta)


def _patient(here: Town) -> str:
    """The address of its sandbox, which now waits longer for the bot than Slack does."""
    here.sandbox.workspace.delivery.ack_seconds = PATIENT["ack_seconds"]
    here.sandbox.workspace.tickets.trigger_seconds = PATIENT["trigger_seconds"]
    return here.sandbox.url


async def _monday_they_answer(rui: Visitor, dana: Visitor, marta: Visitor) -> None:
    """One in the form, one by writing back, one in the thread, each on her own clock."""
    await marta.jumps("2026-11-23T09:02")
    await rui.button("Answer", rui.messages("Weekly stand-up").last).click()
    await expect(rui.form).to_contain_text("What moved?")
    await rui.form.get_by_label("Whom do you wait for?").select_option(label="Sales")
    await rui.sends("Send", [("What moved?", "Moved the price service"), ("What stops you?", "The price list")])
    await expect(rui.form).to_have_count(0)
    await expect(rui.messages("Weekly stand-up").last).to_contain_text("your update for #product-sync is in")

    await marta.follows("Crosswalk")
    await expect(marta.messages("time for your update")).to_be_visible()
    await marta.says("The new page is written")
    await expect(marta.messages("Thank you, taken as your update").last).to_be_visible()

    root = dana.messages("2 of 5").last
    await expect(root).to_be_visible()
    await root.get_by_role("button", name="repl").click()
    await expect(dana.replies("Moved the price service")).to_have_count(1)
    await expect(dana.replies("The price list").first).to_be_visible()
    await marta.jumps("2026-11-23T14:02")
    await dana.page.get_by_label("Reply", exact=True).fill("Closed two deals")
    await dana.button("Reply", dana.page.locator("#thread")).click()
    await expect(dana.messages("3 of 5")).to_be_visible()


async def _monday_one_helps_the_other(rui: Visitor, dana: Visitor) -> None:
    await dana.follows("Crosswalk")
    waits = dana.messages("Engineering waits on you").last
    await dana.button("I'll take it", waits).click()
    await expect(dana.messages("Engineering waits on you").last).to_contain_text("has taken it")
    await expect(rui.messages("takes care of what stops you").last).to_contain_text("The price list")


async def _tuesday_the_digest_is_there(rui: Visitor, dana: Visitor, marta: Visitor) -> None:
    await marta.jumps("2026-11-24T09:05")
    for visitor in (rui, dana, marta):
        await visitor.follows("product-sync")
        closing = visitor.messages("The price list").last
        await expect(visitor.button("What concerns me", closing)).to_be_visible()
    await expect(marta.page.get_by_role("link", name="Crosswalk").locator(".badge")).to_be_visible()
    await marta.follows("Crosswalk")
    await expect(marta.messages("Only you see this list").last).to_contain_text("Emma")


async def _wednesday_a_word_is_missing_and_added(dana: Visitor, marta: Visitor) -> None:
    await marta.jumps("2026-11-25T10:00")
    await marta.follows("product-sync")
    await marta.says("/define arr")
    missing = marta.messages("“arr” is not in the glossary yet")
    await expect(missing).to_contain_text("Only visible to you")
    await expect(dana.messages("“arr” is not in the glossary yet")).to_have_count(0)
    await marta.button("Add it", missing).click()
    await marta.sends("Add", [("business side", "What a year of all contracts brings in.")])
    # The form that asks has a button to close it as well.
    await expect(marta.button("Add", marta.form)).to_have_count(0)
    await marta.button("Close", marta.form).click()
    await dana.says("/define arr")
    await expect(dana.messages("What a year of all contracts brings in.").last).to_be_visible()


async def _thursday_something_is_decided(rui: Visitor, dana: Visitor, marta: Visitor) -> None:
    await dana.says("/decision Shall we raise the price?")
    await dana.form.get_by_label("Who decides?").select_option("U0RUI")
    await dana.button("Ask", dana.form).click()
    await expect(dana.form).to_contain_text("Asked. Decision 1 stands in #product-sync")
    await dana.button("Close", dana.form).click()
    await expect(dana.form).to_have_count(0)
    await marta.jumps("2026-11-26T10:00")
    await rui.button("Decide", rui.messages("Shall we raise the price?").last).click()
    await rui.form.get_by_label("What is decided?").fill("Yes, in spring")
    await rui.form.locator("button[type=submit]").click()
    await expect(dana.messages("Yes, in spring").last).to_be_visible()


async def _friday_it_is_summed_up(rui: Visitor, dana: Visitor, marta: Visitor) -> None:
    await marta.jumps("2026-11-27T15:02")
    await marta.follows("product-sync")
    for visitor in (rui, dana, marta):
        summary = visitor.messages("Decisions until 27 Nov").last
        await expect(summary).to_contain_text("1 decision was asked for")
    await rui.follows("App Home")
    await expect(rui.page.locator("#home-view")).to_contain_text("Your open blockers")
    await rui.page.locator("#home-view").get_by_role("button", name="Resolved").click()
    await expect(rui.page.locator("#home-view")).not_to_contain_text("Your open blockers")


async def test_a_stopped_bot_is_announced_and_its_return_as_well(browser: Browser, tmp_path: Path) -> None:
    async with town(tmp_path, "2026-11-23T08:30:00+00:00") as here, visiting(browser) as visit:
        rui = await visit(_patient(here), "U0RUI")
        asleep = rui.page.locator("#asleep")
        await expect(asleep).to_be_hidden()
        await here.stop()
        await expect(asleep).to_have_text("Crosswalk is not connected: until then nobody answers here.")
        await here.start()
        await expect(asleep).to_be_hidden()
        await rui.says("/standup help")
        await expect(rui.messages("/standup away").last).to_be_visible()
