"""A glossary in files: what is written reads back, what is broken is told with its row, and nothing raises."""

import csv
import io
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.features.glossary.files import FORMATS, Format, format_of, read, write
from glossary.exchange import Problem, Read, Row, check, plan, writable
from glossary.terms import Sense, State, Term, Wording
from glossary.words import key as level
from tests.glossary.wordings import patient, rows

formats_ = pytest.mark.parametrize("format", FORMATS)

ARR = Row(
    2,
    Wording(
        "ARR",
        ("annual recurring revenue",),
        ("run rate", "ARR (net)"),
        (
            Sense(
                "What contracts are worth: a year.",
                "`sum(mrr) * 12`\n# daily",
                "4 M",
                "@dana",
                "rui@acme.example",
                ("https://wiki.example/arr",),
                "finance",
            ),
        ),
    ),
    "accepted",
)
CHURN = Row(
    12,
    Wording(
        "churn",
        senses=(
            Sense("Customers who leave", links=("https://a.example/1", "https://a.example/2"), domain="growth"),
            Sense(technical="Rows that\n\n- change"),
        ),
    ),
    "disputed",
)

YAML = """\
terms:
  - name: ARR
    stands_for: [annual recurring revenue]
    aliases: [run rate, ARR (net)]
    domain: finance
    business: "What contracts are worth: a year."
    technical: |-
      `sum(mrr) * 12`
      # daily
    example: "4 M"
    business_owner: "@dana"
    technical_owner: rui@acme.example
    links: ["https://wiki.example/arr"]
  - name: churn
    state: disputed
    senses:
      - domain: growth
        business: Customers who leave
        links: ["https://a.example/1", "https://a.example/2"]
      - technical: |-
          Rows that

          - change
"""
CSV = """\
\ufeffterm,stands_for,aliases,domain,business,technical,example,business_owner,technical_owner,links,state
ARR,annual recurring revenue,run rate; ARR (net),finance,What contracts are worth: a year.,"`sum(mrr) * 12`
# daily",4 M,'@dana,rui@acme.example,https://wiki.example/arr,accepted
churn,,,growth,Customers who leave,,,,,https://a.example/1; https://a.example/2,disputed
churn,,,,,"Rows that

- change",,,,,
"""
MARKDOWN = """\
# Glossary

## ARR

**Stands for:** annual recurring revenue

**Also called:**
- run rate
- ARR (net)

**Domain:** finance

**Business:** What contracts are worth: a year.

**Technical:** `sum(mrr) * 12`
\\# daily

**Example:** 4 M

**Business owner:** @dana

**Technical owner:** rui@acme.example

**Links:** https://wiki.example/arr

## churn

**State:** disputed

### Meaning 1

**Domain:** growth

**Business:** Customers who leave

**Links:**
- https://a.example/1
- https://a.example/2

### Meaning 2

**Technical:** Rows that

- change
"""


def said(rows: Sequence[Row]) -> list[tuple[Wording, State]]:
    """Rows without the places where they stand."""
    return [(row.wording, row.state) for row in rows]


def problems(format: Format, text: str | bytes) -> list[tuple[int, str]]:
    content = text.encode() if isinstance(text, str) else text
    return [(problem.at, problem.what) for problem in read(format, content).problems]


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


EMPTY = (1, "The file is empty. Export a glossary to see what one looks like.")
NOT_UTF8 = "This is no UTF-8 text. Save the file again as UTF-8."
NO_TERMS = "There is no “terms:” here. Begin with “terms:”, and write below it: - {name: ARR, business: What it means}"
BROKEN_YAML: list[tuple[str | bytes, list[tuple[int, str]]]] = [
    ("", [EMPTY]),
    ("\ufeff \n", [EMPTY]),
    ("ARR", [(1, NO_TERMS)]),
    ("- name: ARR\n", [(1, NO_TERMS)]),
    ("words: []\n", [(1, "“words” is not known here. Known here: terms."), (1, NO_TERMS)]),
    ("\nterm: []\n", [(2, "“term” is not known here. Did you mean “terms”?")]),
    (
        "terms: ARR\n",
        [(1, "A list was expected in “terms”, not “ARR”. Write for example: - {name: ARR, business: What it means}")],
    ),
    (
        "terms:\n  - ARR\n  - [a]\n  -\n",
        [
            (2, "“ARR” is no term. Write for example: - {name: ARR, business: What it means}"),
            (3, "A list is no term. Write for example: - {name: ARR, business: What it means}"),
            (4, "Nothing is no term. Write for example: - {name: ARR, business: What it means}"),
        ],
    ),
    (
        "terms:\n  - name: ARR\n    busines: x\n    colour: y\n",
        [
            (3, "“busines” is not known here. Did you mean “business”?"),
            (
                4,
                "“colour” is not known here. Known here: name, stands_for, aliases, state, senses, domain, business, "
                "technical, example, business_owner, technical_owner, links.",
            ),
        ],
    ),
    (
        "terms:\n  - name: ARR\n    senses:\n      - business: x\n        examples: y\n      - z\n",
        [
            (5, "“examples” is not known here. Did you mean “example”?"),
            (6, "“z” is no meaning. Write for example: - {business: What it means}"),
        ],
    ),
    (
        "terms:\n  - name: ARR\n    business: x\n    senses:\n      - technical: y\n",
        [(3, "“business” stands beside “senses”. Move it below one of them.")],
    ),
    (
        "terms:\n  - name: ARR\n    senses: x\n",
        [(3, "A list was expected in “senses”, not “x”. Write for example: - {business: What it means}")],
    ),
    (
        "terms:\n  - name: [ARR]\n    aliases: {a: b}\n",
        [(2, "A text was expected in “name”, not a list. If it has [, { or “: ” in it, put quotes around it.")],
    ),
    (
        "terms:\n  - name: ARR\n    aliases: {a: b}\n    stands_for: [a: b]\n    technical: [x]\n",
        [
            (3, "A list was expected in “aliases”, not names with values. Write for example: aliases: [one, another]"),
            (
                4,
                "A text was expected in “stands_for”, not names with values. If it has [, { or “: ” in it, "
                "put quotes around it.",
            ),
            (5, "A text was expected in “technical”, not a list. If it has [, { or “: ” in it, put quotes around it."),
        ],
    ),
    (
        "terms:\n  - name: ARR\n    business: x\n    business: y\n",
        [(4, "“business” is there already, on line 3. Keep one of them.")],
    ),
    (
        "terms:\n  - name: ARR\n    business: a: b\n",
        [
            (
                3,
                "A colon is out of place in “business: a: b”, or the line is indented too far. Text that begins with "
                '@, %, ` or *, or has “: ” in it, needs quotes around it, as in “"@rui"”.',
            )
        ],
    ),
    ("terms:\n\t- name: x\n", [(2, "The line begins with a tab. Use spaces: two for each step to the right.")]),
    ("terms:\n  - name: *x\n", [(2, "“*x” stands for nothing in this file. If this is text, put quotes around it.")]),
    (
        "terms:\n  - name: !!python/name:os.system\n",
        [(2, "Tags such as “!!python/name:os.system” are not read here. If this is text, put quotes around it.")],
    ),
    (
        "terms:\n  - name: a\0b",
        [(2, "There is an invisible character (U+0000) that YAML does not allow. Delete it, or type the line again.")],
    ),
    ("[" * 30, [(1, "This is nested far deeper than a glossary needs. Check the brackets.")]),
    (
        "a: &a [x,x,x,x,x,x,x,x,x,x]\n"
        + "".join(f"{new}: &{new} [{','.join([f'*{old}'] * 10)}]\n" for old, new in ("ab", "bc", "cd", "de", "ef")),
        [(6, "The file says far more than a glossary needs. Check that it is the right file.")],
    ),
    (b"terms:\n  - name: \xe9\n", [(2, NOT_UTF8)]),
    (b"\xef\xbb\xbfterms:\n  - name: \xc3\xa9\xff\n", [(2, NOT_UTF8)]),
]

COLUMNS = (
    "term, stands_for, aliases, domain, business, technical, example, business_owner, technical_owner, links, state."
)
NO_TERM = f"No column is called “term”. Name the columns in the first row: {COLUMNS}"
MISMATCHED = (
    "The quotation marks in this row don't match. Close each cell that opens with one, and write those inside twice: "
    '“"the ""real"" thing"”.'
)
NOT_UTF8_CSV = "This is no UTF-8 text. Save the file again as “CSV UTF-8”."
BROKEN_CSV: list[tuple[str | bytes, list[tuple[int, str]]]] = [
    ("", [EMPTY]),
    ("\r\n\r\n", [EMPTY]),
    (";;;\r\n", [(1, NO_TERM)]),
    ("ARR,Money that comes every year\n", [(1, NO_TERM)]),
    ("\nname,business\nARR,x\n", [(2, NO_TERM)]),
    (
        "term,busines,colour\nARR,x,y\n",
        [
            (1, "“busines” is no column here. Did you mean “business”?"),
            (1, f"“colour” is no column here. Known here: {COLUMNS}"),
        ],
    ),
    ("Term,Business,business\nARR,x,y\n", [(1, "There are two columns “business”. Keep one.")]),
    (
        "term,business\nARR,a, b\n",
        [(2, "“b” is in no column. Name its column in the first row, or put a text with a comma in quotation marks.")],
    ),
    (
        "term;business;\nARR;a;b\n",
        [
            (
                2,
                "“b” is in no column. Name its column in the first row, or put a text with a semicolon in quotation "
                "marks.",
            )
        ],
    ),
    ('"term,business\n', [(1, MISMATCHED)]),
    ('term,business\nMRR,b\nARR,"a\n', [(3, MISMATCHED)]),
    ('term,business\nARR,"a"b\nMRR,b\n', [(2, MISMATCHED)]),
    ("term,business\nARR," + "x" * 140_000, [(2, MISMATCHED)]),
    (
        "term,state,business\nARR,disputed,x\nMRR,,y\nARR,Disputed,y\nARR,retired,z\n",
        [(5, "“ARR” is disputed in row 2 and retired here. Write the state once.")],
    ),
    (b'term,business\nARR,"x\ny"\nMRR,\xe9\n', [(3, NOT_UTF8_CSV)]),
    (b'term,business\nARR,"x\ny\xe9"\n', [(2, NOT_UTF8_CSV)]),
    ("term,business\n".encode("utf-16"), [(1, NOT_UTF8_CSV)]),
    (b"PK\x03\x04\x14", [(1, "This is a workbook. Save it as “CSV UTF-8”, and import that.")]),
]

LABELS = (
    "Stands for, Also called, State, Domain, Business, Technical, Example, Business owner, Technical owner, Links, "
    "as in “**Business:** What it means”."
)
NOWHERE = "This belongs to no term. Write “## ” and the term's name above it."
BROKEN_MARKDOWN: list[tuple[str | bytes, list[tuple[int, str]]]] = [
    ("", [EMPTY]),
    (
        "Notes\n\nof a meeting",
        [(1, "There is no term here. Write “## ” and its name for each, and below it “**Business:** What it means”.")],
    ),
    ("**Business:** x\nmore\n", [(1, NOWHERE)]),
    ("# Glossary\n### Meaning\n## ARR\n", [(2, NOWHERE)]),
    (
        "## ARR\nMoney\nevery year\n**Business:** x\n",
        [(2, f"“Money” has no label. Write before it one of: {LABELS}")],
    ),
    (
        "## ARR\n**Note:** x\n",
        [(2, f"“**Note:** x” has no label. Write before it one of: {LABELS}")],
    ),
    (
        "## ARR\n**Busness:** x\nmore\n",
        [(2, "“Busness” is no label here. Did you mean “Business”? If it is text, write “\\” before it.")],
    ),
    (
        "## ARR\n**Business:** x\n**business:** y\n",
        [
            (
                3,
                "“business” is there already, on line 2. Keep one, or begin another meaning with “### Meaning”.",
            )
        ],
    ),
    (
        "## ARR\n**Also called:** x\n\n**Also called:** y\n",
        [(4, "“Also called” is there already, on line 2. Keep one.")],
    ),
    (
        "## ARR\n### Finance\n**Business:** x\n",
        [
            (
                2,
                "“### Finance” is no heading here. Write “### Meaning”, and below it “**Domain:**” if this is its "
                "domain.",
            )
        ],
    ),
    (
        "## ARR\n**Business:** x\n# top\n#### four\n",
        [
            (3, "“# top” is no heading here. Write “## ” before a term, or “\\#” where a text begins with #."),
            (4, "“#### four” is no heading here. Write “## ” before a term, or “\\#” where a text begins with #."),
        ],
    ),
    (b"## ARR\r\n**Business:** \xe9", [(2, NOT_UTF8)]),
]
BROKEN: list[tuple[Format, str | bytes, list[tuple[int, str]]]] = [
    *(("yaml", text, told) for text, told in BROKEN_YAML),
    *(("csv", text, told) for text, told in BROKEN_CSV),
    *(("md", text, told) for text, told in BROKEN_MARKDOWN),
]


@pytest.mark.parametrize(("format", "text", "told"), BROKEN, ids=lambda case: ascii(case)[:40])
def test_a_broken_file_gets_its_sentences(format: Format, text: str | bytes, told: list[tuple[int, str]]) -> None:
    assert problems(format, text) == told


@pytest.mark.parametrize(
    ("format", "text"),
    [
        ("yaml", "terms:\n  - name: ARR\n    busines: x\n"),
        ("csv", "Term,Busines\nARR,x\n"),
        ("md", "## ARR\n**Busness:** x\n"),
    ],
)
def test_a_slip_is_told_once_and_read_as_it_was_meant(format: Format, text: str) -> None:
    found = read(format, text.encode())
    assert len(found.problems) == 1
    assert check(found.rows, level) == ()


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


@formats_
def test_a_file_over_five_megabytes_is_not_read(format: Format) -> None:
    sentence = "The file is larger than 5 MB. Split it, and import one part at a time."
    assert problems(format, b" " * 5_000_001) == [(1, sentence)]
    assert problems(format, b" " * 5_000_000) == [EMPTY]


@pytest.mark.parametrize(
    ("format", "head", "item", "at", "what"),
    [
        ("csv", "term\n", "x\n", 120_002, "rows"),
        ("md", "", "## x\n", 120_001, "terms"),
    ],
)
def test_more_terms_than_a_glossary_holds_are_not_read(
    format: Format, head: str, item: str, at: int, what: str
) -> None:
    sentence = f"There are 120,000 {what} above this one. Split the file here."
    found = read(format, (head + item * 120_001).encode())
    assert found.problems == (Problem(at, sentence),)
    assert len(found.rows) == (120_000 if what == "terms" else 1)


def test_where_nearly_all_is_wrong_the_rest_is_not_read() -> None:
    told = problems("csv", "term\n" + "x,y\n" * 5_000)
    assert len(told) == 1_001
    assert told[-1] == (1_001, "So much is wrong that the rest was not read. Mend this first.")


def test_labels_of_all_sorts_in_a_text_are_text() -> None:
    lines = [f"**note {number}:** x" for number in range(1_100)] + ["**Busness:** y"]
    found = read("md", "\n".join(["## ARR", "**Business:** x", *lines]).encode())
    assert found.problems == ()
    assert found.rows[0].wording.senses[0].business.endswith("**Busness:** y")


def test_where_yaml_has_no_fast_parser_reading_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(yaml, "CSafeLoader")
    assert said(read("yaml", YAML.encode()).rows) == said([ARR, CHURN])
    for text, told in BROKEN_YAML:
        assert problems("yaml", text) == told


PIECES = st.sampled_from(
    [
        *(
            "terms:\n",
            "  - name: ",
            "name",
            "senses:\n",
            "[",
            "]",
            "{",
            "}",
            ": ",
            "&a ",
            "*a ",
            "!!",
            "|-\n",
            "? ",
            "---\n",
        ),
        *(
            "term",
            "business",
            ",",
            ";",
            "\t",
            '"',
            "'",
            "=",
            "\r",
            "\n",
            "\r\n",
            "\ufeff",
            "\0",
            "\x85",
            "\u2028",
            "\\",
        ),
        *("# ", "## ", "### ", "**Business:** ", "**Links:**\n", "**State:** ", "- ", "__", "**Bsiness:**", " " * 9),
    ]
)


@formats_
@settings(patient, max_examples=200)
@given(
    content=st.binary(max_size=60) | st.lists(PIECES | st.text(max_size=5), max_size=25).map("".join).map(str.encode)
)
def test_reading_never_raises(format: Format, content: bytes) -> None:
    read_or_told(format, content)


@formats_
@patient
@given(data=st.data())
def test_a_file_with_lines_lost_doubled_or_overwritten_is_read_or_told(format: Format, data: st.DataObject) -> None:
    lines = {"yaml": YAML, "csv": CSV, "md": MARKDOWN}[format].splitlines(keepends=True)
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(lines) - 1))
        written = data.draw(
            st.sampled_from([[], lines[at : at + 1] * 2, [" " + lines[at]], [lines[at][1:]]]) | st.lists(PIECES)
        )
        lines[at : at + 1] = written or [""]
    read_or_told(format, "".join(lines).encode())


def read_or_told(format: Format, content: bytes) -> None:
    found = read(format, content)
    format_of("a", content)
    ends = content.count(b"\n") + content.count(b"\r") + content.count(b"\xc2\x85") + content.count(b"\xe2\x80") + 1
    for at in [row.at for row in found.rows] + [problem.at for problem in found.problems]:
        assert 1 <= at <= ends + 1
    assert [problem.at for problem in found.problems] == sorted(problem.at for problem in found.problems)
    for problem in found.problems:
        assert problem.what.strip()
        assert "\n" not in problem.what
    whole = [row for row in found.rows if row.wording.name and row.wording == writable(row.wording)]
    assert said(read(format, write(format, whole).encode()).rows) == said(whole)
