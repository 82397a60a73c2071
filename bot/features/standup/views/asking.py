"""What one person is asked: the prompt, the reminder, and the question after three silent rounds."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.features.standup.views import WORDS
from bot.features.standup.views.questions import day_of, plain_answers
from bot.slack import blocks
from bot.slack.blocks import Block
from bot.words import named, quoted
from rituals.blockers.rules import Blocker
from rituals.people.rules import Function
from rituals.standup.rules import Participant, Prompt, Round
from rituals.standup.settings import Question

ANSWER = "standup.answer"
MAKE_OPTIONAL = "standup.optional"
ANOTHER_TIME = "standup.time"
PAUSE = "standup.pause"
RESOLVE = "blocker.resolve"

Message = tuple[str, list[Block]]


def prompt(of: Prompt, functions: Mapping[str, Function], names: Mapping[str, str]) -> Message:
    """Her direct message when her time has come."""
    standup, readers = of.round.standup, of.readers
    parts: list[Block] = []
    if of.first_ever:
        parts.append(blocks.section(WORDS.first_ever(standup.title, standup.channel)))
    parts.append(blocks.section(WORDS.prompt(standup.title, of.questions)))
    if of.last:
        said_before = plain_answers(_not_asked_below(of.last_questions), of.last, functions, names, LAST_TIME)
        parts += blocks.long_text(blocks.cut(WORDS.last_time(said_before), LAST_ALL)) if said_before else []
    parts += [_open_blocker(blocker, names) for blocker in of.blockers[:MOST_BLOCKERS]]
    if len(of.blockers) > MOST_BLOCKERS:
        parts.append(blocks.context(WORDS.more_open(len(of.blockers) - MOST_BLOCKERS)))
    read_by = WORDS.readers(readers, of.participant.closes_at)
    parts.append(blocks.context(read_by))
    parts.append(blocks.section(WORDS.prompt_how()))
    parts.append(blocks.actions(answer_button(of.round.id)))
    return WORDS.prompt_text(standup.title), parts


# In characters: a reminder of what she said, not the record, so that the whole always fits into one message.
def _not_asked_below(questions: Sequence[Question]) -> Sequence[Question]:
    """What stops her has a place of its own, for as long as it is open."""
    return [question for question in questions if question.kind not in ("blocker", "waiting")]


LAST_TIME = 700
LAST_ALL = 4_000
BLOCKER = 350
MOST_BLOCKERS = 8


def _open_blocker(blocker: Blocker, names: Mapping[str, str]) -> Block:
    still = blocks.button("Resolved", RESOLVE, id=blocker.id)
    shown = blocks.cut(quoted(named(blocker.text, names)), BLOCKER)
    return blocks.section(f"{WORDS.still_open()}\n{shown}", still)


def answer_button(round_id: str, label: str = "Answer") -> Block:
    return blocks.button(label, ANSWER, style="primary", round=round_id)


def which_round(rounds: Sequence[Round]) -> Message:
    """Where a direct message could answer several rounds: which is meant, each with its own button."""
    text = WORDS.which_round([f"*{each.standup.title}*" for each in rounds])
    buttons = [blocks.button(each.standup.title, ANSWER, nth=nth, round=each.id) for nth, each in enumerate(rounds)]
    return text, [blocks.section(text), blocks.actions(*buttons[: blocks.BUTTONS])]


def reminder(participant: Participant, round_: Round) -> Message:
    text = WORDS.remind(round_.standup.title, participant.closes_at, round_.standup.channel)
    return text, [blocks.section(text), blocks.actions(answer_button(round_.id))]


def came_too_late(round_: Round, may_start: bool) -> Message:
    """To its owner, who perhaps may start one now, else to the admins, who may."""
    standup = round_.standup
    text = WORDS.came_too_late(standup.title, day_of(round_.wall), round_.wall[11:], standup.key, may_start)
    return text, [blocks.section(text)]


def silence(round_: Round, rounds: int) -> Message:
    """Asked once, after three silent rounds."""
    text = WORDS.silent(round_.standup.title, rounds)
    carried = {"standup": round_.standup.key, "round": round_.id}
    return text, [
        blocks.section(text),
        blocks.actions(
            blocks.button("Make me optional", MAKE_OPTIONAL, **carried),
            blocks.button("Another time", ANOTHER_TIME, **carried),
            blocks.button("Pause", PAUSE, **carried),
        ),
    ]


TIME_FORM = "standup.time_form"


def time_form(title: str, **carried: str) -> Block:
    element: Block = {"type": "timepicker", "action_id": "v", "initial_time": "10:00"}
    field = blocks.field("time", "When should I ask you, on your own clock?", element)
    return blocks.modal(title, TIME_FORM, [field], submit="Save", **carried)


def left(until: datetime, now: datetime) -> str:
    """The time left in words that stay true for an hour: "about 5 hours", "less than an hour"."""
    hours = (until - now).total_seconds() / 3600
    if hours < 1:
        return "less than an hour"
    if hours < 36:
        return f"about {round(hours)} hour{'s' if round(hours) != 1 else ''}"
    return f"about {round(hours / 24)} days"
