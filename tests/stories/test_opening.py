"""Opening: one thread, one direct message each at her own time, and a first message that keeps itself current."""

from datetime import UTC, datetime
from pathlib import Path

from tests.stories.town import PEOPLE, SYNC, Someone, labels, town

FRIDAY = "2026-11-20T12:00:00+00:00"


async def test_each_person_is_asked_once_at_her_own_nine_o_clock(tmp_path: Path) -> None:
    async with town(tmp_path, FRIDAY) as here:
        await here.time_passes_until("2026-11-23T15:00:00+00:00")
        expected = {"hemi": "22 20:00", "priya": "23 03:30", "rui": "23 09:00", "marta": "23 09:00", "dana": "23 14:00"}
        for handle, moment in expected.items():
            (prompt,) = [m for m in await here.person(handle).dm() if "time for your update" in m.plain]
            assert f"{datetime.fromtimestamp(float(prompt.ts), UTC):%d %H:%M}" == moment, handle


async def test_the_prompt_shows_her_last_answers_and_who_will_read(tmp_path: Path) -> None:
    async with town(tmp_path, FRIDAY) as here:
        await here.time_passes_until("2026-11-23T09:05:00+00:00")
        first = (await here.person("rui").dm())[-1]
        assert "I'm Crosswalk" in first.plain
        assert "/standup pause" in first.plain
        assert "Read in <#C0SYNC>" in first.plain
        await here.answers("rui", "The importer")
        await here.time_passes_until("2026-11-30T09:05:00+00:00")
        second = (await here.person("rui").dm())[-1]
        assert "I'm Crosswalk" not in second.plain
        assert "Last time you wrote" in second.plain
        assert "The importer" in second.plain


async def test_many_answers_become_few_updates_of_the_first_message(tmp_path: Path) -> None:
    people = [*PEOPLE, *(Someone(f"p{n}") for n in range(40))]
    async with town(tmp_path, FRIDAY, people=people) as here:
        await here.time_passes_until("2026-11-23T09:05:00+00:00")
        for n in range(40):
            await here.person(f"p{n}").says("@bot", f"Update {n}")
        await here.settles()
        assert "40 of 46" in (await here.thread())[0].plain
        updates = [line for line in await here.slack.log() if line.get("method") == "chat.update"]
        assert 0 < len([line for line in updates if line["request"]["channel"] == SYNC]) < 40


async def test_an_answer_the_evening_before_counts_and_nothing_is_asked_of_her_again(tmp_path: Path) -> None:
    async with town(tmp_path, FRIDAY) as here:
        await here.time_passes_until("2026-11-22T19:00:00+00:00")
        rui = here.person("rui")
        await rui.types("/standup", SYNC)
        form = await here.slack.eventually(rui.view)
        await rui.fills(form, {"q.moved": "Early bird"})
        await here.time_passes_until("2026-11-23T13:00:00+00:00")
        assert [message for message in await rui.dm() if "Answer" in labels(message)] == []
        assert any("Early bird" in message.plain for message in await here.thread())


async def test_the_round_opens_on_the_channels_clock_and_closes_after_the_last_zone(tmp_path: Path) -> None:
    async with town(tmp_path, FRIDAY) as here:
        await here.time_passes_until("2026-11-23T08:59:00+00:00")
        assert await here.thread() == []
        await here.time_passes_until("2026-11-23T22:55:00+00:00")
        assert "Closes in less than an hour" in (await here.thread())[0].plain
        await here.time_passes_until("2026-11-23T23:01:00+00:00")
        assert "Closed" in (await here.thread())[0].plain


async def test_a_restart_in_the_middle_loses_and_doubles_nothing(tmp_path: Path) -> None:
    async with town(tmp_path, FRIDAY) as here:
        await here.time_passes_until("2026-11-23T09:05:00+00:00")
        await here.answers("rui", "Before")
        await here.restart()
        await here.time_passes_until("2026-11-24T08:00:00+00:00")
        thread = await here.thread()
        assert len([message for message in thread if message.plain.startswith("*Rui*")]) == 1
        closings = [message for message in await here.person("rui").sees(SYNC) if "What concerns me" in labels(message)]
        assert len(closings) == 1
