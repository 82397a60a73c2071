"""The engine of one process: it starts the work, keeps it, and ends it without losing any."""

import asyncio
import threading
import uuid
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

from bot.clock import Clock
from bot.database import Database
from bot.engine import executors, queues
from bot.engine.keeping import Keeper
from bot.engine.waking import Listening
from bot.engine.working import AnyJob, Drain, Work
from rituals.tables import Tx

if TYPE_CHECKING:
    from dbos import DBOSConfig


class Engine:
    """One for a process, since DBOS is one for a process.

    `jobs`: name -> job(tx, workspace, key, now), run in a transaction of its own on one of the engine's threads;
    True means that there is more of the same to do, and it is called again in a new transaction. A job must be
    idempotent by state: after a kill it runs again. One that raises is tried again, after moments, then after
    growing waits beside the others, without end.
    `drain(workspace)` runs on the loop that launched the engine, one at a time for a workspace over all processes.

    Real seconds: `poll` between looks at queues that nobody rang for; `beat` between heartbeats, and `dead_after`
    without one until the others take over a process's work (PostgreSQL); `patience` between a job's first attempts;
    `keep` for what is done; `begun_within`, more than DBOS ever waits between two tries of its own (90), until a job
    that was taken and not begun is put back.
    """

    def __init__(
        self,
        database: Database,
        jobs: Mapping[str, AnyJob],
        drain: Drain,
        clock: Clock,
        *,
        poll: float = 1.0,
        workers: int = 4,
        beat: float = 2.0,
        dead_after: float = 10.0,
        patience: Sequence[float] = (0.1, 0.5),
        keep: float = 3600.0,
        begun_within: float = 150.0,
    ) -> None:
        self._database, self._poll, self._workers = database, poll, workers
        # SQLite has one process at a time, which finds its own unfinished work again by this name. On PostgreSQL
        # a name that two processes share would make each redo what the other is doing.
        self.executor = "only" if database.is_sqlite else uuid.uuid4().hex
        self._hold = executors.Hold(_file(database.url)) if database.is_sqlite else None
        self._keeper = Keeper(
            database,
            self.executor,
            beat=beat,
            dead_after=dead_after,
            keep=keep,
            fence=self._let_go_of_drains,
            begun=lambda: self._work.begun(),
            begun_within=begun_within,
        )
        self._work = Work(database, jobs, drain, clock, patience, self._keeper.unfinished)
        self._launched = False

    def hold(self) -> None:
        """On SQLite takes the lock beside the file; best before anything writes to it. Raises AlreadyRunning."""
        if self._hold:
            self._hold.take()

    async def launch(self) -> None:
        """Starts work, with what a previous process left unfinished.

        Raises AlreadyRunning (SQLite) and NotMigrated (PostgreSQL; on SQLite the job tables are made here).
        """
        self._work.begin(asyncio.get_running_loop())
        await asyncio.to_thread(self._launch)

    async def stop(self, within: float = 10.0) -> None:
        """Ends each job after the transaction it is in, in at most `within` seconds; what is unfinished stays so."""
        if self._launched:
            await self._work.stop(within)
            await asyncio.to_thread(self._end)
        elif self._hold:
            self._hold.release()

    def idle(self, tx: Tx) -> bool:
        """Nothing waits in a queue and nothing runs, in any process; but for jobs that failed and are tried later."""
        return not queues.busy(tx)

    def clear(self) -> None:
        """Forgets jobs that ended well more than `keep` seconds ago; it happens by itself every minute. Blocks."""
        self._keeper.clear()

    def recover_dead(self) -> int:
        """Puts back the unfinished work of processes that are gone (PostgreSQL). Blocks; returns how many jobs."""
        return self._keeper.recover()

    def _let_go_of_drains(self) -> None:
        self._work.cancel_drains()

    def _launch(self) -> None:
        if not _one.acquire(blocking=False):
            raise RuntimeError("A process has one engine. Stop the other one first.")
        try:
            self.hold()
            self._begin()
        except BaseException:
            self._let_go()
            raise
        self._launched = True

    def _begin(self) -> None:
        queues.quiet()
        if self._database.is_sqlite:
            queues.migrate(self._database.url)
        queues.register(self._database.url, poll=self._poll, workers=self._workers)
        self._keeper.arrive()
        from dbos import DBOS

        DBOS(config=self._config()).background_thread_stop_events = Listening(queues.bells)
        _workflows(self._work)
        DBOS.launch()
        queues.bells.start()
        self._keeper.start()

    def _end(self) -> None:
        self._keeper.stop()
        self._let_go()
        self._keeper.depart()
        self._launched = False

    def _let_go(self) -> None:
        queues.bells.stop()
        from dbos import DBOS

        DBOS.destroy(destroy_registry=True)
        if self._hold:
            self._hold.release()
        _one.release()

    def _config(self) -> "DBOSConfig":
        from bot.engine.serializing import Json

        return {
            "name": queues.APPLICATION,
            "system_database_url": queues.dbos_url(self._database.url),
            "sys_db_pool_size": 5,
            "application_version": queues.VERSION,
            "executor_id": self.executor,
            "serializer": Json(),
            "run_migrations": False,
            # We send no messages between workflows. This saves a connection; the interval only lets stopping be quick.
            "use_listen_notify": False,
            "notification_listener_polling_interval_sec": 0.2,
            "log_level": "WARNING",
        }


_one = threading.Lock()


def _workflows(work: Work) -> None:
    """Explicit names: the rows that wait in the database carry them."""
    from dbos import DBOS

    @DBOS.workflow(name="job")
    def job(name: str, workspace: str, key: str, attempt: int) -> None:
        work.job(name, workspace, key, attempt)

    @DBOS.workflow(name="drain")
    def drain(workspace: str, attempt: int) -> None:
        work.drain(workspace, attempt)


def _file(url: str) -> Path:
    return Path(sa.make_url(url).database or "").absolute()
