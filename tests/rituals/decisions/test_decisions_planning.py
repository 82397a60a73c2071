"""What a file of decisions would add, and what stands against it: row by row, in sentences."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from rituals.decisions.exchange import Plan, Row, added, keys
from rituals.decisions.moments import moment
from rituals.decisions.planning import plan
from rituals.decisions.records import Decision
from tests.rituals.decisions.written import CALENDAR, DANA, GROUP, GUEST, MARTA, MEMBERS, NOW, PRICE, RUI, SYNC, known

ROW = Row(
    2,
    question="Raise the price?",
    decider="@marta",
    channel="#product-sync",
    asked="2026-11-02",
    decided="2026-11-04",
    outcome="Yes",
)
AGAIN = "Write it as 2026-11-23, or with its time as 2026-11-23 14:30."
OURS = "Write somebody of this company, or leave them out."


def sentences(*rows: Row, **group: Any) -> list[tuple[int, str]]:
    return [(problem.at, problem.what) for problem in plan(rows, replace(GROUP, **group)).problems]


def only(*rows: Row, **group: Any) -> Decision:
    found = plan(rows, replace(GROUP, **group))
    assert found.problems == ()
    return found.new[-1].decision


def at(wall: str) -> datetime:
    return datetime.fromisoformat(wall).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "begins", "ends"),
    [
        # A day alone is its working hours in Lisbon, in summer an hour ahead of UTC.
        ("2026-11-02", "2026-11-02 09:00", "2026-11-02 18:00"),
        ("2026-07-01", "2026-07-01 08:00", "2026-07-01 17:00"),
        ("2026/7/1", "2026-07-01 08:00", "2026-07-01 17:00"),
        (" 1.7.2026 ", "2026-07-01 08:00", "2026-07-01 17:00"),
        ("2026-11-21", "2026-11-21 09:00", "2026-11-21 18:00"),
        # A time is on the group's clock, unless it says otherwise.
        ("2026-07-01 14:30", "2026-07-01 13:30", "2026-07-01 13:30"),
        ("2026-07-01T9:05:59", "2026-07-01 08:05:59", "2026-07-01 08:05:59"),
        ("01.07.2026, 14:30", "2026-07-01 13:30", "2026-07-01 13:30"),
        ("2026-07-01T14:30:00Z", "2026-07-01 14:30", "2026-07-01 14:30"),
        ("2026-07-01 14:30 utc", "2026-07-01 14:30", "2026-07-01 14:30"),
        ("2026-07-01T14:30:00.123456+02:00", "2026-07-01 12:30", "2026-07-01 12:30"),
        ("2026-07-01 14:30-0400", "2026-07-01 18:30", "2026-07-01 18:30"),
        # The night in which clocks go back: the first of two. The one in which they go forward: as much later.
        ("2026-10-25 01:30", "2026-10-25 00:30", "2026-10-25 00:30"),
        ("2026-03-29 01:30", "2026-03-29 01:30", "2026-03-29 01:30"),
    ],
)
def test_a_day_or_a_moment_is_read(written: str, begins: str, ends: str) -> None:
    found = moment(written, CALENDAR)
    assert found is not None
    assert (found.begins, found.ends) == (at(begins), at(ends))


@pytest.mark.parametrize(
    "written",
    [
        *("03/04/2026", "3/13/26", "2026-13-01", "2026-02-30", "yesterday", "45967", "2026", "2026-11", "1999-12-31"),
        *("2100-01-01", "0001-01-01", "9999-12-31 23:59-23:59", "2026-11-02 25:00", "2026-11-02 9:60", "2026-11-02T"),
        *("\u0662\u0660\u0662\u0666-11-02", "2026-11-02 09:00 CET", "2026-11-02\n", "2026-11-02 09:00+99:00"),
    ],
)
def test_what_may_be_two_days_or_none_is_not_guessed(written: str) -> None:
    if written.strip() == written:
        assert moment(written, CALENDAR) is None
        assert (2, f"“{written}” in “asked” is no day that can be read here. {AGAIN}") in sentences(
            replace(ROW, asked=written)
        )


def test_a_row_becomes_a_decision() -> None:
    found = only(
        replace(
            ROW,
            asker="dana@acme.example",
            driver="RUI",
            closed_by="@rui",
            consulted=("@rui", "@rui", "@dana"),
            informed=(MARTA,),
            function_asked="engineering",
            function_waiting="SALES",
            due="2026-11-03",
            revisit="2027-01-15",
            tags=("pricing",),
            links=("https://a.example",),
            options=("Yes", "No"),
        )
    )
    assert (found.asker, found.decider, found.driver, found.closed_by) == (DANA, MARTA, RUI, RUI)
    assert (found.consulted, found.informed) == ((RUI, DANA), (MARTA,))
    assert (found.asked, found.waiting) == ("engineering", "sales")
    assert (found.asked_at, found.closed_at) == (at("2026-11-02 09:00"), at("2026-11-04 18:00"))
    assert (found.due_at, str(found.revisit_on)) == (at("2026-11-03 18:00"), "2027-01-15")
    assert (found.state, found.outcome, found.options) == ("decided", "Yes", ("Yes", "No"))


def test_what_a_row_leaves_out_is_what_most_likely_was() -> None:
    found = only(replace(ROW, driver="@rui"))
    assert (found.asker, found.driver, found.closed_by) == (RUI, RUI, MARTA)
    assert (found.asked, found.waiting) == ("product", "engineering")
    assert found.due_at == found.closed_at
    assert (only(ROW).asker, only(ROW).driver) == (MARTA, MARTA), "who imports"
    withdrawn = only(replace(ROW, decided="", outcome="", withdrawn="2026-11-04 10:00", asker="@dana"))
    assert (withdrawn.state, withdrawn.closed_by, withdrawn.closed_at) == ("withdrawn", DANA, at("2026-11-04 10:00"))
    opened = only(replace(ROW, decided="", outcome="", due="2026-11-27"))
    assert (opened.state, opened.closed_at, opened.closed_by) == ("open", None, None)
    assert opened.due_at == at("2026-11-27 18:00")


@pytest.mark.parametrize(
    ("asked", "decided", "begins", "ends"),
    [
        ("2026-11-02", "2026-11-02", "2026-11-02 09:00", "2026-11-02 18:00"),
        ("2026-11-02 20:00", "2026-11-02", "2026-11-02 20:00", "2026-11-02 20:00"),
        ("2026-11-02", "2026-11-02 07:45", "2026-11-02 07:45", "2026-11-02 07:45"),
        ("2026-11-02 10:00", "2026-11-03 09:00", "2026-11-02 10:00", "2026-11-03 09:00"),
    ],
)
def test_a_day_alone_makes_room_for_a_moment_on_it(asked: str, decided: str, begins: str, ends: str) -> None:
    found = only(replace(ROW, asked=asked, decided=decided))
    assert (found.asked_at, found.closed_at) == (at(begins), at(ends))


def test_today_is_over_for_a_decision_once_it_is_imported() -> None:
    """It is noon in Lisbon, and the working day not over."""
    found = plan([replace(ROW, asked="2026-11-23", decided="2026-11-23")], GROUP)
    assert added(found, 7, "log.csv", MARTA, NOW)[0].closed_at == NOW
    early = NOW.replace(hour=6)
    found = plan([replace(ROW, asked="2026-11-23", decided="2026-11-23")], replace(GROUP, now=early))
    made = added(found, 7, "log.csv", MARTA, early)[0]
    assert (made.asked_at, made.closed_at) == (early, early)
    # And the same row is the same decision at any time of that day.
    assert plan([replace(ROW, asked="2026-11-23", decided="2026-11-23")], replace(GROUP, known=known([made]))).here == 1


NOBODY = "“@nobody” is nobody here. Write “@handle”, an email address or a member id (U…)."


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"question": ""}, ["There is no question. Write what was to be decided."]),
        (
            {"decider": ""},
            ["Nobody is named as decider. Write “@handle”, an email address or a member id (U…)."],
        ),
        ({"asked": ""}, ["Nothing says when it was asked. Write it in “asked”, as 2026-11-23 or 2026-11-23 14:30."]),
        ({"channel": ""}, ["Nothing says in which channel it was asked. Write “#name” or a channel id (C…)."]),
        (
            {"decided": "", "outcome": ""},
            [
                "Nothing says when it was decided. Write that in “decided”, or in “due” by when an open decision is "
                "wanted."
            ],
        ),
        (
            {"decided": "", "due": "2026-11-27"},
            ["It has an outcome, and nothing says when it was decided. Write that in “decided”."],
        ),
        (
            {"withdrawn": "2026-11-04"},
            ["It was decided and withdrawn. Keep one of them."],
        ),
        (
            {"decided": "", "withdrawn": "2026-11-04"},
            ["It was withdrawn and has an outcome. Write “decided” instead of “withdrawn”, or leave the outcome out."],
        ),
        ({"state": "rejected"}, ["“rejected” is no state. Write open, decided or withdrawn, or leave it out."]),
        (
            {"state": "Open"},
            ["It says “open”, and the moments in “decided” and “withdrawn” say something else. Mend one of them."],
        ),
        ({"decider": "@nobody", "driver": "@nobody"}, [NOBODY]),
        ({"consulted": ("@rui", "@nobody")}, [NOBODY]),
        ({"channel": "#nowhere"}, ["“#nowhere” is no channel that can be seen here. Write “#name” or an id (C…)."]),
        ({"function_asked": "Law"}, ["“Law” is no function here. Write one that is, or leave it out."]),
        ({"decided": "soon"}, [f"“soon” in “decided” is no day that can be read here. {AGAIN}"]),
        ({"decided": "2026-11-01"}, ["It was decided before it was asked. Check “asked” and “decided”."]),
        ({"asked": "2020-11-01"}, ["It took more than five years. Check “asked” and “decided”."]),
        ({"decided": "2026-11-24"}, ["What is written in “decided” is still to come. Check the date."]),
        ({"decided": "2026-11-23 12:01"}, ["What is written in “decided” is still to come. Check the date."]),
        (
            {"asked": "2027-11-02", "decided": "2027-11-04"},
            [
                "What is written in “asked” is still to come. Check the date.",
                "What is written in “decided” is still to come. Check the date.",
            ],
        ),
        ({"links": ("PRICE-12",)}, ["“PRICE-12” is no web address. Write it with https:// and without blanks."]),
        ({"why": "x" * 3001}, ["The text in “why” has 3,001 characters. Keep 3,000 at most."]),
        ({"tags": ("x",) * 101}, ["There are 101 in “tags”. Keep 100 at most."]),
        ({"options": ("x" * 3001,)}, ["One in “options” has more than 3,000 characters. Shorten it."]),
        ({"why": "a\0b"}, ["There is an invisible character (U+0000). Delete it, or type the text again."]),
        (
            {"number": "7", "supersedes": "7"},
            [
                "No other row has the number “7”, which this one supersedes. Write what stands in another row's "
                "“number”, or leave it out."
            ],
        ),
        (
            {"decided": "", "outcome": "", "due": "2026-11-27", "decider": "@guest"},
            ["“@guest” cannot see “#product-sync”. Invite them there, or leave them out."],
        ),
        (
            {"decided": "", "outcome": "", "due": "2026-11-27", "decider": "@gone"},
            ["“@gone” has left and cannot decide any more. Write who does."],
        ),
        # Of what is over, nobody is told.
        ({"decider": "@guest", "consulted": ("@gone",)}, []),
        ({"decider": "@robot"}, []),
        *(
            (
                {part: named, "decided": "", "outcome": "", "due": "2026-11-27"},
                ["“@robot” is an app and cannot answer. Write a person, or leave it out."],
            )
            for part, named in (("decider", "@robot"), ("driver", "@robot"), ("consulted", ("@rui", "@robot")))
        ),
        # But it may be opened again.
        *(
            ({part: ("@mira",)} | open_, ["“@mira” is of another company and sees no decisions here. " + OURS])
            for part in ("consulted", "informed")
            for open_ in ({}, {"decided": "", "outcome": "", "due": "2026-11-27"})
        ),
        *(
            ({part: "@mira"}, ["“@mira” is of another company and sees no decisions here. " + OURS])
            for part in ("decider", "asker", "driver")
        ),
    ],
    ids=lambda case: ascii(case)[:50],
)
def test_what_is_wrong_in_a_row_gets_its_sentence(changes: dict[str, Any], told: list[str]) -> None:
    gone = replace(MEMBERS[RUI], user="U0GONE", deactivated=True)
    robot = replace(MEMBERS[RUI], user="U0ROBOT", bot=True)
    people = {**GROUP.people, "@guest": GUEST, "@gone": "U0GONE", "@mira": "U0MIRA", "@robot": "U0ROBOT"}
    group = {
        "people": people,
        "members": {**MEMBERS, "U0GONE": gone, "U0ROBOT": robot},
        "sees": lambda user, channel: user != GUEST,
        "outsiders": frozenset({"U0MIRA"}),
    }
    assert sentences(replace(ROW, **changes), **group) == [(2, each) for each in told]


def test_rows_are_compared_with_each_other() -> None:
    again = replace(ROW, at=5, question="raise the  PRICE?", asked="2026-11-02 09:00", number="4")
    other = replace(ROW, at=6, question="And now?", number="4", supersedes="4")
    assert sentences(ROW, again, other) == [
        (5, "Row 2 asks the same in the same channel at the same time. Keep one of them."),
        (6, "Row 5 has the number “4” too. Give each its own, or none."),
    ]


def test_a_row_that_is_here_already_is_left_alone() -> None:
    here = replace(GROUP, known=known([PRICE]))
    for row in (
        replace(ROW, asked="2026-11-02"),
        replace(ROW, asked="2026-11-02 09:00:00", question="raise the price?"),
        replace(ROW, asked="2.11.2026", outcome="No", decider="@nobody", decided=""),
    ):
        found = plan([row], here)
        assert (found.new, found.here, found.problems) == ((), 1, ())
    for row in (
        replace(ROW, asked="2026-11-02 10:00"),
        replace(ROW, asked="2026-11-03"),
        replace(ROW, channel="#board"),
        replace(ROW, question="Raise the prices?"),
    ):
        assert len(plan([row], here).new) == 1


def test_one_decision_stands_in_place_of_another() -> None:
    first = replace(ROW, number="a")
    second = replace(ROW, at=3, question="Raise it now?", decided="2026-11-05", number="b", supersedes="a")
    third = replace(ROW, at=4, question="Lower it?", decided="", outcome="", due="2026-12-01", supersedes="b")
    made = added(plan([third, second, first], GROUP), 7, "log.csv", RUI, NOW)
    assert [(each.number, each.state, each.supersedes, each.superseded_by) for each in made] == [
        (7, "open", 8, None),
        (8, "decided", 9, None),
        (9, "superseded", None, 8),
    ]
    assert {(each.origin.source, each.origin.ref, each.changes, each.changed_at) for each in made} == {
        ("file", "log.csv", 1, NOW)
    }


def test_two_that_supersede_each_other_come_to_an_end() -> None:
    first, second = (
        replace(ROW, number="a", supersedes="b"),
        replace(ROW, at=3, question="?", number="b", supersedes="a"),
    )
    made = added(plan([first, second], GROUP), 1, "log.csv", RUI, NOW)
    assert [(each.state, each.superseded_by) for each in made] == [("superseded", 2), ("decided", None)]


@pytest.mark.parametrize(
    ("changes", "may"),
    [
        ({"decider": "@rui"}, True),
        ({"decider": "@marta"}, False),
        ({"decider": "@marta", "driver": "@rui"}, False),
        ({"decider": "@marta", "driver": "@rui", "closed_by": "@rui"}, True),
        ({"decider": "@marta", "closed_by": "@rui", "driver": "@dana"}, False),
        ({"decided": "", "outcome": "", "withdrawn": "2026-11-04", "asker": "@rui"}, True),
        ({"decided": "", "outcome": "", "withdrawn": "2026-11-04", "asker": "@dana"}, False),
        ({"decided": "", "outcome": "", "due": "2026-11-27"}, True),
    ],
)
def test_nobody_puts_an_answer_into_somebody_elses_mouth(changes: dict[str, Any], may: bool) -> None:
    row = replace(ROW, **changes)
    told = sentences(row, by=RUI, admins=frozenset({MARTA}))
    done = "withdrawn" if row.withdrawn else "decided"
    assert told == (
        [] if may else [(2, f"You did not have it {done} yourself. Let whoever did import it, or an admin.")]
    )
    assert sentences(row, by=MARTA, admins=frozenset({MARTA})) == sentences(row, by="") == []


def test_the_same_plan_has_the_same_seal_at_any_time() -> None:
    rows = [replace(ROW, asked="2026-11-23", decided="2026-11-23")]

    def sealed(*rows: Row, now: datetime = NOW) -> Plan:
        return plan(rows, replace(GROUP, now=now))

    assert sealed(*rows).seal == sealed(*rows, now=NOW + timedelta(hours=3)).seal
    assert sealed(*rows).seal != sealed(*rows, replace(ROW, at=3)).seal
    assert sealed(*rows).seal != sealed(replace(rows[0], outcome="No")).seal


def test_a_question_is_the_same_whatever_its_case_and_blanks() -> None:
    one, other = (keys(SYNC, text, NOW, CALENDAR) for text in ("Ship  it\n now?", "SHIP it\0 NOW? "))
    assert one == other
