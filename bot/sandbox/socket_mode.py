"""Socket Mode: one-time tickets, several connections per app, envelopes and their acknowledgements, refreshes."""

import asyncio
import itertools
import json
import secrets
import uuid
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from bot.sandbox.answers import Answer
from bot.sandbox.records import App
from bot.sandbox.wire import Json, SlackError

if TYPE_CHECKING:
    from bot.sandbox.workspace import Workspace

MOST_CONNECTIONS = 10
CONNECTION_SECONDS = 4 * 3600.0
DEBUG_CONNECTION_SECONDS = 360.0
WARNING_SECONDS = 10.0
REFRESH_GRACE_SECONDS = 0.5

Order = Literal["disconnect", "warning", "refresh", "refuse"]


@dataclass(eq=False)
class _Connection:
    app_id: str
    websocket: WebSocket
    writing: asyncio.Lock = field(default_factory=asyncio.Lock)
    leaving: bool = False

    async def send(self, message: Json) -> bool:
        """Whether the message went out; a connection that has just broken takes nothing."""
        async with self.writing:
            if self.websocket.application_state is not WebSocketState.CONNECTED:
                return False
            try:
                await self.websocket.send_text(json.dumps(message))
            except (WebSocketDisconnect, RuntimeError):
                return False
        return True


class SocketHub:
    """Every open connection; a payload goes to any one of its app's, the acknowledgement may come on another."""

    def __init__(self, workspace: "Workspace") -> None:
        self._workspace = workspace
        self._connections: dict[str, list[_Connection]] = {}
        self._waiting: dict[str, asyncio.Future[Any]] = {}
        self._turn = itertools.count()
        self._orders: set[asyncio.Task[None]] = set()
        self.connection_seconds = CONNECTION_SECONDS

    def open_address(self, app: App, *, debug: bool = False) -> str:
        """A new one-time address for a connection of this app."""
        ticket = self._workspace.tickets.new_socket(app.app_id)
        base = self._workspace.url.replace("http", "ws", 1)
        return f"{base}/link/?ticket={ticket}&app_id={app.app_id}{'&debug_reconnects=true' if debug else ''}"

    def connected(self, app_id: str) -> int:
        return len(self._connections.get(app_id, []))

    async def serve(self, websocket: WebSocket) -> None:
        """The endpoint: refuses used or unknown tickets in the handshake, then carries envelopes until it ends."""
        app_id = self._workspace.tickets.use_socket(websocket.query_params.get("ticket", ""))
        faults = self._workspace.faults
        if not app_id or faults.down or faults.refuse_sockets or self.connected(app_id) >= MOST_CONNECTIONS:
            await websocket.close(code=1008)
            return
        await websocket.accept()
        connection = _Connection(app_id, websocket)
        self._connections.setdefault(app_id, []).append(connection)
        self._workspace.updates.tell({"kind": "app", "app_id": app_id})
        debug = websocket.query_params.get("debug_reconnects") == "true"
        life = DEBUG_CONNECTION_SECONDS if debug else self.connection_seconds
        ending = asyncio.ensure_future(self._end_of_life(connection, life))
        try:
            await connection.send(self._hello(app_id, life))
            while True:
                self._acknowledge(await websocket.receive_text())
        except (WebSocketDisconnect, RuntimeError, KeyError):
            # The other side is gone, or our own close has already ended the reading.
            connection.leaving = True
        finally:
            ending.cancel()
            self._connections[app_id].remove(connection)
            self._workspace.updates.tell({"kind": "app", "app_id": app_id})

    async def send(
        self, app: App, kind: str, payload: Json, seconds: float, retry: int = 0, reason: str = ""
    ) -> Answer:
        """Send an envelope and wait for its acknowledgement."""
        envelope_id = str(uuid.uuid4())
        envelope: Json = {"envelope_id": envelope_id, "payload": payload, "type": kind}
        envelope["accepts_response_payload"] = kind != "events_api"
        if kind == "events_api":
            envelope |= {"retry_attempt": retry, "retry_reason": "timeout" if reason == "http_timeout" else reason}
        acknowledged: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._waiting[envelope_id] = acknowledged
        try:
            if not await self._hand_over(app.app_id, envelope):
                return Answer("not_connected")
            async with asyncio.timeout(seconds):
                return Answer("ok", await acknowledged)
        except TimeoutError:
            return Answer("timeout")
        finally:
            del self._waiting[envelope_id]

    async def order(self, what: Order) -> None:
        """Injected trouble: drop every socket, warn of a refresh, refresh, or refuse new ones as well."""
        self._workspace.faults.refuse_sockets = what == "refuse"
        for connection in [one for ours in self._connections.values() for one in ours]:
            if what in ("disconnect", "refuse"):
                await self._close(connection)
            else:
                task = asyncio.ensure_future(self._refresh(connection, warn=what == "warning"))
                self._orders.add(task)
                task.add_done_callback(self._orders.discard)

    async def disable(self, app_id: str) -> None:
        """Socket Mode was switched off, or the app removed: say so and close."""
        for connection in list(self._connections.get(app_id, [])):
            await connection.send(_goodbye("link_disabled"))
            await self._close(connection)

    async def close(self) -> None:
        for task in list(self._orders):
            task.cancel()
        for connection in [one for ours in self._connections.values() for one in ours]:
            await self._close(connection)

    async def _hand_over(self, app_id: str, envelope: Json) -> bool:
        """To any connection that is staying, else to any that is still there."""
        ours = self._connections.get(app_id, [])
        staying = [one for one in ours if not one.leaving] or list(ours)
        start = next(self._turn)
        for number in range(len(staying)):
            if await staying[(start + number) % len(staying)].send(envelope):
                return True
        return False

    def _acknowledge(self, text: str) -> None:
        try:
            message = json.loads(text)
        except ValueError:
            return
        waiting = self._waiting.get(message.get("envelope_id", "")) if isinstance(message, dict) else None
        if waiting is not None and not waiting.done():
            waiting.set_result(message.get("payload"))

    def _hello(self, app_id: str, life: float) -> Json:
        debug = {"host": f"applink-{secrets.token_hex(3)}", "build_number": 1, "approximate_connection_time": int(life)}
        return {
            "type": "hello",
            "num_connections": self.connected(app_id),
            "debug_info": debug,
            "connection_info": {"app_id": app_id},
        }

    async def _end_of_life(self, connection: _Connection, seconds: float) -> None:
        await asyncio.sleep(max(0.0, seconds - WARNING_SECONDS))
        await self._refresh(connection, warn=True)

    async def _refresh(self, connection: _Connection, *, warn: bool) -> None:
        connection.leaving = True
        if warn:
            await connection.send(_goodbye("warning"))
            await asyncio.sleep(WARNING_SECONDS)
        await connection.send(_goodbye("refresh_requested"))
        await asyncio.sleep(REFRESH_GRACE_SECONDS)
        await self._close(connection)

    async def _close(self, connection: _Connection) -> None:
        connection.leaving = True
        with suppress(RuntimeError, WebSocketDisconnect):
            # It may have gone by itself in this very moment.
            await connection.websocket.close()


def checked_app_token(app: App | None) -> App:
    """The app of an app-level token; SlackError when it is not one that may open connections."""
    if app is None or not app.installed:
        raise SlackError("invalid_auth")
    if not app.socket_mode:
        raise SlackError("socket_mode_not_enabled")
    return app


def _goodbye(reason: str) -> Json:
    return {"type": "disconnect", "reason": reason, "debug_info": {"host": f"applink-{secrets.token_hex(3)}"}}
