"""What the passing of time begins: occurrences of schedules, and everything that is due. Any process, at any time.

schedules -> occurrences since the watermark -> begun, or skipped when too late -> watermark
due rows whose time has come -> jobs
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from bot import due
from bot.engine import enqueue
from bot.logs import logger
from bot.schedule.occurrences import Occurrence, When, next_after
from rituals.tables import Tx, Utc, metadata

log = logger()

schedules_table = sa.Table(
    "schedules",
    metadata,
    sa.Column("workspace", sa.Text, primary_key=True),
    sa.Column("kind", sa.Text, primary_key=True),
    sa.Column("key", sa.Text, primary_key=True),
    # The last occurrence that was evaluated; what lies after it is still to come.
    sa.Column("watermark", Utc, nullable=False),
    # The rule by which an occurrence was last begun, and that occurrence's local time.
    sa.Column("signature", sa.Text, nullable=False),
    sa.Column("begun", sa.Text),
)

Occurs = Callable[[Tx, str, str, Occurrence, datetime], bool]
Skipped = Callable[[Tx, str, str, Occurrence, str], None]
LATE, MOVED, CHANGED = "late", "moved", "changed"
# After a long silence a schedule goes through so many occurrences in one transaction; the next sweep goes on.
_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Schedule:
    """Something that recurs. It begins `lead` before its occurrence, no longer when that is past by over `grace`."""

    workspace: str
    kind: str
    key: str
    when: When
    zone: str
    lead: timedelta = timedelta(0)
    grace: timedelta = timedelta(hours=1)

    @property
    def signature(self) -> str:
        return f"{self.when.text} {self.zone}"


@dataclass(slots=True)
class Swept:
    """What one sweep did. `more`: it left something for another sweep right away."""

    begun: int = 0
    skipped: int = 0
    taken: int = 0
    more: bool = False
    failed: list[Schedule] = field(default_factory=list)

    def add(self, other: "Swept") -> None:
        self.begun += other.begun
        self.skipped += other.skipped
        self.more |= other.more


@dataclass(frozen=True, slots=True)
class Coming:
    """What begins at `begins`."""

    begins: datetime
    schedule: Schedule
    occurrence: Occurrence


def sweep(
    tx: Tx,
    now: datetime,
    schedules: Sequence[Schedule],
    occurs: Mapping[str, Occurs],
    skipped: Mapping[str, Skipped],
    last: datetime | None = None,
) -> Swept:
    """Begins what its time has come for, once for all who sweep at the same time. Both mappings are by kind.

    `occurs(tx, workspace, key, occurrence, now)` says whether it began something that had not begun; `skipped(tx,
    workspace, key, occurrence, reason)` hears of what came too late since nobody swept then ("late") or since the
    schedule was another one then, or none ("changed"), or on a day on which the schedule had happened before it was
    moved ("moved"). `last` is when this process swept before, None at first. A schedule whose feature raises is logged,
    and tried by the next sweep.
    """
    swept = Swept()
    # Always in the same order, so that two who meet new schedules at once wait in a row, not in a ring.
    for schedule in sorted(schedules, key=_identity):
        try:
            with tx.begin_nested():
                done = _advance(tx, now, schedule, occurs[schedule.kind], skipped[schedule.kind], last)
        except sa.exc.OperationalError:
            raise  # the database's own trouble: the whole unit is tried again
        except Exception:
            log.exception("schedule_failed", workspace=schedule.workspace, kind=schedule.kind, key=schedule.key)
            swept.failed.append(schedule)
        else:
            swept.add(done)
    taken = due.take(tx, now)
    for each in taken:
        enqueue(tx, each.workspace, each.kind, each.key)
    swept.taken = len(taken)
    swept.more |= len(taken) >= due.AT_ONCE
    return swept


def coming(tx: Tx, now: datetime, schedules: Sequence[Schedule], each: int = 1) -> list[Coming]:
    """The next `each` occurrences of every schedule that have not begun, soonest first."""
    known = {tuple(row[:3]): row[3] for row in tx.execute(sa.select(*_KEY, schedules_table.c.watermark))}
    found = [
        Coming(occurrence.at - schedule.lead, schedule, occurrence)
        for schedule in schedules
        for occurrence in islice(_after(schedule, known.get(_identity(schedule), now)), each)
    ]
    return sorted(found, key=lambda one: (one.begins, _identity(one.schedule)))


def _advance(
    tx: Tx, now: datetime, schedule: Schedule, occurs: Occurs, skipped: Skipped, last: datetime | None
) -> Swept:
    swept = Swept()
    row = _locked(tx, now, schedule)
    if row is None:
        return swept
    watermark, signature, begun = row
    ahead = _after(schedule, watermark)
    for occurrence in islice(ahead, _AT_ONCE):
        if occurrence.at - schedule.lead > now:
            break
        reason = _unwanted(schedule, occurrence, now, signature, begun, last)
        if reason:
            skipped(tx, schedule.workspace, schedule.key, occurrence, reason)
            swept.skipped += 1
        else:
            swept.begun += occurs(tx, schedule.workspace, schedule.key, occurrence, now)
            signature, begun = schedule.signature, occurrence.wall
        watermark = occurrence.at
    else:
        swept.more = True
    if watermark != row[0]:
        values = {"watermark": watermark, "signature": signature, "begun": begun}
        tx.execute(schedules_table.update().where(*_is(schedule)).values(values))
    return swept


def _unwanted(
    schedule: Schedule,
    occurrence: Occurrence,
    now: datetime,
    signature: str,
    begun: str | None,
    last: datetime | None,
) -> str | None:
    # Moved from 09:00 to 10:00 at half past nine: today's has been.
    if begun and signature != schedule.signature and begun[:10] == occurrence.wall[:10]:
        return MOVED
    if now - occurrence.at > schedule.grace:
        return LATE if last is None or last < occurrence.at else CHANGED
    return None


def _locked(tx: Tx, now: datetime, schedule: Schedule) -> tuple[datetime, str, str | None] | None:
    """The schedule's row, for this transaction alone; None while another sweep has it. A new one begins from now."""
    query = sa.select(schedules_table.c.watermark, schedules_table.c.signature, schedules_table.c.begun)
    query = query.where(*_is(schedule)).with_for_update(skip_locked=True)
    found = tx.execute(query).first()
    if found is None:
        # Asked without the lock: an insert that meets a row somebody is changing would wait for him.
        if tx.execute(sa.select(schedules_table.c.key).where(*_is(schedule))).first():
            return None
        names = dict(zip(("workspace", "kind", "key"), _identity(schedule), strict=True))
        insert = (sqlite if tx.dialect.name == "sqlite" else postgresql).insert(schedules_table)
        insert = insert.values(**names, watermark=now, signature=schedule.signature)
        tx.execute(insert.on_conflict_do_nothing())
        found = tx.execute(query).first()
    return (found[0], found[1], found[2]) if found else None


def _after(schedule: Schedule, moment: datetime) -> Iterator[Occurrence]:
    while True:
        try:
            occurrence = next_after(schedule.when, schedule.zone, moment)
        except ValueError:  # a rule with a last year never happens again
            return
        yield occurrence
        moment = occurrence.at


_KEY = (schedules_table.c.workspace, schedules_table.c.kind, schedules_table.c.key)


def _identity(schedule: Schedule) -> tuple[str, str, str]:
    return schedule.workspace, schedule.kind, schedule.key


def _is(schedule: Schedule) -> list[sa.ColumnElement[bool]]:
    return [column == value for column, value in zip(_KEY, _identity(schedule), strict=True)]
