"""A blocker's life: heard by the function that is waited on, taken, answered, passed on, resolved, reopened."""

from pathlib import Path

from tests.slackside import Message, Person
from tests.stories.town import SYNC, Town, labels, town

FRIDAY, MONDAY = "2026-11-20T12:00:00+00:00", "2026-11-23T14:05:00+00:00"


async def raised(here: Town) -> Message:
    """Rui waits for Sales since Monday; Dana, who leads it, has heard."""
    await here.time_passes_until(MONDAY)
    await here.answers("rui", "The importer", stuck="The price list", waits="sales")
    await here.time_passes_until("2026-11-23T15:10:00+00:00")
    return await here.slack.eventually(lambda: saying(here, "dana", "The price list"))


async def test_the_lead_of_the_function_that_is_waited_on_hears_who_waits_for_what_since_when(tmp_path: Path) -> None:
    async with town(tmp_path, FRIDAY) as here:
        heard = await raised(here)
        assert "Engineering waits on you" in heard.plain
        assert {"I'll take it", "Answer", "Not ours"} <= labels(heard)


async def test_taking_and_answering_a_blocker_reaches_who_raised_it(tmp_path: Path) -> None:
    async with town(tmp_path, FRIDAY) as here:
        heard, dana = await raised(here), here.person("dana")
        await dana.presses(heard, "I'll take it")
        heard = await here.slack.eventually(lambda: saying(here, "dana", "has taken it"))
        await dana.presses(heard, "Answer")
        form = await here.slack.eventually(dana.view)
        await dana.fills(form, {"answer": "It comes on <!channel> Tuesday"})
        await here.time_passes_until("2026-11-23T17:00:00+00:00")
        told = await here.slack.eventually(lambda: saying(here, "rui", "Tuesday"))
        assert told.pings == ()
        assert "Resolved" in labels(told)


async def test_a_blocker_that_is_not_theirs_moves_on_with_its_age(tmp_path: Path) -> None:
    async with town(tmp_path, FRIDAY) as here:
        heard, dana = await raised(here), here.person("dana")
        await here.time_passes_until("2026-11-25T15:00:00+00:00")
        await dana.presses(heard, "Not ours")
        form = await here.slack.eventually(dana.view)
        await dana.fills(form, {"function": "product"})
        moved = await here.slack.eventually(lambda: saying(here, "marta", "waits on you"))
        assert "2 working days" in moved.plain
        assert "The price list" in moved.plain


async def test_a_blocker_stays_open_until_it_is_resolved_and_is_asked_about_in_the_next_prompt(tmp_path: Path) -> None:
    async with town(tmp_path, FRIDAY) as here:
        await raised(here)
        await here.time_passes_until("2026-11-30T09:05:00+00:00")
        rui = here.person("rui")
        prompt = [message for message in await rui.dm() if "Answer" in labels(message)][-1]
        assert "Still open?" in prompt.plain
        assert "The price list" in prompt.plain
        await rui.presses(prompt, "Answer")
        form = await here.slack.eventually(rui.view)
        blocker = "weekly.2026-11-23T09:00:U0RUI:stuck"
        await rui.fills(form, {"q.moved": "All fine", "resolved": [blocker]})
        await here.time_passes_until("2026-12-01T08:00:00+00:00")
        closing = [message for message in await rui.sees(SYNC) if "What concerns me" in labels(message)][-1]
        assert "The price list" not in closing.plain


async def test_nobody_hears_of_a_blocker_at_night(tmp_path: Path) -> None:
    async with town(tmp_path, FRIDAY) as here:
        await here.time_passes_until("2026-11-23T09:05:00+00:00")
        await here.answers("rui", "The importer", stuck="The price list", waits="sales")
        await here.time_passes_until("2026-11-23T13:55:00+00:00")
        assert await saying(here, "dana", "The price list") is None, "it is not nine o'clock in New York"
        await here.time_passes_until("2026-11-23T15:30:00+00:00")
        assert await saying(here, "dana", "The price list")


async def test_who_raised_a_blocker_may_resolve_it_and_reopen_it(tmp_path: Path) -> None:
    async with town(tmp_path, FRIDAY) as here:
        await raised(here)
        rui = here.person("rui")
        await rui.opens_home()
        home = await here.slack.eventually(rui.home)
        assert "Your open blockers" in home.plain
        await rui.presses(home, "Resolved")
        await here.slack.eventually(lambda: saying(here, "dana", "Resolved."))
        await here.slack.eventually(lambda: home_without(rui, "Your open blockers"))
        assert await rui.view() is None, "Home has changed before her eyes; no window says so"
        told = await here.slack.eventually(lambda: saying(here, "dana", "Resolved."))
        assert "Answer" not in labels(told), "there is nothing left to do"


async def test_what_concerns_me_shows_what_waits_for_my_function_and_who_named_me(tmp_path: Path) -> None:
    async with town(tmp_path, FRIDAY) as here:
        await here.time_passes_until(MONDAY)
        await here.answers("rui", "Talked to <@U0EMMA>", stuck="The price list", waits="sales")
        await here.time_passes_until("2026-11-24T08:00:00+00:00")
        emma = here.person("emma")
        closing = [message for message in await emma.sees(SYNC) if "What concerns me" in labels(message)][-1]
        await emma.presses(closing, "What concerns me")
        mine = await here.slack.eventually(emma.view)
        assert "The price list" in mine.plain
        assert "Talked to @Emma" in mine.plain
        priya = here.person("priya")
        await priya.presses(closing, "What concerns me")
        assert "Nothing in this round waits for you" in (await here.slack.eventually(priya.view)).plain


async def saying(here: Town, handle: str, words: str) -> Message | None:
    return next((message for message in reversed(await here.person(handle).dm()) if words in message.plain), None)


async def private(here: Town, handle: str) -> Message | None:
    seen = await here.person(handle).sees(SYNC) + list(await here.thread(handle))
    return next((message for message in seen if message.ephemeral), None)


async def home_without(person: Person, words: str) -> bool:
    home = await person.home()
    return home is not None and words not in home.plain
