"""What a schedule means: text -> When -> the next occurrence after a moment, as a pure function.

APScheduler's cron arithmetic runs on the bare wall clock, as if it were UTC, and only the wall time it finds is placed
in the zone. Run in the zone itself it skips 00:00-00:59 on the day after clocks go forward, and fires 01:30 twice on
the night they go back.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from apscheduler.triggers.cron import CronTrigger

from rituals.calendar import at_wall

__all__ = ["Occurrence", "When", "at_wall", "next_after", "parse_when"]

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
LONG_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
PLACES = {"first": "1st", "1st": "1st", "second": "2nd", "2nd": "2nd", "third": "3rd", "3rd": "3rd"}
PLACES |= {"fourth": "4th", "4th": "4th", "last": "last"}
BOUNDS = {"minute": (0, 59), "hour": (0, 23), "day of the month": (1, 31), "month": (1, 12)}
EXAMPLES = "“mon 09:00”, “mon,thu 09:30”, “weekdays 09:00” or “daily 09:00”"

TIMED = re.compile(r"(?P<days>.*?) ?(?:\bat )?\b(?P<hour>\d{1,2}):(?P<minute>\d{2})")
EVERY = re.compile(r"every (?P<weeks>\d{1,2}) weeks (?P<rest>.*?)(?: from (?P<anchor>\S+))?")
NUMBERS = re.compile(r"(?:\*|(?P<first>\d{1,4})(?:-(?P<last>\d{1,4}))?)(?:/(?P<step>\d{1,4}))?")


@dataclass(frozen=True, slots=True)
class When:
    """A schedule that has been read and found good, in lower case and single spaces. Made by `parse_when`."""

    text: str


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time that a schedule happens: `wall` as scheduled on the local clock ("2026-11-23T09:00"), `at` in UTC."""

    wall: str
    at: datetime


def parse_when(text: str) -> When:
    """Reads "mon 09:00", "mon,thu 09:30", "mon-fri 09:00", "weekdays 09:00", "daily 09:00", "first mon 09:00",
    "every 2 weeks mon 09:00 from 2026-11-23", or five cron fields with weekdays by name.

    Raises ValueError with a sentence that says what to write instead.
    """
    when = When(" ".join(text.lower().split()))
    _pattern(when.text)
    return when


def next_after(when: When, zone: str, after: datetime) -> Occurrence:
    """The first occurrence strictly later than `after`. Each wall time happens once: a time that clocks skip happens
    as much later as they skip (02:30 at 03:30), a time that they repeat happens the first time only."""
    place = ZoneInfo(zone)
    best: Occurrence | None = None
    for wall in _walls(_pattern(when.text), _wall_before(after, place)):
        written = wall.isoformat(timespec="minutes")
        at = at_wall(written, zone)
        # A skipped 02:15 happens at 02:45 where clocks skip half an hour, so 02:30 may still come before it.
        if best is not None and wall > _wall(best.at, place):
            return best
        if at > after and (best is None or at < best.at):
            best = Occurrence(written, at)
            if _wall(at, place) == wall:
                return best
    if best is None:
        raise ValueError(f"“{when.text}” never happens again after {after.isoformat()}.")
    return best


def _wall(at: datetime, place: ZoneInfo) -> datetime:
    return at.astimezone(place).replace(tzinfo=None, fold=0)


def _wall_before(after: datetime, place: ZoneInfo) -> datetime:
    """No wall time earlier than this can belong to a moment later than `after`."""
    # Within a day after clocks went forward, skipped times still lie ahead although the clock has passed them.
    return min(_wall(after, place), _wall(after - timedelta(days=1), place) + timedelta(days=1))


@dataclass(frozen=True, slots=True)
class _Pattern:
    cron: Any  # a CronTrigger whose zone is UTC; APScheduler carries no types
    weeks: int = 1
    anchor: date = date.min  # a Monday: its week is the first of every `weeks`

    def takes(self, day: date) -> bool:
        days = (day - self.anchor).days
        return days >= 0 and days // 7 % self.weeks == 0


def _walls(pattern: _Pattern, start: datetime) -> Iterator[datetime]:
    """Matching wall times from `start` on, in order."""
    wall = max(start, datetime.combine(pattern.anchor, datetime.min.time()))
    while (fired := pattern.cron.get_next_fire_time(None, wall.replace(tzinfo=UTC))) is not None:
        wall = fired.replace(tzinfo=None)
        if pattern.takes(wall.date()):
            yield wall
        wall += timedelta(minutes=1)


@lru_cache(maxsize=1024)
def _pattern(text: str) -> _Pattern:
    if not text:
        raise ValueError(f"Say when: for example {EXAMPLES}.")
    if re.match(r"every \d", text):
        return _every(text)
    if ":" in text:
        return _Pattern(_timed(text))
    if len(text.split(" ")) == 5:
        return _Pattern(_crontab(text))
    raise ValueError(f"“{text}” has no day and time that can be read. Write for example {EXAMPLES}.")


def _every(text: str) -> _Pattern:
    """ "every 2 weeks mon 09:00 from 2026-11-23": the date names the week that the counting starts with."""
    found = EVERY.fullmatch(text)
    if found is None:
        raise ValueError(f"“{text}” can't be read. Write “every 2 weeks mon 09:00 from 2026-11-23”, or {EXAMPLES}.")
    anchor = _anchor(text, found["anchor"])
    weeks = int(found["weeks"])
    if not 1 <= weeks <= 52:
        raise ValueError(f"“{text}”: write between 1 and 52 weeks.")
    return _Pattern(_timed(found["rest"]), weeks, anchor - timedelta(days=anchor.weekday()))


def _anchor(text: str, written: str | None) -> date:
    if written is None:
        raise ValueError(f"“{text}” needs a week to count from: add a date, as in “… from 2026-11-23”.")
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise ValueError(f"“{written}” is not a date. Write year, month and day, as in “from 2026-11-23”.") from None


def _timed(text: str) -> Any:
    found = TIMED.fullmatch(text)
    if found is None or ":" in found["days"]:
        raise ValueError(f"“{text}” can't be read. Write the days, then one time: {EXAMPLES}.")
    if int(found["hour"]) > 23 or int(found["minute"]) > 59:
        raise ValueError(f"“{found['hour']}:{found['minute']}” is no time of day. Write 00:00 to 23:59.")
    return CronTrigger(minute=found["minute"], hour=found["hour"], **_days(text, found["days"]), timezone=UTC)


def _days(text: str, days: str) -> dict[str, str]:
    """What APScheduler calls the days: {"day_of_week": "mon,thu"} or {"day": "1st mon"}."""
    days = days.removeprefix("every ")
    if days in ("daily", "day"):
        return {"day_of_week": "*"}
    if days in ("weekdays", "weekday"):
        return {"day_of_week": "mon,tue,wed,thu,fri"}
    if not days:
        raise ValueError(f"“{text}” names no day. Write for example “daily {text}” or “mon {text}”.")
    place, _, rest = days.partition(" ")
    if place in PLACES and rest:
        return {"day": ",".join(f"{PLACES[place]} {weekday}" for weekday in _weekdays(text, rest))}
    return {"day_of_week": ",".join(_weekdays(text, days))}


def _weekdays(text: str, days: str) -> list[str]:
    """ "mon, thu" or "fri-mon" -> names in the order of the week."""
    numbers: set[int] = set()
    for part in re.split(r" ?, ?| and ", days):
        first, dash, last = part.partition("-")
        start = _weekday(text, first.strip())
        end = _weekday(text, last.strip()) if dash else start
        numbers.update((start + step) % 7 for step in range((end - start) % 7 + 1))
    return [WEEKDAYS[number] for number in sorted(numbers)]


def _weekday(text: str, name: str) -> int:
    if re.search(r"\d", name):
        raise ValueError(
            f"“{text}” gives weekdays as numbers, which mean different days in different programs. "
            "Write their names: mon, tue, wed, thu, fri, sat, sun."
        )
    for number, (short, long) in enumerate(zip(WEEKDAYS, LONG_WEEKDAYS, strict=True)):
        if name in (short, long, long + "s"):
            return number
    raise ValueError(f"“{name}” in “{text}” is no weekday. Write mon, tue, wed, thu, fri, sat, sun, daily or weekdays.")


def _crontab(text: str) -> Any:
    minute, hour, day, month, weekday = text.split(" ")
    _check(text, "minute", minute)
    _check(text, "hour", hour)
    if day != "last":
        _check(text, "day of the month", day)
    _check(text, "month", month)
    named = weekday if weekday == "*" else ",".join(_weekdays(text, weekday))
    if named != "*" and day != "*":
        raise ValueError(
            f"“{text}” names a day of the month and a weekday, which programs read differently. Keep one and write * "
            "for the other; for the first Monday of a month write “first mon 09:00”."
        )
    try:
        cron = CronTrigger(minute=minute, hour=hour, day=day, month=month, day_of_week=named, timezone=UTC)
    except ValueError as error:
        raise ValueError(f"“{text}” can't be read: {error}. Write for example {EXAMPLES}.") from None
    if not _ever(cron):
        raise ValueError(f"“{text}” names a day that no month has. Check the day of the month and the month.")
    return cron


def _check(text: str, name: str, field: str) -> None:
    """One cron field: *, 5, 1-5, */15, 1-30/2, lists of these; months also by name."""
    lowest, highest = BOUNDS[name]
    for part in field.split(","):
        if name == "month" and all(month in MONTHS for month in part.split("-", 1)):
            continue
        found = NUMBERS.fullmatch(part)
        numbers = [int(number) for number in found.group("first", "last") if number] if found else []
        if found is None or any(not lowest <= number <= highest for number in numbers):
            raise ValueError(
                f"“{part}” in “{text}” is no {name}. Write {lowest} to {highest} or *. "
                f"If this was not meant as cron, write for example {EXAMPLES}."
            )


def _ever(cron: Any) -> bool:
    """Whether any day in eight years, leap days among them, matches: "0 9 30 feb *" has none."""
    first = cron.get_next_fire_time(None, datetime(2024, 1, 1, tzinfo=UTC))
    return first is not None and first.year < 2032
