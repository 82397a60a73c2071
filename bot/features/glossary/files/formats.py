"""Which format a file has, and what all formats share: their limits, their encoding, and that none of them raises."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Literal

from bot.features.glossary.files import as_csv, as_markdown, as_yaml
from bot.features.glossary.files.found import MOST_TERMS, Found, line_after, too_many
from glossary.exchange import Problem, Read, Row, writable

Format = Literal["yaml", "csv", "md"]

FORMATS: tuple[Format, ...] = ("yaml", "csv", "md")
LARGEST, MOST_PROBLEMS = 5_000_000, 1_000
ENDINGS: Mapping[str, Format] = {
    "yaml": "yaml",
    "yml": "yaml",
    "csv": "csv",
    "tsv": "csv",
    "tab": "csv",
    "md": "md",
    "markdown": "md",
}
READERS: Mapping[Format, Callable[[str], Iterator[Found]]] = {
    "yaml": as_yaml.rows,
    "csv": as_csv.rows,
    "md": as_markdown.rows,
}
WRITERS: Mapping[Format, Callable[[Iterable[Row]], str]] = {
    "yaml": as_yaml.text,
    "csv": as_csv.text,
    "md": as_markdown.text,
}
WORKBOOK = b"PK\x03\x04"


def format_of(filename: str, content: bytes) -> Format | None:
    """By the end of its name, or else by what it begins with; None if it is no glossary that can be read here."""
    named = ENDINGS.get(filename.rpartition(".")[2].strip().casefold())
    if named or content.startswith(WORKBOOK):
        return named
    beginning = content[:100_000].decode("utf-8-sig", "ignore")
    if re.search(r"^terms:\s*($|#)", beginning, re.MULTILINE):
        return "yaml"
    if re.search(r"^## ", beginning, re.MULTILINE):
        return "md"
    return "csv" if as_csv.names_terms(beginning) else None


def read(format: Format, content: bytes) -> Read:
    """Everything that a file says, tidied, and everything in it that cannot be read. Never raises."""
    if len(content) > LARGEST:
        return _nothing(
            1, f"The file is larger than {LARGEST // 1_000_000} MB. Split it, and import one part at a time."
        )
    if content.startswith(WORKBOOK):
        return _nothing(1, "This is a workbook. Save it as “CSV UTF-8”, and import that.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _nothing(*_not_utf8(format, error.object[: error.start].decode()))
    if not text.strip():
        return _nothing(1, "The file is empty. Export a glossary to see what one looks like.")
    return _gathered(READERS[format](text))


def write(format: Format, rows: Iterable[Row]) -> str:
    """The rows as a file, tidied and without invisible characters. It is for UTF-8."""
    return WRITERS[format](replace(row, wording=writable(row.wording)) for row in rows)


def _gathered(found: Iterator[Found]) -> Read:
    rows: list[Row] = []
    problems: list[Problem] = []
    for each in found:
        if isinstance(each, Problem):
            problems.append(each)
        elif len(rows) < MOST_TERMS:
            rows.append(each)
        else:
            problems.append(too_many(each.at, "terms"))
            break
        if len(problems) == MOST_PROBLEMS:
            problems.append(Problem(each.at, "So much is wrong that the rest was not read. Mend this first."))
            break
    return Read(tuple(rows), tuple(sorted(problems, key=lambda problem: problem.at)))


def _not_utf8(format: Format, before: str) -> tuple[int, str]:
    """Where the first bytes stand that are no text, and what to do about them."""
    if format == "csv":
        return as_csv.row_after(before), "This is no UTF-8 text. Save the file again as “CSV UTF-8”."
    return line_after(before), "This is no UTF-8 text. Save the file again as UTF-8."


def _nothing(at: int, what: str) -> Read:
    return Read(problems=(Problem(at, what),))
