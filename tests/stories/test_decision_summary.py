"""The summary: how long decisions take, the open ones counted; who waits for whom; nothing from behind doors."""

from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bot.outbox.tables import HELD, outbox
from tests.slackseen import Message
from tests.stories.court import DECISIONS, MONDAY, RANDOM, asks, decides, form_of, rooms, shows
from tests.stories.lexicon import said, seen
from tests.stories.town import BOT_USER, PEOPLE, PRIVATE, SYNC, Town, town

WEEKLY = DECISIONS + 'decisions: {summary: {when: fri 15:00, channels: ["#product-sync"]}}\n'
TWO_CHANNELS = (
    {"id": SYNC, "name": "product-sync", "members": [*(each.id for each in PEOPLE), BOT_USER]},
    {"id": PRIVATE, "name": "board", "is_private": True, "members": ["U0MARTA", "U0RUI", BOT_USER]},
)
PATIENCE = 60  # another process loads scipy, on a machine that may be busy


async def seven(here: Town, decided: int = 4) -> None:
    """Seven are asked on three days; so many of them are decided, each on the working day after."""
    for nth in range(7):
        card = await asks(here, "rui", f"Question {nth}?", "marta")
        if nth < decided:
            await here.time_passes_until(f"2026-11-{24 + nth}T11:00:00+00:00")
            await decides(here, "marta", card, outcome=f"Answer {nth}")


async def summary(here: Town, handle: str, words: str, channel: str = SYNC, thread_ts: str | None = None) -> Message:
    return await here.slack.eventually(lambda: seen(here, handle, words, thread_ts, channel), PATIENCE)


async def test_stats_count_what_is_open_and_come_to_who_asked_alone(tmp_path: Path) -> None:
    async with town(tmp_path, MONDAY, DECISIONS) as here:
        await seven(here)
        rui = here.person("rui")
        assert "I am counting" in said(await rui.types("/decision stats", SYNC))
        told = await summary(here, "rui", "In figures")
        assert told.ephemeral
        assert "Half of our decisions are answered within" in told.plain
        assert "counting 3 still open" in told.plain
        assert "As others report it, without those still open: 1 working day" in told.plain
        assert "4 decided, 3 open" in told.plain
        assert "Engineering for Product" in told.plain
        await rui.presses(told, "How is this counted?")
        assert "Kaplan and Meier" in (await form_of(here, "rui", "How is this counted?")).plain
        assert "a number of weeks" in said(await rui.types("/decision stats 0w", SYNC))
        assert "a number of weeks" in said(await rui.types("/decision stats <!channel>", SYNC))
        await rui.types("/decision stats all product", "@bot")
        [alone] = [each for each in [await summary(here, "rui", "Decisions of Product", "@bot")] if each]
        assert not alone.ephemeral


async def test_the_week_s_summary_comes_to_the_channel_with_the_rest_in_its_thread(tmp_path: Path) -> None:
    async with town(tmp_path, MONDAY, WEEKLY) as here:
        await seven(here)
        await here.time_passes_until("2026-11-27T15:01:00+00:00")
        first = await summary(here, "marta", "Half of our decisions are answered within")
        assert first.pings == ()
        await summary(here, "marta", "In figures", thread_ts=first.ts)
        await summary(here, "marta", "Who waits for whom", thread_ts=first.ts)
        lists = await summary(here, "marta", "Decided this week: 4", thread_ts=first.ts)
        assert "Answer 2" in lists.plain
        await summary(here, "marta", "Twelve weeks", thread_ts=first.ts)
        await here.time_passes_until("2026-12-04T15:01:00+00:00")
        second = await summary(here, "marta", "Decisions until 4 Dec")
        assert "counting 3 still open" in second.plain
        await here.settles()
        assert len([each for each in await here.person("marta").sees(SYNC) if "Half of our" in each.plain]) == 2


async def test_fewer_than_five_are_listed_without_statistics(tmp_path: Path) -> None:
    async with town(tmp_path, MONDAY, WEEKLY) as here:
        await asks(here, "rui", "Only this?", "marta")
        await here.time_passes_until("2026-11-27T15:01:00+00:00")
        first = await summary(here, "marta", "1 decision was asked for")
        assert "Only this?" in first.plain
        assert "Half" not in first.plain


async def test_what_is_asked_in_a_private_channel_is_counted_only_for_who_is_in_it(tmp_path: Path) -> None:
    async with town(tmp_path, MONDAY, WEEKLY, channels=TWO_CHANNELS) as here:
        await seven(here)
        marta = here.person("marta")
        await marta.types("/decision Shall we sell the company?", PRIVATE)
        await marta.fills(await form_of(here, "marta", "Ask for a decision"), {"decider0": "U0RUI"})
        await shows(here, "sell the company", channel=PRIVATE)
        await marta.types("/decision stats", SYNC)
        hers = await summary(here, "marta", "In figures")
        assert "counting 4 still open" in hers.plain
        await here.person("dana").types("/decision stats", SYNC)
        others = await summary(here, "dana", "In figures")
        assert "counting 3 still open" in others.plain
        assert "sell the company" not in others.plain
        await here.time_passes_until("2026-11-27T15:01:00+00:00")
        first = await shows(here, "Half of our decisions", "Counts what was asked", handle="dana")
        assert "counting 3 still open" in first.plain
        assert "Only decisions of this channel" not in first.plain, "nobody else reads along"
        below = await summary(here, "marta", "Decided this week", thread_ts=first.ts)
        assert "sell the company" not in below.plain


async def test_whoever_lets_me_in_later_finds_no_summary_of_weeks_ago(tmp_path: Path) -> None:
    elsewhere = WEEKLY.replace("#product-sync", "#random")
    async with town(tmp_path, MONDAY, elsewhere, channels=rooms("marta")) as here:
        await asks(here, "rui", "Only this?", "marta")
        await here.time_passes_until("2026-11-27T15:01:00+00:00")
        await here.slack.eventually(lambda: here.bot.database.read(_kept_out), PATIENCE)
        await here.time_passes_until("2026-12-03T15:00:00+00:00")
        await here.person("marta").invites(BOT_USER, RANDOM)
        await here.time_passes_until("2026-12-04T15:01:00+00:00")
        await summary(here, "marta", "Decisions until 4 Dec", RANDOM)
        assert "until 27 Nov" not in str([each.plain for each in await here.person("marta").sees(RANDOM)])


def _kept_out(tx: Any) -> bool:
    return bool(tx.scalar(sa.select(sa.func.count()).where(outbox.c.kind == "summary", outbox.c.state == HELD)))


async def test_where_slack_takes_no_charts_there_are_pictures_with_the_numbers_in_words(tmp_path: Path) -> None:
    async with town(tmp_path, MONDAY, WEEKLY) as here:
        await here.slack.faults(without=["data_visualization", "table"])
        await seven(here)
        await here.time_passes_until("2026-11-27T15:01:00+00:00")
        first = await summary(here, "marta", "Half of our decisions")
        weeks = await summary(here, "marta", "Twelve weeks", thread_ts=first.ts)
        waiting = await summary(here, "marta", "Who waits for whom", thread_ts=first.ts)
        for message, words in ((weeks, "Asked and decided"), (waiting, "Engineering")):
            [*pictures] = [block for block in message.raw["blocks"] if block["type"] == "image"]
            assert pictures
            assert any(words in picture["alt_text"] for picture in pictures)
