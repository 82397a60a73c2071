"""One handle on the database: `write` and `read` for the event loop, `write_now` and `read_now` for a thread."""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import Any, Concatenate, ParamSpec, Self, TypeVar

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, OperationalError

from bot.database import addresses
from bot.database.seen import first_time
from bot.database.telling import Telling
from bot.database.writer import Writer
from rituals.tables import Tx

P = ParamSpec("P")
T = TypeVar("T")
Once = tuple[str, str]

# Seconds before a unit that met a conflict or a lost connection is tried again.
_PAUSES = (0.05, 0.3, 1.5)
_CONFLICTS = {"40001", "40P01"}  # serialization failure, deadlock
# Refused on connecting (no state at all), or the server is starting or stopping.
_AWAY = {None, "57P01", "57P03", "08006"}
_POOL = 8


class Database:
    """`fn(tx, *args, **kwargs)` runs in a transaction that is committed when it returns and rolled back when it raises.

    It must have no effect outside the transaction, since on PostgreSQL a conflict, a deadlock or a connection lost
    before the commit runs it again, three times at most. With once=(workspace, request key) a second copy of a
    request raises AlreadyDone and changes nothing.
    """

    def __init__(self, url: str, writing: sa.Engine, reading: sa.Engine, readers: int, writer: Writer | None) -> None:
        self.url = url
        self.is_sqlite = writer is not None
        self._writing, self._reading, self._writer = writing, reading, writer
        self._threads = ThreadPoolExecutor(readers if writer else _POOL, thread_name_prefix="database")
        self._telling: dict[asyncio.AbstractEventLoop, Telling] = {}

    @classmethod
    def open(cls, url: str, *, readers: int = 4) -> Self:
        """`sqlite:///path` or `postgresql://…`. Connects; raises CannotOpen with a sentence."""
        parsed = addresses.parsed(url)
        made = parsed.render_as_string(hide_password=False)
        if parsed.drivername.startswith("sqlite"):
            writing = addresses.checked(addresses.sqlite_writer(parsed))
            return cls(made, writing, addresses.sqlite_readers(parsed, readers), readers, Writer(writing))
        writing = addresses.checked(addresses.postgresql(parsed, _POOL))
        # One view for the whole of a read, as SQLite gives it.
        reading = writing.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        return cls(made, writing, reading, readers, None)

    async def read(self, fn: Callable[Concatenate[Tx, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """All that `fn` reads is of one moment; it cannot write."""
        act = partial(self._read, fn, args, kwargs)
        return await asyncio.get_running_loop().run_in_executor(self._threads, act)

    async def write(self, fn: Callable[..., T], *args: Any, once: Once | None = None, **kwargs: Any) -> T:
        """Returns after the commit. Cancelled before its turn, it is not done at all."""
        loop = asyncio.get_running_loop()
        telling = self._telling.get(loop) or self._telling.setdefault(loop, Telling(loop))
        result: T = await telling.wait_for(self._submitted(fn, args, kwargs, once))
        return result

    def read_now(self, fn: Callable[Concatenate[Tx, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        return self._read(fn, args, kwargs)

    def write_now(self, fn: Callable[..., T], *args: Any, once: Once | None = None, **kwargs: Any) -> T:
        act = _unit(fn, args, kwargs, once)
        result: T = self._writer.submit(act).result() if self._writer else _patiently(self._writing, act)
        return result

    def close(self) -> None:
        """What was asked for before is still done."""
        if self._writer:
            self._writer.close()
        self._threads.shutdown()
        self._reading.dispose()
        self._writing.dispose()

    def _submitted(self, fn: Callable[..., Any], args: Any, kwargs: Any, once: Once | None) -> "Future[Any]":
        act = _unit(fn, args, kwargs, once)
        return self._writer.submit(act) if self._writer else self._threads.submit(_patiently, self._writing, act)

    def _read(self, fn: Callable[..., T], args: Any, kwargs: Any) -> T:
        return _patiently(self._reading, _unit(fn, args, kwargs, None))


def _unit(fn: Callable[..., T], args: Any, kwargs: Any, once: Once | None) -> Callable[[Tx], T]:
    def act(tx: Tx) -> T:
        if once is not None:
            first_time(tx, once)
        try:
            return fn(tx, *args, **kwargs)
        except StopIteration as stop:
            # asyncio's futures cannot carry it: whoever awaits the unit would wait for ever.
            raise RuntimeError("A unit of work raised StopIteration.") from stop

    return act


def _patiently(engine: sa.Engine, act: Callable[[Tx], T]) -> T:
    for pause in _PAUSES:
        try:
            return _committed(engine, act)
        except _Again:
            time.sleep(pause)
    try:
        return _committed(engine, act)
    except _Again as again:
        raise again.cause from again.cause.__cause__


class _Again(Exception):
    def __init__(self, cause: DBAPIError) -> None:
        self.cause = cause


def _committed(engine: sa.Engine, act: Callable[[Tx], T]) -> T:
    committing = False
    try:
        with engine.connect() as tx, tx.begin() as transaction:
            result = act(tx)
            committing = True
            transaction.commit()
            return result
    except DBAPIError as error:
        # A connection lost in the commit itself leaves open whether it happened: that is for the caller to know.
        if _conflicted(error) or (_lost(error) and not committing):
            raise _Again(error) from error
        raise


def _conflicted(error: DBAPIError) -> bool:
    return getattr(error.orig, "sqlstate", None) in _CONFLICTS


def _lost(error: DBAPIError) -> bool:
    if error.connection_invalidated:
        return True
    return isinstance(error, OperationalError) and getattr(error.orig, "sqlstate", "") in _AWAY
