"""What an app answers through an acknowledgement or a response_url: new messages, replaced ones, removed ones."""

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from bot.sandbox.blockkit import check_message
from bot.sandbox.messages import (
    by_app,
    change,
    change_ephemeral,
    content,
    delete,
    find_ephemeral,
    post,
    post_ephemeral,
)
from bot.sandbox.records import App, Channel
from bot.sandbox.tickets import ResponsePlace
from bot.sandbox.webapi.call import refuse_blocks
from bot.sandbox.wire import Json, SlackError, is_true
from bot.sandbox.workspace import Workspace


async def receive(workspace: Workspace, request: Request) -> Response:
    """A POST to a response_url; a used or expired one answers 404, a bad message 400."""
    name = request.url.path
    try:
        body = json.loads(await request.body())
        place = workspace.tickets.use_response(name)
        respond(workspace, place, body)
    except ValueError:
        return PlainTextResponse("invalid_payload", 400)
    except SlackError as error:
        workspace.log.add("api", "response_url", None, error.body(), ok=False, error=error.code)
        return JSONResponse(error.body(), 404 if error.code in ("used_url", "expired_url") else 400)
    workspace.log.add("api", "response_url", body, "ok", ok=True)
    return PlainTextResponse("ok")


def respond(workspace: Workspace, place: ResponsePlace, body: Json) -> None:
    """Ephemeral unless ``in_channel`` is asked for; an ephemeral message never becomes a public one."""
    app, channel = workspace.apps[place.app_id], workspace.channels.get(place.channel)
    if channel is None:
        raise SlackError("channel_not_found")
    if is_true(body.get("delete_original")):
        _replace(workspace, app, channel, place, None)
        return
    _check(body)
    if is_true(body.get("replace_original")) and place.message_ts:
        _replace(workspace, app, channel, place, body)
        return
    message = by_app(workspace, app, body.get("text") or "", body.get("blocks"))
    thread_ts = body.get("thread_ts")
    if thread_ts is not None and thread_ts not in channel.messages:
        raise SlackError("thread_not_found")
    if body.get("response_type") != "in_channel":
        post_ephemeral(workspace, channel, place.user, message, thread_ts)
        return
    metadata = {"metadata": body["metadata"]} if body.get("metadata") else {}
    post(workspace, channel, {**message, **metadata, **({"thread_ts": thread_ts} if thread_ts else {})})


def apply_acknowledgement(workspace: Workspace, place: ResponsePlace, body: Any) -> None:
    """A message in the acknowledgement of a command: JSON, or bare text."""
    if isinstance(body, str) and body.strip():
        body = {"text": body}
    if isinstance(body, dict) and (body.get("text") or body.get("blocks")):
        respond(workspace, place, {key: value for key, value in body.items() if key != "replace_original"})


def _replace(workspace: Workspace, app: App, channel: Channel, place: ResponsePlace, body: Json | None) -> None:
    ts = place.message_ts
    if ts is None:
        raise SlackError("no_original")
    if place.ephemeral_source:
        _replace_ephemeral(workspace, app, channel, place, body)
        return
    message = channel.messages.get(ts)
    if message is None or message.get("user") != app.bot_user_id:
        raise SlackError("message_not_found")
    if body is None:
        delete(workspace, channel, ts)
    else:
        fields = content(body.get("text") or "", body.get("blocks"))
        change(workspace, channel, ts, {"blocks": None, **fields}, app.bot_id)


def _replace_ephemeral(
    workspace: Workspace, app: App, channel: Channel, place: ResponsePlace, body: Json | None
) -> None:
    assert place.message_ts is not None
    if find_ephemeral(workspace, channel.id, place.user, place.message_ts) is None:
        raise SlackError("message_not_found")
    message = None if body is None else by_app(workspace, app, body.get("text") or "", body.get("blocks"))
    change_ephemeral(workspace, channel, place.user, place.message_ts, message)


def _check(body: Json) -> None:
    text, blocks = body.get("text"), body.get("blocks")
    if not text and not blocks:
        raise SlackError("no_text")
    if blocks:
        refuse_blocks(check_message(blocks, text))
