"""Once a day what nobody asks for again is forgotten, and nothing else."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot import due, housekeeping, outbox
from bot.database import Database
from bot.outbox import Post
from bot.outbox.purging import AT_ONCE
from bot.outbox.tables import outbox as table
from bot.registering import registered
from bot.registry import Registry
from rituals.tables import Tx
from tests.rituals.standup.group import FIXED, RUI, Group, furnish, new_team

NOW = datetime.fromisoformat("2026-11-23T09:00:00+00:00")
LONG_AGO = NOW - timedelta(days=91)
CHANNEL = "C0SYNC"
CLEAN = registered().jobs[housekeeping.CLEAN]


def put(tx: Tx, team: str, key: str, **more: Any) -> None:
    post = Post(**{"key": key, "channel": CHANNEL, "text": key, "ritual": "any", "kind": "any", **more})
    outbox.put(tx, team, post, LONG_AGO)


def set_to(tx: Tx, team: str, *keys: str, **values: Any) -> None:
    tx.execute(table.update().where(table.c.workspace == team, table.c.key.in_(keys)).values(values))


def sent(tx: Tx, team: str, *keys: str, **more: Any) -> None:
    """As if each had landed by itself long ago."""
    for key in keys:
        landed = {"state": "sent", "sent_at": LONG_AGO, "carrier": key, "landed": CHANNEL, "ts": key}
        set_to(tx, team, key, **{**landed, **more})


def keys(tx: Tx, team: str) -> set[str]:
    return set(tx.scalars(sa.select(table.c.key).where(table.c.workspace == team)))


def cleaned(database: Database, team: str, now: datetime = NOW) -> set[str]:
    while database.write_now(CLEAN, team, "", now):
        continue
    return database.read_now(keys, team)


@pytest.mark.parametrize(
    ("stands", "stays"),
    [
        ({"state": "sent", "sent_at": LONG_AGO}, False),
        ({"state": "failed"}, False),
        ({"state": "expired"}, False),
        ({"state": "cancelled"}, False),
        ({"state": "owed"}, True),
        ({"state": "held"}, True),
        ({"state": "sent", "sent_at": NOW - timedelta(days=89)}, True),
        ({"state": "sent", "sent_at": LONG_AGO, "changed_at": NOW}, True),
        ({"state": "sent", "sent_at": LONG_AGO, "dirty": True}, True),
        ({"state": "deleted", "sent_at": LONG_AGO, "dirty": True}, True),
    ],
)
def test_what_met_its_end_long_ago_is_forgotten(database: Database, stands: dict[str, Any], stays: bool) -> None:
    team = new_team()
    database.write_now(put, team, "it")
    database.write_now(set_to, team, "it", **stands)
    assert cleaned(database, team) == ({"it"} if stays else set())


def test_what_shares_a_message_stays_or_goes_together(database: Database) -> None:
    team = new_team()

    def act(tx: Tx) -> None:
        for key in ("a1", "a2", "b1", "b2"):
            put(tx, team, key)
        sent(tx, team, "a1", "a2", carrier="a2")
        sent(tx, team, "b1", "b2", carrier="b1")
        set_to(tx, team, "a1", changed_at=NOW)

    database.write_now(act)
    assert cleaned(database, team) == {"a1", "a2"}


def test_what_is_still_to_be_replied_under_stays(database: Database) -> None:
    team = new_team()

    def act(tx: Tx) -> None:
        for root in ("waited for", "done"):
            put(tx, team, root)
            put(tx, team, f"under {root}", thread_key=root)
        sent(tx, team, "waited for", "done", "under done")
        set_to(tx, team, "under waited for", state="held")

    database.write_now(act)
    assert cleaned(database, team) == {"waited for", "under waited for"}


def test_more_than_fits_into_one_transaction_is_forgotten_bit_by_bit(database: Database) -> None:
    team, other = new_team(), new_team()

    def act(tx: Tx) -> None:
        for nth in range(AT_ONCE + 20):
            put(tx, team, f"old {nth}")
        put(tx, other, "old 0")
        tx.execute(table.update().values(state="failed"))

    database.write_now(act)
    assert database.write_now(CLEAN, team, "", NOW) is True
    assert cleaned(database, team) == set()
    assert database.read_now(keys, other) == {"old 0"}


def test_a_round_that_late_answers_may_still_join_keeps_its_messages_and_so_does_a_live_blocker(
    database: Database,
) -> None:
    team = new_team()
    database.write_now(furnish, team)
    group = Group(database, team)
    group.monday_morning()
    group.submit(RUI, {"moved": "a", "stops": "the price list"})
    blocker = f"{group.round}:{RUI}:stops"
    first = {f"standup/board/{group.round}", f"standup/digest/{group.round}/part2"}
    about = {f"blocker/waits/{blocker}/UMARTA", f"blocker/told/{blocker}/1/UMARTA"}
    other = {"blocker/waits/long.gone:URUI:stops/UMARTA", "people/held/C1/U1/2026-08-01", "standup/board/gone.round"}

    def act(tx: Tx) -> None:
        for key in first | about | other:
            put(tx, team, key)
        sent(tx, team, *first, *about, *other)

    database.write_now(act)
    group.it_is("2026-11-23 18:00")
    group.close()
    in_spring = NOW + timedelta(days=120)
    assert cleaned(database, team, in_spring) == first | about
    group.standup = replace(FIXED)
    group.it_is("2027-03-22 09:00")
    group.plan("2027-03-22T09:00")
    group.prompts()
    group.open()
    assert cleaned(database, team, in_spring) == about


def test_the_next_cleaning_is_a_day_later(database: Database) -> None:
    team = new_team()
    assert database.write_now(CLEAN, team, "", NOW) is False
    [next_one] = database.read_now(due.upcoming, team, 10)
    assert (next_one.kind, next_one.due_at) == (housekeeping.CLEAN, NOW + timedelta(days=1))


def test_without_features_nothing_is_kept(database: Database) -> None:
    team, bare = new_team(), Registry()
    housekeeping.register(bare)
    database.write_now(put, team, "standup/board/any")
    database.write_now(sent, team, "standup/board/any")
    database.write_now(bare.jobs[housekeeping.CLEAN], team, "", NOW)
    assert database.read_now(keys, team) == set()
