"""What the channel sees while a round runs: the thread's first message, and each update in it."""

from collections.abc import Mapping
from datetime import datetime

from bot.features.standup.views import WORDS
from bot.features.standup.views.asking import Message, answer_button, left
from bot.features.standup.views.questions import body, day_of, said
from bot.slack import blocks
from bot.slack.blocks import Block
from bot.words import escape
from rituals.people.rules import Function
from rituals.standup.rules import Answer, Board, Entry, Round

EDIT = "standup.edit"
COMMENT = "standup.comment"
AWAY_SHOWN = 20


def board(of: Board, names: Mapping[str, str], now: datetime) -> Message:
    """The thread's first message: how many are in, who is away, the time left."""
    round_, standup = of.round, of.round.standup
    title = WORDS.board(standup.title, day_of(round_.wall))
    counts = WORDS.board_counts(of.answered, of.expected, of.optional_answered, of.late)
    parts: list[Block] = [blocks.section(f"{title}\n{counts}")]
    if of.away:
        shown = [(names.get(user, "somebody"), why) for user, why in of.away[:AWAY_SHOWN]]
        more = len(of.away) - len(shown)
        parts.append(blocks.context(WORDS.board_away(shown) + (f" and {more} more" if more > 0 else "")))
    closed = round_.state == "closed"
    parts.append(
        blocks.context(WORDS.board_closed() if closed else WORDS.board_left(left(of.closes_at, now), of.closes_at))
    )
    parts.append(blocks.actions(answer_button(round_.id, "Answer late" if closed else "Answer")))
    return f"{title}\n{counts}", parts


def update(entry: Entry, functions: Mapping[str, Function], names: Mapping[str, str]) -> list[Message]:
    """One person's update under her name; more than one message only where Slack could not take it whole."""
    return [
        (_summary(entry, functions, names), part) for part in blocks.messages(entry_blocks(entry, functions, names))
    ]


def entry_blocks(entry: Entry, functions: Mapping[str, Function], names: Mapping[str, str]) -> list[Block]:
    heading = answer_heading(entry.name, entry.function, entry.answer, functions)
    lines = said(entry.questions, entry.answer, functions, names)
    whole = "\n".join([heading, *lines])
    if len(whole) <= blocks.SECTION:
        return [blocks.section(whole)]
    return body([heading, *lines])


def answer_heading(name: str, function: str | None, answer: Answer, functions: Mapping[str, Function]) -> str:
    known = functions.get(function or "")
    return WORDS.answer_by(name, known.name if known else "", answer.late, answer.edited_at is not None, answer.early)


def _summary(entry: Entry, functions: Mapping[str, Function], names: Mapping[str, str]) -> str:
    """The fallback that phones and screen readers get: the name and the words, cut to a notification's length."""
    lines = said(entry.questions, entry.answer, functions, names)
    return blocks.cut(f"{escape(entry.name)}: " + " ".join(lines).replace("\n", " "), 500)


def taken(round_id: str, question: str) -> Message:
    """Told privately when a thread reply was taken as her update."""
    return _taken(round_id, WORDS.taken_as_update(question))


def taken_dm(round_id: str, channel: str, at_the_close: bool, question: str, uninvited: str | None = None) -> Message:
    """Told where she wrote it when a direct message was taken as her update. `uninvited`: the bot's id, where it cannot
    show the update because it is not in the channel."""
    if uninvited is not None:
        return _taken(round_id, WORDS.taken_dm_unseen(channel, uninvited, question))
    return _taken(round_id, WORDS.taken_dm(channel, at_the_close, question))


def _taken(round_id: str, text: str) -> Message:
    edit = blocks.button("Edit", EDIT, round=round_id)
    return text, [
        blocks.section(text),
        blocks.actions(edit, blocks.button("Just a comment", COMMENT, round=round_id)),
    ]


def is_in(round_: Round) -> Message:
    """What becomes of her prompt once she has answered."""
    text = WORDS.is_in(round_.standup.title, day_of(round_.wall), round_.standup.channel)
    return text, [blocks.section(text, blocks.button("Edit", EDIT, round=round_.id))]


def is_open(round_: Round) -> Message:
    """What becomes of her prompt when she takes her update back."""
    text = WORDS.is_open(round_.standup.title, day_of(round_.wall))
    return text, [blocks.section(text), blocks.actions(answer_button(round_.id))]


def is_in_already(round_: Round) -> Message:
    text = WORDS.is_in_already(round_.standup.title)
    return text, [blocks.section(text, blocks.button("Edit", EDIT, round=round_.id))]
