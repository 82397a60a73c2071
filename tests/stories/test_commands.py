"""`/standup` and its relatives: what each says, who may, and where it works."""

import os
import re
import signal
from datetime import datetime
from pathlib import Path
from typing import Any

from rituals.standup import usecases
from tests.slackside import Message
from tests.stories.test_reminders import beside
from tests.stories.town import CONFIG, PEOPLE, SYNC, TEAM, Town, labels, town

FRIDAY, MONDAY = "2026-11-20T12:00:00+00:00", "2026-11-23T09:05:00+00:00"


def said(answer: Any) -> str:
    return str((answer or {}).get("text", "")) + str((answer or {}).get("blocks", ""))


async def test_status_tells_how_the_round_stands_and_what_comes_next(tmp_path: Path) -> None:
    async with town(tmp_path, FRIDAY) as here:
        rui = here.person("rui")
        assert "next <!date^" in said(await rui.types("/standup status", SYNC))
        await here.time_passes_until(MONDAY)
        assert "Your update is not in yet" in said(await rui.types("/standup status", SYNC))
        await here.answers("rui", "Done")
        now = said(await rui.types("/standup status", SYNC))
        assert "1 of 6 are in" in now
        assert "You have answered" in now
        assert "Edit" in now
        assert "'Answer'" not in now


async def test_what_comes_next_is_told_as_it_comes_for_her(tmp_path: Path) -> None:
    """In Auckland Monday begins long before the thread opens in Lisbon, in New York it is asked long after."""
    async with town(tmp_path, FRIDAY) as here:
        await here.time_passes_until("2026-11-22T22:00:00+00:00")
        assert await coming(here, "hemi") == ["Sun 29 Nov 20:00 UTC"]
        await here.time_passes_until("2026-11-23T10:00:00+00:00")
        assert await coming(here, "dana") == ["Mon 23 Nov 14:00 UTC"]
        assert await coming(here, "rui") == ["Mon 30 Nov 09:00 UTC"]
        await here.time_passes_until("2026-11-23T15:00:00+00:00")
        assert await coming(here, "dana") == ["Mon 30 Nov 14:00 UTC"]


async def test_what_comes_next_knows_of_days_off_and_of_her_own_time(tmp_path: Path) -> None:
    """On Tuesday, 8 December, Portugal celebrates; Marta has asked for half past ten."""

    def another_time(tx: Any, at: datetime) -> None:
        usecases.another_time(tx, TEAM, "U0MARTA", "weekly", "10:30", at)

    async with town(tmp_path, "2026-12-03T12:00:00+00:00", CONFIG.replace("mon 09:00", "tue 09:00")) as here:
        await here.bot.database.write(another_time, here.bot.clock.now())
        assert await coming(here, "rui") == ["Wed 09 Dec 09:00 UTC"]
        assert await coming(here, "marta") == ["Wed 09 Dec 10:30 UTC"]
        assert await coming(here, "dana") == ["Tue 08 Dec 14:00 UTC"]


async def coming(here: Town, handle: str) -> list[str]:
    """What the status says is next for her."""
    told = await here.person(handle).types("/standup status", SYNC)
    return re.findall(r"next <[^|]*\|([^>]*)>", told["text"])


async def test_me_shows_her_own_history_and_report_any_past_day(tmp_path: Path) -> None:
    async with town(tmp_path, FRIDAY) as here:
        rui = here.person("rui")
        assert "have not answered" in said(await rui.types("/standup me", SYNC))
        assert "has taken place yet" in said(await rui.types("/standup report", SYNC))
        await here.time_passes_until(MONDAY)
        await here.answers("rui", "The importer")
        assert "The importer" in said(await rui.types("/standup me", SYNC))
        so_far = said(await rui.types("/standup report", SYNC))
        assert "So far: Weekly" in so_far
        assert "The importer" in so_far
        await here.time_passes_until("2026-11-24T08:00:00+00:00")
        assert "The importer" in said(await here.person("dana").types("/standup report 2026-11-23", SYNC))
        assert "no stand-up on that day" in said(await rui.types("/standup report 2026-11-22", SYNC))


async def test_report_shows_the_newest_round_of_all_that_she_may_read(tmp_path: Path) -> None:
    async with town(tmp_path, FRIDAY, beside("later", "tue 09:00"), people=PEOPLE[:2]) as here:
        rui = here.person("rui")
        assert "No stand-up that you can see has taken place yet" in said(await rui.types("/standup report", SYNC))
        await here.time_passes_until(MONDAY)
        assert "So far: Weekly stand-up" in said(await rui.types("/standup report", SYNC))
        await here.time_passes_until("2026-11-24T09:05:00+00:00")
        assert "So far: Later stand-up" in said(await rui.types("/standup report", SYNC))
        assert "Digest: Weekly stand-up" in said(await rui.types("/standup report weekly", SYNC))


async def test_a_group_without_stand_ups_is_told_how_to_have_one(tmp_path: Path) -> None:
    async with town(tmp_path, FRIDAY, CONFIG[: CONFIG.index("standups:")], people=PEOPLE[:2]) as here:
        for word in ("", " status", " now", " skip", " unskip", " now weekly"):
            told = said(await here.person("marta").types(f"/standup{word}", SYNC))
            assert told == (
                "There is no stand-up that you can see yet. "
                "An admin adds one to the configuration file and sends `/standup reload`."
            )


async def test_what_admins_alone_may_do_says_so(tmp_path: Path) -> None:
    async with town(tmp_path, FRIDAY) as here:
        for word in ("now", "skip", "unskip", "reload"):
            assert "Only admins may" in said(await here.person("rui").types(f"/standup {word}", SYNC))


async def test_an_admin_starts_a_round_now_and_skips_the_next(tmp_path: Path) -> None:
    async with town(tmp_path, "2026-11-19T10:00:00+00:00") as here:
        marta = here.person("marta")
        assert "starts now" in said(await marta.types("/standup now", SYNC))
        await here.slack.eventually(here.thread)
        assert "Answer" in labels((await here.person("rui").dm())[-1])
        assert "will not take place" in said(await marta.types("/standup skip", SYNC))
        asked = len(await here.person("rui").dm())
        await here.time_passes_until("2026-11-23T12:00:00+00:00")
        assert len([m for m in await here.person("rui").dm() if "time for your update" in m.plain]) == asked


async def test_what_was_skipped_takes_place_after_all(tmp_path: Path) -> None:
    async with town(tmp_path, FRIDAY) as here:
        marta = here.person("marta")
        assert "No *Weekly stand-up* that is still to come was skipped" in said(
            await marta.types("/standup unskip", SYNC)
        )
        assert "`/standup unskip` takes that back" in said(await marta.types("/standup skip", SYNC))
        notice = await here.slack.eventually(lambda: in_channel(here, "does not take place"))
        assert "takes place after all" in said(await marta.types("/standup unskip", SYNC))
        instead = await here.slack.eventually(lambda: in_channel(here, "takes place after all"))
        assert instead.ts == notice.ts
        assert "will not take place" in said(await marta.types("/standup skip", SYNC))
        await here.slack.eventually(lambda: in_channel(here, "does not take place"))
        assert "takes place after all" in said(await marta.types("/standup unskip weekly", SYNC))
        await here.time_passes_until(MONDAY)
        assert "0 of 6" in (await here.thread())[0].plain
        assert "Answer" in labels((await here.person("rui").dm())[-1])


async def in_channel(here: Town, words: str) -> Message | None:
    return next((each for each in await here.person("rui").sees(SYNC) if words in each.plain), None)


async def test_a_reload_moves_what_is_scheduled_and_open_rounds_keep_their_questions(tmp_path: Path) -> None:
    async with town(tmp_path, FRIDAY) as here:
        await here.time_passes_until(MONDAY)
        file = here.environment.config
        file.write_text(CONFIG.replace("What moved?", "What is new?").replace("mon 09:00", "tue 11:00"))
        assert "version 2" in said(await here.person("marta").types("/standup reload", SYNC))
        await here.person("rui").types("/standup", SYNC)
        form = await here.slack.eventually(here.person("rui").view)
        assert "What moved?" in form.plain
        await here.time_passes_until("2026-11-24T11:05:00+00:00")
        prompt = (await here.person("rui").dm())[-1]
        assert "What is new?" in prompt.plain


async def test_a_stand_up_that_was_lost_from_the_file_and_put_back_takes_place(tmp_path: Path) -> None:
    async with town(tmp_path, FRIDAY, people=PEOPLE[:2]) as here:
        await here.time_passes_until("2026-11-22T12:00:00+00:00")
        for config in (CONFIG[: CONFIG.index("standups:")], CONFIG):
            (tmp_path / "config.yaml").write_text(config)
            assert "was read again" in said(await here.person("marta").types("/standup reload", SYNC))
            await here.settles()
        await here.time_passes_until(MONDAY)
        assert "0 of 2" in (await here.thread())[0].plain
        assert "Answer" in labels((await here.person("rui").dm())[-1])


async def test_a_wrong_file_is_refused_with_its_line_and_changes_nothing(tmp_path: Path) -> None:
    async with town(tmp_path, FRIDAY) as here:
        here.environment.config.write_text(CONFIG.replace("mon 09:00", "someday"))
        answer = said(await here.person("marta").types("/standup reload", SYNC))
        assert "line" in answer
        assert "stays in use" in answer
        await here.time_passes_until(MONDAY)
        assert await here.thread()


async def test_everything_also_works_under_crosswalk_and_by_mention_in_a_thread(tmp_path: Path) -> None:
    async with town(tmp_path, FRIDAY) as here:
        rui = here.person("rui")
        assert "next <!date^" in said(await rui.types("/crosswalk standup status", SYNC))
        assert "/standup" in said(await rui.types("/crosswalk", SYNC))
        await here.time_passes_until(MONDAY)
        root = (await here.thread())[0]
        await rui.says(SYNC, "@crosswalk standup status", root.ts)
        told = await here.slack.eventually(lambda: private(here, "rui", root.ts))
        assert "are in" in told.plain
        assert "0 of 6" in (await here.thread())[0].plain, "a question to the bot is no update"


async def test_commands_may_have_other_names(tmp_path: Path) -> None:
    config = CONFIG + "\ncommands: {standup: /daily}\n"
    async with town(tmp_path, FRIDAY, config, names={"/standup": "/daily"}) as here:
        assert "/daily status" in said(await here.person("rui").types("/daily help", SYNC))


async def test_nonsense_is_answered_with_what_works(tmp_path: Path) -> None:
    async with town(tmp_path, FRIDAY) as here:
        for nonsense in ("frobnicate", "away someday soon", "report yesterday", "🎉", "away"):
            answer = said(await here.person("rui").types(f"/standup {nonsense}", SYNC))
            assert "/standup" in answer or "24 Dec" in answer, nonsense


async def test_what_is_not_understood_is_repeated_in_short(tmp_path: Path) -> None:
    async with town(tmp_path, FRIDAY) as here:
        rui, long = here.person("rui"), "x" * 3_900
        for line in ("/standup", "/standup away", "/standup report", "/crosswalk", "/decision stats", "/decision find"):
            answer = await rui.types(f"{line} {long}", SYNC)
            assert f"“{'x' * 79}…”" in said(answer), line


async def test_app_home_puts_what_waits_for_me_on_top_with_one_button_each(tmp_path: Path) -> None:
    async with town(tmp_path, FRIDAY) as here:
        rui = here.person("rui")
        await rui.opens_home()
        assert "Nothing waits for you" in (await here.slack.eventually(rui.home)).plain
        await here.time_passes_until(MONDAY)
        await here.answers("marta", "Plans", stuck="The API", waits="engineering")
        await rui.opens_home()
        home = await here.slack.eventually(lambda: waiting_home(here, "rui"))
        top = home.plain[: home.plain.index("Stand-ups")]
        assert "your update, until" in top
        assert "Product waits on you: The API" in top
        assert home.plain.count("The API") == 1, "what is on top is not listed below again"
        await rui.presses(home, "standup.answer#top0")
        form = await here.slack.eventually(rui.view)
        await rui.fills(form, {"q.moved": "From home"})
        await here.settles()
        assert "2 of 6" in (await here.thread())[0].plain


async def waiting_home(here: Town, handle: str) -> Any:
    home = await here.person(handle).home()
    return home if home and "What waits for you" in home.plain else None


async def private(here: Town, handle: str, thread_ts: str) -> Any:
    seen = await here.person(handle).sees(SYNC, thread_ts)
    return next((message for message in seen if message.ephemeral), None)


async def test_a_hang_up_signal_reloads_the_configuration(tmp_path: Path) -> None:
    async with town(tmp_path, FRIDAY) as here:
        here.environment.config.write_text(CONFIG.replace("mon 09:00", "mon 10:00"))
        os.kill(os.getpid(), signal.SIGHUP)
        await here.slack.eventually(lambda: reloaded(here))
        await here.time_passes_until("2026-11-23T09:30:00+00:00")
        assert await here.thread() == []
        await here.time_passes_until("2026-11-23T10:05:00+00:00")
        assert await here.thread()


async def reloaded(here: Town) -> bool:
    return (await here.bot.settings.of(TEAM)).version == 2
