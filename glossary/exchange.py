"""A glossary as a file: the rows that stand in it, what is wrong with them, and what they would change.

file -> read elsewhere into rows -> check: what is wrong in itself -> plan: what is new, changed or the same here
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import cast

from glossary.checking import Fault, faults
from glossary.merging import differences
from glossary.settings import GlossarySettings
from glossary.terms import LONGEST_NAME, Sense, State, Term, Wording

# What a file may say of a term; what was declined stands in no file.
STATES: tuple[State, ...] = ("suggested", "accepted", "disputed", "retired")
EMPTY = Sense()
# What nobody sees or types, and what databases and YAML refuse: control characters, halves of pairs, non-characters.
_INVISIBLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Row:
    """One term as a file has it. `at` is where it begins: a line, or a spreadsheet's row (the header is 1).

    Owners are as written there ("@dana", an email address, a user id), and so are domains.
    """

    at: int
    wording: Wording
    state: State


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong at a line or row, and what to write instead, in whole sentences."""

    at: int
    what: str


@dataclass(frozen=True, slots=True)
class Read:
    """All that a file says, and all of it that cannot be read. Rows are tidied."""

    rows: tuple[Row, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What a file would do here, with owners as user ids and domains as keys. Rows with problems are in no other list.

    `same`: how many terms are here already as the file has them.
    """

    new: tuple[Row, ...]
    changed: tuple[tuple[Row, Term], ...]
    same: int
    problems: tuple[Problem, ...]

    @property
    def seal(self) -> str:
        """The same for plans that do the same to the same revisions of terms: who agreed to one agreed to the other."""
        changed = [(row, term.id, term.revision) for row, term in self.changed]
        return sha256(ascii((self.new, changed)).encode()).hexdigest()[:16]


def check(rows: Iterable[Row], key: Callable[[str], str]) -> tuple[Problem, ...]:
    """All that is wrong with rows in themselves. `key` levels what makes no difference between two names."""
    found = (Problem(row.at, what) for row, _, wrong in _judged(rows, key) for what in dict.fromkeys(wrong))
    return tuple(sorted(found, key=lambda problem: problem.at))


def plan(
    rows: Iterable[Row],
    known: Mapping[str, Term],
    key: Callable[[str], str],
    people: Callable[[str], str | None],
    domains: Mapping[str, str],
) -> Plan:
    """What the rows would change among the terms that are `known` by key.

    `people` finds a user id for what was written, `domains` has keys by names in small letters; where it is empty, any
    domain is taken as it is written.
    """
    resolving = _Resolving(people, domains)
    new: list[Row] = []
    changed: list[tuple[Row, Term]] = []
    problems: list[Problem] = []
    same, met = 0, dict[str, str]()
    for row, level, wrong in _judged(rows, key):
        term = known.get(level) if level else None
        if term is not None and term.id in met and not wrong:
            wrong.append(_another_name(row.wording.name, met[term.id]))
        had = tidied(term.wording) if term else Wording("")
        row = resolving.resolved(row, had, wrong)
        if wrong:
            problems += [Problem(row.at, what) for what in dict.fromkeys(wrong)]
        elif term is None:
            new.append(row)
        elif (had, term.state) == (row.wording, row.state):
            same += 1
        else:
            changed.append((row, term))
        if term is not None:
            met.setdefault(term.id, row.wording.name)
    return Plan(tuple(new), tuple(changed), same, tuple(sorted(problems, key=lambda problem: problem.at)))


def within(plan: Plan, user: str, settings: GlossarySettings, called: Callable[[str], str]) -> Plan:
    """The plan with what is not hers to do among its problems. `called` gives what people write for a user id."""
    new: list[Row] = []
    changed: list[tuple[Row, Term]] = []
    problems = list(plan.problems)
    for row in plan.new:
        if settings.tends(row.wording, user):
            new.append(row)
        else:
            problems.append(Problem(row.at, _not_hers(row.wording, settings, called)))
    for row, term in plan.changed:
        if not settings.may_change(term.wording, user):
            problems.append(Problem(row.at, _not_hers(term.wording, settings, called)))
        elif row.state != term.state and not settings.tends(term.wording, user):
            problems.append(Problem(row.at, _not_hers_to_say(row, term, settings, called)))
        else:
            changed.append((row, term))
    return Plan(tuple(new), tuple(changed), plan.same, tuple(sorted(problems, key=lambda problem: problem.at)))


def taken_away(row: Row, term: Term) -> tuple[str, ...]:
    """What the term says now and would say no longer ("technical", "links"), for whoever is about to import the row."""
    gone = (name.rpartition(".")[2] for name, had, has in differences(term.wording, row.wording) if had and not has)
    return tuple(dict.fromkeys(gone))


def tidied(wording: Wording) -> Wording:
    """The one form in which wordings are kept, compared and written to files. What is tidied twice stays the same.

    Line ends become "\\n", and blanks at the ends of lines and around a text go. Names, owners, links and domains stand
    on one line, with one space between words. Empty names, links and senses go, and what is said a second time.
    Invisible characters stay: `check` refuses them, so that nobody's text changes unseen.
    """
    return _shaped(wording, str)


def writable(wording: Wording) -> Wording:
    """Tidied, and without the invisible characters that no file could give back."""
    return _shaped(wording, lambda text: _INVISIBLE.sub("", "\n".join(text.splitlines())))


def state_of(written: str) -> State:
    """A state as somebody typed it; nothing means accepted. Whether there is such a state is for `check` to say."""
    return cast(State, one_line(written).casefold() or "accepted")


def one_line(text: str) -> str:
    return " ".join(text.split())


def _shaped(wording: Wording, kept: Callable[[str], str]) -> Wording:
    def line(text: str) -> str:
        return one_line(kept(text))

    def lines(text: str) -> str:
        return "\n".join(each.rstrip() for each in kept(text).splitlines()).strip()

    def several(texts: Collection[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(filter(None, map(line, texts)))) if texts else ()

    def sense(each: Sense) -> Sense:
        return Sense(
            lines(each.business),
            lines(each.technical),
            lines(each.example),
            line(each.business_owner or "") or None,
            line(each.technical_owner or "") or None,
            several(each.links),
            line(each.domain),
        )

    senses = dict.fromkeys(made for each in wording.senses if (made := sense(each)) != EMPTY)
    return Wording(
        line(wording.name), several(wording.expansions), several(wording.aliases), tuple(senses) or (Sense(),)
    )


def _judged(rows: Iterable[Row], key: Callable[[str], str]) -> Iterator[tuple[Row, str, list[str]]]:
    """Each row tidied, with the key of its name and what is wrong with it."""
    seen: dict[str, str] = {}
    for row in rows:
        row = replace(row, wording=tidied(row.wording))
        wrong = list(_wrong(row))
        name = row.wording.name
        level = key(name) if name else ""
        if level in seen:
            wrong.append(_twice(name, seen[level]))
        elif level:
            seen[level] = name
        yield row, level, wrong


def _wrong(row: Row) -> Iterator[str]:
    for fault in faults(row.wording):
        yield _sentence(fault, row.wording)
    if row.state not in STATES:
        yield f"{_shown(row.state)} is no state. Write accepted, suggested, disputed or retired."
    # Slack's forms never hold one; files may.
    found = _INVISIBLE.search("\n".join(_texts(row.wording)))
    if found:
        yield f"There is an invisible character (U+{ord(found[0]):04X}). Delete it, or type the text again."


def _sentence(fault: Fault, wording: Wording) -> str:
    called = _shown(wording.name) if wording.name else "this term"
    found = str(fault.found)
    match fault.field, fault.what:
        case _, "empty":
            return "There is no name. Write what people call this term."
        case _, "unsayable":
            return f"Nobody could look up {_shown(found)}. Write a name with letters or digits."
        case _, "unsaid":
            return f"Nothing says what {called} means. Write it for the business side, the technical side or both."
        case "senses", "many":
            return f"There are {found} meanings. Keep {fault.limit} at most, or make several terms."
        case "links", "many":
            return f"There are {found} links in one meaning. Keep {fault.limit} at most."
        case _, "many":
            return f"There are {found} names for {called}. Keep {fault.limit} at most."
        case _, "no_link":
            return f"{_shown(found)} is no web address. Write it with https:// and without blanks."
        case "links" | "domain", _:
            what = {"links": "link", "domain": "domain"}[fault.field]
            return f"The {what} {_shown(found)} has {len(found):,} characters. Keep {fault.limit} at most."
        case "business" | "technical" | "example", _:
            what = "example" if fault.field == "example" else f"{fault.field} definition"
            return f"The {what} has {len(found):,} characters. Keep {fault.limit:,} at most, and link to the rest."
        case _:
            return f"The name {_shown(found)} has {len(found):,} characters. Keep {LONGEST_NAME} at most."


def _texts(wording: Wording) -> Iterator[str]:
    yield from wording.names()
    for sense in wording.senses:
        yield from (sense.business, sense.technical, sense.example, sense.domain, *sense.links)
        yield from filter(None, (sense.business_owner, sense.technical_owner))


def _not_hers(wording: Wording, settings: GlossarySettings, called: Callable[[str], str]) -> str:
    whose = _whose(wording, settings, called)
    return f"{_shown(wording.name)} {whose}. Let one of them import it, or leave it out."


def _not_hers_to_say(row: Row, term: Term, settings: GlossarySettings, called: Callable[[str], str]) -> str:
    whose = _whose(term.wording, settings, called)
    return (
        f"{_shown(term.name)} {whose}, who alone say whether it is {row.state}. "
        f"Write {term.state}, or let one of them import it."
    )


def _whose(wording: Wording, settings: GlossarySettings, called: Callable[[str], str]) -> str:
    stewards = sorted(map(called, settings.stewards_of(wording)))
    named = ", ".join(stewards[:3]) + (" and others" if len(stewards) > 3 else "") if stewards else "nobody yet"
    domains = " and ".join(_shown(settings.domain_name(domain)) for domain in wording.domains)
    where = f"belongs to {domains}" if domains else "belongs to no domain"
    return f"{where} and is tended by {named}"


def _twice(name: str, before: str) -> str:
    again = (
        f"{_shown(name)} is there twice" if name == before else f"{_shown(name)} is the same name as {_shown(before)}"
    )
    return f"{again}. Keep one: a second meaning belongs to the same term."


def _another_name(name: str, before: str) -> str:
    return f"{_shown(name)} is the same term as {_shown(before)}, which is in this file too. Keep one of them."


@dataclass(slots=True)
class _Resolving:
    """Finds people and domains, each of them once. What a term has already, it may keep, even if it is gone by now."""

    people: Callable[[str], str | None]
    domains: Mapping[str, str]
    _users: dict[str, str | None] = field(default_factory=dict)

    def resolved(self, row: Row, had: Wording, wrong: list[str]) -> Row:
        """`row` with ids and keys; what nobody knows stays as it is, and a sentence about it goes to `wrong`."""

        def sense(each: Sense) -> Sense:
            return replace(
                each,
                business_owner=self._owner(each.business_owner, had.owners, wrong),
                technical_owner=self._owner(each.technical_owner, had.owners, wrong),
                domain=self._domain(each.domain, had.domains, wrong),
            )

        senses = tuple(dict.fromkeys(map(sense, row.wording.senses)))
        return replace(row, wording=replace(row.wording, senses=senses))

    def _owner(self, written: str | None, had: Collection[str], wrong: list[str]) -> str | None:
        if written is None or written in had:
            return written
        if written not in self._users:
            self._users[written] = self.people(written)
        user = self._users[written]
        if user is None:
            wrong.append(f"{_shown(written)} is nobody here. Write “@handle”, an email address or a member id (U…).")
        return user or written

    def _domain(self, written: str, had: Collection[str], wrong: list[str]) -> str:
        if not written or not self.domains or written in had:
            return written
        known = self.domains.get(written.casefold())
        if known is None:
            wrong.append(f"{_shown(written)} is no domain here. Write {self._choices()}, or leave it out.")
        return known or written

    def _choices(self) -> str:
        """Each domain once, by one of its names."""
        names: dict[str, str] = {}
        for name, key in self.domains.items():
            names.setdefault(key, f"“{name}”")
        return ", ".join([*names.values()][:10]) + (" …" if len(names) > 10 else "")


def _shown(text: str, limit: int = 60) -> str:
    """What somebody wrote, in quotation marks, on one line and cut visibly."""
    text = one_line(text)
    return f"“{text if len(text) <= limit else text[: limit - 1] + '…'}”"
