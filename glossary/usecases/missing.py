"""Gaps: what several people wrote or looked up and the glossary does not explain. Nothing said in private counts."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from glossary.candidates import candidates
from glossary.gaps import Gap, Seen, Sought, rank
from glossary.store import AskingStore, TermStore
from glossary.usecases.asking import week_of
from glossary.words import key
from rituals.people.store import PeopleStore
from rituals.tables import Tx

# How far back answers and look-ups count, and how many gaps are worth a look at a time.
RECENT = timedelta(weeks=8)
MOST = 10


def met_by_several(tx: Tx, workspace: str, said: Iterable[tuple[str, str]], now: datetime) -> list[Gap]:
    """Ranked, whether the glossary explains it by now or not. `said`: who wrote what, where everybody could read it."""
    asked = AskingStore(tx, workspace)
    people = PeopleStore(tx, workspace).members()
    function_of = {user: member.function for user, member in people.items() if member.function}
    seen = [
        Seen(key(found.text), found.text, user, " ".join(sentence.split()))
        for user, sentence in said
        for found in candidates(sentence)
    ]
    missed = [each for each in asked.missed(week_of(now - RECENT)) if each.public]
    sought = [Sought(each.key, each.text, each.user) for each in missed]
    nobodys = asked.ignored() | _people(person.name for person in people.values())
    return rank(seen, sought, function_of, nobodys.__contains__)


def ignore(tx: Tx, workspace: str, word: str, user: str, now: datetime) -> None:
    """It is no term: nobody is shown it again."""
    AskingStore(tx, workspace).ignore(word, user, now)


def names(tx: Tx, workspace: str) -> frozenset[str]:
    """Everything that the glossary answers to, also what it no longer uses: somebody has thought about that."""
    return frozenset(key(name) for term in TermStore(tx, workspace).everything() for name in term.wording.names())


def _people(names: Iterable[str]) -> frozenset[str]:
    """People are called by their names or a part of them."""
    whole: Collection[str] = list(names)
    return frozenset(key(part) for name in whole for part in (name, *name.split()))
