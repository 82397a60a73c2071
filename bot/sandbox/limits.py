"""Slack's rate limits, in real time: how long a call must wait, or that it may pass now."""

import math
from collections import deque
from dataclasses import dataclass, field
from typing import Any

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

    def call(self, app: str, method: str, tier: str, now: float) -> int:
        """Seconds to wait before this method may be called (0: now, and the call is counted)."""
        allowed = self.tiers.get(tier)
        if not self.enforce or allowed is None:
            return 0
        window = self._windows.setdefault((app, method), deque())
        while window and window[0] <= now - WINDOW:
            window.popleft()
        if len(window) >= allowed:
            return max(1, math.ceil(window[0] + WINDOW - now))
        window.append(now)
        return 0

    def post(self, app: str, channel: str, now: float) -> int:
        """The same for one posted message: per workspace, and about one a second per channel."""
        if not self.enforce:
            return 0
        workspace = self._posting.get(app) or self._new_posting(app, now)
        one_channel = self._channels.get(f"{app} {channel}") or self._new_channel(f"{app} {channel}", now)
        if seconds := max(workspace.wait(now), one_channel.wait(now)):
            return max(1, math.ceil(seconds))
        workspace.level -= 1
        one_channel.level -= 1
        return 0

    def _new_posting(self, app: str, now: float) -> _Bucket:
        burst = max(1.0, self.post_per_minute / 10)
        self._posting[app] = _Bucket(burst, self.post_per_minute / 60, burst, now)
        return self._posting[app]

    def _new_channel(self, key: str, now: float) -> _Bucket:
        burst = max(1.0, self.channel_burst)
        self._channels[key] = _Bucket(burst, self.post_per_channel_per_second, burst, now)
        return self._channels[key]
