"""What survives a restart of the sandbox: JSON documents by kind and key, written to SQLite by one thread."""

import json
import queue
import sqlite3
import threading
from collections.abc import Iterator
from typing import Any

_STOP = ("", "", None)


class Store:
    """`put` and `drop` return at once, `close` when everything is on the disk. Without a path nothing is kept."""

    def __init__(self, path: str | None) -> None:
        self._path = path
        self._queue: queue.SimpleQueue[tuple[str, str, str | None]] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        if path is not None:
            with sqlite3.connect(path) as connection:
                connection.execute("PRAGMA journal_mode=WAL")
                connection.execute("CREATE TABLE IF NOT EXISTS documents (kind, key, body, PRIMARY KEY (kind, key))")
            self._thread = threading.Thread(target=self._write, name="sandbox-store", daemon=True)
            self._thread.start()

    def put(self, kind: str, key: str, body: Any) -> None:
        if self._thread is not None:
            self._queue.put((kind, key, json.dumps(body)))

    def drop(self, kind: str, key: str) -> None:
        if self._thread is not None:
            self._queue.put((kind, key, None))

    def read(self, kind: str) -> Iterator[tuple[str, Any]]:
        """Key and body of each document of a kind, as the last run left them, in the order in which they came to be."""
        if self._path is None:
            return
        with sqlite3.connect(self._path) as connection:
            asked = "SELECT key, body FROM documents WHERE kind = ? ORDER BY rowid"
            rows = connection.execute(asked, (kind,)).fetchall()
        yield from ((key, json.loads(body)) for key, body in rows)

    def close(self) -> None:
        if self._thread is not None:
            self._queue.put(_STOP)
            self._thread.join()
            self._thread = None

    def _write(self) -> None:
        assert self._path is not None
        connection = sqlite3.connect(self._path, isolation_level=None)
        connection.execute("PRAGMA synchronous=NORMAL")
        while (batch := self._take()) is not None:
            connection.execute("BEGIN IMMEDIATE")
            for kind, key, body in batch:
                _apply(connection, kind, key, body)
            connection.execute("COMMIT")
            if _STOP in batch:
                break
        connection.close()

    def _take(self) -> list[tuple[str, str, str | None]]:
        batch = [self._queue.get()]
        while len(batch) < 500 and not self._queue.empty():
            batch.append(self._queue.get())
        return batch


def _apply(connection: sqlite3.Connection, kind: str, key: str, body: str | None) -> None:
    if body is None:
        connection.execute("DELETE FROM documents WHERE kind = ? AND key = ?", (kind, key))
    else:
        # Not replaced: a document keeps its place among the others.
        anew = "INSERT INTO documents VALUES (?, ?, ?) ON CONFLICT (kind, key) DO UPDATE SET body = excluded.body"
        connection.execute(anew, (kind, key, body))
