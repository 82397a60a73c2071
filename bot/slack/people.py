"""Whom and what Slack knows: users, channels and user groups, read page by page into records."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from rituals.people.store import ChannelRow, MemberRow

PAGE = 200


@dataclass(frozen=True, slots=True)
class Group:
    """A Slack user group: its id, its handle without @, and who is in it."""

    id: str
    handle: str
    users: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """Everything read at start: people, channels, who is in the channels the bot is in, and user groups."""

    members: tuple[MemberRow, ...]
    channels: tuple[ChannelRow, ...]
    inside: Mapping[str, tuple[str, ...]]
    groups: tuple[Group, ...]


async def read_all(client: AsyncWebClient, team: str) -> Known:
    """Reads the whole directory. Raises SlackApiError; user groups are left out where the plan has none."""
    members = [member(user, team) async for user in _pages(client, "users.list", "members")]
    channels = [
        channel(found)
        async for found in _pages(
            client, "conversations.list", "channels", types="public_channel,private_channel", exclude_archived=False
        )
    ]
    inside = {each.channel: await inside_of(client, each.channel) for each in channels if each.bot_in}
    return Known(tuple(members), tuple(channels), inside, await read_groups(client))


async def inside_of(client: AsyncWebClient, channel_id: str) -> tuple[str, ...]:
    """Who is in a channel. Raises SlackApiError (`channel_not_found`, ...)."""
    return tuple([str(user) async for user in _pages(client, "conversations.members", "members", channel=channel_id)])


async def read_groups(client: AsyncWebClient) -> tuple[Group, ...]:
    """The workspace's user groups; none where its plan has none. Raises SlackApiError."""
    try:
        answer = await client.usergroups_list(include_users=True)
    except SlackApiError as error:
        if error.response["error"] in ("paid_teams_only", "plan_upgrade_required", "missing_scope"):
            return ()
        raise
    return tuple(Group(each["id"], each["handle"], tuple(each.get("users") or ())) for each in answer["usergroups"])


async def _pages(client: AsyncWebClient, method: str, key: str, **params: Any) -> AsyncIterator[Any]:
    cursor = ""
    while True:
        answer = await client.api_call(method, params={**params, "limit": PAGE, "cursor": cursor})
        for each in answer[key]:
            yield each
        cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
        if not cursor:
            return


def member(user: Mapping[str, Any], team: str) -> MemberRow:
    """A user object of Slack's as a record. Somebody of another workspace (Slack Connect) is a stranger."""
    profile = user.get("profile") or {}
    until = profile.get("status_expiration") or 0
    return MemberRow(
        user=user["id"],
        name=profile.get("real_name")
        or user.get("real_name")
        or profile.get("display_name")
        or user.get("name")
        or user["id"],
        handle=user.get("name") or "",
        email=(profile.get("email") or "").lower(),
        zone=user.get("tz") or "UTC",
        guest=bool(user.get("is_restricted") or user.get("is_ultra_restricted")),
        deactivated=bool(user.get("deleted")),
        stranger=bool(user.get("is_stranger")) or user.get("team_id", team) != team,
        bot=bool(user.get("is_bot")) or user["id"] == "USLACKBOT",
        status_emoji=(profile.get("status_emoji") or "").strip(":"),
        status_until=datetime.fromtimestamp(until, UTC) if until else None,
    )


def channel(found: Mapping[str, Any]) -> ChannelRow:
    return ChannelRow(
        channel=found["id"],
        name=found.get("name") or "",
        private=bool(found.get("is_private")),
        external=bool(found.get("is_ext_shared")),
        archived=bool(found.get("is_archived")),
        bot_in=bool(found.get("is_member")),
    )
