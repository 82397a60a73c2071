"""Decisions as Markdown records: told for people to read, and what people wrote stays text, whatever it is."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, get_args

import pytest
import yaml
from hypothesis import given, settings
from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.features.decisions.files import as_madr, file_name, one_file
from bot.features.decisions.files.madr import HAPPENED
from bot.features.decisions.views import PLAIN
from bot.words import harmless, named
from rituals.decisions.exchange import one_line, visible
from rituals.decisions.records import Event, Sheet, What
from rituals.decisions.usecases.exporting import Book
from tests.rituals.decisions.written import BOOK, CALLED, LISBON, PRICE, books, patient, texts

RECORD = """\
---
status: accepted
date: 2026-11-04
decision-makers: ["Marta"]
consulted: ["Rui"]
informed: ["Dana"]
---

# Raise the price?

## Context and Problem Statement

Raise the price?

Costs rose by a tenth.

## Considered Options

* Yes, in March
* No

## Decision Outcome

Yes, in March

Why:

Customers expect it by then.

## More Information

* Asked by Dana in #product-sync on 2026-11-02 09:00 WET
* Driven by Rui
* Asked of Product
* Waited for by Sales
* Due: 2026-11-05 18:00 WET
* Decided by Marta on 2026-11-04 15:30 WET
* Turnaround: 21 h 30 min of working time
* To be looked at again on 2027-03-01
* Tags: pricing
* Link: <https://wiki.example/price>
* Rui would take “No”: Wait for June.
* 2026-11-02 09:00 WET: Dana asked
* 2026-11-02 09:00 WET: Dana handed it over: Marta
* 2026-11-04 15:30 WET: Marta decided: Yes, in March
"""


def test_a_record_is_written_for_people_to_read() -> None:
    assert as_madr(BOOK.sheets[0], BOOK, LISBON) == RECORD
    body = RECORD.partition("# Raise")[2].replace("\n## ", "\n### ")
    front = "* status: accepted\n* date: 2026-11-04\n* decision-makers: Marta\n* consulted: Rui\n* informed: Dana\n\n"
    title, _, rest = body.partition("\n\n")
    assert one_file(BOOK, LISBON) == f"# Decisions\n\n## 12. Raise{title}\n\n{front}{rest}"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        (
            {"state": "open", "outcome": "", "why": "", "closed_at": None},
            ("proposed", "Still open: Marta is to"),
        ),
        (
            {"state": "withdrawn", "outcome": ""},
            ("status: withdrawn", "Withdrawn: nobody", "Withdrawn by Marta"),
        ),
        ({"state": "superseded", "superseded_by": 31}, ("superseded by ADR-0031", "* Superseded by ADR-0031")),
        ({"needs": "What does it cost?"}, ("* Known first must be: What does it cost?",)),
        ({"outcome": ""}, ("Nobody wrote down what was decided.",)),
    ],
)
def test_a_record_says_how_things_stand(changes: dict[str, Any], told: tuple[str, ...]) -> None:
    sheet = Sheet(replace(PRICE, **changes))
    record = as_madr(sheet, replace(BOOK, sheets=(sheet,)), LISBON)
    for sentence in told:
        assert sentence in record


@pytest.mark.parametrize("what", get_args(What))
def test_everything_that_can_happen_has_words_of_its_own(what: What) -> None:
    detail = {"due changed": "2026-11-26T18:00:00+00:00", "superseded": "31"}.get(what, "")
    sheet = Sheet(PRICE, events=(Event(1, PRICE.asked_at, "U0MARTA", what, detail),))
    assert HAPPENED[what] in as_madr(sheet, replace(BOOK, sheets=(sheet,)), LISBON)


def test_no_two_things_that_can_happen_are_told_alike() -> None:
    day = PRICE.asked_at.date()
    told = {PLAIN.event(Event(1, PRICE.asked_at, "U0MARTA", what), "Marta", day, "Rui", day) for what in get_args(What)}
    assert len(told) == len(set(HAPPENED.values())) == len(get_args(What))


def test_a_record_points_to_the_one_that_took_its_place() -> None:
    before, after = replace(PRICE, state="superseded", superseded_by=31), replace(PRICE, number=31, supersedes=12)
    book = replace(BOOK, sheets=(Sheet(before), Sheet(after)))
    assert "* Superseded by [0031: Raise the price?](<0031-raise-the-price.md>)" in as_madr(
        book.sheets[0], book, LISBON
    )
    assert "* Supersedes [0012: Raise the price?](<0012-raise-the-price.md>)" in as_madr(book.sheets[1], book, LISBON)
    assert "* Supersedes 0012: Raise the price?\n" in one_file(book, LISBON)


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Raise the price?", "0012-raise-the-price.md"),
        ("../../etc/passwd", "0012-etc-passwd.md"),
        ("?!", "0012-decision.md"),
        ("Preise erhöhen?", "0012-preise-erhöhen.md"),
        ("値上げする\uff1f", "0012-値上げする.md"),
        ("a\0b/c\\d:e", "0012-ab-c-d-e.md"),
        ("long " * 30, "0012-long-long-long-long-long-long-long-long-long-long.md"),
        ("\U00010384" * 99, "0012-" + "\U00010384" * 50 + ".md"),
    ],
)
def test_a_record_has_a_file_name_that_every_disk_takes(question: str, name: str) -> None:
    found = file_name(replace(PRICE, question=question))
    assert found == name
    assert len(f".{found}.part".encode()) <= 255


MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
OURS = {"inline", "heading_open", "heading_close", "paragraph_open", "paragraph_close", "bullet_list_open"}
OURS |= {"bullet_list_close", "list_item_open", "list_item_close"}
TEXT = {"text", "hardbreak", "link_open", "link_close"}


@settings(patient, max_examples=400)
@given(books())
def test_what_people_wrote_is_text_and_nothing_else(book: Book) -> None:
    """No heading, list, table, code, quotation, picture or HTML comes of it; links are those that are written out."""
    together = _titles(one_file(book, LISBON), "h2")
    for sheet in book.sheets:
        front, _, body = as_madr(sheet, book, LISBON).partition("\n---\n")
        assert set(yaml.safe_load(front.removeprefix("---\n"))) >= {"status", "date", "decision-makers"}
        for said in (_titles(body, "h1"), together):
            assert any(one_line(_spoken(sheet.decision.question)) in title for title in said)


def _titles(text: str, heading: str) -> set[str]:
    """What its headings of this kind say; all of it is text in paragraphs and lists of ours."""
    tokens = MARKDOWN.parse(text)
    assert {token.type for token in tokens} <= OURS
    inside = [child for token in tokens for child in token.children or ()]
    assert {token.type for token in inside} <= TEXT | {"text_special"}
    assert max(token.level for token in tokens) <= 3
    titles = [tokens[at + 1] for at, token in enumerate(tokens) if token.tag == heading and token.nesting == 1]
    return {_shown(title.children or ()) for title in titles}


def _shown(inline: Iterable[Token]) -> str:
    return "".join("\n" if token.type == "hardbreak" else token.content for token in inline)


def _spoken(text: str) -> str:
    return visible(harmless(named(text, CALLED.names)))


@settings(patient, max_examples=400)
@given(texts)
def test_a_text_is_shown_line_by_line_as_it_was_written(text: str) -> None:
    sheet = Sheet(replace(PRICE, outcome=text or "x", why="", options=()))
    record = as_madr(sheet, Book((sheet,), CALLED), LISBON).partition("## Decision Outcome\n")[2]
    tokens = MARKDOWN.parse(record.partition("\n## More")[0])
    shown = [
        line
        for token in tokens
        if token.type == "inline"
        for line in "".join("\n" if each.type == "hardbreak" else each.content for each in token.children or ()).split(
            "\n"
        )
    ]
    wanted = [one_line(line) for line in _spoken(text or "x").splitlines()]
    assert shown == [line for line in wanted if line]
