"""Where blockers and their histories are kept."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Index, Integer, RowMapping, Select, Table, Text, and_, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from rituals.blockers.rules import LIVE, Blocker, Changed, Event, Origin
from rituals.tables import Tx, Utc, among, metadata

blockers = Table(
    "blockers",
    metadata,
    Column("workspace", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("raiser", Text, nullable=False),
    Column("function", Text),
    Column("text", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("ritual", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("raised_at", Utc, nullable=False),
    Column("state", Text, nullable=False),
    Column("taker", Text),
    Column("answer", Text),
    Column("changed_at", Utc, nullable=False),
    Column("resolved_at", Utc),
    Column("resolved_by", Text),
    Column("changes", Integer, nullable=False),
    Index("ix_blockers_raiser", "workspace", "raiser", "state"),
    Index("ix_blockers_function", "workspace", "function", "state"),
    Index("ix_blockers_channel", "workspace", "channel", "state"),
)

events = Table(
    "blocker_events",
    metadata,
    Column("workspace", Text, primary_key=True),
    Column("blocker", Text, primary_key=True),
    Column("n", Integer, primary_key=True),
    Column("at", Utc, nullable=False),
    Column("by", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("detail", Text),
)


class BlockerStore:
    """The blockers of one workspace."""

    def __init__(self, tx: Tx, workspace: str) -> None:
        self._tx = tx
        self._workspace = workspace

    def add(self, blocker: Blocker) -> bool:
        """False if there was one of this id."""
        dialect = postgresql if self._tx.dialect.name == "postgresql" else sqlite
        adding = dialect.insert(blockers).values(_row(self._workspace, blocker)).on_conflict_do_nothing()
        return self._tx.execute(adding.returning(blockers.c.id)).first() is not None

    def get(self, blocker_id: str, *, lock: bool = False) -> Blocker | None:
        """With `lock`, nobody else changes it before this transaction has ended."""
        query = self._all().where(blockers.c.id == blocker_id)
        row = self._tx.execute(query.with_for_update() if lock else query).mappings().one_or_none()
        return _blocker(row) if row else None

    def save(self, changed: Changed) -> None:
        """Keeps a change and adds it to the blocker's history."""
        blocker = changed.blocker
        row = _row(self._workspace, blocker)
        self._tx.execute(
            update(blockers).where(blockers.c.workspace == self._workspace, blockers.c.id == blocker.id).values(row)
        )
        self.note(changed)

    def note(self, changed: Changed) -> None:
        self._tx.execute(
            insert(events).values(
                workspace=self._workspace,
                blocker=changed.blocker.id,
                n=changed.blocker.changes,
                at=changed.blocker.changed_at,
                by=changed.by,
                what=changed.what,
                detail=changed.detail,
            )
        )

    def events(self, blocker_id: str) -> tuple[Event, ...]:
        query = (
            select(events.c.n, events.c.at, events.c.by, events.c.what, events.c.detail)
            .where(events.c.workspace == self._workspace, events.c.blocker == blocker_id)
            .order_by(events.c.n)
        )
        return tuple(Event(*row) for row in self._tx.execute(query))

    def live_ids(self) -> frozenset[str]:
        live = select(blockers.c.id).where(blockers.c.workspace == self._workspace, blockers.c.state.in_(LIVE))
        return frozenset(self._tx.scalars(live))

    def live_of(self, raisers: Collection[str]) -> tuple[Blocker, ...]:
        return self._live(blockers.c.raiser.in_(raisers))

    def live_for(self, functions: Collection[str]) -> tuple[Blocker, ...]:
        return self._live(blockers.c.function.in_(functions))

    def live_in(self, channels: Collection[str]) -> tuple[Blocker, ...]:
        return self._live(blockers.c.channel.in_(channels))

    def live_touching(self, raiser: str, functions: Collection[str]) -> tuple[Blocker, ...]:
        """Hers, and those that wait on these functions."""
        return self._live(or_(blockers.c.raiser == raiser, blockers.c.function.in_(functions)))

    def raised_since(self, first: datetime, channels: Collection[str]) -> tuple[Blocker, ...]:
        """All that were raised since in these channels, whatever has become of them, oldest first."""
        query = self._all().where(blockers.c.raised_at >= first, among(self._tx, blockers.c.channel, channels))
        return _blockers(self._tx.execute(query.order_by(blockers.c.raised_at, blockers.c.id)).mappings())

    def answered_at(self, first: datetime, channels: Collection[str]) -> dict[str, datetime]:
        """Of the same, by id: when they were answered, as far as they wait for no other answer since."""
        whole = blockers.join(
            events, and_(events.c.workspace == blockers.c.workspace, events.c.blocker == blockers.c.id)
        )
        query = select(events.c.blocker, events.c.what, events.c.at).select_from(whole)
        these = (blockers.c.raised_at >= first, among(self._tx, blockers.c.channel, channels))
        query = query.where(blockers.c.workspace == self._workspace, *these, events.c.what.in_(_ANSWERS))
        found: dict[str, datetime] = {}
        for blocker, what, at in self._tx.execute(query.order_by(events.c.blocker, events.c.n)):
            if what == "answered":
                found[blocker] = at
            else:
                found.pop(blocker, None)
        return found

    def _live(self, condition: Any) -> tuple[Blocker, ...]:
        query = self._all().where(condition, blockers.c.state.in_(LIVE))
        return _blockers(self._tx.execute(query.order_by(blockers.c.raised_at, blockers.c.id)).mappings())

    def _all(self) -> Select[Any]:
        return select(blockers).where(blockers.c.workspace == self._workspace)


# After the first of these a blocker has its answer, after the others it waits for one.
_ANSWERS = ("answered", "raised", "taken", "moved", "withdrawn")


def _row(workspace: str, blocker: Blocker) -> dict[str, Any]:
    return {
        "workspace": workspace,
        "id": blocker.id,
        "raiser": blocker.raiser,
        "function": blocker.function,
        "text": blocker.text,
        "channel": blocker.channel,
        "ritual": blocker.origin.ritual,
        "origin": blocker.origin.id,
        "raised_at": blocker.raised_at,
        "state": blocker.state,
        "taker": blocker.taker,
        "answer": blocker.answer,
        "changed_at": blocker.changed_at,
        "resolved_at": blocker.resolved_at,
        "resolved_by": blocker.resolved_by,
        "changes": blocker.changes,
    }


def _blockers(rows: Iterable[RowMapping]) -> tuple[Blocker, ...]:
    return tuple(_blocker(row) for row in rows)


def _blocker(row: RowMapping) -> Blocker:
    return Blocker(
        id=row["id"],
        raiser=row["raiser"],
        function=row["function"],
        text=row["text"],
        channel=row["channel"],
        origin=Origin(row["ritual"], row["origin"]),
        raised_at=row["raised_at"],
        state=row["state"],
        taker=row["taker"],
        answer=row["answer"],
        changed_at=row["changed_at"],
        resolved_at=row["resolved_at"],
        resolved_by=row["resolved_by"],
        changes=row["changes"],
    )
