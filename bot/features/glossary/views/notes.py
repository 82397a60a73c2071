"""What the glossary says unasked: to stewards, owners and those who suggested; what is missing; files and the start."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.features.glossary import verbs
from bot.features.glossary.views import PLAIN, WORDS, Message
from bot.features.glossary.views.card import LINE, Reader, face, said_first
from bot.features.glossary.views.forms import LABELS
from bot.slack import blocks
from bot.slack.blocks import Block
from glossary.gaps import Gap
from glossary.merging import differences
from glossary.settings import GlossarySettings
from glossary.terms import Suggestion, Term, Wording

Names = Mapping[str, str]
CUT = 700
LISTED, PROBLEMS = 10, 15


def new_term(term: Term, by: str, settings: GlossarySettings) -> Message:
    """To the stewards of a term that somebody added without being one."""
    words = WORDS.suggests_new(by, term.name)
    shown = face(term, Reader(""), settings, term.changed_at, public=True)
    ways = (
        blocks.button("Accept", verbs.ACCEPT, style="primary", term=term.id),
        blocks.button("Edit", verbs.EDIT, term=term.id),
        blocks.button("Decline", verbs.RETIRE, term=term.id),
    )
    return PLAIN.suggests_plain(by, term.name), [blocks.section(words), *shown, blocks.actions(*ways)]


def change(suggestion: Suggestion, term: Term, shown: Sequence[Block], by: str) -> Message:
    """To the stewards of a term for which somebody suggests other words. `shown`: as `suggested` has it."""
    ways = (
        blocks.button("Accept", verbs.TAKE, style="primary", id=suggestion.id),
        blocks.button("Edit", verbs.TAKE_EDITED, id=suggestion.id),
        blocks.button("Decline", verbs.DECLINE, id=suggestion.id),
    )
    return PLAIN.suggests_plain(by, term.name), [*shown, blocks.actions(*ways)]


def suggested(suggestion: Suggestion, term: Term, base: Wording, names: Names, domains: Names) -> list[Block]:
    """Who suggests it, each field that it changes, and why."""
    parts = [blocks.section(WORDS.suggests_change(names.get(suggestion.by, suggestion.by), term.name))]
    parts += _differences(base, suggestion.wording, names, domains)
    if suggestion.note:
        parts.append(blocks.literal(PLAIN.gap_example(suggestion.note)))
    return parts


def in_a_line(suggestion: Suggestion, term: Term, base: Wording, by: str) -> str:
    """A suggestion among others: by whom, and the first words that it would write."""
    changes = [
        new for name, _, new in differences(base, suggestion.wording) if not name.endswith(("_owner", ".domain"))
    ]
    texts = [", ".join(new) if isinstance(new, tuple) else str(new) for new in changes]
    said = next((" ".join(text.split()) for text in texts if text), "")
    return WORDS.home_suggestion(by, term.name, blocks.cut(said, LINE))


def settled(shown: Sequence[Block], by: str, what: str) -> list[Block]:
    """A suggestion's message once it is decided: what it was, and by whom; its buttons are gone."""
    return [*(block for block in shown if block["type"] != "actions"), blocks.context(WORDS.settled(by, what))]


def your_suggestion(by: str, name: str, what: str, reason: str = "") -> Message:
    words = WORDS.your_suggestion(by, name, what, reason)
    return words, [blocks.section(words)]


def your_dispute(by: str, name: str, what: str) -> Message:
    words = WORDS.your_dispute(by, name, what)
    return words, [blocks.section(words)]


def disputed(term: Term, by: str, *, tends: bool) -> Message:
    words = WORDS.was_disputed(by, term.name, term.reason)
    ways = [blocks.button("Edit", verbs.EDIT, term=term.id)]
    if tends:
        ways.append(blocks.button("It holds", verbs.ACCEPT, term=term.id))
    return words, [blocks.section(blocks.cut(words, blocks.SECTION)), blocks.actions(*ways)]


def for_owner(term: Term, by: str, text: str) -> Message:
    words = WORDS.tells_owner(by, term.name, text)
    return words, [blocks.section(words), blocks.actions(blocks.button("Edit", verbs.EDIT, term=term.id))]


def confirming(terms: Sequence[Term], note: str) -> Message:
    """Asks an owner whether her terms still hold; each line becomes what came of it."""
    words = WORDS.still_right(len(terms))
    parts = [blocks.section(words)]
    for term in terms:
        line = PLAIN.confirm_line(term.name, said_first(term), term.confirmed_at)
        parts.append(blocks.literal(line, block_id=verbs.line(term.id)))
        ways = (
            blocks.button("Still right", verbs.CONFIRM, nth=term.id, term=term.id, note=note),
            blocks.button("Update", verbs.UPDATE, nth=term.id, term=term.id, note=note),
        )
        parts.append(blocks.actions(*ways, block_id=f"{verbs.line(term.id)}.do"))
    return words, parts


def gaps(found: Sequence[Gap], functions: Names, note: str) -> Message:
    """What several people wrote or looked up and the glossary does not explain, with two ways to deal with each."""
    if not found:
        return WORDS.gaps_none(), [blocks.section(WORDS.gaps_none())]
    words = WORDS.gaps_title(len(found))
    parts = [blocks.section(words)]
    for gap in found:
        said = [PLAIN.gap(gap, _named(gap.written, functions), _named(gap.missed, functions))]
        if gap.example:
            said.append(PLAIN.gap_example(gap.example))
        line = "\n".join(said)
        parts.append(blocks.literal(line, block_id=verbs.line(gap.key)))
        ways = (
            blocks.button("Add", verbs.GAP_ADD, nth=gap.key[:100], asked=gap.text, key=gap.key, note=note),
            blocks.button("Not a term", verbs.GAP_IGNORE, nth=gap.key[:100], asked=gap.text, key=gap.key, note=note),
        )
        parts.append(blocks.actions(*ways, block_id=f"{verbs.line(gap.key)}.do"))
    return words, parts


def with_line(shown: Sequence[Block], line: str, sentence: str) -> list[Block]:
    """A message that lists several things once one of them is dealt with: its line says how, its buttons are gone."""
    kept: list[Block] = []
    for block in shown:
        if block.get("block_id") == line:
            kept.append(blocks.context(sentence))
        elif block.get("block_id") != f"{line}.do":
            kept.append(block)
    return kept


def starter_offer(count: int) -> Message:
    words = WORDS.starter_offer(count)
    ways = (
        blocks.button("Add them", verbs.STARTER, style="primary"),
        blocks.button("Start empty", verbs.NO_STARTER),
    )
    return words, [blocks.section(words), blocks.actions(*ways)]


def import_plan(
    file: str, new: Sequence[str], changed: Sequence[str], same: int, held: str, seen: str, *, moved: bool = False
) -> Message:
    """What an import would do; nothing of it has happened. `seen` is what a press agrees to; `moved`: she was shown
    something else before."""
    words = WORDS.import_dry(file, len(new), len(changed), same)
    parts = [blocks.section(WORDS.import_moved(file))] if moved else []
    parts.append(blocks.section(words))
    for label, names in (("New", new), ("Changed", changed)):
        if names:
            more = max(0, len(names) - LISTED)
            parts.append(blocks.context(blocks.cut(WORDS.import_names(label, names[:LISTED], more), 2000)))
    ways = (
        blocks.button("Import", verbs.IMPORT, style="primary", id=held, seen=seen),
        blocks.button("Cancel", verbs.CANCEL, id=held),
    )
    return words, [*parts, blocks.actions(*ways)]


def import_problems(file: str, problems: Sequence[tuple[int, str]]) -> Message:
    words = WORDS.import_problems(file, len(problems))
    lines = [WORDS.import_problem(at, what) for at, what in problems[:PROBLEMS]]
    if len(problems) > PROBLEMS:
        lines.append(WORDS.import_more_problems(len(problems) - PROBLEMS))
    return words, [blocks.section(words), *blocks.long_text("\n".join(lines))]


def met(theirs: Mapping[str, Any], by: str | None, names: Names, domains: Names) -> str:
    """What stands above the form of the one who came second; `by` is None where she takes a suggestion of another."""
    lines = [WORDS.met(by) if by else WORDS.overtaken()]
    for name, value in theirs.items():
        lines.append(WORDS.met_line(_label(name), _shown(name, value, names, domains)))
    return "\n".join(lines)


def _differences(before: Wording, after: Wording, names: Names, domains: Names) -> list[Block]:
    return [
        blocks.labelled(
            _label(name),
            PLAIN.difference(_cut(_shown(name, old, names, domains)), _cut(_shown(name, new, names, domains))),
        )
        for name, old, new in list(differences(before, after))[:20]
    ]


def _cut(text: str) -> str:
    return blocks.cut(text, CUT)


def _label(name: str) -> str:
    nth, _, part = name.rpartition(".")
    return LABELS[part] if nth in ("", "0") else f"{LABELS[part]} (meaning {int(nth) + 1})"


def _shown(name: str, value: Any, names: Names, domains: Names) -> str:
    part = name.rpartition(".")[2]
    if part == "senses":
        return f"{len(value)} meanings"
    if isinstance(value, tuple):
        return ", ".join(value)
    if part.endswith("_owner"):
        return names.get(value or "", value or "")
    return domains.get(value, value) if part == "domain" else str(value or "")


def _named(functions: Sequence[tuple[str, int]], names: Names) -> list[str]:
    return [f"{names.get(key, 'people without a function')} ({count})" for key, count in functions]
