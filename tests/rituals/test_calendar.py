"""Working time, against plain cases and against a walk through every minute."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rituals.calendar import (
    WorkCalendar,
    age_words,
    at_wall,
    country_suggestions,
    holiday_name,
    is_working_day,
    known_country,
    next_working_day,
    next_working_moment,
    within_hours,
    working_days,
    working_time,
)

MINUTE = timedelta(minutes=1)
WEEK = frozenset(range(5))
OFFICE = WorkCalendar("Europe/Lisbon", WEEK, time(9), time(18), frozenset({date(2026, 12, 24)}), "PT")

# Clocks change here at 00:00, 01:00, 02:00, 03:00, by an hour and by half an hour, on Thursdays, Fridays and Sundays.
ZONES = [
    "Europe/Lisbon",
    "America/New_York",
    "Asia/Kolkata",
    "Pacific/Auckland",
    "Australia/Lord_Howe",
    "Africa/Cairo",
    "Atlantic/Azores",
    "America/Havana",
    "Africa/Casablanca",
    "Asia/Beirut",
]
# Days before changes of clocks and before holidays.
EVES = [
    date(2026, 2, 13),
    date(2026, 3, 6),
    date(2026, 3, 27),
    date(2026, 4, 3),
    date(2026, 4, 22),
    date(2026, 9, 25),
    date(2026, 10, 2),
    date(2026, 10, 23),
    date(2026, 10, 28),
    date(2026, 12, 23),
    date(2026, 12, 31),
]


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


calendars = st.builds(
    WorkCalendar,
    zone=st.sampled_from(ZONES),
    days=st.sampled_from([WEEK, frozenset({6, 0, 1, 2, 3}), frozenset(range(7)), frozenset({1})]),
    # An office that is open over midnight's change of clocks, and plain ones.
    opens=st.sampled_from([time(0), time(5), time(8), time(9, 30)]),
    closes=st.sampled_from([time(12), time(17), time(18, 45), time(22)]),
    own=st.sets(st.sampled_from(EVES), max_size=2).map(frozenset),
    country=st.sampled_from([None, "PT", "US-CA", "IN", "NZ", "EG"]),
)
moments = st.builds(
    lambda day, minutes: datetime(day.year, day.month, day.day, tzinfo=UTC) + minutes * MINUTE,
    st.sampled_from(EVES),
    st.integers(-1440, 4 * 1440),
)


def works_at(calendar: WorkCalendar, at: datetime, zone: str, country: str | None) -> bool:
    """The oracle: what somebody in `zone` would say with a look at the clock on her wall."""
    wall = at.astimezone(ZoneInfo(zone))
    return calendar.opens <= wall.time() < calendar.closes and is_working_day(calendar, wall.date(), country)


@settings(max_examples=150, deadline=None)
@given(
    calendar=calendars, start=moments, minutes=st.integers(-60, 5 * 1440), country=st.sampled_from([None, "US", "PT"])
)
def test_working_time_is_the_working_minutes_between(
    calendar: WorkCalendar, start: datetime, minutes: int, country: str | None
) -> None:
    counted = sum(works_at(calendar, start + step * MINUTE, calendar.zone, country) for step in range(minutes))
    assert working_time(calendar, start, start + minutes * MINUTE, country=country) == counted * MINUTE


@settings(max_examples=150, deadline=None)
@given(calendar=calendars, at=moments, zone=st.sampled_from(ZONES))
def test_the_next_working_moment_is_the_first_working_minute(calendar: WorkCalendar, at: datetime, zone: str) -> None:
    minute = at
    while not works_at(calendar, minute, zone, None):
        minute += MINUTE
    assert next_working_moment(calendar, at, zone) == minute
    assert within_hours(calendar, at, zone) == (minute == at)


@settings(deadline=None)
@given(calendar=calendars, at=moments, first=st.integers(0, 10_000), second=st.integers(0, 10_000))
def test_working_time_adds_up(calendar: WorkCalendar, at: datetime, first: int, second: int) -> None:
    middle, end = at + first * MINUTE, at + (first + second) * MINUTE
    whole, parts = (at, end), ((at, middle), (middle, end))
    assert sum((working_time(calendar, *part) for part in parts), timedelta()) == working_time(calendar, *whole)
    assert sum(working_days(calendar, *part) for part in parts) == pytest.approx(working_days(calendar, *whole))


@settings(deadline=None)
@given(calendar=calendars, day=st.dates(date(2026, 1, 1), date(2027, 12, 31)), days=st.integers(0, 30))
def test_a_whole_day_counts_one_even_when_clocks_change(calendar: WorkCalendar, day: date, days: int) -> None:
    place = ZoneInfo(calendar.zone)
    start = datetime.combine(day, time(), place).astimezone(UTC)
    end = datetime.combine(day + timedelta(days), time(), place).astimezone(UTC)
    counted = sum(is_working_day(calendar, day + timedelta(step)) for step in range(days))
    assert working_days(calendar, start, end) == pytest.approx(counted)


def test_an_office_open_over_the_change_of_clocks_works_an_hour_less_or_more() -> None:
    night = WorkCalendar("Europe/Lisbon", frozenset(range(7)), time(0), time(8))
    assert working_time(night, utc("2026-03-29T00:00"), utc("2026-03-29T12:00")) == timedelta(hours=7)
    assert working_time(night, utc("2026-10-24T23:00"), utc("2026-10-25T12:00")) == timedelta(hours=9)
    assert working_days(night, utc("2026-03-29T00:00"), utc("2026-03-29T12:00")) == 1.0


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2026-11-23T09:00", "2026-11-23T18:00", 9),
        ("2026-11-23T06:00", "2026-11-23T23:00", 9),
        ("2026-11-20T17:00", "2026-11-23T10:00", 2),
        ("2026-11-30T17:00", "2026-12-02T10:00", 2),
        ("2026-12-23T17:00", "2026-12-28T10:00", 2),
        ("2026-11-21T09:00", "2026-11-22T18:00", 0),
        ("2026-11-23T18:00", "2026-11-23T09:00", 0),
        ("2026-11-23T10:00", "2026-11-23T10:00", 0),
    ],
)
def test_evenings_weekends_and_days_off_are_no_working_time(start: str, end: str, hours: int) -> None:
    assert working_time(OFFICE, utc(start), utc(end)) == timedelta(hours=hours)
    assert working_days(OFFICE, utc(start), utc(end)) == pytest.approx(hours / 9)


def test_working_time_is_that_of_the_person() -> None:
    start, end = utc("2026-11-25T00:00"), utc("2026-11-28T00:00")
    assert working_time(OFFICE, start, end, "America/New_York", "US") == timedelta(hours=18)
    assert working_time(OFFICE, start, end, "America/New_York") == timedelta(hours=27)


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2026-11-23T09:00", "2026-11-23T18:00", "today"),
        ("2026-11-23T09:00", "2026-11-23T08:00", "today"),
        ("2026-11-23T17:00", "2026-11-24T10:00", "1 working day"),
        ("2026-11-23T17:00", "2026-11-24T23:00", "1 working day"),
        ("2026-11-20T17:00", "2026-11-22T10:00", "less than 1 working day"),
        ("2026-11-16T09:00", "2026-11-23T23:00", "5 working days"),
        ("2026-11-23T10:00", "2026-11-24T09:00", "1 working day"),
        ("2026-11-20T10:00", "2026-11-23T10:00", "1 working day"),
        ("2026-11-23T10:00", "2026-11-25T09:30", "2 working days"),
        ("2026-11-02T09:00", "2026-11-23T09:00", "15 working days"),
    ],
)
def test_an_age_in_words(start: str, end: str, words: str) -> None:
    assert age_words(OFFICE, utc(start), utc(end)) == words


@pytest.mark.parametrize(
    ("wall", "zone", "at"),
    [
        ("2026-11-23T09:00", "Pacific/Auckland", "2026-11-22T20:00"),
        ("2026-11-23T09:00", "Europe/Lisbon", "2026-11-23T09:00"),
        ("2026-03-08T02:30", "America/New_York", "2026-03-08T07:30"),
        ("2026-11-01T01:30", "America/New_York", "2026-11-01T05:30"),
        ("2026-10-04T02:15", "Australia/Lord_Howe", "2026-10-03T15:45"),
    ],
)
def test_a_wall_time_has_one_moment(wall: str, zone: str, at: str) -> None:
    assert at_wall(wall, zone) == utc(at)
    assert at_wall(wall, zone).tzinfo is UTC


@pytest.mark.parametrize(
    ("day", "country", "name"),
    [
        (date(2026, 12, 25), None, "Christmas Day"),
        (date(2026, 12, 24), None, "company day off"),
        (date(2026, 11, 26), "US", "Thanksgiving Day"),
        (date(2026, 11, 26), None, None),
        (date(2026, 3, 31), "US-CA", "Cesar Chavez Day"),
        (date(2026, 3, 31), "US", None),
        (date(2027, 12, 31), "US", "New Year's Day (observed)"),
        (date(2026, 11, 23), None, None),
    ],
)
def test_the_name_of_a_holiday(day: date, country: str | None, name: str | None) -> None:
    assert holiday_name(OFFICE, day, country) == name
    assert is_working_day(OFFICE, day, country) == (name is None)


def test_without_a_country_only_own_days_are_off() -> None:
    nowhere = WorkCalendar("UTC", WEEK, time(9), time(17), frozenset({date(2026, 12, 24)}))
    assert holiday_name(nowhere, date(2026, 12, 25)) is None
    assert holiday_name(nowhere, date(2026, 12, 24)) == "company day off"


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 11, 23), date(2026, 11, 23)),
        (date(2026, 11, 21), date(2026, 11, 23)),
        (date(2026, 12, 24), date(2026, 12, 28)),
        (date(2026, 12, 31), date(2026, 12, 31)),
        (date(2027, 1, 1), date(2027, 1, 4)),
    ],
)
def test_the_next_working_day(day: date, expected: date) -> None:
    assert next_working_day(OFFICE, day) == expected


def test_an_endless_break_is_named_instead_of_searched_for_ever() -> None:
    years = frozenset(date(2026, 1, 1) + timedelta(step) for step in range(1500))
    with pytest.raises(ValueError, match="check the calendar's days off"):
        next_working_day(WorkCalendar("UTC", WEEK, time(9), time(17), years), date(2026, 1, 1))


@pytest.mark.parametrize("hours", [(time(18), time(9)), (time(9), time(9))])
def test_hours_that_close_before_they_open_are_refused(hours: tuple[time, time]) -> None:
    with pytest.raises(ValueError, match="open before they close"):
        WorkCalendar("UTC", WEEK, *hours)


def test_a_week_without_days_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one day"):
        WorkCalendar("UTC", frozenset(), time(9), time(17))


@pytest.mark.parametrize(
    ("code", "known"),
    [("PT", True), ("US-CA", True), ("in", True), ("US-ZZ", False), ("XX", False), ("Portugal", False), ("", False)],
)
def test_a_country_is_known_or_not(code: str, known: bool) -> None:
    assert known_country(code) is known


@pytest.mark.parametrize(
    ("written", "meant"),
    [("Portugal", "PT"), ("portugual", "PT"), ("United States", "US"), ("US-ca", "US-CA"), ("GB-ENGL", "GB-ENG")],
)
def test_a_mistyped_country_is_met_with_the_code_that_was_meant(written: str, meant: str) -> None:
    assert country_suggestions(written)[0] == meant
