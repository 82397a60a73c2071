"""Any decision that people may have asked for and taken, in any script; and a group in which they did."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from rituals.calendar import WorkCalendar
from rituals.decisions.exchange import Called, Group, Key, keys
from rituals.decisions.records import Decision, Event, Input, Origin, Sheet
from rituals.decisions.usecases.exporting import Book
from rituals.people.rules import Member

# Drawing whole decisions takes its time, above all where other tests run beside.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])

LISBON, NEW_YORK = "Europe/Lisbon", "America/New_York"
CALENDAR = WorkCalendar(LISBON, frozenset(range(5)), time(9), time(18), country="PT")
MARTA, RUI, DANA, GUEST = "U0MARTA", "U0RUI", "U0DANA", "U0GUEST"
SYNC, SECRET = "C0SYNC", "C0SECRET"
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
MEMBERS = {
    MARTA: Member(MARTA, "Marta", LISBON, "product", "business", "PT"),
    RUI: Member(RUI, "Rui", LISBON, "engineering", "technical", "PT"),
    DANA: Member(DANA, "Dana", NEW_YORK, "sales", "business", "US"),
}
PEOPLE = {user: user for user in MEMBERS} | {f"@{member.name.lower()}": user for user, member in MEMBERS.items()}
FUNCTIONS = {"engineering": "Engineering", "product": "Product", "sales": "Sales"}
CALLED = Called(
    names={user: member.name for user, member in MEMBERS.items()},
    handles={user: f"@{member.name.lower()}" for user, member in MEMBERS.items()},
    functions=FUNCTIONS,
    channels={SYNC: "#product-sync", SECRET: "#board"},
)
GROUP = Group(
    calendar=CALENDAR,
    now=NOW,
    people=PEOPLE | {"dana@acme.example": DANA},
    members=MEMBERS,
    channels={SYNC: SYNC, "product-sync": SYNC, SECRET: SECRET, "board": SECRET},
    functions={name.casefold(): key for key, name in FUNCTIONS.items()},
    known={},
    sees=lambda user, channel: user in MEMBERS,
    by=MARTA,
)
PRICE = Decision(
    number=12,
    question="Raise the price?",
    context="Costs rose by a tenth.",
    options=("Yes, in March", "No"),
    asker=DANA,
    decider=MARTA,
    driver=RUI,
    consulted=(RUI,),
    informed=(DANA,),
    asked="product",
    waiting="sales",
    due_at=datetime(2026, 11, 5, 18, tzinfo=UTC),
    tags=("pricing",),
    links=("https://wiki.example/price",),
    channel=SYNC,
    origin=Origin(),
    asked_at=datetime(2026, 11, 2, 9, tzinfo=UTC),
    state="decided",
    outcome="Yes, in March",
    why="Customers expect it by then.",
    closed_by=MARTA,
    closed_at=datetime(2026, 11, 4, 15, 30, tzinfo=UTC),
    revisit_on=date(2027, 3, 1),
    changed_at=datetime(2026, 11, 4, 15, 30, tzinfo=UTC),
)
BOOK = Book(
    (
        Sheet(
            PRICE,
            (Input(RUI, "No", "Wait for June.", NOW),),
            (
                Event(1, PRICE.asked_at, PRICE.asker, "asked"),
                Event(2, PRICE.asked_at, PRICE.asker, "handed over", MARTA),
                Event(3, PRICE.closed_at or NOW, MARTA, "decided", "Yes, in March"),
            ),
        ),
    ),
    CALLED,
    {12: 1290},
)

_ANY = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")
_OWN = st.sampled_from("\n\n\t  #-*_:;,'\"\\|<>&!%@`[]{}?=+~$.()0aAsé\u00a0\u200f\u202e\u2028\ufeff\uff1d🚀م")
_PIECES = st.sampled_from(
    [
        *(
            "# Top",
            "- item",
            "---",
            "***",
            "===",
            "1. one",
            "2) two",
            "\\",
            "\n\n",
            "\n",
            "\r\n",
            "\r",
            "```\n",
            "| a |",
        ),
        *("[a](https://a.example)", "![a](b)", "<b>x</b>", "<!-- x -->", "&amp;", "&#35;", "$x$", "~~x~~", "**x**"),
        *("https://a.example/x_y?a=1&b=2", "https://a.example/&copy;", "<https://a.example|b>", "<@U0RUI>", "<!here>"),
        *("'=1+1", "=1+1", "-1", "+1", "@x", '""', "; ", "\\;", ";", "question,decider", "    code", "> quote"),
    ]
)
_TEXT = st.text(_ANY, max_size=8) | st.text(_OWN, max_size=8) | _PIECES
texts = st.lists(_TEXT, max_size=4).map("".join)
# Not by turning blank ones away: of a whole book, with so many texts in it, every fifth would be thrown away for one.
filled = texts.map(lambda text: text if text.split() else f"{text}x")
_several = st.lists(filled, max_size=3).map(tuple)
_people = st.lists(st.sampled_from(list(MEMBERS)), max_size=3, unique=True).map(tuple)
_person = st.sampled_from(list(MEMBERS))
_moments = st.timedeltas(timedelta(days=30), timedelta(days=900)).map(lambda ago: NOW - ago)
_function = st.none() | st.sampled_from(list(FUNCTIONS))


@st.composite
def decisions(draw: st.DrawFn, number: int = 1) -> Decision:
    asked_at = draw(_moments)
    asked = Decision(
        number=number,
        question=draw(filled),
        context=draw(texts),
        options=draw(_several),
        asker=draw(_person),
        decider=draw(_person),
        driver=draw(_person),
        consulted=draw(_people),
        informed=draw(_people),
        asked=draw(_function),
        waiting=draw(_function),
        due_at=asked_at + timedelta(days=3),
        tags=draw(_several),
        links=("https://a.example/1",),
        channel=draw(st.sampled_from([SYNC, SECRET])),
        origin=Origin(),
        asked_at=asked_at,
        state="open",
        revisit_on=draw(st.none() | st.dates(date(2026, 1, 1), date(2028, 1, 1))),
        changed_at=asked_at,
    )
    closed_at = asked_at + draw(st.timedeltas(timedelta(), timedelta(days=20)))
    closed = replace(asked, why=draw(texts), closed_by=draw(_person), closed_at=closed_at)
    return draw(
        st.sampled_from(
            [asked, replace(closed, state="withdrawn"), replace(closed, state="decided", outcome=draw(texts))]
        )
    )


@st.composite
def books(draw: st.DrawFn) -> Book:
    """Some that differ in what they ask, one perhaps standing in place of another."""
    found = [draw(decisions(number)) for number in range(1, draw(st.integers(1, 3)) + 1)]
    last, first = found[-1], found[0]
    if last is not first and draw(st.booleans()):
        found[-1] = replace(last, supersedes=first.number)
        if first.state == last.state == "decided" and (first.closed_at or NOW) < (last.closed_at or NOW):
            found[0] = replace(first, state="superseded", superseded_by=last.number)
    sheets = tuple(
        Sheet(each, (Input(RUI, draw(st.none() | texts), draw(texts), NOW),), (Event(1, NOW, RUI, "asked", ""),))
        for each in found
    )
    return Book(sheets, CALLED, {each.number: 75 for each in found if each.closed_at})


def known(decisions: Iterable[Decision]) -> Mapping[Key, int]:
    return {
        key: each.number for each in decisions for key in keys(each.channel, each.question, each.asked_at, CALENDAR)
    }
