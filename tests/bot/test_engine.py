"""The engine on both databases: what is asked for happens once it is committed, and nothing holds up the rest."""

import asyncio
import gc
import time
import weakref
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from structlog.testing import capture_logs

from bot.database import Database
from bot.engine import AlreadyRunning, Hold, NotMigrated, enqueue, enqueue_drain
from rituals.tables import Tx
from tests.bot.engines import launched, settled, until

TEAM = "T0ACME"


async def test_a_job_runs_after_its_commit_and_never_after_a_rollback(database: Database) -> None:
    ran: list[tuple[str, str]] = []

    def job(tx: Tx, workspace: str, key: str, now: datetime) -> bool:
        assert now.tzinfo is not None
        ran.append((workspace, key))
        return False

    def asked_and_withdrawn(tx: Tx) -> None:
        enqueue(tx, TEAM, "open", "withdrawn")
        raise LookupError

    async with launched(database, {"open": job}) as engine:
        with pytest.raises(LookupError):
            await database.write(asked_and_withdrawn)
        await database.write(enqueue, TEAM, "open", "standup/1")
        await until(lambda: bool(ran))
        await settled(database, engine)
    assert ran == [(TEAM, "standup/1")]


async def test_a_job_with_more_to_do_goes_on_in_new_transactions_until_it_is_done(database: Database) -> None:
    left = [3, 2, 1, 0]
    transactions: set[int] = set()

    def in_chunks(tx: Tx, workspace: str, key: str, now: datetime) -> bool:
        transactions.add(id(tx.get_transaction()))
        return left.pop(0) > 0

    async with launched(database, {"open": in_chunks}) as engine:
        await database.write(enqueue, TEAM, "open", "k")
        await settled(database, engine)
    assert left == []


async def test_each_call_is_a_run_of_its_own_unless_it_says_once(database: Database) -> None:
    ran: Counter[str] = Counter()

    def job(tx: Tx, workspace: str, key: str, now: datetime) -> bool:
        ran[key] += 1
        return False

    def ask(tx: Tx) -> None:
        for _ in range(3):
            enqueue(tx, TEAM, "open", "many")
            enqueue(tx, TEAM, "open", "one", once="2026-11-23T09:00")

    async with launched(database, {"open": job}) as engine:
        await database.write(ask)
        await settled(database, engine)
        await database.write(ask)
        await settled(database, engine)
    assert ran == {"many": 6, "one": 1}


async def test_a_job_that_fails_is_tried_again_and_holds_up_nobody(database: Database) -> None:
    tries: list[float] = []
    ran: list[str] = []

    def stubborn(tx: Tx, workspace: str, key: str, now: datetime) -> bool:
        tries.append(time.monotonic())
        if len(tries) < 4:
            raise ArithmeticError("not yet")
        return False

    def willing(tx: Tx, workspace: str, key: str, now: datetime) -> bool:
        ran.append(key)
        return False

    async with launched(
        database, {"stubborn": stubborn, "willing": willing}, workers=1, patience=(0.05, 0.05)
    ) as engine:
        with capture_logs() as logs:
            await database.write(enqueue, TEAM, "stubborn", "s")
            await until(lambda: len(tries) == 3)
            await database.write(enqueue, TEAM, "willing", "w")
            await until(lambda: ran == ["w"])
            assert len(tries) == 3, "the failed job waits beside the others"
            await settled(database, engine)
            await until(lambda: len(tries) == 4)
    assert [log["event"] for log in logs].count("job_failed") == 3
    assert all("s" in log["job"] for log in logs if log["event"] == "job_failed")


async def test_a_job_of_an_unknown_name_waits_for_a_version_that_knows_it(sqlite_url: str) -> None:
    database = Database.open(sqlite_url)
    with capture_logs() as logs:
        async with launched(database, {}):
            await database.write(enqueue, TEAM, "of-tomorrow", "k")
            await until(lambda: any(log["event"] == "job_failed" for log in logs))
    ran: list[str] = []

    def known(tx: Tx, workspace: str, key: str, now: datetime) -> bool:
        ran.append(key)
        return False

    async with launched(database, {"of-tomorrow": known}):
        await until(lambda: ran == ["k"])
    database.close()


async def test_drains_of_a_workspace_never_overlap_while_those_of_others_go_on(database: Database) -> None:
    inside: Counter[str] = Counter()
    most: Counter[str] = Counter()
    done: Counter[str] = Counter()
    main = asyncio.get_running_loop()

    async def drain(workspace: str) -> None:
        assert asyncio.get_running_loop() is main
        inside[workspace] += 1
        inside["all"] += 1
        most.update({name: inside[name] - most[name] for name in (workspace, "all") if inside[name] > most[name]})
        await asyncio.sleep(0.1)
        inside[workspace] -= 1
        inside["all"] -= 1
        done[workspace] += 1

    def ask(tx: Tx) -> None:
        for _ in range(3):
            enqueue_drain(tx, "T1")
            enqueue_drain(tx, "T2")

    async with launched(database, {}, drain) as engine:
        await database.write(ask)
        await settled(database, engine)
    assert done == {"T1": 3, "T2": 3}
    assert most == {"T1": 1, "T2": 1, "all": 2}


async def test_a_drain_that_fails_is_tried_again(postgresql_url: str) -> None:
    database = Database.open(postgresql_url)
    tries: list[str] = []

    async def drain(workspace: str) -> None:
        tries.append(workspace)
        if len(tries) == 1:
            raise ConnectionError("Slack is away")

    async with launched(database, {}, drain):
        with capture_logs():
            await database.write(enqueue_drain, TEAM)
            await until(lambda: tries == [TEAM, TEAM])
    database.close()


async def test_idle_waits_for_the_jobs_of_jobs_and_for_the_drain(database: Database) -> None:
    happened: list[str] = []

    def first(tx: Tx, workspace: str, key: str, now: datetime) -> bool:
        happened.append("first")
        enqueue(tx, workspace, "second", key)
        return False

    def second(tx: Tx, workspace: str, key: str, now: datetime) -> bool:
        happened.append("second")
        enqueue_drain(tx, workspace)
        return False

    async def drain(workspace: str) -> None:
        await asyncio.sleep(0.1)
        happened.append("drained")

    async with launched(database, {"first": first, "second": second}, drain) as engine:
        assert await database.read(engine.idle)
        for _ in range(5):
            happened.clear()
            await database.write(enqueue, TEAM, "first", "k")
            await settled(database, engine)
            assert happened == ["first", "second", "drained"]


async def test_what_is_enqueued_here_begins_at_once_however_seldom_the_queues_are_looked_at(database: Database) -> None:
    def job(tx: Tx, workspace: str, key: str, now: datetime) -> bool:
        enqueue_drain(tx, workspace)
        return False

    async with launched(database, {"open": job}, poll=30.0) as engine:
        began = time.monotonic()
        for _ in range(10):
            await database.write(enqueue, TEAM, "open", "k")
            await settled(database, engine)
        # Without bells each would wait for the next look, two or three seconds at five between them.
        assert (time.monotonic() - began) / 10 < 1.5


async def test_a_backlog_is_worked_off_without_pauses(database: Database) -> None:
    ran: list[str] = []

    def job(tx: Tx, workspace: str, key: str, now: datetime) -> bool:
        ran.append(key)
        return False

    def ask(tx: Tx) -> None:
        for number in range(40):
            enqueue(tx, TEAM, "open", str(number))

    async with launched(database, {"open": job}, poll=30.0) as engine:
        await database.write(ask)
        await settled(database, engine)
    assert len(ran) == 40


async def test_stopping_breaks_off_what_runs_and_the_next_launch_takes_it_up(database: Database) -> None:
    begun: list[str] = []
    ended: list[str] = []
    chunks: list[int] = []

    async def endless(workspace: str) -> None:
        begun.append(workspace)
        await asyncio.Event().wait()

    async def drain(workspace: str) -> None:
        ended.append(workspace)

    def long(tx: Tx, workspace: str, key: str, now: datetime) -> bool:
        chunks.append(1)
        time.sleep(0.02)
        return True

    def short(tx: Tx, workspace: str, key: str, now: datetime) -> bool:
        ended.append(key)
        return False

    def ask(tx: Tx) -> None:
        enqueue_drain(tx, TEAM)
        enqueue(tx, TEAM, "open", "long")

    async with launched(database, {"open": long}, endless):
        await database.write(ask)
        await until(lambda: bool(begun) and bool(chunks))
    async with launched(database, {"open": short}, drain) as engine:
        await until(lambda: sorted(ended) == [TEAM, "long"])
        await settled(database, engine)


async def test_a_second_engine_in_the_process_is_refused(database: Database) -> None:
    async with launched(database, {}):
        with pytest.raises(RuntimeError, match="one engine"):
            async with launched(database, {}):
                pass


def test_a_second_process_on_a_sqlite_file_is_told_what_to_do(tmp_path: Path) -> None:
    file = tmp_path / "bot.db"
    first, second = Hold(file), Hold(file)
    first.take()
    first.take()
    with pytest.raises(AlreadyRunning) as refused:
        second.take()
    assert str(file) in str(refused.value)
    assert "DATABASE_URL" in str(refused.value)
    first.release()
    second.take()
    second.release()


async def test_an_engine_on_a_held_file_does_not_launch_and_leaves_the_holder_alone(tmp_path: Path) -> None:
    file = tmp_path / "held.db"
    database = Database.open(f"sqlite:///{file}")
    holder = Hold(file)
    holder.take()
    with pytest.raises(AlreadyRunning):
        async with launched(database, {}):
            pass
    with pytest.raises(AlreadyRunning):
        Hold(file).take()
    holder.release()
    async with launched(database, {}) as engine:
        assert await database.read(engine.idle)
    database.close()


async def test_without_job_tables_the_command_to_run_is_named(postgresql_url: str) -> None:
    database = Database.open(postgresql_url)
    database.write_now(_dropped)
    with pytest.raises(NotMigrated, match="python -m bot migrate"):
        async with launched(database, {}):
            pass
    database.close()


async def test_a_database_that_is_closed_is_forgotten_with_all_that_was_compiled_for_it(database_url: str) -> None:
    database = Database.open(database_url)
    async with launched(database, {"open": lambda tx, workspace, key, now: False}) as engine:
        await database.write(enqueue, TEAM, "open", "k")
        await settled(database, engine)
    engines = [weakref.ref(each) for each in (database.write_now(_engine_of), database.read_now(_engine_of))]
    database.close()
    del database, engine

    def forgotten() -> bool:
        # Threads that have been told to end may still hold it for a moment.
        gc.collect()
        return not any(each() for each in engines)

    await until(forgotten)


def _engine_of(tx: Tx) -> sa.Engine:
    return tx.engine


def _dropped(tx: Tx) -> None:
    tx.execute(sa.text("DROP SCHEMA dbos CASCADE"))
