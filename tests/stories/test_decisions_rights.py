"""Who may decide, who may see, who hears: one outcome, and what is private stays private."""

import asyncio
from datetime import datetime
from pathlib import Path
from typing import Any

from rituals.blockers.store import BlockerStore
from rituals.decisions.usecases import changing
from rituals.people.store import PeopleStore
from tests.slackside import Message
from tests.stories.court import (
    DECISIONS,
    MONDAY,
    PRICE,
    asks,
    card,
    decides,
    does,
    form_of,
    goes_on,
    home,
    mail,
    reads,
    rooms,
    shows,
    told,
    under,
)
from tests.stories.lexicon import said
from tests.stories.test_blockers import FRIDAY, raised
from tests.stories.town import PEOPLE, PRIVATE, SYNC, TEAM, Someone, Town, labels, town

NAME = "What is the codename?"


async def test_only_who_decides_drives_or_administers_it_decides(tmp_path: Path) -> None:
    async with town(tmp_path, "2026-11-23T15:00:00+00:00", DECISIONS) as here:
        shown = await asks(here, "dana", decider="rui", options="Yes\nNo")
        for button in ("Decide", "Need more information"):
            await here.person("emma").presses(shown, button)
            refused = await told(here, "emma", "Only Rui, Dana or an admin can do that.")
            assert refused.pings == ()
        for way in ("Withdraw", "Hand over", "Change due date", "Escalate"):
            await here.person("priya").presses(shown, "decision.further", selected_option=way)
        await told(
            here, "priya", "Only Dana, who asked, Rui, or an admin can do that. Ask one of them; nothing was changed."
        )
        assert await here.person("priya").view() is None

        rui, dana, marta = here.person("rui"), here.person("dana"), here.person("marta")
        await rui.presses(shown, "Decide")
        await dana.presses(shown, "Decide")
        hers, his = await form_of(here, "dana", "Decide"), await form_of(here, "rui", "Decide")
        answers = await asyncio.gather(dana.fills(hers, {"option": "0"}), rui.fills(his, {"option": "1"}))
        late = [answer["errors"] for answer in answers if answer.get("errors")]
        assert len(late) == 1, "one outcome, one refusal"
        winner = "Dana" if "errors" not in answers[0] else "Rui"
        assert f"{winner} was quicker: it is decided already." in late[0]["option"]
        await under(here, shown, f"*{winner}* decided:", "Yes" if winner == "Dana" else "No")
        closed = await shows(here, f"Decided by *{winner}*")
        await marta.presses(closed, "Undo")
        await decides(here, "marta", await shows(here, "*Rui* decides"), option="0", why="I am an admin")
        await shows(here, "Decided by *Marta*")


async def test_what_is_asked_in_private_leaves_no_trace_elsewhere(tmp_path: Path) -> None:
    async with town(tmp_path, MONDAY, DECISIONS, channels=rooms("marta", "rui", "priya")) as here:
        shown = await asks(here, "rui", NAME, "priya", channel=PRIVATE, consulted=["U0MARTA"], tags="codename")
        dana = here.person("dana")
        seen = [
            said(await dana.types(line, SYNC))
            for line in ("/decision list", "/decision mine", "/decision find codename", "/decision show 1")
        ]
        seen += [(await home(here, "dana")).plain, await mail(here, "dana")]
        assert [each for each in seen if "What is" in each or "Priya" in each] == []
        assert "I know no decision 1 that you can see" in seen[3]
        for way in ("Hand over", "Escalate"):
            answer = await goes_on(here, "rui", shown, way, person="U0DANA")
            assert "Dana cannot see this channel" in answer["errors"]["person"]
            await here.person("rui").closes(await form_of(here, "rui", way))

        hers = await reads(here, "priya", "asks you to decide", NAME)
        await here.person("priya").leaves(PRIVATE)
        await here.slack.eventually(lambda: here.bot.database.read(_is_out, "U0PRIYA", PRIVATE))
        before = await mail(here, "priya")
        for button in ("Decide", "Need more information", "Hand over", "All there is to it"):
            await here.person("priya").presses(hers, button)
        assert await here.person("priya").view() is None
        assert "I know no decision 1" in (await _whispered(here, "priya")).plain
        assert NAME not in said(await here.person("priya").types("/decision mine", SYNC))
        await home(here, "priya", without=NAME)
        await goes_on(here, "rui", shown, "Change due date", due="2026-11-24")
        await here.time_passes_until("2026-11-27T12:00:00+00:00")
        await reads(here, "rui", "*Priya* was to decide this by *Tue 24 Nov*")
        overdue = await shows(here, "overdue", channel=PRIVATE)
        await does(here, "rui", overdue, "Decide", "Decide", outcome="Falcon", why="It flies")
        await here.time_passes_until("2026-11-27T12:30:00+00:00")
        assert await mail(here, "priya") == before, "she has left, and hears nothing any more"


async def test_what_was_on_its_way_does_not_reach_somebody_who_has_left_the_private_channel(tmp_path: Path) -> None:
    async with town(tmp_path, MONDAY, DECISIONS, channels=rooms("marta", "rui", "hemi")) as here:
        shown = await asks(here, "rui", NAME, "hemi", channel=PRIVATE)
        await asks(here, "rui", PRICE, "hemi")
        await here.person("hemi").leaves(PRIVATE)
        await here.slack.eventually(lambda: here.bot.database.read(_is_out, "U0HEMI", PRIVATE))
        await here.time_passes_until("2026-11-23T20:30:00+00:00")
        await reads(here, "hemi", "asks you to decide", PRICE)
        assert NAME not in await mail(here, "hemi")
        await goes_on(here, "rui", shown, "Hand over", person="U0MARTA")
        await shows(here, "*Marta* decides", channel=PRIVATE)
        await here.time_passes_until("2026-11-24T10:00:00+00:00")
        assert NAME not in await mail(here, "hemi")


async def test_a_private_outcome_is_no_answer_to_a_blocker_that_was_raised_in_public(tmp_path: Path) -> None:
    async with town(tmp_path, FRIDAY, channels=rooms("marta", "dana")) as here:
        await raised(here)
        shown = await asks(here, "dana", NAME, "marta", channel=PRIVATE)
        await here.bot.database.write(_waits_for, 1, "U0DANA", here.bot.clock.now())
        await decides(here, "marta", shown, outcome="Falcon")
        await here.time_passes_until("2026-11-24T15:30:00+00:00")
        heard = await reads(here, "rui", "The price list", "Decision 1 is taken, in a channel that not everybody")
        assert "Resolved" in labels(heard)
        assert "Falcon" not in await mail(here, "rui")
        assert NAME not in await mail(here, "rui")


def _waits_for(tx: Any, number: int, user: str, now: datetime) -> None:
    (blocker,) = BlockerStore(tx, TEAM).live_ids()
    changing.link_blocker(tx, TEAM, number, blocker, user, now)


def _is_out(tx: Any, user: str, channel: str) -> bool:
    return not PeopleStore(tx, TEAM).sees(user, channel)


async def _whispered(here: Town, handle: str) -> Message:
    async def there() -> list[Message]:
        return [each for each in await here.person(handle).dm() if each.ephemeral]

    return (await here.slack.eventually(there))[-1]


async def test_people_of_other_companies_get_nothing(tmp_path: Path) -> None:
    people = (*PEOPLE, Someone("eve", more={"team_id": "T0OTHER"}))
    async with town(tmp_path, MONDAY, DECISIONS, people=people) as here:
        shown, eve, rui = await asks(here, "rui", decider="marta"), here.person("eve"), here.person("rui")
        for line in ("Shall we?", "list", "mine", "find price", "show 1"):
            read = said(await eve.types(f"/decision {line}", SYNC))
            assert read.startswith("Decisions are for people of this company"), line
        for button in ("My input", "Decide"):
            await eve.presses(shown, button)
            await told(here, "eve", "Decisions are for people of this company")
        assert await eve.view() is None
        await eve.opens_home()
        assert PRICE not in (await here.slack.eventually(eve.home)).plain
        await rui.types("/decision Who else?", SYNC)
        form = await form_of(here, "rui", "Ask for a decision")
        answer = await rui.fills(form, {"decider0": "U0EVE"})
        assert "Choose a person of this company" in answer["errors"]["decider0"]
        await rui.presses(form, "More fields")
        form = await here.slack.eventually(rui.view)
        named = {"decider0": "U0MARTA", "consulted": ["U0EVE"], "informed": ["U0EVE"]}
        assert set((await rui.fills(form, named))["errors"]) == {"consulted", "informed"}
        assert "Decide" in labels(shown)
        assert await eve.dm() == []
        assert await card(here, "Who else?") is None
