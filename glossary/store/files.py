"""Files of terms that wait for their sender's word."""

import json
from collections.abc import Sequence

from glossary.exchange import Row
from glossary.store import snapshot
from glossary.store.tables import held_files
from rituals.held import HeldFiles


class FileStore(HeldFiles[Row]):
    table = held_files

    @staticmethod
    def written(rows: Sequence[Row]) -> str:
        return json.dumps([[row.at, row.state, snapshot.written(row.wording)] for row in rows])

    @staticmethod
    def read(body: str) -> tuple[Row, ...]:
        return tuple(Row(at, snapshot.read(wording), state) for at, state, wording in json.loads(body))
