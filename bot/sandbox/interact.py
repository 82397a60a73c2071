"""What people send to apps: commands, presses, shortcuts, opened Homes, searches in selects."""

from typing import Any

from bot.sandbox import payloads, views
from bot.sandbox.answers import Answer
from bot.sandbox.elements import chosen, elements
from bot.sandbox.messages import for_api
from bot.sandbox.person import TROUBLE, her_channel, her_message, one_app, somebody, somewhere
from bot.sandbox.records import App, Channel, OpenView
from bot.sandbox.responses import apply_acknowledgement
from bot.sandbox.text import typed_command, unescaped
from bot.sandbox.wire import Json, Shown, SlackError
from bot.sandbox.workspace import Workspace

MOST_OPTIONS = 100
_PICKS = (
    "value", "selected_option", "selected_options", "selected_user", "selected_users", "selected_channel",
    "selected_channels", "selected_conversation", "selected_conversations", "selected_date", "selected_time",
    "selected_date_time",
)  # fmt: skip
_UNDIRECTED = {"button", "icon_button", "feedback_buttons", "workflow_button"}


async def command(workspace: Workspace, asked: Json) -> Json:
    """`text` is the whole line: "/standup status"."""
    user = somebody(workspace, asked)
    name, _, rest = str(asked.get("text", "")).strip().partition(" ")
    app = next((app for app in reversed(workspace.apps.values()) if name in app.commands and app.installed), None)
    if app is None:
        raise Shown("unknown_command", f"{name} is not a valid command. {_COMMAND_HINT}")
    if asked.get("thread_ts"):
        raise Shown("command_in_thread", f"{name} is not supported in threads. Sorry!")
    channel = her_channel(workspace, asked, user)
    escape = bool(app.commands[name].get("should_escape"))
    text = typed_command(rest.strip(), workspace.find_name, should_escape=escape)
    payload = payloads.command(workspace, app, user, channel, name, text)
    answer = await workspace.delivery.request(app, "slash_commands", payload, app.address("command", name))
    if not answer.ok:
        raise Shown(_command_error(answer), f'{name} failed with the error "{_command_error(answer)}"')
    place = workspace.tickets.responses[payload["response_url"].removeprefix(workspace.url)]
    try:
        apply_acknowledgement(workspace, place, answer.body)
    except SlackError as error:
        raise Shown(error.code, f'{name} failed with the error "{error.code}"') from None
    return {"response": answer.body, "channel": channel.id}


async def press(workspace: Workspace, asked: Json) -> Json:
    """A button, select or the like, in a message or a view; by action_id or by the label that she reads."""
    user = somebody(workspace, asked)
    if view_id := asked.get("view_id"):
        return await _press_in_view(workspace, asked, her_view(workspace, user, str(view_id)))
    channel = somewhere(workspace, asked, user)
    message = her_message(workspace, channel, user, asked)
    app = _app_of_message(workspace, message)
    block, element = _pressed(message.get("blocks") or [], asked)
    value = await _picked(workspace, app, user, asked, block, element, _message_place(message, channel))
    entered = workspace.message_inputs.get((user, channel.id, message["ts"]), {})
    if value is not None:
        entered.setdefault(block["block_id"], {})[element["action_id"]] = value
        workspace.message_inputs[(user, channel.id, message["ts"])] = entered
    if _stays_silent(block):
        return {"sent": False}
    action = payloads.action(block, element, value, workspace.new_ts())
    payload = payloads.message_actions(workspace, app, user, channel, message, action, entered)
    return await interact(workspace, app, payload)


async def shortcut(workspace: Workspace, asked: Json) -> Json:
    """From the menu of a message (with channel and ts), or a global one."""
    user, callback_id = somebody(workspace, asked), str(asked.get("callback_id", ""))
    app = next((app for app in workspace.apps.values() if callback_id in app.shortcuts), None)
    if app is None:
        raise Shown("unknown_shortcut", f"There is no shortcut {callback_id}.")
    wanted = "message" if asked.get("ts") else "global"
    if app.shortcuts[callback_id]["type"] != wanted:
        raise Shown("wrong_shortcut", f"{callback_id} is not a {wanted} shortcut.")
    if wanted == "global":
        return await interact(workspace, app, payloads.global_shortcut(workspace, app, user, callback_id))
    channel = somewhere(workspace, asked, user)
    message = her_message(workspace, channel, user, asked)
    if message.get("is_ephemeral"):
        raise Shown("no_shortcuts", "A message that only you can see has no shortcuts.")
    return await interact(
        workspace, app, payloads.message_shortcut(workspace, app, user, callback_id, channel, message)
    )


async def open_home(workspace: Workspace, asked: Json) -> Json:
    """She opens the app, on its Home or its messages."""
    user, app, tab = somebody(workspace, asked), one_app(workspace, asked), asked.get("tab", "home")
    if (tab == "home" and not app.home_tab) or (tab == "messages" and not app.messages_tab):
        raise Shown("no_such_tab", f"{app.name} has no {tab} tab.")
    event = {"type": "app_home_opened", "user": user, "tab": tab, "event_ts": workspace.new_ts()}
    home = views.home_of(workspace, app.app_id, user)
    event |= {"channel": workspace.dm(app.bot_user_id, user).id, **({"view": views.shown(home)} if home else {})}
    workspace.delivery.emit("app_home_opened", event, only=app)
    return {"channel": event["channel"], "view_id": home.id if home else None}


async def options(workspace: Workspace, asked: Json) -> Json:
    """What an external select offers for what she has typed."""
    user = somebody(workspace, asked)
    if view_id := asked.get("view_id"):
        view = her_view(workspace, user, str(view_id))
        app, blocks, place = workspace.apps[view.app_id], view.wire["blocks"], view_place(view)
    else:
        channel = somewhere(workspace, asked, user)
        message = her_message(workspace, channel, user, asked)
        app, blocks, place = _app_of_message(workspace, message), message["blocks"], _message_place(message, channel)
    block, element = _pressed(blocks, asked)
    return {"options": await suggested(workspace, app, user, block, element, str(asked.get("query", "")), place)}


async def suggested(
    workspace: Workspace, app: App, user: str, block: Json, element: Json, query: str, place: Json
) -> list[Json]:
    """Ask the app for the options of an external select."""
    asked = {"action_id": element["action_id"], "block_id": block["block_id"], "value": query}
    payload = payloads.suggestion(workspace, app, user, asked, place)
    address = app.address("options") or app.address("interactivity")
    answer = await workspace.delivery.request(app, "interactive", payload, address)
    body: Any = answer.body if isinstance(answer.body, dict) else {}
    groups = [option for group in body.get("option_groups") or [] for option in group["options"]]
    found = [*(body.get("options") or []), *groups]
    if not answer.ok or len(found) > MOST_OPTIONS:
        raise Shown("options_failed", "Something went wrong when loading the options.")
    return found


async def interact(workspace: Workspace, app: App, payload: Json) -> Json:
    """Send an interaction; Shown when the app does not acknowledge it in time."""
    if not app.installed:
        raise Shown("app_uninstalled", f"{app.name} has been removed from this workspace.")
    if not app.interactive:
        raise Shown("not_interactive", "This app is not configured to handle interactive responses.")
    answer = await workspace.delivery.request(app, "interactive", payload, app.address("interactivity"))
    if not answer.ok:
        raise Shown(_command_error(answer), TROUBLE)
    return {"response": answer.body}


def her_view(workspace: Workspace, user: str, view_id: str) -> OpenView:
    view = workspace.views.get(view_id)
    if view is None or view.user != user:
        raise Shown("view_not_found", "This window has been closed.")
    return view


def view_place(view: OpenView) -> Json:
    return {"container": {"type": "view", "view_id": view.id}, "view": views.shown(view)}


async def _press_in_view(workspace: Workspace, asked: Json, view: OpenView) -> Json:
    app = workspace.apps[view.app_id]
    block, element = _pressed(view.wire["blocks"], asked)
    value = await _picked(workspace, app, view.user, asked, block, element, view_place(view))
    if value is not None:
        view.entered.setdefault(block["block_id"], {})[element["action_id"]] = value
    if _stays_silent(block):
        return {"sent": False}
    action = payloads.action(block, element, value, workspace.new_ts())
    return await interact(workspace, app, payloads.view_actions(workspace, app, view, action))


def _stays_silent(block: Json) -> bool:
    """An input tells the app nothing while it is filled in, unless it asked to be told."""
    return block["type"] == "input" and not block.get("dispatch_action")


def _pressed(blocks: list[Json], asked: Json) -> tuple[Json, Json]:
    """The element that is meant, by action_id (and block_id) or by its label; the one with this value if several."""
    wanted, in_block = asked.get("action_id"), asked.get("block_id")
    found = [
        (block, element)
        for block, element in elements(blocks)
        if wanted in (element.get("action_id"), _label(element)) and in_block in (None, block["block_id"])
    ]
    exact = [one for one in found if "value" in asked and one[1].get("value") == asked["value"]]
    if not found:
        labels = ", ".join(f"{_label(element)} ({element['action_id']})" for _, element in elements(blocks))
        raise Shown("nothing_to_press", f"There is no {wanted} here; there is {labels or 'nothing to press'}.")
    return (exact or found)[0]


def _label(element: Json) -> str:
    text = element.get("text") or {}
    return unescaped(str(text.get("text", "")))


async def _picked(
    workspace: Workspace, app: App, user: str, asked: Json, block: Json, element: Json, place: Json
) -> Json | None:
    """The value of what was picked; a button has none of its own."""
    if element["type"] in _UNDIRECTED:
        return None
    plain = next((asked[name] for name in _PICKS if name in asked), None)
    offered = None
    if "external" in element["type"]:
        query = plain.get("value") if isinstance(plain, dict) else plain
        offered = await suggested(workspace, app, user, block, element, str(query or ""), place)
    return picked(workspace, element, plain, offered)


def picked(workspace: Workspace, element: Json, plain: Any, offered: list[Json] | None) -> Json:
    """The value object of a pick; Shown for what her client does not offer, be it a person or a channel."""
    value = chosen(element, plain, offered)
    people = [value.get("selected_user"), *(value.get("selected_users") or [])]
    channels = [value.get("selected_channel"), *(value.get("selected_channels") or [])]
    if any(one and (one not in workspace.users or workspace.users[one]["deleted"]) for one in people):
        raise Shown("no_such_option", f"There is nobody like {plain!r} to choose.")
    if any(one and one not in workspace.channels for one in channels):
        raise Shown("no_such_option", f"There is no channel {plain!r} to choose.")
    return value


def _app_of_message(workspace: Workspace, message: Json) -> App:
    app = workspace.app_of_bot(str(message.get("user", "")))
    if app is None:
        raise Shown("nothing_to_press", "Only messages of apps have something to press.")
    return app


def _message_place(message: Json, channel: Channel) -> Json:
    ephemeral = bool(message.get("is_ephemeral"))
    container = {"type": "message", "message_ts": message["ts"], "channel_id": channel.id, "is_ephemeral": ephemeral}
    where = {"id": channel.id, "name": payloads.channel_name(channel)}
    return {"container": container, "channel": where, **({} if ephemeral else {"message": for_api(message)})}


def _command_error(answer: Answer) -> str:
    if answer.outcome == "timeout":
        return "operation_timeout"
    if answer.outcome == "http_error":
        return "http_client_error" if answer.status < 500 else "http_service_error"
    return "dispatch_failed"


_COMMAND_HINT = 'In Slack, all messages that start with the "/" character are interpreted as commands.'
