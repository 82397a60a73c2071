"""What a person sees: channels, messages, her windows and Homes. The page and the control endpoints read the same."""

from bisect import bisect_left, bisect_right

from bot.sandbox import people, views
from bot.sandbox.files import may_read
from bot.sandbox.messages import seen_by, unread
from bot.sandbox.person import one_app, somewhere
from bot.sandbox.records import App, Channel, File
from bot.sandbox.wire import Json, Shown
from bot.sandbox.workspace import Workspace


def state(workspace: Workspace, user: str) -> Json:
    """Everything around her but the messages themselves."""
    _somebody(workspace, user)
    seen = [channel for channel in workspace.channels.values() if channel.kind == "public" or user in channel.members]
    homes = {app_id: home(workspace, user, app_id) for app_id in workspace.apps}
    return {
        "team": workspace.team,
        "user": user,
        "users": [people.shape(workspace, one, email=True) for one in workspace.users.values()],
        "usergroups": list(workspace.usergroups.values()),
        "channels": [channel_shape(workspace, user, channel) for channel in seen],
        "apps": [app_shape(workspace, app) for app in workspace.apps.values()],
        "homes": homes,
        "home": next(iter(homes.values()), None),
        "views": windows(workspace, user),
        "clock": workspace.clock.shown(),
    }


def messages(workspace: Workspace, user: str, channel: str, thread_ts: str | None = None) -> list[Json]:
    """A channel ("C…", "#name", "@bot") or one of its threads, oldest first; looking at a channel marks it as read."""
    found, seen = _read(workspace, user, channel, thread_ts)
    return _shown(found, seen)


def window(
    workspace: Workspace, user: str, channel: str, thread_ts: str | None, limit: int, since: str = "", until: str = ""
) -> Json:
    """As `messages`, but a part of them: those from `since` on, those up to `until`, or the newest; and how many there
    are on both sides of it."""
    if limit < 1:
        raise ValueError("A limit is 1 or more.")
    found, seen = _read(workspace, user, channel, thread_ts)
    if since:
        start = bisect_left(seen, since, key=_ts)
        stop = min(start + limit, len(seen))
    else:
        stop = bisect_right(seen, until, key=_ts) if until else len(seen)
        start = max(stop - limit, 0)
    return {"messages": _shown(found, seen[start:stop]), "earlier": start, "later": len(seen) - stop}


def _read(workspace: Workspace, user: str, channel: str, thread_ts: str | None) -> tuple[Channel, list[Json]]:
    _somebody(workspace, user)
    found = somewhere(workspace, {"channel": channel}, user)
    seen = seen_by(workspace, user, found, thread_ts)
    if thread_ts is None and found.order:
        workspace.read_marks[(user, found.id)] = found.order[-1]
    return found, seen


def _shown(channel: Channel, seen: list[Json]) -> list[Json]:
    return [{"is_ephemeral": False, **message, "channel": channel.id} for message in seen]


def _ts(message: Json) -> str:
    return str(message["ts"])


def file(workspace: Workspace, user: str, file_id: str) -> File:
    """A file of hers, or one that a message which she sees shows."""
    _somebody(workspace, user)
    found = workspace.files.get(file_id)
    if found is None or not may_read(workspace, found, user):
        raise Shown("file_not_found", f"You cannot see a file {file_id or '(none given)'}.")
    return found


def windows(workspace: Workspace, user: str) -> list[Json]:
    """Her stack of modals, the top one last."""
    return [views.shown(view) for view in views.stack_of(workspace, user)]


def home(workspace: Workspace, user: str, app_id: str | None = None) -> Json | None:
    """Her Home of an app (the only one unless told), or None before it was published."""
    view = views.home_of(workspace, one_app(workspace, {"app_id": app_id}).app_id, user)
    return views.shown(view) if view else None


def channel_shape(workspace: Workspace, user: str, channel: Channel) -> Json:
    """A channel in her list; `with` is the other side of a direct conversation."""
    other = next((one for one in channel.members if one != user), None) if channel.kind == "im" else None
    facts = {"id": channel.id, "name": channel.name, "kind": channel.kind, "is_private": channel.kind != "public"}
    facts |= {"is_archived": channel.is_archived, "is_ext_shared": channel.is_ext_shared, "topic": channel.topic}
    facts |= {"members": list(channel.members), "is_member": user in channel.members, "with": other}
    return {**facts, "unread": unread(workspace, user, channel) if user in channel.members else 0}


def app_shape(workspace: Workspace, app: App) -> Json:
    facts: Json = {"app_id": app.app_id, "name": app.name, "bot_user_id": app.bot_user_id, "bot_id": app.bot_id}
    facts |= {"installed": app.installed, "home_tab": app.home_tab, "messages_tab": app.messages_tab}
    facts |= {"commands": list(app.commands.values()), "shortcuts": list(app.shortcuts.values())}
    connected = workspace.delivery.sockets.connected(app.app_id)
    return {**facts, "socket_mode": app.socket_mode, "connected": connected, "scopes": app.scopes}


def _somebody(workspace: Workspace, user: str) -> None:
    if user not in workspace.users:
        raise Shown("user_not_found", f"There is nobody with the id {user or '(none given)'}.")
