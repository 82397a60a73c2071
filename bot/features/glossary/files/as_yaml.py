"""A list of terms in YAML. One meaning may stand in its term, several stand below “senses:”.

text -> values with their lines, as a configuration is read -> rows and problems
"""

import itertools
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from bot.config import problems, written
from bot.config.problems import ConfigProblem, nearest, shown
from bot.config.written import Kind, Place, Written
from bot.features.glossary.files.found import Found, row_of, sense_of
from glossary.exchange import Problem, Row
from glossary.terms import Sense

KIND = Kind("a glossary", 5, 1_000_000, "a glossary that was exported")
TERM = ("name", "stands_for", "aliases", "state", "senses")
TEXTS = ("domain", "business", "technical", "example", "business_owner", "technical_owner")
SENSE = (*TEXTS, "links")
EXAMPLE = "- {name: ARR, business: What it means}"
QUOTE = "If it has [, { or “: ” in it, put quotes around it."
# What needs no quotes, in a list in brackets and elsewhere, if YAML does not take it for a truth or for nothing.
WORDS = re.compile(r"[^\W\d_][\w .()/+%'-]*")
SENTENCE = re.compile("[^\\W\\d_][^:#\t\ufeff]*")
TAKEN = ("true", "false", "yes", "no", "on", "off", "y", "n", "null")


def text(rows: Iterable[Row]) -> str:
    lines = [line for row in rows for line in _item(_term(row), "  ")]
    return "\n".join(["terms:", *lines, ""] if lines else ["terms: []", ""])


def rows(text: str) -> Iterator[Found]:
    try:
        found = written.read(text, "", KIND)
    except ConfigProblem as problem:
        yield from map(_told, problem.problems)
        return
    yield from map(_told, found.problems)
    yield from _Reading(found).rows()


class _Reading:
    """Goes through the values; what is wrong is gathered, so that the rest is read all the same."""

    def __init__(self, found: Written) -> None:
        self._found = found
        self._problems: list[Problem] = []

    def rows(self) -> Iterator[Found]:
        for number, value in enumerate(self._terms()):
            row = self._row(value, ("terms", number))
            yield from self._told()
            if row is not None:
                yield row
        yield from self._told()

    def _told(self) -> Iterator[Problem]:
        yield from self._problems
        self._problems.clear()

    def _terms(self) -> Sequence[Any]:
        top = self._found.value
        value = self._meant(top, (), ("terms",)) if isinstance(top, dict) else {}
        if "terms" not in value:
            self._wrong((), f"There is no “terms:” here. Begin with “terms:”, and write below it: {EXAMPLE}")
        return self._entries(value.get("terms"), ("terms",), EXAMPLE)

    def _row(self, value: Any, place: Place) -> Row | None:
        if not isinstance(value, dict):
            self._wrong(place, f"{_what(value)} is no term. Write for example: {EXAMPLE}")
            return None
        value = self._meant(value, place, (*TERM, *SENSE))
        name = self._text(value, "name", place)
        if name is None and "name" in value:
            return None
        return row_of(
            self._found.line(place) or 1,
            name or "",
            self._list(value, "stands_for", place),
            self._list(value, "aliases", place),
            self._senses(value, place),
            self._text(value, "state", place) or "",
        )

    def _senses(self, value: Mapping[str, Any], place: Place) -> list[Sense]:
        if value.get("senses") is None:
            return [self._sense(value, place)]
        beside = next((key for key in value if key in SENSE and value[key]), None)
        if beside is not None:
            self._wrong((*place, beside), f"{shown(beside)} stands beside “senses”. Move it below one of them.")
        senses = []
        for number, each in enumerate(
            self._entries(value["senses"], (*place, "senses"), "- {business: What it means}")
        ):
            inner = (*place, "senses", number)
            if isinstance(each, dict):
                senses.append(self._sense(self._meant(each, inner, SENSE), inner))
            else:
                self._wrong(inner, f"{_what(each)} is no meaning. Write for example: - {{business: What it means}}")
        return senses

    def _sense(self, value: Mapping[str, Any], place: Place) -> Sense:
        said = {key: text for key in TEXTS if (text := self._text(value, key, place))}
        return sense_of(said, self._list(value, "links", place))

    def _entries(self, value: Any, place: Place, example: str) -> Sequence[Any]:
        if value is None or isinstance(value, list):
            return value or ()
        self._wrong(place, f"A list was expected in {shown(place[-1])}, not {_a(value)}. Write for example: {example}")
        return ()

    def _list(self, value: Mapping[str, Any], key: str, place: Place) -> list[str]:
        """A single text is a list of one."""
        listed = value.get(key)
        entries = (
            [listed] if isinstance(listed, str) else self._entries(listed, (*place, key), f"{key}: [one, another]")
        )
        return [each for number, each in enumerate(entries) if self._is_text(each, key, (*place, key, number))]

    def _text(self, value: Mapping[str, Any], key: str, place: Place) -> str | None:
        text = value.get(key)
        return text if self._is_text(text, key, (*place, key)) else None

    def _is_text(self, value: Any, key: str, place: Place) -> bool:
        """Nothing is no text, and nothing wrong."""
        if isinstance(value, dict | list):
            self._wrong(place, f"A text was expected in {shown(key)}, not {_a(value)}. {QUOTE}")
        return isinstance(value, str)

    def _meant(self, value: Mapping[str, Any], place: Place, known: Sequence[str]) -> Mapping[str, Any]:
        """With the keys that were meant: a slip is told once, and not again for what would be missing without it."""
        meant = {key: each for key, each in value.items() if key in known}
        for key in itertools.islice((key for key in value if key not in known), 20):
            near = nearest(key, known)
            instead = f"Did you mean “{near}”?" if near else f"Known here: {', '.join(known)}."
            self._wrong((*place, key), f"{shown(key)} is not known here. {instead}")
            if near:
                meant.setdefault(near, value[key])
        return meant

    def _wrong(self, place: Place, what: str) -> None:
        self._problems.append(Problem(self._found.line(place) or 1, what))


def _told(problem: problems.Problem) -> Problem:
    return Problem(problem.line or 1, " ".join(filter(None, (problem.message, problem.instead))))


def _what(value: Any) -> str:
    return "Nothing" if value is None else shown(value) if isinstance(value, str) else _a(value).capitalize()


def _a(value: Any) -> str:
    return "names with values" if isinstance(value, dict) else "a list" if isinstance(value, list) else shown(value)


def _term(row: Row) -> Mapping[str, Any]:
    wording = row.wording
    senses = [_sense(sense) for sense in wording.senses]
    return {
        "name": wording.name,
        "stands_for": wording.expansions,
        "aliases": wording.aliases,
        "state": "" if row.state == "accepted" else row.state,
        **(senses[0] if len(senses) == 1 else {"senses": senses}),
    }


def _sense(sense: Sense) -> Mapping[str, Any]:
    return {key: getattr(sense, key) for key in SENSE}


def _item(values: Mapping[str, Any], indent: str) -> Iterator[str]:
    """An entry of a list; what is empty is left out."""
    start = f"{indent}- "
    for key, value in values.items():
        if isinstance(value, list):
            yield f"{start}{key}:"
            yield from (line for each in value for line in _item(each, f"{indent}    "))
        elif value:
            yield f"{start}{key}: {_value(value, f'{indent}    ')}"
        else:
            continue
        start = f"{indent}  "


def _value(value: str | tuple[str, ...], indent: str) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(_scalar(each, WORDS) for each in value)}]"
    if "\n" in value or '"' in value or "\\" in value:
        return "|-\n" + "\n".join(f"{indent}{line}" if line else "" for line in value.split("\n"))
    return _scalar(value, SENTENCE)


def _scalar(value: str, plain: re.Pattern[str]) -> str:
    """As it is, or else in double quotes, with the escapes that JSON and YAML share."""
    if plain.fullmatch(value) and value.casefold() not in TAKEN:
        return value
    return json.dumps(value, ensure_ascii=False)
