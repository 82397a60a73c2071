"""files.*: an upload in three steps, processed a moment after it is complete."""

import mimetypes
import secrets
from typing import Any

from bot.sandbox.blockkit import Problem
from bot.sandbox.clock import real_now
from bot.sandbox.messages import by_app, for_api, post
from bot.sandbox.records import File
from bot.sandbox.webapi.call import Call, Method, refuse_blocks
from bot.sandbox.wire import Json, SlackError, new_id
from bot.sandbox.workspace import Workspace


def upload_address(call: Call) -> Json:
    """First step: an address for the bytes."""
    name, size = call.required("filename"), call.number("length", 0, 1_000_000_000)
    if not size:
        raise SlackError("invalid_arguments")
    file = File(new_id("F"), name, call.app.bot_user_id, size, name)
    place = secrets.token_urlsafe(16)
    call.workspace.files[file.id] = file
    call.workspace.tickets.uploads[place] = file.id
    return {"upload_url": f"{call.workspace.url}/upload/v1/{place}", "file_id": file.id}


def receive(workspace: Workspace, place: str, content: bytes) -> str | None:
    """Second step: the bytes themselves, once. None when the address leads nowhere."""
    file = workspace.files.get(workspace.tickets.uploads.pop(place, ""))
    if file is None:
        return None
    file.content, file.size = content, len(content)
    return f"OK - {len(content)}"


def complete(call: Call) -> Json:
    """Third step: the files are done, and shared where the app says. Processing ends a moment later."""
    given = call.decoded("files", "invalid_arguments")
    if not isinstance(given, list) or not given:
        raise SlackError("invalid_arguments")
    files = [_completed(call, one) for one in given]
    shown = [shape(call.workspace, file) for file in files]
    for channel_id in call.listed("channel_id") or call.listed("channels"):
        _share(call, channel_id, files, shown)
    return {"files": shown}


def info(call: Call) -> Json:
    file = call.workspace.files.get(call.required("file", "file_not_found"))
    if file is None or not file.completed:
        raise SlackError("file_not_found")
    return {"file": shape(call.workspace, file), "comments": [], "response_metadata": {"next_cursor": ""}}


def shape(workspace: Workspace, file: File) -> Json:
    """A file object; before it is processed its type is empty."""
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    ready = file.completed and real_now() >= file.ready_at
    address = f"{workspace.url}/files/{file.id}/{file.name}"
    facts = {"id": file.id, "created": int(workspace.clock.now()), "name": file.name, "title": file.title}
    facts |= {"user": file.user, "size": file.size, "mode": "hosted", "url_private": address, "channels": file.channels}
    return {**facts, "mimetype": kind if ready else "", "filetype": file.name.rpartition(".")[2] if ready else ""}


def refuse_unready_files(call: Call, blocks: list[Json]) -> None:
    """SlackError invalid_blocks for an image whose slack_file is unknown or not processed yet."""
    found = [
        Problem(f"{pointer}/slack_file", f"invalid slack file [json-pointer:{pointer}/slack_file]")
        for pointer, given in _slack_files(blocks, "/blocks")
        if not _is_ready(call.workspace, given)
    ]
    refuse_blocks(found)


def _slack_files(value: Any, at: str) -> list[tuple[str, Json]]:
    if isinstance(value, list):
        return [found for place, one in enumerate(value) for found in _slack_files(one, f"{at}/{place}")]
    if not isinstance(value, dict):
        return []
    own = [(at, value["slack_file"])] if isinstance(value.get("slack_file"), dict) else []
    return own + [
        found for key, one in value.items() if key != "slack_file" for found in _slack_files(one, f"{at}/{key}")
    ]


def _is_ready(workspace: Workspace, given: Json) -> bool:
    for file in workspace.files.values():
        if given.get("id") == file.id or given.get("url") == shape(workspace, file)["url_private"]:
            return file.completed and real_now() >= file.ready_at
    return False


def _completed(call: Call, one: Any) -> File:
    file = call.workspace.files.get(one.get("id", "")) if isinstance(one, dict) else None
    if file is None or file.content is None or file.user != call.app.bot_user_id:
        raise SlackError("file_not_found")
    file.completed, file.title = True, one.get("title") or file.name
    file.ready_at = real_now() + call.workspace.file_seconds
    call.workspace.store.put("file", file.id, {**vars(file), "content": file.content.hex()})
    return file


def _share(call: Call, channel_id: str, files: list[File], shown: list[Json]) -> None:
    channel = call.workspace.channels.get(channel_id)
    if channel is None or not call.can_see(channel):
        raise SlackError("channel_not_found")
    if call.app.bot_user_id not in channel.members:
        raise SlackError("not_in_channel")
    message = {**by_app(call.workspace, call.app, call.text("initial_comment") or "", None), "files": shown}
    if thread_ts := call.text("thread_ts"):
        if thread_ts not in channel.messages:
            raise SlackError("thread_not_found")
        message["thread_ts"] = thread_ts
    for file in files:
        file.channels.append(channel_id)
    posted = for_api(post(call.workspace, channel, {**message, "subtype": "file_share"}))
    event = {"type": "file_shared", "file_id": files[0].id, "user_id": posted["user"], "channel_id": channel_id}
    call.workspace.delivery.emit("file_shared", {**event, "event_ts": posted["ts"]}, channel)


METHODS = {
    "files.getUploadURLExternal": Method(upload_address, "T4", ("files:write",)),
    "files.completeUploadExternal": Method(complete, "T4", ("files:write",)),
    "files.info": Method(info, "T4", ("files:read",)),
}
