"""The demonstration's decisions: forty of twelve weeks, of which some are still open, one of them for far too long."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from bot.demo import people, story
from bot.features.decisions import telling
from bot.settings import Resolved
from rituals.calendar import add_working_days
from rituals.decisions import rules
from rituals.decisions.records import Asked, Changed
from rituals.decisions.usecases import changing
from rituals.tables import Tx

Act = Callable[[datetime], None]
CHANNEL = "C0PRODUCTSYNC"


@dataclass(frozen=True, slots=True)
class Ruling:
    """Asked so many weeks before the story is watched, on that weekday (Monday 0); answered after so many working days,
    or None while it is open. An empty `outcome` with days means that it was withdrawn."""

    week: int
    day: int
    asker: str
    decider: str
    question: str
    days: float | None
    outcome: str = ""
    why: str = ""
    options: tuple[str, ...] = ()
    consulted: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


RULINGS = (
    Ruling(12, 0, "emma", "marta", "Do trials get the new reports?", 2, "Yes", "They ask for them first"),
    Ruling(12, 1, "dana", "rui", "Can a customer keep their data in the EU?", 9, "Yes, from spring", "Two clusters"),
    Ruling(12, 2, "tomas", "sofia", "One table style or two?", 1, "One", "Two confuse", ("One", "Two")),
    Ruling(12, 3, "aroha", "marta", "Do we answer on Saturdays?", 3, "No", "Four mails in a year"),
    Ruling(11, 0, "luis", "dana", "Discount for paying by the year?", 1, "10 %", "Churn is halved", tags=("pricing",)),
    Ruling(11, 1, "dana", "rui", "May a prospect test the API with real data?", 6, "Yes, masked", "Security agreed"),
    Ruling(11, 2, "priya", "kavya", "Which currency do reports use?", 2, "The customer's", "Finance insists"),
    Ruling(11, 4, "kavya", "marta", "Do we drop the old usage report?", 4, "Yes, in October", "Three readers left"),
    Ruling(10, 0, "emma", "rui", "Is there a sandbox for partners?", 12, "Not this year", "Nobody to run it"),
    Ruling(10, 1, "jonas", "sofia", "Dark theme in the first release?", 1, "No", "Contrast first"),
    Ruling(10, 3, "aroha", "rui", "How long do we keep deleted projects?", 5, "30 days", "Two rescues a month"),
    Ruling(9, 0, "rui", "marta", "Which export comes first, CSV or PDF?", 1, "CSV", "Nine of ten", ("CSV", "PDF")),
    Ruling(9, 1, "dana", "rui", "Do we sign Northwind's security annex?", 15, "Yes, with two changes", "Legal agreed"),
    Ruling(9, 2, "hemi", "kavya", "Do we count trials that never logged in?", 2, "No", "They are not trials"),
    Ruling(
        9, 4, "sofia", "marta", "Three onboarding steps or five?", 3, "Five", "Three hid too much", ("Three", "Five")
    ),
    Ruling(8, 0, "luis", "dana", "Who calls trials of small companies?", 1, "Emma", "She has the time"),
    Ruling(8, 2, "emma", "rui", "Can invoices be grouped by project?", 8, "Yes", "Most wanted of the year"),
    Ruling(8, 3, "tomas", "rui", "Which browsers do we still test?", 2, "The last two of each", "98 % of visits"),
    Ruling(7, 0, "aroha", "sofia", "New words for the error pages?", 2, "Yes", "Nobody knew what to do"),
    Ruling(7, 1, "dana", "marta", "Do we promise a date for the mobile app?", 7, "", "The customer asked no more"),
    Ruling(7, 3, "kavya", "rui", "One data warehouse or two?", 11, "One", "Two never agree", ("One", "Two")),
    Ruling(6, 0, "emma", "dana", "Free seat for the first buyer?", 1, "Yes", "It closes deals", tags=("pricing",)),
    Ruling(6, 2, "priya", "marta", "Are credit notes part of this release?", 2, "Yes", "Finance needs them"),
    Ruling(6, 4, "dana", "rui", "Single sign-on for the enterprise tier?", None),
    Ruling(5, 1, "jonas", "sofia", "Illustrations or photographs?", 2, "Illustrations", "They age better"),
    Ruling(5, 2, "luis", "rui", "Can we show uptime to prospects?", 6, "A status page", "Two asked this week"),
    Ruling(4, 0, "rui", "marta", "Switch the ten largest customers first?", 1, "No, the friendliest", "They tell us"),
    Ruling(
        4,
        1,
        "dana",
        "marta",
        "Price of the enterprise tier?",
        5,
        "900 a month",
        "Between the two we tested",
        ("700", "900", "1,200"),
        ("luis", "emma", "kavya"),
        ("pricing",),
    ),
    Ruling(4, 3, "aroha", "rui", "Warn customers before the old export goes?", 2, "Yes, three mails", "Two rely on it"),
    Ruling(3, 0, "sofia", "marta", "Which onboarding direction?", 1, "The shorter", "Nobody read", ("Short", "Long")),
    Ruling(3, 1, "emma", "rui", "May trials import from the competitor?", None, consulted=("priya", "tomas")),
    Ruling(3, 2, "hemi", "kavya", "Is the churn model good enough to use?", 4, "For ten accounts", "Dana checked them"),
    Ruling(3, 4, "tomas", "sofia", "Filters in the address of the page?", 1, "Yes", "People share links"),
    Ruling(2, 0, "dana", "rui", "Load test with Northwind's numbers?", 3, "Yes, in staging", "They signed for it"),
    Ruling(2, 1, "luis", "marta", "Do small accounts get the new invoices?", None, options=("Yes", "No", "In spring")),
    Ruling(2, 3, "kavya", "dana", "Who reads the weekly list of risky accounts?", 1, "Aroha", "She knows them"),
    Ruling(
        1,
        0,
        "priya",
        "rui",
        "Delete the old export's code now?",
        None,
        options=("Now", "After the audit"),
        consulted=("aroha", "dana"),
    ),
    Ruling(1, 1, "aroha", "marta", "One mail or three about the invoices?", 1, "Three", "One was not read"),
    Ruling(1, 2, "emma", "dana", "Pilot price for the spring list?", None, tags=("pricing",)),
    Ruling(1, 3, "sofia", "marta", "Do we pay people for interviews?", None, options=("Yes, 50", "Vouchers", "No")),
)


def acts(tx: Tx, settings: Resolved, begins: datetime) -> Iterator[tuple[datetime, Act]]:
    """What is asked and answered at which moment. What is older than the story is told to nobody any more."""
    for ruling in sorted(RULINGS, key=lambda each: (-each.week, each.day)):
        place = _Place(tx, settings, begins - timedelta(weeks=story.WEEKS_PAST), {})
        at = _moment(ruling, settings, begins)
        yield at, partial(_ask, place, ruling)
        if ruling.days is not None:
            yield _later(settings, at, ruling.days), partial(_close, place, ruling)


@dataclass(frozen=True, slots=True)
class _Place:
    """One decision's stage: `told_from` is when the story begins, and `kept` remembers the number it was given."""

    tx: Tx
    settings: Resolved
    told_from: datetime
    kept: dict[str, int]


def _ask(of: _Place, ruling: Ruling, now: datetime) -> None:
    function_of = of.settings.function_of
    asked = Asked(
        question=ruling.question,
        decider=_id(ruling.decider),
        driver=_id(ruling.asker),
        channel=CHANNEL,
        due_at=rules.due_after(of.settings.calendar, now, of.settings.decisions.due_days),
        options=ruling.options,
        consulted=tuple(map(_id, ruling.consulted)),
        asked=function_of.get(_id(ruling.decider)),
        waiting=function_of.get(_id(ruling.asker)),
        tags=ruling.tags,
    )
    changed = changing.ask(of.tx, people.TEAM, asked, _id(ruling.asker), now)
    of.kept["number"] = changed.decision.number
    _tell(of, changed, now)


def _close(of: _Place, ruling: Ruling, now: datetime) -> None:
    number, calendar = of.kept["number"], of.settings.calendar
    decider, asker = _id(ruling.decider), _id(ruling.asker)
    if ruling.outcome:
        changed = changing.decide(of.tx, people.TEAM, number, decider, ruling.outcome, ruling.why, calendar, now)
    else:
        changed = changing.withdraw(of.tx, people.TEAM, number, asker, ruling.why, calendar, now)
    _tell(of, changed, now)


def _tell(of: _Place, changed: Changed, now: datetime) -> None:
    if changed.decision.asked_at >= of.told_from:
        telling.tell(of.tx, people.TEAM, changed, of.settings, now)


def _moment(ruling: Ruling, settings: Resolved, begins: datetime) -> datetime:
    zone = ZoneInfo(settings.calendar.zone)
    monday = begins.astimezone(zone).date() - timedelta(weeks=ruling.week)
    hour = 9 + (ruling.week * 3 + ruling.day * 2) % 8
    return datetime.combine(monday + timedelta(days=ruling.day), time(hour, 20), zone)


def _later(settings: Resolved, at: datetime, days: float) -> datetime:
    whole = add_working_days(settings.calendar, at, int(days))
    return whole + timedelta(minutes=37)


def _id(handle: str) -> str:
    return f"U0{handle.upper()}"
