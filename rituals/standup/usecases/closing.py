"""The end of a round: what the channel hears, what concerns one person, who kept silent."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from rituals.blockers import usecases as blockers
from rituals.blockers.rules import Blocker
from rituals.calendar import WorkCalendar
from rituals.people.store import PeopleStore
from rituals.standup.rules import Closed, Concerns, Counts, Digest, Entry, NoSuchRound, NotAsked, Participant, Round
from rituals.standup.rules import reading as figures
from rituals.standup.rules.answering import RUNNING
from rituals.standup.store import AnswerStore, ParticipantStore, PreferenceStore, RoundStore
from rituals.standup.usecases.prompting import NEVER_ASKED
from rituals.standup.usecases.reading import viewable
from rituals.standup.usecases.silence import newly_silent
from rituals.tables import Tx


def close_round(tx: Tx, workspace: str, round_id: str, calendar: WorkCalendar, now: datetime) -> Closed | None:
    """Closes a round whose time has come. None if it was closed before, was moved, or does not take place."""
    store = RoundStore(tx, workspace)
    before = store.get(round_id, "change")
    if before is None or before.state not in RUNNING or now < before.closes_at:
        return None
    people = ParticipantStore(tx, workspace)
    people.give_up(round_id, NEVER_ASKED)
    round_ = replace(before, state="closed", closed_at=now)
    store.save(round_)
    digest_ = _digest(tx, workspace, round_, calendar, now)
    return Closed(digest_, _ask_silent(tx, workspace, round_, digest_.missing_for_owner, now))


def digest(tx: Tx, workspace: str, round_id: str, calendar: WorkCalendar, now: datetime) -> Digest:
    """A whole round as it stands, with the blockers that are open now; what is shown at the close is not in it before.

    Raises NoSuchRound.
    """
    return _digest(tx, workspace, _existing(tx, workspace, round_id), calendar, now)


def concerns(tx: Tx, workspace: str, round_id: str, user: str, calendar: WorkCalendar, now: datetime) -> Concerns:
    """What in a round concerns one person. Raises NoSuchRound, and NotAsked if she cannot see the channel."""
    round_ = _existing(tx, workspace, round_id)
    store = PeopleStore(tx, workspace)
    if not viewable(tx, workspace, round_, user):
        raise NotAsked(round_)
    member, functions = store.member(user), store.functions()
    led = {key for key, function in functions.items() if function.lead == user}
    own = member.function if member else None
    all_hers = led | ({own} if own else set())
    people, entries = _said(tx, workspace, round_)
    shown = _shown(round_, entries)
    open_ones = blockers.open_in(tx, workspace, [round_.standup.channel])
    waiting = [each for each in open_ones if each.function in all_hers and each.raiser != user]
    mine = [each for each in open_ones if each.raiser == user]
    raisers = _functions_of(tx, workspace, people, open_ones)
    waits = figures.who_waits(open_ones, raisers, shown, calendar, now)
    return Concerns(
        round=round_,
        function=own or min(led, default=None),
        waiting=figures.blocker_lines(waiting, functions, calendar, now),
        mine=figures.blocker_lines(mine, functions, calendar, now),
        entries=tuple(each for each in shown if each.user != user and figures.names(user, each.answer)),
        asks=tuple(ask for ask in waits if ask.function in all_hers),
    )


def _digest(tx: Tx, workspace: str, round_: Round, calendar: WorkCalendar, now: datetime) -> Digest:
    functions = PeopleStore(tx, workspace).functions()
    people, entries = _said(tx, workspace, round_)
    open_ones = blockers.open_in(tx, workspace, [round_.standup.channel])
    raisers = _functions_of(tx, workspace, people, open_ones)
    answered, shown = {each.user for each in entries}, _shown(round_, entries)
    silent = [each for each in people.values() if each.user not in answered]
    away = tuple((each.user, each.away) for each in silent if each.away is not None)
    return Digest(
        round=round_,
        sections=figures.sections(shown, functions),
        blockers=figures.blocker_lines(open_ones, functions, calendar, now),
        asks=figures.who_waits(open_ones, raisers, shown, calendar, now),
        scales=figures.scales(round_, shown),
        choices=figures.choices(round_, shown),
        counts=_counts(people, entries, away),
        away=away,
        missing_for_owner=tuple(each.user for each in silent if each.away is None and not each.optional),
    )


def _shown(round_: Round, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    return entries if round_.state == "closed" or round_.standup.shows == "when sent" else ()


def _said(tx: Tx, workspace: str, round_: Round) -> tuple[Mapping[str, Participant], tuple[Entry, ...]]:
    people = ParticipantStore(tx, workspace).of_round(round_.id)
    answers = AnswerStore(tx, workspace).of_round(round_.id)
    names = PeopleStore(tx, workspace).names(answers) if answers else {}
    return people, figures.entries(round_, people, answers.values(), names)


def _counts(people: Mapping[str, Participant], entries: tuple[Entry, ...], away: tuple[tuple[str, str], ...]) -> Counts:
    expected = {each.user for each in people.values() if each.away is None and not each.optional}
    answered = sum(1 for each in entries if each.user in expected)
    late = sum(1 for each in entries if each.answer.late)
    return Counts(len(expected), answered, late, len(away), len(entries) - answered)


def _functions_of(
    tx: Tx, workspace: str, people: Mapping[str, Participant], open_ones: tuple[Blocker, ...]
) -> dict[str, str | None]:
    """User -> function, for everybody in the round and for those whose blockers are older than it."""
    others = PeopleStore(tx, workspace).members({each.raiser for each in open_ones} - people.keys())
    known = {user: person.function for user, person in people.items()}
    return known | {user: member.function for user, member in others.items()}


def _ask_silent(tx: Tx, workspace: str, round_: Round, missing: tuple[str, ...], now: datetime) -> tuple[str, ...]:
    preferences = PreferenceStore(tx, workspace)
    silent = newly_silent(tx, workspace, round_, frozenset(missing))
    asked = {user for user, each in preferences.of(round_.standup.key, silent).items() if each.silent_asked_at}
    found = tuple(sorted(silent - asked))
    preferences.put_silent(round_.standup.key, found, now)
    return found


def _existing(tx: Tx, workspace: str, round_id: str) -> Round:
    round_ = RoundStore(tx, workspace).get(round_id)
    if round_ is None:
        raise NoSuchRound(round_id)
    return round_
