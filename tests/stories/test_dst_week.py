"""Weeks in which clocks change: here, there, forwards, back. Everybody lives by her own clock all the same."""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.slackside import Message
from tests.stories.town import PEOPLE, SYNC, Someone, Town, labels, sent_at, town

TWICE_A_WEEK = """
functions:
  - {name: Engineering, side: technical, lead: "@rui", members: ["@rui", "@priya", "@hemi"]}
  - {name: Sales, side: business, lead: "@dana", members: ["@dana"]}
calendar: {zone: Europe/Lisbon}
admins: ["@rui"]
glossary: {starter: false}
standups:
  twice:
    title: Twice a week
    channel: "#product-sync"
    when: mon,fri 09:00
    questions: [{key: moved, ask: What moved?, required: true}]
"""
FOUR = tuple(someone for someone in PEOPLE if someone.handle in ("rui", "dana", "priya", "hemi"))
WEEKS = {
    "New York springs forward": "2026-03-05",
    "Lisbon springs forward": "2026-03-26",
    "Auckland falls back": "2026-04-02",
    "Lisbon falls back": "2026-10-22",
}


@pytest.mark.parametrize("thursday", WEEKS.values(), ids=WEEKS.keys())
async def test_a_week_across_a_clock_change_asks_everybody_at_her_own_nine_and_nags_nobody_at_night(
    tmp_path: Path, thursday: str
) -> None:
    begins = datetime.fromisoformat(f"{thursday}T12:00:00+00:00")
    friday, monday = (f"{begins + timedelta(days=days):%d}" for days in (1, 4))
    async with town(tmp_path, begins.isoformat(), TWICE_A_WEEK, people=FOUR) as here:
        await here.time_passes_until((begins + timedelta(days=1)).isoformat())
        await here.answers("dana", "Signed two customers")
        await here.time_passes_until((begins + timedelta(days=5, hours=-2)).isoformat())
        for someone in FOUR:
            messages = await in_her_hours(here, someone)
            prompts = [each for each in messages if "time for your update" in each.plain]
            # Dana answered before her Friday came, so Friday asks her nothing.
            asked = [monday] if someone.handle == "dana" else [friday, monday]
            assert [local(each, someone) for each in prompts] == [f"{day} 09:00" for day in asked]
            reminders = [each for each in messages if each.plain.startswith("A reminder")]
            assert [local(each, someone) for each in reminders] == [f"{day} 12:00" for day in asked]
            rest = [each.plain for each in messages if each not in prompts and each not in reminders]
            assert all("Only you see this list" in plain for plain in rest), rest
            assert len(rest) <= (someone.handle == "rui")
        channel = await here.person("rui").sees(SYNC)
        roots = [each for each in channel if labels(each) & {"Answer", "Answer late"}]
        assert [local(each, FOUR[0]) for each in roots] == [f"{friday} 09:00", f"{monday} 09:00"]
        assert ["1 of 4" in each.plain for each in roots] == [True, False]
        assert all("Closed" in each.plain for each in roots)
        assert len([each for each in channel if "What concerns me" in labels(each)]) == 2


async def in_her_hours(here: Town, someone: Someone) -> list[Message]:
    """All that the bot wrote to her, each of it once and in her working hours."""
    messages = await here.person(someone.handle).dm()
    for message in messages:
        hour = sent_at(message).astimezone(ZoneInfo(someone.zone))
        assert 9 <= hour.hour < 18, (hour, message.plain)
        assert hour.weekday() < 5, (hour, message.plain)
    told = [(local(message, someone), message.plain) for message in messages]
    assert len(set(told)) == len(told)
    return messages


def local(message: Message, someone: Someone) -> str:
    return f"{sent_at(message).astimezone(ZoneInfo(someone.zone)):%d %H:%M}"
