"""Other people's words in decisions: shown and never obeyed, and never more of them than Slack takes."""

from datetime import datetime
from pathlib import Path
from typing import Any

from bot.sandbox.blockkit import message_too_long
from rituals.decisions.usecases import changing
from tests.slackside import Message
from tests.stories.court import (
    DECISIONS,
    MONDAY,
    asks,
    card,
    decides,
    does,
    form_of,
    lines,
    reads,
    shows,
    told,
    under,
    unfolds,
)
from tests.stories.town import PEOPLE, SYNC, TEAM, Someone, Town, town

CALLS = "<!channel> <@U0DANA> <!here> *bold* <https://evil.example|click> & `code`"
HEBREW = "להעלות את המחיר?"
CROWD = tuple(Someone(f"p{nth}") for nth in range(50))


async def test_what_people_write_anywhere_is_shown_as_they_wrote_it_and_calls_nobody(tmp_path: Path) -> None:
    async with town(tmp_path, "2026-11-23T15:00:00+00:00", DECISIONS) as here:
        rui, dana = here.person("rui"), here.person("dana")
        await rui.types("/decision", SYNC)
        form = await unfolds(here, "rui", await form_of(here, "rui", "Ask for a decision"))
        written = {
            "question": f"{HEBREW} {CALLS}",
            "decider0": "U0DANA",
            "context": f"{CALLS}\n\n{HEBREW}",
            "options": f"{CALLS}\n{HEBREW}",
            "tags": "<!here>",
            "links": "https://wiki.example/<!channel>|x\n<!channel>",
            "consulted": ["U0EMMA"],
        }
        await rui.fills(form, written)
        shown = await shows(here, f"{HEBREW} {CALLS}", f"{CALLS}\n\n{HEBREW}")
        await here.person("emma").presses(shown, HEBREW)
        await told(here, "emma", f"You would take “{HEBREW}”")
        asked = await reads(here, "emma", HEBREW, "Thank you")
        await does(here, "emma", asked, "Change", "My input", text=CALLS)
        hers = await reads(here, "dana", f"Emma: {HEBREW}\n{CALLS}")
        await does(here, "dana", hers, "Need more information", "Need more information", text=CALLS)
        await does(here, "priya", await under(here, shown, "needs to know"), "I know", "I know", text=CALLS)
        await dana.presses(await shows(here, CALLS), "Decide")
        form = await form_of(here, "dana", "Decide")
        assert f"Emma: {HEBREW}\n{CALLS}" in form.plain
        await dana.fills(form, {"option": "0", "outcome": CALLS, "why": f"{CALLS}\n{HEBREW}"})
        await here.time_passes_until("2026-11-23T18:30:00+00:00")
        await goes_on_reading(here)
        everything = [*await here.person("marta").sees(SYNC), *await lines(here, shown)]
        for handle in ("rui", "dana", "emma", "priya"):
            everything += await here.person(handle).dm()
        assert [each.plain for each in everything if each.pings] == []
        assert len(everything) > 8


async def goes_on_reading(here: Town) -> None:
    """She reads it in every other way, too."""
    priya = here.person("priya")
    for line in ("list", "mine", "find bold", "show 1", f"find {CALLS}", f"list {CALLS}", f"show {CALLS}"):
        await priya.types(f"/decision {line}", SYNC)
    await reads(here, "rui", "Decided", f"{CALLS}: {CALLS}")


async def test_a_message_of_three_thousand_characters_is_cut_where_it_shows(tmp_path: Path) -> None:
    async with town(tmp_path, MONDAY, DECISIONS) as here:
        emma, rui = here.person("emma"), here.person("rui")
        ts = await emma.says(SYNC, f"{HEBREW} " + "and so on & on " * 200)
        await rui.shortcut("decision.ask_menu", next(each for each in await rui.sees(SYNC) if each.ts == ts))
        form = await form_of(here, "rui", "Ask for a decision")
        assert (len(form.state["question"]), form.state["question"][-1]) == (200, "…")
        assert (len(form.state["context"]) <= 2000, form.state["context"][-1]) == (True, "…")
        await rui.fills(form, {"decider0": "U0MARTA"})
        await shows(here, "Decision 1", HEBREW)


async def test_fifty_people_who_all_write_an_essay_fit_into_what_slack_takes(tmp_path: Path) -> None:
    people = (*PEOPLE, *CROWD)
    async with town(tmp_path, MONDAY, DECISIONS, people=people) as here:
        options = "\n".join(f"{nth} " + "o" * 198 for nth in range(10))
        crowd = [each.id for each in CROWD]
        shown = await asks(here, "rui", consulted=crowd, informed=crowd, options=options, context="c" * 2000)
        other = await asks(here, "rui", "And by how much?", consulted=crowd)
        await here.time_passes_until("2026-11-23T14:05:00+00:00")
        hers = await reads(here, "dana", "Decision 1", "Decision 2")
        for number in (1, 2):
            await here.bot.database.write(_say, number)
        for place in (shown, other):
            await does(here, "p49", place, "My input", "My input", text="z" * 2000)
        full = await reads(here, "dana", "And 40 more.", "Decision 2")
        assert full.ts == hers.ts, "what she was asked in one night is one message, and it has grown"
        await here.settles()
        for each in [*await here.person("dana").dm(), *await here.person("rui").sees(SYNC)]:
            assert_fits(each)
        await here.person("dana").presses(full, "Decide")
        form = await form_of(here, "dana", "Decide")
        assert form.plain.count("wwwww") > 0
        assert all(f"P{nth}\n" in form.plain for nth in range(50)), "the form has room for everybody"
        assert len(form.raw["blocks"]) <= 100
        await here.person("dana").closes(form)
        await here.person("dana").types("/decision show 1", SYNC)
        await here.person("dana").presses(full, "All there is to it")
        assert "And 10 more" not in (await form_of(here, "dana", "Decision 1")).plain
        answer = await decides(
            here, "dana", await shows(here, "Decision 1"), option="9", outcome="y" * 2000, why="x" * 2000
        )
        assert "errors" not in answer
        await here.time_passes_until("2026-11-23T16:30:00+00:00")
        for each in [*await here.person("rui").dm(), *await here.person("rui").sees(SYNC)]:
            assert_fits(each)
        assert await card(here, "Decision 1 · decided")


def _say(tx: Any, number: int) -> None:
    now = datetime.fromisoformat("2026-11-23T14:31:00+00:00")
    for nth, each in enumerate(CROWD[:-1]):
        changing.give_input(tx, TEAM, number, each.id, None, f"{nth} " + "w" * 1997, now)


def assert_fits(message: Message) -> None:
    blocks = message.raw.get("blocks") or []
    assert len(blocks) <= 50
    assert not message_too_long(blocks)
