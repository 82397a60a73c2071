"""Past decisions as a file: the rows that stand in it, what is wrong with them, and what they would add.

file -> read elsewhere into rows -> planning.plan: what is new, here already, wrong -> added: as it is kept
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from hashlib import sha256
from typing import TypeAlias

from rituals.calendar import WorkCalendar
from rituals.decisions import rules
from rituals.decisions.moments import day_of
from rituals.decisions.records import Decision, Origin
from rituals.people.rules import Member

# What nobody sees or types, and what databases refuse: control characters, halves of pairs, non-characters.
INVISIBLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")

Key: TypeAlias = tuple[str, str, datetime | date]
"""Channel, question with case levelled, and when it was asked: to the second, or the day on the group's clock."""


@dataclass(frozen=True, slots=True)
class Row:
    """One decision as a file has it. `at` is its row in a spreadsheet, the header being 1.

    People, channels, functions and moments are as written there. `number` is what other rows call this one by, and
    `supersedes` such a number. A decision without `decided` or `withdrawn` is open.
    """

    at: int
    question: str = ""
    decider: str = ""
    channel: str = ""
    asked: str = ""
    decided: str = ""
    withdrawn: str = ""
    due: str = ""
    state: str = ""
    outcome: str = ""
    why: str = ""
    context: str = ""
    asker: str = ""
    driver: str = ""
    closed_by: str = ""
    function_asked: str = ""
    function_waiting: str = ""
    revisit: str = ""
    number: str = ""
    supersedes: str = ""
    options: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    consulted: tuple[str, ...] = ()
    informed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a row, and what to write instead, in whole sentences."""

    at: int
    what: str


@dataclass(frozen=True, slots=True)
class Read:
    """All that a file says, and all of it that cannot be read."""

    rows: tuple[Row, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Whom and what the rows may name, what is here already, and who imports.

    `people` has user ids by everything that somebody is called ("@dana", an address, an id), `channels` ids by names
    in small letters and by ids, those alone that whoever imports may read; `functions` keys by names in small letters.
    `known` has numbers of decisions by their keys; `sees` says whether somebody may read a channel. `by` is empty
    where nobody has said who imports. `admins` may import what others decided; None: whoever imports keeps the server,
    and may import anything. `outsiders` are people of other companies, who have no part in any decision.
    """

    calendar: WorkCalendar
    now: datetime
    people: Mapping[str, str]
    members: Mapping[str, Member]
    channels: Mapping[str, str]
    functions: Mapping[str, str]
    known: Mapping[Key, int]
    sees: Callable[[str, str], bool]
    by: str = ""
    admins: frozenset[str] | None = None
    outsiders: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class New:
    """A decision that a row would add, still without its number; `number` and `supersedes` are the row's."""

    at: int
    decision: Decision
    number: str = ""
    supersedes: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a file would do. Rows with problems are in no other list. `here` counts those that are here already, and
    `numbers` has the numbers of these by what the file calls them."""

    new: tuple[New, ...] = ()
    here: int = 0
    numbers: Mapping[str, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @property
    def open(self) -> int:
        """How many of the new ones wait for an answer still."""
        return sum(each.decision.live for each in self.new)

    @property
    def seal(self) -> str:
        """The same for plans that add the same: who agreed to one agreed to the other."""
        return sha256(ascii(self.new).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Called:
    """How people, functions and channels are called outside: by id or key. `handles` name one person alone."""

    names: Mapping[str, str] = field(default_factory=dict)
    handles: Mapping[str, str] = field(default_factory=dict)
    functions: Mapping[str, str] = field(default_factory=dict)
    channels: Mapping[str, str] = field(default_factory=dict)


def keys(channel: str, question: str, asked_at: datetime, calendar: WorkCalendar) -> tuple[Key, Key]:
    """What tells one decision from another: to the second; and by its day, for rows that name no more."""
    asked = one_line(visible(question)).casefold()
    return (channel, asked, asked_at.replace(microsecond=0)), (channel, asked, day_of(asked_at, calendar))


def added(plan: Plan, first: int, file: str, by: str, now: datetime) -> tuple[Decision, ...]:
    """The new decisions as they are kept, numbered from `first` in the file's order, as `by` imports them."""
    numbers = {**plan.numbers, **{each.number: first + nth for nth, each in enumerate(plan.new)}}
    found = {first + nth: _kept(each, first + nth, numbers, file, by, now) for nth, each in enumerate(plan.new)}
    for each in tuple(found.values()):
        before = found.get(each.supersedes or 0)
        if before is not None and takes_the_place(each, before):
            found[before.number] = rules.superseded(before, each.number, now)
    return tuple(found.values())


def takes_the_place(of: Decision, before: Decision) -> bool:
    """Whether a decision stands in place of the one that it supersedes: both were decided, one after the other."""
    if of.closed_at is None or before.closed_at is None or of.state == "withdrawn":
        return False
    return (before.closed_at, before.number) < (of.closed_at, of.number)


def one_line(text: str) -> str:
    return " ".join(text.split())


def cut(text: str, limit: int = 60) -> str:
    """On one line, and cut visibly where it is longer."""
    text = one_line(text)
    return text if len(text) <= limit else text[: limit - 1] + "…"


def lines(text: str) -> str:
    """Line ends as "\\n", and no blanks at the ends of lines and around the text."""
    return "\n".join(each.rstrip() for each in text.splitlines()).strip()


def visible(text: str) -> str:
    """Without the invisible characters that no file could give back."""
    return INVISIBLE.sub("", "\n".join(text.splitlines()))


def _kept(new: New, number: int, numbers: Mapping[str, int], file: str, by: str, now: datetime) -> Decision:
    decision = new.decision
    return replace(
        decision,
        number=number,
        asker=decision.asker or by,
        driver=decision.driver or by,
        supersedes=numbers[new.supersedes] if new.supersedes else None,
        origin=Origin("file", file),
        # A day that is named alone may not be over yet.
        asked_at=min(decision.asked_at, now),
        closed_at=decision.closed_at and min(decision.closed_at, now),
        changed_at=now,
        changes=1,
    )
