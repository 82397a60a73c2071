"""Decisions as a file has them: what somebody may see, how everybody is called, and how long each was waited for."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from rituals.decisions.exchange import Called, one_line
from rituals.decisions.records import Sheet
from rituals.decisions.store import WaitStore, Where
from rituals.decisions.usecases import reading
from rituals.people.store import PeopleStore
from rituals.tables import Tx


@dataclass(frozen=True, slots=True)
class Book:
    """Decisions by number, ready to be written. `worked`: how many working minutes each was waited for, once or more
    often, until it was answered or withdrawn; without those that have only been waited for until now."""

    sheets: tuple[Sheet, ...] = ()
    called: Called = field(default_factory=Called)
    worked: Mapping[int, int] = field(default_factory=dict)


def hers(tx: Tx, workspace: str, user: str) -> Book:
    """Every decision that she may see, without a trace of any other, and without what others think as long as only the
    decider reads it."""
    found = reading.exported(tx, workspace, user)
    return _book(tx, workspace, [_without_thoughts(sheet, user) for sheet in found])


def everything(tx: Tx, workspace: str, private: bool) -> Book:
    """For who keeps the bot running: what everybody may read in public channels, and with `private` everything."""
    found = reading.exportable(tx, workspace, private)
    return _book(tx, workspace, found if private else [_without_thoughts(sheet, "") for sheet in found])


def _book(tx: Tx, workspace: str, sheets: Sequence[Sheet]) -> Book:
    shown = {sheet.decision.number for sheet in sheets}
    worked: Counter[int] = Counter()
    for wait in WaitStore(tx, workspace).all(Where({sheet.decision.channel for sheet in sheets})):
        if wait.worked is not None and wait.decision in shown:
            worked[wait.decision] += wait.worked
    return Book(tuple(sheets), _called(tx, workspace), worked)


def _without_thoughts(sheet: Sheet, reader: str) -> Sheet:
    """People were promised that while it is open nobody but the decider reads what they think."""
    if not sheet.decision.live or reader == sheet.decision.decider:
        return sheet
    return replace(sheet, inputs=tuple(each for each in sheet.inputs if each.user == reader))


def _called(tx: Tx, workspace: str) -> Called:
    people = PeopleStore(tx, workspace)
    channels = {key: each.name for key, each in people.channels().items() if each.name}
    functions = {key: one_line(each.name) for key, each in people.functions().items()}
    return Called(
        names=people.names(),
        handles={user: written for written, user in people.references().items() if written.startswith("@")},
        functions=_alone_called(functions),
        channels={key: f"#{name}" for key, name in _alone_called(channels).items()},
    )


def _alone_called(names: Mapping[str, str]) -> dict[str, str]:
    """Names that stand for one alone, whatever their case, and are nobody else's key."""
    often = Counter(name.casefold() for name in names.values())
    keys = {key.casefold(): key for key in names}
    return {
        key: name
        for key, name in names.items()
        if often[name.casefold()] == 1 and keys.get(name.casefold(), key) == key and name
    }
