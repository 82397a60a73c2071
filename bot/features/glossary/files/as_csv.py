"""A table: a row per meaning, further meanings of a term in further rows."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from bot import tabular
from bot.cells import joined, split
from bot.config.problems import shown
from bot.features.glossary.files.found import MOST_TERMS, Found, row_of, sense_of, too_many
from bot.tabular import Columns, Slip
from glossary.exchange import Problem, Row, one_line, state_of
from glossary.terms import Sense

TERM = ("term", "stands_for", "aliases")
SENSE = ("domain", "business", "technical", "example", "business_owner", "technical_owner", "links")
KNOWN = (*TERM, *SENSE, "state")
COLUMNS = Columns(
    KNOWN, ("term",), f"No column is called “term”. Name the columns in the first row: {', '.join(KNOWN)}."
)


def text(rows: Iterable[Row]) -> str:
    return tabular.written(
        COLUMNS, (_cells(row, sense, first=nth == 0) for row in rows for nth, sense in enumerate(row.wording.senses))
    )


def rows(text: str) -> Iterator[Found]:
    gathered: dict[str | int, _Gathered] = {}
    for found in tabular.read(text, COLUMNS):
        if isinstance(found, Slip):
            yield Problem(found.at, found.what)
            continue
        at, said = found
        if at > MOST_TERMS + 1:
            yield too_many(at, "rows")
            break
        name = one_line(said.get("term", ""))
        yield from gathered.setdefault(name or at, _Gathered(at, name)).take(at, said)
    for each in gathered.values():
        yield row_of(each.at, each.name, each.expansions, each.aliases, each.senses, each.state)


def names_terms(text: str) -> bool:
    """Whether the first row names a column "term"."""
    return tabular.names(text, COLUMNS, "term")


def row_after(text: str) -> int:
    """The number of the row in which what follows `text` stands."""
    return tabular.row_after(text, COLUMNS)


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
