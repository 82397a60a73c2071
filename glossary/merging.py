"""Two people changed one term at once: what only one touched is taken, what both touched is shown to the second."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from itertools import zip_longest
from typing import Any

from glossary.terms import Sense, Wording


@dataclass(frozen=True, slots=True)
class Merged:
    """`wording` has mine where both changed the same; `theirs` names those fields ("name", "1.business": the second
    sense's) with what the others wrote there."""

    wording: Wording
    theirs: dict[str, Any]


def merge(base: Wording, theirs: Wording, mine: Wording) -> Merged:
    """Three ways, field by field. New senses of both are kept, theirs first."""
    conflicts: dict[str, Any] = {}
    named = {
        name: _merged(name, getattr(base, name), getattr(theirs, name), getattr(mine, name), conflicts)
        for name in ("name", "expansions", "aliases")
    }
    return Merged(Wording(**named, senses=_senses(base.senses, theirs.senses, mine.senses, conflicts)), conflicts)


def differences(before: Wording, after: Wording) -> Iterator[tuple[str, Any, Any]]:
    """Each field that changed, as `Merged` names it, with what stood there and what stands there now."""
    for name in ("name", "expansions", "aliases"):
        if getattr(before, name) != getattr(after, name):
            yield name, getattr(before, name), getattr(after, name)
    for nth, (one, other) in enumerate(zip_longest(before.senses, after.senses, fillvalue=Sense())):
        for name in _SENSE:
            if getattr(one, name) != getattr(other, name):
                yield f"{nth}.{name}", getattr(one, name), getattr(other, name)


def _senses(
    base: tuple[Sense, ...], theirs: tuple[Sense, ...], mine: tuple[Sense, ...], conflicts: dict[str, Any]
) -> tuple[Sense, ...]:
    shared = len(base)
    if len(theirs) < shared or len(mine) < shared:
        # One of them took a sense away: there is no telling which is which any more.
        whole: tuple[Sense, ...] = _merged("senses", base, theirs, mine, conflicts)
        return whole
    met = [
        replace(
            one,
            **{
                name: _merged(f"{nth}.{name}", getattr(one, name), getattr(their, name), getattr(my, name), conflicts)
                for name in _SENSE
            },
        )
        for nth, (one, their, my) in enumerate(zip(base, theirs, mine, strict=False))
    ]
    new = [sense for sense in mine[shared:] if sense not in theirs[shared:]]
    return (*met, *theirs[shared:], *new)


def _merged(name: str, base: Any, theirs: Any, mine: Any, conflicts: dict[str, Any]) -> Any:
    if mine in (base, theirs):
        return theirs
    if theirs != base:
        conflicts[name] = theirs
    return mine


_SENSE = tuple(each.name for each in fields(Sense))
