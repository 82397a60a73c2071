"""Workspaces and Bolt apps for the tests of the sandbox."""

import asyncio
import socket
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import aiohttp
import pytest
import uvicorn
from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.server import Running
from tests.slackside import Person, View

Json = dict[str, Any]

BOT_TOKEN, APP_TOKEN, SECRET = "xoxb-sandbox-1", "xapp-sandbox-1", "a-signing-secret"
ANA, BO, EVE, BOT, APP = "U0ANA", "U0BO", "U0EVE", "U0CROSSWALK", "A0CROSSWALK"
GENERAL, PRIVATE, OTHER, HIDDEN, OLD = "C0GENERAL", "C0PRIVATE", "C0OTHER", "C0HIDDEN", "C0OLD"

SCOPES = [
    "app_mentions:read", "channels:history", "channels:join", "channels:read", "chat:write", "commands", "dnd:read",
    "files:read", "files:write", "groups:history", "groups:read", "im:history", "im:read", "im:write", "mpim:write",
    "reactions:read", "reactions:write", "team:read", "usergroups:read", "users:read", "users:read.email",
]  # fmt: skip
EVENTS = [
    "app_home_opened", "app_mention", "app_uninstalled", "channel_archive", "channel_rename", "file_shared",
    "group_left", "channel_left", "member_joined_channel", "member_left_channel", "message.channels", "message.groups",
    "message.im", "reaction_added", "reaction_removed", "team_join", "tokens_revoked", "user_change",
]  # fmt: skip


def manifest(address: str | None = None, *, scopes: list[str] | None = None, **changes: Any) -> Json:
    """Over Socket Mode, or over HTTP at an address."""
    url = {"url": address} if address else {}
    request_url = {"request_url": address} if address else {}
    shortcuts = [
        {"type": "global", "name": "Start", "callback_id": "start", "description": "Start"},
        {"type": "message", "name": "Keep", "callback_id": "keep", "description": "Keep"},
    ]
    return {
        "features": {
            "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
            "bot_user": {"display_name": "Crosswalk"},
            "slash_commands": [{"command": "/standup", "should_escape": True, **url}, {"command": "/raw", **url}],
            "shortcuts": shortcuts,
        },
        "oauth_config": {
            "redirect_urls": ["http://127.0.0.1/back"],
            "scopes": {"bot": SCOPES if scopes is None else scopes},
        },
        "settings": {
            "event_subscriptions": {"bot_events": EVENTS, **request_url},
            "interactivity": {"is_enabled": True, **request_url},
            "socket_mode_enabled": address is None,
            **changes,
        },
    }


def seed(app_manifest: Json | None = None, **changes: Any) -> Json:
    """Ana and Bo, a guest from elsewhere, an app; a public and a private channel with it and two without."""
    app = {"app_id": APP, "name": "Crosswalk", "bot_user_id": BOT, "bot_token": BOT_TOKEN, "app_token": APP_TOKEN}
    app |= {"signing_secret": SECRET, "client_id": "1.2", "client_secret": "hush"}
    return {
        "team": {"id": "T0ACME", "name": "Acme", "domain": "acme"},
        "now": "2026-11-23T07:00:00+00:00",
        "apps": [{**app, "manifest": app_manifest or manifest()}],
        "users": [
            {"id": ANA, "name": "ana", "real_name": "Ana Reis", "tz": "Europe/Lisbon", "email": "ana@acme.test"},
            {"id": BO, "name": "bo", "real_name": "Bo Lind", "tz": "America/New_York"},
            {"id": EVE, "name": "eve", "real_name": "Eve Elsewhere", "tz": "Asia/Kolkata", "team_id": "T0OTHER"},
        ],
        "usergroups": [{"id": "S0LEADS", "handle": "leads", "name": "Leads", "users": [BO]}],
        "channels": [
            {"id": GENERAL, "name": "general", "members": [ANA, BO, EVE, BOT], "is_ext_shared": True},
            {"id": PRIVATE, "name": "secret", "is_private": True, "members": [ANA, BOT]},
            {"id": OTHER, "name": "other", "members": [ANA]},
            {"id": HIDDEN, "name": "hidden", "is_private": True, "members": [BO]},
            {"id": OLD, "name": "old", "is_archived": True, "members": [ANA, BOT]},
        ],
        "retry_delays": [0, 0.05, 0.1],
        "ack_seconds": 1,
        **changes,
    }


@contextmanager
def running(planted: Json | None = None, data: str | None = None) -> Iterator[Running]:
    sandbox = Running.start(planted or seed(), data=data)
    try:
        yield sandbox
    finally:
        # A server takes a fifth of a second to end; only one with a database has something to wait for.
        ending = threading.Thread(target=sandbox.stop)
        ending.start()
        if data is not None:
            ending.join()


def client(sandbox: Running, token: str = BOT_TOKEN) -> AsyncWebClient:
    return AsyncWebClient(token=token, base_url=f"{sandbox.url}/api/", retry_handlers=[])


async def error_of(call: Any) -> str:
    """The code of the Slack error that a call raises."""
    with pytest.raises(SlackApiError) as raised:
        await call
    return str(raised.value.response["error"])


def bolt(sandbox: Running, **more: Any) -> AsyncApp:
    return AsyncApp(client=client(sandbox), signing_secret=SECRET, **more)


def hearing(sandbox: Running, *kinds: str) -> tuple[AsyncApp, list[Json]]:
    """An app that keeps the events of some kinds, and what it has heard."""
    app, heard = bolt(sandbox), list[Json]()

    async def keep(event: Json) -> None:
        heard.append(event)

    for kind in kinds:
        app.event(kind)(keep)
    return app, heard


@asynccontextmanager
async def over_socket(app: AsyncApp) -> AsyncIterator[AsyncSocketModeHandler]:
    """The app connected by Socket Mode."""
    handler = AsyncSocketModeHandler(app, APP_TOKEN)
    await handler.connect_async()  # type: ignore[no-untyped-call]
    try:
        yield handler
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]


async def connected(sandbox: Running, session: aiohttp.ClientSession) -> aiohttp.ClientWebSocketResponse:
    """A bare connection that has been greeted."""
    opened = await client(sandbox).apps_connections_open(app_token=APP_TOKEN)
    ws = await session.ws_connect(str(opened["url"]))
    assert (await ws.receive_json(timeout=20))["type"] == "hello"
    return ws


@asynccontextmanager
async def over_http(app: AsyncApp, listening: socket.socket) -> AsyncIterator[None]:
    """The app behind signed HTTP, on a socket that is already bound."""
    server = uvicorn.Server(uvicorn.Config(AsyncSlackRequestHandler(app), log_config=None, lifespan="off"))
    serving = asyncio.ensure_future(server.serve(sockets=[listening]))
    try:
        yield
    finally:
        server.should_exit = True
        await serving


def free_socket() -> tuple[socket.socket, str]:
    """A listening socket, and the address of Slack's requests on it."""
    listening = socket.socket(proto=socket.IPPROTO_TCP)
    listening.bind(("127.0.0.1", 0))
    listening.listen()
    return listening, f"http://127.0.0.1:{listening.getsockname()[1]}/slack/events"


def button(label: str = "Go", action_id: str = "go", **more: Any) -> Json:
    return {"type": "button", "text": {"type": "plain_text", "text": label}, "action_id": action_id, **more}


def actions(*elements: Json) -> list[Json]:
    return [{"type": "actions", "block_id": "acts", "elements": list(elements)}]


def text_input(block_id: str = "said", **more: Any) -> Json:
    element = {"type": "plain_text_input", "action_id": "said", **more}
    return {"type": "input", "block_id": block_id, "label": plain(f"What {block_id}?"), "element": element}


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def modal(*blocks: Json, **more: Any) -> Json:
    given = list(blocks) or [text_input()]
    return {
        "type": "modal",
        "callback_id": "form",
        "title": plain("Form"),
        "submit": plain("Send"),
        "blocks": given,
        **more,
    }


class Keeping(AsyncApp):
    """An app that acknowledges everything, and keeps the trigger and the response_url of each command and press."""

    def __init__(self, sandbox: Running) -> None:
        super().__init__(client=client(sandbox), signing_secret=SECRET)
        self.triggers: list[str] = []
        self.urls: list[str] = []
        self.command("/standup")(self._keep)
        self.action("go")(self._keep)
        self.shortcut("start")(self._keep)

    async def _keep(self, ack: AsyncAck, body: Json) -> None:
        await ack()
        self.triggers.append(body["trigger_id"])
        if "response_url" in body:
            self.urls.append(body["response_url"])


async def trigger(app: Keeping, person: Person) -> str:
    """A fresh trigger of hers."""
    await person.types("/standup", GENERAL)
    return app.triggers.pop()


async def opened(app: Keeping, person: Person, view: Json) -> View:
    """A modal before her."""
    await app.client.views_open(trigger_id=await trigger(app, person), view=view)
    shown = await person.view()
    assert shown is not None
    return shown


def keep_values(values: list[Json]) -> Any:
    """A listener that keeps the values of each submission."""

    async def submitted(ack: AsyncAck, view: Json) -> None:
        await ack()
        values.append(view["state"]["values"])

    return submitted
