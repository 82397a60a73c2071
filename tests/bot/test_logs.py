"""What the log says, as a program of its own writes it."""

import json
import subprocess
import sys
from typing import Any

import pytest

FIELDS = {"name": "/glossary", "user": None, "outcome": "ok", "ms": 0.2}


def written(level: str, *calls: str) -> list[dict[str, Any]]:
    lines = [f"from bot import logs; fields = {FIELDS!r}; logs.configure({level!r})", *calls]
    program = subprocess.run([sys.executable, "-c", "\n".join(lines)], capture_output=True, text=True, check=True)
    return [json.loads(line) for line in program.stdout.splitlines()]


def test_a_line_is_what_the_logger_writes() -> None:
    line, info = written("info", "logs.line('command', **fields)", "logs.logger().info('command', **fields)")
    assert list(line) == list(info)
    assert line | {"timestamp": ""} == info | {"timestamp": ""}
    assert line["timestamp"] <= info["timestamp"]
    assert line["timestamp"].endswith("Z")


@pytest.mark.parametrize(("level", "lines"), [("debug", 1), ("info", 1), ("warning", 0), ("error", 0)])
def test_a_line_is_left_out_where_only_what_is_wrong_is_wanted(level: str, lines: int) -> None:
    assert len(written(level, "logs.line('command', **fields)")) == lines
