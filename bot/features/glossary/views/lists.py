"""Terms in numbers: browsing, a term's history, figures, and the glossary's share of App Home."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from bot.features.glossary import verbs
from bot.features.glossary.views import PLAIN, WORDS
from bot.features.glossary.views.card import Reader, called, said_first
from bot.features.glossary.views.forms import LABELS
from bot.slack import blocks
from bot.slack.blocks import Block
from glossary.merging import differences
from glossary.settings import GlossarySettings
from glossary.terms import Revision, Term, Wording
from glossary.usecases.stats import Stats

PAGE = 15
EVERY = "*"
HISTORY, WAS = 40, 200
STATES = {"accepted": "Accepted", "suggested": "Suggested", "disputed": "Disputed", "retired": "No longer in use"}
DONE = {
    "added": "added it",
    "edited": "changed",
    "accepted": "accepted it",
    "disputed": "disputed it",
    "retired": "retired it",
    "declined": "declined it",
    "reverted": "went back to an earlier wording",
    "imported": "imported it",
}


@dataclass(frozen=True, slots=True)
class Filter:
    """What a reader browses by; EVERY where she has not chosen. `page` counts from 0."""

    letter: str = EVERY
    domain: str = EVERY
    owner: str = EVERY
    state: str = EVERY
    page: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """One page of what there is for a filter: its terms, how many there are in all, and what can be chosen."""

    terms: Sequence[Term]
    count: int
    letters: Sequence[str]
    owners: Mapping[str, str]


def browse(found: Found, by: Filter, reader: Reader, settings: GlossarySettings) -> Block:
    parts: list[Block] = [blocks.actions(*_choices(found, by, settings))]
    for term in found.terms:
        state = "" if term.state == "accepted" else STATES[term.state]
        line = PLAIN.browse_line(called(term), said_first(term, reader), state)
        parts.append(blocks.literal(line, blocks.button("Open", verbs.MORE, nth=term.id, term=term.id)))
    if not found.terms:
        parts.append(blocks.section(WORDS.browse_none()))
    first = by.page * PAGE + 1
    if found.count:
        parts.append(blocks.context(WORDS.browse_count(found.count, first, first + len(found.terms) - 1)))
    pages = []
    if by.page:
        pages.append(blocks.button("Back", verbs.BROWSE_PAGE, nth="back", **_held(by, by.page - 1)))
    if first - 1 + len(found.terms) < found.count:
        pages.append(blocks.button("Next", verbs.BROWSE_PAGE, nth="next", **_held(by, by.page + 1)))
    if pages:
        parts.append(blocks.actions(*pages))
    return blocks.modal("Glossary", verbs.BROWSE, parts, **asdict(by))


def history(term: Term, revisions: Sequence[Revision], names: Mapping[str, str], *, tends: bool) -> Block:
    parts: list[Block] = []
    shown = revisions[:HISTORY]
    for at, revision in enumerate(shown):
        before = revisions[at + 1].wording if at + 1 < len(revisions) else None
        fields = _changed(before, revision) if before and revision.what in ("edited", "reverted", "imported") else []
        line = PLAIN.history_line(
            revision.n,
            revision.at,
            names.get(revision.by, revision.by),
            DONE[revision.what],
            fields,
            revision.reason if revision.what in ("disputed", "retired", "declined") else "",
        )
        back = blocks.button("Back to this", verbs.REVERT, nth=revision.n, term=term.id, n=revision.n)
        may = tends and term.state != "declined" and revision.n != term.revision
        parts.append(blocks.literal(line, back if may else None))
    return blocks.modal("History", "glossary.history", parts, term=term.id)


def stats(of: Stats, functions: Mapping[str, str]) -> tuple[str, list[Block]]:
    """`functions`: key to name."""
    text = WORDS.stats(of)
    parts = [blocks.section(text)]
    rows = [(functions.get(key, "No function"), found, missed) for key, found, missed in of.by_function]
    if rows:
        parts.append(blocks.section(WORDS.coverage(rows)))
    if of.most:
        parts.append(blocks.section(WORDS.most(of.most)))
    if of.wanted:
        parts.append(blocks.section(WORDS.most_wanted(of.wanted)))
    return text, parts


def home(terms: Sequence[Term], function: str) -> list[Block]:
    """What her function looks up most, one touch away."""
    browse_button = blocks.button("Browse", verbs.BROWSE)
    if not terms:
        return [blocks.section(WORDS.home_new(), browse_button)]
    options = [blocks.option(term.name, term.id) for term in terms]
    return [
        blocks.section(WORDS.home_title(function), browse_button),
        blocks.literal(
            PLAIN.home_names([term.name for term in terms]),
            blocks.choice("static_select", verbs.LOOK_UP, options, placeholder="Explain …"),
        ),
    ]


def _changed(before: Wording, revision: Revision) -> list[tuple[str, str]]:
    """Each field that it changed, with what stood there before."""
    found = ((name.rpartition(".")[2], old) for name, old, _ in differences(before, revision.wording))
    return [(LABELS[name].lower(), "" if name.endswith("_owner") else _was(old)) for name, old in found]


def _was(old: Any) -> str:
    """In a line; meanings that went as a whole are not spelt out."""
    text = ", ".join(map(str, old)) if isinstance(old, tuple) and all(isinstance(each, str) for each in old) else old
    return blocks.cut(" ".join(text.split()), WAS) if isinstance(text, str) else ""


def _held(by: Filter, page: int) -> dict[str, Any]:
    return {**asdict(by), "page": page}


def _choices(found: Found, by: Filter, settings: GlossarySettings) -> list[Block]:
    domains = {key: domain.name for key, domain in settings.domains.items()}
    listed = (
        ("letter", "Every letter", {letter: letter for letter in found.letters}),
        ("domain", "Every domain", domains),
        ("owner", "Every owner", found.owners),
        ("state", "Every state", STATES),
    )
    return [_choice(name, every, dict(options), getattr(by, name)) for name, every, options in listed if options]


def _choice(name: str, every: str, options: dict[str, str], chosen: str) -> Block:
    made = [blocks.option(every, EVERY), *(blocks.option(label, value) for value, label in list(options.items())[:99])]
    return blocks.choice("static_select", f"{verbs.BROWSE_BY}#{name}", made, chosen)
