"""Decisions as blocks, without I/O."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from bot.slack.blocks import Block
from bot.words import Words
from rituals.calendar import WorkCalendar, age_words
from rituals.decisions.records import Decision
from rituals.people.rules import Function, day_words, local_day

WORDS = Words(Path(__file__).parent.parent / "words" / "decisions.j2")
PLAIN = WORDS.plain

Message = tuple[str, list[Block]]


@dataclass(frozen=True, slots=True)
class Seen:
    """What a view needs to know besides the decision: people's names, the functions, the group's calendar, the time."""

    names: Mapping[str, str]
    functions: Mapping[str, Function]
    calendar: WorkCalendar
    now: datetime

    def name(self, user: str | None) -> str:
        return self.names.get(user or "", "Somebody")

    def function(self, key: str | None) -> str:
        known = self.functions.get(key or "")
        return known.name if known else ""

    def day(self, moment: datetime) -> date:
        """The group's date of a moment."""
        return local_day(moment, self.calendar.zone)

    def on(self, moment: datetime) -> str:
        """ "Mon 23 Nov" on the group's clock, with the year where that is far from now."""
        day = self.day(moment)
        return f"{day:%a} {day_words(day, self.day(self.now))}"

    def age(self, of: Decision) -> str:
        """How long somebody has waited, or waited until it was closed."""
        return age_words(self.calendar, of.asked_at, of.closed_at or self.now)

    def late(self, of: Decision) -> bool:
        return of.live and self.now >= of.due_at


__all__ = ["PLAIN", "WORDS", "Message", "Seen"]
