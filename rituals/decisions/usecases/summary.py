"""What the summary of a channel, or of one reader, is made of: the waits that she may know of, and no others."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from rituals.blockers.rules import Blocker
from rituals.blockers.store import BlockerStore
from rituals.calendar import WorkCalendar, working_minutes
from rituals.decisions.records import Decision
from rituals.decisions.store import DecisionStore, WaitStore, Where
from rituals.decisions.summing import Cohort, Lasting, Material, Over, Place, seconds
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
    spans = store.spans(Where(channels, function=period.function), now - TREND, now - WEEKS * WEEK)
    over, lasting = _between(tx, workspace, channels, since, period.function, places)
    material = Material(
        calendar=calendar,
        now=seconds(now),
        this=this,
        before=before,
        over=tuple(over),
        lasting=tuple(lasting),
        asked_at=tuple(began for began, _ in spans),
        decided_at=tuple(ended for _, ended in spans),
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
        self._known |= self._people.places(set(users) - self._known.keys())

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


def _between(
    tx: Tx,
    workspace: str,
    channels: Collection[str],
    since: datetime | None,
    function: str | None,
    places: Places,
) -> tuple[list[Over], list[Lasting]]:
    """Who waited for whom: decisions, and the blockers that did not become one."""
    store, where = WaitStore(tx, workspace), Where(channels, since, None, function)
    over = [Over(waiting, asked, minutes) for waiting, asked, minutes in store.decided_between(where)]
    lasting = _lasting(store, where, places)
    raised = BlockerStore(tx, workspace).raised_since(since or _EVER, channels)
    answered = BlockerStore(tx, workspace).answered_at(since or _EVER, channels)
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
            lasting.append(Lasting(waiting, each.function, place, str(int(seconds(each.raised_at)))))
        else:
            minutes = working_minutes(places.calendar, each.raised_at, ended, *place)
            over.append(Over(waiting, each.function, str(minutes)))
    return over, lasting


def _lasting(store: WaitStore, where: Where, places: Places) -> list[Lasting]:
    """Those that wait for people who work in the same place are told together."""
    found, together = store.lasting_between(where), defaultdict[tuple[str | None, str | None, Place], list[str]](list)
    places.learn(decider for _, _, decider, _ in found)
    for waiting, asked, decider, since in found:
        together[waiting, asked, places.of(decider)].append(since)
    return [Lasting(*whom, ",".join(since)) for whom, since in together.items()]


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
