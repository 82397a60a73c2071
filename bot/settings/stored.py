"""The directory as it was last read from Slack: people and channels from the people's tables, user groups from here."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import sqlalchemy as sa

from bot.settings.directory import Directory
from bot.slack.people import Group
from rituals.people.store import ChannelRow, MemberRow
from rituals.people.tables import channel_members, channels, members
from rituals.tables import Tx, metadata

user_groups = sa.Table(
    "user_groups",
    metadata,
    sa.Column("workspace", sa.Text, primary_key=True),
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("handle", sa.Text, nullable=False),
    sa.Column("users", sa.JSON, nullable=False),
)


def stored_directory(tx: Tx, workspace: str) -> Directory:
    """Everybody and every channel of the workspace, in four queries."""
    return Directory(_members(tx, workspace), _channels(tx, workspace), _inside(tx, workspace), _groups(tx, workspace))


def keep_groups(tx: Tx, workspace: str, groups: Iterable[Group]) -> None:
    """These are the workspace's user groups now, and no others."""
    tx.execute(user_groups.delete().where(user_groups.c.workspace == workspace))
    rows = [
        {"workspace": workspace, "id": each.id, "handle": each.handle, "users": list(each.users)} for each in groups
    ]
    if rows:
        tx.execute(user_groups.insert(), rows)


def _members(tx: Tx, workspace: str) -> Sequence[MemberRow]:
    columns = [members.c[name] for name in MemberRow.__slots__]
    return [MemberRow(*row) for row in tx.execute(sa.select(*columns).where(members.c.workspace == workspace))]


def _channels(tx: Tx, workspace: str) -> Sequence[ChannelRow]:
    columns = [channels.c[name] for name in ChannelRow.__slots__]
    return [ChannelRow(*row) for row in tx.execute(sa.select(*columns).where(channels.c.workspace == workspace))]


def _inside(tx: Tx, workspace: str) -> Mapping[str, Sequence[str]]:
    here = sa.select(channel_members.c.channel, channel_members.c.user).where(channel_members.c.workspace == workspace)
    found: dict[str, list[str]] = defaultdict(list)
    for channel, user in tx.execute(here.order_by(channel_members.c.channel, channel_members.c.user)):
        found[channel].append(user)
    return dict(found)


def _groups(tx: Tx, workspace: str) -> Sequence[Group]:
    columns = (user_groups.c.id, user_groups.c.handle, user_groups.c.users)
    rows = tx.execute(sa.select(*columns).where(user_groups.c.workspace == workspace))
    return [Group(id, handle, tuple(users)) for id, handle, users in rows]
