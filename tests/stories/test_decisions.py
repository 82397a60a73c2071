"""A decision from the question to the outcome: asked for, seen, taken, told, found again."""

from pathlib import Path

from tests.stories.court import DECISIONS, MONDAY, PRICE, asks, decides, home, mail, reads, shows, thread
from tests.stories.lexicon import said
from tests.stories.town import SYNC, labels, town


async def test_a_decision_is_asked_for_seen_taken_and_told(tmp_path: Path) -> None:
    async with town(tmp_path, MONDAY, DECISIONS) as here:
        card = await asks(here, "rui", informed=["U0HEMI"])
        assert "*Dana* decides by *Thu 26 Nov*" in card.plain
        assert "Engineering waits for Sales" in card.plain
        assert PRICE not in await mail(here, "dana"), "it is half past four in New York"
        await here.time_passes_until("2026-11-23T15:00:00+00:00")
        hers = await reads(here, "dana", "*Rui* asks you to decide in", PRICE)
        await decides(here, "dana", hers, outcome="Yes, by 4 %", why="Costs rose by 6 %")
        card = await shows(here, "Decided by *Dana*", "Yes, by 4 %", "Costs rose by 6 %")
        assert "Undo" in labels(card)
        assert "*Dana* decided:\nYes, by 4 %" in await thread(here, card)
        await here.time_passes_until("2026-11-23T15:20:00+00:00")
        assert "Yes, by 4 %" in (await reads(here, "rui", "Yes, by 4 %")).plain
        assert "Yes, by 4 %" not in await mail(here, "hemi"), "it is four in the morning in Auckland"
        await here.time_passes_until("2026-11-23T20:30:00+00:00")
        await reads(here, "hemi", "Yes, by 4 %")
        assert "Undo" not in labels(await shows(here, "Decided by *Dana*"))


async def test_what_waits_for_whom_is_listed_found_and_shown_on_app_home(tmp_path: Path) -> None:
    async with town(tmp_path, MONDAY, DECISIONS) as here:
        marta, rui, priya = here.person("marta"), here.person("rui"), here.person("priya")

        async def answers(line: str, handle: str = "rui") -> str:
            return said(await here.person(handle).types(line, SYNC))

        assert "No decision is open. `/decision` asks for one." in await answers("/decision list")
        assert "No open decision waits for you" in await answers("/decision mine")
        await asks(here, "rui", PRICE, "marta", consulted=["U0PRIYA"], tags="pricing")
        second = await asks(here, "marta", "Which vault do we take?", "rui")
        assert "*2 open decisions*" in await answers("/decision list")
        assert "*1 open decision for Engineering*" in await answers("/decision list engineering")
        assert "No decision is open for Sales" in await answers("/decision list Sales")
        nonsense = await answers("/decision list blue & <!here> boxes")
        assert (
            "I know no function called “blue &amp; @here boxes”. There are Engineering, Sales and Product" in nonsense
        )
        assert "1 decision about “PRICING”" in await answers("/decision find PRICING")
        assert "I found no decision about “<!channel> *x*”" in await answers("/decision find <!channel> *x*")
        assert "`/decision ask Find …`" in await answers("/decision find a new vendor?")
        assert "`/decision ask Stats …`" in await answers("/decision stats on our website?")
        assert "What shall I look for?" in await answers("/decision find")
        assert "Which one?" in await answers("/decision show")
        assert "Which one?" in await answers("/decision show one & two")
        assert "I know no decision 99" in await answers("/decision show 99")
        assert "Which vault" in await answers("/decision show #D2")
        assert "Which vault" in await answers("/decision 2")
        assert "Which vault" in await answers("/decision #2")
        assert "`/decision find pricing`" in await answers("/decision help")
        mine = await answers("/decision mine")
        assert "*Yours to decide*\n2 · Which vault" in mine
        assert "*You wait for*\n1 · Shall we raise" in mine
        assert "*Your input is wanted*\n1 · Shall we raise" in await answers("/decision mine", "priya")

        view = await home(here, "priya", "Your input is wanted: Shall we raise")
        await priya.presses(view, "My input")
        form = await here.slack.eventually(priya.view)
        await priya.fills(form, {"text": "Rather not"})
        await reads(here, "marta", "Priya\nRather not")
        await home(here, "priya", without="Your input is wanted")
        view = await home(here, "marta", "Yours to decide: Shall we raise")
        assert "you wait for 1" in view.plain
        await marta.presses(view, "Decide")
        form = await here.slack.eventually(marta.view)
        await marta.fills(form, {"outcome": "No"})
        await decides(here, "rui", second, outcome="The old one")
        await shows(here, "Decided by *Rui*")
        await home(here, "rui", without="Yours to decide")
        assert "Decided: No" in await answers("/decision find raise price")
        await rui.presses(await home(here, "rui"), "Ask for a decision")
