"""From a database address to SQLAlchemy engines, with a sentence for every address that leads nowhere."""

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError, DBAPIError

BUSY_MS = 30_000


@dataclass
class CannotOpen(Exception):
    """There is no usable database at this address (its password is left out)."""

    address: str
    reason: str

    def __str__(self) -> str:
        return f"The database {self.address} cannot be opened: {self.reason}"


def parsed(url: str) -> sa.URL:
    """The address with the driver we bring. Raises CannotOpen."""
    try:
        made = sa.make_url(url)
    except ArgumentError:
        raise CannotOpen(f'"{url.partition("://")[0]}…"', _SHAPES) from None
    name = made.drivername.partition("+")[0]
    if name in ("postgres", "postgresql"):
        return made.set(drivername="postgresql+psycopg")
    if name != "sqlite":
        raise CannotOpen(_shown(made), f"it is of a kind that Crosswalk does not know. {_SHAPES}")
    if made.database in (None, "", ":memory:"):
        raise CannotOpen(_shown(made), f"everything would be gone at the next start. {_SHAPES}")
    return made


def checked(engine: sa.Engine) -> sa.Engine:
    """Connects once, so that a wrong address is told at start. Raises CannotOpen."""
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql("SELECT 1")
    except DBAPIError as error:
        engine.dispose()
        raise CannotOpen(_shown(engine.url), _reason(engine.url, error)) from error
    return engine


def sqlite_writer(url: sa.URL) -> sa.Engine:
    """One connection. Its transactions begin as writers: what reads first and then writes may find its view stale."""
    _folder(url)
    engine = sa.create_engine(
        url, pool_size=1, max_overflow=0, hide_parameters=True, connect_args={"check_same_thread": False}
    )
    # FULL: a commit is on the disk before anyone hears of it, so that even a power cut takes back nothing that was
    # acknowledged. It costs one sync for a whole group of units.
    _on_connect(
        engine,
        "journal_mode=WAL",
        "synchronous=FULL",
        f"busy_timeout={BUSY_MS}",
        "foreign_keys=ON",
        "temp_store=MEMORY",
    )
    _begin_with(engine, "BEGIN IMMEDIATE")
    return engine


def sqlite_readers(url: sa.URL, size: int) -> sa.Engine:
    engine = sa.create_engine(
        url, pool_size=size, max_overflow=-1, hide_parameters=True, connect_args={"check_same_thread": False}
    )
    # Room for 8 MB of pages instead of 2: what a summary counts is read twice as fast. It is taken as it is needed.
    _on_connect(engine, f"busy_timeout={BUSY_MS}", "query_only=ON", "cache_size=-8000")
    _begin_with(engine, "BEGIN")
    return engine


def postgresql(url: sa.URL, size: int) -> sa.Engine:
    """READ COMMITTED. Threads that bring their own work (jobs, the engine's keeper) may open a few connections more."""
    return sa.create_engine(
        url,
        pool_size=size,
        max_overflow=8,
        pool_recycle=1800,
        isolation_level="READ COMMITTED",
        # What people wrote stays out of the log when a statement fails.
        hide_parameters=True,
        # A process that is stopped in the middle of a unit must not keep its locks from the others.
        connect_args={
            "connect_timeout": 10,
            "application_name": "crosswalk",
            "options": "-c idle_in_transaction_session_timeout=60000",
        },
    )


def _on_connect(engine: sa.Engine, *pragmas: str) -> None:
    @sa.event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: Any) -> None:
        # The driver would begin transactions when it thinks fit; the dialect's "begin" below is the only one that does.
        connection.isolation_level = None
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")


def _begin_with(engine: sa.Engine, statement: str) -> None:
    """Not by listening for "begin": once an engine has a listener, each of its statements costs a fifth more."""

    def begin(connection: sqlite3.Connection) -> None:
        connection.execute(statement)

    vars(engine.dialect)["do_begin"] = begin


def _folder(url: sa.URL) -> None:
    folder = Path(url.database or "").absolute().parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotOpen(_shown(url), f"the folder {folder} cannot be made ({error.strerror}).") from error


def _reason(url: sa.URL, error: DBAPIError) -> str:
    said = str(error.orig).strip().splitlines() or [type(error.orig).__name__]
    if url.drivername.startswith("sqlite"):
        return f"{said[0]}. Check that the path in DATABASE_URL is a file that this user may write."
    return f"{said[-1].strip()} Check DATABASE_URL, and that the server is up and lets this user in."


def _shown(url: sa.URL) -> str:
    return url.render_as_string(hide_password=True)


_SHAPES = "Set DATABASE_URL to sqlite:///var/crosswalk.db or postgresql://user:password@host/name."
