"""One database of each kind for many tests: each has a workspace of its own, as each customer would."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from bot.database import Database


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def shared(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    if request.param == "sqlite":
        path = tmp_path_factory.mktemp("shared") / "crosswalk.db"
        template: Path = request.getfixturevalue("sqlite_template")
        shutil.copy(template, path)
        url = f"sqlite:///{path}"
    else:
        server: Callable[[str], str] = request.getfixturevalue("postgresql_server")
        request.getfixturevalue("postgresql_room")  # which furnishes the template
        name = f"shared_{uuid4().hex}"
        with psycopg.connect(server("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE template_crosswalk".encode())
        url = server(name)
    opened = Database.open(url)
    yield opened
    opened.close()
