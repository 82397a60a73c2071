"""A bot that was away while its moments passed: whatever order it finds them in, nothing is lost."""

from datetime import datetime
from pathlib import Path

from tests.stories.town import PEOPLE, TEAM, town

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
