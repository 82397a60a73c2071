"""Tables of decisions: what is written reads back, and what is broken is told with its row."""

import csv
import io
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.features.decisions.files import LARGEST, as_csv, is_ours, may_be_ours, read
from bot.features.decisions.files.table import ALSO, KNOWN
from rituals.decisions.exchange import Row, added, lines, one_line, visible
from rituals.decisions.planning import plan
from rituals.decisions.records import Decision
from rituals.decisions.usecases.exporting import Book
from tests.rituals.decisions.written import BOOK, GROUP, MARTA, NOW, books, known, patient

CSV = """\
\ufeffnumber,question,state,decider,asked,decided,withdrawn,outcome,why,context,options,asker,driver,channel,\
function_asked,function_waiting,due,tags,links,consulted,informed,closed_by,revisit,supersedes,superseded_by,\
working_minutes
12,Raise the price?,decided,'@marta,2026-11-02T09:00:00+00:00,2026-11-04T15:30:00+00:00,,"Yes, in March",\
Customers expect it by then.,Costs rose by a tenth.,"Yes, in March; No",'@dana,'@rui,#product-sync,Product,Sales,\
2026-11-05T18:00:00+00:00,pricing,https://wiki.example/price,'@rui,'@dana,'@marta,2027-03-01,,,1290
"""


def problems(text: str | bytes) -> list[tuple[int, str]]:
    content = text.encode() if isinstance(text, str) else text
    return [(problem.at, problem.what) for problem in read(content).problems]


def test_a_table_is_written_for_people_to_read() -> None:
    assert as_csv(BOOK).replace("\r\n", "\n") == CSV


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
