"""Working minutes of many spans at once: what `rituals.calendar.working_time` counts, by arrays.

days' working windows -> how much had been worked at each opening and closing -> the difference between two moments
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from rituals.calendar import WorkCalendar, working_windows

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Moments = Sequence[float] | NDArray[np.float64]


def worked_minutes(
    calendar: WorkCalendar,
    starts: "Moments",
    ends: "Moments",
    zone: str | None = None,
    country: str | None = None,
) -> "NDArray[np.int64]":
    """Working time of somebody in `zone` (default: the calendar's) within each span, in whole minutes: to the nearest,
    half a minute up. `starts` and `ends` are seconds since 1970, equally many; a span that ends before it starts holds
    none. ValueError for a moment that is not a number: an open span ends when it is looked at."""
    import numpy as np

    began, ended = np.asarray(starts, dtype=np.float64), np.asarray(ends, dtype=np.float64)
    if not (np.isfinite(began).all() and np.isfinite(ended).all()):
        raise ValueError("Every span needs a start and an end; an open one ends when it is looked at.")
    if began.size == 0:
        return np.zeros(began.shape, dtype=np.int64)
    moments, worked = _worked_until(calendar, float(began.min()), float(ended.max()), zone, country)
    seconds = np.interp(ended, moments, worked) - np.interp(began, moments, worked)
    return np.floor(np.maximum(seconds, 0) / 60 + 0.5).astype(np.int64)


def _worked_until(
    calendar: WorkCalendar, start: float, end: float, zone: str | None, country: str | None
) -> "tuple[NDArray[np.float64], NDArray[np.float64]]":
    """Ascending moments, and the seconds worked from the first of them until each; in between it grows evenly.

    A window opens and another closes, in whatever order: where a zone lived one date twice they overlap, and both
    count, as they do in the calendar.
    """
    import numpy as np

    place = ZoneInfo(zone or calendar.zone)
    first, last = (datetime.fromtimestamp(at, UTC).astimezone(place).date() for at in (start, end))
    windows = [
        (opens.timestamp(), closes.timestamp())
        for opens, closes in working_windows(calendar, first, last, zone, country)
    ]
    if not windows:
        return np.array([start]), np.zeros(1)
    opens, closes = np.array(windows).T
    moments = np.concatenate((opens, closes))
    order = np.argsort(moments, kind="stable")
    moments, at_work = moments[order], np.repeat((1.0, -1.0), len(windows))[order].cumsum()
    return moments, np.concatenate(((0.0,), np.cumsum(at_work[:-1] * np.diff(moments))))
