"""A term and its two sides: what it is called, what it means to whom, where it stands, and every change it has seen."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from rituals.people.rules import Side
from rituals.refusals import Refused

# A declined term was never accepted: to whoever looks for it, it is not there. Its history is kept, its name is free.
State = Literal["suggested", "accepted", "disputed", "retired", "declined"]
What = Literal["added", "edited", "accepted", "disputed", "retired", "declined", "reverted", "imported"]

SIDES: tuple[Side, Side] = ("business", "technical")
LONGEST_NAME, LONGEST_DEFINITION, MOST_NAMES, MOST_SENSES, MOST_LINKS = 80, 1500, 20, 8, 5
# An owner who was asked has this long before a term that nobody confirmed is shown as stale.
ANSWER_WITHIN = timedelta(days=7)


def ask_again_after(every: timedelta) -> timedelta:
    """How long an owner who has not answered is left alone; nobody is asked anew while her answer may still come."""
    return max(every, 2 * ANSWER_WITHIN)


@dataclass(frozen=True, slots=True)
class Sense:
    """One meaning, said for both sides. An empty side is a gap. Owners are user ids; `domain` is a key, or empty."""

    business: str = ""
    technical: str = ""
    example: str = ""
    business_owner: str | None = None
    technical_owner: str | None = None
    links: tuple[str, ...] = ()
    domain: str = ""

    def said(self, side: Side) -> str:
        return self.business if side == "business" else self.technical

    def owner(self, side: Side) -> str | None:
        return self.business_owner if side == "business" else self.technical_owner

    @property
    def missing(self) -> tuple[Side, ...]:
        """The sides on which nothing is said."""
        return tuple(side for side in SIDES if not self.said(side))


@dataclass(frozen=True, slots=True)
class Wording:
    """What a term says: all that people write and that a revision keeps. `expansions`: what the letters stand for."""

    name: str
    expansions: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    senses: tuple[Sense, ...] = (Sense(),)

    def names(self) -> Iterator[str]:
        """Everything it answers to, the name first."""
        yield self.name
        yield from self.expansions
        yield from self.aliases

    @property
    def owners(self) -> frozenset[str]:
        return frozenset(owner for sense in self.senses for side in SIDES if (owner := sense.owner(side)))

    @property
    def domains(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(sense.domain for sense in self.senses if sense.domain))


@dataclass(frozen=True, slots=True)
class Term:
    """A wording and where it stands. `revision` counts its changes from 1; `state_by` brought it into its state, and
    `reason` says why it is disputed, retired or declined.

    `confirmed_at`: when somebody who answers for it last wrote it or said that it still holds; `asked_at`: when its
    owners were last asked since.
    """

    id: str
    wording: Wording
    state: State
    revision: int
    changed_by: str
    changed_at: datetime
    confirmed_at: datetime
    asked_at: datetime | None = None
    reason: str = ""
    state_by: str = ""

    @property
    def name(self) -> str:
        return self.wording.name

    def stale(self, now: datetime, every: timedelta) -> bool:
        """Whether its owners were asked and have let the time to answer pass. Asking them anew makes it no fresher."""
        if self.state != "accepted" or self.asked_at is None:
            return False
        # Whoever was asked so long after it was confirmed was asked before, or else very late.
        anew = self.asked_at - self.confirmed_at >= every + ask_again_after(every)
        return now - self.confirmed_at >= every and (anew or now - self.asked_at >= ANSWER_WITHIN)


@dataclass(frozen=True, slots=True)
class Revision:
    """One change, kept for ever: the wording and the state it led to."""

    term: str
    n: int
    at: datetime
    by: str
    what: What
    wording: Wording
    state: State
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A wording that somebody would like a term to have, against the revision she saw. It waits for a steward."""

    id: str
    term: str
    base: int
    wording: Wording
    by: str
    at: datetime
    note: str
    state: Literal["open", "accepted", "declined"] = "open"
    settled_by: str | None = None


class NoSuchTerm(Refused):
    def __init__(self, term: str) -> None:
        super().__init__(term)
        self.term = term


class NoSuchSuggestion(Refused):
    def __init__(self, suggestion: str) -> None:
        super().__init__(suggestion)
        self.suggestion = suggestion


class NameTaken(Refused):
    """Another term of the glossary has this name already."""

    def __init__(self, name: str, other: Term) -> None:
        super().__init__(name)
        self.name, self.other = name, other


class NotASteward(Refused):
    """Only the stewards of its domain, its owners and admins may do that."""

    def __init__(self, term: Term) -> None:
        super().__init__(term.id)
        self.term = term


class TooManySenses(Refused):
    """Two people each added a meaning to a term that had room for one."""

    def __init__(self, term: Term) -> None:
        super().__init__(term.id)
        self.term = term


class AlreadySo(Refused):
    """Somebody else was quicker: the term or the suggestion is in that state already."""

    def __init__(self, state: str, by: str | None) -> None:
        super().__init__(state)
        self.state, self.by = state, by


class NotForOutsiders(Refused):
    """Somebody of another company asked, and the settings do not let them take part."""


class StewardsOnly(Refused):
    """Something that only whoever tends the glossary may do."""
