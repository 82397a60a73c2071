"""The sandbox's own time: calendar time that can be moved, in steps for those who follow it, and real time."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

FOLLOWER_SECONDS = 5.0


def real_now() -> float:
    """Real seconds since the epoch: signatures, deadlines and limits run on it."""
    return time.time()


@dataclass
class Clock:
    """Calendar time is real time plus an offset; a jump sets a target that followers step towards."""

    offset: float = 0.0
    target: float = 0.0
    version: int = 1
    coming: list[dict[str, Any]] = field(default_factory=list)
    changed: Callable[[], None] = lambda: None
    _polling: int = 0
    _last_poll: float = -1e9
    _moved: asyncio.Condition = field(default_factory=asyncio.Condition)

    def now(self) -> float:
        return real_now() + self.offset

    def set(self, at: float) -> None:
        self.offset = at - real_now()

    def followed(self) -> bool:
        return self._polling > 0 or time.monotonic() - self._last_poll < FOLLOWER_SECONDS

    def shown(self) -> dict[str, Any]:
        now = self.now()
        return {
            "version": self.version,
            "now": now,
            "target": max(self.target, now),
            "running": self.target > now and self.followed(),
            "next": self.coming,
            "followed": self.followed(),
        }

    async def jump(self, to: float) -> None:
        """Ask for calendar time `to`; without a follower it is there at once. ValueError says why not."""
        now = self.now()
        if to < now:
            raise ValueError(f"Time only moves forward: it is already {_words(now)}.")
        self.target = max(self.target, to) if self.followed() else to
        if not self.followed():
            self.set(to)
        await self._bump()

    async def advance(self, to: float) -> None:
        """A follower has done what was due before `to`: now moves there, never back and never past the target."""
        reached = max(self.now(), min(to, self.target))
        if reached > self.now():
            self.set(reached)
        await self._bump()

    async def release(self) -> None:
        """Let go of everybody who waits for news."""
        await self._bump()

    async def schedule(self, coming: list[dict[str, Any]]) -> None:
        self.coming = coming
        self.changed()

    async def wait_for_news(self, seen: int, seconds: float, *, follower: bool) -> None:
        """Return when the version is no longer `seen`, or after `seconds`."""
        self._polling += follower
        try:
            async with asyncio.timeout(seconds):
                async with self._moved:
                    await self._moved.wait_for(lambda: self.version != seen)
        except TimeoutError:
            return
        finally:
            self._polling -= follower
            self._last_poll = time.monotonic() if follower else self._last_poll

    async def _bump(self) -> None:
        self.version += 1
        async with self._moved:
            self._moved.notify_all()
        self.changed()


def read_time(value: object) -> float:
    """Epoch seconds from an ISO date with an offset, or from a number. ValueError says what to write instead."""
    if isinstance(value, int | float):
        return float(value)
    if not isinstance(value, str):
        raise ValueError("Give a time as epoch seconds or like 2026-11-23T09:00:00+00:00.")
    try:
        return float(value)
    except ValueError:
        moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        raise ValueError(f"{value} names no offset: write it like {value}+00:00.")
    return moment.timestamp()


def _words(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%A %d %B %Y, %H:%M UTC")
