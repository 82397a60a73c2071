"""What the page keeps for whoever looks elsewhere, goes back, or loads it anew: her words, her place, her line."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Locator, expect

from bot.sandbox.server import Running
from tests.bot.sandbox.workspaces import ANA, BO, GENERAL, OTHER, PRIVATE, running, seed
from tests.browser.visitors import Visit, Visitor, below, visiting

pytestmark = pytest.mark.asyncio(loop_scope="session")

MANY = 120
ROOT = "Message 10."
THROUGH = [f"#/{ANA}/{OTHER}", f"#/{ANA}/{PRIVATE}"]


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Running]:
    said = [
        {"channel": GENERAL, "user": BO, "text": f"Message {nth}.", "at": 1_790_000_000 + nth} for nth in range(MANY)
    ]
    said += [
        {"channel": PRIVATE, "user": BO, "text": f"Elsewhere {nth}.", "at": 1_790_000_500 + nth} for nth in range(MANY)
    ]
    said += [{"channel": PRIVATE, "user": ANA, "text": "Hush.", "at": 1_790_001_000}]
    with running(seed(messages=said)) as started:
        yield started


async def test_what_is_not_sent_stays_at_its_place_and_with_its_author(sandbox: Running, visit: Visit) -> None:
    ana = await visit(sandbox.url, ANA, GENERAL)
    await ana.composer.fill("For everybody, half written")
    await ana.follows("other")
    await expect(ana.composer).to_have_value("")
    await ana.composer.fill("For the others")
    await ana.follows("App Home")
    await ana.follows("general")
    await expect(ana.composer).to_have_value("For everybody, half written")

    await ana.page.get_by_label("You are").select_option(BO)
    await expect(ana.composer).to_have_value("")
    await ana.page.get_by_label("You are").select_option(ANA)
    await expect(ana.composer).to_have_value("For everybody, half written")

    await ana.page.reload()
    await expect(ana.composer).to_have_value("For everybody, half written")
    await ana.page.go_back()
    await expect(ana.page.locator("#me")).to_have_value(BO)
    await expect(ana.composer).to_have_value("")
    await ana.page.go_forward()
    await expect(ana.composer).to_have_value("For everybody, half written")
    await ana.composer.press("Enter")
    await expect(ana.messages("For everybody, half written")).to_be_visible()
    await expect(ana.composer).to_have_value("")
    await ana.follows("other")
    await expect(ana.composer).to_have_value("For the others")
    await ana.follows("general")
    await expect(ana.messages("For everybody, half written")).to_be_visible()
    await expect(ana.composer).to_have_value("")


async def test_a_reply_and_a_file_wait_as_well(sandbox: Running, visit: Visit, tmp_path: Path) -> None:
    file = tmp_path / "plan.txt"
    file.write_text("A plan")
    ana = await visit(sandbox.url, ANA, PRIVATE)
    await ana.messages("Hush.").get_by_role("button", name="Reply in thread").click()
    reply = ana.page.get_by_label("Reply", exact=True)
    await reply.fill("Half a reply")
    await ana.page.locator("#files").set_input_files(file)
    attached = ana.page.locator("#composer .chosen")
    await expect(attached).to_contain_text("plan.txt")
    await ana.follows("other")
    await expect(attached).to_be_empty()
    await ana.page.go_back()
    await expect(reply).to_have_value("Half a reply")
    await expect(attached).to_contain_text("plan.txt")
    await ana.button("Send", ana.page.locator("#composer")).click()
    await expect(ana.page.locator("#messages").get_by_role("link", name="plan.txt")).to_be_visible()
    await ana.page.reload()
    await expect(reply).to_have_value("Half a reply")
    await expect(attached).to_be_empty()


async def test_ones_line_is_found_again_wherever_one_has_been(sandbox: Running, visit: Visit) -> None:
    ana = await visit(sandbox.url, ANA, GENERAL)
    line = await _reads(ana, ROOT)
    before = await below(line)

    async def is_there() -> None:
        await expect(line).to_be_in_viewport()
        assert abs(await below(line) - before) < 2

    await ana.follows("other")
    await expect(line).to_have_count(0)
    await ana.follows("general")
    await is_there()
    await ana.follows("App Home")
    await expect(ana.page.locator("#home-place")).to_be_visible()
    await ana.page.go_back()
    await is_there()
    # From a channel in whose middle one was, and by way of one whose messages had not come yet.
    await ana.follows("secret")
    elsewhere = await _reads(ana, "Elsewhere 10.")
    far = await below(elsewhere)
    await ana.follows("general")
    await is_there()
    await ana.page.evaluate("(places) => { for (const place of places) location.hash = place; }", THROUGH)
    await expect(elsewhere).to_be_in_viewport()
    assert abs(await below(elsewhere) - far) < 2
    await ana.follows("general")
    await is_there()
    bo = await visit(sandbox.url, BO, GENERAL)
    await bo.says("Much newer")
    await expect(bo.messages("Much newer")).to_be_visible()
    await ana.page.reload()
    await is_there()
    await ana.button("Go to the newest messages").click()
    await expect(ana.messages("Much newer")).to_be_in_viewport()
    await ana.follows("other")
    await expect(ana.messages("Much newer")).to_have_count(0)
    await ana.follows("general")
    await expect(ana.messages("Much newer")).to_be_in_viewport()


async def test_more_than_a_browser_keeps_stays_for_as_long_as_the_page_is_open(sandbox: Running, visit: Visit) -> None:
    ana = await visit(sandbox.url, ANA, GENERAL)
    await ana.composer.evaluate("(box) => { box.value = 'x'.repeat(6_000_000); }")
    await ana.follows("other")
    await expect(ana.page.get_by_role("heading", level=1, name="#other")).to_be_visible()
    await expect(ana.composer).to_have_value("")
    await ana.follows("general")
    await expect(ana.messages(f"Message {MANY - 1}.")).to_be_visible()
    assert await ana.composer.evaluate("(box) => box.value.length") == 6_000_000


async def test_where_a_browser_keeps_nothing_the_page_does_all_the_rest(sandbox: Running, visit: Visit) -> None:
    ana = await visit(sandbox.url, ANA, GENERAL)
    await ana.page.context.add_init_script(_KEEPS_NOTHING)
    await ana.page.reload()
    await expect(ana.page.get_by_role("heading", level=1, name="#general")).to_be_visible()
    await ana.composer.fill("Half written")
    await ana.follows("other")
    await expect(ana.composer).to_have_value("")
    await ana.follows("general")
    await expect(ana.composer).to_have_value("Half written")


# As a browser that has been told to block what pages keep.
_KEEPS_NOTHING = """for (const name of ["localStorage", "sessionStorage"]) {
  Object.defineProperty(window, name, { get() { throw new DOMException("Denied.", "SecurityError"); } });
}"""


async def test_the_keyboard_stays_where_it_is_while_others_write(sandbox: Running, visit: Visit) -> None:
    ana, bo = await visit(sandbox.url, ANA, OTHER), await visit(sandbox.url, BO, GENERAL)
    channel = ana.page.get_by_role("link", name="general")
    await channel.focus()
    await bo.says("Does that take the keyboard away?")
    await expect(channel.locator(".badge")).to_be_visible()
    await expect(channel).to_be_focused()
    await ana.page.keyboard.press("Enter")
    await expect(ana.messages("Does that take the keyboard away?").last).to_be_visible()


async def _reads(visitor: Visitor, words: str) -> Locator:
    """Goes up in the list by the keyboard, as far as this message."""
    wanted = visitor.messages(words)
    await expect(visitor.page.locator("#messages > .message").last).to_be_in_viewport()
    await visitor.page.locator("#messages").focus()
    while not await wanted.count():
        await visitor.page.keyboard.press("PageUp")
    await wanted.scroll_into_view_if_needed()
    await expect(wanted).to_be_in_viewport()
    return wanted


async def test_what_the_tour_writes_stays_with_whom_one_has_become(browser: Browser) -> None:
    leads = {"title": "Ask", "text": "Be Bo.", "user": BO, "place": GENERAL, "write": "/hello"}
    tour = {"id": "one", "steps": [leads], "home": {"title": "Home"}}
    with running(seed(tour=tour)) as sandbox:
        async with visiting(browser) as visit:
            ana = await visit(sandbox.url, ANA, GENERAL)
            held = await ana.holds("state?*")
            await ana.button("Be Bo Lind in #general", ana.tour).click()
            await held.is_waiting()
            # The clock moves, and the tour is drawn before Bo's place is.
            await ana.page.request.post(f"{sandbox.url}/control/clock/jump", data={"to": "2026-11-23T10:00:00+00:00"})
            await ana.button("Write it for me", ana.tour).click()
            await held.lets_go()
            await expect(ana.page.locator("#me")).to_have_value(BO)
            await expect(ana.composer).to_have_value("/hello")
            await ana.goes(GENERAL)
            await expect(ana.page.locator("#me")).to_have_value(ANA)
            await expect(ana.composer).to_have_value("")
