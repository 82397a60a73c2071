"""Files that somebody sent and was shown the plan of, and what became of them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import ColumnElement, RowMapping, delete, insert, select, update

from glossary.exchange import Row
from glossary.store import snapshot
from glossary.store.tables import held_files
from rituals.tables import Tx

Standing = Literal["open", "agreed", "imported", "cancelled", "refused"]


@dataclass(frozen=True, slots=True)
class HeldFile:
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


class FileStore:
    """The files of one workspace."""

    def __init__(self, tx: Tx, workspace: str) -> None:
        self._tx = tx
        self._workspace = workspace

    def hold(self, file: HeldFile) -> None:
        kept = {name: getattr(file, name) for name in ("id", "by", "at", "name", "seen", "state")}
        self._tx.execute(insert(held_files).values(workspace=self._workspace, body=_written(file.rows), **kept))

    def get(self, file_id: str) -> HeldFile | None:
        """Locked until this transaction has ended. None: there was none, or it has been forgotten."""
        row = self._tx.execute(select(held_files).where(self._one(file_id)).with_for_update()).mappings().one_or_none()
        return _file(row) if row else None

    def show(self, file_id: str, seen: str) -> None:
        """Another plan is shown for it, and waits to be agreed to."""
        self._tx.execute(update(held_files).where(self._one(file_id)).values(seen=seen, state="open"))

    def agree(self, file_id: str) -> None:
        self._tx.execute(update(held_files).where(self._one(file_id)).values(state="agreed"))

    def settle(self, file_id: str, state: Standing) -> None:
        """What became of it is known; what it said is no longer needed."""
        self._tx.execute(update(held_files).where(self._one(file_id)).values(state=state, body=_written(())))

    def forget(self, before: datetime) -> None:
        """But for those that are about to be imported."""
        mine = (held_files.c.workspace == self._workspace) & (held_files.c.state != "agreed")
        self._tx.execute(delete(held_files).where(mine, held_files.c.at < before))

    def _one(self, file_id: str) -> ColumnElement[bool]:
        return (held_files.c.workspace == self._workspace) & (held_files.c.id == file_id)


def _written(rows: Sequence[Row]) -> str:
    return json.dumps([[row.at, row.state, snapshot.written(row.wording)] for row in rows])


def _file(row: RowMapping) -> HeldFile:
    rows = tuple(Row(at, snapshot.read(wording), state) for at, state, wording in json.loads(row["body"]))
    return HeldFile(row["id"], row["by"], row["at"], row["name"], rows, row["seen"], row["state"])
