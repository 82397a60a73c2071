"""Days as people write them: "24 Dec - 2 Jan", "friday", "next week" -> Absence."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from rituals.people.rules import Absence, NotADateRange

DAY = timedelta(days=1)
# Whoever is away for longer says the year; without one, "24 Dec - 20 Dec" is a slip and not a year.
LONGEST = timedelta(days=183)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}

BETWEEN = re.compile(r" ?(?:-|\.\.+|\bto\b|\buntil\b|\btill\b|\bthrough\b) ?")
OPENING = re.compile(r"^(?:from|on|off|starting|between) ")
UNTIL = re.compile(r"(?:until|till|to|through) (?P<day>.+)")
LENGTH = re.compile(r"(?:for )?(?:the )?(?:next )?(?P<number>\d{1,2}|[a-z]+) (?P<unit>day|week)s?")
REST = re.compile(r"(?:the )?(?:rest of (?:the|this)|this|all) (?P<unit>week|month)")
NEXT = re.compile(r"next (?P<what>[a-z]+)")

NUMBER = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
MONTH = r"(?P<month>[a-z]{3,9})\.?"
YEAR = r"(?:,? (?P<year>\d{4}))?"
WRITTEN = [
    re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})"),
    re.compile(r"(?P<day>\d{1,2})\. ?(?P<month>\d{1,2})(?:\.(?: ?(?P<year>\d{4}))?)?"),
    re.compile(rf"{NUMBER}\.? ?(?:of )?{MONTH}{YEAR}"),
    re.compile(rf"{MONTH} ?(?:the )?{NUMBER}{YEAR}"),
    re.compile(rf"{NUMBER}\.?"),
]


def parse_away(text: str, today: date) -> Absence:
    """Reads "24 Dec - 2 Jan", "24.12. - 2.1.", "2026-12-24 to 2027-01-02", "dec 24", "today", "friday", "next week",
    "until 2 Jan", "for 3 days". Dates without a year are the next that are not over. `today` is her own local date.

    Raises NotADateRange for anything else, and for days that are over.
    """
    try:
        found = _read(_plain(text), today)
    except (ValueError, OverflowError):  # 31 Feb, or the end of the calendar
        raise NotADateRange(text) from None
    if found is None or not found.first <= found.last or found.last < today:
        raise NotADateRange(text)
    return found


@dataclass(frozen=True, slots=True)
class _Spoken:
    """What somebody said of a day; what she did not say is None. `claimed` is a weekday said beside a date."""

    day: int | None = None
    month: int | None = None
    year: int | None = None
    weekday: int | None = None
    claimed: int | None = None

    @property
    def dated(self) -> bool:
        """A day and month, with or without a year."""
        return self.month is not None

    @property
    def bare(self) -> bool:
        """A number that may be any month's day: the "24" of "24 - 28 Dec"."""
        return self.day is not None and self.month is None

    def on_or_after(self, day: date) -> date | None:
        return self._first(day + step * DAY for step in range(366 + 1))

    def on_or_before(self, day: date) -> date | None:
        return self._first(day - step * DAY for step in range(366))

    def _first(self, days: Iterable[date]) -> date | None:
        if self.year and self.month and self.day:
            found: date | None = date(self.year, self.month, self.day)
        else:
            found = next((day for day in days if self._fits(day)), None)
        agrees = found is None or self.claimed is None or found.weekday() == self.claimed
        return found if agrees else None

    def _fits(self, day: date) -> bool:
        return self.day in (None, day.day) and self.month in (None, day.month) and self.weekday in (None, day.weekday())


def _plain(text: str) -> str:
    """Lower case, single spaces, one kind of dash, no opening word and no full stop that ends a sentence."""
    words = " ".join(re.sub("[‐‑‒–—−]", "-", text).lower().split())  # noqa: RUF001
    return OPENING.sub("", re.sub(r"[.! ]+$", "", words), count=1)


def _read(words: str, today: date) -> Absence | None:
    if span := _length(words, today) or _rest(words, today) or _next(words, today):
        return span
    if until := UNTIL.fullmatch(words):
        return _span(_fixed(today), _spoken(until["day"], today), today)
    for between in BETWEEN.finditer(words):
        first, last = (_spoken(part, today) for part in (words[: between.start()], words[between.end() :]))
        if first and last and not (first.bare and last.bare):
            return _span(first, last, today)
    return _single(_spoken(words, today), today)


def _single(spoken: _Spoken | None, today: date) -> Absence | None:
    if spoken is None or spoken.bare:
        return None
    day = spoken.on_or_after(today)
    return Absence(day, day) if day else None


def _span(first: _Spoken | None, last: _Spoken | None, today: date) -> Absence | None:
    """Two days that belong together. On 28 Dec, "24 Dec - 2 Jan" began four days ago and not in a year."""
    if first is None or last is None:
        return None
    if first.year is None and (last.year is not None or first.bare):
        return _ending(last.on_or_after(today), first)
    begun = _starting(first.on_or_before(today), last) if first.dated and first.year is None else None
    return begun if begun and begun.last >= today else _starting(first.on_or_after(today), last)


def _starting(start: date | None, last: _Spoken) -> Absence | None:
    end = last.on_or_after(start) if start else None
    if start is None or end is None or (last.year is None and end - start > LONGEST):
        return None
    return Absence(start, end)


def _ending(end: date | None, first: _Spoken) -> Absence | None:
    start = first.on_or_before(end) if end else None
    return Absence(start, end) if start and end else None


def _spoken(words: str, today: date) -> _Spoken | None:
    """One day: a word, a weekday, a date, or a weekday and its date."""
    if words in ("today", "tomorrow"):
        return _fixed(today if words == "today" else today + DAY)
    if (weekday := _index(words, WEEKDAYS)) is not None:
        return _Spoken(weekday=weekday)
    named, _, rest = words.partition(" ")
    claimed = _index(named.rstrip(",."), WEEKDAYS)
    if claimed is None:
        return _date(words)
    dated = _date(rest)
    return replace(dated, claimed=claimed) if dated else None


def _date(words: str) -> _Spoken | None:
    for pattern in WRITTEN:
        if found := pattern.fullmatch(words):
            said = found.groupdict()
            month = _month(said.get("month"))
            if month or "month" not in said:
                return _Spoken(int(said["day"]), month, int(said["year"]) if said.get("year") else None)
    return None


def _month(written: str | None) -> int | None:
    if written is None or written.isdigit():
        return int(written) if written else None
    number = _index("sep" if written == "sept" else written, MONTHS)
    return None if number is None else number + 1


def _index(written: str, names: tuple[str, ...]) -> int | None:
    """Which of `names` is meant: the whole name, its first three letters, or as many more."""
    long_enough = (number for number, name in enumerate(names) if len(written) >= 3 and name.startswith(written))
    return next(long_enough, None)


def _fixed(day: date) -> _Spoken:
    return _Spoken(day.day, day.month, day.year)


def _length(words: str, today: date) -> Absence | None:
    """ "3 days", "for two weeks", from today on."""
    found = LENGTH.fullmatch(words)
    if found is None:
        return None
    number = int(found["number"]) if found["number"].isdigit() else NUMBERS.get(found["number"], 0)
    days = number * (7 if found["unit"] == "week" else 1)
    return Absence(today, today + (days - 1) * DAY) if days else None


def _rest(words: str, today: date) -> Absence | None:
    """ "this week", "rest of the month": from today to its end."""
    found = REST.fullmatch(words)
    return Absence(today, _END[found["unit"]](today)) if found else None


def _next(words: str, today: date) -> Absence | None:
    """ "next week", "next month", "next friday" (that of next week)."""
    found = NEXT.fullmatch(words)
    if found is None:
        return None
    if end := _END.get(found["what"]):
        first = end(today) + DAY
        return Absence(first, end(first))
    weekday = _index(found["what"], WEEKDAYS)
    day = _end_of_week(today) + DAY * (1 + weekday) if weekday is not None else None
    return Absence(day, day) if day else None


def _end_of_week(day: date) -> date:
    return day + (6 - day.weekday()) * DAY


def _end_of_month(day: date) -> date:
    return (day.replace(day=28) + 4 * DAY).replace(day=1) - DAY


_END: dict[str, Callable[[date], date]] = {"week": _end_of_week, "month": _end_of_month}
