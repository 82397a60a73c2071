"""Who may do what to a decision, until when, and what becomes of it: tables of plain cases."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from rituals.decisions import rules
from rituals.decisions.records import Decision, Event, State, What
from rituals.decisions.refusals import (
    AlreadyClosed,
    NotClosed,
    NothingToUndo,
    NotYoursToChange,
    NotYoursToDecide,
    NotYoursToPutOff,
    TooLateToUndo,
)
from rituals.decisions.settings import Decides, DecisionSettings
from rituals.refusals import Refused
from tests.rituals.decisions.group import (
    ADMINS,
    AROHA,
    ASKED,
    CALENDAR,
    KAVYA,
    MARTA,
    MONDAY,
    NOA,
    RUI,
    THURSDAY,
    utc,
)

Act = Callable[[Decision, str, datetime], Decision]

# Rui decides, Marta drives, Kavya asked, Aroha is an admin, Noa has no part in it.
EVERYBODY = (RUI, MARTA, KAVYA, AROHA, NOA)
OPEN = replace(rules.asked(7, ASKED, KAVYA, MONDAY), needs="The cost.")
DECIDED = rules.decided(OPEN, RUI, "Five.", "It covers the cost.", date(2027, 1, 4), ADMINS, MONDAY)
WITHDRAWN = rules.withdrawn(OPEN, KAVYA, "Not now.", ADMINS, MONDAY)
SUPERSEDED = rules.superseded(DECIDED, 9, MONDAY)
FRIDAY = utc("2026-11-27 18:00")


def decide(of: Decision, user: str, now: datetime) -> Decision:
    return rules.decided(of, user, "Six.", "", None, ADMINS, now)


def withdraw(of: Decision, user: str, now: datetime) -> Decision:
    return rules.withdrawn(of, user, "", ADMINS, now)


def undo(of: Decision, user: str, now: datetime) -> Decision:
    return rules.undone(of, user, ADMINS, now)


def reopen(of: Decision, user: str, now: datetime) -> Decision:
    return rules.reopened(of, user, FRIDAY, ADMINS, now)


def hand_over(of: Decision, user: str, now: datetime) -> Decision:
    return rules.handed_over(of, user, NOA, "sales", ADMINS, now)


def change_due(of: Decision, user: str, now: datetime) -> Decision:
    return rules.due_changed(of, user, FRIDAY, ADMINS, now)


def need(of: Decision, user: str, now: datetime) -> Decision:
    return rules.information_needed(of, user, "The cost.", ADMINS, now)


def escalate(of: Decision, user: str, now: datetime) -> Decision:
    return rules.escalated(of, user, NOA, ADMINS, now)


def snooze(of: Decision, user: str, now: datetime) -> Decision:
    return rules.snoozed(of, user, FRIDAY)


def give(of: Decision, _: str, now: datetime) -> Decision:
    return rules.information_given(of, now)


DECIDERS, CHANGERS = {RUI, MARTA, AROHA}, {RUI, MARTA, AROHA, KAVYA}


@pytest.mark.parametrize("user", EVERYBODY)
@pytest.mark.parametrize(
    ("act", "of", "may", "refusal"),
    [
        (decide, OPEN, DECIDERS, NotYoursToDecide),
        (need, OPEN, DECIDERS, NotYoursToDecide),
        (withdraw, OPEN, CHANGERS, NotYoursToChange),
        (hand_over, OPEN, CHANGERS, NotYoursToChange),
        (change_due, OPEN, CHANGERS, NotYoursToChange),
        (escalate, OPEN, CHANGERS, NotYoursToChange),
        (reopen, DECIDED, CHANGERS, NotYoursToChange),
        (reopen, WITHDRAWN, CHANGERS, NotYoursToChange),
        (reopen, SUPERSEDED, CHANGERS, NotYoursToChange),
        (snooze, OPEN, {RUI}, NotYoursToPutOff),
        (give, OPEN, set(EVERYBODY), Refused),
        # Rui decided it and Kavya withdrew it.
        (undo, DECIDED, {RUI, AROHA}, NothingToUndo),
        (undo, WITHDRAWN, {KAVYA, AROHA}, NothingToUndo),
    ],
)
def test_who_may_do_it(user: str, act: Act, of: Decision, may: set[str], refusal: type[Refused]) -> None:
    if user in may:
        assert act(of, user, MONDAY).number == 7
    else:
        with pytest.raises(refusal) as refused:
            act(of, user, MONDAY)
        assert str(refused.value) == "7"


@pytest.mark.parametrize("act", [decide, need, withdraw, hand_over, change_due, escalate, snooze, give])
@pytest.mark.parametrize("of", [DECIDED, WITHDRAWN, SUPERSEDED])
def test_what_is_closed_stands(act: Act, of: Decision) -> None:
    with pytest.raises(AlreadyClosed) as refused:
        act(of, RUI, MONDAY)
    assert refused.value.decision is of


def test_what_is_open_has_nothing_to_undo_or_to_reopen() -> None:
    with pytest.raises(NothingToUndo):
        undo(OPEN, RUI, MONDAY)
    with pytest.raises(NotClosed):
        reopen(OPEN, RUI, MONDAY)


def test_what_another_decision_has_taken_the_place_of_is_not_undone() -> None:
    with pytest.raises(NothingToUndo):
        undo(SUPERSEDED, RUI, MONDAY)


def test_a_decision_as_it_is_asked_for() -> None:
    made = rules.asked(7, ASKED, KAVYA, MONDAY)
    assert (made.number, made.question, made.asker, made.decider, made.driver) == (7, "Which price?", KAVYA, RUI, MARTA)
    assert (made.state, made.live, made.asked_at, made.due_at) == ("open", True, MONDAY, THURSDAY)
    assert made.concerned == {KAVYA, RUI, MARTA}


@pytest.mark.parametrize(
    ("waits_since", "asked_at"),
    [
        (None, MONDAY),
        (MONDAY - timedelta(days=3), MONDAY - timedelta(days=3)),
        # Nobody has waited for it since tomorrow.
        (MONDAY + timedelta(days=1), MONDAY),
    ],
)
def test_it_is_as_old_as_the_wait_for_it_but_never_of_the_future(
    waits_since: datetime | None, asked_at: datetime
) -> None:
    assert rules.asked(7, replace(ASKED, waits_since=waits_since), KAVYA, MONDAY).asked_at == asked_at


def test_who_is_named_twice_has_one_part() -> None:
    twice = replace(ASKED, consulted=(NOA, KAVYA, NOA), informed=(NOA, NOA), options=("a", "b", "a"), tags=("x", "x"))
    made = rules.asked(7, twice, KAVYA, MONDAY)
    assert (made.consulted, made.informed) == ((NOA, KAVYA), (NOA,))
    assert (made.options, made.tags) == (("a", "b"), ("x",))


def test_a_decision_says_what_why_by_whom_and_when() -> None:
    assert (DECIDED.state, DECIDED.outcome, DECIDED.why) == ("decided", "Five.", "It covers the cost.")
    assert (DECIDED.closed_by, DECIDED.closed_at, DECIDED.revisit_on) == (RUI, MONDAY, date(2027, 1, 4))


@pytest.mark.parametrize("of", [DECIDED, WITHDRAWN])
@pytest.mark.parametrize(
    ("after", "may"),
    [
        (timedelta(), True),
        (timedelta(minutes=10), True),
        (timedelta(minutes=10, seconds=1), False),
        (timedelta(days=3), False),
        # The clock was put back.
        (timedelta(minutes=-5), True),
    ],
)
def test_ten_minutes_to_take_it_back(of: Decision, after: timedelta, may: bool) -> None:
    for user in (of.closed_by, AROHA):
        assert user is not None
        if may:
            assert undo(of, user, MONDAY + after).live
        else:
            with pytest.raises(TooLateToUndo):
                undo(of, user, MONDAY + after)


@pytest.mark.parametrize("closed", [DECIDED, WITHDRAWN])
def test_undone_is_as_if_it_had_not_been_closed(closed: Decision) -> None:
    back = undo(closed, AROHA, MONDAY)
    assert back == OPEN


@pytest.mark.parametrize("closed", [DECIDED, WITHDRAWN, SUPERSEDED])
def test_reopened_it_waits_again_with_its_age_and_nothing_of_its_outcome(closed: Decision) -> None:
    later = MONDAY + timedelta(days=30)
    again = reopen(closed, KAVYA, later)
    assert (again.state, again.outcome, again.why, again.needs, again.revisit_on) == ("open", "", "", "", None)
    assert (again.closed_by, again.closed_at, again.superseded_by) == (None, None, None)
    assert (again.asked_at, again.due_at, again.reopened) == (MONDAY, FRIDAY, 1)
    twice = reopen(decide(again, RUI, later), KAVYA, later)
    assert twice.reopened == 2


@pytest.mark.parametrize(("of", "state"), [(OPEN, "open"), (WITHDRAWN, "withdrawn"), (DECIDED, "superseded")])
def test_only_what_was_decided_can_be_superseded(of: Decision, state: State) -> None:
    after = rules.superseded(of, 9, MONDAY)
    assert (after.state, after.superseded_by) == (state, 9 if state == "superseded" else None)
    assert after is of or after.outcome == "Five."


def test_what_took_its_place_was_taken_back_and_it_stands_again() -> None:
    assert rules.stands_again(SUPERSEDED, MONDAY) == DECIDED
    assert rules.stands_again(OPEN, MONDAY) is OPEN


def test_somebody_else_decides_and_its_age_goes_with_it() -> None:
    after = hand_over(OPEN, RUI, MONDAY)
    assert (after.decider, after.asked, after.asked_at, after.due_at, after.needs) == (
        NOA,
        "sales",
        MONDAY,
        THURSDAY,
        "",
    )
    assert decide(after, NOA, MONDAY).closed_by == NOA
    with pytest.raises(NotYoursToDecide):
        decide(after, RUI, MONDAY)


def test_what_the_decider_wants_to_know_is_asked_once_and_answered() -> None:
    asked = need(replace(OPEN, needs=""), RUI, MONDAY)
    assert (asked.needs, give(asked, NOA, MONDAY).needs) == ("The cost.", "")


@pytest.mark.parametrize(
    ("days", "due"),
    [
        (0, "2026-11-27 18:00"),
        (1, "2026-11-30 18:00"),
        # The first of December is a holiday in Portugal.
        (2, "2026-12-02 18:00"),
        (3, "2026-12-03 18:00"),
    ],
)
def test_due_at_the_end_of_a_working_day(days: int, due: str) -> None:
    assert rules.due_after(CALENDAR, utc("2026-11-27 12:00"), days) == utc(due)


PRICING, BRAND, SALES = (
    Decides(RUI, tag="Pricing"),
    Decides(MARTA, tag="brand", escalate_to=RUI),
    Decides(NOA, function="sales"),
)


@pytest.mark.parametrize(
    ("tags", "function", "found"),
    [
        ((), None, None),
        (("pricing",), None, PRICING),
        (("PRICING",), "sales", PRICING),
        (("brand", "pricing"), None, PRICING),
        (("brand",), "sales", BRAND),
        (("other",), "sales", SALES),
        ((), "sales", SALES),
        ((), "engineering", None),
    ],
)
def test_a_tag_says_who_decides_before_a_function_does(
    tags: tuple[str, ...], function: str | None, found: Decides | None
) -> None:
    settings = DecisionSettings(decides=(SALES, PRICING, BRAND))
    assert settings.who_decides(tags, function) is found


def test_what_came_decided_out_of_a_file_may_be_taken_back_twice() -> None:
    """Once with what had taken its place, and once itself: all of it within the ten minutes after it was decided."""
    happened: tuple[What, ...] = ("imported", "undone", "undone", "decided")
    history = [Event(n, MONDAY, RUI, what) for n, what in enumerate(happened, 1)]
    assert rules.decided_and_reopened(history) == ([MONDAY], [])
