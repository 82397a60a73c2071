"""Files that people and apps put into the workspace: how they are described, where they are shown, who reads them."""

from typing import Any

from bot.sandbox.clock import real_now
from bot.sandbox.filetypes import MOST_SNIPPET, FileType, in_address, type_of
from bot.sandbox.messages import post
from bot.sandbox.records import Channel, File
from bot.sandbox.wire import Json, new_id
from bot.sandbox.workspace import Workspace

PREVIEW_LINES = 5

_UNPROCESSED = FileType("", "", "")
# A message with files says neither whose team it is from nor that a bot wrote it: its user alone tells.
_LEFT_OUT = {"team", "bot_id", "app_id", "bot_profile"}
_FAMILIES = {"public": "channels", "private": "groups", "mpim": "groups", "im": "ims"}


def begun(workspace: Workspace, user: str, name: str, size: int) -> File:
    """A file of which the bytes are still to come."""
    file = File(new_id("F"), name, user, size, name, created=int(workspace.clock.now()))
    workspace.files[file.id] = file
    return file


def uploaded(workspace: Workspace, user: str, name: str, content: bytes) -> File:
    """A person's file: her client waits until it is processed before it sends anything."""
    file = begun(workspace, user, name, len(content))
    file.content, file.completed = content, True
    workspace.keep_file(file)
    return file


def share(workspace: Workspace, channel: Channel, files: list[File], message: Json) -> Json:
    """Post a message that shows files; message and file_shared go out to the apps."""
    ts = workspace.new_ts()
    for file in files:
        file.shares.setdefault(channel.id, []).append(ts)
        workspace.keep_file(file)
    said = {key: value for key, value in message.items() if key not in _LEFT_OUT}
    shown = {"files": [shape(workspace, file) for file in files], "upload": False, "display_as_bot": False}
    posted = post(workspace, channel, {**said, "subtype": "file_share", **shown, "ts": ts})
    for file in files:
        event = {"type": "file_shared", "channel_id": channel.id, "file_id": file.id, "user_id": file.user}
        workspace.delivery.emit("file_shared", {**event, "file": {"id": file.id}, "event_ts": ts}, channel)
    return posted


def may_read(workspace: Workspace, file: File, user: str) -> bool:
    """Whoever uploaded it, and whoever sees a message with it; a bot sees only conversations that it is in. People also
    see the pictures in blocks."""
    if not file.completed:
        return False
    is_bot, shown_in = workspace.app_of_bot(user) is not None, _shown_in(workspace, file)
    attached = any(user in channel.members or (channel.kind == "public" and not is_bot) for channel in shown_in)
    return user == file.user or attached or (not is_bot and _is_pictured(workspace, file, user))


def is_processed(file: File) -> bool:
    return file.completed and real_now() >= file.ready_at


def is_image(file: File) -> bool:
    return type_of(file.name).mimetype.startswith("image/")


def named_in(value: Any, at: str = "") -> list[tuple[str, Json]]:
    """Every `slack_file` in blocks, with the JSON pointer of what it stands in."""
    if isinstance(value, list):
        return [found for place, one in enumerate(value) for found in named_in(one, f"{at}/{place}")]
    if not isinstance(value, dict):
        return []
    own = [(at, value["slack_file"])] if isinstance(value.get("slack_file"), dict) else []
    return own + [found for key, one in value.items() if key != "slack_file" for found in named_in(one, f"{at}/{key}")]


def is_named(workspace: Workspace, file: File, given: Json) -> bool:
    """Whether a `slack_file` names this one, by its id or by its private address."""
    return bool(given.get("id") == file.id or given.get("url") == addresses(workspace, file)["url_private"])


def shape(workspace: Workspace, file: File, *, processed: bool = True) -> Json:
    """A file object; one that is not processed yet has no type."""
    known = type_of(file.name) if processed else _UNPROCESSED
    snippet = is_snippet(file)
    facts: Json = {"id": file.id, "created": file.created, "timestamp": file.created, "name": file.name}
    facts |= {"title": file.title, "mimetype": known.mimetype, "filetype": known.filetype, "pretty_type": known.pretty}
    facts |= {"user": file.user, "user_team": workspace.users[file.user].get("team_id", workspace.team_id)}
    facts |= {"editable": snippet, "size": file.size, "mode": "snippet" if snippet else "hosted"}
    facts |= {"is_external": False, "external_type": "", "public_url_shared": False, "display_as_bot": False}
    facts |= {"is_public": any(channel.kind == "public" for channel in _shared_in(workspace, file)), "username": ""}
    facts |= {"has_rich_preview": False, "file_access": "visible", **addresses(workspace, file)}
    return {**facts, **_preview(file)} if snippet else facts


def info(workspace: Workspace, file: File) -> Json:
    """The file object of files.info: also where it is shared."""
    where: Json = {"channels": [], "groups": [], "ims": [], "shares": {}, "comments_count": 0}
    for channel in _shown_in(workspace, file):
        where[_FAMILIES[channel.kind]].append(channel.id)
        kind = "public" if channel.kind == "public" else "private"
        stamps = [{"ts": ts} for ts in file.shares[channel.id] if _shows(channel, ts, file)]
        where["shares"].setdefault(kind, {})[channel.id] = stamps
    return {**shape(workspace, file, processed=is_processed(file)), **where}


def addresses(workspace: Workspace, file: File) -> Json:
    place, name = f"{workspace.url}/files-pri/{workspace.team_id}-{file.id}", in_address(file.name)
    permalink = f"https://{workspace.team['domain']}.slack.com/files/{file.user}/{file.id}/{name}"
    private = {"url_private": f"{place}/{name}", "url_private_download": f"{place}/download/{name}"}
    return {**private, "permalink": permalink}


def is_snippet(file: File) -> bool:
    return type_of(file.name).is_text and file.size <= MOST_SNIPPET


def at_new_address(workspace: Workspace) -> None:
    """Messages of an earlier run name the address of that run: theirs are the addresses of this one."""
    for channel in workspace.channels.values():
        for message in channel.messages.values():
            for shown in message.get("files", []):
                if file := workspace.files.get(shown["id"]):
                    shown |= addresses(workspace, file)


def _preview(file: File) -> Json:
    """The first lines, which people read without opening the file."""
    lines = (file.content or b"").decode(errors="replace").splitlines()
    more = max(0, len(lines) - PREVIEW_LINES)
    shown = {"preview": "\n".join(lines[:PREVIEW_LINES]), "preview_is_truncated": more > 0}
    return {**shown, "lines": len(lines), "lines_more": more}


def _shown_in(workspace: Workspace, file: File) -> list[Channel]:
    """The conversations in which a message still shows it."""
    shared = _shared_in(workspace, file)
    return [channel for channel in shared if any(_shows(channel, ts, file) for ts in file.shares[channel.id])]


def _shared_in(workspace: Workspace, file: File) -> list[Channel]:
    return [workspace.channels[name] for name in file.shares if name in workspace.channels]


def _is_pictured(workspace: Workspace, file: File, user: str) -> bool:
    """Whether a message that she sees shows it in its blocks."""
    seen = [channel for channel in workspace.channels.values() if channel.kind == "public" or user in channel.members]
    messages = [message for channel in seen for message in channel.messages.values()]
    messages += [message for (_, whose), own in workspace.ephemerals.items() if whose == user for message in own]
    return any(
        is_named(workspace, file, given) for message in messages for _, given in named_in(message.get("blocks", []))
    )


def _shows(channel: Channel, ts: str, file: File) -> bool:
    return any(shown["id"] == file.id for shown in channel.messages.get(ts, {}).get("files", []))
