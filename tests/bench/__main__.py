"""python -m tests.bench [command | start | burst | fanout ...]: all of them without an argument."""

import asyncio
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.bench import burst, commands, drawing, fanout, gaps, glossary, lookups, page, starting, summary
from tests.figures import VAR, Figure, table, write

Measure = Callable[[Path, Callable[[str], None]], list[Figure]]

MEASURES: dict[str, Measure] = {
    "command": lambda folder, say: asyncio.run(commands.measured(folder, say)),
    "lookup": lambda folder, say: asyncio.run(lookups.measured(folder, say)),
    "start": starting.measured,
    "burst": lambda folder, say: asyncio.run(burst.measured(folder, say)),
    "fanout": lambda folder, say: asyncio.run(fanout.measured(folder, say)),
    "glossary": glossary.measured,
    "gaps": gaps.measured,
    "summary": summary.measured,
    "drawing": lambda folder, say: asyncio.run(drawing.measured(folder, say)),
    "page": lambda folder, say: asyncio.run(page.measured(folder, say)),
}


def main(wanted: list[str]) -> int:
    unknown = set(wanted) - set(MEASURES)
    if unknown:
        print(f"There is no {', '.join(sorted(unknown))}; there are {', '.join(MEASURES)}.")
        return 2
    began, figures = time.monotonic(), []
    for name in wanted or MEASURES:
        with tempfile.TemporaryDirectory(prefix="crosswalk-bench-") as folder:
            print(f"{name} ...", flush=True)
            figures += MEASURES[name](Path(folder), lambda line: print(f"  {line}", flush=True))
    print(f"\n{table(figures)}\n\n{time.monotonic() - began:.0f} seconds", flush=True)
    if not wanted:
        write(figures, VAR / "bench.json")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
