"""The forms of a decision: ask, decide, say what one thinks, hand over, put off, withdraw, reopen."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.features.decisions import verbs
from bot.features.decisions.views import PLAIN, WORDS, Seen
from bot.features.decisions.views.card import INPUTS_IN_FORM, inputs, options_in_full, short_option
from bot.slack import blocks
from bot.slack.blocks import Block
from rituals.decisions.records import Decision, Sheet
from rituals.decisions.settings import Decides, DecisionSettings
from rituals.people.rules import Function

LONGEST_QUESTION, LONGEST_TEXT, LONGEST_OPTION, LONGEST_TAG = 200, 2000, 200, 40
MOST_OPTIONS, MOST_TAGS, MOST_LINKS, MOST_PEOPLE = 10, 10, 10, 50
NOBODY, OTHER = "-", "other"
LONGEST_CHOICE = 10  # so many radio buttons does Slack show
LONGEST_LIST = 100  # so many choices does a list hold


@dataclass(frozen=True, slots=True)
class Draft:
    """What the form to ask begins with. `decider_n` tells one proposal from the next: Slack keeps what stands in a
    field of the same name. `above` is what stands over it. `carried` is what the form takes along unseen."""

    question: str = ""
    context: str = ""
    decider: str | None = None
    decider_n: int = 0
    driver: str | None = None
    topic: str | None = None
    channel: str | None = None
    ask_channel: bool = False
    options: tuple[str, ...] = ()
    consulted: tuple[str, ...] = ()
    informed: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    waiting: str | None = None
    escalate_to: str | None = None
    due: date | None = None
    above: str = ""
    unfolded: bool = False
    carried: Mapping[str, Any] | None = None


def ask(draft: Draft, settings: DecisionSettings, functions: Mapping[str, Function]) -> Block:
    """A question, who decides, until when; the rest is folded away until somebody wants it."""
    parts = [blocks.section(draft.above)] if draft.above else []
    line = blocks.text_input("v", initial=draft.question, multiline=False, limit=LONGEST_QUESTION)
    parts.append(blocks.field("question", "What is to be decided?", line))
    if settings.decides:
        parts.append(_topic(draft, settings, functions))
    decider = blocks.person_select("v", draft.decider, "Choose somebody")
    parts.append(blocks.field(f"decider{draft.decider_n}", "Who decides?", decider))
    parts.append(blocks.field("due", "By when?", blocks.date_picker("v", draft.due), hint=PLAIN.due_hint()))
    if draft.ask_channel:
        channel = blocks.channel_select("v", draft.channel)
        parts.append(blocks.field("channel", "In which channel?", channel, hint=PLAIN.channel_hint()))
    if draft.context or draft.unfolded:
        parts.append(_text("context", "What should everybody know?", draft.context))
    if draft.unfolded:
        parts += _rest(draft, functions)
    else:
        parts.append(blocks.actions(blocks.button("More fields", verbs.MORE_FIELDS)))
    return blocks.modal("Ask for a decision", verbs.ASK_FORM, parts, submit="Ask", close="Not now", **carried_by(draft))


def instead_of(old: Decision) -> Draft:
    """For one that is to take the place of another. Tags that no form would take, out of a file, stay behind."""
    tags = [each for each in old.tags if len(each) <= LONGEST_TAG][:MOST_TAGS]
    return Draft(
        question=old.question,
        context=old.context,
        decider=old.decider,
        options=old.options,
        consulted=old.consulted,
        informed=old.informed,
        tags=tuple(tags),
        waiting=old.waiting,
        unfolded=True,
        carried={"supersedes": old.number},
    )


def carried_by(draft: Draft) -> dict[str, Any]:
    """All that the form needs in order to be shown again, besides what people typed into it."""
    kept = {
        "decider": draft.decider,
        "n": draft.decider_n,
        "topic": draft.topic,
        "channel": draft.channel,
        "pick": draft.ask_channel,
        "open": draft.unfolded,
        "escalate": draft.escalate_to,
        "tags": list(draft.tags),
        "waiting": draft.waiting,
        "driver": draft.driver,
    }
    return {name: value for name, value in kept.items() if value} | dict(draft.carried or {})


def decide(of: Sheet, seen: Seen, user: str, option: int | None = None) -> Block:
    """What everybody thinks, if it is the decider who looks, then the outcome and why."""
    decision = of.decision
    parts = [blocks.labelled(PLAIN.title(decision, False), decision.question), *options_in_full(decision)]
    if user == decision.decider:
        parts += inputs(of.inputs, decision, seen, INPUTS_IN_FORM)
    elif of.inputs:
        parts.append(blocks.aside(PLAIN.only_the_decider(seen.name(decision.decider), len(of.inputs))))
    parts = blocks.fitted(parts, blocks.VIEW_CHARACTERS)
    if decision.options:
        chosen = None if option is None else str(option)
        options = _options(decision, blocks.option("Something else", OTHER))
        parts.append(blocks.field("option", "What is decided?", _choice(options, chosen)))
        parts.append(_text("outcome", "In other words", "", hint=PLAIN.outcome_hint()))
    else:
        parts.append(_text("outcome", "What is decided?", "", optional=False))
    parts.append(_text("why", "Why?", "", hint=PLAIN.why_hint()))
    parts.append(
        blocks.field(
            "revisit", "Look at it again on", blocks.date_picker("v"), optional=True, hint=PLAIN.revisit_hint()
        )
    )
    return blocks.modal("Decide", verbs.DECIDE_FORM, parts, submit="Decide", close="Not yet", id=decision.number)


def give_input(decision: Decision, option: int | None, text: str) -> Block:
    parts = [blocks.labelled(PLAIN.title(decision, False), decision.question)]
    if decision.context:
        parts.append(blocks.labelled(PLAIN.context_label(), decision.context))
    parts += options_in_full(decision)
    if decision.options:
        chosen = None if option is None else str(option)
        parts.append(blocks.field("option", "What would you take?", _choice(_options(decision), chosen), optional=True))
    parts.append(_text("text", "What do you think?", text, hint=PLAIN.input_hint(), optional=bool(decision.options)))
    return blocks.modal("My input", verbs.INPUT_FORM, parts, submit="Send", close="Not now", id=decision.number)


def need(of: Decision) -> Block:
    return _one(of, "Need more information", verbs.NEED_FORM, "What do you need to know?", "Ask", PLAIN.need_hint())


def give(of: Decision) -> Block:
    parts = [blocks.labelled(PLAIN.needs_heading(), of.needs or of.question)]
    parts.append(_text("text", "What do you know?", "", optional=False))
    return blocks.modal("I know", verbs.GIVE_FORM, parts, submit="Tell", close="Not now", id=of.number)


def hand_over(of: Decision) -> Block:
    return _person(of, "Hand over", verbs.HAND_OVER_FORM, "Who decides instead?", "Hand over")


def escalate(of: Decision) -> Block:
    return _person(of, "Escalate", verbs.ESCALATE_FORM, "Who should hear that it waits?", "Escalate", of.escalate_to)


def due(of: Decision, seen: Seen) -> Block:
    parts = [
        blocks.labelled(PLAIN.title(of, False), of.question),
        blocks.field("due", "By when?", blocks.date_picker("v", seen.day(of.due_at)), hint=PLAIN.due_hint()),
    ]
    return blocks.modal("Change due date", verbs.DUE_FORM, parts, submit="Change", close="Not now", id=of.number)


def withdraw(of: Decision) -> Block:
    return _one(of, "Withdraw", verbs.WITHDRAW_FORM, "Why is it not needed?", "Withdraw", "", optional=True)


def reopen(of: Decision) -> Block:
    return _one(of, "Reopen", verbs.REOPEN_FORM, "What has changed?", "Reopen", PLAIN.reopen_hint())


def link(blocker: str, text: str, open_ones: Sequence[Decision], seen: Seen) -> Block:
    """A blocker becomes a decision, or waits for one that is open already."""
    parts: list[Block] = [blocks.literal(blocks.cut(text, 500)), blocks.section(WORDS.link_or_new())]
    options = [
        blocks.option(PLAIN.short(each, seen.name(each.decider)), str(each.number))
        for each in open_ones[: LONGEST_LIST - 1]
    ]
    options.append(blocks.option(PLAIN.a_new_one(), NOBODY))
    parts.append(blocks.field("decision", "Which decision?", blocks.choice("static_select", "v", options, NOBODY)))
    return blocks.modal("Make it a decision", verbs.LINK_FORM, parts, submit="Go on", close="Not now", blocker=blocker)


def lines(written: Any) -> tuple[str, ...]:
    """One a line, without the empty ones, each once."""
    found = (" ".join(line.split()) for line in str(written or "").splitlines())
    return tuple(dict.fromkeys(each for each in found if each))


def words(written: Any) -> tuple[str, ...]:
    """Tags: parted by commas or lines, with or without a #."""
    found = (" ".join(each.split()).lstrip("#") for each in str(written or "").replace("\n", ",").split(","))
    return tuple(dict.fromkeys(each for each in found if each))


def _rest(draft: Draft, functions: Mapping[str, Function]) -> Iterable[Block]:
    room = MOST_OPTIONS * (LONGEST_OPTION + 1)
    options = blocks.text_input("v", initial="\n".join(draft.options), limit=room)
    yield blocks.field("options", "Options", options, optional=True, hint=PLAIN.options_hint(MOST_OPTIONS))
    for name, label, hint, users in (
        ("consulted", "Whose input is needed?", PLAIN.consulted_hint(), draft.consulted),
        ("informed", "Who should hear the outcome?", "", draft.informed),
    ):
        yield blocks.field(name, label, blocks.people_select("v", users), optional=True, hint=hint)
    driver = blocks.person_select("v", draft.driver)
    yield blocks.field("driver", "Who sees to it that it is decided?", driver, optional=True, hint=PLAIN.driver_hint())
    if functions:
        choices = [blocks.option(each.name, each.key) for each in functions.values()]
        element = blocks.choice("static_select", "v", choices, draft.waiting, "Choose a function")
        yield blocks.field("waiting", "Which function waits for it?", element, optional=True)
    yield blocks.field(
        "escalate_to",
        "Who hears when it is late?",
        blocks.person_select("v", draft.escalate_to),
        optional=True,
    )
    tags = blocks.text_input("v", initial=", ".join(draft.tags), multiline=False, limit=300)
    yield blocks.field("tags", "Tags", tags, optional=True, hint=PLAIN.tags_hint())
    links = blocks.text_input("v", initial="\n".join(draft.links), limit=LONGEST_TEXT)
    yield blocks.field("links", "Links", links, optional=True, hint="One a line.")


def _options(of: Decision, *further: Block) -> list[Block]:
    shown = range(min(len(of.options), LONGEST_LIST - len(further)))
    return [*(blocks.option(short_option(of, nth, blocks.OPTION), str(nth)) for nth in shown), *further]


def _choice(options: list[Block], chosen: str | None) -> Block:
    """All in view where Slack shows so many."""
    kind = "radio_buttons" if len(options) <= LONGEST_CHOICE else "static_select"
    return blocks.choice(kind, "v", options, chosen, "Choose")


def _topic(draft: Draft, settings: DecisionSettings, functions: Mapping[str, Function]) -> Block:
    """What it is about: then the group's own rules say who decides."""
    options = [
        blocks.option(_about(rule, functions), str(nth)) for nth, rule in enumerate(settings.decides[:LONGEST_LIST])
    ]
    element = blocks.choice("static_select", verbs.TOPIC, options, draft.topic, "Choose")
    return blocks.section(WORDS.topic(), element, block_id="topic")


def _about(rule: Decides, functions: Mapping[str, Function]) -> str:
    function = functions.get(rule.function or "")
    return rule.tag or (function.name if function else "?")


def _one(
    of: Decision, title: str, callback: str, label: str, submit: str, hint: str, *, optional: bool = False
) -> Block:
    parts = [
        blocks.labelled(PLAIN.title(of, False), of.question),
        _text("text", label, "", hint=hint, optional=optional),
    ]
    return blocks.modal(title, callback, parts, submit=submit, close="Not now", id=of.number)


def _person(of: Decision, title: str, callback: str, label: str, submit: str, initial: str | None = None) -> Block:
    parts = [
        blocks.labelled(PLAIN.title(of, False), of.question),
        blocks.field("person", label, blocks.person_select("v", initial, "Choose somebody")),
    ]
    return blocks.modal(title, callback, parts, submit=submit, close="Not now", id=of.number)


def _text(name: str, label: str, text: str, *, hint: str = "", optional: bool = True) -> Block:
    element = blocks.text_input("v", initial=text, limit=LONGEST_TEXT)
    return blocks.field(name, label, element, optional=optional, hint=hint)
