"""Durable jobs: what takes longer than a moment or must survive is put on a queue in the caller's own transaction.

    enqueue(tx, ...) -- commit --> queue -> a thread -> job(tx, workspace, key, now) in its own transaction
    enqueue_drain(tx, workspace)  ------> queue -> one at a time for a workspace -> drain(workspace) on the main loop

The only importer of DBOS. Nothing outside knows more than a job's name, its workspace and its key.
"""

from bot.engine.executors import AlreadyRunning, Hold
from bot.engine.queues import NotMigrated, enqueue, enqueue_drain, migrate
from bot.engine.running import Engine
from bot.engine.working import AnyJob, Drain, Job, JobApart

__all__ = [
    "AlreadyRunning",
    "AnyJob",
    "Drain",
    "Engine",
    "Hold",
    "Job",
    "JobApart",
    "NotMigrated",
    "enqueue",
    "enqueue_drain",
    "migrate",
]
