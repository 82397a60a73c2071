"""The figures of a period: how long decisions took, who waits for whom, how it has gone for twelve weeks.

what the stores hold, as plain values -> `summed`, which may run anywhere -> figures, as plain values
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from rituals.calendar import WorkCalendar
from rituals.decisions.findings import Finding, findings
from rituals.decisions.matrix import Edge, Waited, matrix, slowest
from rituals.decisions.turnaround import Turnaround, Waits, Week, trend, turnaround
from rituals.decisions.worktime import worked_minutes

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Place = tuple[str, str | None]
"""A zone and a country: in whose working time somebody is waited for."""


@dataclass(frozen=True, slots=True)
class Over:
    """Waits of one function for another that are over: their minutes, in a text with commas between them."""

    waiting: str | None
    asked: str | None
    minutes: str


@dataclass(frozen=True, slots=True)
class Lasting:
    """Waits of one function for another that are not over: since when, in seconds since 1970 with commas between them,
    and where whoever is waited for works."""

    waiting: str | None
    asked: str | None
    place: Place
    since: str


@dataclass(frozen=True, slots=True)
class Cohort:
    """What was asked in one period, numbers in texts with commas between them. `decided`: the working minutes of each
    that was answered; `lasting`: since when the others wait, in seconds since 1970, by where they are waited for."""

    decided: str
    lasting: Mapping[Place, str]
    withdrawn: int = 0


@dataclass(frozen=True, slots=True)
class Material:
    """All that the figures are made of. `over` and `lasting` are the waits between two functions, several of them for
    the same two perhaps. `asked_at` and `decided_at` are for the weeks: None while it is open."""

    calendar: WorkCalendar
    now: float
    this: Cohort
    before: Cohort | None
    over: tuple[Over, ...]
    lasting: tuple[Lasting, ...]
    asked_at: tuple[float, ...]
    decided_at: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    turnaround: Turnaround
    findings: tuple[Finding, ...]
    edges: tuple[Edge, ...]
    slowest: tuple[Edge, ...]
    weeks: tuple[Week, ...]


def summed(of: Material) -> Figures:
    """With fewer than five decisions there are no figures but how many they are."""
    a_day = minutes_a_day(of.calendar)
    waits = waits_of(of.this, of.calendar, of.now)
    this = turnaround(waits, a_day)
    over = [Waited(each.waiting, each.asked, _numbers(each.minutes), False) for each in of.over]
    waited = [*over, *_still(of.lasting, of)]
    edges = matrix(waited, a_day)
    if not this.enough:
        return Figures(this, (), edges, (), ())
    before = waits_of(of.before, of.calendar, of.now) if of.before else None
    weeks = trend(of.asked_at, _moments(of.decided_at), of.now, lambda starts, ends: _worked(of, starts, ends), a_day)
    return Figures(this, findings(waits, before, edges, a_day), edges, slowest(edges), weeks)


def minutes_a_day(calendar: WorkCalendar) -> int:
    """The working minutes of a working day, by its hours."""
    opens, closes = (timedelta(hours=each.hour, minutes=each.minute) for each in (calendar.opens, calendar.closes))
    return max(1, (closes - opens) // timedelta(minutes=1))


def waits_of(of: Cohort, calendar: WorkCalendar, now: float) -> Waits:
    """The open ones with what they have lasted until `now`."""
    import numpy as np

    since = {place: _numbers(moments) for place, moments in of.lasting.items()}
    opened = [_lasted(calendar, moments, now, place) for place, moments in since.items() if moments.size]
    return Waits(_numbers(of.decided), np.concatenate(opened) if opened else (), of.withdrawn)


def seconds(moment: datetime) -> float:
    return moment.timestamp()


def _still(of: Sequence[Lasting], material: Material) -> list[Waited]:
    """How long each has lasted, by the clock of whoever is waited for; that is read once for a place."""
    import numpy as np

    at = defaultdict[Place, list[Lasting]](list)
    for each in of:
        at[each.place].append(each)
    found = []
    for place, those in at.items():
        since = [_numbers(each.since) for each in those]
        lasted = _lasted(material.calendar, np.concatenate(since), material.now, place)
        minutes = np.split(lasted, np.cumsum([some.size for some in since])[:-1])
        found += [Waited(each.waiting, each.asked, some, True) for each, some in zip(those, minutes, strict=True)]
    return found


def _lasted(calendar: WorkCalendar, since: "NDArray[Any]", now: float, place: Place) -> "NDArray[np.int64]":
    import numpy as np

    return worked_minutes(calendar, since, np.maximum(since, now), *place)


def _numbers(written: str) -> "NDArray[np.int64]":
    import numpy as np

    return np.fromstring(written, dtype=np.int64, sep=",") if written else np.zeros(0, dtype=np.int64)


def _moments(of: tuple[float | None, ...]) -> list[float]:
    return [float("nan") if moment is None else moment for moment in of]


def _worked(of: Material, starts: "NDArray[np.float64]", ends: "NDArray[np.float64]") -> "NDArray[np.int64]":
    return worked_minutes(of.calendar, starts, ends)
