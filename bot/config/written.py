"""YAML text to plain values, with the line of everything that was written.

text -> characters checked -> YAML events -> Written(value, lines, problems)

Every scalar stays the text that was typed, or None where nothing was: what it means is for the models to say. So `NO`
is Norway, `09:30` is a time and `yes` is an answer that somebody may choose.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from bot.config.problems import ConfigProblem, Problem, shown
from bot.config.slips import BACKSLASH, LINE_END, slip

Place = tuple[str | int, ...]

DEEPEST = 20
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
NOTHING = ("", "~", "null", "Null", "NULL")
QUOTE_IT = "If this is text, put quotes around it."
RIGHT_FILE = "Check that it is the right file."


@dataclass(frozen=True, slots=True)
class Kind:
    """What a file should be: what it is called, how much it says at most, and what a broken one is compared with."""

    name: str
    megabytes: int
    values: int
    model: str


CONFIGURATION = Kind("a configuration", 1, 50_000, "the config.yaml that comes with Crosswalk")


@dataclass(frozen=True, slots=True)
class Written:
    """`value` of dicts, lists, text and None; `lines` of every key and list entry, counted from 1; keys given twice."""

    value: Any
    lines: Mapping[Place, int]
    problems: tuple[Problem, ...]

    def line(self, place: Place) -> int | None:
        """The line of what stands at `place`, or of the nearest thing around it."""
        for length in range(len(place), 0, -1):
            if place[:length] in self.lines:
                return self.lines[place[:length]]
        return self.lines.get(())


def read(text: str, file: str, kind: Kind = CONFIGURATION) -> Written:
    """Raises ConfigProblem where the text is no YAML, or more of it than such a file needs."""
    _check_characters(text, file, kind)
    building = _Building(file, kind)
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        for event in yaml.parse(text, Loader=loader):
            building.take(event)
    except yaml.YAMLError as error:
        raise ConfigProblem([*building.problems, slip(error, text, file, kind.model)]) from None
    except (ValueError, OverflowError):
        # Where libyaml is missing, PyYAML's own parser takes any number after a backslash for a character.
        raise building.stop(building.line, *BACKSLASH) from None
    return Written(building.value, building.lines, tuple(building.problems))


def _check_characters(text: str, file: str, kind: Kind) -> None:
    if len(text) > kind.megabytes * 1_000_000:
        size = "a megabyte" if kind.megabytes == 1 else f"{kind.megabytes} megabytes"
        raise ConfigProblem.one(file, None, "", f"The file is larger than {size}.", RIGHT_FILE)
    found = UNPRINTABLE.search(text)
    if found:
        line = len(LINE_END.findall(text, 0, found.start())) + 1
        message = f"There is an invisible character (U+{ord(found[0]):04X}) that YAML does not allow."
        raise ConfigProblem.one(file, line, "", message, "Delete it, or type the line again.")


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not come; `key` is the one whose value comes next, if its key has come."""

    value: dict[str, Any] | list[Any]
    place: Place
    anchor: str | None
    key: str | None = None
    doubled: bool = False
    seen: dict[str, int] = field(default_factory=dict)
    size: int = 1


class _Building:
    """Builds values from events with a list of what is open, so that no depth of nesting can exhaust the stack."""

    def __init__(self, file: str, kind: Kind) -> None:
        self._file = file
        self._kind = kind
        self._open: list[_Open] = []
        self._anchors: dict[str, tuple[Any, int] | None] = {}
        self._documents = 0
        self._size = 0
        self.value: Any = None
        self.line = 1
        self.lines: dict[Place, int] = {}
        self.problems: list[Problem] = []

    def take(self, event: yaml.Event) -> None:
        self.line = line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.DocumentStartEvent):
            self._document(line)
        elif isinstance(event, yaml.AliasEvent):
            self._alias(event.anchor or "", line)
        elif isinstance(event, yaml.ScalarEvent):
            self._scalar(event, line)
        elif isinstance(event, yaml.SequenceStartEvent | yaml.MappingStartEvent):
            self._begin(event, line)
        elif isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
            self._end()

    def stop(self, line: int, message: str, instead: str) -> ConfigProblem:
        return ConfigProblem([*self.problems, Problem(self._file, line, "", message, instead)])

    def _document(self, line: int) -> None:
        self._documents += 1
        if self._documents > 1:
            raise self.stop(line, "A second document begins here.", "Keep one, and delete the line “---”.")

    def _scalar(self, event: yaml.ScalarEvent, line: int) -> None:
        self._check_tag(event, line)
        plain = event.style in (None, "")
        value = None if plain and event.value in NOTHING else event.value
        parent = self._open[-1] if self._open else None
        if parent is not None and isinstance(parent.value, dict) and parent.key is None:
            self._key(parent, event.value, line)
            return
        if event.anchor:
            self._anchors[event.anchor] = (value, 1)
        self._put(value, line, size=1, more=1)

    def _key(self, parent: _Open, key: str, line: int) -> None:
        parent.key = key
        parent.doubled = key in parent.seen
        if key == "<<":
            raise self.stop(line, "“<<” is not read here.", "Write the keys out.")
        if parent.doubled:
            message = f"{shown(key)} is there already, on line {parent.seen[key]}."
            self.problems.append(
                Problem(self._file, line, readable((*parent.place, key)), message, "Keep one of them.")
            )
        else:
            parent.seen[key] = line
            self.lines[(*parent.place, key)] = line

    def _begin(self, event: yaml.SequenceStartEvent | yaml.MappingStartEvent, line: int) -> None:
        self._check_tag(event, line)
        parent = self._open[-1] if self._open else None
        if parent is not None and isinstance(parent.value, dict) and parent.key is None:
            raise self.stop(line, "A name was expected here, not a list or a mapping.", QUOTE_IT)
        if len(self._open) >= DEEPEST:
            raise self.stop(line, f"This is nested far deeper than {self._kind.name} needs.", "Check the brackets.")
        place = self._place()
        self.lines.setdefault(place, line)
        if event.anchor:
            self._anchors[event.anchor] = None
        made: dict[str, Any] | list[Any] = [] if isinstance(event, yaml.SequenceStartEvent) else {}
        self._open.append(_Open(made, place, event.anchor))

    def _end(self) -> None:
        done = self._open.pop()
        if done.anchor:
            self._anchors[done.anchor] = (done.value, done.size)
        self._put(done.value, self.lines[done.place], size=done.size, more=1)

    def _alias(self, anchor: str, line: int) -> None:
        known = self._anchors.get(anchor)
        if known is None:
            why = "contains itself" if anchor in self._anchors else "stands for nothing in this file"
            raise self.stop(line, f"“*{anchor}” {why}.", QUOTE_IT)
        parent = self._open[-1] if self._open else None
        if parent is not None and isinstance(parent.value, dict) and parent.key is None:
            raise self.stop(line, f"“*{anchor}” can't be a key.", "Write the key out.")
        self._put(known[0], line, size=known[1], more=known[1])

    def _put(self, value: Any, line: int, *, size: int, more: int) -> None:
        """`size` is all that the value holds, `more` how much of it is new: a list of aliases of lists grows fast."""
        self._size += more
        if self._size > self._kind.values:
            raise self.stop(line, f"The file says far more than {self._kind.name} needs.", RIGHT_FILE)
        self.lines.setdefault(self._place(), line)
        if not self._open:
            self.value = value
            return
        parent = self._open[-1]
        parent.size += size
        if isinstance(parent.value, list):
            parent.value.append(value)
        elif parent.key is not None:
            if not parent.doubled:
                parent.value[parent.key] = value
            parent.key = None

    def _place(self) -> Place:
        """Where the next value goes."""
        if not self._open:
            return ()
        parent = self._open[-1]
        return (*parent.place, len(parent.value) if isinstance(parent.value, list) else parent.key or "")

    def _check_tag(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent, line: int) -> None:
        if event.tag is not None and event.tag != "!":
            raise self.stop(
                line,
                f"Tags such as {shown(event.tag.replace('tag:yaml.org,2002:', '!!'))} are not read here.",
                QUOTE_IT,
            )


def readable(place: Place, value: Any = None) -> str:
    """ "standups.weekly.questions.blocker.kind": entries of lists go by their key or name, if `value` is the whole."""
    return ".".join(_steps(place, value))


def _steps(place: Place, value: Any) -> Iterator[str]:
    for step in place:
        inner = value[step] if _has(value, step) else None
        named = (inner.get("key") or inner.get("name")) if isinstance(inner, dict) else None
        if isinstance(step, int):
            yield " ".join(named.split())[:40] if isinstance(named, str) and named.strip() else str(step + 1)
        else:
            yield " ".join(step.split())[:40]
        value = inner


def _has(value: Any, step: str | int) -> bool:
    if isinstance(step, int):
        return isinstance(value, list) and step < len(value)
    return isinstance(value, dict) and step in value
