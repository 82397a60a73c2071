"""Small checks that fit together: each takes a JSON value and its JSON pointer and yields what is wrong."""

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

Object = Mapping[str, Any]
Rule = Callable[[Object, str], Iterator["Problem"]]
Check = Callable[[object, str], Iterator["Problem"]]


@dataclass(frozen=True)
class Problem:
    """One refusal: where (a JSON pointer) and why, worded as in `errors[]` of Slack's answer."""

    pointer: str
    message: str


def problem(pointer: str, why: str) -> Problem:
    return Problem(pointer, f"{why} [json-pointer:{pointer}]")


def string(most: int | None = None, least: int = 1) -> Check:
    def check(value: object, at: str) -> Iterator[Problem]:
        if not isinstance(value, str):
            yield problem(at, "must provide a string")
        elif len(value) < least:
            yield problem(at, f"must be more than {least - 1} characters")
        elif most is not None and len(value) > most:
            yield problem(at, f"must be less than {most + 1} characters")

    return check


def pattern(expression: str, why: str, most: int | None = None) -> Check:
    text = string(most)
    compiled = re.compile(expression)

    def check(value: object, at: str) -> Iterator[Problem]:
        if found := list(text(value, at)):
            yield from found
        elif not compiled.fullmatch(str(value)):
            yield problem(at, why)

    return check


def url(schemes: frozenset[str] | None = None, most: int = 3000) -> Check:
    """An absolute address; with `schemes` only those, and with a host."""
    text = string(most)

    def check(value: object, at: str) -> Iterator[Problem]:
        if found := list(text(value, at)):
            yield from found
        elif not _is_address(str(value), schemes):
            yield problem(at, "must be a valid URL")

    return check


def boolean(value: object, at: str) -> Iterator[Problem]:
    if not isinstance(value, bool):
        yield problem(at, "must provide a boolean")


def whole(least: int, most: int | None = None) -> Check:
    def check(value: object, at: str) -> Iterator[Problem]:
        if isinstance(value, bool) or not isinstance(value, int):
            yield problem(at, "must provide an integer")
        elif value < least:
            yield problem(at, f"must be greater than or equal to {least}")
        elif most is not None and value > most:
            yield problem(at, f"must be less than or equal to {most}")

    return check


def number(value: object, at: str) -> Iterator[Problem]:
    if isinstance(value, bool) or not isinstance(value, int | float) or not _finite(value):
        yield problem(at, "must provide a number")


def one_of(*allowed: str | int) -> Check:
    def check(value: object, at: str) -> Iterator[Problem]:
        if isinstance(value, bool) or not isinstance(value, str | int) or value not in allowed:
            yield problem(at, "must be a valid enum value")

    return check


def items(check_item: Check, most: int | None = None, least: int = 1) -> Check:
    def check(value: object, at: str) -> Iterator[Problem]:
        if not isinstance(value, list):
            yield problem(at, "must provide an array")
            return
        if len(value) < least:
            yield problem(at, f"no fewer than {least} items allowed")
        if most is not None and len(value) > most:
            yield problem(at, f"no more than {most} items allowed")
        for place, item in enumerate(value):
            yield from check_item(item, f"{at}/{place}")

    return check


def or_null(check_value: Check) -> Check:
    def check(value: object, at: str) -> Iterator[Problem]:
        if value is not None:
            yield from check_value(value, at)

    return check


@dataclass(frozen=True)
class Record:
    """An object with these fields and no others.

    `rules` look at the whole object and run only when every field is well formed, so they may rely on the types.
    """

    required: Mapping[str, Check] = field(default_factory=dict)
    optional: Mapping[str, Check] = field(default_factory=dict)
    rules: Sequence[Rule] = ()

    def __call__(self, value: object, at: str) -> Iterator[Problem]:
        if not isinstance(value, dict):
            yield problem(at, "must provide an object")
            return
        found = [*self._missing(value, at), *self._unknown(value, at), *self._broken(value, at)]
        yield from found or [broken for rule in self.rules for broken in rule(value, at)]

    def _missing(self, value: Object, at: str) -> Iterator[Problem]:
        for name in self.required:
            if name not in value:
                yield problem(at, f"missing required field: {name}")

    def _unknown(self, value: Object, at: str) -> Iterator[Problem]:
        for name in value:
            if name not in self.required and name not in self.optional:
                yield problem(at, f"invalid additional property: {name}")

    def _broken(self, value: Object, at: str) -> Iterator[Problem]:
        for name, check in {**self.required, **self.optional}.items():
            if name in value:
                yield from check(value[name], f"{at}/{name}")


def kind(name: str, required: Mapping[str, Check], optional: Mapping[str, Check], *rules: Rule) -> Record:
    """A record whose `type` is always `name`."""
    return Record({"type": one_of(name), **required}, optional, rules)


def kinds(by_type: Mapping[str, Check]) -> Check:
    """An object of one of these types."""

    def check(value: object, at: str) -> Iterator[Problem]:
        if not isinstance(value, dict):
            yield problem(at, "must provide an object")
        elif "type" not in value:
            yield problem(at, "missing required field: type")
        elif not isinstance(value["type"], str):
            yield problem(f"{at}/type", "must provide a string")
        elif value["type"] not in by_type:
            yield problem(f"{at}/type", f"unsupported type: {value['type']}")
        else:
            yield from by_type[value["type"]](value, at)

    return check


def at_least_one(*names: str) -> Rule:
    def rule(value: Object, at: str) -> Iterator[Problem]:
        if not any(name in value for name in names):
            yield problem(at, f"must define at least one of: {', '.join(names)}")

    return rule


def exactly_one(*names: str) -> Rule:
    def rule(value: Object, at: str) -> Iterator[Problem]:
        if sum(name in value for name in names) != 1:
            yield problem(at, f"must define exactly one of: {', '.join(names)}")

    return rule


def _is_address(value: str, schemes: frozenset[str] | None) -> bool:
    if re.search(r"[\s<>]", value):
        return False
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    if schemes is None:
        return bool(parts.scheme) and bool(parts.netloc or parts.path)
    return parts.scheme in schemes and bool(parts.netloc)


def _finite(value: int | float) -> bool:
    return isinstance(value, int) or math.isfinite(value)
