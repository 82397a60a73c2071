"""The door of the Web API: arguments in whatever form they come, token, faults, limits, scopes, then the method."""

import asyncio
import base64
import inspect
import json
import math
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.sandbox.faults import Fault
from bot.sandbox.oauth import access, checked_bot_token
from bot.sandbox.records import App
from bot.sandbox.webapi import basics, chat, conversations, files, reactions, users, views
from bot.sandbox.webapi.call import Call, Method
from bot.sandbox.wire import Json, RateLimited, SlackError
from bot.sandbox.workspace import Workspace

METHODS: dict[str, Method] = {
    **basics.METHODS,
    **chat.METHODS,
    **conversations.METHODS,
    **users.METHODS,
    **views.METHODS,
    **reactions.METHODS,
    **files.METHODS,
}

HOLD_SECONDS = 120.0

Reset = Callable[[Request], None]
"""Breaks the connection that a request came on."""


async def answer(workspace: Workspace, request: Request, reset: Reset) -> Response:
    """One request to /api/<method>."""
    name = request.path_params["method"]
    if workspace.faults.down:
        workspace.log.add("api", name, None, None, ok=False, error="down")
        return Response("The service is temporarily unavailable.", 503)
    try:
        args, token = await _arguments(request)
    except SlackError as error:
        return JSONResponse(error.body())
    fault = workspace.faults.next(name, args.get("channel"))
    if fault is not None and fault.before_commit:
        return await _suffer(workspace, request, reset, name, args, fault)
    given = await _run(workspace, name, args, token)
    body, limit = given.body, given.limit
    workspace.log.add("api", name, args, body, ok=bool(body["ok"]), error=body.get("error"), limit=limit)
    if fault is not None and fault.kind == "slow":
        await asyncio.sleep(fault.seconds)
    elif fault is not None:
        return await _suffer(workspace, request, reset, name, None, fault)
    return JSONResponse(body, given.status, given.headers)


async def trouble(workspace: Workspace, request: Request, reset: Reset, name: str) -> Response | None:
    """What a request that is no method meets instead of its answer, if anything was asked for."""
    if workspace.faults.down:
        workspace.log.add("api", name, None, None, ok=False, error="down")
        return Response("The service is temporarily unavailable.", 503)
    fault = workspace.faults.next(name, None)
    if fault is not None and fault.kind == "slow":
        await asyncio.sleep(fault.seconds)
        return None
    return await _suffer(workspace, request, reset, name, {}, fault) if fault else None


@dataclass(frozen=True, slots=True)
class _Given:
    """`limit` is the one that was met."""

    body: Json
    status: int = 200
    headers: Mapping[str, str] | None = None
    limit: str = ""


async def _run(workspace: Workspace, name: str, args: Json, token: str) -> _Given:
    try:
        if name == "oauth.v2.access":
            return _Given({"ok": True, **access(workspace, args)})
        method = METHODS.get(name)
        if method is None:
            raise SlackError("unknown_method", req_method=name)
        call = Call(workspace, _caller(workspace, method, token), args)
        workspace.limits.call(call.app.app_id, name, method.tier, time.monotonic())
        call.needs(*method.scopes)
        found: Json | Awaitable[Json] = method.handler(call)
        return _Given({"ok": True, **(await found if inspect.isawaitable(found) else found)})
    except RateLimited as error:
        return _Given(error.body(), 429, {"Retry-After": str(error.seconds)}, error.limit)
    except SlackError as error:
        return _Given(error.body())


def _caller(workspace: Workspace, method: Method, token: str) -> App:
    if method.token == "none":
        return workspace.app_of_token(token) or next(iter(workspace.apps.values()))
    if not token:
        raise SlackError("not_authed")
    by_app_token = next((app for app in workspace.apps.values() if app.app_token == token), None)
    if method.token == "app":
        if by_app_token is None:
            raise SlackError("not_allowed_token_type" if workspace.app_of_token(token) else "invalid_auth")
        return by_app_token
    if by_app_token is not None:
        raise SlackError("not_allowed_token_type")
    return checked_bot_token(workspace, token)


async def _arguments(request: Request) -> tuple[Json, str]:
    """Arguments from the query, a form or JSON, and the token from wherever it stands."""
    raw = await request.body()
    args: Json = dict(request.query_params)
    if request.headers.get("content-type", "").startswith("application/json"):
        args |= _json_object(raw)
    else:
        args |= dict(parse_qsl(raw.decode(errors="replace"), keep_blank_values=True))
    header = request.headers.get("authorization", "")
    bearer = header.removeprefix("Bearer ") if header.startswith("Bearer ") else ""
    if header.startswith("Basic "):
        args |= _basic(request)
    return args, str(args.pop("token", "") or bearer)


def _json_object(raw: bytes) -> Json:
    try:
        given: Any = json.loads(raw or b"{}")
    except ValueError:
        raise SlackError("invalid_json") from None
    if not isinstance(given, dict):
        raise SlackError("json_not_object")
    return given


def _basic(request: Request) -> Json:
    pair = base64.b64decode(request.headers["authorization"].removeprefix("Basic ")).decode()
    client_id, _, client_secret = pair.partition(":")
    return {"client_id": client_id, "client_secret": client_secret}


async def _suffer(
    workspace: Workspace, request: Request, reset: Reset, name: str, args: Json | None, fault: Fault
) -> Response:
    """What the client gets instead of an answer; `args` is None when the call was done and logged before."""
    if args is not None:
        error = "ratelimited" if fault.kind == "429" else fault.kind
        limit = "one that was asked for" if fault.kind == "429" else ""
        workspace.log.add("api", name, args, None, ok=False, error=error.removeprefix("error:"), limit=limit)
    kind = fault.kind.removesuffix("_after_commit")
    if kind == "429":
        seconds = str(math.ceil(fault.seconds))
        return JSONResponse({"ok": False, "error": "ratelimited"}, 429, {"Retry-After": seconds})
    if kind == "500":
        return Response("Internal error", 500)
    if kind == "timeout":
        await _until_gone(request)
    if kind in ("timeout", "reset"):
        reset(request)
        return Response(status_code=500)
    return JSONResponse({"ok": False, "error": kind.removeprefix("error:")})


async def _until_gone(request: Request) -> None:
    """Hold the request until the client gives up."""
    waited = time.monotonic() + HOLD_SECONDS
    while time.monotonic() < waited and not await request.is_disconnected():
        await asyncio.sleep(0.05)
