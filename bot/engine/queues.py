"""The queues, and how a job gets onto one inside a transaction that is not ours."""

import logging
import threading
import uuid
from typing import TYPE_CHECKING

import sqlalchemy as sa

from bot.engine.waking import Bells
from rituals.tables import Tx

# DBOS takes a fifth of a second to load: who only answers a command does not wait for it.
if TYPE_CHECKING:
    from dbos import DBOSClient, EnqueueOptions

APPLICATION = "crosswalk"
# By default the version is a hash of the workflow's source: a comment added there would strand every job that waits.
# It stays as it is for good. A job that changes incompatibly gets a new name; the old one stays until it has drained.
VERSION = "1"
JOBS, AGAIN, DRAINS = "jobs", "again", "drain"
bells = Bells([JOBS, DRAINS])


class NotMigrated(Exception):
    """The database has no job tables yet. Run `python -m bot migrate`, then start again."""

    def __str__(self) -> str:
        return str(self.__doc__)


def enqueue(tx: Tx, workspace: str, name: str, key: str, *, once: str | None = None) -> None:
    """Puts the job `name` on the queue; it runs after this transaction's commit, at least once, in any process.

    Every call is a run of its own, since a job that is already running may have read what this transaction
    changes. With `once`, a second call with the same four texts within the hour is the same run.
    """
    identity = f"{name}/{workspace}/{key}/{once or uuid.uuid4().hex}"
    options = _options("job", JOBS, identity)
    _client(tx.engine).enqueue_in_transaction(tx, options, name, workspace, key, 1)
    bells.ring(JOBS, identity)


def enqueue_drain(tx: Tx, workspace: str) -> None:
    """Asks for what is owed to this workspace to be sent. Drains of one workspace never overlap, in any process."""
    identity = f"drain/{workspace}/{uuid.uuid4().hex}"
    options = _options("drain", DRAINS, identity)
    options["queue_partition_key"] = workspace
    _client(tx.engine).enqueue_in_transaction(tx, options, workspace, 1)
    bells.ring(DRAINS, identity)


def job_again(tx: Tx, identity: str, name: str, workspace: str, key: str, attempt: int, wait: float) -> None:
    """After a failure: off the busy queue, onto one of its own, in `wait` seconds (real time)."""
    options = _options("job", AGAIN, _attempt(identity, attempt))
    options["delay_seconds"] = wait
    _client(tx.engine).enqueue_in_transaction(tx, options, name, workspace, key, attempt)


def drain_again(tx: Tx, identity: str, workspace: str, attempt: int, wait: float) -> None:
    options = _options("drain", DRAINS, _attempt(identity, attempt))
    options["queue_partition_key"] = workspace
    options["delay_seconds"] = wait
    _client(tx.engine).enqueue_in_transaction(tx, options, workspace, attempt)


def busy(tx: Tx) -> bool:
    """Whether anything waits in a queue or runs. What has failed and waits for a later attempt does not count."""
    status = _status_of(tx)
    waiting = sa.select(sa.literal(1)).where(
        # Written out, so that SQLite's planner recognises the partial index on what is in flight.
        status.c.status.in_([sa.literal_column("'ENQUEUED'"), sa.literal_column("'PENDING'")]),
        status.c.queue_name != AGAIN,
    )
    return tx.execute(waiting.limit(1)).first() is not None


def migrate(url: str) -> None:
    """Makes or updates the job tables in our own database; harmless when they are up to date."""
    from dbos import DBOS

    quiet()
    DBOS.migrate(dbos_url(url))


def register(url: str, *, poll: float, workers: int) -> None:
    """Declares the queues before anything listens to them: DBOS notices queues made later only after a second.

    Raises NotMigrated.
    """
    from dbos import DBOSClient

    from bot.engine.serializing import Json

    client = DBOSClient(
        system_database_url=dbos_url(url), system_database_pool_size=1, application_name=APPLICATION, serializer=Json()
    )
    try:
        client.register_queue(JOBS, worker_concurrency=workers, polling_interval_sec=poll)
        client.register_queue(AGAIN, worker_concurrency=2, polling_interval_sec=1.0)
        client.register_queue(DRAINS, partition_concurrency=1, polling_interval_sec=poll)
    except (sa.exc.ProgrammingError, sa.exc.OperationalError) as error:
        if "workflow" in str(error.orig) or "queues" in str(error.orig):
            raise NotMigrated from error
        raise
    finally:
        client.destroy()


def dbos_url(url: str) -> str:
    """DBOS names its own driver; a password must survive the way there."""
    made = sa.make_url(url)
    bare = made.drivername.split("+")[0]
    return made.set(drivername=bare).render_as_string(hide_password=False)


def quiet() -> None:
    """Warnings and worse go to the program's own log; start-up lines and a handler of DBOS's own do not."""
    logger = logging.getLogger("dbos")
    logger.setLevel(logging.WARNING)
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())


def _options(workflow: str, queue: str, identity: str) -> "EnqueueOptions":
    return {"workflow_name": workflow, "queue_name": queue, "workflow_id": identity, "app_version": VERSION}


def _attempt(identity: str, attempt: int) -> str:
    """The same failure recovered twice asks for one further attempt, not two."""
    return f"{identity.partition('~')[0]}~{attempt}"


_KEPT = "crosswalk_client"
_making = threading.Lock()


def _client(engine: sa.Engine) -> "DBOSClient":
    """It holds its engine, so the engine keeps it: a table of ours beside them would hold both, and every statement
    that was ever compiled for it, long after the database was closed."""
    with _making:
        if _KEPT not in vars(engine):
            vars(engine)[_KEPT] = _made(engine)
        kept: DBOSClient = vars(engine)[_KEPT]
        return kept


def _made(engine: sa.Engine) -> "DBOSClient":
    """It connects nowhere: it writes on the connection it is handed, and with that dialect compiles inserts once."""
    from dbos import DBOSClient

    from bot.engine.serializing import Json

    quiet()
    return DBOSClient(system_database_engine=engine, application_name=APPLICATION, serializer=Json(), lazy=True)


def _status_of(tx: Tx) -> sa.TableClause:
    schema = None if tx.dialect.name == "sqlite" else "dbos"
    return sa.table("workflow_status", sa.column("status"), sa.column("queue_name"), schema=schema)
