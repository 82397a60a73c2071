"""Who a member is, and the one answer to whether she is away, which every ritual asks before it asks her anything."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from rituals.calendar import (
    WorkCalendar,
    at_wall,
    holiday_name,
    is_working_day,
    next_working_day,
    next_working_moment,
)
from rituals.refusals import Refused

Side = Literal["technical", "business"]
Kind = Literal["deactivated", "guest", "stranger", "paused", "absent", "status", "weekend", "holiday"]

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# From here on a date without its year would be taken for a nearer one.
FAR = timedelta(days=300)
# Whoever is away until the end of the calendar has not said until when.
FOREVER = date(9000, 1, 1)


@dataclass(frozen=True, slots=True)
class Function:
    """A part of the group ("Engineering"), on one of the two sides. `lead` is a user, `country` gives its holidays."""

    key: str
    name: str
    side: Side
    lead: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Absence:
    """Days on which somebody is away, in her own zone, both ends included."""

    first: date
    last: date

    def covers(self, day: date) -> bool:
        return self.first <= day <= self.last

    def touches(self, other: "Absence") -> bool:
        """Whether the two overlap or follow each other without a day between."""
        return self.first - other.last <= timedelta(days=1) and other.first - self.last <= timedelta(days=1)

    def joined(self, other: "Absence") -> "Absence":
        return Absence(min(self.first, other.first), max(self.last, other.last))


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in the workspace. `function`, `side` and `country` come from the configuration: the first function that
    names her, and her own country or else that function's. A `stranger` belongs to another company."""

    user: str
    name: str
    zone: str
    function: str | None = None
    side: Side | None = None
    country: str | None = None
    guest: bool = False
    deactivated: bool = False
    stranger: bool = False
    bot: bool = False
    status_emoji: str = ""
    status_until: datetime | None = None
    paused: bool = False
    absences: tuple[Absence, ...] = ()


@dataclass(frozen=True, slots=True)
class AwayRules:
    """Which statuses mean away (emoji names without colons), and whether guests and people of other companies take
    part at all."""

    emojis: frozenset[str] = frozenset()
    guests: bool = False
    strangers: bool = False


@dataclass(frozen=True, slots=True)
class Away:
    """Why somebody is left alone: `words` for people ("away until 2 Jan"), `until` the last such day where known."""

    kind: Kind
    words: str
    until: date | None = None

    @property
    def day_off(self) -> bool:
        """A day on which nobody of her country works, rather than something of her own."""
        return self.kind in ("weekend", "holiday")


class NotADateRange(Refused):
    """A text that names no day or span of days that is still to come."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


def away_reason(member: Member, at: datetime, calendar: WorkCalendar, rules: AwayRules) -> Away | None:
    """Why `member` is to be left alone at a moment, or None. Where several reasons hold, the most lasting one."""
    return (
        _standing(member, rules) or _absent(member, at) or _status(member, at, rules) or _day_off(member, at, calendar)
    )


def means_away(emoji: str, rules: AwayRules) -> bool:
    """Whether somebody with this status is away."""
    return plain_emoji(emoji) in {plain_emoji(each) for each in rules.emojis} - {""}


def free_from(member: Member, at: datetime, calendar: WorkCalendar, rules: AwayRules) -> datetime:
    """`at` itself, or the first moment after it at which she works and is not away (UTC). What has no known end, as a
    pause, puts nothing off."""
    while True:
        at = next_working_moment(calendar, at, member.zone, member.country)
        away = _absent(member, at) or _status(member, at, rules)
        if away is None or away.until is None or away.until > FOREVER:
            return at
        back = member.status_until if away.kind == "status" else None
        at = back or at_wall(f"{away.until + timedelta(days=1)}T00:00", member.zone)


def kept_away(member: Member, at: datetime, rules: AwayRules) -> Away | None:
    """What she herself has said that keeps her from being asked, or None; the most lasting, as in `away_reason`."""
    paused = Away("paused", "paused") if member.paused else None
    return paused or _absent(member, at) or _status(member, at, rules)


def day_words(day: date, seen_on: date) -> str:
    """ "2 Jan", with the year where it lies far from the day on which it is read."""
    year = f" {day.year}" if abs(day - seen_on) > FAR else ""
    return f"{day.day} {MONTHS[day.month - 1]}{year}"


def local_day(at: datetime, zone: str) -> date:
    return at.astimezone(ZoneInfo(zone)).date()


def _standing(member: Member, rules: AwayRules) -> Away | None:
    if member.deactivated:
        return Away("deactivated", "account deactivated")
    if member.stranger and not rules.strangers:
        return Away("stranger", "from another company")
    if member.guest and not rules.guests:
        return Away("guest", "guest account")
    return Away("paused", "paused") if member.paused else None


def _absent(member: Member, at: datetime) -> Away | None:
    today = local_day(at, member.zone)
    until = max((absence.last for absence in member.absences if absence.covers(today)), default=None)
    return None if until is None else Away("absent", _until("away", until, today), until)


def _status(member: Member, at: datetime, rules: AwayRules) -> Away | None:
    if not means_away(member.status_emoji, rules):
        return None
    if member.status_until is None:
        return Away("status", "away by status")
    if at >= member.status_until:
        return None
    until = local_day(member.status_until - timedelta(seconds=1), member.zone)
    return Away("status", _until("away by status", until, local_day(at, member.zone)), until)


def _day_off(member: Member, at: datetime, calendar: WorkCalendar) -> Away | None:
    today = local_day(at, member.zone)
    if is_working_day(calendar, today, member.country):
        return None
    until = next_working_day(calendar, today, member.country) - timedelta(days=1)
    if today.weekday() not in calendar.days:
        return Away("weekend", "weekend", until)
    return Away("holiday", holiday_name(calendar, today, member.country) or "holiday", until)


def _until(words: str, until: date, today: date) -> str:
    return f"{words} today" if until == today else f"{words} until {day_words(until, today)}"


def plain_emoji(written: str) -> str:
    """ ":Wave::skin-tone-2:" -> "wave": one name, however it is written and whatever its skin tone."""
    return written.strip().strip(":").partition("::")[0].lower()
