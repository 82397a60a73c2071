"""Absent people are left alone, by every way of being absent, and shown as away, not as missing."""

from pathlib import Path
from typing import Any

import pytest

from rituals.people.rules import Member
from rituals.people.store import PeopleStore
from tests.slackside import Message
from tests.stories.town import CONFIG, PEOPLE, SYNC, TEAM, Someone, Town, labels, sent_at, town

FRIDAY, MONDAY = "2026-11-20T12:00:00+00:00", "2026-11-23T09:05:00+00:00"
NIGHT = "2026-11-23T23:05:00+00:00"
THREE = tuple(someone for someone in PEOPLE if someone.handle in ("marta", "rui", "hemi"))
LISBON = PEOPLE[:2]


async def asked(here: Town, handle: str) -> list[Message]:
    return [message for message in await here.person(handle).dm() if "Answer" in labels(message)]


async def board(here: Town) -> str:
    return (await here.thread())[0].plain


async def owners_list(here: Town) -> str:
    found = [each.plain for each in await here.person("marta").dm() if "Only you see this list" in each.plain]
    return found[-1] if found else ""


async def known(here: Town, handle: str, **facts: Any) -> None:
    """The bot has heard of a change about her, and everything that follows has been done."""

    def member(tx: Any) -> Member | None:
        return PeopleStore(tx, TEAM).member(f"U0{handle.upper()}")

    async def heard() -> bool:
        found = await here.bot.database.read(member)
        return all(getattr(found, name) == value for name, value in facts.items())

    await here.slack.eventually(heard)
    await here.settles()


async def test_who_is_away_by_command_is_neither_asked_nor_reminded_and_shown_as_away(tmp_path: Path) -> None:
    async with town(tmp_path, FRIDAY, people=THREE) as here:
        rui = here.person("rui")
        told = await rui.types("/standup away 23 Nov - 27 Nov", SYNC)
        assert "from Mon 23 Nov to Fri 27 Nov" in told["text"]
        await here.time_passes_until(MONDAY)
        assert "0 of 2" in await board(here)
        assert "Rui (away until 27 Nov)" in await board(here)
        await here.time_passes_until("2026-11-24T09:05:00+00:00")
        assert [message for message in await rui.dm() if not message.ephemeral] == []
        assert "Hemi" in await owners_list(here)
        assert "Rui" not in await owners_list(here)


async def test_who_goes_away_after_she_was_asked_is_away_and_not_missing(tmp_path: Path) -> None:
    async with town(tmp_path, FRIDAY, people=THREE) as here:
        await here.time_passes_until(MONDAY)
        rui = here.person("rui")
        assert len(await asked(here, "rui")) == 1
        await rui.types("/standup away today", SYNC)
        await here.settles()
        assert "0 of 2" in await board(here)
        assert "Rui (away today)" in await board(here)
        await here.time_passes_until("2026-11-24T09:05:00+00:00")
        assert len(await asked(here, "rui")) == 1, "no reminder follows her"
        assert "Rui" not in await owners_list(here)


async def test_who_comes_back_while_the_round_runs_is_asked_then_and_once(tmp_path: Path) -> None:
    async with town(tmp_path, FRIDAY, people=THREE) as here:
        rui = here.person("rui")
        await rui.types("/standup away mon", SYNC)
        await here.time_passes_until(MONDAY)
        assert await asked(here, "rui") == []
        await rui.types("/standup away off", SYNC)
        await here.slack.eventually(lambda: asked(here, "rui"))
        await here.settles()
        assert "0 of 3" in await board(here)
        await here.time_passes_until("2026-11-23T11:00:00+00:00")
        assert len(await asked(here, "rui")) == 1


async def test_who_is_back_the_next_day_while_the_round_still_runs_is_asked_then(tmp_path: Path) -> None:
    config = CONFIG.replace("    owner:", "    window: 3d\n    owner:")
    async with town(tmp_path, FRIDAY, config, people=LISBON) as here:
        await here.person("rui").types("/standup away mon", SYNC)
        await here.time_passes_until("2026-11-23T20:00:00+00:00")
        assert "Rui (away today)" in await board(here)
        await here.time_passes_until("2026-11-24T09:05:00+00:00")
        (prompt,) = await asked(here, "rui")
        assert f"{sent_at(prompt):%a %H:%M}" == "Tue 09:00"
        assert "Rui" not in await board(here)
        assert "0 of 2" in await board(here)


async def test_who_was_away_for_a_day_after_she_was_asked_is_awaited_again(tmp_path: Path) -> None:
    config = CONFIG.replace("    owner:", "    window: 3d\n    owner:")
    async with town(tmp_path, FRIDAY, config, people=LISBON) as here:
        await here.time_passes_until(MONDAY)
        await here.person("rui").types("/standup away tue", SYNC)
        await here.time_passes_until("2026-11-24T09:05:00+00:00")
        await here.person("rui").types("/standup away until 31 dec 9999", SYNC)
        await here.person("rui").types("/standup away off", SYNC)
        await here.person("rui").types("/standup away today", SYNC)
        await here.settles()
        assert "Rui (away today)" in await board(here)
        await here.time_passes_until("2026-11-25T09:05:00+00:00")
        assert "0 of 2" in await board(here)


async def test_nobody_is_woken_because_somebody_else_came_or_went(tmp_path: Path) -> None:
    """Hemi's Monday is over when Rui goes away; that the people are looked at again must not ask Hemi at night."""
    async with town(tmp_path, FRIDAY, people=PEOPLE) as here:
        await here.person("hemi").types("/standup away mon", SYNC)
        await here.time_passes_until("2026-11-23T14:30:00+00:00")
        await here.person("rui").types("/standup away today", SYNC)
        await here.settles()
        await here.time_passes_until(NIGHT)
        assert await asked(here, "hemi") == []


async def test_a_status_from_the_list_means_away_until_it_ends(tmp_path: Path) -> None:
    async with town(tmp_path, FRIDAY, people=THREE) as here:
        rui, hemi = here.person("rui"), here.person("hemi")
        await rui.sets_status(":palm_tree:", "Beach", "2026-11-25T00:00:00+00:00")
        await hemi.sets_status(":coffee:", "Short break")
        await known(here, "rui", status_emoji="palm_tree")
        await known(here, "hemi", status_emoji="coffee")
        await here.time_passes_until(MONDAY)
        assert "Rui (away by status until 24 Nov)" in await board(here)
        assert await asked(here, "rui") == []
        assert await asked(here, "hemi") != []
        await here.time_passes_until("2026-11-30T09:05:00+00:00")
        assert len(await asked(here, "rui")) == 1


async def test_a_pause_leaves_her_alone_until_she_resumes(tmp_path: Path) -> None:
    async with town(tmp_path, FRIDAY, people=THREE) as here:
        rui = here.person("rui")
        await rui.types("/standup pause", SYNC)
        await here.time_passes_until(NIGHT)
        assert await asked(here, "rui") == []
        assert "Rui (paused)" in await board(here)
        await rui.types("/standup resume", SYNC)
        await here.time_passes_until("2026-11-30T09:05:00+00:00")
        assert len(await asked(here, "rui")) == 1


HOLIDAYS = {"moves to her next working day": ("move", ["Mon 21:00"]), "is skipped": ("skip", [])}


@pytest.mark.parametrize(("way", "comes"), HOLIDAYS.values(), ids=HOLIDAYS.keys())
async def test_a_prompt_on_a_holiday_of_her_country(tmp_path: Path, way: str, comes: list[str]) -> None:
    """Monday 1 June 2026 is New Zealand's alone. Lisbon has until midnight, when Auckland's Tuesday has begun."""
    lines = f"    window: 15h\n    reminders: [3h]\n    on_holiday: {way}\n    owner:"
    config = CONFIG.replace("    owner:", lines)
    async with town(tmp_path, "2026-05-29T12:00:00+00:00", config, people=THREE) as here:
        await here.time_passes_until("2026-06-01T08:05:00+00:00")
        assert len(await asked(here, "rui")) == 1
        assert await asked(here, "hemi") == []
        if way == "skip":
            assert "Hemi (King's Birthday)" in await board(here)
        await here.time_passes_until("2026-06-01T21:05:00+00:00")
        assert [f"{sent_at(message):%a %H:%M}" for message in await asked(here, "hemi")] == comes


async def test_a_holiday_of_everybody_moves_the_whole_round(tmp_path: Path) -> None:
    """Tuesday 8 December 2026 is a holiday in Portugal: the thread opens on Wednesday."""
    changed = CONFIG.replace("mon 09:00", "tue 09:00")
    async with town(tmp_path, "2026-12-07T12:00:00+00:00", changed, people=LISBON) as here:
        await here.time_passes_until("2026-12-08T23:00:00+00:00")
        assert await here.thread() == []
        assert await asked(here, "rui") == []
        await here.time_passes_until("2026-12-09T09:05:00+00:00")
        assert f"{sent_at((await here.thread())[0]):%d %H:%M}" == "09 09:00"
        assert len(await asked(here, "rui")) == 1


async def test_nobody_is_asked_on_a_weekend(tmp_path: Path) -> None:
    changed = CONFIG.replace("mon 09:00", "sat 09:00").replace("    owner:", "    on_holiday: skip\n    owner:")
    async with town(tmp_path, FRIDAY, changed, people=LISBON) as here:
        await here.time_passes_until("2026-11-22T23:00:00+00:00")
        assert await asked(here, "rui") == []
        assert await here.person("rui").sees(SYNC) == [], "and no thread stands there for nobody"


GUESTS = {
    "left out by default": "",
    "taking part where the config says so": "away: {guests: true}\n",
}


@pytest.mark.parametrize("more", GUESTS.values(), ids=GUESTS.keys())
async def test_guests_and_closed_accounts(tmp_path: Path, more: str) -> None:
    people = (*LISBON, Someone("gus", more={"is_restricted": True}), Someone("old", more={"deleted": True}))
    async with town(tmp_path, FRIDAY, CONFIG + more, people=people) as here:
        await here.time_passes_until("2026-11-23T13:00:00+00:00")
        assert f"0 of {3 if more else 2}" in await board(here)
        assert len(await asked(here, "gus")) == (2 if more else 0), "asked and reminded like everybody else"


async def test_an_account_that_is_closed_while_a_round_runs_is_not_missing(tmp_path: Path) -> None:
    async with town(tmp_path, FRIDAY, people=THREE) as here:
        await here.time_passes_until(MONDAY)
        await here.slack.act("user", user="U0RUI", deleted=True)
        await known(here, "rui", deactivated=True)
        assert "0 of 2" in await board(here)
        assert "Rui (account deactivated)" in await board(here)


async def test_who_is_away_hears_when_she_is_back_what_waits_on_her(tmp_path: Path) -> None:
    async with town(tmp_path, FRIDAY, people=PEOPLE[:3]) as here:
        await here.time_passes_until(MONDAY)
        rui = here.person("rui")
        await rui.types("/standup away 23 Nov - 25 Nov", SYNC)
        before = len(await rui.dm())
        await here.answers("dana", "Sold", stuck="The price list", waits="engineering")
        await here.time_passes_until("2026-11-26T08:55:00+00:00")
        assert len(await rui.dm()) == before
        await here.time_passes_until("2026-11-26T09:05:00+00:00")
        assert "The price list" in (await rui.dm())[-1].plain


async def test_absence_belongs_to_the_person_so_every_stand_up_obeys_it(tmp_path: Path) -> None:
    second = CONFIG + CONFIG[CONFIG.index("  weekly:") :].replace("weekly:", "other:").replace("mon 09:00", "mon 10:00")
    async with town(tmp_path, FRIDAY, second, people=LISBON) as here:
        await here.person("rui").types("/standup away mon", SYNC)
        await here.time_passes_until("2026-11-23T17:00:00+00:00")
        assert await asked(here, "rui") == []
        roots = [each for each in await here.person("marta").sees(SYNC) if "Answer" in labels(each)]
        assert ["Rui (away today)" in each.plain for each in roots] == [True, True]


async def test_who_takes_one_thing_back_hears_what_else_keeps_her_away(tmp_path: Path) -> None:
    async with town(tmp_path, FRIDAY, people=THREE) as here:
        rui = here.person("rui")
        assert "on Fri 20 Nov." in (await rui.types("/standup away today", SYNC))["text"]
        assert "until Fri 27 Nov." in (await rui.types("/standup away today - 27 Nov", SYNC))["text"]
        await rui.types("/standup pause", SYNC)
        resumed = (await rui.types("/standup resume", SYNC))["text"]
        assert "you are away until 27 Nov" in resumed
        assert "`/standup away off`" in resumed
        await rui.types("/standup pause", SYNC)
        assert "you are paused until" in (await rui.types("/standup away off", SYNC))["text"]
        assert "You will be asked again" in (await rui.types("/standup resume", SYNC))["text"]


async def test_days_that_are_far_away_have_their_year(tmp_path: Path) -> None:
    async with town(tmp_path, FRIDAY, people=THREE) as here:
        told = await here.person("rui").types("/standup away 1 Nov - 10 Nov", SYNC)
        assert "from Mon 1 Nov 2027 to Wed 10 Nov 2027" in told["text"]
