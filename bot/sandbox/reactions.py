"""Emoji under messages, by people and apps alike."""

from bot.sandbox.records import Channel
from bot.sandbox.wire import Json, SlackError
from bot.sandbox.workspace import Workspace


def add(workspace: Workspace, channel: Channel, ts: str, user: str, name: str) -> None:
    """SlackError already_reacted."""
    message = channel.messages[ts]
    listed: list[Json] = message.setdefault("reactions", [])
    entry = next((one for one in listed if one["name"] == name), None)
    if entry is None:
        entry = {"name": name, "users": [], "count": 0}
        listed.append(entry)
    if user in entry["users"]:
        raise SlackError("already_reacted")
    entry["users"].append(user)
    entry["count"] += 1
    _tell(workspace, channel, message, user, name, "reaction_added")


def remove(workspace: Workspace, channel: Channel, ts: str, user: str, name: str) -> None:
    """SlackError no_reaction."""
    message = channel.messages[ts]
    entry = next((one for one in message.get("reactions", []) if one["name"] == name and user in one["users"]), None)
    if entry is None:
        raise SlackError("no_reaction")
    entry["users"].remove(user)
    entry["count"] -= 1
    if not entry["count"]:
        message["reactions"].remove(entry)
    if not message["reactions"]:
        del message["reactions"]
    _tell(workspace, channel, message, user, name, "reaction_removed")


def _tell(workspace: Workspace, channel: Channel, message: Json, user: str, name: str, kind: str) -> None:
    workspace.keep_message(channel, message["ts"])
    item = {"type": "message", "channel": channel.id, "ts": message["ts"]}
    event = {"type": kind, "user": user, "reaction": name, "item": item, "event_ts": workspace.new_ts()}
    workspace.delivery.emit(kind, {**event, "item_user": message.get("user", "")}, channel)
