"""The state of one Slack workspace: who and what is in it, and where each of its parts is found."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.sandbox.clock import Clock
from bot.sandbox.delivery import Delivery
from bot.sandbox.faults import Faults
from bot.sandbox.limits import Limits
from bot.sandbox.records import App, Channel, ChannelKind, File, OpenView
from bot.sandbox.store import Store
from bot.sandbox.tickets import Tickets
from bot.sandbox.updates import Updates
from bot.sandbox.wire import Json, SlackError, new_id
from bot.sandbox.wirelog import WireLog


@dataclass
class Workspace:
    """Everything in memory, in Slack's own shapes; `store` keeps what must outlive the process.

    `tour` and `answers` belong to whoever runs the workspace: what its page leads through, and what it answers there.
    """

    store: Store
    url: str = ""
    team: Json = field(default_factory=dict)
    apps: dict[str, App] = field(default_factory=dict)
    users: dict[str, Json] = field(default_factory=dict)
    usergroups: dict[str, Json] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    direct: dict[tuple[str, str], str] = field(default_factory=dict)
    ephemerals: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    views: dict[str, OpenView] = field(default_factory=dict)
    stacks: dict[str, list[str]] = field(default_factory=dict)
    homes: dict[tuple[str, str], str] = field(default_factory=dict)
    files: dict[str, File] = field(default_factory=dict)
    scheduled: dict[str, Json] = field(default_factory=dict)
    read_marks: dict[tuple[str, str], str] = field(default_factory=dict)
    message_inputs: dict[tuple[str, str, str], dict[str, dict[str, Json]]] = field(default_factory=dict)
    custom_emoji: frozenset[str] = frozenset()
    tour: Json | None = None
    answers: Mapping[str, Callable[[Json], Json]] = field(default_factory=dict)
    clock: Clock = field(default_factory=Clock)
    limits: Limits = field(default_factory=Limits)
    faults: Faults = field(default_factory=Faults)
    log: WireLog = field(default_factory=WireLog)
    updates: Updates = field(default_factory=Updates)
    tickets: Tickets = field(default_factory=Tickets)
    file_seconds: float = 0.3
    _last_ts: int = 0

    def __post_init__(self) -> None:
        self.delivery = Delivery(self)
        self.clock.changed = self._clock_changed
        self.log.changed = lambda entry: self.updates.tell({"kind": "log", "n": entry["n"]})

    @property
    def team_id(self) -> str:
        return str(self.team["id"])

    def new_ts(self, at: float | None = None) -> str:
        """The next message timestamp of the workspace: calendar time, unique; only a seed gives `at`."""
        wanted = int((self.clock.now() if at is None else at) * 1_000_000)
        if at is None:
            wanted = max(wanted, self._last_ts + 1)
        while at is not None and self._taken(wanted):
            wanted += 1
        self._last_ts = max(self._last_ts, wanted)
        return stamp(wanted)

    def seen_ts(self, ts: str) -> None:
        """A message that was there before: later ones come after it."""
        self._last_ts = max(self._last_ts, int(ts.replace(".", "")))

    def app_of_bot(self, user: str) -> App | None:
        return next((app for app in self.apps.values() if app.bot_user_id == user), None)

    def app_of_token(self, token: str) -> App | None:
        """The app that a bot token belongs to, whatever state that token is in."""
        for app in self.apps.values():
            if token == app.bot_token or token in app.tokens:
                return app
        return None

    def user(self, user: str) -> Json:
        if user not in self.users:
            raise SlackError("user_not_found")
        return self.users[user]

    def is_stranger(self, user: str) -> bool:
        """Whether she belongs to another company (Slack Connect)."""
        return bool(self.users.get(user, {}).get("team_id", self.team_id) != self.team_id)

    def dm(self, bot: str, user: str) -> Channel:
        """The conversation of two, opened when it is not there yet."""
        known = self.direct.get((bot, user))
        if known is None:
            channel = self.add_channel("im", members=[bot, user])
            self.direct[(bot, user)] = channel.id
            return channel
        return self.channels[known]

    def add_channel(
        self, kind: ChannelKind, name: str = "", members: list[str] | None = None, creator: str = ""
    ) -> Channel:
        channel = Channel(new_id("D" if kind == "im" else "C"), kind, name, dict.fromkeys(members or []), creator)
        channel.created = int(self.clock.now())
        self.channels[channel.id] = channel
        self.keep_channel(channel)
        return channel

    def keep_channel(self, channel: Channel) -> None:
        self.store.put("channel", channel.id, channel.saved())
        self.updates.tell({"kind": "channel", "channel": channel.id})

    def keep_user(self, user: str) -> None:
        self.store.put("user", user, self.users[user])
        self.updates.tell({"kind": "user", "user": user})

    def keep_message(self, channel: Channel, ts: str) -> None:
        message = channel.messages.get(ts)
        if message is None:
            self.store.drop("message", f"{channel.id}:{ts}")
        else:
            self.store.put("message", f"{channel.id}:{ts}", message)
        root = (message or {}).get("thread_ts")
        self.updates.tell({"kind": "message", "channel": channel.id, "ts": ts, "thread_ts": root})

    def keep_file(self, file: File) -> None:
        """Only a complete one: an upload that nobody finishes is forgotten."""
        self.files[file.id] = file
        self.store.put("file", file.id, file.saved())

    def find_name(self, sign: str, name: str) -> str | None:
        """What a typed ``@`` or ``#`` name stands for, in markup without its angle brackets."""
        bare = name.rstrip(".")
        if sign == "#":
            return next(
                (f"#{c.id}|{c.name}" for c in self.channels.values() if bare in (c.name, c.id) and c.name), None
            )
        if bare in ("channel", "here", "everyone"):
            return f"!{bare}"
        for user in self.users.values():
            if bare in (user["id"], user["name"]):
                return f"@{user['id']}"
        groups = (group for group in self.usergroups.values() if bare == group["handle"])
        return next((f"!subteam^{group['id']}|@{group['handle']}" for group in groups), None)

    def tz_offset(self, zone: str) -> int:
        """Seconds east of UTC, at the calendar's now."""
        offset = datetime.fromtimestamp(self.clock.now(), UTC).astimezone(ZoneInfo(zone)).utcoffset()
        return int(offset.total_seconds()) if offset else 0

    def keep_clock(self) -> None:
        self.store.put("clock", "clock", {"now": self.clock.now()})

    def _clock_changed(self) -> None:
        self.keep_clock()
        self.updates.tell({"kind": "clock", **self.clock.shown()})

    def _taken(self, wanted: int) -> bool:
        return any(stamp(wanted) in channel.messages for channel in self.channels.values())


def stamp(microseconds: int) -> str:
    return f"{microseconds // 1_000_000}.{microseconds % 1_000_000:06d}"


def is_channel_id(value: str) -> bool:
    return bool(re.fullmatch(r"[CDG][A-Z0-9]{2,}", value))


def is_user_id(value: str) -> bool:
    return bool(re.fullmatch(r"[UW][A-Z0-9]{2,}", value))
