"""What people do with modals: fill, submit, close; and what the app's answer does to them."""

from typing import Any

from bot.sandbox import payloads, views
from bot.sandbox.answers import Answer
from bot.sandbox.elements import elements, plain_value, refusals, state_values
from bot.sandbox.interact import her_view, picked, suggested, view_place
from bot.sandbox.person import TROUBLE, somebody
from bot.sandbox.records import App, OpenView
from bot.sandbox.wire import Json, Shown, SlackError
from bot.sandbox.workspace import Workspace


async def fill(workspace: Workspace, asked: Json) -> Json:
    """Enter values, by block_id, action_id or label, without sending the form."""
    view = her_view(workspace, somebody(workspace, asked), str(asked.get("view_id", "")))
    for name, plain in (asked.get("values") or {}).items():
        await _enter(workspace, view, name, plain)
    views.tell(workspace, view)
    return {"view": views.shown(view)}


async def submit(workspace: Workspace, asked: Json) -> Json:
    """Fill and send: refusals of Slack's own client and errors of the app come back by block_id."""
    await fill(workspace, asked)
    view = her_view(workspace, somebody(workspace, asked), str(asked.get("view_id", "")))
    if view.wire["submit"] is None:
        raise Shown("no_submit", "This window has nothing to submit.")
    values = state_values(view.wire["blocks"], view.entered)
    if refused := refusals(view.wire["blocks"], values):
        raise Shown("invalid_input", " ".join(refused.values()), errors=refused)
    app = workspace.apps[view.app_id]
    payload = payloads.view_submission(workspace, app, view, _response_urls(workspace, app, view))
    answer = await workspace.delivery.request(app, "interactive", payload, app.address("interactivity"))
    return _apply(workspace, app, view, answer)


async def close(workspace: Workspace, asked: Json) -> Json:
    """The Close button, or the cross that closes the whole stack (`all`)."""
    view = her_view(workspace, somebody(workspace, asked), str(asked.get("view_id", "")))
    cleared = bool(asked.get("all") or view.wire["clear_on_close"])
    if cleared:
        gone = views.clear(workspace, view.user)
    else:
        views.close(workspace, view)
        gone = [view]
    for one in gone:
        app = workspace.apps[one.app_id]
        if one.wire["notify_on_close"]:
            payload = payloads.view_closed(workspace, app, one, is_cleared=cleared)
            await workspace.delivery.request(app, "interactive", payload, app.address("interactivity"))
    return {"closed": [one.id for one in gone]}


async def _enter(workspace: Workspace, view: OpenView, name: str, plain: Any) -> None:
    for block, element in elements(view.wire["blocks"]):
        label = (block.get("label") or {}).get("text")
        if name in (block["block_id"], element.get("action_id"), label):
            offered = await _offered(workspace, view, block, element, plain)
            value = picked(workspace, element, plain, offered)
            view.entered.setdefault(block["block_id"], {})[element["action_id"]] = value
            return
    names = ", ".join(block["block_id"] for block, _ in elements(view.wire["blocks"]))
    raise Shown("no_such_input", f"There is no input {name}; there is {names or 'none'}.")


async def _offered(workspace: Workspace, view: OpenView, block: Json, element: Json, plain: Any) -> list[Json] | None:
    if "external" not in element["type"]:
        return None
    app, found = workspace.apps[view.app_id], []
    for one in plain if isinstance(plain, list) else [plain]:
        query = str(one["value"] if isinstance(one, dict) else one or "")
        found += await suggested(workspace, app, view.user, block, element, query, view_place(view))
    return found


def _apply(workspace: Workspace, app: App, view: OpenView, answer: Answer) -> Json:
    """What the acknowledgement of a submission does to her windows."""
    if not answer.ok:
        raise Shown("operation_timeout" if answer.outcome == "timeout" else "dispatch_failed", TROUBLE)
    body = answer.body if isinstance(answer.body, dict) else {}
    try:
        return _respond(workspace, app, view, body.get("response_action"), body)
    except SlackError as error:
        workspace.log.add("ack", "view_submission", body, error.body(), ok=False, error=error.code)
        raise Shown(error.code, TROUBLE) from None


def _respond(workspace: Workspace, app: App, view: OpenView, action: Any, body: Json) -> Json:
    still_open = view.id in workspace.stacks.get(view.user, [])
    if action is None:
        if still_open:
            views.close(workspace, view)
    elif action == "errors":
        _check_errors(view, body.get("errors"))
        return {"response_action": action, "errors": body["errors"]}
    elif action == "clear":
        views.clear(workspace, view.user)
    elif action in ("update", "push"):
        given = body.get("view")
        if not isinstance(given, dict) or views.problems(given, "modal"):
            raise SlackError("invalid_view", messages=[p.message for p in views.problems(given, "modal")])
        if action == "push":
            views.push(workspace, app, view.user, given)
        elif still_open:
            views.update(workspace, app, view, given)
    else:
        raise SlackError("invalid_response_action")
    return {"response_action": action} if action else {}


def _check_errors(view: OpenView, errors: Any) -> None:
    """Errors belong to inputs of the view, by block_id."""
    inputs = {block["block_id"] for block in view.wire["blocks"] if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors or set(errors) - inputs:
        raise SlackError("invalid_errors", errors=errors)


def _response_urls(workspace: Workspace, app: App, view: OpenView) -> list[Json]:
    """An address per conversation that she picked in a select which asks for one."""
    values, found = state_values(view.wire["blocks"], view.entered), []
    for block, element in elements(view.wire["blocks"]):
        if element.get("response_url_enabled"):
            picked = plain_value(values[block["block_id"]][element["action_id"]])
            channel = workspace.channels.get(picked or "")
            if channel is not None:
                url = payloads.new_response_url(workspace, app, view.user, channel)
                ids = {"block_id": block["block_id"], "action_id": element["action_id"]}
                found.append({**ids, "channel_id": channel.id, "response_url": url})
    return found
