"""The clock that can be moved, what survives a restart, what people and channels go through, news for the page."""

import asyncio
import json
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.sandbox.clock import read_time
from bot.sandbox.server import Running
from tests.bot.sandbox.workspaces import (
    ANA,
    BO,
    BOT,
    BOT_TOKEN,
    GENERAL,
    OTHER,
    PRIVATE,
    bolt,
    client,
    over_socket,
    running,
    seed,
)
from tests.slackside import Person, Refused, Slackside, epoch

Json = dict[str, Any]
START, MONDAY = "2026-11-23T07:00:00+00:00", "2026-11-30T09:00:00+00:00"


async def test_without_a_follower_a_jump_is_done_at_once(slack: Slackside, ana: Person) -> None:
    assert 0 <= await slack.now() - epoch(START) < 5
    await slack.jump(MONDAY)
    assert 0 <= await slack.now() - epoch(MONDAY) < 5
    assert 0 <= float(await ana.says(GENERAL, "a week later")) - epoch(MONDAY) < 5
    assert not (await slack.clock())["running"]


async def test_time_never_goes_back(slack: Slackside) -> None:
    with pytest.raises(Refused, match="Time only moves forward"):
        await slack.jump("2026-11-01T00:00:00+00:00")
    with pytest.raises(ValueError, match="names no offset"):
        read_time("2026-12-01T00:00:00")


async def test_a_follower_steps_the_clock_to_its_target(sandbox: Running, slack: Slackside) -> None:
    async with aiohttp.ClientSession(headers={"Authorization": f"Bearer {BOT_TOKEN}"}) as bot:
        first = await _get(bot, f"{sandbox.url}/control/clock")
        waiting = asyncio.ensure_future(_get(bot, f"{sandbox.url}/control/clock?seen={first['version']}&wait=5"))
        await slack.jump(MONDAY)
        news = await waiting
        assert (news["running"], news["target"]) == (True, epoch(MONDAY))
        assert news["now"] - epoch(START) < 5
        half = epoch("2026-11-25T09:00:00+00:00")
        stepped = await _post(bot, f"{sandbox.url}/control/clock/advance", {"to": half})
        assert 0 <= stepped["now"] - half < 5
        done = await _post(bot, f"{sandbox.url}/control/clock/advance", {"to": epoch(MONDAY) + 9999})
        assert 0 <= done["now"] - epoch(MONDAY) < 5
        await _post(bot, f"{sandbox.url}/control/clock/schedule", {"next": [{"at": half, "what": "Stand-up opens"}]})
    assert (await slack.clock())["next"] == [{"at": half, "what": "Stand-up opens"}]


async def test_only_a_bot_token_steps_the_clock(sandbox: Running) -> None:
    async with aiohttp.ClientSession() as stranger:
        async with stranger.post(f"{sandbox.url}/control/clock/advance", json={"to": 0}) as response:
            assert response.status == 401
        headers = {"Authorization": "Bearer xoxb-nobody"}
        async with stranger.get(f"{sandbox.url}/control/clock", headers=headers) as response:
            assert response.status == 401


async def test_a_foreign_page_cannot_act(sandbox: Running) -> None:
    async with aiohttp.ClientSession(headers={"Origin": "http://evil.test"}) as page:
        body = {"user": ANA, "channel": GENERAL, "text": "x"}
        async with page.post(f"{sandbox.url}/control/act/message", json=body) as response:
            assert response.status == 403


async def test_a_restart_keeps_what_slack_would_keep(tmp_path: Path) -> None:
    data = str(tmp_path / "sandbox.db")
    with running(seed(), data) as sandbox:
        web = client(sandbox)
        async with Slackside(sandbox.url) as slack:
            ana = slack.as_person(ANA)
            root = await ana.says(GENERAL, "root")
            await ana.says(GENERAL, "reply", thread_ts=root)
            await ana.deletes(GENERAL, await ana.says(GENERAL, "gone"))
            await web.chat_postMessage(channel=ANA, text="direct", metadata=_METADATA)
            await web.chat_postEphemeral(channel=GENERAL, user=ANA, text="fleeting")
            await web.views_publish(user_id=ANA, view={"type": "home", "blocks": [{"type": "divider"}]})
            await ana.sets_status(":palm_tree:", "Away")
            await slack.jump(MONDAY)
            before, around = await ana.dm(), await _around(slack)
    with running(seed(), data) as sandbox:
        async with Slackside(sandbox.url) as slack:
            ana = slack.as_person(ANA)
            assert [message.text for message in await ana.sees(GENERAL)] == ["root"]
            assert [message.text for message in await ana.sees(GENERAL, root)] == ["root", "reply"]
            assert await ana.dm() == before
            assert await _around(slack) == around, "everybody and everything where it stood"
            assert (await ana.home()) is not None
            assert await slack.now() >= epoch(MONDAY)
            profile = (await client(sandbox).users_info(user=ANA))["user"]["profile"]
            assert profile["status_emoji"] == ":palm_tree:"
            assert float(await ana.says(GENERAL, "later")) >= epoch(MONDAY)


async def _around(slack: Slackside) -> list[str]:
    """People and channels as she sees them listed."""
    state = await slack.state(ANA)
    return [each["id"] for each in (*state["users"], *state["channels"])]


async def test_a_seed_brings_its_past(tmp_path: Path) -> None:
    past = [
        {"channel": GENERAL, "user": BOT, "text": "Stand-up", "at": "2026-11-16T09:00:00+00:00"},
        {"channel": GENERAL, "user": ANA, "text": "Shipped", "at": "2026-11-16T09:05:00+00:00", "thread_of": 0},
        {"channel": GENERAL, "user": BO, "text": "Earlier", "at": "2026-11-10T09:00:00+00:00"},
    ]
    with running(seed(messages=past)) as sandbox:
        async with Slackside(sandbox.url) as slack:
            shown = await slack.as_person(ANA).sees(GENERAL)
            log = await slack.log()
    assert [(message.text, message.user) for message in shown] == [("Earlier", BO), ("Stand-up", BOT)]
    assert float(shown[1].ts) == epoch("2026-11-16T09:00:00+00:00")
    assert shown[1].raw["reply_count"] == 1
    assert log == []


async def test_a_seed_that_does_not_fit_says_what_is_wrong() -> None:
    with pytest.raises(ValueError, match="U0GHOST"):
        Running.start(seed(channels=[{"id": "C1", "name": "x", "members": ["U0GHOST"]}]))
    with pytest.raises(ValueError, match="A user has no nick"):
        Running.start(seed(users=[{"id": "U1", "nick": "x"}]))


async def test_comings_and_goings_are_told_to_the_app(sandbox: Running, slack: Slackside, ana: Person) -> None:
    heard: list[str] = []
    app = bolt(sandbox)
    for name in _KINDS:
        app.event(name)(_noting(heard, name))
    async with over_socket(app):
        await ana.invites(BOT, OTHER)
        await slack.as_person(BO).joins(OTHER)
        await slack.as_person(BO).leaves(OTHER)
        await slack.act("rename", channel=OTHER, name="elsewhere")
        await slack.act("archive", channel=OTHER, user=ANA)
        await slack.act("kick", channel=PRIVATE, who=BOT)
        await slack.act("add_user", name="zoe", real_name="Zoe")
        await ana.sets_status(":palm_tree:", "Away")
        await ana.reacts((await slack.as_person(BO).sees(GENERAL) or [await _said(ana)])[0], "eyes")
        await slack.eventually(lambda: len(heard) >= 9)
    assert sorted(set(heard)) == sorted(_KINDS)


async def test_a_channel_that_turns_private_says_so_in_a_line_and_shuts_out_who_is_not_in_it(
    sandbox: Running, slack: Slackside, ana: Person
) -> None:
    heard: list[tuple[str, str]] = []
    app = bolt(sandbox)
    app.event("message")(_noting_lines(heard))
    bo = slack.as_person(BO)
    async with over_socket(app):
        await bo.leaves(GENERAL)
        await slack.act("convert", user=ANA, channel=GENERAL)
        await slack.eventually(lambda: ("channel_convert_to_private", "group") in heard)
        assert GENERAL not in [channel["id"] for channel in (await slack.state(BO))["channels"]]
        info = await client(sandbox).conversations_info(channel=GENERAL)
        assert info["channel"]["is_private"]
        with pytest.raises(Refused, match="channel_type_not_supported"):
            await slack.act("convert", user=ANA, channel=GENERAL)
        await slack.act("convert", user=ANA, channel=GENERAL, is_private=False)
        await slack.eventually(lambda: ("channel_convert_to_public", "channel") in heard)
        assert GENERAL in [channel["id"] for channel in (await slack.state(BO))["channels"]]


async def test_a_status_ends_at_its_time(sandbox: Running, slack: Slackside, ana: Person) -> None:
    await ana.sets_status(":palm_tree:", "Away", expiration=MONDAY)
    await slack.jump(MONDAY)
    await slack.eventually(lambda: _status_is(sandbox, ""))


async def test_the_state_of_a_person_shows_only_what_she_sees(slack: Slackside, ana: Person) -> None:
    await slack.as_person(BO).says(GENERAL, "news")
    state = await slack.state(ANA)
    names = {channel["name"]: channel for channel in state["channels"]}
    assert set(names) == {"general", "secret", "other", "old"}
    assert names["general"]["unread"] == 1
    await ana.sees(GENERAL)
    assert [one["unread"] for one in (await slack.state(ANA))["channels"] if one["id"] == GENERAL] == [0]
    assert state["apps"][0]["commands"][0]["command"] == "/standup"


async def test_changes_are_streamed_as_they_happen(sandbox: Running, ana: Person) -> None:
    async with aiohttp.ClientSession() as session, session.get(f"{sandbox.url}/control/updates") as stream:
        await stream.content.readline()
        ts = await ana.says(GENERAL, "streamed")
        async for line in stream.content:
            if line.startswith(b"data: ") and (news := json.loads(line[6:]))["kind"] == "message":
                assert (news["channel"], news["ts"]) == (GENERAL, ts)
                break


async def test_a_thousand_people_press_at_once() -> None:
    people = [{"id": f"U1{number:04d}", "name": f"p{number}"} for number in range(1000)]
    planted = seed(users=[*seed()["users"], *people], limits={"enforce": False}, ack_seconds=20)
    planted["channels"][0]["members"] += [one["id"] for one in people]
    with running(planted) as sandbox:
        async with Slackside(sandbox.url) as slack, aiohttp.ClientSession() as session:
            opened = await client(sandbox).apps_connections_open(app_token="xapp-sandbox-1")
            ws = await session.ws_connect(str(opened["url"]))
            acknowledging = asyncio.ensure_future(_acknowledge_all(ws))
            lines = [slack.as_person(one["id"]).types("/standup", GENERAL) for one in people]
            answers = await asyncio.gather(*lines)
            acknowledging.cancel()
    assert answers == [{"text": "in"}] * 1000


_METADATA = {"event_type": "prompt", "event_payload": {"key": "k"}}
_KINDS = [
    "member_joined_channel", "member_left_channel", "channel_rename", "channel_archive", "group_left", "team_join",
    "user_change", "reaction_added",
]  # fmt: skip


async def _acknowledge_all(ws: aiohttp.ClientWebSocketResponse) -> None:
    async for message in ws:
        envelope = json.loads(message.data)
        if "envelope_id" in envelope:
            answer = {"envelope_id": envelope["envelope_id"], "payload": {"text": "in"}}
            await ws.send_str(json.dumps(answer))


def _noting(heard: list[str], name: str) -> Any:
    async def note() -> None:
        heard.append(name)

    return note


def _noting_lines(heard: list[tuple[str, str]]) -> Any:
    async def note(event: Json) -> None:
        heard.append((event.get("subtype", ""), event["channel_type"]))

    return note


async def _said(person: Person) -> Any:
    await person.says(GENERAL, "something")
    return (await person.sees(GENERAL))[0]


async def _status_is(sandbox: Running, emoji: str) -> bool:
    return bool((await client(sandbox).users_info(user=ANA))["user"]["profile"]["status_emoji"] == emoji)


async def _get(session: aiohttp.ClientSession, url: str) -> Json:
    async with session.get(url) as response:
        found: Json = await response.json()
        return found


async def _post(session: aiohttp.ClientSession, url: str, body: Json) -> Json:
    async with session.post(url, json=body) as response:
        found: Json = await response.json()
        return found
