"""What the features answer to: one table from id to handler per kind of payload, and what that needs of Slack.

Bolt tries its listeners one after another; a table keeps the cost of a request the same however many there are.
The manifest is printed from the same table, so that it cannot drift.
"""

import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeVar

from bot.engine import AnyJob, Job, JobApart
from bot.slack.payloads import Command, Event, Form, Press, Said, Shortcut
from bot.slack.replies import Blocks, Reply, View
from rituals.refusals import Refused
from rituals.tables import Tx

if TYPE_CHECKING:
    from bot.settings import Resolved

K = TypeVar("K")
Keeps = Callable[[Tx, str], Callable[[str], bool]]
Wording = Callable[[Tx, str, str, datetime], tuple[str, Blocks]]
OnCommand = Callable[[Command], Awaitable[Reply]]
OnPress = Callable[[Press], Awaitable[Reply]]
OnForm = Callable[[Form], Awaitable[Reply]]
OnShortcut = Callable[[Shortcut], Awaitable[Reply]]
OnSaid = Callable[[Said], Awaitable[Reply]]
OnEvent = Callable[[Event], Awaitable[Reply]]
OnSettings = Callable[[Tx, str, "Resolved", datetime], None]
OnEnd = Callable[[], Awaitable[None]]
OnCleaning = Callable[[Tx, str, datetime], None]
OnBegin = Callable[[str], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Usage:
    """A slash command as people see it: what it does and what may follow its name."""

    name: str
    description: str
    hint: str
    run: OnCommand


@dataclass(frozen=True, slots=True)
class Menu:
    """A shortcut in Slack's menus, for the whole workspace or for one message."""

    callback: str
    name: str
    description: str
    kind: Literal["global", "message"]
    run: OnShortcut


@dataclass(frozen=True, slots=True)
class Scope:
    """A permission that is asked for, why, and what stops without it."""

    name: str
    why: str
    without: str

    def also(self, why: str, without: str) -> "Scope":
        return Scope(self.name, f"{self.why}; {why}", f"{self.without}; {without}")


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits for her, with the one button that deals with it; `since` puts the oldest first."""

    text: str
    button: dict[str, Any]
    since: datetime


@dataclass(frozen=True, slots=True)
class HomePart:
    """A feature's share of App Home: what waits for her, and its own section."""

    waiting: Sequence[Waiting] = ()
    blocks: Blocks = ()


class OnHome(Protocol):
    def __call__(self, tx: Tx, workspace: str, user: str, now: datetime) -> HomePart: ...


@dataclass(frozen=True, slots=True)
class Plan:
    """One schedule: `when` on the clock of `zone`, begun `lead` before its time and no later than `grace` after."""

    key: str
    when: str
    zone: str
    lead: timedelta
    grace: timedelta


@dataclass(frozen=True, slots=True)
class Calling:
    """What recurs: `plans` lists a workspace's schedules; `occurs` begins one occurrence in the sweep's transaction.

    `title` says in words what comes, for a list of what comes next; {} is the plan's key.
    """

    kind: str
    plans: "Callable[[Resolved], Sequence[Plan]]"
    occurs: Callable[[Tx, str, str, Any, datetime], bool]
    skipped: Callable[[Tx, str, str, Any, str], None]
    title: str = "{} begins"


@dataclass
class Registry:
    """Filled once at start by each feature's `register`; read on every request."""

    commands: dict[str, Usage] = field(default_factory=dict)
    presses: dict[str, OnPress] = field(default_factory=dict)
    forms: dict[str, OnForm] = field(default_factory=dict)
    menus: dict[str, Menu] = field(default_factory=dict)
    listeners: list[OnSaid] = field(default_factory=list)
    events: dict[str, list[OnEvent]] = field(default_factory=dict)
    notices: dict[str, OnEvent] = field(default_factory=dict)
    scopes: dict[str, Scope] = field(default_factory=dict)
    jobs: dict[str, Job] = field(default_factory=dict)
    work: dict[str, AnyJob] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    wordings: dict[tuple[str, str], Wording] = field(default_factory=dict)
    callings: dict[str, Calling] = field(default_factory=dict)
    keepers: list[Keeps] = field(default_factory=list)
    homes: list[OnHome] = field(default_factory=list)
    settings: list[OnSettings] = field(default_factory=list)
    questions: list[OnCommand] = field(default_factory=list)
    beginnings: list[OnBegin] = field(default_factory=list)
    endings: list[OnEnd] = field(default_factory=list)
    cleanings: list[OnCleaning] = field(default_factory=list)
    home_view: Callable[[str, str], Awaitable[View]] | None = None
    refusals: dict[type[Refused], Callable[[Any], str]] = field(default_factory=dict)

    def command(self, name: str, run: OnCommand, description: str, hint: str) -> None:
        _once(self.commands, name, Usage(name, description, hint, run))

    def press(self, verb: str, run: OnPress) -> None:
        _once(self.presses, verb, run)

    def form(self, callback: str, run: OnForm) -> None:
        _once(self.forms, callback, run)

    def menu(self, menu: Menu) -> None:
        _once(self.menus, menu.callback, menu)

    def said(self, run: OnSaid, *, first: bool = False) -> None:
        """Messages where the bot can read; each listener is asked in turn until one answers something. `first`: before
        those that are there already."""
        self.listeners.insert(0 if first else len(self.listeners), run)

    def event(self, kind: str, run: OnEvent) -> None:
        self.events.setdefault(kind, []).append(run)

    def notice(self, subtype: str, run: OnEvent) -> None:
        """What Slack says of a channel in the channel itself, as a message of this subtype, where there is no event."""
        _once(self.notices, subtype, run)

    def scope(self, name: str, why: str, without: str) -> None:
        """Two features may need the same one, each for its own reason."""
        known = self.scopes.get(name)
        self.scopes[name] = Scope(name, why, without) if known is None else known.also(why, without)

    def job(self, kind: str, run: Job, title: str = "") -> None:
        """`title` says in words what is due, where people look at what comes next; {} is what the key begins with."""
        _once(self.work, kind, run)
        self.jobs[kind] = run
        if title:
            self.titles[kind] = title

    def job_apart(self, kind: str, job: JobApart) -> None:
        """What takes long, or needs large libraries: calculated in a process of its own."""
        _once(self.work, kind, job)

    def wording(self, ritual: str, kind: str, run: Wording) -> None:
        """Words the messages of this kind each time they are said; `outbox.renew` tells that one has changed."""
        _once(self.wordings, (ritual, kind), run)

    def tellable(self, kind: str, key: str) -> str:
        """What is due, in words, for a list of what comes next; empty for what nobody would look out for."""
        return self.titles.get(kind, "").format(re.split("[.@]", key, maxsplit=1)[0])

    def calling(self, calling: Calling) -> None:
        _once(self.callings, calling.kind, calling)

    def keeps(self, run: Keeps) -> None:
        """`run(tx, workspace)` answers what says of an outbox key whether something of this feature refers to it."""
        self.keepers.append(run)

    def home(self, part: OnHome) -> None:
        self.homes.append(part)

    def on_settings(self, run: OnSettings) -> None:
        """Called in one transaction when a workspace's configuration, or its people, have changed."""
        self.settings.append(run)

    def question(self, run: OnCommand) -> None:
        """Words to the bot that are no command; each is asked in turn until one answers something."""
        self.questions.append(run)

    def at_start(self, run: OnBegin) -> None:
        """Called with the workspace once Slack can reach the bot: what is better done before somebody waits for it."""
        self.beginnings.append(run)

    def at_end(self, run: OnEnd) -> None:
        """Called before the database is closed: what was put off is done now."""
        self.endings.append(run)

    def daily(self, run: OnCleaning) -> None:
        """Called once a day, to clear away what nobody asks for again."""
        self.cleanings.append(run)

    def refusal(self, kind: type[Refused], words: Callable[[Any], str]) -> None:
        """How a refusal reads: what happened, what was kept, what to do."""
        self.refusals[kind] = words

    def sentence(self, refused: Refused) -> str:
        for kind in type(refused).__mro__:
            if kind in self.refusals:
                return self.refusals[kind](refused)
        return str(refused)


def _once(table: dict[K, Any], key: K, value: Any) -> None:
    if key in table:
        raise ValueError(f"{key!r} is registered twice")
    table[key] = value
