"""Who is reminded of a decision, and when: before it is due, when it is due, and somebody else once it is late."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from rituals.calendar import WorkCalendar
from rituals.decisions import rules
from rituals.decisions.records import Decision
from rituals.decisions.settings import DecisionSettings
from rituals.decisions.store import DecisionStore
from rituals.decisions.usecases.reaching import reaches
from rituals.people.store import PeopleStore
from rituals.tables import Tx

Kind = Literal["before", "due", "late", "revisit"]


@dataclass(frozen=True, slots=True)
class Reminder:
    """Somebody (`person`) is to hear of a decision. `nth` tells reminders of one decision apart."""

    decision: Decision
    kind: Kind
    person: str
    nth: str


def take_reminder(
    tx: Tx, workspace: str, number: int, calendar: WorkCalendar, settings: DecisionSettings, now: datetime
) -> Reminder | None:
    """Who is to hear now, and that she has. None: nobody, since it was closed or put off meanwhile, or since whoever
    was to hear has no access to its channel any more; there may be a next time for all that."""
    before = DecisionStore(tx, workspace).get(number, lock=True)
    moment = rules.next_reminder(before, calendar, settings) if before else None
    if before is None or moment is None or moment > now:
        return None
    if moment == rules.decider_hears_at(before, calendar, settings):
        return _to_decider(tx, workspace, before, now)
    return _to_others(tx, workspace, before, now)


def _to_decider(tx: Tx, workspace: str, before: Decision, now: datetime) -> Reminder | None:
    after = rules.reminded(before, now)
    DecisionStore(tx, workspace).update(after)
    if not reaches(tx, workspace, before.channel, before.decider):
        return None
    kind: Kind = "due" if after.reminded >= rules.LATE else "before"
    return Reminder(before, kind, before.decider, _nth(before, kind))


def _to_others(tx: Tx, workspace: str, before: Decision, now: datetime) -> Reminder | None:
    DecisionStore(tx, workspace).update(replace(before, escalated_at=now))
    person = _whom(tx, workspace, before)
    return Reminder(before, "late", person, _nth(before, "late")) if person else None


def _nth(of: Decision, kind: Kind) -> str:
    """Of one kind there is a second one only after a change: another due time, another decider, reopened; and as often
    as the decider wants to be reminded again."""
    again = f".{int(of.snoozed_until.timestamp())}" if of.snoozed_until is not None and kind != "late" else ""
    return f"{of.changes}.{kind}{again}"


def _whom(tx: Tx, workspace: str, of: Decision) -> str | None:
    """Whom the decision names, else the lead of the function that is asked, else its driver, else who asked; nobody
    who cannot see it, and never the decider herself, who knows."""
    function = PeopleStore(tx, workspace).functions().get(of.asked or "")
    named = (of.escalate_to, function.lead if function else None, of.driver, of.asker)
    for person in named:
        if person is not None and person != of.decider and reaches(tx, workspace, of.channel, person):
            return person
    return None
