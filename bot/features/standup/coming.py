"""When the next stand-ups come, for one person on her own clock."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice
from zoneinfo import ZoneInfo

from bot.schedule.occurrences import Occurrence, at_wall, next_after, parse_when
from bot.settings import Resolved
from rituals.people.rules import Member
from rituals.people.store import PeopleStore
from rituals.standup import usecases
from rituals.standup.rules import Mine
from rituals.standup.settings import Standup
from rituals.tables import Tx

# So many occurrences are looked at for one that asks her: those that fall on days off may ask nobody.
MOST = 50


def next_occurrence(tx: Tx, workspace: str, standup: Standup, now: datetime) -> Occurrence:
    """The next one that takes place: skipped ones are passed over."""
    return next(each for each in _after(standup, now) if usecases.takes_place(tx, workspace, standup.key, each.wall))


def coming(tx: Tx, workspace: str, user: str, settings: Resolved, now: datetime) -> Sequence[tuple[Standup, datetime]]:
    """The stand-ups she may hear of, with the moment at which each next asks her."""
    member = PeopleStore(tx, workspace).member(user)
    if member is None:
        return ()
    mine, found = usecases.my_state(tx, workspace, user, now), []
    for standup in settings.standups.values():
        if usecases.may_read(tx, workspace, standup, user):
            at = _next_for(tx, workspace, standup, member, mine, settings, now)
            found += [(standup, at)] if at is not None else []
    return sorted(found, key=lambda each: each[1])


def _next_for(
    tx: Tx,
    workspace: str,
    standup: Standup,
    member: Member,
    mine: Sequence[Mine],
    settings: Resolved,
    now: datetime,
) -> datetime | None:
    """Each is asked at her own time, which may be hours before the thread opens, or after."""
    planned = [each.participant for each in mine if each.round.standup.key == standup.key]
    moments = [part.prompt_at for part in planned if part.state == "planned" and part.prompt_at > now]
    for occurrence in islice(_after(standup, _her_now(standup, member, now)), MOST):
        at = usecases.still_to_ask(tx, workspace, standup, member, occurrence.wall, settings.calendar, now)
        if at is not None:
            return min([at, *moments])
    return min(moments, default=None)


def _her_now(standup: Standup, member: Member, now: datetime) -> datetime:
    """When the stand-up's own clock shows what hers shows now, if it asks everybody on her own clock."""
    if standup.zone != "member":
        return now
    hers = now.astimezone(ZoneInfo(member.zone)).replace(tzinfo=None)
    return at_wall(hers.isoformat(timespec="minutes"), usecases.clock_of(standup))


def _after(standup: Standup, moment: datetime) -> Iterator[Occurrence]:
    when, zone = parse_when(standup.when), usecases.clock_of(standup)
    while True:
        occurrence = next_after(when, zone, moment)
        yield occurrence
        moment = occurrence.at
