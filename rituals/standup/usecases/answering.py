"""Answers, however they come: by form, as a reply in the thread, as a direct message. One person has one in a round.

part of a round -> does it count, is it sound -> kept -> its blockers follow. Nobody counts the round for one answer.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from rituals.calendar import WorkCalendar
from rituals.people.store import PeopleStore
from rituals.standup.rules import Ambiguous, Answer, Answered, BadAnswer, Entry, NoSuchRound, NotAsked, Withdrawn
from rituals.standup.rules import answering as rules
from rituals.standup.rules.reading import entry
from rituals.standup.rules.records import Value, Values, Via
from rituals.standup.settings import Question
from rituals.standup.store import AnswerStore, ParticipantStore, PreferenceStore, RoundStore
from rituals.standup.usecases.entering import Part, join, part_of
from rituals.standup.usecases.reading import my_state
from rituals.standup.usecases.stopping import follow_blockers, resolve
from rituals.tables import Tx

Source = tuple[str, str]
Said = Mapping[str, Value | None]
NONE_RESOLVED: frozenset[str] = frozenset()
# Somebody who writes to the bot soon after the close means the round that has just closed; a week later she may not.
LATE_BY_MESSAGE = timedelta(days=1)


def submit(
    tx: Tx,
    workspace: str,
    round_id: str,
    user: str,
    values: Said | Callable[[Sequence[Question]], Said],
    now: datetime,
    *,
    via: Via,
    calendar: WorkCalendar,
    source: Source | None = None,
    resolved: Collection[str] = NONE_RESOLVED,
) -> Answered:
    """Keeps her answer, in the place of the one she gave before if any. `resolved` are ids of older blockers of hers.

    `values` is what she says by question key, or what reads it given the questions that are hers.
    Whoever can see the channel may answer. Raises NoSuchRound, NotAsked, RoundSkipped, RoundClosed, TooEarly, TooLate
    and BadAnswer; then nothing was kept.
    """
    part = part_of(tx, workspace, round_id, user, now, lock=True)
    late = rules.admit(part.round, part.person, part.answer, part.late_is_over, now)
    questions = _questions(part)
    said = rules.cleaned(values(questions) if callable(values) else values)
    _check(tx, workspace, questions, said)
    part = join(tx, workspace, part)
    whole = rules.kept_whole(part.answer, said)
    return _keep(tx, workspace, part, whole, late, via, source, resolved, now)


def take_thread_reply(
    tx: Tx, workspace: str, round_id: str, user: str, text: str, source: Source, now: datetime, calendar: WorkCalendar
) -> Answered | None:
    """The first reply of someone who owes an answer, taken as the answer to her first question; None: conversation."""
    try:
        part = part_of(tx, workspace, round_id, user, now, lock=True)
    except (NoSuchRound, NotAsked):
        return None
    if part.joins or part.person.comment_only or not rules.owes(part.round, part.person, part.answer, now):
        return None
    return _take_text(tx, workspace, part, text, False, "thread", source, now)


def take_dm(
    tx: Tx,
    workspace: str,
    user: str,
    text: str,
    source: Source,
    in_rounds: Collection[str],
    now: datetime,
    calendar: WorkCalendar,
) -> Answered | Ambiguous | None:
    """A direct message as the answer to the round whose prompt it replies to, or else to the one that she owes.

    `in_rounds`: one message may hold the prompts of several. None: she owes nothing. Under a prompt it raises what
    `submit` does where it no longer counts.
    """
    found = _under(tx, workspace, user, in_rounds) if in_rounds else _meant(tx, workspace, user, now)
    if len(found) > 1:
        rounds = RoundStore(tx, workspace).of(found)
        return Ambiguous(tuple(rounds[key] for key in found))
    if not found:
        return None
    try:
        part = part_of(tx, workspace, found[0], user, now, lock=True)
    except (NoSuchRound, NotAsked):
        return None
    if part.joins or part.answer is not None:
        return None
    late = rules.admit(part.round, part.person, part.answer, part.late_is_over, now)
    return _take_text(tx, workspace, part, text, late, "dm", source, now)


def just_a_comment(tx: Tx, workspace: str, round_id: str, user: str, now: datetime) -> Withdrawn | None:
    """Takes back an answer that was taken from what she wrote. If that was in the thread, her replies there are
    conversation from now on; a word to the bot alone may still be her update.

    None: there is no such answer. Raises RoundClosed, TooLate as `submit` does.
    """
    try:
        part = part_of(tx, workspace, round_id, user, now, lock=True)
    except (NoSuchRound, NotAsked):
        return None
    if part.joins or part.answer is None or part.answer.via == "modal":
        return None
    rules.admit(part.round, part.person, part.answer, part.late_is_over, now)
    if part.answer.via == "thread":
        ParticipantStore(tx, workspace).save([replace(part.person, comment_only=True)])
    return _take_back(tx, workspace, part, part.answer, now)


def change_source(
    tx: Tx, workspace: str, source: Source, text: str, now: datetime, calendar: WorkCalendar
) -> Answered | None:
    """The message that an answer was taken from was edited: the answer follows, what the form added stays.

    None: no answer came from it, or it says what it said. Raises RoundClosed, TooLate as `submit` does.
    """
    part = _from_source(tx, workspace, source, now)
    if part is None or part.answer is None:
        return None
    question, told = rules.free_text_question(_questions(part)), rules.storable(text)
    if question is None or not told.strip() or part.answer.values.get(question.key) == told:
        return None
    late = rules.admit(part.round, part.person, part.answer, part.late_is_over, now)
    values = {**part.answer.values, question.key: told}
    return _keep(tx, workspace, part, values, late, part.answer.via, source, NONE_RESOLVED, now)


def withdraw_source(tx: Tx, workspace: str, source: Source, now: datetime) -> Withdrawn | None:
    """The message that an answer was taken from was deleted, and the answer with it. None: no answer came from it.

    Raises RoundClosed, TooLate as `submit` does.
    """
    part = _from_source(tx, workspace, source, now)
    if part is None or part.answer is None:
        return None
    rules.admit(part.round, part.person, part.answer, part.late_is_over, now)
    return _take_back(tx, workspace, part, part.answer, now)


def _questions(part: Part) -> tuple[Question, ...]:
    return rules.hers(part.round.standup.questions, part.person.function)


def _check(tx: Tx, workspace: str, questions: tuple[Question, ...], values: Values) -> None:
    waits = any(question.kind == "waiting" and question.key in values for question in questions)
    functions = PeopleStore(tx, workspace).functions() if waits else {}
    problems = rules.check_values(questions, values, functions)
    if problems:
        raise BadAnswer(problems)


def _take_text(
    tx: Tx, workspace: str, part: Part, text: str, late: bool, via: Via, source: Source, now: datetime
) -> Answered | None:
    question, told = rules.free_text_question(_questions(part)), rules.storable(text)
    if question is None or not told.strip():
        return None
    return _keep(tx, workspace, part, {question.key: told}, late, via, source, NONE_RESOLVED, now)


def _under(tx: Tx, workspace: str, user: str, in_rounds: Collection[str]) -> list[str]:
    answered = AnswerStore(tx, workspace).of_user(user, in_rounds) if len(in_rounds) > 1 else {}
    return [each for each in in_rounds if each not in answered]


def _meant(tx: Tx, workspace: str, user: str, now: datetime) -> list[str]:
    """The rounds that a message of hers may be meant for: those she was asked and owes, else those she was asked
    though nobody waits for her, else those that have just closed without her. Nobody answers early by a mere word."""
    mine = my_state(tx, workspace, user, now)
    asked = [each for each in mine if each.participant.asked_at is not None and each.answer is None]
    for nearest in (
        [each.round.id for each in asked if each.owes],
        [each.round.id for each in asked],
    ):
        if nearest:
            return nearest
    return _just_closed(tx, workspace, user, now)


def _just_closed(tx: Tx, workspace: str, user: str, now: datetime) -> list[str]:
    store = RoundStore(tx, workspace)
    closed = {round_.id: round_ for round_ in store.closed_since(now - LATE_BY_MESSAGE)}
    if not closed:
        return []
    people = ParticipantStore(tx, workspace).of_user(user, closed)
    answered = AnswerStore(tx, workspace).of_user(user, closed)
    asked = [key for key, person in people.items() if person.asked_at is not None and key not in answered]
    return [key for key in asked if not store.next_has_begun(closed[key], user, now)]


def _from_source(tx: Tx, workspace: str, source: Source, now: datetime) -> Part | None:
    found = AnswerStore(tx, workspace).taken_from(*source)
    if found is None:
        return None
    part = part_of(tx, workspace, *found, now, lock=True)
    # It may have been taken back while this waited for the lock.
    still = part.answer is not None and (part.answer.source_channel, part.answer.source_ts) == source
    return part if still else None


def _keep(
    tx: Tx,
    workspace: str,
    part: Part,
    values: Values,
    late: bool,
    via: Via,
    source: Source | None,
    resolved: Collection[str],
    now: datetime,
) -> Answered:
    before = part.answer
    answer = before or _first(part, values, late, via, source, now)
    if before is not None and dict(before.values) != dict(values):
        answer = replace(before, values=values, edited_at=now)
    if answer is not before:
        AnswerStore(tx, workspace).put(part.round.id, answer)
    over = resolve(tx, workspace, part, resolved, now)
    moved = follow_blockers(tx, workspace, part, before, answer, now)
    if before is None and part.silent:
        PreferenceStore(tx, workspace).clear_silent(part.round.standup.key, answer.user)
    return Answered(
        round=part.round,
        entry=_entry(part, answer),
        is_new=before is None,
        late=answer.late,
        show=part.round.state == "closed" or (part.round.state == "open" and part.round.standup.shows == "when sent"),
        raised=moved.raised,
        changed=moved.changed,
        resolved=over,
    )


def _first(part: Part, values: Values, late: bool, via: Via, source: Source | None, now: datetime) -> Answer:
    channel, ts = source or (None, None)
    early = part.person.asked_at is None and now < part.person.prompt_at
    return Answer(part.person.user, values, via, now, None, late, early, channel, ts)


def _take_back(tx: Tx, workspace: str, part: Part, answer: Answer, now: datetime) -> Withdrawn:
    AnswerStore(tx, workspace).remove(part.round.id, answer.user)
    moved = follow_blockers(tx, workspace, part, answer, replace(answer, values={}), now)
    return Withdrawn(part.round, _entry(part, answer), moved.changed)


def _entry(part: Part, answer: Answer) -> Entry:
    return entry(part.round, part.person, part.name, answer)
