"""chat.*: posting, changing, deleting, ephemeral and scheduled messages, permalinks."""

import json
import time
from typing import Any

from bot.sandbox.blockkit import check_message, message_too_long
from bot.sandbox.messages import by_app, change, content, delete, for_api, post, post_ephemeral
from bot.sandbox.records import Channel
from bot.sandbox.webapi.call import Call, Method, refuse_blocks, refuse_missing_kinds
from bot.sandbox.webapi.files import refuse_unready_files
from bot.sandbox.wire import Json, SlackError, new_id
from bot.sandbox.workspace import is_user_id

POST_TEXT, UPDATE_TEXT, MARKDOWN_TEXT = 40_000, 4_000, 12_000
SCHEDULE_AHEAD = 120 * 86_400
SCHEDULE_PER_WINDOW, SCHEDULE_WINDOW = 30, 300


def post_message(call: Call) -> Json:
    channel = target(call)
    text, blocks = body(call)
    metadata, thread_ts = metadata_of(call), thread_of(call, channel)
    if any(call.text(name) for name in ("username", "icon_emoji", "icon_url")):
        call.needs("chat:write.customize")
    call.workspace.limits.post(call.app.app_id, channel.id, time.monotonic())
    message = by_app(call.workspace, call.app, text[:POST_TEXT], blocks)
    message |= {name: value for name, value in (("metadata", metadata), ("thread_ts", thread_ts)) if value}
    if username := call.text("username"):
        message["username"] = username
    if attachments := call.decoded("attachments", "invalid_attachments"):
        message["attachments"] = attachments
    if thread_ts and call.flag("reply_broadcast"):
        message |= {"subtype": "thread_broadcast", "root": for_api(channel.messages[thread_ts])}
    message = post(call.workspace, channel, message)
    return {"channel": channel.id, "ts": message["ts"], "message": for_api(message, metadata=True)}


def update(call: Call) -> Json:
    channel = call.channel()
    ts = call.required("ts", "message_not_found")
    if channel.is_archived:
        raise SlackError("is_inactive")
    message = channel.messages.get(ts)
    if message is None:
        raise SlackError("message_not_found")
    if message.get("user") != call.app.bot_user_id:
        raise SlackError("cant_update_message")
    if len(call.text("text") or "") > UPDATE_TEXT:
        raise SlackError("msg_too_long")
    if call.args.get("metadata") and not (call.text("text") or call.args.get("blocks")):
        fields: Json = {"metadata": metadata_of(call)}
    else:
        text, blocks = body(call)
        fields = {"blocks": None, **content(text, blocks), **({"metadata": m} if (m := metadata_of(call)) else {})}
    message = change(call.workspace, channel, ts, fields, call.app.bot_id)
    return {"channel": channel.id, "ts": ts, "text": message["text"], "message": for_api(message)}


def delete_message(call: Call) -> Json:
    channel = call.channel()
    message = channel.messages.get(call.required("ts", "message_not_found"))
    if message is None or message.get("subtype") == "tombstone":
        raise SlackError("message_not_found")
    if message.get("user") != call.app.bot_user_id:
        raise SlackError("cant_delete_message")
    delete(call.workspace, channel, message["ts"])
    return {"channel": channel.id, "ts": message["ts"]}


def ephemeral(call: Call) -> Json:
    user = call.required("user", "user_not_in_channel")
    channel = target(call)
    if user not in channel.members:
        raise SlackError("user_not_in_channel")
    if call.app.bot_user_id not in channel.members:
        raise SlackError("not_in_channel")
    text, blocks = body(call)
    thread_ts = thread_of(call, channel)
    message = by_app(call.workspace, call.app, text[:POST_TEXT], blocks)
    return {"message_ts": post_ephemeral(call.workspace, channel, user, message, thread_ts)["ts"]}


def permalink(call: Call) -> Json:
    channel, ts = call.channel(), call.required("message_ts", "message_not_found")
    message = channel.messages.get(ts)
    if message is None:
        raise SlackError("message_not_found")
    link = f"https://{call.workspace.team['domain']}.slack.com/archives/{channel.id}/p{ts.replace('.', '')}"
    root = message.get("thread_ts")
    thread = f"?thread_ts={root}&cid={channel.id}" if root and root != ts else ""
    return {"channel": channel.id, "permalink": link + thread}


def schedule(call: Call) -> Json:
    """Kept until the calendar reaches its time; like in Slack, one with metadata is taken but never posted."""
    channel = target(call)
    text, blocks = body(call)
    at = _post_at(call)
    near = [
        one
        for one in _scheduled(call)
        if one["channel_id"] == channel.id and abs(one["post_at"] - at) < SCHEDULE_WINDOW
    ]
    if len(near) >= SCHEDULE_PER_WINDOW:
        raise SlackError("restricted_too_many")
    message = by_app(call.workspace, call.app, text[:POST_TEXT], blocks)
    if thread_ts := thread_of(call, channel):
        message["thread_ts"] = thread_ts
    if metadata := metadata_of(call):
        message["metadata"] = metadata
    entry: Json = {"id": new_id("Q"), "channel_id": channel.id, "post_at": at}
    entry |= {"app": call.app.app_id, "message": message}
    call.workspace.scheduled[entry["id"]] = entry
    call.workspace.store.put("scheduled", entry["id"], entry)
    shown = for_api(message, metadata=True)
    return {"channel": channel.id, "scheduled_message_id": entry["id"], "post_at": at, "message": shown}


def scheduled_list(call: Call) -> Json:
    listed = [
        {key: one[key] for key in ("id", "channel_id", "post_at")} | {"text": one["message"]["text"]}
        for one in _scheduled(call)
        if call.text("channel") in (None, one["channel_id"])
    ]
    page, cursor = call.page(listed)
    return {"scheduled_messages": page, **cursor}


def delete_scheduled(call: Call) -> Json:
    entry = call.workspace.scheduled.get(call.required("scheduled_message_id"))
    if entry is None or entry["app"] != call.app.app_id or entry["channel_id"] != call.text("channel"):
        raise SlackError("invalid_scheduled_message_id")
    del call.workspace.scheduled[entry["id"]]
    call.workspace.store.drop("scheduled", entry["id"])
    return {}


def target(call: Call) -> Channel:
    """The conversation to post into, by channel id, channel name or user id, with every reason why not."""
    channel = _named_channel(call, call.required("channel", "channel_not_found"))
    if channel.kind == "im" and not call.app.messages_tab:
        raise SlackError("messages_tab_disabled")
    if channel.is_archived:
        raise SlackError("is_archived")
    if call.app.bot_user_id not in channel.members:
        if channel.kind != "public":
            raise SlackError("channel_not_found")
        if "chat:write.public" not in call.app.scopes:
            raise SlackError("not_in_channel")
    if channel.posting == "admins":
        raise SlackError("restricted_action")
    if channel.posting == "threads_only" and not call.text("thread_ts"):
        raise SlackError("restricted_action_thread_only_channel")
    return channel


def body(call: Call) -> tuple[str, list[Json] | None]:
    """Text and checked blocks of a message."""
    text, blocks = call.text("text"), call.decoded("blocks", "invalid_blocks_format")
    if markdown := call.text("markdown_text"):
        if text or blocks:
            raise SlackError("markdown_text_conflict")
        if len(markdown) > MARKDOWN_TEXT:
            raise SlackError("msg_too_long")
        text, blocks = markdown, [{"type": "markdown", "text": markdown}]
    if blocks is not None and not isinstance(blocks, list):
        raise SlackError("invalid_blocks_format")
    if not text and not blocks and not call.args.get("attachments"):
        raise SlackError("no_text")
    if blocks:
        refuse_blocks(check_message(blocks, text))
        refuse_missing_kinds(call, blocks)
        refuse_unready_files(call, blocks)
        if message_too_long(blocks):
            raise SlackError("msg_blocks_too_long")
    return text or "", blocks or None


def thread_of(call: Call, channel: Channel) -> str | None:
    thread_ts = call.text("thread_ts")
    if thread_ts is None:
        return None
    root = channel.messages.get(thread_ts)
    if root is None:
        raise SlackError("thread_not_found")
    return str(root.get("thread_ts") or thread_ts)


def metadata_of(call: Call) -> Json | None:
    metadata: Any = call.decoded("metadata", "invalid_metadata_format")
    if metadata is None:
        return None
    if not isinstance(metadata, dict) or not isinstance(metadata.get("event_payload"), dict):
        raise SlackError("invalid_metadata_format")
    if not isinstance(metadata.get("event_type"), str) or not metadata["event_type"]:
        raise SlackError("invalid_metadata_format")
    if len(json.dumps(metadata)) > 16_000:
        raise SlackError("metadata_too_large")
    return metadata


def _named_channel(call: Call, name: str) -> Channel:
    if is_user_id(name):
        return _direct(call, name)
    channel = call.workspace.channels.get(name)
    if channel is None:
        bare = name.removeprefix("#")
        channel = next((one for one in call.workspace.channels.values() if one.name and one.name == bare), None)
    if channel is None or not call.can_see(channel):
        raise SlackError("channel_not_found")
    return channel


def _direct(call: Call, user: str) -> Channel:
    known = call.workspace.users.get(user)
    if known is None or known.get("deleted"):
        raise SlackError("channel_not_found")
    if known.get("is_bot"):
        raise SlackError("cannot_dm_bot")
    return call.workspace.dm(call.app.bot_user_id, user)


def _post_at(call: Call) -> int:
    try:
        at = int(call.required("post_at", "invalid_time"))
    except ValueError:
        raise SlackError("invalid_time") from None
    now = call.workspace.clock.now()
    if at <= now:
        raise SlackError("time_in_past")
    if at > now + SCHEDULE_AHEAD:
        raise SlackError("time_too_far")
    return at


def _scheduled(call: Call) -> list[Json]:
    return [one for one in call.workspace.scheduled.values() if one["app"] == call.app.app_id]


METHODS = {
    "chat.postMessage": Method(post_message, "special", ("chat:write",)),
    "chat.update": Method(update, "T3", ("chat:write",)),
    "chat.delete": Method(delete_message, "T3", ("chat:write",)),
    "chat.postEphemeral": Method(ephemeral, "T4", ("chat:write",)),
    "chat.getPermalink": Method(permalink, "special"),
    "chat.scheduleMessage": Method(schedule, "T3", ("chat:write",)),
    "chat.scheduledMessages.list": Method(scheduled_list, "T3"),
    "chat.deleteScheduledMessage": Method(delete_scheduled, "T3", ("chat:write",)),
}
