"""Requests to apps over HTTP, signed as Slack signs them: JSON for events, a form for the rest."""

import hashlib
import hmac
import json
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import aiohttp

from bot.sandbox.answers import Answer, Outcome
from bot.sandbox.records import App
from bot.sandbox.wire import Json

if TYPE_CHECKING:
    from bot.sandbox.workspace import Workspace

MOST_REDIRECTS = 2


class HttpEvents:
    """One client session for all apps; an event's address is verified by a challenge before its first event."""

    def __init__(self, workspace: "Workspace") -> None:
        self._workspace = workspace
        self._session: aiohttp.ClientSession | None = None
        self._verified: set[str] = set()

    async def send_event(self, app: App, payload: Json, seconds: float, retry: int, reason: str) -> Answer:
        address = app.address("events")
        if not address or not await self.verify(app, seconds):
            return Answer("not_connected")
        headers = {"Content-Type": "application/json"}
        if retry:
            headers |= {"X-Slack-Retry-Num": str(retry), "X-Slack-Retry-Reason": reason}
        return await self._post(app, address, json.dumps(payload), headers, seconds)

    async def send(self, app: App, kind: str, payload: Json, address: str | None, seconds: float) -> Answer:
        if not address:
            return Answer("not_connected")
        form = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        return await self._post(app, address, urlencode(form), headers, seconds)

    async def verify(self, app: App, seconds: float) -> bool:
        """Whether the events address gives a challenge back, as Slack asks before it trusts one."""
        address = app.address("events")
        if address is None or address in self._verified:
            return address is not None
        challenge = hashlib.sha256(address.encode()).hexdigest()
        body = json.dumps({"token": "legacy-verification-token", "challenge": challenge, "type": "url_verification"})
        answer = await self._post(app, address, body, {"Content-Type": "application/json"}, seconds)
        given = answer.body.get("challenge") if isinstance(answer.body, dict) else answer.body
        if answer.ok and given == challenge:
            self._verified.add(address)
        return address in self._verified

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

    async def _post(self, app: App, address: str, body: str, headers: dict[str, str], seconds: float) -> Answer:
        if self._session is None:
            self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=200))
        signed = {**headers, **signature(app.signing_secret, body), "User-Agent": "Slackbot 1.0"}
        timeout = aiohttp.ClientTimeout(total=seconds)
        try:
            async with self._session.post(
                address, data=body.encode(), headers=signed, timeout=timeout, max_redirects=MOST_REDIRECTS
            ) as response:
                return _answer(response, await response.text())
        except aiohttp.TooManyRedirects:
            return Answer("too_many_redirects")
        except TimeoutError:
            return Answer("timeout")
        except aiohttp.ClientError:
            return Answer("connection_failed")


def signature(secret: str, body: str) -> dict[str, str]:
    """Slack's two headers over a body, with the real time of now."""
    at = str(int(time.time()))
    digest = hmac.new(secret.encode(), f"v0:{at}:{body}".encode(), hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": at, "X-Slack-Signature": f"v0={digest}"}


def _answer(response: aiohttp.ClientResponse, text: str) -> Answer:
    outcome: Outcome = "ok" if response.status == 200 else "http_error"
    no_retry = response.headers.get("X-Slack-No-Retry") == "1"
    return Answer(outcome, _parsed(response.content_type, text), response.status, no_retry)


def _parsed(content_type: str, text: str) -> Any:
    if not text:
        return None
    if content_type == "application/json":
        try:
            return json.loads(text)
        except ValueError:
            return text
    return text
