"""What happens to decisions when time passes: past undoing, reminded of, to be looked at again. Each is one
transaction, safe to run again."""

from datetime import datetime

from bot import outbox
from bot.desk import Desk, privately
from bot.engine import enqueue
from bot.features.decisions import telling, verbs
from bot.features.decisions.views import notes
from bot.settings import Resolved
from rituals.decisions.records import UNDO_WITHIN
from rituals.decisions.store import DecisionStore
from rituals.decisions.usecases import changing, reading, reminding
from rituals.decisions.usecases.reminding import Reminder
from rituals.people.store import PeopleStore
from rituals.tables import Tx

# Decisions that are locked together while their reminders are planned.
AT_ONCE = 50


class Ticks:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def settle(self, tx: Tx, workspace: str, key: str, now: datetime) -> bool:
        settings = self._desk.settings.read(tx, workspace)
        # Locked, or else its card could be made to say what somebody changes this very moment.
        decision = DecisionStore(tx, workspace).get(_number(key), lock=True)
        if decision is not None and decision.closed_at and now - decision.closed_at >= UNDO_WITHIN:
            telling.settle(tx, workspace, decision, self._desk, settings, now)
        return False

    def remind(self, tx: Tx, workspace: str, key: str, now: datetime) -> bool:
        settings, number = self._desk.settings.read(tx, workspace), _number(key)
        taken = reminding.take_reminder(tx, workspace, number, settings.calendar, settings.decisions, now)
        decision = DecisionStore(tx, workspace).get(number)
        if decision is None:
            return False
        of = telling.sheet(tx, workspace, decision, settings)
        seen = telling.seen_of(tx, workspace, of, settings, now)
        if taken is not None and taken.kind == "due":
            telling.call_off(tx, workspace, number, now, "before.")
        if taken is not None and _hears(tx, workspace, taken):
            told = verbs.told(number, f"{taken.kind}.{taken.nth}", taken.person)
            message = notes.reminder(taken, seen)
            privately(tx, workspace, told, taken.person, "decisions", "reminder", message, settings, now)
        if decision.live:
            telling.show(tx, workspace, of, seen, now)
        telling.plan(tx, workspace, decision, settings, now)
        return False

    def revisit(self, tx: Tx, workspace: str, key: str, now: datetime) -> bool:
        """Whoever decided it, and who drives it, are asked whether it still holds."""
        settings, number = self._desk.settings.read(tx, workspace), _number(key)
        decision, people = DecisionStore(tx, workspace).get(number), PeopleStore(tx, workspace)
        if decision is None or decision.state != "decided" or decision.revisit_on is None:
            return False
        of = telling.sheet(tx, workspace, decision, settings)
        seen = telling.seen_of(tx, workspace, of, settings, now)
        for person in sorted({decision.decider, decision.driver}):
            if people.sees(person, decision.channel):
                told = verbs.told(number, f"revisit.{decision.revisit_on}", person)
                message = notes.revisit(of.decision, seen)
                privately(tx, workspace, told, person, "decisions", "revisit", message, settings, now)
        return False

    def settings_changed(self, tx: Tx, workspace: str, settings: Resolved, now: datetime) -> None:
        """The calendar, or how early people are reminded, may be another now; or somebody has left a channel, or has
        come; or a channel has become private, or public."""
        telling.keep_in_private(tx, workspace, now)
        enqueue(tx, workspace, verbs.PLAN_ANEW, "0")
        enqueue(tx, workspace, verbs.SHOW_ANEW, "0")

    def plan_anew(self, tx: Tx, workspace: str, key: str, now: datetime) -> bool:
        """A few at a time, each in a transaction of its own: nobody is to wait until all of them are planned."""
        last = plan_anew(tx, workspace, int(key), self._desk.settings.read(tx, workspace), now)
        if last is not None:
            enqueue(tx, workspace, verbs.PLAN_ANEW, str(last))
        return False

    def show_anew(self, tx: Tx, workspace: str, key: str, now: datetime) -> bool:
        """Cards name decisions of other channels only as long as everybody who reads them may know of those."""
        settings = self._desk.settings.read(tx, workspace)
        few = DecisionStore(tx, workspace).across_channels(int(key), AT_ONCE)
        for decision in few:
            telling.show_anew(tx, workspace, decision, settings, now)
        if len(few) == AT_ONCE:
            enqueue(tx, workspace, verbs.SHOW_ANEW, str(few[-1].number))
        return False


def plan_anew(tx: Tx, workspace: str, after: int, settings: Resolved, now: datetime) -> int | None:
    """Reminders of the next open decisions after this number. They are locked, or else somebody who puts one off this
    very moment would be reminded as if she had not. Returns the last number, None once there are no more."""
    few = DecisionStore(tx, workspace).live_after(after, AT_ONCE)
    for decision in few:
        telling.plan_reminder(tx, workspace, decision, settings, now)
    return few[-1].number if len(few) == AT_ONCE else None


def keep(tx: Tx, workspace: str, number: int, user: str, settings: Resolved, now: datetime) -> None:
    """Looked at again, and it holds: whoever else was asked reads so, and nobody is asked again."""
    before = reading.get(tx, workspace, number, user)
    after = changing.hold(tx, workspace, number, user, now, admins=settings.admins).decision
    of = telling.sheet(tx, workspace, after, settings)
    seen = telling.seen_of(tx, workspace, of, settings, now, user)
    telling.looked_at(tx, workspace, before, of.decision, user, seen, now)
    telling.show(tx, workspace, of, seen, now)
    telling.plan(tx, workspace, after, settings, now)


def _hears(tx: Tx, workspace: str, of: Reminder) -> bool:
    """She may read where it was asked, and has read that it is hers: else she needs no reminder beside that."""
    asked = verbs.waits(of.decision.number, of.person)
    news = asked in outbox.waiting(tx, workspace, asked)
    return not news and PeopleStore(tx, workspace).sees(of.person, of.decision.channel)


def _number(key: str) -> int:
    return int(key.partition("@")[0])
