"""Reminders are planned anew when settings or people change: none is lost, and who puts one off meanwhile is heard."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, time, timedelta
from threading import Event

import sqlalchemy as sa

from bot import due
from bot.database import Database
from bot.due import Due
from bot.features.decisions import telling, ticks, verbs
from bot.settings import Resolved
from rituals.calendar import WorkCalendar
from rituals.decisions.records import Asked
from rituals.decisions.store import DecisionStore
from rituals.decisions.usecases import changing
from rituals.people.store import ChannelRow, MemberRow, PeopleStore
from rituals.tables import Tx

TEAM, SYNC, RUI = "T0ANEW", "C0SYNC", "U0RUI"
SETTINGS = Resolved(1, WorkCalendar("Europe/Lisbon", frozenset(range(5)), time(9), time(18)))
MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
THURSDAY, FRIDAY = (datetime(2026, 11, day, 18, tzinfo=UTC) for day in (26, 27))


def furnish(tx: Tx) -> None:
    people = PeopleStore(tx, TEAM)
    people.save_channels([ChannelRow(SYNC, "product-sync", bot_in=True)])
    people.save_members([MemberRow(RUI, "Rui", "rui", "", "Europe/Lisbon")], MONDAY)
    people.join(SYNC, RUI)


def ask(tx: Tx) -> int:
    asked = Asked("Which price?", decider=RUI, driver=RUI, channel=SYNC, due_at=THURSDAY)
    decision = changing.ask(tx, TEAM, asked, RUI, MONDAY).decision
    telling.plan_reminder(tx, TEAM, decision, SETTINGS, MONDAY)
    return decision.number


def put_off(tx: Tx, number: int) -> None:
    decision = changing.change_due(tx, TEAM, number, RUI, FRIDAY, MONDAY).decision
    telling.plan_reminder(tx, TEAM, decision, SETTINGS, MONDAY)


def planned(tx: Tx) -> list[Due]:
    return [each for each in due.upcoming(tx, TEAM, 1000) if each.kind == verbs.REMIND]


def all_planned_anew(database: Database) -> int:
    """How many transactions that takes."""
    after: int | None = 0
    for nth in range(100):
        if after is None:
            return nth
        after = database.write_now(ticks.plan_anew, TEAM, after, SETTINGS, MONDAY)
    raise AssertionError("it never ends")


def test_every_open_decision_is_planned_anew_a_few_at_a_time(database: Database) -> None:
    database.write_now(furnish)
    numbers = [database.write_now(ask) for _ in range(2 * ticks.AT_ONCE + 1)]
    before = database.read_now(planned)
    database.write_now(lambda tx: due.drop(tx, TEAM, verbs.REMIND, ""))
    assert (database.read_now(planned), all_planned_anew(database)) == ([], 3)
    assert database.read_now(planned) == before
    assert len({each.key.partition("@")[0] for each in before}) == len(numbers)


def test_who_puts_one_off_meanwhile_is_reminded_then(postgresql_url: str) -> None:
    database = Database.open(postgresql_url)
    database.write_now(furnish)
    number = database.write_now(ask)
    begun, done = Event(), Event()

    def puts_off(tx: Tx) -> None:
        put_off(tx, number)
        begun.set()
        # Not over before the other has come to where it waits for this, or has gone past it.
        while not (done.wait(0.01) or tx.scalar(HELD_UP)):
            pass

    def plans_anew() -> None:
        begun.wait(60)
        all_planned_anew(database)
        done.set()

    with ThreadPoolExecutor(2) as threads:
        for act in (threads.submit(database.write_now, puts_off), threads.submit(plans_anew)):
            act.result(60)
    decision = database.read_now(lambda tx: DecisionStore(tx, TEAM).get(number))
    assert decision is not None
    assert decision.due_at == FRIDAY
    assert {each.due_at for each in database.read_now(planned)} == {FRIDAY - timedelta(days=1), FRIDAY}
    database.close()


# Whoever waits for the transaction that asks.
HELD_UP = sa.text("SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))")
