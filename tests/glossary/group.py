"""A glossary in a database and the people who write in it, with verbs for what they do."""

import itertools
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

import pytest

from glossary.settings import Domain, GlossarySettings
from glossary.store import SuggestionStore, TermStore
from glossary.terms import NoSuchSuggestion, Revision, Sense, Suggestion, Term, Wording
from glossary.usecases import editing
from glossary.usecases.editing import Changed, Met
from rituals.people.rules import Function
from rituals.people.store import MemberRow, PeopleStore
from rituals.refusals import Refused
from rituals.tables import Tx

if TYPE_CHECKING:
    from bot.database import Database

P = ParamSpec("P")
T = TypeVar("T")
S = TypeVar("S")
_teams = itertools.count(1)

# Marta tends what belongs to no domain, Dana revenue; Rui owns what says so; Ada is an admin, the others are members.
MARTA, DANA, RUI, ADA, KAVYA, NOA = "UMARTA", "UDANA", "URUI", "UADA", "UKAVYA", "UNOA"
REVENUE, ENGINEERING = Domain("revenue", "Revenue", (DANA,)), Domain("engineering", "Engineering")
SETTINGS = GlossarySettings((MARTA,), {"revenue": REVENUE, "engineering": ENGINEERING}, frozenset({ADA}))
FUNCTIONS = [
    Function("engineering", "Engineering", "technical"),
    Function("sales", "Sales", "business"),
    Function("finance", "Finance", "business"),
]
BELONGING = {"engineering": [RUI, KAVYA], "sales": [NOA], "finance": [DANA]}


def new_team() -> str:
    return f"TGLOSSARY{next(_teams)}"


def utc(text: str) -> datetime:
    """ "2026-11-23 09:00" """
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def said(business: str = "Money.", technical: str = "", owner: str | None = None, domain: str = "") -> Sense:
    return Sense(business, technical, business_owner=owner, domain=domain)


def named(name: str, *senses: Sense, aliases: tuple[str, ...] = ()) -> Wording:
    return Wording(name, (), aliases, senses or (said(),))


def person(user: str, **more: Any) -> MemberRow:
    name = user[1:].title()
    return MemberRow(user, name, more.pop("handle", name.lower()), f"{name.lower()}@acme.example", "UTC", **more)


class Group:
    """Each verb is one transaction at the moment that `now` says; whoever writes by default tends everything."""

    def __init__(self, database: "Database", team: str, settings: GlossarySettings = SETTINGS) -> None:
        self.database, self.team, self.settings = database, team, settings
        self.now = utc("2026-11-23 09:00")

    def do(self, what: Callable[Concatenate[Tx, str, P], T], *args: P.args, **named: P.kwargs) -> T:
        """A use case in this team: `what(tx, team, ...)`."""

        def run(tx: Tx) -> T:
            return what(tx, self.team, *args, **named)

        return self.database.write_now(run)

    def see(self, what: Callable[Concatenate[Tx, str, P], T], *args: P.args, **named: P.kwargs) -> T:
        """The same, where nothing can be written."""
        return self.database.read_now(what, self.team, *args, **named)

    def store(
        self, opened: Callable[[Tx, str], S], what: Callable[Concatenate[S, P], T], *args: P.args, **named: P.kwargs
    ) -> T:
        """A store's method: `what(opened(tx, team), ...)`."""

        def run(tx: Tx, team: str) -> T:
            return what(opened(tx, team), *args, **named)

        return self.do(run)

    def people(self, rows: Iterable[MemberRow] = (), functions: bool = True) -> None:
        everybody = [person(user) for user in (MARTA, DANA, RUI, ADA, KAVYA, NOA)]
        self.store(PeopleStore, PeopleStore.save_members, [*everybody, *rows], self.now)
        if functions:
            self.store(PeopleStore, PeopleStore.set_functions, FUNCTIONS, BELONGING, {})

    def later(self, **span: float) -> None:
        self.now += timedelta(**span)

    def add(self, wording: Wording | str, by: str = ADA) -> Term:
        return self.added(wording, by).term

    def added(self, wording: Wording | str, by: str) -> Changed:
        wording = named(wording) if isinstance(wording, str) else wording
        return self.do(editing.add, wording, by, self.settings, self.now)

    def edit(
        self, term: Term, wording: Wording, by: str = ADA, *, base: int | None = None, note: str = ""
    ) -> Changed | Suggestion | Met | None:
        base = term.revision if base is None else base
        return self.do(editing.edit, term.id, base, wording, by, self.settings, self.now, note)

    def changed(self, term: Term, wording: Wording, by: str = ADA) -> Term:
        """It became so."""
        done = self.edit(term, wording, by)
        assert isinstance(done, Changed)
        return done.term

    def suggest(self, term: Term, wording: Wording, by: str = KAVYA, *, note: str = "") -> Suggestion:
        done = self.edit(term, wording, by, note=note)
        assert isinstance(done, Suggestion)
        return done

    def take(self, made: Suggestion, by: str = ADA) -> Changed | Met:
        return self.do(editing.take, made.id, by, self.settings, self.now)

    def decline(self, made: Suggestion, by: str = ADA) -> Suggestion:
        return self.do(editing.decline, made.id, by, self.settings)

    def accept(self, term: Term, by: str = ADA) -> Changed:
        return self.do(editing.accept, term.id, by, self.settings, self.now)

    def dispute(self, term: Term, reason: str = "It is wrong.", by: str = KAVYA) -> Changed:
        return self.do(editing.dispute, term.id, reason, by, self.now)

    def retire(self, term: Term, reason: str = "We say MRR.", by: str = ADA) -> Changed:
        return self.do(editing.retire, term.id, reason, by, self.settings, self.now)

    def revert(self, term: Term, n: int, by: str = ADA) -> Changed | None:
        return self.do(editing.revert, term.id, n, by, self.settings, self.now)

    def confirm(self, term: Term, by: str = ADA) -> Term:
        return self.do(editing.confirm, term.id, by, self.settings, self.now)

    def term(self, term: Term) -> Term:
        """As it now is."""
        return self.do(editing.get, term.id)

    def suggestion(self, made: Suggestion) -> Suggestion:
        """As it now is, whatever has become of its term. Raises NoSuchSuggestion."""

        def found(tx: Tx, team: str) -> Suggestion | None:
            return SuggestionStore(tx, team).get(made.id)

        kept = self.do(found)
        if kept is None:
            raise NoSuchSuggestion(made.id)
        return kept

    def history(self, term: Term) -> tuple[Revision, ...]:
        return self.do(editing.history, term.id)

    def version(self) -> int:
        return self.store(TermStore, TermStore.version)

    def everything(self) -> list[Term]:
        return self.store(TermStore, TermStore.everything)


MONEY = named("ARR", said("Money.", domain="revenue", owner=RUI))


def refused(act: Callable[[], object]) -> Refused:
    with pytest.raises(Refused) as found:
        act()
    return found.value


def reworded(term: Term, text: str) -> Wording:
    return replace(term.wording, senses=(replace(term.wording.senses[0], business=text), *term.wording.senses[1:]))


def what(group: Group, term: Term) -> list[tuple[int, str, str]]:
    return [(each.n, each.what, each.by) for each in reversed(group.history(term))]
