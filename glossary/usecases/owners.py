"""Whoever answers for a term is asked now and then whether it still holds."""

from collections.abc import Collection, Mapping
from datetime import datetime

from glossary.settings import GlossarySettings
from glossary.store import TermStore
from glossary.terms import Term, ask_again_after
from rituals.people.store import PeopleStore
from rituals.tables import Tx

# So many in one message, and the rest another day: nobody confirms a hundred terms at once.
AT_ONCE = 5
_LOOKED_AT = 500


def take_unconfirmed(
    tx: Tx, workspace: str, settings: GlossarySettings, outsiders: Collection[str], now: datetime
) -> Mapping[str, list[Term]]:
    """Whom to ask about which terms today: their owners, or else their stewards. They are marked as asked."""
    terms = TermStore(tx, workspace)
    # So that no term is marked that somebody has written anew since it was read.
    terms.alone()
    asked: dict[str, list[Term]] = {}
    taken: set[str] = set()
    due = terms.to_confirm(now - settings.confirm_every, now - ask_again_after(settings.confirm_every))
    there = reachable(tx, workspace, {owner for term in due for owner in term.wording.owners}, outsiders)
    for term in due:
        whom = term.wording.owners & there or settings.stewards_of(term.wording)
        free = [person for person in sorted(whom) if len(asked.get(person, ())) < AT_ONCE]
        for person in free:
            asked.setdefault(person, []).append(term)
        if free:
            taken.add(term.id)
    terms.asked(sorted(taken), now)
    return asked


def reachable(tx: Tx, workspace: str, users: Collection[str], outsiders: Collection[str]) -> frozenset[str]:
    """Those who can answer for a term: not who has left, is a bot, or belongs to another company."""
    members = PeopleStore(tx, workspace).members(users)
    return frozenset(
        user for user, member in members.items() if not (member.deactivated or member.bot or user in outsiders)
    )


def waiting_for(tx: Tx, workspace: str, user: str, limit: int) -> list[Term]:
    """The terms that she was asked about and nobody has confirmed since."""
    mine = [term for term in TermStore(tx, workspace).asked_about(_LOOKED_AT) if user in term.wording.owners]
    return mine[:limit]
