"""What somebody says about herself: I am away, I am back, leave me alone, ask me again."""

from datetime import date, datetime, timedelta

from rituals.calendar import at_wall
from rituals.people.dates import parse_away
from rituals.people.rules import FOREVER, Absence, Away, AwayRules, kept_away, local_day
from rituals.people.store import PeopleStore
from rituals.tables import Tx


def today_of(tx: Tx, workspace: str, user: str, now: datetime) -> date:
    """The date on her own calendar; UTC's for somebody who is not known."""
    member = PeopleStore(tx, workspace).member(user)
    return local_day(now, member.zone if member else "UTC")


def go_away(tx: Tx, workspace: str, user: str, text: str, today: date) -> Absence:
    """Keeps the days that `text` names ("24 Dec - 2 Jan"), joined with what adjoins them; `today` is her local date.

    Raises NotADateRange.
    """
    return PeopleStore(tx, workspace).add_absence(user, parse_away(text, today))


def back_at(tx: Tx, workspace: str, user: str, absence: Absence) -> datetime | None:
    """When an absence is over on her own clock; None for one without an end."""
    member = PeopleStore(tx, workspace).member(user)
    if member is None or absence.last > FOREVER:
        return None
    return at_wall(f"{absence.last + timedelta(days=1)}T00:00", member.zone)


def come_back(tx: Tx, workspace: str, user: str, today: date) -> bool:
    """Takes back every absence from today on. False: there was none."""
    return PeopleStore(tx, workspace).clear_absences(user, today)


def pause(tx: Tx, workspace: str, user: str, now: datetime) -> bool:
    """No ritual asks her anything until she resumes. False: she was paused already."""
    return PeopleStore(tx, workspace).pause(user, now)


def resume(tx: Tx, workspace: str, user: str) -> bool:
    """False: she was not paused."""
    return PeopleStore(tx, workspace).resume(user)


def still_away(tx: Tx, workspace: str, user: str, rules: AwayRules, now: datetime) -> Away | None:
    """What of her own still keeps her from being asked, after she took something back; None: she is asked again."""
    member = PeopleStore(tx, workspace).member(user)
    return kept_away(member, now, rules) if member else None
