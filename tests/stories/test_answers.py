"""Answering: by form, by reply, by direct message; changed, taken back, late; never two."""

import asyncio
from pathlib import Path

from rituals.standup import usecases
from tests.slackside import Message
from tests.stories.town import CONFIG, SYNC, TEAM, Town, labels, town

FRIDAY, MONDAY = "2026-11-20T12:00:00+00:00", "2026-11-23T09:01:00+00:00"


def updates(thread: list[Message], name: str) -> list[Message]:
    """The bot's messages in a thread that show somebody's update."""
    return [message for message in thread[1:] if message.user == "U0BOT" and message.plain.startswith(f"*{name}*")]


async def test_an_answer_by_form_appears_under_its_authors_name_and_can_be_sent_again(tmp_path: Path) -> None:
    async with town(tmp_path, FRIDAY) as here:
        await here.time_passes_until(MONDAY)
        await here.answers("rui", "First words")
        await here.settles()
        await here.answers("rui", "Better words")
        await here.settles()
        (shown,) = updates(await here.thread(), "Rui")
        assert "Better words" in shown.plain
        assert "First words" not in shown.plain


async def test_the_form_opens_from_the_thread_and_from_the_command_and_comes_prefilled(tmp_path: Path) -> None:
    async with town(tmp_path, FRIDAY) as here:
        await here.time_passes_until(MONDAY)
        await here.answers("rui", "Prefilled")
        rui = here.person("rui")
        await rui.presses((await here.thread("rui"))[0], "Answer")
        view = await here.slack.eventually(rui.view)
        assert view.state["q.moved"] == "Prefilled"
        await rui.closes(view)
        await rui.types("/standup", SYNC)
        view = await here.slack.eventually(rui.view)
        assert view.state["q.moved"] == "Prefilled"


async def test_the_first_thread_reply_of_someone_who_owes_is_taken_and_she_is_told_privately(tmp_path: Path) -> None:
    async with town(tmp_path, FRIDAY) as here:
        await here.time_passes_until(MONDAY)
        rui, marta = here.person("rui"), here.person("marta")
        root = (await here.thread())[0]
        await rui.says(SYNC, "Finished the importer", root.ts)
        told = await here.slack.eventually(lambda: private(here, "rui", root.ts))
        assert "Taken as your update" in told.plain
        assert {"Edit", "Just a comment"} <= labels(told)
        assert await private(here, "marta", root.ts) is None
        await rui.says(SYNC, "By the way, lunch?", root.ts)
        await here.settles()
        assert "1 of 6" in (await here.thread())[0].plain
        assert updates(await here.thread(), "Rui") == [], "her own reply shows it already"

        await rui.presses(told, "Edit")
        view = await here.slack.eventually(rui.view)
        assert view.state["q.moved"] == "Finished the importer"
        assert marta


async def test_a_reply_that_was_just_a_comment_is_given_back(tmp_path: Path) -> None:
    async with town(tmp_path, FRIDAY) as here:
        await here.time_passes_until(MONDAY)
        rui = here.person("rui")
        root = (await here.thread())[0]
        await rui.says(SYNC, "When is the release?", root.ts)
        told = await here.slack.eventually(lambda: private(here, "rui", root.ts))
        await rui.presses(told, "Just a comment")
        await here.settles()
        assert "0 of 6" in (await here.thread())[0].plain
        await rui.says(SYNC, "Anyone?", root.ts)
        await here.settles()
        assert "0 of 6" in (await here.thread())[0].plain


async def test_an_edited_reply_edits_the_answer_and_a_deleted_one_withdraws_it(tmp_path: Path) -> None:
    async with town(tmp_path, FRIDAY) as here:
        await here.time_passes_until(MONDAY)
        rui = here.person("rui")
        root = (await here.thread())[0]
        ts = await rui.says(SYNC, "Frist words", root.ts)
        await here.slack.eventually(lambda: private(here, "rui", root.ts))
        await rui.edits(SYNC, ts, "First words & <more>")
        await here.settles()
        answer = await rui.types("/standup me", SYNC)
        assert "First words &amp; &lt;more&gt;" in str(answer)
        await rui.deletes(SYNC, ts)
        await here.slack.eventually(lambda: counted(here, "0 of 6"))


async def test_a_reply_to_the_direct_message_is_an_answer(tmp_path: Path) -> None:
    async with town(tmp_path, FRIDAY) as here:
        await here.time_passes_until(MONDAY)
        rui = here.person("rui")
        await rui.says("@bot", "Wrote the report")
        await here.slack.eventually(lambda: counted(here, "1 of 6"))
        # What answers her at once is no message that is owed, so that nothing being owed does not mean it is there.
        await here.slack.eventually(lambda: last_says(here, "rui", "taken as your update"))
        await here.settles()
        assert {"Edit", "Just a comment"} <= labels((await rui.dm())[-1])
        (shown,) = updates(await here.thread(), "Rui")
        assert "Wrote the report" in shown.plain
        prompt = next(message for message in await rui.dm() if "your update for" in message.plain)
        assert labels(prompt) == {"Edit"}, "what was asked is not asked any more"
        await rui.says("@bot", "Thanks!")
        await here.slack.eventually(lambda: last_says(here, "rui", "You are welcome."))
        await rui.says("@bot", "And sent it")
        await here.slack.eventually(lambda: last_says(here, "rui", "is in already"))
        assert len(updates(await here.thread(), "Rui")) == 1


async def test_a_word_to_the_bot_that_was_just_a_comment_is_given_back(tmp_path: Path) -> None:
    async with town(tmp_path, FRIDAY) as here:
        await here.time_passes_until(MONDAY)
        rui = here.person("rui")
        await rui.says("@bot", "Who brings cake?")
        await here.slack.eventually(lambda: last_says(here, "rui", "taken as your update"))
        await rui.presses((await rui.dm())[-1], "Just a comment")
        await here.slack.eventually(lambda: last_says(here, "rui", "that was a comment"))
        await here.slack.eventually(lambda: counted(here, "0 of 6"))
        assert updates(await here.thread(), "Rui") == []


async def test_two_windows_and_a_double_click_never_make_two_answers(tmp_path: Path) -> None:
    async with town(tmp_path, FRIDAY) as here:
        await here.time_passes_until(MONDAY)
        rui = here.person("rui")
        prompt = (await rui.dm())[-1]
        root = (await here.thread())[0]
        await asyncio.gather(rui.presses(prompt, "Answer"), rui.presses(prompt, "Answer"))
        form = await here.slack.eventually(rui.view)
        await asyncio.gather(
            rui.fills(form, {"q.moved": "From the form"}),
            rui.says("@bot", "From the direct message"),
            rui.says(SYNC, "From the thread", root.ts),
        )
        await here.slack.eventually(lambda: counted(here, "1 of 6"))
        await here.settles()
        assert len(updates(await here.thread(), "Rui")) <= 1
        assert len(await here.bot.database.read(usecases.history, TEAM, "U0RUI", 10)) == 1


async def test_a_late_answer_is_marked_and_joins_the_digest(tmp_path: Path) -> None:
    async with town(tmp_path, FRIDAY) as here:
        await here.time_passes_until("2026-11-24T08:00:00+00:00")
        assert "Closed" in (await here.thread())[0].plain
        await here.answers("rui", "Better late")
        await here.settles()
        thread = await here.thread()
        (shown,) = updates(thread, "Rui")
        assert "late" in shown.plain
        digest = next(message for message in thread if message.plain.startswith("Digest"))
        assert "Better late" in digest.plain


async def test_an_answer_sent_in_time_stays_as_it_was_once_the_round_is_closed(tmp_path: Path) -> None:
    async with town(tmp_path, FRIDAY) as here:
        await here.time_passes_until(MONDAY)
        await here.answers("rui", "In time")
        await here.time_passes_until("2026-11-24T08:00:00+00:00")
        rui = here.person("rui")
        await rui.presses(next(message for message in await rui.dm() if "Edit" in labels(message)), "Edit")
        told = await here.slack.eventually(lambda: private(here, "rui", None, "@bot"))
        assert "is closed, so your update stays as it was" in told.plain


async def test_what_a_member_types_pings_nobody_and_breaks_nothing(tmp_path: Path) -> None:
    nasty = (
        "<!channel> <@U0MARTA> <!here> &amp; *bold* `code` 🎉🎉👩‍👩‍👧‍👦 :tada: <https://x.example|click> " + "x" * 3500
    )
    async with town(tmp_path, FRIDAY) as here:
        await here.time_passes_until(MONDAY)
        await here.answers("rui", nasty[:3000], stuck=nasty[:3000], waits="sales")
        root = (await here.thread())[0]
        await here.person("priya").says(SYNC, nasty + "y" * 400, root.ts)
        await here.slack.eventually(lambda: counted(here, "2 of 6"))
        await here.time_passes_until("2026-11-24T08:00:00+00:00")
        everything = await here.person("marta").sees(SYNC) + await here.thread()
        for handle in ("marta", "dana", "rui"):
            everything += await here.person(handle).dm()
        assert [message.pings for message in everything if message.user == "U0BOT" and message.pings] == []
        assert any("x" * 1000 in message.plain for message in everything)
        assert [line for line in await here.slack.log() if line.get("error") not in (None, "")] == []


async def test_free_text_answers_what_stops_her_where_nothing_else_takes_text(tmp_path: Path) -> None:
    first, stuck = CONFIG.index("      - {key: moved"), CONFIG.index("      - {key: stuck")
    async with town(tmp_path, FRIDAY, CONFIG[:first] + CONFIG[stuck:]) as here:
        await here.time_passes_until(MONDAY)
        await here.person("rui").says("@bot", "The price list")
        await here.slack.eventually(lambda: last_says(here, "rui", "as the answer to “What stops you?”"))


async def test_questions_may_differ_by_function(tmp_path: Path) -> None:
    config = (
        "functions:\n"
        "  - {name: Engineering, side: technical, members: ['@rui']}\n"
        "  - {name: Sales, side: business, members: ['@marta']}\n"
        "calendar: {zone: Europe/Lisbon}\nadmins: ['@marta']\n"
        "standups:\n  weekly:\n    title: Weekly\n    channel: '#product-sync'\n    when: mon 09:00\n"
        "    questions:\n      - {key: shipped, ask: What shipped?, functions: [engineering]}\n"
        "      - {key: sold, ask: What sold?, functions: [sales]}\n      - {key: mood, ask: Mood?, kind: scale}\n"
    )
    async with town(tmp_path, FRIDAY, config) as here:
        await here.time_passes_until(MONDAY)
        asked = {}
        for handle in ("rui", "marta"):
            person = here.person(handle)
            await person.types("/standup", SYNC)
            asked[handle] = await here.slack.eventually(person.view)
        assert set(asked["rui"].state) == {"q.shipped", "q.mood"}
        assert set(asked["marta"].state) == {"q.sold", "q.mood"}
        await here.person("marta").fills(asked["marta"], {"q.sold": "Twelve", "q.mood": "4"})
        await here.settles()
        (shown,) = updates(await here.thread(), "Marta")
        assert "4 of 5" in shown.plain


async def private(here: Town, handle: str, thread_ts: str | None, channel: str = SYNC) -> Message | None:
    seen = await here.person(handle).sees(channel, thread_ts)
    return next((message for message in reversed(seen) if message.ephemeral), None)


async def last_says(here: Town, handle: str, words: str) -> bool:
    return words in (await here.person(handle).dm())[-1].plain


async def test_a_word_to_the_bot_before_she_was_asked_is_no_update(tmp_path: Path) -> None:
    async with town(tmp_path, FRIDAY) as here:
        await here.time_passes_until("2026-11-23T08:00:00+00:00")
        await here.person("rui").says("@bot", "hello bot, what is this?")
        await here.slack.eventually(lambda: last_says(here, "rui", "Nothing waits for you here"))
        await here.person("rui").says("@bot", "Help")
        await here.slack.eventually(lambda: last_says(here, "rui", "/standup"))
        await here.time_passes_until(MONDAY)
        assert "0 of 6" in (await here.thread())[0].plain


async def counted(here: Town, words: str) -> bool:
    return words in (await here.thread())[0].plain
