"""What a group agreed on for one stand-up, with people and channels already resolved to ids."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal

Kind = Literal["text", "blocker", "waiting", "choice", "scale"]


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that is asked. `functions` empty: everyone is asked; else only members of these."""

    key: str
    text: str
    kind: Kind = "text"
    options: tuple[str, ...] = ()
    required: bool = False
    functions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Audience:
    """Who takes part: the channel's members, whole functions, single people; the union of what is named."""

    channel: bool = True
    functions: tuple[str, ...] = ()
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Standup:
    """One stand-up of one workspace.

    `when` is read by the schedule ("mon 09:00" or cron). `zone` is "member" (each person at her own local time)
    or an IANA zone for all. `thread_zone` is whose clock opens the thread. `window` runs from each person's prompt;
    with `closes` "last" the round closes when the last zone's window has ended, with "thread" one window after the
    thread opened.
    `reminders` count from each person's prompt. `early` is how long before her prompt an answer counts.
    """

    key: str
    title: str
    channel: str
    when: str
    questions: tuple[Question, ...]
    owner: str
    zone: str = "member"
    thread_zone: str = "UTC"
    closes: Literal["last", "thread"] = "last"
    audience: Audience = field(default_factory=Audience)
    optional: frozenset[str] = frozenset()
    reminders: tuple[timedelta, ...] = (timedelta(hours=3),)
    window: timedelta = timedelta(hours=9)
    early: timedelta = timedelta(hours=15)
    on_holiday: Literal["move", "skip"] = "move"
    skip_dates: frozenset[str] = frozenset()
    shows: Literal["when sent", "at the close"] = "when sent"
    away_emojis: frozenset[str] = frozenset()
    guests: bool = False
    strangers: bool = False
    digest: str | None = None
    grace: timedelta = timedelta(hours=2)
