"""Commands and shortcuts: what reaches the app, also from conversations that it is not in, and how it answers."""

from typing import Any

import aiohttp
import pytest
from slack_bolt.async_app import AsyncAck, AsyncRespond

from bot.sandbox.server import Running
from tests.bot.sandbox.workspaces import (
    ANA,
    BO,
    GENERAL,
    HIDDEN,
    OTHER,
    PRIVATE,
    Keeping,
    client,
    error_of,
    modal,
    over_socket,
)
from tests.slackside import Person, Refused, Slackside

Json = dict[str, Any]

PLACES = [(GENERAL, "general"), (OTHER, "other"), (PRIVATE, "privategroup"), ("@bot", "directmessage")]


@pytest.fixture
def app(sandbox: Running) -> Keeping:
    return Keeping(sandbox)


def keeping(app: Keeping) -> list[Json]:
    """The message shortcuts that reach the app."""
    kept: list[Json] = []

    @app.message_shortcut("keep")
    async def keep(ack: AsyncAck, body: Json) -> None:
        await ack()
        kept.append(body)

    return kept


async def test_shortcuts_reach_the_app_with_their_message(sandbox: Running, app: Keeping, ana: Person) -> None:
    kept: list[Json] = []

    @app.message_shortcut("keep")
    async def keep(ack: AsyncAck, body: Json) -> None:
        await ack()
        kept.append(body)

    async with over_socket(app):
        await ana.says(GENERAL, "worth keeping")
        await ana.shortcut("keep", (await ana.sees(GENERAL))[0])
        await ana.shortcut("start")
        await app.client.views_open(trigger_id=app.triggers.pop(), view=modal())
        with pytest.raises(Refused, match="not a global shortcut"):
            await ana.shortcut("keep")
    assert (kept[0]["message"]["text"], kept[0]["channel"]["id"]) == ("worth keeping", GENERAL)
    assert await ana.view() is not None


@pytest.mark.parametrize(("channel", "name"), PLACES)
async def test_a_shortcut_carries_its_message_from_wherever_the_person_sees_it(
    app: Keeping, ana: Person, channel: str, name: str
) -> None:
    kept = keeping(app)
    async with over_socket(app):
        root = await ana.says(channel, "what is *churn*?")
        reply = await ana.says(channel, "customers who leave", thread_ts=root)
        for message in await ana.sees(channel, root):
            await ana.shortcut("keep", message)
        await app.client.views_open(trigger_id=kept[0]["trigger_id"], view=modal())
        assert await ana.view() is not None
    first, second = kept
    assert [body["message"]["ts"] for body in kept] == [root, reply]
    assert (first["type"], first["callback_id"], first["message_ts"]) == ("message_action", "keep", root)
    assert (first["message"]["text"], first["message"]["user"]) == ("what is *churn*?", ANA)
    assert first["message"]["blocks"][0]["type"] == "rich_text"
    assert (second["message"]["thread_ts"], second["channel"]["name"]) == (root, name)


async def test_a_shortcut_is_answered_where_the_app_may_not_post(app: Keeping, slack: Slackside) -> None:
    bo = slack.as_person(BO)

    @app.message_shortcut("keep")
    async def keep(ack: AsyncAck, respond: AsyncRespond) -> None:
        await ack()
        await respond(text="Kept, for you alone.")

    async with over_socket(app):
        await bo.says(HIDDEN, "a secret")
        await bo.shortcut("keep", (await bo.sees(HIDDEN))[0])
        answered = await slack.eventually(lambda: _ephemeral(bo, HIDDEN))
        assert await error_of(app.client.chat_postMessage(channel=HIDDEN, text="x")) == "channel_not_found"
    assert answered == ["Kept, for you alone."]


async def test_what_only_one_person_sees_has_no_shortcuts(app: Keeping, ana: Person) -> None:
    async with over_socket(app):
        await app.client.chat_postEphemeral(channel=GENERAL, user=ANA, text="only you")
        with pytest.raises(Refused, match="has no shortcuts"):
            await ana.shortcut("keep", (await ana.sees(GENERAL))[0])


@pytest.mark.parametrize(("channel", "name"), PLACES)
async def test_a_command_says_where_it_was_typed(app: Keeping, ana: Person, channel: str, name: str) -> None:
    typed: list[Json] = []

    @app.command("/raw")
    async def note(ack: AsyncAck, command: Json) -> None:
        await ack()
        typed.append(command)

    async with over_socket(app):
        await ana.types("/raw churn rate", channel)
    [command] = typed
    assert (command["command"], command["text"], command["user_id"]) == ("/raw", "churn rate", ANA)
    assert command["channel_name"] == name
    kinds = {one["id"]: one["kind"] for one in (await ana.slack.state(ANA))["channels"]}
    typed_in = command["channel_id"]
    assert kinds[typed_in] == "im" if channel == "@bot" else typed_in == channel


async def test_a_command_in_a_private_channel_without_the_app_is_answered_five_times(
    sandbox: Running, app: Keeping, slack: Slackside
) -> None:
    bo = slack.as_person(BO)
    urls: list[str] = []

    @app.command("/raw")
    async def note(ack: AsyncAck, command: Json) -> None:
        await ack("At once.")
        urls.append(command["response_url"])

    async with over_socket(app):
        await bo.types("/raw", HIDDEN)
        async with aiohttp.ClientSession() as session:
            statuses = []
            for number in range(6):
                kind = "in_channel" if number == 4 else "ephemeral"
                async with session.post(urls[0], json={"text": str(number), "response_type": kind}) as response:
                    statuses.append(response.status)
    assert statuses == [200, 200, 200, 200, 200, 404]
    seen = [(message.text, message.ephemeral) for message in await bo.sees(HIDDEN)]
    assert seen == [("At once.", True), ("0", True), ("1", True), ("2", True), ("3", True), ("4", False)]
    assert await error_of(client(sandbox).conversations_history(channel=HIDDEN)) == "channel_not_found"


async def _ephemeral(person: Person, channel: str) -> list[str]:
    return [message.text for message in await person.sees(channel) if message.ephemeral]
