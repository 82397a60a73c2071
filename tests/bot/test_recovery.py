"""Processes are killed, stopped and replaced in the middle of their work: nothing is lost, nothing left lying."""

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.database import Database
from bot.engine import AlreadyRunning, Hold
from rituals.tables import Tx
from tests.bot.counting import SIZE, ask, progress

ROOT = Path(__file__).parents[2]


@contextmanager
def worker(database: Database, source: Path = ROOT) -> Iterator["subprocess.Popen[str]"]:
    """Killed at the end without a moment to say good-bye, as everywhere here; what it logged is shown on failure."""
    command = [sys.executable, "-m", "tests.bot.counting", database.url]
    with (
        tempfile.TemporaryFile("w+") as logged,
        subprocess.Popen(command, cwd=source, stdout=subprocess.PIPE, stderr=logged, text=True) as process,
    ):
        try:
            yield process
        finally:
            process.kill()
            logged.seek(0)
            print(f"{process.pid}:", logged.read())


def name(process: "subprocess.Popen[str]") -> str:
    """Waits until it works, and answers the name of its executor."""
    assert process.stdout is not None
    return process.stdout.readline().strip()


def until(condition: Callable[[], bool], within: float = 60.0) -> None:
    deadline = time.monotonic() + within
    while not condition():
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(0.02)


def everything_done(database: Database, rounds: list[str]) -> bool:
    all_marks = len(rounds) * (SIZE + 1)
    return database.read_now(progress) == (all_marks, all_marks) and database.read_now(_in_flight) == []


def test_on_sqlite_work_survives_one_kill_after_another(sqlite_url: str) -> None:
    database, chance = Database.open(sqlite_url), random.Random(20261123)
    rounds = [f"round-{number}" for number in range(25)]
    database.write_now(ask, rounds)
    for _ in range(3):
        with worker(database) as process:
            assert name(process) == "only"
            before = database.read_now(progress)
            until(lambda: database.read_now(progress) > before)  # noqa: B023 - called at once
            time.sleep(chance.uniform(0.0, 0.15))
    assert not everything_done(database, rounds)
    with worker(database):
        until(lambda: everything_done(database, rounds))
    database.close()


def test_while_a_process_works_on_a_sqlite_file_no_other_may(sqlite_url: str) -> None:
    database = Database.open(sqlite_url)
    file = Path(database.url.removeprefix("sqlite:///"))
    with worker(database) as process:
        name(process)
        with pytest.raises(AlreadyRunning):
            Hold(file).take()
        second = subprocess.run(
            [sys.executable, "-m", "tests.bot.counting", database.url],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )
    assert second.returncode != 0
    assert f"already running on {file}" in second.stderr
    after_the_kill = Hold(file)
    after_the_kill.take()
    after_the_kill.release()
    database.close()


def test_a_comment_in_a_workflow_strands_no_job(sqlite_url: str, tmp_path: Path) -> None:
    database = Database.open(sqlite_url)
    rounds = [f"round-{number}" for number in range(20)]
    database.write_now(ask, rounds)
    with worker(database) as process:
        name(process)
        until(lambda: database.read_now(progress)[1] > 0)
    assert not everything_done(database, rounds)
    with worker(database, _commented(tmp_path / "next-version")):
        until(lambda: everything_done(database, rounds))
    database.close()


def test_on_postgresql_peers_take_over_from_one_that_never_returns(postgresql_url: str) -> None:
    database = Database.open(postgresql_url)
    rounds = [f"round-{number}" for number in range(30)]
    with worker(database) as first, worker(database) as second, worker(database) as third:
        processes = {name(process): process for process in (first, second, third)}
        assert len(processes) == 3
        database.write_now(ask, rounds)
        until(lambda: bool(database.read_now(_draining)))
        victim = database.read_now(_draining)[0]
        processes[victim].kill()
        assert not everything_done(database, rounds)
        until(lambda: victim not in database.read_now(_in_flight))
        until(lambda: everything_done(database, rounds))
    database.close()


def test_on_postgresql_one_that_was_stopped_for_a_while_lets_go_and_works_again(postgresql_url: str) -> None:
    database = Database.open(postgresql_url)
    rounds = [f"round-{number}" for number in range(20)]
    with worker(database) as first, worker(database) as second:
        processes = {name(process): process for process in (first, second)}
        database.write_now(ask, rounds)
        until(lambda: bool(database.read_now(_draining)))
        asleep = database.read_now(_draining)[0]
        os.kill(processes[asleep].pid, signal.SIGSTOP)
        # What it was doing when it fell asleep, inside a transaction, ends with its connection or when it wakes.
        until(lambda: asleep not in database.read_now(_alive))
        os.kill(processes[asleep].pid, signal.SIGCONT)
        until(lambda: asleep in database.read_now(_alive))
        more = [f"later-{number}" for number in range(5)]
        database.write_now(ask, more)
        until(lambda: everything_done(database, rounds + more))
        (awake,) = set(processes) - {asleep}
        processes[awake].kill()
        last = ["last"]
        database.write_now(ask, last)
        until(lambda: everything_done(database, rounds + more + last))
    database.close()


def _commented(copy: Path) -> Path:
    """The program as the next version might be: the same, but for a comment in a workflow."""
    copy.mkdir()
    shutil.copytree(ROOT / "bot", copy / "bot", ignore=shutil.ignore_patterns("__pycache__"))
    for package in ("rituals", "tests"):
        (copy / package).symlink_to(ROOT / package)
    running = copy / "bot" / "engine" / "running.py"
    line = "        work.job(name, workspace, key, attempt)\n"
    source = running.read_text()
    assert source.count(line) == 1
    running.write_text(source.replace(line, "        # Said in passing.\n" + line))
    return copy


def _status(tx: Tx) -> sa.TableClause:
    columns: list[sa.ColumnClause[str]] = [sa.column(each) for each in ("status", "executor_id", "queue_name")]
    return sa.table("workflow_status", *columns, schema=None if tx.dialect.name == "sqlite" else "dbos")


def _in_flight(tx: Tx) -> list[str | None]:
    status = _status(tx)
    return list(tx.scalars(sa.select(status.c.executor_id).where(status.c.status.in_(["ENQUEUED", "PENDING"]))))


def _draining(tx: Tx) -> list[str]:
    status = _status(tx)
    running = (status.c.status == "PENDING") & (status.c.queue_name == "drain")
    return list(tx.scalars(sa.select(status.c.executor_id).where(running)))


def _alive(tx: Tx) -> list[str]:
    return list(tx.scalars(sa.text("SELECT id FROM executors")))
