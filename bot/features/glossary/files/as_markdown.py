"""A page in Markdown: “## ” and a name begin a term, “### Meaning” another meaning, “**Business:** ” what is said.

A text goes on until the next label or heading. A line of it that looks like one has a \\ before it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from bot.cells import joined, split
from bot.config.problems import nearest, shown
from bot.features.glossary.files.found import Found, lines_of, row_of, sense_of
from glossary.exchange import Problem, Row, one_line
from glossary.terms import Sense

TITLE = "# Glossary"
TERM = {"stands_for": "Stands for", "aliases": "Also called", "state": "State"}
SENSE = {
    "domain": "Domain",
    "business": "Business",
    "technical": "Technical",
    "example": "Example",
    "business_owner": "Business owner",
    "technical_owner": "Technical owner",
    "links": "Links",
}
FIELDS = {label.casefold(): key for key, label in (TERM | SENSE).items()}
MOST_UNKNOWN = 1_000
SAMPLE = "“**Business:** What it means”"
NO_TERM = "This belongs to no term. Write “## ” and the term's name above it."
LABELS = ", ".join((TERM | SENSE).values())

_HEADING = r"(?P<level>\#{1,6})(?:\s|$)"
_LABEL = r"(?P<bullet>[-*+]\ {1,3})?(?P<bold>\*\*|__)(?P<label>[^*_:]{1,40})(?::\ {0,3}(?P=bold)|(?P=bold)\ {0,3}:)"
_RULE = r"(?P<rule>(?:-{3,}|\*{3,}|_{3,})\s*$)"
# What is no text: headings, labels and rules, and each of them with backslashes before it, of which one is ours.
_MARK = re.compile(rf"(?P<indent>\ {{0,3}})(?P<slashes>\\*)(?:{_HEADING}|{_LABEL}|{_RULE})", re.VERBOSE)
_BULLET = re.compile(r"\s*[-*+]\s+(.*)")
_MEANING = re.compile(r"(another )?meaning( \d+)?:?", re.IGNORECASE)


def text(rows: Iterable[Row]) -> str:
    return "\n\n".join([TITLE, *(block for row in rows for block in _blocks(row))]) + "\n"


def rows(text: str) -> Iterator[Found]:
    reading = _Reading()
    for at, line in enumerate(lines_of(text), start=1):
        yield from reading.take(at, line)
    yield from reading.end()


@dataclass(slots=True)
class _Said:
    """What stands at one label: the lines and where they begin. `bulleted`: they are indented below a bullet."""

    at: int
    lines: list[str]
    bulleted: bool = False

    def text(self) -> str:
        return "\n".join(self.lines[:1] + [_unescaped(line) for line in self._rest()])

    def items(self) -> Iterator[str]:
        """What stands beside the label, separated by ;, and a bullet each below it."""
        yield from split(self.lines[0])
        for line in self._rest():
            bullet = _BULLET.match(line)
            yield from [_unescaped(bullet[1])] if bullet else split(_unescaped(line))

    def _rest(self) -> Iterator[str]:
        return (line.removeprefix("  ") if self.bulleted else line for line in self.lines[1:])


@dataclass(slots=True)
class _Term:
    at: int
    name: str
    said: dict[str, _Said] = field(default_factory=dict)
    senses: list[dict[str, _Said]] = field(default_factory=lambda: [{}])

    def row(self) -> Row:
        names = {key: self.said[key].items() if key in self.said else () for key in ("stands_for", "aliases")}
        state = self.said["state"].text() if "state" in self.said else ""
        return row_of(self.at, self.name, names["stands_for"], names["aliases"], map(_sense, self.senses), state)


class _Reading:
    """Takes lines one by one. `_open` is what the next line of text belongs to."""

    def __init__(self) -> None:
        self._term: _Term | None = None
        self._open: _Said | None = None
        self._introduced = False
        self._meant: dict[str, str] = {}

    def take(self, at: int, line: str) -> Iterator[Found]:
        mark = _MARK.match(line)
        if mark is None or mark["slashes"]:
            yield from self._text(at, line)
        elif mark["level"]:
            yield from self._heading(at, len(mark["level"]), line[mark.end("level") :].strip(), line)
        elif mark["label"]:
            yield from self._label(at, line, mark)

    def end(self) -> Iterator[Found]:
        if self._term is not None:
            yield self._term.row()
        elif self._introduced:
            yield Problem(1, f"There is no term here. Write “## ” and its name for each, and below it {SAMPLE}.")

    def _heading(self, at: int, level: int, name: str, line: str) -> Iterator[Found]:
        if level == 2:
            if self._term is not None:
                yield self._term.row()
            self._term, self._open = _Term(at, name), None
        elif self._term is None:
            if level != 1:
                yield Problem(at, NO_TERM)
        elif level == 3:
            self._term.senses.append({})
            self._open = None
            if name and not _MEANING.fullmatch(name):
                instead = "Write “### Meaning”, and below it “**Domain:**” if this is its domain."
                yield Problem(at, f"{shown(line)} is no heading here. {instead}")
        else:
            instead = "Write “## ” before a term, or “\\#” where a text begins with #."
            yield Problem(at, f"{shown(line)} is no heading here. {instead}")

    def _label(self, at: int, line: str, mark: re.Match[str]) -> Iterator[Found]:
        label = one_line(mark["label"])
        key = FIELDS.get(label.casefold()) or self._nearest(label)
        if not key:
            yield from self._text(at, line)
            return
        self._open = _Said(at, [line[mark.end() :]], mark["bullet"] is not None)
        if self._term is None:
            yield Problem(at, NO_TERM)
            return
        meant = (TERM | SENSE)[key]
        there = self._term.said if key in TERM else self._term.senses[-1]
        if label.casefold() != meant.casefold():
            instead = f"Did you mean “{meant}”? If it is text, write “\\” before it."
            yield Problem(at, f"{shown(label)} is no label here. {instead}")
        elif key in there:
            instead = "Keep one" + ("." if key in TERM else ", or begin another meaning with “### Meaning”.")
            yield Problem(at, f"{shown(label)} is there already, on line {there[key].at}. {instead}")
        there.setdefault(key, self._open)

    def _nearest(self, label: str) -> str:
        """The field that was meant. Where labels of all sorts abound, they are text, and comparing takes too long."""
        if label not in self._meant and len(self._meant) < MOST_UNKNOWN:
            self._meant[label] = FIELDS.get(nearest(label, FIELDS), "")
        return self._meant.get(label, "")

    def _text(self, at: int, line: str) -> Iterator[Found]:
        if self._open is not None:
            self._open.lines.append(line)
        elif line.strip():
            self._introduced = True
            if self._term is not None:
                yield Problem(at, f"{shown(line)} has no label. Write before it one of: {LABELS}, as in {SAMPLE}.")
                self._open = _Said(at, [line])


def _sense(said: Mapping[str, _Said]) -> Sense:
    texts = {key: each.text() for key, each in said.items() if key != "links"}
    return sense_of(texts, said["links"].items() if "links" in said else ())


def _blocks(row: Row) -> Iterator[str]:
    """The paragraphs of a term, between which blank lines stand."""
    wording = row.wording
    yield f"## {wording.name}"
    yield from _items(TERM["stands_for"], wording.expansions)
    yield from _items(TERM["aliases"], wording.aliases)
    if row.state != "accepted":
        yield f"**{TERM['state']}:** {row.state}"
    for number, sense in enumerate(wording.senses, start=1):
        if len(wording.senses) > 1:
            yield f"### Meaning {number}"
        for key, label in SENSE.items():
            if key != "links" and (said := getattr(sense, key)):
                yield _escaped_rest(f"**{label}:** {said}")
        yield from _items(SENSE["links"], sense.links)


def _items(label: str, items: tuple[str, ...]) -> Iterator[str]:
    if len(items) == 1:
        yield f"**{label}:** {joined(items)}"
    elif items:
        yield "\n".join([f"**{label}:**", *(f"- {_escaped(item)}" for item in items)])


def _escaped_rest(block: str) -> str:
    first, *rest = block.split("\n")
    return "\n".join([first, *map(_escaped, rest)])


def _escaped(line: str) -> str:
    mark = _MARK.match(line)
    return f"{mark['indent']}\\{line[mark.end('indent') :]}" if mark else line


def _unescaped(line: str) -> str:
    mark = _MARK.match(line)
    return f"{mark['indent']}{line[mark.end('indent') + 1 :]}" if mark and mark["slashes"] else line
