"""Whatever stands in a glossary file, reading it never raises."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.features.glossary.files import Format, format_of, read, write
from glossary.exchange import writable
from tests.bot.features.glossary_files import CSV, MARKDOWN, YAML, formats_, said
from tests.glossary.wordings import patient

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
