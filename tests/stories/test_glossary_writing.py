"""Writing the glossary: adding, editing at once, suggesting, disputing, retiring, going back."""

from pathlib import Path
from typing import Any

from tests.slackside import Person, View
from tests.stories.lexicon import (
    ARR,
    FRIDAY,
    GLOSSARY,
    MARGIN,
    PIPELINE,
    form,
    knows,
    newest,
    said,
    seen,
    told,
    view_with,
)
from tests.stories.town import SYNC, Town, labels, town

AFTERNOON = "2026-11-20T15:00:00+00:00"


async def opened(here: Town, person: Person, word: str, button: str, title: str) -> View:
    """She looks a word up and presses a button under it."""
    await person.types(f"/define {word}", SYNC)
    await person.presses(await newest(here, person.user.removeprefix("U0").lower()), button)
    return await form(here, person.user.removeprefix("U0").lower(), title)


async def test_a_member_suggests_a_term_and_its_steward_accepts_it(tmp_path: Path) -> None:
    async with town(tmp_path, AFTERNOON, GLOSSARY) as here:
        emma, dana = here.person("emma"), here.person("dana")
        await emma.types("/glossary add ACV", SYNC)
        view = await form(here, "emma", "Add a term")
        answer = await emma.fills(view, {"name": "ACV", "expansions": "", "business": "", "technical": ""})
        assert "one side at least" in str(answer["errors"])
        view = await form(here, "emma", "Add a term")
        filled = {"name": "ACV", "expansions": "Annual Contract Value", "business": "A year of one contract."}
        await emma.fills(view, {**filled, "domain": "revenue"})
        await here.slack.eventually(emma.view)
        assert "nobody has accepted it yet" in said(await emma.types("/define acv", SYNC))
        message = await told(here, "dana", "suggests a new term")
        assert "A year of one contract." in message.plain
        await dana.presses(message, "Accept")
        await told(here, "emma", "took your suggestion for")
        await here.slack.eventually(lambda: _has(here, "dana", "Accepted by Dana"))
        assert "accepted it yet" not in said(await emma.types("/define acv", SYNC))
        # The same name again, however it is written, is refused beside its field.
        await emma.types("/glossary add", SYNC)
        answer = await emma.fills(await form(here, "emma", "Add a term"), {"name": "a.c.v.", "technical": "Again"})
        assert "is in the glossary already" in str(answer["errors"])


async def test_a_declined_term_reads_as_if_it_had_never_been_there_and_may_be_suggested_again(tmp_path: Path) -> None:
    async with town(tmp_path, AFTERNOON, GLOSSARY) as here:
        emma, dana = here.person("emma"), here.person("dana")
        for day, text in ((23, "A year of one contract."), (24, "Twelve months of it.")):
            await emma.types("/glossary add ACV", SYNC)
            await emma.fills(await form(here, "emma", "Add a term"), {"business": text, "domain": "revenue"})
            # Hours go by, since neither of the two is told everything at once.
            await here.time_passes_until(f"2026-11-{day}T10:00:00+00:00")
            await dana.presses(await told(here, "dana", text), "Decline")
            view = await form(here, "dana", "Decline")
            assert "as if it had never been" in view.plain
            await dana.fills(view, {"reason": f"Not like this: {text}"})
            await here.time_passes_until(f"2026-11-{day}T20:00:00+00:00")
            await told(here, "emma", f"Not like this: {text}")
            await here.slack.eventually(lambda: _reads(here, "acv", "“acv” is not in the glossary yet"))
        assert len([message for message in await dana.dm() if "Declined by Dana" in message.plain]) == 2
        assert "ACV" not in said(await emma.types("/glossary gaps", SYNC))
        # Nothing is lost: its history says who wrote what, and why it went.
        await emma.types("/glossary history acv", SYNC)
        assert "declined it (Not like this: Twelve" in (await form(here, "emma", "History")).plain


async def test_a_suggested_change_is_shown_to_the_steward_field_by_field(tmp_path: Path) -> None:
    async with town(tmp_path, AFTERNOON, GLOSSARY) as here:
        await knows(here, MARGIN)
        priya, dana = here.person("priya"), here.person("dana")
        view = await opened(here, priya, "gross margin", "Suggest a change", "Suggest a change")
        await priya.fills(view, {"technical": "Revenue less hosting and support, by month.", "note": "It was empty"})
        message = await told(here, "dana", "suggests a change to")
        assert "Revenue less hosting" in message.plain
        assert "It was empty" in message.plain
        assert "Revenue less hosting" not in said(await priya.types("/define gross margin", SYNC))
        await dana.presses(message, "Edit")
        view = await form(here, "dana", "Edit a term")
        await dana.fills(view, {"technical": "Revenue less hosting, by month."})
        await here.time_passes_until("2026-11-23T06:00:00+00:00")
        await told(here, "priya", "in other words")
        assert "Revenue less hosting, by month." in said(await priya.types("/define gross margin", SYNC))


async def test_two_suggestions_for_one_term_are_told_apart_on_home_and_show_what_they_change(tmp_path: Path) -> None:
    async with town(tmp_path, AFTERNOON, GLOSSARY) as here:
        await knows(here, MARGIN)
        for handle, words in (("priya", "What is left after hosting."), ("emma", "What is left after discounts.")):
            person = here.person(handle)
            view = await opened(here, person, "gross margin", "Suggest a change", "Suggest a change")
            await person.fills(view, {"business": words, "note": f"{handle} asked around"})
        dana = here.person("dana")
        await dana.opens_home()
        home = await here.slack.eventually(dana.home)
        assert "Priya* suggests a change to *Gross margin*: “What is left after hosting.”" in home.plain
        assert "Emma* suggests a change to *Gross margin*: “What is left after discounts.”" in home.plain
        second = [button.action_id for button in home.buttons if button.label == "Look at it"][1]
        await dana.presses(home, second)
        view = await form(here, "dana", "Edit a term")
        assert "Emma* suggests a change to *Gross margin*" in view.plain
        assert "was: What is left of each euro.\nnow: What is left after discounts." in view.plain
        assert "emma asked around" in view.plain
        await here.person("priya").types("/glossary add ACV", SYNC)
        view = await form(here, "priya", "Add a term")
        await here.person("priya").fills(view, {"technical": "A year of it.", "domain": "revenue"})
        await dana.opens_home()
        await here.slack.eventually(lambda: _on_home(here, "Priya* suggests a new term: *ACV*"))


async def test_two_who_edit_at_once_see_each_others_change(tmp_path: Path) -> None:
    async with town(tmp_path, AFTERNOON, GLOSSARY) as here:
        await knows(here, ARR)
        dana, rui = here.person("dana"), here.person("rui")
        hers = await opened(here, dana, "arr", "Edit", "Edit a term")
        his = await opened(here, rui, "arr", "Edit", "Edit a term")
        other = await opened(here, here.person("marta"), "arr", "Edit", "Edit a term")
        await dana.fills(hers, {"business": "Income of a year that comes back."})
        # What nobody else touched is merged without a word.
        await rui.fills(his, {"technical": "Active lines times twelve."})
        read = said(await rui.types("/define arr", SYNC))
        assert "Income of a year that comes back." in read
        assert "Active lines times twelve." in read
        # What somebody else changed meanwhile is shown, and nothing is overwritten.
        answer = await here.person("marta").fills(other, {"business": "Money each year."})
        assert answer.get("response_action") == "update"
        again = await form(here, "marta", "Edit a term")
        assert "changed this term while you were writing" in again.plain
        assert "Income of a year that comes back." in again.plain
        assert "Money each year." not in said(await rui.types("/define arr", SYNC))
        await here.person("marta").fills(again, {})
        assert "Money each year." in said(await rui.types("/define arr", SYNC))


async def test_anybody_sees_the_history_and_stewards_go_back(tmp_path: Path) -> None:
    async with town(tmp_path, AFTERNOON, GLOSSARY) as here:
        await knows(here, ARR)
        dana, emma = here.person("dana"), here.person("emma")
        view = await opened(here, dana, "arr", "Edit", "Edit a term")
        await dana.fills(view, {"business": "Something else."})
        await emma.types("/glossary history arr", SYNC)
        view = await form(here, "emma", "History")
        assert "what it means for the business side, before: “What today" in view.plain
        assert "Back to this" not in {button.label for button in view.buttons}
        await dana.types("/glossary history arr", SYNC)
        view = await form(here, "dana", "History")
        await dana.presses(view, "glossary.revert#1")
        await here.slack.eventually(lambda: _reads(here, "arr", "What today's subscriptions"))
        await emma.closes(await form(here, "emma", "History"))
        await emma.types("/glossary history arr", SYNC)
        assert "went back to an earlier wording" in (await form(here, "emma", "History")).plain


async def test_a_term_is_disputed_retired_and_brought_back(tmp_path: Path) -> None:
    async with town(tmp_path, AFTERNOON, GLOSSARY) as here:
        await knows(here, ARR)
        rui, dana, emma = here.person("rui"), here.person("dana"), here.person("emma")
        await opened(here, emma, "arr", "More", "ARR")
        page = await form(here, "emma", "ARR")
        assert not {"Retire", "Accept"} & {button.label for button in page.buttons}
        await emma.presses(page, "Dispute")
        await emma.fills(await form(here, "emma", "Dispute"), {"reason": "Set-up fees are in it"})
        assert "Set-up fees are in it" in said(await rui.types("/define arr", SYNC))
        message = await told(here, "dana", "Set-up fees are in it")
        await dana.presses(message, "It holds")
        await here.slack.eventually(lambda: _reads(here, "arr", "Set-up fees", there=False))
        page = await opened(here, dana, "arr", "More", "ARR")
        await dana.presses(page, "Retire")
        await dana.fills(await form(here, "dana", "Retire"), {"reason": "We say NRR"})
        assert "No longer in use: We say NRR" in said(await rui.types("/define arr", SYNC))


async def test_a_second_meaning_is_added_beside_the_first(tmp_path: Path) -> None:
    async with town(tmp_path, AFTERNOON, GLOSSARY) as here:
        await knows(here, ARR, PIPELINE)
        marta = here.person("marta")
        page = await opened(here, marta, "arr", "More", "ARR")
        await marta.presses(page, "Add a meaning")
        await marta.fills(await form(here, "marta", "Add a meaning"), {"technical": "A robot's arm, in the lab."})
        read = said(await here.person("emma").types("/define arr", SYNC))
        assert "A robot's arm" in read
        assert "What today's subscriptions" in read
        # Of several meanings one is chosen for editing.
        await marta.closes(await form(here, "marta", "Add a meaning"), all=True)
        view = await opened(here, marta, "pipeline", "Edit", "Edit a term")
        await marta.presses(view, "glossary.edit_sense#1")
        view = await here.slack.eventually(lambda: view_with(here, "marta", "Who answers for"))
        await marta.fills(view, {"business": "What carries a change to customers."})
        assert "What carries a change to customers." in said(await marta.types("/define pipeline", SYNC))


async def test_other_peoples_text_is_shown_and_never_obeyed(tmp_path: Path) -> None:
    async with town(tmp_path, AFTERNOON, GLOSSARY) as here:
        marta = here.person("marta")
        nasty = "<!channel> *bold* <@U0DANA> <https://evil.example|click> & ```code``` " + "🙂" * 50
        await marta.types("/glossary add", SYNC)
        await marta.fills(
            await form(here, "marta", "Add a term"),
            {"name": "<!here> & co", "business": nasty, "example": nasty, "expansions": "<@U0RUI>\n<!everyone>"},
        )
        await marta.types("/define here & co", SYNC)
        card = await newest(here, "marta")
        assert set(card.pings) <= {"U0MARTA"}
        await marta.presses(card, "Share to channel")
        shared = await here.slack.eventually(lambda: seen(here, "emma", "shared this from the glossary"))
        assert shared.pings == ()
        assert "evil.example" not in " ".join(_markup(shared.raw["blocks"]))
        assert labels(shared) == set()


async def test_people_of_other_companies_get_nothing(tmp_path: Path) -> None:
    from tests.stories.town import PEOPLE, Someone

    people = (*PEOPLE, Someone("guest", more={"team_id": "T0OTHER"}))
    async with town(tmp_path, FRIDAY, GLOSSARY, people=people) as here:
        await knows(here, ARR)
        guest = here.person("guest")
        for line in ("/define arr", "/glossary browse", "/glossary stats", "/glossary add x", "/glossary gaps"):
            assert "for the people of this company" in said(await guest.types(line, SYNC)), line


async def _has(here: Town, handle: str, text: str) -> bool:
    return any(text in message.plain for message in await here.person(handle).dm())


async def _reads(here: Town, word: str, text: str, *, there: bool = True) -> bool:
    return (text in said(await here.person("emma").types(f"/define {word}", SYNC))) is there


async def _on_home(here: Town, text: str) -> bool:
    home = await here.person("dana").home()
    return home is not None and text in home.plain


def _markup(value: Any) -> list[str]:
    """All that Slack reads markup in; plain and rich text stand there just as they were written."""
    if isinstance(value, dict):
        own = [value["text"]] if value.get("type") == "mrkdwn" else []
        return own + [found for each in value.values() for found in _markup(each)]
    return [found for each in value for found in _markup(each)] if isinstance(value, list) else []
