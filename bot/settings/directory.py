"""Whom and what Slack knows, and finding there what somebody wrote into a configuration."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.config.problems import did_you_mean, shown
from bot.slack.people import Group
from rituals.people.store import ChannelRow, MemberRow


@dataclass(frozen=True, slots=True)
class Directory:
    """A workspace's people, channels and user groups; `inside` says who is in the channels that the bot can read."""

    members: Sequence[MemberRow] = ()
    channels: Sequence[ChannelRow] = ()
    inside: Mapping[str, Sequence[str]] = field(default_factory=dict)
    groups: Sequence[Group] = ()


class NotFound(Exception):
    """Carries the sentence that says why, and what to do."""


class Finder:
    """Looks up what was written in one directory. An id wins over an address, a handle, then a name as shown."""

    def __init__(self, directory: Directory) -> None:
        people = [member for member in directory.members if not member.bot]
        self._people = {member.user: member for member in directory.members}
        self._emails = _index((member.email, member) for member in people)
        self._handles = _index((member.handle, member) for member in people)
        self._names = _index((member.name, member) for member in people)
        self._channels = {channel.channel: channel for channel in directory.channels}
        self._channel_names = {channel.name.casefold(): channel for channel in directory.channels if channel.name}
        self._groups = {group.id: group for group in directory.groups}
        self._group_handles = {group.handle.casefold(): group for group in directory.groups}

    def person(self, written: str) -> MemberRow:
        """Raises NotFound."""
        name = written.removeprefix("@").casefold()
        found = self._people.get(written)
        if found is not None:
            return found
        for where in (self._emails, self._handles, self._names):
            fitting = _active(where.get(name, []))
            if len(fitting) > 1:
                raise NotFound(
                    f"{len(fitting)} people are called {shown(written)}: write her email address or member id."
                )
            if fitting:
                return fitting[0]
        raise NotFound(self._nobody(written, name))

    def channel(self, written: str) -> ChannelRow:
        """Raises NotFound, also for a channel that is archived."""
        name = written.removeprefix("#").casefold()
        found = self._channels.get(written) or self._channel_names.get(name)
        if found is None:
            near = did_you_mean(name, self._channel_names) if written.startswith("#") else ""
            private = "If it is private, invite Crosswalk there first: /invite @crosswalk."
            raise NotFound(
                " ".join(part for part in (f"Slack shows no channel {shown(written)}.", near, private) if part)
            )
        if found.archived:
            raise NotFound(f"The channel {shown(written)} is archived: unarchive it, or name another.")
        return found

    def group(self, written: str) -> Sequence[str]:
        """The group's members. Raises NotFound."""
        found = self._groups.get(written) or self._group_handles.get(written.removeprefix("@").casefold())
        if found is None:
            near = did_you_mean(written.removeprefix("@"), self._group_handles)
            raise NotFound(f"Slack shows no user group {shown(written)}. {near or 'List the members instead.'}")
        return found.users

    def _nobody(self, written: str, name: str) -> str:
        if written[:1] in "UW" and written.isupper():
            return f"Slack shows no member {shown(written)}: copy the id from her profile, under the three dots."
        if "@" in name:
            return f"Nobody in Slack has the address {shown(written)}: write her handle or member id."
        near = did_you_mean(name, [*self._handles, *self._names])
        return f"Nobody in Slack is called {shown(written)}. {near or 'Write her email address or member id.'}"


def _index(named: Iterable[tuple[str, MemberRow]]) -> Mapping[str, list[MemberRow]]:
    found: dict[str, list[MemberRow]] = defaultdict(list)
    for name, member in named:
        if name:
            found[name.casefold()].append(member)
    return dict(found)


def _active(found: list[MemberRow]) -> list[MemberRow]:
    """Somebody who left may have had the name that somebody has now."""
    return [member for member in found if not member.deactivated] or found[:1]
