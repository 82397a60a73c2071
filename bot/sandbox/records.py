"""The nouns of a workspace: apps, channels, opened views, uploaded files."""

from bisect import bisect_left, insort
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from bot.sandbox.wire import Json

ChannelKind = Literal["public", "private", "im", "mpim"]

CHANNEL_TYPES = {"public": "channel", "private": "group", "im": "im", "mpim": "mpim"}
"""How an event names the kind of a conversation."""

SCOPE_FAMILIES = {"public": "channels", "private": "groups", "im": "im", "mpim": "mpim"}
"""The family whose scopes open a kind of conversation: channels:history, groups:read and so on."""


@dataclass
class App:
    """An installed app; its manifest says what it may do and where it is reached."""

    app_id: str
    name: str
    bot_user_id: str
    bot_id: str
    bot_token: str
    app_token: str
    signing_secret: str
    manifest: Json
    client_id: str = ""
    client_secret: str = ""
    tokens: dict[str, Json] = field(default_factory=dict)
    refresh_tokens: set[str] = field(default_factory=set)
    installed: bool = True

    @property
    def scopes(self) -> list[str]:
        return list(_at(self.manifest, "oauth_config", "scopes", "bot") or [])

    @property
    def bot_events(self) -> frozenset[str]:
        return frozenset(_at(self.manifest, "settings", "event_subscriptions", "bot_events") or [])

    @property
    def commands(self) -> dict[str, Json]:
        return {one["command"]: one for one in _at(self.manifest, "features", "slash_commands") or []}

    @property
    def shortcuts(self) -> dict[str, Json]:
        return {one["callback_id"]: one for one in _at(self.manifest, "features", "shortcuts") or []}

    @property
    def socket_mode(self) -> bool:
        return bool(_at(self.manifest, "settings", "socket_mode_enabled"))

    @property
    def interactive(self) -> bool:
        return bool(_at(self.manifest, "settings", "interactivity", "is_enabled"))

    @property
    def home_tab(self) -> bool:
        return bool(_at(self.manifest, "features", "app_home", "home_tab_enabled"))

    @property
    def messages_tab(self) -> bool:
        return bool(_at(self.manifest, "features", "app_home", "messages_tab_enabled"))

    @property
    def messages_read_only(self) -> bool:
        return bool(_at(self.manifest, "features", "app_home", "messages_tab_read_only_enabled"))

    @property
    def rotates_tokens(self) -> bool:
        return bool(_at(self.manifest, "settings", "token_rotation_enabled"))

    def address(self, kind: str, name: str = "") -> str | None:
        """Where signed HTTP requests of a kind go: "events", "interactivity", "options", or "command" with its name."""
        if kind == "command":
            url: str | None = self.commands.get(name, {}).get("url")
            return url
        interactivity = _at(self.manifest, "settings", "interactivity") or {}
        addresses = {
            "events": _at(self.manifest, "settings", "event_subscriptions", "request_url"),
            "interactivity": interactivity.get("request_url"),
            "options": interactivity.get("message_menu_options_url"),
        }
        address: str | None = addresses[kind]
        return address

    def saved(self) -> Json:
        return {**vars(self), "refresh_tokens": sorted(self.refresh_tokens)}


@dataclass
class Channel:
    """A conversation with its messages; `order` and `threads` keep timestamps sorted, oldest first."""

    id: str
    kind: ChannelKind
    name: str = ""
    members: dict[str, None] = field(default_factory=dict)
    creator: str = ""
    created: int = 0
    topic: str = ""
    is_archived: bool = False
    is_ext_shared: bool = False
    posting: Literal["everyone", "admins", "threads_only"] = "everyone"
    messages: dict[str, Json] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)
    threads: dict[str, list[str]] = field(default_factory=dict)

    def add(self, message: Json) -> None:
        ts = message["ts"]
        self.messages[ts] = message
        root = message.get("thread_ts")
        if root and root != ts:
            insort(self.threads.setdefault(root, []), ts)
        if not root or root == ts or message.get("subtype") == "thread_broadcast":
            insort(self.order, ts)

    def remove(self, ts: str) -> None:
        message = self.messages.pop(ts)
        for listing in (self.order, self.threads.get(message.get("thread_ts", ""), [])):
            at = bisect_left(listing, ts)
            if at < len(listing) and listing[at] == ts:
                del listing[at]

    def thread(self, root: str) -> Iterator[Json]:
        """The root, then its replies, oldest first."""
        yield self.messages[root]
        yield from (self.messages[ts] for ts in self.threads.get(root, []))

    def saved(self) -> Json:
        left_out = {"messages", "order", "threads"}
        return {key: value for key, value in vars(self).items() if key not in left_out} | {
            "members": list(self.members)
        }


@dataclass
class OpenView:
    """A view as Slack holds it: what the app gave, whose it is, and what the person has entered so far."""

    app_id: str
    user: str
    wire: Json
    entered: dict[str, dict[str, Json]] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return str(self.wire["id"])


@dataclass
class File:
    """An upload; `ready_at` is the real time from which it is processed, `shares` the messages by conversation."""

    id: str
    name: str
    user: str
    size: int
    title: str = ""
    content: bytes | None = None
    completed: bool = False
    ready_at: float = 0.0
    created: int = 0
    shares: dict[str, list[str]] = field(default_factory=dict)

    def saved(self) -> Json:
        return {**vars(self), "content": (self.content or b"").hex()}


def _at(manifest: Json, *path: str) -> Any:
    found: Any = manifest
    for step in path:
        found = (found or {}).get(step)
    return found
