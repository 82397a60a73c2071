"""Every query about people, opened for one workspace. Records in, records out; whole teams in a handful of queries."""

from rituals.people.store.channels import ChannelRow, Channels
from rituals.people.store.members import MemberRow, Members

__all__ = ["ChannelRow", "MemberRow", "PeopleStore"]


class PeopleStore(Members, Channels):
    """Members with their functions and absences, and the channels they see."""
