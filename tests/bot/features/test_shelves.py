"""The glossary in memory: a change of another process shows within a second, and look-ups ask no database."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from bot.database import Database
from bot.features.glossary.shelves import LOOK_AGAIN, Shelves
from glossary.settings import GlossarySettings
from glossary.terms import Sense, Wording
from glossary.usecases import asking, editing
from rituals.tables import Tx

TEAM, NOW = "T0SHELF", datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
SETTINGS = GlossarySettings(admins=frozenset({"U0MARTA"}))


class Clock:
    """Seconds that a test moves."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def adds(name: str) -> Callable[[Tx], None]:
    def add(tx: Tx) -> None:
        editing.add(tx, TEAM, Wording(name, senses=(Sense("Said."),)), "U0MARTA", SETTINGS, NOW)

    return add


async def names(shelves: Shelves, *asked: str) -> list[bool]:
    shelf = await shelves.of(TEAM)
    return [shelf.knows(name) for name in asked]


async def test_a_change_of_another_process_shows_within_a_second(database: Database) -> None:
    clock = Clock()
    ours, theirs = Shelves(database, monotonic=clock), Shelves(database, monotonic=clock)
    await database.write(adds("ARR"))
    assert await names(ours, "arr", "mrr") == [True, False]
    assert await names(theirs, "arr") == [True]
    await database.write(adds("MRR"))
    ours.forget(TEAM)  # whoever wrote it sees it at once
    assert await names(ours, "arr", "mrr") == [True, True]
    assert await names(theirs, "mrr") == [False]
    clock.now += LOOK_AGAIN
    assert await names(theirs, "mrr") == [True]
    await database.write(lambda tx: asking.switch_hints(tx, TEAM, "C0SYNC", "U0MARTA", True, NOW))
    clock.now += LOOK_AGAIN
    assert (await theirs.of(TEAM)).hinted == {"C0SYNC"}


async def test_look_ups_within_a_second_ask_the_database_once(database: Database) -> None:
    clock, asked = Clock(), 0

    class Counting:
        async def read(self, *act: Any) -> Any:
            nonlocal asked
            asked += 1
            return await database.read(*act)

    shelves = Shelves(Counting(), monotonic=clock)  # type: ignore[arg-type]
    for _ in range(100):
        await shelves.of(TEAM)
    assert asked == 1
    clock.now += LOOK_AGAIN
    await shelves.of(TEAM)
    assert asked == 2


async def test_many_changes_at_once_are_read_as_a_whole(database: Database) -> None:
    clock = Clock()
    shelves = Shelves(database, monotonic=clock)
    await database.write(adds("ARR"))
    before = await shelves.of(TEAM)

    def many(tx: Tx) -> None:
        for nth in range(250):
            adds(f"zeta {nth}")(tx)

    await database.write(many)
    clock.now += LOOK_AGAIN
    after = await shelves.of(TEAM)
    assert after is not before
    assert all(await names(shelves, "arr", "zeta 0", "zeta 249"))
