"""A blocker's life: raised, taken, answered, passed on, resolved, reopened; who may do what, and who hears of it."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from rituals.refusals import Refused

State = Literal["open", "taken", "answered", "resolved", "withdrawn"]
What = Literal["raised", "changed", "taken", "answered", "moved", "resolved", "reopened", "withdrawn"]

LIVE: frozenset[State] = frozenset({"open", "taken", "answered"})


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a blocker was first spoken of: a ritual and that ritual's own id ("standup", "weekly.2026-11-23T09:00")."""

    ritual: str
    id: str


@dataclass(frozen=True, slots=True)
class Blocker:
    """What `raiser` waits for. `function` is whom she waits on, if she knows.

    `raised_at` is the first mention: it stays through changes, moves, taking back and raising again, so that an age is
    never made young. `taker` is who said "I'll take it"; `answer` is the newest answer, given by `taker`.
    """

    id: str
    raiser: str
    function: str | None
    text: str
    channel: str
    origin: Origin
    raised_at: datetime
    state: State
    taker: str | None
    answer: str | None
    changed_at: datetime
    resolved_at: datetime | None
    resolved_by: str | None
    changes: int

    @property
    def live(self) -> bool:
        return self.state in LIVE


@dataclass(frozen=True, slots=True)
class Changed:
    """One change that was made and kept: `detail` is the answer's text, or the function a blocker was passed on to.

    `tell` are the people who should hear of it, never including `by`. `unheard` says that the waited-on function has
    nobody to tell: it has no lead, or the lead cannot see the channel.
    """

    blocker: Blocker
    by: str
    what: What
    detail: str | None = None
    tell: frozenset[str] = frozenset()
    unheard: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a blocker's history, numbered from 1."""

    n: int
    at: datetime
    by: str
    what: What
    detail: str | None


class NotYours(Refused):
    """Only who raised a blocker, the function it waits on, or an admin may change it."""

    def __init__(self, blocker: Blocker) -> None:
        super().__init__(blocker.id)
        self.blocker = blocker


class AlreadyResolved(Refused):
    def __init__(self, blocker: Blocker) -> None:
        super().__init__(blocker.id)
        self.blocker = blocker


class NotResolved(Refused):
    def __init__(self, blocker: Blocker) -> None:
        super().__init__(blocker.id)
        self.blocker = blocker


class NoSuchBlocker(Refused):
    def __init__(self, blocker_id: str) -> None:
        super().__init__(blocker_id)
        self.blocker_id = blocker_id


def raised(
    blocker_id: str, raiser: str, function: str | None, text: str, channel: str, origin: Origin, now: datetime
) -> Blocker:
    """A blocker at its first mention."""
    return Blocker(blocker_id, raiser, function, text, channel, origin, now, "open", None, None, now, None, None, 0)


def raised_again(before: Blocker, function: str | None, text: str, now: datetime) -> Blocker:
    """A blocker that was taken back and is spoken of again: as old as it ever was."""
    return replace(before, function=function, text=text, state="open", taker=None, answer=None, changed_at=now)


def reworded(before: Blocker, function: str | None, text: str, now: datetime) -> Blocker:
    """New words, or another function. Who had taken it for the old function no longer has it."""
    if function != before.function:
        return replace(before, function=function, text=text, state="open", taker=None, answer=None, changed_at=now)
    return replace(before, text=text, changed_at=now)


def taken(before: Blocker, by: str, now: datetime) -> Blocker:
    return replace(_live(before), state="taken", taker=by, changed_at=now)


def answered(before: Blocker, by: str, text: str, now: datetime) -> Blocker:
    return replace(_live(before), state="answered", taker=by, answer=text, changed_at=now)


def moved(before: Blocker, to: str | None, now: datetime) -> Blocker:
    """Waits for another function, or for somebody to say whose it is; its age goes with it."""
    return replace(_live(before), state="open", function=to, taker=None, answer=None, changed_at=now)


def resolved(before: Blocker, by: str, now: datetime) -> Blocker:
    return replace(_live(before), state="resolved", resolved_at=now, resolved_by=by, changed_at=now)


def reopened(before: Blocker, now: datetime) -> Blocker:
    if before.state != "resolved":
        raise NotResolved(before)
    state: State = "answered" if before.answer else "taken" if before.taker else "open"
    return replace(before, state=state, resolved_at=None, resolved_by=None, changed_at=now)


def withdrawn(before: Blocker, now: datetime) -> Blocker:
    return replace(_live(before), state="withdrawn", changed_at=now)


def must_be_concerned(blocker: Blocker, user: str, members: Collection[str], admins: Collection[str]) -> None:
    """Raises NotYours unless `user` raised it, belongs to the function it waits on (`members`), or is an admin."""
    if user != blocker.raiser and user not in members and user not in admins:
        raise NotYours(blocker)


def _live(blocker: Blocker) -> Blocker:
    if not blocker.live:
        raise AlreadyResolved(blocker)
    return blocker
