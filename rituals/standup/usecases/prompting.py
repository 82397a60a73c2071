"""Whose time has come: whom to ask, whom to remind, whom to ask what would suit her."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from rituals.blockers import usecases as blockers
from rituals.calendar import WorkCalendar, next_working_moment, within_hours
from rituals.people.rules import AwayRules, Member, away_reason
from rituals.people.store import PeopleStore
from rituals.standup.rules import NoSuchRound, Participant, Prompt, Prompts, Reminders, Round, planning
from rituals.standup.rules.answering import RUNNING, hers
from rituals.standup.store import AnswerStore, ParticipantStore, PreferenceStore, RoundStore
from rituals.standup.usecases.reading import readers_of
from rituals.standup.usecases.silence import newly_silent
from rituals.tables import Tx

GONE = "no longer here"
NEVER_ASKED = "was not asked in time"


def take_prompts(
    tx: Tx, workspace: str, round_id: str, calendar: WorkCalendar, rules: AwayRules, now: datetime, limit: int = 100
) -> Prompts:
    """Whom to ask now. Each is handed out once; who is absent is away, and so is who should have been asked so long
    ago that her time is over; who answered early is asked nothing more."""
    round_ = RoundStore(tx, workspace).get(round_id, "keep")
    if round_ is None or round_.state not in RUNNING:
        return Prompts((), False)
    store = ParticipantStore(tx, workspace)
    due = store.due_prompts(round_id, now, limit)
    if not due:
        return Prompts((), False)
    users = [person.user for person in due]
    members = PeopleStore(tx, workspace).members(users)
    answered = AnswerStore(tx, workspace).of_users(round_id, users)
    before = store.asked_before(users)
    taken = [_taken(round_, each, members.get(each.user), each.user in answered, calendar, rules, now) for each in due]
    asked = [replace(each, first_ever=each.user not in before) if each.asked_at else each for each in taken]
    store.save(asked)
    return Prompts(
        _prompts(tx, workspace, round_, [each for each in asked if each.asked_at], members), len(due) == limit
    )


def take_reminders(
    tx: Tx, workspace: str, round_id: str, calendar: WorkCalendar, rules: AwayRules, now: datetime, limit: int = 100
) -> Reminders:
    """Whom to remind now: who owes an answer, in her working hours, and not after silent rounds. Raises NoSuchRound."""
    round_ = RoundStore(tx, workspace).get(round_id, "keep")
    if round_ is None:
        raise NoSuchRound(round_id)
    store = ParticipantStore(tx, workspace)
    due = store.due_reminders(round_id, now, limit) if round_.state in RUNNING else []
    if not due:
        return Reminders(round_, (), (), (), False)
    users = [person.user for person in due]
    members = PeopleStore(tx, workspace).members(users)
    preferences = PreferenceStore(tx, workspace)
    settled = preferences.of(round_.standup.key, users)
    hushed = frozenset(user for user, each in settled.items() if each.silent_asked_at is not None)
    silent = newly_silent(tx, workspace, round_, frozenset(users) - hushed)
    found = [_reminded(round_, each, members.get(each.user), hushed, silent, calendar, rules, now) for each in due]
    store.save([each.after for each in found])
    asked = tuple(each.after for each in found if each.silent)
    preferences.put_silent(round_.standup.key, [each.user for each in asked], now)
    postponed = {each.after.remind_at for each in found if each.postponed and each.after.remind_at}
    return Reminders(
        round_,
        tuple(each.after for each in found if each.reminds),
        asked,
        tuple(sorted(postponed)),
        len(due) == limit,
    )


def _taken(
    round_: Round,
    person: Participant,
    member: Member | None,
    answered: bool,
    calendar: WorkCalendar,
    rules: AwayRules,
    now: datetime,
) -> Participant:
    if answered:
        return replace(person, state="asked", away=None)
    away = GONE if member is None else _away(member, now, calendar, rules)
    if away is None and now >= person.closes_at:
        away = NEVER_ASKED
    if away is not None:
        return replace(person, state="away", away=away)
    remind_at = None if person.optional else planning.first_reminder(round_.standup, person, now)
    return replace(person, state="asked", away=None, asked_at=now, remind_at=remind_at)


def _away(member: Member, now: datetime, calendar: WorkCalendar, rules: AwayRules) -> str | None:
    away = away_reason(member, now, calendar, rules)
    return away.words if away else None


def _prompts(
    tx: Tx, workspace: str, round_: Round, asked: Sequence[Participant], members: Mapping[str, Member]
) -> tuple[Prompt, ...]:
    if not asked:
        return ()
    users = [person.user for person in asked]
    previous = RoundStore(tx, workspace).before(round_)
    answers = AnswerStore(tx, workspace).of_users(previous.id, users) if previous else {}
    open_ones = blockers.open_of_all(tx, workspace, users)
    readers = readers_of(tx, workspace, round_)
    return tuple(
        Prompt(
            round=round_,
            participant=person,
            name=members[person.user].name,
            questions=hers(round_.standup.questions, person.function),
            last=answers.get(person.user),
            last_questions=hers(previous.standup.questions, person.function) if previous else (),
            blockers=open_ones.get(person.user, ()),
            readers=readers,
            first_ever=person.first_ever,
        )
        for person in asked
    )


@dataclass(frozen=True, slots=True)
class _Reminded:
    after: Participant
    reminds: bool = False
    silent: bool = False
    postponed: bool = False


def _reminded(
    round_: Round,
    person: Participant,
    member: Member | None,
    hushed: frozenset[str],
    silent: frozenset[str],
    calendar: WorkCalendar,
    rules: AwayRules,
    now: datetime,
) -> _Reminded:
    if member is None or person.user in hushed or now >= person.closes_at:
        return _Reminded(replace(person, remind_at=None))
    away = away_reason(member, now, calendar, rules)
    if away is not None and not away.day_off:
        return _Reminded(replace(person, remind_at=None))
    if not within_hours(calendar, now, member.zone, member.country):
        later = next_working_moment(calendar, now, member.zone, member.country)
        return _Reminded(replace(person, remind_at=later if later < person.closes_at else None), postponed=True)
    if person.user in silent:
        return _Reminded(replace(person, remind_at=None), silent=True)
    counted = replace(person, reminders_sent=person.reminders_sent + 1)
    return _Reminded(replace(counted, remind_at=planning.next_reminder(round_.standup, counted, now)), reminds=True)
