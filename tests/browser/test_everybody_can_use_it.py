"""Every main view of the page, looked over by axe-core: light and dark, on a phone and on a wide screen."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.async_api import Locator, expect

from bot.sandbox.server import Running
from tests.bot.sandbox.workspaces import (
    ANA,
    GENERAL,
    Keeping,
    actions,
    button,
    modal,
    over_socket,
    plain,
    running,
    seed,
    trigger,
)
from tests.browser.acme import MARTA, SYNC, Acme
from tests.browser.axe import violations
from tests.browser.visitors import NARROW, PATIENT, WIDE, Visit, Visitor
from tests.slackside import Slackside

pytestmark = pytest.mark.asyncio(loop_scope="session")
every_size = pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
Json = dict[str, Any]


class Looking:
    """Goes from view to view and keeps what keeps somebody out of it."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor, self.page, self.found = visitor, visitor.page, list[str]()

    async def over(self, view: str, shown: Locator) -> None:
        await expect(shown).to_be_visible()
        self.found += [f"{view}: {each}" for each in await violations(self.page)]
        if await self.visitor.overflows() > 0:
            self.found.append(f"{view}: is wider than its window")

    async def form(self, view: str, words: str) -> None:
        """One that has just been asked for; it is left without being sent."""
        await self.over(view, self.visitor.form.get_by_text(words))
        await self.page.keyboard.press("Escape")
        await expect(self.visitor.form).to_have_count(0)


@every_size
async def test_nobody_is_kept_out_of_any_view(demonstration: Acme, visit: Visit, size: tuple[int, int]) -> None:
    marta = await visit(demonstration.url, MARTA, SYNC, size=size)
    looking = Looking(marta)
    await _tour(looking)
    await _conversation(looking)
    for place, shown in PLACES.items():
        await marta.goes(place)
        await looking.over(place, marta.page.locator(shown).first)
    await _forms(looking)
    assert looking.found == []


PLACES = {"home": "#home-view .block", "time": "#coming li", "log": "#log li", "@bot": "#messages .message"}


async def _tour(looking: Looking) -> None:
    marta = looking.visitor
    await looking.over("tour", marta.tour)
    await marta.button("Take this home", marta.tour).click()
    await looking.over("take home", looking.page.locator("#take-home"))
    await looking.page.keyboard.press("Escape")
    await marta.leaves_the_tour()


async def _conversation(looking: Looking) -> None:
    messages, thread = looking.page.locator("#messages"), looking.page.locator("#thread")
    await looking.over("channel", messages.locator(".message").last)
    await messages.locator("summary[aria-label^=More]").last.click()
    await looking.over("menu", messages.get_by_role("button", name="Look at its JSON"))
    await looking.page.keyboard.press("Escape")
    await messages.locator(".strong", has_text="repl").last.click()
    await looking.over("thread", thread.locator(".message").first)
    await looking.visitor.button("Close", thread).click()


async def _forms(looking: Looking) -> None:
    """Every kind of form; one of them above another."""
    marta = looking.visitor
    await marta.button("Answer", marta.messages("time for your update").last).click()
    await looking.form("stand-up form", "What moved since last week?")
    await marta.says("/decision Shall we?")
    await looking.form("decision form", "What is to be decided?")
    await marta.says("/glossary add")
    await looking.form("glossary form", "What the letters stand for")
    await marta.says("/glossary browse")
    await marta.button("Open", marta.form).first.click()
    await looking.over("stacked forms", marta.form.get_by_text("Step 2 of this form"))
    await marta.button("Close all", marta.form).click()
    await expect(marta.form).to_have_count(0)


OPTIONS = [{"text": plain(name.title()), "value": name} for name in ("alpha", "beta", "gamma")]
CHOICES: Json = {"options": OPTIONS}
INPUTS: dict[str, Json] = {
    "plain_text_input": {"multiline": True, "placeholder": plain("Some words")},
    "email_text_input": {},
    "url_text_input": {},
    "number_input": {"is_decimal_allowed": True},
    "rich_text_input": {},
    "static_select": CHOICES,
    "multi_static_select": CHOICES,
    "external_select": {"min_query_length": 0},
    "multi_external_select": {"min_query_length": 0},
    "users_select": {"initial_user": ANA},
    "multi_users_select": {"initial_users": [ANA]},
    "conversations_select": {},
    "multi_conversations_select": {},
    "channels_select": {},
    "multi_channels_select": {},
    "datepicker": {},
    "timepicker": {},
    "datetimepicker": {},
    "radio_buttons": CHOICES,
    "checkboxes": CHOICES,
    "file_input": {},
}


def _input(kind: str, more: Json) -> Json:
    element = {"type": kind, "action_id": "given", **more}
    shown = {"type": "input", "block_id": kind, "label": plain(f"The {kind}"), "element": element}
    return {**shown, "hint": plain(f"A hint for {kind}"), "optional": kind != "plain_text_input"}


PRESSED: list[Json] = [
    {
        "type": "section",
        "block_id": "beside",
        "text": plain("Beside"),
        "accessory": {"type": "overflow", "action_id": "o", **CHOICES},
    },
    *actions(
        button("Plain"), button("Primary", "p", style="primary"), button("Danger", "d", style="danger"),
        {"type": "static_select", "action_id": "s", "placeholder": plain("Choose"), **CHOICES},
        {"type": "datepicker", "action_id": "day"}, {"type": "users_select", "action_id": "who"},
    ),
]  # fmt: skip


@pytest.fixture
def sandbox() -> Iterator[Running]:
    with running(seed(**PATIENT)) as started:
        yield started


@every_size
async def test_every_kind_of_input_has_its_name_and_its_error(
    sandbox: Running, visit: Visit, size: tuple[int, int]
) -> None:
    app = Keeping(sandbox)
    wrong = {kind: f"Not this {kind}." for kind in INPUTS}
    app.view("form")(_refusing(wrong))
    async with over_socket(app), Slackside(sandbox.url) as slack:
        ana = await visit(sandbox.url, ANA, GENERAL, size=size)
        blocks = [_input(kind, more) for kind, more in INPUTS.items()]
        view = modal(*blocks, *PRESSED)
        await app.client.views_open(trigger_id=await trigger(app, slack.as_person(ANA)), view=view)
        await expect(ana.form).to_be_visible()
        assert await violations(ana.page) == []
        assert await ana.overflows() <= 0
        await ana.form.get_by_label("The plain_text_input").fill("words")
        await ana.button("Send", ana.form).click()
        await expect(ana.form.get_by_text("Not this plain_text_input.")).to_be_visible()
        assert await violations(ana.page) == []


def _refusing(errors: Json) -> Any:
    async def submitted(ack: Any) -> None:
        await ack(response_action="errors", errors=errors)

    return submitted


async def test_the_notice_of_a_sleeping_app_can_be_read(sandbox: Running, visit: Visit) -> None:
    ana = await visit(sandbox.url, ANA, GENERAL)
    await expect(ana.page.locator("#asleep")).to_be_visible()
    await ana.says("/nobody knows")
    await expect(ana.page.get_by_role("alert")).not_to_be_empty()
    await ana.page.get_by_role("button", name="Set a status").click()
    assert await violations(ana.page) == []
