"""Working time: which days and hours count for whom, and how much of it lies between two moments.

Every span is a sum of days' working windows: local opening and closing hours, placed in a zone and compared in UTC, so
that a day on which clocks change is as long as it was.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from difflib import get_close_matches
from functools import lru_cache
from types import MappingProxyType
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
COMPANY_DAY = "company day off"
# No country comes near this many days off in a row; it ends the search when a list of own days covers everything.
LONGEST_BREAK = 1000


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """When a group works.

    `days` are weekdays, Monday 0; `opens` and `closes` are local hours of the same day; `own` are the group's further
    days off; `country` ("PT", "US-CA") gives the public holidays of everyone who has no country of her own.
    """

    zone: str
    days: frozenset[int]
    opens: time
    closes: time
    own: frozenset[date] = frozenset()
    country: str | None = None

    def __post_init__(self) -> None:
        if not self.days or not self.days <= frozenset(range(7)):
            raise ValueError("A working week needs at least one day, Monday being 0 and Sunday 6.")
        if self.opens >= self.closes:
            raise ValueError("Working hours must open before they close, on the same day.")


def at_wall(wall: str, zone: str) -> datetime:
    """When clocks in `zone` show `wall` ("2026-11-23T09:00"), in UTC. A repeated time: the first. A skipped time: as
    much later as clocks skip, so that 02:30 is the moment when they show 03:30."""
    return datetime.fromisoformat(wall).replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(UTC)


def holiday_name(calendar: WorkCalendar, day: date, country: str | None = None) -> str | None:
    """The name of the holiday on `day` in `country` (default: the calendar's), "company day off", or None."""
    code = country or calendar.country
    public = _holidays(code, day.year).get(day) if code else None
    return public or (COMPANY_DAY if day in calendar.own else None)


def is_working_day(calendar: WorkCalendar, day: date, country: str | None = None) -> bool:
    return day.weekday() in calendar.days and holiday_name(calendar, day, country) is None


def next_working_day(calendar: WorkCalendar, day: date, country: str | None = None) -> date:
    """`day` itself if people work on it, else the first day after it on which they do."""
    for step in range(LONGEST_BREAK):
        if is_working_day(calendar, day + step * DAY, country):
            return day + step * DAY
    raise ValueError(f"No working day within {LONGEST_BREAK} days after {day}: check the calendar's days off.")


def within_hours(calendar: WorkCalendar, at: datetime, zone: str, country: str | None = None) -> bool:
    """Whether `at` lies in the working hours of somebody in `zone`."""
    place = ZoneInfo(zone)
    day = at.astimezone(place).date()
    opens, closes = _window(calendar, day, place)
    return opens <= at < closes and is_working_day(calendar, day, country)


def next_working_moment(calendar: WorkCalendar, at: datetime, zone: str, country: str | None = None) -> datetime:
    """`at` itself if it lies in the working hours of somebody in `zone`, else the moment they next begin (UTC)."""
    place = ZoneInfo(zone)
    day = next_working_day(calendar, at.astimezone(place).date(), country)
    opens, closes = _window(calendar, day, place)
    if at >= closes:
        opens, _ = _window(calendar, next_working_day(calendar, day + DAY, country), place)
    return max(at, opens)


def working_day_ends(calendar: WorkCalendar, at: datetime, zone: str) -> datetime:
    """When working hours of the local day of `at` end in `zone` (UTC)."""
    place = ZoneInfo(zone)
    return _window(calendar, at.astimezone(place).date(), place)[1]


def add_working_days(calendar: WorkCalendar, at: datetime, days: int) -> datetime:
    """So many working days later, or earlier for a negative number: the same time of day on the group's clock (UTC)."""
    place = ZoneInfo(calendar.zone)
    local, step = at.astimezone(place), DAY if days > 0 else -DAY
    day = local.date()
    for _ in range(abs(days)):
        day += step
        while not is_working_day(calendar, day):
            day += step
    return datetime.combine(day, local.time(), place).astimezone(UTC)


def working_windows(
    calendar: WorkCalendar, first: date, last: date, zone: str | None = None, country: str | None = None
) -> Iterator[tuple[datetime, datetime]]:
    """Opening and closing (UTC) on each working day from `first` to `last`, both included, of somebody in `zone`
    (default: the calendar's). A day whose hours clocks skip has none."""
    place = ZoneInfo(zone or calendar.zone)
    for day in (first + step * DAY for step in range((last - first).days + 1)):
        if is_working_day(calendar, day, country):
            opens, closes = _window(calendar, day, place)
            if opens < closes:
                yield opens, closes


def working_time(
    calendar: WorkCalendar, start: datetime, end: datetime, zone: str | None = None, country: str | None = None
) -> timedelta:
    """How much working time of somebody in `zone` (default: the calendar's) lies between two moments."""
    return sum((worked for worked, _ in _worked(calendar, start, end, zone, country)), timedelta())


def working_minutes(
    calendar: WorkCalendar, start: datetime, end: datetime, zone: str | None = None, country: str | None = None
) -> int:
    """The same in whole minutes, a half rounded up."""
    return int((working_time(calendar, start, end, zone, country) + timedelta(seconds=30)) / timedelta(minutes=1))


def working_days(
    calendar: WorkCalendar, start: datetime, end: datetime, zone: str | None = None, country: str | None = None
) -> float:
    """The same in working days: each whole day counts 1, however long its hours came to be."""
    return sum(worked / whole for worked, whole in _worked(calendar, start, end, zone, country))


def age_words(
    calendar: WorkCalendar, start: datetime, end: datetime, zone: str | None = None, country: str | None = None
) -> str:
    """How long something has waited, by the calendar: "today", then how many working days have begun since.

    The same all day long, whatever the hours: what came on Monday is "1 working day" old on Tuesday.
    """
    place = ZoneInfo(zone or calendar.zone)
    first, last = start.astimezone(place).date(), end.astimezone(place).date()
    if first >= last:
        return "today"
    days = sum(is_working_day(calendar, first + nth * DAY, country) for nth in range(1, (last - first).days + 1))
    if days == 0:
        return "less than 1 working day"
    return "1 working day" if days == 1 else f"{days:,} working days"


def known_country(code: str) -> bool:
    """Whether public holidays of "PT", "US" or "US-CA" are known."""
    country, _, division = code.partition("-")
    try:
        return bool(country) and _public_holidays(country, division, 2026) is not None
    except NotImplementedError:
        return False


def country_suggestions(written: str) -> tuple[str, ...]:
    """Codes that somebody may have meant by a code that is not known: "Portugal" -> ("PT",)."""
    from holidays import list_supported_countries

    divisions = list_supported_countries()
    country, dash, division = written.upper().partition("-")
    if dash and country in divisions:
        return tuple(f"{country}-{near}" for near in _near(division, divisions[country])) or (country,)
    names = _country_names()
    named = get_close_matches(written.lower().replace(" ", "").replace("_", ""), names, n=3, cutoff=0.8)
    return tuple(dict.fromkeys([names[name] for name in named] or _near(country, list(divisions))))


def _worked(
    calendar: WorkCalendar, start: datetime, end: datetime, zone: str | None, country: str | None
) -> Iterator[tuple[timedelta, timedelta]]:
    """For each working day that the span touches: what of it lies in the span, and its whole length."""
    place = ZoneInfo(zone or calendar.zone)
    first, last = start.astimezone(place).date(), end.astimezone(place).date()
    for opens, closes in working_windows(calendar, first, last, zone, country):
        if (worked := min(end, closes) - max(start, opens)) > timedelta():
            yield worked, closes - opens


def _window(calendar: WorkCalendar, day: date, place: ZoneInfo) -> tuple[datetime, datetime]:
    opens = datetime.combine(day, calendar.opens, place).astimezone(UTC)
    closes = datetime.combine(day, calendar.closes, place).astimezone(UTC)
    return opens, closes


@lru_cache(maxsize=2048)
def _holidays(code: str, year: int) -> Mapping[date, str]:
    country, _, division = code.partition("-")
    return MappingProxyType(_public_holidays(country, division, year))


def _public_holidays(country: str, division: str, year: int) -> dict[date, str]:
    # Loading the library takes as long as all else that this module does in a day, and many groups never need it.
    from holidays import country_holidays

    found = country_holidays(country.upper(), subdiv=division or None, years=year, language="en_US")
    return {day: found[day] for day in found}


def _near(written: str, codes: list[str]) -> list[str]:
    return get_close_matches(written, codes, n=3, cutoff=0.5)


@lru_cache(maxsize=1)
def _country_names() -> Mapping[str, str]:
    """ "unitedstates" -> "US", and the three-letter codes."""
    from holidays.registry import COUNTRIES

    known = {}
    for module, (_, code, *longer) in COUNTRIES.items():
        known[module.replace("_", "")] = code
        known.update({alias.lower(): code for alias in longer})
    return MappingProxyType(known)
