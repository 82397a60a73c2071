"""The bot is killed right after it has acknowledged a decision, and again after it was taken: each is told once."""

import random
from collections import Counter
from pathlib import Path

from bot.database import Database
from bot.features.decisions import verbs
from tests.slackseen import Message, View
from tests.soak.group import SYNC, Group, group, key_of


async def test_a_decision_that_was_acknowledged_is_told_once_whenever_the_bot_is_killed(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/kills.db"
    async with group(tmp_path, 3, url, random.Random(1), retries=(0, 5, 10)) as of:
        of.start()
        await of.ready()
        await of.expects()
        asker, decider = of.slack.as_person("U0P0"), of.slack.as_person("U0P1")
        await asker.types("/decision Shall we raise the price?", SYNC)
        asked = await asker.fills(await _form(of, "U0P0", "Ask for a decision"), {"decider0": "U0P1"})
        assert "errors" not in asked
        await _killed(of)
        await of.passes_until("2026-11-23T09:01:00+00:00", 40)
        hers = await of.slack.eventually(lambda: _read(of, "U0P1", "asks you to decide"), 40)
        await decider.presses(hers, "Decide")
        taken = await decider.fills(await _form(of, "U0P1", "Decide"), {"outcome": "By 4 %"})
        assert "errors" not in taken
        await _killed(of)
        await of.passes_until("2026-11-23T09:30:00+00:00", 40)
        database = Database.open(url)
        try:
            await of.settles(database, 40)
        finally:
            database.close()
        said = await of.said()
        keys = Counter(key_of(each) for each in said)
        assert keys[verbs.card(1)] == keys[verbs.line(1, 2)] == 1
        told = [each.plain for each in said if each.channel == hers.channel]
        assert "\n".join(told).count("Decided\nBy 4 %") == 1, "the decider's message, which may carry others"
        assert [each.plain for each in said if key_of(each) == verbs.card(1) and "Decided\nBy 4 %" in each.plain]


async def _killed(of: Group) -> None:
    of.kill(of.bots[0])
    of.start()
    await of.ready()
    await of.expects()


async def _form(of: Group, user: str, title: str) -> View:
    async def opened() -> View | None:
        view = await of.slack.as_person(user).view()
        return view if view and view.title == title else None

    return await of.slack.eventually(opened, 20)


async def _read(of: Group, user: str, words: str) -> Message | None:
    found = [each for each in await of.slack.as_person(user).dm() if words in each.plain]
    return found[-1] if found else None
