"""Everything that an app can send is seen, and time is seen and moved from wherever one is."""

from collections.abc import Iterator
from typing import Any

import aiohttp
import pytest
from playwright.async_api import Browser, expect
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.server import Running
from tests.bot.sandbox.test_kit import EVERY_BLOCK
from tests.bot.sandbox.workspaces import ANA, BOT, BOT_TOKEN, GENERAL, client, running, seed
from tests.browser.axe import violations
from tests.browser.visitors import NARROW, Visit, visiting

pytestmark = pytest.mark.asyncio(loop_scope="session")

UNKNOWN = {"type": "hologram", "depth": {"of": "field"}}
COMING: list[dict[str, Any]] = [
    {"at": 1795428000, "what": "Stand-up opens"},
    {"at": 1795514400, "what": "Stand-up closes"},
]


@pytest.fixture
def sandbox() -> Iterator[Running]:
    with running() as started:
        yield started


async def test_every_kind_of_block_is_drawn_and_one_that_is_not_known_as_its_json(browser: Browser) -> None:
    said = [{"channel": GENERAL, "user": BOT, "text": f"Block {nth}.", "blocks": [block]} for nth, block in _numbered()]
    with running(
        seed(messages=[*said, {"channel": GENERAL, "user": BOT, "text": "Last", "blocks": [UNKNOWN]}])
    ) as here:
        async with visiting(browser) as visit:
            ana = await visit(here.url, ANA, GENERAL, size=NARROW)
            blocks = ana.page.locator("#messages .content > .block")
            await expect(blocks).to_have_count(len(BLOCKS) + 1)
            await expect(blocks.get_by_text("could not be drawn")).to_have_count(0)
            unknown = blocks.filter(has_text="Block of type")
            await expect(unknown).to_have_count(1)
            await expect(unknown).to_contain_text('"depth": { "of": "field" }')
            for each in await blocks.all():
                box = await each.bounding_box()
                assert box is not None
                assert box["height"] > 0, await each.inner_html()
            assert await ana.overflows() <= 0
            assert await violations(ana.page) == []


# The picture of a file that is not in this workspace could not be shown.
BLOCKS = [block for block in EVERY_BLOCK if "slack_file" not in block]


def _numbered() -> Iterator[tuple[int, dict[str, Any]]]:
    """Each block under an id of its own."""
    for nth, block in enumerate(BLOCKS):
        yield nth, {**block, "block_id": f"block-{nth}"}


async def test_the_time_bar_shows_what_comes_moves_there_plays_and_stops(sandbox: Running, visit: Visit) -> None:
    ana = await visit(sandbox.url, ANA, "time")
    clock, bar, coming = (
        ana.page.locator("#now"),
        ana.page.get_by_role("group", name="Move time"),
        ana.page.locator("#coming li"),
    )
    await expect(clock).to_have_text("Mon 23 Nov, 07:00")
    await expect(ana.page.get_by_text("Nothing is planned")).to_be_visible()
    await expect(ana.button("Next event", bar)).to_be_disabled()

    await _planned(sandbox)
    await expect(coming).to_contain_text(
        ["Mon 23 Nov, 10:00 Stand-up opens in 3 hours", "Tue 24 Nov, 10:00 Stand-up closes"]
    )
    await ana.button("Next event", bar).click()
    await expect(clock).to_have_text("Mon 23 Nov, 10:00")
    await expect(coming).to_contain_text(["Tue 24 Nov, 10:00 Stand-up closes"])
    await coming.get_by_role("button").click()
    await expect(clock).to_have_text("Tue 24 Nov, 10:00")
    await expect(coming).to_have_count(0)
    await bar.get_by_role("button", name="Jump to Mon 30 Nov, 09:00").click()
    await expect(clock).to_have_text("Mon 30 Nov, 09:00")

    await ana.follows("general")
    await bar.get_by_label("How fast time runs").select_option(label="6 h/s")
    await ana.button("Play", bar).click()
    await expect(clock).not_to_contain_text("Mon 30 Nov")
    await ana.button("Pause", bar).click()
    await expect(ana.button("Play", bar)).to_be_visible()


async def test_the_wire_log_shows_errors_in_red_and_the_limit_that_was_met(sandbox: Running, visit: Visit) -> None:
    ana = await visit(sandbox.url, ANA, "log")
    app = client(sandbox)
    await app.auth_test()
    sandbox.workspace.limits.change({"channel_burst": 1})
    await app.chat_postMessage(channel=GENERAL, text="One")
    with pytest.raises(SlackApiError):
        await app.chat_postMessage(channel="C0NOWHERE", text="Two")
    with pytest.raises(SlackApiError):
        await _posts_until_refused(app)
    failed = ana.page.locator("#log .failed", has_text="chat.postMessage")
    await expect(failed).to_have_count(2)
    await expect(failed.first).to_contain_text("error: ratelimited")
    await expect(failed.first).to_contain_text("the limit is about 1 message a second in one channel")
    await expect(failed.last).to_contain_text("error: channel_not_found")
    went_well = ana.page.locator("#log li", has_text="auth.test")
    await expect(went_well).to_have_count(1)
    await ana.page.get_by_label("Errors only").check()
    await expect(went_well).to_have_count(0)
    await expect(failed).to_have_count(2)
    await ana.page.get_by_label("Find").fill("channel_not_found")
    await expect(ana.page.locator("#log li")).to_have_count(1)
    await failed.locator("summary").click()
    await expect(failed).to_contain_text("C0NOWHERE")
    assert await violations(ana.page) == []


async def _posts_until_refused(app: AsyncWebClient) -> None:
    """A machine that is busy may at first be too slow to meet a limit."""
    while True:
        await app.chat_postMessage(channel=GENERAL, text="Two")


async def _planned(sandbox: Running) -> None:
    """As an app tells the sandbox what it is going to do."""
    bearer = {"Authorization": f"Bearer {BOT_TOKEN}"}
    async with aiohttp.ClientSession(headers=bearer) as bot, bot.post(f"{sandbox.url}{PLAN}", json=NEXT) as response:
        assert response.status == 200


PLAN, NEXT = "/control/clock/schedule", {"next": COMING}


async def test_how_many_are_unread_stands_on_one_line(browser: Browser) -> None:
    with running(seed(limits={"enforce": False})) as here:
        async with visiting(browser) as visit:
            ana = await visit(here.url, ANA, "time")
            for nth in range(12):
                await client(here).chat_postMessage(channel=GENERAL, text=f"Message {nth}.")
            badge = ana.page.get_by_label("12 unread")
            await expect(badge).to_be_visible()
            # However long the name beside it is.
            name = badge.locator("xpath=preceding-sibling::span[1]")
            await name.evaluate("it => { it.textContent = 'x'.repeat(60) }")
            letters = await badge.evaluate("it => it.clientHeight / parseFloat(getComputedStyle(it).fontSize)")
            assert letters < 2.5


LINES = "First line\nSecond line"
IN_LINES: list[dict[str, Any]] = [
    {"type": "section", "text": {"type": "plain_text", "text": LINES}},
    {"type": "section", "text": {"type": "mrkdwn", "text": LINES}},
    {"type": "context", "elements": [{"type": "plain_text", "text": LINES}]},
    {"type": "context", "elements": [{"type": "mrkdwn", "text": LINES}]},
    {
        "type": "rich_text",
        "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": LINES}]}],
    },
]


async def test_a_line_that_an_app_ends_is_ended_in_every_kind_of_text(browser: Browser) -> None:
    with running(seed(messages=[{"channel": GENERAL, "user": BOT, "text": "Lines", "blocks": IN_LINES}])) as here:
        async with visiting(browser) as visit:
            ana = await visit(here.url, ANA, GENERAL)
            drawn = ana.page.locator("#messages .content > .block")
            await expect(drawn).to_have_count(len(IN_LINES))
            assert await drawn.all_inner_texts() == [LINES] * len(IN_LINES)
