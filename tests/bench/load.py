"""Signed requests as Slack sends them, over connections that stay open, at the least cost to the machine they share."""

import asyncio
import hashlib
import hmac
import itertools
import socket
import time
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import urlencode

import httptools

CONNECTIONS = 16
PATH = "/slack/events"
_count = itertools.count()


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes
    seconds: float


def command(secret: str, text: str, **fields: str) -> bytes:
    """A signed request for `/standup <text>`, as it goes over the wire; each has a trigger of its own."""
    form = {
        "token": "legacy-verification-token",
        "team_id": "T0BENCH",
        "team_domain": "bench",
        "channel_id": "C0SYNC",
        "channel_name": "product-sync",
        "user_id": "U0P0",
        "user_name": "p0",
        "command": "/standup",
        "text": text,
        "api_app_id": "A0BENCH",
        "is_enterprise_install": "false",
        "response_url": "http://127.0.0.1:9/commands/T0BENCH/1/x",
        "trigger_id": f"1.{time.time_ns()}.{next(_count)}",
        **fields,
    }
    return request(secret, urlencode(form).encode(), "application/x-www-form-urlencoded")


def request(secret: str, body: bytes, content_type: str, more: Mapping[str, str] | None = None) -> bytes:
    at = str(int(time.time()))
    signature = hmac.new(secret.encode(), b"v0:" + at.encode() + b":" + body, hashlib.sha256).hexdigest()
    headers = {
        "Host": "127.0.0.1",
        "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
        "Accept": "application/json,*/*",
        "Content-Type": content_type,
        "Content-Length": str(len(body)),
        "X-Slack-Request-Timestamp": at,
        "X-Slack-Signature": f"v0={signature}",
        **(more or {}),
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"POST {PATH} HTTP/1.1\r\n{head}\r\n".encode() + body


class Line(asyncio.Protocol):
    """One connection: a request, its answer, the next request."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._parser = httptools.HttpResponseParser(self)
        self._body = bytearray()
        self._waiting: asyncio.Future[tuple[int, bytes]] | None = None

    async def ask(self, asked: bytes) -> Answer:
        """Raises ConnectionError when the server hangs up, or has done so."""
        assert self._transport is not None
        if self._transport.is_closing():
            raise ConnectionResetError("The server hung up.")
        self._waiting = asyncio.get_running_loop().create_future()
        began = time.perf_counter()
        self._transport.write(asked)
        status, body = await self._waiting
        return Answer(status, body, time.perf_counter() - began)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._parser.feed_data(data)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_exception(exc or ConnectionResetError("The server hung up."))

    def on_body(self, body: bytes) -> None:
        self._body += body

    def on_message_complete(self) -> None:
        status, body = self._parser.get_status_code(), bytes(self._body)
        self._body.clear()
        self._parser = httptools.HttpResponseParser(self)
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result((status, body))

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()


@asynccontextmanager
async def lines(port: int, connections: int = CONNECTIONS) -> AsyncIterator[list[Line]]:
    loop = asyncio.get_running_loop()
    opened = [(await loop.create_connection(Line, "127.0.0.1", port))[1] for _ in range(connections)]
    try:
        yield opened
    finally:
        for line in opened:
            line.close()


async def all_answered(opened: Sequence[Line], requests: Sequence[bytes]) -> list[Answer]:
    """As fast as they are answered, one request on each connection at a time."""
    left = iter(requests)
    answered = await asyncio.gather(*(_one_by_one(line, left) for line in opened))
    return [answer for some in answered for answer in some]


async def _one_by_one(line: Line, left: Iterator[bytes]) -> list[Answer]:
    return [await line.ask(asked) for asked in left]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
        return port
