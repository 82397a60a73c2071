"""Turns that a week seldom takes: words taken back and said again, people and bots that leave in the middle."""

from pathlib import Path

from bot.features.standup.views.asking import MOST_BLOCKERS
from rituals.blockers import usecases as blockers
from rituals.blockers.rules import Origin
from rituals.tables import Tx
from tests.slackside import Message
from tests.stories.town import BOT_USER, CONFIG, PEOPLE, SYNC, TEAM, Someone, Town, labels, town

FRIDAY, MONDAY = "2026-11-20T12:00:00+00:00", "2026-11-23T09:01:00+00:00"
LISBON = tuple(Someone(someone.handle) for someone in PEOPLE)
WEEKLY = CONFIG[CONFIG.index("  weekly:") :]
TWO = CONFIG + WEEKLY.replace("weekly:", "daily:").replace("Weekly", "Daily")


async def updates(here: Town, name: str) -> list[str]:
    thread = (await here.thread())[1:]
    return [said.plain for said in thread if said.user == BOT_USER and said.plain.startswith(f"*{name}*")]


async def counted(here: Town, words: str) -> bool:
    return any(words in message.plain for message in await here.thread())


async def given_up(here: Town, event: str) -> bool:
    """Slack has tried to tell the bot of it, and tried three times again."""
    log = await here.slack.log()
    return len([entry for entry in log if entry.get("type") == event and not entry["ok"]]) >= 4


async def saying(here: Town, handle: str, words: str) -> Message | None:
    return next((message for message in await here.person(handle).dm() if words in message.plain), None)


async def test_an_update_that_was_taken_back_is_shown_again_when_she_answers_again(tmp_path: Path) -> None:
    async with town(tmp_path, FRIDAY) as here:
        await here.time_passes_until(MONDAY)
        rui = here.person("rui")
        for nth in ("First", "Second"):
            ts = await rui.says("@bot", f"{nth} words")
            await here.slack.eventually(lambda: counted(here, "1 of 6"))
            await here.settles()
            assert len(await updates(here, "Rui")) == 1
            await rui.deletes("@bot", ts)
            await here.slack.eventually(lambda: counted(here, "0 of 6"))
            await here.settles()
            assert await updates(here, "Rui") == []
        await here.answers("rui", "Third words")
        await here.settles()
        (shown,) = await updates(here, "Rui")
        assert "Third words" in shown
        await here.answers("rui", "Better words")
        await here.settles()
        (shown,) = await updates(here, "Rui")
        assert "Better words" in shown


async def test_a_prompt_arrives_however_much_she_has_written_before(tmp_path: Path) -> None:
    async with town(tmp_path, FRIDAY) as here:

        def long_ones(tx: Tx) -> None:
            for nth in range(MOST_BLOCKERS + 1):
                origin = Origin("standup", "weekly.2026-11-16T09:00")
                blockers.raise_blocker(
                    tx, TEAM, f"b{nth}", "U0RUI", None, f"{nth} " + "<&> " * 700, SYNC, origin, here.bot.clock.now()
                )

        await here.bot.database.write(long_ones)
        await here.time_passes_until(MONDAY)
        prompt = await here.slack.eventually(lambda: saying(here, "rui", "time for your update"))
        assert {"Answer", "Resolved"} <= labels(prompt)


async def test_what_was_held_back_appears_also_if_the_bot_was_let_in_while_it_was_down(tmp_path: Path) -> None:
    async with town(tmp_path, FRIDAY) as here:
        await here.slack.act("kick", channel=SYNC, who=BOT_USER)
        await here.time_passes_until(MONDAY)
        assert await here.thread() == []
        await here.stop()
        await here.person("marta").invites(BOT_USER, SYNC)
        await here.slack.eventually(lambda: given_up(here, "member_joined_channel"))
        await here.start()
        await here.slack.eventually(lambda: counted(here, "0 of 6"))


async def test_who_leaves_the_channel_after_she_was_asked_is_awaited_no_more(tmp_path: Path) -> None:
    async with town(tmp_path, FRIDAY, people=LISBON) as here:
        await here.time_passes_until(MONDAY)
        await here.person("rui").leaves(SYNC)
        await here.slack.eventually(lambda: counted(here, "0 of 5"))
        await here.time_passes_until("2026-11-24T12:00:00+00:00")
        assert await saying(here, "rui", "A reminder") is None
        missing = await here.slack.eventually(lambda: saying(here, "marta", "no answer from"))
        assert "Rui" not in missing.plain


async def test_words_to_the_bot_under_its_own_prompt_are_no_update(tmp_path: Path) -> None:
    async with town(tmp_path, FRIDAY) as here:
        await here.time_passes_until(MONDAY)
        rui = here.person("rui")
        prompt = (await rui.dm())[-1]
        await rui.says("@bot", f"<@{BOT_USER}> standup status", prompt.ts)
        await here.slack.eventually(lambda: answered_in(here, "rui", prompt.ts, "Your update is not in yet"))
        assert await counted(here, "0 of 6")


async def answered_in(here: Town, handle: str, ts: str, words: str) -> bool:
    person = here.person(handle)
    channel = (await person.dm())[-1]
    assert channel
    return any(words in message.plain for message in await person.sees("@bot", ts))


async def test_a_reply_under_two_prompts_is_taken_for_the_one_she_still_owes(tmp_path: Path) -> None:
    async with town(tmp_path, FRIDAY, TWO, people=LISBON) as here:
        await here.time_passes_until(MONDAY)
        rui = here.person("rui")
        both = (await rui.dm())[-1]
        await rui.says("@bot", "For which?", both.ts)
        await here.slack.eventually(lambda: answered_in(here, "rui", both.ts, "Which one is this for?"))
        assert await totals(here) == ["0 of 6", "0 of 6"]
        await rui.presses(both, "Answer")
        form = await here.slack.eventually(rui.view)
        await rui.fills(form, {"q.moved": "By form"})
        await here.settles()
        await rui.says("@bot", "By reply", both.ts)
        await here.slack.eventually(lambda: both_in(here))


async def totals(here: Town) -> list[str]:
    seen = await here.person("marta").sees(SYNC)
    return [" ".join(m.plain.split("*")[3].split()[:3]) for m in seen if labels(m) & {"Answer"}]


async def both_in(here: Town) -> bool:
    return await totals(here) == ["1 of 6", "1 of 6"]


async def test_a_lead_no_longer_reads_that_something_waits_on_her_when_its_raiser_turned_elsewhere(
    tmp_path: Path,
) -> None:
    async with town(tmp_path, FRIDAY, people=LISBON) as here:
        await here.time_passes_until(MONDAY)
        await here.answers("rui", "The importer", stuck="The price list", waits="sales")
        await here.time_passes_until("2026-11-23T11:00:00+00:00")
        await here.slack.eventually(lambda: saying(here, "dana", "waits on you"))
        await here.answers("rui", "The importer", stuck="The price list", waits="product")
        await here.time_passes_until("2026-11-23T12:30:00+00:00")
        await here.slack.eventually(lambda: saying(here, "marta", "waits on you"))
        await here.settles()
        was_hers = await here.slack.eventually(lambda: saying(here, "dana", "Taken back by who raised it"))
        assert labels(was_hers) == set()
        assert await saying(here, "marta", "The price list") is not None


async def test_a_round_whose_channel_was_archived_is_not_taken_for_one_that_was_removed(tmp_path: Path) -> None:
    async with town(tmp_path, FRIDAY) as here:
        await here.time_passes_until("2026-11-22T23:00:00+00:00")
        await here.slack.act("archive", channel=SYNC)
        await here.person("marta").sets_status("palm_tree")
        await here.settles()
        await here.time_passes_until(MONDAY)
        await here.slack.eventually(lambda: saying(here, "marta", "it is archived"))
        await here.slack.act("unarchive", channel=SYNC)
        await here.slack.eventually(lambda: counted(here, "0 of "))
