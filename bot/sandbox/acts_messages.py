"""What people do with messages: write, upload, edit, delete, react, look."""

import base64
import binascii
from uuid import uuid4

from bot.sandbox import emoji, files, reactions
from bot.sandbox.blockkit import fill_ids, pings
from bot.sandbox.messages import change, delete, post
from bot.sandbox.person import her_channel, her_message, somebody, somewhere
from bot.sandbox.records import Channel
from bot.sandbox.text import rich_text, typed
from bot.sandbox.wire import Json, Shown, SlackError
from bot.sandbox.workspace import Workspace

TYPED_MOST = 12_000
FILES_MOST = 10


def write(workspace: Workspace, asked: Json) -> Json:
    user, channel = _composing(workspace, asked)
    said = _content(workspace, str(asked.get("text", ""))) | _by(workspace, user) | _thread(channel, asked)
    return _sent(workspace, user, channel, post(workspace, channel, said))


def upload(workspace: Workspace, asked: Json) -> Json:
    """One message with up to ten files, {name, content in base64} each; its text may be missing."""
    user, channel = _composing(workspace, asked)
    given, text = _given_files(asked.get("files")), str(asked.get("text", ""))
    content = _content(workspace, text) if text.strip() else {"text": "", "pings": []}
    said = content | _by(workspace, user) | _thread(channel, asked)
    kept = [files.uploaded(workspace, user, name, content) for name, content in given]
    return _sent(workspace, user, channel, files.share(workspace, channel, kept, said))


def edit(workspace: Workspace, asked: Json) -> Json:
    user, channel, message = _own(workspace, asked, "edit")
    change(workspace, channel, message["ts"], _content(workspace, str(asked.get("text", ""))), user)
    return {"ts": message["ts"], "channel": channel.id}


def remove(workspace: Workspace, asked: Json) -> Json:
    _, channel, message = _own(workspace, asked, "delete")
    delete(workspace, channel, message["ts"])
    return {"ts": message["ts"], "channel": channel.id}


def react(workspace: Workspace, asked: Json) -> Json:
    return _reaction(workspace, asked, add=True)


def unreact(workspace: Workspace, asked: Json) -> Json:
    return _reaction(workspace, asked, add=False)


def reload(workspace: Workspace, asked: Json) -> Json:
    """She starts her client anew: ephemeral messages and opened modals are gone."""
    user = somebody(workspace, asked)
    for key in [key for key in workspace.ephemerals if key[1] == user]:
        del workspace.ephemerals[key]
    for view_id in workspace.stacks.pop(user, []):
        workspace.views.pop(view_id, None)
    workspace.updates.tell({"kind": "view", "user": user})
    return {}


def _composing(workspace: Workspace, asked: Json) -> tuple[str, Channel]:
    """Who writes where; Shown when she may not."""
    user = somebody(workspace, asked)
    channel = her_channel(workspace, asked, user)
    _refuse_direct(workspace, channel)
    return user, channel


def _thread(channel: Channel, asked: Json) -> Json:
    thread_ts = asked.get("thread_ts")
    if not thread_ts:
        return {}
    if thread_ts not in channel.messages:
        raise Shown("thread_not_found", "This thread is no longer there.")
    return {"thread_ts": channel.messages[thread_ts].get("thread_ts") or thread_ts}


def _sent(workspace: Workspace, user: str, channel: Channel, posted: Json) -> Json:
    workspace.read_marks[(user, channel.id)] = posted["ts"]
    return {"ts": posted["ts"], "channel": channel.id}


def _given_files(given: object) -> list[tuple[str, bytes]]:
    """Name and content of each; Shown for what Slack's client would not send."""
    if not isinstance(given, list) or not given:
        raise Shown("no_file", "Choose a file first.")
    if len(given) > FILES_MOST:
        raise Shown("too_many_files", f"You can add up to {FILES_MOST} files to a message.")
    try:
        found = [(str(one["name"]).strip(), base64.b64decode(one["content"], validate=True)) for one in given]
    except (KeyError, TypeError, binascii.Error):
        raise Shown("bad_file", "Each file has a name, and a content in base64.") from None
    for name, content in found:
        if not name or not content:
            raise Shown("file_is_empty", f"{name or 'This file'} is empty: choose another one.")
    return found


def _content(workspace: Workspace, text: str) -> Json:
    if not text.strip():
        raise Shown("no_text", "Write something first.")
    if len(text) > TYPED_MOST:
        raise Shown("msg_too_long", f"Your message is too long: {len(text)} characters of {TYPED_MOST}.")
    canonical = typed(text, workspace.find_name)
    blocks = fill_ids([rich_text(canonical)])
    return {"text": canonical, "blocks": blocks, "pings": pings(blocks, canonical)}


def _by(workspace: Workspace, user: str) -> Json:
    home = workspace.users[user].get("team_id", workspace.team_id)
    return {"type": "message", "user": user, "team": home, "client_msg_id": str(uuid4())}


def _own(workspace: Workspace, asked: Json, verb: str) -> tuple[str, Channel, Json]:
    user = somebody(workspace, asked)
    channel = her_channel(workspace, asked, user)
    message = her_message(workspace, channel, user, asked)
    if message.get("user") != user or message.get("subtype") not in (None, "file_share"):
        raise Shown(f"cant_{verb}_message", f"You can {verb} only what you wrote yourself.")
    return user, channel, message


def _refuse_direct(workspace: Workspace, channel: Channel) -> None:
    for app in workspace.apps.values() if channel.kind == "im" else ():
        if app.bot_user_id in channel.members and (not app.messages_tab or app.messages_read_only):
            raise Shown("messages_tab_disabled", "Sending messages to this app has been turned off.")


def _reaction(workspace: Workspace, asked: Json, *, add: bool) -> Json:
    user = somebody(workspace, asked)
    channel = somewhere(workspace, asked, user)
    message, name = her_message(workspace, channel, user, asked), str(asked.get("name", "")).strip(":")
    if message.get("is_ephemeral") or not emoji.is_known(name, workspace.custom_emoji):
        raise Shown("invalid_name", f"You cannot react with :{name}: here.")
    try:
        (reactions.add if add else reactions.remove)(workspace, channel, message["ts"], user, name)
    except SlackError as error:
        raise Shown(error.code, "This reaction is already as you want it.") from None
    return {}
