"""Keeps the directory true: who joins, leaves, moves or is away; which channels come, go, and let the bot in."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot import outbox
from bot.desk import Desk
from bot.engine import enqueue
from bot.features.people.held import Held, tell_unknown
from bot.registry import Registry
from bot.settings import keep_groups
from bot.slack import people as directory
from bot.slack.payloads import Event
from bot.slack.replies import Reply
from rituals.people.rules import AwayRules, means_away
from rituals.people.store import MemberRow, PeopleStore
from rituals.tables import Tx

CHANGED = "people.changed"


def register(app: Registry, desk: Desk, client: AsyncWebClient) -> None:
    listeners = Listeners(desk, client)
    app.event("team_join", listeners.person_changed)
    app.event("user_change", listeners.person_changed)
    app.event("member_joined_channel", listeners.joined)
    app.event("member_left_channel", listeners.left)
    app.event("channel_left", listeners.bot_left)
    app.event("group_left", listeners.bot_left)
    app.event("channel_rename", listeners.renamed)
    app.event("group_rename", listeners.renamed)
    app.event("channel_archive", listeners.archived)
    app.event("channel_unarchive", listeners.unarchived)
    app.notice("channel_convert_to_private", listeners.converted)
    app.notice("channel_convert_to_public", listeners.converted)
    app.event("subteam_updated", listeners.groups_changed)
    app.event("subteam_members_changed", listeners.groups_changed)
    app.job(CHANGED, listeners.changed)
    app.job(outbox.HELD_JOB, Held(desk).tell)
    for name, why, without in SCOPES:
        app.scope(name, why, without)


SCOPES = (
    (
        "users:read",
        "to know names, time zones, guests and status: each is asked at her own local time, and left alone when away",
        "nobody can be asked at her own time",
    ),
    ("users:read.email", "so that the configuration may name people by email", "people must be named by handle or id"),
    (
        "channels:read",
        "to know who is in a stand-up's channel, and what it is called",
        "a stand-up cannot ask “everybody in the channel”",
    ),
    (
        "groups:read",
        "to know who is in a private channel to which the bot was invited, and what it is called",
        "no stand-ups in private channels",
    ),
    (
        "usergroups:read",
        "so that a function may be a Slack user group",
        "functions must list their members in the configuration",
    ),
)


class Listeners:
    def __init__(self, desk: Desk, client: AsyncWebClient) -> None:
        self._desk = desk
        self._slack = client

    async def person_changed(self, event: Event) -> Reply:
        rules = (await self._desk.settings.of(event.workspace)).away
        await self._desk.database.write(_save_person, event, rules, self._desk.now(), once=(event.workspace, event.key))
        return None

    async def joined(self, event: Event) -> Reply:
        channel = event.data["channel"]
        if event.data["user"] != self._desk.bot_user:
            await self._desk.database.write(_joined, event, once=(event.workspace, event.key))
            return None
        found = await self._slack.conversations_info(channel=channel)
        inside = await directory.inside_of(self._slack, channel)
        now = self._desk.now()
        await self._desk.database.write(_bot_joined, event.workspace, found["channel"], inside, now)
        return None

    async def left(self, event: Event) -> Reply:
        await self._desk.database.write(_left, event, self._desk.bot_user, once=(event.workspace, event.key))
        return None

    async def bot_left(self, event: Event) -> Reply:
        await self._desk.database.write(_bot_left, event, once=(event.workspace, event.key))
        return None

    async def renamed(self, event: Event) -> Reply:
        await self._read_channel(event.workspace, event.data["channel"]["id"])
        return None

    async def archived(self, event: Event) -> Reply:
        await self._read_channel(event.workspace, event.data["channel"])
        return None

    async def converted(self, notice: Event) -> Reply:
        """Others may read it now, or no longer."""
        await self._read_channel(notice.workspace, notice.data["channel"])
        return None

    async def unarchived(self, event: Event) -> Reply:
        await self._read_channel(event.workspace, event.data["channel"])
        now = self._desk.now()
        await self._desk.database.write(outbox.release, event.workspace, event.data["channel"], now)
        return None

    async def _read_channel(self, workspace: str, channel: str) -> None:
        found = await self._slack.conversations_info(channel=channel)
        await self._desk.database.write(_channel_changed, workspace, found["channel"])

    async def groups_changed(self, event: Event) -> Reply:
        groups = await directory.read_groups(self._slack)
        await self._desk.database.write(_save_groups, event.workspace, groups, once=(event.workspace, event.key))
        return None

    def changed(self, tx: Tx, workspace: str, key: str, now: datetime) -> bool:
        """Everything that depends on people follows: functions, and what is already scheduled."""
        before = {str(unknown) for unknown in self._desk.settings.read(tx, workspace).unknown}
        after = self._desk.follow_people(tx, workspace, now)
        tell_unknown(tx, workspace, after, [each for each in map(str, after.unknown) if each not in before], now)
        return False


def _save_person(tx: Tx, event: Event, rules: AwayRules, now: datetime) -> None:
    """Somebody changes her profile all the time; only what we keep of it is written."""
    member, store = directory.member(event.data["user"], event.workspace), PeopleStore(tx, event.workspace)
    before = store.row(member.user)
    if before != member:
        store.save_member(member, now)
        if matters(before, member, rules):
            enqueue(tx, event.workspace, CHANGED, "")


def matters(before: MemberRow | None, after: MemberRow, rules: AwayRules) -> bool:
    """Whether anything follows from a change. From meetings that begin and end all day as statuses nothing does."""
    if before is None or _but_for_status(before) != _but_for_status(after):
        return True
    return means_away(before.status_emoji, rules) or means_away(after.status_emoji, rules)


def _but_for_status(row: MemberRow) -> MemberRow:
    return replace(row, status_emoji="", status_until=None)


def _joined(tx: Tx, event: Event) -> None:
    PeopleStore(tx, event.workspace).join(event.data["channel"], event.data["user"])
    enqueue(tx, event.workspace, CHANGED, "")


def _left(tx: Tx, event: Event, bot_user: str) -> None:
    PeopleStore(tx, event.workspace).leave(event.data["channel"], event.data["user"])
    if event.data["user"] == bot_user:
        _gone(tx, event.workspace, event.data["channel"])
    enqueue(tx, event.workspace, CHANGED, "")


def _bot_left(tx: Tx, event: Event) -> None:
    _gone(tx, event.workspace, event.data["channel"])
    enqueue(tx, event.workspace, CHANGED, "")


def _gone(tx: Tx, workspace: str, channel: str) -> None:
    store = PeopleStore(tx, workspace)
    known = store.channel(channel)
    if known is not None:
        store.save_channel(replace(known, bot_in=False))


def _bot_joined(tx: Tx, workspace: str, found: Mapping[str, Any], inside: tuple[str, ...], now: datetime) -> None:
    """What was held back because the bot was not there is owed again."""
    _save_channel(tx, workspace, found)
    PeopleStore(tx, workspace).set_channel_members(found["id"], inside)
    outbox.release(tx, workspace, found["id"], now)
    enqueue(tx, workspace, CHANGED, "")


def _save_channel(tx: Tx, workspace: str, found: Mapping[str, Any]) -> None:
    PeopleStore(tx, workspace).save_channel(directory.channel(found))


def _channel_changed(tx: Tx, workspace: str, found: Mapping[str, Any]) -> None:
    """A stand-up finds its channel by name: it may have lost it now, or found it again."""
    _save_channel(tx, workspace, found)
    enqueue(tx, workspace, CHANGED, "")


def _save_groups(tx: Tx, workspace: str, groups: tuple[directory.Group, ...]) -> None:
    keep_groups(tx, workspace, groups)
    enqueue(tx, workspace, CHANGED, "")
