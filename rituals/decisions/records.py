"""What a decision is made of: who asks whom what, until when, and what came of it."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal

State = Literal["open", "decided", "withdrawn", "superseded"]
What = Literal[
    "asked",
    "decided",
    "undone",
    "withdrawn",
    "reopened",
    "superseded",
    "handed over",
    "due changed",
    "information needed",
    "information given",
    "escalated",
    "linked",
    "confirmed",
    "imported",
]
Source = Literal["command", "message", "blocker", "file"]

# So long whoever decided or withdrew can take it back, and only then do the informed people hear of it.
UNDO_WITHIN = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Origin:
    """What made somebody ask: a message (its address), a blocker (its id), a row of a file, or just a command."""

    source: Source = "command"
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A decision as somebody asks for it. `waits_since` is when it was first waited for, if that was before now."""

    question: str
    decider: str
    driver: str
    channel: str
    due_at: datetime
    context: str = ""
    options: tuple[str, ...] = ()
    consulted: tuple[str, ...] = ()
    informed: tuple[str, ...] = ()
    # Functions, by key: whose answer it is, and who needs it.
    asked: str | None = None
    waiting: str | None = None
    tags: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    escalate_to: str | None = None
    supersedes: int | None = None
    origin: Origin = field(default_factory=Origin)
    waits_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """`number` is what people call it by. `asked_at` is when it was first waited for: it stays, whatever changes.

    `needs` is what the decider wants to know first; it stays when it is closed, for that may be undone. `reminded`
    counts her reminders for the present due time, of which she has known since `due_since`; `escalated_at` is when
    somebody else heard of it; `revisit_on` is a day to look at it again; `reopened` counts how often it was.
    """

    number: int
    question: str
    context: str
    options: tuple[str, ...]
    asker: str
    decider: str
    driver: str
    consulted: tuple[str, ...]
    informed: tuple[str, ...]
    asked: str | None
    waiting: str | None
    due_at: datetime
    tags: tuple[str, ...]
    links: tuple[str, ...]
    channel: str
    origin: Origin
    asked_at: datetime
    state: State
    escalate_to: str | None = None
    escalated_at: datetime | None = None
    outcome: str = ""
    why: str = ""
    closed_by: str | None = None
    closed_at: datetime | None = None
    revisit_on: date | None = None
    needs: str = ""
    supersedes: int | None = None
    superseded_by: int | None = None
    snoozed_until: datetime | None = None
    reminded: int = 0
    reopened: int = 0
    changed_at: datetime | None = None
    changes: int = 0
    due_since: datetime | None = None

    @property
    def live(self) -> bool:
        return self.state == "open"

    @property
    def concerned(self) -> frozenset[str]:
        """Everybody who has a part in it."""
        return frozenset({self.asker, self.decider, self.driver, *self.consulted, *self.informed})


@dataclass(frozen=True, slots=True)
class Input:
    """What somebody thinks: an option she would take, words, or both. Her newest stands."""

    user: str
    option: str | None
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a decision's history, numbered from 1; `detail` is the outcome, the new decider, the new due time."""

    n: int
    at: datetime
    by: str
    what: What
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Changed:
    """One change that was made and kept. `event` tells it, `before` is None for a new one."""

    decision: Decision
    before: Decision | None
    event: Event

    @property
    def what(self) -> What:
        return self.event.what


@dataclass(frozen=True, slots=True)
class Sheet:
    """All there is to say about one decision. `blockers` are the ids of those that wait for it."""

    decision: Decision
    inputs: tuple[Input, ...] = ()
    events: tuple[Event, ...] = ()
    blockers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wait:
    """One wait for an answer, from asking (or reopening) until it was decided or withdrawn; both open while it lasts.

    `worked` are its whole working minutes, on the calendar as it was when the wait ended.
    """

    decision: int
    channel: str
    since: datetime
    until: datetime | None
    ended: Literal["decided", "withdrawn"] | None
    worked: int | None
    waiting: str | None
    asked: str | None
    decider: str
