"""A glossary as a file: the rows that stand in it, what is wrong with them, and what they would change.

file -> read elsewhere into rows -> check: what is wrong in itself -> plan: what is new, changed or the same here
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import cast, get_args

from glossary.terms import (
    LONGEST_DEFINITION,
    LONGEST_NAME,
    MOST_LINKS,
    MOST_NAMES,
    MOST_SENSES,
    Sense,
    State,
    Term,
    Wording,
)

STATES: tuple[State, ...] = get_args(State)
LONGEST_LINK = 1000
EMPTY = Sense()
_LINK = re.compile(r"https?://[^\s/<>|\"][^\s<>|\"]*", re.IGNORECASE)
# What nobody sees or types, and what databases and YAML refuse: control characters, halves of pairs, non-characters.
_INVISIBLE = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


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
        if name and not level:
            wrong.append(f"Nobody could look up {_shown(name)}. Write a name with letters or digits.")
        elif level in seen:
            wrong.append(_twice(name, seen[level]))
        elif level:
            seen[level] = name
        yield row, level, wrong


def _wrong(row: Row) -> Iterator[str]:
    wording = row.wording
    called = _shown(wording.name) if wording.name else "this term"
    if not wording.name:
        yield "There is no name. Write what people call this term."
    yield from _wrong_names(wording, called)
    if row.state not in STATES:
        yield f"{_shown(row.state)} is no state. Write accepted, suggested, disputed or retired."
    if not any(sense.business or sense.technical for sense in wording.senses):
        yield f"Nothing says what {called} means. Write it for the business side, the technical side or both."
    if len(wording.senses) > MOST_SENSES:
        yield f"There are {len(wording.senses)} meanings. Keep {MOST_SENSES} at most, or make several terms."
    for sense in wording.senses:
        yield from _wrong_sense(sense)
    found = _INVISIBLE.search("\n".join(_texts(wording)))
    if found:
        yield f"There is an invisible character (U+{ord(found[0]):04X}). Delete it, or type the text again."


def _wrong_names(wording: Wording, called: str) -> Iterator[str]:
    names = list(wording.names())
    for name in names:
        if len(name) > LONGEST_NAME:
            yield f"The name {_shown(name)} has {len(name):,} characters. Keep {LONGEST_NAME} at most."
    if len(names) > MOST_NAMES:
        yield f"There are {len(names)} names for {called}. Keep {MOST_NAMES} at most."


def _wrong_sense(sense: Sense) -> Iterator[str]:
    for what, text in (
        ("business definition", sense.business),
        ("technical definition", sense.technical),
        ("example", sense.example),
    ):
        if len(text) > LONGEST_DEFINITION:
            yield f"The {what} has {len(text):,} characters. Keep {LONGEST_DEFINITION:,} at most, and link to the rest."
    if len(sense.links) > MOST_LINKS:
        yield f"There are {len(sense.links)} links in one meaning. Keep {MOST_LINKS} at most."
    for link in sense.links:
        if not _LINK.fullmatch(link):
            yield f"{_shown(link)} is no web address. Write it with https:// and without blanks."
        elif len(link) > LONGEST_LINK:
            yield f"The link {_shown(link)} has {len(link):,} characters. Keep {LONGEST_LINK:,} at most."
    if len(sense.domain) > LONGEST_NAME:
        yield f"The domain {_shown(sense.domain)} has {len(sense.domain):,} characters. Keep {LONGEST_NAME} at most."


def _texts(wording: Wording) -> Iterator[str]:
    yield from wording.names()
    for sense in wording.senses:
        yield from (sense.business, sense.technical, sense.example, sense.domain, *sense.links)
        yield from filter(None, (sense.business_owner, sense.technical_owner))


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
