"""A second try after a broken connection, or a Slack that is unwell: what others read is never said twice by it."""

from collections.abc import AsyncIterator

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.request import HttpRequest
from slack_sdk.http_retry.state import RetryState
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack import blocks, clients
from tests.bot.sandbox.workspaces import ANA, BOT_TOKEN, GENERAL, free_socket
from tests.slackside import Slackside

HOME = blocks.home([blocks.section("Good morning")])
BROKEN = pytest.mark.parametrize("kind", ["reset", "reset_after_commit", "500", "500_after_commit"])


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with clients.session() as opened:
        yield opened


@pytest.fixture
def asking(slack: Slackside, session: aiohttp.ClientSession) -> AsyncWebClient:
    return clients.asking(BOT_TOKEN, f"{slack.url}/api/", session)


@BROKEN
async def test_home_is_shown_though_the_connection_broke(asking: AsyncWebClient, slack: Slackside, kind: str) -> None:
    await slack.faults(method="views.publish", kind=kind, count=2)
    await asking.views_publish(user_id=ANA, view=HOME)
    shown = await slack.as_person(ANA).home()
    assert shown
    assert shown.plain == "Good morning"


@BROKEN
async def test_what_one_person_sees_is_said_again(asking: AsyncWebClient, slack: Slackside, kind: str) -> None:
    await slack.faults(method="chat.postEphemeral", kind=kind)
    await asking.chat_postEphemeral(channel=GENERAL, user=ANA, text="Taken as your update")
    assert {message.text for message in await slack.as_person(ANA).sees(GENERAL)} == {"Taken as your update"}


@pytest.mark.parametrize(
    ("kind", "kept"), [("reset", []), ("reset_after_commit", ["Hello"]), ("500", []), ("500_after_commit", ["Hello"])]
)
async def test_what_all_read_is_said_once_at_most(
    asking: AsyncWebClient, slack: Slackside, kind: str, kept: list[str]
) -> None:
    await slack.faults(method="chat.postMessage", kind=kind)
    with pytest.raises((aiohttp.ClientConnectionError, SlackApiError)):
        await asking.chat_postMessage(channel=GENERAL, text="Hello")
    assert [message.text for message in await slack.as_person(ANA).sees(GENERAL)] == kept


async def test_a_message_that_never_left_may_be_tried_again(
    asking: AsyncWebClient, session: aiohttp.ClientSession
) -> None:
    listening, address = free_socket()
    listening.close()
    with pytest.raises(aiohttp.ClientConnectorError) as refused:
        await session.post(address)
    post = HttpRequest(method="POST", url=f"{asking.base_url}chat.postMessage", headers={})
    handler = asking.retry_handlers[-1]
    assert await handler.can_retry_async(state=RetryState(), request=post, error=refused.value)
    assert not await handler.can_retry_async(state=RetryState(), request=post, error=aiohttp.ServerDisconnectedError())


async def test_nobody_waits_twice_for_a_slack_that_does_not_answer(asking: AsyncWebClient) -> None:
    ask = HttpRequest(method="POST", url=f"{asking.base_url}views.publish", headers={})
    for silent in (aiohttp.SocketTimeoutError(), aiohttp.ConnectionTimeoutError(), TimeoutError()):
        assert not await asking.retry_handlers[-1].can_retry_async(state=RetryState(), request=ask, error=silent)


async def test_a_form_is_opened_though_the_connection_broke(slack: Slackside, session: aiohttp.ClientSession) -> None:
    opening = clients.opening(BOT_TOKEN, f"{slack.url}/api/", session)
    await slack.faults(method="views.open", kind="reset")
    with pytest.raises(SlackApiError, match="invalid_trigger_id"):
        await opening.views_open(trigger_id="1.2", view=blocks.modal("Hello", "x", blocks.long_text("Hello")))
    assert (await slack.counts("views.open"))["invalid_trigger_id"] == 1
