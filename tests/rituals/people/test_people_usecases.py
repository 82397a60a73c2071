"""What somebody says about herself, kept and obeyed."""

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from rituals.people import usecases
from rituals.people.rules import Absence, NotADateRange
from rituals.people.store import MemberRow, PeopleStore
from rituals.tables import Tx

if TYPE_CHECKING:
    from bot.database import Database

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def absences_of(tx: Tx, user: str) -> tuple[Absence, ...]:
    return PeopleStore(tx, "T1").absences([user]).get(user, ())


def test_going_away_twice_over_the_same_days_is_one_absence(database: "Database") -> None:
    first = database.write_now(usecases.go_away, "T1", "U1", "24 Dec - 2 Jan", TODAY)
    whole = database.write_now(usecases.go_away, "T1", "U1", "2 Jan - 5 Jan", TODAY)
    assert first == Absence(date(2026, 12, 24), date(2027, 1, 2))
    assert whole == Absence(date(2026, 12, 24), date(2027, 1, 5))
    assert database.read_now(absences_of, "U1") == (whole,)


def test_days_that_cannot_be_read_change_nothing(database: "Database") -> None:
    with pytest.raises(NotADateRange) as refused:
        database.write_now(usecases.go_away, "T1", "U1", "soonish", TODAY)
    assert refused.value.text == "soonish"
    assert database.read_now(absences_of, "U1") == ()


def test_coming_back_takes_back_today_and_what_follows(database: "Database") -> None:
    database.write_now(usecases.go_away, "T1", "U1", "20 Nov - 30 Nov", TODAY)
    assert database.write_now(usecases.come_back, "T1", "U1", TODAY)
    assert database.read_now(absences_of, "U1") == (Absence(date(2026, 11, 20), date(2026, 11, 22)),)
    assert not database.write_now(usecases.come_back, "T1", "U1", TODAY)


def test_a_pause_can_be_ended(database: "Database") -> None:
    assert database.write_now(usecases.pause, "T1", "U1", NOW)
    assert not database.write_now(usecases.pause, "T1", "U1", NOW)
    assert database.write_now(usecases.resume, "T1", "U1")
    assert not database.write_now(usecases.resume, "T1", "U1")


def test_today_is_the_date_where_she_is(database: "Database") -> None:
    def arrive(tx: Tx) -> None:
        row = MemberRow("U1", "Mere", "mere", "mere@acme.example", "Pacific/Auckland")
        PeopleStore(tx, "T1").save_member(row, NOW)

    database.write_now(arrive)
    assert database.read_now(usecases.today_of, "T1", "U1", NOW) == date(2026, 11, 24)
    assert database.read_now(usecases.today_of, "T1", "U2", NOW) == date(2026, 11, 23)
