"""Signed HTTP: challenges, signatures, retries with headers, three seconds."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext, AsyncRespond
from slack_sdk.signature import SignatureVerifier

from bot.sandbox.server import Running
from tests.bot.sandbox.workspaces import (
    ANA,
    GENERAL,
    SECRET,
    bolt,
    button,
    free_socket,
    manifest,
    over_http,
    running,
    seed,
)
from tests.bot.sandbox.workspaces import actions as actions_block
from tests.slackside import Refused, Slackside

Json = dict[str, Any]


async def test_bolt_over_http_hears_events_commands_and_presses() -> None:
    heard: list[Json] = []

    def build(app: AsyncApp) -> None:
        @app.event("message")
        async def hear(event: Json) -> None:
            heard.append(event)

        @app.command("/standup")
        async def answer(ack: AsyncAck, command: Json) -> None:
            await ack(text="pick one", blocks=actions_block(button(value=command["text"])))

        @app.action("go")
        async def went(ack: AsyncAck, action: Json, respond: AsyncRespond) -> None:
            await ack()
            await respond(text=f"went {action['value']}", replace_original=True)

    async with _http_app(build) as (_, slack):
        ana = slack.as_person(ANA)
        await ana.says(GENERAL, "over http")
        await slack.eventually(lambda: heard)
        await ana.types("/standup status", GENERAL)
        await ana.presses((await ana.sees(GENERAL))[-1], "Go")
        assert [message.text for message in await ana.sees(GENERAL)] == ["over http", "went status"]


async def test_an_event_is_retried_with_slacks_headers_and_the_same_id() -> None:
    async with _server([500, 500, 200]) as (address, requests), _workspace(address) as slack:
        await slack.as_person(ANA).says(GENERAL, "again")
        await slack.eventually(lambda: len(requests) == 3)
    headers = [request["headers"] for request in requests]
    assert [one.get("X-Slack-Retry-Num") for one in headers] == [None, "1", "2"]
    assert [one.get("X-Slack-Retry-Reason") for one in headers] == [None, "http_error", "http_error"]
    assert len({request["body"]["event_id"] for request in requests}) == 1


async def test_every_request_carries_a_signature_that_slack_sdk_accepts() -> None:
    async with _server([200]) as (address, requests), _workspace(address) as slack:
        await slack.as_person(ANA).says(GENERAL, "signed")
        await slack.eventually(lambda: requests)
    verifier = SignatureVerifier(SECRET)
    assert verifier.is_valid_request(requests[0]["raw"], dict(requests[0]["headers"]))
    assert not SignatureVerifier("wrong").is_valid_request(requests[0]["raw"], dict(requests[0]["headers"]))


async def test_no_retry_is_respected() -> None:
    async with _server([500], no_retry=True) as (address, requests), _workspace(address) as slack:
        await slack.as_person(ANA).says(GENERAL, "once")
        await slack.eventually(lambda: requests)
        await slack.as_person(ANA).says(GENERAL, "twice")
        await slack.eventually(lambda: len(requests) == 2)
        await slack.eventually(lambda: _failed_events(slack, 2))
    assert all("X-Slack-Retry-Num" not in request["headers"] for request in requests)


async def test_a_slow_answer_counts_as_http_timeout() -> None:
    async with _server([200, 200], slow_first=True) as (address, requests), _workspace(address, 0.2) as slack:
        await slack.as_person(ANA).says(GENERAL, "slowly")
        await slack.eventually(lambda: len(requests) == 2)
    assert requests[1]["headers"]["X-Slack-Retry-Reason"] == "http_timeout"


async def test_interactions_and_commands_are_not_retried_and_show_their_error() -> None:
    async with _server([500, 404, 500]) as (address, requests), _workspace(address) as slack:
        ana = slack.as_person(ANA)
        with pytest.raises(Refused, match="http_service_error"):
            await ana.types("/standup", GENERAL)
        with pytest.raises(Refused, match="http_client_error"):
            await ana.types("/standup", GENERAL)
        with pytest.raises(Refused, match="We had some trouble connecting"):
            await ana.shortcut("start")
    assert len(requests) == 3


async def test_an_address_that_fails_the_challenge_gets_no_events() -> None:
    async with _server([200], challenge=False) as (address, requests), _workspace(address) as slack:
        await slack.as_person(ANA).says(GENERAL, "who are you")
        await slack.eventually(lambda: _failed_events(slack, 4))
    assert requests == []


async def _failed_events(slack: Slackside, number: int) -> bool:
    failed = [entry for entry in await slack.log() if entry["direction"] == "event" and not entry["ok"]]
    return len(failed) == number


@asynccontextmanager
async def _http_app(build: Any) -> AsyncIterator[tuple[Running, Slackside]]:
    """A real Bolt app on uvicorn behind the workspace's signed requests."""
    listening, address = free_socket()
    with running(seed(manifest(address))) as sandbox:
        app = bolt(sandbox)
        build(app)

        @app.middleware
        async def note(context: AsyncBoltContext, next: Any) -> None:
            assert context.team_id == "T0ACME"
            await next()

        async with over_http(app, listening), Slackside(sandbox.url) as slack:
            yield sandbox, slack


@asynccontextmanager
async def _workspace(address: str, ack_seconds: float = 1) -> AsyncIterator[Slackside]:
    with running(seed(manifest(address), ack_seconds=ack_seconds)) as sandbox:
        async with Slackside(sandbox.url) as slack:
            yield slack


@asynccontextmanager
async def _server(
    statuses: list[int], *, no_retry: bool = False, slow_first: bool = False, challenge: bool = True
) -> AsyncIterator[tuple[str, list[Json]]]:
    """A bare web server that answers with the given statuses in turn, the last one for ever."""
    requests: list[Json] = []

    async def answer(request: web.Request) -> web.Response:
        raw = await request.text()
        body = json.loads(raw) if request.content_type == "application/json" else raw
        if isinstance(body, dict) and body["type"] == "url_verification":
            return web.json_response({"challenge": body["challenge"] if challenge else "no"})
        requests.append({"headers": request.headers, "body": body, "raw": raw})
        if slow_first and len(requests) == 1:
            await asyncio.sleep(0.6)
        status = statuses[min(len(requests), len(statuses)) - 1]
        return web.Response(status=status, headers={"X-Slack-No-Retry": "1"} if no_retry else {})

    app = web.Application()
    app.router.add_post("/slack/events", answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    listening, address = free_socket()
    await web.SockSite(runner, _reusable(listening)).start()
    try:
        yield address, requests
    finally:
        await runner.cleanup()


def _reusable(listening: socket.socket) -> socket.socket:
    listening.setblocking(False)
    return listening
