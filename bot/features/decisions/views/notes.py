"""What single people hear of a decision in a direct message."""

from bot.features.decisions import verbs
from bot.features.decisions.views import PLAIN, WORDS, Message, Seen
from bot.features.decisions.views.card import (
    IN_THEIR_WORDS,
    INPUTS_IN_MESSAGE,
    face,
    inputs,
    line,
    option_buttons,
    ways_back,
)
from bot.slack import blocks
from bot.slack.blocks import Block
from bot.words import Mrkdwn
from rituals.blockers.rules import Blocker
from rituals.decisions.records import Changed, Decision, Sheet
from rituals.decisions.usecases.reminding import Reminder


def waits(of: Sheet, seen: Seen) -> Message:
    """The decider's own: the question, what others think, and the ways on; kept current until it is closed."""
    decision = of.decision
    if not decision.live:
        return line(decision, seen), blocks.fitted([*face(decision, seen), *ways_back(decision, seen)])
    said = WORDS.yours(decision, seen.name(decision.asker))
    parts = [blocks.section(said), *face(decision, seen), *inputs(of.inputs, decision, seen, INPUTS_IN_MESSAGE)]
    if decision.options:
        parts.append(blocks.actions(*option_buttons(decision)))
    parts.append(blocks.actions(*_decider_buttons(decision), _show(decision)))
    return WORDS.yours_text(line(decision, seen)), blocks.fitted(parts)


def handed_over(of: Decision, seen: Seen) -> Message:
    """What is left of the message to somebody who no longer decides."""
    said = WORDS.no_longer_yours(seen.name(of.decider))
    return _in_a_line(said, of), [blocks.section(said), _question(of)]


def consulted(of: Sheet, user: str, seen: Seen) -> Message:
    """Somebody whose input is wanted; once she has given it, decides herself, or it is closed, it says so."""
    decision = of.decision
    mine = next((each for each in of.inputs if each.user == user), None)
    if not decision.live:
        return line(decision, seen), blocks.fitted(face(decision, seen))
    if user == decision.decider:
        said = WORDS.not_only_your_input()
        return _in_a_line(said, decision), [blocks.section(said), _question(decision)]
    said = WORDS.your_input(seen.name(decision.decider)) if mine is None else WORDS.input_given()
    parts = [blocks.section(said), *face(decision, seen)]
    if mine is not None:
        parts.append(blocks.labelled(PLAIN.input_label("You", mine.option or ""), mine.text or PLAIN.no_words()))
    if decision.options and mine is None:
        parts.append(blocks.actions(*option_buttons(decision)))
    parts.append(
        blocks.actions(blocks.button("My input" if mine is None else "Change", verbs.INPUT, id=decision.number))
    )
    return WORDS.your_input_text(line(decision, seen)), blocks.fitted(parts)


def outcome(of: Decision, seen: Seen) -> Message:
    """For the informed, who asked, and who drives it."""
    text = blocks.cut(WORDS.outcome_text(of), blocks.FALLBACK)
    return text, blocks.fitted([*face(of, seen), blocks.actions(_show(of))])


def told(of: Changed, person: str, seen: Seen) -> Message:
    """What concerns the decider, the driver or who asked at once: information, a new due date, a hand-over."""
    decision = of.decision
    decider = seen.name(decision.decider)
    said = WORDS.told(
        of.what,
        seen.name(of.event.by),
        decider,
        seen.on(decision.due_at),
        person == decision.decider,
        seen.late(decision),
    )
    parts = [blocks.section(said), _question(decision)]
    if of.what in IN_THEIR_WORDS and of.event.detail:
        parts.append(blocks.literal(of.event.detail))
    if of.what == "information needed":
        parts.append(blocks.actions(blocks.button("I know", verbs.GIVE, id=of.decision.number), _show(of.decision)))
    else:
        parts.append(blocks.actions(_show(of.decision)))
    return _in_a_line(said, decision), parts


def reminder(of: Reminder, seen: Seen) -> Message:
    decision = of.decision
    days = (seen.on(decision.due_at), seen.on(decision.asked_at))
    said = WORDS.reminder(of.kind, seen.name(decision.decider), *days)
    parts = [blocks.section(said), _question(decision)]
    if of.kind == "late":
        ways = [_show(decision)]
        if of.person in {decision.asker, decision.driver}:
            ways.append(blocks.button("Hand over", verbs.HAND_OVER_PRESS, id=decision.number))
        parts.append(blocks.actions(*ways))
    else:
        parts.append(blocks.actions(*_decider_buttons(decision, snooze=True)))
    return _in_a_line(said, decision), parts


def reminded(of: Decision, person: str, seen: Seen) -> Message:
    """What is left of a reminder once it is decided, or somebody else's, or due another day."""
    if not of.live:
        return outcome(of, seen)
    hers = person == of.decider
    said = WORDS.reminded(seen.name(of.decider), hers, seen.on(of.due_at))
    ways = _decider_buttons(of) if hers else [_show(of)]
    return _in_a_line(said, of), [blocks.section(said), _question(of), blocks.actions(*ways)]


def revisit(of: Decision, seen: Seen) -> Message:
    said = WORDS.revisit()
    ways = (
        blocks.button("It holds", verbs.KEEP, id=of.number),
        blocks.button("Reopen", verbs.REOPEN, id=of.number),
        blocks.button("Replace it", verbs.REPLACE, id=of.number),
    )
    return _in_a_line(said, of), blocks.fitted([blocks.section(said), *face(of, seen), blocks.actions(*ways)])


def revisited(of: Decision, by: str) -> Message:
    """What is left of it once somebody has looked: it holds, or it is open again."""
    said = WORDS.revisited(of, by)
    return _in_a_line(said, of), [blocks.section(said), _question(of)]


def would_take(option: str) -> Message:
    """Her own tap on an option, told back to her."""
    return WORDS.would_take(option), [blocks.literal(PLAIN.would_take(option))]


def waits_already(of: Decision) -> Message:
    """A blocker that waits for a decision already, or had its answer from one."""
    said = WORDS.linked_already(of)
    ways = [_show(of)] if of.live else [blocks.button("Reopen", verbs.REOPEN, id=of.number), _show(of)]
    return _in_a_line(said, of), [blocks.section(said), _question(of), blocks.actions(*ways)]


def for_blocker(of: Decision, told: bool = True) -> str:
    """What whoever raised a blocker hears as its answer; the outcome only if it may be `told` where it was raised."""
    return PLAIN.blocker_answer(of, told)


def context_of(blocker: Blocker, seen: Seen) -> str:
    """Where a decision comes from that was a blocker."""
    return PLAIN.from_blocker(seen.name(blocker.raiser), seen.on(blocker.raised_at), blocker.text)


def _decider_buttons(of: Decision, *, snooze: bool = False) -> list[Block]:
    buttons = [blocks.button("Decide", verbs.DECIDE, style="primary", id=of.number)]
    if not of.needs:
        buttons.append(blocks.button("Need more information", verbs.NEED, id=of.number))
    buttons.append(blocks.button("Hand over", verbs.HAND_OVER_PRESS, id=of.number))
    if snooze:
        buttons.append(blocks.button("Remind me tomorrow", verbs.SNOOZE, id=of.number))
    return buttons


def _show(of: Decision) -> Block:
    return blocks.button("All there is to it", verbs.SHOW, id=of.number)


def _in_a_line(said: str, of: Decision) -> str:
    """For a notification, which shows no markup."""
    return WORDS.told_text(of, Mrkdwn(said.rstrip(":").replace("*", "")))


def _question(of: Decision) -> Block:
    return blocks.labelled(PLAIN.title(of, False), of.question)
