"""Days as people write them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rituals.people.dates import parse_away
from rituals.people.rules import Absence, NotADateRange

MONDAY = date(2026, 11, 23)
AFTER_CHRISTMAS = date(2026, 12, 28)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("24 Dec - 2 Jan", "2026-12-24", "2027-01-02"),
        ("24 Dec-2 Jan", "2026-12-24", "2027-01-02"),
        ("24 dec – 2 jan", "2026-12-24", "2027-01-02"),  # noqa: RUF001
        ("from 24 December to 2 January", "2026-12-24", "2027-01-02"),
        ("24 Dec 2026 until 2 Jan 2027", "2026-12-24", "2027-01-02"),
        ("24 Dec - 2 Jan 2027", "2026-12-24", "2027-01-02"),
        ("24 Dec 2026 - 2 Jan", "2026-12-24", "2027-01-02"),
        ("2026-12-24 to 2027-01-02", "2026-12-24", "2027-01-02"),
        ("2026-12-24 - 2027-01-02", "2026-12-24", "2027-01-02"),
        ("24.12. - 2.1.", "2026-12-24", "2027-01-02"),
        ("24.12.-2.1.2027", "2026-12-24", "2027-01-02"),
        ("24 - 28 dec", "2026-12-24", "2026-12-28"),
        ("Dec 24-28", "2026-12-24", "2026-12-28"),
        ("28 - 2 jan", "2026-12-28", "2027-01-02"),
        ("2 Jan - 5 Jan", "2027-01-02", "2027-01-05"),
        ("20 Nov - 30 Nov", "2026-11-20", "2026-11-30"),
        ("dec 24", "2026-12-24", "2026-12-24"),
        ("24th of December", "2026-12-24", "2026-12-24"),
        ("December 24th, 2026", "2026-12-24", "2026-12-24"),
        ("Thu 24 Dec", "2026-12-24", "2026-12-24"),
        ("thursday, 24 December 2026", "2026-12-24", "2026-12-24"),
        ("24.12", "2026-12-24", "2026-12-24"),
        ("2026-12-24.", "2026-12-24", "2026-12-24"),
        ("1 nov", "2027-11-01", "2027-11-01"),
        ("today", "2026-11-23", "2026-11-23"),
        ("Tomorrow!", "2026-11-24", "2026-11-24"),
        ("monday", "2026-11-23", "2026-11-23"),
        ("on Friday", "2026-11-27", "2026-11-27"),
        ("next friday", "2026-12-04", "2026-12-04"),
        ("wed - fri", "2026-11-25", "2026-11-27"),
        ("mon - wed", "2026-11-23", "2026-11-25"),
        ("fri to mon", "2026-11-27", "2026-11-30"),
        ("tomorrow until friday", "2026-11-24", "2026-11-27"),
        ("friday to 2 jan", "2026-11-27", "2027-01-02"),
        ("until 2 Jan", "2026-11-23", "2027-01-02"),
        ("until friday", "2026-11-23", "2026-11-27"),
        ("this week", "2026-11-23", "2026-11-29"),
        ("the rest of the week", "2026-11-23", "2026-11-29"),
        ("next week", "2026-11-30", "2026-12-06"),
        ("next month", "2026-12-01", "2026-12-31"),
        ("3 days", "2026-11-23", "2026-11-25"),
        ("for a week", "2026-11-23", "2026-11-29"),
        ("the next two weeks", "2026-11-23", "2026-12-06"),
    ],
)
def test_days_are_read(text: str, first: str, last: str) -> None:
    assert parse_away(text, MONDAY) == Absence(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("24 Dec - 2 Jan", "2026-12-24", "2027-01-02"),
        ("24 - 28 dec", "2026-12-24", "2026-12-28"),
        ("dec 24 - 28", "2026-12-24", "2026-12-28"),
        ("28 Dec", "2026-12-28", "2026-12-28"),
        ("27 Dec", "2027-12-27", "2027-12-27"),
        ("friday", "2027-01-01", "2027-01-01"),
        ("next month", "2027-01-01", "2027-01-31"),
        ("for 5 days", "2026-12-28", "2027-01-01"),
    ],
)
def test_the_year_turns_over(text: str, first: str, last: str) -> None:
    assert parse_away(text, AFTER_CHRISTMAS) == Absence(date.fromisoformat(first), date.fromisoformat(last))


def test_a_leap_day_is_read_in_the_year_that_has_it() -> None:
    assert parse_away("29 feb", date(2027, 11, 1)) == Absence(date(2028, 2, 29), date(2028, 2, 29))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "soon",
        "off",
        "until",
        "until further notice",
        "24",
        "9-17",
        "24/12",  # month and day, or day and month: nobody can tell for 2/1
        "31 feb",
        "29 feb",
        "12.13.",
        "24 mayo",
        "fri 24 dec",  # it is a Thursday
        "24 dec - 20 dec",
        "2020-01-01",
        "2 jan 2025 - 5 jan 2025",
        "2027-01-02 - 2026-12-24",
        "0 days",
        "999 weeks",
        "9999-12-31 - 2 jan",
        "x to y",
        "<!channel>",
    ],
)
def test_what_names_no_days_to_come_is_refused(text: str) -> None:
    with pytest.raises(NotADateRange) as refused:
        parse_away(text, MONDAY)
    assert refused.value.text == text


PIECES = ["24", "2", "31", ".", " ", "-", " - ", " to ", "until ", "dec", "jan", "feb", "2026", "mon", "next ", "week"]
PIECES += ["99 ", "days", "a ", "the ", "rest of ", "today", "tomorrow", ", ", "²", "٣", "0", "9999", "-12-31"]
written = st.text() | st.lists(st.sampled_from(PIECES), max_size=8).map("".join)


@given(text=written, today=st.dates(date(2020, 1, 1)))
def test_any_text_is_days_to_come_or_refused(text: str, today: date) -> None:
    try:
        found = parse_away(text, today)
    except NotADateRange:
        return
    assert found.first <= found.last
    assert found.last >= today


@given(first=st.dates(date(2026, 1, 1), date(2030, 1, 1)), days=st.integers(0, 150), ahead=st.integers(0, 100))
def test_two_dates_without_years_come_back_as_they_were_meant(first: date, days: int, ahead: int) -> None:
    absence = Absence(first, first + timedelta(days))
    text = " - ".join(f"{day.day} {day:%B}" for day in (absence.first, absence.last))
    assert parse_away(text, first - timedelta(ahead)) == absence
    assert parse_away(text, absence.last) == absence
