"""Follows the sandbox's clock. A jump is stepped: to the next moment at which something happens, until all of it has
happened, then on; otherwise everything in between would count as late.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol
from urllib.parse import urlsplit

import aiohttp

from bot.clock import Clock
from bot.database import Database
from bot.logs import logger
from rituals.tables import Tx

log = logger()
Act = Callable[[aiohttp.ClientSession], Awaitable[None]]

# The sandbox counts a bot as following while it has asked within the last five seconds.
_LONG_POLL = 2.0
_RETRY = 0.5
_TELL_AFTER = 30.0
# Below this the two clocks are one machine's, read a moment apart.
_SAME = timedelta(seconds=0.5)
_LITTLE = timedelta(minutes=1)
_SWEEPS = 20
_GLANCE = 0.01
_SWEEP_AGAIN = 0.3
_NEVER = datetime.min.replace(tzinfo=UTC)


def sandbox_origin(api_url: str | None, token: str) -> str | None:
    """Where the sandbox's clock is ("http://127.0.0.1:8765"), if that is one: a loopback address, a sandbox token."""
    parts = urlsplit(api_url or "")
    if parts.hostname not in ("127.0.0.1", "localhost", "::1") or not token.startswith("xoxb-sandbox"):
        return None
    return f"{parts.scheme}://{parts.netloc}"


@dataclass(frozen=True, slots=True)
class Next:
    """One line of what comes next, for the sandbox's page."""

    at: datetime
    what: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Read in one transaction, so that nothing slips between its two halves: whether all that has begun is done, and
    the first moment at which anything else happens (it may have passed, when a sweep has not taken it yet)."""

    quiet: bool
    moment: datetime | None


class Companion(Protocol):
    """Whoever acts in the sandbox at moments of its calendar, as the colleagues in the demonstration do."""

    async def next_moment(self) -> datetime | None:
        """When there is something to do next; it may have passed."""
        ...

    async def act(self, now: datetime) -> None:
        """Does all whose moment has come, and returns when the bot has heard of it."""
        ...


class Follower:
    """`sweep()` sweeps once; `standing(tx)` reads where things stand; `coming(tx)` lists what is next.

    A `companion`'s moments count like the bot's own: no jump passes over them.
    """

    def __init__(
        self,
        origin: str,
        token: str,
        clock: Clock,
        database: Database,
        *,
        sweep: Callable[[], Awaitable[object]],
        standing: Callable[[Tx], Standing],
        coming: Callable[[Tx], Sequence[Next]],
        companion: Companion | None = None,
    ) -> None:
        self._origin, self._token = origin, token
        self._clock, self._database = clock, database
        self._sweep, self._standing, self._coming = sweep, standing, coming
        self._companion = companion
        self.on_time = asyncio.Event()
        """Set once our clock shows what the sandbox's does."""
        self._target = _NEVER
        self._moved = asyncio.Event()
        self._version = -1
        self._published: list[dict[str, Any]] | None = None

    async def run(self) -> None:
        """Until cancelled. A sandbox that is away is waited for."""
        headers = {"Authorization": f"Bearer {self._token}"}
        # Two tasks: a step may take longer than the sandbox waits before it takes us for gone.
        async with aiohttp.ClientSession(headers=headers) as session, asyncio.TaskGroup() as tasks:
            tasks.create_task(self._again(self._ask, session))
            tasks.create_task(self._again(self._step_there, session))

    async def _again(self, act: Act, session: aiohttp.ClientSession) -> None:
        while True:
            try:
                await act(session)
            except (aiohttp.ClientError, TimeoutError, OSError) as away:
                log.warning("clock_away", error=type(away).__name__)
                self._version = -1  # what comes back may count anew
                await asyncio.sleep(_RETRY)
            except Exception:
                log.exception("clock_failed")
                await asyncio.sleep(_RETRY)

    async def _ask(self, session: aiohttp.ClientSession) -> None:
        params = {"seen": str(self._version), "wait": str(_LONG_POLL)}
        async with session.get(f"{self._origin}/control/clock", params=params) as answer:
            answer.raise_for_status()
            shown = await answer.json()
        if shown["version"] >= self._version:  # else a step of ours has overtaken this answer
            self._see(shown)
        self._moved.set()

    async def _step_there(self, session: aiohttp.ClientSession) -> None:
        """Steps until the target is reached, then says what comes next and waits for news."""
        await self._moved.wait()
        self._moved.clear()
        if self._target > self._clock.now() or await self._companion_is_due():
            await self._jump(session)
        await self._publish(session)

    async def _jump(self, session: aiohttp.ClientSession) -> None:
        moment = await self._settle()
        while self._target > self._clock.now():
            await self._advance(session, moment)
            moment = await self._settle()

    async def _settle(self) -> datetime | None:
        """Lets everybody do what is due, until all of it has happened. Answers the next moment."""
        moment = await self._bot_settles()
        while await self._companion_is_due():
            await self._act()
            moment = await self._bot_settles()
        theirs = await self._companion.next_moment() if self._companion else None
        return min((each for each in (moment, theirs) if each is not None), default=None)

    async def _companion_is_due(self) -> bool:
        moment = await self._companion.next_moment() if self._companion else None
        return moment is not None and moment <= self._clock.now()

    async def _act(self) -> None:
        if self._companion is not None:
            await self._companion.act(self._clock.now())

    async def _bot_settles(self) -> datetime | None:
        """Sweeps until nothing is due and everything begun is done. Answers the next moment."""
        for _ in range(_SWEEPS):
            await self._sweep()
            moment = await self._until_quiet()
            if moment is None or moment > self._clock.now():
                return moment
        # Something due is not taken, whoever holds it. Waiting would stop the clock for good.
        log.warning("clock_overdue", moment=str(moment))
        return self._clock.now() + _LITTLE

    async def _until_quiet(self) -> datetime | None:
        began = told = swept = time.monotonic()
        while not (standing := await self._database.read(self._standing)).quiet:
            if time.monotonic() - swept > _SWEEP_AGAIN:
                # Time goes on by itself meanwhile, and something may have come due that nobody has begun.
                await self._sweep()
                swept = time.monotonic()
            if time.monotonic() - told > _TELL_AFTER:
                told = time.monotonic()
                log.warning("clock_waits", seconds=round(told - began))
            await asyncio.sleep(_GLANCE)
        return standing.moment

    async def _advance(self, session: aiohttp.ClientSession, moment: datetime | None) -> None:
        to = self._target if moment is None else min(moment, self._target)
        # Read before asking: our clock may then be ahead by the length of a request, and never short of the moment.
        asked = self._real()
        async with session.post(f"{self._origin}/control/clock/advance", json={"to": to.timestamp()}) as answer:
            answer.raise_for_status()
            shown = await answer.json()
        self._clock.offset = _moment(shown["now"]) - asked
        self._note(shown)

    async def _publish(self, session: aiohttp.ClientSession) -> None:
        listed = [{"at": each.at.timestamp(), "what": each.what} for each in await self._database.read(self._coming)]
        if listed == self._published:
            return
        async with session.post(f"{self._origin}/control/clock/schedule", json={"next": listed}) as answer:
            answer.raise_for_status()
        self._published = listed

    def _see(self, shown: dict[str, Any]) -> None:
        offset = _moment(shown["now"]) - self._real()
        if abs(offset - self._clock.offset) > _SAME:
            self._clock.offset = offset
        self.on_time.set()
        self._note(shown)

    def _note(self, shown: dict[str, Any]) -> None:
        # While no jump is on, the sandbox answers its own now, which may be a hair ahead of ours and is no target.
        self._target = _moment(shown["target"]) if shown["running"] else _NEVER
        self._version = shown["version"]

    def _real(self) -> datetime:
        return self._clock.now() - self._clock.offset


def _moment(epoch: float) -> datetime:
    return datetime.fromtimestamp(epoch, UTC)
