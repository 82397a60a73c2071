"""Whom a decision can have to do with: who may read its channel, and has an account to read it with."""

from rituals.people.store import PeopleStore
from rituals.tables import Tx


def reaches(tx: Tx, workspace: str, channel: str, user: str) -> bool:
    """Whether what is said in a channel may be said to her. Who left the company reads nothing, wherever she is in."""
    people = PeopleStore(tx, workspace)
    if not people.sees(user, channel):
        return False
    known = people.row(user)
    return known is None or not known.deactivated
