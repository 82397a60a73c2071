"""A group that asks for decisions and takes them, with verbs for what happens to these."""

import itertools
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from rituals.blockers import usecases as blockers
from rituals.blockers.rules import Origin as RaisedIn
from rituals.decisions import rules
from rituals.decisions.records import Asked, Changed, Decision, Event, Sheet, Wait
from rituals.decisions.settings import DecisionSettings
from rituals.decisions.store import DecisionStore, WaitStore, Where
from rituals.decisions.usecases import changing, reminding
from rituals.decisions.usecases.reminding import Reminder
from rituals.people.store import ChannelRow, PeopleStore
from rituals.tables import Tx
from tests.rituals.standup import group as people
from tests.rituals.standup.group import AROHA, BOARD, CALENDAR, GUEST, KAVYA, MARTA, NOA, RUI, SYNC, row, utc

if TYPE_CHECKING:
    from bot.database import Database

P = ParamSpec("P")
T = TypeVar("T")
_teams = itertools.count(1)

# Of another company: Mira reads along in the public channel, Otto does not.
MIRA, OTTO = "UMIRA", "UOTTO"
# An admin of the group; like everybody she sees only the channels that she is in, and the public ones.
ADMINS = frozenset({AROHA})
SETTINGS = DecisionSettings()
# Monday morning, and the end of Thursday in Lisbon.
MONDAY, THURSDAY = utc("2026-11-23 09:00"), utc("2026-11-26 18:00")

ASKED = Asked("Which price?", decider=RUI, driver=MARTA, channel=SYNC, due_at=THURSDAY)


def new_team() -> str:
    return f"TDECISIONS{next(_teams)}"


def furnish(tx: Tx, team: str) -> None:
    """The stand-up's group, and two people of another company."""
    people.furnish(tx, team)
    store = PeopleStore(tx, team)
    store.save_members([row(user, "Europe/Berlin", stranger=True) for user in (MIRA, OTTO)], MONDAY)
    store.join(SYNC, MIRA)


class Group:
    """Each verb is one transaction at the moment that `now` says."""

    def __init__(self, database: "Database", team: str) -> None:
        self.database, self.team = database, team
        self.now = MONDAY

    def do(self, what: Callable[Concatenate[Tx, str, P], T], *args: P.args, **named: P.kwargs) -> T:
        """A use case in this team: `what(tx, team, ...)`."""

        def run(tx: Tx) -> T:
            return what(tx, self.team, *args, **named)

        return self.database.write_now(run)

    def see(self, what: Callable[Concatenate[Tx, str, P], T], *args: P.args, **named: P.kwargs) -> T:
        """The same, where nothing can be written."""
        return self.database.read_now(what, self.team, *args, **named)

    def people(self, what: Callable[Concatenate[PeopleStore, P], T], *args: P.args, **named: P.kwargs) -> T:
        def run(tx: Tx, team: str) -> T:
            return what(PeopleStore(tx, team), *args, **named)

        return self.do(run)

    def store(self, what: Callable[Concatenate[DecisionStore, P], T], *args: P.args, **named: P.kwargs) -> T:
        def run(tx: Tx, team: str) -> T:
            return what(DecisionStore(tx, team), *args, **named)

        return self.do(run)

    def it_is(self, text: str) -> None:
        self.now = utc(text)

    def later(self, **span: float) -> None:
        self.now += timedelta(**span)

    def ask(
        self, by: str = KAVYA, blockers: tuple[str, ...] = (), admins: frozenset[str] = frozenset(), **other: Any
    ) -> int:
        """Its number."""
        asked = replace(ASKED, **other)
        return self.do(changing.ask, asked, by, self.now, blockers, admins=admins).decision.number

    def decide(self, number: int, outcome: str = "Five.", by: str = RUI, why: str = "", **named: Any) -> Changed:
        return self.do(changing.decide, number, by, outcome, why, CALENDAR, self.now, **named)

    def withdraw(self, number: int, by: str = KAVYA, **named: Any) -> Changed:
        return self.do(changing.withdraw, number, by, "Not now.", CALENDAR, self.now, **named)

    def undo(self, number: int, by: str = RUI, **named: Any) -> Changed:
        return self.do(changing.undo, number, by, self.now, **named)

    def reopen(self, number: int, by: str = KAVYA, due_at: datetime = THURSDAY, **named: Any) -> Changed:
        return self.do(changing.reopen, number, by, "It is too low.", due_at, self.now, **named)

    def hand_over(self, number: int, to: str, by: str = RUI, **named: Any) -> Changed:
        return self.do(changing.hand_over, number, by, to, self.now, **named)

    def change_due(self, number: int, due_at: datetime, by: str = KAVYA) -> Changed:
        return self.do(changing.change_due, number, by, due_at, self.now)

    def escalate(self, number: int, to: str, by: str = KAVYA, **named: Any) -> Changed:
        return self.do(changing.escalate, number, by, to, self.now, **named)

    def snooze(self, number: int, until: datetime, by: str = RUI) -> Decision:
        return self.do(changing.snooze, number, by, until)

    def raised(self, blocker: str, at: datetime, channel: str = SYNC, by: str = MARTA) -> str:
        """A blocker of this id, which it answers."""
        origin = RaisedIn("standup", "weekly.2026-11-23T09:00")
        self.do(blockers.raise_blocker, blocker, by, None, "The price.", channel, origin, at)
        return blocker

    def link(self, number: int, blocker: str, by: str = KAVYA) -> Changed | None:
        return self.do(changing.link_blocker, number, blocker, by, self.now)

    def remind(self, number: int) -> Reminder | None:
        return self.do(reminding.take_reminder, number, CALENDAR, SETTINGS, self.now)

    def next_reminder(self, number: int) -> datetime | None:
        return rules.next_reminder(self.decision(number), CALENDAR, SETTINGS)

    def decision(self, number: int) -> Decision:
        """As it is, whoever may see it."""
        found = self.store(DecisionStore.get, number)
        assert found is not None
        return found

    def events(self, number: int) -> tuple[Event, ...]:
        return self.store(DecisionStore.events, number)

    def what(self, number: int) -> list[str]:
        return [event.what for event in self.events(number)]

    def waits(self, number: int) -> list[Wait]:
        def read(tx: Tx, team: str) -> list[Wait]:
            return [each for each in WaitStore(tx, team).all(Where(None)) if each.decision == number]

        return self.see(read)


__all__ = [
    "ADMINS",
    "AROHA",
    "ASKED",
    "BOARD",
    "CALENDAR",
    "GUEST",
    "KAVYA",
    "MARTA",
    "MIRA",
    "MONDAY",
    "NOA",
    "OTTO",
    "RUI",
    "SETTINGS",
    "SYNC",
    "THURSDAY",
    "ChannelRow",
    "Group",
    "Sheet",
    "furnish",
    "new_team",
    "row",
    "utc",
]
