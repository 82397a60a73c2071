"""A table: a row per decision. Three of its columns are only told and never read: what they say follows from others."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bot import tabular
from bot.cells import joined, split
from bot.tabular import Cell, Columns, Slip
from rituals.decisions.exchange import Called, Problem, Row, lines, one_line, visible
from rituals.decisions.records import Decision
from rituals.decisions.usecases.exporting import Book

TEXTS = ("outcome", "why", "context")
LISTS = ("options", "tags", "links", "consulted", "informed")
TOLD = ("superseded_by", "working_minutes")
KNOWN = (
    *(
        "number",
        "question",
        "state",
        "decider",
        "asked",
        "decided",
        "withdrawn",
        "outcome",
        "why",
        "context",
        "options",
    ),
    *("asker", "driver", "channel", "function_asked", "function_waiting", "due", "tags", "links", "consulted"),
    *("informed", "closed_by", "revisit", "supersedes", *TOLD),
)
NEEDED = ("question", "decider", "asked", "channel")
# What other people's lists call the same.
ALSO = {
    "decision": "question",
    "title": "question",
    "topic": "question",
    "decided_by": "decider",
    "decision_maker": "decider",
    "asked_on": "asked",
    "asked_at": "asked",
    "date_asked": "asked",
    "raised": "asked",
    "raised_on": "asked",
    "decided_on": "decided",
    "decided_at": "decided",
    "date_decided": "decided",
    "decision_date": "decided",
    "withdrawn_on": "withdrawn",
    "decision_outcome": "outcome",
    "answer": "outcome",
    "result": "outcome",
    "reason": "why",
    "because": "why",
    "rationale": "why",
    "background": "context",
    "considered_options": "options",
    "alternatives": "options",
    "asked_by": "asker",
    "requested_by": "asker",
    "driven_by": "driver",
    "asked_in": "channel",
    "asked_function": "function_asked",
    "function_that_is_asked": "function_asked",
    "waiting": "function_waiting",
    "waiting_function": "function_waiting",
    "function_that_waits": "function_waiting",
    "due_on": "due",
    "due_by": "due",
    "deadline": "due",
    "tag": "tags",
    "link": "links",
    "status": "state",
    "id": "number",
    "replaces": "supersedes",
}
COLUMNS = Columns(
    KNOWN,
    NEEDED,
    "The first row must name the columns: question, decider, asked and channel at least, and decided or due. "
    f"Known here: {', '.join(KNOWN)}.",
    ALSO,
)
MOST_ROWS = 5_000


def as_csv(book: Book) -> str:
    """For UTF-8. Moments are in UTC, people by their handles, several of something with a ; between them."""
    return tabular.written(COLUMNS, (_cells(sheet.decision, book.called, book.worked) for sheet in book.sheets))


def rows(text: str) -> Iterator[Row | Problem]:
    for found in tabular.read(text, COLUMNS):
        if isinstance(found, Slip):
            yield Problem(found.at, found.what)
        else:
            at, said = found
            if at > MOST_ROWS + 1:
                yield Problem(at, f"There are {MOST_ROWS:,} rows above this one. Split the file here.")
                return
            yield _row(at, said)


def _row(at: int, said: Mapping[str, str]) -> Row:
    words = {name: one_line(cell) for name, cell in said.items() if name not in (*TEXTS, *LISTS, *TOLD)}
    texts = {name: lines(said[name]) for name in TEXTS if name in said}
    several = {name: _items(said[name]) for name in LISTS if name in said}
    found: dict[str, Any] = {name: value for name, value in (words | texts | several).items() if name in KNOWN}
    return Row(at, **found)


def _items(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(one_line, split(cell)))))


def _cells(of: Decision, called: Called, worked: Mapping[int, int]) -> Iterator[Cell]:
    def person(user: str | None) -> str:
        return called.handles.get(user or "", user or "")

    def function(key: str | None) -> str:
        return called.functions.get(key or "", key or "")

    def several(items: Iterable[str]) -> str:
        return joined(one_line(visible(item)) for item in items)

    yield from (of.number, visible(of.question), of.state, person(of.decider), of.asked_at)
    yield of.closed_at if of.state in ("decided", "superseded") else None
    yield of.closed_at if of.state == "withdrawn" else None
    yield from (visible(of.outcome), visible(of.why), visible(of.context), several(of.options))
    yield from (person(of.asker), person(of.driver), called.channels.get(of.channel, of.channel))
    yield from (function(of.asked), function(of.waiting), of.due_at, several(of.tags), several(of.links))
    yield from (several(map(person, of.consulted)), several(map(person, of.informed)), person(of.closed_by))
    yield from (
        of.revisit_on.isoformat() if of.revisit_on else "",
        of.supersedes,
        of.superseded_by,
        worked.get(of.number),
    )
