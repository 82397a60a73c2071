"""Trouble on request, and Slack's rates with Retry-After."""

import asyncio
import time
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.builtin_async_handlers import AsyncConnectionErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.server import Running
from tests.bot.sandbox.workspaces import (
    ANA,
    APP_TOKEN,
    BO,
    BOT_TOKEN,
    GENERAL,
    PRIVATE,
    client,
    error_of,
    running,
    seed,
)
from tests.slackside import Person, Refused, Slackside

Json = dict[str, Any]


async def post(web: AsyncWebClient, text: str = "x", channel: str = GENERAL) -> Any:
    return await web.chat_postMessage(channel=channel, text=text)


async def texts(person: Person) -> list[str]:
    return [message.text for message in await person.sees(GENERAL)]


@pytest.mark.parametrize(("kind", "kept"), [("500", []), ("500_after_commit", ["x"])])
async def test_a_500_may_hide_a_message_that_was_posted(
    sandbox: Running, slack: Slackside, ana: Person, kind: str, kept: list[str]
) -> None:
    await slack.faults(method="chat.postMessage", kind=kind)
    with pytest.raises(SlackApiError) as raised:
        await post(client(sandbox))
    assert raised.value.response.status_code == 500
    assert await texts(ana) == kept
    assert (await post(client(sandbox)))["ok"]


@pytest.mark.parametrize(("kind", "kept"), [("timeout", []), ("timeout_after_commit", ["x"])])
async def test_a_timeout_may_hide_a_message_that_was_posted(
    sandbox: Running, slack: Slackside, ana: Person, kind: str, kept: list[str]
) -> None:
    await slack.faults(method="chat.postMessage", kind=kind)
    web = AsyncWebClient(token=BOT_TOKEN, base_url=f"{sandbox.url}/api/", timeout=1, retry_handlers=[])
    with pytest.raises(asyncio.TimeoutError):
        await post(web)
    assert await texts(ana) == kept


@pytest.mark.parametrize(("kind", "kept"), [("reset", []), ("reset_after_commit", ["x"])])
async def test_a_reset_may_hide_a_message_that_was_posted(
    sandbox: Running, slack: Slackside, ana: Person, kind: str, kept: list[str]
) -> None:
    await slack.faults(method="chat.postMessage", kind=kind)
    with pytest.raises(aiohttp.ClientConnectionError):
        await post(client(sandbox))
    assert await texts(ana) == kept


async def test_the_sdks_default_retry_doubles_a_message_after_a_reset(
    sandbox: Running, slack: Slackside, ana: Person
) -> None:
    await slack.faults(method="chat.postMessage", kind="reset_after_commit")
    handlers: list[AsyncRetryHandler] = [AsyncConnectionErrorRetryHandler()]
    await post(AsyncWebClient(token=BOT_TOKEN, base_url=f"{sandbox.url}/api/", retry_handlers=handlers))
    assert await texts(ana) == ["x", "x"]


async def test_a_slow_answer_still_comes(sandbox: Running, slack: Slackside, ana: Person) -> None:
    await slack.faults(method="chat.postMessage", kind="slow", seconds=0.2)
    began = time.monotonic()
    await post(client(sandbox))
    assert time.monotonic() - began >= 0.2
    assert await texts(ana) == ["x"]


async def test_faults_hit_as_often_and_where_they_were_meant_to(sandbox: Running, slack: Slackside) -> None:
    web = client(sandbox)
    await slack.faults(method="chat.postMessage", kind="error:fatal_error", after=1, count=2, channel=GENERAL)
    await post(web)
    await post(web, channel=PRIVATE)
    assert await error_of(post(web)) == "fatal_error"
    assert await error_of(post(web)) == "fatal_error"
    await post(web)
    assert (await slack.counts("chat.postMessage")) == {"ok": 3, "429": 0, "fatal_error": 2}


async def test_an_injected_429_says_when_to_come_back(sandbox: Running, slack: Slackside) -> None:
    await slack.faults(method="chat.postMessage", kind="429", seconds=7)
    with pytest.raises(SlackApiError) as raised:
        await post(client(sandbox))
    assert (raised.value.response.status_code, raised.value.response.headers["Retry-After"]) == (429, "7")
    assert (await slack.counts("chat.postMessage"))["429"] == 1


async def test_cleared_faults_are_gone_and_unknown_ones_refused(sandbox: Running, slack: Slackside) -> None:
    await slack.faults(method="*", kind="500", count=100)
    await slack.clear_faults()
    assert (await post(client(sandbox)))["ok"]
    with pytest.raises(Refused, match="No fault of kind"):
        await slack.faults(method="*", kind="earthquake")


async def test_a_slack_that_is_down_answers_503_and_takes_no_sockets(sandbox: Running, slack: Slackside) -> None:
    url = str((await client(sandbox).apps_connections_open(app_token=APP_TOKEN))["url"])
    await slack.faults(down=True)
    with pytest.raises(SlackApiError) as raised:
        await post(client(sandbox))
    assert raised.value.response.status_code == 503
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(url)
    await slack.faults(down=False)
    assert (await post(client(sandbox)))["ok"]


async def test_a_channel_takes_a_burst_of_five_then_one_a_second(sandbox: Running) -> None:
    web = client(sandbox)
    for _ in range(5):
        await post(web)
    with pytest.raises(SlackApiError) as raised:
        await post(web)
    response = raised.value.response
    assert (response["error"], response.status_code, response.headers["Retry-After"]) == ("ratelimited", 429, "1")
    assert (await post(web, channel=PRIVATE))["ok"]
    assert (await post(web, channel=ANA))["ok"]


async def test_the_workspace_takes_its_rate_with_a_tenth_of_it_as_burst() -> None:
    limits = {"post_per_minute": 30, "post_per_channel_per_second": 1000, "channel_burst": 1000}
    with running(seed(limits=limits)) as sandbox:
        web = client(sandbox)
        for channel in (GENERAL, PRIVATE, ANA):
            await post(web, channel=channel)
        with pytest.raises(SlackApiError) as raised:
            await post(web, channel=BO)
    assert raised.value.response.headers["Retry-After"] == "2"


async def test_tiers_are_per_method_and_can_be_switched_off(sandbox: Running, slack: Slackside) -> None:
    web = client(sandbox)
    for _ in range(20):
        await web.users_list()
    with pytest.raises(SlackApiError) as raised:
        await web.users_list()
    assert 55 <= int(raised.value.response.headers["Retry-After"]) <= 60
    assert (await web.conversations_list())["ok"]
    await slack.limits(enforce=False)
    assert (await web.users_list())["ok"]


async def test_the_wire_log_and_its_counts_tell_what_happened(sandbox: Running, slack: Slackside) -> None:
    await post(client(sandbox), "logged")
    await slack.faults(method="chat.postMessage", kind="429")
    await error_of(post(client(sandbox)))
    entries = [entry for entry in await slack.log() if entry["direction"] == "api"]
    assert [(one["method"], one["ok"], one["limit"]) for one in entries] == [
        ("chat.postMessage", True, ""), ("chat.postMessage", False, "one that was asked for"),
    ]  # fmt: skip
    assert entries[0]["request"]["text"] == "logged"
    assert "token" not in entries[0]["request"]
    assert all(entry["n"] > entries[-1]["n"] for entry in await slack.log(since=entries[-1]["n"]))
    assert await slack.counts("chat.postMessage") == {"ok": 1, "429": 1}


async def test_a_workspace_may_be_without_some_kinds_of_blocks(sandbox: Running, slack: Slackside, ana: Person) -> None:
    web, rows = client(sandbox), [{"type": "table", "rows": [[{"type": "raw_text", "text": "a"}]]}]
    assert (await slack.faults(without=["table", "data_visualization"]))["without"] == ["table", "data_visualization"]
    with pytest.raises(SlackApiError) as raised:
        await web.chat_postMessage(channel=GENERAL, text="x", blocks=rows)
    assert raised.value.response["error"] == "invalid_blocks"
    assert raised.value.response["errors"] == ["unsupported type: table [json-pointer:/blocks/0/type]"]
    ts = (await post(web, "words"))["ts"]
    assert await error_of(web.chat_update(channel=GENERAL, ts=ts, text="x", blocks=rows)) == "invalid_blocks"
    await slack.faults(without=[])
    await web.chat_update(channel=GENERAL, ts=ts, text="y", blocks=rows)
    assert await texts(ana) == ["y"]


async def test_only_kinds_of_blocks_that_there_are_can_be_missing(slack: Slackside) -> None:
    for given in (["tables"], "table"):
        with pytest.raises(Refused, match="A list of kinds of blocks, please"):
            await slack.faults(without=given)
