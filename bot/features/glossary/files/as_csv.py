"""A table: a row per meaning, further meanings of a term in further rows. Rows count as in a spreadsheet, from 1.

Commas, semicolons or tabs are told apart by the first row, which names the columns in any order.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from bot.cells import defused, restored
from bot.config.problems import nearest, shown
from bot.features.glossary.files.found import MOST_TERMS, Found, joined, row_of, sense_of, split, too_many
from glossary.exchange import Problem, Row, one_line, state_of
from glossary.terms import Sense

Record: TypeAlias = tuple[int, list[str] | Problem]
"""A row's number and its cells, or what is wrong with it."""

TERM = ("term", "stands_for", "aliases")
SENSE = ("domain", "business", "technical", "example", "business_owner", "technical_owner", "links")
COLUMNS = (*TERM, *SENSE, "state")
SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab"}
MOST_COLUMNS = 100
NO_TERM = f"No column is called “term”. Name the columns in the first row: {', '.join(COLUMNS)}."
MISMATCHED = (
    "The quotation marks in this row don't match. Close each cell that opens with one, and write those inside twice: "
    '“"the ""real"" thing"”.'
)
# Spreadsheets take a table for UTF-8 where it begins with this.
MARK = "\ufeff"


def text(rows: Iterable[Row]) -> str:
    table = io.StringIO(newline="")
    writer = csv.writer(table)
    writer.writerow(COLUMNS)
    for row in rows:
        for number, sense in enumerate(row.wording.senses):
            writer.writerow([defused(cell) for cell in _cells(row, sense, first=number == 0)])
    return MARK + table.getvalue()


def rows(text: str) -> Iterator[Found]:
    separator = _separator(text)
    records = _records(text, separator)
    at, first = next(records, (1, []))
    if isinstance(first, Problem):
        yield first
        return
    columns: dict[str, int] = {}
    yield from _columns(at, first, columns)
    if "term" in columns:
        yield from _terms(records, columns, separator)


def names_terms(text: str) -> bool:
    """Whether the first row names a column "term"."""
    return "term" in map(_name, _first(text, _separator(text)))


def row_after(text: str) -> int:
    """The number of the row in which what follows `text` stands."""
    return sum(1 for _ in _records(text + "x", _separator(text), blank=True))


def _terms(records: Iterator[Record], columns: Mapping[str, int], separator: str) -> Iterator[Found]:
    gathered: dict[str | int, _Gathered] = {}
    for at, cells in records:
        if isinstance(cells, Problem):
            yield cells
        elif at > MOST_TERMS + 1:
            yield too_many(at, "rows")
            break
        else:
            yield from _strays(at, cells, columns, separator)
            said = {name: restored(cells[index]) for name, index in columns.items() if index < len(cells)}
            name = one_line(said.get("term", ""))
            yield from gathered.setdefault(name or at, _Gathered(at, name)).take(at, said)
    for each in gathered.values():
        yield row_of(each.at, each.name, each.expansions, each.aliases, each.senses, each.state)


@dataclass(slots=True)
class _Gathered:
    """A term out of its rows, wherever they stand: people sort tables."""

    at: int
    name: str
    expansions: list[str] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)
    senses: list[Sense] = field(default_factory=list)
    state: str = ""
    state_at: int = 0

    def take(self, at: int, said: Mapping[str, str]) -> Iterator[Problem]:
        self.expansions += split(said.get("stands_for", ""))
        self.aliases += split(said.get("aliases", ""))
        self.senses.append(sense_of(said, split(said.get("links", ""))))
        state = one_line(said.get("state", ""))
        if state and self.state and state_of(state) != state_of(self.state):
            message = f"{shown(self.name)} is {self.state} in row {self.state_at} and {state} here."
            yield Problem(at, f"{message} Write the state once.")
        elif state and not self.state:
            self.state, self.state_at = state, at


def _cells(row: Row, sense: Sense, *, first: bool) -> Iterator[str]:
    """What belongs to the whole term stands in its first row."""
    wording = row.wording
    yield wording.name
    yield joined(wording.expansions) if first else ""
    yield joined(wording.aliases) if first else ""
    yield from (sense.domain, sense.business, sense.technical, sense.example)
    yield from (sense.business_owner or "", sense.technical_owner or "", joined(sense.links))
    yield row.state if first else ""


def _separator(text: str) -> str:
    """The one with which the first row has most of the columns that are known here."""
    return max(SEPARATORS, key=lambda separator: sum(_name(cell) in COLUMNS for cell in _first(text, separator)))


def _first(text: str, separator: str) -> Sequence[str]:
    cells = next((cells for _, cells in _records(text, separator)), ())
    return () if isinstance(cells, Problem) else cells


def _records(text: str, separator: str, *, blank: bool = False) -> Iterator[Record]:
    """Rows with something in them, or all; a problem is the last, since nobody knows where the next row would begin."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    at = 0
    while True:
        at += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield at, Problem(at, MISMATCHED)
            return
        if blank or any(map(str.strip, cells)):
            yield at, cells


def _columns(at: int, cells: Sequence[str], columns: dict[str, int]) -> Iterator[Problem]:
    """Fills `columns`, names to where they stand, with what was meant where a name is misspelt."""
    names = [_name(cell) for cell in cells]
    meant = [name if name in COLUMNS else nearest(name, COLUMNS) for name in names[:MOST_COLUMNS]]
    if "term" not in meant:
        yield Problem(at, NO_TERM)
        return
    for index, (cell, name, near) in enumerate(zip(cells, names, meant, strict=False)):
        key = near or name
        if name == near and name in columns:
            yield Problem(at, f"There are two columns {shown(cell)}. Keep one.")
        elif name and name != near:
            instead = f"Did you mean “{near}”?" if near else f"Known here: {', '.join(COLUMNS)}."
            yield Problem(at, f"{shown(cell)} is no column here. {instead}")
        if name:
            columns[f"{key} again {index}" if key in columns else key] = index


def _strays(at: int, cells: Sequence[str], columns: Mapping[str, int], separator: str) -> Iterator[Problem]:
    """Cells under no column's name, as a text with a separator in it leaves them."""
    named = set(columns.values())
    stray = next((cell for index, cell in enumerate(cells) if index not in named and cell.strip()), None)
    if stray is not None:
        instead = f"Name its column in the first row, or put a text with a {SEPARATORS[separator]} in quotation marks."
        yield Problem(at, f"{shown(stray)} is in no column. {instead}")


def _name(cell: str) -> str:
    """ " Stands for" -> "stands_for"."""
    return re.sub(r"[\s_-]+", "_", one_line(cell).casefold())
