"""Socket Mode: tickets, envelopes, acknowledgements, refreshes, redelivery."""

import asyncio
import json
from typing import Any

import aiohttp
import pytest
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltRequest

from bot.sandbox.server import Running
from tests.bot.sandbox.workspaces import APP_TOKEN, GENERAL, bolt, client, connected, over_socket, running, seed
from tests.slackside import Person, Refused, Slackside

Json = dict[str, Any]


async def test_a_message_reaches_a_real_bolt_app_and_is_acknowledged(
    sandbox: Running, slack: Slackside, ana: Person
) -> None:
    app = bolt(sandbox)
    heard: list[Json] = []

    @app.event("message")
    async def hear(body: Json) -> None:
        heard.append(body)

    async with over_socket(app):
        ts = await ana.says(GENERAL, "good morning")
        await slack.eventually(lambda: heard)
    event = heard[0]["event"]
    assert (event["ts"], event["user"], event["channel_type"]) == (ts, "U0ANA", "channel")
    assert heard[0]["authorizations"][0]["user_id"] == "U0CROSSWALK"
    assert heard[0]["event_time"] == int(float(ts))
    assert [entry["ok"] for entry in await slack.log() if entry["direction"] == "event"] == [True]


async def test_an_unmatched_event_is_sent_again_with_the_same_event_id() -> None:
    tries: list[tuple[str, str | None]] = []
    with running(seed(ack_seconds=0.1)) as strict:
        app = bolt(strict)
        _refuse_everything(app, tries)
        async with over_socket(app), Slackside(strict.url) as side:
            await side.as_person("U0ANA").says(GENERAL, "is anybody there")
            await side.eventually(lambda: len(tries) == 4)
    assert len({event_id for event_id, _ in tries}) == 1
    assert [number for _, number in tries] == [None, "1", "2", "3"]


async def test_a_ticket_opens_one_connection_only(sandbox: Running) -> None:
    url = str((await client(sandbox).apps_connections_open(app_token=APP_TOKEN))["url"])
    async with aiohttp.ClientSession() as session:
        async with session.ws_connect(url) as first:
            hello = await first.receive_json()
            with pytest.raises(aiohttp.WSServerHandshakeError):
                await session.ws_connect(url)
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(url.replace("ticket=", "ticket=x"))
    assert (hello["type"], hello["num_connections"]) == ("hello", 1)


async def test_an_envelope_without_acknowledgement_comes_again_on_the_other_connection(
    sandbox: Running, slack: Slackside, ana: Person
) -> None:
    async with aiohttp.ClientSession() as session:
        first, second = await connected(sandbox, session), await connected(sandbox, session)
        await ana.says(GENERAL, "twice?")
        told = await first.receive_json(timeout=20)
        await first.close()
        again = await second.receive_json(timeout=20)
        await second.send_str(json.dumps({"envelope_id": again["envelope_id"]}))
        await slack.eventually(lambda: _acknowledged(slack))
    assert told["payload"]["event_id"] == again["payload"]["event_id"]
    assert (told["retry_attempt"], again["retry_attempt"], again["retry_reason"]) == (0, 1, "timeout")


async def test_two_connections_share_the_work(sandbox: Running, slack: Slackside, ana: Person) -> None:
    async with aiohttp.ClientSession() as session:
        sockets = [await connected(sandbox, session) for _ in range(2)]
        for number in range(4):
            await ana.says(GENERAL, f"message {number}")
        told = [[await one.receive_json(timeout=20) for _ in range(2)] for one in sockets]
    assert all(envelope["type"] == "events_api" for envelopes in told for envelope in envelopes)


async def test_an_eleventh_connection_is_refused(sandbox: Running) -> None:
    async with aiohttp.ClientSession() as session:
        kept = [await connected(sandbox, session) for _ in range(10)]
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await connected(sandbox, session)
        assert len(kept) == 10


async def test_a_refresh_in_the_middle_of_a_command_loses_nothing(
    sandbox: Running, slack: Slackside, ana: Person
) -> None:
    app, started, go = bolt(sandbox), asyncio.Event(), asyncio.Event()

    @app.command("/standup")
    async def slow(ack: AsyncAck) -> None:
        started.set()
        await go.wait()
        await ack("still here")

    async with over_socket(app) as handler:
        old = handler.client.current_session
        asked = asyncio.ensure_future(ana.types("/standup status", GENERAL))
        await asyncio.wait_for(started.wait(), 20)
        await slack.faults(socket="refresh")
        await slack.eventually(lambda: handler.client.current_session is not old)
        go.set()
        assert await asked == {"text": "still here"}


async def test_the_sdk_comes_back_after_its_socket_was_dropped(sandbox: Running, slack: Slackside, ana: Person) -> None:
    app = bolt(sandbox)
    app.command("/standup")(_answer)
    async with over_socket(app):
        await slack.faults(socket="disconnect")
        await slack.eventually(lambda: _connections(slack, 1))
        assert await ana.types("/standup", GENERAL) == {"text": "here"}


async def test_a_warned_connection_takes_no_new_work(sandbox: Running, slack: Slackside, ana: Person) -> None:
    async with aiohttp.ClientSession() as session:
        old = await connected(sandbox, session)
        await slack.faults(socket="warning")
        assert (await old.receive_json(timeout=20))["reason"] == "warning"
        new = await connected(sandbox, session)
        await ana.says(GENERAL, "to the new one")
        assert (await new.receive_json(timeout=20))["type"] == "events_api"


async def test_refused_sockets_fail_in_the_handshake(sandbox: Running, slack: Slackside) -> None:
    await slack.faults(socket="refuse")
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await connected(sandbox, session)
        await slack.clear_faults()
        assert not (await connected(sandbox, session)).closed


async def test_switching_to_http_disables_the_link(sandbox: Running, slack: Slackside) -> None:
    async with aiohttp.ClientSession() as session:
        ws = await connected(sandbox, session)
        await slack.act("install", manifest={"settings": {"socket_mode_enabled": False}})
        assert (await ws.receive_json(timeout=20))["reason"] == "link_disabled"


async def test_a_command_that_nobody_hears_fails_with_slacks_words(ana: Person) -> None:
    with pytest.raises(Refused) as refused:
        await ana.types("/standup", GENERAL)
    assert refused.value.shown == '/standup failed with the error "dispatch_failed"'


async def test_a_command_without_an_ack_in_time_shows_operation_timeout() -> None:
    with running(seed(ack_seconds=0.2)) as strict:
        app = bolt(strict)

        @app.command("/standup")
        async def forget() -> None:
            await asyncio.sleep(0)

        async with over_socket(app), Slackside(strict.url) as side:
            with pytest.raises(Refused) as refused:
                await side.as_person("U0ANA").types("/standup", GENERAL)
    assert refused.value.shown == '/standup failed with the error "operation_timeout"'


async def _answer(ack: AsyncAck) -> None:
    await ack("here")


def _refuse_everything(app: AsyncApp, tries: list[tuple[str, str | None]]) -> None:
    @app.middleware
    async def note(req: AsyncBoltRequest, next: Any) -> None:
        if "event_id" in req.body:
            number = req.headers.get("x-slack-retry-num", [None])[0]
            tries.append((req.body["event_id"], number if number != "0" else None))
        await next()


async def _acknowledged(slack: Slackside) -> bool:
    return any(entry["ok"] for entry in await slack.log() if entry["direction"] == "event")


async def _connections(slack: Slackside, number: int) -> bool:
    return bool((await slack.state("U0ANA"))["apps"][0]["connected"] == number)
