"""Days and moments as people write them into tables; a day alone stands for its working hours on the group's clock."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from rituals.calendar import WorkCalendar, at_wall

FIRST, LAST = 2000, 2099
"""Years outside of which a date is a slip of the pen."""
_WRITTEN = re.compile(
    r"(?:(?P<year>\d{4})[-/](?P<month>\d{1,2})[-/](?P<day>\d{1,2})|(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4}))"
    r"(?:(?:[T,] *| +)(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d+)?)?"
    r" *(?P<offset>Z|UTC|[+-]\d{2}:?\d{2})?)?",
    re.ASCII | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Moment:
    """From when to when, in UTC: a working day's hours, or one moment that is both."""

    begins: datetime
    ends: datetime
    whole_day: bool


def moment(written: str, calendar: WorkCalendar) -> Moment | None:
    """ "2026-11-23", "23.11.2026", "2026-11-23 14:30" on the group's clock, "2026-11-23T14:30:00+00:00"; else None.

    03/04/2026 is None too: half of its readers take it for another day.
    """
    found = _WRITTEN.fullmatch(written.strip())
    if found is None:
        return None
    try:
        day = date(*(int(found[long] or found[short]) for long, short in (("year", "y"), ("month", "m"), ("day", "d"))))
        if not FIRST <= day.year <= LAST:
            return None
        if found["hour"] is None:
            begins, ends = (at_wall(f"{day}T{wall}", calendar.zone) for wall in (calendar.opens, calendar.closes))
            return Moment(begins, ends, True)
        wall = f"{day}T{found['hour']:0>2}:{found['minute']}:{found['second'] or '00'}"
        offset = (found["offset"] or "").upper().replace("UTC", "Z")
        exact = datetime.fromisoformat(wall + offset).astimezone(UTC) if offset else at_wall(wall, calendar.zone)
        return Moment(exact, exact, False)
    except ValueError:
        return None


def day_of(at: datetime, calendar: WorkCalendar) -> date:
    """On the group's clock."""
    return at.astimezone(ZoneInfo(calendar.zone)).date()
