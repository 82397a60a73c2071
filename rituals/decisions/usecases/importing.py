"""Past decisions out of a file: first what it would add, then all of it or nothing."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from rituals.calendar import WorkCalendar, working_minutes
from rituals.decisions import rules
from rituals.decisions.exchange import Group, Key, Plan, Row, added, keys, one_line, takes_the_place
from rituals.decisions.planning import channels_of, plan
from rituals.decisions.records import Changed, Decision, Event, Wait
from rituals.decisions.store import DecisionStore, FileStore, WaitStore
from rituals.held import HeldFile
from rituals.people.rules import Member
from rituals.people.store import PeopleStore
from rituals.tables import Tx

NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Imported:
    """What a file did: its plan, each decision as it was added, and each that was here and has been replaced by one of
    them; nothing where the plan has problems."""

    plan: Plan
    changed: tuple[Changed, ...] = ()
    replaced: tuple[Changed, ...] = ()


def planned(
    tx: Tx,
    workspace: str,
    rows: Sequence[Row],
    calendar: WorkCalendar,
    now: datetime,
    user: str = "",
    admins: frozenset[str] | None = None,
    outsiders: frozenset[str] = NOBODY,
) -> Plan:
    """What these rows would add, as things stand. With `admins` as far as `user` may import, and without a trace of
    what she may not see; without them as whoever keeps the bot running may."""
    people = PeopleStore(tx, workspace)
    channels = _channels(people, None if admins is None else people.visible_to(user))
    group = Group(
        calendar=calendar,
        now=now,
        people=people.references(),
        members=people.members(),
        channels=channels,
        functions=_functions(people),
        known=_known(DecisionStore(tx, workspace).everything(channels_of(rows, channels)), calendar),
        sees=people.sees,
        by=user,
        admins=admins,
        outsiders=outsiders,
    )
    return plan(rows, group)


def bring_in(
    tx: Tx,
    workspace: str,
    rows: Sequence[Row],
    file: str,
    user: str,
    calendar: WorkCalendar,
    now: datetime,
    outsiders: frozenset[str] = NOBODY,
) -> Imported:
    """Imports all the rows as whoever keeps the bot running may, or none where any has a problem."""
    _alone(tx, workspace)
    found = planned(tx, workspace, rows, calendar, now, user, outsiders=outsiders)
    return _apply(tx, workspace, found, file, user, calendar, now)


def import_held(
    tx: Tx,
    workspace: str,
    file: HeldFile[Row],
    calendar: WorkCalendar,
    admins: frozenset[str],
    now: datetime,
    outsiders: frozenset[str] = NOBODY,
) -> Imported:
    """Does what its sender was shown and agreed to, if it is still that and she still may.

    Otherwise nothing: the plan has problems, or another seal than the file's, and then waits to be agreed to.
    """
    _alone(tx, workspace)
    files = FileStore(tx, workspace)
    found = planned(tx, workspace, file.rows, calendar, now, file.by, admins, outsiders)
    if found.problems:
        files.settle(file.id, "refused")
    elif found.seal == file.seen or not found.new:
        files.settle(file.id, "imported")
        return _apply(tx, workspace, found, file.name, file.by, calendar, now)
    else:
        files.show(file.id, found.seal)
    return Imported(found)


def _alone(tx: Tx, workspace: str) -> None:
    """Nobody else adds a decision before this transaction has ended: the same file twice at once comes in once."""
    DecisionStore(tx, workspace).next_number(0)


def _apply(
    tx: Tx, workspace: str, found: Plan, file: str, user: str, calendar: WorkCalendar, now: datetime
) -> Imported:
    if found.problems or not found.new:
        return Imported(found)
    store, people = DecisionStore(tx, workspace), PeopleStore(tx, workspace)
    decisions = added(found, store.next_number(len(found.new)), file, user, now)
    changed = tuple(Changed(each, None, Event(1, now, user, "imported", file)) for each in decisions)
    store.add_all(changed)
    members = people.members({each.decider for each in decisions})
    WaitStore(tx, workspace).add_all([(1, _wait(each, members.get(each.decider), calendar)) for each in decisions])
    return Imported(found, changed, tuple(_supersede(store, decisions, set(found.numbers.values()), user, now)))


def _supersede(
    store: DecisionStore, decisions: Iterable[Decision], here: set[int], user: str, now: datetime
) -> Iterator[Changed]:
    """What was here and has been superseded by what came."""
    for each in decisions:
        before = store.get(each.supersedes, lock=True) if each.supersedes in here else None
        if before is None or not takes_the_place(each, before):
            continue
        after = rules.superseded(before, each.number, now)
        if after is not before:
            counted = replace(after, changes=after.changes + 1)
            kept = Changed(counted, before, Event(counted.changes, now, user, "superseded", str(each.number)))
            store.save(kept)
            yield kept


def _wait(of: Decision, decider: Member | None, calendar: WorkCalendar) -> Wait:
    """How long it was waited for, counted in the working time of who decided."""
    zone, country = (decider.zone, decider.country) if decider else (None, None)
    return Wait(
        decision=of.number,
        channel=of.channel,
        since=of.asked_at,
        until=of.closed_at,
        ended=None if of.closed_at is None else "withdrawn" if of.state == "withdrawn" else "decided",
        worked=working_minutes(calendar, of.asked_at, of.closed_at, zone, country) if of.closed_at else None,
        waiting=of.waiting,
        asked=of.asked,
        decider=of.decider,
    )


def _known(decisions: Iterable[Decision], calendar: WorkCalendar) -> dict[Key, int]:
    return {
        key: each.number for each in decisions for key in keys(each.channel, each.question, each.asked_at, calendar)
    }


def _channels(people: PeopleStore, visible: set[str] | None) -> dict[str, str]:
    """Ids by names and by ids; a name that several channels bear stands for none of them."""
    found: dict[str, str] = {}
    rows = [row for row in people.channels().values() if visible is None or row.channel in visible]
    often = Counter(row.name.casefold() for row in rows)
    for row in rows:
        found |= {row.name.casefold(): row.channel} if row.name and often[row.name.casefold()] == 1 else {}
    return found | {row.channel: row.channel for row in rows}


def _functions(people: PeopleStore) -> dict[str, str]:
    """A key is more to the point than another function's name."""
    functions = people.functions().values()
    names: Mapping[str, str] = {one_line(each.name).casefold(): each.key for each in reversed(functions)}
    return {**names, **{each.key.casefold(): each.key for each in functions}}
