"""Blockers as blocks: what the waited-on function hears, what the raiser hears, and the forms between them."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from bot.desk import FROM_BLOCKER
from bot.slack import blocks
from bot.slack.blocks import Block
from bot.words import Words, named, quoted
from rituals.blockers.rules import Blocker, Changed
from rituals.people.rules import Function

WORDS = Words(Path(__file__).parent / "words" / "blockers.j2")

TAKE, ANSWER, NOT_OURS, RESOLVE, REOPEN = (
    "blocker.take",
    "blocker.answer",
    "blocker.not_ours",
    "blocker.resolve",
    "blocker.reopen",
)
ANSWER_FORM, NOT_OURS_FORM = "blocker.answer_form", "blocker.not_ours_form"
NOBODY = "-"
LINE = 140
SHOWN = 10

Message = tuple[str, list[Block]]
Names = Mapping[str, str]
Functions = Mapping[str, Function]


def waits(of: Blocker, functions: Functions, raiser_function: str | None, names: Names, age: str) -> Message:
    """What the lead of the waited-on function hears: who waits, for what, how long, and three ways on."""
    who = function_name(raiser_function, functions) or names.get(of.raiser, "Somebody")
    text = f"{WORDS.waits(names.get(of.raiser, 'Somebody'), who, age)}\n{quoted(named(of.text, names))}"
    parts = [blocks.section(blocks.cut(text, blocks.SECTION))]
    state = WORDS.state(of, names.get(of.taker or "", "Somebody"), names.get(of.taker or "", "Somebody"))
    if state:
        parts.append(blocks.context(blocks.cut(state, 2000)))
    if of.live:
        parts.append(blocks.actions(*_ways_on(of)))
    return WORDS.waits_text(who, line(of.text, names), age), parts


def _ways_on(of: Blocker) -> Sequence[Block]:
    if of.state == "open":
        return (
            blocks.button("I'll take it", TAKE, style="primary", id=of.id),
            blocks.button("Answer", ANSWER, id=of.id),
            blocks.button("Not ours", NOT_OURS, id=of.id),
            blocks.button("Make it a decision", FROM_BLOCKER, id=of.id),
        )
    return (
        blocks.button("Answer", ANSWER, id=of.id),
        blocks.button("Resolved", RESOLVE, id=of.id),
        blocks.button("Not ours", NOT_OURS, id=of.id),
        blocks.button("Make it a decision", FROM_BLOCKER, id=of.id),
    )


def told(of: Changed, functions: Functions, names: Names) -> Message:
    """What the others hear of a change: who did what, to which blocker, and what they can do now."""
    blocker = of.blocker
    detail = of.detail or ""
    if of.what == "moved":
        detail = function_name(blocker.function, functions)
    text = WORDS.told(of.what, names.get(of.by, "Somebody"), named(blocker.text, names), named(detail, names))
    parts = [blocks.section(blocks.cut(text, blocks.SECTION))]
    if of.what == "moved" and blocker.function is None:
        parts.append(
            blocks.actions(
                blocks.button("Name a function", NOT_OURS, id=blocker.id),
                blocks.button("Resolved", RESOLVE, id=blocker.id),
            )
        )
    elif of.what == "resolved":
        parts.append(blocks.actions(blocks.button("Reopen", REOPEN, id=blocker.id)))
    elif blocker.live:
        parts.append(blocks.actions(blocks.button("Resolved", RESOLVE, id=blocker.id)))
    return blocks.cut(text, blocks.FALLBACK), parts


def passed_on(of: Changed, functions: Functions, names: Names) -> Message:
    """What is left of the message to somebody whose it was not."""
    text = WORDS.passed_on(function_name(of.blocker.function, functions), named(of.blocker.text, names))
    return blocks.cut(text, blocks.FALLBACK), [blocks.section(blocks.cut(text, blocks.SECTION))]


def unheard(of: Blocker, functions: Functions) -> Message:
    text = WORDS.unheard(function_name(of.function, functions) or "that function")
    return text, [blocks.section(text)]


def answer_form(of: Blocker, names: Names) -> Block:
    return blocks.modal(
        "Answer",
        ANSWER_FORM,
        [
            blocks.section(blocks.cut(quoted(named(of.text, names)), blocks.SECTION)),
            blocks.field("answer", WORDS.plain.answer_label(), blocks.text_input("v", initial=of.answer or "")),
        ],
        submit="Send",
        id=of.id,
    )


def not_ours_form(of: Blocker, functions: Functions, names: Names) -> Block:
    options = [blocks.option(each.name, each.key) for each in functions.values() if each.key != of.function]
    choice = blocks.choice(
        "static_select", "v", [*options, blocks.option("I don't know", NOBODY)], None, "Choose a function"
    )
    return blocks.modal(
        "Not ours",
        NOT_OURS_FORM,
        [
            blocks.section(blocks.cut(quoted(named(of.text, names)), blocks.SECTION)),
            blocks.field("function", WORDS.plain.whose_label(), choice),
        ],
        submit="Pass on",
        id=of.id,
    )


def done(of: Changed) -> Message:
    """What she reads who did it; what she resolved she may open again."""
    text = WORDS.done(of.what)
    again = blocks.button("Reopen", REOPEN, id=of.blocker.id) if of.what == "resolved" else None
    return text, [blocks.section(text, again)]


def home(
    mine: Sequence[tuple[Blocker, str]], answered: Sequence[tuple[Blocker, str]], functions: Functions, names: Names
) -> list[Block]:
    """Her open blockers, then those that her function has answered, each with its one button. Ages are in words."""
    parts: list[Block] = []
    if mine:
        parts.append(blocks.section(WORDS.home_mine()))
    for blocker, age in mine[:SHOWN]:
        text = WORDS.home_line(line(blocker.text, names), function_name(blocker.function, functions), "", age)
        further = blocks.button("Make it a decision", FROM_BLOCKER, nth=blocker.id, id=blocker.id)
        parts += [
            blocks.section(text, blocks.button("Resolved", RESOLVE, id=blocker.id)),
            blocks.actions(further),
        ]
    parts += _more(len(mine) - SHOWN)
    if answered:
        parts.append(blocks.section(WORDS.home_answered()))
    for blocker, age in answered[:SHOWN]:
        text = WORDS.home_line(line(blocker.text, names), "", names.get(blocker.raiser, "Somebody"), age)
        parts.append(blocks.section(text, blocks.button("Answer again", ANSWER, id=blocker.id)))
    return [*parts, *_more(len(answered) - SHOWN)]


def _more(count: int) -> list[Block]:
    return [blocks.context(WORDS.home_more(count))] if count > 0 else []


def home_waits(of: Blocker, functions: Functions, raiser_function: str | None, names: Names, age: str) -> str:
    who = function_name(raiser_function, functions) or names.get(of.raiser, "Somebody")
    return WORDS.home_waits(who, line(of.text, names), age)


def function_name(key: str | None, functions: Functions) -> str:
    known = functions.get(key or "")
    return known.name if known else ""


def line(text: str, names: Names) -> str:
    """A person's words on one line, cut visibly; escaped where it is shown."""
    return blocks.cut(" ".join(named(text, names).split()), LINE)
