"""Channels, who is in them, and who may read them."""

from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Row, Select, and_, bindparam, delete, exists, func, not_, or_, select

from rituals.people.store.opened import Opened
from rituals.people.tables import channel_members, channels, members


@dataclass(frozen=True, slots=True)
class ChannelRow:
    """A channel as Slack describes it. `external`: shared with another company; `bot_in`: the bot may speak there."""

    channel: str
    name: str
    private: bool = False
    external: bool = False
    archived: bool = False
    bot_in: bool = False


class Channels(Opened):
    def save_channels(self, rows: Iterable[ChannelRow]) -> None:
        self._upsert(channels, [asdict(row) for row in rows])

    def save_channel(self, row: ChannelRow) -> None:
        self.save_channels([row])

    def channels(self) -> dict[str, ChannelRow]:
        return {row.channel: _channel(row) for row in self._tx.execute(select(channels).where(self._here(channels)))}

    def channel(self, channel: str) -> ChannelRow | None:
        row = self._tx.execute(_CHANNEL, {"of": self._workspace, "id": channel}).one_or_none()
        return _channel(row) if row else None

    def readers(self, channel: str) -> int:
        """How many people are in the channel: no bots, and nobody who has left the workspace."""
        inside = channel_members.join(
            members,
            and_(members.c.workspace == channel_members.c.workspace, members.c.user == channel_members.c.user),
        )
        asked = select(func.count()).select_from(inside)
        people = (not_(members.c.bot), not_(members.c.deactivated))
        return (
            self._tx.scalar(asked.where(self._here(channel_members), channel_members.c.channel == channel, *people))
            or 0
        )

    def set_channel_members(self, channel: str, users: Collection[str]) -> None:
        """Exactly these people are in the channel."""
        wanted, known = set(users), self.channel_members(channel)
        self.leave(channel, *known - wanted)
        self.join(channel, *wanted - known)

    def join(self, channel: str, *users: str) -> None:
        self._upsert(channel_members, [{"channel": channel, "user": user} for user in sorted(users)])

    def leave(self, channel: str, *users: str) -> None:
        if users:
            self._tx.execute(
                delete(channel_members).where(
                    self._here(channel_members),
                    channel_members.c.channel == channel,
                    channel_members.c.user.in_(users),
                )
            )

    def channel_members(self, channel: str) -> set[str]:
        asked = select(channel_members.c.user).where(self._here(channel_members), channel_members.c.channel == channel)
        return set(self._tx.scalars(asked))

    def channels_of(self, user: str) -> set[str]:
        """The channels that she is in."""
        asked = select(channel_members.c.channel).where(self._here(channel_members), channel_members.c.user == user)
        return set(self._tx.scalars(asked))

    def sees(self, user: str, channel: str) -> bool:
        """Whether she may read the channel: members of the team every public one, guests and people of other
        companies only where they are in. Nobody sees a channel that is not known."""
        asked = self._seen_by(user).where(channels.c.channel == channel)
        return self._tx.execute(asked).first() is not None

    def visible_to(self, user: str) -> set[str]:
        """Every channel that she may read, as `sees` has it."""
        return set(self._tx.scalars(self._seen_by(user)))

    def _seen_by(self, user: str) -> Select[tuple[str]]:
        inside = exists().where(
            self._here(channel_members),
            channel_members.c.channel == channels.c.channel,
            channel_members.c.user == user,
        )
        of_the_team = exists().where(
            self._here(members), members.c.user == user, not_(members.c.guest), not_(members.c.stranger)
        )
        return select(channels.c.channel).where(
            self._here(channels), or_(inside, and_(not_(channels.c.private), of_the_team))
        )


# Built once, since every answer needs it: building a statement costs SQLAlchemy more than running it.
_CHANNEL = select(channels).where(channels.c.workspace == bindparam("of"), channels.c.channel == bindparam("id"))


def _channel(row: Row[Any]) -> ChannelRow:
    return ChannelRow(row.channel, row.name, row.private, row.external, row.archived, row.bot_in)
