"""When people are away, and who has asked to be left alone."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta

from sqlalchemy import delete, select

from rituals.people.rules import Absence
from rituals.people.store.opened import Opened, among
from rituals.people.tables import absences, pauses


class Absences(Opened):
    def add_absence(self, user: str, absence: Absence) -> Absence:
        """Keeps an absence, joined with those that it overlaps or adjoins; answers the whole of it."""
        touching = [each for each in self.absences([user]).get(user, ()) if each.touches(absence)]
        for each in touching:
            absence = absence.joined(each)
        self._forget_absences(user, touching)
        self._upsert(absences, [{"user": user, **asdict(absence)}])
        return absence

    def clear_absences(self, user: str, day: date) -> bool:
        """She is back from `day` on: what comes later is dropped, what has begun ends the day before. False: nothing
        was to be cleared."""
        cleared = [each for each in self.absences([user]).get(user, ()) if each.last >= day]
        self._forget_absences(user, cleared)
        begun = [Absence(each.first, day - timedelta(days=1)) for each in cleared if each.first < day]
        self._insert(absences, [{"user": user, **asdict(each)} for each in begun])
        return bool(cleared)

    def absences(self, users: Iterable[str] | None = None) -> dict[str, tuple[Absence, ...]]:
        """User -> her absences, earliest first, past ones among them. Who has none is left out."""
        asked = select(absences.c.user, absences.c.first, absences.c.last)
        asked = asked.where(self._here(absences), among(absences, users)).order_by(absences.c.first)
        found: dict[str, tuple[Absence, ...]] = {}
        for row in self._tx.execute(asked):
            found[row.user] = (*found.get(row.user, ()), Absence(row.first, row.last))
        return found

    def pause(self, user: str, now: datetime) -> bool:
        """Until she resumes, no ritual asks her anything. False: she was paused already."""
        if self.paused_since(user) is not None:
            return False
        self._upsert(pauses, [{"user": user, "since": now}])
        return True

    def resume(self, user: str) -> bool:
        """False: she was not paused."""
        gone = self._tx.execute(delete(pauses).where(self._here(pauses), pauses.c.user == user))
        return gone.rowcount > 0

    def paused_since(self, user: str) -> datetime | None:
        asked = select(pauses.c.since).where(self._here(pauses), pauses.c.user == user)
        return self._tx.scalars(asked).one_or_none()

    def _forget_absences(self, user: str, gone: Sequence[Absence]) -> None:
        if gone:
            firsts = absences.c.first.in_([each.first for each in gone])
            self._tx.execute(delete(absences).where(self._here(absences), absences.c.user == user, firsts))
