"""Every view of decisions once, made from plain records: what is usual, what is hostile, and the longest of all."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

from bot.features.decisions import home
from bot.features.decisions.views import Seen, card, forms, lists, notes
from bot.features.decisions.views.forms import Draft
from bot.features.home.listeners import home as whole_home
from bot.registry import HomePart
from rituals.blockers.rules import Blocker
from rituals.blockers.rules import Origin as BlockerOrigin
from rituals.calendar import WorkCalendar
from rituals.decisions.records import Changed, Decision, Event, Input, Origin, Sheet, What
from rituals.decisions.settings import Decides, DecisionSettings
from rituals.decisions.usecases.reading import Mine
from rituals.decisions.usecases.reminding import Reminder
from rituals.people.rules import Function

Shown = tuple[str, list[dict[str, Any]]]

ASKED = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
DUE = datetime(2026, 11, 26, 18, 0, tzinfo=UTC)
NOW = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
LATE = datetime(2026, 11, 27, 15, 0, tzinfo=UTC)
NASTY = "Ask <@U0DANA> or <!channel> & 3 < 4 *bold* <https://evil.example|click>\nsecond line \u202eright to left"
CALENDAR = WorkCalendar("Europe/Lisbon", frozenset(range(5)), time(9), time(18))
FUNCTIONS = {
    "engineering": Function("engineering", "Engineering", "technical", "U0RUI", "PT"),
    "sales": Function("sales", "Sales & Partners", "business", "U0DANA", "US"),
}
CROWD = tuple(f"U0C{nth}" for nth in range(50))
NAMES = {"U0RUI": "Rui Costa", "U0DANA": "Dana", "U0MARTA": "Marta", "U0PRIYA": "Priya *P*"}
NAMES |= {user: f"Somebody with a very long name of her own, number {nth}" for nth, user in enumerate(CROWD)}
PRICE = Decision(
    number=12,
    question="Shall we raise the price?",
    context="Costs rose by 6 % this year.",
    options=("Yes, by 4 %", "Not this year"),
    asker="U0RUI",
    decider="U0DANA",
    driver="U0RUI",
    consulted=("U0MARTA", "U0PRIYA"),
    informed=("U0MARTA",),
    asked="sales",
    waiting="engineering",
    due_at=DUE,
    tags=("pricing",),
    links=("https://wiki.example/price?a=1&b=<2>|x", "the folder on the shelf"),
    channel="C0SYNC",
    origin=Origin("message", "https://story.slack.com/archives/C0SYNC/p1?thread_ts=1&cid=2"),
    asked_at=ASKED,
    state="open",
    changed_at=ASKED,
)
PLAIN_ONE = replace(
    PRICE,
    number=13,
    question="Who answers on Friday?",
    context="",
    options=(),
    consulted=(),
    informed=(),
    waiting=None,
    tags=(),
    links=(),
    origin=Origin(),
)
HOSTILE = replace(
    PRICE,
    number=14,
    question=NASTY.replace("\n", " "),
    context=NASTY,
    options=(NASTY.replace("\n", " "), "B"),
    tags=("<!here>",),
    links=("<!channel>", "https://e.example/|<!here>"),
)
LONGEST = replace(
    PRICE,
    number=123456,
    question="&" * 200,
    context="&" * 2000,
    options=tuple(str(nth) + "&" * 199 for nth in range(10)),
    consulted=CROWD,
    informed=CROWD,
    tags=tuple(str(nth) + "&" * 39 for nth in range(10)),
    links=tuple(f"https://wiki.example/{nth}/{'&' * 900}" for nth in range(10)),
    needs="&" * 2000,
    supersedes=7,
)
DECIDED = replace(
    PRICE,
    state="decided",
    outcome="Yes, by 4 %",
    why="Nobody of those we asked would leave.",
    closed_by="U0DANA",
    closed_at=NOW,
    revisit_on=date(2027, 5, 3),
)
WITHDRAWN = replace(PRICE, state="withdrawn", why="The contract is signed.", closed_by="U0RUI", closed_at=NOW)
INPUTS = (
    Input("U0MARTA", "Yes, by 4 %", "It is what others take.", NOW),
    Input("U0RUI", None, NASTY, NOW),
)
HAPPENED: tuple[tuple[str, What, str], ...] = (
    ("U0RUI", "asked", ""),
    ("U0DANA", "information needed", "How many would leave?"),
    ("U0PRIYA", "information given", "Two of ninety."),
    ("U0RUI", "due changed", "2026-11-26T18:00:00+00:00"),
    ("U0RUI", "handed over", "U0DANA"),
    ("U0RUI", "escalated", "U0MARTA"),
    ("U0RUI", "linked", "weekly.2026-11-23T09:00:U0RUI:stuck"),
    ("U0DANA", "decided", NASTY),
    ("U0DANA", "undone", NASTY),
    ("U0RUI", "withdrawn", ""),
    ("U0RUI", "reopened", "The costs are others."),
    ("U0MARTA", "superseded", "15"),
    ("U0MARTA", "imported", ""),
)
EVENTS = tuple(Event(nth, ASKED, by, what, detail) for nth, (by, what, detail) in enumerate(HAPPENED, 1))
BLOCKER = Blocker(
    "weekly.2026-11-23T09:00:U0RUI:stuck",
    "U0RUI",
    "sales",
    NASTY,
    "C0SYNC",
    BlockerOrigin("standup", "weekly.2026-11-23T09:00"),
    ASKED,
    "open",
    None,
    None,
    ASKED,
    None,
    None,
    1,
)
RULES = DecisionSettings(
    decides=(Decides("U0DANA", tag="pricing"), Decides("U0RUI", function="engineering", escalate_to="U0MARTA"))
)


def everything() -> dict[str, Shown]:
    every = {**_cards(), **_lines(), **_notes(), **_forms(), **_lists()}
    return {f"decision_{name}": shown for name, shown in every.items()}


def seen_at(now: datetime = NOW) -> Seen:
    return Seen(NAMES, FUNCTIONS, CALENDAR, now)


def _longest_sheet() -> Sheet:
    thoughts = tuple(Input(user, LONGEST.options[0], "&" * 2000, NOW) for user in CROWD)
    events = tuple(Event(nth, ASKED, "U0C1", "information given", "&" * 2000) for nth in range(40))
    return Sheet(LONGEST, thoughts, events)


def _cards() -> dict[str, Shown]:
    longest = replace(LONGEST, state="decided", outcome="&" * 2200, why="&" * 2000, closed_by="U0C1", closed_at=NOW)
    return {
        "card": card.card(Sheet(PRICE, INPUTS), seen_at()),
        "card_plain": card.card(Sheet(PLAIN_ONE), seen_at(ASKED)),
        "card_overdue": card.card(Sheet(PRICE), seen_at(DUE)),
        "card_needs": card.card(Sheet(replace(PRICE, needs="How many would leave?")), seen_at()),
        "card_reopened": card.card(Sheet(replace(PLAIN_ONE, reopened=1)), seen_at()),
        "card_decided": card.card(Sheet(DECIDED, INPUTS), seen_at()),
        "card_decided_for_good": card.card(Sheet(DECIDED, INPUTS), seen_at(LATE)),
        "card_withdrawn": card.card(Sheet(WITHDRAWN), seen_at()),
        "card_replaced": card.card(Sheet(replace(DECIDED, state="superseded", superseded_by=15)), seen_at(LATE)),
        "card_replacing": card.card(Sheet(replace(PLAIN_ONE, supersedes=12)), seen_at()),
        "card_hostile": card.card(Sheet(HOSTILE, INPUTS), seen_at()),
        "card_longest": card.card(_longest_sheet(), seen_at()),
        "card_longest_decided": card.card(replace(_longest_sheet(), decision=longest), seen_at()),
    }


def _lines() -> dict[str, Shown]:
    """What stands in the thread, and what single people hear at once."""
    shown: dict[str, Shown] = {}
    for event in EVENTS:
        after = {"decided": replace(DECIDED, outcome=NASTY), "superseded": replace(DECIDED, superseded_by=15)}
        changed = Changed(after.get(event.what, PRICE), PRICE, event)
        said = card.happened(changed, seen_at())
        if said is not None:
            shown[f"thread_{_name(event.what)}"] = said
    for what in ("information needed", "information given", "due changed", "handed over", "reopened", "escalated"):
        event = next(each for each in EVENTS if each.what == what)
        shown[f"told_{_name(event.what)}"] = notes.told(Changed(PRICE, PRICE, event), "U0RUI", seen_at())
    back = Changed(PRICE, PRICE, replace(EVENTS[4], detail="U0DANA"))
    shown["told_handed_back"] = notes.told(back, "U0DANA", seen_at())
    shown["told_reopened_for_the_decider"] = notes.told(Changed(PRICE, PRICE, EVENTS[10]), "U0DANA", seen_at())
    shown["told_escalated_late"] = notes.told(Changed(PRICE, PRICE, EVENTS[5]), "U0MARTA", seen_at(LATE))
    return shown


def _name(what: What) -> str:
    return what.replace(" ", "_")


def _notes() -> dict[str, Shown]:
    open_one, hostile = Sheet(PRICE, INPUTS), Sheet(HOSTILE, INPUTS)
    nothing_yet = Sheet(PRICE)

    def reminder(kind: Any, person: str, now: datetime) -> Shown:
        return notes.reminder(Reminder(PRICE, kind, person, "1"), seen_at(now))

    return {
        "waits": notes.waits(open_one, seen_at()),
        "waits_nobody_heard": notes.waits(nothing_yet, seen_at()),
        "waits_for_oneself": notes.waits(Sheet(replace(PLAIN_ONE, asker="U0DANA")), seen_at()),
        "waits_needs": notes.waits(Sheet(replace(PLAIN_ONE, needs=NASTY)), seen_at()),
        "waits_decided": notes.waits(Sheet(DECIDED, INPUTS), seen_at()),
        "waits_hostile": notes.waits(hostile, seen_at()),
        "waits_longest": notes.waits(_longest_sheet(), seen_at()),
        "handed_over": notes.handed_over(HOSTILE, seen_at()),
        "consulted": notes.consulted(nothing_yet, "U0MARTA", seen_at()),
        "consulted_heard": notes.consulted(open_one, "U0MARTA", seen_at()),
        "consulted_decided": notes.consulted(Sheet(DECIDED, INPUTS), "U0MARTA", seen_at()),
        "consulted_longest": notes.consulted(_longest_sheet(), "U0C1", seen_at()),
        "outcome": notes.outcome(DECIDED, seen_at()),
        "outcome_withdrawn": notes.outcome(WITHDRAWN, seen_at()),
        "reminder_before": reminder("before", "U0DANA", NOW),
        "reminder_due": reminder("due", "U0DANA", DUE),
        "reminder_late": reminder("late", "U0MARTA", LATE),
        "reminder_late_for_the_driver": reminder("late", "U0RUI", LATE),
        "revisit": notes.revisit(DECIDED, seen_at()),
        "revisit_holds": notes.revisited(DECIDED, "Dana"),
        "revisit_reopened": notes.revisited(PRICE, "Dana"),
        "would_take": notes.would_take(HOSTILE.options[0]),
        "waits_already": notes.waits_already(HOSTILE),
        "waits_no_longer": notes.waits_already(DECIDED),
        "blocker_answer": (notes.for_blocker(DECIDED), []),
        "blocker_answer_withdrawn": (notes.for_blocker(WITHDRAWN), []),
    }


def _forms() -> dict[str, Shown]:
    draft = Draft(question="Shall we raise the price?", decider="U0DANA", driver="U0RUI", due=date(2026, 11, 26))
    above = "I am not in #random, so nobody there would see it."
    whole = replace(
        draft,
        context=NASTY,
        options=LONGEST.options,
        consulted=CROWD[:3],
        informed=CROWD[3:5],
        tags=("pricing",),
        links=PRICE.links,
        waiting="engineering",
        escalate_to="U0MARTA",
        unfolded=True,
        ask_channel=True,
        above=above,
        carried={"blocker": BLOCKER.id},
    )
    plain, seen = DecisionSettings(), seen_at()
    return {
        "ask_form": _view(forms.ask(draft, plain, FUNCTIONS)),
        "ask_form_proposing": _view(forms.ask(replace(draft, topic="1", decider_n=1), RULES, FUNCTIONS)),
        "ask_form_unfolded": _view(forms.ask(whole, plain, FUNCTIONS)),
        "decide_form": _view(forms.decide(Sheet(PRICE, INPUTS), seen, "U0DANA", 1)),
        "decide_form_plain": _view(forms.decide(Sheet(PLAIN_ONE), seen, "U0DANA")),
        "decide_form_of_driver": _view(forms.decide(Sheet(PRICE, INPUTS), seen, "U0RUI")),
        "decide_form_hostile": _view(forms.decide(Sheet(HOSTILE, INPUTS), seen, "U0DANA")),
        "decide_form_longest": _view(forms.decide(_longest_sheet(), seen, "U0DANA", 9)),
        "input_form": _view(forms.give_input(PRICE, 0, NASTY)),
        "input_form_longest": _view(forms.give_input(LONGEST, None, "")),
        "need_form": _view(forms.need(PRICE)),
        "give_form": _view(forms.give(replace(PRICE, needs=NASTY))),
        "hand_over_form": _view(forms.hand_over(PRICE)),
        "escalate_form": _view(forms.escalate(replace(PRICE, escalate_to="U0MARTA"))),
        "due_form": _view(forms.due(PRICE, seen)),
        "withdraw_form": _view(forms.withdraw(PRICE)),
        "reopen_form": _view(forms.reopen(DECIDED)),
        "link_form": _view(forms.link(BLOCKER.id, NASTY, [PRICE, HOSTILE], seen)),
    }


def _lists() -> dict[str, Shown]:
    seen, many = seen_at(LATE), [replace(HOSTILE, number=nth) for nth in range(100, 120)]
    whole = Sheet(DECIDED, INPUTS, EVENTS)
    return {
        "list": lists.listed([PRICE, HOSTILE, *many], seen, ""),
        "list_nothing": lists.listed([], seen, "Sales & Partners"),
        "found": lists.found([PRICE, DECIDED, WITHDRAWN], seen, NASTY),
        "found_nothing": lists.found([], seen, NASTY),
        "mine": lists.mine(Mine((PRICE,), (PLAIN_ONE,), (HOSTILE,)), seen),
        "mine_nothing": lists.mine(Mine(), seen),
        "show": lists.whole(whole, seen, "U0RUI"),
        "show_open": lists.whole(Sheet(PRICE, INPUTS, EVENTS[:2]), seen, "U0MARTA"),
        "show_longest": lists.whole(_longest_sheet(), seen, "U0DANA"),
        "page": _view(lists.page(whole, seen, "U0RUI")),
        "page_longest": _view(lists.page(_longest_sheet(), seen, "U0DANA")),
        "home": _home(home.shown(Mine((PRICE,), (HOSTILE,), (PLAIN_ONE,)), seen)),
    }


def _home(part: HomePart) -> Shown:
    return _view(whole_home([part]))


def _view(view: dict[str, Any]) -> Shown:
    return (view.get("title") or {"text": "Home"})["text"], [view]
