"""What becomes of look-ups: they are counted, week by week; what was not found is remembered."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta

from glossary.store import AskingStore, HintStore, LookedUp, Missed, TermStore
from glossary.terms import Term
from rituals.people.store import PeopleStore
from rituals.tables import Tx

# How far back "most looked up" looks, and after how long look-ups are forgotten.
RECENT, KEPT = timedelta(weeks=12), timedelta(weeks=104)
MOST = 20


def week_of(now: datetime) -> date:
    """The Monday of its week, in UTC: counts need no zone."""
    return now.date() - timedelta(days=now.weekday())


def count(tx: Tx, workspace: str, found: Iterable[LookedUp], missed: Iterable[Missed]) -> None:
    AskingStore(tx, workspace).count(found, missed)


def is_public(tx: Tx, workspace: str, channel: str) -> bool:
    """Whether what is asked there may be shown to others: not what is asked in a private or an unknown channel."""
    if channel.startswith("D"):
        return True
    known = PeopleStore(tx, workspace).channel(channel)
    return known is not None and not known.private


def is_shared(tx: Tx, workspace: str, channel: str) -> bool:
    """Whether people of another company read what is said there."""
    known = PeopleStore(tx, workspace).channel(channel)
    return known is not None and known.external


def most_looked_up(tx: Tx, workspace: str, users: Collection[str], now: datetime) -> list[Term]:
    """What these people look up most, for whoever is new among them; what everybody does where they do nothing."""
    asked, since = AskingStore(tx, workspace), week_of(now - RECENT)
    ids = asked.most_looked_up(users, since, MOST) or asked.most_looked_up(None, since, MOST)
    terms = TermStore(tx, workspace).of(ids)
    return [terms[each] for each in ids if each in terms and terms[each].state != "retired"]


def give_hint(
    tx: Tx, workspace: str, channel: str, ts: str, author: str, terms: Collection[str], now: datetime
) -> tuple[str, ...]:
    """Those of a message's terms that people of the channel on the other side than its author's have looked up before,
    and that had no hint here this week: they have one now."""
    people = PeopleStore(tx, workspace)
    members = people.members(people.channel_members(channel) | {author})
    side = members[author].side if author in members else None
    others = {user for user, member in members.items() if member.side and side and member.side != side}
    wanted = AskingStore(tx, workspace).looked_up_by(terms, others) if others else set()
    if not wanted:
        return ()
    return HintStore(tx, workspace).give(channel, ts, [term for term in terms if term in wanted], week_of(now))


def hinted(tx: Tx, workspace: str, channel: str, ts: str, user: str) -> tuple[str, ...]:
    """The terms that a message was marked for; none for somebody whom the workspace does not know."""
    given = HintStore(tx, workspace).given(channel, ts)
    return given if given and PeopleStore(tx, workspace).member(user) is not None else ()


def switch_hints(tx: Tx, workspace: str, channel: str, user: str, on: bool, now: datetime) -> None:
    """Other processes notice, since the glossary's version counts it."""
    hints = HintStore(tx, workspace)
    if on:
        hints.switch_on(channel, user, now)
    else:
        hints.switch_off(channel)
    TermStore(tx, workspace).touch()


def forget_old(tx: Tx, workspace: str, now: datetime) -> None:
    AskingStore(tx, workspace).forget(week_of(now - KEPT))
    HintStore(tx, workspace).forget(week_of(now - RECENT))
