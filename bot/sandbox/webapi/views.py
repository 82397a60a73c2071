"""views.*: opening, pushing, updating modals by trigger, and publishing Homes."""

from typing import Literal

from bot.sandbox import views
from bot.sandbox.webapi.call import Call, Method, refuse_blocks
from bot.sandbox.wire import Json, SlackError


def open_(call: Call) -> Json:
    given = _view(call, "modal")
    trigger = call.workspace.tickets.use_trigger(call.app.app_id, _trigger_id(call))
    return {"view": views.shown(views.open_(call.workspace, call.app, trigger.user, given))}


def push(call: Call) -> Json:
    """Only a trigger that came out of a modal can put another one on it."""
    given = _view(call, "modal")
    trigger = call.workspace.tickets.use_trigger(call.app.app_id, _trigger_id(call))
    if not call.workspace.stacks.get(trigger.user):
        raise SlackError("invalid_trigger_id")
    return {"view": views.shown(views.push(call.workspace, call.app, trigger.user, given))}


def update(call: Call) -> Json:
    view_id, external_id = call.text("view_id"), call.text("external_id")
    if not view_id and not external_id:
        raise SlackError("invalid_arguments")
    view = views.find(call.workspace, call.app, view_id, external_id)
    given = _view(call, view.wire["type"])
    return {"view": views.shown(views.update(call.workspace, call.app, view, given, call.text("hash")))}


def publish(call: Call) -> Json:
    if not call.app.home_tab:
        raise SlackError("not_enabled")
    user = call.required("user_id")
    if user not in call.workspace.users:
        raise SlackError("user_not_found")
    given = _view(call, "home")
    return {"view": views.shown(views.publish(call.workspace, call.app, user, given, call.text("hash")))}


def _trigger_id(call: Call) -> str:
    trigger_id = call.text("trigger_id") or call.text("interactivity_pointer")
    if trigger_id is None:
        raise SlackError("invalid_arguments")
    return trigger_id


def _view(call: Call, surface: Literal["modal", "home"]) -> Json:
    given = call.decoded("view", "invalid_arguments")
    if not isinstance(given, dict):
        messages = ["[ERROR] missing required field: view"]
        raise SlackError("invalid_arguments", response_metadata={"messages": messages})
    refuse_blocks(views.problems(given, surface), "invalid_arguments")
    return given


METHODS = {
    "views.open": Method(open_, "T4"),
    "views.push": Method(push, "T4"),
    "views.update": Method(update, "T4"),
    "views.publish": Method(publish, "T4"),
}
