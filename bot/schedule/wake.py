"""The clock of one process: it wakes the sweep regularly, and at the next moment that is known."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import Clock
from bot.logs import logger

log = logger()
# What stays due for a while, because a peer holds it or the database is away, must not make the sweep spin.
_BREATH = timedelta(seconds=1)


class Wake:
    """`sweep()` sweeps and answers the next moment (calendar time) at which something is to happen, if one is known.

    It runs every `every`, and sooner for such a moment: never twice at once, and late rather than not at all.
    """

    def __init__(
        self,
        sweep: Callable[[], Awaitable[datetime | None]],
        clock: Clock,
        every: timedelta = timedelta(seconds=30),
    ) -> None:
        self._sweep, self._clock = sweep, clock
        self._scheduler = AsyncIOScheduler(
            timezone=UTC, job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        )
        self._every = every
        self._job: Any = None

    def start(self) -> None:
        """On the running loop. The first sweep comes at once."""
        self._job = self._scheduler.add_job(
            self._woken, "interval", seconds=self._every.total_seconds(), next_run_time=self._real(self._clock.now())
        )
        self._scheduler.start()

    def stop(self) -> None:
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    def at(self, moment: datetime) -> None:
        """Wakes the sweep at a moment, unless it wakes sooner anyway. On the loop's thread."""
        due = self._real(max(moment, self._clock.now() + _BREATH))
        if self._job and self._job.next_run_time and due < self._job.next_run_time:
            self._job.modify(next_run_time=due)

    async def _woken(self) -> None:
        try:
            moment = await self._sweep()
        except Exception:
            # The next one comes in any case; what was due then is due still.
            log.exception("sweep_failed")
        else:
            if moment is not None:
                self.at(moment)

    def _real(self, moment: datetime) -> datetime:
        """APScheduler reads the machine's clock, which nobody moves."""
        real: datetime = moment - self._clock.offset
        return real
