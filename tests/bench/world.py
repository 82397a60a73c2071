"""What is measured and what it is measured against, started side by side."""

import socket
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from bot.manifest import manifest
from bot.registering import registered
from bot.sandbox.server import Running
from tests.bench.load import all_answered, command, free_port, lines
from tests.fleet import Program, until

BOT_TOKEN, SECRET, TEAM, BOT_USER = "xoxb-bench", "bench-secret", "T0BENCH", "U0BOT"
Requests = Callable[[int], Sequence[bytes]]

CONFIG = """
functions:
  - {name: Engineering, side: technical, lead: U0P0, members: [U0P0, U0P1, U0P2]}
  - {name: Sales, side: business, lead: U0P3, members: [U0P3, U0P4, U0P5]}
calendar: {zone: Europe/Lisbon, holidays: PT}
admins: [U0P0]
glossary: {starter: false}
standups:
  weekly:
    title: Weekly stand-up
    channel: "#product-sync"
    when: mon 09:00
    owner: U0P0
    questions:
      - {key: moved, ask: What moved?, required: true}
      - {key: stuck, ask: What stops you?, kind: blocker}
      - {key: waits, ask: Whom do you wait for?, kind: waiting}
"""


def seed(people: int, token: str, limits: dict[str, Any], app_token: str = "") -> dict[str, Any]:
    """A workspace of so many people, all of them and the bot in #product-sync; a Monday noon in Lisbon."""
    users = [f"U0P{nth}" for nth in range(people)]
    return {
        "team": {"id": TEAM, "name": "Bench", "domain": "bench"},
        "now": "2026-11-23T12:00:00+00:00",
        "apps": [
            {
                "app_id": "A0BENCH",
                "name": "Crosswalk",
                "bot_user_id": BOT_USER,
                "bot_token": token,
                "app_token": app_token,
                "signing_secret": SECRET,
                "manifest": manifest(registered(), "socket" if app_token else "http", "http://127.0.0.1:9/"),
            }
        ],
        "users": [
            {"id": user, "name": user[2:].lower(), "real_name": f"Person {user[3:]}", "tz": "Europe/Lisbon"}
            for user in users
        ],
        "channels": [{"id": "C0SYNC", "name": "product-sync", "members": [*users, BOT_USER]}],
        "limits": limits,
    }


@contextmanager
def slack(folder: Path) -> Iterator[dict[str, str]]:
    """A workspace of twelve for the programs that are measured; answers their environment. The token is none of the
    sandbox's, so that the bot behaves as it does with real Slack and follows nobody's clock."""
    sandbox = Running.start(seed(12, BOT_TOKEN, {"enforce": False}))
    (folder / "config.yaml").write_text(CONFIG)
    try:
        yield {
            "SLACK_BOT_TOKEN": BOT_TOKEN,
            "SLACK_SIGNING_SECRET": SECRET,
            "SLACK_API_URL": f"{sandbox.url}/api/",
            "DATABASE_URL": f"sqlite:///{folder}/bench.db",
            "CONFIG": str(folder / "config.yaml"),
            "HOST": "127.0.0.1",
        }
    finally:
        sandbox.stop()


def migrated(folder: Path, environment: dict[str, str]) -> None:
    Program.start(["bot", "migrate"], environment, folder / "migrate.log").finished()


@dataclass
class Served:
    """A running server and where it listens."""

    program: Program
    port: int

    async def cost(self, requests: Sequence[bytes], says: bytes) -> float:
        """Processor time for each request in microseconds. RuntimeError when one is not answered as it should be."""
        # Opened anew each time: a server hangs up on whoever is silent while the other one is measured.
        async with lines(self.port) as opened:
            before = self.program.cpu()
            answers = await all_answered(opened, requests)
            spent = self.program.cpu() - before
        for answer in answers:
            if answer.status != 200 or says not in answer.body:
                raise RuntimeError(f"{self.program.process.args!r} answered {answer.status}: {answer.body[:300]!r}")
        return spent / len(requests) * 1e6


@asynccontextmanager
async def served(
    arguments: Sequence[str], environment: dict[str, str], folder: Path, *, at: str = "environment"
) -> AsyncIterator[Served]:
    """Starts a server; `at` says whether it takes its port from the environment or as an argument."""
    port = free_port()
    log = folder / f"{arguments[0].rpartition('.')[2]}-{port}.log"
    if at == "argument":
        arguments = [*arguments, str(port)]
    with ExitStack() as ending:
        program = Program.start(arguments, {**environment, "PORT": str(port)}, log)
        ending.callback(program.stop)
        until(lambda: _answers(port), f"nothing answers at {port}: {log.read_text()}", 30)
        yield Served(program, port)


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True


async def paired(
    left: tuple[Served, Requests, bytes], right: tuple[Served, Requests, bytes], pairs: int, each: int
) -> tuple[float, float, float]:
    """Medians of: the ratio left/right of interleaved runs, and the microseconds of either."""
    costs: list[tuple[float, float]] = []
    for nth in range(-1, pairs):
        measured: dict[int, float] = {}
        for side in (0, 1) if nth % 2 else (1, 0):
            server, make, says = (left, right)[side]
            measured[side] = await server.cost(make(each if nth >= 0 else max(200, each // 4)), says)
        if nth >= 0:  # the run before the first only warms both up
            costs.append((measured[0], measured[1]))
    return (
        median(one / other for one, other in costs),
        median(one for one, _ in costs),
        median(other for _, other in costs),
    )


def helps(count: int) -> Sequence[bytes]:
    return [command(SECRET, "help") for _ in range(count)]


def notes(count: int) -> Sequence[bytes]:
    return [command(SECRET, "", command="/note") for _ in range(count)]


def aways(count: int) -> Sequence[bytes]:
    return [command(SECRET, "away tomorrow", user_id=f"U0P{nth % 12}") for nth in range(count)]
