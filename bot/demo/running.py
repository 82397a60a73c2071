"""Runs the demonstration: the sandbox as a child, the bot connected to it in this process, until somebody stops it."""

import asyncio
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from bot import logs
from bot.clock import Clock
from bot.complaints import Trouble
from bot.config import Environment
from bot.demo import beginning, people
from bot.demo.cast import Cast
from bot.demo.welcome import welcome
from bot.outbox import Pace
from bot.running import Bot

HOST = "127.0.0.1"
# A jump squeezes days into seconds: with Slack's real limits one would wait for messages, not for the week.
PACE = Pace(rate_per_minute=2_900, per_channel=0.06, refresh_every=0.2, refreshes_per_minute=600)
_STARTS = 15.0
_STOPS = 5.0
_GLANCE = 0.05


def run(environment: Environment, folder: Path, port: int, *, fresh: bool, verbose: bool) -> int:
    """Until Ctrl-C; 0 then. Raises Trouble, ConfigProblem, CannotOpen, AlreadyRunning."""
    _free(port)
    logs.configure("info" if verbose else "error")
    stage = beginning.stage(environment, folder, Clock().now(), fresh=fresh)
    with _sandbox(stage, port) as child:
        url = f"http://{HOST}:{port}"
        asyncio.run(_play(environment, stage, url, child))
    return 0


async def _play(environment: Environment, stage: beginning.Stage, url: str, child: "subprocess.Popen[bytes]") -> None:
    await _answers(url, child)
    cast = Cast(url, stage.first)
    bot = Bot(_connected(environment, stage, url), poll=0.1, pace=PACE, companion=cast)
    try:
        async with asyncio.TaskGroup() as tasks:
            watching = [tasks.create_task(_watch(child)), tasks.create_task(_greet(bot, url, stage))]
            await bot.run()
            for task in watching:
                task.cancel()
    finally:
        await cast.close()
    print("\nStopped. The next start goes on from here.")


def _connected(environment: Environment, stage: beginning.Stage, url: str) -> Environment:
    """The sandbox's tokens instead of any that lie around: a demonstration never speaks to a real Slack."""
    return replace(
        environment,
        bot_token=people.BOT_TOKEN,
        app_token=people.APP_TOKEN,
        signing_secret=None,
        api_url=f"{url}/api/",
        database_url=stage.database_url,
    )


async def _greet(bot: Bot, url: str, stage: beginning.Stage) -> None:
    await bot.settled.wait()
    print(welcome(url, stage), flush=True)


async def _watch(child: "subprocess.Popen[bytes]") -> None:
    """Without the sandbox there is nothing to show: its end is the end."""
    while child.poll() is None:
        await asyncio.sleep(_GLANCE)
    raise _ended(child)


async def _answers(url: str, child: "subprocess.Popen[bytes]") -> None:
    end = asyncio.get_running_loop().time() + _STARTS
    while not await asyncio.to_thread(_is_up, url):
        if child.poll() is not None:
            raise _ended(child)
        if asyncio.get_running_loop().time() > end:
            raise Trouble(f"The sandbox did not answer at {url} within {_STARTS:.0f} seconds. Try again.")
        await asyncio.sleep(_GLANCE)


def _ended(child: "subprocess.Popen[bytes]") -> Trouble:
    return Trouble(
        f"The sandbox has ended (code {child.returncode}), so the demonstration stops. Nothing that was said is lost: "
        "start it again, or start over with --fresh."
    )


def _is_up(url: str) -> bool:
    try:
        with urlopen(f"{url}/control/clock", timeout=2) as answer:
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False


@contextmanager
def _sandbox(stage: beginning.Stage, port: int) -> Iterator["subprocess.Popen[bytes]"]:
    """In a session of its own, so that Ctrl-C reaches the bot first; it stops when its standard input is closed, which
    happens too if this process is killed."""
    words = ["sandbox", "--with-parent", "--host", HOST, "--port", str(port)]
    files = ["--data", str(stage.sandbox), "--seed", str(stage.seed)]
    child = subprocess.Popen(
        [sys.executable, "-m", "bot", *words, *files], stdin=subprocess.PIPE, start_new_session=True
    )
    try:
        yield child
    finally:
        if child.stdin is not None:
            child.stdin.close()
        try:
            child.wait(_STOPS)
        except subprocess.TimeoutExpired:
            child.send_signal(signal.SIGKILL)
            child.wait()


def _free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise Trouble(
                f"Port {port} can't be had ({error.strerror}). If a demonstration runs already, open "
                f"http://{HOST}:{port}; else choose another port: python -m bot demo --port {_another(port)}"
            ) from error


def _another(port: int) -> int:
    return port + 1 if port < 65535 else 8765
