"""Files of decisions that wait for their sender's word."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from rituals.decisions.exchange import Row
from rituals.decisions.store.tables import files
from rituals.held import HeldFiles


class FileStore(HeldFiles[Row]):
    table = files

    @staticmethod
    def written(rows: Sequence[Row]) -> str:
        """What is empty in a row is left out."""
        return json.dumps([{name: value for name, value in asdict(row).items() if value} for row in rows])

    @staticmethod
    def read(body: str) -> tuple[Row, ...]:
        return tuple(map(_row, json.loads(body)))


def _row(said: dict[str, Any]) -> Row:
    kept: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in said.items()}
    return Row(**kept)
