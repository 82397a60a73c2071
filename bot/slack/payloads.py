"""Slack's payloads become records here; past this line there are ids, text and plain values, no `body[...]`."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from bot.slack import refs

Payload = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command, or the same words said to the bot. `key` names this request once and for all.

    `ts` and `thread_ts` are of the message it was said in; a slash command has neither.
    """

    workspace: str
    user: str
    channel: str
    name: str
    text: str
    trigger: str | None
    key: str
    thread_ts: str | None = None
    response_url: str | None = None
    ts: str | None = None


@dataclass(frozen=True, slots=True)
class Press:
    """A pressed button or a changed choice. `carried` is what the element carried, `chosen` what was picked, `nth`
    which of several elements with this verb it was; `fields` is what the modal around it holds so far, as a form's.
    """

    workspace: str
    user: str
    verb: str
    carried: Mapping[str, Any]
    chosen: str | None
    channel: str | None
    message_ts: str | None
    thread_ts: str | None
    trigger: str | None
    key: str
    response_url: str | None
    view_id: str | None
    view_hash: str | None
    surface: str
    ephemeral: bool = False
    nth: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Form:
    """A sent modal. `fields` holds a plain value per block id: text, chosen value, list of values, or None."""

    workspace: str
    user: str
    callback: str
    carried: Mapping[str, Any]
    fields: Mapping[str, Any]
    view_id: str
    trigger: str | None
    key: str


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A global or message shortcut; the last four are set for a message only."""

    workspace: str
    user: str
    callback: str
    trigger: str | None
    key: str
    channel: str | None = None
    message_ts: str | None = None
    message_text: str | None = None
    message_user: str | None = None


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that came with a message: its size in bytes, and the address that gives it to who shows the token.

    Without an address it lies elsewhere, and the token is none of its business.
    """

    id: str
    name: str
    size: int
    address: str


@dataclass(frozen=True, slots=True)
class Said:
    """A message somebody wrote where the bot can read it. `kind` tells new from edited and deleted.

    `channel_type` is "channel", "group", "im" or "mpim". `text` has Slack's entities for & < > undone.
    """

    workspace: str
    kind: str
    channel: str
    channel_type: str
    user: str
    text: str
    ts: str
    thread_ts: str | None
    key: str
    files: tuple[Attached, ...] = ()

    @property
    def in_thread(self) -> bool:
        return self.thread_ts is not None and self.thread_ts != self.ts

    def begins_with(self, user: str) -> bool:
        """Whether somebody is spoken to by its first word."""
        return self.text.lstrip().startswith((f"<@{user}>", f"<@{user}|"))


@dataclass(frozen=True, slots=True)
class Event:
    """Any other event: its type and its own part of the payload."""

    workspace: str
    type: str
    data: Payload
    key: str


def command(body: Payload) -> Command:
    return Command(
        workspace=body["team_id"],
        user=body["user_id"],
        channel=body["channel_id"],
        name=body["command"],
        text=unescape_slack((body.get("text") or "").strip()),
        trigger=body.get("trigger_id"),
        key=body.get("trigger_id") or "",
        response_url=body.get("response_url"),
    )


def press(body: Payload) -> Press:
    action = body["actions"][0]
    container = body.get("container") or {}
    message = body.get("message") or {}
    view = body.get("view") or {}
    return Press(
        workspace=team_of(body),
        user=body["user"]["id"],
        verb=refs.verb_of(action["action_id"]),
        carried=refs.unpack(action.get("value") if action.get("type") == "button" else None)
        or refs.unpack(view.get("private_metadata")),
        chosen=value_of(action),
        channel=(body.get("channel") or {}).get("id") or container.get("channel_id"),
        message_ts=container.get("message_ts") or message.get("ts"),
        thread_ts=_inside(container, message),
        trigger=body.get("trigger_id"),
        key=body.get("trigger_id") or "",
        response_url=body.get("response_url"),
        view_id=view.get("id"),
        view_hash=view.get("hash"),
        surface=view.get("type") or "message",
        ephemeral=bool(container.get("is_ephemeral")),
        nth=refs.nth_of(action["action_id"]),
        fields=_fields(view),
    )


def _inside(container: Payload, message: Payload) -> str | None:
    """The thread she looks at. A thread's first message, and a reply that is shown in the channel, stand outside."""
    thread_ts = container.get("thread_ts") or message.get("thread_ts")
    ts = container.get("message_ts") or message.get("ts")
    return None if thread_ts == ts or message.get("subtype") == "thread_broadcast" else thread_ts


def form(body: Payload) -> Form:
    view = body["view"]
    return Form(
        workspace=team_of(body),
        user=body["user"]["id"],
        callback=view["callback_id"],
        carried=refs.unpack(view.get("private_metadata")),
        fields=_fields(view),
        view_id=view["id"],
        trigger=body.get("trigger_id"),
        key=body.get("trigger_id") or f"{view['id']}:{view.get('hash', '')}",
    )


def _fields(view: Payload) -> Mapping[str, Any]:
    state: Mapping[str, Mapping[str, Payload]] = (view.get("state") or {}).get("values") or {}
    return {block: value_of(next(iter(elements.values()))) for block, elements in state.items() if elements}


def shortcut(body: Payload) -> Shortcut:
    message = body.get("message") or {}
    return Shortcut(
        workspace=team_of(body),
        user=body["user"]["id"],
        callback=body["callback_id"],
        trigger=body.get("trigger_id"),
        key=body.get("trigger_id") or "",
        channel=(body.get("channel") or {}).get("id"),
        message_ts=message.get("ts"),
        message_text=unescape_slack(message["text"]) if "text" in message else None,
        message_user=message.get("user"),
    )


def said(body: Payload) -> Said | None:
    """A person's message as a record, or None for what no person wrote (bots, joins, topic changes)."""
    event: Payload = body["event"]
    subtype = event.get("subtype")
    if subtype == "message_changed":
        return _changed(body, event)
    if subtype == "message_deleted":
        return _record(body, event, event.get("previous_message") or {}, "deleted")
    if subtype not in (None, "thread_broadcast", "file_share", "me_message"):
        return None
    return _record(body, event, event, "new")


def _changed(body: Payload, event: Payload) -> Said | None:
    message, before = event.get("message") or {}, event.get("previous_message") or {}
    if message.get("subtype") == "tombstone":
        return _record(body, event, before, "deleted")
    if message.get("text") == before.get("text"):
        return None  # an unfurled link or a new reply count, not an edit by its author
    return _record(body, event, message, "edited")


def _record(body: Payload, event: Payload, message: Payload, kind: str) -> Said | None:
    if not message.get("user") or message.get("bot_id"):
        return None
    return Said(
        workspace=_told_to(body),
        kind=kind,
        channel=event["channel"],
        channel_type=event.get("channel_type") or "channel",
        user=message["user"],
        text=unescape_slack(message.get("text") or ""),
        ts=message["ts"],
        thread_ts=message.get("thread_ts"),
        key=body.get("event_id") or f"{event['channel']}:{message['ts']}:{kind}",
        files=tuple(map(_attached, message.get("files") or ())),
    )


def _attached(file: Payload) -> Attached:
    elsewhere = bool(file.get("is_external")) or file.get("mode") == "external"
    address = "" if elsewhere else file.get("url_private_download") or file.get("url_private") or ""
    return Attached(file["id"], file.get("name") or "", int(file.get("size") or 0), address)


def event(body: Payload) -> Event:
    return Event(_told_to(body), body["event"]["type"], body["event"], body.get("event_id") or "")


def _told_to(body: Payload) -> str:
    """The workspace whose installation hears of an event; in a channel shared with others it may come from theirs."""
    hearing: Sequence[Payload] = body.get("authorizations") or ({},)
    return str(hearing[0].get("team_id") or body["team_id"])


def team_of(body: Payload) -> str:
    """The workspace an interaction belongs to: where the app is installed, not where the person comes from."""
    installed = (body.get("view") or {}).get("app_installed_team_id")
    team = installed or (body.get("team") or {}).get("id") or (body.get("user") or {}).get("team_id")
    return str(team or body.get("team_id"))


def value_of(element: Payload) -> Any:
    """The plain value of one element of an action or of a view's state; None where nothing is chosen."""
    kind = element.get("type", "")
    if "selected_options" in element:
        return tuple(option["value"] for option in element["selected_options"] or ())
    if "selected_option" in element:
        return (element["selected_option"] or {}).get("value")
    for name in _SELECTED:
        if name in element:
            return element[name]
    return None if kind == "button" else element.get("value")


_SELECTED = (
    "selected_user",
    "selected_users",
    "selected_conversation",
    "selected_channel",
    "selected_date",
    "selected_time",
    "selected_date_time",
)
_MENTION = re.compile(r"<@[UW][A-Z0-9]+(?:\|[^>]*)?>")


def unescape_slack(text: str) -> str:
    """Slack sends `&amp; &lt; &gt;` for what a person typed as & < >; this gives back what she typed."""
    return unescape(text) if "&" in text else text


def without_mention(text: str) -> str:
    """The words after the first mention, for `@crosswalk standup status`."""
    return _MENTION.sub("", text, count=1).strip()
