"""When the next stand-ups come, for one person on her own clock."""

from collections.abc import Sequence
from datetime import datetime

from bot.schedule.occurrences import Occurrence, next_after, parse_when
from bot.settings import Resolved
from rituals.calendar import at_wall
from rituals.people.store import PeopleStore
from rituals.standup import usecases
from rituals.standup.settings import Standup
from rituals.tables import Tx


def next_occurrence(tx: Tx, workspace: str, standup: Standup, now: datetime) -> Occurrence:
    """The next one that takes place: skipped ones are passed over."""
    when, zone = parse_when(standup.when), usecases.clock_of(standup)
    found = next_after(when, zone, now)
    while not usecases.takes_place(tx, workspace, standup.key, found.wall):
        found = next_after(when, zone, found.at)
    return found


def coming(tx: Tx, workspace: str, user: str, settings: Resolved, now: datetime) -> Sequence[tuple[Standup, datetime]]:
    """The next occurrence of each stand-up she may see, and when that is for her."""
    people = PeopleStore(tx, workspace)
    member = people.member(user)
    zone = member.zone if member else settings.calendar.zone
    found = []
    for standup in settings.standups.values():
        if people.sees(user, standup.channel):
            wall = next_occurrence(tx, workspace, standup, now).wall
            found.append((standup, at_wall(wall, zone if standup.zone == "member" else standup.zone)))
    return sorted(found, key=lambda each: each[1])
