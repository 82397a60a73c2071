"""Decisions, those who have a part in them, what they think, and everything that ever happened."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any
from unicodedata import normalize

from sqlalchemy import ColumnElement, RowMapping, Select, and_, insert, or_, select, true, union, update

from rituals.decisions.records import Changed, Decision, Event, Input, Origin
from rituals.decisions.store.tables import blockers, decisions, events, inputs, numbers, people
from rituals.tables import Tx, among, inserting

_ROLES = ("consulted", "informed")
_LISTS = ("options", "tags", "links")
_PLAIN = tuple(
    each.name for each in fields(Decision) if each.name not in (*_ROLES, *_LISTS, "origin") and each.name != "number"
)


class DecisionStore:
    """The decisions of one workspace."""

    def __init__(self, tx: Tx, workspace: str) -> None:
        self._tx = tx
        self._workspace = workspace

    def next_number(self, count: int = 1) -> int:
        """The first of so many new numbers. Whoever wants one too waits until this transaction has ended."""
        adding = inserting(self._tx, numbers).values(workspace=self._workspace, last=count)
        taken = adding.on_conflict_do_update(index_elements=["workspace"], set_={"last": numbers.c.last + count})
        return int(self._tx.execute(taken.returning(numbers.c.last)).scalar_one()) - count + 1

    def add(self, changed: Changed) -> None:
        self.add_all([changed])

    def add_all(self, changed: Sequence[Changed]) -> None:
        """New ones, each with the event that tells of it."""
        if not changed:
            return
        self._tx.execute(insert(decisions), [_row(self._workspace, each.decision) for each in changed])
        if named := [row for each in changed for row in _people(self._workspace, each.decision)]:
            self._tx.execute(insert(people), named)
        self._note(changed)

    def save(self, changed: Changed) -> None:
        """Keeps a change and adds it to the history."""
        self.update(changed.decision)
        self._note([changed])

    def update(self, decision: Decision) -> None:
        """Keeps what is no event: that somebody was reminded, or wants to be later."""
        row = _row(self._workspace, decision)
        self._tx.execute(update(decisions).where(self._here(), decisions.c.number == decision.number).values(row))

    def get(self, number: int, *, lock: bool = False) -> Decision | None:
        """With `lock`, nobody else changes it before this transaction has ended."""
        if not _could_be(number):
            return None
        query = self._all().where(decisions.c.number == number)
        found = self._found(query.with_for_update() if lock else query)
        return found[0] if found else None

    def of(self, wanted: Iterable[int]) -> dict[int, Decision]:
        there = [number for number in wanted if _could_be(number)]
        found = self._found(self._all().where(among(self._tx, decisions.c.number, there)))
        return {each.number: each for each in found}

    def live_after(self, number: int, limit: int) -> tuple[Decision, ...]:
        """The next so many that are open, whoever may see them, by number. Nobody else changes them before this
        transaction has ended."""
        query = self._all().where(decisions.c.state == "open", decisions.c.number > number)
        return self._found(query.order_by(decisions.c.number).limit(limit).with_for_update())

    def across_channels(self, number: int, limit: int) -> tuple[Decision, ...]:
        """The next so many, by number, that take, or are to take, the place of one that was asked in another channel,
        and those themselves. Nobody else changes them before this transaction has ended."""
        new, old = decisions.alias(), decisions.alias()
        same = and_(old.c.workspace == new.c.workspace, old.c.number == new.c.supersedes)
        pairs = (new.c.workspace == self._workspace, new.c.channel != old.c.channel)
        named = union(*(select(each.c.number).select_from(new.join(old, same)).where(*pairs) for each in (new, old)))
        query = self._all().where(decisions.c.number.in_(named), decisions.c.number > number)
        return self._found(query.order_by(decisions.c.number).limit(limit).with_for_update())

    def live_in(self, channels: Collection[str]) -> tuple[Decision, ...]:
        query = self._all().where(decisions.c.state == "open", among(self._tx, decisions.c.channel, channels))
        return self._found(query.order_by(*_DUE_FIRST))

    def live_of(self, user: str) -> tuple[Decision, ...]:
        """Open ones in which she has a part, as decider, driver, asker, or to be consulted or informed."""
        return self._found(self._all().where(decisions.c.state == "open", self._part(user)).order_by(*_DUE_FIRST))

    def closed_between(self, first: datetime, last: datetime, channels: Collection[str]) -> tuple[Decision, ...]:
        """Decided in this time and not opened again, the newest first; another may have taken the place of some."""
        query = self._all().where(
            decisions.c.state.in_(("decided", "superseded")),
            decisions.c.closed_at >= first,
            decisions.c.closed_at < last,
            among(self._tx, decisions.c.channel, channels),
        )
        return self._found(query.order_by(decisions.c.closed_at.desc(), decisions.c.number))

    def closings_since(
        self, first: datetime, channels: Collection[str], function: str | None = None
    ) -> list[tuple[Event, ...]]:
        """The histories of those, of one function or of all, that were decided or reopened since `first`: how they were
        closed and opened."""
        lately = (
            select(events.c.number)
            .join(decisions, and_(decisions.c.workspace == events.c.workspace, decisions.c.number == events.c.number))
            .where(
                events.c.workspace == self._workspace,
                events.c.at >= first,
                events.c.what.in_(("decided", "reopened")),
                among(self._tx, decisions.c.channel, channels),
                true() if function is None else decisions.c.asked == function,
            )
        )
        query = (
            select(events.c.number, events.c.n, events.c.at, events.c.by, events.c.what, events.c.detail)
            .where(events.c.workspace == self._workspace, events.c.number.in_(lately), events.c.what.in_(_CLOSINGS))
            .order_by(events.c.number, events.c.n)
        )
        found: dict[int, tuple[Event, ...]] = {}
        for number, *event in self._tx.execute(query):
            found[number] = (*found.get(number, ()), Event(*event))
        return list(found.values())

    def found(self, words: Sequence[str], channels: Collection[str], limit: int) -> tuple[Decision, ...]:
        """Those that hold every one of these words in these channels, however they are written, the newest first."""
        holds = [decisions.c.words.contains(levelled(word), autoescape=True) for word in words]
        query = self._all().where(among(self._tx, decisions.c.channel, channels), *holds)
        return self._found(query.order_by(decisions.c.number.desc()).limit(limit))

    def everything(self, channels: Collection[str]) -> tuple[Decision, ...]:
        """All that was asked in these channels, by number."""
        return self._found(
            self._all().where(among(self._tx, decisions.c.channel, channels)).order_by(decisions.c.number)
        )

    def save_input(self, number: int, given: Input) -> None:
        """Her newest takes the place of what she thought before."""
        row = {
            "workspace": self._workspace,
            "number": number,
            "user": given.user,
            "option": given.option,
            "text": given.text,
            "at": given.at,
        }
        adding = inserting(self._tx, inputs).values(row)
        newest = {name: row[name] for name in ("option", "text", "at")}
        self._tx.execute(adding.on_conflict_do_update(index_elements=["workspace", "number", "user"], set_=newest))

    def inputs(self, number: int) -> tuple[Input, ...]:
        """In the order in which they came."""
        query = (
            select(inputs.c.user, inputs.c.option, inputs.c.text, inputs.c.at)
            .where(inputs.c.workspace == self._workspace, inputs.c.number == number)
            .order_by(inputs.c.at, inputs.c.user)
        )
        return tuple(Input(*row) for row in self._tx.execute(query))

    def heard_from(self, user: str, wanted: Collection[int]) -> frozenset[int]:
        """On which of these she has said what she thinks."""
        if not wanted:
            return frozenset()
        hers = (inputs.c.workspace == self._workspace, inputs.c.user == user)
        these = among(self._tx, inputs.c.number, wanted)
        return frozenset(self._tx.scalars(select(inputs.c.number).where(*hers, these)))

    def events(self, number: int) -> tuple[Event, ...]:
        """All that ever happened to it, oldest first."""
        query = (
            select(events.c.n, events.c.at, events.c.by, events.c.what, events.c.detail)
            .where(events.c.workspace == self._workspace, events.c.number == number)
            .order_by(events.c.n)
        )
        return tuple(Event(*row) for row in self._tx.execute(query))

    def link(self, blocker: str, number: int, *, instead_of: int | None = None) -> bool:
        """This blocker waits for this decision. False if it waits for one already, other than the one to be left."""
        adding = inserting(self._tx, blockers).values(workspace=self._workspace, blocker=blocker, number=number)
        if instead_of is None:
            adding = adding.on_conflict_do_nothing()
        else:
            adding = adding.on_conflict_do_update(
                index_elements=["workspace", "blocker"],
                set_={"number": number},
                where=blockers.c.number == instead_of,
            )
        return self._tx.execute(adding.returning(blockers.c.blocker)).first() is not None

    def blockers(self, number: int) -> tuple[str, ...]:
        query = select(blockers.c.blocker).where(blockers.c.workspace == self._workspace, blockers.c.number == number)
        return tuple(self._tx.scalars(query.order_by(blockers.c.blocker)))

    def linked(self) -> frozenset[str]:
        """Every blocker that waits, or waited, for a decision."""
        return frozenset(self._tx.scalars(select(blockers.c.blocker).where(blockers.c.workspace == self._workspace)))

    def for_blocker(self, blocker: str) -> int | None:
        query = select(blockers.c.number).where(blockers.c.workspace == self._workspace, blockers.c.blocker == blocker)
        return self._tx.scalar(query)

    def _note(self, changed: Sequence[Changed]) -> None:
        rows = [
            {
                "workspace": self._workspace,
                "number": each.decision.number,
                "n": each.event.n,
                "at": each.event.at,
                "by": each.event.by,
                "what": each.event.what,
                "detail": each.event.detail,
            }
            for each in changed
        ]
        self._tx.execute(insert(events), rows)

    def _part(self, user: str) -> ColumnElement[bool]:
        named = select(people.c.number).where(people.c.workspace == self._workspace, people.c.user == user)
        hers = (decisions.c.decider == user, decisions.c.driver == user, decisions.c.asker == user)
        return or_(*hers, decisions.c.number.in_(named))

    def _found(self, query: Select[Any]) -> tuple[Decision, ...]:
        rows = self._tx.execute(query).mappings().all()
        named = self._named([row["number"] for row in rows])
        return tuple(_decision(row, named) for row in rows)

    def _named(self, wanted: Collection[int]) -> dict[tuple[int, str], tuple[str, ...]]:
        found: dict[tuple[int, str], tuple[str, ...]] = {}
        query = (
            select(people.c.number, people.c.role, people.c.user)
            .where(people.c.workspace == self._workspace, among(self._tx, people.c.number, wanted))
            .order_by(people.c.number, people.c.role, people.c.nth)
        )
        for number, role, user in self._tx.execute(query) if wanted else ():
            found[number, role] = (*found.get((number, role), ()), user)
        return found

    def _here(self) -> ColumnElement[bool]:
        return decisions.c.workspace == self._workspace

    def _all(self) -> Select[Any]:
        return select(decisions).where(self._here())


_DUE_FIRST = (decisions.c.due_at, decisions.c.number)
_CLOSINGS = ("decided", "undone", "withdrawn", "reopened", "superseded", "imported")
_LARGEST = 2**31 - 1


def _could_be(number: int) -> bool:
    """Somebody may well ask for a number that no column can hold."""
    return 0 < number <= _LARGEST


def _row(workspace: str, of: Decision) -> dict[str, Any]:
    row = {name: getattr(of, name) for name in _PLAIN}
    row |= {name: list(getattr(of, name)) for name in _LISTS}
    row |= {"workspace": workspace, "number": of.number, "source": of.origin.source, "ref": of.origin.ref}
    return row | {"words": words_of(of)}


def words_of(of: Decision) -> str:
    """Everything that is searched, levelled."""
    return levelled("\n".join((of.question, of.context, of.outcome, of.why, *of.options, *of.tags)))


def levelled(text: str) -> str:
    """One spelling for what reads alike: case, ligatures, accents beside their letters, the dot of İ."""
    return normalize("NFKC", normalize("NFKC", text).casefold()).replace("i\N{COMBINING DOT ABOVE}", "i")


def _people(workspace: str, of: Decision) -> list[dict[str, Any]]:
    """Somebody who is named twice is kept once, in the first place."""
    return [
        {"workspace": workspace, "number": of.number, "role": role, "user": user, "nth": nth}
        for role in _ROLES
        for nth, user in enumerate(dict.fromkeys(getattr(of, role)))
    ]


def _decision(row: RowMapping, named: dict[tuple[int, str], tuple[str, ...]]) -> Decision:
    known: dict[str, Any] = {name: row[name] for name in _PLAIN}
    known |= {name: tuple(row[name]) for name in _LISTS}
    known |= {role: named.get((row["number"], role), ()) for role in _ROLES}
    return Decision(number=row["number"], origin=Origin(row["source"], row["ref"]), **known)
