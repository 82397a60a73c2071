"""What the summary of a channel, or of one reader, is made of: the waits that she may know of, and no others."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from rituals.blockers.rules import Blocker
from rituals.blockers.store import BlockerStore
from rituals.calendar import WorkCalendar, working_minutes
from rituals.decisions.matrix import Waited
from rituals.decisions.records import Decision, Wait
from rituals.decisions.store import DecisionStore, WaitStore, Where
from rituals.decisions.summing import Cohort, Lasting, Material, Place, seconds
from rituals.decisions.turnaround import WEEKS
from rituals.decisions.usecases import reading
from rituals.people.store import PeopleStore
from rituals.tables import Tx

WEEK = timedelta(weeks=1)
# The weeks look back twelve weeks, and each of them at what was asked in the twelve before it.
TREND = 2 * WEEKS * WEEK
_EVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Period:
    """`weeks` up to now; None for all there is. `function`: only what that one was asked."""

    weeks: int | None = WEEKS
    function: str | None = None


@dataclass(frozen=True, slots=True)
class Lists:
    """What stands beside the figures: open decisions, the longest waiting first; what was decided in the last week,
    the newest first; of so many that were decided in the period, so many were reopened."""

    open: tuple[Decision, ...]
    overdue: int
    decided: tuple[Decision, ...]
    reopened: int
    ever_decided: int


@dataclass(frozen=True, slots=True)
class Gathered:
    """`channels` are those of which it tells."""

    channels: frozenset[str]
    period: Period
    material: Material
    lists: Lists


def gather(
    tx: Tx, workspace: str, channels: Collection[str], period: Period, calendar: WorkCalendar, now: datetime
) -> Gathered:
    """Everything of these channels. Reads only."""
    store, places = WaitStore(tx, workspace), Places(tx, workspace, calendar)
    since = now - period.weeks * WEEK if period.weeks else None
    this = cohort(store, Where(channels, since, None, period.function), places)
    before = None
    if since is not None and period.weeks is not None:
        before = cohort(store, Where(channels, since - period.weeks * WEEK, since, period.function), places)
    recent = store.all(Where(channels, now - TREND, None, period.function))
    kept = [wait for wait in recent if wait.ended != "withdrawn"]
    over, lasting = _between(tx, workspace, channels, since or _EVER, period.function, places)
    material = Material(
        calendar=calendar,
        now=seconds(now),
        this=this,
        before=before,
        over=tuple(over),
        lasting=tuple(lasting),
        asked_at=tuple(seconds(wait.since) for wait in kept),
        decided_at=tuple(seconds(wait.until) if wait.until else None for wait in kept),
    )
    return Gathered(frozenset(channels), period, material, _lists(tx, workspace, channels, period, since, now))


def read_in(tx: Tx, workspace: str, channel: str, outsiders: Collection[str]) -> frozenset[str]:
    """The channels whose decisions everybody in this one may know of: every public one, and itself; only itself where
    guests or people of other companies read along, who see no other."""
    people = PeopleStore(tx, workspace)
    if people.channel(channel) is None:
        return frozenset()
    if read_along(tx, workspace, channel, outsiders):
        return frozenset({channel})
    public = {each.channel for each in people.channels().values() if not each.private and not each.external}
    return frozenset(public | {channel})


def read_along(tx: Tx, workspace: str, channel: str, outsiders: Collection[str]) -> bool:
    """Whether somebody reads the channel who does not see every public one."""
    people = PeopleStore(tx, workspace)
    here, inside = people.channel(channel), people.members(people.channel_members(channel)).values()
    if here is not None and here.external:
        return True
    return any(each.guest or each.stranger or each.user in outsiders for each in inside if not each.deactivated)


def seen_by(tx: Tx, workspace: str, user: str) -> frozenset[str]:
    return frozenset(PeopleStore(tx, workspace).visible_to(user))


class Places:
    """Where people work, each asked for once."""

    def __init__(self, tx: Tx, workspace: str, calendar: WorkCalendar) -> None:
        self._people, self.calendar = PeopleStore(tx, workspace), calendar
        self._group: Place = (calendar.zone, calendar.country)
        self._known: dict[str, Place] = {}
        self.functions = {key: function.lead for key, function in self._people.functions().items()}

    def of(self, user: str | None) -> Place:
        return self._known.get(user or "", self._group)

    def learn(self, users: Iterable[str]) -> None:
        wanted = set(users) - self._known.keys()
        self._known |= {user: (member.zone, member.country) for user, member in self._people.members(wanted).items()}

    def function_of(self, users: Iterable[str]) -> dict[str, str | None]:
        return {user: member.function for user, member in self._people.members(set(users)).items()}


def cohort(store: WaitStore, where: Where, places: Places) -> Cohort:
    """What was asked in a period, as the database hands it over; `summing` takes it apart."""
    by_decider, lasting = store.lasting(where), defaultdict[Place, list[str]](list)
    places.learn(by_decider)
    for decider, moments in by_decider.items():
        lasting[places.of(decider)].append(moments)
    joined = {place: ",".join(moments) for place, moments in lasting.items()}
    return Cohort(store.decided(where), joined, store.withdrawn(where))


def _lasting(wait: Wait, places: Places) -> Lasting:
    return Lasting(seconds(wait.since), places.of(wait.decider), wait.waiting, wait.asked)


def _between(
    tx: Tx,
    workspace: str,
    channels: Collection[str],
    since: datetime,
    function: str | None,
    places: Places,
) -> tuple[list[Waited], list[Lasting]]:
    """Who waited for whom: decisions, and the blockers that did not become one."""
    every = WaitStore(tx, workspace).all(Where(channels, since, None, function))
    over = [
        Waited(wait.waiting, wait.asked, wait.worked, False)
        for wait in every
        if wait.ended == "decided" and wait.worked is not None
    ]
    lasting = [_lasting(wait, places) for wait in every if wait.ended is None]
    raised = BlockerStore(tx, workspace).raised_since(since, channels)
    answered = BlockerStore(tx, workspace).answered_at(since, channels)
    linked = DecisionStore(tx, workspace).linked()
    kept = [each for each in raised if each.id not in linked and each.function and each.state != "withdrawn"]
    functions = places.function_of(each.raiser for each in kept)
    places.learn(lead for each in kept if (lead := places.functions.get(each.function or "")))
    for each in kept:
        if function is not None and each.function != function:
            continue
        place, waiting = places.of(places.functions.get(each.function or "")), functions.get(each.raiser)
        ended = _ended(each, answered)
        if ended is None:
            lasting.append(Lasting(seconds(each.raised_at), place, waiting, each.function))
        else:
            minutes = working_minutes(places.calendar, each.raised_at, ended, *place)
            over.append(Waited(waiting, each.function, minutes, False))
    return over, lasting


def _ended(of: Blocker, answered: Mapping[str, datetime]) -> datetime | None:
    """Answered, after which whoever raised it no longer waits for the function; or resolved without that."""
    if of.state not in ("answered", "resolved"):
        return None
    return answered.get(of.id, of.resolved_at or of.changed_at)


def _lists(
    tx: Tx, workspace: str, channels: Collection[str], period: Period, since: datetime | None, now: datetime
) -> Lists:
    store = DecisionStore(tx, workspace)
    wanted = [each for each in store.live_in(channels) if period.function is None or each.asked == period.function]
    decided = [
        each
        for each in store.closed_between(now - WEEK, now + timedelta(seconds=1), channels)
        if period.function is None or each.asked == period.function
    ]
    reopened, ever = reading.reopened_since(tx, workspace, since or _EVER, channels, period.function)
    return Lists(
        open=tuple(sorted(wanted, key=lambda each: (each.asked_at, each.number))),
        overdue=sum(now >= each.due_at for each in wanted),
        decided=tuple(decided),
        reopened=reopened,
        ever_decided=ever,
    )
