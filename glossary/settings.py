"""What a group decides about its glossary: who tends which part, and how often it is asked whether it holds."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from glossary.terms import Wording


@dataclass(frozen=True, slots=True)
class Domain:
    """A part of the glossary ("Revenue") and the users who tend it."""

    key: str
    name: str
    stewards: tuple[str, ...] = ()


@dataclass(frozen=True)
class GlossarySettings:
    """`stewards` tend what belongs to no domain, or to one without stewards; where there are none, `admins` do.

    `gaps_when`: when the stewards hear what is missing ("fri 10:00"), None for never; `confirm_every`: how old a term
    may become before its owners are asked. `starter`: whether an empty glossary is offered terms to begin with.
    """

    stewards: tuple[str, ...] = ()
    domains: Mapping[str, Domain] = field(default_factory=dict)
    admins: frozenset[str] = frozenset()
    confirm_every: timedelta = timedelta(days=180)
    gaps_when: str | None = "fri 10:00"
    starter: bool = True

    def stewards_of(self, wording: Wording) -> frozenset[str]:
        """Who is told of suggestions for it and decides on them."""
        named = {steward for key in wording.domains for steward in self._of_domain(key)}
        return frozenset(named or self.stewards) or self.admins

    @property
    def everyone(self) -> frozenset[str]:
        """All who tend any part of it."""
        named = {steward for domain in self.domains.values() for steward in domain.stewards}
        return frozenset({*named, *self.stewards}) or self.admins

    def tends(self, wording: Wording, user: str) -> bool:
        """Whether she is a steward of it, or an admin."""
        return user in self.admins or user in self.stewards_of(wording)

    def may_change(self, known: Wording, user: str) -> bool:
        """Whether her word is enough for a term that is there: who tends it, and its owners; others suggest."""
        return user in known.owners or self.tends(known, user)

    def domain_name(self, key: str) -> str:
        return self.domains[key].name if key in self.domains else key

    def _of_domain(self, key: str) -> Collection[str]:
        return self.domains[key].stewards if key in self.domains else ()
