"""The sandbox's guide holds: what it shows is taken from it, put in its place and run, as a reader would."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from bot import sandbox
from bot.sandbox.webapi.dispatch import METHODS
from tests.bot.sandbox.workspaces import free_socket, running
from tests.slackside import Message, Person, Refused, Slackside

ROOT = Path(__file__).parents[3]
GUIDE = (Path(sandbox.__file__).parent / "README.md").read_text()
MANIFEST, SEED = (json.loads(text) for text in re.findall(r"```json\n(.*?)```", GUIDE, re.DOTALL))
OVER_SOCKET, OVER_HTTP = re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL)
MARTA, SYNC = "U0MARTA", "C0PRODUCTSYNC"
HELLO = f"Hello, <@{MARTA}>."


@pytest.mark.parametrize(("program", "socket_mode"), [(OVER_SOCKET, True), (OVER_HTTP, False)], ids=["socket", "http"])
async def test_the_app_in_the_guide_answers_when_it_is_run_as_the_guide_says(
    program: str, socket_mode: bool, tmp_path: Path
) -> None:
    port, ear = _free_port(), _free_port()
    manifest = {**MANIFEST, "settings": {**MANIFEST["settings"], "socket_mode_enabled": socket_mode}}
    file = tmp_path / "manifest.json"
    file.write_text(json.dumps(manifest).replace("127.0.0.1:3000", f"127.0.0.1:{ear}"))
    command = ["-m", "bot", "sandbox", "--port", str(port), "--manifest", str(file)]
    with _process(command) as serving:
        told = _told(serving)
        assert told["SLACK_API_URL"] == f"http://127.0.0.1:{port}/api/"
        with _process(["-c", program.replace("3000", str(ear))], told):
            async with Slackside(f"http://127.0.0.1:{port}") as slack:
                await _is_answered(slack, slack.as_person(MARTA))


async def _is_answered(slack: Slackside, marta: Person) -> None:
    async def command() -> Any:
        try:
            return await marta.types("/hello", SYNC)
        except Refused:
            return None  # The app is not there yet.

    # Over HTTP an answer may be plain text.
    assert await slack.eventually(command, deadline=30) in (HELLO, {"text": HELLO})
    await marta.says(SYNC, "ping")

    async def answer() -> list[Message]:
        return [message for message in await marta.sees(SYNC) if message.text == "pong"]

    assert len(await slack.eventually(answer)) == 1


def test_the_workspace_in_the_guide_is_one_and_what_it_cannot_keep_is_refused_by_its_name() -> None:
    with running(SEED) as started:
        assert started.workspace.team["name"] == "Mine"
        assert [user["name"] for user in started.workspace.users.values()] == ["hello", "ana"]
    with pytest.raises(ValueError, match="shoe_size"), running({**SEED, "users": [{"id": "U1", "shoe_size": 38}]}):
        pass
    app = SEED["apps"][0]
    with pytest.raises(ValueError, match="colour"), running({**SEED, "apps": [{**app, "colour": "red"}]}):
        pass
    for needed in app:
        without = {key: value for key, value in app.items() if key != needed}
        with pytest.raises(ValueError, match=f"lacks {needed}"), running({**SEED, "apps": [without]}):
            pass


def test_the_guide_names_every_method_and_no_other() -> None:
    said = GUIDE[GUIDE.index("* **Methods.**") : GUIDE.index("* **Users' tokens.**")]
    assert set(re.findall(r"`([\w.]+)`", said)) - {"unknown_method"} == {*METHODS, "oauth.v2.access"}


async def test_trouble_comes_as_the_guide_says() -> None:
    asked = [json.loads(text) for text in re.findall(r"`(\{.*?\})`", GUIDE)]
    with running(SEED) as started:
        async with Slackside(started.url) as slack:
            for trouble in asked:
                await slack.faults(**trouble)
            assert started.workspace.faults.down
            assert [fault.kind for fault in started.workspace.faults.wanted] == ["429"]
            for kind in ("error:fatal_error", "slow", "timeout", "reset", "500"):
                await slack.faults(method="auth.test", kind=kind)
            for kind in ("timeout", "reset", "500"):
                await slack.faults(method="auth.test", kind=f"{kind}_after_commit")
            await slack.clear_faults()
            assert not started.workspace.faults.down


@contextmanager
def _process(words: list[str], environ: Mapping[str, str] | None = None) -> Iterator["subprocess.Popen[str]"]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    with subprocess.Popen(
        [sys.executable, *words],
        cwd=ROOT,
        env={**kept, "PYTHONUNBUFFERED": "1", **(environ or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def _told(serving: "subprocess.Popen[str]") -> dict[str, str]:
    """What it says that an app needs, once it has said all."""
    assert serving.stdout is not None
    told: dict[str, str] = {}
    for line in serving.stdout:
        if found := re.match(r" +(SLACK_\w+)=(\S+)", line):
            told[found[1]] = found[2]
        if "does not imitate" in line:
            return told
    raise AssertionError("It ended before it said how to connect.")


def _free_port() -> int:
    listening, _ = free_socket()
    port = int(listening.getsockname()[1])
    listening.close()
    return port
