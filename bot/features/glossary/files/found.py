"""What is found in a file, whatever its format."""

import re
from collections.abc import Iterable, Mapping
from typing import TypeAlias

from glossary.exchange import Problem, Row, state_of, tidied
from glossary.terms import Sense, Wording

Found: TypeAlias = Row | Problem

MOST_TERMS = 120_000
_LINE_END = re.compile("\r\n|[\r\n]")


def row_of(
    at: int,
    name: str,
    expansions: Iterable[str],
    aliases: Iterable[str],
    senses: Iterable[Sense],
    state: str,
) -> Row:
    return Row(at, tidied(Wording(name, tuple(expansions), tuple(aliases), tuple(senses))), state_of(state))


def sense_of(said: Mapping[str, str], links: Iterable[str]) -> Sense:
    """From what is said by field; a field that is not there is empty."""
    return Sense(
        said.get("business", ""),
        said.get("technical", ""),
        said.get("example", ""),
        said.get("business_owner"),
        said.get("technical_owner"),
        tuple(links),
        said.get("domain", ""),
    )


def too_many(at: int, what: str) -> Problem:
    return Problem(at, f"There are {MOST_TERMS:,} {what} above this one. Split the file here.")


def lines_of(text: str) -> list[str]:
    """Lines as editors count them."""
    return _LINE_END.split(text)


def line_after(text: str) -> int:
    """The number of the line on which what follows `text` stands."""
    return len(lines_of(text))
