"""The next occurrence, against plain cases and against a walk through every minute around every transition."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.schedule.occurrences import Occurrence, next_after, parse_when

MINUTE = timedelta(minutes=1)
FIRST, LAST = datetime(2026, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)
WINDOW = timedelta(hours=30)

Matches = Callable[[datetime], bool]


def daily(hour: int, minute: int) -> Matches:
    return lambda wall: (wall.hour, wall.minute) == (hour, minute)


def weekly(weekday: int, hour: int, minute: int) -> Matches:
    return lambda wall: (wall.weekday(), wall.hour, wall.minute) == (weekday, hour, minute)


SCHEDULES: dict[str, Matches] = {
    "daily 00:30": daily(0, 30),
    "daily 01:30": daily(1, 30),
    "daily 02:30": daily(2, 30),
    "weekdays 09:00": lambda wall: wall.weekday() < 5 and (wall.hour, wall.minute) == (9, 0),
    "mon 00:30": weekly(0, 0, 30),
    "sun 02:00": weekly(6, 2, 0),
    "*/20 0-3 * * *": lambda wall: wall.hour <= 3 and wall.minute % 20 == 0,
}


@dataclass(frozen=True)
class Transition:
    """Clocks go from one offset to another at a moment, which is all that an oracle needs to know."""

    at: datetime
    before: timedelta
    after: timedelta


def offset(zone: ZoneInfo, at: datetime) -> timedelta:
    found = at.astimezone(zone).utcoffset()
    assert found is not None
    return found


def transitions(zone: ZoneInfo) -> Iterator[Transition]:
    """Every change of offset of this year and next, found by looking every six hours and halving."""
    step = timedelta(hours=6)
    at, before = FIRST, offset(zone, FIRST)
    while at < LAST:
        after = offset(zone, at + step)
        if after != before:
            low, high = at, at + step
            while high - low > MINUTE:
                middle = low + (high - low) // MINUTE // 2 * MINUTE
                low, high = (middle, high) if offset(zone, middle) == before else (low, middle)
            yield Transition(high, before, after)
        at, before = at + step, after


@cache
def oracle(transition: Transition) -> dict[str, list[Occurrence]]:
    """Walks through every minute of UTC and looks at the wall clock: the first time that it shows a matching time
    counts, and a matching time that it jumps over counts as much later as it jumps."""
    shown: set[datetime] = set()
    due: dict[str, dict[datetime, str]] = {text: {} for text in SCHEDULES}
    jump = transition.after - transition.before
    at = transition.at - WINDOW
    while at <= transition.at + WINDOW:
        now = at.replace(tzinfo=None) + (transition.after if at >= transition.at else transition.before)
        happening = [] if now in shown else [now]
        if at >= transition.at and at < transition.at + jump:
            happening.append(now - jump)
        shown.update(happening)
        for wall in happening:
            for text, matches in SCHEDULES.items():
                if matches(wall):
                    written = wall.isoformat(timespec="minutes")
                    due[text][at] = min(due[text].get(at, written), written)
        at += MINUTE
    return {text: [Occurrence(wall, at) for at, wall in found.items()] for text, found in due.items()}


def occurrences(text: str, zone: str, after: datetime, until: datetime) -> Iterator[Occurrence]:
    when = parse_when(text)
    while (found := next_after(when, zone, after)).at <= until:
        yield found
        after = found.at


def test_nothing_is_missed_or_doubled_around_any_transition_of_any_zone() -> None:
    missed: list[str] = []
    doubled: list[str] = []
    checked = 0
    for name in sorted(available_timezones()):
        for transition in transitions(ZoneInfo(name)):
            start, end = transition.at - WINDOW, transition.at + WINDOW
            for text, expected in oracle(transition).items():
                found = list(occurrences(text, name, start - MINUTE, end))
                missed += [f"{name} {text}: {each}" for each in set(expected) - set(found)]
                doubled += [f"{name} {text}: {each}" for each in set(found) - set(expected)]
                doubled += [f"{name} {text}: twice"] * (len(found) - len({each.wall for each in found}))
                checked += len(expected)
    assert (missed, doubled) == ([], [])
    assert checked > 30_000


def test_the_oracle_sees_both_kinds_of_transition() -> None:
    forward, back = list(transitions(ZoneInfo("America/New_York")))[:2]
    assert (forward.at, back.at) == (datetime(2026, 3, 8, 7, 0, tzinfo=UTC), datetime(2026, 11, 1, 6, 0, tzinfo=UTC))
    assert Occurrence("2026-03-08T02:30", datetime(2026, 3, 8, 7, 30, tzinfo=UTC)) in oracle(forward)["daily 02:30"]
    assert [each.wall for each in oracle(back)["daily 01:30"]].count("2026-11-01T01:30") == 1


@pytest.mark.parametrize(
    ("text", "zone", "after", "wall", "at"),
    [
        ("mon 09:00", "Europe/Lisbon", "2026-11-22T12:00", "2026-11-23T09:00", "2026-11-23T09:00"),
        ("mon 09:00", "Europe/Lisbon", "2026-11-23T09:00", "2026-11-30T09:00", "2026-11-30T09:00"),
        ("Monday 9:00", "Pacific/Auckland", "2026-11-21T12:00", "2026-11-23T09:00", "2026-11-22T20:00"),
        ("mon 09:00", "Asia/Kolkata", "2026-11-22T12:00", "2026-11-23T09:00", "2026-11-23T03:30"),
        ("mon,thu 09:30", "UTC", "2026-11-23T09:30", "2026-11-26T09:30", "2026-11-26T09:30"),
        ("monday and thursday at 9:30", "UTC", "2026-11-23T09:30", "2026-11-26T09:30", "2026-11-26T09:30"),
        ("fri-mon 08:00", "UTC", "2026-11-23T08:00", "2026-11-27T08:00", "2026-11-27T08:00"),
        ("weekdays 09:00", "UTC", "2026-11-27T09:00", "2026-11-30T09:00", "2026-11-30T09:00"),
        ("every weekday 09:00", "UTC", "2026-11-27T09:00", "2026-11-30T09:00", "2026-11-30T09:00"),
        ("daily 09:00", "UTC", "2026-11-27T09:00", "2026-11-28T09:00", "2026-11-28T09:00"),
        ("first mon 09:00", "UTC", "2026-11-27T09:00", "2026-12-07T09:00", "2026-12-07T09:00"),
        ("last fri 16:00", "UTC", "2026-11-27T16:00", "2026-12-25T16:00", "2026-12-25T16:00"),
        ("0 9 * * mon-fri", "UTC", "2026-11-27T09:00", "2026-11-30T09:00", "2026-11-30T09:00"),
        ("0 9 1 jan,jul *", "UTC", "2026-11-27T09:00", "2027-01-01T09:00", "2027-01-01T09:00"),
        ("0 9 29 2 *", "UTC", "2026-11-27T09:00", "2028-02-29T09:00", "2028-02-29T09:00"),
        ("*/15 9-17 * * mon", "UTC", "2026-11-23T17:45", "2026-11-30T09:00", "2026-11-30T09:00"),
        # 2026 has 53 weeks: counting by the calendar's week numbers would put two meetings in a row at the new year.
        ("every 2 weeks mon 09:00 from 2026-12-25", "UTC", "2026-12-21T09:00", "2027-01-04T09:00", "2027-01-04T09:00"),
        ("every 2 weeks mon 09:00 from 2027-02-01", "UTC", "2026-11-23T09:00", "2027-02-01T09:00", "2027-02-01T09:00"),
        ("mon 00:30", "America/New_York", "2026-03-08T12:00", "2026-03-09T00:30", "2026-03-09T04:30"),
        ("daily 02:30", "America/New_York", "2026-03-08T06:59", "2026-03-08T02:30", "2026-03-08T07:30"),
        ("daily 02:30", "America/New_York", "2026-03-08T07:15", "2026-03-08T02:30", "2026-03-08T07:30"),
        ("daily 01:30", "America/New_York", "2026-11-01T05:30", "2026-11-02T01:30", "2026-11-02T06:30"),
        ("15,30 2 * * *", "Australia/Lord_Howe", "2026-10-03T15:00", "2026-10-04T02:30", "2026-10-03T15:30"),
        ("15,30 2 * * *", "Australia/Lord_Howe", "2026-10-03T15:30", "2026-10-04T02:15", "2026-10-03T15:45"),
    ],
)
def test_the_next_occurrence(text: str, zone: str, after: str, wall: str, at: str) -> None:
    found = next_after(parse_when(text), zone, datetime.fromisoformat(after).replace(tzinfo=UTC))
    assert found == Occurrence(wall, datetime.fromisoformat(at).replace(tzinfo=UTC))


def test_every_second_week_goes_on_evenly_over_the_new_year() -> None:
    walls = occurrences(
        "every 2 weeks mon 09:00 from 2026-11-25",
        "Europe/Lisbon",
        datetime(2026, 11, 1, tzinfo=UTC),
        datetime(2027, 2, 1, tzinfo=UTC),
    )
    days = [date.fromisoformat(each.wall[:10]) for each in walls]
    assert days[0] == date(2026, 11, 23)
    assert {later - earlier for earlier, later in pairwise(days)} == {timedelta(weeks=2)}


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("", "Say when: for example “mon 09:00”"),
        ("mon", "Write for example “mon 09:00”"),
        ("09:00", "Write for example “daily 09:00” or “mon 09:00”"),
        ("mon 25:00", "Write 00:00 to 23:59"),
        ("mon 09:00 10:00", "Write the days, then one time"),
        ("mon 09:00 sharp", "Write the days, then one time"),
        ("mo 09:00", "“mo” in “mo 09:00” is no weekday. Write mon, tue"),
        ("1 09:00", "Write their names: mon, tue"),
        ("0 9 * * 1", "Write their names: mon, tue"),
        ("0 9 * * 1-5", "Write their names: mon, tue"),
        ("0 9 * * sun,3", "Write their names: mon, tue"),
        ("0 25 * * *", "“25” in “0 25 * * *” is no hour. Write 0 to 23"),
        ("60 9 * * *", "is no minute. Write 0 to 59"),
        ("0 9 0 * *", "is no day of the month. Write 1 to 31"),
        ("0 9 * jan/2 *", "is no month. Write 1 to 12"),
        ("0 9 * foo *", "is no month. Write 1 to 12"),
        ("0 17-9 * * *", "can't be read"),
        ("*/99 * * * *", "can't be read"),
        ("0 9 30 feb *", "names a day that no month has"),
        ("0 9 1 * mon", "write “first mon 09:00”"),
        ("every 2 weeks mon 09:00", "add a date, as in “… from 2026-11-23”"),
        ("every 2 weeks mon 09:00 from monday", "Write year, month and day"),
        ("every 0 weeks mon 09:00 from 2026-11-23", "write between 1 and 52 weeks"),
        ("every 3 days 09:00", "Write “every 2 weeks mon 09:00 from 2026-11-23”"),
    ],
)
def test_what_cannot_be_read_is_refused_with_advice(text: str, advice: str) -> None:
    with pytest.raises(ValueError, match=re.escape(advice)):
        parse_when(text)


def test_two_spellings_of_one_schedule_are_one() -> None:
    assert parse_when("  Mon   09:00 ") == parse_when("mon 09:00")


WRITTEN = st.text() | st.lists(
    st.sampled_from([*"0159*/,-:", " ", " ", "mon", "last ", "every ", "weeks ", "from ", "2026-11-23", "feb", "09:00"])
).map("".join)


@given(text=WRITTEN)
def test_any_text_is_read_or_refused_with_a_sentence(text: str) -> None:
    after = datetime(2026, 11, 23, tzinfo=UTC)
    refusal = ""
    try:
        when = parse_when(text)
    except ValueError as refused:
        refusal = str(refused)
    assert refusal.endswith(".") if refusal else next_after(when, "Europe/Lisbon", after).at > after
