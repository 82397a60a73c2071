"""What a summary is made of: which waits are its readers' to know, and what comes of them."""

from datetime import datetime
from typing import Any

import pytest

from rituals.blockers import usecases as blockers
from rituals.decisions.summing import Figures, minutes_a_day, summed
from rituals.decisions.usecases import summary
from rituals.decisions.usecases.summary import Gathered, Period
from rituals.people.store import ChannelRow, PeopleStore
from tests.rituals.decisions.group import BOARD, CALENDAR, GUEST, KAVYA, MARTA, RUI, SYNC, Group, row, utc

FRIDAY = utc("2026-12-04 17:00")


def gathered(group: Group, channels: set[str], period: Period | None = None) -> Gathered:
    return group.see(summary.gather, channels, period or Period(), CALENDAR, group.now)


def figures(group: Group, *channels: str, period: Period | None = None) -> Figures:
    return summed(gathered(group, set(channels), period).material)


def asked(group: Group, days: int | None = None, at: datetime | None = None, **other: Any) -> int:
    """One that is asked now, or at a moment, and decided so many days later."""
    group.now = at or group.now
    number = group.ask(**other)
    if days is not None:
        group.later(days=days)
        group.decide(number)
    return number


def test_open_ones_are_counted_for_as_long_as_they_have_waited(group: Group) -> None:
    for _ in range(3):
        asked(group, 1, utc("2026-11-24 09:00"))
    for _ in range(2):
        asked(group, None, utc("2026-11-25 09:00"))
    group.it_is("2026-12-04 09:00")
    found = figures(group, SYNC).turnaround
    assert (found.n, found.open, found.withdrawn) == (5, 2, 0)
    assert found.median.value == 1
    assert found.closed_only_median == 1
    assert found.p85.value is None, "it may yet take any time"
    assert found.within[0].chance == pytest.approx(0.6)


def test_withdrawn_ones_stand_apart_and_undone_ones_have_waited_on(group: Group) -> None:
    numbers = [asked(group, None, utc("2026-11-24 09:00")) for _ in range(6)]
    group.it_is("2026-11-25 09:00")
    group.withdraw(numbers[0])
    group.decide(numbers[1])
    group.later(minutes=5)
    group.undo(numbers[1])
    found = figures(group, SYNC).turnaround
    assert (found.n, found.open, found.withdrawn) == (5, 5, 1)
    assert found.median.value is None


def test_what_was_reopened_waits_anew_and_is_counted_as_reopened(group: Group) -> None:
    for _ in range(4):
        asked(group, 1, utc("2026-11-24 09:00"))
    number = asked(group, 1, utc("2026-11-24 09:00"))
    group.it_is("2026-11-30 09:00")
    group.reopen(number)
    group.it_is("2026-12-01 09:00")
    of = gathered(group, {SYNC})
    assert (of.lists.reopened, of.lists.ever_decided) == (1, 5)
    assert summed(of.material).turnaround.n == 6


def test_a_period_holds_what_was_asked_in_it(group: Group) -> None:
    asked(group, None, utc("2026-11-02 09:00"))
    for _ in range(5):
        asked(group, 1, utc("2026-11-24 09:00"))
    group.now = FRIDAY
    assert figures(group, SYNC, period=Period(2)).turnaround.n == 5
    assert figures(group, SYNC, period=Period(None)).turnaround.n == 6
    assert figures(group, SYNC, period=Period(None, "engineering")).turnaround.n == 0
    # What is open the longest is shown all the same.
    assert len(gathered(group, {SYNC}, Period(2)).lists.open) == 1


def test_fewer_than_five_have_no_figures(group: Group) -> None:
    for _ in range(4):
        asked(group, 1, utc("2026-11-24 09:00"))
    found = figures(group, SYNC)
    assert not found.turnaround.enough
    assert (found.findings, found.weeks, found.slowest) == ((), (), ())


def test_blockers_wait_too_but_for_those_that_became_decisions(group: Group) -> None:
    group.it_is("2026-11-24 09:00")
    for name, channel in (("one", SYNC), ("two", SYNC), ("three", BOARD), ("linked", SYNC)):
        group.raised(name, group.now, channel)
        group.do(blockers.change_blocker, name, MARTA, "engineering", "Another text.", group.now)
    asked(group, None, blockers=("linked",), asked="engineering", waiting="product", decider=RUI)
    group.later(days=1)
    group.do(blockers.resolve, "one", MARTA, group.now)
    edges = figures(group, SYNC).edges
    by_name = {(edge.waiting, edge.asked): edge for edge in edges}
    function = group.people(PeopleStore.member, MARTA)
    assert function is not None
    hers = by_name[function.function, "engineering"]
    assert (hers.open, hers.closed) == ((2, 1) if function.function == "product" else (1, 1))
    assert sum(edge.open + edge.closed for edge in edges) == 3, "the private channel's is not among them"


def test_a_blocker_is_waited_for_until_it_is_answered_whatever_is_said_of_it_later(group: Group) -> None:
    def waited() -> list[float | None]:
        group.now = FRIDAY
        return [edge.median for edge in figures(group, SYNC).edges]

    group.it_is("2026-11-24 09:00")
    group.raised("one", group.now)
    group.do(blockers.change_blocker, "one", MARTA, "engineering", "Another text.", group.now)
    group.later(days=1)
    group.do(blockers.answer, "one", RUI, "On Friday.", group.now, admins={RUI})
    assert waited() == [1]
    group.it_is("2026-11-27 09:00")
    group.do(blockers.change_blocker, "one", MARTA, "engineering", "The same in other words.", group.now)
    assert waited() == [1]
    group.do(blockers.resolve, "one", MARTA, group.now)
    assert waited() == [1]
    group.do(blockers.reopen, "one", MARTA, group.now)
    group.do(blockers.take, "one", RUI, group.now, admins={RUI})
    assert waited() == [None], "somebody is at it again"


def test_who_waits_for_whom_is_told_of_the_same_time_as_all_else(group: Group) -> None:
    asked(group, 1, utc("2026-03-24 09:00"), asked="engineering")
    asked(group, 1, utc("2026-11-24 09:00"), asked="engineering")
    group.now = FRIDAY
    assert [edge.closed for edge in figures(group, SYNC).edges] == [1]
    assert [edge.closed for edge in figures(group, SYNC, period=Period(None)).edges] == [2]


def test_a_week_tells_of_all_that_was_decided_in_it_however_long_ago_it_was_asked(group: Group) -> None:
    group.it_is("2026-03-02 09:00")
    old, withdrawn, _ = (group.ask() for _ in range(3))
    for _ in range(5):
        asked(group, 1, utc("2026-11-24 09:00"))
    group.it_is("2026-12-01 09:00")
    group.decide(old)
    group.withdraw(withdrawn)
    group.now = FRIDAY
    weeks = figures(group, SYNC).weeks
    assert [(week.asked, week.decided) for week in weeks[-2:]] == [(5, 5), (0, 1)]
    # Its half is of what was asked in twelve weeks, as ever: what is asked later may take as long.
    assert weeks[-1].median.value == 1
    assert sum(week.decided for week in figures(group, SYNC, period=Period(None, "sales")).weeks) == 0


def test_of_one_function_only_its_own_are_counted_as_reopened(group: Group) -> None:
    for function in ("engineering", "sales"):
        group.reopen(asked(group, 1, utc("2026-11-24 09:00"), asked=function))
    group.now = FRIDAY
    lists = gathered(group, {SYNC}, Period(2, "sales")).lists
    assert (lists.reopened, lists.ever_decided) == (1, 1)


def test_what_is_due_this_moment_is_overdue_as_its_card_says(group: Group) -> None:
    group.ask(due_at=FRIDAY)
    group.now = FRIDAY
    assert gathered(group, {SYNC}).lists.overdue == 1


def test_a_channel_counts_public_ones_and_itself_unless_others_read_along(group: Group) -> None:
    def read_in(channel: str) -> frozenset[str]:
        return group.see(summary.read_in, channel, frozenset())

    group.people(PeopleStore.save_channel, ChannelRow("CRANDOM", "random"))
    group.people(PeopleStore.leave, SYNC, GUEST, "UMIRA")
    assert BOARD not in read_in(SYNC)
    assert SYNC in read_in(SYNC)
    assert {SYNC, BOARD} <= read_in(BOARD)
    group.people(PeopleStore.join, SYNC, GUEST)
    assert read_in(SYNC) == {SYNC}
    assert read_in("CNOWHERE") == frozenset()
    group.people(PeopleStore.save_member, row(GUEST, "Europe/Lisbon", guest=True, deactivated=True), group.now)
    assert read_in(SYNC) == {SYNC, "CRANDOM"}, "who has left the workspace reads nothing along"


def test_who_looks_sees_figures_of_her_channels_only(group: Group) -> None:
    assert BOARD in group.see(summary.seen_by, MARTA)
    assert BOARD not in group.see(summary.seen_by, KAVYA)


def test_somebody_who_sees_tens_of_thousands_of_channels_has_figures(group: Group) -> None:
    group.raised("one", group.now)
    group.ask()
    of = gathered(group, {SYNC, *(f"C{nth:09}" for nth in range(70_000))})
    assert len(of.lists.open) == len(of.material.lasting) == 1


def test_a_working_day_has_the_minutes_of_its_hours() -> None:
    assert minutes_a_day(CALENDAR) == 9 * 60


def test_each_is_counted_on_the_clock_of_whoever_is_asked(group: Group) -> None:
    """Kavya's working day begins hours before Lisbon's, and is over when there it is early afternoon."""
    group.it_is("2026-11-24 13:00")
    for _ in range(5):
        group.ask(decider=KAVYA)
    group.it_is("2026-11-24 17:00")
    [edge] = figures(group, SYNC).edges
    assert edge.oldest_open == 0
    group.it_is("2026-11-25 10:00")
    [edge] = figures(group, SYNC).edges
    assert edge.oldest_open == pytest.approx((10 - 3.5) / 9), "Kavya came at nine, which is half past three in Lisbon"
