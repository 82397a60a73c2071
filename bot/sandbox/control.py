"""The endpoints from outside Slack: acting as people, looking, moving time, asking for trouble."""

import asyncio
import inspect
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from bot.sandbox import acts_admin, acts_messages, forms, interact, looking
from bot.sandbox.blockkit.blocks import blocks_of
from bot.sandbox.clock import read_time
from bot.sandbox.downloads import contents
from bot.sandbox.guard import LOOPBACK
from bot.sandbox.oauth import checked_bot_token
from bot.sandbox.wire import Json, Shown, SlackError
from bot.sandbox.workspace import Workspace

Act = Callable[[Workspace, Json], Json | Awaitable[Json]]
Endpoint = Callable[[Workspace, Request], Awaitable[Response]]

LONGEST_WAIT = 60.0
HEARTBEAT_SECONDS = 15.0

HERE_ONLY = ("clock", "faults", "limits")
"""With `--host` others may act as people; how time, Slack's failures and its limits are is for this machine alone."""
_ELSEWHERE = "Time, faults and limits are set on the machine that the sandbox runs on."

ACTS: dict[str, Act] = {
    "message": acts_messages.write,
    "upload": acts_messages.upload,
    "edit": acts_messages.edit,
    "delete": acts_messages.remove,
    "react": acts_messages.react,
    "unreact": acts_messages.unreact,
    "reload": acts_messages.reload,
    "command": interact.command,
    "press": interact.press,
    "shortcut": interact.shortcut,
    "home": interact.open_home,
    "options": interact.options,
    "fill": forms.fill,
    "submit": forms.submit,
    "close": forms.close,
    "status": acts_admin.status,
    "user": acts_admin.user,
    "add_user": acts_admin.add_user,
    "join": acts_admin.join,
    "leave": acts_admin.leave,
    "invite": acts_admin.invite,
    "kick": acts_admin.kick,
    "create": acts_admin.create,
    "create_channel": acts_admin.create,
    "rename": acts_admin.rename,
    "archive": acts_admin.archive,
    "unarchive": acts_admin.unarchive,
    "convert": acts_admin.convert,
    "delete_channel": acts_admin.delete,
    "restrict": acts_admin.restrict,
    "uninstall": acts_admin.uninstall,
    "revoke": acts_admin.revoke,
    "expire_token": acts_admin.expire_token,
    "install": acts_admin.install,
}


def routes(workspace: Workspace) -> list[Route]:
    """Everything under /control."""

    def at(path: str, endpoint: Endpoint, method: str) -> Route:
        async def guarded(request: Request) -> Response:
            if path.startswith(HERE_ONLY) and not _is_here(request):
                return JSONResponse({"ok": False, "error": "loopback_only", "shown": _ELSEWHERE}, 403)
            return await _guarded(workspace, request, endpoint)

        return Route(f"/control/{path}", guarded, methods=[method])

    return [
        at("act/{name}", act, "POST"),
        at("ask/{name}", ask, "POST"),
        at("state", _look(lambda r: looking.state(workspace, _as(r))), "GET"),
        at("messages", _look(lambda r: _messages(workspace, r)), "GET"),
        at("views", _look(lambda r: {"views": looking.windows(workspace, _as(r))}), "GET"),
        at("home", _look(lambda r: {"view": looking.home(workspace, _as(r), r.query_params.get("app_id"))}), "GET"),
        at("file", file, "GET"),
        at("log", _look(lambda r: {"log": workspace.log.since(int(r.query_params.get("since", "0")))}), "GET"),
        at("counts", _look(lambda r: workspace.log.counts(r.query_params.get("method", ""))), "GET"),
        at("updates", updates, "GET"),
        at("clock", clock, "GET"),
        at("clock/jump", jump, "POST"),
        at("clock/advance", advance, "POST"),
        at("clock/schedule", schedule, "POST"),
        at("faults", _look(lambda _: workspace.faults.shown()), "GET"),
        at("faults", add_fault, "POST"),
        at("faults", clear_faults, "DELETE"),
        at("limits", _look(lambda _: workspace.limits.shown()), "GET"),
        at("limits", change_limits, "POST"),
    ]


async def act(workspace: Workspace, request: Request) -> Response:
    name = request.path_params["name"]
    if name not in ACTS:
        raise Shown("unknown_act", f"There is no act {name}; there are {', '.join(sorted(ACTS))}.")
    done = ACTS[name](workspace, await _body(request))
    return JSONResponse({"ok": True, **(await done if inspect.isawaitable(done) else done)})


async def ask(workspace: Workspace, request: Request) -> Response:
    """Something that not Slack answers, but whoever runs this workspace."""
    name = request.path_params["name"]
    if name not in workspace.answers:
        raise Shown("unknown_question", f"Nobody here answers {name}.")
    answered = await asyncio.to_thread(workspace.answers[name], await _body(request))
    return JSONResponse({"ok": True, **answered})


async def file(workspace: Workspace, request: Request) -> Response:
    return contents(looking.file(workspace, _as(request), request.query_params.get("id", "")))


async def clock(workspace: Workspace, request: Request) -> Response:
    """Answers at once unless told what was `seen` and how long to `wait` for something newer."""
    token = _bearer(request)
    if token:
        checked_bot_token(workspace, token)
    query = request.query_params
    wait = min(float(query.get("wait", "0")), LONGEST_WAIT) if "seen" in query else 0.0
    await workspace.clock.wait_for_news(int(query.get("seen", "-1")), wait, follower=bool(token))
    return JSONResponse(workspace.clock.shown())


async def jump(workspace: Workspace, request: Request) -> Response:
    await workspace.clock.jump(read_time((await _body(request)).get("to")))
    return JSONResponse({"ok": True, **workspace.clock.shown()})


async def advance(workspace: Workspace, request: Request) -> Response:
    checked_bot_token(workspace, _bearer(request))
    await workspace.clock.advance(read_time((await _body(request)).get("to")))
    return JSONResponse({"ok": True, **workspace.clock.shown()})


async def schedule(workspace: Workspace, request: Request) -> Response:
    checked_bot_token(workspace, _bearer(request))
    await workspace.clock.schedule((await _body(request)).get("next", []))
    return JSONResponse({"ok": True})


async def add_fault(workspace: Workspace, request: Request) -> Response:
    """A fault of a method, an order to the sockets, kinds of blocks to be without, or the whole API down or up."""
    asked = await _body(request)
    if "down" in asked:
        workspace.faults.down = bool(asked["down"])
        if workspace.faults.down:
            await workspace.delivery.sockets.order("disconnect")
    elif "socket" in asked:
        if asked["socket"] not in ("disconnect", "warning", "refresh", "refuse"):
            raise ValueError("Sockets can be told to disconnect, warning, refresh or refuse.")
        await workspace.delivery.sockets.order(asked["socket"])
    elif "without" in asked:
        workspace.faults.without = _kinds(asked["without"])
    else:
        workspace.faults.add(asked)
    return JSONResponse({"ok": True, **workspace.faults.shown()})


def _kinds(given: Any) -> tuple[str, ...]:
    known = blocks_of("message")
    if not isinstance(given, list) or not all(kind in known for kind in given):
        raise ValueError(f"A list of kinds of blocks, please: {', '.join(sorted(known))}.")
    return tuple(given)


async def clear_faults(workspace: Workspace, request: Request) -> Response:
    workspace.faults.clear()
    return JSONResponse({"ok": True})


async def change_limits(workspace: Workspace, request: Request) -> Response:
    workspace.limits.change(await _body(request))
    return JSONResponse({"ok": True, **workspace.limits.shown()})


async def updates(workspace: Workspace, request: Request) -> Response:
    return StreamingResponse(_stream(workspace), media_type="text/event-stream", headers={"Cache-Control": "no-store"})


async def _stream(workspace: Workspace) -> AsyncIterator[str]:
    listening = workspace.updates.listen()
    following = asyncio.ensure_future(anext(listening, None))
    try:
        yield ": listening\n\n"
        while True:
            done, _ = await asyncio.wait([following], timeout=HEARTBEAT_SECONDS)
            if not done:
                yield ": still here\n\n"
                continue
            if (news := following.result()) is None:
                return
            yield f"data: {json.dumps(news)}\n\n"
            following = asyncio.ensure_future(anext(listening, None))
    finally:
        following.cancel()
        await asyncio.gather(following, return_exceptions=True)
        await listening.aclose()  # type: ignore[attr-defined]


async def _guarded(workspace: Workspace, request: Request, endpoint: Endpoint) -> Response:
    """Refusals as sentences."""
    try:
        return await endpoint(workspace, request)
    except Shown as shown:
        return JSONResponse(shown.body(), 200 if request.method == "POST" else 404)
    except SlackError as error:
        return JSONResponse(error.body(), 401)
    except ValueError as error:
        return JSONResponse({"ok": False, "error": "bad_request", "shown": str(error)}, 400)


def _look(read: Callable[[Request], Any]) -> Endpoint:
    async def endpoint(workspace: Workspace, request: Request) -> Response:
        return JSONResponse(read(request))

    return endpoint


def _messages(workspace: Workspace, request: Request) -> Json:
    query = request.query_params
    at = (_as(request), query.get("channel", ""), query.get("thread_ts") or None)
    if "limit" not in query:
        return {"messages": looking.messages(workspace, *at)}
    return looking.window(workspace, *at, int(query["limit"]), query.get("since", ""), query.get("until", ""))


def _as(request: Request) -> str:
    return request.query_params.get("as", "")


def _bearer(request: Request) -> str:
    return request.headers.get("authorization", "").removeprefix("Bearer ")


def _is_here(request: Request) -> bool:
    return request.client is not None and request.client.host in LOOPBACK


async def _body(request: Request) -> Json:
    given: Any = json.loads(await request.body() or b"{}")
    if not isinstance(given, dict):
        raise ValueError("Send a JSON object.")
    return given
