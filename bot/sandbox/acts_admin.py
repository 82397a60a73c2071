"""What happens to people, channels and apps: comings and goings, statuses, guests, archives, uninstalling."""

from bot.sandbox import membership, oauth, people
from bot.sandbox.clock import read_time
from bot.sandbox.person import her_channel, one_app, somebody, somewhere
from bot.sandbox.records import Channel
from bot.sandbox.wire import Json, Shown, new_id
from bot.sandbox.workspace import Workspace


def status(workspace: Workspace, asked: Json) -> Json:
    user = somebody(workspace, asked)
    facts = {"status_text": asked.get("text", ""), "status_emoji": asked.get("emoji", "")}
    ends = asked.get("expiration") or 0
    people.changed(workspace, user, {**facts, "status_expiration": int(read_time(ends))})
    return {}


def user(workspace: Workspace, asked: Json) -> Json:
    """New facts about somebody: deleted, tz, guest flags, names."""
    if asked.get("user") not in workspace.users:
        raise Shown("user_not_found", f"There is nobody with the id {asked.get('user')}.")
    facts = {key: value for key, value in asked.items() if key != "user"}
    people.changed(workspace, asked["user"], facts)
    return {}


def add_user(workspace: Workspace, asked: Json) -> Json:
    """Somebody new; ``id`` may be left out."""
    facts = {"id": new_id("U"), **asked}
    if facts["id"] in workspace.users:
        raise Shown("name_taken", f"There is already somebody with the id {facts['id']}.")
    workspace.users[facts["id"]] = people.new_user(facts)
    workspace.keep_user(facts["id"])
    shown = people.shape(workspace, workspace.users[facts["id"]])
    workspace.delivery.emit("team_join", {"type": "team_join", "user": shown, "event_ts": workspace.new_ts()})
    return {"user": facts["id"]}


def join(workspace: Workspace, asked: Json) -> Json:
    who = somebody(workspace, asked)
    membership.join(workspace, somewhere(workspace, asked, who), who)
    return {}


def leave(workspace: Workspace, asked: Json) -> Json:
    who = somebody(workspace, asked)
    membership.leave(workspace, somewhere(workspace, asked, who), who)
    return {}


def invite(workspace: Workspace, asked: Json) -> Json:
    """Somebody in a channel brings in somebody else, or an app's bot."""
    host, guest = somebody(workspace, asked), somebody(workspace, asked, "who")
    membership.join(workspace, her_channel(workspace, asked, host), guest, host)
    return {}


def kick(workspace: Workspace, asked: Json) -> Json:
    membership.leave(workspace, _channel(workspace, asked), str(asked.get("who", "")))
    return {}


def create(workspace: Workspace, asked: Json) -> Json:
    creator, name = somebody(workspace, asked), str(asked.get("name", "")).removeprefix("#")
    if not name or any(channel.name == name for channel in workspace.channels.values()):
        raise Shown("name_taken", f"Choose another name: {name or '(none)'} will not do.")
    members = [creator, *asked.get("members", [])]
    channel = workspace.add_channel("private" if asked.get("is_private") else "public", name, members, creator)
    about = {"id": channel.id, "name": name, "created": channel.created, "creator": creator}
    event = {"type": "channel_created", "channel": about, "event_ts": workspace.new_ts()}
    if channel.kind == "public":
        workspace.delivery.emit("channel_created", event, channel)
    return {"channel": channel.id}


def rename(workspace: Workspace, asked: Json) -> Json:
    name = str(asked.get("name", "")).removeprefix("#")
    if not name:
        raise Shown("name_taken", "Give the channel a name.")
    membership.rename(workspace, _channel(workspace, asked), name)
    return {}


def archive(workspace: Workspace, asked: Json) -> Json:
    membership.archive(workspace, _channel(workspace, asked), str(asked.get("user", "")))
    return {}


def unarchive(workspace: Workspace, asked: Json) -> Json:
    membership.archive(workspace, _channel(workspace, asked), str(asked.get("user", "")), archived=False)
    return {}


def convert(workspace: Workspace, asked: Json) -> Json:
    """A public channel becomes private, or a private one public (``is_private``: false)."""
    channel, private = _channel(workspace, asked), bool(asked.get("is_private", True))
    if channel.kind != ("public" if private else "private"):
        raise Shown("channel_type_not_supported", f"{channel.id} is no channel that could become that.")
    membership.convert(workspace, channel, somebody(workspace, asked), private=private)
    return {}


def delete(workspace: Workspace, asked: Json) -> Json:
    membership.delete(workspace, _channel(workspace, asked))
    return {}


def restrict(workspace: Workspace, asked: Json) -> Json:
    """Who may post: "everyone", "admins" or "threads_only"."""
    channel, posting = _channel(workspace, asked), asked.get("posting", "everyone")
    if posting not in ("everyone", "admins", "threads_only"):
        raise Shown("bad_value", "Posting is for everyone, admins or threads_only.")
    channel.posting = posting
    workspace.keep_channel(channel)
    return {}


def uninstall(workspace: Workspace, asked: Json) -> Json:
    oauth.uninstall(workspace, one_app(workspace, asked))
    return {}


def revoke(workspace: Workspace, asked: Json) -> Json:
    oauth.revoke(workspace, one_app(workspace, asked))
    return {}


def expire_token(workspace: Workspace, asked: Json) -> Json:
    """Every token of an app is past its time."""
    app = one_app(workspace, asked)
    for token in (app.bot_token, *app.tokens):
        app.tokens[token] = {"expires": 0}
    return {}


async def install(workspace: Workspace, asked: Json) -> Json:
    """The app again, with its manifest or a new one; its first token holds again, sockets end if it is now on HTTP."""
    app = one_app(workspace, asked)
    app.installed, app.manifest = True, asked.get("manifest", app.manifest)
    app.tokens.clear()
    workspace.delivery.enable(app.app_id)
    workspace.store.put("app", app.app_id, app.saved())
    if not app.socket_mode:
        await workspace.delivery.sockets.disable(app.app_id)
    return {}


def _channel(workspace: Workspace, asked: Json) -> Channel:
    channel = workspace.channels.get(str(asked.get("channel", "")))
    if channel is None:
        raise Shown("channel_not_found", f"There is no channel {asked.get('channel')}.")
    return channel
