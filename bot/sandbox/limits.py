"""Slack's rate limits, in real time: a call passes and is counted, or is told how long to wait, and for which limit."""

from collections import deque
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.wire import RateLimited

TIER_PER_MINUTE = {"T1": 1, "T2": 20, "T3": 50, "T4": 100}
WINDOW = 60.0


@dataclass
class _Bucket:
    """Fills at a steady rate up to its capacity; a call takes one."""

    capacity: float
    per_second: float
    level: float
    at: float

    def wait(self, now: float) -> float:
        """Seconds until a call may pass; 0 when it may now."""
        self.level = min(self.capacity, self.level + (now - self.at) * self.per_second)
        self.at = now
        return 0.0 if self.level >= 1.0 - 1e-9 else (1.0 - self.level) / self.per_second


@dataclass
class Limits:
    """Times are monotonic seconds. Posting has a rate per workspace and one per channel; the rest has tiers."""

    post_per_minute: float = 300
    post_per_channel_per_second: float = 1
    channel_burst: float = 5
    enforce: bool = True
    tiers: dict[str, float] = field(default_factory=lambda: dict(TIER_PER_MINUTE))
    _posting: dict[str, _Bucket] = field(default_factory=dict)
    _channels: dict[str, _Bucket] = field(default_factory=dict)
    _windows: dict[tuple[str, str], deque[float]] = field(default_factory=dict)

    def change(self, wanted: dict[str, Any]) -> None:
        """Take new figures; ValueError names one that is not known. What was counted so far is forgotten."""
        known = {"post_per_minute", "post_per_channel_per_second", "channel_burst", "enforce", "tiers"}
        if unknown := set(wanted) - known:
            raise ValueError(f"No such limit: {', '.join(sorted(unknown))}. There are {', '.join(sorted(known))}.")
        for name, value in wanted.items():
            setattr(self, name, {**self.tiers, **value} if name == "tiers" else value)
        self._posting, self._channels, self._windows = {}, {}, {}

    def shown(self) -> dict[str, Any]:
        return {key: value for key, value in vars(self).items() if not key.startswith("_")}

    def call(self, app: str, method: str, tier: str, now: float) -> None:
        """Counts a call of this method. Raises RateLimited."""
        allowed = self.tiers.get(tier)
        if not self.enforce or allowed is None:
            return
        window = self._windows.setdefault((app, method), deque())
        while window and window[0] <= now - WINDOW:
            window.popleft()
        if len(window) >= allowed:
            raise RateLimited(window[0] + WINDOW - now, f"{allowed:g} calls of a method a minute, tier {tier[1:]}")
        window.append(now)

    def post(self, app: str, channel: str, now: float) -> None:
        """The same for one posted message: per workspace, and about one a second per channel."""
        if not self.enforce:
            return
        workspace = self._posting.get(app) or self._new_posting(app, now)
        one_channel = self._channels.get(f"{app} {channel}") or self._new_channel(f"{app} {channel}", now)
        for_all, for_one = workspace.wait(now), one_channel.wait(now)
        if for_all > for_one:
            raise RateLimited(for_all, f"{self.post_per_minute:g} messages a minute in all")
        if for_one:
            raise RateLimited(for_one, f"about {self.post_per_channel_per_second:g} message a second in one channel")
        workspace.level -= 1
        one_channel.level -= 1

    def _new_posting(self, app: str, now: float) -> _Bucket:
        burst = max(1.0, self.post_per_minute / 10)
        self._posting[app] = _Bucket(burst, self.post_per_minute / 60, burst, now)
        return self._posting[app]

    def _new_channel(self, key: str, now: float) -> _Bucket:
        burst = max(1.0, self.channel_burst)
        self._channels[key] = _Bucket(burst, self.post_per_channel_per_second, burst, now)
        return self._channels[key]
