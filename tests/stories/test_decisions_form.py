"""Asking for a decision: from a command, a mention, a message, a blocker; and what the form says no to."""

from pathlib import Path
from typing import Any

from rituals.people.store import PeopleStore
from tests.slackseen import View
from tests.stories.court import (
    DECISIONS,
    MONDAY,
    PRICE,
    RANDOM,
    asks,
    card,
    decides,
    form_of,
    home,
    mail,
    reads,
    rooms,
    shows,
    told,
    under,
    unfolds,
)
from tests.stories.lexicon import said
from tests.stories.test_blockers import FRIDAY, raised, saying
from tests.stories.town import BOT_USER, PRIVATE, SYNC, TEAM, labels, town

ASK = "Ask for a decision"


def fields(form: Any) -> list[str]:
    return [block["block_id"] for block in form.raw["blocks"] if block["type"] == "input"]


async def test_the_form_is_short_until_somebody_wants_more_and_keeps_what_was_typed(tmp_path: Path) -> None:
    async with town(tmp_path, MONDAY, DECISIONS) as here:
        rui = here.person("rui")
        await rui.types("/decision", SYNC)
        form = await form_of(here, "rui", ASK)
        assert fields(form) == ["question", "decider0", "due"]
        assert form.state["due"] == "2026-11-26", "three working days from Monday"
        await rui.enters(form, {"question": "Who writes it?", "decider0": "U0MARTA", "due": "2026-11-25"})
        form = await unfolds(here, "rui", form)
        kept = (form.state["question"], form.state["decider0"], form.state["due"])
        assert kept == ("Who writes it?", "U0MARTA", "2026-11-25")
        await rui.fills(form, {"context": "The text is due soon.", "consulted": ["U0EMMA"], "tags": "#writing, urgent"})
        shown = await shows(here, "Who writes it?", "The text is due soon.", "#writing #urgent")
        assert "*Marta* decides by *Wed 25 Nov*" in shown.plain
        assert "Input wanted from Emma" in shown.plain


async def test_everything_that_is_wrong_is_said_at_once_and_beside_its_field(tmp_path: Path) -> None:
    async with town(tmp_path, MONDAY, DECISIONS, channels=rooms("marta", "rui")) as here:
        rui = here.person("rui")
        await rui.types("/decision", PRIVATE)
        form = await unfolds(here, "rui", await form_of(here, "rui", ASK))
        wrong = {
            "question": PRICE,
            "decider0": "U0DANA",
            "due": "2026-11-20",
            "options": "\n".join(str(nth) for nth in range(11)),
            "consulted": ["U0MARTA", BOT_USER],
            "informed": ["U0EMMA", "U0PRIYA"],
        }
        errors = (await rui.fills(form, wrong))["errors"]
        assert set(errors) == {"decider0", "due", "options", "consulted", "informed"}
        assert "Dana cannot see this channel" in errors["decider0"]
        assert "That day is over" in errors["due"]
        assert "more than 10" in errors["options"]
        assert "Choose a person" in errors["consulted"]
        assert "Emma and Priya cannot see" in errors["informed"]
        right = {"decider0": "U0MARTA", "due": "2026-11-24", "options": "A\nB", "consulted": [], "informed": []}
        errors = (await rui.fills(form, right | {"options": "A\n" + "b" * 201, "links": "l" * 1001}))["errors"]
        assert set(errors) == {"options", "links"}
        assert "errors" not in await rui.fills(form, right | {"links": ""})
        await here.slack.eventually(lambda: card(here, PRICE, "rui", PRIVATE))


async def test_somebody_who_has_left_meanwhile_decides_nothing(tmp_path: Path) -> None:
    async with town(tmp_path, MONDAY, DECISIONS) as here:
        rui = here.person("rui")
        await rui.types(f"/decision {PRICE}", SYNC)
        form = await form_of(here, "rui", ASK)
        await rui.enters(form, {"decider0": "U0EMMA"})
        await here.slack.act("user", user="U0EMMA", deleted=True)
        await here.slack.eventually(lambda: here.bot.database.read(_gone, "U0EMMA"))
        assert "Choose a person" in (await rui.fills(form))["errors"]["decider0"]
        assert (
            "more than a year" in (await rui.fills(form, {"decider0": "U0DANA", "due": "2028-01-03"}))["errors"]["due"]
        )


def _gone(tx: Any, user: str) -> bool:
    member = PeopleStore(tx, TEAM).member(user)
    return member is not None and member.deactivated


async def test_where_the_bot_is_not_it_says_how_to_invite_it_and_another_channel_can_be_chosen(tmp_path: Path) -> None:
    async with town(tmp_path, MONDAY, DECISIONS, channels=rooms()) as here:
        rui = here.person("rui")
        await rui.types(f"/decision {PRICE}", RANDOM)
        form = await form_of(here, "rui", ASK)
        assert "I am not in #random" in form.plain
        assert "/invite @crosswalk" in form.plain
        assert fields(form) == ["question", "decider0", "due", "channel"]
        errors = (await rui.fills(form, {"decider0": "U0MARTA", "channel": RANDOM}))["errors"]
        assert "/invite @crosswalk" in errors["channel"]
        await rui.fills(form, {"channel": SYNC})
        await shows(here, PRICE)
        await rui.types("/decision Who writes it?", "@bot")
        form = await form_of(here, "rui", ASK)
        assert "I am not in" not in form.plain
        await rui.fills(form, {"decider0": "U0MARTA", "channel": SYNC})
        await shows(here, "Who writes it?")


async def test_it_can_be_asked_under_every_name_of_the_command_and_from_app_home(tmp_path: Path) -> None:
    async with town(tmp_path, MONDAY, DECISIONS) as here:
        rui = here.person("rui")
        await rui.types("/crosswalk decision Shall we move?", SYNC)
        await rui.fills(await form_of(here, "rui", ASK), {"decider0": "U0MARTA"})
        await shows(here, "Shall we move?")
        await rui.says(SYNC, "@crosswalk decision help me choose a vendor")
        await rui.presses(await told(here, "rui", "form"), "Open the form")
        form = await form_of(here, "rui", ASK)
        assert form.state["question"] == "help me choose a vendor"
        await rui.closes(form)
        await rui.types("/decision ask Show customers the price?", SYNC)
        form = await form_of(here, "rui", ASK)
        assert form.state["question"] == "Show customers the price?"
        await rui.closes(form)
        await rui.presses(await home(here, "rui"), ASK)
        assert "channel" in fields(await form_of(here, "rui", ASK))


async def test_a_question_that_is_longer_than_its_field_is_kept_whole_in_what_everybody_should_know(
    tmp_path: Path,
) -> None:
    async with town(tmp_path, MONDAY, DECISIONS) as here:
        rui, question = here.person("rui"), f"Shall we {'weigh it again ' * 20}and then move?"
        await rui.types(f"/decision {question}", SYNC)
        form = await form_of(here, "rui", ASK)
        assert form.state["question"] == f"{question[:199].rstrip()}…"
        assert form.state["context"] == question


async def test_a_message_becomes_a_question_that_calls_nobody_and_links_back(tmp_path: Path) -> None:
    async with town(tmp_path, MONDAY, DECISIONS) as here:
        emma, rui = here.person("emma"), here.person("rui")
        ts = await emma.says(SYNC, "Shall we tell @channel what @dana plans?\n*All* of it, <!here>?")
        message = next(each for each in await rui.sees(SYNC) if each.ts == ts)
        await rui.shortcut("decision.ask_menu", message)
        form = await form_of(here, "rui", ASK)
        assert form.state["question"] == "Shall we tell @channel what @Dana plans?"
        assert "Emma wrote: Shall we tell @channel what @Dana plans?" in form.state["context"]
        await rui.fills(form, {"decider0": "U0MARTA"})
        shown = await shows(here, "Decision 1", "*All* of it")
        assert f"https://story.slack.com/archives/{SYNC}/p{ts.replace('.', '')}" in shown.plain
        hers = await reads(here, "marta", "asks you to decide", "*All* of it")
        assert shown.pings == hers.pings == ()


async def test_a_blocker_becomes_a_decision_as_old_as_itself_and_its_raiser_hears_the_outcome(tmp_path: Path) -> None:
    async with town(tmp_path, FRIDAY) as here:
        await here.time_passes_until("2026-11-23T14:00:00+00:00")
        await here.answers("priya", "The vault", stuck="The discount table", waits="sales")
        await raised(here)
        await here.time_passes_until("2026-11-25T15:00:00+00:00")
        rui, dana = here.person("rui"), here.person("dana")
        await rui.presses(await home(here, "rui", "The price list"), "Make it a decision")
        form = await form_of(here, "rui", ASK)
        assert (form.state["question"], form.state["decider0"]) == ("The price list", "U0DANA")
        assert "Rui has been blocked since Mon 23 Nov" in form.state["context"]
        await rui.fills(form)
        shown = await shows(here, "Decision 1", "asked on Mon 23 Nov", "Engineering waits for Sales")

        await dana.presses(
            await here.slack.eventually(lambda: saying(here, "dana", "The discount")), "Make it a decision"
        )
        linking = await form_of(here, "dana", "Make it a decision")
        assert "The discount table" in linking.plain
        await dana.fills(linking, {"decision": "1"})
        assert "It now waits for decision 1" in (await here.slack.eventually(dana.view)).plain
        await under(here, shown, "*Dana* says that one more blocker waits for this.")
        await dana.closes(await here.slack.eventually(dana.view), all=True)
        await rui.presses(await home(here, "rui", "The price list"), "Make it a decision")
        assert "waits for a decision already" in (await here.slack.eventually(rui.view)).plain

        await decides(
            here, "dana", await reads(here, "dana", "asks you to decide"), outcome="On Friday", why="It is set"
        )
        assert "On Friday" not in await mail(here, "rui")
        await here.time_passes_until("2026-11-26T15:30:00+00:00")
        for raiser, blocker in (("rui", "The price list"), ("priya", "The discount table")):
            heard = await reads(here, raiser, blocker, "On Friday")
            assert "Decision 1: On Friday (It is set)" in heard.plain
            assert "Resolved" in labels(heard)
        assert "is taken" not in str([each.text for each in await rui.dm()]), "she hears it once"


async def test_a_new_decision_for_a_blocker_although_others_are_open(tmp_path: Path) -> None:
    async with town(tmp_path, FRIDAY) as here:
        await asks(here, "marta", "Who writes it?", "rui")
        heard, dana = await raised(here), here.person("dana")
        await dana.presses(heard, "Make it a decision")
        await dana.fills(await form_of(here, "dana", "Make it a decision"), {"decision": "A new one"})
        form = await form_of(here, "dana", ASK)
        assert form.state["question"] == "The price list"
        await dana.fills(form)
        await shows(here, "Decision 2", "The price list", "*Dana* decides")


async def test_too_many_voices_are_a_gentle_warning(tmp_path: Path) -> None:
    async with town(tmp_path, MONDAY, DECISIONS) as here:
        rui = here.person("rui")
        await rui.types(f"/decision {PRICE}", SYNC)
        form = await unfolds(here, "rui", await form_of(here, "rui", ASK))
        many = ["U0MARTA", "U0EMMA", "U0PRIYA", "U0HEMI", "U0RUI", "U0DANA"]
        await rui.fills(form, {"decider0": "U0DANA", "consulted": many})
        note = await here.slack.eventually(rui.view)
        assert "You have asked for the input of 6 people" in note.plain
        await shows(here, PRICE)
        assert "1 open decision" in said(await rui.types("/decision list", SYNC))


RULES = (
    DECISIONS
    + """
decisions:
  due: 5
  who_decides:
    - {tag: pricing, decider: "@dana", escalate_to: "@marta"}
    - {function: Engineering, decider: "@rui"}
"""
)


async def test_the_group_s_own_rules_say_who_decides_and_by_when(tmp_path: Path) -> None:
    async with town(tmp_path, MONDAY, RULES) as here:
        marta = here.person("marta")
        await marta.types("/decision What does the new tier cost?", SYNC)
        form = await form_of(here, "marta", "Ask for a decision")
        assert form.state["due"] == "2026-11-30", "five working days from Monday"
        await marta.presses(form, "decision.topic", selected_option="0")

        async def proposed() -> View | None:
            view = await marta.view()
            return view if view and view.state.get("decider1") == "U0DANA" else None

        form = await here.slack.eventually(proposed)
        await marta.fills(form)
        card = await shows(here, "*Dana* decides by *Mon 30 Nov*")
        assert "#pricing" in card.plain
