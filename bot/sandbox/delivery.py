"""Events on their way to the apps: who subscribed to what, the envelope, retries with the same event_id.

emit -> subscribed, allowed and present? -> wrap -> send -> acknowledged, or again after each delay
"""

import asyncio
from collections import deque
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from bot.sandbox.answers import ACK_SECONDS, Answer
from bot.sandbox.clock import real_now
from bot.sandbox.http_events import HttpEvents
from bot.sandbox.records import CHANNEL_TYPES, SCOPE_FAMILIES, App, Channel
from bot.sandbox.socket_mode import SocketHub
from bot.sandbox.wire import Json, new_id

if TYPE_CHECKING:
    from bot.sandbox.workspace import Workspace

Kind = Literal["events_api", "slash_commands", "interactive"]

RETRY_DELAYS = (0.0, 60.0, 300.0)
DELIVERIES_PER_HOUR = 30_000
DISABLE_FROM = 1_000
DISABLE_SHARE = 0.95

EVENT_SCOPES = {
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "message.mpim": "mpim:history",
    "app_mention": "app_mentions:read",
    "reaction_added": "reactions:read",
    "reaction_removed": "reactions:read",
    "user_change": "users:read",
    "user_status_changed": "users:read",
    "user_profile_changed": "users:read",
    "team_join": "users:read",
    "channel_created": "channels:read",
    "channel_rename": "channels:read",
    "channel_archive": "channels:read",
    "channel_unarchive": "channels:read",
    "channel_deleted": "channels:read",
    "channel_left": "channels:read",
    "group_left": "groups:read",
    "group_rename": "groups:read",
    "group_archive": "groups:read",
    "group_unarchive": "groups:read",
    "subteam_updated": "usergroups:read",
    "file_shared": "files:read",
    "app_home_opened": "",
    "app_uninstalled": "",
    "tokens_revoked": "",
}
"""Each event that the workspace sends, with the scope it takes; member_joined/left_channel depend on the channel."""


@dataclass
class _Hour:
    """What was delivered to an app in the last hour, for the limits on it."""

    results: deque[tuple[float, bool]] = field(default_factory=deque)
    failures: int = 0
    warned_at: float = 0.0
    disabled: bool = False

    def add(self, ok: bool) -> None:
        self.results.append((real_now(), ok))
        self.failures += not ok
        self.forget()
        if len(self.results) >= DISABLE_FROM and self.failures > DISABLE_SHARE * len(self.results):
            self.disabled = True

    def forget(self) -> None:
        while self.results and self.results[0][0] < real_now() - 3600:
            self.failures -= not self.results.popleft()[1]


class Delivery:
    """Sends events, commands and interactions to apps over their transport, and logs what came back."""

    def __init__(self, workspace: "Workspace") -> None:
        self._workspace = workspace
        self.sockets = SocketHub(workspace)
        self.http = HttpEvents(workspace)
        self.retry_delays: tuple[float, ...] = RETRY_DELAYS
        self.ack_seconds = ACK_SECONDS
        self._hours: dict[str, _Hour] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def emit(self, kind: str, event: Json, channel: Channel | None = None, *, only: App | None = None) -> None:
        """Send an event of a subscription kind ("message.channels") to every app that is to have it."""
        for app in [only] if only else list(self._workspace.apps.values()):
            if self._wanted(app, kind, channel):
                self._start(self._deliver(app, self._wrapped(app, event, channel)))

    def emit_message(self, event: Json, channel: Channel) -> None:
        """A message event, under the name that the kind of its channel gives it."""
        kind = {"public": "channels", "private": "groups", "im": "im", "mpim": "mpim"}[channel.kind]
        self.emit(f"message.{kind}", {**event, "channel_type": CHANNEL_TYPES[channel.kind]}, channel)

    async def request(self, app: App, kind: Kind, payload: Json, address: str | None = None) -> Answer:
        """Send one command or interaction and wait for its acknowledgement, three real seconds at most."""
        if app.socket_mode:
            answer = await self.sockets.send(app, kind, payload, self.ack_seconds)
        else:
            answer = await self.http.send(app, kind, payload, address, self.ack_seconds)
        direction = "command" if kind == "slash_commands" else "interaction"
        name = payload.get("command") or payload.get("type") or kind
        self._workspace.log.add(direction, name, payload, answer.body, ok=answer.ok, error=_error(answer))
        return answer

    def enable(self, app_id: str) -> None:
        """Switch events on again after Slack had disabled a failing subscription."""
        self._hours.pop(app_id, None)

    async def close(self) -> None:
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.sockets.close()
        await self.http.close()

    def _wanted(self, app: App, kind: str, channel: Channel | None) -> bool:
        if not app.installed and kind not in ("app_uninstalled", "tokens_revoked"):
            return False
        if kind not in app.bot_events or not self._allowed(app, kind, channel):
            return False
        leaving = kind in ("channel_left", "group_left", "app_home_opened", "channel_created", "channel_deleted")
        return channel is None or leaving or app.bot_user_id in channel.members

    def _allowed(self, app: App, kind: str, channel: Channel | None) -> bool:
        if kind in ("member_joined_channel", "member_left_channel") and channel is not None:
            return f"{SCOPE_FAMILIES[channel.kind]}:read" in app.scopes
        scope = EVENT_SCOPES.get(kind)
        return scope is not None and (scope == "" or scope in app.scopes)

    def _wrapped(self, app: App, event: Json, channel: Channel | None) -> Json:
        workspace = self._workspace
        own = {"team_id": workspace.team_id, "user_id": app.bot_user_id, "is_bot": True, "is_enterprise_install": False}
        return {
            "token": "legacy-verification-token",
            "team_id": workspace.team_id,
            "context_team_id": workspace.team_id,
            "context_enterprise_id": None,
            "api_app_id": app.app_id,
            "event": event,
            "type": "event_callback",
            "event_id": new_id("Ev"),
            "event_time": int(workspace.clock.now()),
            "authorizations": [{"enterprise_id": None, **own}],
            "is_ext_shared_channel": bool(channel and channel.is_ext_shared),
            "event_context": new_id("4-"),
        }

    async def _deliver(self, app: App, payload: Json) -> None:
        hour = self._hours.setdefault(app.app_id, _Hour())
        if hour.disabled or self._too_many(app, hour):
            return
        answer = await self._send_event(app, payload, 0, "")
        for number, delay in enumerate(self.retry_delays, start=1):
            if answer.ok or answer.no_retry:
                break
            await asyncio.sleep(delay)
            answer = await self._send_event(app, payload, number, answer.retry_reason)
        hour.add(answer.ok)

    async def _send_event(self, app: App, payload: Json, retry: int, reason: str) -> Answer:
        if app.socket_mode:
            answer = await self.sockets.send(app, "events_api", payload, self.ack_seconds, retry, reason)
        else:
            answer = await self.http.send_event(app, payload, self.ack_seconds, retry, reason)
        request = {**payload, "retry": retry} if retry else payload
        name = payload["event"]["type"]
        self._workspace.log.add("event", name, request, answer.body, ok=answer.ok, error=_error(answer))
        return answer

    def _too_many(self, app: App, hour: _Hour) -> bool:
        hour.forget()
        if len(hour.results) < DELIVERIES_PER_HOUR:
            return False
        if real_now() - hour.warned_at >= 60:
            hour.warned_at = real_now()
            minute = int(real_now()) // 60 * 60
            notice = {"type": "app_rate_limited", "team_id": self._workspace.team_id, "minute_rate_limited": minute}
            self._start(self._warn(app, {**notice, "api_app_id": app.app_id, "token": "legacy-verification-token"}))
        return True

    async def _warn(self, app: App, payload: Json) -> None:
        if app.socket_mode:
            await self.sockets.send(app, "events_api", payload, self.ack_seconds)
        else:
            await self.http.send_event(app, payload, self.ack_seconds, 0, "")

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _error(answer: Answer) -> str | None:
    return None if answer.ok else f"{answer.outcome}{f' {answer.status}' if answer.status else ''}"
