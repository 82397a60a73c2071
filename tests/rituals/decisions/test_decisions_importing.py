"""Past decisions out of a file, on both databases: a dry run touches nothing, all of it or nothing, nothing twice."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.database import Database
from rituals.decisions.exchange import Plan, Row
from rituals.decisions.records import Changed, Decision, Event
from rituals.decisions.store import DecisionStore, FileStore, WaitStore, Where
from rituals.decisions.usecases import changing, exporting, importing, reading
from rituals.held import HeldFile
from rituals.people.rules import Function
from rituals.people.store import ChannelRow, MemberRow, PeopleStore
from rituals.tables import Tx, metadata
from tests.rituals.decisions.written import (
    CALENDAR,
    DANA,
    GUEST,
    LISBON,
    MARTA,
    NEW_YORK,
    NOW,
    PRICE,
    RUI,
    SECRET,
    SYNC,
)

HERE = "T0HERE"
LATER = NOW + timedelta(minutes=5)
ADMINS = frozenset({MARTA})
PEOPLE = (
    MemberRow(MARTA, "Marta", "marta", "marta@acme.example", LISBON),
    MemberRow(RUI, "Rui", "rui", "rui@acme.example", LISBON),
    MemberRow(DANA, "Dana", "dana", "dana@acme.example", NEW_YORK),
    MemberRow(GUEST, "Guest", "guest", "", LISBON, guest=True),
)
ROWS = (
    Row(
        2,
        question="Raise the price?",
        decider="@marta",
        channel="#product-sync",
        asked="2026-11-02",
        decided="2026-11-04 12:00",
        outcome="Yes",
        consulted=("@rui",),
    ),
    Row(
        3,
        question="Which market next?",
        decider="@dana",
        channel="#product-sync",
        asked="2026-11-10 15:00",
        decided="2026-11-11",
        outcome="Spain",
        driver="@rui",
    ),
    Row(4, question="Ship on Friday?", decider="@rui", channel="#product-sync", asked="2026-11-20", due="2026-11-27"),
)


def furnish(tx: Tx) -> None:
    people = PeopleStore(tx, HERE)
    people.save_members(PEOPLE, NOW)
    people.save_channels([ChannelRow(SYNC, "product-sync"), ChannelRow(SECRET, "board", private=True)])
    people.join(SECRET, MARTA)
    people.set_functions(
        [Function("product", "Product", "business"), Function("sales", "Sales", "business", country="US")],
        {"product": [MARTA], "sales": [DANA]},
        {},
    )


@pytest.fixture
def here(database: Database) -> Database:
    database.write_now(furnish)
    return database


def comes_in(here: Database, *rows: Row, by: str = RUI) -> importing.Imported:
    return here.write_now(importing.bring_in, HERE, rows, "log.csv", by, CALENDAR, NOW)


def everything(tx: Tx) -> list[Decision]:
    return list(DecisionStore(tx, HERE).everything([SYNC, SECRET]))


def contents(tx: Tx) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table of decisions, but for a count of numbers that has not begun."""
    found = {
        name: [tuple(row) for row in tx.execute(sa.select(table).order_by(*table.primary_key))]
        for name, table in metadata.tables.items()
        if name.startswith("decision")
    }
    return found | {"decision_numbers": [row for row in found["decision_numbers"] if row != (HERE, 0)]}


def test_a_dry_run_touches_nothing(here: Database) -> None:
    before = here.read_now(contents)
    found = here.read_now(importing.planned, HERE, ROWS, CALENDAR, NOW)
    assert (len(found.new), found.open, found.here, found.problems) == (3, 1, 0, ())
    assert here.read_now(contents) == before


def test_a_file_comes_in_with_its_people_its_history_and_its_waits(here: Database) -> None:
    imported = comes_in(here, *ROWS)
    assert [each.decision for each in imported.changed] == here.read_now(everything)
    price, market, ship = here.read_now(everything)
    assert [each.number for each in (price, market, ship)] == [1, 2, 3]
    assert (price.asker, price.driver, price.consulted, price.closed_by) == (RUI, RUI, (RUI,), MARTA)
    assert (market.asker, market.asked, market.waiting) == (RUI, "sales", None)
    assert (ship.state, ship.due_at) == ("open", datetime(2026, 11, 27, 18, tzinfo=UTC))
    sheet = here.read_now(reading.sheet, HERE, 1, RUI)
    assert sheet.events == (Event(1, NOW, RUI, "imported", "log.csv"),)
    waits = {wait.decision: wait for wait in here.read_now(lambda tx: WaitStore(tx, HERE).all(Where(None)))}
    # Monday 09:00 to Wednesday 12:00 of Lisbon's working time: twice nine hours, and three.
    assert (waits[1].since, waits[1].until, waits[1].ended) == (price.asked_at, price.closed_at, "decided")
    assert waits[1].worked == 21 * 60
    # 10:00 in New York to 18:00 in Lisbon, which is 13:00 there: eight hours, and four, but for Veterans Day.
    assert (waits[2].worked, waits[2].decider) == (8 * 60, DANA)
    assert (waits[3].until, waits[3].ended, waits[3].worked) == (None, None, None)


def test_what_came_in_goes_on_as_if_it_had_been_asked_here(here: Database) -> None:
    comes_in(here, *ROWS)
    here.write_now(changing.decide, HERE, 3, RUI, "Yes", "", CALENDAR, LATER)
    reopened = here.write_now(changing.reopen, HERE, 1, MARTA, "Costs fell", NOW + timedelta(days=3), LATER)
    assert [event.what for event in here.read_now(reading.sheet, HERE, 1, RUI).events] == ["imported", "reopened"]
    assert reopened.decision.asked_at == datetime(2026, 11, 2, 9, tzinfo=UTC)
    assert [each.number for each in here.read_now(reading.find, HERE, DANA, "spain")] == [2]


def test_the_same_file_twice_adds_nothing(here: Database) -> None:
    comes_in(here, *ROWS)
    before = here.read_now(contents)
    again = comes_in(here, *ROWS)
    assert (again.plan.new, again.plan.here, again.changed) == ((), 3, ())
    assert here.read_now(contents) == before


def test_nothing_comes_in_where_one_row_is_wrong(here: Database) -> None:
    before = here.read_now(contents)
    imported = comes_in(here, *ROWS, replace(ROWS[0], at=9, question="And?", decider="@nobody"))
    assert ([problem.at for problem in imported.plan.problems], imported.changed) == ([9], ())
    assert here.read_now(contents) == before


def test_numbers_go_on_from_those_that_were_given(here: Database) -> None:
    here.write_now(lambda tx: DecisionStore(tx, HERE).next_number(4))
    assert [each.decision.number for each in comes_in(here, *ROWS).changed] == [5, 6, 7]


def test_a_row_supersedes_what_is_here_already(here: Database) -> None:
    old = replace(ROWS[0], number="x")
    comes_in(here, old)
    new = replace(ROWS[1], decider="@marta", supersedes="x")
    comes_in(here, old, new)
    before, after = here.read_now(everything)
    assert (before.state, before.superseded_by, after.supersedes) == ("superseded", 2, 1)
    assert [event.what for event in here.read_now(reading.sheet, HERE, 1, RUI).events] == ["imported", "superseded"]
    assert comes_in(here, old, new).changed == ()


def test_an_export_says_no_more_than_its_reader_may_see(here: Database) -> None:
    hidden = replace(ROWS[0], at=5, question="Sell the company?", channel="#board", number="s")
    comes_in(here, hidden, replace(ROWS[1], supersedes="s", number="m"))
    for book in (
        here.read_now(exporting.hers, HERE, RUI),
        here.read_now(exporting.everything, HERE, False),
    ):
        assert [sheet.decision.number for sheet in book.sheets] == [2]
        assert book.sheets[0].decision.supersedes is None
        assert set(book.worked) == {2}
    for book in (here.read_now(exporting.hers, HERE, MARTA), here.read_now(exporting.everything, HERE, True)):
        assert [(sheet.decision.number, sheet.decision.supersedes) for sheet in book.sheets] == [(1, None), (2, 1)]
    assert here.read_now(exporting.hers, HERE, GUEST).sheets == ()
    assert book.called.handles[DANA] == "@dana"
    assert (book.called.channels[SYNC], book.called.functions) == (
        "#product-sync",
        {"product": "Product", "sales": "Sales"},
    )


def test_who_does_not_see_a_channel_learns_nothing_of_it(here: Database) -> None:
    hidden = replace(ROWS[0], channel="#board")
    comes_in(here, hidden)
    for channel in ("#board", SECRET, "#nowhere"):
        found = here.read_now(importing.planned, HERE, [replace(hidden, channel=channel)], CALENDAR, NOW, RUI, ADMINS)
        assert (found.here, [problem.what for problem in found.problems]) == (
            0,
            [f"“{channel}” is no channel that can be seen here. Write “#name” or an id (C…)."],
        )
    assert here.read_now(importing.planned, HERE, [hidden], CALENDAR, NOW, MARTA, ADMINS).here == 1


def test_names_that_several_bear_stand_for_none(here: Database) -> None:
    here.write_now(lambda tx: PeopleStore(tx, HERE).save_channel(ChannelRow("C0OTHER", "Product-Sync")))
    assert here.read_now(exporting.everything, HERE, True).called.channels == {SECRET: "#board"}
    assert here.read_now(importing.planned, HERE, ROWS, CALENDAR, NOW).problems
    assert not here.read_now(
        importing.planned, HERE, [replace(row, channel=SYNC) for row in ROWS], CALENDAR, NOW
    ).problems


def held(here: Database, rows: Sequence[Row], by: str = MARTA) -> HeldFile[Row]:
    """A file whose plan she has agreed to."""
    found = here.read_now(importing.planned, HERE, rows, CALENDAR, NOW, by, ADMINS)
    assert not found.problems
    file = HeldFile("F1.1", by, NOW, "log.csv", tuple(rows), found.seal)
    here.write_now(lambda tx: FileStore(tx, HERE).hold(file))
    here.write_now(lambda tx: FileStore(tx, HERE).agree(file.id))
    return standing(here)


def standing(here: Database) -> HeldFile[Row]:
    found = here.write_now(lambda tx: FileStore(tx, HERE).get("F1.1"))
    assert found is not None
    return found


def imports(here: Database, file: HeldFile[Row], admins: frozenset[str] = ADMINS) -> tuple[Plan, Sequence[Changed]]:
    done = here.write_now(importing.import_held, HERE, file, CALENDAR, admins, LATER)
    return done.plan, done.changed


def test_what_she_agreed_to_is_imported(here: Database) -> None:
    file = held(here, ROWS)
    assert (file.rows, file.state) == (ROWS, "agreed")
    assert len(imports(here, file)[1]) == 3
    assert {each.changed_at for each in here.read_now(everything)} == {LATER}
    assert (standing(here).state, standing(here).rows) == ("imported", ())


def test_what_has_changed_since_she_looked_is_shown_first(here: Database) -> None:
    file = held(here, ROWS)
    comes_in(here, ROWS[0])
    plan, changed = imports(here, file)
    assert (len(plan.new), plan.here, changed) == (2, 1, ())
    again = standing(here)
    assert (again.state, again.seen) == ("open", plan.seal)
    here.write_now(lambda tx: FileStore(tx, HERE).agree(again.id))
    assert len(imports(here, standing(here))[1]) == 2


def test_what_has_come_in_meanwhile_needs_no_second_look(here: Database) -> None:
    file = held(here, ROWS)
    comes_in(here, *ROWS)
    assert imports(here, file)[1] == ()
    assert standing(here).state == "imported"


def test_who_no_longer_may_imports_nothing(here: Database) -> None:
    file = held(here, ROWS)
    before = here.read_now(everything)
    plan, _ = imports(here, file, frozenset())
    assert [problem.at for problem in plan.problems] == [3]
    assert here.read_now(everything) == before
    assert standing(here).state == "refused"


def test_files_are_forgotten_but_for_those_that_are_about_to_be_imported(here: Database) -> None:
    held(here, ROWS)
    here.write_now(lambda tx: FileStore(tx, HERE).hold(HeldFile("F2.1", RUI, NOW, "b.csv", (), "x")))
    here.write_now(lambda tx: FileStore(tx, HERE).forget(NOW + timedelta(days=3)))
    assert here.write_now(lambda tx: FileStore(tx, HERE).get("F2.1")) is None
    assert standing(here).state == "agreed"
    here.write_now(lambda tx: FileStore(tx, HERE).settle("F1.1", "cancelled"))
    here.write_now(lambda tx: FileStore(tx, HERE).forget(NOW + timedelta(days=3)))
    assert here.write_now(lambda tx: FileStore(tx, HERE).get("F1.1")) is None


def test_a_decision_of_this_group_goes_out_and_comes_in_as_the_same(here: Database) -> None:
    """What was asked here to the microsecond is known again by the second."""
    asked = replace(PRICE, number=1, asked_at=PRICE.asked_at.replace(microsecond=123_456))
    here.write_now(lambda tx: DecisionStore(tx, HERE).add(Changed(asked, None, Event(1, NOW, DANA, "asked"))))
    row = replace(ROWS[0], asked="2026-11-02T09:00:00+00:00")
    assert here.read_now(importing.planned, HERE, [row], CALENDAR, NOW).here == 1
