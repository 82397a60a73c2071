"""users.*, usergroups.*, bots, team, dnd: who is who."""

from bot.sandbox.people import profile, shape
from bot.sandbox.webapi import conversations
from bot.sandbox.webapi.call import Call, Method
from bot.sandbox.wire import Json, SlackError


def info(call: Call) -> Json:
    user = call.workspace.user(call.required("user", "user_not_found"))
    if user.get("not_visible"):
        raise SlackError("user_not_visible")
    return {"user": shape(call.workspace, user, email=_email(call))}


def list_(call: Call) -> Json:
    users = [shape(call.workspace, user, email=_email(call)) for user in call.workspace.users.values()]
    page, cursor = call.page(users, default=1000)
    return {"members": page, "cache_ts": int(call.workspace.clock.now()), **cursor}


def lookup_by_email(call: Call) -> Json:
    wanted = call.required("email", "users_not_found").lower()
    for user in call.workspace.users.values():
        if str(user.get("email", "")).lower() == wanted and not user["deleted"]:
            return {"user": shape(call.workspace, user, email=True)}
    raise SlackError("users_not_found")


def own_conversations(call: Call) -> Json:
    user = call.text("user") or call.app.bot_user_id
    call.workspace.user(user)
    kinds = call.listed("types") or ["public_channel"]
    channels = [
        conversations.shape(call, channel)
        for channel in call.workspace.channels.values()
        if user in channel.members
        and call.can_see(channel)
        and conversations.TYPE_NAMES[channel.kind] in kinds
        and not (call.flag("exclude_archived") and channel.is_archived)
    ]
    page, cursor = call.page(channels)
    return {"channels": page, **cursor}


def profile_get(call: Call) -> Json:
    user = call.workspace.user(call.required("user", "user_not_found"))
    return {"profile": {**profile(user, email=_email(call)), "fields": {}}}


def presence(call: Call) -> Json:
    call.workspace.user(call.required("user", "user_not_found"))
    return {"presence": "active"}


def usergroups(call: Call) -> Json:
    with_users = call.flag("include_users")
    return {"usergroups": [_group(call, group, with_users) for group in call.workspace.usergroups.values()]}


def usergroup_users(call: Call) -> Json:
    group = call.workspace.usergroups.get(call.required("usergroup", "no_such_subteam"))
    if group is None:
        raise SlackError("no_such_subteam")
    return {"users": group["users"]}


def bot_info(call: Call) -> Json:
    wanted = call.text("bot") or call.app.bot_id
    for app in call.workspace.apps.values():
        if app.bot_id == wanted:
            facts = {"id": app.bot_id, "deleted": not app.installed, "name": app.name, "updated": 0}
            return {"bot": {**facts, "app_id": app.app_id, "user_id": app.bot_user_id, "icons": {}}}
    raise SlackError("bot_not_found")


def team_info(call: Call) -> Json:
    team = call.workspace.team
    return {"team": {"id": team["id"], "name": team["name"], "domain": team["domain"], "email_domain": "", "icon": {}}}


def dnd_info(call: Call) -> Json:
    call.workspace.user(call.text("user") or call.app.bot_user_id)
    return {"dnd_enabled": False, "next_dnd_start_ts": 1, "next_dnd_end_ts": 1, "snooze_enabled": False}


def _email(call: Call) -> bool:
    return "users:read.email" in call.app.scopes


def _group(call: Call, group: Json, with_users: bool) -> Json:
    facts = {"id": group["id"], "team_id": call.workspace.team_id, "is_usergroup": True, "name": group["name"]}
    facts |= {"handle": group["handle"], "description": "", "date_delete": 0, "user_count": len(group["users"])}
    return {**facts, "users": group["users"]} if with_users else facts


METHODS = {
    "users.info": Method(info, "T4", ("users:read",)),
    "users.list": Method(list_, "T2", ("users:read",)),
    "users.lookupByEmail": Method(lookup_by_email, "T3", ("users:read.email",)),
    "users.conversations": Method(own_conversations, "T3", conversations.READ),
    "users.profile.get": Method(profile_get, "T4", ("users.profile:read",)),
    "users.getPresence": Method(presence, "T3", ("users:read",)),
    "usergroups.list": Method(usergroups, "T2", ("usergroups:read",)),
    "usergroups.users.list": Method(usergroup_users, "T2", ("usergroups:read",)),
    "bots.info": Method(bot_info, "T3", ("users:read",)),
    "team.info": Method(team_info, "T3", ("team:read",)),
    "dnd.info": Method(dnd_info, "T3", ("dnd:read",)),
}
