"""Who is away and why, in tables of plain cases."""

from datetime import UTC, date, datetime, time

import pytest

from rituals.calendar import WorkCalendar
from rituals.people.rules import Absence, Away, AwayRules, Member, away_reason, day_words, free_from

OFFICE = WorkCalendar(
    "Europe/Lisbon", frozenset(range(5)), time(9), time(18), frozenset({date(2026, 12, 24), date(2026, 12, 28)}), "PT"
)
RULES = AwayRules(emojis=frozenset({"palm_tree", ":face_with_thermometer:"}))
CHRISTMAS = Absence(date(2026, 12, 21), date(2027, 1, 2))
MONDAY = "2026-11-23T10:00"


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def member(**what: object) -> Member:
    return Member(**{"user": "U1", "name": "Rui", "zone": "Europe/Lisbon", **what})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("who", "at", "why"),
    [
        (member(), MONDAY, None),
        (member(deactivated=True), MONDAY, Away("deactivated", "account deactivated")),
        (member(guest=True), MONDAY, Away("guest", "guest account")),
        (member(stranger=True), MONDAY, Away("stranger", "from another company")),
        (member(paused=True), MONDAY, Away("paused", "paused")),
        # Absences: her own days, both ends included.
        (member(absences=(CHRISTMAS,)), "2026-12-20T23:59", Away("weekend", "weekend", date(2026, 12, 20))),
        (member(absences=(CHRISTMAS,)), "2026-12-21T00:00", Away("absent", "away until 2 Jan", date(2027, 1, 2))),
        (member(absences=(CHRISTMAS,)), "2027-01-02T23:59", Away("absent", "away today", date(2027, 1, 2))),
        (member(absences=(CHRISTMAS,)), "2027-01-04T09:00", None),
        (
            member(absences=(Absence(date(2026, 11, 1), date(2028, 1, 2)),)),
            MONDAY,
            Away("absent", "away until 2 Jan 2028", date(2028, 1, 2)),
        ),
        # Statuses: those that the group lists, until they end.
        (member(status_emoji="palm_tree"), MONDAY, Away("status", "away by status")),
        (member(status_emoji=":Palm_Tree::skin-tone-2:"), MONDAY, Away("status", "away by status")),
        (member(status_emoji="face_with_thermometer"), MONDAY, Away("status", "away by status")),
        (member(status_emoji="coffee"), MONDAY, None),
        (member(status_emoji=""), MONDAY, None),
        (member(status_emoji="palm_tree", status_until=utc(MONDAY)), MONDAY, None),
        (
            member(status_emoji="palm_tree", status_until=utc("2026-11-23T18:00")),
            MONDAY,
            Away("status", "away by status today", date(2026, 11, 23)),
        ),
        # A status that ends at midnight ends with the day before.
        (
            member(status_emoji="palm_tree", status_until=utc("2026-11-28T00:00")),
            MONDAY,
            Away("status", "away by status until 27 Nov", date(2026, 11, 27)),
        ),
        # Weekends and holidays: those of her own country, in her own zone, up to her next working day.
        (member(), "2026-11-21T10:00", Away("weekend", "weekend", date(2026, 11, 22))),
        (member(zone="Pacific/Auckland"), "2026-11-22T20:00", None),
        (member(zone="America/New_York"), "2026-11-23T04:59", Away("weekend", "weekend", date(2026, 11, 22))),
        (member(), "2026-12-24T10:00", Away("holiday", "company day off", date(2026, 12, 28))),
        (member(), "2026-12-25T10:00", Away("holiday", "Christmas Day", date(2026, 12, 28))),
        (member(country="US"), "2026-11-26T15:00", Away("holiday", "Thanksgiving Day", date(2026, 11, 26))),
        (member(), "2026-11-26T15:00", None),
        (member(country="US"), "2026-12-01T15:00", None),
    ],
)
def test_why_somebody_is_left_alone(who: Member, at: str, why: Away | None) -> None:
    assert away_reason(who, utc(at), OFFICE, RULES) == why


EVERYTHING: dict[str, object] = {
    "deactivated": True,
    "stranger": True,
    "guest": True,
    "paused": True,
    "absences": (CHRISTMAS,),
    "status_emoji": "palm_tree",
}


@pytest.mark.parametrize("kind", ["deactivated", "stranger", "guest", "paused", "absent", "status", "holiday"])
def test_the_most_lasting_reason_is_named(kind: str) -> None:
    names = list(EVERYTHING)
    order = ["deactivated", "stranger", "guest", "paused", "absent", "status", "holiday"]
    left = {name: EVERYTHING[name] for name in names[order.index(kind) :]}
    found = away_reason(member(**left), utc("2026-12-25T10:00"), OFFICE, RULES)
    assert found is not None
    assert found.kind == kind


def test_guests_and_other_companies_take_part_where_the_group_says_so() -> None:
    open_to_all = AwayRules(guests=True, strangers=True)
    assert away_reason(member(guest=True, stranger=True), utc(MONDAY), OFFICE, open_to_all) is None
    only_guests = AwayRules(guests=True)
    found = away_reason(member(guest=True, stranger=True), utc(MONDAY), OFFICE, only_guests)
    assert found == Away("stranger", "from another company")


def test_a_date_shows_its_year_only_when_it_is_far() -> None:
    assert day_words(date(2027, 1, 2), date(2026, 12, 20)) == "2 Jan"
    assert day_words(date(2028, 1, 2), date(2026, 12, 20)) == "2 Jan 2028"


@pytest.mark.parametrize(
    ("one", "other", "touch"),
    [((1, 3), (4, 6), True), ((1, 3), (5, 6), False), ((1, 9), (4, 6), True), ((4, 6), (1, 3), True)],
)
def test_absences_touch_when_no_day_lies_between(one: tuple[int, int], other: tuple[int, int], touch: bool) -> None:
    first, second = (Absence(date(2026, 12, days[0]), date(2026, 12, days[1])) for days in (one, other))
    assert first.touches(second) is touch
    assert second.touches(first) is touch


BEACH = {"status_emoji": "palm_tree", "status_until": utc("2026-11-24T12:00")}


@pytest.mark.parametrize(
    ("who", "at", "free"),
    [
        (member(), MONDAY, MONDAY),
        (member(), "2026-11-23T20:00", "2026-11-24T09:00"),
        (member(zone="America/New_York"), "2026-11-23T09:00", "2026-11-23T14:00"),
        (member(absences=(Absence(date(2026, 11, 23), date(2026, 11, 25)),)), MONDAY, "2026-11-26T09:00"),
        # From Friday on she would be back, if the weekend did not follow, and then a day of her own.
        (
            member(
                absences=(
                    Absence(date(2026, 11, 23), date(2026, 11, 27)),
                    Absence(date(2026, 11, 30), date(2026, 11, 30)),
                )
            ),
            MONDAY,
            "2026-12-02T09:00",  # the first of December is a holiday
        ),
        (member(**BEACH), MONDAY, "2026-11-24T12:00"),
        # What has no known end puts nothing off: nobody could say until when.
        (member(paused=True), MONDAY, MONDAY),
        (member(status_emoji="palm_tree"), MONDAY, MONDAY),
        (member(absences=(Absence(date(2026, 11, 1), date.max),)), MONDAY, MONDAY),
    ],
)
def test_she_is_told_things_when_she_works_and_is_not_away(who: Member, at: str, free: str) -> None:
    assert free_from(who, utc(at), OFFICE, RULES) == utc(free)
