"""The close: one message that fits a phone, the whole digest in the thread, names of the missing to the owner alone."""

import asyncio
import functools
from pathlib import Path

from tests.slackside import Message
from tests.stories.town import CONFIG, PEOPLE, SYNC, Someone, Town, labels, sent_at, town

FRIDAY, MONDAY, EVENING = "2026-11-20T12:00:00+00:00", "2026-11-23T09:05:00+00:00", "2026-11-23T18:05:00+00:00"
TUESDAY = "2026-11-24T09:05:00+00:00"
LISBON = PEOPLE[:2]
# What a phone shows of a channel without scrolling; a line of ours wraps at about 45 characters.
PHONE_LINES, PHONE_COLUMNS = 40, 45


SIDES = {"Engineering": "technical", "Sales": "business", "Product": "business"}


def crowd(size: int) -> tuple[Someone, ...]:
    """The usual two of Lisbon and as many more as are asked for, all on Lisbon's clock."""
    return (*LISBON, *(Someone(f"p{n}") for n in range(size - 2)))


def of_everybody(people: tuple[Someone, ...]) -> str:
    """The configuration with every third person in Engineering, Sales and Product."""
    functions = "".join(
        f"  - {{name: {name}, side: {side}, members: [{members(people[nth::3])}]}}\n"
        for nth, (name, side) in enumerate(
            (("Engineering", "technical"), ("Sales", "business"), ("Product", "business"))
        )
    )
    return f"functions:\n{functions}" + CONFIG[CONFIG.index("calendar:") :].replace(PEOPLE_LINE, "")


PEOPLE_LINE = next(line for line in CONFIG.splitlines() if line.startswith("people:"))


def members(people: tuple[Someone, ...]) -> str:
    return ", ".join(f'"@{someone.handle}"' for someone in people)


async def closing(here: Town, reader: str = "marta") -> Message:
    (found,) = [each for each in await here.person(reader).sees(SYNC) if "What concerns me" in labels(each)]
    return found


async def digest(here: Town) -> list[Message]:
    """The digest's messages: from its heading to the closing message."""
    thread = await here.thread()
    first = next(nth for nth, each in enumerate(thread) if each.plain.startswith("Digest"))
    last = next(nth for nth, each in enumerate(thread) if "What concerns me" in labels(each))
    return thread[first:last]


async def lists(here: Town, handle: str) -> list[Message]:
    return [each for each in await here.person(handle).dm() if "Only you see this list" in each.plain]


async def test_the_close_is_one_message_that_fits_a_phone_with_blockers_asks_and_counts(tmp_path: Path) -> None:
    people = crowd(9)
    async with town(tmp_path, FRIDAY, of_everybody(people), people=people) as here:
        await here.time_passes_until(MONDAY)
        for nth, someone in enumerate(people[:8]):
            await here.answers(someone.handle, "Much", stuck=f"Blocker {nth} " + "of many words " * 20, waits="sales")
        await here.time_passes_until(EVENING)
        message = await closing(here)
        assert sum(1 + len(line) // PHONE_COLUMNS for line in message.plain.splitlines()) <= PHONE_LINES
        assert "8 of 9 answered" in message.plain
        assert "*8 open blockers*" in message.plain
        assert "and 3 more in the thread" in message.plain
        assert "today" in message.plain
        assert "Engineering waits for Sales" in message.plain
        whole = "\n".join(each.plain for each in await digest(here))
        assert all(f"Blocker {nth} " in whole for nth in range(8))


async def test_a_blocker_of_last_week_is_shown_with_its_age_in_working_days(tmp_path: Path) -> None:
    async with town(tmp_path, FRIDAY, people=LISBON) as here:
        await here.time_passes_until(MONDAY)
        await here.answers("rui", "Something", stuck="The price list", waits="product")
        await here.time_passes_until("2026-11-30T18:05:00+00:00")
        last = [each for each in await here.person("rui").sees(SYNC) if "What concerns me" in labels(each)][-1]
        assert "Rui: The price list → Product · 5 working days" in last.plain
        assert "Engineering waits for Product: 1, oldest 5 working days" in last.plain


async def test_what_concerns_me_is_told_to_her_alone(tmp_path: Path) -> None:
    async with town(tmp_path, FRIDAY, people=PEOPLE[:3]) as here:
        await here.time_passes_until(MONDAY)
        await here.answers("rui", "Asked <@U0DANA> for the list", stuck="The price list", waits="sales")
        await here.answers("marta", "Waiting", waits="sales")
        await here.time_passes_until("2026-11-23T23:05:00+00:00")
        dana = here.person("dana")
        await dana.presses(await closing(here, "dana"), "What concerns me")
        told = (await here.slack.eventually(dana.view)).plain
        assert "Rui: The price list" in told
        assert "Product waits for Sales" in told, "an ask without a blocker concerns her too"
        assert "Asked @Dana for the list" in told
        assert await here.person("rui").view() is None


async def test_who_is_concerned_by_nothing_is_told_so(tmp_path: Path) -> None:
    async with town(tmp_path, FRIDAY, people=LISBON) as here:
        await here.time_passes_until(MONDAY)
        await here.answers("rui", "Something")
        await here.time_passes_until(EVENING)
        marta = here.person("marta")
        await marta.presses(await closing(here), "What concerns me")
        assert "Nothing in this round waits for you" in (await here.slack.eventually(marta.view)).plain


async def test_the_digest_stands_in_the_thread_grouped_by_function(tmp_path: Path) -> None:
    people = (*PEOPLE[:3], Someone("zoe"))
    async with town(tmp_path, FRIDAY, people=people) as here:
        await here.time_passes_until(MONDAY)
        for handle in ("zoe", "marta", "rui"):
            await here.answers(handle, f"{handle} moved")
        await here.person("dana").says(SYNC, "dana moved", (await here.thread())[0].ts)
        await here.settles()
        await here.time_passes_until("2026-11-23T23:05:00+00:00")
        (whole,) = await digest(here)
        order = [whole.plain.index(words) for words in (
            "*Engineering* · 1", "rui moved", "*Sales* · 1", "dana moved", "*Product* · 1", "marta moved",
            "*No function* · 1", "zoe moved",
        )]  # fmt: skip
        assert order == sorted(order)
        assert whole.thread_ts == (await here.thread())[0].ts


async def test_a_long_digest_is_split_within_slacks_limits_and_nothing_is_lost(tmp_path: Path) -> None:
    people = crowd(8)
    async with town(tmp_path, FRIDAY, of_everybody(people), people=people) as here:
        await here.time_passes_until(MONDAY)
        for someone in people:
            await here.answers(someone.handle, long_words(someone.handle))
        await here.time_passes_until(EVENING)
        parts = await digest(here)
        assert len(parts) > 1
        said = " ".join(" ".join(each.plain for each in parts).split())
        assert all(long_words(someone.handle) in said for someone in people)
        assert [line for line in await here.slack.log() if line.get("error")] == []


async def test_names_of_those_who_did_not_answer_go_to_the_owner_alone(tmp_path: Path) -> None:
    people = crowd(4)
    async with town(tmp_path, FRIDAY, people=people) as here:
        await here.time_passes_until(MONDAY)
        await here.answers("marta", "Here")
        await here.time_passes_until(TUESDAY)
        (told,) = await lists(here, "marta")
        assert "no answer from P0, P1 and Rui" in told.plain
        assert f"{sent_at(told):%a %H:%M}" == "Tue 09:00", "the round closed after her hours"
        for handle in ("rui", "p0", "p1"):
            assert await lists(here, handle) == []
        public = [*await here.person("rui").sees(SYNC), *await here.thread("rui")]
        assert [each.plain for each in public if "P0" in each.plain] == []


async def test_a_late_answer_joins_the_digest_the_count_and_leaves_the_owners_list(tmp_path: Path) -> None:
    async with town(tmp_path, FRIDAY, people=crowd(3)) as here:
        await here.time_passes_until(TUESDAY)
        assert "no answer from Marta, P0 and Rui" in (await lists(here, "marta"))[0].plain
        assert "Nobody answered this time" in (await closing(here)).plain
        await here.answers("rui", "Better late")
        await here.settles()
        assert "1 of 3 answered (1 late)" in (await closing(here)).plain
        (whole,) = await digest(here)
        assert "Better late" in whole.plain
        assert "late" in whole.plain
        (told,) = await lists(here, "marta")
        assert "no answer from Marta and P0" in told.plain


async def test_answers_that_are_shown_at_the_close_appear_all_together_then(tmp_path: Path) -> None:
    config = CONFIG.replace("    owner:", "    shows: at the close\n    owner:")
    async with town(tmp_path, FRIDAY, config, people=LISBON) as here:
        await here.time_passes_until(MONDAY)
        await here.answers("rui", "Kept until the close")
        await here.settles()
        assert len(await here.thread()) == 1
        await here.time_passes_until(EVENING)
        assert any(each.plain.startswith("*Rui*") for each in await here.thread())


async def test_a_round_of_an_owner_whom_slack_does_not_know_closes_all_the_same(tmp_path: Path) -> None:
    config = CONFIG.replace('owner: "@marta"', 'owner: "@gone"').replace('admins: ["@marta"]', "admins: []")
    async with town(tmp_path, FRIDAY, config, people=LISBON) as here:
        await here.time_passes_until(TUESDAY)
        assert "Nobody answered this time" in (await closing(here)).plain
        assert "Closed" in (await here.thread())[0].plain


async def test_a_round_of_three_hundred_asks_everybody_and_loses_no_word_of_what_is_said(tmp_path: Path) -> None:
    people = crowd(300)
    config = of_everybody(people).replace("    owner:", "    window: 2h\n    reminders: [1h]\n    owner:")
    async with town(tmp_path, FRIDAY, config, people=people) as here:
        await here.time_passes_until(MONDAY)
        for nth in range(0, 75, 25):
            told = {each.handle: f"{each.handle} did {long_words('much')[:700]}" for each in people[nth : nth + 25]}
            await asyncio.gather(*(here.person(handle).says("@bot", text) for handle, text in told.items()))
            await here.slack.eventually(functools.partial(counted, here, f"{nth + 25} of 300"), deadline=30)
        await here.time_passes_until("2026-11-23T11:05:00+00:00")
        assert "75 of 300 answered" in (await closing(here)).plain
        parts = await digest(here)
        assert len(parts) > 3
        said = "\n".join(each.plain for each in parts)
        assert all(f"\n{each.handle} did {long_words('much')[:700]}" in said for each in people[:75])
        (missing,) = await lists(here, "marta")
        assert all(each.handle.capitalize() in missing.plain for each in people[75:])


async def counted(here: Town, words: str) -> bool:
    return any(words in each.plain for each in await here.person("marta").sees(SYNC))


def long_words(handle: str) -> str:
    return " ".join(f"{handle}-{nth:03}" for nth in range(2900 // (len(handle) + 5)))
