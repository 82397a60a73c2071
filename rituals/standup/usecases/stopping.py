"""What an answer says of blockers, done: raised, changed, taken back, resolved."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from rituals.blockers import usecases as blockers
from rituals.blockers.rules import Changed, Origin
from rituals.standup.rules import Answer, Round
from rituals.standup.rules import answering as rules
from rituals.standup.usecases.entering import Part
from rituals.tables import Tx

RITUAL = "standup"


@dataclass(frozen=True, slots=True)
class Moved:
    raised: tuple[Changed, ...] = ()
    changed: tuple[Changed, ...] = ()


def follow_blockers(tx: Tx, workspace: str, part: Part, before: Answer | None, after: Answer, now: datetime) -> Moved:
    """What the answer says of blockers, done: new text raises one, other text changes it, no text takes it back."""
    questions = rules.hers(part.round.standup.questions, part.person.function)
    was = {stop.question: stop for stop in rules.stops(questions, before.values if before else {})}
    raised: list[Changed | None] = []
    changed: list[Changed | None] = []
    for stop in rules.stops(questions, after.values):
        blocker_id = rules.blocker_id(part.round.id, after.user, stop.question)
        if stop == was[stop.question]:
            continue
        if not stop.text:
            changed.append(blockers.withdraw(tx, workspace, blocker_id, after.user, now))
        elif was[stop.question].text and blockers.exists(tx, workspace, blocker_id):
            changed.append(
                blockers.change_blocker(tx, workspace, blocker_id, after.user, stop.function, stop.text, now)
            )
        else:
            raised.append(_raise(tx, workspace, part.round, blocker_id, after.user, stop, now))
    return Moved(tuple(each for each in raised if each), tuple(each for each in changed if each))


def _raise(
    tx: Tx, workspace: str, round_: Round, blocker_id: str, user: str, stop: rules.Stop, now: datetime
) -> Changed | None:
    """Raises it, unless it is one that she spoke of before and that is still open: that one stays, with its age."""
    channel = round_.standup.channel
    for known in blockers.open_of(tx, workspace, user):
        if known.id != blocker_id and known.channel == channel and rules.same_words(known.text, stop.text):
            waits_for = stop.function or known.function
            return blockers.change_blocker(tx, workspace, known.id, user, waits_for, known.text, now)
    origin = Origin(RITUAL, round_.id)
    return blockers.raise_blocker(tx, workspace, blocker_id, user, stop.function, stop.text, channel, origin, now)


def resolve(tx: Tx, workspace: str, part: Part, resolved: Collection[str], now: datetime) -> tuple[Changed, ...]:
    """Ticked as resolved. What a second window resolved before, or somebody else raised, is left as it is."""
    user = part.person.user
    mine = {each.id for each in blockers.open_of(tx, workspace, user)} if resolved else set()
    return tuple(blockers.resolve(tx, workspace, each, user, now) for each in sorted(mine & set(resolved)))
