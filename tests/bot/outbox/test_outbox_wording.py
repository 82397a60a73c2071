"""A message that is worded when it is said: whoever changes what it tells of only says so, and it is counted once."""

import asyncio
from datetime import datetime
from typing import Any

import pytest

from bot import due, outbox
from bot.outbox import Post
from bot.outbox.wording import Blocks
from rituals.tables import Tx
from tests.bot.outbox.office import TEAM, Office, dm, moment, note, section
from tests.bot.sandbox.workspaces import ANA, GENERAL

LATER = moment("2030-01-01T09:00")
KIND = ("standup", "board")


class Board:
    """Counts who is in, and how often it was asked to."""

    def __init__(self) -> None:
        self.counted = 0

    def __call__(self, tx: Tx, workspace: str, key: str, now: datetime) -> tuple[str, Blocks | None]:
        self.counted += 1
        text = f"{key}: {len(due.upcoming(tx, workspace, 1000))} in"
        return text, [section(f"*{text}*")]


def board(**more: Any) -> Post:
    return note("board", kind="board", **more)


def come_in(tx: Tx, user: str, now: datetime) -> None:
    due.put(tx, TEAM, "in", user, LATER)
    outbox.renew(tx, TEAM, "board", now)


async def comes_in(office: Office, user: str) -> None:
    await office.database.write(come_in, user, office.clock.now())


async def test_many_changes_are_counted_once_and_said_once(office: Office) -> None:
    counting = office.wordings[KIND] = Board()
    await office.owes(board())
    await office.sends()
    counting.counted = 0
    for number in range(40):
        await comes_in(office, f"U{number}")
    assert (counting.counted, await office.owed()) == (0, 1)
    await office.sends()
    [shown] = await office.slack.as_person(ANA).sees(GENERAL)
    assert (shown.text, shown.raw["blocks"][0]["text"]["text"]) == ("board: 40 in", "*board: 40 in*")
    assert (counting.counted, (await office.slack.counts("chat.update"))["ok"], await office.owed()) == (1, 1, 0)


async def test_what_changes_before_it_is_sent_goes_out_with_it(office: Office) -> None:
    office.wordings[KIND] = Board()
    await office.owes(board())
    await comes_in(office, ANA)
    await office.sends()
    assert await office.said() == ["board: 1 in"]
    assert (await office.slack.counts("chat.update")).get("ok", 0) == 0


async def test_what_changes_while_it_is_on_its_way_follows(office: Office) -> None:
    office.wordings[KIND] = Board()
    await office.slack.faults(method="chat.postMessage", kind="slow", count=1, seconds=0.3)
    await office.owes(board())
    drain = asyncio.create_task(office.sends())
    await office.slack.eventually(lambda: _on_its_way(office))
    await comes_in(office, ANA)
    await drain
    assert (await office.said(), await office.owed()) == (["board: 1 in"], 0)


async def test_whoever_comes_in_while_it_is_counted_and_said_is_counted_in_the_end(office: Office) -> None:
    office.wordings[KIND] = Board()
    await office.owes(board())
    await office.sends()
    users = [f"U{number}" for number in range(60)]

    async def one_after_another(mine: list[str]) -> None:
        for user in mine:
            await comes_in(office, user)
            await office.sends()

    await asyncio.gather(*(comes_in(office, user) for user in users[:40]), one_after_another(users[40:50]))
    await asyncio.gather(*(comes_in(office, user) for user in users[50:]), office.sends())
    await office.sends()
    assert (await office.said(), await office.owed()) == (["board: 60 in"], 0)


async def test_a_change_that_is_taken_back_with_its_transaction_changes_nothing(office: Office) -> None:
    office.wordings[KIND] = Board()
    await office.owes(board())
    await office.sends()

    def stumble(tx: Tx) -> None:
        come_in(tx, ANA, office.clock.now())
        raise LookupError

    with pytest.raises(LookupError):
        await office.database.write(stumble)
    assert (await office.owed(), await office.said()) == (0, ["board: 0 in"])


async def test_a_wording_that_fails_leaves_the_words_there_are_and_keeps_nobody_waiting(office: Office) -> None:
    def stumbles(tx: Tx, workspace: str, key: str, now: datetime) -> tuple[str, Blocks | None]:
        due.put(tx, TEAM, "half", key, now)
        raise ZeroDivisionError

    office.wordings[KIND] = stumbles
    await office.owes(board())
    await office.sends()
    await comes_in(office, "U1")
    await office.owes(dm(ANA))
    await office.sends()
    assert (await office.said(), await office.owed(), len(await office.dms(ANA))) == (["board"], 0, 1)
    waiting = await office.database.read(due.upcoming, TEAM, 10)
    assert [each.kind for each in waiting] == ["in"]


async def test_what_nobody_words_and_what_is_not_there_stays_as_it_is(office: Office) -> None:
    await office.owes(
        board(), note("wrong", kind="board"), note("late", kind="board", expires_at=moment("2020-01-01T00:00"))
    )
    await office.sends()
    await office.database.write(outbox.delete, TEAM, "wrong", office.clock.now())
    await office.sends()
    for key in ("wrong", "late", "never put"):
        await office.database.write(outbox.renew, TEAM, key, office.clock.now())
    assert await office.owed() == 0
    await comes_in(office, ANA)
    await office.sends()
    assert (await office.said(), await office.owed()) == (["board"], 0)


async def _on_its_way(office: Office) -> bool:
    return (await office.row("board")).attempt_at is not None
