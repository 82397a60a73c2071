"""A bot that was away while its moments passed: whatever order it finds them in, nothing is lost."""

from datetime import datetime
from pathlib import Path

import pytest

from tests.stories.town import CONFIG, PEOPLE, TEAM, Town, town

FRIDAY = "2026-11-20T12:00:00+00:00"
CLOSES = datetime.fromisoformat("2026-11-23T18:00:00+00:00")


async def test_a_round_that_closes_before_anybody_opened_its_thread_has_both(tmp_path: Path) -> None:
    """Both moments passed in the same gap, and of the two jobs the close was the quicker one."""
    async with town(tmp_path, FRIDAY, people=PEOPLE[:2]) as here:
        await here.time_passes_until("2026-11-23T07:00:00+00:00")
        await here.person("rui").types("/standup")
        form = await here.slack.eventually(here.person("rui").view)
        await here.person("rui").fills(form, {"q.moved": "The evening before"})
        close = here.bot.registry.jobs["standup.close"]
        await here.bot.database.write(close, TEAM, "weekly.2026-11-23T09:00@0", CLOSES)
        await here.time_passes_until("2026-11-23T18:05:00+00:00")
        first, *others = await here.thread()
        assert "1 of 1" in first.plain
        assert "Closed" in first.plain
        assert [message.plain.partition("\n")[0] for message in others] == [
            "*Rui* · Engineering",
            "Digest: Weekly stand-up, Mon 23 Nov",
            "*Weekly stand-up*, Mon 23 Nov: closed",
        ]


@pytest.mark.parametrize(
    ("config", "told"),
    [
        (CONFIG, "`/standup now weekly` asks everybody now."),
        (
            CONFIG.replace('owner: "@marta"', 'owner: "@rui"'),
            "An admin can ask everybody now with `/standup now weekly`.",
        ),
        (CONFIG.replace('    owner: "@marta"\n', ""), "`/standup now weekly` asks everybody now."),
        (CONFIG + "commands: {standup: /sync}\n", "`/sync now weekly` asks everybody now."),
    ],
    ids=["the owner is an admin", "the owner is none", "there is no owner", "the command has another name"],
)
async def test_a_stand_up_that_was_missed_is_told_to_who_can_do_something(
    tmp_path: Path, config: str, told: str
) -> None:
    async with town(tmp_path, FRIDAY, config, people=PEOPLE[:2]) as here:
        await here.time_passes_until("2026-11-20T13:00:00+00:00")
        await here.stop()
        await here.slack.eventually(lambda: nobody_follows(here))
        await here.slack.jump(datetime.fromisoformat("2026-11-23T13:00:00+00:00"))
        await here.start()
        owner, other = ("rui", "marta") if 'owner: "@rui' in config else ("marta", "rui")
        message = (await here.slack.eventually(here.person(owner).dm))[-1]
        assert message.plain == (
            "*Weekly stand-up* of Mon 23 Nov did not take place: I was not running at 09:00, nor soon after. "
            f"Nobody was asked. {told}"
        )
        await here.settles()
        assert not await here.person(other).dm()
        if config == CONFIG:
            await here.person("marta").types("/standup now weekly")
            await here.slack.eventually(here.person("rui").dm)


async def nobody_follows(here: Town) -> bool:
    """Then time passes by itself, as it does outside of the sandbox."""
    return not (await here.slack.clock())["followed"]
