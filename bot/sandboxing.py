"""Starts the sandbox from the command line: reads its seed, and says how a bot connects to it."""

import json
import os
import signal
import sqlite3
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from bot.complaints import Trouble

Json = dict[str, Any]


def serve(
    *, host: str, port: int, data: str | None, seed: Path | None, manifest: Path | None, with_parent: bool
) -> None:
    """Until it is stopped. Raises Trouble for files that cannot be used, OSError for a taken port."""
    from bot.sandbox.server import serve as serve_sandbox

    planted = _read(seed) if seed else _people()
    if manifest:
        planted |= {"apps": [{**app, "manifest": _read(manifest)} for app in planted.get("apps", [])]}
    if with_parent:
        threading.Thread(target=_stop_at_the_end_of_input, daemon=True).start()
    if data:
        Path(data).absolute().parent.mkdir(parents=True, exist_ok=True)

    def told() -> None:
        if not with_parent:
            print(_how_to_connect(planted, host, port), flush=True)

    try:
        serve_sandbox(planted, host=host, port=port, data=data, answers=_answers(planted), listens=told)
    except sqlite3.DatabaseError as error:
        raise Trouble(f"{data} can't be used: {error}. Choose another place for --data, or leave it out.", 2) from error
    except (ValueError, TypeError, KeyError) as error:
        said = f"{error} is missing" if isinstance(error, KeyError) else str(error)
        raise Trouble(f"The seed {seed or ''} can't be used: {said}", 2) from error


def _answers(planted: Mapping[str, Any]) -> Mapping[str, Callable[[Json], Json]]:
    """What the demonstration's page asks of us; another workspace has no tour, and asks nothing."""
    if "tour" not in planted:
        return {}
    from bot.demo import takehome

    return {takehome.ASK: takehome.answer}


def _people() -> Json:
    from bot.demo import people
    from bot.manifest import manifest
    from bot.registering import registered

    return people.seed(manifest(registered(), "socket"))


def _read(file: Path) -> Json:
    try:
        found = json.loads(file.read_text("utf-8"))
    except OSError as error:
        raise Trouble(f"{file} can't be read: {error.strerror}.", 2) from error
    except ValueError as error:
        raise Trouble(f"{file} is no JSON: {error}.", 2) from error
    if not isinstance(found, dict):
        raise Trouble(f"{file} holds no JSON object: it must begin with {{.", 2)
    return found


def _how_to_connect(planted: Mapping[str, Any], host: str, port: int) -> str:
    url = f"http://{'127.0.0.1' if host in ('0.0.0.0', '::') else host}:{port}"
    lines = [f"The sandbox is at {url}. An app connects to it with these in its environment:"]
    for app in planted.get("apps", []):
        lines += [
            f"  {app.get('name')}:",
            f"    SLACK_API_URL={url}/api/",
            f"    SLACK_BOT_TOKEN={app.get('bot_token')}",
            f"    SLACK_APP_TOKEN={app.get('app_token')}  (Socket Mode)",
            f"    SLACK_SIGNING_SECRET={app.get('signing_secret')}  (HTTP)",
        ]
    return "\n".join([*lines, "bot/sandbox/README.md says more, and what it does not imitate."])


def _stop_at_the_end_of_input() -> None:
    """Whoever started this has gone, or wants it to stop."""
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)
