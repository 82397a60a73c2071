"""A broken glossary file is told with its row, in sentences that say what to write instead."""

import pytest
import yaml

from bot.features.glossary.files import Format, read
from glossary.exchange import Problem, check
from glossary.words import key as level
from tests.bot.features.glossary_files import ARR, CHURN, YAML, formats_, problems, said

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


def test_where_yaml_has_no_fast_parser_reading_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(yaml, "CSafeLoader")
    assert said(read("yaml", YAML.encode()).rows) == said([ARR, CHURN])
    for text, told in BROKEN_YAML:
        assert problems("yaml", text) == told
