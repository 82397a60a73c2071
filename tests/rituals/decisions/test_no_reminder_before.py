"""A group that wants no reminder before a decision is due: the one at that moment is the only one."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from rituals.calendar import WorkCalendar, add_working_days
from rituals.decisions import rules
from rituals.decisions.records import Asked, Decision
from rituals.decisions.settings import DecisionSettings

LISBON = WorkCalendar("Europe/Lisbon", frozenset(range(5)), time(9), time(18))
ONLY_AT_DUE = DecisionSettings(remind_days=0)
ASKED_AT = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
moments = st.timedeltas(timedelta(minutes=1), timedelta(days=400)).map(lambda later: ASKED_AT + later)


def asked(due_at: datetime) -> Decision:
    return rules.asked(1, Asked("Which price?", "UDANA", "UMARTA", "C1", due_at), "UMARTA", ASKED_AT)


@given(moments, st.timedeltas(timedelta(0), timedelta(days=3)))
def test_the_only_reminder_comes_when_it_is_due_however_late_somebody_looks(due_at: datetime, later: timedelta) -> None:
    open_ = asked(due_at)
    assert rules.next_reminder(open_, LISBON, ONLY_AT_DUE) == due_at
    once = rules.reminded(open_, due_at + later)
    assert once.reminded == rules.LATE
    assert rules.next_reminder(once, LISBON, ONLY_AT_DUE) == rules.late_at(once, LISBON, ONLY_AT_DUE)


@given(moments)
def test_who_was_reminded_before_hears_once_more_when_the_group_then_drops_that_reminder(due_at: datetime) -> None:
    before = replace(asked(due_at), reminded=rules.AT_DUE)
    assert rules.next_reminder(before, LISBON, ONLY_AT_DUE) == due_at
    assert rules.reminded(before, due_at).reminded == rules.LATE


@given(moments, st.integers(1, 20))
def test_a_reminder_before_it_comes_so_many_working_days_earlier_or_not_at_all(due_at: datetime, days: int) -> None:
    moment = rules.next_reminder(asked(due_at), LISBON, DecisionSettings(remind_days=days))
    earlier = add_working_days(LISBON, due_at, -days)
    assert moment == (earlier if earlier > ASKED_AT else due_at)
