"""Reminders, silence and the close: who is nudged, who is left alone, what the group reads."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest

from rituals.people.rules import Absence
from rituals.people.store import ChannelRow, PeopleStore
from rituals.standup import usecases
from rituals.standup.rules import Closed, NotAsked
from rituals.standup.store import PreferenceStore
from rituals.tables import Tx
from tests.rituals.standup.group import (
    AROHA,
    BOARD,
    CALENDAR,
    FIXED,
    KAVYA,
    MARTA,
    NOA,
    RUI,
    SYNC,
    WEEKLY,
    ZONES,
    Group,
    furnish,
    new_team,
    row,
    statements_counted,
    utc,
)

MONDAYS = [f"{date(2026, 11, 2) + timedelta(weeks=n)}T09:00" for n in range(6)]


def round_of(group: Group, wall: str, *answering: str) -> Closed:
    """One whole round in Lisbon's time, in which only these people answer."""
    group.plan(wall)
    group.it_is(wall.replace("T", " "))
    group.prompts()
    group.open()
    for user in answering:
        group.submit(user, "in")
    group.later(hours=9)
    closed = group.close()
    assert isinstance(closed, Closed)
    return closed


def test_who_owes_an_answer_is_reminded_once_in_her_working_hours(group: Group) -> None:
    group.standup = replace(WEEKLY, optional=frozenset({MARTA}))
    group.plan()
    reminded: Counter[str] = Counter()
    at = {}
    for half_hour in range(0, 60):
        group.now = utc("2026-11-22 18:00") + timedelta(minutes=30 * half_hour)
        group.prompts()
        group.open()
        if group.now == utc("2026-11-23 10:00"):
            group.submit(RUI, "in")
        for person in group.remind().remind:
            reminded[person.user] += 1
            at[person.user] = group.now
            assert person.reminders_sent == 1
    assert reminded == {NOA: 1, KAVYA: 1, AROHA: 1}
    assert (at[AROHA], at[NOA]) == (utc("2026-11-22 23:00"), utc("2026-11-23 17:00"))


def test_a_reminder_outside_her_hours_waits_for_the_next_or_is_dropped(group: Group) -> None:
    group.standup = replace(FIXED, window=timedelta(hours=16))
    group.monday_morning()
    group.it_is("2026-11-23 12:00")
    found = group.remind()
    # In New York it is seven in the morning; in Kolkata half past five in the afternoon; in Auckland night.
    assert {person.user for person in found.remind} == {RUI, MARTA, KAVYA}
    assert found.moments == (utc("2026-11-23 14:00"), utc("2026-11-23 20:00"))
    group.it_is("2026-11-23 14:00")
    assert {person.user for person in group.remind().remind} == {NOA}
    group.it_is("2026-11-23 20:00")
    assert {person.user for person in group.remind().remind} == {AROHA}
    group.it_is("2026-11-23 21:00")
    assert group.remind().remind == ()


def test_a_reminder_that_would_come_after_the_close_is_dropped(group: Group) -> None:
    group.monday_morning()
    group.it_is("2026-11-23 12:00")
    assert group.remind().moments == (utc("2026-11-23 14:00"),)
    group.it_is("2026-11-23 17:59")
    assert {person.user for person in group.remind().remind} == {NOA}


def test_who_went_away_meanwhile_is_not_reminded(group: Group) -> None:
    group.monday_morning()
    group.people(PeopleStore.pause, RUI, group.now)
    group.it_is("2026-11-23 12:00")
    assert RUI not in {person.user for person in group.remind().remind}


def test_several_reminders_come_one_after_another(group: Group) -> None:
    group.standup = replace(FIXED, reminders=(timedelta(hours=2), timedelta(hours=4)))
    group.monday_morning()
    counts = []
    for hour in range(10, 18):
        group.it_is(f"2026-11-23 {hour}:00")
        counts += [(hour, each.reminders_sent) for each in group.remind().remind if each.user == RUI]
    assert counts == [(11, 1), (13, 2)]


def test_after_three_silent_rounds_she_is_asked_once_and_reminded_no_more(group: Group) -> None:
    everyone_else = [user for user in ZONES if user != RUI]
    asked = [round_of(group, wall, *everyone_else).silent for wall in MONDAYS[:3]]
    assert asked == [(), (), (RUI,)]
    group.plan(MONDAYS[3])
    group.it_is("2026-11-23 09:00")
    assert RUI in group.prompts()
    group.it_is("2026-11-23 12:00")
    found = group.remind()
    assert RUI not in {person.user for person in (*found.remind, *found.silent)}
    group.it_is("2026-11-23 18:00")
    assert group.close().silent == ()
    assert group.do(usecases.preference, RUI, "weekly").silent_asked_at is not None


def test_an_answer_ends_the_silence(group: Group) -> None:
    others = [user for user in ZONES if user != RUI]
    for wall in MONDAYS[:3]:
        round_of(group, wall, *others)
    group.plan(MONDAYS[3])
    group.it_is("2026-11-23 09:00")
    group.prompts()
    group.submit(RUI, "back again")
    assert group.do(usecases.preference, RUI, "weekly").silent_asked_at is None
    group.it_is("2026-11-23 18:00")
    group.close()
    asked = [round_of(group, wall, *others).silent for wall in MONDAYS[4:]]
    assert asked == [(), ()]


def test_rounds_in_which_nothing_was_awaited_of_her_are_no_silence(group: Group) -> None:
    others = [user for user in ZONES if user != RUI]
    round_of(group, MONDAYS[0], *others)
    round_of(group, MONDAYS[1], *others)
    group.people(PeopleStore.add_absence, RUI, Absence(date(2026, 11, 16), date(2026, 11, 16)))
    assert round_of(group, MONDAYS[2], *others).silent == ()
    assert round_of(group, MONDAYS[3], *others).silent == (RUI,)


def test_a_silence_that_nobody_asked_about_is_asked_about_in_place_of_a_reminder(group: Group) -> None:
    for wall in MONDAYS[:3]:
        round_of(group, wall, MARTA)

    def forget(tx: Tx, team: str) -> None:
        PreferenceStore(tx, team).clear_silent("weekly", RUI)

    group.do(forget)
    group.plan(MONDAYS[3])
    group.it_is("2026-11-23 09:00")
    group.prompts()
    group.it_is("2026-11-23 12:00")
    found = group.remind()
    assert [person.user for person in found.silent] == [RUI]
    assert group.remind().silent == ()


def test_the_digest_is_grouped_by_function_and_counts_everything(group: Group) -> None:
    group.standup = replace(FIXED, optional=frozenset({KAVYA}))
    group.people(PeopleStore.pause, NOA, group.now)
    group.monday_morning()
    group.submit(RUI, {"moved": "release", "stops": "price list", "waiting": "sales", "mood": 5, "ship": "yes"})
    group.later(minutes=1)
    group.submit(KAVYA, {"moved": "tests", "mood": 2, "ship": "yes"})
    group.submit(AROHA, {"moved": "sketches", "waiting": "engineering"})
    group.it_is("2026-11-23 18:00")
    digest = group.close().digest
    assert [(each.function, each.name, each.side) for each in digest.sections] == [
        ("engineering", "Engineering", "technical"),
        (None, "No function", None),
    ]
    assert [each.name for each in digest.sections[0].entries] == ["Rui", "Kavya"]
    counts = digest.counts
    assert (counts.expected, counts.answered, counts.optional_answered, counts.away, counts.late) == (3, 2, 1, 1, 0)
    assert digest.away == ((NOA, "paused"),)
    assert digest.missing_for_owner == (MARTA,)
    assert [(line.blocker.text, line.function, line.age) for line in digest.blockers] == [
        ("price list", "Sales", "today")
    ]
    assert {(ask.from_function, ask.function, ask.count) for ask in digest.asks} == {
        ("engineering", "sales", 1),
        (None, "engineering", 1),
    }
    assert [(each.question.key, each.average, each.count) for each in digest.scales] == [("mood", 3.5, 2)]
    assert [(each.question.key, each.counts) for each in digest.choices] == [("ship", (("yes", 2),))]


def test_blockers_grow_older_in_working_time(group: Group) -> None:
    group.monday_morning()
    group.submit(RUI, {"moved": "a", "stops": "price list", "waiting": "sales"})
    group.it_is("2026-11-23 18:00")
    group.close()
    group.it_is("2026-11-30 09:00")
    (line,) = group.digest().blockers
    assert line.age == "5 working days"
    (ask,) = group.digest().asks
    assert (ask.count, ask.oldest) == (1, utc("2026-11-23 09:00"))


def test_what_concerns_somebody(group: Group) -> None:
    group.monday_morning()
    group.submit(RUI, {"moved": f"with <@{NOA}>", "stops": "price list", "waiting": "sales"})
    group.submit(NOA, {"moved": f"about <@{NOA}>", "stops": "a release"})
    group.submit(KAVYA, "nothing of hers <@UNOAH>")
    found = group.do(usecases.concerns, group.round, NOA, CALENDAR, group.now)
    assert found.function == "sales"
    assert [line.blocker.text for line in found.waiting] == ["price list"]
    assert [line.blocker.text for line in found.mine] == ["a release"]
    assert [each.user for each in found.entries] == [RUI]
    assert [(ask.from_function, ask.count) for ask in found.asks] == [("engineering", 1)]


def test_what_is_shown_at_the_close_concerns_nobody_before(group: Group) -> None:
    group.standup = replace(FIXED, shows="at the close")
    group.monday_morning()
    group.submit(RUI, f"with <@{NOA}>")
    assert group.do(usecases.concerns, group.round, NOA, CALENDAR, group.now).entries == ()
    group.it_is("2026-11-23 18:00")
    group.close()
    assert len(group.do(usecases.concerns, group.round, NOA, CALENDAR, group.now).entries) == 1


def test_a_private_round_concerns_nobody_outside(group: Group) -> None:
    group.standup = replace(FIXED, channel=BOARD)
    group.monday_morning()
    group.submit(RUI, {"moved": f"about <@{NOA}>", "stops": "x", "waiting": "sales"})
    with pytest.raises(NotAsked):
        group.do(usecases.concerns, group.round, NOA, CALENDAR, group.now)


def test_the_last_round_is_found_by_its_local_day(group: Group) -> None:
    round_of(group, MONDAYS[0])
    round_of(group, MONDAYS[1])
    group.plan(MONDAYS[2])
    newest = group.do(usecases.last_round, "weekly", None)
    assert newest is not None
    assert newest.wall == MONDAYS[1]
    earlier = group.do(usecases.last_round, "weekly", date(2026, 11, 2))
    assert earlier is not None
    assert earlier.wall == MONDAYS[0]
    assert group.do(usecases.last_round, "weekly", date(2026, 11, 3)) is None


def test_a_round_of_three_hundred_takes_a_few_statements_a_step(group: Group) -> None:
    team = new_team()
    group.database.write_now(furnish, team)
    crowd = Group(group.database, team)
    users = [f"U{n:03}" for n in range(300)]
    crowd.people(PeopleStore.save_channel, ChannelRow(SYNC, "product-sync"))
    crowd.people(PeopleStore.save_members, [row(user, "Europe/Lisbon") for user in users], crowd.now)
    crowd.people(PeopleStore.join, SYNC, *users)
    cost: dict[str, int] = {}

    def counted(step: str, *call: object) -> object:
        with statements_counted() as told:
            found = call[0](*call[1:])  # type: ignore[operator]
        cost[step] = len(told)
        return found

    counted("plan", crowd.plan)
    crowd.it_is("2026-11-23 09:00")
    prompts = counted("prompts", crowd.prompts, 400)
    counted("open", crowd.open)
    crowd.it_is("2026-11-23 12:00")
    counted("remind", crowd.remind)
    counted("replan", crowd.replan, FIXED)
    crowd.submit("U001", "in")
    crowd.it_is("2026-11-23 18:00")
    closed = counted("close", crowd.close)
    assert isinstance(prompts, dict)
    assert len(prompts) == 305
    assert isinstance(closed, Closed)
    assert len(closed.digest.missing_for_owner) == 304
    assert max(cost.values()) <= 22, cost


@pytest.mark.parametrize("welcome", [False, True])
def test_people_of_other_companies_read_nothing_unless_the_settings_say_so(group: Group, welcome: bool) -> None:
    group.standup = replace(FIXED, strangers=welcome)
    group.people(PeopleStore.save_member, row("USTRANGER", "Europe/Lisbon", stranger=True), group.now)
    group.people(PeopleStore.join, SYNC, "USTRANGER")
    group.monday_morning()
    round_ = group.do(usecases.get_round, group.round)
    assert group.do(usecases.viewable, round_, "USTRANGER") is welcome
    assert not group.do(usecases.viewable, round_, "UNKNOWN")
    if not welcome:
        with pytest.raises(NotAsked):
            group.do(usecases.concerns, group.round, "USTRANGER", CALENDAR, group.now)


def test_who_left_after_she_was_asked_is_neither_reminded_nor_missing_until_she_comes_back(group: Group) -> None:
    group.monday_morning()
    group.people(PeopleStore.leave, SYNC, RUI)
    group.replan(group.standup)
    group.it_is("2026-11-23 12:00")
    assert RUI not in {each.user for each in group.remind().remind}
    assert RUI not in group.digest().missing_for_owner
    group.people(PeopleStore.join, SYNC, RUI)
    group.replan(group.standup)
    assert RUI in group.digest().missing_for_owner


def test_what_is_shown_at_the_close_is_in_no_digest_before_it(group: Group) -> None:
    group.standup = replace(FIXED, shows="at the close")
    group.monday_morning()
    group.submit(RUI, {"moved": "not yet for everybody", "waiting": "sales", "mood": 2})
    before = group.digest()
    assert (before.sections, before.asks, before.scales) == ((), (), ())
    assert before.counts.answered == 1
    group.it_is("2026-11-23 18:00")
    group.close()
    after = group.digest()
    assert [entry.user for section in after.sections for entry in section.entries] == [RUI]
    assert (len(after.asks), len(after.scales)) == (1, 1)
