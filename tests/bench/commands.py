"""What a slash command costs, against a bare Bolt app and against itself with many more listeners."""

from collections.abc import Callable
from pathlib import Path

from tests.bench.world import aways, helps, migrated, notes, paired, served, slack
from tests.figures import Figure

PAIRS, EACH = 15, 2000
WRITING_PAIRS = 9

Say = Callable[[str], None]


async def measured(folder: Path, say: Say) -> list[Figure]:
    with slack(folder) as environment:
        migrated(folder, environment)
        return [*await _against_bare(folder, environment, say), await _against_itself(folder, environment, say)]


async def _against_bare(folder: Path, environment: dict[str, str], say: Say) -> list[Figure]:
    async with (
        served(["tests.bench.bare"], environment, folder, at="argument") as bare,
        served(["tests.bench.more", "0"], environment, folder) as noting,
    ):
        write, noted, plain = await paired(
            (noting, notes, b"Noted"), (bare, helps, b"ok"), WRITING_PAIRS, EACH // 2
        )
        say(f"a command that commits one row: {noted:.0f} us, bare Bolt {plain:.0f} us")
        away, absent, _ = await paired((noting, aways, b""), (bare, helps, b"ok"), 3, EACH // 8)
        say(f"/standup away tomorrow, with the jobs that follow it: {absent:.0f} us, {away:.2f} times bare Bolt")
    async with (
        served(["tests.bench.bare"], environment, folder, at="argument") as bare,
        served(["bot", "run"], environment, folder) as ours,
    ):
        ratio, helped, plain = await paired((ours, helps, b"/standup"), (bare, helps, b"ok"), PAIRS, EACH)
        say(f"/standup help: {helped:.0f} us, bare Bolt {plain:.0f} us")
    return [
        Figure("command_cpu_ratio", ratio, 1.5, "lower", "times"),
        Figure("command_with_write_ratio", write, 3, "lower", "times"),
    ]


async def _against_itself(folder: Path, environment: dict[str, str], say: Say) -> Figure:
    beside = {**environment, "DATABASE_URL": f"sqlite:///{folder}/more.db"}
    migrated(folder, beside)
    async with (
        served(["tests.bench.more", "0"], environment, folder) as without,
        served(["tests.bench.more", "60"], beside, folder) as with_more,
    ):
        ratio, more, less = await paired(
            (with_more, helps, b"/standup"), (without, helps, b"/standup"), PAIRS, EACH
        )
        say(f"/standup help with 60 more listeners: {more:.0f} us, without {less:.0f} us")
    return Figure("command_cpu_with_60_more", ratio, 1.05, "lower", "times")
