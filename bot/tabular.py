"""Tables for spreadsheets as rows of named cells. Rows count as in a spreadsheet, from 1.

Commas, semicolons or tabs are told apart by the first row, which names the columns in any order.
"""

import csv
import io
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

from bot.cells import defused, restored
from bot.config.problems import nearest, shown


@dataclass(frozen=True, slots=True)
class Slip:
    """What is wrong in a row, and what to write instead, in whole sentences."""

    at: int
    what: str


@dataclass(frozen=True, slots=True)
class Columns:
    """What a kind of table has. `known` as they are written, in this order; `needed` are those without which nothing
    is read, and `lacking` says so; `also` are other names that people give to one ("reason": "why")."""

    known: tuple[str, ...]
    needed: tuple[str, ...]
    lacking: str
    also: Mapping[str, str] = field(default_factory=dict)

    def meant(self, cell: str) -> str:
        """ " Stands for" -> "stands_for", "Reason" -> "why"."""
        name = re.sub(r"[\s_-]+", "_", " ".join(cell.split()).casefold())
        return self.also.get(name, name)


Row: TypeAlias = tuple[int, dict[str, str]]
Cell: TypeAlias = str | int | datetime | bool | None
_Record: TypeAlias = tuple[int, list[str] | Slip]
"""A row's number and its cells, or what is wrong with it."""

SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab"}
ENDINGS = ("csv", "tsv", "tab")
MOST_COLUMNS = 100
WORKBOOK = b"PK\x03\x04"
MISMATCHED = (
    "The quotation marks in this row don't match. Close each cell that opens with one, and write those inside twice: "
    '“"the ""real"" thing"”.'
)
# Spreadsheets take a table for UTF-8 where it begins with this.
MARK = "\ufeff"


def written(columns: Columns, rows: Iterable[Iterable[Cell]]) -> str:
    """For UTF-8. No cell is a formula to a spreadsheet."""
    table = io.StringIO(newline="")
    writer = csv.writer(table)
    writer.writerow(columns.known)
    for row in rows:
        writer.writerow([defused(cell) for cell in row])
    return MARK + table.getvalue()


def read(text: str, columns: Columns) -> Iterator[Row | Slip]:
    """Each row that says something, its cells by the names of their columns; and everything that cannot be read."""
    separator = _separator(text, columns)
    records = _records(text, separator)
    at, first = next(records, (1, []))
    if isinstance(first, Slip):
        yield first
        return
    places: dict[str, int] = {}
    yield from _places(at, first, columns, places)
    if not places:
        return
    named = set(places.values())
    for at, cells in records:
        if isinstance(cells, Slip):
            yield cells
        else:
            yield from _strays(at, cells, named, separator)
            yield at, {name: restored(cells[index]) for name, index in places.items() if index < len(cells)}


def names(text: str, columns: Columns, *wanted: str) -> bool:
    """Whether the first row names each of these columns."""
    first = map(columns.meant, _first(text, _separator(text, columns)))
    return set(wanted) <= set(first)


def row_after(text: str, columns: Columns) -> int:
    """The number of the row in which what follows `text` stands."""
    return sum(1 for _ in _records(text + "x", _separator(text, columns), blank=True))


def _separator(text: str, columns: Columns) -> str:
    """The one with which the first row has most of the columns that are known."""
    return max(
        SEPARATORS, key=lambda separator: sum(columns.meant(cell) in columns.known for cell in _first(text, separator))
    )


def _first(text: str, separator: str) -> Sequence[str]:
    cells = next((cells for _, cells in _records(text, separator)), ())
    return () if isinstance(cells, Slip) else cells


def _records(text: str, separator: str, *, blank: bool = False) -> Iterator[_Record]:
    """Rows with something in them, or all; a slip is the last, since nobody knows where the next row would begin."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    at = 0
    while True:
        at += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield at, Slip(at, MISMATCHED)
            return
        if blank or any(map(str.strip, cells)):
            yield at, cells


def _places(at: int, cells: Sequence[str], columns: Columns, places: dict[str, int]) -> Iterator[Slip]:
    """Fills `places`, names to where they stand, with what was meant where a name is misspelt; leaves it empty where
    one that is needed is missing."""
    names = [columns.meant(cell) for cell in cells]
    meant = [name if name in columns.known else nearest(name, columns.known) for name in names[:MOST_COLUMNS]]
    if not set(columns.needed) <= set(meant):
        yield Slip(at, columns.lacking)
        return
    for index, (cell, name, near) in enumerate(zip(cells, names, meant, strict=False)):
        key = near or name
        if name == near and name in places:
            yield Slip(at, f"There are two columns {shown(cell)}. Keep one.")
        elif name and name != near:
            instead = f"Did you mean “{near}”?" if near else f"Known here: {', '.join(columns.known)}."
            yield Slip(at, f"{shown(cell)} is no column here. {instead}")
        if name:
            places[f"{key} again {index}" if key in places else key] = index


def _strays(at: int, cells: Sequence[str], named: Collection[int], separator: str) -> Iterator[Slip]:
    """Cells under no column's name, as a text with a separator in it leaves them."""
    stray = next((cell for index, cell in enumerate(cells) if index not in named and cell.strip()), None)
    if stray is not None:
        instead = f"Name its column in the first row, or put a text with a {SEPARATORS[separator]} in quotation marks."
        yield Slip(at, f"{shown(stray)} is in no column. {instead}")
