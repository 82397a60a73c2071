"""conversations.*: what an app may know of channels, and its own coming and going."""

from bot.sandbox.membership import join, leave
from bot.sandbox.messages import for_api
from bot.sandbox.records import SCOPE_FAMILIES, Channel
from bot.sandbox.webapi.call import Call, Method
from bot.sandbox.wire import Json, SlackError

READ = ("channels:read", "groups:read", "im:read", "mpim:read")
HISTORY = ("channels:history", "groups:history", "im:history", "mpim:history")
TYPE_NAMES = {"public": "public_channel", "private": "private_channel", "im": "im", "mpim": "mpim"}
MOST_IN_MPIM = 8


def open_(call: Call) -> Json:
    """A direct conversation with one person, or a group of up to eight."""
    if channel_id := call.text("channel"):
        return {"channel": {"id": call.channel(name="channel").id}, "already_open": bool(channel_id)}
    users = call.listed("users")
    if not users:
        raise SlackError("users_list_not_supplied")
    if len(users) > MOST_IN_MPIM:
        raise SlackError("too_many_users")
    for user in users:
        _refuse_partner(call, user)
    if len(users) > 1:
        call.needs("mpim:write")
        channel, known = _group(call, users)
    else:
        call.needs("im:write")
        known = (call.app.bot_user_id, users[0]) in call.workspace.direct
        channel = call.workspace.dm(call.app.bot_user_id, users[0])
    shown = shape(call, channel) if call.flag("return_im") else {"id": channel.id}
    return {"channel": shown, "no_op": known, "already_open": known}


def info(call: Call) -> Json:
    channel = call.channel("read")
    shown = shape(call, channel)
    if call.flag("include_num_members"):
        shown["num_members"] = len(channel.members)
    return {"channel": shown}


def list_(call: Call) -> Json:
    kinds = call.listed("types") or ["public_channel"]
    if unknown := set(kinds) - set(TYPE_NAMES.values()):
        raise SlackError("invalid_types", detail=sorted(unknown))
    for kind, name in TYPE_NAMES.items():
        if name in kinds:
            call.needs(f"{SCOPE_FAMILIES[kind]}:read")
    channels = [
        shape(call, channel)
        for channel in call.workspace.channels.values()
        if TYPE_NAMES[channel.kind] in kinds
        and call.can_see(channel)
        and not (call.flag("exclude_archived") and channel.is_archived)
    ]
    page, cursor = call.page(channels)
    return {"channels": page, **cursor}


def members(call: Call) -> Json:
    channel = call.channel("read")
    page, cursor = call.page(list(channel.members))
    return {"members": page, **cursor}


def history(call: Call) -> Json:
    channel = _readable(call)
    newest_first = [channel.messages[ts] for ts in reversed(channel.order)]
    found = [message for message in newest_first if _between(call, message["ts"])]
    page, cursor = call.page(found, most=999)
    more = bool(cursor["response_metadata"]["next_cursor"])
    shown = [for_api(message, metadata=call.flag("include_all_metadata")) for message in page]
    return {"messages": shown, "has_more": more, "pin_count": 0, **(cursor if more else {})}


def replies(call: Call) -> Json:
    channel = _readable(call)
    ts = call.required("ts", "thread_not_found")
    if ts not in channel.messages:
        raise SlackError("thread_not_found")
    root, *rest = channel.thread(str(channel.messages[ts].get("thread_ts") or ts))
    found = [message for message in rest if _between(call, message["ts"])]
    page, cursor = call.page(found, default=1000)
    more = bool(cursor["response_metadata"]["next_cursor"])
    shown = [for_api(message, metadata=call.flag("include_all_metadata")) for message in [root, *page]]
    return {"messages": shown, "has_more": more, **(cursor if more else {})}


def join_(call: Call) -> Json:
    channel = call.channel()
    if channel.kind != "public":
        raise SlackError("method_not_supported_for_channel_type")
    if channel.is_archived:
        raise SlackError("is_archived")
    already = call.app.bot_user_id in channel.members
    join(call.workspace, channel, call.app.bot_user_id)
    warning = {"warning": "already_in_channel", "response_metadata": {"warnings": ["already_in_channel"]}}
    return {"channel": shape(call, channel), **(warning if already else {})}


def leave_(call: Call) -> Json:
    channel = call.channel()
    if call.app.bot_user_id not in channel.members:
        return {"not_in_channel": True}
    leave(call.workspace, channel, call.app.bot_user_id)
    return {}


def shape(call: Call, channel: Channel) -> Json:
    """A conversation as Slack describes it to this app."""
    own, kind = call.app.bot_user_id, channel.kind
    common = {"id": channel.id, "created": channel.created, "is_archived": channel.is_archived, "is_im": kind == "im"}
    common |= {"is_org_shared": False, "context_team_id": call.workspace.team_id, "updated": channel.created * 1000}
    if kind == "im":
        return {**common, "user": next(user for user in channel.members if user != own), "is_open": True, "priority": 0}
    named = {"name": channel.name, "name_normalized": channel.name, "creator": channel.creator, "is_general": False}
    kinds = {"is_channel": kind == "public", "is_group": kind == "private", "is_mpim": kind == "mpim"}
    shared = {
        "is_private": kind != "public",
        "is_shared": channel.is_ext_shared,
        "is_ext_shared": channel.is_ext_shared,
    }
    about = {"value": channel.topic, "creator": channel.creator, "last_set": channel.created}
    texts = {"topic": about, "purpose": {"value": "", "creator": "", "last_set": 0}, "previous_names": []}
    counted = {"num_members": len(channel.members)} if kind == "public" else {}
    return {**common, **named, **kinds, **shared, **texts, **counted, "is_member": own in channel.members}


def _readable(call: Call) -> Channel:
    channel = call.channel("history")
    if call.app.bot_user_id not in channel.members:
        raise SlackError("not_in_channel")
    return channel


def _between(call: Call, ts: str) -> bool:
    """Whether a timestamp lies between oldest and latest; the ends count with `inclusive`."""
    oldest, latest = _seconds(call, "oldest"), _seconds(call, "latest")
    at = int(ts.replace(".", ""))
    if call.flag("inclusive"):
        return (oldest is None or at >= oldest) and (latest is None or at <= latest)
    return (oldest is None or at > oldest) and (latest is None or at < latest)


def _seconds(call: Call, name: str) -> int | None:
    """Microseconds of a timestamp argument, exact for a message's own ts."""
    text = call.text(name)
    if text is None or text == "now":
        return None
    whole, _, part = text.partition(".")
    try:
        return int(whole) * 1_000_000 + int(part[:6].ljust(6, "0"))
    except ValueError:
        raise SlackError(f"invalid_ts_{name}") from None


def _refuse_partner(call: Call, user: str) -> None:
    known = call.workspace.users.get(user)
    if known is None:
        raise SlackError("user_not_found")
    if known.get("deleted"):
        raise SlackError("user_disabled")
    if known.get("is_bot"):
        raise SlackError("cannot_dm_bot")
    if known.get("not_visible"):
        raise SlackError("user_not_visible")


def _group(call: Call, users: list[str]) -> tuple[Channel, bool]:
    everyone = {call.app.bot_user_id, *users}
    for channel in call.workspace.channels.values():
        if channel.kind == "mpim" and set(channel.members) == everyone:
            return channel, True
    name = "mpdm-" + "--".join(sorted(call.workspace.users[user]["name"] for user in users)) + "-1"
    return call.workspace.add_channel("mpim", name, sorted(everyone), call.app.bot_user_id), False


METHODS = {
    "conversations.open": Method(open_, "T3", ("im:write", "mpim:write", "channels:manage", "groups:write")),
    "conversations.info": Method(info, "T3", READ),
    "conversations.list": Method(list_, "T2", READ),
    "conversations.members": Method(members, "T4", READ),
    "conversations.history": Method(history, "T3", HISTORY),
    "conversations.replies": Method(replies, "T3", HISTORY),
    "conversations.join": Method(join_, "T3", ("channels:join",)),
    "conversations.leave": Method(leave_, "T3", ("channels:manage", "groups:write", "im:write", "mpim:write")),
}
