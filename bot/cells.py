"""What stands in a cell of a table for spreadsheets, and the way back from there."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime

# What a spreadsheet would take for a formula, and run. Apostrophes before it count: one is taken away on the way back.
_FORMULA = re.compile("'* *[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
_SEPARATING = re.compile(r"[\\;]")
_PART = re.compile(r"((?:\\[\\;]|[^;\n])*)[;\n]?")


def defused(value: str | int | datetime | bool | None) -> str | int:
    """One cell: moments in UTC, and no text that a spreadsheet would take for a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, str) and _FORMULA.match(value):
        return f"'{value}"
    return value


def restored(cell: str) -> str:
    """The text that `defused` made a cell of."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell, 1) else cell


def joined(items: Iterable[str]) -> str:
    """Several in one cell: "run rate; ARR". A ; or \\ of their own has a \\ before it."""
    return "; ".join(_SEPARATING.sub(r"\\\g<0>", item) for item in items)


def split(text: str) -> Iterator[str]:
    """The way back from `joined`; line ends separate too."""
    for part in _PART.findall(text):
        yield re.sub(r"\\([\\;])", r"\1", part)
