"""Messages: posted, changed and deleted, with the events that follow, and as the API and people see them."""

from collections.abc import Iterator
from typing import Any

from bot.sandbox.blockkit import fill_ids, pings
from bot.sandbox.records import App, Channel
from bot.sandbox.text import sent, sent_blocks
from bot.sandbox.wire import Json
from bot.sandbox.workspace import Workspace

_THREAD_FIELDS = ("reply_count", "reply_users", "reply_users_count", "latest_reply", "is_locked", "subscribed")


def by_app(workspace: Workspace, app: App, text: str, blocks: list[Json] | None) -> Json:
    """The part of a message that comes from an app: canonical text, filled ids, whom it notifies."""
    profile = {"id": app.bot_id, "app_id": app.app_id, "name": app.name, "deleted": False, "team_id": workspace.team_id}
    message: Json = {"type": "message", "user": app.bot_user_id, "bot_id": app.bot_id, "app_id": app.app_id}
    message |= {"team": workspace.team_id, "bot_profile": profile}
    return message | content(text, blocks)


def content(text: str, blocks: list[Json] | None) -> Json:
    """Text, blocks and pings of what an app sent."""
    canonical, filled = sent(text), fill_ids(sent_blocks(blocks)) if blocks else None
    found: Json = {"text": canonical, "pings": pings(filled, canonical)}
    return {**found, "blocks": filled} if filled else found


def post(workspace: Workspace, channel: Channel, message: Json, *, announce: bool = True) -> Json:
    """Put a message without a ts into a channel; its thread's root, the page and the apps hear of it."""
    message.setdefault("ts", workspace.new_ts())
    root = message.get("thread_ts")
    if root is not None:
        message["parent_user_id"] = channel.messages[root].get("user", "")
    channel.add(message)
    workspace.keep_message(channel, message["ts"])
    if root is not None:
        _count_replies(workspace, channel, root)
    if announce:
        _announce(workspace, channel, message)
    return message


def change(workspace: Workspace, channel: Channel, ts: str, fields: Json, editor: str) -> Json:
    """Replace fields of a message (None removes one); message_changed goes out."""
    message = channel.messages[ts]
    before = _for_event(channel, message)
    changed = {**message, **fields, "edited": {"user": editor, "ts": workspace.new_ts()}}
    channel.messages[ts] = {key: value for key, value in changed.items() if value is not None}
    workspace.keep_message(channel, ts)
    _emit_change(workspace, channel, _for_event(channel, channel.messages[ts]), before)
    return channel.messages[ts]


def delete(workspace: Workspace, channel: Channel, ts: str) -> None:
    """Remove a message; the root of a thread that has replies leaves a tombstone."""
    message = channel.messages[ts]
    before, root = _for_event(channel, message), message.get("thread_ts")
    if channel.threads.get(ts):
        tombstone = _tombstone(message)
        channel.messages[ts] = tombstone
        workspace.keep_message(channel, ts)
        _emit_change(workspace, channel, for_api(tombstone), before)
        return
    channel.remove(ts)
    workspace.keep_message(channel, ts)
    if root is not None and root != ts:
        _count_replies(workspace, channel, root)
    event_ts = workspace.new_ts()
    event = {"type": "message", "subtype": "message_deleted", "channel": channel.id, "ts": event_ts, "hidden": True}
    event |= {"deleted_ts": ts, "event_ts": event_ts, "previous_message": before}
    workspace.delivery.emit_message(event, channel)


def post_ephemeral(
    workspace: Workspace, channel: Channel, user: str, message: Json, thread_ts: str | None = None
) -> Json:
    """Show a message to one person: it is in no history and gone with this process."""
    message |= {"ts": workspace.new_ts(), "is_ephemeral": True}
    if thread_ts is not None:
        message["thread_ts"] = thread_ts
    workspace.ephemerals.setdefault((channel.id, user), []).append(message)
    _tell_ephemeral(workspace, channel, user, message["ts"])
    return message


def change_ephemeral(workspace: Workspace, channel: Channel, user: str, ts: str, message: Json | None) -> None:
    """Replace an ephemeral message in place, or take it away."""
    shown = workspace.ephemerals.get((channel.id, user), [])
    for place, old in enumerate(shown):
        if old["ts"] == ts and message is None:
            del shown[place]
        elif old["ts"] == ts and message is not None:
            kept: Json = {key: old[key] for key in ("ts", "is_ephemeral", "thread_ts") if key in old}
            shown[place] = {**message, **kept}
        else:
            continue
        break
    _tell_ephemeral(workspace, channel, user, ts)


def find_ephemeral(workspace: Workspace, channel: str, user: str, ts: str) -> Json | None:
    return next((one for one in workspace.ephemerals.get((channel, user), []) if one["ts"] == ts), None)


def for_api(message: Json, *, metadata: bool = False) -> Json:
    """A message as apps get it: nothing that only the sandbox keeps, metadata only where it was asked for."""
    left_out = {"pings"} if metadata else {"pings", "metadata"}
    return {key: value for key, value in message.items() if key not in left_out}


def seen_by(workspace: Workspace, user: str, channel: Channel, thread_ts: str | None) -> list[Json]:
    """What she sees in a channel or a thread, oldest first, her ephemeral messages among it."""
    if thread_ts is not None and thread_ts not in channel.messages:
        return []
    public = channel.thread(thread_ts) if thread_ts else (channel.messages[ts] for ts in channel.order)
    own = (m for m in workspace.ephemerals.get((channel.id, user), []) if m.get("thread_ts") == thread_ts)
    return sorted([*public, *own], key=lambda message: str(message["ts"]))


def unread(workspace: Workspace, user: str, channel: Channel) -> int:
    """How many messages of others came since she last looked."""
    mark = workspace.read_marks.get((user, channel.id), "")
    return sum(1 for ts in reversed(channel.order) if ts > mark and channel.messages[ts].get("user") != user)


def _announce(workspace: Workspace, channel: Channel, message: Json) -> None:
    event = {**_for_event(channel, message), "channel": channel.id, "event_ts": message["ts"]}
    if workspace.is_stranger(message.get("user", "")):
        home = workspace.users[message["user"]]["team_id"]
        event |= {"user_team": home, "source_team": home}
    workspace.delivery.emit_message(event, channel)
    if channel.kind in ("public", "private") and message.get("subtype") in (None, "file_share"):
        for app in _mentioned(workspace, message):
            mention = {key: value for key, value in event.items() if key not in ("channel_type", "subtype")}
            workspace.delivery.emit("app_mention", {**mention, "type": "app_mention"}, channel, only=app)


def _for_event(channel: Channel, message: Json) -> Json:
    """A message as it is pushed: of a file in a channel shared with others only that files.info is to be asked."""
    event = for_api(message)
    if channel.is_ext_shared and "files" in event:
        hidden: Json = {"created": 0, "timestamp": 0, "mode": "file_access", "file_access": "check_file_info"}
        event["files"] = [{"id": file["id"], **hidden} for file in event["files"]]
    return event


def _mentioned(workspace: Workspace, message: Json) -> Iterator[App]:
    """Apps whose bot is named in a message of somebody else."""
    for app in workspace.apps.values():
        if app.bot_user_id in message.get("pings", []) and message.get("user") != app.bot_user_id:
            yield app


def _emit_change(workspace: Workspace, channel: Channel, message: Json, before: Json) -> None:
    event_ts = workspace.new_ts()
    event = {"type": "message", "subtype": "message_changed", "channel": channel.id, "ts": event_ts, "hidden": True}
    event |= {"message": message, "previous_message": before, "event_ts": event_ts}
    workspace.delivery.emit_message(event, channel)


def _count_replies(workspace: Workspace, channel: Channel, root: str) -> None:
    """Bring a thread's root up to date; one that was only a tombstone goes with its last reply."""
    message = channel.messages[root]
    replies = [channel.messages[ts] for ts in channel.threads.get(root, [])]
    if not replies and message.get("subtype") == "tombstone":
        channel.remove(root)
    elif not replies:
        for field in ("thread_ts", *_THREAD_FIELDS):
            message.pop(field, None)
    else:
        message |= {"thread_ts": root, **_thread_facts(replies)}
    workspace.keep_message(channel, root)


def _thread_facts(replies: list[Json]) -> dict[str, Any]:
    users = list(dict.fromkeys(str(reply.get("user", "")) for reply in replies))
    return {
        "reply_count": len(replies),
        "reply_users": users,
        "reply_users_count": len(users),
        "latest_reply": replies[-1]["ts"],
        "is_locked": False,
        "subscribed": False,
    }


def _tombstone(message: Json) -> Json:
    kept = {key: message[key] for key in ("ts", "thread_ts", *_THREAD_FIELDS) if key in message}
    said = {"type": "message", "subtype": "tombstone", "text": "This message was deleted.", "user": "USLACKBOT"}
    return {**said, **kept, "hidden": True, "pings": []}


def _tell_ephemeral(workspace: Workspace, channel: Channel, user: str, ts: str) -> None:
    workspace.updates.tell({"kind": "message", "channel": channel.id, "ts": ts, "user": user, "is_ephemeral": True})
