"""What she has begun while other things happen: a press, a form, words of hers; and that the sandbox comes back."""

import asyncio
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.async_api import expect

from bot.sandbox.server import Running
from tests.bot.sandbox.workspaces import (
    ANA,
    BO,
    GENERAL,
    Keeping,
    client,
    modal,
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


async def _edits(visitor: Visitor, text: str) -> None:
    await visitor.page.get_by_label("More for the message of Ana Reis").click()
    await visitor.button("Edit").click()
    await visitor.page.get_by_label("Edit the message").fill(text)


async def _opened(app: Keeping, slack: Slackside, ana: Visitor, *blocks: dict[str, Any]) -> None:
    """A form before her, the caret in its field."""
    view = modal(*(blocks or [text_input()]))
    await app.client.views_open(trigger_id=await trigger(app, slack.as_person(ANA)), view=view)
    await expect(ana.form.locator("input").first).to_be_focused()


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
