"""Who looked for what, week by week: found and not found, and which words are no terms."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, delete, func, select

from glossary.store.tables import ignored, lookups, misses
from rituals.tables import Tx, inserting


@dataclass(frozen=True, slots=True)
class LookedUp:
    """So many look-ups of a term by one person in the week that begins with this Monday."""

    week: date
    term: str
    user: str
    n: int = 1


@dataclass(frozen=True, slots=True)
class Missed:
    """So many look-ups of what is not there. `key`: `text` levelled. `public`: not asked in a private channel."""

    week: date
    key: str
    user: str
    public: bool
    text: str
    n: int = 1


class AskingStore:
    """The look-ups of one workspace."""

    def __init__(self, tx: Tx, workspace: str) -> None:
        self._tx = tx
        self._workspace = workspace

    def count(self, found: Iterable[LookedUp], missed: Iterable[Missed]) -> None:
        rows = [self._row(week=each.week, term=each.term, user=each.user, n=each.n) for each in found]
        if rows:
            adding = inserting(self._tx, lookups)
            more = {"n": lookups.c.n + adding.excluded.n}
            keys = ["workspace", "term", "user", "week"]
            self._tx.execute(adding.on_conflict_do_update(index_elements=keys, set_=more), rows)
        rows = [
            self._row(week=each.week, key=each.key, user=each.user, public=each.public, text=each.text, n=each.n)
            for each in missed
        ]
        if rows:
            adding = inserting(self._tx, misses)
            more = {"n": misses.c.n + adding.excluded.n, "text": adding.excluded.text}
            keys = ["workspace", "week", "key", "user", "public"]
            self._tx.execute(adding.on_conflict_do_update(index_elements=keys, set_=more), rows)

    def looked_up(self, since: date) -> list[LookedUp]:
        """A row for each term and person; `week` is the first of hers."""
        query = select(func.min(lookups.c.week), lookups.c.term, lookups.c.user, func.sum(lookups.c.n))
        query = query.where(lookups.c.workspace == self._workspace, lookups.c.week >= since)
        return [LookedUp(*row) for row in self._tx.execute(query.group_by(lookups.c.term, lookups.c.user))]

    def missed(self, since: date) -> list[Missed]:
        """A row for each thing and person, as it was last written; `week` is the first of hers."""
        names = (misses.c.key, misses.c.user, misses.c.public)
        last = func.first_value(misses.c.text).over(partition_by=names, order_by=misses.c.week.desc())
        query = select(misses.c.week, *names, last.label("text"), misses.c.n)
        each = query.where(misses.c.workspace == self._workspace, misses.c.week >= since).subquery().c
        whose = (each.key, each.user, each.public, each.text)
        summed = select(func.min(each.week), *whose, func.sum(each.n)).group_by(*whose).order_by(*whose)
        return [Missed(*row) for row in self._tx.execute(summed)]

    def most_looked_up(self, users: Collection[str] | None, since: date, limit: int) -> list[str]:
        """The terms that these people, or for None all of them, looked up most."""
        query = select(lookups.c.term).where(lookups.c.workspace == self._workspace, lookups.c.week >= since)
        if users is not None:
            query = query.where(lookups.c.user.in_(users))
        ordered = query.group_by(lookups.c.term).order_by(func.sum(lookups.c.n).desc(), lookups.c.term)
        return list(self._tx.scalars(ordered.limit(limit)))

    def looked_up_by(self, terms: Collection[str], users: Collection[str]) -> set[str]:
        """Which of these terms any of these people has ever looked up."""
        query: Select[tuple[str]] = select(lookups.c.term).distinct()
        query = query.where(
            lookups.c.workspace == self._workspace, lookups.c.term.in_(terms), lookups.c.user.in_(users)
        )
        return set(self._tx.scalars(query))

    def ignore(self, key: str, by: str, now: datetime) -> None:
        row = {"workspace": self._workspace, "key": key, "by": by, "at": now}
        self._tx.execute(inserting(self._tx, ignored).values(row).on_conflict_do_nothing())

    def ignored(self) -> frozenset[str]:
        return frozenset(self._tx.scalars(select(ignored.c.key).where(ignored.c.workspace == self._workspace)))

    def forget(self, before: date) -> None:
        """Clears away what is older than anybody asks for."""
        for table in (lookups, misses):
            self._tx.execute(delete(table).where(table.c.workspace == self._workspace, table.c.week < before))

    def _row(self, **values: object) -> dict[str, object]:
        return {"workspace": self._workspace, **values}
