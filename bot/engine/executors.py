"""Who is at work: on SQLite one process, held by a lock beside the file; on PostgreSQL many, each with a heartbeat."""

from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from filelock import FileLock, Timeout
from sqlalchemy.dialects.postgresql import insert

from rituals.tables import Tx, Utc, metadata

# An executor serves every workspace; its rows say so.
EVERY = "*"

executors = sa.Table(
    "executors",
    metadata,
    sa.Column("workspace", sa.Text, primary_key=True),
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("beat_at", Utc, nullable=False),
)


@dataclass
class AlreadyRunning(Exception):
    """A second process wanted to work on one SQLite file."""

    path: Path

    def __str__(self) -> str:
        return (
            f"Crosswalk is already running on {self.path}. Stop that one first, or give this one a database of its own "
            f"with DATABASE_URL, or a demonstration a folder of its own with --data. (Several processes can share a "
            f"PostgreSQL database, not a SQLite file.)"
        )


class Hold:
    """The operating system's lock beside a SQLite file: it goes with the process that holds it, however that ends."""

    def __init__(self, database: Path) -> None:
        self._database = database
        self._lock = FileLock(f"{database}.lock", timeout=0, thread_local=False)

    def take(self) -> None:
        """Raises AlreadyRunning. Taking it again in the same place changes nothing."""
        if self._lock.is_locked:
            return
        try:
            self._lock.acquire()
        except Timeout as taken:
            raise AlreadyRunning(self._database) from taken

    def release(self) -> None:
        self._lock.release()


def arrive(tx: Tx, executor: str) -> None:
    row = {"workspace": EVERY, "id": executor, "beat_at": sa.func.now()}
    tx.execute(insert(executors).values(row).on_conflict_do_nothing())


def beat(tx: Tx, executor: str) -> bool:
    """Says that this executor is alive. False when its row is gone: its peers took it for dead and do its work."""
    mine = (executors.c.workspace == EVERY) & (executors.c.id == executor)
    return tx.execute(executors.update().where(mine).values(beat_at=sa.func.now())).rowcount == 1


def leave(tx: Tx, executor: str) -> None:
    tx.execute(executors.delete().where(executors.c.workspace == EVERY, executors.c.id == executor))


def alive(tx: Tx, within: float) -> frozenset[str]:
    """Who has been heard in the last `within` seconds, by the database's clock: processes disagree about the time."""
    return frozenset(tx.scalars(sa.select(executors.c.id).where(_silence() <= within)))


def forget_dead(tx: Tx, within: float) -> None:
    tx.execute(executors.delete().where(_silence() > within))


def only_one(tx: Tx) -> bool:
    """Whether this transaction is the only one that recovers; the others leave it to it."""
    # One that is stopped in the middle must not keep the others from ever recovering.
    tx.execute(sa.text("SET LOCAL idle_in_transaction_session_timeout = '5s'"))
    return bool(tx.scalar(sa.select(sa.func.pg_try_advisory_xact_lock(_RECOVERY))))


_RECOVERY = 0x63726F7373  # "cross"


def _silence() -> sa.ColumnElement[float]:
    since = sa.func.now() - sa.type_coerce(executors.c.beat_at, sa.DateTime(timezone=True))
    return sa.cast(sa.extract("epoch", since), sa.Float)
