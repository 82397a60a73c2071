"""reactions.*: an app's own emoji under messages."""

from bot.sandbox import emoji, reactions
from bot.sandbox.messages import for_api
from bot.sandbox.records import Channel
from bot.sandbox.webapi.call import Call, Method
from bot.sandbox.wire import Json, SlackError


def add(call: Call) -> Json:
    channel, ts = _place(call)
    reactions.add(call.workspace, channel, ts, call.app.bot_user_id, _name(call))
    return {}


def remove(call: Call) -> Json:
    channel, ts = _place(call)
    reactions.remove(call.workspace, channel, ts, call.app.bot_user_id, _name(call))
    return {}


def get(call: Call) -> Json:
    channel, ts = _place(call)
    return {"type": "message", "channel": channel.id, "message": for_api(channel.messages[ts])}


def _place(call: Call) -> tuple[Channel, str]:
    channel, ts = call.channel(), call.required("timestamp", "no_item_specified")
    if call.app.bot_user_id not in channel.members:
        raise SlackError("not_in_channel")
    if channel.is_archived:
        raise SlackError("is_archived")
    if ts not in channel.messages:
        raise SlackError("message_not_found")
    return channel, ts


def _name(call: Call) -> str:
    name = call.required("name", "invalid_name").strip(":")
    if not emoji.is_known(name, call.workspace.custom_emoji):
        raise SlackError("invalid_name")
    return name


METHODS = {
    "reactions.add": Method(add, "T3", ("reactions:write",)),
    "reactions.remove": Method(remove, "T2", ("reactions:write",)),
    "reactions.get": Method(get, "T3", ("reactions:read",)),
}
