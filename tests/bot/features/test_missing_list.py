"""The owner's list of who did not answer: whole however long it is, and never longer than Slack takes."""

from dataclasses import replace
from datetime import time
from typing import Any

import sqlalchemy as sa

from bot.database import Database
from bot.features.standup import posting
from bot.outbox.tables import outbox
from bot.settings import Resolved
from bot.slack import blocks
from rituals.calendar import WorkCalendar
from rituals.people.store import MemberRow, PeopleStore
from rituals.tables import Tx
from tests.bot.features.views import DIGEST, NOW

TEAM = "T0LIST"
SETTINGS = Resolved(1, WorkCalendar("Europe/Lisbon", frozenset(range(5)), time(9), time(18)))
USERS = [f"U0P{number:03}" for number in range(400)]


def name(user: str) -> str:
    return f"{user} with a name as long as the names of some people are"


def close(tx: Tx, *missing: str) -> None:
    posting.say_missing(tx, TEAM, replace(DIGEST, missing_for_owner=missing), SETTINGS, NOW)


def join(tx: Tx) -> None:
    rows = [MemberRow(user, name(user), user.lower(), "", "Europe/Lisbon") for user in USERS]
    PeopleStore(tx, TEAM).save_members(rows, NOW)


def standing(tx: Tx) -> list[Any]:
    return list(tx.execute(sa.select(outbox).where(outbox.c.state == "owed").order_by(outbox.c.seq)))


def words(rows: list[Any]) -> str:
    return "\n".join(block["text"]["text"] for row in rows for block in row.blocks)


def test_a_list_that_one_message_cannot_hold_goes_on_under_it(database: Database) -> None:
    database.write_now(join)
    database.write_now(close, *USERS)
    first, *others = rows = database.read_now(standing)
    assert len(others) >= 1
    assert all(blocks.characters(row.blocks) <= blocks.MESSAGE_CHARACTERS for row in rows)
    said = " ".join(words(rows).split())
    assert all(name(user) in said for user in USERS)
    assert (first.thread_key, {row.thread_key for row in others}) == (None, {first.key})


def test_said_again_it_is_as_long_as_it_has_to_be(database: Database) -> None:
    database.write_now(join)
    database.write_now(close, *USERS)
    database.write_now(close, *USERS[:3])
    [only] = database.read_now(standing)
    assert all(name(user) in words([only]) for user in USERS[:3])
    assert name(USERS[3]) not in words([only])
    database.write_now(close)
    [only] = database.read_now(standing)
    assert "everybody has answered by now" in words([only])


def test_nothing_is_said_where_nobody_is_missing(database: Database) -> None:
    database.write_now(close)
    assert database.read_now(standing) == []
