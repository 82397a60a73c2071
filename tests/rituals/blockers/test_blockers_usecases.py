"""A blocker's life in the database, who may change it, who hears of it, and what stays private."""

from collections.abc import Callable
from typing import Any

import pytest

from rituals.blockers import usecases as blockers
from rituals.blockers.rules import AlreadyResolved, Changed, NoSuchBlocker, NotResolved, NotYours, Origin
from rituals.people.store import PeopleStore
from rituals.refusals import Refused
from tests.rituals.standup.group import BOARD, KAVYA, MARTA, NOA, RUI, SYNC, Group, row, utc

ID = "weekly.2026-11-23T09:00:UKAVYA:stops"


def raised(
    group: Group, *, by: str = KAVYA, on: str | None = "sales", channel: str = SYNC, text: str = "prices"
) -> Any:
    origin = Origin("standup", "weekly.2026-11-23T09:00")
    return group.do(blockers.raise_blocker, ID, by, on, text, channel, origin, group.now)


def state(group: Group) -> str:
    return group.do(blockers.get, ID).state


def what(group: Group) -> list[str]:
    return [event.what for event in group.do(blockers.events, ID)]


def test_the_lead_of_the_function_that_is_waited_on_hears(group: Group) -> None:
    found = raised(group)
    assert isinstance(found, Changed)
    assert (found.what, found.tell, found.unheard) == ("raised", frozenset({NOA}), False)
    assert found.blocker == group.do(blockers.get, ID)


def test_a_blocker_that_waits_on_nobody_is_told_to_nobody(group: Group) -> None:
    found = raised(group, on=None)
    assert (found.tell, found.unheard) == (frozenset(), False)


@pytest.mark.parametrize(("function", "channel"), [("legal", SYNC), ("sales", BOARD)])
def test_where_the_lead_cannot_hear_the_raiser_is_to_know(group: Group, function: str, channel: str) -> None:
    found = raised(group, by=RUI, on=function, channel=channel)
    assert (found.tell, found.unheard) == (frozenset(), True)


def test_a_lead_who_raises_it_herself_is_not_told(group: Group) -> None:
    assert raised(group, by=NOA).tell == frozenset()


def test_it_is_taken_answered_and_resolved_and_the_raiser_hears_each_time(group: Group) -> None:
    raised(group)
    taken = group.do(blockers.take, ID, NOA, group.now)
    assert (taken.blocker.state, taken.blocker.taker, taken.tell) == ("taken", NOA, frozenset({KAVYA}))
    answered = group.do(blockers.answer, ID, NOA, "it is in the drive", group.now)
    assert (answered.blocker.answer, answered.detail, answered.tell) == (
        "it is in the drive",
        "it is in the drive",
        frozenset({KAVYA}),
    )
    assert group.open_blockers(KAVYA) == ["prices"]
    group.later(days=1)
    over = group.do(blockers.resolve, ID, KAVYA, group.now)
    assert (over.blocker.resolved_by, over.blocker.resolved_at, over.tell) == (KAVYA, group.now, frozenset({NOA}))
    assert group.open_blockers(KAVYA) == []
    assert what(group) == ["raised", "taken", "answered", "resolved"]


def test_not_ours_passes_it_on_with_its_age_and_the_new_lead_hears(group: Group) -> None:
    raised(group)
    before = group.now
    group.do(blockers.take, ID, NOA, group.now)
    group.later(days=3)
    moved = group.do(blockers.not_ours, ID, NOA, "product", group.now)
    assert (moved.what, moved.detail, moved.tell) == ("moved", "product", frozenset({KAVYA, MARTA}))
    assert (moved.blocker.state, moved.blocker.taker, moved.blocker.raised_at) == ("open", None, before)
    nobody = group.do(blockers.not_ours, ID, MARTA, None, group.now)
    assert (nobody.blocker.function, nobody.tell) == (None, frozenset({KAVYA}))


def test_the_raiser_reopens_what_was_resolved_too_soon_with_its_age(group: Group) -> None:
    raised(group)
    before = group.now
    group.do(blockers.take, ID, NOA, group.now)
    group.do(blockers.resolve, ID, NOA, group.now)
    group.later(days=1)
    with pytest.raises(NotYours):
        group.do(blockers.reopen, ID, NOA, group.now)
    again = group.do(blockers.reopen, ID, KAVYA, group.now)
    assert (again.blocker.state, again.blocker.taker, again.tell) == ("taken", NOA, frozenset({NOA}))
    assert (again.blocker.raised_at, again.blocker.resolved_at) == (before, None)
    with pytest.raises(NotResolved):
        group.do(blockers.reopen, ID, KAVYA, group.now)


ACTS: list[Callable[[Group, str], Any]] = [
    lambda group, user: group.do(blockers.take, ID, user, group.now),
    lambda group, user: group.do(blockers.answer, ID, user, "x", group.now),
    lambda group, user: group.do(blockers.not_ours, ID, user, "product", group.now),
    lambda group, user: group.do(blockers.resolve, ID, user, group.now),
]


@pytest.mark.parametrize("act", ACTS)
def test_only_those_concerned_may_change_it(group: Group, act: Callable[[Group, str], Any]) -> None:
    raised(group)
    with pytest.raises(NotYours) as refused:
        act(group, MARTA)
    assert isinstance(refused.value, Refused)
    assert refused.value.blocker.id == ID
    assert what(group) == ["raised"]
    act(group, NOA)


@pytest.mark.parametrize("act", ACTS)
def test_what_is_resolved_is_over_until_it_is_reopened(group: Group, act: Callable[[Group, str], Any]) -> None:
    raised(group)
    group.do(blockers.resolve, ID, KAVYA, group.now)
    with pytest.raises(AlreadyResolved):
        act(group, KAVYA)


def test_an_admin_may_change_it(group: Group) -> None:
    raised(group)
    assert group.do(blockers.resolve, ID, MARTA, group.now, admins={MARTA}).blocker.state == "resolved"
    assert group.do(blockers.reopen, ID, MARTA, group.now, admins={MARTA}).blocker.state == "open"


def test_a_member_of_the_function_who_cannot_see_the_channel_may_not_change_it(group: Group) -> None:
    raised(group, by=MARTA, on="engineering", channel=BOARD)
    with pytest.raises(NotYours):
        group.do(blockers.take, ID, KAVYA, group.now)
    assert group.do(blockers.take, ID, RUI, group.now).blocker.taker == RUI


def test_taking_it_back_and_raising_it_again_keeps_its_age(group: Group) -> None:
    raised(group)
    before = group.now
    group.later(days=1)
    back = group.do(blockers.withdraw, ID, KAVYA, group.now)
    assert back is not None
    assert (back.what, back.tell, state(group)) == ("withdrawn", frozenset({NOA}), "withdrawn")
    assert group.do(blockers.withdraw, ID, KAVYA, group.now) is None
    group.later(days=1)
    again = raised(group, text="price list")
    assert (again.what, again.blocker.text, again.blocker.raised_at) == ("raised", "price list", before)
    assert what(group) == ["raised", "withdrawn", "raised"]


def test_new_words_are_a_change_and_another_function_is_a_move(group: Group) -> None:
    raised(group)
    assert raised(group) is None
    reworded = group.do(blockers.change_blocker, ID, KAVYA, "sales", "price list 2027", group.now)
    assert reworded is not None
    assert (reworded.what, reworded.tell) == ("changed", frozenset({NOA}))
    group.do(blockers.take, ID, NOA, group.now)
    moved = group.do(blockers.change_blocker, ID, KAVYA, "product", "price list 2027", group.now)
    assert moved is not None
    assert (moved.what, moved.blocker.taker, moved.tell) == ("moved", None, frozenset({MARTA}))
    group.do(blockers.resolve, ID, KAVYA, group.now)
    assert group.do(blockers.change_blocker, ID, KAVYA, "sales", "other", group.now) is None


def test_lists_are_oldest_first_and_private_ones_stay_with_those_who_see_them(group: Group) -> None:
    group.people(PeopleStore.save_member, row("UNEW", "Europe/Lisbon"), group.now)
    origin = Origin("standup", "r")
    for n, (by, channel) in enumerate([(MARTA, BOARD), (NOA, SYNC), (RUI, SYNC)]):
        group.now = utc("2026-11-20 12:00").replace(minute=n)
        group.do(blockers.raise_blocker, f"b{n}", by, "engineering", f"text {n}", channel, origin, group.now)
    assert [each.id for each in group.do(blockers.open_for, "engineering")] == ["b0", "b1", "b2"]
    assert [each.id for each in group.do(blockers.open_in, [SYNC])] == ["b1", "b2"]
    assert group.do(blockers.open_in, []) == ()
    assert [each.id for each in group.do(blockers.waiting_on, RUI)] == ["b0", "b1"]
    assert [each.id for each in group.do(blockers.waiting_on, KAVYA)] == ["b1", "b2"]
    assert group.do(blockers.waiting_on, "UNEW") == ()
    assert {user: len(found) for user, found in group.do(blockers.open_of_all, [MARTA, NOA, KAVYA]).items()} == {
        MARTA: 1,
        NOA: 1,
    }


def test_a_blocker_that_is_not_there_is_named(group: Group) -> None:
    for act in (blockers.get, lambda tx, team, key: blockers.resolve(tx, team, key, RUI, group.now)):
        with pytest.raises(NoSuchBlocker) as refused:
            group.do(act, "nothing")
        assert refused.value.blocker_id == "nothing"
    assert group.do(blockers.withdraw, "nothing", RUI, group.now) is None


def test_a_button_pressed_twice_is_heard_once(group: Group) -> None:
    raised(group)
    for act, words in ((blockers.take, ()), (blockers.answer, ("On Tuesday",))):
        do: Callable[..., Changed] = act
        first, second = (group.do(do, ID, NOA, *words, group.now) for _ in range(2))
        assert (first.tell, second.tell) == (frozenset({KAVYA}), frozenset())
        assert second.blocker == first.blocker
    assert what(group) == ["raised", "taken", "answered"]


def test_who_had_taken_it_and_left_the_private_channel_hears_no_more_of_it(group: Group) -> None:
    raised(group, by=MARTA, on="engineering", channel=BOARD)
    group.do(blockers.take, ID, RUI, group.now)
    group.people(PeopleStore.leave, BOARD, RUI)
    assert group.do(blockers.resolve, ID, MARTA, group.now).tell == frozenset()
