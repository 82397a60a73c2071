"""A small group in four zones and its stand-up, with verbs for what happens to them."""

import itertools
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

import sqlalchemy as sa

from rituals.blockers import usecases as blockers
from rituals.calendar import WorkCalendar
from rituals.people.rules import AwayRules, Function
from rituals.people.store import ChannelRow, MemberRow, PeopleStore
from rituals.standup import usecases
from rituals.standup.rules import Answer, Answered, Board, Moments, Opened, Planned, Prompt, Reminders
from rituals.standup.rules.records import Value, Via
from rituals.standup.settings import Question, Standup
from rituals.standup.store import AnswerStore
from rituals.tables import Tx

if TYPE_CHECKING:
    from bot.database import Database

T = TypeVar("T")
_teams = itertools.count(1)
SYNC, BOARD = "CSYNC", "CBOARD"
RUI, NOA, KAVYA, AROHA, MARTA, BOT, GUEST = "URUI", "UNOA", "UKAVYA", "UAROHA", "UMARTA", "UBOT", "UGUEST"

CALENDAR = WorkCalendar("Europe/Lisbon", frozenset(range(5)), time(9), time(18), country="PT")
AWAY = AwayRules(frozenset({"palm_tree"}))

ZONES = {
    RUI: "Europe/Lisbon",
    MARTA: "Europe/Lisbon",
    NOA: "America/New_York",
    KAVYA: "Asia/Kolkata",
    AROHA: "Pacific/Auckland",
}
FUNCTIONS = [
    Function("engineering", "Engineering", "technical", RUI),
    Function("sales", "Sales", "business", NOA, "US"),
    Function("product", "Product", "business", MARTA),
]
BELONGING = {"engineering": [RUI, KAVYA], "sales": [NOA], "product": [MARTA]}
COUNTRIES = {KAVYA: "IN", AROHA: "NZ"}

MOVED = Question("moved", "What moved?", required=True)
STOPS = Question("stops", "What stops you?", "blocker")
WAITING = Question("waiting", "Whom do you wait for?", "waiting")
MOOD = Question("mood", "How is it going?", "scale")
SHIP = Question("ship", "Did you ship?", "choice", options=("yes", "no"), functions=("engineering",))

WEEKLY = Standup(
    key="weekly",
    title="Weekly",
    channel=SYNC,
    when="mon 09:00",
    questions=(MOVED, STOPS, WAITING, MOOD, SHIP),
    owner=MARTA,
    thread_zone="Europe/Lisbon",
)
FIXED = replace(WEEKLY, zone="Europe/Lisbon")
WALL = "2026-11-23T09:00"


def utc(text: str) -> datetime:
    """ "2026-11-23 09:00" """
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def row(user: str, zone: str, **more: Any) -> MemberRow:
    name = user[1:].title()
    return MemberRow(user, name, name.lower(), f"{name.lower()}@acme.example", zone, **more)


def new_team() -> str:
    return f"T{next(_teams)}"


def furnish(tx: Tx, team: str) -> None:
    """Five people, a bot and a guest in a public channel; Marta and Rui also in a private one."""
    people = PeopleStore(tx, team)
    everyone = [row(user, zone) for user, zone in ZONES.items()]
    others = [row(BOT, "UTC", bot=True), row(GUEST, "Europe/Lisbon", guest=True)]
    people.save_members([*everyone, *others], utc("2026-11-01 00:00"))
    people.save_channels([ChannelRow(SYNC, "product-sync", bot_in=True), ChannelRow(BOARD, "board", private=True)])
    people.join(SYNC, *ZONES, BOT, GUEST)
    people.join(BOARD, MARTA, RUI, BOT)
    people.set_functions(FUNCTIONS, BELONGING, COUNTRIES)


class Group:
    """The group's stand-up in a database. Each verb is one transaction at the moment that `now` says."""

    def __init__(self, database: "Database", team: str, standup: Standup = FIXED) -> None:
        self.database, self.team, self.standup = database, team, standup
        self.now = utc("2026-11-20 12:00")
        self.round = f"{standup.key}.{WALL}"
        self.ts = 0

    def do(self, what: Callable[..., T], *args: Any, **named: Any) -> T:
        """A use case in this team: `what(tx, team, ...)`."""
        found: T = self.database.write_now(what, self.team, *args, **named)
        return found

    def people(self, what: Callable[..., T], *args: Any) -> T:
        def run(tx: Tx) -> T:
            return what(PeopleStore(tx, self.team), *args)

        found: T = self.database.write_now(run)
        return found

    def it_is(self, text: str) -> None:
        self.now = utc(text)

    def later(self, **span: float) -> None:
        self.now += timedelta(**span)

    def plan(self, wall: str = WALL) -> Planned | None:
        planned = self.do(usecases.plan_round, self.standup, CALENDAR, AWAY, wall, self.now)
        if planned is not None:
            self.round = planned.round.id
        return planned

    def replan(self, standup: Standup | None, **named: Any) -> Moments | None:
        return self.do(usecases.replan_round, self.round, standup, CALENDAR, AWAY, self.now, **named)

    def prompts(self, limit: int = 100) -> dict[str, Prompt]:
        """Everybody whose time has come, however many chunks it takes."""
        taken = self.do(usecases.take_prompts, self.round, CALENDAR, AWAY, self.now, limit)
        found = {each.participant.user: each for each in taken.prompts}
        return found | self.prompts(limit) if taken.more else found

    def open(self) -> Opened | None:
        return self.do(usecases.open_thread, self.round, CALENDAR, self.now)

    def remind(self) -> Reminders:
        return self.do(usecases.take_reminders, self.round, CALENDAR, AWAY, self.now)

    def submit(self, user: str, values: Mapping[str, Value] | str, *, via: Via = "modal", **named: Any) -> Answered:
        said = {"moved": values} if isinstance(values, str) else values
        return self.do(usecases.submit, self.round, user, said, self.now, via=via, calendar=CALENDAR, **named)

    def reply(self, user: str, text: str) -> tuple[Answered | None, tuple[str, str]]:
        self.ts += 1
        source = (SYNC, f"{self.ts}.0")
        return self.do(usecases.take_thread_reply, self.round, user, text, source, self.now, CALENDAR), source

    def write_to_bot(self, user: str, text: str, in_round: str | None = None) -> Any:
        self.ts += 1
        under = [in_round] if in_round else []
        return self.do(usecases.take_dm, user, text, (f"D{user}", f"{self.ts}.0"), under, self.now, CALENDAR)

    def close(self) -> Any:
        return self.do(usecases.close_round, self.round, CALENDAR, self.now)

    def digest(self) -> Any:
        return self.do(usecases.digest, self.round, CALENDAR, self.now)

    def board(self) -> Board:
        return self.do(usecases.board, self.round, self.now)

    def answers(self) -> dict[str, Answer]:
        def read(tx: Tx) -> dict[str, Answer]:
            return AnswerStore(tx, self.team).of_round(self.round)

        return self.database.read_now(read)

    def open_blockers(self, user: str) -> list[str]:
        return [each.text for each in self.do(blockers.open_of, user)]

    def monday_morning(self) -> None:
        """The round is planned, everybody in Lisbon's zone was asked, the thread is up. It is 09:00 in Lisbon."""
        self.plan()
        self.it_is("2026-11-23 09:00")
        self.prompts()
        self.open()


@contextmanager
def statements_counted() -> Iterator[list[str]]:
    """What any database in this process is told meanwhile; a statement for many rows counts once."""
    told: list[str] = []

    def note(*args: Any) -> None:
        told.append(args[2])

    sa.event.listen(sa.Engine, "before_cursor_execute", note)
    try:
        yield told
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", note)
