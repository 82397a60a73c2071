"""Due rows: put, moved, dropped, and taken once."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot import due
from bot.database import Database
from bot.due import Due
from rituals.tables import Tx

NINE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def test_what_is_due_is_taken_once_and_the_earliest_first(database: Database) -> None:
    def put(tx: Tx) -> None:
        due.put(tx, "T1", "close", "round-1", NINE + 2 * MINUTE)
        due.put(tx, "T1", "remind", "round-1:U1", NINE)
        due.put(tx, "T2", "remind", "round-1:U1", NINE + MINUTE)
        due.put(tx, "T1", "remind", "round-1:U2", NINE + 3 * MINUTE)

    database.write_now(put)
    assert database.read_now(due.next_due) == NINE
    taken = database.write_now(due.take, NINE + 2 * MINUTE)
    assert taken == [
        Due("T1", "remind", "round-1:U1", NINE),
        Due("T2", "remind", "round-1:U1", NINE + MINUTE),
        Due("T1", "close", "round-1", NINE + 2 * MINUTE),
    ]
    assert database.write_now(due.take, NINE + 2 * MINUTE) == []
    assert database.read_now(due.next_due) == NINE + 3 * MINUTE


def test_putting_it_again_moves_it_and_what_was_taken_comes_again(database: Database) -> None:
    database.write_now(due.put, "T1", "close", "r", NINE)
    database.write_now(due.put, "T1", "close", "r", NINE + MINUTE)
    assert database.write_now(due.take, NINE) == []
    assert len(database.write_now(due.take, NINE + MINUTE)) == 1
    database.write_now(due.put, "T1", "close", "r", NINE + MINUTE)
    assert database.write_now(due.take, NINE + MINUTE) == [Due("T1", "close", "r", NINE + MINUTE)]


@pytest.mark.parametrize(
    ("prefix", "left"),
    [
        ("a_b", ["A_b:1", "axb:1", "z"]),
        ("a", ["A_b:1", "z"]),
        ("a_b:1", ["A_b:1", "a_b:2", "axb:1", "z"]),
        ("%", ["A_b:1", "a_b:1", "a_b:2", "axb:1", "z"]),
        ("", []),
    ],
)
def test_dropping_takes_a_prefix_literally(database: Database, prefix: str, left: list[str]) -> None:
    def put(tx: Tx) -> None:
        for key in ("a_b:1", "a_b:2", "axb:1", "A_b:1", "z"):
            due.put(tx, "T1", "remind", key, NINE)
        due.put(tx, "T1", "close", "a_b:1", NINE + MINUTE)
        due.put(tx, "T2", "remind", "a_b:1", NINE + MINUTE)

    database.write_now(put)
    assert database.write_now(due.drop, "T1", "remind", prefix) == 5 - len(left)
    assert sorted(each.key for each in database.write_now(due.take, NINE)) == left
    assert len(database.read_now(due.upcoming, None, 10)) == 2


def test_what_was_taken_can_no_longer_be_dropped_and_is_forgotten_later(database: Database) -> None:
    database.write_now(due.put, "T1", "close", "r", NINE)
    database.write_now(due.take, NINE)
    assert database.write_now(due.drop, "T1", "close", "r") == 0
    assert database.write_now(due.clear_taken, NINE) == 0
    assert database.write_now(due.clear_taken, NINE + MINUTE) == 1


def test_upcoming_lists_a_workspace_or_all_of_them_soonest_first(database: Database) -> None:
    def put(tx: Tx) -> None:
        for number, workspace in enumerate(["T2", "T1", "T2"]):
            due.put(tx, workspace, "remind", str(number), NINE + (3 - number) * MINUTE)

    database.write_now(put)
    assert [each.key for each in database.read_now(due.upcoming, None, 2)] == ["2", "1"]
    assert [each.key for each in database.read_now(due.upcoming, "T2", 5)] == ["2", "0"]


def test_of_two_who_take_at_once_each_row_goes_to_one(database: Database) -> None:
    def put(tx: Tx) -> None:
        for number in range(60):
            due.put(tx, "T1", "remind", str(number), NINE)

    database.write_now(put)
    start, taken = threading.Barrier(3), list[Due]()

    def take() -> None:
        start.wait()
        while won := database.write_now(due.take, NINE):
            taken.extend(won)

    threads = [threading.Thread(target=take) for _ in range(2)]
    for thread in threads:
        thread.start()
    start.wait()
    for thread in threads:
        thread.join()
    assert sorted(each.key for each in taken) == sorted(str(number) for number in range(60))


MOVES = st.one_of(
    st.tuples(st.just("put"), st.sampled_from("abc"), st.integers(0, 9)),
    st.tuples(st.just("drop"), st.sampled_from("abc"), st.just(0)),
    st.tuples(st.just("take"), st.just(""), st.integers(0, 9)),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=st.lists(MOVES, max_size=12))
def test_taken_is_what_was_put_and_neither_moved_nor_dropped(
    database: Database, moves: list[tuple[str, str, int]]
) -> None:
    waiting: dict[str, int] = {}

    def play(tx: Tx) -> None:
        tx.execute(due.due.delete())
        for move, key, minute in moves:
            at = NINE + minute * MINUTE
            if move == "put":
                due.put(tx, "T1", "remind", key, at)
                waiting[key] = minute
            elif move == "drop":
                assert due.drop(tx, "T1", "remind", key) == (waiting.pop(key, None) is not None)
            else:
                expected = sorted((waiting[key], key) for key in waiting if waiting[key] <= minute)
                assert [each.key for each in due.take(tx, at)] == [key for _, key in expected]
                for _, key in expected:
                    del waiting[key]
            soonest = min(waiting.values(), default=None)
            assert due.next_due(tx) == (None if soonest is None else NINE + soonest * MINUTE)

    database.write_now(play)


def test_what_is_put_once_stays_where_it_is_until_it_has_been_taken(database: Database) -> None:
    database.write_now(due.put_once, "T1", "clean", "", NINE)
    database.write_now(due.put_once, "T1", "clean", "", NINE + MINUTE)
    assert [each.due_at for each in database.write_now(due.take, NINE)] == [NINE]
    database.write_now(due.put_once, "T1", "clean", "", NINE + MINUTE)
    assert database.read_now(due.next_due) == NINE + MINUTE
