"""Files of decisions that somebody sent and was shown the plan of, and what became of them."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, RowMapping, delete, insert, select, update

from rituals.decisions.exchange import Row
from rituals.decisions.store.tables import files
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
        self._tx.execute(insert(files).values(workspace=self._workspace, body=_written(file.rows), **kept))

    def get(self, file_id: str) -> HeldFile | None:
        """Locked until this transaction has ended. None: there was none, or it has been forgotten."""
        row = self._tx.execute(select(files).where(self._one(file_id)).with_for_update()).mappings().one_or_none()
        return _file(row) if row else None

    def show(self, file_id: str, seen: str) -> None:
        """Another plan is shown for it, and waits to be agreed to."""
        self._tx.execute(update(files).where(self._one(file_id)).values(seen=seen, state="open"))

    def agree(self, file_id: str) -> None:
        self._tx.execute(update(files).where(self._one(file_id)).values(state="agreed"))

    def settle(self, file_id: str, state: Standing) -> None:
        """What became of it is known; what it said is no longer needed."""
        self._tx.execute(update(files).where(self._one(file_id)).values(state=state, body=_written(())))

    def forget(self, before: datetime) -> None:
        """But for those that are about to be imported."""
        mine = (files.c.workspace == self._workspace) & (files.c.state != "agreed")
        self._tx.execute(delete(files).where(mine, files.c.at < before))

    def _one(self, file_id: str) -> ColumnElement[bool]:
        return (files.c.workspace == self._workspace) & (files.c.id == file_id)


def _written(rows: Sequence[Row]) -> str:
    """What is empty in a row is left out."""
    return json.dumps([{name: value for name, value in asdict(row).items() if value} for row in rows])


def _file(row: RowMapping) -> HeldFile:
    rows = tuple(map(_row, json.loads(row["body"])))
    return HeldFile(row["id"], row["by"], row["at"], row["name"], rows, row["seen"], row["state"])


def _row(said: dict[str, Any]) -> Row:
    kept: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in said.items()}
    return Row(**kept)
