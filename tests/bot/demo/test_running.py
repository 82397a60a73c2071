import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from json import load
from pathlib import Path

import pytest

from bot.config import Environment
from bot.demo import people
from bot.demo.beginning import Stage
from bot.demo.running import _connected
from tests.lived import CONFIG, ROOT

PATIENCE = 120.0


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("shown")


def test_it_greets_stops_cleanly_and_goes_on_where_it_was(folder: Path) -> None:
    port = _free_port()
    with _demo(folder, port) as first:
        told = _greeting(first)
        began = _now(port)
        first.send_signal(signal.SIGINT)
        assert first.wait(PATIENCE) == 0
    for words in (f"http://127.0.0.1:{port}", "@marta", "invented", "Ctrl-C", "--fresh", "sandbox.db"):
        assert words in told
    assert not _is_open(port)
    stopped = time.monotonic()
    with _demo(folder, port) as second:
        _greeting(second)
        passed = _now(port) - began
        # Its calendar stood still while nothing ran.
        assert 0 <= passed < time.monotonic() - stopped + 15
        _the_sandbox_dies(second)
        assert second.wait(PATIENCE) == 1
        assert second.stderr is not None
        said = second.stderr.read()
    assert "The sandbox has ended" in said
    assert "Traceback" not in said


def test_a_demonstration_never_takes_the_tokens_of_a_real_slack(tmp_path: Path) -> None:
    real = Environment(bot_token="xoxb-real", app_token="xapp-real", signing_secret="real", database_url="sqlite:///x")
    stage = Stage(tmp_path / "a.db", tmp_path / "b.db", tmp_path / "c.json", date(2026, 10, 26))
    made = _connected(real, stage, "http://127.0.0.1:8765")
    assert (made.bot_token, made.app_token, made.signing_secret) == (people.BOT_TOKEN, people.APP_TOKEN, None)
    assert (made.api_url, made.database_url) == ("http://127.0.0.1:8765/api/", f"sqlite:///{tmp_path}/a.db")


def _the_sandbox_dies(demo: "subprocess.Popen[str]") -> None:
    children = Path(f"/proc/{demo.pid}/task/{demo.pid}/children").read_text().split()
    assert len(children) == 1
    os.kill(int(children[0]), signal.SIGKILL)


@contextmanager
def _demo(folder: Path, port: int) -> Iterator["subprocess.Popen[str]"]:
    words = ["demo", "--port", str(port), "--data", str(folder)]
    environ = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    with subprocess.Popen(
        [sys.executable, "-m", "bot", *words],
        cwd=ROOT,
        env={**environ, "CONFIG": str(CONFIG), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as demo:
        try:
            yield demo
        finally:
            demo.kill()


def _greeting(demo: "subprocess.Popen[str]") -> str:
    assert demo.stdout is not None
    lines: list[str] = []
    for line in demo.stdout:
        lines.append(line)
        if "sandbox.db" in line:
            return "".join(lines)
    raise AssertionError(f"It ended before it greeted: {demo.stderr.read() if demo.stderr else ''}")


def _now(port: int) -> float:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/control/clock", timeout=10) as answer:
        return float(load(answer)["now"])


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def _is_open(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
