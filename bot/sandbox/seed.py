"""How a workspace begins: from a seed, or from what an earlier run left in its database."""

from bot.sandbox.blockkit import fill_ids, pings
from bot.sandbox.clock import read_time
from bot.sandbox.messages import by_app, for_api, post
from bot.sandbox.people import new_user
from bot.sandbox.records import App, Channel, ChannelKind, File, OpenView
from bot.sandbox.store import Store
from bot.sandbox.text import rich_text, sent
from bot.sandbox.wire import Json
from bot.sandbox.workspace import Workspace

_APP_NEEDS = {"app_id", "name", "bot_user_id", "bot_token", "app_token", "signing_secret", "manifest"}
_APP_FIELDS = _APP_NEEDS | {"client_id", "client_secret"}


def begin(seed: Json, data: str | None) -> Workspace:
    """A workspace from its database where that has one, else from the seed; ValueError says what the seed has wrong."""
    workspace = Workspace(Store(data))
    if any(True for _ in workspace.store.read("team")):
        _resume(workspace)
        for facts in seed.get("apps", []):
            _refresh_app(workspace, facts)
    else:
        _plant(workspace, seed)
    _set_figures(workspace, seed)
    return workspace


def _plant(workspace: Workspace, seed: Json) -> None:
    workspace.team = {"id": "T0SANDBOX", "name": "Sandbox", "domain": "sandbox", **seed.get("team", {})}
    workspace.store.put("team", "team", workspace.team)
    if seed.get("now") is not None:
        workspace.clock.set(read_time(seed["now"]))
    workspace.keep_clock()
    for facts in seed.get("apps", []):
        _refresh_app(workspace, facts)
    for facts in seed.get("users", []):
        workspace.users[facts["id"]] = new_user(facts)
        workspace.keep_user(facts["id"])
    for group in seed.get("usergroups", []):
        workspace.usergroups[group["id"]] = group
        workspace.store.put("usergroup", group["id"], group)
    for facts in seed.get("channels", []):
        _plant_channel(workspace, facts)
    _plant_messages(workspace, seed.get("messages", []))


def _plant_channel(workspace: Workspace, facts: Json) -> None:
    members = dict.fromkeys(facts.get("members", []))
    if strangers := set(members) - set(workspace.users):
        raise ValueError(
            f"Channel {facts.get('name', facts['id'])} has members that are no users: {', '.join(sorted(strangers))}."
        )
    kind: ChannelKind = "im" if facts.get("is_im") else "private" if facts.get("is_private") else "public"
    channel = Channel(facts["id"], kind, facts.get("name", ""), members, created=int(workspace.clock.now()))
    channel.is_archived, channel.is_ext_shared = bool(facts.get("is_archived")), bool(facts.get("is_ext_shared"))
    channel.topic = facts.get("topic", "")
    channel.creator = next(iter(members), "")
    workspace.channels[channel.id] = channel
    if channel.kind == "im":
        _know_direct(workspace, channel)
    workspace.keep_channel(channel)


def _plant_messages(workspace: Workspace, messages: list[Json]) -> None:
    posted: list[Json] = []
    for facts in messages:
        channel, message = workspace.channels[facts["channel"]], _message(workspace, facts)
        message["ts"] = workspace.new_ts(read_time(facts["at"])) if facts.get("at") else workspace.new_ts()
        if facts.get("thread_of") is not None:
            root = posted[facts["thread_of"]]
            message["thread_ts"] = root["ts"]
            if facts.get("reply_broadcast"):
                message |= {"subtype": "thread_broadcast", "root": for_api(root)}
        posted.append(post(workspace, channel, message, announce=False))
    for user in workspace.users:
        for channel in workspace.channels.values():
            workspace.read_marks[(user, channel.id)] = max(channel.order, default="")


def _message(workspace: Workspace, facts: Json) -> Json:
    app = workspace.app_of_bot(facts["user"])
    if app is not None:
        return by_app(workspace, app, facts.get("text", ""), facts.get("blocks"))
    text = sent(facts["text"])
    blocks = fill_ids(facts.get("blocks") or [rich_text(text)])
    author = {"type": "message", "user": facts["user"], "team": workspace.team_id}
    return {**author, "text": text, "blocks": blocks, "pings": pings(blocks, text)}


def _refresh_app(workspace: Workspace, facts: Json) -> None:
    """Manifest, tokens and secrets come from the seed each time; whether it is installed stays."""
    if unknown := set(facts) - _APP_FIELDS:
        raise ValueError(f"An app has no {', '.join(sorted(unknown))}; there are {', '.join(sorted(_APP_FIELDS))}.")
    if missing := _APP_NEEDS - set(facts):
        raise ValueError(f"App {facts.get('name', '')} lacks {', '.join(sorted(missing))}.")
    app = App(bot_id=f"B{facts['app_id'][1:]}", **facts)
    known = workspace.apps.get(app.app_id)
    if known is not None:
        app.installed, app.tokens, app.refresh_tokens = known.installed, known.tokens, known.refresh_tokens
    workspace.apps[app.app_id] = app
    workspace.store.put("app", app.app_id, app.saved())
    bot = {"id": app.bot_user_id, "name": app.name.lower().replace(" ", "_"), "real_name": app.name, "is_bot": True}
    workspace.users.setdefault(app.bot_user_id, new_user({**bot, "tz": "America/Los_Angeles"}))
    workspace.keep_user(app.bot_user_id)


def _set_figures(workspace: Workspace, seed: Json) -> None:
    workspace.limits.change(seed.get("limits", {}))
    workspace.custom_emoji = frozenset(seed.get("emoji", []))
    workspace.delivery.retry_delays = tuple(seed.get("retry_delays", workspace.delivery.retry_delays))
    workspace.delivery.ack_seconds = float(seed.get("ack_seconds", workspace.delivery.ack_seconds))
    workspace.tickets.trigger_seconds = float(seed.get("trigger_seconds", workspace.tickets.trigger_seconds))
    workspace.tour = seed.get("tour")
    workspace.file_seconds = float(seed.get("file_seconds", workspace.file_seconds))


def _resume(workspace: Workspace) -> None:
    read = workspace.store.read
    workspace.team = next(body for _, body in read("team"))
    for key, body in read("app"):
        workspace.apps[key] = App(**{**body, "refresh_tokens": set(body["refresh_tokens"])})
    workspace.users.update(read("user"))
    workspace.usergroups.update(read("usergroup"))
    workspace.scheduled.update(read("scheduled"))
    for key, body in read("channel"):
        workspace.channels[key] = Channel(**{**body, "members": dict.fromkeys(body["members"])})
    _resume_messages(workspace)
    _resume_clock(workspace)
    for key, wire in read("home"):
        app_id, _, user = key.partition(":")
        workspace.views[wire["id"]] = OpenView(app_id, user, wire)
        workspace.homes[(app_id, user)] = wire["id"]
    for key, body in read("file"):
        workspace.files[key] = File(**{**body, "content": bytes.fromhex(body["content"])})


def _resume_clock(workspace: Workspace) -> None:
    """The calendar stood still while nobody ran the workspace; no message is from its future."""
    stopped = [body["now"] for _, body in workspace.store.read("clock")]
    newest = [float(max(channel.messages)) for channel in workspace.channels.values() if channel.messages]
    if stopped:
        workspace.clock.set(max(stopped + newest))


def _resume_messages(workspace: Workspace) -> None:
    for key, message in workspace.store.read("message"):
        channel = workspace.channels[key.partition(":")[0]]
        channel.add(message)
        workspace.seen_ts(message["ts"])
    for channel in workspace.channels.values():
        if channel.kind == "im":
            _know_direct(workspace, channel)
        for user in channel.members:
            workspace.read_marks[(user, channel.id)] = max(channel.order, default="")


def _know_direct(workspace: Workspace, channel: Channel) -> None:
    """A conversation between an app and one person; ValueError where it is none."""
    bot = next((user for user in channel.members if workspace.app_of_bot(user)), None)
    other = next((user for user in channel.members if user != bot), None)
    if bot is None or other is None:
        raise ValueError(f"{channel.id} is to be a direct conversation: its members are an app's bot and one person.")
    workspace.direct[(bot, other)] = channel.id
