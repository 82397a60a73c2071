"""Changes that somebody would like a term to have, until a steward takes or declines them."""

from dataclasses import asdict
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Select, insert, select, update

from glossary.store import snapshot
from glossary.store.tables import suggestions
from glossary.terms import Suggestion
from rituals.tables import Tx


class SuggestionStore:
    """The suggestions of one workspace."""

    def __init__(self, tx: Tx, workspace: str) -> None:
        self._tx = tx
        self._workspace = workspace

    def add(self, made: Suggestion) -> None:
        row = {**asdict(made), "body": snapshot.written(made.wording), "workspace": self._workspace}
        del row["wording"]
        self._tx.execute(insert(suggestions).values(row))

    def get(self, suggestion_id: str, *, lock: bool = False) -> Suggestion | None:
        """With `lock`, nobody else settles it before this transaction has ended."""
        query = self._all().where(suggestions.c.id == suggestion_id)
        row = self._tx.execute(query.with_for_update() if lock else query).mappings().one_or_none()
        return _suggestion(row) if row else None

    def open_of(self, term_id: str) -> tuple[Suggestion, ...]:
        query = self._all().where(suggestions.c.term == term_id, suggestions.c.state == "open")
        return tuple(_suggestion(row) for row in self._tx.execute(query.order_by(suggestions.c.at)).mappings())

    def open(self, limit: int) -> tuple[Suggestion, ...]:
        """Those of every term, the oldest first."""
        query = self._all().where(suggestions.c.state == "open").order_by(suggestions.c.at)
        return tuple(_suggestion(row) for row in self._tx.execute(query.limit(limit)).mappings())

    def settle(self, settled: Suggestion) -> None:
        self._tx.execute(
            update(suggestions)
            .where(self._here(), suggestions.c.id == settled.id)
            .values(state=settled.state, settled_by=settled.settled_by)
        )

    def _all(self) -> Select[Any]:
        return select(suggestions).where(self._here())

    def _here(self) -> ColumnElement[bool]:
        return suggestions.c.workspace == self._workspace


def _suggestion(row: RowMapping) -> Suggestion:
    kept = ("id", "term", "base", "by", "at", "note", "state", "settled_by")
    return Suggestion(wording=snapshot.read(row["body"]), **{name: row[name] for name in kept})
