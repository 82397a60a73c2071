"""A glossary in files: what is written reads back, and what people type is forgiven."""

import csv
import io
from datetime import UTC, datetime

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.features.glossary.files import Format, format_of, read, write
from glossary.exchange import Read, Row, check, plan
from glossary.terms import Sense, Term, Wording
from glossary.words import key as level
from tests.bot.features.glossary_files import ARR, CHURN, CSV, MARKDOWN, YAML, formats_, said
from tests.glossary.wordings import patient, rows


@pytest.mark.parametrize(
    ("format", "text", "places"),
    [("yaml", YAML, (2, 14)), ("csv", CSV.replace("\n", "\r\n"), (2, 3)), ("md", MARKDOWN, (3, 26))],
)
def test_a_glossary_is_written_for_people_to_read(format: Format, text: str, places: tuple[int, int]) -> None:
    unix = text.replace("\r\n", "\n")
    assert write(format, [ARR, CHURN]).replace("\r\n", "\n") == unix
    for ends in (unix, unix.replace("\n", "\r\n"), unix.replace("\n", "\r")):
        found = read(format, ends.encode())
        assert found.problems == ()
        assert said(found.rows) == said([ARR, CHURN])
        assert tuple(row.at for row in found.rows) == places


@formats_
def test_a_glossary_without_terms_is_a_file_without_problems(format: Format) -> None:
    assert read(format, write(format, []).encode()) == Read()


@formats_
@settings(patient, max_examples=200)
@given(file=st.lists(rows, max_size=3, unique_by=lambda row: row.wording.name))
def test_what_is_written_reads_back(format: Format, file: list[Row]) -> None:
    text = write(format, file)
    found = read(format, text.encode())
    assert found.problems == ()
    assert said(found.rows) == said(file)
    assert write(format, found.rows) == text


@formats_
@patient
@given(file=st.lists(rows, max_size=3, unique_by=lambda row: level(row.wording.name)))
def test_a_glossary_that_was_exported_is_the_same_where_it_came_from(format: Format, file: list[Row]) -> None:
    file = [row for row in file if level(row.wording.name)]
    now = datetime(2026, 11, 23, 9, tzinfo=UTC)
    known = {
        level(row.wording.name): Term(f"T{number}", row.wording, row.state, 1, "U1", now, now)
        for number, row in enumerate(file)
    }
    again = read(format, write(format, file).encode()).rows
    found = plan(again, known, level, lambda written: None, {"a": "a"})
    assert (found.new, found.changed, found.problems) == ((), (), check(again, level))
    assert found.same + len({problem.at for problem in found.problems}) == len(file)


@patient
@given(st.lists(rows, max_size=2))
def test_other_programs_read_the_same_yaml(file: list[Row]) -> None:
    for loader in (yaml.SafeLoader, getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
        terms = yaml.load(write("yaml", file), loader)["terms"]
        assert [term["name"] for term in terms] == [row.wording.name for row in file]
        assert [tuple(term.get("aliases", ())) for term in terms] == [row.wording.aliases for row in file]


@patient
@given(st.lists(rows, max_size=2))
def test_no_cell_of_a_table_begins_a_formula(file: list[Row]) -> None:
    for cells in csv.reader(io.StringIO(write("csv", file).removeprefix("\ufeff"), newline="")):
        assert not any(cell.lstrip(" ").startswith(("=", "+", "-", "@")) for cell in cells)


@formats_
@pytest.mark.parametrize("text", ["a\0b", "a\ud800b", "a\x07b", "a\uffffb", "a\x7fb"])
def test_what_nobody_sees_is_left_out_of_a_file(format: Format, text: str) -> None:
    found = read(format, write(format, [Row(1, Wording(text, senses=(Sense(text),)), "accepted")]).encode())
    assert said(found.rows) == [(Wording("ab", senses=(Sense("ab"),)), "accepted")]


ONE = (Wording("ARR", aliases=("run rate", "MRR by 12"), senses=(Sense("x", "y\nz"),)), "disputed")


@pytest.mark.parametrize(
    ("format", "text"),
    [
        (
            "yaml",
            "terms: [{name: ARR, aliases: [run rate, MRR by 12], state: Disputed, business: x, technical: 'y\n\n z'}]",
        ),
        (
            "yaml",
            "terms:\n- name: ARR\n  aliases:\n  - run rate\n  - MRR by 12\n  state: disputed\n  example:\n  links: []\n"
            "  senses:\n  - business: x\n    technical: |\n      y  \n      z\n\n",
        ),
        (
            "csv",
            'TERM, Business ,aliases,State,Technical\nARR,x,run rate;MRR by 12,DISPUTED,"y\nz"\n',
        ),
        (
            "csv",
            'term;business;stands for;aliases;technical;state\nARR;x;;"run rate; MRR by 12; ";"y\r\nz";disputed\n;\n',
        ),
        ("csv", 'state\tterm\taliases\tbusiness\ttechnical\r\rdisputed\tARR\t"run rate\nMRR by 12"\tx\t"y\nz"\r'),
        (
            "csv",
            'term,aliases,business,technical,state\nARR,run rate,x,"y\nz",\nARR,MRR by 12,x,"y\nz",disputed\n',
        ),
        (
            "md",
            "# Our words\nSome of them.\n\n##  ARR \n\n**also called**: run rate; MRR by 12\n\n**State:**\ndisputed\n\n"
            "### Meaning\n\n__Business:__ x\n\n---\n\n**Technical :** y  \nz\n\n---\n",
        ),
        (
            "md",
            "## ARR\n- **Also called:**\n  * run rate\n  * MRR by 12\n* **State:** Disputed\n- **Business**: x\n"
            "- **Technical:** y\n  z\n- **Links:**\n",
        ),
    ],
)
def test_what_people_type_is_forgiven(format: Format, text: str) -> None:
    found = read(format, text.encode())
    assert found.problems == ()
    assert said(found.rows) == [ONE]


def test_the_rows_of_a_term_may_stand_anywhere_in_a_table() -> None:
    text = "term,domain,business,state\nARR,finance,x,\nMRR,,y,\nARR,growth,z,suggested\n"
    assert said(read("csv", text.encode()).rows) == [
        (Wording("ARR", senses=(Sense("x", domain="finance"), Sense("z", domain="growth"))), "suggested"),
        (Wording("MRR", senses=(Sense("y"),)), "accepted"),
    ]


def test_rows_of_a_table_are_counted_as_spreadsheets_count_them() -> None:
    text = 'term,business\r\nARR,"one\r\ntwo"\r\n\r\nMRR,x\r\n,y\r\n'
    assert [row.at for row in read("csv", text.encode()).rows] == [2, 4, 5]


@pytest.mark.parametrize(
    ("filename", "content", "format"),
    [
        ("glossary.yaml", b"", "yaml"),
        ("glossary.YML", b"", "yaml"),
        ("a.b.csv", b"", "csv"),
        ("glossary.tsv", b"", "csv"),
        ("README.md", b"", "md"),
        ("words.markdown", b"", "md"),
        ("words.txt", YAML.encode(), "yaml"),
        ("words.txt", CSV.encode(), "csv"),
        ("words.txt", b"business;Term\r\nx;y", "csv"),
        ("words", MARKDOWN.encode(), "md"),
        ("", b"\xef\xbb\xbfterms: # ours\n", "yaml"),
        ("words.txt", b"Notes of a meeting", None),
        ("words.csv", b"PK\x03\x04", "csv"),
        ("words.xlsx", b"PK\x03\x04", None),
        ("words.pdf", b"%PDF-1.4\xff", None),
        ("", b"", None),
    ],
)
def test_a_format_is_known_by_its_name_or_by_how_it_begins(
    filename: str, content: bytes, format: Format | None
) -> None:
    assert format_of(filename, content) == format


def test_labels_of_all_sorts_in_a_text_are_text() -> None:
    lines = [f"**note {number}:** x" for number in range(1_100)] + ["**Busness:** y"]
    found = read("md", "\n".join(["## ARR", "**Business:** x", *lines]).encode())
    assert found.problems == ()
    assert found.rows[0].wording.senses[0].business.endswith("**Busness:** y")
