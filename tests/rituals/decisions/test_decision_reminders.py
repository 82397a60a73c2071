"""When somebody hears of a decision that waits: before it is due, at that time, and somebody else when it is late."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from rituals.decisions import rules
from rituals.decisions.settings import DecisionSettings
from rituals.decisions.usecases import changing
from rituals.people.store import PeopleStore
from tests.rituals.decisions.group import (
    ADMINS,
    ASKED,
    BOARD,
    CALENDAR,
    KAVYA,
    MARTA,
    MONDAY,
    NOA,
    RUI,
    SETTINGS,
    SYNC,
    THURSDAY,
    Group,
    row,
    utc,
)

WEDNESDAY, FRIDAY = utc("2026-11-25 18:00"), utc("2026-11-27 18:00")
MINUTE = timedelta(minutes=1)


def heard(group: Group, number: int) -> tuple[str, str] | None:
    found = group.remind(number)
    return (found.kind, found.person) if found else None


def all_heard(group: Group, number: int) -> list[tuple[datetime, str, str]]:
    """Everything that is said of it from now on, each at the moment for which it asks."""
    found: list[tuple[datetime, str, str]] = []
    while (moment := group.next_reminder(number)) is not None:
        group.now = max(group.now, moment)
        reminder = group.remind(number)
        if reminder is not None:
            found.append((group.now, reminder.kind, reminder.person))
    return found


@pytest.mark.parametrize(
    ("due", "before"),
    [
        ("2026-11-26 18:00", "2026-11-25 18:00"),
        # Before a Monday comes a Friday.
        ("2026-11-30 18:00", "2026-11-27 18:00"),
        # The first of December is a holiday in Portugal.
        ("2026-12-02 18:00", "2026-11-30 18:00"),
    ],
)
def test_a_working_day_before_it_is_due(due: str, before: str) -> None:
    of = rules.asked(7, replace(ASKED, due_at=utc(due)), KAVYA, MONDAY)
    assert rules.next_reminder(of, CALENDAR, SETTINGS) == utc(before)


@pytest.mark.parametrize(
    ("days", "asked_at", "first"),
    [
        (1, WEDNESDAY - MINUTE, WEDNESDAY),
        # She has just heard of it.
        (1, WEDNESDAY, THURSDAY),
        (1, WEDNESDAY + MINUTE, THURSDAY),
        (2, MONDAY, utc("2026-11-24 18:00")),
        (3, MONDAY + timedelta(hours=10), THURSDAY),
        (0, MONDAY, THURSDAY),
    ],
)
def test_what_was_asked_so_late_that_before_has_passed_skips_it(days: int, asked_at: datetime, first: datetime) -> None:
    of = rules.asked(7, ASKED, KAVYA, asked_at)
    assert rules.next_reminder(of, CALENDAR, DecisionSettings(remind_days=days)) == first


@pytest.mark.parametrize("state", ["decided", "withdrawn", "superseded"])
def test_nothing_is_said_of_what_is_closed(state: str) -> None:
    of = rules.asked(7, ASKED, KAVYA, MONDAY)
    closed = {
        "decided": rules.decided(of, RUI, "Five.", "", None, ADMINS, MONDAY),
        "withdrawn": rules.withdrawn(of, KAVYA, "", ADMINS, MONDAY),
        "superseded": rules.superseded(rules.decided(of, RUI, "Five.", "", None, ADMINS, MONDAY), 9, MONDAY),
    }
    assert rules.next_reminder(closed[state], CALENDAR, SETTINGS) is None


def test_once_before_once_at_due_and_once_to_somebody_else_when_it_is_late(group: Group) -> None:
    number = group.ask()
    assert group.remind(number) is None
    assert all_heard(group, number) == [
        (WEDNESDAY, "before", RUI),
        (THURSDAY, "due", RUI),
        (FRIDAY, "late", MARTA),
    ]
    group.later(days=30)
    assert group.remind(number) is None


def test_a_minute_too_early_nobody_hears(group: Group) -> None:
    number = group.ask()
    for moment, kind in ((WEDNESDAY, "before"), (THURSDAY, "due"), (FRIDAY, "late")):
        group.now = moment - MINUTE
        assert group.remind(number) is None
        group.now = moment
        assert (heard(group, number) or ("",))[0] == kind


def test_a_late_sweep_says_one_thing_to_each(group: Group) -> None:
    number = group.ask()
    group.later(days=60)
    assert heard(group, number) == ("due", RUI)
    assert heard(group, number) == ("late", MARTA)
    assert group.remind(number) is None


def test_reminders_are_told_apart(group: Group) -> None:
    number, found = group.ask(), []
    for moment in (WEDNESDAY, THURSDAY, FRIDAY):
        group.now = moment
        found.append(group.remind(number))
        group.hand_over(number, NOA if moment == WEDNESDAY else RUI, by=KAVYA)
    assert [each and each.kind for each in found] == ["before", "due", "late"]
    assert len({each and each.nth for each in found}) == 3


def test_nothing_is_said_once_it_is_closed_and_undoing_says_nothing_again(group: Group) -> None:
    number = group.ask()
    group.now = WEDNESDAY
    assert heard(group, number) == ("before", RUI)
    group.decide(number)
    assert (group.remind(number), group.next_reminder(number)) == (None, None)
    group.later(minutes=5)
    group.undo(number)
    assert group.next_reminder(number) == THURSDAY
    group.now = THURSDAY
    assert heard(group, number) == ("due", RUI)
    group.decide(number)
    group.undo(number)
    assert all_heard(group, number) == [(FRIDAY, "late", MARTA)]


def reopened(group: Group, number: int, due: datetime) -> None:
    group.decide(number)
    group.reopen(number, due_at=due)


@pytest.mark.parametrize("begin", [Group.change_due, reopened])
def test_another_due_time_and_reopening_begin_anew(
    group: Group, begin: Callable[[Group, int, datetime], object]
) -> None:
    number = group.ask()
    assert len(all_heard(group, number)) == 3
    begin(group, number, utc("2026-12-04 18:00"))
    assert all_heard(group, number) == [
        (utc("2026-12-03 18:00"), "before", RUI),
        (utc("2026-12-04 18:00"), "due", RUI),
        (utc("2026-12-07 18:00"), "late", MARTA),
    ]


def test_a_due_time_that_stays_is_no_new_one(group: Group) -> None:
    number = group.ask()
    group.now = WEDNESDAY
    assert heard(group, number) == ("before", RUI)
    group.now = WEDNESDAY - MINUTE
    group.change_due(number, THURSDAY)
    group.hand_over(number, RUI)
    group.now = WEDNESDAY
    assert group.remind(number) is None
    group.now = THURSDAY
    assert heard(group, number) == ("due", RUI)
    group.change_due(number, THURSDAY)
    group.hand_over(number, RUI)
    assert group.remind(number) is None


def test_who_takes_it_over_is_reminded_of_it_too(group: Group) -> None:
    number = group.ask()
    group.now = WEDNESDAY
    assert heard(group, number) == ("before", RUI)
    group.hand_over(number, NOA)
    assert all_heard(group, number) == [(THURSDAY, "due", NOA), (FRIDAY, "late", MARTA)]


def test_who_takes_over_what_is_late_has_just_heard_so_and_nobody_hears_twice_that_it_is(group: Group) -> None:
    number = group.ask()
    assert len(all_heard(group, number)) == 3
    group.hand_over(number, NOA)
    assert all_heard(group, number) == []
    early = group.ask()
    group.now = THURSDAY + MINUTE
    assert heard(group, early) == ("due", RUI)
    group.hand_over(early, KAVYA)
    assert all_heard(group, early) == [(FRIDAY, "late", RUI)]


@pytest.mark.parametrize(
    ("until", "said"),
    [
        ("2026-11-25 12:00", [(utc("2026-11-25 12:00"), "before"), (THURSDAY, "due"), (FRIDAY, "late")]),
        ("2026-11-26 12:00", [(utc("2026-11-26 12:00"), "before"), (THURSDAY, "due"), (FRIDAY, "late")]),
        ("2026-11-27 12:00", [(utc("2026-11-27 12:00"), "due"), (FRIDAY, "late")]),
        # Whoever hears that it is late does not wait until the decider wants to hear of it.
        ("2026-12-09 12:00", [(FRIDAY, "late"), (utc("2026-12-09 12:00"), "due")]),
    ],
)
def test_snoozing_moves_what_the_decider_hears_and_nothing_else(
    group: Group, until: str, said: list[tuple[datetime, str]]
) -> None:
    number = group.ask()
    group.snooze(number, utc(until))
    assert [(moment, kind) for moment, kind, _ in all_heard(group, number)] == said


def test_what_happens_meanwhile_takes_no_reminder_away(group: Group) -> None:
    """She put it off to Thursday noon; what somebody tells her on Thursday morning is no reason to forget it."""
    number = group.ask()
    group.snooze(number, utc("2026-11-26 12:00"))
    group.it_is("2026-11-26 10:00")
    group.do(changing.need_information, number, RUI, "The cost.", group.now)
    group.do(changing.give_information, number, NOA, "Four.", group.now)
    group.link(number, group.raised("b1", MONDAY))
    assert group.next_reminder(number) == utc("2026-11-26 12:00")


def test_what_was_escalated_by_hand_is_not_told_again(group: Group) -> None:
    number = group.ask()
    group.escalate(number, NOA)
    assert [kind for _, kind, _ in all_heard(group, number)] == ["before", "due"]


@pytest.mark.parametrize(
    ("asked", "person"),
    [
        ({"escalate_to": NOA}, NOA),
        ({"asked": "sales"}, NOA),
        # The lead decides it herself.
        ({"asked": "engineering"}, MARTA),
        ({"asked": "nothing of this name"}, MARTA),
        ({"escalate_to": RUI}, MARTA),
        ({"driver": RUI}, KAVYA),
        ({"escalate_to": KAVYA, "asked": "sales"}, KAVYA),
    ],
)
def test_whom_the_decision_names_else_the_lead_else_who_drives_or_asked(
    group: Group, asked: dict[str, Any], person: str
) -> None:
    assert all_heard(group, group.ask(**asked))[-1] == (FRIDAY, "late", person)


def test_where_nobody_else_has_a_part_nobody_hears_that_it_is_late(group: Group) -> None:
    number = group.ask(by=RUI, driver=RUI)
    assert [kind for _, kind, _ in all_heard(group, number)] == ["before", "due"]


def test_who_left_the_channel_hears_nothing_of_it_any_more(group: Group) -> None:
    """And is no reason not to tell the others."""
    group.people(PeopleStore.join, BOARD, NOA, KAVYA)
    number = group.ask(channel=BOARD, escalate_to=NOA)
    group.people(PeopleStore.leave, BOARD, RUI, NOA)
    assert all_heard(group, number) == [(FRIDAY, "late", MARTA)]


def test_whose_account_was_deactivated_hears_nothing_and_somebody_else_does(group: Group) -> None:
    number = group.ask(escalate_to=NOA)
    for user in (RUI, NOA):
        group.people(PeopleStore.save_member, row(user, "UTC", deactivated=True), group.now)
    assert all_heard(group, number) == [(FRIDAY, "late", MARTA)]


def test_a_decision_that_is_not_there_reminds_nobody(group: Group) -> None:
    assert group.remind(99) is None


def test_every_reminder_is_due_when_it_says_so(group: Group) -> None:
    """Whatever is due next can be taken then, so that nothing that waits for it turns in circles."""
    number = group.ask(channel=SYNC)
    for _ in range(5):
        moment = group.next_reminder(number)
        if moment is None:
            break
        group.now = moment
        group.remind(number)
        assert group.next_reminder(number) != moment
    assert group.next_reminder(number) is None
