"""SQLite's one writer: a thread that runs the units that wait, several in one commit, each in its own savepoint."""

import queue
import sqlite3
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from contextlib import suppress
from typing import Any

import sqlalchemy as sa

from rituals.tables import Tx

Unit = tuple[Callable[[Tx], Any], "Future[Any]"]

_TOGETHER = 128
# Whoever came first should not wait long for those who came after.
_WITHIN = 0.05


class Undone(Exception):
    """SQLite took the whole transaction back, the units before this one too."""


class Writer:
    """One bad unit fails alone. A future is done only after the commit that its unit was part of."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._arriving: queue.SimpleQueue[Unit | None] = queue.SimpleQueue()
        self._waiting: deque[Unit] = deque()
        self._guard = threading.Lock()
        self._open = True
        self._thread = threading.Thread(target=self._run, name="database-writer", daemon=True)
        self._thread.start()

    def submit(self, act: Callable[[Tx], Any]) -> "Future[Any]":
        if threading.current_thread() is self._thread:
            raise RuntimeError("A unit of work asked for another one to be written and would wait for itself for ever.")
        future: Future[Any] = Future()
        with self._guard:
            if not self._open:
                raise RuntimeError("The database is closed.")
            self._arriving.put((act, future))
        return future

    def close(self) -> None:
        """What was submitted before is still committed."""
        with self._guard:
            self._open = False
            self._arriving.put(None)
        self._thread.join()

    def _run(self) -> None:
        while self._gather():
            units = [self._waiting.popleft() for _ in range(min(len(self._waiting), _TOGETHER))]
            self._commit([unit for unit in units if unit[1].set_running_or_notify_cancel()])

    def _gather(self) -> bool:
        """Takes in whatever has arrived, waiting for the first; False when it is over and nothing is left."""
        ended = False
        if not self._waiting:
            ended = not self._take(self._arriving.get())
        with suppress(queue.Empty):
            while not ended:
                ended = not self._take(self._arriving.get_nowait())
        if ended:
            self._arriving.put(None)
        return bool(self._waiting)

    def _take(self, arrived: Unit | None) -> bool:
        if arrived is not None:
            self._waiting.append(arrived)
        return arrived is not None

    def _commit(self, units: list[Unit]) -> None:
        """In groups that take about `_WITHIN` seconds."""
        left = deque(units)
        while left:
            group: list[Unit] = []
            try:
                outcomes = self._together(left, group)
            except Exception as error:
                if group:
                    # Nothing of it is in the database, whosever fault it was: each on its own, so the others get in.
                    outcomes = self._each_alone(group)
                else:
                    # The transaction did not even begin: it would not for the next one either.
                    outcomes = [(unit, None, error) for unit in left]
                    left.clear()
            _tell(outcomes)

    def _together(self, left: deque[Unit], group: list[Unit]) -> list[tuple[Unit, Any, BaseException | None]]:
        outcomes: list[tuple[Unit, Any, BaseException | None]] = []
        with self._engine.connect() as tx, tx.begin():
            raw = _raw(tx)
            until = time.monotonic() + _WITHIN
            while left and (not group or time.monotonic() < until):
                unit = left.popleft()
                group.append(unit)
                outcomes.append((unit, *_in_savepoint(tx, raw, unit[0])))
        return outcomes

    def _each_alone(self, units: Iterable[Unit]) -> list[tuple[Unit, Any, BaseException | None]]:
        outcomes: list[tuple[Unit, Any, BaseException | None]] = []
        for unit in units:
            try:
                with self._engine.connect() as tx, tx.begin():
                    result = unit[0](tx)
                outcomes.append((unit, result, None))
            except BaseException as error:
                outcomes.append((unit, None, error))
        return outcomes


def _in_savepoint(tx: Tx, raw: sqlite3.Connection, act: Callable[[Tx], Any]) -> tuple[Any, BaseException | None]:
    raw.execute("SAVEPOINT unit")
    try:
        result = act(tx)
    except BaseException as error:
        # A full disk, for one, makes SQLite give up the transaction; a savepoint now would silently begin another.
        if not raw.in_transaction:
            raise Undone from error
        raw.execute("ROLLBACK TO unit")
        raw.execute("RELEASE unit")
        return None, error
    raw.execute("RELEASE unit")
    return result, None


def _tell(outcomes: list[tuple[Unit, Any, BaseException | None]]) -> None:
    for (_, future), result, error in outcomes:
        if error is None:
            future.set_result(result)
        else:
            future.set_exception(error)


def _raw(tx: Tx) -> sqlite3.Connection:
    raw = tx.connection.driver_connection
    assert isinstance(raw, sqlite3.Connection)
    return raw
