"""What every act of a person starts from: who she is, where she acts, what stands in her way."""

from bot.sandbox.messages import find_ephemeral
from bot.sandbox.records import App, Channel
from bot.sandbox.wire import Json, Shown
from bot.sandbox.workspace import Workspace

TROUBLE = "We had some trouble connecting. Try again?"


def somebody(workspace: Workspace, asked: Json, name: str = "user") -> str:
    """The person who acts; Shown when there is none of that id, or she is deactivated."""
    user = str(asked.get(name, ""))
    known = workspace.users.get(user)
    if known is None:
        raise Shown("user_not_found", f"There is nobody with the id {user or '(none given)'}.")
    if known["deleted"]:
        raise Shown("user_disabled", f"The account of {known['real_name']} has been deactivated.")
    return user


def somewhere(workspace: Workspace, asked: Json, user: str) -> Channel:
    """The conversation by its id, ``#name`` or name, or ``@bot`` (any app by name) for the direct one with it."""
    wanted = str(asked.get("channel", ""))
    if wanted.startswith("@"):
        return workspace.dm(_app_named(workspace, wanted[1:]).bot_user_id, user)
    channel = workspace.channels.get(wanted) or _channel_named(workspace, wanted.removeprefix("#"))
    if channel is None or (channel.kind != "public" and user not in channel.members):
        raise Shown("channel_not_found", f"You cannot see a channel {wanted or '(none given)'}.")
    return channel


def her_channel(workspace: Workspace, asked: Json, user: str) -> Channel:
    """The same, and she is in it."""
    channel = somewhere(workspace, asked, user)
    if user not in channel.members:
        raise Shown("not_in_channel", f"You are viewing #{channel.name}. Join the channel first.")
    if channel.is_archived:
        raise Shown("is_archived", f"#{channel.name} has been archived.")
    return channel


def her_message(workspace: Workspace, channel: Channel, user: str, asked: Json) -> Json:
    """A message that she can see there, ephemeral ones of hers too."""
    ts = str(asked.get("ts", ""))
    message = channel.messages.get(ts) or find_ephemeral(workspace, channel.id, user, ts)
    if message is None:
        raise Shown("message_not_found", "This message is no longer there.")
    return message


def one_app(workspace: Workspace, asked: Json) -> App:
    """The app that is meant: by id, or the only one there is."""
    if wanted := asked.get("app_id"):
        if wanted not in workspace.apps:
            raise Shown("app_not_found", f"There is no app {wanted}.")
        return workspace.apps[wanted]
    return next(iter(workspace.apps.values()))


def _app_named(workspace: Workspace, name: str) -> App:
    for app in workspace.apps.values():
        if name in (app.bot_user_id, app.name, app.name.lower(), "bot"):
            return app
    raise Shown("user_not_found", f"There is no app called {name}.")


def _channel_named(workspace: Workspace, name: str) -> Channel | None:
    return next((channel for channel in workspace.channels.values() if name and channel.name == name), None)
