"""Weeks in which clocks change: here, there, forwards, back. Everybody lives by her own clock all the same."""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.slackside import Message
from tests.stories.town import PEOPLE, SYNC, Someone, Town, labels, sent_at, town

DAILY = """
functions:
  - {name: Engineering, side: technical, lead: "@rui", members: ["@rui", "@priya", "@hemi"]}
  - {name: Sales, side: business, lead: "@dana", members: ["@dana"]}
calendar: {zone: Europe/Lisbon}
admins: ["@marta"]
standups:
  daily:
    title: Daily
    channel: "#product-sync"
    when: weekdays 09:00
    owner: "@marta"
    questions: [{key: moved, ask: What moved?, required: true}]
"""
FOUR = tuple(someone for someone in PEOPLE if someone.handle in ("rui", "dana", "priya", "hemi"))
WEEKS = {
    "New York springs forward": "2026-03-06",
    "Lisbon springs forward": "2026-03-27",
    "Auckland falls back": "2026-04-03",
}


@pytest.mark.parametrize("friday", WEEKS.values(), ids=WEEKS.keys())
async def test_a_week_across_a_clock_change_asks_everybody_at_her_own_nine_and_nags_nobody_at_night(
    tmp_path: Path, friday: str
) -> None:
    first = datetime.fromisoformat(f"{friday}T12:00:00+00:00")
    async with town(tmp_path, first.isoformat(), DAILY, people=FOUR) as here:
        # From Friday noon to the Saturday of the next week, when New York's Friday is over as well.
        await here.time_passes_until((first + timedelta(days=8)).isoformat())
        days = [f"{first + timedelta(days=3 + n):%d}" for n in range(5)]
        for someone in FOUR:
            prompts, reminders, others = await heard(here, someone)
            assert [local(message, someone) for message in prompts] == [f"{day} 09:00" for day in days]
            assert [local(message, someone) for message in reminders] == expected_reminders(days)
            assert others in ([], ["silence"]), others
        channel = await here.person("rui").sees(SYNC)
        roots = [message for message in channel if labels(message) & {"Answer", "Answer late"}]
        assert [local(message, FOUR[0]) for message in roots] == [f"{day} 09:00" for day in days]
        assert len([message for message in channel if "What concerns me" in labels(message)]) == 5
        assert all("Closed" in message.plain for message in roots)


def expected_reminders(days: list[str]) -> list[str]:
    """Three silent rounds: then she is asked once what would suit her, and reminded no more."""
    return [f"{day} 12:00" for day in days[:3]]


async def heard(here: Town, someone: Someone) -> tuple[list[Message], list[Message], list[str]]:
    """Her prompts, her reminders, and what else; nothing twice, and all of it in her working hours."""
    messages = await here.person(someone.handle).dm()
    for message in messages:
        hour = sent_at(message).astimezone(ZoneInfo(someone.zone))
        assert 9 <= hour.hour < 18, (hour, message.plain)
        assert hour.weekday() < 5, (hour, message.plain)
    assert len({message.ts for message in messages}) == len(messages)
    prompts = [message for message in messages if "time for your update" in message.plain]
    reminders = [message for message in messages if message.plain.startswith("A reminder")]
    rest = [message for message in messages if message not in prompts and message not in reminders]
    return prompts, reminders, ["silence" if "Make me optional" in labels(each) else each.plain for each in rest]


def local(message: Message, someone: Someone) -> str:
    return f"{sent_at(message).astimezone(ZoneInfo(someone.zone)):%d %H:%M}"
