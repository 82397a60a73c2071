"""Programs of ours as people start them: in processes of their own, watched from outside, killed by their id."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

ROOT = Path(__file__).parent.parent
_OURS = ("SLACK_", "DATABASE_URL", "PORT", "HOST", "CONFIG", "LOG_LEVEL", "PYTHONDONTWRITEBYTECODE")


@dataclass
class Program:
    """One running process; what it prints goes to `log`."""

    process: "subprocess.Popen[bytes]"
    log: Path

    @classmethod
    def start(cls, arguments: Sequence[str], environment: Mapping[str, str], log: Path) -> "Program":
        """`python -m <arguments>` in the log's folder, so that nobody's `.env` is read, with nothing of ours from the
        surrounding environment."""
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
        with log.open("ab") as written:
            process = subprocess.Popen(
                [sys.executable, "-m", *arguments],
                env={**inherited, "PYTHONPATH": str(ROOT), **environment},
                cwd=log.parent,
                stdout=written,
                stderr=subprocess.STDOUT,
            )
        return cls(process, log)

    def kill(self) -> None:
        """kill -9: it gets no chance to finish anything."""
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """Asks it to end, and insists after ten seconds."""
        if self.process.poll() is None:
            self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.kill()

    def finished(self, deadline: float = 60) -> None:
        """Waits for its end; RuntimeError with what it printed unless that was a good one."""
        if self.process.wait(deadline):
            raise RuntimeError(f"{self.process.args!r} failed:\n{self.log.read_text()}")

    def cpu(self) -> float:
        """Seconds of processor time so far, in user code and in the kernel."""
        times = psutil.Process(self.process.pid).cpu_times()
        return float(times.user + times.system)

    def memory(self) -> float:
        """Bytes that are in memory now."""
        return float(psutil.Process(self.process.pid).memory_info().rss)

    def events(self) -> list[dict[str, Any]]:
        """What it has logged; lines that are no JSON (a traceback, a warning of a library's) as {"event": line}."""
        return [_event(line) for line in self.log.read_text(errors="replace").splitlines()]

    def wait_for(self, event: str, times: int = 1, deadline: float = 60) -> None:
        """Until an event has been logged so many times by all the programs that share this log."""

        def seen() -> bool:
            if self.process.poll() is not None:
                raise RuntimeError(f"{self.process.args!r} ended:\n{self.log.read_text()[-4000:]}")
            return self.log.read_text(errors="replace").count(f'"event": "{event}"') >= times

        until(seen, f"no {event} from {self.process.args!r}", deadline)


def until(condition: Callable[[], bool], otherwise: str, deadline: float) -> None:
    """Looks again and again; AssertionError after `deadline` seconds."""
    ends = time.monotonic() + deadline
    while not condition():
        if time.monotonic() > ends:
            raise AssertionError(f"{otherwise} within {deadline} s")
        time.sleep(0.01)


def _event(line: str) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except ValueError:
        return {"event": line}
    return found if isinstance(found, dict) else {"event": line}
