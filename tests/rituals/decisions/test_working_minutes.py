"""Working minutes of many spans at once, against a walk through every minute and against the calendar."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rituals.calendar import WorkCalendar, is_working_day, working_time, working_windows
from rituals.decisions.worktime import worked_minutes

MINUTE = timedelta(minutes=1)
WEEK = frozenset(range(5))

# Clocks change here in spring and in autumn of either hemisphere, by an hour and by half an hour, by night and at noon
# of nobody's working day, on Thursdays, Fridays and Sundays.
ZONES = [
    "Europe/Lisbon",
    "America/New_York",
    "America/Santiago",
    "Asia/Kolkata",
    "Pacific/Auckland",
    "Australia/Lord_Howe",
    "Africa/Cairo",
    "Asia/Beirut",
]
# Days before changes of clocks and before holidays.
EVES = [
    date(2026, 3, 6),
    date(2026, 3, 27),
    date(2026, 4, 3),
    date(2026, 4, 22),
    date(2026, 9, 4),
    date(2026, 9, 25),
    date(2026, 10, 2),
    date(2026, 10, 23),
    date(2026, 10, 28),
    date(2026, 12, 23),
    date(2026, 12, 31),
]
calendars = st.builds(
    WorkCalendar,
    zone=st.sampled_from(ZONES),
    days=st.sampled_from([WEEK, frozenset({6, 0, 1, 2, 3}), frozenset(range(7)), frozenset({1})]),
    # An office that is open over a change of clocks, and plain ones.
    opens=st.sampled_from([time(0), time(5), time(9, 30)]),
    closes=st.sampled_from([time(12), time(17), time(22)]),
    own=st.sets(st.sampled_from(EVES), max_size=2).map(frozenset),
    country=st.sampled_from([None, "PT", "US-CA", "NZ", "EG"]),
)
moments = st.builds(
    lambda day, minutes: datetime(day.year, day.month, day.day, tzinfo=UTC) + minutes * MINUTE,
    st.sampled_from(EVES),
    st.integers(-1440, 4 * 1440),
)
zones = st.sampled_from([None, *ZONES])
countries = st.sampled_from([None, "US", "PT"])


def works_at(calendar: WorkCalendar, at: datetime, zone: str | None, country: str | None) -> bool:
    """The oracle: what somebody in `zone` would say with a look at the clock on her wall."""
    wall = at.astimezone(ZoneInfo(zone or calendar.zone))
    return calendar.opens <= wall.time() < calendar.closes and is_working_day(calendar, wall.date(), country)


@settings(max_examples=100, deadline=None)
@given(
    calendar=calendars,
    start=moments,
    lengths=st.lists(st.integers(-60, 4 * 1440), min_size=1, max_size=6),
    zone=zones,
    country=countries,
)
def test_it_is_the_working_minutes_between(
    calendar: WorkCalendar, start: datetime, lengths: list[int], zone: str | None, country: str | None
) -> None:
    """The spans begin together here, and end outside hours, on days off and while clocks change."""
    works = [works_at(calendar, start + step * MINUTE, zone, country) for step in range(max(0, *lengths))]
    ends = [(start + length * MINUTE).timestamp() for length in lengths]
    got = worked_minutes(calendar, [start.timestamp()] * len(ends), ends, zone, country)
    assert got.tolist() == [sum(works[: max(0, length)]) for length in lengths]


@settings(max_examples=100, deadline=None)
@given(
    calendar=calendars,
    spans=st.lists(st.tuples(moments, st.integers(-3600, 40 * 86400)), min_size=1, max_size=12),
    zone=zones,
    country=countries,
)
def test_it_agrees_with_the_calendar_to_the_nearest_minute(
    calendar: WorkCalendar, spans: list[tuple[datetime, int]], zone: str | None, country: str | None
) -> None:
    starts = [start.timestamp() for start, _ in spans]
    got = worked_minutes(
        calendar, starts, [start + length for start, (_, length) in zip(starts, spans, strict=True)], zone, country
    )
    for minutes, (start, length) in zip(got, spans, strict=True):
        worked = working_time(calendar, start, start + timedelta(seconds=length), zone, country)
        assert minutes == (worked + MINUTE / 2) // MINUTE


@settings(max_examples=50, deadline=None)
@given(calendar=calendars, day=st.sampled_from(EVES), days=st.integers(-2, 20), zone=zones, country=countries)
def test_windows_are_those_in_which_people_work(
    calendar: WorkCalendar, day: date, days: int, zone: str | None, country: str | None
) -> None:
    windows = list(working_windows(calendar, day, day + timedelta(days), zone, country))
    assert windows == sorted(windows)
    for opens, closes in windows:
        assert [works_at(calendar, at, zone, country) for at in (opens, closes - MINUTE)] == [True, True]
        assert not works_at(calendar, closes, zone, country)
    dates = [opens.astimezone(ZoneInfo(zone or calendar.zone)).date() for opens, _ in windows]
    assert dates == [at for step in range(days + 1) if is_working_day(calendar, at := day + timedelta(step), country)]


@pytest.mark.parametrize(
    ("seconds", "minutes"), [(0, 0), (29, 0), (29.9, 0), (30, 1), (89, 1), (90, 2), (-90, 0), (9 * 3600 + 999, 540)]
)
def test_half_a_minute_counts_as_one(seconds: float, minutes: int) -> None:
    office = WorkCalendar("Europe/Lisbon", WEEK, time(9), time(18))
    nine = datetime(2026, 11, 23, 9, tzinfo=UTC).timestamp()
    assert worked_minutes(office, [nine], [nine + seconds]).tolist() == [minutes]


def test_a_date_that_a_zone_skipped_counts_as_the_calendar_counts_it() -> None:
    """Samoa had no 30 December 2011; its hours fall upon those of the 31st."""
    office = WorkCalendar("Pacific/Apia", frozenset(range(7)), time(9), time(17))
    start, end = datetime(2011, 12, 29, tzinfo=UTC), datetime(2012, 1, 3, tzinfo=UTC)
    minutes = worked_minutes(office, [start.timestamp()], [end.timestamp()])
    assert minutes.tolist() == [working_time(office, start, end) // MINUTE]


def test_hours_that_clocks_skip_are_no_window() -> None:
    night = WorkCalendar("America/New_York", frozenset({6}), time(2, 30), time(3, 15))
    assert list(working_windows(night, date(2026, 3, 8), date(2026, 3, 8))) == []
    assert len(list(working_windows(night, date(2026, 3, 8), date(2026, 3, 15)))) == 1
    sunday = datetime(2026, 3, 8, tzinfo=UTC).timestamp()
    assert worked_minutes(night, [sunday], [sunday + 86400]).tolist() == [0]


def test_no_spans_have_no_minutes() -> None:
    office = WorkCalendar("Europe/Lisbon", WEEK, time(9), time(18))
    assert worked_minutes(office, [], []).tolist() == []
    assert worked_minutes(office, np.array([]), np.array([])).dtype == np.int64


@pytest.mark.parametrize("open_end", [float("nan"), float("inf")])
def test_a_span_without_an_end_is_refused(open_end: float) -> None:
    with pytest.raises(ValueError, match="ends when it is looked at"):
        worked_minutes(WorkCalendar("UTC", WEEK, time(9), time(18)), [0.0, 0.0], [60.0, open_end])
