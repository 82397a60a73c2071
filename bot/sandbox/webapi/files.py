"""files.*: an upload in three steps, processed a moment after it is complete."""

import asyncio
import secrets
from typing import Any

from bot.sandbox import files
from bot.sandbox.blockkit import Problem, check_message
from bot.sandbox.clock import real_now
from bot.sandbox.messages import by_app
from bot.sandbox.records import Channel, File
from bot.sandbox.webapi.call import Call, Method, refuse_blocks
from bot.sandbox.wire import Json, SlackError
from bot.sandbox.workspace import Workspace, is_user_id


def upload_address(call: Call) -> Json:
    """First step: an address for the bytes."""
    name, size = call.required("filename"), call.number("length", 0, 1_000_000_000)
    if not size:
        raise SlackError("invalid_arguments")
    file = files.begun(call.workspace, call.app.bot_user_id, name, size)
    place = secrets.token_urlsafe(16)
    call.workspace.tickets.uploads[place] = file.id
    return {"upload_url": f"{call.workspace.url}/upload/v1/{place}", "file_id": file.id}


def receive(workspace: Workspace, place: str, content: bytes) -> str | None:
    """Second step: the bytes themselves, once. None when the address leads nowhere."""
    file = workspace.files.get(workspace.tickets.uploads.pop(place, ""))
    if file is None:
        return None
    file.content, file.size = content, len(content)
    return f"OK - {len(content)}"


async def complete(call: Call) -> Json:
    """Third step, once: the files are done. A moment later they are processed, and shared where the app says."""
    given = call.decoded("files", "invalid_arguments")
    if not isinstance(given, list) or not given:
        raise SlackError("invalid_arguments")
    uploads = [_uploaded(call, one) for one in given]
    places = _places(call)
    message = _message(call) | _thread(call, places)
    for file, one in zip(uploads, given, strict=True):
        file.completed, file.title = True, one.get("title") or file.name
        file.ready_at = real_now() + call.workspace.file_seconds
        call.workspace.keep_file(file)
    later = asyncio.get_running_loop()
    for channel in places:
        later.call_later(call.workspace.file_seconds, _share, call.workspace, channel, uploads, message)
    return {"files": [files.info(call.workspace, file) for file in uploads]}


def info(call: Call) -> Json:
    file = call.workspace.files.get(call.required("file", "file_not_found"))
    if file is None or not files.may_read(call.workspace, file, call.app.bot_user_id):
        raise SlackError("file_not_found")
    return {"file": files.info(call.workspace, file), "comments": [], "response_metadata": {"next_cursor": ""}}


def refuse_unready_files(call: Call, blocks: list[Json]) -> None:
    """SlackError invalid_blocks for a slack_file that is no image, that the app cannot see, or that is not processed
    yet."""
    found = [
        Problem(f"{pointer}/slack_file", f"invalid slack file [json-pointer:{pointer}/slack_file]")
        for pointer, given in files.named_in(blocks, "/blocks")
        if not _is_ready(call, given)
    ]
    refuse_blocks(found)


def _is_ready(call: Call, given: Json) -> bool:
    workspace = call.workspace
    file = next((file for file in workspace.files.values() if files.is_named(workspace, file, given)), None)
    readable = file is not None and files.may_read(workspace, file, call.app.bot_user_id)
    return file is not None and readable and files.is_processed(file) and files.is_image(file)


def _uploaded(call: Call, one: Any) -> File:
    file = call.workspace.files.get(one.get("id", "")) if isinstance(one, dict) else None
    if file is None or file.content is None or file.completed or file.user != call.app.bot_user_id:
        raise SlackError("file_not_found")
    return file


def _message(call: Call) -> Json:
    """What stands above the files; blocks only where there is no comment."""
    comment = call.text("initial_comment") or ""
    blocks = None if comment else call.decoded("blocks", "invalid_blocks_format")
    if blocks:
        refuse_blocks(check_message(blocks, None))
    return by_app(call.workspace, call.app, comment, blocks or None)


def _share(workspace: Workspace, channel: Channel, uploads: list[File], message: Json) -> None:
    """Unless the place, or the thread's root, has gone meanwhile."""
    root = message.get("thread_ts")
    if channel.id in workspace.channels and (root is None or root in channel.messages):
        files.share(workspace, channel, uploads, dict(message))


def _places(call: Call) -> list[Channel]:
    """Where to share, with every reason why not; a person's id stands for a conversation in `channels` alone."""
    if channel_id := call.text("channel_id"):
        return [_place(call, call.workspace.channels.get(channel_id))]
    return [_place(call, _channel_or_person(call, name)) for name in call.listed("channels")]


def _channel_or_person(call: Call, name: str) -> Channel | None:
    known = call.workspace.users.get(name) if is_user_id(name) else None
    if known is not None and not known["deleted"] and not known["is_bot"]:
        return call.workspace.dm(call.app.bot_user_id, name)
    return call.workspace.channels.get(name)


def _place(call: Call, channel: Channel | None) -> Channel:
    if channel is None or not call.can_see(channel):
        raise SlackError("channel_not_found")
    if call.app.bot_user_id not in channel.members:
        raise SlackError("not_in_channel")
    if channel.is_archived:
        raise SlackError("is_archived")
    if channel.kind == "im" and not call.app.messages_tab:
        raise SlackError("messages_tab_disabled")
    return channel


def _thread(call: Call, places: list[Channel]) -> Json:
    """The root of the thread that is asked for, which is in one conversation alone."""
    thread_ts = call.text("thread_ts")
    if thread_ts is None:
        return {}
    if len(places) != 1:
        raise SlackError("invalid_arguments")
    root = places[0].messages.get(thread_ts)
    if root is None:
        raise SlackError("thread_not_found")
    return {"thread_ts": root.get("thread_ts") or thread_ts}


METHODS = {
    "files.getUploadURLExternal": Method(upload_address, "T4", ("files:write",)),
    "files.completeUploadExternal": Method(complete, "T4", ("files:write",)),
    "files.info": Method(info, "T4", ("files:read",)),
}
