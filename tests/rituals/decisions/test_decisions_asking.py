"""A decision is asked for, waited for and closed: its parts, its blockers, its waits and its history."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from rituals.decisions.records import Origin, Wait
from rituals.decisions.refusals import CannotSee, NoSuchDecision, NotYoursToDecide, WaitsAlready
from rituals.decisions.store import DecisionStore
from rituals.decisions.usecases import changing, reading
from rituals.people.store import PeopleStore
from rituals.refusals import Refused
from tests.rituals.decisions.group import (
    ADMINS,
    AROHA,
    BOARD,
    GUEST,
    KAVYA,
    MARTA,
    MIRA,
    MONDAY,
    NOA,
    OTTO,
    RUI,
    SYNC,
    THURSDAY,
    Group,
    row,
    utc,
)

FRIDAY_BEFORE = utc("2026-11-20 12:00")


def wait(group: Group, number: int) -> Wait:
    """The only one."""
    (found,) = group.waits(number)
    return found


def test_numbers_are_counted_from_one_in_each_workspace(group: Group) -> None:
    assert [group.ask(), group.ask(), group.ask()] == [1, 2, 3]


def test_it_is_kept_with_its_wait_and_the_first_line_of_its_history(group: Group) -> None:
    number = group.ask(
        consulted=(NOA, AROHA),
        informed=(MIRA,),
        options=("a", "b"),
        asked="sales",
        waiting="product",
        tags=("x",),
        links=("https://a.example",),
        origin=Origin("message", "C1 1.0"),
    )
    found = group.decision(number)
    assert (found.consulted, found.informed, found.options) == ((NOA, AROHA), (MIRA,), ("a", "b"))
    assert (found.tags, found.links, found.origin) == (("x",), ("https://a.example",), Origin("message", "C1 1.0"))
    assert (found.changes, group.what(number)) == (1, ["asked"])
    assert wait(group, number) == Wait(number, SYNC, MONDAY, None, None, None, "product", "sales", RUI)


@pytest.mark.parametrize(
    ("part", "parts"),
    [
        ("decider", {"decider": OTTO}),
        ("driver", {"driver": KAVYA, "channel": BOARD}),
        ("consulted", {"consulted": (RUI, OTTO)}),
        ("informed", {"informed": (NOA,), "channel": BOARD}),
        ("escalate_to", {"escalate_to": OTTO}),
        ("channel", {"channel": "CUNKNOWN"}),
    ],
)
def test_nobody_is_given_a_part_in_what_she_cannot_see(group: Group, part: str, parts: dict[str, Any]) -> None:
    with pytest.raises(CannotSee) as refused:
        group.ask(by=MARTA, **parts)
    assert refused.value.field == part
    # Not even a number was taken.
    assert group.ask() == 1


@pytest.mark.parametrize("part", ["decider", "driver", "escalate_to"])
def test_whose_account_was_deactivated_gets_no_part(group: Group, part: str) -> None:
    parts: dict[str, Any] = {part: NOA}
    group.people(PeopleStore.save_member, row(NOA, "UTC", deactivated=True), MONDAY)
    with pytest.raises(CannotSee) as refused:
        group.ask(**parts)
    assert (refused.value.user, refused.value.field) == (NOA, part)
    number = group.ask()
    acts: list[Callable[[], object]] = [lambda: group.hand_over(number, NOA), lambda: group.escalate(number, NOA)]
    for act in acts:
        with pytest.raises(CannotSee):
            act()


def test_guests_and_other_companies_take_part_where_they_are_in(group: Group) -> None:
    number = group.ask(by=MIRA, decider=GUEST)
    assert group.decide(number, by=GUEST).decision.closed_by == GUEST


def test_it_is_as_old_as_the_first_blocker_that_waits_for_it(group: Group) -> None:
    ids = (group.raised("b1", utc("2026-11-20 15:00")), group.raised("b2", FRIDAY_BEFORE))
    number = group.ask(blockers=(*ids, "nothing of this name"), waits_since=utc("2026-11-20 14:00"))
    assert (group.decision(number).asked_at, wait(group, number).since) == (FRIDAY_BEFORE, FRIDAY_BEFORE)
    assert group.see(reading.sheet, number, KAVYA).blockers == ids
    older = group.ask(blockers=(group.raised("b3", FRIDAY_BEFORE),), waits_since=utc("2026-11-19 14:00"))
    assert group.decision(older).asked_at == utc("2026-11-19 14:00")


def test_a_blocker_that_is_linked_later_dates_it_and_its_wait_back(group: Group) -> None:
    group.raised("young", MONDAY + timedelta(hours=1))
    group.raised("old", FRIDAY_BEFORE)
    number = group.ask()
    group.later(hours=2)
    group.link(number, "young")
    assert (group.decision(number).asked_at, wait(group, number).since) == (MONDAY, MONDAY)
    linked = group.link(number, "old")
    assert linked is not None
    assert (linked.what, linked.event.detail) == ("linked", "old")
    assert (group.decision(number).asked_at, wait(group, number).since) == (FRIDAY_BEFORE, FRIDAY_BEFORE)
    assert group.see(reading.sheet, number, KAVYA).blockers == ("old", "young")


def test_a_wait_that_is_over_is_counted_as_it_was(group: Group) -> None:
    """What is dated back after reopening is the decision; its first wait has ended, and was measured then."""
    number = group.ask()
    group.later(hours=2)
    group.decide(number)
    group.reopen(number)
    group.link(number, group.raised("old", FRIDAY_BEFORE))
    assert group.decision(number).asked_at == FRIDAY_BEFORE
    assert [(each.since, each.worked) for each in group.waits(number)] == [(MONDAY, 120), (group.now, None)]


def test_a_blocker_waits_for_one_decision_only(group: Group) -> None:
    first, second = group.ask(blockers=(group.raised("old", FRIDAY_BEFORE),)), group.ask()
    with pytest.raises(WaitsAlready) as refused:
        group.link(second, "old")
    assert refused.value.blocker == "old"
    with pytest.raises(WaitsAlready):
        group.ask(blockers=("old",))
    assert (group.decision(second).asked_at, group.what(second)) == (MONDAY, ["asked"])
    assert group.see(reading.for_blocker, "old", KAVYA) == group.decision(first)
    assert group.ask() == 3


def test_linking_twice_is_heard_once(group: Group) -> None:
    number = group.ask()
    group.raised("b1", MONDAY)
    assert group.link(number, "b1") is not None
    assert group.link(number, "b1") is None
    assert group.what(number) == ["asked", "linked"]


@pytest.mark.parametrize("close", [Group.decide, Group.withdraw])
def test_a_blocker_may_wait_for_another_once_the_first_is_closed(
    group: Group, close: Callable[[Group, int], object]
) -> None:
    first, second = group.ask(blockers=(group.raised("b1", FRIDAY_BEFORE),)), group.ask()
    close(group, first)
    assert group.link(second, "b1") is not None
    assert group.see(reading.sheet, first, KAVYA).blockers == ()
    assert group.see(reading.sheet, second, KAVYA).blockers == ("b1",)


def test_a_blocker_of_a_private_channel_is_linked_by_those_who_see_it_for_one_who_does(group: Group) -> None:
    group.raised("private", FRIDAY_BEFORE, channel=BOARD)
    for by, decider, blind in ((KAVYA, RUI, KAVYA), (MARTA, NOA, NOA)):
        number = group.ask(decider=decider)
        acts: list[Callable[[], object]] = [
            partial(group.link, number, "private", by=by),
            partial(group.ask, by=by, decider=decider, blockers=("private",)),
        ]
        for act in acts:
            with pytest.raises(CannotSee) as refused:
                act()
            assert (refused.value.user, refused.value.field) == (blind, "blocker")
        assert group.decision(number).asked_at == MONDAY
    assert group.link(group.ask(), "private", by=MARTA) is not None
    with pytest.raises(CannotSee):
        group.link(number, "nothing of this name", by=MARTA)


def test_working_time_is_counted_where_the_decider_is(group: Group) -> None:
    """Nine to six of her own clock: at nine in Lisbon it is half past two in Kolkata, and four in New York."""
    found = {}
    for decider in (RUI, KAVYA, NOA):
        number = group.ask(by=MARTA, decider=decider)
        group.now = utc("2026-11-23 17:00")
        group.decide(number, by=decider)
        found[decider] = wait(group, number).worked
        group.now = MONDAY
    assert found == {RUI: 8 * 60, KAVYA: 3 * 60 + 30, NOA: 3 * 60}


def test_a_clock_that_was_put_back_makes_no_wait_shorter_than_nothing(group: Group) -> None:
    number = group.ask()
    group.later(hours=-3)
    group.decide(number)
    assert wait(group, number).worked == 0
    group.undo(number)
    group.later(hours=5)
    group.decide(number)
    assert wait(group, number).worked == 120


@pytest.mark.parametrize("close", [Group.decide, Group.withdraw])
def test_undone_its_wait_goes_on_as_if_it_had_not_ended(group: Group, close: Callable[[Group, int], object]) -> None:
    number = group.ask()
    before = wait(group, number)
    group.later(hours=1)
    close(group, number)
    group.later(minutes=9)
    group.undo(number, by=AROHA, admins=ADMINS)
    assert wait(group, number) == before
    group.later(minutes=51)
    group.decide(number)
    assert (wait(group, number).worked, wait(group, number).ended) == (120, "decided")


def test_reopened_somebody_waits_anew_from_then_on(group: Group) -> None:
    number = group.ask()
    group.later(hours=1)
    group.decide(number)
    group.later(days=1)
    group.reopen(number)
    group.later(minutes=30)
    group.withdraw(number)
    assert [(each.ended, each.worked) for each in group.waits(number)] == [("decided", 60), ("withdrawn", 30)]
    group.undo(number, by=KAVYA)
    assert [(each.ended, each.worked) for each in group.waits(number)] == [("decided", 60), (None, None)]
    assert group.what(number) == ["asked", "decided", "reopened", "withdrawn", "undone"]


def test_after_handing_over_the_new_decider_decides_and_is_waited_for(group: Group) -> None:
    number = group.ask(asked="engineering")
    group.hand_over(number, NOA)
    assert (wait(group, number).asked, wait(group, number).decider) == ("sales", NOA)
    with pytest.raises(NotYoursToDecide):
        group.decide(number, by=RUI)
    group.decide(number, "Seven.", by=NOA)
    assert (group.decision(number).outcome, group.decision(number).closed_by) == ("Seven.", NOA)
    assert group.events(number)[1].detail == NOA


@pytest.mark.parametrize("gone", ["left", "deactivated"])
def test_where_the_decider_is_gone_others_decide_or_hand_it_over(group: Group, gone: str) -> None:
    number = group.ask(by=MARTA, channel=BOARD, driver=MARTA)
    if gone == "left":
        group.people(PeopleStore.leave, BOARD, RUI)
        with pytest.raises(NoSuchDecision):
            group.decide(number, by=RUI)
    else:
        group.people(PeopleStore.save_member, row(RUI, "UTC", deactivated=True), group.now)
    with pytest.raises(CannotSee):
        group.hand_over(number, NOA, by=MARTA)
    group.people(PeopleStore.join, BOARD, NOA)
    group.hand_over(number, NOA, by=MARTA)
    assert group.decide(number, by=MARTA).decision.closed_by == MARTA


def test_what_was_asked_before_history_waits_from_then_on(group: Group) -> None:
    number = group.ask(waits_since=utc("2026-12-24 12:00"))
    assert (group.decision(number).asked_at, wait(group, number).since) == (MONDAY, MONDAY)


def test_a_decision_takes_the_place_of_another_once_it_is_taken(group: Group) -> None:
    old = group.ask()
    group.decide(old, "Five.")
    new = group.ask(supersedes=old)
    assert group.decision(old).state == "decided"
    group.decide(new, "Six.")
    assert (group.decision(old).state, group.decision(old).superseded_by) == ("superseded", new)
    assert group.decision(old).outcome == "Five."
    assert group.events(old)[-1].detail == str(new)
    group.undo(new)
    assert (group.decision(old).state, group.decision(old).superseded_by) == ("decided", None)
    assert group.what(old) == ["asked", "decided", "superseded", "undone"]
    group.decide(new, "Seven.")
    assert (group.decision(old).state, group.decision(old).superseded_by) == ("superseded", new)


def test_only_the_decision_that_took_its_place_gives_it_back(group: Group) -> None:
    old = group.ask()
    group.decide(old)
    first, second = group.ask(supersedes=old), group.ask(supersedes=old)
    group.decide(first)
    group.decide(second)
    group.undo(second)
    assert (group.decision(old).state, group.decision(old).superseded_by) == ("superseded", first)
    group.undo(first)
    assert group.decision(old).state == "decided"


def test_what_was_not_decided_is_left_as_it_is_by_what_was_to_take_its_place(group: Group) -> None:
    old = group.ask()
    new = group.ask(supersedes=old)
    group.decide(new)
    group.undo(new)
    assert (group.decision(old).state, group.what(old)) == ("open", ["asked"])


def test_a_withdrawal_that_is_undone_gives_nothing_back(group: Group) -> None:
    old = group.ask()
    group.decide(old)
    new = group.ask(supersedes=old)
    group.decide(new)
    group.later(hours=1)
    group.reopen(new)
    group.withdraw(new)
    group.undo(new, by=KAVYA)
    assert group.decision(old).superseded_by == new


@pytest.mark.parametrize("number", [0, -1, 99, 2**31, 2**63, 10**40])
def test_nobody_takes_the_place_of_what_is_not_there(group: Group, number: int) -> None:
    with pytest.raises(NoSuchDecision):
        group.ask(supersedes=number)
    with pytest.raises(NoSuchDecision):
        group.decide(number)


def test_what_somebody_thinks_is_kept_and_her_newest_stands(group: Group) -> None:
    number = group.ask(consulted=(NOA,), options=("a", "b"))

    def thinks(user: str, option: str | None, text: str) -> None:
        group.later(minutes=1)
        group.do(changing.give_input, number, user, option, text, group.now)

    thinks(NOA, "a", "")
    thinks(KAVYA, None, "Neither.")
    thinks(NOA, None, "It is cheap.")
    thinks(NOA, "b", "")
    found = group.see(reading.sheet, number, NOA).inputs
    assert [(each.user, each.option, each.text) for each in found] == [
        (KAVYA, None, "Neither."),
        (NOA, "b", "It is cheap."),
    ]
    group.decide(number)
    with pytest.raises(Refused):
        thinks(NOA, "a", "")


def test_who_lists_what_waits_for_her(group: Group) -> None:
    numbers = [
        group.ask(due_at=THURSDAY + timedelta(days=1)),
        group.ask(),
        group.ask(by=MARTA, decider=NOA, consulted=(RUI, KAVYA), informed=(RUI,)),
        group.ask(by=RUI, decider=MARTA),
        group.ask(by=MARTA, channel=BOARD),
    ]
    hers = group.see(reading.mine, RUI)
    assert [each.number for each in hers.to_decide] == [numbers[1], numbers[4], numbers[0]]
    assert [each.number for each in hers.to_consult] == [numbers[2]]
    assert [each.number for each in hers.awaits] == [numbers[3]]
    group.do(changing.give_input, numbers[2], RUI, None, "Yes.", group.now)
    assert group.see(reading.mine, RUI).to_consult == ()
    assert [each.number for each in group.see(reading.mine, KAVYA).awaits] == [numbers[1], numbers[0]]
    group.people(PeopleStore.leave, BOARD, RUI)
    assert [each.number for each in group.see(reading.mine, RUI).to_decide] == [numbers[1], numbers[0]]
    assert [each.number for each in group.see(reading.listed, RUI)] == [*numbers[1:4], numbers[0]]


def test_lists_are_of_one_function_or_of_all(group: Group) -> None:
    one, other = group.ask(asked="sales"), group.ask(asked="product")
    assert [each.number for each in group.see(reading.listed, NOA)] == [one, other]
    assert [each.number for each in group.see(reading.listed, NOA, "sales")] == [one]
    assert [each.number for each in group.see(reading.open_in, SYNC)] == [one, other]


def test_a_change_tells_what_was_and_what_is(group: Group) -> None:
    number = group.ask()
    before = group.decision(number)
    changed = group.decide(number, "Five.")
    assert (changed.before, changed.decision, changed.what) == (before, group.decision(number), "decided")
    assert changed.event == group.events(number)[-1]
    assert group.store(DecisionStore.of, [number, 99]) == {number: changed.decision}
