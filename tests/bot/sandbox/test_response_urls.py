"""response_url: five uses, half an hour, replacing and deleting, never from ephemeral to public."""

from typing import Any

import aiohttp
import pytest
from slack_bolt.async_app import AsyncAck

from bot.sandbox.server import Running
from tests.bot.sandbox.workspaces import ANA, BO, GENERAL, OTHER, Keeping, actions, bolt, button, over_socket
from tests.slackside import Person, Refused, Slackside

Json = dict[str, Any]


@pytest.fixture
def app(sandbox: Running) -> Keeping:
    return Keeping(sandbox)


async def command_url(app: Keeping, person: Person, channel: str = GENERAL) -> str:
    await person.types("/standup", channel)
    return app.urls.pop()


async def press_url(app: Keeping, person: Person) -> str:
    await person.presses((await person.sees(GENERAL))[-1], "Go")
    return app.urls.pop()


async def test_an_answer_is_ephemeral_unless_in_channel_is_asked_for(
    app: Keeping, slack: Slackside, ana: Person
) -> None:
    async with over_socket(app):
        url = await command_url(app, ana)
        await _sends(url, {"text": "for you"})
        await _sends(url, {"text": "for all", "response_type": "in_channel"})
    assert [(m.text, m.ephemeral) for m in await ana.sees(GENERAL)] == [("for you", True), ("for all", False)]
    assert [m.text for m in await slack.as_person(BO).sees(GENERAL)] == ["for all"]


async def test_it_reaches_channels_that_the_app_is_not_in(app: Keeping, ana: Person) -> None:
    async with over_socket(app):
        await _sends(await command_url(app, ana, OTHER), {"text": "all of you", "response_type": "in_channel"})
    assert [message.text for message in await ana.sees(OTHER)] == ["all of you"]


async def test_it_is_used_up_after_five_times(app: Keeping, ana: Person) -> None:
    async with over_socket(app):
        url = await command_url(app, ana)
        statuses = [(await _sends(url, {"text": str(number)}))[0] for number in range(6)]
        assert await _sends(url.replace("/commands/", "/actions/"), {"text": "x"}) == (404, "expired_url")
    assert statuses == [200] * 5 + [404]


async def test_it_ends_after_half_an_hour(sandbox: Running, app: Keeping, ana: Person) -> None:
    async with over_socket(app):
        url = await command_url(app, ana)
        sandbox.workspace.tickets.responses[url.removeprefix(sandbox.url)].expires -= 1800
        assert await _sends(url, {"text": "late"}) == (404, "expired_url")


async def test_it_replaces_and_deletes_the_message_it_came_from(app: Keeping, ana: Person) -> None:
    async with over_socket(app):
        await app.client.chat_postMessage(channel=GENERAL, text="x", blocks=actions(button()))
        url = await press_url(app, ana)
        await _sends(url, {"text": "replaced", "replace_original": True})
        assert [(m.text, m.buttons) for m in await ana.sees(GENERAL)] == [("replaced", ())]
        await _sends(url, {"delete_original": True})
        assert await ana.sees(GENERAL) == []


async def test_an_ephemeral_message_is_replaced_but_never_made_public(
    app: Keeping, slack: Slackside, ana: Person
) -> None:
    async with over_socket(app):
        await app.client.chat_postEphemeral(channel=GENERAL, user=ANA, text="x", blocks=actions(button()))
        url = await press_url(app, ana)
        await _sends(url, {"text": "shh", "replace_original": True, "response_type": "in_channel"})
        assert [(m.text, m.ephemeral) for m in await ana.sees(GENERAL)] == [("shh", True)]
        assert await slack.as_person(BO).sees(GENERAL) == []
        await _sends(url, {"delete_original": True})
        assert await ana.sees(GENERAL) == []


async def test_an_ephemeral_message_is_not_in_its_own_payload(app: Keeping, slack: Slackside, ana: Person) -> None:
    async with over_socket(app):
        await app.client.chat_postEphemeral(channel=GENERAL, user=ANA, text="x", blocks=actions(button()))
        await press_url(app, ana)
    payload = next(entry["request"] for entry in await slack.log() if entry["direction"] == "interaction")
    assert payload["container"]["is_ephemeral"]
    assert "message" not in payload


async def test_it_answers_in_a_thread_when_told_which(app: Keeping, ana: Person) -> None:
    async with over_socket(app):
        root = await ana.says(GENERAL, "root")
        body = {"text": "below", "response_type": "in_channel", "thread_ts": root, "replace_original": False}
        await _sends(await command_url(app, ana), body)
    assert [message.text for message in await ana.sees(GENERAL, root)] == ["root", "below"]


async def test_a_bad_message_is_refused(app: Keeping, ana: Person) -> None:
    async with over_socket(app):
        url = await command_url(app, ana)
        assert await _sends(url, {}) == (400, "no_text")
        assert await _sends(url, {"text": "x", "blocks": [{"type": "rubbish"}]}) == (400, "invalid_blocks")


async def test_raw_and_escaped_commands_carry_what_was_typed(sandbox: Running, slack: Slackside, ana: Person) -> None:
    app = bolt(sandbox)
    texts: list[Json] = []

    @app.command("/standup")
    @app.command("/raw")
    async def note(ack: AsyncAck, command: Json) -> None:
        await ack()
        texts.append(command)

    async with over_socket(app):
        for line in ("/standup @bo #other <!channel>", "/raw @bo #other <!channel>"):
            await ana.types(line, GENERAL)
        await ana.types("/raw", "@bot")
        with pytest.raises(Refused, match="not a valid command"):
            await ana.types("/missing", GENERAL)
    assert texts[0]["text"] == "<@U0BO> <#C0OTHER|other> <!channel>"
    assert texts[1]["text"] == "@bo #other <!channel>"
    assert (texts[0]["channel_name"], texts[2]["channel_name"]) == ("general", "directmessage")


async def _sends(url: str, body: Json) -> tuple[int, str]:
    """Status, and the error if any."""
    async with aiohttp.ClientSession() as session, session.post(url, json=body) as response:
        said = await response.json() if response.content_type == "application/json" else {}
        return response.status, said.get("error", "")
