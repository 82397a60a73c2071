"""A decision's life: asked, decided, undone, withdrawn, reopened, superseded; who may do what, and until when.

Every function answers the decision as it is afterwards, or raises; none of them knows a clock.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, datetime

from rituals.calendar import WorkCalendar, add_working_days, working_day_ends
from rituals.decisions.records import UNDO_WITHIN, Asked, Decision, Event, What
from rituals.decisions.refusals import (
    AlreadyClosed,
    NotClosed,
    NothingToRevisit,
    NothingToUndo,
    NotYoursToChange,
    NotYoursToDecide,
    NotYoursToPutOff,
    TooLateToUndo,
)
from rituals.decisions.settings import DecisionSettings

BEFORE, AT_DUE, LATE = 0, 1, 2


def asked(number: int, of: Asked, asker: str, now: datetime) -> Decision:
    """Open. Who is named twice has one part in it, and nobody has waited for it since a moment that is to come."""
    return Decision(
        number=number,
        question=of.question,
        context=of.context,
        options=_each_once(of.options),
        asker=asker,
        decider=of.decider,
        driver=of.driver,
        consulted=_each_once(of.consulted),
        informed=_each_once(of.informed),
        asked=of.asked,
        waiting=of.waiting,
        due_at=of.due_at,
        tags=_each_once(of.tags),
        links=_each_once(of.links),
        channel=of.channel,
        origin=of.origin,
        asked_at=min(of.waits_since or now, now),
        state="open",
        escalate_to=of.escalate_to,
        supersedes=of.supersedes,
        changed_at=now,
        due_since=now,
    )


def decided(
    before: Decision,
    user: str,
    outcome: str,
    why: str,
    revisit_on: date | None,
    admins: Collection[str],
    now: datetime,
) -> Decision:
    """Raises NotYoursToDecide, AlreadyClosed: the first outcome stands."""
    if user not in {before.decider, before.driver} and user not in admins:
        raise NotYoursToDecide(before)
    return replace(
        _open(before),
        state="decided",
        outcome=outcome,
        why=why,
        revisit_on=revisit_on,
        closed_by=user,
        closed_at=now,
        changed_at=now,
    )


def withdrawn(before: Decision, user: str, why: str, admins: Collection[str], now: datetime) -> Decision:
    """Nobody needs an answer any more. Raises NotYoursToChange, AlreadyClosed."""
    must_be_concerned(before, user, admins)
    return replace(_open(before), state="withdrawn", why=why, closed_by=user, closed_at=now, changed_at=now)


def undone(before: Decision, user: str, admins: Collection[str], now: datetime) -> Decision:
    """Open as if it had not been closed. Raises NothingToUndo, TooLateToUndo."""
    if before.live or before.state == "superseded" or (user != before.closed_by and user not in admins):
        raise NothingToUndo(before)
    if before.closed_at is None or now - before.closed_at > UNDO_WITHIN:
        raise TooLateToUndo(before)
    return _open_again(before, now)


def reopened(before: Decision, user: str, due_at: datetime, admins: Collection[str], now: datetime) -> Decision:
    """Waits for an answer once more; what was decided before stays in its history.

    Raises NotYoursToChange, NotClosed.
    """
    must_be_concerned(before, user, admins)
    must_be_closed(before)
    again = _due_anew(_open_again(before, now), due_at, now)
    return replace(again, needs="", superseded_by=None, escalated_at=None, reopened=before.reopened + 1)


def superseded(before: Decision, by: int, now: datetime) -> Decision:
    """Another decision has taken its place. What was not decided is left as it is."""
    if before.state != "decided":
        return before
    return replace(before, state="superseded", superseded_by=by, changed_at=now)


def stands_again(before: Decision, now: datetime) -> Decision:
    """What had taken its place was taken back."""
    if before.state != "superseded":
        return before
    return replace(before, state="decided", superseded_by=None, changed_at=now)


def handed_over(
    before: Decision, user: str, decider: str, function: str | None, admins: Collection[str], now: datetime
) -> Decision:
    """Somebody else decides; its age goes with it. Raises NotYoursToChange, AlreadyClosed."""
    must_be_concerned(before, user, admins)
    theirs = _open(before) if decider == before.decider else _due_anew(_open(before), before.due_at, now)
    # Who was to hear that it is late has heard so, whoever decides it now.
    return replace(theirs, decider=decider, asked=function, needs="", changed_at=now)


def due_changed(before: Decision, user: str, due_at: datetime, admins: Collection[str], now: datetime) -> Decision:
    """Raises NotYoursToChange, AlreadyClosed."""
    must_be_concerned(before, user, admins)
    if _open(before).due_at == due_at:
        return replace(before, changed_at=now)
    return replace(_due_anew(before, due_at, now), escalated_at=None, changed_at=now)


def information_needed(before: Decision, user: str, needs: str, admins: Collection[str], now: datetime) -> Decision:
    """Raises NotYoursToDecide, AlreadyClosed."""
    if user not in {before.decider, before.driver} and user not in admins:
        raise NotYoursToDecide(before)
    return replace(_open(before), needs=needs, changed_at=now)


def information_given(before: Decision, now: datetime) -> Decision:
    return replace(_open(before), needs="", changed_at=now)


def escalated(before: Decision, user: str, to: str, admins: Collection[str], now: datetime) -> Decision:
    """Raises NotYoursToChange, AlreadyClosed."""
    must_be_concerned(before, user, admins)
    return replace(_open(before), escalate_to=to, escalated_at=now, changed_at=now)


def snoozed(before: Decision, user: str, until: datetime) -> Decision:
    """Nothing reminds the decider before then. Whoever is to hear when it is late still does.

    Raises AlreadyClosed, NotYoursToPutOff.
    """
    if user != _open(before).decider:
        raise NotYoursToPutOff(before)
    return replace(before, snoozed_until=until)


def decided_and_reopened(history: Iterable[Event]) -> tuple[list[datetime], list[datetime]]:
    """When it was decided, but for what was taken back at once, and when it was opened again after that.

    What was brought in as decided was decided elsewhere: it can be reopened.
    """
    decided: list[datetime] = []
    reopened: list[datetime] = []
    closed: list[What] = []
    for event in history:
        if event.what in ("decided", "withdrawn", "superseded", "imported"):
            closed.append(event.what)
            decided += [event.at] if event.what == "decided" else []
        elif event.what == "undone":
            # What came in superseded has one end in its history and may be taken back twice.
            if closed and closed.pop() == "decided":
                decided.pop()
        elif event.what == "reopened":
            reopened += [event.at] if "withdrawn" not in closed else []
            closed.clear()
    return decided, reopened


def held(before: Decision, user: str, admins: Collection[str], now: datetime) -> Decision:
    """Nobody need look at it again. Raises NotYoursToDecide, NothingToRevisit."""
    if user not in {before.decider, before.driver} and user not in admins:
        raise NotYoursToDecide(before)
    if before.state != "decided" or before.revisit_on is None:
        raise NothingToRevisit(before)
    return replace(before, revisit_on=None, changed_at=now)


def must_be_open(of: Decision) -> None:
    """Raises AlreadyClosed."""
    if not of.live:
        raise AlreadyClosed(of)


def must_be_closed(of: Decision) -> None:
    """Raises NotClosed."""
    if of.live:
        raise NotClosed(of)


def due_after(calendar: WorkCalendar, now: datetime, days: int) -> datetime:
    """When working hours end, so many working days from now, on the group's clock."""
    return working_day_ends(calendar, add_working_days(calendar, now, days), calendar.zone)


def next_reminder(of: Decision, calendar: WorkCalendar, settings: DecisionSettings) -> datetime | None:
    """When the decider is reminded next, or somebody is to hear that it is late; None once all of it has happened."""
    moments = (decider_hears_at(of, calendar, settings), others_hear_at(of, calendar, settings))
    return min((moment for moment in moments if moment is not None), default=None)


def decider_hears_at(of: Decision, calendar: WorkCalendar, settings: DecisionSettings) -> datetime | None:
    if not of.live:
        return None
    if of.snoozed_until is not None:
        return of.snoozed_until  # she asked for it, whatever has come due meanwhile
    if of.reminded >= LATE:
        return None
    moment = of.due_at
    if of.reminded == BEFORE:
        moment = add_working_days(calendar, of.due_at, -settings.remind_days)
        if moment <= (of.due_since or of.asked_at):
            moment = of.due_at  # asked, put off or handed over so late that she has just heard of it
    return moment


def others_hear_at(of: Decision, calendar: WorkCalendar, settings: DecisionSettings) -> datetime | None:
    """When it is so late that somebody else is to know, whatever the decider has put off."""
    if not of.live or of.escalated_at is not None:
        return None
    return late_at(of, calendar, settings)


def reminded(of: Decision, now: datetime) -> Decision:
    """After the decider was reminded: once for all that is behind her."""
    return replace(of, reminded=LATE if now >= of.due_at else AT_DUE, snoozed_until=None)


def late_at(of: Decision, calendar: WorkCalendar, settings: DecisionSettings) -> datetime:
    return working_day_ends(calendar, add_working_days(calendar, of.due_at, settings.escalate_days), calendar.zone)


def _open_again(before: Decision, now: datetime) -> Decision:
    return replace(
        before, state="open", outcome="", why="", closed_by=None, closed_at=None, revisit_on=None, changed_at=now
    )


def _due_anew(of: Decision, due_at: datetime, now: datetime) -> Decision:
    """The decider hears of it anew; of what is late by now she has just heard."""
    reminded = LATE if due_at <= now else BEFORE
    return replace(of, due_at=due_at, due_since=now, reminded=reminded, snoozed_until=None)


def must_be_concerned(of: Decision, user: str, admins: Collection[str]) -> None:
    """Raises NotYoursToChange."""
    if user not in {of.asker, of.decider, of.driver} and user not in admins:
        raise NotYoursToChange(of)


def _open(of: Decision) -> Decision:
    must_be_open(of)
    return of


def _each_once(named: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(named))
