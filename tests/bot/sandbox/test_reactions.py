"""Reactions: an app's own, people's, and what each app hears of them."""

from typing import Any

import pytest

from bot.sandbox.server import Running
from tests.bot.sandbox.workspaces import (
    ANA,
    APP,
    BO,
    BOT,
    GENERAL,
    HIDDEN,
    OLD,
    OTHER,
    SCOPES,
    client,
    error_of,
    hearing,
    manifest,
    over_socket,
    running,
    seed,
)
from tests.slackside import Person, Refused, Slackside

Json = dict[str, Any]


async def test_reactions_are_added_once_and_by_known_names(sandbox: Running, ana: Person) -> None:
    web = client(sandbox)
    ts = await ana.says(GENERAL, "react to me")
    await web.reactions_add(channel=GENERAL, timestamp=ts, name="eyes")
    assert await error_of(web.reactions_add(channel=GENERAL, timestamp=ts, name="eyes")) == "already_reacted"
    assert await error_of(web.reactions_add(channel=GENERAL, timestamp=ts, name="no_such_thing")) == "invalid_name"
    assert await error_of(web.reactions_remove(channel=GENERAL, timestamp=ts, name="tada")) == "no_reaction"
    await ana.reacts((await ana.sees(GENERAL))[0], "eyes")
    found = (await web.reactions_get(channel=GENERAL, timestamp=ts))["message"]["reactions"]
    assert found == [{"name": "eyes", "users": [BOT, ANA], "count": 2}]


@pytest.mark.parametrize(
    ("channel", "error"),
    [(GENERAL, "message_not_found"), (OTHER, "not_in_channel"), (HIDDEN, "channel_not_found"), (OLD, "is_archived")],
)
async def test_an_app_reacts_only_where_it_is_and_to_what_is_there(
    sandbox: Running, ana: Person, channel: str, error: str
) -> None:
    web = client(sandbox)
    assert await error_of(web.reactions_add(channel=channel, timestamp="1.000001", name="eyes")) == error
    assert await error_of(web.reactions_remove(channel=channel, timestamp="1.000001", name="eyes")) == error


async def test_reacting_takes_a_scope_of_its_own() -> None:
    with running(seed(manifest(scopes=[scope for scope in SCOPES if scope != "reactions:write"]))) as sandbox:
        refused = client(sandbox).reactions_add(channel=GENERAL, timestamp="1.000001", name="eyes")
        assert await error_of(refused) == "missing_scope"


async def test_a_persons_reaction_is_told_with_its_message_and_the_apps_own_is_not_heard(
    sandbox: Running, slack: Slackside, ana: Person
) -> None:
    app, heard = hearing(sandbox, "reaction_added", "reaction_removed")
    app.event("message")(_nothing)
    async with over_socket(app):
        ts = await ana.says(GENERAL, "what is churn?")
        await app.client.reactions_add(channel=GENERAL, timestamp=ts, name="books")
        [message] = await ana.sees(GENERAL)
        bo = slack.as_person(BO)
        await bo.reacts(message, "books")
        await bo.unreacts(message, "books")
        await app.client.reactions_remove(channel=GENERAL, timestamp=ts, name="books")
        told = await slack.eventually(lambda: _told(slack, 4))
    assert sorted((event["type"], event["user"]) for event in told) == [
        ("reaction_added", BO), ("reaction_added", BOT), ("reaction_removed", BO), ("reaction_removed", BOT),
    ]  # fmt: skip
    assert sorted(event["type"] for event in heard) == ["reaction_added", "reaction_removed"]
    item = {"type": "message", "channel": GENERAL, "ts": ts}
    assert all((event["user"], event["item"], event["item_user"]) == (BO, item, ANA) for event in heard)
    assert all(event["reaction"] == "books" for event in heard)
    assert (await ana.sees(GENERAL))[0].raw.get("reactions") is None


async def test_a_reaction_to_what_the_app_said_names_it_as_the_author(
    sandbox: Running, slack: Slackside, ana: Person
) -> None:
    app, heard = hearing(sandbox, "reaction_added")
    async with over_socket(app):
        posted = await app.client.chat_postMessage(channel=ANA, text="Is this right?")
        await ana.reacts((await ana.dm())[0], "white_check_mark")
        await slack.eventually(lambda: heard)
    assert (heard[0]["item_user"], heard[0]["item"]["channel"]) == (BOT, posted["channel"])


async def test_reactions_where_the_app_is_not_stay_unknown_to_it(
    sandbox: Running, slack: Slackside, ana: Person
) -> None:
    app, heard = hearing(sandbox, "reaction_added")
    app.event("message")(_nothing)
    async with over_socket(app):
        for channel in (OTHER, GENERAL):
            await ana.says(channel, "hello")
            await ana.reacts((await ana.sees(channel))[0], "wave")
        await slack.eventually(lambda: heard)
        assert [event["item"]["channel"] for event in await _told(slack, 1)] == [GENERAL]


@pytest.mark.parametrize(("scopes", "events"), [("reactions:read", ""), ("", "reaction_added")])
async def test_reactions_are_told_only_to_apps_with_the_scope_and_the_subscription(scopes: str, events: str) -> None:
    given = manifest(scopes=[scope for scope in SCOPES if scope != scopes])
    subscribed = given["settings"]["event_subscriptions"]["bot_events"]
    given["settings"]["event_subscriptions"]["bot_events"] = [event for event in subscribed if event != events]
    with running(seed(given)) as sandbox:
        app, heard = hearing(sandbox, "reaction_added", "message")
        async with over_socket(app), Slackside(sandbox.url) as side:
            ana = side.as_person(ANA)
            first = await ana.says(GENERAL, "hello")
            await ana.reacts((await ana.sees(GENERAL))[0], "wave")
            last = await ana.says(GENERAL, "bye")
            await side.eventually(lambda: len(heard) == 2)
            assert [entry["app_id"] for entry in (await side.state(ANA))["apps"]] == [APP]
        assert {event["ts"] for event in heard} == {first, last}


async def test_a_person_reacts_once_and_not_to_what_only_she_sees(sandbox: Running, ana: Person) -> None:
    await ana.says(GENERAL, "hello")
    [message] = await ana.sees(GENERAL)
    await ana.reacts(message, "wave")
    with pytest.raises(Refused, match="already as you want it"):
        await ana.reacts(message, "wave")
    await client(sandbox).chat_postEphemeral(channel=GENERAL, user=ANA, text="only you")
    with pytest.raises(Refused, match="cannot react"):
        await ana.reacts((await ana.sees(GENERAL))[1], "wave")


async def _told(slack: Slackside, number: int) -> list[Json]:
    """The reactions that were delivered and acknowledged, once there are as many."""
    found = [entry for entry in await slack.log() if entry["direction"] == "event" and entry["ok"]]
    events = [entry["request"]["event"] for entry in found if entry["type"].startswith("reaction")]
    return events if len(events) >= number else []


async def _nothing(event: Json) -> None:
    assert event["type"] == "message"
