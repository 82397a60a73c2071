"""What a slash command costs, against a bare Bolt app and against itself with many more listeners."""

from collections.abc import Callable
from pathlib import Path

from tests.bench.world import aways, helps, migrated, notes, paired, served, slack
from tests.figures import Figure

PAIRS, EACH = 15, 2000
WRITING_PAIRS, WRITES = 9, 1000

Say = Callable[[str], None]


async def measured(folder: Path, say: Say) -> list[Figure]:
    """Every server has a database of its own, so that none does another's work."""
    with slack(folder) as environment:
        databases = {}
        for name in ("ours", "noting", "with_more"):
            databases[name] = {**environment, "DATABASE_URL": f"sqlite:///{folder}/{name}.db"}
            migrated(folder, databases[name])
        return [
            await _reading(folder, databases["ours"], say),
            await _with_more(folder, databases["ours"], databases["with_more"], say),
            await _writing(folder, databases["noting"], say),
        ]


async def _reading(folder: Path, environment: dict[str, str], say: Say) -> Figure:
    async with (
        served(["tests.bench.bare"], environment, folder, at="argument") as bare,
        served(["bot", "run"], environment, folder) as ours,
    ):
        ratio, helped, plain = await paired((ours, helps, b"/standup"), (bare, helps, b"ok"), PAIRS, EACH)
    say(f"/standup help: {helped:.0f} us, bare Bolt {plain:.0f} us")
    return Figure("command_cpu_ratio", ratio, 1.5, "lower", "times")


async def _with_more(folder: Path, without: dict[str, str], with_more: dict[str, str], say: Say) -> Figure:
    async with (
        served(["tests.bench.more", "0"], without, folder) as plain,
        served(["tests.bench.more", "60"], with_more, folder) as fuller,
    ):
        ratio, more, less = await paired((fuller, helps, b"/standup"), (plain, helps, b"/standup"), PAIRS, EACH)
    say(f"/standup help with 60 more listeners: {more:.0f} us, without {less:.0f} us")
    return Figure("command_cpu_with_60_more", ratio, 1.05, "lower", "times")


async def _writing(folder: Path, environment: dict[str, str], say: Say) -> Figure:
    async with (
        served(["tests.bench.bare"], environment, folder, at="argument") as bare,
        served(["tests.bench.more", "0"], environment, folder) as ours,
    ):
        ratio, noted, plain = await paired((ours, notes, b"Noted"), (bare, helps, b"ok"), WRITING_PAIRS, WRITES)
        say(f"a command that commits one row: {noted:.0f} us, bare Bolt {plain:.0f} us")
        # Last, since the jobs that follow go on for a while. It has no goal; it shows what a whole feature costs.
        away, absent, _ = await paired((ours, aways, b""), (bare, helps, b"ok"), 3, WRITES // 4)
        say(f"/standup away tomorrow, with the jobs that follow it: {absent:.0f} us, {away:.1f} times bare Bolt")
    return Figure("command_with_write_ratio", ratio, 3, "lower", "times")
