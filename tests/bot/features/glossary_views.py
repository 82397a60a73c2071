"""Every view of the glossary once, made from plain records."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.features.glossary import verbs
from bot.features.glossary.views import card, forms, lists, notes
from bot.features.glossary.views.card import Reader
from bot.features.glossary.views.lists import Filter, Found
from glossary.gaps import Gap
from glossary.settings import Domain, GlossarySettings
from glossary.terms import Revision, Sense, Suggestion, Term, Wording
from glossary.usecases.stats import Stats

Shown = tuple[str, list[dict[str, Any]]]

NOW = datetime(2026, 11, 23, 9, 5, tzinfo=UTC)
NASTY = "Talked to <@U0DANA> about <!channel> & 3 < 4 *bold* <https://evil.example|click>"
NAMES = {"U0RUI": "Rui Costa", "U0DANA": "Dana", "U0MARTA": "Marta"}
SETTINGS = GlossarySettings(
    ("U0MARTA",), {"revenue": Domain("revenue", "Revenue & Sales", ("U0DANA",))}, frozenset({"U0MARTA"})
)
ARR = Wording(
    "ARR",
    ("Annual Recurring Revenue",),
    ("run rate",),
    (
        Sense(
            "What subscriptions bring in over a year.",
            "Sum of active lines, times twelve.",
            "2 million at the end of March.",
            "U0DANA",
            None,
            ("https://wiki.example/arr?a=1&b=<2>|x",),
            "revenue",
        ),
    ),
)
TERM = Term("t1", ARR, "accepted", 3, "U0DANA", NOW, NOW, state_by="U0DANA")
ONE_SIDE = Term(
    "t2", Wording("<!here> & co", senses=(Sense(business=NASTY),)), "suggested", 1, "U0RUI", NOW, NOW, state_by="U0RUI"
)
TWO = Term(
    "t3", replace(ARR, senses=(*ARR.senses, Sense(technical="A robot's arm."))), "accepted", 4, "U0RUI", NOW, NOW
)
STALE = replace(TERM, confirmed_at=NOW - timedelta(days=300), asked_at=NOW - timedelta(days=20))
LONG = Term(
    "t4",
    Wording("L" * 80, ("E" * 80,) * 20, ("A" * 80,) * 20, (Sense("b" * 1500, "t" * 1500, "e" * 1500),) * 8),
    "accepted",
    1,
    "U0RUI",
    NOW,
    NOW,
)
MEMBER, STEWARD, ENGINEER = Reader("U0EMMA", "business"), Reader("U0MARTA"), Reader("U0RUI", "technical")
CHANGED = Suggestion(
    "t1.3.U0RUI.1",
    "t1",
    3,
    replace(ARR, aliases=(), senses=(replace(ARR.senses[0], technical=NASTY, business_owner="U0RUI"),)),
    "U0RUI",
    NOW,
    "It was <!channel> wrong",
)
SUGGESTED = notes.suggested(CHANGED, TERM, ARR, NAMES, {"revenue": "Revenue"})
GAPS = [
    Gap(
        "gross margin",
        "gross margin",
        3,
        (("engineering", 2),),
        (("sales", 1),),
        "The gross margin fell, said <@U0DANA>",
    ),
    Gap("rbac", "RBAC", 2, (), (("", 2),), ""),
]
FUNCTIONS = {"engineering": "Engineering", "sales": "Sales & Partners"}
STATS = Stats(12, 40, 31, 2, 1, 90, 11, 8, (("engineering", 30, 2), ("", 1, 1)), (("ARR", 20),), (("churn & co", 3),))


def everything() -> dict[str, Shown]:
    return {f"glossary_{name}": shown for name, shown in {**_cards(), **_forms(), **_lists(), **_notes()}.items()}


def _cards() -> dict[str, Shown]:
    return {
        "card_business": card.card(TERM, MEMBER, SETTINGS, NOW),
        "card_technical": card.card(TERM, ENGINEER, SETTINGS, NOW),
        "card_one_side": card.card(ONE_SIDE, STEWARD, SETTINGS, NOW),
        "card_two_meanings": card.card(
            TWO, MEMBER, SETTINGS, NOW, above="Nothing is called “ar”. The nearest is *ARR*:"
        ),
        "card_stale": card.card(STALE, MEMBER, SETTINGS, NOW),
        "card_retired": card.card(replace(TERM, state="retired", reason="We say NRR"), MEMBER, SETTINGS, NOW),
        "card_long": card.card(LONG, MEMBER, SETTINGS, NOW),
        "shared": card.shared(TERM, MEMBER, SETTINGS, NOW, "Emma *R*"),
        "public": card.public(TERM, SETTINGS, NOW),
        "candidates": card.candidates("ar", [TERM, ONE_SIDE], MEMBER, several=False),
        "several": card.candidates("arr", [TERM, TWO], MEMBER, several=True),
        "miss": card.miss("<!channel> idempotent"),
        "question": card.question("idempotent & co"),
        "question_answered": ("Asked", card.answered(card.question("idempotent & co")[1], "Rui Costa")),
        "explanation": _view(
            {"type": "modal", "title": {"type": "plain_text", "text": "In this message"}}
            | {"blocks": card.explanation([TERM, ONE_SIDE], MEMBER, SETTINGS, NOW), "close": _plain("Close")}
        ),
        "page": _view(card.page(TERM, MEMBER, SETTINGS, NOW)),
        "page_of_steward": _view(card.page(ONE_SIDE, STEWARD, SETTINGS, NOW)),
        "shared_disputed": card.shared(replace(TERM, state="disputed", reason="Fees"), MEMBER, SETTINGS, NOW, "Emma"),
        "page_to_confirm": _view(card.page(STALE, Reader("U0DANA"), SETTINGS, NOW)),
        "page_long": _view(card.page(LONG, STEWARD, SETTINGS, NOW, first=7)),
    }


def _forms() -> dict[str, Shown]:
    met = notes.met({"0.business": NASTY, "aliases": ("x", "y")}, "U0DANA", NAMES, {})
    return {
        "add_form": _view(forms.add("idempotent", ("technical", "business"), SETTINGS)),
        "edit_form": _view(forms.edit(TERM, 0, SETTINGS, direct=True)),
        "suggest_form": _view(forms.edit(TERM, 0, SETTINGS, direct=False)),
        "edit_form_met": _view(forms.edit(TERM, 0, SETTINGS, direct=True, met=met, wording=CHANGED.wording)),
        "edit_form_suggested": _view(
            forms.edit(TERM, 0, SETTINGS, direct=True, wording=CHANGED.wording, above=SUGGESTED, suggestion=CHANGED.id)
        ),
        "which_meaning": _view(forms.which_sense(TWO, SETTINGS)),
        "new_meaning_form": _view(forms.new_sense(TERM, SETTINGS, direct=False)),
        "dispute_form": _view(forms.dispute(TERM)),
        "retire_form": _view(forms.retire(TERM)),
        "decline_form": _view(forms.decline(ONE_SIDE)),
        "not_meant_form": _view(forms.not_meant(TWO, [("sense.1", "A robot's arm."), ("t9", "ARPA: per account")])),
    }


def _lists() -> dict[str, Shown]:
    found = Found([TERM, ONE_SIDE], 17, ["#", "A"], {"U0DANA": "Dana"})
    revisions = [
        Revision("t1", 3, NOW, "U0DANA", "edited", CHANGED.wording, "accepted"),
        Revision("t1", 2, NOW, "U0RUI", "disputed", ARR, "disputed", "Fees are <!here> in it"),
        Revision("t1", 1, NOW, "U0MARTA", "added", ARR, "accepted"),
    ]
    return {
        "browse": _view(lists.browse(found, Filter(letter="A", page=1), MEMBER, SETTINGS)),
        "browse_nothing": _view(lists.browse(Found([], 0, [], {}), Filter(), MEMBER, SETTINGS)),
        "history": _view(lists.history(TERM, revisions, NAMES, tends=True)),
        "stats": lists.stats(STATS, FUNCTIONS),
        "home": ("Home", lists.home([TERM, ONE_SIDE], "Sales & Partners")),
        "home_empty": ("Home", lists.home([], "")),
    }


def _notes() -> dict[str, Shown]:
    change = notes.change(CHANGED, TERM, SUGGESTED, "Rui Costa")
    return {
        "new_term": notes.new_term(ONE_SIDE, "Rui Costa", SETTINGS),
        "change": change,
        "change_settled": (change[0], notes.settled(change[1], "Dana", "edited")),
        "your_suggestion_accepted": notes.your_suggestion("Dana", "ARR", "accepted"),
        "your_suggestion_declined": notes.your_suggestion("Dana", "ARR", "declined"),
        "disputed": notes.disputed(replace(TERM, state="disputed", reason=NASTY), "Rui Costa", tends=True),
        "for_owner": notes.for_owner(TERM, "Rui Costa", NASTY),
        "confirming": notes.confirming([TERM, ONE_SIDE], "note"),
        "confirming_one_done": (
            "Terms",
            notes.with_line(notes.confirming([TERM, ONE_SIDE], "note")[1], verbs.line("t1"), "✓ *ARR* still holds."),
        ),
        "gaps": notes.gaps(GAPS, FUNCTIONS, "note"),
        "gaps_none": notes.gaps([], FUNCTIONS, "note"),
        "starter_offer": notes.starter_offer(230),
        "import_plan": notes.import_plan("terms.csv", [f"New {n}" for n in range(12)], ["ARR"], 3, "F1.1", "5ea1"),
        "import_plan_moved": notes.import_plan("terms.csv", [], ["ARR"], 3, "F1.1", "5ea2", moved=True),
        "import_problems": notes.import_problems("terms.csv", [(n, f"“{n}” is <!here> wrong.") for n in range(20)]),
    }


def _view(view: dict[str, Any]) -> Shown:
    return (view.get("title") or {"text": "Home"})["text"], [view]


def _plain(text: str) -> dict[str, str]:
    return {"type": "plain_text", "text": text}
