"""When everybody is asked: plain cases over zones, clock changes, days off and wishes."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rituals.calendar import WorkCalendar
from rituals.people.rules import Absence, Member
from rituals.standup.rules import Participant, Preference, Round, planning
from rituals.standup.settings import Standup
from rituals.standup.store import snapshot
from tests.rituals.standup.group import AWAY, CALENDAR, FIXED, WEEKLY, utc

RUI = Member("URUI", "Rui", "Europe/Lisbon", "engineering", "technical", "PT")
NOA = Member("UNOA", "Noa", "America/New_York", "sales", "business", "US")
KAVYA = Member("UKAVYA", "Kavya", "Asia/Kolkata", "engineering", "technical", "IN")
AROHA = Member("UAROHA", "Aroha", "Pacific/Auckland", None, None, "NZ")
ALL = (RUI, NOA, KAVYA, AROHA)


def planned(
    standup: Standup, wall: str, *members: Member, **wishes: Preference
) -> tuple[Round, dict[str, Participant]]:
    round_, parts = planning.plan(standup, wall, members, wishes, CALENDAR, AWAY)
    return round_, {part.user: part for part in parts}


@pytest.mark.parametrize(
    ("wall", "lisbon", "new_york", "kolkata", "auckland"),
    [
        # An ordinary Monday in November: Auckland's has long begun, in Lisbon it is still Sunday evening.
        ("2026-11-23T09:00", "2026-11-23 09:00", "2026-11-23 14:00", "2026-11-23 03:30", "2026-11-22 20:00"),
        # The clocks went back in Lisbon the day before, and not yet in New York.
        ("2026-10-26T09:00", "2026-10-26 09:00", "2026-10-26 13:00", "2026-10-26 03:30", "2026-10-25 20:00"),
        # The week before, Lisbon was still on summer time.
        ("2026-10-19T09:00", "2026-10-19 08:00", "2026-10-19 13:00", "2026-10-19 03:30", "2026-10-18 20:00"),
        # New York went forward on 8 March, Lisbon not yet; Auckland is still on summer time.
        ("2026-03-09T09:00", "2026-03-09 09:00", "2026-03-09 13:00", "2026-03-09 03:30", "2026-03-08 20:00"),
    ],
)
def test_each_is_asked_at_her_own_nine_whatever_the_clocks_did(
    wall: str, lisbon: str, new_york: str, kolkata: str, auckland: str
) -> None:
    members = [replace(each, country=None) for each in ALL]
    round_, parts = planning.plan(WEEKLY, wall, members, {}, replace(CALENDAR, country=None), AWAY)
    found = [part.prompt_at for part in parts]
    assert found == [utc(lisbon), utc(new_york), utc(kolkata), utc(auckland)]
    assert round_.thread_at == utc(lisbon)
    assert round_.closes_at == utc(new_york) + timedelta(hours=9)
    assert round_.begins_at == utc(auckland) - WEEKLY.early


def test_a_fixed_zone_asks_everybody_at_once() -> None:
    round_, people = planned(FIXED, "2026-11-23T15:00", *ALL)
    assert {part.prompt_at for part in people.values()} == {utc("2026-11-23 15:00")}
    assert round_.closes_at == utc("2026-11-24 00:00")


def test_a_round_can_close_one_window_after_its_thread_opened() -> None:
    round_, people = planned(replace(WEEKLY, closes="thread"), "2026-11-23T09:00", *ALL)
    assert round_.closes_at == utc("2026-11-23 18:00")
    assert people["UNOA"].closes_at == utc("2026-11-23 18:00")
    assert people["UAROHA"].closes_at == utc("2026-11-23 05:00")


def test_whose_morning_comes_after_the_close_is_asked_when_the_thread_opens() -> None:
    honolulu = Member("UKAI", "Kai", "Pacific/Honolulu")
    _, people = planned(replace(WEEKLY, closes="thread"), "2026-11-24T09:00", RUI, honolulu)
    assert people["UKAI"].prompt_at == utc("2026-11-24 09:00")


def test_a_round_never_closes_before_its_thread_opens() -> None:
    round_, _ = planned(WEEKLY, "2026-11-23T09:00", AROHA)
    assert round_.closes_at == utc("2026-11-23 18:00")


def test_a_round_without_people_still_opens_and_closes() -> None:
    round_, people = planned(WEEKLY, "2026-11-23T09:00")
    assert not people
    assert round_.closes_at == utc("2026-11-23 18:00")


def test_a_holiday_of_one_country_leaves_only_its_people_alone() -> None:
    # Memorial Day in the United States.
    round_, people = planned(WEEKLY, "2026-05-25T09:00", *ALL)
    assert (people["UNOA"].state, people["UNOA"].away) == ("away", "Memorial Day")
    assert [people[each.user].state for each in (RUI, KAVYA, AROHA)] == ["planned"] * 3
    assert round_.closes_at == utc("2026-05-25 13:00") + timedelta(hours=9)


def test_a_prompt_on_a_holiday_moves_to_her_next_working_day_while_the_round_runs() -> None:
    long = replace(WEEKLY, window=timedelta(days=2))
    _, people = planned(long, "2026-05-25T09:00", *ALL)
    noa = people["UNOA"]
    assert (noa.state, noa.prompt_at, noa.away) == ("planned", utc("2026-05-26 13:00"), None)
    assert noa.closes_at == utc("2026-05-27 13:00")


def test_auckland_may_answer_a_day_later_and_still_be_in_before_the_last_zone_has_ended() -> None:
    # Labour Day in New Zealand: her Tuesday morning is New York's Monday afternoon.
    round_, people = planned(WEEKLY, "2026-10-26T09:00", *ALL)
    assert people["UAROHA"].prompt_at == utc("2026-10-26 20:00")
    assert people["UAROHA"].closes_at == round_.closes_at == utc("2026-10-26 22:00")


def test_a_prompt_on_a_holiday_is_skipped_where_the_settings_say_so() -> None:
    long = replace(WEEKLY, window=timedelta(days=2), on_holiday="skip")
    _, people = planned(long, "2026-05-25T09:00", *ALL)
    assert (people["UNOA"].state, people["UNOA"].away) == ("away", "Memorial Day")


def test_a_day_that_is_off_for_everybody_moves_the_whole_round() -> None:
    # 8 December is a holiday in Portugal.
    marta = replace(RUI, user="UMARTA")
    round_, people = planned(WEEKLY, "2026-12-08T09:00", RUI, marta)
    assert round_.thread_at == utc("2026-12-09 09:00")
    assert round_.closes_at == utc("2026-12-09 18:00")
    assert {part.prompt_at for part in people.values()} == {utc("2026-12-09 09:00")}
    assert {part.state for part in people.values()} == {"planned"}


def test_a_day_off_for_everybody_is_skipped_where_the_settings_say_so() -> None:
    round_, people = planned(replace(WEEKLY, on_holiday="skip"), "2026-12-08T09:00", RUI)
    assert round_.thread_at == utc("2026-12-08 09:00")
    assert people["URUI"].state == "away"


def test_an_absence_is_known_ahead_and_still_looked_at_when_her_time_comes() -> None:
    absent = replace(RUI, absences=(Absence(date(2026, 11, 23), date(2026, 11, 24)),))
    _, people = planned(WEEKLY, "2026-11-23T09:00", absent, KAVYA)
    assert (people["URUI"].state, people["URUI"].away) == ("planned", "away until 24 Nov")
    assert people["UKAVYA"].away is None


@pytest.mark.parametrize(
    ("at", "expected"), [("10:30", "2026-11-23 10:30"), ("07:15", "2026-11-23 07:15"), ("18:30", "2026-11-23 09:00")]
)
def test_another_time_of_day_is_followed_unless_the_round_would_be_over(at: str, expected: str) -> None:
    _, people = planned(FIXED, "2026-11-23T09:00", RUI, URUI=Preference("URUI", "weekly", at=at))
    assert people["URUI"].prompt_at == utc(expected)


@pytest.mark.parametrize(
    ("named", "wish", "optional"), [(True, None, True), (False, None, False), (False, True, True), (True, False, False)]
)
def test_a_wish_about_being_optional_goes_before_the_settings(named: bool, wish: bool | None, optional: bool) -> None:
    standup = replace(WEEKLY, optional=frozenset({"URUI"} if named else ()))
    _, people = planned(standup, "2026-11-23T09:00", RUI, URUI=Preference("URUI", "weekly", optional=wish))
    assert people["URUI"].optional is optional


@pytest.mark.parametrize(
    ("change", "settings", "taken"),
    [
        ({"bot": True}, {"guests": True, "strangers": True}, False),
        ({"deactivated": True}, {}, False),
        ({"guest": True}, {}, False),
        ({"guest": True}, {"guests": True}, True),
        ({"stranger": True}, {"guests": True}, False),
        ({"stranger": True}, {"strangers": True}, True),
        ({"paused": True}, {}, True),
    ],
)
def test_who_takes_part(change: dict[str, bool], settings: dict[str, bool], taken: bool) -> None:
    member = replace(RUI, **change)  # type: ignore[arg-type]
    assert planning.takes_part(member, replace(WEEKLY, **settings)) is taken  # type: ignore[arg-type]


def test_a_round_started_now_asks_at_once_whatever_the_hour() -> None:
    now = utc("2026-11-23 16:40")
    round_, parts = planning.plan_now(WEEKLY, "2026-11-23T16:40", ALL, {}, CALENDAR, AWAY, now)
    assert {part.prompt_at for part in parts} == {now}
    assert (round_.thread_at, round_.closes_at) == (now, now + timedelta(hours=9))


def test_the_moments_of_a_round_are_each_named_once() -> None:
    round_, people = planned(
        replace(WEEKLY, optional=frozenset({"UNOA"})), "2026-11-23T09:00", *ALL, replace(RUI, user="U2")
    )
    found = planning.moments(round_, people.values())
    assert found.prompts == tuple(
        map(utc, ("2026-11-22 20:00", "2026-11-23 03:30", "2026-11-23 09:00", "2026-11-23 14:00"))
    )
    assert found.reminders == tuple(map(utc, ("2026-11-22 23:00", "2026-11-23 06:30", "2026-11-23 12:00")))
    assert (found.thread_at, found.closes_at) == (round_.thread_at, round_.closes_at)


@pytest.mark.parametrize(
    ("asked", "reminded"),
    [("2026-11-23 09:00", "2026-11-23 12:00"), ("2026-11-23 10:30", "2026-11-23 12:00"), ("2026-11-23 11:00", None)],
)
def test_a_reminder_does_not_follow_a_belated_prompt_on_its_heels(asked: str, reminded: str | None) -> None:
    _, people = planned(FIXED, "2026-11-23T09:00", RUI)
    found = planning.first_reminder(FIXED, people["URUI"], utc(asked))
    assert found == (utc(reminded) if reminded else None)


def test_reminders_follow_one_another_until_her_window_ends() -> None:
    hours = [2, 5, 12]
    standup = replace(FIXED, reminders=tuple(timedelta(hours=each) for each in hours))
    _, people = planned(standup, "2026-11-23T09:00", RUI)
    once = replace(people["URUI"], reminders_sent=1)
    assert planning.next_reminder(standup, once, utc("2026-11-23 11:00")) == utc("2026-11-23 14:00")
    assert planning.next_reminder(standup, replace(once, reminders_sent=2), utc("2026-11-23 14:00")) is None


def test_a_round_is_planned_before_the_first_early_answer_may_come() -> None:
    first = Member("UFIRST", "First", "Pacific/Kiritimati")
    standup = replace(WEEKLY, thread_zone="Etc/GMT+12")
    round_, _ = planned(standup, "2026-11-23T09:00", first)
    assert round_.begins_at >= round_.thread_at - planning.begin_lead(standup)
    assert planning.begin_lead(FIXED) == FIXED.early


ZONE_NAMES = ["Europe/Lisbon", "America/New_York", "Asia/Kolkata", "Pacific/Auckland", "Pacific/Honolulu", "Asia/Tokyo"]
STANDUPS = st.builds(
    replace,
    st.just(WEEKLY),
    zone=st.sampled_from(["member", *ZONE_NAMES]),
    thread_zone=st.sampled_from(ZONE_NAMES),
    closes=st.sampled_from(["last", "thread"]),
    window=st.integers(1, 72).map(lambda hours: timedelta(hours=hours)),
    on_holiday=st.sampled_from(["move", "skip"]),
)
WALLS = st.tuples(st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.times()).map(
    lambda at: datetime.combine(*at).isoformat(timespec="minutes")
)
GROUPS = st.lists(st.sampled_from(ZONE_NAMES), max_size=6).map(
    lambda zones: [Member(f"U{n}", f"N{n}", zone, country="US" if n % 2 else None) for n, zone in enumerate(zones)]
)


@given(STANDUPS, WALLS, GROUPS)
def test_nobody_is_asked_on_a_day_off_or_after_the_close(standup: Standup, wall: str, members: list[Member]) -> None:
    calendar = WorkCalendar("Europe/Lisbon", frozenset(range(5)), time(9), time(18))
    round_, parts = planning.plan(standup, wall, members, {}, calendar, AWAY)
    assert round_.thread_at < round_.closes_at
    assert len(parts) == len(members)
    for part in parts:
        assert part.closes_at <= round_.closes_at
        assert (part.state == "away") <= (part.away is not None)
        if part.state == "planned":
            assert part.prompt_at < part.closes_at
            local = part.prompt_at.astimezone(ZoneInfo(part.zone))
            assert part.away is not None or local.weekday() < 5


@given(STANDUPS)
def test_a_rounds_settings_come_back_as_they_were_written(standup: Standup) -> None:
    kept = replace(standup, optional=frozenset({"U1"}), skip_dates=frozenset({"2026-12-28"}), digest="Hello é")
    assert snapshot.read(snapshot.written(kept)) == kept


def test_moments_are_aware() -> None:
    round_, people = planned(WEEKLY, "2026-11-23T09:00", *ALL)
    assert {part.prompt_at.tzinfo for part in people.values()} == {UTC}
    assert round_.closes_at.tzinfo is UTC
