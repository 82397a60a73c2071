"""Questions and answers: the form that asks, and the lines that show what was said."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from bot.features.standup.views import WORDS
from bot.slack import blocks
from bot.slack.blocks import Block
from bot.words import Mrkdwn, escape, named
from rituals.blockers.rules import Blocker
from rituals.people.rules import Function
from rituals.standup.rules import Answer, Readers
from rituals.standup.settings import Question

FORM = "standup.form"
SCALE = ("1", "2", "3", "4", "5")
RESOLVED = "resolved"
MOST_TICKS = 10  # what Slack takes
NOBODY = "-"


def form(
    round_id: str,
    title: str,
    questions: Sequence[Question],
    answer: Answer | None,
    functions: Mapping[str, Function],
    open_blockers: Sequence[Blocker],
    names: Mapping[str, str],
    readers: Readers,
) -> Block:
    """The modal, filled with what she has said so far. Block ids are the questions' keys."""
    parts: list[Block] = [blocks.context(WORDS.readers(readers))]
    if open_blockers:
        parts.append(_still_open(open_blockers, names))
    values = answer.values if answer else {}
    parts += [_ask(question, values.get(question.key), functions) for question in questions]
    return blocks.modal(title, FORM, parts, submit="Send", close="Not now", round=round_id)


def _still_open(open_blockers: Sequence[Blocker], names: Mapping[str, str]) -> Block:
    shown = open_blockers[:MOST_TICKS]
    options = [blocks.option(" ".join(named(each.text, names).split()), each.id) for each in shown]
    label = WORDS.plain.open_label(len(shown), len(open_blockers))
    return blocks.field(RESOLVED, label, blocks.checkboxes("v", options), optional=True)


def _ask(question: Question, value: Any, functions: Mapping[str, Function]) -> Block:
    return blocks.field(
        f"q.{question.key}", question.text, _element(question, value, functions), optional=not question.required
    )


def _element(question: Question, value: Any, functions: Mapping[str, Function]) -> Block:
    initial = "" if value is None else str(value)
    if question.kind == "choice":
        options = [blocks.option(option, option) for option in question.options]
        return blocks.choice("radio_buttons", "v", options, initial)
    if question.kind == "scale":
        return blocks.choice("radio_buttons", "v", [blocks.option(step, step) for step in SCALE], initial)
    if question.kind == "waiting":
        options = [blocks.option(each.name, each.key) for each in functions.values()]
        return blocks.choice(
            "static_select", "v", [*options, blocks.option("Nobody", NOBODY)], initial, "Choose a function"
        )
    return blocks.text_input("v", initial=initial)


def filled(fields: Mapping[str, Any], questions: Iterable[Question]) -> dict[str, str | int]:
    """What the form brought, by question key; what was left empty is left out."""
    kinds = {question.key: question.kind for question in questions}
    values: dict[str, str | int] = {}
    for block_id, value in fields.items():
        key = block_id.removeprefix("q.")
        if key in kinds and block_id.startswith("q.") and value not in (None, "", NOBODY):
            values[key] = int(value) if kinds[key] == "scale" else str(value)
    return values


def resolved(fields: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(fields.get(RESOLVED) or ())


def said(
    questions: Sequence[Question], answer: Answer, functions: Mapping[str, Function], names: Mapping[str, str]
) -> list[str]:
    """Each answered question with its answer, in mrkdwn."""
    return [
        WORDS.answered(question.text, shown(question, answer.values[question.key], functions, names))
        for question in questions
        if answer.values.get(question.key) not in (None, "")
    ]


def shown(question: Question, value: str | int, functions: Mapping[str, Function], names: Mapping[str, str]) -> str:
    """One answer in words, with people named instead of called. Not escaped yet."""
    if question.kind == "scale":
        return f"{value} of 5"
    if question.kind == "waiting":
        function = functions.get(str(value))
        return function.name if function else str(value)
    return named(str(value), names)


def plain_answers(
    questions: Sequence[Question],
    answer: Answer,
    functions: Mapping[str, Function],
    names: Mapping[str, str],
    limit: int,
) -> list[str]:
    """Each answer as plain text, cut to `limit` characters."""
    return [
        blocks.cut(shown(question, answer.values[question.key], functions, names), limit)
        for question in questions
        if answer.values.get(question.key) not in (None, "")
    ]


def body(lines: Sequence[str]) -> list[Block]:
    return [block for line in lines for block in blocks.long_text(line)]


def one_line(text: str, limit: int = 140) -> Mrkdwn:
    """A person's words on one line for a list: escaped, and cut visibly."""
    return Mrkdwn(blocks.cut(escape(" ".join(text.split())), limit))


def day_of(wall: str) -> date:
    """The local day a round belongs to, from its wall-clock name."""
    return datetime.fromisoformat(wall).date()
