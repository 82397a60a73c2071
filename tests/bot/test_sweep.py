"""The sweep: what its time has come for begins once, whoever sweeps, however often and however late."""

import threading
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from bot import due
from bot.database import Database
from bot.schedule.occurrences import Occurrence, parse_when
from bot.sweep import Schedule, Swept, coming, schedules_table, sweep
from rituals.tables import Tx

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SUNDAY = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
MONDAY_NINE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
WEEKLY = Schedule("T1", "standup", "weekly", parse_when("mon 09:00"), "Etc/UTC")


class Feature:
    """A ritual as the sweep sees it: a round per occurrence, begun by whoever inserts it."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.skipped: list[tuple[str, str]] = []
        self.broken: set[str] = set()

    def occurs(self, tx: Tx, workspace: str, key: str, occurrence: Occurrence, now: datetime) -> bool:
        if key in self.broken:
            raise ArithmeticError(key)
        self.begun.append(occurrence.wall)
        return True

    def skips(self, tx: Tx, workspace: str, key: str, occurrence: Occurrence, reason: str) -> None:
        self.skipped.append((occurrence.wall, reason))

    def sweep(self, tx: Tx, now: datetime, *schedules: Schedule, last: datetime | None = None) -> Swept:
        return sweep(tx, now, schedules, {"standup": self.occurs}, {"standup": self.skips}, last)


@pytest.fixture
def feature() -> Feature:
    return Feature()


def test_an_occurrence_begins_once_at_its_moment(database: Database, feature: Feature) -> None:
    for now in (SUNDAY, MONDAY_NINE - timedelta(seconds=1)):
        assert database.write_now(feature.sweep, now, WEEKLY).begun == 0
    assert database.write_now(feature.sweep, MONDAY_NINE, WEEKLY).begun == 1
    assert database.write_now(feature.sweep, MONDAY_NINE + timedelta(seconds=30), WEEKLY).begun == 0
    assert feature.begun == ["2026-11-23T09:00"]


def test_a_schedule_seen_for_the_first_time_looks_ahead_only(database: Database, feature: Feature) -> None:
    database.write_now(feature.sweep, MONDAY_NINE + timedelta(minutes=5), WEEKLY)
    database.write_now(feature.sweep, MONDAY_NINE + 7 * DAY, WEEKLY)
    assert feature.begun == ["2026-11-30T09:00"]
    assert feature.skipped == []


def test_an_occurrence_with_a_lead_begins_so_much_earlier(database: Database, feature: Feature) -> None:
    early = replace(WEEKLY, lead=15 * HOUR)
    database.write_now(feature.sweep, SUNDAY, early)
    assert feature.begun == []
    database.write_now(feature.sweep, MONDAY_NINE - 15 * HOUR, early)
    database.write_now(feature.sweep, MONDAY_NINE, early)
    assert feature.begun == ["2026-11-23T09:00"]


@pytest.mark.parametrize(
    ("late", "begun", "skipped"),
    [
        (59 * timedelta(minutes=1), ["2026-11-23T09:00"], []),
        (HOUR, ["2026-11-23T09:00"], []),
        (61 * timedelta(minutes=1), [], [("2026-11-23T09:00", "late")]),
    ],
)
def test_what_is_later_than_its_grace_is_skipped_and_told(
    database: Database, feature: Feature, late: timedelta, begun: list[str], skipped: list[tuple[str, str]]
) -> None:
    database.write_now(feature.sweep, SUNDAY, WEEKLY)
    database.write_now(feature.sweep, MONDAY_NINE + late, WEEKLY)
    database.write_now(feature.sweep, MONDAY_NINE + late, WEEKLY)
    assert (feature.begun, feature.skipped) == (begun, skipped)


@pytest.mark.parametrize(
    ("last", "reason"),
    [(None, "late"), (MONDAY_NINE - HOUR, "late"), (MONDAY_NINE, "changed"), (MONDAY_NINE + 2 * HOUR, "changed")],
)
def test_what_was_no_occurrence_while_somebody_swept_is_not_called_late(
    database: Database, feature: Feature, last: datetime | None, reason: str
) -> None:
    yearly = replace(WEEKLY, when=parse_when("0 9 1 1 *"))
    database.write_now(feature.sweep, SUNDAY, yearly)

    def swept(tx: Tx) -> Swept:
        return feature.sweep(tx, MONDAY_NINE + 3 * HOUR, WEEKLY, last=last)

    database.write_now(swept)
    assert feature.skipped == [("2026-11-23T09:00", reason)]


def test_after_a_long_silence_only_the_latest_begins_and_the_rest_is_told(database: Database, feature: Feature) -> None:
    daily = replace(WEEKLY, when=parse_when("daily 09:00"))
    database.write_now(feature.sweep, SUNDAY, daily)
    now = MONDAY_NINE + 250 * DAY
    more = [database.write_now(feature.sweep, now, daily).more for _ in range(3)]
    assert more == [True, True, False]
    assert feature.begun == ["2027-07-31T09:00"]
    assert len(feature.skipped) == len(set(feature.skipped)) == 250


def test_a_schedule_that_is_moved_keeps_its_place(database: Database, feature: Feature) -> None:
    database.write_now(feature.sweep, SUNDAY, WEEKLY)
    moved = replace(WEEKLY, when=parse_when("tue 10:00"))
    database.write_now(feature.sweep, MONDAY_NINE - HOUR, moved)
    database.write_now(feature.sweep, MONDAY_NINE + DAY + HOUR, moved)
    assert feature.begun == ["2026-11-24T10:00"]


def test_a_schedule_moved_after_it_happened_does_not_happen_again_that_day(
    database: Database, feature: Feature
) -> None:
    database.write_now(feature.sweep, SUNDAY, WEEKLY)
    database.write_now(feature.sweep, MONDAY_NINE, WEEKLY)
    later = replace(WEEKLY, when=parse_when("mon 10:00"))
    for hours in (0.5, 1, 1.5, 7 * 24 + 1):
        database.write_now(feature.sweep, MONDAY_NINE + hours * HOUR, later)
    assert feature.begun == ["2026-11-23T09:00", "2026-11-30T10:00"]
    assert feature.skipped == [("2026-11-23T10:00", "moved")]


def test_a_time_that_clocks_show_twice_begins_once(database: Database, feature: Feature) -> None:
    night = Schedule("T1", "standup", "night", parse_when("daily 01:30"), "America/New_York")
    now = datetime(2026, 10, 31, 12, 0, tzinfo=UTC)
    while now < datetime(2026, 11, 2, 12, 0, tzinfo=UTC):
        database.write_now(feature.sweep, now, night)
        now += timedelta(minutes=30)
    assert feature.begun == ["2026-11-01T01:30", "2026-11-02T01:30"]


def test_a_feature_that_raises_holds_up_no_other_and_is_tried_again(database: Database, feature: Feature) -> None:
    other = replace(WEEKLY, key="other")
    database.write_now(feature.sweep, SUNDAY, WEEKLY, other)
    feature.broken = {"other"}
    with capture_logs() as logs:
        swept = database.write_now(feature.sweep, MONDAY_NINE, WEEKLY, other)
    assert (swept.begun, swept.failed) == (1, [other])
    assert [(log["event"], log["key"]) for log in logs] == [("schedule_failed", "other")]
    feature.broken = set()
    assert database.write_now(feature.sweep, MONDAY_NINE + timedelta(seconds=30), WEEKLY, other).begun == 1


def test_what_is_due_becomes_a_job_in_the_same_transaction(database: Database, feature: Feature) -> None:
    def swept_and_lost(tx: Tx) -> None:
        assert feature.sweep(tx, MONDAY_NINE).taken == 2
        assert _waiting(tx) == 2
        raise LookupError

    for key in ("a", "b"):
        database.write_now(due.put, "T1", "remind", key, MONDAY_NINE)
    database.write_now(due.put, "T1", "remind", "later", MONDAY_NINE + HOUR)
    with pytest.raises(LookupError):
        database.write_now(swept_and_lost)
    assert database.read_now(_waiting) == 0
    assert database.write_now(feature.sweep, MONDAY_NINE).taken == 2
    assert database.write_now(feature.sweep, MONDAY_NINE).taken == 0
    assert database.read_now(_waiting) == 2


def test_coming_lists_what_has_not_begun_by_when_it_begins(database: Database, feature: Feature) -> None:
    early = replace(WEEKLY, key="early", lead=2 * DAY)
    database.write_now(feature.sweep, SUNDAY, WEEKLY, early)
    listed = database.read_now(coming, SUNDAY, [WEEKLY, early], each=2)
    assert [(each.schedule.key, each.occurrence.wall, each.begins) for each in listed] == [
        ("weekly", "2026-11-23T09:00", MONDAY_NINE),
        ("early", "2026-11-30T09:00", MONDAY_NINE + 5 * DAY),
        ("weekly", "2026-11-30T09:00", MONDAY_NINE + 7 * DAY),
        ("early", "2026-12-07T09:00", MONDAY_NINE + 12 * DAY),
    ]
    unseen = replace(WEEKLY, key="unseen")
    assert [each.occurrence.wall for each in database.read_now(coming, SUNDAY, [unseen])] == ["2026-11-23T09:00"]


def test_two_processes_that_sweep_at_once_win_each_occurrence_once(database: Database) -> None:
    """In threads, over a new set of schedules, with clocks a little apart."""
    features = [Feature(), Feature()]
    daily = replace(WEEKLY, when=parse_when("daily 09:00"), grace=DAY)
    schedules = [replace(daily, key=f"s{number}") for number in range(5)]
    start = threading.Barrier(2)
    errors: list[BaseException] = []

    def work(feature: Feature, ahead: timedelta, order: Sequence[Schedule]) -> None:
        try:
            for hours in range(0, 72, 6):
                start.wait(10)
                database.write_now(feature.sweep, SUNDAY + hours * HOUR + ahead, *order)
        except BaseException as error:
            errors.append(error)
            start.abort()

    threads = [
        threading.Thread(target=work, args=(features[0], timedelta(0), schedules)),
        threading.Thread(target=work, args=(features[1], timedelta(seconds=40), schedules[::-1])),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    # A sweep that finds a schedule held leaves it to the other, so that the last one may be left for later.
    database.write_now(features[0].sweep, SUNDAY + 72 * HOUR, *schedules)
    begun = Counter(features[0].begun + features[1].begun)
    assert begun == {"2026-11-23T09:00": 5, "2026-11-24T09:00": 5, "2026-11-25T09:00": 5}


@dataclass(frozen=True)
class Step:
    """`minutes` pass, and one process sweeps. If they `meet`, the other sweeps before it has ended, by a clock that is
    `skew` seconds apart. The first one then commits, or `dies`."""

    minutes: int
    skew: int
    meet: bool
    dies: bool


STEPS = st.builds(Step, st.integers(0, 400), st.integers(-90, 90), st.booleans(), st.booleans())


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, min_size=1, max_size=12))
def test_any_interleaving_of_two_sweeps_begins_each_occurrence_once(database: Database, steps: list[Step]) -> None:
    hourly = Schedule("T1", "standup", "hourly", parse_when("30 * * * *"), "Etc/UTC", grace=365 * DAY)
    now, begun, taken = SUNDAY, list[str](), 0
    database.write_now(_cleared)
    database.write_now(Feature().sweep, now, hourly)
    database.write_now(due.put, "T1", "remind", "one", SUNDAY + HOUR)
    for step in [*steps, Step(5, 0, False, False)]:
        now += timedelta(minutes=step.minutes)
        for feature, swept in _meeting(database, now, hourly, step):
            begun += feature.begun
            taken += swept.taken
    last = int((now - SUNDAY - HOUR / 2) / HOUR)
    moments = [SUNDAY + HOUR / 2 + number * HOUR for number in range(last + 1) if now >= SUNDAY + HOUR / 2]
    assert begun == [moment.strftime("%Y-%m-%dT%H:%M") for moment in moments]
    assert taken == (now >= SUNDAY + HOUR)


def _meeting(database: Database, now: datetime, schedule: Schedule, step: Step) -> list[tuple[Feature, Swept]]:
    """What was committed, in the order of time. On SQLite there is one writer: the second comes after the first."""
    first, second, committed = Feature(), Feature(), list[tuple[Feature, Swept]]()

    def sweep_second() -> None:
        if step.meet:
            swept = database.write_now(second.sweep, now + timedelta(seconds=step.skew), schedule)
            committed.append((second, swept))

    def sweep_first(tx: Tx) -> Swept:
        swept = first.sweep(tx, now, schedule)
        if not database.is_sqlite:
            sweep_second()
        if step.dies:
            raise ProcessLookupError
        return swept

    with suppress(ProcessLookupError):
        committed.append((first, database.write_now(sweep_first)))
    if database.is_sqlite:
        sweep_second()
    return committed


def _cleared(tx: Tx) -> None:
    for table in (schedules_table, due.due):
        tx.execute(table.delete())


def _waiting(tx: Tx) -> int:
    schema = None if tx.dialect.name == "sqlite" else "dbos"
    status = sa.table("workflow_status", sa.column("name"), schema=schema)
    return tx.scalar(sa.select(sa.func.count()).select_from(status)) or 0
