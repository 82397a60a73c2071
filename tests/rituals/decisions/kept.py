"""All that is kept of decisions, and all that somebody can read of them, in one moment."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from rituals.decisions.records import Decision, Event, Wait
from rituals.decisions.refusals import NoSuchDecision
from rituals.decisions.store import DecisionStore, WaitStore, Where
from rituals.decisions.store import tables as store
from rituals.decisions.usecases import reading
from rituals.refusals import Refused
from rituals.tables import Tx
from tests.rituals.decisions.group import BOARD, SYNC


@dataclass(frozen=True)
class Seen:
    """All that is kept, in one moment."""

    decisions: dict[int, Decision]
    events: dict[int, list[Event]]
    inputs: list[tuple[Any, ...]]
    blockers: dict[str, int]
    waits: list[Wait]


def seen(tx: Tx, team: str) -> Seen:
    found = DecisionStore(tx, team).everything([SYNC, BOARD])
    tables = (store.events, store.inputs, store.blockers)
    rows = [tx.execute(sa.select(each).where(each.c.workspace == team).order_by(*each.primary_key)) for each in tables]
    history, thoughts, blockers = [[tuple(row[1:]) for row in each] for each in rows]
    events: dict[int, list[Event]] = {each.number: [] for each in found}
    for number, *event in history:
        events[number].append(Event(*event))
    waits = WaitStore(tx, team).all(Where(None))
    return Seen({each.number: each for each in found}, events, thoughts, dict(blockers), waits)


@dataclass(frozen=True)
class Shown:
    """What somebody can read, and of one decision whether she can."""

    refused: type[Refused] | None
    listed: set[int]
    mine: reading.Mine
    found: set[int]


def shown(tx: Tx, team: str, user: str, number: int) -> Shown:
    return Shown(
        same(lambda: reading.sheet(tx, team, number, user), None, NoSuchDecision),
        {each.number for each in reading.listed(tx, team, user)},
        reading.mine(tx, team, user),
        {each.number for each in reading.find(tx, team, user, "price")},
    )


def same(act: Callable[[], object], *expected: type[Refused] | None) -> type[Refused] | None:
    """What it came to: this refusal, or None, which is none; anything else is a mistake."""
    try:
        act()
    except Refused as refusal:
        found: type[Refused] | None = type(refusal)
    else:
        found = None
    assert found in expected
    return found
