"""Who is in which channel, and what happens to channels themselves, with the events that follow."""

from bot.sandbox.messages import post
from bot.sandbox.records import Channel
from bot.sandbox.wire import Json
from bot.sandbox.workspace import Workspace


def join(workspace: Workspace, channel: Channel, user: str, inviter: str | None = None) -> None:
    """Into a channel; the app that joins hears of it too, and so do those who were there."""
    if user in channel.members:
        return
    channel.members[user] = None
    workspace.keep_channel(channel)
    subtype = "channel_join" if channel.kind == "public" else "group_join"
    message = {"type": "message", "subtype": subtype, "user": user, "text": f"<@{user}> has joined the channel"}
    post(workspace, channel, {**message, **({"inviter": inviter} if inviter else {}), "pings": []})
    event = {"type": "member_joined_channel", **_member(workspace, channel, user)}
    workspace.delivery.emit("member_joined_channel", {**event, **({"inviter": inviter} if inviter else {})}, channel)


def leave(workspace: Workspace, channel: Channel, user: str) -> None:
    """Out of a channel; an app that is removed hears channel_left or group_left instead."""
    if user not in channel.members:
        return
    event = {"type": "member_left_channel", **_member(workspace, channel, user)}
    del channel.members[user]
    workspace.keep_channel(channel)
    workspace.delivery.emit("member_left_channel", event, channel)
    app = workspace.app_of_bot(user)
    if app is not None:
        left = "channel_left" if channel.kind == "public" else "group_left"
        told = {"type": left, "channel": channel.id, "actor_id": user, "event_ts": workspace.new_ts()}
        workspace.delivery.emit(left, told, channel, only=app)


def rename(workspace: Workspace, channel: Channel, name: str) -> None:
    channel.name = name
    workspace.keep_channel(channel)
    renamed = {"id": channel.id, "name": name, "created": channel.created}
    _tell(workspace, channel, "rename", {"channel": renamed})


def archive(workspace: Workspace, channel: Channel, user: str, *, archived: bool = True) -> None:
    channel.is_archived = archived
    workspace.keep_channel(channel)
    _tell(workspace, channel, "archive" if archived else "unarchive", {"channel": channel.id, "user": user})


def convert(workspace: Workspace, channel: Channel, user: str, *, private: bool) -> None:
    """Made private, or public. Slack has no event for this, only the line in the channel that says so."""
    channel.kind = "private" if private else "public"
    workspace.keep_channel(channel)
    subtype = f"channel_convert_to_{channel.kind}"
    says = (
        "it can only be viewed or joined by invitation"
        if private
        else "any member of the workspace can see and join it"
    )
    text = f"made this channel *{channel.kind}*. Now, {says}."
    post(workspace, channel, {"type": "message", "subtype": subtype, "user": user, "text": text, "pings": []})


def delete(workspace: Workspace, channel: Channel) -> None:
    """The channel is gone, as if it had never been."""
    _tell(workspace, channel, "deleted", {"channel": channel.id})
    for ts in list(channel.messages):
        workspace.store.drop("message", f"{channel.id}:{ts}")
    del workspace.channels[channel.id]
    workspace.store.drop("channel", channel.id)
    workspace.updates.tell({"kind": "channel", "channel": channel.id})


def _tell(workspace: Workspace, channel: Channel, what: str, fields: Json) -> None:
    kind = f"{'channel' if channel.kind == 'public' else 'group'}_{what}"
    workspace.delivery.emit(kind, {"type": kind, **fields, "event_ts": workspace.new_ts()}, channel)


def _member(workspace: Workspace, channel: Channel, user: str) -> Json:
    kind = "C" if channel.kind == "public" else "G"
    about = {"user": user, "channel": channel.id, "channel_type": kind, "event_ts": workspace.new_ts()}
    return {**about, "team": workspace.users.get(user, {}).get("team_id", workspace.team_id)}
