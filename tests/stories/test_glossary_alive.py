"""Keeping the glossary alive: hints, browsing, Home, owners who confirm, gaps, figures, the start."""

from pathlib import Path
from typing import Any

from glossary.terms import Sense, Wording
from tests.slackseen import Message
from tests.stories.lexicon import (
    ARR,
    FLAG,
    FRIDAY,
    GLOSSARY,
    MARGIN,
    PIPELINE,
    dm_with,
    form,
    knows,
    newest,
    said,
    seen,
    told,
    view_with,
)
from tests.stories.town import PRIVATE, SYNC, Town, labels, town

AFTERNOON = "2026-11-20T15:00:00+00:00"


async def test_a_channel_that_opts_in_gets_one_hint_per_term_and_week(tmp_path: Path) -> None:
    async with town(tmp_path, AFTERNOON, GLOSSARY) as here:
        await knows(here, ARR, FLAG)
        emma, rui, dana = here.person("emma"), here.person("rui"), here.person("dana")
        await emma.types("/define feature flag", SYNC)
        await here.slack.eventually(lambda: _counted(here, "1 look-up"))
        await rui.says(SYNC, "The feature flag is on")
        assert "Hints are on" in said(await emma.types("/glossary hints on", SYNC))
        for run in here.bot.registry.beginnings:
            await run("T0STORY")
        # Of what only his own side has looked up there is no hint; nor of what nobody has.
        await dana.says(SYNC, "A feature flag, says Dana, and ARR")
        await rui.says(SYNC, "The feature flag is on, and ARR is up")
        marked = await here.slack.eventually(lambda: _marked(here))
        assert [message.text for message in marked] == ["The feature flag is on, and ARR is up"]
        await rui.says(SYNC, "The feature flag again")
        await emma.reacts(marked[0], "bulb")
        read = await here.slack.eventually(lambda: seen(here, "emma", "A switch that shows"))
        assert read.ephemeral
        assert "What today's" not in read.plain
        assert len(await _marked(here)) == 1
        assert not [message for message in await dana.sees(SYNC) if "A switch that shows" in message.plain]
        assert "Hints are off" in said(await rui.types("/glossary hints off", SYNC))


async def test_newcomers_browse_and_find_what_their_function_looks_up_most(tmp_path: Path) -> None:
    async with town(tmp_path, AFTERNOON, GLOSSARY) as here:
        await knows(here, ARR, FLAG, MARGIN, PIPELINE)
        await here.person("dana").types("/define gross margin", SYNC)
        await here.slack.eventually(lambda: _counted(here, "1 look-up"))
        emma = here.person("emma")
        await emma.opens_home()
        home = await here.slack.eventually(emma.home)
        assert "what Sales looks up most" in home.plain
        assert "Gross margin" in home.plain
        await emma.presses(home, "glossary.look_up", selected_option="t3")
        page = await here.slack.eventually(emma.view)
        assert page.title == "Gross margin"
        await emma.closes(page)
        await emma.types("/glossary browse", SYNC)
        view = await form(here, "emma", "Glossary")
        assert "4 terms" in view.plain
        await emma.presses(view, "glossary.browse_by#domain", selected_option="engineering")
        view = await here.slack.eventually(lambda: view_with(here, "emma", "2 terms"))
        assert "ARR" not in view.plain
        await emma.presses(view, "glossary.browse_by#letter", selected_option="F")
        view = await here.slack.eventually(lambda: view_with(here, "emma", "1 term"))
        await emma.presses(view, "Open")
        await form(here, "emma", "Feature flag")


async def test_owners_are_asked_and_what_they_let_lie_is_shown_as_stale(tmp_path: Path) -> None:
    async with town(tmp_path, FRIDAY, GLOSSARY.replace("confirm_every: 90d", "confirm_every: 7d")) as here:
        await knows(here, ARR)
        rui = here.person("rui")
        await here.time_passes_until("2026-11-30T16:00:00+00:00")
        message = await told(here, "rui", "Does it still hold?")
        assert "What today's subscriptions" in message.plain
        assert "out of date" not in said(await rui.types("/define arr", SYNC))
        await here.time_passes_until("2026-12-07T16:00:00+00:00")
        # A week takes less than the second for which a look-up believes what it has read.
        await here.slack.eventually(lambda: _defined(here, "It may be out of date"))
        asked = [message for message in await rui.dm() if "still hold" in message.plain]
        assert len(asked) == 1
        await rui.presses(message, "Still right")
        await here.slack.eventually(lambda: dm_with(here, "rui", "still holds."))
        assert "out of date" not in said(await rui.types("/define arr", SYNC))
        assert "Still right" not in labels((await dm_with(here, "rui", "still holds."))[0])


async def test_gaps_are_found_in_answers_and_in_what_was_looked_up_in_vain(tmp_path: Path) -> None:
    channels = [
        {"id": SYNC, "name": "product-sync", "members": [*_everybody(), "U0BOT"]},
        {"id": PRIVATE, "name": "secret", "is_private": True, "members": [*_everybody(), "U0BOT"]},
    ]
    async with town(tmp_path, FRIDAY, GLOSSARY, channels=channels) as here:
        await knows(here, ARR)
        # Two who look for a code name in a private channel give nothing away.
        for handle in ("rui", "emma"):
            await here.person(handle).types("/define zephyrium", PRIVATE)
        await here.person("emma").types("/define chargeback", SYNC)
        await here.time_passes_until("2026-11-23T15:00:00+00:00")
        await here.answers("rui", "ARR is up; moved the RBAC rules and the chargeback handling")
        await here.answers("priya", "Reviewed RBAC with the customer")
        await here.answers("emma", "A quiet week, met LONELY once")
        await here.time_passes_until("2026-11-27T16:00:00+00:00")
        note = await told(here, "marta", "the glossary does not explain")
        assert "RBAC" in note.plain
        assert "written by Engineering (2)" in note.plain
        assert "chargeback" in note.plain
        assert "looked up by Sales (1)" in note.plain
        for silent in ("zephyrium", "LONELY", "*ARR*"):
            assert silent not in note.plain
        await here.person("marta").presses(note, "glossary.gap_ignore#rbac")
        await here.slack.eventually(lambda: dm_with(here, "marta", "is no term"))
        await here.person("marta").presses(note, "glossary.gap_add#chargeback")
        view = await form(here, "marta", "Add a term")
        await here.person("marta").fills(
            view, {"name": "Chargeback", "business": "A payment that the bank takes back."}
        )
        await here.slack.eventually(lambda: dm_with(here, "marta", "is in the glossary."))
        left = said(await here.person("marta").types("/glossary gaps", SYNC))
        assert "RBAC" not in left
        assert "chargeback" not in left


async def test_figures_count_people_and_name_nobody(tmp_path: Path) -> None:
    async with town(tmp_path, AFTERNOON, GLOSSARY) as here:
        await knows(here, ARR, MARGIN)
        for handle in ("emma", "dana", "rui"):
            await here.person(handle).types("/define arr", SYNC)
            await here.person(handle).types("/define chargeback", SYNC)
        await here.slack.eventually(lambda: _counted(here, "3 look-ups by 3 people, 3 misses"))
        read = said(await here.person("priya").types("/glossary stats", SYNC))
        assert "2 terms, 1 of them with both sides" in read
        assert "Sales: 2 of 4" in read
        assert "chargeback (3 people)" in read
        assert "Emma" not in read
        await knows(here, Wording("Chargeback", senses=(Sense("A payment taken back."),)))
        assert "chargeback" not in said(await here.person("priya").types("/glossary stats", SYNC))


async def test_an_empty_glossary_is_offered_a_start(tmp_path: Path) -> None:
    async with town(tmp_path, AFTERNOON, GLOSSARY.replace("  starter: false\n", "")) as here:
        marta = here.person("marta")
        offer = await told(here, "marta", "Your glossary is empty")
        await marta.presses(offer, "Add them")
        await told(here, "marta", "230 terms added to the glossary")
        assert "Error budget" in said(await marta.types("/define error budgets", SYNC))
        # What is there stays as it is.
        assert "all of the starter" in said(await _pressed_again(here)).lower()
        await here.slack.eventually(lambda: _no_offer(here))
        await here.restart()
        assert await _no_offer(here)


async def _no_offer(here: Town) -> bool:
    return not [message for message in await here.person("marta").dm() if "glossary is empty" in message.plain]


async def _pressed_again(here: Town) -> dict[str, Any]:
    marta = here.person("marta")
    await marta.types("/glossary starter", SYNC)
    await marta.presses(await newest(here, "marta"), "Add them")

    async def changed() -> dict[str, Any] | None:
        message = await newest(here, "marta")
        return message.raw if "already" in message.text else None

    return await here.slack.eventually(changed)


def _everybody() -> list[str]:
    from tests.stories.town import PEOPLE

    return [someone.id for someone in PEOPLE]


async def _counted(here: Town, text: str) -> bool:
    return text in said(await here.person("marta").types("/glossary stats", SYNC))


async def _marked(here: Town) -> list[Message]:
    return [message for message in await here.person("emma").sees(SYNC) if message.raw.get("reactions")]


async def _defined(here: Town, words: str) -> bool:
    return words in said(await here.person("rui").types("/define arr", SYNC))
