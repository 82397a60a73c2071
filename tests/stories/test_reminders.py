"""Reminders: one, in her hours, in one message with whatever else is due; after three silent rounds a question."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.slackside import Message
from tests.stories.town import CONFIG, PEOPLE, SYNC, Town, labels, sent_at, town

FRIDAY, MONDAY = "2026-11-20T12:00:00+00:00", "2026-11-23T09:05:00+00:00"
LISBON = PEOPLE[:2]
SILENCE = {"Make me optional", "Another time", "Pause"}


def with_lines(*lines: str) -> str:
    return CONFIG.replace("    owner:", "".join(f"    {line}\n" for line in lines) + "    owner:")


SHORT = with_lines("window: 2h", "reminders: [1h]").replace("mon 09:00", "weekdays 09:00")


def beside(key: str, when: str, config: str = CONFIG) -> str:
    """The configuration with a second stand-up in the same channel."""
    weekly = CONFIG[CONFIG.index("  weekly:") :]
    return config + weekly.replace("weekly:", f"{key}:").replace("Weekly", key.capitalize()).replace("mon 09:00", when)


async def told(here: Town, handle: str) -> list[tuple[str, str]]:
    """When and how each of her direct messages begins: the first prompt ever is shown by its second sentence."""
    return [(f"{sent_at(each):%a %H:%M}", each.plain) for each in await here.person(handle).dm()]


async def reminders(here: Town, handle: str) -> list[str]:
    return [at for at, plain in await told(here, handle) if "A reminder" in plain]


async def question(here: Town, handle: str) -> Message | None:
    asked = [each for each in await here.person(handle).dm() if labels(each) >= SILENCE]
    assert len(asked) <= 1, "she is asked once"
    return asked[0] if asked else None


async def test_one_reminder_goes_to_those_who_owe_an_answer_and_to_nobody_else(tmp_path: Path) -> None:
    config = with_lines('optional: ["@marta"]')
    async with town(tmp_path, FRIDAY, config, people=PEOPLE[:3]) as here:
        await here.time_passes_until(MONDAY)
        await here.person("dana").types("/standup", SYNC)
        view = await here.slack.eventually(here.person("dana").view)
        await here.person("dana").fills(view, {"q.moved": "Early"})
        await here.time_passes_until("2026-11-24T08:55:00+00:00")
        assert await reminders(here, "rui") == ["Mon 12:00"]
        assert await reminders(here, "dana") == []
        assert await reminders(here, "marta") == []
        (reminder,) = [each for each in await here.person("rui").dm() if each.plain.startswith("A reminder")]
        assert labels(reminder) == {"Answer"}


async def test_an_answer_takes_back_the_reminder_that_was_to_come(tmp_path: Path) -> None:
    async with town(tmp_path, FRIDAY, people=LISBON) as here:
        await here.time_passes_until("2026-11-23T11:59:00+00:00")
        await here.answers("rui", "Done")
        await here.time_passes_until("2026-11-23T18:05:00+00:00")
        assert await reminders(here, "rui") == []
        assert await reminders(here, "marta") == ["Mon 12:00"]


async def test_a_reminder_outside_her_hours_waits_for_them_and_several_never_pile_up(tmp_path: Path) -> None:
    config = with_lines("window: 2d", "reminders: [10h, 13h, 26h]")
    async with town(tmp_path, FRIDAY, config, people=LISBON) as here:
        await here.time_passes_until("2026-11-25T09:05:00+00:00")
        assert await reminders(here, "rui") == ["Tue 09:00", "Tue 11:00"]


async def test_a_friday_reminder_does_not_come_on_saturday(tmp_path: Path) -> None:
    config = with_lines("window: 70h", "reminders: [3h]").replace("mon 09:00", "fri 16:00")
    async with town(tmp_path, FRIDAY, config, people=LISBON) as here:
        await here.time_passes_until("2026-11-23T10:05:00+00:00")
        assert await reminders(here, "rui") == ["Mon 09:00"]


async def test_what_two_stand_ups_ask_at_the_same_time_is_one_message(tmp_path: Path) -> None:
    async with town(tmp_path, FRIDAY, beside("daily", "mon 09:00"), people=LISBON) as here:
        await here.time_passes_until("2026-11-23T12:05:00+00:00")
        (nine, both), (noon, again) = await told(here, "rui")
        assert (nine, noon) == ("Mon 09:00", "Mon 12:00")
        assert both.count("time for your update") == 2
        assert both.count("I'm Crosswalk") == 1
        assert again.count("A reminder") == 2


async def test_what_falls_due_within_an_hour_of_another_message_waits_and_goes_together(tmp_path: Path) -> None:
    """Weekly reminds at 12:00 and Daily, asked at 09:20, at 12:20; a blocker is raised at 12:30."""
    async with town(tmp_path, FRIDAY, beside("daily", "mon 09:20"), people=PEOPLE[:3]) as here:
        await here.time_passes_until("2026-11-23T12:30:00+00:00")
        assert [at for at, _ in await told(here, "rui")] == ["Mon 09:00", "Mon 09:20", "Mon 12:00"]
        await here.answers("dana", "Sold", stuck="The price list", waits="engineering")
        await here.settles()
        await here.time_passes_until("2026-11-23T17:00:00+00:00")
        *_, (at, last) = await told(here, "rui")
        assert at == "Mon 13:00"
        assert "Daily" in last
        assert "The price list" in last
        assert len(await told(here, "rui")) == 4


async def test_what_waited_for_her_morning_comes_with_her_prompt(tmp_path: Path) -> None:
    async with town(tmp_path, FRIDAY) as here:
        await here.time_passes_until("2026-11-22T20:05:00+00:00")
        await here.answers("hemi", "Importer", stuck="The price list", waits="sales")
        await here.time_passes_until("2026-11-23T16:55:00+00:00")
        ((at, plain),) = await told(here, "dana")
        assert at == "Mon 14:00"
        assert "The price list" in plain
        assert "time for your update" in plain


async def test_after_three_silent_rounds_she_is_asked_once_in_her_hours_and_reminded_no_more(tmp_path: Path) -> None:
    config = SHORT.replace("weekdays 09:00", "weekdays 14:00")
    async with town(tmp_path, "2026-11-20T16:00:00+00:00", config, people=PEOPLE[:3]) as here:
        await here.time_passes_until("2026-11-26T16:05:00+00:00")
        asked = await question(here, "rui")
        assert asked is not None
        # The third round closes at four in New York, in Lisbon's evening; she hears of it when she next works.
        assert f"{sent_at(asked):%a %H:%M}" == "Thu 09:00"
        assert await reminders(here, "rui") == ["Mon 15:00", "Tue 15:00", "Wed 15:00"]


async def test_make_me_optional_lets_her_be_welcome_and_awaited_by_nobody(tmp_path: Path) -> None:
    async with three_silent_rounds(tmp_path) as here:
        await settled_by(here, "Make me optional", "nobody waits for you")
        await here.time_passes_until("2026-11-26T10:30:00+00:00")
        assert "0 of 1" in (await here.thread())[0].plain
        assert len(await reminders(here, "rui")) == 3
        await here.person("rui").types("/standup resume", SYNC)
        await here.settles()
        assert "0 of 2" in (await here.thread())[0].plain


async def test_another_time_moves_her_prompt_from_the_next_round_on(tmp_path: Path) -> None:
    async with three_silent_rounds(tmp_path) as here:
        rui, asked = here.person("rui"), await question(here, "rui")
        assert asked is not None
        await rui.presses(asked, "Another time")
        form = await here.slack.eventually(rui.view)
        await rui.fills(form, {"time": "10:30"})
        await here.slack.eventually(lambda: became(here, "asks you at 10:30"))
        await here.time_passes_until("2026-11-26T13:00:00+00:00")
        assert (await told(here, "rui"))[-1][0] == "Thu 10:30"


async def test_pause_leaves_her_alone_everywhere_and_shows_her_as_away(tmp_path: Path) -> None:
    async with three_silent_rounds(tmp_path) as here:
        await settled_by(here, "Pause", "You are paused everywhere")
        before = len(await told(here, "rui"))
        await here.time_passes_until("2026-11-26T10:30:00+00:00")
        assert len(await told(here, "rui")) == before
        assert "Rui (paused)" in (await here.thread())[0].plain


async def test_who_answers_again_is_reminded_again(tmp_path: Path) -> None:
    async with three_silent_rounds(tmp_path) as here:
        await here.time_passes_until("2026-11-26T09:05:00+00:00")
        await here.answers("rui", "Back again")
        await here.time_passes_until("2026-11-27T10:30:00+00:00")
        assert await reminders(here, "rui") == ["Mon 10:00", "Tue 10:00", "Wed 10:00", "Fri 10:00"]


async def test_a_late_answer_to_the_third_round_takes_back_the_question(tmp_path: Path) -> None:
    """The round closes at half past seven in the evening; by the next morning there is nothing left to ask."""
    config = SHORT.replace("weekdays 09:00", "weekdays 17:30")
    async with town(tmp_path, FRIDAY, config, people=LISBON) as here:
        await here.time_passes_until("2026-11-24T20:00:00+00:00")
        late = next(each for each in await here.thread() if "Answer late" in labels(each))
        await here.person("rui").presses(late, "Answer late")
        view = await here.slack.eventually(here.person("rui").view)
        await here.person("rui").fills(view, {"q.moved": "Late, but here"})
        await here.time_passes_until("2026-11-25T12:00:00+00:00")
        assert await question(here, "rui") is None
        assert await question(here, "marta") is not None


@asynccontextmanager
async def three_silent_rounds(tmp_path: Path) -> AsyncIterator[Town]:
    """Two people in Lisbon who have kept silent for three short rounds, and were asked what would suit them."""
    async with town(tmp_path, FRIDAY, SHORT, people=LISBON) as here:
        await here.time_passes_until("2026-11-25T11:05:00+00:00")
        yield here


async def became(here: Town, words: str) -> bool:
    return any(words in plain for _, plain in await told(here, "rui"))


async def settled_by(here: Town, button: str, words: str) -> None:
    """She presses it, and the question becomes what came of it."""
    asked = await question(here, "rui")
    assert asked is not None
    await here.person("rui").presses(asked, button)
    await here.slack.eventually(lambda: became(here, words))
    assert await question(here, "rui") is None
