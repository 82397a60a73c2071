"""What is kept of decisions comes back as it was, on each database."""

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rituals.decisions.records import Changed, Decision, Event, Input, Origin, Source, State, Wait, What
from rituals.decisions.store import DecisionStore, WaitStore, Where
from rituals.decisions.usecases import reading
from rituals.tables import Tx
from tests.rituals.decisions.group import (
    BOARD,
    KAVYA,
    MARTA,
    MONDAY,
    NOA,
    RUI,
    SYNC,
    THURSDAY,
    Group,
    furnish,
    new_team,
)

if TYPE_CHECKING:
    from bot.database import Database

# PostgreSQL keeps no NUL in a text, and neither keeps half a surrogate pair; Slack sends neither.
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
USERS = st.sampled_from(["U1", "U2", "U3", "W4"])
MOMENTS = st.integers(0, 2**33 * 10**3).map(lambda ms: datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=ms))
NUMBERS = st.integers(1, 2**31 - 1)
LISTS = st.lists(TEXTS, max_size=4).map(tuple)
NAMED = st.lists(USERS, max_size=4, unique=True).map(tuple)

DECISIONS = st.builds(
    Decision,
    number=NUMBERS,
    question=TEXTS,
    context=TEXTS,
    options=LISTS,
    asker=USERS,
    decider=USERS,
    driver=USERS,
    consulted=NAMED,
    informed=NAMED,
    asked=st.none() | TEXTS,
    waiting=st.none() | TEXTS,
    due_at=MOMENTS,
    tags=LISTS,
    links=LISTS,
    channel=st.sampled_from([SYNC, BOARD]),
    origin=st.builds(Origin, st.sampled_from(get_args(Source)), TEXTS),
    asked_at=MOMENTS,
    state=st.sampled_from(get_args(State)),
    escalate_to=st.none() | USERS,
    escalated_at=st.none() | MOMENTS,
    outcome=TEXTS,
    why=TEXTS,
    closed_by=st.none() | USERS,
    closed_at=st.none() | MOMENTS,
    revisit_on=st.none() | st.dates(date(1970, 1, 1), date(2200, 1, 1)),
    needs=TEXTS,
    supersedes=st.none() | NUMBERS,
    superseded_by=st.none() | NUMBERS,
    snoozed_until=st.none() | MOMENTS,
    reminded=st.integers(0, 2),
    reopened=st.integers(0, 9),
    changed_at=MOMENTS,
    changes=st.just(1),
    due_since=st.none() | MOMENTS,
)
EVENTS = st.builds(Event, st.just(1), MOMENTS, USERS, st.sampled_from(get_args(What)), TEXTS)
quick = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def waits_of(group: Group, what: Callable[..., Any], *args: Any) -> Any:
    def run(tx: Tx, team: str) -> Any:
        return what(WaitStore(tx, team), *args)

    return group.do(run)


def closed(number: int, at: datetime, channel: str = SYNC) -> Decision:
    return replace(_plain(number), state="decided", closed_at=at, channel=channel)


def _plain(number: int, **other: Any) -> Decision:
    known: dict[str, Any] = {each.name: "" for each in fields(Decision) if each.default is not None}
    known |= {"options": (), "consulted": (), "informed": (), "tags": (), "links": (), "origin": Origin()}
    known |= {"due_at": THURSDAY, "asked_at": MONDAY, "changed_at": MONDAY, "channel": SYNC, "state": "open"}
    known |= {"asked": None, "waiting": None, "reminded": 0, "reopened": 0, "changes": 1, "number": number}
    return Decision(**known | other)


def kept(group: Group, *decisions: Decision) -> None:
    first = Event(1, MONDAY, KAVYA, "imported")
    group.store(DecisionStore.add_all, [Changed(each, None, first) for each in decisions])


@quick
@given(decision=DECISIONS, other=DECISIONS, event=EVENTS)
def test_every_field_comes_back(shared: "Database", decision: Decision, other: Decision, event: Event) -> None:
    group = Group(shared, new_team())
    group.store(DecisionStore.add, Changed(decision, None, event))
    assert group.decision(decision.number) == decision
    assert group.store(DecisionStore.get, decision.number, lock=True) == decision
    assert group.events(decision.number) == (event,)
    # Its people stay: who is consulted and informed is said when it is asked.
    after = replace(other, number=decision.number, consulted=decision.consulted, informed=decision.informed, changes=2)
    group.store(DecisionStore.save, Changed(after, decision, replace(event, n=2)))
    assert group.decision(decision.number) == after
    assert [each.n for each in group.events(decision.number)] == [1, 2]


WHOLE_SECONDS = MOMENTS.map(lambda moment: moment.replace(microsecond=0))


@quick
@given(
    given=st.lists(st.builds(Input, USERS, st.none() | TEXTS, TEXTS, MOMENTS), max_size=6),
    since=WHOLE_SECONDS,
    until=st.none() | WHOLE_SECONDS,
    worked=st.integers(0, 10**6),
    names=st.tuples(st.none() | TEXTS, st.none() | TEXTS, USERS),
)
def test_inputs_and_waits_come_back(
    shared: "Database",
    given: list[Input],
    since: datetime,
    until: datetime | None,
    worked: int,
    names: tuple[str | None, str | None, str],
) -> None:
    group = Group(shared, new_team())
    for each in given:
        group.store(DecisionStore.save_input, 1, each)
    newest = {each.user: each for each in given}
    assert group.store(DecisionStore.inputs, 1) == tuple(sorted(newest.values(), key=lambda each: (each.at, each.user)))
    wait = Wait(1, SYNC, since, until, "decided" if until else None, worked if until else None, *names)
    waits_of(group, WaitStore.begin, wait)
    assert group.waits(1) == [wait]


def test_who_is_named_twice_in_what_is_brought_in_is_kept_once(group: Group) -> None:
    kept(group, _plain(1, consulted=(NOA, RUI, NOA)))
    assert group.decision(1).consulted == (NOA, RUI)


def test_many_are_kept_at_once_and_come_back_in_order(group: Group) -> None:
    many = [_plain(n, due_at=THURSDAY - timedelta(minutes=n % 7), consulted=(NOA, RUI)) for n in range(1, 601)]
    kept(group, *many)
    assert group.store(DecisionStore.everything, [SYNC]) == tuple(many)
    due_first = sorted(many, key=lambda each: (each.due_at, each.number))
    assert group.store(DecisionStore.live_after, 0, 1000) == tuple(many)
    assert [each.number for each in group.store(DecisionStore.live_after, 597, 2)] == [598, 599]
    assert group.store(DecisionStore.live_in, [SYNC, BOARD]) == tuple(due_first)
    assert group.store(DecisionStore.live_of, NOA) == tuple(due_first)
    assert group.store(DecisionStore.live_in, []) == ()
    kept(group)


def test_numbers_come_in_blocks(group: Group) -> None:
    assert [group.store(DecisionStore.next_number, count) for count in (1, 10, 1, 5)] == [1, 2, 12, 13]
    other = Group(group.database, new_team())
    assert other.store(DecisionStore.next_number) == 1


def test_what_was_decided_between_two_moments_the_newest_first(group: Group) -> None:
    week = timedelta(days=7)
    kept(
        group,
        closed(1, MONDAY - timedelta(seconds=1)),
        closed(2, MONDAY),
        closed(3, MONDAY + timedelta(days=2)),
        closed(4, MONDAY + week),
        closed(5, MONDAY, BOARD),
        _plain(6),
        replace(closed(7, MONDAY), state="withdrawn"),
        replace(closed(8, MONDAY), state="superseded"),
    )
    found = group.store(DecisionStore.closed_between, MONDAY, MONDAY + week, [SYNC])
    assert [each.number for each in found] == [3, 2, 8]


def test_how_many_of_those_that_were_decided_were_reopened(group: Group) -> None:
    def since(first: datetime) -> tuple[int, int]:
        return group.see(reading.reopened_since, first, [SYNC])

    reopened, stands, taken_back, given_up = (group.ask() for _ in range(4))
    group.ask(channel=BOARD, by=RUI)
    for number in (reopened, stands, taken_back):
        group.decide(number)
    group.undo(taken_back)
    group.withdraw(given_up)
    group.reopen(given_up)
    # What nobody had decided was not decided again, and what was taken back at once was not decided.
    assert since(MONDAY) == (0, 2)
    group.later(days=1)
    group.reopen(reopened)
    group.decide(reopened)
    group.reopen(reopened)
    assert since(MONDAY) == (1, 2)
    assert since(MONDAY + timedelta(hours=1)) == (1, 1)
    assert since(MONDAY + timedelta(days=2)) == (0, 0)


def test_what_was_given_back_its_place_counts_as_decided(group: Group) -> None:
    old = group.ask()
    group.decide(old)
    new = group.ask(supersedes=old)
    group.decide(new)
    group.undo(new)
    assert group.see(reading.reopened_since, MONDAY, [SYNC]) == (0, 1)
    group.reopen(old)
    assert group.see(reading.reopened_since, MONDAY, [SYNC]) == (1, 1)


def test_a_blocker_is_linked_to_one(group: Group) -> None:
    link = DecisionStore.link
    assert [group.store(link, "b1", 1), group.store(link, "b1", 1), group.store(link, "b1", 2)] == [True, False, False]
    assert group.store(link, "b1", 2, instead_of=7) is False
    assert group.store(link, "b1", 2, instead_of=1) is True
    assert group.store(DecisionStore.for_blocker, "b1") == 2
    assert (group.store(DecisionStore.blockers, 1), group.store(DecisionStore.blockers, 2)) == ((), ("b1",))


def test_waits_are_counted_by_channel_moment_and_function(group: Group) -> None:
    def wait(number: int, ended: Any, worked: int | None, **other: Any) -> tuple[int, Wait]:
        since = MONDAY + timedelta(days=other.pop("on", 0))
        whole = Wait(number, SYNC, since, since if ended else None, ended, worked, None, "sales", RUI)
        return 1, replace(whole, **other)

    waits_of(
        group,
        WaitStore.add_all,
        [
            wait(1, "decided", 60),
            wait(2, "decided", 60),
            wait(3, "decided", 0, on=1),
            wait(4, "decided", 5, channel=BOARD),
            wait(5, "decided", 9, asked="product"),
            wait(6, "withdrawn", 60),
            wait(7, None, None),
            wait(8, None, None, channel=BOARD),
        ],
    )
    everything, here = Where(None), Where([SYNC], MONDAY, function="sales")

    def minutes(where: Where) -> list[str]:
        return sorted(waits_of(group, WaitStore.decided, where).split(","))

    assert minutes(everything) == ["0", "5", "60", "60", "9"]
    assert minutes(here) == ["0", "60", "60"]
    assert minutes(Where([SYNC], MONDAY + timedelta(hours=1))) == ["0"]
    assert minutes(Where([SYNC], None, MONDAY + timedelta(hours=1), "sales")) == ["60", "60"]
    assert waits_of(group, WaitStore.decided, Where([])) == ""
    assert (waits_of(group, WaitStore.withdrawn, here), waits_of(group, WaitStore.withdrawn, Where([BOARD]))) == (1, 0)
    assert waits_of(group, WaitStore.lasting, Where({SYNC})) == {RUI: str(int(MONDAY.timestamp()))}
    [both] = waits_of(group, WaitStore.lasting, Where({SYNC, BOARD})).values()
    assert both == ",".join([str(int(MONDAY.timestamp()))] * 2)
    assert [each.decision for each in waits_of(group, WaitStore.all, here)] == [1, 2, 6, 7, 3]
    waits_of(group, WaitStore.add_all, [])


def test_waits_of_tens_of_thousands_of_channels_are_counted(group: Group) -> None:
    number = group.ask()
    many = Where({f"C{n:09}" for n in range(70_000)} | {SYNC})
    assert list(waits_of(group, WaitStore.lasting, many)) == [group.decision(number).decider]


@pytest.mark.parametrize("workspace", ["T1", "T2"])
def test_each_workspace_keeps_its_own(shared: "Database", workspace: str) -> None:
    one, other = Group(shared, f"{new_team()}{workspace}"), Group(shared, new_team())
    for each in (one, other):
        each.database.write_now(furnish, each.team)
    number = one.ask()
    assert other.store(DecisionStore.get, number) is None
    assert other.ask() == number
    one.decide(number, "Five.")
    assert (one.what(number), other.what(number)) == (["asked", "decided"], ["asked"])
    assert (one.waits(number)[0].ended, other.waits(number)[0].ended) == ("decided", None)


def test_those_that_name_one_of_another_channel_are_found_by_number(group: Group) -> None:
    first, away = group.ask(by=MARTA), group.ask(by=MARTA, channel=BOARD)
    group.decide(first)
    group.decide(away)
    group.ask(by=MARTA, supersedes=first)  # in the same channel: whoever reads one of them reads the other
    here = group.ask(by=MARTA, supersedes=away)
    there = group.ask(by=MARTA, channel=BOARD, supersedes=first)
    assert [each.number for each in group.store(DecisionStore.across_channels, 0, 9)] == [first, away, here, there]
    assert [each.number for each in group.store(DecisionStore.across_channels, first, 2)] == [away, here]
