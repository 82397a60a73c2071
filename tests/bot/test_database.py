"""Units of work: committed or gone, one bad one alone, whatever the database."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.database import AlreadyDone, CannotOpen, Database, forget_seen
from rituals.tables import Tx

TEAM = "T0ACME"


class Bad(Exception):
    pass


@pytest.fixture
def notes(database: Database) -> Database:
    database.write_now(_make)
    return database


async def test_a_write_is_there_for_everybody_once_it_returns(notes: Database) -> None:
    assert await notes.write(_note, 1) == 1
    assert await notes.read(_numbers) == [1]
    notes.write_now(_note, 2)
    assert notes.read_now(_numbers) == [1, 2]


async def test_a_unit_that_raises_leaves_nothing_and_the_others_are_committed(notes: Database) -> None:
    def bad(tx: Tx, number: int) -> None:
        _note(tx, number)
        raise Bad

    acts = [notes.write(bad if number % 3 == 0 else _note, number) for number in range(60)]
    outcomes = await asyncio.gather(*acts, return_exceptions=True)
    assert [isinstance(outcome, Bad) for outcome in outcomes] == [number % 3 == 0 for number in range(60)]
    assert await notes.read(_numbers) == [number for number in range(60) if number % 3]


async def test_a_unit_that_breaks_a_rule_of_the_database_fails_alone(notes: Database) -> None:
    outcomes = await asyncio.gather(*(notes.write(_note, number // 2) for number in range(20)), return_exceptions=True)
    assert sum(isinstance(outcome, sa.exc.IntegrityError) for outcome in outcomes) == 10
    assert await notes.read(_numbers) == list(range(10))


async def test_a_unit_may_even_raise_what_a_future_cannot_carry(notes: Database) -> None:
    with pytest.raises(RuntimeError, match="StopIteration"):
        await asyncio.wait_for(notes.write(lambda tx: next(iter(()))), 20)
    with pytest.raises(RuntimeError, match="StopIteration"):
        await asyncio.wait_for(notes.read(lambda tx: next(iter(()))), 20)


async def test_a_request_has_its_effect_once(notes: Database) -> None:
    def bad(tx: Tx) -> None:
        raise Bad

    with pytest.raises(Bad):
        await notes.write(bad, once=(TEAM, "Ev1"))
    await notes.write(_note, 1, once=(TEAM, "Ev1"))
    with pytest.raises(AlreadyDone, match="Ev1"):
        await notes.write(_note, 2, once=(TEAM, "Ev1"))
    with pytest.raises(AlreadyDone):
        notes.write_now(_note, 3, once=(TEAM, "Ev1"))
    await notes.write(_note, 4, once=("T0OTHER", "Ev1"))
    copies = await asyncio.gather(
        *(notes.write(_note, 10 + number, once=(TEAM, "Ev2")) for number in range(8)), return_exceptions=True
    )
    assert sum(isinstance(copy, AlreadyDone) for copy in copies) == 7
    assert len(await notes.read(_numbers)) == 3


def test_old_requests_are_forgotten(notes: Database) -> None:
    notes.write_now(_note, 1, once=(TEAM, "Ev1"))
    assert notes.write_now(forget_seen) == 0
    assert notes.write_now(forget_seen, timedelta(0)) == 1
    notes.write_now(_note, 2, once=(TEAM, "Ev1"))


async def test_a_read_cannot_write(notes: Database) -> None:
    with pytest.raises((sa.exc.OperationalError, sa.exc.InternalError), match=r"read-?only"):
        await notes.read(_note, 1)
    assert await notes.read(_numbers) == []


async def test_a_read_sees_one_moment_however_long_it_takes(notes: Database) -> None:
    began, changed = threading.Event(), threading.Event()

    def twice(tx: Tx) -> tuple[list[int], list[int]]:
        first = _numbers(tx)
        began.set()
        assert changed.wait(10)
        return first, _numbers(tx)

    reading = asyncio.create_task(notes.read(twice))
    await asyncio.to_thread(began.wait, 10)
    await notes.write(_note, 1)
    changed.set()
    assert await reading == ([], [])


async def test_writers_that_read_first_never_overwrite_one_another(notes: Database) -> None:
    def one_more(tx: Tx) -> None:
        tx.execute(sa.text("UPDATE tally SET n = n + 1"))

    await asyncio.gather(*(notes.write(one_more) for _ in range(200)))
    assert await notes.read(lambda tx: tx.scalar(sa.text("SELECT n FROM tally"))) == 200


async def test_units_may_have_savepoints_of_their_own(notes: Database) -> None:
    def careful(tx: Tx, number: int) -> None:
        _note(tx, number)
        savepoint = tx.begin_nested()
        _note(tx, number + 100)
        savepoint.rollback()

    await asyncio.gather(*(notes.write(careful, number) for number in range(10)))
    assert await notes.read(_numbers) == list(range(10))


async def test_a_write_that_is_cancelled_before_its_turn_is_not_done(notes: Database) -> None:
    running, go_on = threading.Event(), threading.Event()

    def slow(tx: Tx, number: int) -> None:
        running.set()
        assert go_on.wait(10)
        _note(tx, number)

    # Enough of them to keep every thread busy.
    slow_ones = [asyncio.create_task(notes.write(slow, number)) for number in range(8)]
    await asyncio.to_thread(running.wait, 10)
    late = asyncio.create_task(notes.write(_note, 99))
    await asyncio.sleep(0)
    late.cancel()
    await asyncio.gather(late, return_exceptions=True)
    go_on.set()
    await asyncio.gather(*slow_ones)
    assert await notes.read(_numbers) == list(range(8))


def test_what_was_asked_for_before_the_end_is_still_done(database_url: str) -> None:
    database = Database.open(database_url)
    database.write_now(_make)
    with ThreadPoolExecutor(20) as threads:
        writing = [threads.submit(database.write_now, _note, number) for number in range(20)]
        for each in writing:
            each.result()
    database.close()
    again = Database.open(database_url)
    assert again.read_now(_numbers) == list(range(20))
    again.close()


def test_conflicting_units_on_postgresql_are_tried_again_until_both_are_done(postgresql_url: str) -> None:
    """Each takes the two rows in the other's order: one of them is broken off as a deadlock."""
    database = Database.open(postgresql_url)
    database.write_now(_make)
    database.write_now(lambda tx: [_note(tx, number) for number in (1, 2)])
    meet = threading.Barrier(2)
    attempts: list[int] = []

    def both(tx: Tx, first: int, second: int) -> None:
        attempts.append(first)
        tx.execute(sa.text("UPDATE notes SET seen = seen + 1 WHERE n = :n"), {"n": first})
        if len(attempts) <= 2:
            meet.wait(10)
        tx.execute(sa.text("UPDATE notes SET seen = seen + 1 WHERE n = :n"), {"n": second})

    with ThreadPoolExecutor(2) as threads:
        for each in [threads.submit(database.write_now, both, 1, 2), threads.submit(database.write_now, both, 2, 1)]:
            each.result(30)
    assert len(attempts) == 3
    assert database.read_now(lambda tx: list(tx.scalars(sa.text("SELECT seen FROM notes")))) == [2, 2]
    database.close()


def test_a_connection_that_breaks_before_the_commit_costs_one_more_attempt(postgresql_url: str) -> None:
    database = Database.open(postgresql_url)
    database.write_now(_make)
    attempts: list[int] = []

    def broken_off(tx: Tx) -> None:
        attempts.append(1)
        _note(tx, 1)
        if len(attempts) == 1:
            tx.execute(sa.text("SELECT pg_terminate_backend(pg_backend_pid())"))

    database.write_now(broken_off)
    assert (len(attempts), database.read_now(_numbers)) == (2, [1])
    attempts[:] = []

    def never(tx: Tx) -> None:
        attempts.append(1)
        tx.execute(sa.text("SELECT pg_terminate_backend(pg_backend_pid())"))

    with pytest.raises(sa.exc.OperationalError):
        database.write_now(never)
    assert len(attempts) == 4
    database.close()


async def test_a_transaction_that_sqlite_gives_up_takes_no_acknowledged_unit_with_it(sqlite_url: str) -> None:
    """As on a full disk: what SQLite does then, a rollback of everything, is done here by hand."""
    database = Database.open(sqlite_url)
    database.write_now(_make)
    running, go_on = threading.Event(), threading.Event()
    given_up: list[int] = []

    def slow(tx: Tx) -> None:
        running.set()
        assert go_on.wait(10)

    def full_disk(tx: Tx) -> None:
        raw = tx.connection.driver_connection
        assert raw is not None
        if not given_up:
            given_up.append(1)
            raw.execute("ROLLBACK")
        raise Bad

    first = asyncio.create_task(database.write(slow))
    await asyncio.to_thread(running.wait, 10)
    # While the first is at it the others gather behind it, into one group.
    writing: list[asyncio.Task[object]] = [asyncio.create_task(database.write(_note, number)) for number in range(4)]
    writing.insert(2, asyncio.create_task(database.write(full_disk)))
    await asyncio.sleep(0)
    go_on.set()
    await first
    outcomes = await asyncio.gather(*writing, return_exceptions=True)
    assert [isinstance(outcome, Bad) for outcome in outcomes] == [False, False, True, False, False]
    assert await database.read(_numbers) == [0, 1, 2, 3]
    database.close()


def test_a_unit_that_waits_for_another_one_is_told_so(sqlite_url: str) -> None:
    database = Database.open(sqlite_url)
    with pytest.raises(RuntimeError, match="wait for itself"):
        database.write_now(lambda tx: database.write_now(_numbers))
    database.close()
    with pytest.raises(RuntimeError, match="closed"):
        database.write_now(_numbers)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("", "Set DATABASE_URL to sqlite:///"),
        ("nonsense", "Set DATABASE_URL to sqlite:///"),
        ("mysql://root:secret@host/x", "of a kind that Crosswalk does not know"),
        ("sqlite://", "gone at the next start"),
        ("sqlite:///:memory:", "gone at the next start"),
        ("sqlite:////proc/nowhere/x.db", "cannot be made"),
        ("postgresql://ana:secret@127.0.0.1:9/x", "Check DATABASE_URL"),
        ("postgres://ana:secret@no-such-host.invalid/x", "Check DATABASE_URL"),
    ],
)
def test_an_address_that_leads_nowhere_is_told_in_a_sentence_without_its_password(address: str, said: str) -> None:
    with pytest.raises(CannotOpen) as raised:
        Database.open(address)
    assert said in str(raised.value)
    assert "secret" not in str(raised.value)


def test_a_file_that_is_no_database_is_told_in_a_sentence(sqlite_url: str) -> None:
    path = sa.make_url(sqlite_url).database or ""
    with open(path, "w") as file:
        file.write("not a database, and longer than a database's header is, so that it is looked at. " * 20)
    with pytest.raises(CannotOpen, match="file is not a database"):
        Database.open(sqlite_url)


def test_the_folder_of_a_new_sqlite_file_is_made(tmp_path: object) -> None:
    database = Database.open(f"sqlite:///{tmp_path}/var/deep/crosswalk.db")
    database.write_now(_make)
    assert database.is_sqlite
    database.close()


async def test_a_thousand_writes_at_once_are_all_committed(sqlite_url: str) -> None:
    database = Database.open(sqlite_url)
    database.write_now(_make)
    await asyncio.gather(*(database.write(_note, number, once=(TEAM, str(number))) for number in range(1000)))
    assert await database.read(_numbers) == list(range(1000))
    database.close()


def _make(tx: Tx) -> None:
    tx.execute(sa.text("CREATE TABLE notes (n INTEGER PRIMARY KEY, seen INTEGER NOT NULL DEFAULT 0)"))
    tx.execute(sa.text("CREATE TABLE tally (n INTEGER NOT NULL)"))
    tx.execute(sa.text("INSERT INTO tally VALUES (0)"))


def _note(tx: Tx, number: int) -> int:
    tx.execute(_INSERT, {"n": number})
    return number


def _numbers(tx: Tx) -> list[int]:
    return [int(number) for number in tx.scalars(sa.text("SELECT n FROM notes ORDER BY n"))]


_INSERT = sa.text("INSERT INTO notes (n) VALUES (:n)")


async def test_each_of_many_writes_at_once_hears_its_own_outcome(notes: Database) -> None:
    def outcome(tx: Tx, number: int) -> int:
        if number % 7 == 0:
            raise LookupError(number)
        return number

    heard = await asyncio.gather(*(notes.write(outcome, number) for number in range(300)), return_exceptions=True)
    assert [each.args[0] if isinstance(each, LookupError) else each for each in heard] == list(range(300))
    assert sum(isinstance(each, LookupError) for each in heard) == 43
