"""Opened views: the stack of modals that a person has before her, App Homes, hashes, what she entered."""

import json
import secrets
from typing import Literal

from bot.sandbox.blockkit import Problem, check_view, fill_ids
from bot.sandbox.clock import real_now
from bot.sandbox.elements import state_values
from bot.sandbox.records import App, OpenView
from bot.sandbox.text import sent_blocks
from bot.sandbox.wire import Json, SlackError, new_id
from bot.sandbox.workspace import Workspace

MOST_STACKED = 3
MOST_BYTES = 250_000

_GIVEN = ("title", "submit", "close", "callback_id", "private_metadata", "external_id")
_FLAGS = ("clear_on_close", "notify_on_close", "submit_disabled")


def problems(view: object, surface: Literal["modal", "home"]) -> list[Problem]:
    """What is wrong with a view for its surface; SlackError view_too_large when it is simply too big."""
    if len(json.dumps(view, separators=(",", ":"))) > MOST_BYTES:
        raise SlackError("view_too_large")
    return check_view(view, surface)


def open_(workspace: Workspace, app: App, user: str, given: Json) -> OpenView:
    """As the only modal before her; whatever was open is gone."""
    for view_id in workspace.stacks.pop(user, []):
        workspace.views.pop(view_id, None)
    return push(workspace, app, user, given)


def push(workspace: Workspace, app: App, user: str, given: Json) -> OpenView:
    """On top of her stack; SlackError push_limit_reached at three, duplicate_external_id."""
    stack = workspace.stacks.setdefault(user, [])
    if len(stack) >= MOST_STACKED:
        raise SlackError("push_limit_reached")
    _refuse_duplicate(workspace, app, given, None)
    view = OpenView(app.app_id, user, {})
    own_id = new_id("V")
    below, root = (stack[-1], stack[0]) if stack else (None, own_id)
    view.wire = {"id": own_id, "previous_view_id": below, "root_view_id": root, **_wire(workspace, app, given)}
    workspace.views[view.id] = view
    stack.append(view.id)
    tell(workspace, view)
    return view


def update(workspace: Workspace, app: App, view: OpenView, given: Json, expected_hash: str | None = None) -> OpenView:
    """Replace what a view shows; what was entered stays where block_id and action_id stay."""
    if expected_hash and expected_hash != view.wire["hash"]:
        raise SlackError("hash_conflict")
    _refuse_duplicate(workspace, app, given, view.id)
    kept = {key: view.wire[key] for key in ("id", "previous_view_id", "root_view_id")}
    view.wire = {**kept, **_wire(workspace, app, given)}
    tell(workspace, view)
    return view


def publish(workspace: Workspace, app: App, user: str, given: Json, expected_hash: str | None = None) -> OpenView:
    """Her Home tab of this app."""
    known = workspace.homes.get((app.app_id, user))
    if known is not None:
        view = update(workspace, app, workspace.views[known], given, expected_hash)
    else:
        view = OpenView(app.app_id, user, {})
        own_id = new_id("V")
        view.wire = {"id": own_id, "previous_view_id": None, "root_view_id": own_id, **_wire(workspace, app, given)}
        workspace.views[view.id] = view
        workspace.homes[(app.app_id, user)] = view.id
        tell(workspace, view)
    workspace.store.put("home", f"{app.app_id}:{user}", view.wire)
    return view


def close(workspace: Workspace, view: OpenView) -> None:
    """Take one view off her stack, and all that lie on it."""
    stack = workspace.stacks.get(view.user, [])
    at = stack.index(view.id)
    for gone in stack[at:]:
        workspace.views.pop(gone, None)
    del stack[at:]
    tell(workspace, view)


def clear(workspace: Workspace, user: str) -> list[OpenView]:
    """Close the whole stack; gives the views that were in it, top first."""
    gone = [workspace.views.pop(view_id) for view_id in reversed(workspace.stacks.pop(user, []))]
    for view in gone[:1]:
        tell(workspace, view)
    return gone


def stack_of(workspace: Workspace, user: str) -> list[OpenView]:
    return [workspace.views[view_id] for view_id in workspace.stacks.get(user, [])]


def home_of(workspace: Workspace, app_id: str, user: str) -> OpenView | None:
    known = workspace.homes.get((app_id, user))
    return workspace.views[known] if known else None


def find(workspace: Workspace, app: App, view_id: str | None, external_id: str | None) -> OpenView:
    """An app's own view by id or external_id; SlackError not_found."""
    for view in workspace.views.values():
        same = view.id == view_id if view_id else bool(external_id) and view.wire["external_id"] == external_id
        if same and view.app_id == app.app_id:
            return view
    raise SlackError("not_found")


def shown(view: OpenView) -> Json:
    """A view with its state, as it goes to apps and to people."""
    return {**view.wire, "state": {"values": state_values(view.wire["blocks"], view.entered)}}


def tell(workspace: Workspace, view: OpenView) -> None:
    kind = "home" if view.wire.get("type") == "home" else "view"
    workspace.updates.tell({"kind": kind, "user": view.user, "view_id": view.id, "app_id": view.app_id})


def _wire(workspace: Workspace, app: App, given: Json) -> Json:
    defaults: Json = {"title": None, "submit": None, "close": None}
    defaults |= {"callback_id": "", "private_metadata": "", "external_id": ""}
    own = {"team_id": workspace.team_id, "app_id": app.app_id, "app_installed_team_id": workspace.team_id}
    own |= {"bot_id": app.bot_id, "type": given["type"], "hash": f"{real_now():.0f}.{secrets.token_urlsafe(6)}"}
    flags = {name: bool(given.get(name)) for name in _FLAGS}
    texts = {name: given[name] for name in _GIVEN if given.get(name) is not None}
    return {**own, **defaults, **texts, **flags, "blocks": fill_ids(sent_blocks(given["blocks"]))}


def _refuse_duplicate(workspace: Workspace, app: App, given: Json, own: str | None) -> None:
    wanted = given.get("external_id")
    for view in workspace.views.values() if wanted else ():
        if view.wire["external_id"] == wanted and view.app_id == app.app_id and view.id != own:
            raise SlackError("duplicate_external_id")
