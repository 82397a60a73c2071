"""What can be seen of rounds: the board, one person's own state and history, a form, rows for a table."""

from collections.abc import Iterator
from datetime import date, datetime

from rituals.blockers import usecases as blockers
from rituals.calendar import WorkCalendar
from rituals.people.rules import Member
from rituals.people.store import PeopleStore
from rituals.standup.rules import Answer, Board, Form, Mine, NoSuchRound, Participant, Readers, Round, Row, planning
from rituals.standup.rules.answering import RUNNING, admit, hers, owes, too_early
from rituals.standup.settings import Standup
from rituals.standup.store import AnswerStore, ParticipantStore, PreferenceStore, RoundStore, snapshot
from rituals.standup.usecases.entering import part_of
from rituals.tables import Tx


def board(tx: Tx, workspace: str, round_id: str, now: datetime) -> Board:
    """How a round stands."""
    round_ = RoundStore(tx, workspace).get(round_id)
    if round_ is None:
        raise NoSuchRound(round_id)
    return board_of(tx, workspace, round_)


def board_of(tx: Tx, workspace: str, round_: Round) -> Board:
    people = ParticipantStore(tx, workspace)
    tally = people.tally(round_.id)
    away = people.away(round_.id) if tally.away else ()
    return Board(round_, tally.expected, tally.answered, tally.optional_answered, tally.late, away, round_.closes_at)


def form_of(tx: Tx, workspace: str, round_id: str, user: str, now: datetime) -> Form:
    """What her form shows. Raises whatever `submit` would, so that nobody writes what cannot be kept."""
    part = part_of(tx, workspace, round_id, user, now)
    admit(part.round, part.person, part.answer, part.late_is_over, now)
    mine = blockers.open_of(tx, workspace, user)
    return Form(
        part.round,
        hers(part.round.standup.questions, part.person.function),
        part.answer,
        tuple(each for each in mine if each.origin.id != round_id),
        readers_of(tx, workspace, part.round),
    )


def readers_of(tx: Tx, workspace: str, round_: Round) -> Readers:
    people, standup = PeopleStore(tx, workspace), round_.standup
    channel = people.channel(standup.channel)
    # A channel that is not known may well be private, and nobody should be told that more people read along than do.
    private = channel is None or channel.private
    shared = channel is not None and channel.external
    return Readers(standup.channel, private, people.readers(standup.channel), standup.owner, shared)


def my_state(tx: Tx, workspace: str, user: str, now: datetime) -> tuple[Mine, ...]:
    """The rounds she takes part in that are planned or open, by when she is asked."""
    running = {round_.id: round_ for round_ in RoundStore(tx, workspace).running()}
    if not running:
        return ()
    people = ParticipantStore(tx, workspace).of_user(user, running)
    answers = AnswerStore(tx, workspace).of_user(user, running)
    found = [_mine(running[key], person, answers.get(key), now) for key, person in people.items()]
    return tuple(sorted(found, key=lambda mine: (mine.participant.prompt_at, mine.round.id)))


def history(tx: Tx, workspace: str, user: str, limit: int) -> tuple[tuple[Round, Answer], ...]:
    """Her own answers, newest round first."""
    found = AnswerStore(tx, workspace).newest_of(user, limit)
    rounds = RoundStore(tx, workspace).of(found)
    return tuple((rounds[key], answer) for key, answer in found.items())


def last_round(tx: Tx, workspace: str, standup: str, day: date | None) -> Round | None:
    """The newest round whose thread went up, or that of one local day."""
    return RoundStore(tx, workspace).last(standup, day.isoformat() if day else None)


def not_over(tx: Tx, workspace: str) -> frozenset[str]:
    """The rounds in which something may still happen: those that run, and of each stand-up the newest, which late
    answers join."""
    store = RoundStore(tx, workspace)
    return frozenset({round_.id for round_ in store.running()} | set(store.newest()))


def takes_place(tx: Tx, workspace: str, standup: str, wall: str) -> bool:
    """Whether the occurrence at `wall` has not been skipped."""
    known = RoundStore(tx, workspace).at_wall(standup, wall)
    return known is None or known.state != "skipped"


def still_to_ask(
    tx: Tx, workspace: str, standup: Standup, member: Member, wall: str, calendar: WorkCalendar, now: datetime
) -> datetime | None:
    """When she is asked in the round of one occurrence, unless that has been, or never will be."""
    round_ = RoundStore(tx, workspace).at_wall(standup.key, wall)
    if round_ is not None and round_.state not in RUNNING:
        return None
    part = ParticipantStore(tx, workspace).get(round_.id, member.user) if round_ else None
    if part is not None:
        at = part.prompt_at if part.state == "planned" else None
    else:
        wish = PreferenceStore(tx, workspace).of(standup.key, [member.user]).get(member.user, planning.NO_PREFERENCE)
        at = planning.asked_at(standup, wall, member, wish, calendar)
    return at if at is not None and at > now else None


def viewable(tx: Tx, workspace: str, round_: Round, viewer: str) -> bool:
    """Whether she may read what was said in a round: what happens in a private channel stays there."""
    return may_read(tx, workspace, round_.standup, viewer)


def may_read(tx: Tx, workspace: str, standup: Standup, viewer: str) -> bool:
    """Whether she may hear of a stand-up at all: who sees its channel, but for people of other companies unless the
    settings let them take part."""
    people = PeopleStore(tx, workspace)
    member = people.member(viewer)
    if member is None or (member.stranger and not standup.strangers):
        return False
    return people.sees(viewer, standup.channel)


def export_rows(tx: Tx, workspace: str, viewer: str | None, *, since: datetime | None = None) -> Iterator[Row]:
    """Every answer to every question, oldest round first, as far as `viewer` may read it; None: public channels alone.
    `since`: those sent from then on.

    Rows are read as they are used, so they last as long as the transaction.
    """
    people = PeopleStore(tx, workspace)
    public = {key for key, channel in people.channels().items() if not channel.private}
    visible = public if viewer is None else people.visible_to(viewer)
    names = people.names()
    for found in AnswerStore(tx, workspace).everything(since):
        standup = snapshot.read(found["settings"])
        if standup.channel not in visible:
            continue
        answer = AnswerStore.read(found)
        for question in standup.questions:
            if question.key in answer.values:
                yield Row(
                    standup=standup.key,
                    round=found["round"],
                    wall=found["wall"],
                    channel=standup.channel,
                    user=answer.user,
                    name=names.get(answer.user, answer.user),
                    function=found["function"],
                    question=question.text,
                    kind=question.kind,
                    value=answer.values[question.key],
                    prompt_at=found["prompt_at"],
                    sent_at=answer.sent_at,
                    edited_at=answer.edited_at,
                    late=answer.late,
                    via=answer.via,
                )


def _mine(round_: Round, person: Participant, answer: Answer | None, now: datetime) -> Mine:
    answerable = round_.state in RUNNING and not too_early(round_, person, now)
    return Mine(round_, person, answer, owes(round_, person, answer, now), answerable)
