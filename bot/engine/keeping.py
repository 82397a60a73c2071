"""Beside the jobs: an engine says that it lives, takes over from the dead, tells what gave up, clears away."""

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.database import Database
from bot.engine import executors
from bot.logs import logger
from rituals.tables import Tx

if TYPE_CHECKING:
    from dbos import WorkflowStatus

log = logger()
_CLEAR_EVERY = 60.0
_BATCH = 500
GAVE_UP = ["ERROR", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"]


class Keeper:
    """A thread of its own, so that neither a long job nor a busy loop makes the process look dead. Seconds are real."""

    def __init__(
        self,
        database: Database,
        executor: str,
        *,
        beat: float,
        dead_after: float,
        keep: float,
        fence: Callable[[], None],
        begun: Callable[[], set[str]],
        begun_within: float,
    ) -> None:
        self._database, self._executor, self._fence, self._begun = database, executor, fence, begun
        self._beat, self._dead_after, self._keep_for = beat, dead_after, keep
        self._begun_within = begun_within
        self._shared = not database.is_sqlite
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._keep, name="engine-keeper", daemon=True)
        self._unfinished: set[str] = set()
        self._waiting_to_begin: set[str] = set()
        self._told: set[str] = set()
        self._beaten = self._cleared = self._looked = 0.0
        self._unsteady: float | None = None

    def arrive(self) -> None:
        """Among the living before it takes any work."""
        if self._shared:
            self._database.write_now(executors.arrive, self._executor)

    def start(self) -> None:
        self._beaten = time.monotonic()
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        if self._thread.ident:
            self._thread.join()

    def unfinished(self, identity: str) -> None:
        """This execution was broken off without an outcome; it has to be put back for somebody to take up."""
        self._unfinished.add(identity)

    def depart(self) -> None:
        """The peers take up what this process leaves unfinished, at their next beat."""
        if self._shared:
            self._database.write_now(executors.leave, self._executor)

    def recover(self) -> int:
        """Puts back the unfinished work of processes that are gone. Returns how much there was."""
        return self._database.write_now(self._recovered) if self._shared else 0

    def _recovered(self, tx: Tx) -> int:
        if not executors.only_one(tx):
            return 0
        # In this order: whoever arrives in between stands among the living before he takes any work.
        running = _listed(["PENDING"])
        living = executors.alive(tx, self._dead_after)
        stranded = [left for left in running if left.executor_id not in living]
        _put_back(stranded)
        executors.forget_dead(tx, self._dead_after)
        if stranded:
            log.warning("dead_recovered", jobs=len(stranded))
        return len(stranded)

    def _put_back_broken_off(self) -> None:
        broken_off = self._unfinished.copy()
        _put_back(left for left in _listed(["PENDING"], executor=self._executor) if left.workflow_id in broken_off)
        self._unfinished -= broken_off

    def _put_back_never_begun(self) -> None:
        """When the database fails just after DBOS has taken a job for us, nobody begins it, and DBOS itself would look
        at it at the next start: what two looks in a row have found like that goes back onto its queue."""
        taken = {left.workflow_id: left for left in _listed(["PENDING"], executor=self._executor)}
        idle = taken.keys() - self._begun()
        never = idle & self._waiting_to_begin
        self._waiting_to_begin = idle - never
        if never:
            _put_back(taken[identity] for identity in never)
            log.warning("never_begun_put_back", jobs=len(never))

    def _keep(self) -> None:
        while not self._stopping.is_set():
            try:
                self._round()
            except Exception:
                # The database may be away for a while: each beat tries again, and says so.
                self._unsteady = time.monotonic()
                self._waiting_to_begin.clear()
                log.exception("keeping_failed")
            self._stopping.wait(self._beat)

    def _round(self) -> None:
        if self._shared:
            self._say_alive()
            # After an outage everybody's heartbeat is old: all get their time to be heard before one is taken for dead.
            if self._unsteady is None or time.monotonic() - self._unsteady > self._dead_after:
                self.recover()
        if self._unfinished:
            self._put_back_broken_off()
        if time.monotonic() - self._looked > self._begun_within:
            self._put_back_never_begun()
            self._looked = time.monotonic()
        if time.monotonic() - self._cleared > _CLEAR_EVERY:
            self._cleared = time.monotonic()
            self._tell()
            self.clear()

    def _say_alive(self) -> None:
        """After a long silence (the process was stopped, the machine slept) a peer may have our work: let go of it."""
        silent = time.monotonic() - self._beaten > self._dead_after
        if silent:
            self._fence()
        if not self._database.write_now(executors.beat, self._executor):
            if not silent:
                self._fence()
            self._database.write_now(executors.arrive, self._executor)
        self._beaten = time.monotonic()

    def _tell(self) -> None:
        for gone in _listed(GAVE_UP, limit=_BATCH):
            if gone.workflow_id not in self._told:
                self._told.add(gone.workflow_id)
                log.error("job_gave_up", job=gone.workflow_id, status=gone.status)

    def clear(self) -> None:
        """Forgets what ended well long enough ago. What gave up stays, for somebody to look at."""
        from dbos import DBOS

        before = datetime.fromtimestamp(time.time() - self._keep_for, UTC).isoformat()
        while done := _listed(["SUCCESS", "CANCELLED"], before=before, limit=_BATCH):
            DBOS.delete_workflows([each.workflow_id for each in done])


def _listed(
    status: list[str], *, executor: str | None = None, before: str | None = None, limit: int | None = None
) -> "list[WorkflowStatus]":
    from dbos import DBOS

    return DBOS.list_workflows(
        status=status,
        executor_id=executor,
        completed_before=before,
        limit=limit,
        load_input=False,
        load_output=False,
    )


def _put_back(left: "Iterable[WorkflowStatus]") -> None:
    """Each onto the queue it came from: a drain anywhere else would no longer be the only one of its workspace."""
    from dbos import DBOS

    by_queue: dict[str | None, list[str]] = defaultdict(list)
    for each in left:
        by_queue[each.queue_name].append(each.workflow_id)
    for queue, identities in by_queue.items():
        DBOS.resume_workflows(identities, queue_name=queue)
