"""Blockers as answers raise, change, take back and resolve them."""

from rituals.blockers import usecases as blockers
from rituals.standup import usecases
from tests.rituals.standup.group import NOA, RUI, Group

STOPPED = {"moved": "a", "stops": "price list", "waiting": "sales"}


def next_monday(group: Group) -> None:
    group.it_is("2026-11-23 18:00")
    group.close()
    group.plan("2026-11-30T09:00")
    group.it_is("2026-11-30 09:00")
    group.prompts()
    group.open()


def test_what_stops_her_waits_on_the_function_she_names(group: Group) -> None:
    group.monday_morning()
    (raised,) = group.submit(RUI, STOPPED).raised
    assert (raised.what, raised.blocker.function, raised.tell) == ("raised", "sales", frozenset({NOA}))
    assert raised.blocker.id == "weekly.2026-11-23T09:00:URUI:stops"
    assert (raised.blocker.origin.ritual, raised.blocker.origin.id) == ("standup", group.round)


def test_sending_the_form_again_changes_or_takes_back_but_never_doubles(group: Group) -> None:
    group.monday_morning()
    group.submit(RUI, STOPPED)
    same = group.submit(RUI, {**STOPPED, "moved": "b"})
    assert (same.raised, same.changed) == ((), ())
    other = group.submit(RUI, {**STOPPED, "stops": "the new price list"})
    assert [each.what for each in other.changed] == ["changed"]
    passed_on = group.submit(RUI, {**STOPPED, "stops": "the new price list", "waiting": "product"})
    assert [each.what for each in passed_on.changed] == ["moved"]
    gone = group.submit(RUI, {"moved": "b"})
    assert [each.what for each in gone.changed] == ["withdrawn"]
    assert group.open_blockers(RUI) == []
    back = group.submit(RUI, STOPPED)
    assert [each.what for each in back.raised] == ["raised"]
    assert group.open_blockers(RUI) == ["price list"]


def test_a_form_ticks_older_ones_as_resolved_and_a_second_window_does_no_harm(group: Group) -> None:
    group.monday_morning()
    (raised,) = group.submit(RUI, STOPPED).raised
    (other,) = group.submit(NOA, {"moved": "a", "stops": "hers"}).raised
    next_monday(group)
    ticked = {raised.blocker.id, other.blocker.id, "nothing"}
    first = group.submit(RUI, "done", resolved=ticked)
    assert [(each.what, each.blocker.id) for each in first.resolved] == [("resolved", raised.blocker.id)]
    assert group.submit(RUI, "done", resolved=ticked).resolved == ()
    assert group.open_blockers(NOA) == ["hers"]


def test_saying_the_same_again_next_week_is_the_same_blocker_with_its_age(group: Group) -> None:
    group.monday_morning()
    (raised,) = group.submit(RUI, STOPPED).raised
    next_monday(group)
    again = group.submit(RUI, {**STOPPED, "stops": "Price  list"})
    assert again.raised == ()
    (only,) = group.do(blockers.open_of, RUI)
    assert (only.id, only.raised_at) == (raised.blocker.id, raised.blocker.raised_at)


def test_resolving_it_and_saying_it_again_in_one_form_is_a_new_one(group: Group) -> None:
    group.monday_morning()
    (raised,) = group.submit(RUI, STOPPED).raised
    next_monday(group)
    again = group.submit(RUI, STOPPED, resolved={raised.blocker.id})
    assert [each.blocker.raised_at for each in again.raised] == [group.now]


def test_what_others_did_to_a_blocker_is_not_undone_by_sending_the_form_again(group: Group) -> None:
    group.monday_morning()
    (raised,) = group.submit(RUI, STOPPED).raised
    group.do(blockers.resolve, raised.blocker.id, NOA, group.now)
    again = group.submit(RUI, {**STOPPED, "moved": "b"})
    assert (again.raised, again.changed, group.open_blockers(RUI)) == ((), (), [])


def test_taking_an_answer_back_takes_its_blocker_back(group: Group) -> None:
    group.monday_morning()
    _, source = group.reply(RUI, "busy")
    group.submit(RUI, {"moved": "busy", "stops": "price list", "waiting": "sales"})
    withdrawn = group.do(usecases.withdraw_source, source, group.now)
    assert withdrawn is not None
    assert [(each.what, each.tell) for each in withdrawn.changed] == [("withdrawn", frozenset({NOA}))]
    assert group.open_blockers(RUI) == []
