"""The glossary in numbers: how much is there, how much of it is used, what is missing. People are only counted."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from glossary.settings import GlossarySettings
from glossary.store import AskingStore, LookedUp, Missed
from glossary.terms import Term
from glossary.usecases.asking import week_of
from rituals.people.store import PeopleStore
from rituals.tables import Tx

TOP = 5
PERIOD = timedelta(weeks=12)


@dataclass(frozen=True, slots=True)
class Stats:
    """`whole`: terms with both sides of every meaning; `by_function`: key ("" for none), look-ups that found
    something, look-ups that did not; `most`: name and look-ups; `wanted`: what is still not there, and how many people
    looked for it (at least two, and not in a private channel)."""

    weeks: int
    terms: int
    whole: int
    waiting: int
    stale: int
    lookups: int
    misses: int
    people: int
    by_function: tuple[tuple[str, int, int], ...]
    most: tuple[tuple[str, int], ...]
    wanted: tuple[tuple[str, int], ...]


def stats(tx: Tx, workspace: str, terms: Iterable[Term], settings: GlossarySettings, now: datetime) -> Stats:
    """`terms`: all there are."""
    asked = AskingStore(tx, workspace)
    since = week_of(now - PERIOD)
    found, missed = asked.looked_up(since), asked.missed(since)
    used = [term for term in terms if term.state != "retired"]
    names = {term.id: term.name for term in used}
    counted = Counter[str]()
    for each in found:
        counted[each.term] += each.n
    most = sorted(
        ((names[term], n) for term, n in counted.items() if term in names), key=lambda each: (-each[1], each[0])
    )
    return Stats(
        weeks=PERIOD.days // 7,
        terms=len(used),
        whole=sum(not any(sense.missing for sense in term.wording.senses) for term in used),
        waiting=sum(term.state == "suggested" for term in used),
        stale=sum(term.stale(now, settings.confirm_every) for term in used),
        lookups=sum(each.n for each in found),
        misses=sum(each.n for each in missed),
        people=len({each.user for each in found} | {each.user for each in missed}),
        by_function=_by_function(tx, workspace, found, missed),
        most=tuple(most[:TOP]),
        wanted=_wanted(missed, asked.ignored()),
    )


def _by_function(
    tx: Tx, workspace: str, found: list[LookedUp], missed: list[Missed]
) -> tuple[tuple[str, int, int], ...]:
    members = PeopleStore(tx, workspace).members()
    of = {user: member.function or "" for user, member in members.items()}
    hits, misses = Counter[str](), Counter[str]()
    for each in found:
        hits[of.get(each.user, "")] += each.n
    for one in missed:
        misses[of.get(one.user, "")] += one.n
    return tuple((function, hits[function], misses[function]) for function in sorted(hits | misses))


def _wanted(missed: list[Missed], ignored: frozenset[str]) -> tuple[tuple[str, int], ...]:
    people: dict[str, set[str]] = {}
    texts: dict[str, str] = {}
    for each in missed:
        if each.public and each.key not in ignored:
            people.setdefault(each.key, set()).add(each.user)
            texts.setdefault(each.key, each.text)
    several = sorted((-len(users), texts[word]) for word, users in people.items() if len(users) > 1)
    return tuple((text, -count) for count, text in several)
