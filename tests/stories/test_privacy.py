"""What happens in a private channel stays there; strangers get nothing; a bot that is away says how to invite it."""

from functools import partial
from pathlib import Path
from typing import Any

from rituals.standup import usecases
from tests.stories.town import BOT_USER, CONFIG, PEOPLE, PRIVATE, SYNC, TEAM, Someone, Town, labels, town

FRIDAY, MONDAY = "2026-11-20T12:00:00+00:00", "2026-11-23T09:05:00+00:00"
INSIDE = ("marta", "rui")
SECRET = CONFIG.replace("#product-sync", "#release-room")


def rooms() -> list[dict[str, Any]]:
    everybody = [someone.id for someone in PEOPLE]
    return [
        {"id": SYNC, "name": "product-sync", "members": [*everybody, BOT_USER]},
        {
            "id": PRIVATE,
            "name": "release-room",
            "is_private": True,
            "members": [*(f"U0{handle.upper()}" for handle in INSIDE), BOT_USER],
        },
    ]


async def test_reports_and_status_of_a_private_channel_are_for_its_members_alone(tmp_path: Path) -> None:
    async with town(tmp_path, FRIDAY, SECRET, channels=rooms()) as here:
        await here.time_passes_until(MONDAY)
        await here.answers("rui", "The codename", stuck="The merger", waits="sales")
        await here.time_passes_until("2026-11-24T09:00:00+00:00")
        assert "codename" in str(await here.person("marta").types("/standup report", SYNC))
        for outsider in ("dana", "priya"):
            person = here.person(outsider)
            await person.opens_home()
            shown = [
                str(await person.types("/standup report", SYNC)),
                str(await person.types("/standup status", SYNC)),
                (await here.slack.eventually(person.home)).plain,
                *(message.plain for message in await person.dm()),
            ]
            assert [words for words in shown if "codename" in words or "merger" in words] == []


async def test_a_lead_who_cannot_see_the_channel_hears_nothing_and_the_raiser_is_told(tmp_path: Path) -> None:
    async with town(tmp_path, FRIDAY, SECRET, channels=rooms()) as here:
        await here.time_passes_until(MONDAY)
        await here.answers("rui", "The codename", stuck="The merger", waits="sales")
        await here.time_passes_until("2026-11-23T16:00:00+00:00")
        assert await here.person("dana").dm() == []
        assert any("I could not tell them" in message.plain for message in await here.person("rui").dm())


async def test_exports_leave_private_channels_out_unless_a_member_asks(tmp_path: Path) -> None:
    async with town(tmp_path, FRIDAY, SECRET, channels=rooms()) as here:
        await here.time_passes_until(MONDAY)
        await here.answers("rui", "The codename")

        def exported(tx: Any, viewer: str | None) -> str:
            return str(list(usecases.export_rows(tx, TEAM, viewer)))

        read = here.bot.database.read
        assert "codename" not in await read(exported, None)
        assert "codename" not in await read(exported, "U0DANA")
        assert "codename" in await read(exported, "U0MARTA")


async def test_people_from_other_companies_and_guests_get_nothing(tmp_path: Path) -> None:
    people = (*PEOPLE, Someone("eve", more={"team_id": "T0OTHER"}), Someone("gus", more={"is_restricted": True}))
    async with town(tmp_path, FRIDAY, people=people) as here:
        await here.time_passes_until(MONDAY)
        assert "of 6" in (await here.thread())[0].plain
        for handle in ("eve", "gus"):
            assert await here.person(handle).dm() == []
            root = (await here.thread(handle))[0]
            await here.person(handle).presses(root, "Answer")
            told = await here.slack.eventually(partial(ephemeral, here, handle))
            assert told == (
                "*Weekly stand-up* is for the members of its channel, and guests and other companies take part where "
                "the configuration says so. Ask an admin."
            )
        eve = here.person("eve")
        assert "Weekly" not in str(await eve.types("/standup status", SYNC))
        await eve.opens_home()
        assert "Weekly" not in (await here.slack.eventually(eve.home)).plain


async def test_an_answer_is_kept_while_the_bot_is_not_in_the_channel_and_appears_once_it_is(tmp_path: Path) -> None:
    async with town(tmp_path, FRIDAY) as here:
        await here.time_passes_until("2026-11-23T08:00:00+00:00")
        await here.slack.act("kick", channel=SYNC, who=BOT_USER)
        await here.time_passes_until(MONDAY)
        rui = here.person("rui")
        await rui.presses(next(m for m in await rui.dm() if "Answer" in labels(m)), "Answer")
        form = await here.slack.eventually(rui.view)
        await rui.fills(form, {"q.moved": "Kept for later"})
        note = await here.slack.eventually(rui.view)
        assert "/invite" in note.plain
        await here.person("marta").invites(BOT_USER, SYNC)
        await here.slack.eventually(lambda: shown(here, "Kept for later"))
        assert "1 of 6" in (await here.thread())[0].plain


async def test_who_answers_by_message_hears_that_nobody_can_read_it_yet(tmp_path: Path) -> None:
    async with town(tmp_path, FRIDAY, people=PEOPLE[:2]) as here:
        await here.time_passes_until("2026-11-23T08:00:00+00:00")
        await here.slack.act("kick", channel=SYNC, who=BOT_USER)
        await here.time_passes_until(MONDAY)
        await here.person("rui").says("@bot", "Kept for later")
        told = await here.slack.eventually(lambda: newest(here, "rui", "/invite"))
        assert "nobody can read it yet" in told
        assert "shown in" not in told
        await here.person("marta").invites(BOT_USER, SYNC)
        await here.slack.eventually(lambda: shown(here, "Kept for later"))


async def ephemeral(here: Town, handle: str) -> str | None:
    seen = await here.person(handle).sees(SYNC)
    return next((message.plain for message in seen if message.ephemeral), None)


async def newest(here: Town, handle: str, words: str) -> str | None:
    last = (await here.person(handle).dm())[-1].plain
    return last if words in last else None


async def shown(here: Town, words: str) -> bool:
    return any(words in message.plain for message in await here.thread())


async def test_the_form_says_who_will_read_it(tmp_path: Path) -> None:
    async with town(tmp_path, FRIDAY, SECRET, channels=rooms()) as here:
        await here.time_passes_until(MONDAY)
        rui = here.person("rui")
        await rui.presses(next(message for message in await rui.dm() if "Answer" in labels(message)), "Answer")
        form = await here.slack.eventually(rui.view)
        assert "Read by 2 people in" in form.plain
        assert "(private)" in form.plain
