"""One person comes to one round: what is known of her there, or a place for her if she may see the channel."""

from dataclasses import dataclass, replace
from datetime import datetime

from rituals.people.store import PeopleStore
from rituals.standup.rules import Answer, NoSuchRound, NotAsked, Participant, Round, planning
from rituals.standup.store import AnswerStore, ParticipantStore, RoundStore
from rituals.tables import Tx


@dataclass(frozen=True, slots=True)
class Part:
    """`joins`: she is no participant yet. `late_is_over`: the next round of the stand-up has begun for her. `silent`:
    she may have been asked what would suit her, and has not answered since."""

    round: Round
    person: Participant
    name: str
    silent: bool
    answer: Answer | None
    joins: bool
    late_is_over: bool


def part_of(tx: Tx, workspace: str, round_id: str, user: str, now: datetime, *, lock: bool = False) -> Part:
    """Raises NoSuchRound, and NotAsked for those who take no part and cannot see the channel.

    With `lock` the round stays in its state, and her answer as it is, until this transaction has ended.
    """
    rounds, people = RoundStore(tx, workspace), ParticipantStore(tx, workspace)
    round_ = rounds.get(round_id, "keep" if lock else None)
    if round_ is None:
        raise NoSuchRound(round_id)
    over = round_.state == "closed" and rounds.next_has_begun(round_, user, now)
    known = people.known(round_id, round_.standup.key, user, lock=lock)
    if known is None:
        person, name = _newcomer(tx, workspace, round_, user)
        return Part(round_, person, name, True, None, joins=True, late_is_over=over)
    answer = AnswerStore(tx, workspace).get(round_id, user)
    return Part(round_, known.person, known.name, known.silent, answer, joins=False, late_is_over=over)


def join(tx: Tx, workspace: str, part: Part) -> Part:
    """Makes a newcomer a participant whom nobody waits for; of two windows that do so, the second sees the first's."""
    if not part.joins:
        return part
    people, user = ParticipantStore(tx, workspace), part.person.user
    people.add([replace(part.person, state="asked")])
    person = people.get(part.round.id, user, lock=True) or part.person
    return replace(part, person=person, answer=AnswerStore(tx, workspace).get(part.round.id, user), joins=False)


def _newcomer(tx: Tx, workspace: str, round_: Round, user: str) -> tuple[Participant, str]:
    """Her part, and her name."""
    store, standup = PeopleStore(tx, workspace), round_.standup
    member = store.member(user)
    if member is None or not planning.takes_part(member, standup) or not store.sees(user, standup.channel):
        raise NotAsked(round_)
    started_now = round_.reason == planning.STARTED_NOW
    at = round_.thread_at if started_now else planning.usual_prompt(standup, round_.wall, member.zone)
    closes_at = min(at + standup.window, round_.closes_at)
    part = planning.new_participant(round_, member, planning.NO_PREFERENCE, at, closes_at)
    return replace(part, optional=True), member.name
