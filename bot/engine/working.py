"""One attempt at a job or a drain on an engine's thread, and what follows when it fails."""

import asyncio
import threading
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from concurrent.futures import wait
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from bot.apart import apart
from bot.clock import Clock
from bot.database import Database
from bot.engine import queues
from bot.logs import logger
from rituals.tables import Tx

Job = Callable[[Tx, str, str, datetime], bool]


@dataclass(frozen=True, slots=True)
class JobApart:
    """A job with a middle that takes long, or large libraries. `gather` reads plain values for `work`, which runs in a
    process of its own, and whatever `tell` needs besides; None: there is nothing to do. `tell` writes what came of it.
    """

    gather: Callable[[Tx, str, str, datetime], tuple[Any, Any] | None]
    work: Callable[[Any], Any]
    tell: Callable[[Tx, str, str, Any, Any, datetime], None]


AnyJob = Job | JobApart
Drain = Callable[[str], Awaitable[None]]

T = TypeVar("T")

log = logger()
_LONGEST_WAIT = 300.0
_DATABASE_GONE = 2.0
_LONGEST_BREATH = 0.1
# Real seconds after which work in a process of its own is given up, and tried again later like any job that failed.
_LONGEST_WORK = 300.0


class Interrupted(BaseException):
    """The work stops here and stays unfinished in the database. DBOS records how an `Exception` ended, not this."""


class UnknownJob(Exception):
    """A job that this version of the program does not have: another version put it on the queue, and may yet run it."""


class Work:
    """What the engine's threads do. `job` and `drain` are the bodies of the two workflows."""

    def __init__(
        self,
        database: Database,
        jobs: Mapping[str, AnyJob],
        drain: Drain,
        clock: Clock,
        patience: Sequence[float],
        unfinished: Callable[[str], None],
    ) -> None:
        self._database, self._jobs, self._drain, self._clock = database, jobs, drain, clock
        self._patience, self._unfinished = patience, unfinished
        self._stopping = threading.Event()
        self._change = threading.Condition()
        # One that a peer had put back may run here twice.
        self._running: Counter[str] = Counter()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._begun_there: set[asyncio.Task[Any]] = set()

    def begin(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop

    def begun(self) -> set[str]:
        """What runs at this moment."""
        with self._change:
            return {*self._running}

    def job(self, name: str, workspace: str, key: str, attempt: int) -> None:
        def again(identity: str) -> None:
            later = _growing(attempt)
            self._database.write_now(queues.job_again, identity, name, workspace, key, attempt + 1, later)

        with self._counted(queues.JOBS) as identity:
            waits = self._patience if attempt == 1 else ()
            if not self._done(identity, attempt, waits, lambda: self._chunks(name, workspace, key)):
                self._insist(identity, again)

    def drain(self, workspace: str, attempt: int) -> None:
        def again(identity: str) -> None:
            self._database.write_now(queues.drain_again, identity, workspace, attempt + 1, _growing(attempt))

        with self._counted(queues.DRAINS) as identity:
            if not self._done(identity, attempt, (), lambda: self._drained(workspace)):
                self._insist(identity, again)

    def cancel_drains(self) -> None:
        """From any thread: what was begun on the loop stays unfinished."""
        if self._loop:
            self._loop.call_soon_threadsafe(lambda: [task.cancel() for task in self._begun_there])

    async def stop(self, within: float) -> None:
        """Nothing new begins; drains are cancelled and unwound, jobs end after the transaction they are in."""
        self._stopping.set()
        draining = tuple(self._begun_there)
        for task in draining:
            task.cancel()
        if draining:
            await asyncio.wait(draining, timeout=within)
        await asyncio.to_thread(self._wait_until_quiet, within)

    def _wait_until_quiet(self, within: float) -> None:
        with self._change:
            self._change.wait_for(lambda: not self._running, timeout=within)

    @contextmanager
    def _counted(self, queue: str) -> Iterator[str]:
        from dbos import DBOS

        identity = str(DBOS.workflow_id)
        queues.bells.heard(identity)
        with self._change:
            self._running[identity] += 1
        try:
            yield identity
        except Interrupted:
            self._unfinished(identity)
            raise
        finally:
            with self._change:
                self._running.subtract([identity])
                self._running += Counter()
                self._change.notify_all()
            queues.bells.ring(queue)

    def _done(self, identity: str, attempt: int, waits: Sequence[float], act: Callable[[], None]) -> bool:
        for pause in (*waits, None):
            self._go_on()
            try:
                act()
            except Exception:
                # Whatever a job raises is answered in the same way: told, and tried again.
                log.exception("job_failed", job=identity, attempt=attempt)
            else:
                return True
            if pause is not None:
                self._pause(pause)
        return False

    def _chunks(self, name: str, workspace: str, key: str) -> None:
        if name not in self._jobs:
            raise UnknownJob(name)
        job = self._jobs[name]
        if isinstance(job, JobApart):
            return self._apart(job, workspace, key)
        began = time.monotonic()
        while self._database.write_now(job, workspace, key, self._clock.now()):
            # SQLite hands its one lock to nobody in particular: chunk upon chunk would starve the queues' connections.
            self._pause(min(time.monotonic() - began, _LONGEST_BREATH) if self._database.is_sqlite else 0.0)
            began = time.monotonic()

    def _apart(self, job: JobApart, workspace: str, key: str) -> None:
        now = self._clock.now()
        gathered = self._database.read_now(job.gather, workspace, key, now)
        if gathered is not None:
            material, kept = gathered
            done = self._on_the_loop(partial(self._worked, job, material))
            self._database.write_now(job.tell, workspace, key, kept, done, now)

    async def _worked(self, job: JobApart, material: Any) -> Any:
        async with asyncio.timeout(_LONGEST_WORK):
            return await apart(job.work, material)

    def _drained(self, workspace: str) -> None:
        self._on_the_loop(partial(self._drain, workspace))

    def _on_the_loop(self, act: Callable[[], Awaitable[T]]) -> T:
        """From an engine's thread: what `act` gives, or Interrupted if the bot stops meanwhile."""
        if self._loop is None or self._loop.is_closed():
            raise Interrupted
        ended = asyncio.run_coroutine_threadsafe(self._begun(act), self._loop)
        # Not just `result()`: the loop may end before the work does, and then nobody would ever set one.
        while not wait([ended], timeout=1.0).done:
            if self._loop.is_closed():
                raise Interrupted
        if ended.cancelled():
            raise Interrupted
        return ended.result()

    async def _begun(self, act: Callable[[], Awaitable[T]]) -> T:
        task = asyncio.current_task()
        assert task is not None
        if self._stopping.is_set():
            raise asyncio.CancelledError
        self._begun_there.add(task)
        try:
            return await act()
        finally:
            self._begun_there.discard(task)

    def _insist(self, identity: str, again: Callable[[str], None]) -> None:
        """A job must not be lost because the database was away just when it failed."""
        while True:
            try:
                return again(identity)
            except Exception:
                log.exception("job_not_put_back", job=identity)
            self._pause(_DATABASE_GONE)

    def _go_on(self) -> None:
        if self._stopping.is_set():
            raise Interrupted

    def _pause(self, seconds: float) -> None:
        if self._stopping.wait(seconds):
            raise Interrupted


def _growing(attempt: int) -> float:
    return min(2.0 ** min(attempt - 1, 16), _LONGEST_WAIT)
