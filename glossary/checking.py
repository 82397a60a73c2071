"""What is wrong with a wording, before anybody keeps it: the same for forms and for files."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from glossary.terms import LONGEST_DEFINITION, LONGEST_NAME, MOST_LINKS, MOST_NAMES, MOST_SENSES, SIDES, Sense, Wording
from glossary.words import key

What = Literal["empty", "unsayable", "long", "many", "unsaid", "no_link"]
LONGEST_LINK = 500
# What would end a link where Slack, Markdown or a table writes one.
_ADDRESS = re.compile(r"https?://[^\s/<>|\"][^\s<>|\"]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Fault:
    """`field` as a record of the wording has it, `sense` which meaning (None: the whole term). `limit`: the number
    that was passed, or what is no link. `found`: the text that is wrong, whole, or how many there are."""

    field: str
    what: What
    sense: int | None = None
    limit: int | str = 0
    found: str | int = ""


def faults(wording: Wording) -> Iterator[Fault]:
    """Everything that is wrong; nothing for a wording that may be kept."""
    yield from _names(wording)
    if not any(sense.said(side) for sense in wording.senses for side in SIDES):
        yield Fault("business", "unsaid", 0)
    if len(wording.senses) > MOST_SENSES:
        yield Fault("senses", "many", None, MOST_SENSES, len(wording.senses))
    for nth, sense in enumerate(wording.senses):
        yield from _meaning(nth, sense)


def is_link(text: str) -> bool:
    """Whether it is a web address that Slack takes, however long."""
    if not _ADDRESS.fullmatch(text):
        return False
    try:
        return bool(urlsplit(text).hostname)
    except ValueError:
        return False


def _names(wording: Wording) -> Iterator[Fault]:
    if not wording.name:
        yield Fault("name", "empty")
    elif not key(wording.name):
        yield Fault("name", "unsayable", found=wording.name)
    for name, written in (("name", (wording.name,)), ("expansions", wording.expansions), ("aliases", wording.aliases)):
        for each in written:
            if len(each) > LONGEST_NAME:
                yield Fault(name, "long", None, LONGEST_NAME, each)
    count = len(list(wording.names()))
    if count > MOST_NAMES:
        more = "aliases" if len(wording.aliases) > len(wording.expansions) else "expansions"
        yield Fault(more, "many", None, MOST_NAMES, count)


def _meaning(nth: int, sense: Sense) -> Iterator[Fault]:
    for name in ("business", "technical", "example"):
        if len(text := getattr(sense, name)) > LONGEST_DEFINITION:
            yield Fault(name, "long", nth, LONGEST_DEFINITION, text)
    if len(sense.links) > MOST_LINKS:
        yield Fault("links", "many", nth, MOST_LINKS, len(sense.links))
    for link in sense.links:
        if not is_link(link):
            yield Fault("links", "no_link", nth, link[:80], link)
        elif len(link) > LONGEST_LINK:
            yield Fault("links", "long", nth, LONGEST_LINK, link)
    if len(sense.domain) > LONGEST_NAME:
        yield Fault("domain", "long", nth, LONGEST_NAME, sense.domain)
