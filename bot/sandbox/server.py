"""The process around a workspace: one address for the API, the sockets, the control endpoints and the page."""

import asyncio
import signal
import socket
import struct
import sys
import threading
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Self

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket

from bot.sandbox import control, downloads, oauth, page, responses
from bot.sandbox.files import at_new_address
from bot.sandbox.guard import LOOPBACK, Guard
from bot.sandbox.seed import begin
from bot.sandbox.ticking import tick_for_ever
from bot.sandbox.webapi import dispatch, files
from bot.sandbox.wire import Json, SlackError
from bot.sandbox.workspace import Workspace

START_SECONDS = 15


Answers = Mapping[str, Callable[[Json], Json]]


def serve(
    seed: Json,
    *,
    host: str = "127.0.0.1",
    port: int = 8765,
    data: str | None = None,
    answers: Answers | None = None,
    listens: Callable[[], None] = lambda: None,
) -> None:
    """Run until SIGINT or SIGTERM. OSError when the address is taken, ValueError for a seed that does not fit.

    `answers`: what the page may ask of whoever runs this, such as what its tour ends with. `listens` is called once
    whoever connects is heard.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        # The server stops on these by itself and raises them again afterwards; by then all is done.
        signal.signal(number, lambda *_: None)
    workspace = begin(seed, data)
    workspace.answers = answers or {}
    server = _server(workspace, host, port)
    if host not in LOOPBACK:
        print(
            f"The sandbox listens on {host}: anybody who reaches this machine can act as anybody in it.",
            file=sys.stderr,
        )
    listens()
    server.run(sockets=[server.listening])


class Running:
    """A workspace in a thread of its own, for tests and measurements."""

    def __init__(self, server: "_Server") -> None:
        self._server = server
        self._thread = threading.Thread(target=self._run, name="sandbox", daemon=True)
        self.workspace = server.workspace
        self.url = server.workspace.url

    @classmethod
    def start(cls, seed: Json, port: int = 0, data: str | None = None, answers: Answers | None = None) -> Self:
        """Returns when it answers; `.url` is its address, `.stop()` ends it."""
        workspace = begin(seed, data)
        workspace.answers = answers or {}
        running = cls(_server(workspace, "127.0.0.1", port))
        running._thread.start()
        if not running._server.ready.wait(START_SECONDS):
            raise TimeoutError("The sandbox did not start.")
        return running

    def stop(self) -> None:
        """Returns when it has ended and everything is on the disk."""
        self._server.should_exit = True
        self._thread.join()

    def _run(self) -> None:
        self._server.run(sockets=[self._server.listening])


class _Server(uvicorn.Server):
    """Lets go of whoever waits for news before it closes, and can break a connection on purpose."""

    def __init__(self, workspace: Workspace, listening: socket.socket, host: str) -> None:
        self.workspace = workspace
        self.listening = listening
        self.ready = threading.Event()
        app = Guard(Starlette(routes=_routes(workspace, self.reset), lifespan=self._lifespan), host)
        config = uvicorn.Config(
            app,
            log_config=None,
            log_level="warning",
            access_log=False,
            # Longer than any client keeps a connection, so that none is closed in the moment it is used again.
            timeout_keep_alive=75,
            timeout_graceful_shutdown=2,
        )
        super().__init__(config)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self.workspace.updates.close()
        await self.workspace.clock.release()
        await self.workspace.delivery.close()
        await super().shutdown(sockets)
        self.workspace.keep_clock()
        self.workspace.store.close()

    def reset(self, request: Request) -> None:
        """Break the connection of a request as a failing network does (RST, no answer)."""
        for connection in list(self.server_state.connections):
            if getattr(connection, "client", None) == tuple(request.scope["client"]):
                transport = connection.transport
                opened = transport.get_extra_info("socket")
                opened.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                transport.abort()

    @asynccontextmanager
    async def _lifespan(self, app: Starlette) -> AsyncIterator[None]:
        ticking = asyncio.ensure_future(tick_for_ever(self.workspace))
        yield
        ticking.cancel()
        await asyncio.gather(ticking, return_exceptions=True)


def _server(workspace: Workspace, host: str, port: int) -> _Server:
    # Named as TCP, since asyncio switches Nagle's delay off (40 ms an answer) only where it knows that.
    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, proto=socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind((host, port))
    listening.listen(2048)
    shown = "127.0.0.1" if host in ("0.0.0.0", "::") else host
    workspace.url = f"http://{shown}:{listening.getsockname()[1]}"
    at_new_address(workspace)
    return _Server(workspace, listening, host)


def _routes(workspace: Workspace, reset: dispatch.Reset) -> list[BaseRoute]:
    async def api(request: Request) -> Response:
        return await dispatch.answer(workspace, request, reset)

    async def respond(request: Request) -> Response:
        return await responses.receive(workspace, request)

    async def upload(request: Request) -> Response:
        said = files.receive(workspace, request.path_params["place"], await request.body())
        return PlainTextResponse(said or "no_such_upload", 200 if said else 404)

    async def download(request: Request) -> Response:
        met = await dispatch.trouble(workspace, request, reset, downloads.METHOD)
        return met or downloads.private(workspace, request)

    async def sign_in(request: Request) -> Response:
        return downloads.sign_in(workspace, request)

    async def authorise(request: Request) -> Response:
        query = dict(request.query_params)
        try:
            return RedirectResponse(oauth.authorise(workspace, query, query.get("user", "")))
        except SlackError as error:
            return JSONResponse(error.body(), 400)

    async def link(websocket: WebSocket) -> None:
        await workspace.delivery.sockets.serve(websocket)

    return [
        Route("/api/{method}", api, methods=["GET", "POST"]),
        WebSocketRoute("/link/", link),
        Route("/commands/{app}/{ticket}", respond, methods=["POST"]),
        Route("/actions/{app}/{ticket}", respond, methods=["POST"]),
        Route("/upload/v1/{place}", upload, methods=["POST", "PUT"]),
        Route("/files-pri/{place}/{name}", download),
        Route("/files-pri/{place}/download/{name}", download),
        Route("/signin", sign_in),
        Route("/oauth/v2/authorize", authorise),
        *control.routes(workspace),
        *page.routes(workspace),
    ]
