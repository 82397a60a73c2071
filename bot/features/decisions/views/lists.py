"""Decisions in lists: what is open, what waits for her, what was found, and all there is to one."""

from collections.abc import Sequence

from bot.features.decisions import verbs
from bot.features.decisions.views import PLAIN, WORDS, Message, Seen
from bot.features.decisions.views.card import INPUTS_IN_FORM, face, history, inputs, line, ways
from bot.slack import blocks
from bot.slack.blocks import Block
from rituals.decisions.records import Decision, Sheet
from rituals.decisions.usecases.reading import FOUND_AT_MOST, Mine

SHOWN, SHOWN_OF_THREE = 15, 14
EVENTS_IN_MESSAGE, EVENTS_IN_FORM = 10, 25
INPUTS_IN_MESSAGE = 20


def listed(found: Sequence[Decision], seen: Seen, function: str) -> Message:
    """What is open, one after another, each with a button; what does not fit is counted."""
    if not found:
        return WORDS.nothing_open(function), [blocks.section(WORDS.nothing_open(function))]
    heading = WORDS.open_heading(len(found), function)
    return heading, [blocks.section(heading), *rows(found, seen)]


def found(of: Sequence[Decision], seen: Seen, text: str) -> Message:
    """What holds these words."""
    if not of:
        return WORDS.nothing_found(text), [blocks.literal(PLAIN.nothing_found(text))]
    heading = (len(of), text, len(of) < FOUND_AT_MOST)
    shown = rows(of, seen, searched=True)
    return WORDS.found_heading(*heading), [blocks.literal(PLAIN.found_heading(*heading)), *shown]


def rows(
    found: Sequence[Decision], seen: Seen, place: str = "", most: int = SHOWN, *, searched: bool = False
) -> list[Block]:
    parts = [_row(each, seen, f"{place}{nth}") for nth, each in enumerate(found[:most])]
    more = len(found) - most
    if more <= 0:
        return parts
    return [*parts, blocks.context(WORDS.more_found(more) if searched else WORDS.more(more))]


def mine(of: Mine, seen: Seen) -> Message:
    groups = ((WORDS.to_decide(), of.to_decide), (WORDS.to_consult(), of.to_consult), (WORDS.awaits(), of.awaits))
    parts: list[Block] = []
    for place, (heading, found) in enumerate(groups):
        if found:
            parts += [blocks.section(heading), *rows(found, seen, f"{place}.", SHOWN_OF_THREE)]
    if not parts:
        return WORDS.nothing_mine(), [blocks.section(WORDS.nothing_mine())]
    return WORDS.mine_text(len(of.to_decide), len(of.to_consult), len(of.awaits)), blocks.fitted(parts)


def whole(of: Sheet, seen: Seen, viewer: str) -> Message:
    """Everything about one, as far as a message holds it, and the ways on that its card has: one leads to the rest."""
    parts = _whole(of, seen, viewer, INPUTS_IN_MESSAGE, EVENTS_IN_MESSAGE)
    return line(of.decision, seen), blocks.fitted([*parts, *ways(of.decision, seen)])


def page(of: Sheet, seen: Seen, viewer: str) -> Block:
    parts = blocks.fitted(_whole(of, seen, viewer, INPUTS_IN_FORM, EVENTS_IN_FORM), blocks.VIEW_CHARACTERS)
    return blocks.modal(f"Decision {of.decision.number}", "decision.page", parts, id=of.decision.number)


def _whole(of: Sheet, seen: Seen, viewer: str, most_inputs: int, most_events: int) -> list[Block]:
    """What it says, what was thought, what happened. While it is open others' thoughts are for who decides alone."""
    decision = of.decision
    parts = face(decision, seen)
    if not decision.live or viewer == decision.decider:
        given = inputs(of.inputs, decision, seen, most_inputs)
    else:
        own = (each for each in of.inputs if each.user == viewer)
        given = [blocks.labelled(PLAIN.input_label("You", each.option or ""), each.text or " ") for each in own]
    parts += [blocks.divider(), *given] if given else []
    parts += [blocks.divider(), blocks.section(WORDS.history_heading())]
    if len(of.events) > most_events:
        parts.append(blocks.context(WORDS.more_events(len(of.events) - most_events)))
    return [*parts, *(blocks.aside(blocks.cut(history(each, seen), 500)) for each in of.events[-most_events:])]


def _row(of: Decision, seen: Seen, nth: str) -> Block:
    text = PLAIN.row(of, seen.name(of.decider), seen.on(of.due_at), seen.late(of), seen.age(of))
    return blocks.literal(blocks.cut(text, 500), blocks.button("Show", verbs.SHOW, nth=nth, id=of.number))
