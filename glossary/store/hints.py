"""In which channels hints are given, and which have been."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import delete, select

from glossary.store.tables import hinted_channels, hints
from rituals.tables import Tx, inserting


class HintStore:
    """The hints of one workspace."""

    def __init__(self, tx: Tx, workspace: str) -> None:
        self._tx = tx
        self._workspace = workspace

    def channels(self) -> frozenset[str]:
        """Those that want hints."""
        mine = hinted_channels.c.workspace == self._workspace
        return frozenset(self._tx.scalars(select(hinted_channels.c.channel).where(mine)))

    def switch_on(self, channel: str, by: str, now: datetime) -> None:
        row = {"workspace": self._workspace, "channel": channel, "by": by, "at": now}
        self._tx.execute(inserting(self._tx, hinted_channels).values(row).on_conflict_do_nothing())

    def switch_off(self, channel: str) -> None:
        mine = hinted_channels.c.workspace == self._workspace
        self._tx.execute(delete(hinted_channels).where(mine, hinted_channels.c.channel == channel))

    def give(self, channel: str, ts: str, terms: Collection[str], week: date) -> tuple[str, ...]:
        """Those of the terms that had no hint in this channel this week; now they have."""
        return tuple(term for term in terms if self._give(channel, ts, term, week))

    def given(self, channel: str, ts: str) -> tuple[str, ...]:
        """The terms that a message's hint is for."""
        query = select(hints.c.term).where(
            hints.c.workspace == self._workspace, hints.c.channel == channel, hints.c.ts == ts
        )
        return tuple(self._tx.scalars(query.order_by(hints.c.term)))

    def forget(self, before: date) -> None:
        """Clears away hints of weeks that are long over."""
        self._tx.execute(delete(hints).where(hints.c.workspace == self._workspace, hints.c.week < before))

    def _give(self, channel: str, ts: str, term: str, week: date) -> bool:
        row = {"workspace": self._workspace, "channel": channel, "term": term, "week": week, "ts": ts}
        adding = inserting(self._tx, hints).values(row).on_conflict_do_nothing()
        return self._tx.execute(adding.returning(hints.c.term)).first() is not None
