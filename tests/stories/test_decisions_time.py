"""What happens to a decision when time passes: reminded before and when it is due, put off, brought before somebody."""

from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from bot import outbox
from bot.features.decisions import telling
from tests.stories.court import DECISIONS, MONDAY, asks, decides, does, goes_on, mail, reads, shows
from tests.stories.town import SYNC, TEAM, Town, labels, sent_at, town


async def reminders(here: Town, handle: str) -> list[str]:
    """When she was reminded, and how."""
    kinds = ("A reminder: you decide", "This was yours to decide", "was to decide this by")
    return [
        f"{sent_at(each):%a %H:%M} {kind}"
        for each in await here.person(handle).dm()
        for kind in kinds
        if kind in each.plain
    ]


async def test_the_decider_is_reminded_in_her_hours_and_then_somebody_hears(tmp_path: Path) -> None:
    async with town(tmp_path, MONDAY, DECISIONS) as here:
        await asks(here, "rui", due="2026-11-25")
        await here.time_passes_until("2026-11-24T18:05:00+00:00")
        first = await reads(here, "dana", "A reminder: you decide this by *Wed 25 Nov*:")
        assert {"Decide", "Hand over", "Remind me tomorrow"} <= labels(first)
        assert "overdue" not in (await shows(here, "Decision 1")).plain
        await here.person("dana").presses(first, "Remind me tomorrow")
        await here.slack.eventually(lambda: _whispered(here, "dana", "I remind you again on Wed 25 Nov."))
        await here.time_passes_until("2026-11-25T18:00:00+00:00")
        await shows(here, "Decision 1 · overdue")
        due = await reads(here, "dana", "This was yours to decide by *Wed 25 Nov*")
        await here.person("dana").presses(due, "Remind me tomorrow")
        await here.slack.eventually(lambda: _whispered(here, "dana", "I remind you again on Fri 27 Nov."))
        await here.time_passes_until("2026-11-27T15:00:00+00:00")
        assert await reminders(here, "dana") == [
            "Tue 18:00 A reminder: you decide",
            "Wed 14:00 A reminder: you decide",
            "Wed 18:00 This was yours to decide",
            "Fri 14:00 This was yours to decide",
        ], "Thursday is Thanksgiving"
        assert await reminders(here, "rui") == ["Fri 09:00 was to decide this by"], "he drives it, and she leads Sales"
        assert "People have waited since Mon 23 Nov" in await mail(here, "rui")
        await decides(here, "dana", await reads(here, "dana", "asks you to decide"), outcome="Yes")
        await here.time_passes_until("2026-12-04T18:00:00+00:00")
        for handle in ("dana", "rui"):
            await here.slack.eventually(partial(_all_settled, here, handle))


async def _whispered(here: Town, handle: str, words: str) -> bool:
    return any(each.ephemeral and words in each.plain for each in await here.person(handle).dm())


async def test_a_reminder_on_its_way_is_called_off_and_whoever_has_just_heard_gets_none(tmp_path: Path) -> None:
    async with town(tmp_path, MONDAY, DECISIONS) as here:
        shown = await asks(here, "rui", decider="hemi", due="2026-11-24")
        moved = await asks(here, "rui", "Who writes it?", "hemi", due="2026-11-24")
        await here.time_passes_until("2026-11-24T18:30:00+00:00")
        assert await reminders(here, "hemi") == [], (
            "on Monday evening, when it was nine for Hemi, he read that it is his"
        )
        assert "asks you to decide" in await mail(here, "hemi")
        await decides(here, "rui", shown, outcome="Yes")
        await goes_on(here, "rui", moved, "Hand over", person="U0MARTA")
        await here.time_passes_until("2026-11-25T12:00:00+00:00")
        assert await reminders(here, "hemi") == []
        await reads(here, "marta", "Who writes it?", "asks you to decide")


async def test_nobody_is_reminded_that_a_day_comes_which_is_over(tmp_path: Path) -> None:
    async with town(tmp_path, MONDAY, DECISIONS) as here:
        await asks(here, "rui", decider="marta", due="2026-11-28")
        await asks(here, "rui", "Who writes it?", "marta", due="2026-12-01")
        await here.time_passes_until("2026-12-02T12:00:00+00:00")
        assert await reminders(here, "marta") == [
            "Mon 09:00 This was yours to decide",
            "Wed 09:00 This was yours to decide",
        ], "Saturday is no working day, nor is the first of December in Portugal"


async def test_what_reminded_her_says_how_things_stand_once_somebody_has_acted(tmp_path: Path) -> None:
    async with town(tmp_path, MONDAY, DECISIONS) as here:
        shown = await asks(here, "rui", decider="rui", due="2026-11-25")
        await here.time_passes_until("2026-11-25T09:05:00+00:00")
        asked = await reads(here, "rui", "A reminder: you decide this by *Wed 25 Nov*:")
        assert "Remind me tomorrow" in labels(asked)
        await goes_on(here, "rui", shown, "Change due date", due="2026-11-26")
        moved = await reads(here, "rui", "You decide this by *Thu 26 Nov* now:")
        assert moved.ts == asked.ts
        assert "Decide" in labels(moved)
        await goes_on(here, "rui", shown, "Hand over", person="U0MARTA")
        handed = await reads(here, "rui", "*Marta* decides this by *Thu 26 Nov* now:")
        assert (handed.ts, labels(handed)) == (asked.ts, {"All there is to it"})
        await goes_on(here, "marta", shown, "Hand over", person="U0PRIYA")
        await reads(here, "rui", "*Priya* decides this by *Thu 26 Nov* now:")
        await goes_on(here, "priya", shown, "Hand over", person="U0MARTA")
        await reads(here, "rui", "*Marta* decides this by *Thu 26 Nov* now:")
        await here.time_passes_until("2026-11-30T09:05:00+00:00")
        late = await reads(here, "rui", "*Marta* was to decide this by *Thu 26 Nov*")
        assert "Hand over" in labels(late)
        await decides(here, "marta", await shows(here, "Decision 1"), outcome="In spring")
        for handle in ("rui", "marta"):
            await here.slack.eventually(partial(_all_settled, here, handle))
        told = {each.ts: each.plain for each in await here.person("rui").dm()}
        assert "In spring" in told[asked.ts]
        assert "In spring" in told[late.ts]


async def _all_settled(here: Town, handle: str) -> bool:
    """None of her messages asks her to decide any more, nor to help it along."""
    asks_still = {"Decide", "Hand over", "Remind me tomorrow"}
    dms = await here.person(handle).dm()
    return not any(asks_still & labels(each) for each in dms) and await reminders(here, handle) == []


async def test_a_lead_hears_what_is_late_and_a_new_date_begins_anew(tmp_path: Path) -> None:
    async with town(tmp_path, MONDAY, DECISIONS) as here:
        shown = await asks(here, "marta", decider="priya", due="2026-11-23", escalate_to="U0EMMA")
        await here.time_passes_until("2026-11-24T18:05:00+00:00")
        late = await reads(here, "emma", "*Priya* was to decide this by *Mon 23 Nov*. People have waited since")
        assert labels(late) == {"All there is to it"}, "she may help it along, not hand it over"
        await goes_on(here, "marta", shown, "Change due date", due="2026-11-27")
        await here.time_passes_until("2026-12-03T18:05:00+00:00")
        assert len(await reminders(here, "emma")) == 1
        assert "*Priya* decides this by *Fri 27 Nov* now:" in await mail(here, "emma")
        assert len([each for each in await reminders(here, "priya") if "A reminder" in each]) == 1
        answer = await does(here, "marta", shown, "Decide", "Decide", outcome=" ")
        assert "Say what is decided" in answer["errors"]["outcome"]
        assert "1 open decision" in str(await here.person("rui").types("/decision list", SYNC))


async def test_nobody_is_asked_twice_for_her_input_by_one_that_stays_open_for_months(tmp_path: Path) -> None:
    async with town(tmp_path, MONDAY, DECISIONS) as here:
        shown = await asks(here, "rui", consulted=["U0PRIYA"])
        await reads(here, "priya", "would like to hear what you think")
        await here.settles()
        await here.bot.database.write(_forgotten, here.bot.clock.now() + timedelta(days=1))
        await goes_on(here, "rui", shown, "Change due date", due="2026-11-30")
        await shows(here, "*Dana* decides by *Mon 30 Nov*")
        await here.settles()
        assert (await mail(here, "priya")).count("would like to hear what you think") == 1


def _forgotten(tx: Any, before: datetime) -> None:
    outbox.purge(tx, TEAM, before, telling.still_needed(tx, TEAM))
