"""Every main view of the page, looked over by axe-core: light and dark, on a phone and on a wide screen."""

from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import expect

from bot.sandbox.server import Running
from tests.bot.sandbox.workspaces import (
    ANA,
    GENERAL,
    actions,
    button,
    modal,
    over_socket,
    plain,
    running,
    trigger,
    triggering,
)
from tests.browser.acme import MARTA, SYNC, Acme, acme
from tests.browser.axe import violations
from tests.browser.visitors import NARROW, WIDE, Visit
from tests.slackside import Slackside

pytestmark = pytest.mark.asyncio(loop_scope="session")
every_look = pytest.mark.parametrize("look", ["light", "dark"])
every_size = pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
Json = dict[str, Any]


@pytest_asyncio.fixture(loop_scope="session", scope="module")
async def demonstration(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Acme]:
    """On its Monday, when the first have answered."""
    async with acme(tmp_path_factory.mktemp("acme")) as here:
        await here.slack.jumped("2026-11-23T11:00:00+00:00", deadline=60)
        yield here


@every_look
@every_size
async def test_nobody_is_kept_out_of_any_view(
    demonstration: Acme, visit: Visit, look: str, size: tuple[int, int]
) -> None:
    marta = await visit(demonstration.url, MARTA, SYNC, size=size, color_scheme=look)
    await expect(marta.page.locator("#messages .message").last).to_be_visible()
    found = {"channel": await violations(marta.page)}
    await marta.page.locator("#messages summary[aria-label^=More]").last.click()
    found["menu"] = await violations(marta.page)
    await marta.page.keyboard.press("Escape")
    await marta.page.locator("#messages .strong", has_text="repl").last.click()
    await expect(marta.page.locator("#thread-messages .message").first).to_be_visible()
    found["thread"] = await violations(marta.page)
    await marta.button("Close", marta.page.locator("#thread")).click()
    for place in ("@bot", "home", "time", "log"):
        await marta.goes(place)
        await expect(marta.page.locator("main > section:visible")).to_have_count(1)
        await expect(marta.page.locator(SHOWN[place]).first).to_be_visible()
        found[place] = await violations(marta.page)
        assert await marta.overflows() <= 0, place
    await marta.goes("@bot")
    await marta.button("Answer", marta.page.locator("#messages")).last.click()
    await expect(marta.form).to_be_visible()
    found["form"] = await violations(marta.page)
    await marta.page.keyboard.press("Escape")
    await expect(marta.form).to_have_count(0)
    assert [f"{place}: {each}" for place, lines in found.items() for each in lines] == []


SHOWN = {"@bot": "#messages .message", "home": "#home-view .block", "time": "#coming li", "log": "#log li"}


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
    with running() as started:
        yield started


@every_look
@every_size
async def test_every_kind_of_input_has_its_name_and_its_error(
    sandbox: Running, visit: Visit, look: str, size: tuple[int, int]
) -> None:
    app = triggering(sandbox)
    wrong = {kind: f"Not this {kind}." for kind in INPUTS}
    app.view("form")(_refusing(wrong))
    async with over_socket(app), Slackside(sandbox.url) as slack:
        ana = await visit(sandbox.url, ANA, GENERAL, size=size, color_scheme=look)
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


@every_look
async def test_the_notice_of_a_sleeping_app_can_be_read(sandbox: Running, visit: Visit, look: str) -> None:
    ana = await visit(sandbox.url, ANA, GENERAL, color_scheme=look)
    await expect(ana.page.locator("#asleep")).to_be_visible()
    await ana.says("/nobody knows")
    await expect(ana.page.get_by_role("alert")).not_to_be_empty()
    await ana.page.get_by_role("button", name="Set a status").click()
    assert await violations(ana.page) == []
