"""The glossary where it is easily got wrong: who reads what, what is said in public, what is pressed twice."""

from pathlib import Path

from glossary.terms import Sense, Wording
from tests.stories.lexicon import (
    ARR,
    FRIDAY,
    GLOSSARY,
    MARGIN,
    dm_with,
    form,
    knows,
    newest,
    said,
    seen,
    told,
    view_with,
)
from tests.stories.town import PEOPLE, SYNC, Someone, Town, labels, town

AFTERNOON = "2026-11-20T15:00:00+00:00"


async def test_what_is_only_nearly_called_so_is_not_answered_in_public(tmp_path: Path) -> None:
    async with town(tmp_path, AFTERNOON, GLOSSARY) as here:
        await knows(here, Wording("Launch", senses=(Sense("The day customers get it."),)))
        ts = await here.person("emma").says(SYNC, "@crosswalk what is lunch?")
        read = await here.slack.eventually(lambda: seen(here, "emma", "Nothing is called “lunch”", ts))
        assert read.ephemeral
        assert await seen(here, "rui", "The day customers get it.", ts) is None


async def test_a_term_that_does_not_hold_is_marked_in_public_too(tmp_path: Path) -> None:
    async with town(tmp_path, AFTERNOON, GLOSSARY) as here:
        await knows(here, ARR, state="disputed")
        ts = await here.person("emma").says(SYNC, "@crosswalk what is ARR?")
        read = await here.slack.eventually(lambda: seen(here, "rui", "What today's", ts))
        assert "Disputed" in read.plain
        assert read.pings == ()


async def test_a_guest_sees_no_gaps_from_channels_she_is_not_in(tmp_path: Path) -> None:
    people = (*PEOPLE, Someone("ivo", more={"is_restricted": True}))
    inside = [someone.id for someone in PEOPLE]
    channels = [
        {"id": SYNC, "name": "product-sync", "members": [*inside, "U0BOT"]},
        {"id": "C0GUESTS", "name": "guests", "members": ["U0IVO", "U0MARTA", "U0BOT"]},
    ]
    async with town(tmp_path, FRIDAY, GLOSSARY, people=people, channels=channels) as here:
        await here.time_passes_until("2026-11-23T15:00:00+00:00")
        await here.answers("rui", "RBAC for the Acme takeover")
        await here.answers("priya", "RBAC again")
        assert "RBAC" in said(await here.person("emma").types("/glossary gaps", SYNC))
        assert "No gaps" in said(await here.person("ivo").types("/glossary gaps", "C0GUESTS"))


async def test_nobody_from_elsewhere_becomes_an_owner(tmp_path: Path) -> None:
    people = (*PEOPLE, Someone("noor", more={"team_id": "T0OTHER"}))
    async with town(tmp_path, AFTERNOON, GLOSSARY, people=people) as here:
        await knows(here, ARR)
        dana = here.person("dana")
        await dana.types("/define arr", SYNC)
        await dana.presses(await newest(here, "dana"), "Edit")
        answer = await dana.fills(await form(here, "dana", "Edit a term"), {"technical_owner": "U0NOOR"})
        assert "colleague who is still here" in str(answer["errors"])


async def test_a_steward_who_edits_a_suggestion_has_accepted_it(tmp_path: Path) -> None:
    async with town(tmp_path, AFTERNOON, GLOSSARY) as here:
        emma, dana = here.person("emma"), here.person("dana")
        await emma.types("/glossary add ACV", SYNC)
        view = await form(here, "emma", "Add a term")
        await emma.fills(view, {"name": "ACV", "business": "A year of it.", "domain": "revenue"})
        message = await told(here, "dana", "suggests a new term")
        await dana.presses(message, "Edit")
        await dana.fills(await form(here, "dana", "Edit a term"), {"business": "A year of one contract."})
        await told(here, "emma", "in other words")
        settled = (await here.slack.eventually(lambda: dm_with(here, "dana", "in other words")))[0]
        assert labels(settled) == set()
        assert "accepted it yet" not in said(await emma.types("/define acv", SYNC))


async def test_a_meaning_that_says_nothing_any_more_is_taken_away(tmp_path: Path) -> None:
    two = Wording("Release", senses=(Sense("What customers get."), Sense("What a recruiter signs.")))
    async with town(tmp_path, AFTERNOON, GLOSSARY) as here:
        await knows(here, two)
        marta = here.person("marta")
        await marta.types("/define release", SYNC)
        await marta.presses(await newest(here, "marta"), "Edit")
        await marta.presses(await form(here, "marta", "Edit a term"), "glossary.edit_sense#1")
        view = await here.slack.eventually(lambda: view_with(here, "marta", "Who answers for"))
        await marta.fills(view, {"business": ""})
        read = said(await marta.types("/define release", SYNC))
        assert "What customers get." in read
        assert "recruiter" not in read


async def test_a_disputed_term_is_settled_for_everybody_who_was_told(tmp_path: Path) -> None:
    async with town(tmp_path, AFTERNOON, GLOSSARY) as here:
        await knows(here, ARR)
        emma, rui, dana = here.person("emma"), here.person("rui"), here.person("dana")
        await emma.types("/define arr", SYNC)
        await emma.presses(await newest(here, "emma"), "More")
        await emma.presses(await form(here, "emma", "ARR"), "Dispute")
        await emma.fills(await form(here, "emma", "Dispute"), {"reason": "Fees are in it"})
        # An owner who is no steward of it may edit it; whether it holds is for the steward to say.
        assert labels(await told(here, "rui", "Fees are in it")) == {"Edit"}
        assert "Disputed by <@U0EMMA>" in said(await rui.types("/define arr", SYNC))
        await dana.presses(await told(here, "dana", "Fees are in it"), "It holds")
        await here.slack.eventually(lambda: dm_with(here, "rui", "Dana has looked at it: it holds."))
        await told(here, "emma", "You said that")
        assert "Fees are in it" not in said(await rui.types("/define arr", SYNC))


async def test_going_back_is_seen_where_it_was_pressed(tmp_path: Path) -> None:
    async with town(tmp_path, AFTERNOON, GLOSSARY) as here:
        await knows(here, MARGIN)
        marta = here.person("marta")
        await marta.types("/define gross margin", SYNC)
        await marta.presses(await newest(here, "marta"), "Edit")
        await marta.fills(await form(here, "marta", "Edit a term"), {"business": "Else."})
        await marta.types("/glossary browse", SYNC)
        await marta.presses(await form(here, "marta", "Glossary"), "Open")
        await marta.presses(await form(here, "marta", "Gross margin"), "History")
        await marta.presses(await form(here, "marta", "History"), "glossary.revert#1")
        await here.slack.eventually(lambda: view_with(here, "marta", "went back to an earlier wording"))


async def test_two_presses_share_once(tmp_path: Path) -> None:
    async with town(tmp_path, AFTERNOON, GLOSSARY) as here:
        await knows(here, ARR)
        rui = here.person("rui")
        await rui.types("/define arr", SYNC)
        card = await newest(here, "rui")
        await rui.presses(card, "Share to channel")
        await _quietly(rui.presses(card, "Share to channel"))
        await here.slack.eventually(lambda: seen(here, "dana", "Rui shared this"))
        await here.settles()
        shown = [message for message in await here.person("dana").sees(SYNC) if "Rui shared this" in message.plain]
        assert len(shown) == 1


async def test_a_word_that_is_a_whole_essay_is_no_miss_and_breaks_nothing(tmp_path: Path) -> None:
    async with town(tmp_path, AFTERNOON, GLOSSARY) as here:
        await knows(here, ARR)
        emma = here.person("emma")
        for nth in range(2):
            assert "not in the glossary" in said(await emma.types(f"/define {'blah ' * 500}{nth}", SYNC))
        await emma.types("/define chargeback", SYNC)
        await here.slack.eventually(lambda: _counts(here, "1 miss."))
        await here.person("rui").types("/define chargeback", SYNC)
        await here.slack.eventually(lambda: _counts(here, "2 misses."))


async def _counts(here: Town, text: str) -> bool:
    return text in said(await here.person("marta").types("/glossary stats", SYNC))


async def _quietly(press: object) -> None:
    """She is quicker than the message's going: Slack may refuse her, and that is all right too."""
    from collections.abc import Awaitable
    from typing import cast

    from tests.slackside import Refused

    try:
        await cast(Awaitable[object], press)
    except Refused:
        return


async def test_a_question_in_a_direct_message_is_nobodys_update(tmp_path: Path) -> None:
    async with town(tmp_path, FRIDAY, GLOSSARY) as here:
        await knows(here, ARR)
        await here.time_passes_until("2026-11-23T09:30:00+00:00")
        rui = here.person("rui")
        for text, answer in (
            ("what is arrr?", "ARR"),
            ("arr", "What today's"),
            ("What is a zorp?", "not in the glossary"),
        ):
            await rui.says("@bot", text)
            await told(here, "rui", answer)
        await here.settles()
        assert not [message for message in await here.thread() if message.user == "U0BOT" and "arr" in message.plain]
        await here.answers("rui", "The importer")
        await here.slack.eventually(lambda: in_thread(here, "The importer"))


async def test_a_file_that_leaves_something_out_says_what_goes(tmp_path: Path) -> None:
    async with town(tmp_path, AFTERNOON, GLOSSARY) as here:
        await knows(here, ARR)
        marta = here.person("marta")
        await marta.uploads("terms.csv", "term,business\nARR,Income that comes back.\n")
        plan = await told(here, "marta", "Nothing has been imported yet")
        assert "ARR (loses: expansions, aliases, technical" in plan.plain
        await marta.uploads("notes.md", "# hi\n")
        await told(here, "marta", "There is no term in")


async def in_thread(here: Town, words: str) -> bool:
    return any(words in message.plain for message in await here.thread())
