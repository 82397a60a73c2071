"""What the stores of this package share: a connection, a workspace, and writing many rows at once."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Table, insert, true
from sqlalchemy.dialects import postgresql, sqlite

from rituals.tables import Tx


class Opened:
    def __init__(self, tx: Tx, workspace: str) -> None:
        self._tx, self._workspace = tx, workspace

    def _here(self, table: Table) -> ColumnElement[bool]:
        return table.c.workspace == self._workspace

    def _insert(self, table: Table, rows: Sequence[dict[str, Any]]) -> None:
        if rows:
            self._tx.execute(insert(table), [{"workspace": self._workspace, **row} for row in rows])

    def _upsert(self, table: Table, rows: Sequence[dict[str, Any]]) -> None:
        """Inserts rows; where one with the same key stands, its other columns are overwritten."""
        if not rows:
            return
        dialect = postgresql if self._tx.dialect.name == "postgresql" else sqlite
        statement = dialect.insert(table)
        keys = [column.name for column in table.primary_key]
        others = {column.name: statement.excluded[column.name] for column in table.c if not column.primary_key}
        if others:
            statement = statement.on_conflict_do_update(index_elements=keys, set_=others)
        else:
            statement = statement.on_conflict_do_nothing(index_elements=keys)
        self._tx.execute(statement, [{"workspace": self._workspace, **row} for row in rows])


def among(table: Table, users: Iterable[str] | None) -> ColumnElement[bool]:
    """Rows of these users; of all where none are named."""
    return true() if users is None else table.c.user.in_(set(users))
