"""The exact shapes in which commands and interactions reach an app."""

from bot.sandbox import views
from bot.sandbox.elements import State, state_values
from bot.sandbox.messages import for_api
from bot.sandbox.records import App, Channel, OpenView
from bot.sandbox.wire import Json
from bot.sandbox.workspace import Workspace

_CHANNEL_NAMES = {"im": "directmessage", "private": "privategroup", "mpim": "privategroup"}

_ACTION_FIELDS = ("action_id", "block_id", "text", "value", "type", "style", "placeholder", "accessibility_label")


def command(workspace: Workspace, app: App, user: str, channel: Channel, name: str, text: str) -> Json:
    response = workspace.tickets.new_response("commands", (app.app_id, user, channel.id))
    who = {"user_id": user, "user_name": workspace.users[user]["name"]}
    where = {"channel_id": channel.id, "channel_name": channel_name(channel)}
    team = {"team_id": workspace.team_id, "team_domain": workspace.team["domain"]}
    what = {"command": name, "text": text, "api_app_id": app.app_id, "is_enterprise_install": "false"}
    trigger = workspace.tickets.new_trigger(app.app_id, user)
    links = {"response_url": workspace.url + response, "trigger_id": trigger}
    return {"token": "legacy-verification-token", **team, **where, **who, **what, **links}


def message_actions(
    workspace: Workspace, app: App, user: str, channel: Channel, message: Json, action: Json, entered: State
) -> Json:
    """block_actions of a message; an ephemeral message is not in its own payload."""
    ephemeral, root = bool(message.get("is_ephemeral")), message.get("thread_ts")
    container = {"type": "message", "message_ts": message["ts"], "channel_id": channel.id, "is_ephemeral": ephemeral}
    shown = {} if ephemeral else {"message": for_api(message)}
    return {
        **_interaction(workspace, app, user, "block_actions"),
        "container": {**container, **({"thread_ts": root} if root else {})},
        "trigger_id": workspace.tickets.new_trigger(app.app_id, user),
        "channel": {"id": channel.id, "name": channel_name(channel)},
        **shown,
        "state": {"values": state_values(message.get("blocks") or [], entered)},
        "response_url": _response_url(workspace, app, user, channel, message),
        "actions": [action],
    }


def view_actions(workspace: Workspace, app: App, view: OpenView, action: Json) -> Json:
    return {
        **_interaction(workspace, app, view.user, "block_actions"),
        "container": {"type": "view", "view_id": view.id},
        "trigger_id": workspace.tickets.new_trigger(app.app_id, view.user, view.id),
        "view": views.shown(view),
        "actions": [action],
    }


def view_submission(workspace: Workspace, app: App, view: OpenView, response_urls: list[Json]) -> Json:
    return {
        **_interaction(workspace, app, view.user, "view_submission"),
        "trigger_id": workspace.tickets.new_trigger(app.app_id, view.user, view.id),
        "view": views.shown(view),
        "response_urls": response_urls,
    }


def view_closed(workspace: Workspace, app: App, view: OpenView, *, is_cleared: bool) -> Json:
    head = _interaction(workspace, app, view.user, "view_closed")
    return {**head, "view": views.shown(view), "is_cleared": is_cleared}


def message_shortcut(
    workspace: Workspace, app: App, user: str, callback_id: str, channel: Channel, message: Json
) -> Json:
    return {
        **_interaction(workspace, app, user, "message_action"),
        "callback_id": callback_id,
        "action_ts": workspace.new_ts(),
        "trigger_id": workspace.tickets.new_trigger(app.app_id, user),
        "response_url": _response_url(workspace, app, user, channel, message),
        "channel": {"id": channel.id, "name": channel_name(channel)},
        "message_ts": message["ts"],
        "message": for_api(message),
    }


def global_shortcut(workspace: Workspace, app: App, user: str, callback_id: str) -> Json:
    head = _interaction(workspace, app, user, "shortcut")
    trigger = workspace.tickets.new_trigger(app.app_id, user)
    return {**head, "callback_id": callback_id, "action_ts": workspace.new_ts(), "trigger_id": trigger}


def suggestion(workspace: Workspace, app: App, user: str, asked: Json, place: Json) -> Json:
    """block_suggestion: what she typed into a select whose options the app provides."""
    return {**_interaction(workspace, app, user, "block_suggestion"), **asked, **place}


def action(block: Json, element: Json, value: Json | None, at: str) -> Json:
    """One entry of ``actions``: the element's own facts, with what was picked."""
    facts = {key: element[key] for key in _ACTION_FIELDS if key in element} | {"block_id": block["block_id"]}
    return {**facts, **(value or {}), "action_ts": at}


def channel_name(channel: Channel) -> str:
    return _CHANNEL_NAMES.get(channel.kind, channel.name)


def new_response_url(workspace: Workspace, app: App, user: str, channel: Channel, **source: str | bool | None) -> str:
    return workspace.url + workspace.tickets.new_response("actions", (app.app_id, user, channel.id), **source)


def _response_url(workspace: Workspace, app: App, user: str, channel: Channel, message: Json) -> str:
    ephemeral = bool(message.get("is_ephemeral"))
    source = {"message_ts": message["ts"], "ephemeral_source": ephemeral, "thread_ts": message.get("thread_ts")}
    return new_response_url(workspace, app, user, channel, **source)


def _interaction(workspace: Workspace, app: App, user: str, kind: str) -> Json:
    known = workspace.users[user]
    home = known.get("team_id", workspace.team_id)
    who = {"id": user, "username": known["name"], "name": known["name"], "team_id": home}
    team = {"id": workspace.team_id, "domain": workspace.team["domain"]}
    own = {"api_app_id": app.app_id, "token": "legacy-verification-token", "is_enterprise_install": False}
    return {"type": kind, "user": who, **own, "team": team, "enterprise": None}
