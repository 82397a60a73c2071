"""A configuration with everybody and every channel found: what features get."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from glossary.settings import GlossarySettings
from rituals.calendar import WorkCalendar
from rituals.decisions.settings import DecisionSettings
from rituals.people.rules import AwayRules, Function
from rituals.standup.settings import Standup


@dataclass(frozen=True, slots=True)
class Unknown:
    """Something written in the configuration that Slack does not know, and a sentence saying why and what to do."""

    path: str
    written: str
    why: str

    def __str__(self) -> str:
        return f"{self.path}: {self.why}"


@dataclass(frozen=True)
class Resolved:
    """One workspace's settings, in ids.

    `memberships` lists each function's people by its key, the lead first; somebody named by two functions counts in the
    first. `countries` gives the holidays of people who have a country of their own or a function's. `commands` says how
    a command ("/standup") is called here. `outsiders` are people of other companies who are to see nothing. A stand-up
    whose channel is unknown is left out and named in `unknown`, and so is a line of who decides whose decider is.
    """

    version: int
    calendar: WorkCalendar
    functions: tuple[Function, ...] = ()
    memberships: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    countries: Mapping[str, str] = field(default_factory=dict)
    admins: frozenset[str] = frozenset()
    away: AwayRules = field(default_factory=AwayRules)
    commands: Mapping[str, str] = field(default_factory=dict)
    standups: Mapping[str, Standup] = field(default_factory=dict)
    unknown: tuple[Unknown, ...] = ()
    messages_per_minute: int = 300
    glossary: GlossarySettings = field(default_factory=GlossarySettings)
    decisions: DecisionSettings = field(default_factory=DecisionSettings)
    outsiders: frozenset[str] = frozenset()

    @cached_property
    def functions_by_key(self) -> Mapping[str, Function]:
        return {function.key: function for function in self.functions}

    @cached_property
    def function_of(self) -> Mapping[str, str]:
        """Each person's function: the first that names her."""
        found: dict[str, str] = {}
        for key, users in self.memberships.items():
            for user in users:
                found.setdefault(user, key)
        return found

    def leaves_out(self, standup: str) -> bool:
        """Whether a stand-up is in the configuration, and not among `standups` because its channel is not known."""
        return any(each.path == f"standups.{standup}.channel" for each in self.unknown)

    @cached_property
    def meant(self) -> Mapping[str, str]:
        """What a command means that was sent under the name it has here: the way back from `commands`."""
        return {written: name for name, written in self.commands.items()}
