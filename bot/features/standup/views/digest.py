"""What the channel reads at the close: one message that fits a phone, and the whole digest in the thread."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from jinja2 import TemplateError

from bot.features.standup.views import WORDS
from bot.features.standup.views.asking import Message
from bot.features.standup.views.questions import day_of, one_line
from bot.features.standup.views.thread import entry_blocks
from bot.slack import blocks
from bot.slack.blocks import Block
from bot.words import named, render_own
from rituals.people.rules import Function
from rituals.standup.rules import Ask, BlockerLine, Concerns, Digest

CONCERNS = "standup.concerns"
PHONE = 5  # blockers and asks that fit a phone screen; the rest are in the thread

Names = Mapping[str, str]
Functions = Mapping[str, Function]


def closing(of: Digest, functions: Functions, names: Names) -> Message:
    """The one message in the channel."""
    standup, counts = of.round.standup, of.counts
    heading = WORDS.closed(standup.title, day_of(of.round.wall))
    took_part = (
        WORDS.closed_counts(counts.answered, counts.expected, counts.optional_answered, counts.late, counts.away)
        if of.sections
        else WORDS.nobody_answered(counts.away)
    )
    parts: list[Block] = [blocks.section(f"{heading}\n{took_part}"), *_numbers(of)[:1]]
    if of.blockers:
        lines = [blocker_line(line, names) for line in of.blockers[:PHONE]]
        more = [WORDS.more_blockers(len(of.blockers) - PHONE)] if len(of.blockers) > PHONE else []
        parts.append(blocks.section("\n".join([WORDS.blockers_heading(len(of.blockers)), *lines, *more])))
    if of.asks:
        lines = [ask_line(ask, functions) for ask in of.asks[:PHONE]]
        more = [WORDS.more_asks(len(of.asks) - PHONE)] if len(of.asks) > PHONE else []
        parts.append(blocks.section("\n".join([WORDS.asks_heading(), *lines, *more])))
    parts.append(blocks.actions(blocks.button("What concerns me", CONCERNS, round=of.round.id)))
    return f"{heading}\n{took_part}", parts


def whole(of: Digest, functions: Functions, names: Names) -> list[Message]:
    """The full digest as messages that Slack takes; nothing is cut."""
    title = (of.round.standup.title, day_of(of.round.wall))
    parts = _all(of, functions, names, WORDS.plain.digest_heading(*title), WORDS.blockers_heading(len(of.blockers)))
    return [(WORDS.digest_heading(*title), part) for part in blocks.messages(parts)]


def _all(of: Digest, functions: Functions, names: Names, heading: str, blockers_heading: str) -> list[Block]:
    parts: list[Block] = [blocks.header(heading)]
    if of.round.standup.digest:
        parts += blocks.long_text(_own(of, of.round.standup.digest, functions, names))
    for section in of.sections:
        parts.append(blocks.section(WORDS.section_heading(section.name, len(section.entries))))
        for entry in section.entries:
            parts += entry_blocks(replace(entry, function=None), functions, names)  # the heading names it
    parts += _numbers(of)
    if of.blockers:
        lines = [blocker_line(line, names) for line in of.blockers]
        parts += blocks.long_text("\n".join([blockers_heading, *lines]))
    if of.asks:
        parts += blocks.long_text("\n".join([WORDS.asks_heading(), *(ask_line(ask, functions) for ask in of.asks)]))
    return parts


def _own(of: Digest, template: str, functions: Functions, names: Names) -> str:
    values = {"digest": of, "counts": of.counts, "functions": functions, "names": names}
    try:
        return render_own(template, values) or " "
    except _BAD_TEMPLATE as error:
        return WORDS.own_template_failed(str(error))


# What a template that somebody wrote may do wrong while it is filled in. The round closes all the same.
_BAD_TEMPLATE = (TemplateError, ArithmeticError, AttributeError, LookupError, OverflowError, TypeError, ValueError)


def _numbers(of: Digest) -> list[Block]:
    lines = [WORDS.scale_line(each.question.text, each.average, each.count) for each in of.scales]
    lines += [WORDS.choice_line(each.question.text, each.counts) for each in of.choices]
    return blocks.long_text("\n".join(lines)) if lines else []


def blocker_line(line: BlockerLine, names: Names) -> str:
    blocker = line.blocker
    return WORDS.blocker_line(
        names.get(blocker.raiser, "Somebody"), one_line(named(blocker.text, names)), line.function or "", line.age
    )


def ask_line(ask: Ask, functions: Functions) -> str:
    return WORDS.ask_line(
        _function(ask.from_function, functions), _function(ask.function, functions), ask.count, ask.age
    )


def _function(key: str | None, functions: Functions) -> str:
    known = functions.get(key or "")
    return known.name if known else "Somebody"


def missing(of: Digest, names: Names) -> list[Message]:
    """For the owner alone: who did not answer; more than one message only where Slack could not take it whole."""
    people = sorted((names.get(user, "somebody") for user in of.missing_for_owner), key=str.casefold)
    text = WORDS.missing(of.round.standup.title, day_of(of.round.wall), people)
    return [(blocks.cut(text, blocks.FALLBACK), part) for part in blocks.messages(blocks.long_text(text))]


def concerns(of: Concerns, functions: Functions, names: Names) -> Message:
    """What in a round concerns her: what waits for her function, her own blockers, updates that name her."""
    parts: list[Block] = []
    for heading, lines in _concern_parts(of, functions, names):
        if lines:
            parts += blocks.long_text("\n".join([heading, *lines]))
    if of.entries:
        parts.append(blocks.section(WORDS.concerns_named()))
        for entry in of.entries:
            parts += entry_blocks(entry, functions, names)
    if not parts:
        text = WORDS.concerns_nothing()
        return text, [blocks.section(text)]
    return WORDS.concerns_text(of.round.standup.title), _first_of(blocks.messages(parts), REST)


def _concern_parts(of: Concerns, functions: Functions, names: Names) -> Sequence[tuple[str, Sequence[str]]]:
    return (
        (WORDS.concerns_waits(), [blocker_line(line, names) for line in of.waiting]),
        (WORDS.asks_heading(), [ask_line(ask, functions) for ask in of.asks]),
        (WORDS.concerns_mine(), [blocker_line(line, names) for line in of.mine]),
    )


def _first_of(messages: Sequence[list[Block]], rest: str) -> list[Block]:
    """As much as one private message holds, saying where the rest is."""
    first = messages[0]
    return first if len(messages) == 1 else [*first[: blocks.MESSAGE_BLOCKS - 1], blocks.context(rest)]


def report(of: Digest, functions: Functions, names: Names) -> Message:
    """A round for one reader: as much as one private message holds, saying where the rest is. One that is open has no
    digest yet; and blockers are listed as they stand now, however long ago the round closed."""
    title = (of.round.standup.title, day_of(of.round.wall))
    closed = of.round.state == "closed"
    heading = WORDS.plain.digest_heading(*title) if closed else WORDS.plain.so_far_heading(*title)
    parts = _all(of, functions, names, heading, WORDS.blockers_now_heading(len(of.blockers)))
    text = WORDS.digest_heading(*title) if closed else WORDS.so_far_heading(*title)
    return text, _first_of(blocks.messages(parts), REST if closed else REST_OPEN)


REST = "There is more than fits here; the whole digest is in the stand-up's thread."
REST_OPEN = "There is more than fits here; the updates are in the stand-up's thread."


def totals(of: Digest) -> dict[str, Any]:
    """The counts by name, for a line in the log."""
    counts = of.counts
    return {"expected": counts.expected, "answered": counts.answered, "late": counts.late, "away": counts.away}
