"""How long a start takes until the first command is answered, and how much memory it has taken by then."""

import os
import socket
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

from tests.bench.load import command, free_port
from tests.bench.world import SECRET, migrated, slack
from tests.figures import Figure
from tests.fleet import ROOT, Program

STARTS = 11
LONGEST = 60.0
ONLY_FOR_TESTS = ("rich",)
SETTLING = 2.0

Start = tuple[float, float, float]


def measured(folder: Path, say: Callable[[str], None]) -> list[Figure]:
    with slack(folder) as environment:
        migrated(folder, environment)
        environment = {**environment, "PYTHONPATH": _as_installed(folder)}
        pairs: list[tuple[Start, Start]] = []
        for nth in range(-1, STARTS):
            bare = _start(["tests.bench.bare", "{port}", "stack"], environment, folder, nth < 0)
            ours = _start(["bot", "run"], environment, folder, nth < 0)
            if nth >= 0:  # the first of each only fills the caches
                pairs.append((ours, bare))
    (took, memory, settled), (plain, room, _) = (
        [median(pair[side][of] for pair in pairs) for of in range(3)] for side in (0, 1)
    )
    say(f"to the first answered command: {took * 1000:.0f} ms, {memory / 1e6:.0f} MB")
    say(f"a bare Bolt + SQLAlchemy + APScheduler process: {plain * 1000:.0f} ms, {room / 1e6:.0f} MB")
    say(f"once people and configuration are read as well: {settled / 1e6:.0f} MB")
    return [
        Figure("start_time_ratio", median(one[0] / other[0] for one, other in pairs), 1.8, "lower", "times"),
        Figure("start_memory_ratio", median(one[1] / other[1] for one, other in pairs), 1.7, "lower", "times"),
    ]


def _as_installed(folder: Path) -> str:
    """A path for programs that hides what only the tests bring and libraries load when it is there: people who run
    the bot do not have it."""
    hiding = folder / "hiding"
    hiding.mkdir()
    for package in ONLY_FOR_TESTS:
        (hiding / f"{package}.py").write_text("raise ImportError(__name__)\n")
    return os.pathsep.join((str(hiding), str(ROOT)))


def _start(arguments: Sequence[str], environment: dict[str, str], folder: Path, warming: bool) -> Start:
    """Seconds to the first answered command; resident bytes at that moment, and two seconds later."""
    port = free_port()
    filled = [argument.format(port=port) for argument in arguments]
    began = time.perf_counter()
    program = Program.start(filled, {**environment, "PORT": str(port)}, folder / "starts.log")
    try:
        _first_answer(port, program)
        took, memory = time.perf_counter() - began, program.memory()
        if not warming:
            time.sleep(SETTLING)  # a fixed moment, the same for both
        return took, memory, program.memory()
    finally:
        program.stop()


def _first_answer(port: int, program: Program) -> None:
    ends = time.monotonic() + LONGEST
    while True:
        try:
            with socket.create_connection(("127.0.0.1", port), LONGEST) as connection:
                connection.sendall(command(SECRET, "help"))
                answer = connection.recv(65536)
        except ConnectionRefusedError:
            if program.process.poll() is not None or time.monotonic() > ends:
                raise RuntimeError(f"It did not start:\n{program.log.read_text()[-4000:]}") from None
            time.sleep(0.002)
            continue
        if b" 200 " not in answer.partition(b"\r\n")[0]:
            raise RuntimeError(f"The first command was answered {answer[:300]!r}")
        return
