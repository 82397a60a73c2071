"""How Slack reaches the bot: over a socket that the bot opens, or over HTTP at an address of its own."""

import asyncio
from collections.abc import Awaitable, Callable
from socket import IPPROTO_TCP, create_server
from socket import socket as Socket
from typing import Any, TypeVar

import aiohttp
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.logs import logger

log = logger()
T = TypeVar("T")
PATH = "/slack/events"
PATIENCE = 5.0
AWAY = (
    f"Slack does not answer. Nothing is lost: it is asked again every {PATIENCE:.0f} seconds. If this goes on, check "
    "the network of this machine, SLACK_API_URL if it is set, and status.slack.com."
)
LOOK, LONGEST_PAUSE = 2.0, 30.0
STALE_AFTER = 2  # looks without a connection until the socket's address is thrown away


class TokenRefused(Exception):
    """Slack does not accept a token; `method` says which call told, `error` what."""

    def __init__(self, method: str, error: str) -> None:
        super().__init__(f"{method}: {error}")
        self.method, self.error = method, error


async def socket_mode(app: AsyncApp, app_token: str, client: AsyncWebClient, ready: Callable[[], None]) -> None:
    """Holds a Socket Mode connection until cancelled. Raises TokenRefused.

    The SDK keeps trying an address whose ticket was used, so one that does not connect is thrown away.
    """
    from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler

    # The SDK would try a bad token for ever, so it is asked about first.
    await until_answered("apps.connections.open", lambda: client.apps_connections_open(app_token=app_token))
    handler = AsyncSocketModeHandler(app, app_token, web_client=client)
    await handler.connect_async()  # type: ignore[no-untyped-call]
    ready()
    missed, pause = 0, LOOK
    try:
        while True:
            await asyncio.sleep(pause)
            if await handler.client.is_connected():
                missed, pause = 0, LOOK
                continue
            missed += 1
            if missed >= STALE_AFTER:
                log.warning("socket_stale", looks=missed)
                handler.client.wss_uri = None
                # Until it works: the SDK itself gives up once Slack has refused it a new address.
                again = await _again(handler.client.connect_to_new_endpoint)
                pause = LOOK if again else min(2 * pause, LONGEST_PAUSE)
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]


async def _again(connect: Callable[[], Awaitable[Any]]) -> bool:
    try:
        await connect()
    except Exception as error:
        log.warning("socket_not_yet", error=type(error).__name__)
        return False
    return True


async def until_answered(what: str, ask: Callable[[], Awaitable[T]]) -> T:
    """Asks Slack until it answers. Raises TokenRefused where asking again cannot help."""
    while True:
        try:
            return await ask()
        except SlackApiError as error:
            code = str(error.response.get("error") or error.response.status_code)
            if code in _FOR_GOOD:
                raise TokenRefused(what, code) from error
            log.warning("slack_away", what=what, error=code, told=AWAY)
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            log.warning("slack_away", what=what, error=type(error).__name__, told=AWAY)
        await asyncio.sleep(PATIENCE)


_FOR_GOOD = {
    "invalid_auth",
    "not_authed",
    "account_inactive",
    "token_revoked",
    "token_expired",
    "missing_scope",
    "not_allowed_token_type",
}


async def http(app: AsyncApp, listening: Socket, ready: Callable[[], None]) -> None:
    """Serves Slack's requests at `/slack/events`, and `/health`, until cancelled."""
    import uvicorn
    from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler

    slack = AsyncSlackRequestHandler(app, PATH)

    async def serve(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http" and scope["path"] == "/health":
            await _healthy(send)
        else:
            await slack(scope, receive, send)

    config = uvicorn.Config(
        serve,
        log_level="warning",
        access_log=False,
        http="httptools",
        lifespan="off",
        ws="none",
        # Longer than the minute that load balancers keep a connection, which else send into one that has just closed.
        timeout_keep_alive=75,
    )
    config.load()
    server = uvicorn.Server(config)
    server.lifespan = config.lifespan_class(config)
    # Not server.serve(): signals belong to the program, not to the server in it.
    await server.startup(sockets=[listening])
    ready()
    try:
        await server.main_loop()
    finally:
        await server.shutdown(sockets=[listening])


def listen(host: str, port: int) -> Socket:
    """Takes the port. Raises OSError when somebody else has it."""
    listening = create_server((host, port), backlog=2048)
    # asyncio switches Nagle's delay off only for sockets that say they are TCP, and what they accept says the same.
    return Socket(listening.family, listening.type, IPPROTO_TCP, fileno=listening.detach())


async def _healthy(send: Any) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/plain")]})
    await send({"type": "http.response.body", "body": b"ok\n"})
