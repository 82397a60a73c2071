"""A decision where everybody sees it: the card in the channel, and what stands in its thread."""

from collections.abc import Sequence
from datetime import datetime

from bot.features.decisions import verbs
from bot.features.decisions.views import PLAIN, WORDS, Message, Seen
from bot.slack import blocks, refs
from bot.slack.blocks import Block
from bot.words import escape
from rituals.decisions.records import UNDO_WITHIN, Changed, Decision, Event, Input, Sheet

# A button holds 75 characters; an option that is longer stands above the buttons in full.
LONGEST_BUTTON = 60
# What people think, side by side: so many in a message, which may share its place with others; the rest in a form.
INPUTS_IN_MESSAGE, INPUTS_IN_FORM = 10, 60


def card(of: Sheet, seen: Seen) -> Message:
    """The question, who decides until when, and what each reader can do; once it is closed, what came of it."""
    decision = of.decision
    parts = [*face(decision, seen), *_so_far(of, seen), *ways(decision, seen)]
    return line(decision, seen), blocks.fitted(parts)


def face(of: Decision, seen: Seen) -> list[Block]:
    """What it says, without what one can do about it."""
    parts = [blocks.labelled(PLAIN.title(of, seen.late(of)), of.question)]
    if of.state in ("decided", "superseded"):
        parts.append(blocks.labelled(PLAIN.decided_label(of.state), of.outcome))
        parts += [blocks.labelled(PLAIN.why_label(), of.why)] if of.why else []
    elif of.state == "withdrawn" and of.why:
        parts.append(blocks.labelled(PLAIN.why_label(), of.why))
    parts.append(blocks.section(blocks.cut(_facts(of, seen), blocks.SECTION)))
    if of.context:
        parts.append(blocks.labelled(PLAIN.context_label(), of.context))
    if of.origin.source == "message" and of.origin.ref:
        parts.append(blocks.context(WORDS.origin(of.origin.ref)))
    parts += options_in_full(of)
    if of.needs and of.live:
        parts.append(blocks.labelled(PLAIN.needs_label(seen.name(of.decider)), of.needs))
    if small := _small_print(of, seen):
        parts.append(blocks.aside(*small))
    return parts + ([blocks.context(WORDS.links(of.links))] if of.links else [])


def line(of: Decision, seen: Seen) -> str:
    """The decision in one line, for a notification and for lists."""
    return blocks.cut(WORDS.line(of, seen.name(of.decider), seen.on(of.due_at), seen.late(of)), blocks.FALLBACK)


def happened(of: Changed, seen: Seen) -> Message | None:
    """What stands in the thread about a change; None for what the card says well enough."""
    event = of.event
    decision = of.decision
    person, due = seen.name(event.detail), seen.on(decision.due_at)
    said = WORDS.happened(event.what, seen.name(event.by), decision, seen.name(decision.decider), person, due)
    if not said:
        return None
    detail = event.detail if event.what in IN_THEIR_WORDS else ""
    parts = [blocks.section(blocks.cut(said, blocks.SECTION))]
    if detail:
        parts.append(blocks.literal(detail))
    if event.what == "decided" and of.decision.why:
        parts.append(blocks.labelled(PLAIN.why_label(), of.decision.why))
    if event.what == "information needed":
        parts.append(blocks.actions(blocks.button("I know", verbs.GIVE, id=of.decision.number)))
    return blocks.cut(f"{said} {escape(detail)}" if detail else said, blocks.FALLBACK), parts


# What happened is told in the words of whoever did it.
IN_THEIR_WORDS = ("decided", "withdrawn", "reopened", "information needed", "information given")


def history(of: Event, seen: Seen) -> str:
    """One line of what has happened, in words."""
    person = seen.name(of.detail) if of.what in ("handed over", "escalated") else ""
    due = seen.on(datetime.fromisoformat(of.detail)) if of.what == "due changed" else None
    return PLAIN.event(of, seen.name(of.by), seen.on(of.at), person, due)


def inputs(of: Sequence[Input], decision: Decision, seen: Seen, most: int) -> list[Block]:
    """What everybody thinks, side by side: those who were asked first, and who has not said anything yet."""
    asked = {each.user: each for each in of}
    ordered = [asked[user] for user in decision.consulted if user in asked]
    ordered += [each for each in of if each.user not in decision.consulted]
    parts = [
        blocks.labelled(PLAIN.input_label(seen.name(each.user), each.option or ""), each.text or PLAIN.no_words())
        for each in ordered[:most]
    ]
    silent = [seen.name(user) for user in voices(decision) if user not in asked]
    if len(ordered) > most:
        parts.append(blocks.aside(PLAIN.more_inputs(len(ordered) - most)))
    return parts + ([blocks.aside(PLAIN.silent(silent))] if silent else [])


def voices(of: Decision) -> list[str]:
    """Whose input is wanted: whoever decides has no need to tell herself."""
    return [user for user in of.consulted if user != of.decider]


def option_buttons(of: Decision) -> list[Block]:
    """One tap each: it opens the decision for who decides, and says what everybody else would take. Out of a file there
    may be more options than Slack shows buttons: then the first."""
    return [
        blocks.button(short_option(of, nth, LONGEST_BUTTON), verbs.OPTION, nth=nth, id=of.number, at=nth)
        for nth in range(min(len(of.options), blocks.BUTTONS))
    ]


def short_option(of: Decision, nth: int, limit: int) -> str:
    """An option where there is room for so many characters: one that is cut begins with its number in the full list."""
    option = of.options[nth]
    return option if len(option) <= limit else blocks.cut(f"{nth + 1}. {option}", limit)


def _so_far(of: Sheet, seen: Seen) -> list[Block]:
    """How many have said what they think; what it is, who decides reads."""
    heard, decision = {each.user for each in of.inputs}, of.decision
    if not decision.live or not (decision.consulted or heard):
        return []
    return [blocks.aside(PLAIN.heard([seen.name(user) for user in voices(decision)], len(heard)))]


def ways(of: Decision, seen: Seen) -> list[Block]:
    """What each reader can do about it."""
    return _ways_on(of) if of.live else ways_back(of, seen)


def _ways_on(of: Decision) -> list[Block]:
    parts = [blocks.actions(*option_buttons(of))] if of.options else []
    more = ((label, {"id": of.number, "do": do}) for label, do in FURTHER)
    needs = (
        blocks.button("I know", verbs.GIVE, id=of.number)
        if of.needs
        else blocks.button("Need more information", verbs.NEED, id=of.number)
    )
    main = (
        blocks.button("Decide", verbs.DECIDE, style="primary", id=of.number),
        blocks.button("My input", verbs.INPUT, id=of.number),
        needs,
        blocks.overflow(verbs.FURTHER, *more),
    )
    return [*parts, blocks.actions(*main)]


FURTHER = (
    ("Hand over", verbs.HAND_OVER),
    ("Change due date", verbs.DUE),
    ("Escalate", verbs.ESCALATE),
    ("Withdraw", verbs.WITHDRAW),
    ("All there is to it", verbs.SHOW),
)


def ways_back(of: Decision, seen: Seen) -> list[Block]:
    """What can still be done about one that is closed."""
    buttons = []
    if of.state != "superseded" and of.closed_at is not None and seen.now - of.closed_at < UNDO_WITHIN:
        buttons.append(blocks.button("Undo", verbs.UNDO, id=of.number))
    if of.state != "superseded":
        buttons.append(blocks.button("Reopen", verbs.REOPEN, id=of.number))
    if of.state == "decided":
        buttons.append(blocks.button("Replace it", verbs.REPLACE, id=of.number))
    buttons.append(blocks.button("All there is to it", verbs.SHOW, id=of.number))
    return [blocks.actions(*buttons)]


def _facts(of: Decision, seen: Seen) -> str:
    waiting, asked = seen.function(of.waiting), seen.function(of.asked)
    days = (seen.on(of.asked_at), seen.on(of.due_at), seen.on(of.closed_at) if of.closed_at else None)
    return WORDS.facts(of, seen.name(of.decider), seen.name(of.closed_by), *days, waiting, asked, seen.age(of))


def _small_print(of: Decision, seen: Seen) -> list[str]:
    said: list[str] = [PLAIN.asked_by(seen.name(of.asker), seen.name(of.driver) if of.driver != of.asker else "")]
    if of.supersedes is not None:
        said.append(PLAIN.supersedes(of))
    if of.informed and of.live:
        said.append(PLAIN.informs([seen.name(user) for user in of.informed]))
    if of.tags:
        said.append(PLAIN.tags(of.tags))
    if of.revisit_on is not None and of.state == "decided":
        said.append(PLAIN.revisits(of.revisit_on))
    return said


def _needs_list(of: Decision) -> bool:
    if len(of.options) > blocks.BUTTONS:
        return True
    return (not of.live and bool(of.options)) or any(len(option) > LONGEST_BUTTON for option in of.options)


def options_in_full(of: Decision) -> list[Block]:
    """The options, where a button or a choice has no room for one of them."""
    return [blocks.labelled(PLAIN.options_label(), _listed(of.options))] if _needs_list(of) else []


def _listed(options: Sequence[str]) -> str:
    return "\n".join(f"{nth}. {option}" for nth, option in enumerate(options, 1))


def carried_by(chosen: str | None) -> dict[str, object]:
    """What a choice among further ways on carries."""
    return refs.unpack(chosen)
