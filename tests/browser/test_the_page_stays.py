"""The page among other things that happen: others write, it is reloaded, the sandbox goes away, the window is small."""

import asyncio
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Browser, Route, expect

from bot.sandbox.server import Running
from tests.bot.sandbox.workspaces import (
    ANA,
    BO,
    GENERAL,
    OTHER,
    Keeping,
    actions,
    button,
    keep_values,
    modal,
    over_socket,
    running,
    seed,
    text_input,
)
from tests.browser.visitors import NARROW, ROOT, Visit, Visitor, below, visiting

pytestmark = pytest.mark.asyncio(loop_scope="session")

MANY = 5_000


async def test_two_browsers_see_each_other_write_edit_react_and_delete(sandbox: Running, visit: Visit) -> None:
    ana, bo = await visit(sandbox.url, ANA, GENERAL), await visit(sandbox.url, BO, GENERAL)
    await ana.says("Good morning *everybody*")
    heard = bo.messages("Good morning everybody")
    await expect(heard).to_be_visible()
    await expect(heard.locator("strong", has_text="everybody")).to_have_count(1)

    await heard.get_by_label("More for the message of Ana Reis").click()
    await heard.get_by_role("button", name="React 👍").click()
    await expect(ana.messages("Good morning").get_by_role("button", name="👍 1")).to_be_visible()

    mine = ana.messages("Good morning")
    await mine.get_by_label("More for the message of Ana Reis").click()
    await ana.button("Edit", mine).click()
    await mine.get_by_label("Edit the message").fill("Good evening")
    await ana.button("Save", mine).click()
    await expect(bo.messages("Good evening")).to_contain_text("(edited)")

    await mine.or_(ana.messages("Good evening")).get_by_label("More for the message of Ana Reis").click()
    await ana.button("Delete", ana.messages("Good evening")).click()
    await expect(bo.messages("Good evening")).to_have_count(0)


async def test_what_people_write_is_never_markup(sandbox: Running, visit: Visit) -> None:
    ana, bo = await visit(sandbox.url, ANA, GENERAL), await visit(sandbox.url, BO, GENERAL)
    written = '<img src=x onerror="document.title=1"> <script>document.title=2</script> &amp; <b>'
    await ana.says(written)
    await expect(bo.messages("<script>document.title=2</script>")).to_contain_text(written)
    await expect(bo.page.locator("#messages img, #messages script, #messages b")).to_have_count(0)
    await expect(bo.page).to_have_title("#general · Acme")


async def test_what_is_unread_is_counted_until_it_is_looked_at(sandbox: Running, visit: Visit) -> None:
    ana, bo = await visit(sandbox.url, ANA, OTHER), await visit(sandbox.url, BO, GENERAL)
    await bo.says("Anybody?")
    channel = ana.page.get_by_role("link", name="general")
    await expect(channel).to_contain_text("1")
    await channel.click()
    await expect(ana.messages("Anybody?")).to_be_visible()
    await expect(channel.locator(".badge")).to_have_count(0)


async def test_reload_and_back_keep_ones_place(sandbox: Running, visit: Visit) -> None:
    ana = await visit(sandbox.url, ANA, OTHER)
    await ana.follows("general")
    await ana.messages(ROOT).get_by_role("button", name="Reply in thread").click()
    await ana.page.get_by_label("Reply", exact=True).fill("Long")
    await ana.button("Reply", ana.page.locator("#thread")).click()
    await expect(ana.replies("Long")).to_be_visible()

    await ana.page.reload()
    await expect(ana.page.locator("#me")).to_have_value(ANA)
    await expect(ana.page.get_by_role("heading", level=1, name="#general")).to_be_visible()
    await expect(ana.replies("Long")).to_be_visible()

    await ana.page.go_back()
    await expect(ana.page.locator("#thread")).to_be_hidden()
    await ana.page.go_back()
    await expect(ana.page.get_by_role("heading", level=1, name="#other")).to_be_visible()
    await ana.page.go_forward()
    await expect(ana.messages(ROOT)).to_be_visible()


async def test_a_stopped_sandbox_is_announced_and_the_page_goes_on_when_it_is_back(
    visit: Visit, tmp_path: Path
) -> None:
    first = Running.start(seed(), data=str(tmp_path / "sandbox.db"))
    port = urlsplit(first.url).port or 0
    ana = await visit(first.url, ANA, GENERAL)
    await ana.says("Before")
    await expect(ana.messages("Before")).to_be_visible()
    await expect(ana.page.locator("#offline")).to_be_hidden()

    ana.expects("ERR_CONNECTION", "ERR_INCOMPLETE", "ERR_EMPTY_RESPONSE")
    await asyncio.to_thread(first.stop)
    await expect(ana.page.locator("#offline")).to_have_text(re.compile("does not answer"))
    await expect(ana.page.locator("#offline")).to_be_visible()
    await ana.says("Into the void")
    await expect(ana.page.get_by_role("alert")).to_contain_text("Is it still running?")
    await expect(ana.page.get_by_label("Message, or a command")).to_have_value("Into the void")

    second = await asyncio.to_thread(Running.start, seed(), port, str(tmp_path / "sandbox.db"))
    try:
        await expect(ana.page.locator("#offline")).to_be_hidden()
        await expect(ana.messages("Before")).to_be_visible()
        await ana.page.get_by_label("Message, or a command").press("Enter")
        await expect(ana.messages("Into the void")).to_be_visible()
    finally:
        await ana.leaves()
        await asyncio.to_thread(second.stop)


PLACES = {"@bot": "Crosswalk", GENERAL: "#general", "home": "App Home", "time": "Time", "log": "Wire log"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_a_phone_is_wide_enough(sandbox: Running, visit: Visit, scheme: str) -> None:
    ana = await visit(sandbox.url, ANA, GENERAL, size=NARROW, color_scheme=scheme)
    await ana.says("A_word_that_is_far_too_long_for_any_telephone_" * 5 + " ```" + "x" * 300 + "```")
    await expect(ana.messages("A_word_that_is_far_too_long")).to_be_visible()
    for place, name in PLACES.items():
        await ana.goes(place)
        await expect(ana.page.get_by_role("heading", level=1, name=name)).to_be_visible()
        await expect(ana.page.locator("#announce")).to_have_text("Home" if place == "home" else name)
        assert await ana.overflows() <= 0, place

    menu = ana.page.get_by_role("button", name="Menu")
    await expect(menu).to_have_attribute("aria-expanded", "false")
    await menu.click()
    await expect(menu).to_have_attribute("aria-expanded", "true")
    await ana.follows("general")
    await expect(ana.page.get_by_role("navigation")).to_be_hidden()
    await ana.messages(ROOT).get_by_role("button", name="Reply in thread").click()
    await expect(ana.page.locator("#thread")).to_be_visible()
    assert await ana.overflows() <= 0
    await ana.button("Close", ana.page.locator("#thread")).click()
    await expect(ana.messages(ROOT)).to_be_visible()


async def test_light_and_dark_are_different_and_follow_the_reader(sandbox: Running, visit: Visit) -> None:
    async def paper(scheme: str) -> Any:
        reader = await visit(sandbox.url, ANA, GENERAL, color_scheme=scheme)
        return await reader.page.evaluate("getComputedStyle(document.body).backgroundColor")

    assert [await paper("light"), await paper("dark")] == ["rgb(255, 255, 255)", "rgb(23, 28, 27)"]


async def test_a_form_is_opened_filled_and_sent_with_the_keyboard_alone(sandbox: Running, visit: Visit) -> None:
    app = Keeping(sandbox)
    values: list[dict[str, Any]] = []
    app.view("form")(keep_values(values))
    async with over_socket(app):
        await app.client.chat_postMessage(channel=GENERAL, text="Press", blocks=actions(button("Open the form")))
        ana = await visit(sandbox.url, ANA, GENERAL)
        keys = ana.page.keyboard
        await expect(ana.button("Open the form")).to_be_visible()

        await _tab_to(ana, "Skip to the conversation")
        await keys.press("Enter")
        await _tab_to(ana, "Open the form")
        await keys.press("Enter")
        await _opens(app, ana)
        await keys.type("by hand")
        await keys.press("Enter")
        await expect(ana.form).to_have_count(0)
        assert [view["said"]["said"]["value"] for view in values] == ["by hand"]
        await expect(ana.button("Open the form")).to_be_focused()

        await keys.press("Enter")
        await _opens(app, ana)
        await keys.press("Escape")
        await expect(ana.form).to_have_count(0)
        assert len(values) == 1

        await _tab_to(ana, "More for the message of Crosswalk")
        await keys.press("Enter")
        await expect(ana.button("Keep")).to_be_visible()
        await keys.press("Escape")
        await expect(ana.button("Keep")).to_be_hidden()

        await ana.page.get_by_label("Message, or a command").focus()
        await keys.type("Sent by keys")
        await keys.press("Enter")
        await expect(ana.messages("Sent by keys")).to_be_visible()
        await expect(ana.page.get_by_label("Message, or a command")).to_be_focused()


async def test_everything_else_is_reached_and_sent_with_the_keyboard_too(sandbox: Running, visit: Visit) -> None:
    app = Keeping(sandbox)
    async with over_socket(app):
        ana = await visit(sandbox.url, ANA, OTHER)
        keys = ana.page.keyboard

        await _tab_to(ana, "Jump to Mon 23 Nov, 09:00")
        await keys.press("Enter")
        await expect(ana.page.locator("#now")).to_have_text("Mon 23 Nov, 09:00")
        await _tab_to(ana, "#generalshared")
        await keys.press("Enter")
        await expect(ana.messages(ROOT)).to_be_visible()

        await _tab_to(ana, "Reply in thread")
        await keys.press("Enter")
        await expect(ana.replies(ROOT)).to_be_visible()
        await _tab_to(ana, "Reply")
        await keys.type("By the keyboard")
        await keys.press("Enter")
        await expect(ana.replies("By the keyboard")).to_be_visible()

        await ana.page.reload()
        await expect(ana.messages(ROOT)).to_be_visible()
        await _tab_to(ana, "More for the message of Bo Lind")
        await keys.press("Enter")
        await _tab_to(ana, "React 👍")
        await keys.press("Enter")
        await expect(ana.messages(ROOT).get_by_role("button", name="👍 1")).to_be_visible()

        await _tab_to(ana, "Message, or a command that starts with /")
        await keys.type("/sta")
        await expect(ana.page.get_by_role("option", name="/standup")).to_have_attribute("aria-selected", "true")
        await keys.press("Enter")
        await expect(ana.composer).to_have_value("/standup ")
        await keys.press("Enter")
        await expect(ana.composer).to_have_value("")
        assert len(app.triggers) == 1

        await ana.page.reload()
        await expect(ana.messages(ROOT)).to_be_visible()
        await _tab_to(ana, "You are")
        await keys.press("ArrowDown")
        await expect(ana.page).to_have_url(re.compile("/U0BO/"))
        await expect(ana.page.get_by_role("heading", level=1, name="#general")).to_be_visible()


async def _opens(app: Keeping, ana: Visitor) -> None:
    """The app answers the press with its form, and the caret is in its first field."""
    async with asyncio.timeout(20):
        while not app.triggers:
            await asyncio.sleep(0.01)
    await app.client.views_open(trigger_id=app.triggers.pop(), view=modal(text_input()))
    await expect(ana.form.get_by_label("What said?")).to_be_focused()


async def _tab_to(ana: Visitor, name: str) -> None:
    """Presses Tab until what is called so has the focus."""
    seen = []
    for _ in range(80):
        await ana.page.keyboard.press("Tab")
        seen.append(await ana.page.evaluate(_FOCUSED))
        if seen[-1] == name:
            return
    raise AssertionError(f"Tab does not lead to {name}, but to {seen}")


_FOCUSED = """(() => {
  const focused = document.activeElement;
  return focused.getAttribute("aria-label") || (focused.labels?.[0] ?? focused).textContent.trim();
})()"""


async def test_of_thousands_of_messages_only_those_near_are_drawn(browser: Browser) -> None:
    said = [
        {"channel": GENERAL, "user": BO, "text": f"Message {nth}.", "at": 1_790_000_000 + nth} for nth in range(MANY)
    ]
    with running(seed(messages=said)) as sandbox:
        async with visiting(browser) as visit:
            ana = await visit(sandbox.url, ANA, GENERAL)
            drawn = ana.page.locator("#messages > .message")
            await expect(ana.messages(f"Message {MANY - 1}.")).to_be_in_viewport()
            assert await drawn.count() <= 100

            wanted = ana.messages(f"Message {MANY - 200}.")
            await ana.page.locator("#messages").focus()
            while not await wanted.count():
                await ana.page.keyboard.press("PageUp")
            await wanted.scroll_into_view_if_needed()
            assert await drawn.count() <= 100

            top = await below(wanted)
            bo = await visit(sandbox.url, BO, GENERAL)
            async with ana.page.expect_response("**/control/messages?*"):
                await bo.says("Newer")
            await expect(ana.page.locator("#newest")).to_be_visible()
            await expect(wanted).to_be_in_viewport()
            assert abs(await below(wanted) - top) < 2, "others' messages move nothing that she reads"

            await ana.button("Go to the newest messages").click()
            await expect(ana.messages("Newer")).to_be_in_viewport()
            await expect(ana.page.locator("#newest")).to_be_hidden()


async def test_an_answer_on_its_way_does_not_take_her_back_from_where_she_went(browser: Browser) -> None:
    said = [
        {"channel": GENERAL, "user": BO, "text": f"Message {nth}.", "at": 1_790_000_000 + nth} for nth in range(300)
    ]
    with running(seed(messages=said)) as sandbox:
        async with visiting(browser) as visit:
            ana = await visit(sandbox.url, ANA, GENERAL)
            await ana.page.locator("#messages").focus()
            while not await ana.page.locator("#newest").is_visible():
                await ana.page.keyboard.press("PageUp")
            await expect(ana.messages("Message 299.")).to_have_count(0)

            held = await ana.holds("messages?*", times=1)
            bo = await visit(sandbox.url, BO, GENERAL)
            await bo.says("Newer")
            await held.is_waiting()
            await ana.button("Go to the newest messages").click()
            # What is drawn of the old answer scrolls before the page has asked for anything else.
            async with ana.page.expect_request("**/control/state?*"):
                await ana.page.route("**/control/state?*", _after_a_frame)
                await held.lets_go()
            await expect(ana.messages("Newer")).to_be_in_viewport()
            await expect(ana.page.locator("#newest")).to_be_hidden()


async def _after_a_frame(route: Route) -> None:
    await route.request.frame.page.evaluate("new Promise(drawn => requestAnimationFrame(() => setTimeout(drawn, 50)))")
    await route.continue_()
