"""The Slack app manifest, printed from what the features register, so that it cannot drift from the code."""

import json
from collections.abc import Mapping
from typing import Any, Literal
from urllib.parse import quote

from bot.registry import Registry

Mode = Literal["socket", "http"]

EVENT_SCOPES: Mapping[str, tuple[str, ...]] = {
    "app_home_opened": (),
    "app_mention": ("app_mentions:read",),
    "app_uninstalled": (),
    "channel_archive": ("channels:read",),
    "channel_left": ("channels:read",),
    "channel_rename": ("channels:read",),
    "channel_unarchive": ("channels:read",),
    "group_left": ("groups:read",),
    "group_rename": ("groups:read",),
    "member_joined_channel": ("channels:read", "groups:read"),
    "member_left_channel": ("channels:read", "groups:read"),
    "message.channels": ("channels:history",),
    "message.groups": ("groups:history",),
    "message.im": ("im:history",),
    "reaction_added": ("reactions:read",),
    "subteam_members_changed": ("usergroups:read",),
    "subteam_updated": ("usergroups:read",),
    "team_join": ("users:read",),
    "tokens_revoked": (),
    "user_change": ("users:read",),
}
MESSAGES = ("message.channels", "message.groups", "message.im")
SHORTCUT_LIMIT = 10


def manifest(
    registry: Registry, mode: Mode, url: str | None = None, names: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """`names`: how this group calls a command, by what it means. `url`: the public address in HTTP mode."""
    address = {"url": url} if mode == "http" else {}
    request = {"request_url": url} if mode == "http" else {}
    written = names or {}
    return {
        "_metadata": {"major_version": 2},
        "display_information": {
            "name": "Crosswalk",
            "description": "Keeps a cross-functional group in step: stand-ups at everybody's own time, blockers heard.",
            "background_color": "#1f4e5f",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": bool(registry.homes),
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "crosswalk", "always_online": True},
            "shortcuts": [
                {"name": menu.name, "type": menu.kind, "callback_id": menu.callback, "description": menu.description}
                for menu in registry.menus.values()
            ],
            "slash_commands": [
                {
                    "command": written.get(usage.name, usage.name),
                    "description": usage.description,
                    "usage_hint": usage.hint,
                    "should_escape": True,
                }
                | address
                for usage in registry.commands.values()
            ],
        },
        "oauth_config": {"scopes": {"bot": scopes(registry)}},
        "settings": {
            "event_subscriptions": {"bot_events": events(registry)} | request,
            "interactivity": {"is_enabled": True} | request,
            "org_deploy_enabled": False,
            "socket_mode_enabled": mode == "socket",
            "token_rotation_enabled": False,
        },
    }


def events(registry: Registry) -> list[str]:
    """The event names to subscribe to, sorted; a message listener asks for the three kinds of conversation."""
    wanted = set(registry.events) | (set(MESSAGES) if registry.listeners or registry.notices else set())
    unknown = wanted - set(EVENT_SCOPES)
    if unknown:
        raise ValueError(f"No scope is known for the events {sorted(unknown)}")
    return sorted(wanted)


def scopes(registry: Registry) -> list[str]:
    """The least scopes: what the features ask for, what their events need, and `commands` if there are any."""
    needed = set(registry.scopes) | {scope for event in events(registry) for scope in EVENT_SCOPES[event]}
    unexplained = needed - set(registry.scopes)
    if unexplained:
        raise ValueError(f"Nobody said why these scopes are needed: {sorted(unexplained)}")
    return sorted(needed)


def link(made: Mapping[str, Any]) -> str:
    """Slack's create-app address with this manifest filled in."""
    return "https://api.slack.com/apps?new_app=1&manifest_json=" + quote(
        json.dumps(made, separators=(",", ":")), safe=""
    )


def explain(registry: Registry) -> str:
    """Why each scope is asked for, and what stops without it."""
    return "\n".join(
        f"{scope.name}\n  why: {scope.why}\n  without it: {scope.without}"
        for scope in sorted(registry.scopes.values(), key=lambda scope: scope.name)
        if scope.name in scopes(registry)
    )
