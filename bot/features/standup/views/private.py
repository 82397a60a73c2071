"""What one person sees when she asks: status, her history, help, her share of App Home."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache

from bot.features.standup.views import HELP, WORDS
from bot.features.standup.views.asking import Message, answer_button
from bot.features.standup.views.questions import day_of, plain_answers, said
from bot.features.standup.views.thread import EDIT
from bot.slack import blocks
from bot.slack.blocks import Block
from rituals.people.rules import Function
from rituals.standup.rules import Answer, Board, Mine, Round
from rituals.standup.settings import Standup

History = Sequence[tuple[Round, Answer]]
Functions = Mapping[str, Function]
Names = Mapping[str, str]

COMMANDS = (
    ("/standup", "opens your update, or tells how things stand"),
    ("/standup status", "who is in, and what comes next"),
    ("/standup me", "your own updates"),
    ("/standup report [date]", "a past stand-up, for example `/standup report 2026-11-16`"),
    ("/standup away 24 Dec - 2 Jan", "nothing is asked of you while you are away; `away off` takes it back"),
    ("/standup pause", "nothing is asked of you until `/standup resume`"),
    ("/standup resume", "ends a pause, and undoes “Make me optional”"),
    ("/standup now [name]", "starts a stand-up at once (admins only)"),
    ("/standup skip [name]", "lets the next one not take place (admins only)"),
    ("/standup unskip [name]", "lets it take place after all (admins only)"),
    ("/standup reload", "reads the configuration file again (admins only)"),
)


@cache
def help_text() -> str:
    return HELP.help(COMMANDS)


def status(boards: Sequence[tuple[Board, Mine | None]], coming: Sequence[tuple[Standup, datetime]]) -> Message:
    """Each round that runs, with how she stands in it; then what comes next."""
    parts: list[Block] = []
    lines: list[str] = []
    for board, mine in boards:
        line = _status_line(board, mine)
        lines.append(line)
        parts.append(blocks.section(line, _own_button(mine) if mine and mine.answerable else None))
    for standup, at in coming:
        line = WORDS.status_next(standup.title, standup.channel, at)
        lines.append(line)
        parts.append(blocks.section(line))
    if not parts:
        return WORDS.status_none(), []
    return "\n".join(lines), parts[: blocks.MESSAGE_BLOCKS]


def _status_line(board: Board, mine: Mine | None) -> str:
    standup = board.round.standup
    line = WORDS.status_line(
        standup.title,
        standup.channel,
        day_of(board.round.wall),
        board.answered,
        board.expected,
        board.closes_at,
        board.round.state == "open",
    )
    return f"{line}\n{own_state(mine)}" if mine else line


def _own_button(mine: Mine) -> Block:
    return answer_button(mine.round.id) if mine.answer is None else blocks.button("Edit", EDIT, round=mine.round.id)


def own_state(mine: Mine) -> str:
    if mine.answer is not None:
        return WORDS.you_answered()
    if mine.participant.state == "away":
        return WORDS.you_are_away(mine.participant.away or "away")
    if mine.participant.optional:
        return WORDS.you_are_optional()
    return WORDS.you_owe()


def history(of: History, functions: Functions, names: Names) -> Message:
    """Her newest updates, each whole, as many as one private message holds; and how to read the others."""
    if not of:
        return WORDS.history_empty(), []
    shown, nth = _update_of(*of[0], functions, names), 1
    for round_, answer in of[1:]:
        longer = [*shown, *_update_of(round_, answer, functions, names)]
        if len(blocks.messages([*longer, *_left_out(of[nth + 1 :])])) > 1:
            break
        shown, nth = longer, nth + 1
    return WORDS.history_heading(of[0][0].standup.title, day_of(of[0][0].wall)), _with(shown, of, nth)


def _with(shown: list[Block], of: History, nth: int) -> list[Block]:
    """What is shown, with a word about what is not."""
    rest = _left_out(of[nth:])
    if len(blocks.messages([*shown, *rest])) == 1:
        return [*shown, *rest]
    # The newest one alone is too long.
    rest = [blocks.context(WORDS.history_cut(of[0][0].standup.channel)), *rest]
    while len(blocks.messages([*shown, *rest])) > 1:
        shown = shown[:-1]
    return [*shown, *rest]


def _update_of(round_: Round, answer: Answer, functions: Functions, names: Names) -> list[Block]:
    heading = WORDS.history_heading(round_.standup.title, day_of(round_.wall))
    return blocks.long_text("\n".join([heading, *said(round_.standup.questions, answer, functions, names)]))


def _left_out(of: History) -> list[Block]:
    """How to read what does not fit."""
    commands = [f"`/standup report {round_.standup.key} {day_of(round_.wall)}`" for round_, _ in of]
    return [blocks.context(WORDS.history_left(commands))] if commands else []


def home(coming: Sequence[tuple[Standup, datetime]], of: History, functions: Functions, names: Names) -> list[Block]:
    parts: list[Block] = [blocks.section(WORDS.home_heading())]
    parts += [blocks.section(WORDS.status_next(standup.title, standup.channel, at)) for standup, at in coming]
    for round_, answer in of:
        parts.append(
            blocks.section(
                WORDS.home_last(
                    round_.standup.title,
                    day_of(round_.wall),
                    plain_answers(round_.standup.questions, answer, functions, names, 400),
                )
            )
        )
    return parts


def texts_of(of: History) -> Iterable[str]:
    return (str(value) for _, answer in of for value in answer.values.values())
