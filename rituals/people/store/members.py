"""Members as Slack describes them, with the functions and countries that the configuration gives them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import ColumnElement, Row, Select, and_, delete, select

from rituals.people.rules import Absence, Function, Member
from rituals.people.store.absences import Absences
from rituals.people.store.opened import among
from rituals.people.tables import functions, member_countries, members, memberships, pauses


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A member as Slack describes her. `status_emoji` has no colons; `handle` has no @."""

    user: str
    name: str
    handle: str
    email: str
    zone: str
    guest: bool = False
    deactivated: bool = False
    stranger: bool = False
    bot: bool = False
    status_emoji: str = ""
    status_until: datetime | None = None


class Members(Absences):
    def save_members(self, rows: Iterable[MemberRow], now: datetime) -> None:
        """Writes members as they are now, new and known ones. Who is not named stays as she was."""
        self._upsert(members, [asdict(_clean(row)) | {"refreshed_at": now} for row in rows])

    def save_member(self, row: MemberRow, now: datetime) -> None:
        self.save_members([row], now)

    def members(self, users: Iterable[str] | None = None) -> dict[str, Member]:
        """Members by user id: these, or all of the workspace. Who is not known is left out."""
        wanted = None if users is None else set(users)
        if wanted is not None and not wanted:
            return {}
        placed = self._places(wanted)
        away = self.absences(wanted)
        return {
            row.user: _member(row, placed.get(row.user), away.get(row.user, ()))
            for row in self._tx.execute(self._member_rows(wanted))
        }

    def places(self, users: Iterable[str]) -> dict[str, tuple[str, str | None]]:
        """User id -> her zone, and the country whose holidays are hers, as `members` has them, for a fraction of the
        work. Who is not known is left out."""
        wanted = set(users)
        if not wanted:
            return {}
        country = and_(member_countries.c.workspace == members.c.workspace, member_countries.c.user == members.c.user)
        asked = select(members.c.user, members.c.zone, member_countries.c.country)
        asked = asked.select_from(members.outerjoin(member_countries, country))
        placed = self._places(wanted)
        return {
            user: (zone, own or (placed[user].country if user in placed else None))
            for user, zone, own in self._tx.execute(asked.where(self._here(members), among(members, wanted)))
        }

    def row(self, user: str) -> MemberRow | None:
        """What is kept of one person, as it was saved."""
        columns = [members.c[name] for name in MemberRow.__slots__]
        found = self._tx.execute(select(*columns).where(self._here(members), members.c.user == user)).first()
        return MemberRow(*found) if found else None

    def member(self, user: str) -> Member | None:
        return self.members([user]).get(user)

    def names(self, users: Iterable[str] | None = None) -> dict[str, str]:
        """User id -> name, for these users or all of the workspace."""
        asked = select(members.c.user, members.c.name).where(self._here(members), among(members, users))
        return {row.user: row.name for row in self._tx.execute(asked)}

    def by_handle(self, handle: str) -> Member | None:
        """Who is called "@rui" (the @ and capitals don't matter), active members before deactivated ones."""
        return self._found(members.c.handle == _handle(handle)) if _handle(handle) else None

    def by_email(self, email: str) -> Member | None:
        return self._found(members.c.email == _email(email)) if _email(email) else None

    def references(self) -> dict[str, str]:
        """All that a configuration may call somebody -> her user id: "U012AB3CD", "@rui", "rui@acme.example"."""
        named: dict[str, str] = {}
        columns = select(members.c.user, members.c.handle, members.c.email).where(self._here(members))
        for row in self._tx.execute(columns.order_by(members.c.deactivated.desc(), members.c.user.desc())):
            named[row.user] = row.user
            named.update({name: row.user for name in (row.handle and f"@{row.handle}", row.email) if name})
        return named

    def set_functions(
        self,
        found: Sequence[Function],
        belonging: Mapping[str, Collection[str]],
        countries: Mapping[str, str],
    ) -> None:
        """Replaces what the configuration says: functions in their order, function key -> users, user -> country."""
        for table in (functions, memberships, member_countries):
            self._tx.execute(delete(table).where(self._here(table)))
        self._insert(functions, [asdict(each) | {"position": n} for n, each in enumerate(found)])
        pairs = [{"function": key, "user": user} for key, users in belonging.items() for user in set(users)]
        self._insert(memberships, pairs)
        self._insert(member_countries, [{"user": user, "country": code} for user, code in countries.items()])

    def functions(self) -> dict[str, Function]:
        """Functions by key, in the configuration's order."""
        asked = select(functions).where(self._here(functions)).order_by(functions.c.position)
        return {
            row.key: Function(row.key, row.name, row.side, row.lead, row.country) for row in self._tx.execute(asked)
        }

    def users_of(self, keys: Iterable[str]) -> set[str]:
        """Everybody who belongs to one of these functions, as her first or a further one."""
        asked = select(memberships.c.user).where(self._here(memberships), memberships.c.function.in_(list(keys)))
        return set(self._tx.scalars(asked))

    def _member_rows(self, users: set[str] | None) -> Select[Any]:
        beside = [
            and_(each.c.workspace == members.c.workspace, each.c.user == members.c.user)
            for each in (member_countries, pauses)
        ]
        joined = members.outerjoin(member_countries, beside[0]).outerjoin(pauses, beside[1])
        columns = (members, member_countries.c.country, pauses.c.since.is_not(None).label("paused"))
        return select(*columns).select_from(joined).where(self._here(members), among(members, users))

    def _places(self, users: set[str] | None) -> dict[str, Function]:
        """User -> the first function that names her."""
        joined = functions.join(
            memberships,
            and_(memberships.c.workspace == functions.c.workspace, memberships.c.function == functions.c.key),
        )
        asked = select(memberships.c.user, functions).select_from(joined)
        asked = asked.where(self._here(memberships), among(memberships, users)).order_by(functions.c.position.desc())
        return {
            row.user: Function(row.key, row.name, row.side, row.lead, row.country) for row in self._tx.execute(asked)
        }

    def _found(self, condition: ColumnElement[bool]) -> Member | None:
        asked = select(members.c.user).where(self._here(members), condition)
        user = self._tx.scalars(asked.order_by(members.c.deactivated, members.c.user).limit(1)).one_or_none()
        return self.member(user) if user else None


def _member(row: Row[Any], function: Function | None, away: tuple[Absence, ...]) -> Member:
    return Member(
        user=row.user,
        name=row.name,
        zone=row.zone,
        function=function.key if function else None,
        side=function.side if function else None,
        country=row.country or (function.country if function else None),
        guest=row.guest,
        deactivated=row.deactivated,
        stranger=row.stranger,
        bot=row.bot,
        status_emoji=row.status_emoji,
        status_until=row.status_until,
        paused=row.paused,
        absences=away,
    )


def _clean(row: MemberRow) -> MemberRow:
    return replace(row, handle=_handle(row.handle), email=_email(row.email), zone=_zone(row.zone))


def _handle(written: str) -> str:
    return written.strip().removeprefix("@").lower()


def _email(written: str) -> str:
    return written.strip().lower()


@lru_cache(maxsize=1024)
def _zone(name: str) -> str:
    """One member's zone that this machine's time zone database has not heard of must not stop everybody's round."""
    try:
        return ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return "UTC"
