"""Answers that come late, or not at all: what she did, wrote and chose meanwhile holds, and nothing is done twice."""

from pathlib import Path

import aiohttp
import pytest
from playwright.async_api import expect

from bot.sandbox.server import Running
from tests.bot.sandbox.workspaces import ANA, BO, GENERAL, HIDDEN, OTHER, client, plain
from tests.browser.visitors import ROOT, Visit, Visitor

pytestmark = pytest.mark.asyncio(loop_scope="session")

TEN = "2026-11-23T10:00:00+00:00"


async def test_a_message_is_sent_once_however_often_send_is_pressed(sandbox: Running, visit: Visit) -> None:
    ana = await visit(sandbox.url, ANA, GENERAL)
    held = await ana.holds("act/message")
    await ana.composer.fill("Once")
    await ana.button("Send").dblclick()
    await held.is_waiting()
    await ana.button("Send").click()
    await held.lets_go()
    await expect(ana.composer).to_have_value("")
    await ana.says("And then")
    await expect(ana.messages("And then")).to_be_visible()
    await expect(ana.messages("Once")).to_have_count(1)


async def test_what_is_being_sent_waits_where_it_was_written(sandbox: Running, visit: Visit) -> None:
    ana = await visit(sandbox.url, ANA, GENERAL)
    held = await ana.holds("act/message")
    await ana.says("Slowly")
    await held.is_waiting()
    await ana.follows("other")
    await ana.composer.fill("Elsewhere")
    await ana.follows("general")
    await expect(ana.composer).to_have_value("Slowly")
    await expect(ana.composer).to_be_disabled()
    await ana.follows("other")
    await held.lets_go()
    await expect(ana.page.get_by_role("link", name="general")).not_to_have_attribute("aria-current", "page")
    await expect(ana.composer).to_have_value("Elsewhere")
    await expect(ana.composer).to_be_enabled()
    await ana.follows("general")
    await expect(ana.composer).to_have_value("")
    await expect(ana.composer).to_be_enabled()


async def test_a_late_answer_takes_nobody_along(sandbox: Running, visit: Visit) -> None:
    """The first message to the app opens the conversation with it."""
    ana = await visit(sandbox.url, ANA, GENERAL)
    state, message = await ana.holds("state?*"), await ana.holds("act/message")
    await ana.follows("Crosswalk")
    await state.is_waiting()
    await ana.says("Hello")
    await message.is_waiting()
    await ana.follows("general")
    await state.lets_go()
    await message.lets_go()
    await ana.page.wait_for_function("() => !sessionStorage.getItem('draft U0ANA/@bot')")
    await ana.says("Still here")
    await expect(ana.messages("Still here")).to_be_visible()
    await expect(ana.messages(ROOT)).to_be_visible()


async def test_a_file_that_cannot_be_read_any_more_is_named_and_writing_goes_on(
    sandbox: Running, visit: Visit, tmp_path: Path
) -> None:
    file = tmp_path / "plan.txt"
    file.write_text("A plan")
    ana = await visit(sandbox.url, ANA, GENERAL)
    await ana.page.locator("#files").set_input_files(file)
    file.unlink()
    await ana.says("With a plan")
    await expect(ana.page.get_by_role("alert")).to_contain_text("plan.txt cannot be read any more")
    await ana.button("Remove").click()
    await ana.composer.press("Enter")
    await expect(ana.messages("With a plan")).to_be_visible()


async def test_what_is_written_is_hers_from_the_moment_she_is_somebody_else(sandbox: Running, visit: Visit) -> None:
    ana = await visit(sandbox.url, ANA, GENERAL)
    await ana.composer.fill("By Ana")
    held = await ana.holds("state?*")
    await ana.page.get_by_label("You are").select_option(BO)
    await held.is_waiting()
    await expect(ana.composer).to_have_value("")
    await ana.composer.fill("By Bo")
    await held.lets_go()
    await expect(ana.page.get_by_role("link", name="hidden")).to_be_visible()
    await expect(ana.composer).to_have_value("By Bo")
    await ana.page.get_by_label("You are").select_option(ANA)
    await expect(ana.composer).to_have_value("By Ana")


async def test_what_somebody_else_may_see_does_not_decide_where_she_comes(sandbox: Running, visit: Visit) -> None:
    """The old answer knows nothing of a private channel of Bo's."""
    ana, bo = await visit(sandbox.url, ANA, GENERAL), await visit(sandbox.url, BO, GENERAL)
    held = await ana.holds("state?*")
    await bo.says("News")
    await held.is_waiting()
    await ana.page.evaluate("(place) => { location.hash = place; }", f"#/{BO}/{HIDDEN}")
    await expect(ana.composer).to_have_value("")
    await held.lets_go()
    await expect(ana.page.get_by_role("heading", level=1, name="#hidden")).to_be_visible()
    await expect(ana.page.locator("#announce")).to_have_text("#hidden")
    await expect(ana.page.locator("#me")).to_have_value(BO)


async def test_an_old_answer_does_not_turn_the_time_back(sandbox: Running, visit: Visit) -> None:
    ana, bo = await visit(sandbox.url, ANA, GENERAL), await visit(sandbox.url, BO, GENERAL)
    held = await ana.holds("state?*")
    await bo.says("News")
    await held.is_waiting()
    async with aiohttp.ClientSession() as session, session.post(f"{sandbox.url}/control/clock/jump", json={"to": TEN}):
        await expect(ana.page.locator("#now")).to_have_text("Mon 23 Nov, 10:00")
    await held.lets_go()
    await expect(ana.messages("News")).to_be_visible()
    await expect(ana.page.locator("#now")).to_have_text("Mon 23 Nov, 10:00")


async def test_what_she_presses_twice_moves_the_time_once(sandbox: Running, visit: Visit) -> None:
    ana = await visit(sandbox.url, ANA, GENERAL)
    held = await ana.holds("clock/jump")
    await ana.page.get_by_role("button", name="Jump to Mon 23 Nov, 09:00").dblclick()
    await held.is_waiting()
    await held.lets_go()
    await expect(ana.page.locator("#now")).to_have_text("Mon 23 Nov, 09:00")
    await ana.says("It is nine")
    await expect(ana.messages("It is nine")).to_be_visible()
    await expect(ana.page.locator("#alerts")).to_be_empty()


async def test_where_she_goes_she_is_at_once(sandbox: Running, visit: Visit) -> None:
    """Whatever she presses or writes before the answers are there belongs to the new place."""
    bo = await visit(sandbox.url, BO, OTHER)
    await expect(bo.button("Join channel")).to_be_visible()
    await expect(bo.page.locator("#empty")).to_be_visible()
    messages, state = await bo.holds("messages?*"), await bo.holds("state?*")
    await bo.follows("general")
    await messages.is_waiting()
    await expect(bo.page.get_by_role("heading", level=1, name="#general")).to_be_visible()
    await expect(bo.button("Join channel")).to_be_hidden()
    await expect(bo.page.locator("#empty")).to_be_hidden()
    await bo.follows("App Home")
    await expect(bo.composer).to_be_hidden()
    await expect(bo.page.get_by_role("heading", level=1, name="App Home")).to_be_visible()
    await messages.lets_go()
    await state.lets_go()


async def test_a_thread_is_closed_even_where_nobody_answers(sandbox: Running, visit: Visit) -> None:
    ana = await visit(sandbox.url, ANA, GENERAL)
    await ana.messages(ROOT).get_by_role("button", name="Reply in thread").click()
    await expect(ana.replies(ROOT)).to_be_visible()
    await ana.misses("**")
    await ana.button("Close", ana.page.locator("#thread")).click()
    await expect(ana.page.locator("#thread")).to_be_hidden()


async def test_a_place_whose_messages_do_not_come_is_not_called_empty(sandbox: Running, visit: Visit) -> None:
    ana, bo = await visit(sandbox.url, ANA, GENERAL), await visit(sandbox.url, BO, GENERAL)
    await expect(ana.messages(ROOT)).to_be_visible()
    await ana.misses("**")
    async with ana.page.expect_event("requestfailed", lambda request: "/messages?" in request.url):
        await ana.follows("secret")
    async with ana.page.expect_event("requestfailed", lambda request: "/messages?" in request.url):
        await ana.follows("general")
    await expect(ana.page.get_by_role("heading", level=1, name="#general")).to_be_visible()
    await _drawn(ana)
    await expect(ana.page.locator("#empty")).to_be_hidden()
    await ana.finds_again()
    await bo.says("Here again")
    await expect(ana.messages("Here again")).to_be_visible()
    await expect(ana.messages(ROOT)).to_be_visible()


async def test_what_was_read_stays_when_a_later_answer_fails_and_that_is_said(sandbox: Running, visit: Visit) -> None:
    app = client(sandbox)
    await app.views_publish(user_id=ANA, view={"type": "home", "blocks": [{"type": "section", "text": plain("Yours")}]})
    ana, bo = await visit(sandbox.url, ANA, "home"), await visit(sandbox.url, BO, GENERAL)
    home, notices = ana.page.locator("#home-view"), ana.page.locator("#notices")
    await expect(home).to_have_text("Yours")
    ana.expects("500")
    await ana.page.route("**/control/home?*", lambda route: route.fulfill(status=500, body="no"))
    await bo.says("One")
    await expect(notices).to_contain_text("The sandbox answered 500.")
    await expect(home).to_have_text("Yours")

    await ana.follows("general")
    await expect(ana.messages("One")).to_be_visible()
    await ana.button("Dismiss").click()
    await ana.page.route("**/control/messages?*", lambda route: route.fulfill(status=500, body="no"))
    await bo.says("Two")
    await expect(notices).to_contain_text("The sandbox answered 500.")
    await expect(ana.messages("One")).to_be_visible()


async def _drawn(visitor: Visitor) -> None:
    """Returns once everything is drawn that has been answered until now."""
    await visitor.page.evaluate("new Promise(drawn => requestAnimationFrame(() => setTimeout(drawn)))")
