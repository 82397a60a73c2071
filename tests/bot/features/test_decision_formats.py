"""Decisions in files: what is written reads back, what is broken is told with its row, what people wrote stays text."""

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.features.decisions.files import LARGEST, as_csv, as_madr, file_name, is_ours, may_be_ours, one_file, read
from bot.features.decisions.files.table import ALSO, KNOWN
from bot.words import harmless, named
from rituals.decisions.exchange import Row, added, lines, one_line, visible
from rituals.decisions.planning import plan
from rituals.decisions.records import Decision, Event, Input, Sheet
from rituals.decisions.usecases.exporting import Book
from tests.rituals.decisions.written import CALLED, GROUP, LISBON, MARTA, NOW, PRICE, RUI, books, known, patient, texts

BOOK = Book(
    (
        Sheet(
            PRICE,
            (Input(RUI, "No", "Wait for June.", NOW),),
            (
                Event(1, PRICE.asked_at, PRICE.asker, "asked"),
                Event(2, PRICE.asked_at, PRICE.asker, "handed over", MARTA),
                Event(3, PRICE.closed_at or NOW, MARTA, "decided", "Yes, in March"),
            ),
        ),
    ),
    CALLED,
    {12: 1290},
)
CSV = """\
\ufeffnumber,question,state,decider,asked,decided,withdrawn,outcome,why,context,options,asker,driver,channel,\
function_asked,function_waiting,due,tags,links,consulted,informed,closed_by,revisit,supersedes,superseded_by,\
working_minutes
12,Raise the price?,decided,'@marta,2026-11-02T09:00:00+00:00,2026-11-04T15:30:00+00:00,,"Yes, in March",\
Customers expect it by then.,Costs rose by a tenth.,"Yes, in March; No",'@dana,'@rui,#product-sync,Product,Sales,\
2026-11-05T18:00:00+00:00,pricing,https://wiki.example/price,'@rui,'@dana,'@marta,2027-03-01,,,1290
"""
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


def problems(text: str | bytes) -> list[tuple[int, str]]:
    content = text.encode() if isinstance(text, str) else text
    return [(problem.at, problem.what) for problem in read(content).problems]


def test_decisions_are_written_for_people_to_read() -> None:
    assert as_csv(BOOK).replace("\r\n", "\n") == CSV
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


@settings(patient, max_examples=300)
@given(books())
def test_what_was_exported_changes_nothing_where_it_came_from(book: Book) -> None:
    """Rows count as they are in a spreadsheet, whatever stands in the cells."""
    here = replace(GROUP, known=known(sheet.decision for sheet in book.sheets))
    found = read(as_csv(book).encode())
    assert found.problems == ()
    assert [row.at for row in found.rows] == list(range(2, len(book.sheets) + 2))
    assert (plan(found.rows, here).new, plan(found.rows, here).here) == ((), len(book.sheets))
    assert plan(found.rows, here).problems == ()


@settings(patient, max_examples=300)
@given(books())
def test_what_was_exported_is_the_same_in_another_group(book: Book) -> None:
    found = plan(read(as_csv(book).encode()).rows, GROUP)
    apart = {next(iter(known([sheet.decision]))) for sheet in book.sheets}
    if len(apart) < len(book.sheets):
        assert found.problems
        return
    assert found.problems == ()
    for sheet, new in zip(book.sheets, added(found, 1, "a.csv", MARTA, NOW), strict=True):
        assert new == _imported(sheet.decision, new)


def _imported(of: Decision, new: Decision) -> Decision:
    """What a decision comes to be on its way through a file."""

    def line(text: str) -> str:
        return one_line(visible(text))

    def several(items: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(filter(None, map(line, items))))

    return replace(
        of,
        question=line(of.question),
        context=lines(visible(of.context)),
        outcome=lines(visible(of.outcome)),
        why=lines(visible(of.why)),
        options=several(of.options),
        tags=several(of.tags),
        asked_at=of.asked_at.replace(microsecond=0),
        due_at=of.due_at.replace(microsecond=0),
        closed_at=of.closed_at and of.closed_at.replace(microsecond=0),
        # Where nobody said which function, it is that of the people of now.
        asked=of.asked or new.asked,
        waiting=of.waiting or new.waiting,
        # Within the same second, the later number stands.
        state=new.state if of.state in ("decided", "superseded") else of.state,
        superseded_by=new.superseded_by,
        origin=new.origin,
        changed_at=NOW,
        changes=1,
    )


@patient
@given(books())
def test_no_cell_of_a_table_begins_a_formula(book: Book) -> None:
    for cells in csv.reader(io.StringIO(as_csv(book).removeprefix("\ufeff"), newline="")):
        assert not any(cell.lstrip(" ").startswith(("=", "+", "-", "@")) for cell in cells)


MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
OURS = {"inline", "heading_open", "heading_close", "paragraph_open", "paragraph_close", "bullet_list_open"}
OURS |= {"bullet_list_close", "list_item_open", "list_item_close"}
TEXT = {"text", "hardbreak", "link_open", "link_close"}


@settings(patient, max_examples=400)
@given(books())
def test_what_people_wrote_is_text_and_nothing_else(book: Book) -> None:
    """No heading, list, table, code, quotation, picture or HTML comes of it; links are those that are written out."""
    for sheet in book.sheets:
        front, _, body = as_madr(sheet, book, LISBON).partition("\n---\n")
        assert set(yaml.safe_load(front.removeprefix("---\n"))) >= {"status", "date", "decision-makers"}
        for text, heading in ((body, "h1"), (one_file(book, LISBON), "h2")):
            tokens = MARKDOWN.parse(text)
            assert {token.type for token in tokens} <= OURS
            inside = [child for token in tokens for child in token.children or ()]
            assert {token.type for token in inside} <= TEXT | {"text_special"}
            assert max(token.level for token in tokens) <= 3
            titles = [tokens[at + 1] for at, token in enumerate(tokens) if token.tag == heading and token.nesting == 1]
            said = {_shown(title.children or ()) for title in titles}
            assert any(one_line(_spoken(sheet.decision.question)) in title for title in said)


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


NEEDS = (
    "The first row must name the columns: question, decider, asked and channel at least, and decided or due. "
    f"Known here: {', '.join(KNOWN)}."
)
MISMATCHED = (
    "The quotation marks in this row don't match. Close each cell that opens with one, and write those inside twice: "
    '“"the ""real"" thing"”.'
)
EMPTY = (1, "The file is empty. Export decisions to see what one looks like.")
NOT_UTF8 = "This is no UTF-8 text. Save the file again as “CSV UTF-8”."
HEAD = "question,decider,asked,channel,decided\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", [EMPTY]),
        ("\ufeff \n", [EMPTY]),
        ("question,decider\nx,y\n", [(1, NEEDS)]),
        ("term,business\nARR,x\n", [(1, NEEDS)]),
        (
            "question,decidr,asked,channel,colour\nx,y,z,a,b\n",
            [
                (1, "“decidr” is no column here. Did you mean “decider”?"),
                (1, f"“colour” is no column here. Known here: {', '.join(KNOWN)}."),
            ],
        ),
        (
            "question,title,decider,asked,channel\n",
            [(1, "There are two columns “title”. Keep one.")],
        ),
        (
            HEAD + "Now?,@marta,2026-11-02,#product-sync,2026-11-03, more\n",
            [
                (
                    2,
                    "“more” is in no column. Name its column in the first row, or put a text with a comma in quotation "
                    "marks.",
                )
            ],
        ),
        (HEAD + 'Now?,"@marta\n', [(2, MISMATCHED)]),
        (HEAD.encode() + b"Now\xe9?\n", [(2, NOT_UTF8)]),
        (b"\xef\xbb\xbf" + HEAD.encode() + b'"a\nb",x\n\xff', [(3, NOT_UTF8)]),
        (HEAD.encode("utf-16"), [(1, NOT_UTF8)]),
        (b"PK\x03\x04\x14", [(1, "This is a workbook. Save it as “CSV UTF-8”, and import that.")]),
        (b" " * (LARGEST + 1), [(1, "The file is larger than 2 MB. Split it, and import one part at a time.")]),
        (HEAD + "a\n" * 5_001, [(5_002, "There are 5,000 rows above this one. Split the file here.")]),
    ],
    ids=lambda case: ascii(case)[:40],
)
def test_a_broken_file_gets_its_sentences(text: str | bytes, told: list[tuple[int, str]]) -> None:
    assert problems(text) == told


def test_where_nearly_all_is_wrong_the_rest_is_not_read() -> None:
    told = problems(HEAD + "a,b,c,d,e,f\n" * 3_000)
    assert len(told) == 1_001
    assert told[-1] == (1_001, "So much is wrong that the rest was not read. Mend this first.")


PLAIN = Row(
    2,
    question="Raise the price?",
    decider="@marta",
    asked="2026-11-02",
    channel="#product-sync",
    decided="2026-11-04",
    outcome="Yes",
    why="It costs more.\nMuch more.",
    options=("Yes", "No"),
)


@pytest.mark.parametrize(
    "text",
    [
        "Question,Decider,Asked,Channel,Decided,Outcome,Why,Options\n"
        'Raise the price?,@marta,2026-11-02,#product-sync,2026-11-04,Yes,"It costs more.\nMuch more.",Yes; No\n',
        "Reason;Decision date;Decision;Considered options;Decided by;Asked in;Asked on;Result\r\n"
        '"It costs more.\r\nMuch more.";2026-11-04;Raise  the price?;"Yes\r\nNo";@marta;#product-sync;2026-11-02;Yes\r',
        "title\tdecision-maker\tDATE ASKED\tchannel\tdecided on\tanswer\tRationale\talternatives\r"
        'Raise the price?\t@marta\t2026-11-02\t#product-sync\t2026-11-04\tYes\t"It costs more.\rMuch more."\tYes;No;\r',
    ],
)
def test_what_people_type_is_forgiven(text: str) -> None:
    found = read(text.encode())
    assert found.problems == ()
    assert found.rows == (PLAIN,)


def test_other_names_of_columns_mean_those_that_there_are() -> None:
    assert set(ALSO.values()) <= set(KNOWN)
    assert not set(ALSO) & set(KNOWN)


@pytest.mark.parametrize(
    ("name", "content", "ours"),
    [
        ("decisions.csv", CSV.encode(), True),
        ("log.TSV", b"Decided by\tTitle\nx\ty", True),
        ("log.csv", b"\xef\xbb\xbfdecider;question;\n", True),
        ("glossary.csv", b"term,business\nARR,x\n", False),
        ("half.csv", b"question,answer\n", False),
        ("decisions.csv", b"", False),
        ("decisions.csv", b"\xff\xfe\x00", False),
        ("decisions.md", CSV.encode(), False),
        ("decisions", CSV.encode(), False),
    ],
)
def test_a_table_of_decisions_is_told_by_its_name_and_its_first_row(name: str, content: bytes, ours: bool) -> None:
    assert (may_be_ours(name) and is_ours(content)) == ours


PIECES = st.sampled_from(
    [*KNOWN, *",;\t\"'=\r\n\ufeff\0\x85\u2028\\", "\r\n", "2026-11-02", "@marta", "#product-sync", HEAD, "a,b,c\n"]
)


@settings(patient, max_examples=300)
@given(st.binary(max_size=60) | st.lists(PIECES | st.text(max_size=5), max_size=25).map("".join).map(str.encode))
def test_reading_never_raises(content: bytes) -> None:
    is_ours(content)
    for each in (content, HEAD.encode() + content, CSV.encode() + content):
        found = read(each)
        planned = plan(found.rows, GROUP)
        for problem in (*found.problems, *planned.problems):
            assert problem.at >= 1
            assert re.fullmatch(r"[^\n]+[.?”]", problem.what)
        assert len(planned.new) + planned.here + len({each.at for each in planned.problems}) == len(found.rows)
