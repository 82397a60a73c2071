"""How a decision is asked for, taken, and taken back. Every change is kept with who and when.

the decision, locked -> does she see its channel, may she -> its new state, its waits, a line of its history
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime

from rituals.blockers.rules import Blocker
from rituals.blockers.store import BlockerStore
from rituals.calendar import WorkCalendar, working_minutes
from rituals.decisions import rules
from rituals.decisions.records import Asked, Changed, Decision, Event, Input, Wait, What
from rituals.decisions.refusals import CannotSee, NoSuchDecision, WaitsAlready
from rituals.decisions.store import DecisionStore, WaitStore
from rituals.decisions.usecases.reaching import reaches
from rituals.people.store import PeopleStore
from rituals.tables import Tx

NOBODY: frozenset[str] = frozenset()


def ask(
    tx: Tx,
    workspace: str,
    of: Asked,
    asker: str,
    now: datetime,
    blockers: Collection[str] = (),
    *,
    admins: Collection[str] = NOBODY,
) -> Changed:
    """A new decision. Raises CannotSee for somebody with a part in it who has no access to its channel, and
    NotYoursToChange for who has no part in what it is to supersede: or else anybody could undo any decision so.

    With `blockers` it is as old as the first of them that was raised; they wait for it from now on. Raises WaitsAlready
    for one that waits for another, CannotSee for one that was raised where the asker or the decider has no access.
    """
    _must_see(tx, workspace, of, asker, admins)
    raised = BlockerStore(tx, workspace)
    known = [found for each in dict.fromkeys(blockers) if (found := raised.get(each)) is not None]
    for blocker in known:
        _must_see_blocker(tx, workspace, blocker, asker, of.decider)
    store = DecisionStore(tx, workspace)
    first = min((blocker.raised_at for blocker in known), default=None)
    aged = replace(of, waits_since=min(first, of.waits_since or first)) if first else of
    made = _changed(rules.asked(store.next_number(), aged, asker, now), None, asker, "asked", "", now)
    store.add(made)
    WaitStore(tx, workspace).begin(_wait(made.decision, made.decision.asked_at))
    for blocker in known:
        _link(tx, workspace, blocker.id, made.decision.number)
    return made


def link_blocker(tx: Tx, workspace: str, number: int, blocker_id: str, user: str, now: datetime) -> Changed | None:
    """One more blocker waits for an open decision. It becomes as old as the blocker, if that was there before it.
    None if the blocker waits for it already.

    Raises NoSuchDecision, AlreadyClosed, WaitsAlready, CannotSee for one that was raised where she, or she who decides,
    has no access.
    """
    before = _seen(tx, workspace, number, user)
    rules.must_be_open(before)
    blocker = BlockerStore(tx, workspace).get(blocker_id)
    if blocker is None:
        raise CannotSee(user, "blocker")
    _must_see_blocker(tx, workspace, blocker, user, before.decider)
    if not _link(tx, workspace, blocker_id, number):
        return None
    after = replace(before, asked_at=min(before.asked_at, blocker.raised_at))
    WaitStore(tx, workspace).date_back(number, after.asked_at)
    return _keep(tx, workspace, after, before, user, "linked", blocker_id, now)


def decide(
    tx: Tx,
    workspace: str,
    number: int,
    user: str,
    outcome: str,
    why: str,
    calendar: WorkCalendar,
    now: datetime,
    *,
    revisit_on: date | None = None,
    admins: Collection[str] = NOBODY,
) -> Changed:
    """The one outcome. Raises NoSuchDecision, NotYoursToDecide, AlreadyClosed, as far as they apply."""
    before = _seen(tx, workspace, number, user)
    after = rules.decided(before, user, outcome, why, revisit_on, admins, now)
    _end(tx, workspace, after, "decided", calendar, now)
    if after.supersedes is not None:
        _supersede(tx, workspace, after.supersedes, number, user, now)
    return _keep(tx, workspace, after, before, user, "decided", outcome, now)


def withdraw(
    tx: Tx,
    workspace: str,
    number: int,
    user: str,
    why: str,
    calendar: WorkCalendar,
    now: datetime,
    *,
    admins: Collection[str] = NOBODY,
) -> Changed:
    before = _seen(tx, workspace, number, user)
    after = rules.withdrawn(before, user, why, admins, now)
    _end(tx, workspace, after, "withdrawn", calendar, now)
    return _keep(tx, workspace, after, before, user, "withdrawn", why, now)


def undo(tx: Tx, workspace: str, number: int, user: str, now: datetime, *, admins: Collection[str] = NOBODY) -> Changed:
    """Within ten minutes it was never closed: its wait goes on. Raises NothingToUndo, TooLateToUndo."""
    before = _seen(tx, workspace, number, user)
    after = rules.undone(before, user, admins, now)
    WaitStore(tx, workspace).go_on(number)
    if before.state == "decided" and before.supersedes is not None:
        _stand_again(tx, workspace, before.supersedes, number, user, now)
    return _keep(tx, workspace, after, before, user, "undone", before.outcome, now)


def reopen(
    tx: Tx,
    workspace: str,
    number: int,
    user: str,
    why: str,
    due_at: datetime,
    now: datetime,
    *,
    admins: Collection[str] = NOBODY,
) -> Changed:
    """Somebody waits anew, from now. Raises NotYoursToChange, NotClosed."""
    before = _seen(tx, workspace, number, user)
    after = rules.reopened(before, user, due_at, admins, now)
    WaitStore(tx, workspace).begin(_wait(after, now))
    return _keep(tx, workspace, after, before, user, "reopened", why, now)


def hand_over(
    tx: Tx,
    workspace: str,
    number: int,
    user: str,
    decider: str,
    now: datetime,
    *,
    admins: Collection[str] = NOBODY,
) -> Changed:
    """Raises CannotSee where the new decider has no access to the channel."""
    before = _seen(tx, workspace, number, user)
    if not reaches(tx, workspace, before.channel, decider):
        raise CannotSee(decider, "decider")
    member = PeopleStore(tx, workspace).member(decider)
    after = rules.handed_over(before, user, decider, member.function if member else None, admins, now)
    WaitStore(tx, workspace).move(number, after.asked, decider)
    return _keep(tx, workspace, after, before, user, "handed over", decider, now)


def change_due(
    tx: Tx,
    workspace: str,
    number: int,
    user: str,
    due_at: datetime,
    now: datetime,
    *,
    admins: Collection[str] = NOBODY,
) -> Changed:
    before = _seen(tx, workspace, number, user)
    after = rules.due_changed(before, user, due_at, admins, now)
    return _keep(tx, workspace, after, before, user, "due changed", due_at.isoformat(), now)


def need_information(
    tx: Tx, workspace: str, number: int, user: str, needs: str, now: datetime, *, admins: Collection[str] = NOBODY
) -> Changed:
    before = _seen(tx, workspace, number, user)
    after = rules.information_needed(before, user, needs, admins, now)
    return _keep(tx, workspace, after, before, user, "information needed", needs, now)


def give_information(tx: Tx, workspace: str, number: int, user: str, text: str, now: datetime) -> Changed:
    """Anybody who sees the decision may know what the decider needs."""
    before = _seen(tx, workspace, number, user)
    return _keep(tx, workspace, rules.information_given(before, now), before, user, "information given", text, now)


def escalate(
    tx: Tx, workspace: str, number: int, user: str, to: str, now: datetime, *, admins: Collection[str] = NOBODY
) -> Changed:
    """Somebody else hears that it waits. Raises CannotSee where she has no access to the channel."""
    before = _seen(tx, workspace, number, user)
    if not reaches(tx, workspace, before.channel, to):
        raise CannotSee(to, "escalate_to")
    after = rules.escalated(before, user, to, admins, now)
    return _keep(tx, workspace, after, before, user, "escalated", to, now)


def give_input(
    tx: Tx, workspace: str, number: int, user: str, option: str | None, text: str, now: datetime
) -> Decision:
    """What she thinks; her newest stands. An option alone leaves her words as they were, and words alone her option.

    Raises NoSuchDecision, AlreadyClosed.
    """
    decision = _seen(tx, workspace, number, user)
    rules.must_be_open(decision)
    store = DecisionStore(tx, workspace)
    before = next((each for each in store.inputs(number) if each.user == user), None)
    kept = Input(
        user=user,
        option=option if option is not None else (before.option if before else None),
        text=text or (before.text if before else ""),
        at=now,
    )
    store.save_input(number, kept)
    return decision


def snooze(tx: Tx, workspace: str, number: int, user: str, until: datetime) -> Decision:
    """Raises NotYoursToPutOff for anybody but the decider."""
    after = rules.snoozed(_seen(tx, workspace, number, user), user, until)
    DecisionStore(tx, workspace).update(after)
    return after


def hold(tx: Tx, workspace: str, number: int, user: str, now: datetime, *, admins: Collection[str] = NOBODY) -> Changed:
    """Looked at again on its day, and it stands as it is. Raises NotYoursToDecide, NothingToRevisit."""
    before = _seen(tx, workspace, number, user)
    return _keep(tx, workspace, rules.held(before, user, admins, now), before, user, "confirmed", "", now)


def _seen(tx: Tx, workspace: str, number: int, user: str) -> Decision:
    """Locked, if it is there and she may see it."""
    decision = DecisionStore(tx, workspace).get(number, lock=True)
    if decision is None or not PeopleStore(tx, workspace).sees(user, decision.channel):
        raise NoSuchDecision(number)
    return decision


def _must_see(tx: Tx, workspace: str, of: Asked, asker: str, admins: Collection[str]) -> None:
    parts: dict[str, tuple[str, ...]] = {"channel": (asker,), "decider": (of.decider,), "driver": (of.driver,)}
    parts |= {"consulted": of.consulted, "informed": of.informed}
    parts |= {"escalate_to": (of.escalate_to,)} if of.escalate_to else {}
    for part, users in parts.items():
        for user in users:
            if not reaches(tx, workspace, of.channel, user):
                raise CannotSee(user, part)
    if of.supersedes is not None:
        rules.must_be_concerned(_seen(tx, workspace, of.supersedes, asker), asker, admins)


def _must_see_blocker(tx: Tx, workspace: str, blocker: Blocker, *users: str) -> None:
    for user in users:
        if not reaches(tx, workspace, blocker.channel, user):
            raise CannotSee(user, "blocker")


def _link(tx: Tx, workspace: str, blocker: str, number: int) -> bool:
    """False if it waits for this decision already. Raises WaitsAlready if it waits for another that is open."""
    store = DecisionStore(tx, workspace)
    other = store.for_blocker(blocker)
    if other == number:
        return False
    before = store.get(other) if other is not None else None
    if (before is not None and before.live) or not store.link(blocker, number, instead_of=other):
        raise WaitsAlready(blocker)
    return True


def _supersede(tx: Tx, workspace: str, number: int, by: int, user: str, now: datetime) -> None:
    store = DecisionStore(tx, workspace)
    before = store.get(number, lock=True)
    if before is not None and (after := rules.superseded(before, by, now)) is not before:
        _keep(tx, workspace, after, before, user, "superseded", str(by), now)


def _stand_again(tx: Tx, workspace: str, number: int, by: int, user: str, now: datetime) -> None:
    before = DecisionStore(tx, workspace).get(number, lock=True)
    if before is not None and before.superseded_by == by:
        _keep(tx, workspace, rules.stands_again(before, now), before, user, "undone", str(by), now)


def _end(tx: Tx, workspace: str, of: Decision, ended: str, calendar: WorkCalendar, now: datetime) -> None:
    waits = WaitStore(tx, workspace)
    member = PeopleStore(tx, workspace).member(of.decider)
    zone, country = (member.zone, member.country) if member else (None, None)
    waits.end(of.number, now, ended, working_minutes(calendar, waits.since(of.number), now, zone, country))


def _wait(of: Decision, since: datetime) -> Wait:
    return Wait(of.number, of.channel, since, None, None, None, of.waiting, of.asked, of.decider)


def _keep(
    tx: Tx, workspace: str, after: Decision, before: Decision, by: str, what: What, detail: str, now: datetime
) -> Changed:
    changed = _changed(after, before, by, what, detail, now)
    DecisionStore(tx, workspace).save(changed)
    return changed


def _changed(after: Decision, before: Decision | None, by: str, what: What, detail: str, now: datetime) -> Changed:
    counted = replace(after, changes=after.changes + 1, changed_at=now)
    return Changed(counted, before, Event(counted.changes, now, by, what, detail))
