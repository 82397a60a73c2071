"""People as Slack describes them to apps."""

from zoneinfo import ZoneInfo

from bot.sandbox.wire import Json
from bot.sandbox.workspace import Workspace

SEED_FIELDS = {
    "id", "name", "real_name", "tz", "email", "is_bot", "is_restricted", "is_ultra_restricted", "deleted",
    "status_text", "status_emoji", "status_expiration", "team_id", "not_visible", "is_admin", "title", "display_name",
}  # fmt: skip


def new_user(facts: Json) -> Json:
    """A person as the workspace keeps her; ValueError names facts it cannot keep, or a zone that does not exist."""
    if unknown := set(facts) - SEED_FIELDS:
        raise ValueError(f"A user has no {', '.join(sorted(unknown))}; there are {', '.join(sorted(SEED_FIELDS))}.")
    user = {"name": facts["id"].lower(), "tz": "Europe/Lisbon", "is_bot": False, "deleted": False, **facts}
    user.setdefault("real_name", user["name"])
    ZoneInfo(user["tz"])
    return user


def shape(workspace: Workspace, user: Json, *, email: bool = False) -> Json:
    """A user object: zone, guest flags, profile with her status; the address only to those who may read it."""
    guest, single = bool(user.get("is_restricted")), bool(user.get("is_ultra_restricted"))
    stranger = workspace.is_stranger(user["id"])
    own = {"id": user["id"], "team_id": user.get("team_id", workspace.team_id), "name": user["name"]}
    own |= {"deleted": bool(user["deleted"]), "profile": profile(user, email=email), "is_bot": bool(user["is_bot"])}
    own |= {"is_app_user": False, "updated": int(user.get("updated", 0))}
    if stranger:
        own["is_stranger"] = True
    if user["deleted"]:
        return own
    zone = {"tz": user["tz"], "tz_label": user["tz"], "tz_offset": workspace.tz_offset(user["tz"])}
    rights = {"is_admin": bool(user.get("is_admin")), "is_owner": False, "is_primary_owner": False}
    guests = {"is_restricted": guest or single, "is_ultra_restricted": single}
    return {**own, "real_name": user["real_name"], **zone, **rights, **guests, "color": "9f69e7"}


def profile(user: Json, *, email: bool = False) -> Json:
    """The profile part; a status whose time is over is not in it."""
    shown = user.get("display_name", user["name"])
    found = {
        "real_name": user["real_name"],
        "real_name_normalized": user["real_name"],
        "display_name": shown,
        "display_name_normalized": shown,
        "title": user.get("title", ""),
        "status_text": user.get("status_text", ""),
        "status_emoji": user.get("status_emoji", ""),
        "status_expiration": int(user.get("status_expiration", 0)),
        "team": user.get("team_id", ""),
    }
    return {**found, "email": user["email"]} if email and user.get("email") else found


def changed(workspace: Workspace, user: str, facts: Json) -> None:
    """Keep new facts about her and tell the apps; ValueError as in `new_user`."""
    merged = new_user({key: value for key, value in {**workspace.users[user], **facts}.items() if key != "updated"})
    workspace.users[user] = {**merged, "updated": int(workspace.clock.now())}
    workspace.keep_user(user)
    for kind in _change_events(facts):
        event = {"type": kind, "user": shape(workspace, workspace.users[user]), "event_ts": workspace.new_ts()}
        workspace.delivery.emit(kind, {**event, "cache_ts": int(workspace.clock.now())})


def expire_statuses(workspace: Workspace) -> None:
    """Statuses whose time the calendar has reached are cleared, as Slack does by itself."""
    now = workspace.clock.now()
    for user in list(workspace.users.values()):
        if 0 < user.get("status_expiration", 0) <= now:
            changed(workspace, user["id"], {"status_text": "", "status_emoji": "", "status_expiration": 0})


def _change_events(facts: Json) -> list[str]:
    """One change fires several events; only a profile change fires the profile's, only a status change the status's."""
    status = any(key.startswith("status_") for key in facts)
    in_profile = status or bool({"real_name", "display_name", "title", "email"} & set(facts))
    named = [("user_change", True), ("user_profile_changed", in_profile), ("user_status_changed", status)]
    return [kind for kind, fired in named if fired]
