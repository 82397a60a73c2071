"""The sandbox as a process of its own, and what Slack does to apps that fail for long."""

import asyncio
import json
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import aiohttp
import pytest

from bot.sandbox import delivery
from bot.sandbox.server import Running
from tests.bot.sandbox.workspaces import ANA, GENERAL, connected, free_socket, running, seed
from tests.slackside import Person, Slackside

PROGRAM = """
import json, sys
from bot.sandbox.server import serve
serve(json.loads(sys.argv[1]), port=int(sys.argv[2]), data=sys.argv[3])
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_until_a_signal_and_keeps_what_was_written(tmp_path: Path, number: signal.Signals) -> None:
    data, port = tmp_path / "sandbox.db", _free_port()
    program = [sys.executable, "-c", PROGRAM, json.dumps(seed()), str(port), str(data)]
    with subprocess.Popen(program, stderr=subprocess.PIPE) as process:
        _wait_for(f"http://127.0.0.1:{port}/control/clock")
        _act(port, "message", {"user": ANA, "channel": GENERAL, "text": "kept"})
        process.send_signal(number)
        _, said = process.communicate(timeout=30)
    assert (process.returncode, said) == (0, b"")
    with running(seed(), str(data)) as again:
        assert [message["text"] for message in again.workspace.channels[GENERAL].messages.values()] == ["kept"]


def test_waiting_listeners_do_not_hold_up_the_end(sandbox: Running) -> None:
    async def listen() -> None:
        async with Slackside(sandbox.url) as slack:
            news = asyncio.ensure_future(slack._ask("GET", "clock", params={"seen": "1", "wait": "30"}))
            await asyncio.sleep(0)
            await slack.eventually(lambda: slack.clock())
            stopped = asyncio.get_running_loop().run_in_executor(None, sandbox.stop)
            await asyncio.wait_for(news, 20)
            await asyncio.wait_for(stopped, 20)

    asyncio.run(listen())


async def test_a_subscription_that_nearly_always_fails_is_disabled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery, "DISABLE_FROM", 3)
    with running(seed(retry_delays=[])) as sandbox:
        async with Slackside(sandbox.url) as slack:
            ana = slack.as_person(ANA)
            for number in range(1, 4):
                await ana.says(GENERAL, "nobody hears")
                await slack.eventually(lambda number=number: _events(slack, number))  # type: ignore[misc]
            await ana.says(GENERAL, "not even tried")
            await slack.act("install")
            await ana.says(GENERAL, "tried again")
            tried = await slack.eventually(lambda: _events(slack, 4))
    assert tried == ["nobody hears"] * 3 + ["tried again"]


async def test_an_app_with_too_many_deliveries_is_told_and_left_out(
    monkeypatch: pytest.MonkeyPatch, sandbox: Running, slack: Slackside, ana: Person
) -> None:
    monkeypatch.setattr(delivery, "DELIVERIES_PER_HOUR", 0)
    async with aiohttp.ClientSession() as session:
        socket = await connected(sandbox, session)
        await ana.says(GENERAL, "too much")
        told = (await socket.receive_json(timeout=20))["payload"]
    assert (told["type"], told["team_id"], told["minute_rate_limited"] % 60) == ("app_rate_limited", "T0ACME", 0)
    assert await _events(slack, 0) == []


async def _events(slack: Slackside, number: int) -> list[str]:
    texts = [entry["request"]["event"]["text"] for entry in await slack.log() if entry["direction"] == "event"]
    return texts if len(texts) >= number else []


def _free_port() -> int:
    listening, _ = free_socket()
    port: int = listening.getsockname()[1]
    listening.close()
    return port


def _wait_for(url: str) -> None:
    until = time.monotonic() + 30
    while True:
        try:
            urllib.request.urlopen(url, timeout=1).close()
            return
        except OSError:
            assert time.monotonic() < until, f"{url} does not answer."


def _act(port: int, name: str, body: dict[str, str]) -> None:
    request = urllib.request.Request(f"http://127.0.0.1:{port}/control/act/{name}", json.dumps(body).encode())
    with urllib.request.urlopen(request, timeout=20) as response:
        assert json.load(response)["ok"]
