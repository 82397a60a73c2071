"""Files that somebody sent and was shown the plan of, and what became of them, whatever they are about."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar, Generic, Literal, TypeVar

from sqlalchemy import Column, ColumnElement, RowMapping, Table, Text, delete, insert, select, update

from rituals.tables import Tx, Utc, metadata

Row = TypeVar("Row")
Standing = Literal["open", "agreed", "imported", "cancelled", "refused"]

KEPT = timedelta(days=2)
"""How long a file waits for a word, and then for somebody to ask what became of it."""


@dataclass(frozen=True, slots=True)
class HeldFile(Generic[Row]):
    """`name` as it was sent; `rows`: all that it says, until it is settled. `seen` seals the plan she was shown.

    Open, agreed to, and then imported, or refused since something was wrong with it by then; or cancelled.
    """

    id: str
    by: str
    at: datetime
    name: str
    rows: tuple[Row, ...]
    seen: str
    state: Standing = "open"


def table(name: str) -> Table:
    """Files that were looked through and wait for somebody to say "import"; then for a while what became of them."""
    return Table(
        name,
        metadata,
        Column("workspace", Text, primary_key=True),
        Column("id", Text, primary_key=True),
        Column("by", Text, nullable=False),
        Column("at", Utc, nullable=False),
        Column("name", Text, nullable=False),
        # The rows as JSON; none once it is settled.
        Column("body", Text, nullable=False),
        # Seals the plan that she was shown.
        Column("seen", Text, nullable=False),
        Column("state", Text, nullable=False),
    )


class HeldFiles(ABC, Generic[Row]):
    """The files of one workspace, in a table of what they are about."""

    table: ClassVar[Table]

    def __init__(self, tx: Tx, workspace: str) -> None:
        self._tx = tx
        self._workspace = workspace

    @staticmethod
    @abstractmethod
    def written(rows: Sequence[Row]) -> str:
        """Rows as text, for `read` to understand."""

    @staticmethod
    @abstractmethod
    def read(body: str) -> tuple[Row, ...]:
        """What `written` has written."""

    def hold(self, file: HeldFile[Row]) -> None:
        """Until she says yes or no to its plan."""
        self.forget(file.at)
        kept = {name: getattr(file, name) for name in ("id", "by", "at", "name", "seen", "state")}
        self._tx.execute(insert(self.table).values(workspace=self._workspace, body=self.written(file.rows), **kept))

    def get(self, file_id: str) -> HeldFile[Row] | None:
        """Locked until this transaction has ended. None: there was none, or it has been forgotten."""
        one = select(self.table).where(self._one(file_id)).with_for_update()
        row = self._tx.execute(one).mappings().one_or_none()
        return self._file(row) if row else None

    def show(self, file_id: str, seen: str) -> None:
        """Another plan is shown for it, and waits to be agreed to."""
        self._tx.execute(update(self.table).where(self._one(file_id)).values(seen=seen, state="open"))

    def agree(self, file_id: str) -> None:
        self._tx.execute(update(self.table).where(self._one(file_id)).values(state="agreed"))

    def settle(self, file_id: str, state: Standing) -> None:
        """What became of it is known; what it said is no longer needed."""
        self._tx.execute(update(self.table).where(self._one(file_id)).values(state=state, body=self.written(())))

    def forget(self, now: datetime) -> None:
        """Those that were sent long ago, but for what is about to be imported."""
        columns = self.table.c
        mine = (columns.workspace == self._workspace) & (columns.state != "agreed")
        self._tx.execute(delete(self.table).where(mine, columns.at < now - KEPT))

    def _one(self, file_id: str) -> ColumnElement[bool]:
        return (self.table.c.workspace == self._workspace) & (self.table.c.id == file_id)

    def _file(self, row: RowMapping) -> HeldFile[Row]:
        return HeldFile(row["id"], row["by"], row["at"], row["name"], self.read(row["body"]), row["seen"], row["state"])
