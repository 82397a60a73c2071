"""What she has begun while other things happen: a press, a form, words of hers; and that the sandbox comes back."""

import asyncio
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Route, expect
from slack_bolt.async_app import AsyncAck

from bot.sandbox.server import Running
from tests.bot.sandbox.workspaces import (
    ANA,
    BO,
    GENERAL,
    OTHER,
    Keeping,
    actions,
    button,
    client,
    keep_values,
    modal,
    over_socket,
    plain,
    running,
    seed,
    text_input,
    trigger,
)
from tests.browser.visitors import PATIENT, Visit, Visitor
from tests.slackside import Slackside

pytestmark = pytest.mark.asyncio(loop_scope="session")

ROOT = "How was the week?"
STEPS = [{"title": "One", "text": "Look around."}]
FIELDS = [{"name": "team", "label": "Team", "value": "Acme"}]
HOME = {"title": "Home", "intro": "", "fields": FIELDS, "button": "Make it", "file": "it.txt", "ask": "make"}
TOUR = {"id": "T1", "steps": STEPS, "home": {**HOME, "link": "", "link_label": "Nowhere", "commands": []}}


@pytest.fixture
def sandbox() -> Iterator[Running]:
    said = [{"channel": GENERAL, "user": BO, "text": ROOT, "at": "2026-11-20T09:00:00+00:00"}]
    with running(seed(messages=said, **PATIENT)) as it:
        yield it


@pytest.mark.parametrize("name", ["general", "secret"])
async def test_a_press_that_has_begun_ends_where_it_began_whatever_is_drawn_meanwhile(
    sandbox: Running, visit: Visit, name: str
) -> None:
    ana, bo = await visit(sandbox.url, ANA, OTHER), await visit(sandbox.url, BO, GENERAL)
    await ana.page.get_by_role("link", name=name).hover()
    await ana.page.mouse.down()
    await bo.says("News")
    await expect(ana.page.get_by_role("link", name="general").locator(".badge")).to_have_text("1")
    await ana.page.mouse.up()
    await expect(ana.page.get_by_role("heading", level=1, name=f"#{name}")).to_be_visible()


async def test_what_she_writes_anew_stays_while_others_answer(sandbox: Running, visit: Visit) -> None:
    ana, bo = await visit(sandbox.url, ANA, GENERAL), await visit(sandbox.url, BO, GENERAL)
    await ana.says("Good morning")
    mine = ana.messages("Good morning")
    await _edits(ana, "Good evening")
    heard = bo.messages("Good morning")
    await heard.get_by_label("More for the message of Ana Reis").click()
    await heard.get_by_role("button", name="React 👍").click()
    await expect(mine.get_by_role("button", name="👍 1")).to_be_visible()
    box = ana.page.get_by_label("Edit the message")
    await expect(box).to_have_value("Good evening")
    await expect(box).to_be_focused()

    await ana.misses("act/edit")
    await ana.button("Save").click()
    await expect(ana.page.get_by_role("alert")).to_contain_text("Is it still running?")
    await expect(box).to_have_value("Good evening")
    await ana.finds_again()
    await ana.button("Save").click()
    await expect(bo.messages("Good evening")).to_contain_text("(edited)")
    await expect(box).to_have_count(0)


async def _edits(visitor: Visitor, text: str) -> None:
    await visitor.page.get_by_label("More for the message of Ana Reis").click()
    await visitor.button("Edit").click()
    await visitor.page.get_by_label("Edit the message").fill(text)


async def test_a_status_that_could_not_be_set_is_still_there(sandbox: Running, visit: Visit) -> None:
    ana = await visit(sandbox.url, ANA, GENERAL)
    await ana.button("Set a status").click()
    await ana.page.get_by_label("Text").fill("On holiday")
    await ana.misses("act/status")
    await ana.button("Save").click()
    await expect(ana.page.get_by_role("alert")).to_contain_text("Is it still running?")
    await expect(ana.page.get_by_label("Text")).to_have_value("On holiday")
    await ana.finds_again()
    await ana.button("Save").click()
    await expect(ana.button("On holiday")).to_be_visible()


async def test_a_button_that_is_pressed_twice_is_pressed_once(sandbox: Running, visit: Visit) -> None:
    app = Keeping(sandbox)
    async with over_socket(app):
        await app.client.chat_postMessage(channel=GENERAL, text="Press", blocks=actions(button("Count")))
        ana = await visit(sandbox.url, ANA, GENERAL)
        held = await ana.holds("act/press")
        await ana.button("Count").dblclick()
        await held.is_waiting()
        await held.lets_go()
        await ana.says("Done")
        await expect(ana.messages("Done")).to_be_visible()
        await ana.button("Count").click()
        async with asyncio.timeout(20):
            while len(app.triggers) < 2:
                await asyncio.sleep(0.01)
        await ana.says("Again")
        await expect(ana.messages("Again")).to_be_visible()
        assert len(app.triggers) == 2


async def test_a_reaction_that_is_pressed_twice_goes_once(sandbox: Running, visit: Visit) -> None:
    ana = await visit(sandbox.url, ANA, GENERAL)
    message = ana.messages(ROOT)
    await message.get_by_label("More for the message of Bo Lind").click()
    await message.get_by_role("button", name="React 👍").click()
    held = await ana.holds("act/unreact")
    await ana.button("👍 1").dblclick()
    await held.is_waiting()
    await held.lets_go()
    await expect(ana.button("👍 1")).to_have_count(0)
    await expect(ana.page.locator("#alerts")).to_be_empty()


async def test_a_form_is_sent_once_even_before_the_page_knows_that_it_is_gone(sandbox: Running, visit: Visit) -> None:
    app = Keeping(sandbox)
    values: list[dict[str, Any]] = []
    app.view("form")(keep_values(values))
    async with over_socket(app), Slackside(sandbox.url) as slack:
        ana = await visit(sandbox.url, ANA, GENERAL)
        await _opened(app, slack, ana)
        await ana.page.keyboard.type("words")
        sent: list[str] = []
        ana.page.on("request", lambda request: sent.append(request.url))
        state = await ana.holds("state?*")
        async with ana.page.expect_response("**/act/submit"):
            await ana.page.keyboard.press("Enter")
        await state.is_waiting()
        await ana.page.keyboard.press("Enter")
        await state.lets_go()
        await expect(ana.form).to_have_count(0)
        assert len([url for url in sent if url.endswith("/submit")]) == 1
        assert len(values) == 1


async def test_what_is_wrong_with_one_form_is_not_said_in_another(sandbox: Running, visit: Visit) -> None:
    app = Keeping(sandbox)
    async with over_socket(app), Slackside(sandbox.url) as slack:
        ana = await visit(sandbox.url, ANA, GENERAL)
        await _opened(app, slack, ana)
        asked, failing = asyncio.Event(), asyncio.Event()

        async def fail(route: Route) -> None:
            asked.set()
            await failing.wait()
            await route.fulfill(status=500, body="no")

        ana.expects("500")
        await ana.page.route("**/act/submit", fail)
        await ana.page.keyboard.press("Enter")
        async with asyncio.timeout(20):
            await asked.wait()
        await ana.page.keyboard.press("Escape")
        await expect(ana.form).to_have_count(0)
        await _opened(app, slack, ana)
        failing.set()
        await expect(ana.page.locator("#alerts")).to_contain_text("answered 500")
        await expect(ana.form.locator("#modal-error")).to_be_empty()


async def test_a_form_that_could_not_be_closed_stays_with_what_is_in_it(sandbox: Running, visit: Visit) -> None:
    app = Keeping(sandbox)
    async with over_socket(app), Slackside(sandbox.url) as slack:
        ana, bo = await visit(sandbox.url, ANA, GENERAL), await visit(sandbox.url, BO, GENERAL)
        await _opened(app, slack, ana)
        await ana.page.keyboard.type("words")
        await ana.misses("act/close")
        for _ in range(3):
            await ana.page.evaluate("document.getElementById('alerts').replaceChildren()")
            await ana.page.keyboard.press("Escape")
            await expect(ana.page.get_by_role("alert").last).to_contain_text("Is it still running?")
        await ana.finds_again()
        await bo.says("Meanwhile")
        await expect(ana.page.locator("#messages")).to_contain_text("Meanwhile")
        await expect(ana.form.get_by_label("What said?")).to_have_value("words")
        await ana.page.keyboard.press("Escape")
        await expect(ana.form).to_have_count(0)


async def test_a_form_is_closed_once_for_two_presses(sandbox: Running, visit: Visit) -> None:
    app = Keeping(sandbox)
    async with over_socket(app), Slackside(sandbox.url) as slack:
        ana = await visit(sandbox.url, ANA, GENERAL)
        await _opened(app, slack, ana)
        held = await ana.holds("act/close")
        await ana.button("Close", ana.form).dblclick()
        await held.is_waiting()
        await held.lets_go()
        await expect(ana.form).to_have_count(0)
        await expect(ana.page.locator("#alerts")).to_be_empty()


async def _opened(app: Keeping, slack: Slackside, ana: Visitor, *blocks: dict[str, Any]) -> None:
    """A form before her, the caret in its field."""
    view = modal(*(blocks or [text_input()]))
    await app.client.views_open(trigger_id=await trigger(app, slack.as_person(ANA)), view=view)
    await expect(ana.form.locator("input").first).to_be_focused()


async def test_an_earlier_search_does_not_replace_what_the_later_one_found(sandbox: Running, visit: Visit) -> None:
    app = Keeping(sandbox)

    @app.options("given")
    async def found(ack: AsyncAck, payload: dict[str, Any]) -> None:
        words = f"Found for {payload['value']}"
        await ack(options=[{"text": plain(words), "value": payload["value"]}])

    element = {"type": "external_select", "action_id": "given", "min_query_length": 0}
    searched = {"type": "input", "block_id": "who", "label": plain("Who?"), "element": element}
    async with over_socket(app), Slackside(sandbox.url) as slack:
        ana = await visit(sandbox.url, ANA, GENERAL)
        await _opened(app, slack, ana, searched)
        earlier = await ana.holds("act/options", times=1)
        await ana.page.keyboard.type("a")
        await ana.page.keyboard.press("Enter")
        await earlier.is_waiting()
        await ana.page.keyboard.type("b")
        await ana.page.keyboard.press("Enter")
        await expect(ana.form.get_by_label("Found for ab")).to_be_visible()
        await earlier.lets_go()
        await _drawn(ana)
        await expect(ana.form.get_by_label("Found for ab")).to_be_visible()

        await ana.misses("act/options")
        await ana.page.keyboard.press("Enter")
        await expect(ana.page.get_by_role("alert")).to_contain_text("Is it still running?")
        await expect(ana.form.get_by_label("Found for ab")).to_be_visible()


async def test_what_one_takes_home_is_what_one_asked_for_last(visit: Visit) -> None:
    started = Running.start(seed(tour=TOUR), answers={"make": lambda asked: {"text": f"For {asked['team']}"}})
    ana = await visit(started.url, ANA, GENERAL)
    try:
        await ana.button("Home", ana.tour).click()
        home = ana.page.locator("#take-home")
        earlier = await ana.holds("ask/make", times=1)
        await ana.button("Make it", home).click()
        await earlier.is_waiting()
        await home.get_by_label("Team").fill("Globex")
        await home.get_by_label("Team").press("Enter")
        await expect(home.get_by_label("it.txt", exact=True)).to_have_text("For Globex")
        await earlier.lets_go()
        await _drawn(ana)
        await expect(home.get_by_label("it.txt", exact=True)).to_have_text("For Globex")
    finally:
        await ana.leaves()
        await asyncio.to_thread(started.stop)


async def test_a_log_that_begins_anew_is_shown_anew(visit: Visit) -> None:
    first = Running.start(seed())
    ana = await visit(first.url, ANA, "log")
    for _ in range(3):
        await client(first).auth_test()
    calls = ana.page.locator("#log li", has_text="auth.test")
    await expect(calls).to_have_count(3)
    ana.expects("ERR_CONNECTION", "ERR_INCOMPLETE", "ERR_EMPTY_RESPONSE")
    await asyncio.to_thread(first.stop)
    await expect(ana.page.locator("#offline")).to_be_visible()
    second = await asyncio.to_thread(Running.start, seed(), urlsplit(first.url).port or 0)
    try:
        await client(second).team_info()
        await expect(ana.page.locator("#log li", has_text="team.info")).to_have_count(1)
        await expect(calls).to_have_count(0)
    finally:
        await ana.leaves()
        await asyncio.to_thread(second.stop)


async def test_news_come_again_even_after_something_between_has_refused_them(sandbox: Running, visit: Visit) -> None:
    ana, bo = await visit(sandbox.url, ANA, GENERAL), await visit(sandbox.url, BO, GENERAL)
    ana.expects("502")
    await ana.page.route("**/control/updates", lambda route: route.fulfill(status=502, body="no"), times=1)
    await ana.page.reload()
    await expect(ana.page.locator("#offline")).to_be_visible()
    await expect(ana.page.locator("#offline")).to_be_hidden()
    await bo.says("Are you there?")
    await expect(ana.messages("Are you there?")).to_be_visible()


async def _drawn(visitor: Visitor) -> None:
    """Returns once everything is drawn that has been answered until now."""
    await visitor.page.evaluate("new Promise(drawn => requestAnimationFrame(() => setTimeout(drawn)))")
