"""The keeper beside the jobs: it takes up what others or it itself left lying, tells what gave up, clears away."""

import asyncio
from datetime import datetime

import sqlalchemy as sa
from structlog.testing import capture_logs

from bot.database import Database
from bot.engine import enqueue, enqueue_drain
from rituals.tables import Tx
from tests.bot.engines import launched, settled, until

TEAM = "T0ACME"


async def test_what_a_dead_process_was_draining_is_taken_up_and_still_never_overlaps(postgresql_url: str) -> None:
    database, inside, most, drained = Database.open(postgresql_url), 0, 0, 0

    async def drain(workspace: str) -> None:
        nonlocal inside, most, drained
        inside += 1
        most = max(most, inside)
        await asyncio.sleep(0.1)
        inside -= 1
        drained += 1

    def ask_and_die(tx: Tx) -> None:
        for _ in range(4):
            enqueue_drain(tx, TEAM)
        status = _rows(tx, "workflow_status")
        tx.execute(status.update().values(status="PENDING", executor_id="gone"))

    database.write_now(ask_and_die)
    async with launched(database, {}, drain) as engine:
        await until(lambda: drained == 4)
        await settled(database, engine)
        assert await asyncio.to_thread(engine.recover_dead) == 0
    assert most == 1
    database.close()


async def test_a_process_that_was_taken_for_dead_lets_go_of_its_drain_and_begins_it_again(postgresql_url: str) -> None:
    database, begun = Database.open(postgresql_url), list[str]()

    async def drain(workspace: str) -> None:
        begun.append(workspace)
        if len(begun) == 1:
            await asyncio.Event().wait()

    async with launched(database, {}, drain) as engine:
        await database.write(enqueue_drain, TEAM)
        await until(lambda: begun == [TEAM])
        await database.write(_forgotten)
        await until(lambda: begun == [TEAM, TEAM])
        await settled(database, engine)
    database.close()


async def test_what_is_done_is_forgotten_and_what_gave_up_is_told(database: Database) -> None:
    def job(tx: Tx, workspace: str, key: str, now: datetime) -> bool:
        return False

    def spoil(tx: Tx) -> None:
        enqueue(tx, TEAM, "open", "spoilt", once="x")
        tx.execute(sa.update(_rows(tx, "workflow_input")).values(inputs="{"))

    with capture_logs() as logs:
        async with launched(database, {"open": job}, keep=0.0) as engine:
            await database.write(enqueue, TEAM, "open", "k")
            await settled(database, engine)
            await asyncio.to_thread(engine.clear)
            assert await database.read(_count, "workflow_status") == 0
            assert await database.read(_count, "workflow_input") == 0
            await database.write(spoil)
            await settled(database, engine)
        async with launched(database, {"open": job}, keep=0.0) as engine:
            await until(lambda: any(log["event"] == "job_gave_up" for log in logs))
            await asyncio.to_thread(engine.clear)
            assert await database.read(_count, "workflow_status") == 1
    told = [log for log in logs if log["event"] == "job_gave_up"]
    assert [(log["job"], log["status"], log["log_level"]) for log in told] == [
        (f"open/{TEAM}/spoilt/x", "ERROR", "error"),
    ]


async def test_what_was_taken_and_never_begun_goes_back_onto_its_queue(database: Database) -> None:
    ran: list[str] = []

    def job(tx: Tx, workspace: str, key: str, now: datetime) -> bool:
        ran.append(key)
        return False

    async def drain(workspace: str) -> None:
        ran.append(workspace)

    async with launched(database, {"open": job}, drain, beat=0.05, begun_within=0.3) as engine:

        def asked_and_taken(tx: Tx) -> None:
            """As the database is when it fails between DBOS's claim and the look at what was claimed."""
            enqueue(tx, TEAM, "open", "taken")
            enqueue_drain(tx, TEAM)
            tx.execute(_rows(tx, "workflow_status").update().values(status="PENDING", executor_id=engine.executor))

        with capture_logs() as logs:
            await database.write(asked_and_taken)
            await until(lambda: sorted(ran) == [TEAM, "taken"])
            await settled(database, engine)
    assert "never_begun_put_back" in [log["event"] for log in logs]


async def test_what_runs_for_long_is_left_alone(database: Database) -> None:
    begun: list[str] = []

    async def long(workspace: str) -> None:
        begun.append(workspace)
        await asyncio.sleep(1.5)

    async with launched(database, {}, long, beat=0.05, begun_within=0.2) as engine:
        await database.write(enqueue_drain, TEAM)
        await settled(database, engine)
    assert begun == [TEAM]


def _forgotten(tx: Tx) -> None:
    tx.execute(sa.text("DELETE FROM executors"))


def _rows(tx: Tx, name: str) -> sa.TableClause:
    columns: list[sa.ColumnClause[str]] = [sa.column(each) for each in ("inputs", "status", "executor_id")]
    return sa.table(name, *columns, schema=None if tx.dialect.name == "sqlite" else "dbos")


def _count(tx: Tx, name: str) -> int:
    return tx.scalar(sa.select(sa.func.count()).select_from(_rows(tx, name))) or 0
