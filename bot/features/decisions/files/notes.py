"""What is said of a file of decisions: what it would add, what is wrong with it, and what came of it."""

from collections.abc import Sequence
from pathlib import Path

from bot.filing import Message, worded
from bot.slack import blocks
from bot.words import Words
from rituals.decisions.exchange import Plan, Problem, cut

WORDS = Words(Path(__file__).parent.parent / "words" / "exchange.j2")
PLAIN = WORDS.plain
IMPORT, CANCEL = "decisions.import", "decisions.import_cancel"
LISTED, PROBLEMS = 10, 15
LONGEST = 120
"""Characters of a question in a list."""


def planned(file: str, plan: Plan, held: str, seen: str, *, moved: bool = False) -> Message:
    """What an import would do; nothing of it has happened. `seen` is what a press agrees to; `moved`: she was shown
    something else before."""
    words = WORDS.import_dry(file, len(plan.new), plan.open, plan.here)
    questions = [cut(each.decision.question, LONGEST) for each in plan.new[:LISTED]]
    ways = (
        blocks.button("Import", IMPORT, style="primary", id=held, seen=seen),
        blocks.button("Cancel", CANCEL, id=held),
    )
    parts = [blocks.section(WORDS.import_moved(file))] if moved else []
    listed = blocks.literal(PLAIN.import_new(questions, len(plan.new) - len(questions)))
    return words, [*parts, blocks.section(words), listed, blocks.actions(*ways)]


def came_to(file: str, plan: Plan, unread: Sequence[Problem] = ()) -> Message:
    """What there is to say of a file when nothing is left to agree to."""
    found = sorted([*unread, *plan.problems], key=lambda problem: problem.at)
    if found:
        return problems(file, found)
    return worded(WORDS.import_done(file, len(plan.new), plan.open) if plan.new else WORDS.import_nothing(file))


def problems(file: str, found: Sequence[Problem]) -> Message:
    words = WORDS.import_problems(file, len(found))
    lines = [WORDS.import_problem(each.at, each.what) for each in found[:PROBLEMS]]
    if len(found) > PROBLEMS:
        lines.append(WORDS.import_more_problems(len(found) - PROBLEMS))
    return words, [blocks.section(words), *blocks.long_text("\n".join(lines))]
