"""What `/glossary <term>` costs over HTTP, against a bare Bolt app, and with many terms against few."""

import random
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from bot.database import Database
from glossary.exchange import Row
from glossary.settings import GlossarySettings
from glossary.terms import Sense, Wording
from glossary.usecases import exchanging
from tests.bench.load import command
from tests.bench.world import SECRET, TEAM, helps, migrated, paired, served, slack
from tests.figures import Figure

MANY, FEW = 100_000, 1_000
PAIRS, EACH = 15, 2000
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
FOUND = b"Sum of the parts"

Say = Callable[[str], None]


async def measured(folder: Path, say: Say) -> list[Figure]:
    """Each server has a database of its own. What is looked up differs each time, so that nothing is remembered."""
    with slack(folder) as environment:
        databases = {}
        for count in (MANY, FEW):
            databases[count] = {**environment, "DATABASE_URL": f"sqlite:///{folder}/terms{count}.db"}
            migrated(folder, databases[count])
            _fill(databases[count]["DATABASE_URL"], count)
        async with (
            served(["tests.bench.bare"], environment, folder, at="argument") as bare,
            served(["bot", "run"], databases[MANY], folder) as many,
            served(["bot", "run"], databases[FEW], folder) as few,
        ):
            for server in (many, few):
                server.program.wait_for("settled")
            among_many, among_few = _look_ups(MANY), _look_ups(FEW)
            ratio, looked, plain = await paired((many, among_many, FOUND), (bare, helps, b"ok"), PAIRS, EACH)
            say(f"/glossary <term> among {MANY:,}: {looked:.0f} us, bare Bolt {plain:.0f} us")
            scaling, more, less = await paired((many, among_many, FOUND), (few, among_few, FOUND), PAIRS, EACH)
            say(f"among {MANY:,} terms {more:.0f} us, among {FEW:,} {less:.0f} us")
            say(f"memory with {MANY:,} terms: {many.program.memory() / 1e6:.0f} MB")
    return [
        Figure("lookup_cpu_ratio", ratio, 1.8, "lower", "times"),
        Figure("lookup_scaling", scaling, 1.1, "lower", "times"),
    ]


def _fill(url: str, count: int) -> None:
    rows = [Row(nth, _wording(nth), "accepted") for nth in range(count)]
    with closing(Database.open(url)) as database:
        database.write_now(exchanging.bring_in, TEAM, rows, "U0P0", GlossarySettings(), NOW)


def _wording(nth: int) -> Wording:
    """Plausible in length; no two terms begin with the same word."""
    name = _name(nth)
    said = f"{name} is what remains of the whole when the others have taken theirs, and it is counted each month."
    technical = f"Sum of the parts that belong to {name}, read from the ledger at midnight and kept for a year."
    return Wording(name, (), (f"{name} figure",), (Sense(said, technical, f"{name} was 4 in March."),))


def _name(nth: int) -> str:
    return f"zeta{nth:x} margin"


def _look_ups(count: int) -> Callable[[int], Sequence[bytes]]:
    chosen = random.Random(7)

    def make(each: int) -> Sequence[bytes]:
        names = [_name(chosen.randrange(count)) for _ in range(each)]
        return [command(SECRET, name, command="/glossary") for name in names]

    return make
