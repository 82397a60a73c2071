"""python -m tests.soak [kills | chaos | fuzz | load ...] [--seed N]: all of them without a name."""

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from tests.figures import VAR, Figure, table, write
from tests.soak import chaos, fuzz, kills, load, postgresql
from tests.soak.group import Verdict

Say = Callable[[str], None]
FUZZING, LOADING = 120.0, 120.0
ON_SQLITE = kills.Plan(people=200, answering=120, kills=25, processes=1, patience=420)
ON_POSTGRESQL = kills.Plan(people=200, answering=120, kills=25, processes=3, patience=420)


async def _kills(folder: Path, number: int, say: Say) -> list[Figure]:
    (folder / "sqlite").mkdir()
    (folder / "postgresql").mkdir()
    say("SQLite, one process that is started again")
    sqlite = await kills.killed(folder / "sqlite", f"sqlite:///{folder}/sqlite/kills.db", ON_SQLITE, number, say)
    say("PostgreSQL, three processes of which one never returns")
    with postgresql.database() as url:
        shared = await kills.killed(folder / "postgresql", url, ON_POSTGRESQL, number, say)
    return _verdicts("kill9", [sqlite, shared], say)


async def _chaos(folder: Path, number: int, say: Say) -> list[Figure]:
    return _verdicts("chaos", [await chaos.tripped(folder, number, say)], say)


async def _fuzz(folder: Path, number: int, say: Say) -> list[Figure]:
    seen = await fuzz.fuzzed(folder, FUZZING, number, say)
    for what in (*seen.failures[:10], *seen.pings[:10]):
        say(what)
    return [
        Figure("fuzz_failures", len(seen.failures), 0, "lower", "failures"),
        Figure("fuzz_pings", len(seen.pings), 0, "lower", "pings"),
    ]


async def _load(folder: Path, number: int, say: Say) -> list[Figure]:
    return await load.loaded(folder, LOADING, say)


def _verdicts(name: str, seen: list[Verdict], say: Say) -> list[Figure]:
    for what in [*(key for one in seen for key in one.lost), *(key for one in seen for key in one.doubled)][:20]:
        say(f"lost or doubled: {what}")
    return [
        Figure(f"{name}_lost", sum(len(one.lost) for one in seen), 0, "lower", "things"),
        Figure(f"{name}_doubled", sum(len(one.doubled) for one in seen), 0, "lower", "messages"),
        Figure(f"{name}_rounds_left_open", sum(not one.closed for one in seen), 0, "lower", "rounds"),
    ]


RUNS: dict[str, Callable[[Path, int, Say], Coroutine[Any, Any, list[Figure]]]] = {
    "kills": _kills,
    "chaos": _chaos,
    "fuzz": _fuzz,
    "load": _load,
}


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.soak")
    parser.add_argument("runs", nargs="*", metavar="RUN", help=f"{', '.join(RUNS)} (default: all of them)")
    parser.add_argument("--seed", type=int, default=time.time_ns() % 100_000, help="to have the same moments again")
    asked = parser.parse_args(argv)
    if unknown := set(asked.runs) - set(RUNS):
        parser.error(f"there is no {', '.join(sorted(unknown))}")
    began, figures = time.monotonic(), []
    print(f"seed {asked.seed}", flush=True)
    for name in asked.runs or RUNS:
        with tempfile.TemporaryDirectory(prefix="crosswalk-soak-", ignore_cleanup_errors=True) as folder:
            print(f"{name} ...", flush=True)

            def say(line: str) -> None:
                print(f"  {time.monotonic() - began:5.0f} s  {line}", flush=True)

            figures += asyncio.run(RUNS[name](Path(folder), asked.seed, say))
    print(f"\n{table(figures)}\n\n{time.monotonic() - began:.0f} seconds", flush=True)
    if not asked.runs:
        write(figures, VAR / "soak.json")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
