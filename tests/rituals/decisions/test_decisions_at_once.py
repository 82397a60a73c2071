"""Two people in the same moment: there is one outcome, one number for each, and nobody waits for ever."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest

from rituals.decisions.refusals import AlreadyClosed, WaitsAlready
from rituals.refusals import Refused
from tests.rituals.decisions.group import MARTA, NOA, Group

# Once may be luck.
rounds = pytest.mark.parametrize("nth", range(3))


def together(*acts: Callable[[], object]) -> list[object]:
    """What each of them came to, all begun at once; a refusal is an answer too."""
    start = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        start.wait()
        try:
            return act()
        except Refused as refusal:
            return refusal

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(run, acts))


def kinds(found: list[object]) -> list[str]:
    return sorted(type(each).__name__ for each in found)


@rounds
def test_two_who_decide_at_once_there_is_one_outcome(group: Group, nth: int) -> None:
    number = group.ask()
    found = together(lambda: group.decide(number, "Five."), lambda: group.decide(number, "Six.", by=MARTA))
    assert kinds(found) == ["AlreadyClosed", "Changed"]
    (refusal,) = (each for each in found if isinstance(each, AlreadyClosed))
    # The one who came second is told what stands.
    assert refusal.decision == group.decision(number)
    assert group.decision(number).outcome == group.events(number)[-1].detail
    assert (group.what(number), len(group.waits(number))) == (["asked", "decided"], 1)


def test_eight_who_ask_at_once_get_eight_numbers(group: Group) -> None:
    found = together(*([group.ask] * 8))
    assert sorted(int(str(each)) for each in found) == list(range(1, 9))


@rounds
def test_everything_at_once_leaves_one_history_without_gaps(group: Group, nth: int) -> None:
    number = group.ask()
    together(
        lambda: group.decide(number),
        lambda: group.withdraw(number),
        lambda: group.hand_over(number, NOA, by=MARTA),
        lambda: group.undo(number),
        lambda: group.reopen(number, by=MARTA),
        lambda: group.remind(number),
    )
    decision, events, waits = group.decision(number), group.events(number), group.waits(number)
    assert [each.n for each in events] == list(range(1, decision.changes + 1))
    assert [each.until is None for each in waits] == [False] * decision.reopened + [decision.live]
    assert waits[-1].decider == decision.decider


@rounds
def test_two_who_take_it_back_at_once_do_it_once(group: Group, nth: int) -> None:
    number = group.ask()
    group.decide(number)
    found = together(lambda: group.undo(number), lambda: group.undo(number))
    assert kinds(found) == ["Changed", "NothingToUndo"]


@rounds
def test_two_that_take_one_place_at_once_do_not_wait_for_each_other_for_ever(group: Group, nth: int) -> None:
    old = group.ask()
    group.decide(old)
    new = [group.ask(supersedes=old) for _ in range(2)]
    found = together(lambda: group.decide(new[0]), lambda: group.decide(new[1]), lambda: group.withdraw(old))
    assert kinds(found) == ["AlreadyClosed", "Changed", "Changed"]
    assert group.decision(old).superseded_by in new
    assert group.what(old) == ["asked", "decided", "superseded"]


@rounds
def test_a_blocker_that_three_link_at_once_waits_for_one(group: Group, nth: int) -> None:
    blocker = group.raised("b1", group.now)
    one, other = group.ask(), group.ask()
    found = together(
        lambda: group.link(one, blocker),
        lambda: group.link(other, blocker, by=MARTA),
        lambda: group.ask(blockers=(blocker,)),
    )
    assert sum(isinstance(each, WaitsAlready) for each in found) == 2


def test_a_reminder_that_several_processes_take_at_once_is_said_once(group: Group) -> None:
    number = group.ask()
    for day in (25, 26, 27):
        group.it_is(f"2026-11-{day} 18:00")
        found = together(*[partial(group.remind, number)] * 4)
        assert sum(each is not None for each in found) == 1
