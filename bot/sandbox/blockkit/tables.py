"""Tables: rows of cells, as the plain `table` and as the larger `data_table`."""

from collections.abc import Iterator
from typing import Any

from .composition import ID
from .rich_text import RICH_TEXT
from .shapes import (
    Object,
    Problem,
    Record,
    Rule,
    boolean,
    items,
    kind,
    kinds,
    number,
    one_of,
    or_null,
    problem,
    string,
    whole,
)

_TEXT_CELL = kind("raw_text", {"text": string()}, {})
_NUMBER_CELL = kind("raw_number", {"value": number}, {"text": string()})
_CELL = kinds({"raw_text": _TEXT_CELL, "raw_number": _NUMBER_CELL, "rich_text": RICH_TEXT})
_COLUMN = Record({}, {"align": one_of("left", "center", "right"), "is_wrapped": boolean})


def characters(block: Object) -> int:
    """How many characters the cells of a table show; 0 for anything that is not a well-formed table."""
    rows = block.get("rows")
    pending: list[Any] = [rows] if isinstance(rows, list) else []
    total = 0
    while pending:
        value = pending.pop()
        if isinstance(value, list):
            pending.extend(value)
        elif isinstance(value, dict):
            shown = value.get("text")
            total += len(shown) if isinstance(shown, str) else 0
            pending.extend(part for part in value.values() if isinstance(part, list | dict))
    return total


def _header_is_raw(value: Object, at: str) -> Iterator[Problem]:
    for place, cell in enumerate(value["rows"][0]):
        if cell["type"] == "rich_text":
            yield problem(f"{at}/rows/0/{place}/type", "unsupported type: rich_text")


def _within(most: int) -> Rule:
    def rule(value: Object, at: str) -> Iterator[Problem]:
        if characters(value) > most:
            yield problem(at, f"must have no more than {most} characters in its cells")

    return rule


TABLE = kind(
    "table",
    {"rows": items(items(_CELL, 20), 100)},
    {"block_id": ID, "column_settings": items(or_null(_COLUMN), 20)},
    _within(10_000),
)
DATA_TABLE = kind(
    "data_table",
    # The header and 1 to 200 rows of data.
    {"caption": string(), "rows": items(items(_CELL, 20), 201, least=2)},
    {"block_id": ID, "page_size": whole(1, 200), "row_header_column_index": whole(0, 19)},
    _header_is_raw,
    _within(20_000),
)
