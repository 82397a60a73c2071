"""Decisions as Markdown Architectural Decision Records: https://adr.github.io/madr.

A record has no consequences, since nobody is asked for them. What people wrote stands there as they wrote it: no sign
of Markdown or HTML in it is obeyed.
"""

import json
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TypeAlias
from zoneinfo import ZoneInfo

from bot.words import harmless, mentioned, named
from rituals.decisions.exchange import one_line, visible
from rituals.decisions.records import Decision, Event, Input, Sheet
from rituals.decisions.usecases.exporting import Book

LONGEST_NAME = 50
"""Characters of a question in the name of its file, which has 255 bytes at most."""
STATES = {"open": "proposed", "decided": "accepted", "withdrawn": "withdrawn", "superseded": "superseded"}
HAPPENED = {
    "asked": "asked",
    "decided": "decided",
    "undone": "took it back",
    "withdrawn": "withdrew it",
    "reopened": "reopened it",
    "superseded": "superseded",
    "handed over": "handed it over",
    "due changed": "changed when it is due",
    "information needed": "needed to know more",
    "information given": "told what was needed",
    "escalated": "escalated it",
    "linked": "linked a blocker",
    "confirmed": "looked at it again, and it held",
    "imported": "imported it from a file",
}
# What is markup anywhere; and what is nothing but text unless a line begins with it.
_SIGNS = re.compile(r"[\\`*_\[\]<>&~|$]|#(?=#*$)")
_BEGINNING = re.compile(r"\d{1,9}(?=[.)])|(?=[-+=:#])")
# An address is a link of its own; a sign after it ends the sentence, and one with an entity in it is left to be text.
_ADDRESS = re.compile(r"https?://(?:(?!&#?\w+;)[^\s<>\\])+(?<![.,;:!?)\]'\"*_~`])", re.ASCII)

Facts: TypeAlias = Iterable[tuple[str, str | list[str]]]


def as_madr(sheet: Sheet, book: Book, zone: str) -> str:
    """One record, with its metadata before it. `book` says how everybody is called, and what else has a record to link
    to; `zone` on whose clock it is told."""
    telling = _Telling(book, zone, linked=True)
    front = [f"{name}: {_yaml(said)}" for name, said in telling.facts(sheet.decision)]
    return "\n".join(["---", *front, "---", "", *telling.record(sheet, "#")]).rstrip("\n") + "\n"


def one_file(book: Book, zone: str) -> str:
    """All of them under a heading each. Metadata stands in a list: only a whole file can have it before it."""
    telling = _Telling(book, zone, linked=False)
    parts = ["# Decisions", ""]
    for sheet in book.sheets:
        said = [(name, [value] if isinstance(value, str) else value) for name, value in telling.facts(sheet.decision)]
        facts = [f"* {name}: {', '.join(map(_inline, values))}" for name, values in said]
        parts += telling.record(sheet, "##", [*facts, ""])
    return "\n".join(parts).rstrip("\n") + "\n"


def file_name(of: Decision) -> str:
    """ "0012-raise-the-price.md"."""
    words = re.findall(r"\w+", visible(of.question).casefold())
    named = "-".join(words)[:LONGEST_NAME].strip("-_") or "decision"
    return f"{of.number:04}-{named}.md"


class _Telling:
    """Words decisions for one book. `linked`: others have files of their own beside this one."""

    def __init__(self, book: Book, zone: str, *, linked: bool) -> None:
        self._called, self._worked, self._zone = book.called, book.worked, ZoneInfo(zone)
        self._others = {sheet.decision.number: sheet.decision for sheet in book.sheets}
        self._linked = linked

    def facts(self, of: Decision) -> Iterator[tuple[str, str | list[str]]]:
        """What a record says of itself, as far as there is something to say."""
        status = STATES[of.state]
        yield "status", f"{status} by ADR-{of.superseded_by:04}" if of.superseded_by else status
        yield "date", f"{(of.closed_at or of.changed_at or of.asked_at).astimezone(self._zone):%Y-%m-%d}"
        yield "decision-makers", self._people([of.decider, *([of.closed_by] if of.closed_by else [])])
        for name, users in (("consulted", of.consulted), ("informed", of.informed)):
            if users:
                yield name, self._people(users)

    def record(self, sheet: Sheet, level: str, facts: Iterable[str] = ()) -> Iterator[str]:
        """Its lines, the title's heading being of this level."""
        of = sheet.decision
        number = "" if self._linked else f"{of.number}. "
        yield from (f"{level} {number}{self._said(of.question)}", "", *facts)
        yield from (f"{level}# Context and Problem Statement", "", *self._text(of.question), *self._text(of.context))
        if of.options:
            yield from (f"{level}# Considered Options", "", *(f"* {self._said(each)}" for each in of.options), "")
        yield from (f"{level}# Decision Outcome", "", *self._outcome(of))
        yield from (f"{level}# More Information", "", *(f"* {line}" for line in self._more(sheet)), "")

    def _outcome(self, of: Decision) -> Iterator[str]:
        if of.state == "open":
            yield from (f"Still open: {self._name(of.decider)} is to decide by {self._at(of.due_at)}.", "")
        elif of.state == "withdrawn":
            yield from ("Withdrawn: nobody needed an answer any more.", "")
        else:
            yield from self._text(of.outcome) if of.outcome else ("Nobody wrote down what was decided.", "")
        if of.why:
            yield from ("Why:", "", *self._text(of.why))

    def _more(self, sheet: Sheet) -> Iterator[str]:
        of = sheet.decision
        channel = _escaped(one_line(self._called.channels.get(of.channel, of.channel)))
        yield f"Asked by {self._name(of.asker)} in {channel} on {self._at(of.asked_at)}"
        yield f"Driven by {self._name(of.driver)}"
        for key, says in ((of.asked, "Asked of"), (of.waiting, "Waited for by")):
            if key:
                yield f"{says} {_inline(self._called.functions.get(key, key))}"
        yield f"Due: {self._at(of.due_at)}"
        if of.closed_at and of.closed_by:
            yield f"{of.state.capitalize()} by {self._name(of.closed_by)} on {self._at(of.closed_at)}"
        if of.number in self._worked:
            hours, minutes = divmod(self._worked[of.number], 60)
            yield f"Turnaround: {hours} h {minutes} min of working time"
        if of.needs:
            yield f"Known first must be: {self._said(of.needs)}"
        if of.revisit_on:
            yield f"To be looked at again on {of.revisit_on.isoformat()}"
        if of.tags:
            yield f"Tags: {', '.join(map(self._said, of.tags))}"
        yield from (f"Link: {_inline(link)}" for link in of.links)
        for number, says in ((of.supersedes, "Supersedes"), (of.superseded_by, "Superseded by")):
            if number:
                yield f"{says} {self._other(number)}"
        yield from map(self._thought, sheet.inputs)
        yield from map(self._happened, sheet.events)

    def _thought(self, given: Input) -> str:
        option = f" would take “{self._said(given.option)}”" if given.option else " said"
        return f"{self._name(given.user)}{option}{f': {self._said(given.text)}' if given.text else ''}"

    def _happened(self, event: Event) -> str:
        detail = self._detail(event)
        return f"{self._at(event.at)}: {self._name(event.by)} {HAPPENED[event.what]}{f': {detail}' if detail else ''}"

    def _detail(self, event: Event) -> str:
        """What a line of the history adds. Numbers of others are told above, as far as they may be."""
        if event.what in ("handed over", "escalated"):
            return self._name(event.detail)
        if event.what == "due changed":
            return self._at(datetime.fromisoformat(event.detail))
        return "" if event.what in ("asked", "undone", "superseded", "linked") else self._said(event.detail)

    def _other(self, number: int) -> str:
        other = self._others.get(number)
        if other is None:
            return f"ADR-{number:04}"
        name = f"{number:04}: {self._said(other.question)}"
        return f"[{name}](<{file_name(other)}>)" if self._linked else name

    def _people(self, users: Iterable[str]) -> list[str]:
        return list(dict.fromkeys(one_line(visible(self._called.names.get(user, user))) for user in users))

    def _name(self, user: str) -> str:
        return _inline(self._called.names.get(user, user))

    def _at(self, moment: datetime) -> str:
        return f"{moment.astimezone(self._zone):%Y-%m-%d %H:%M %Z}"

    def _said(self, text: str) -> str:
        return _inline(self._spoken(text))

    def _text(self, text: str) -> list[str]:
        """Paragraphs, a blank line after each; what is one line below another stays so."""
        paragraphs: list[list[str]] = [[]]
        for line in visible(self._spoken(text)).splitlines():
            if written := _inline(line):
                paragraphs[-1].append(written)
            elif paragraphs[-1]:
                paragraphs.append([])
        return [part for each in paragraphs if each for part in ("\\\n".join(each), "")]

    def _spoken(self, text: str) -> str:
        """Slack's own tokens in words: a mention as the person's name."""
        names = {user: self._called.names[user] for user in mentioned([text]) if user in self._called.names}
        return harmless(named(text, names))


def _inline(text: str) -> str:
    """One line of somebody's words: shown as they stand, whatever they would mean in Markdown."""
    text = one_line(visible(text))
    parts: list[str] = []
    after = 0
    for address in _ADDRESS.finditer(text):
        parts += [_escaped(text[after : address.start()]), f"<{address[0]}>"]
        after = address.end()
    line = "".join([*parts, _escaped(text[after:])])
    beginning = _BEGINNING.match(line)
    return f"{beginning[0]}\\{line[beginning.end() :]}" if beginning else line


def _escaped(text: str) -> str:
    return _SIGNS.sub(r"\\\g<0>", text)


def _yaml(said: str | list[str]) -> str:
    """Statuses and days as they are; names in quotation marks, as YAML and JSON both write them."""
    return said if isinstance(said, str) else f"[{', '.join(json.dumps(each, ensure_ascii=False) for each in said)}]"
