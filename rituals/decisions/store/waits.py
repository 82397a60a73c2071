"""How long people waited for answers: one narrow row a wait, counted by the database where there are many."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Text, and_, func, insert, or_, select, update
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from rituals.decisions.records import Wait
from rituals.decisions.store.tables import waits
from rituals.tables import Tx, among


class WaitStore:
    """The waits of one workspace."""

    def __init__(self, tx: Tx, workspace: str) -> None:
        self._tx = tx
        self._workspace = workspace

    def begin(self, wait: Wait) -> None:
        """One more of this decision."""
        self.add_all([(1 + self._last(wait.decision), wait)])

    def add_all(self, numbered: Sequence[tuple[int, Wait]]) -> None:
        rows = [_row(self._workspace, n, wait) for n, wait in numbered]
        if rows:
            self._tx.execute(insert(waits), rows)

    def end(self, number: int, until: datetime, ended: str, worked: int) -> None:
        """The one that lasts is over."""
        self._newest(number, until=_seconds(until), ended=ended, worked=worked)

    def go_on(self, number: int) -> None:
        """The newest was not over after all."""
        self._newest(number, until=None, ended=None, worked=None)

    def since(self, number: int) -> datetime:
        """When the newest began."""
        query = select(waits.c.since).where(self._here(), waits.c.number == number).order_by(waits.c.n.desc())
        return _moment(self._tx.execute(query.limit(1)).scalar_one())

    def date_back(self, number: int, since: datetime) -> None:
        """The first had begun before it was known, if it lasts: one that is over was measured as it was, and later
        ones, after reopening, begin when they began."""
        began = _seconds(since)
        first = and_(
            self._here(), waits.c.number == number, waits.c.n == 1, waits.c.until.is_(None), waits.c.since > began
        )
        self._tx.execute(update(waits).where(first).values(since=began))

    def move(self, number: int, asked: str | None, decider: str) -> None:
        """Somebody else is waited for."""
        self._newest(number, asked=asked, decider=decider)

    def decided(self, where: "Where") -> str:
        """The whole working minutes of all that were answered, in one text with commas between them: to hand over a
        hundred thousand rows takes three times as long as to find them."""
        minutes = select(_Joined(waits.c.worked))
        query = minutes.where(self._here(), waits.c.ended == "decided", *where.conditions(self._tx))
        return self._tx.scalar(query) or ""

    def withdrawn(self, where: "Where") -> int:
        query = select(func.count()).where(self._here(), waits.c.ended == "withdrawn", *where.conditions(self._tx))
        return self._tx.scalar(query) or 0

    def lasting(self, where: "Where") -> dict[str, str]:
        """By who is waited for: since when those last that are not over, in whole seconds since 1970, with commas."""
        query = select(waits.c.decider, _Joined(waits.c.since)).group_by(waits.c.decider)
        found = self._tx.execute(query.where(self._here(), waits.c.until.is_(None), *where.conditions(self._tx)))
        return {row[0]: row[1] for row in found}

    def decided_between(self, where: "Where") -> list[tuple[str | None, str | None, str]]:
        """By who waited for whom: the working minutes of all that were answered, with commas between them."""
        pair = (waits.c.waiting, waits.c.asked)
        query = select(*pair, _Joined(waits.c.worked)).group_by(*pair)
        found = self._tx.execute(query.where(self._here(), waits.c.ended == "decided", *where.conditions(self._tx)))
        return [(row[0], row[1], row[2]) for row in found]

    def lasting_between(self, where: "Where") -> list[tuple[str | None, str | None, str, str]]:
        """By who waits for whom, and who of them is to decide: since when, as `lasting` has it."""
        pair = (waits.c.waiting, waits.c.asked, waits.c.decider)
        query = select(*pair, _Joined(waits.c.since)).group_by(*pair)
        found = self._tx.execute(query.where(self._here(), waits.c.until.is_(None), *where.conditions(self._tx)))
        return [(row[0], row[1], row[2], row[3]) for row in found]

    def spans(self, where: "Where", asked_since: datetime, decided_since: datetime) -> list[tuple[int, int | None]]:
        """Of those that were asked, or decided, since: when they began and, if they were decided, ended, in seconds
        since 1970. Without those that were withdrawn."""
        lately = or_(waits.c.since >= _seconds(asked_since), waits.c.until >= _seconds(decided_since))
        kept = or_(waits.c.ended.is_(None), waits.c.ended == "decided")
        query = select(waits.c.since, waits.c.until).where(self._here(), kept, lately, *where.conditions(self._tx))
        return [(row[0], row[1]) for row in self._tx.execute(query)]

    def all(self, where: "Where") -> list[Wait]:
        """Every one, as it is."""
        return self._list(*where.conditions(self._tx))

    def _list(self, *conditions: ColumnElement[bool]) -> list[Wait]:
        query = select(waits).where(self._here(), *conditions).order_by(waits.c.since, waits.c.number, waits.c.n)
        return [_wait(row) for row in self._tx.execute(query).mappings()]

    def _newest(self, number: int, **values: Any) -> None:
        this = and_(self._here(), waits.c.number == number, waits.c.n == self._last(number))
        self._tx.execute(update(waits).where(this).values(**values))

    def _last(self, number: int) -> int:
        asked = select(func.max(waits.c.n)).where(self._here(), waits.c.number == number)
        return self._tx.scalar(asked) or 0

    def _here(self) -> ColumnElement[bool]:
        return waits.c.workspace == self._workspace


class Where:
    """Which waits are meant: asked in these channels, since then, before then, of this function. None leaves a part
    open.

    Always those that began since, whether they ended or not. Adding older ones for lasting until then would take the
    long ones only, and call everything slower than it is.
    """

    def __init__(
        self,
        channels: Collection[str] | None,
        since: datetime | None = None,
        until: datetime | None = None,
        function: str | None = None,
    ) -> None:
        self._channels, self._function = channels, function
        self._since, self._until = since, until
        self._made: dict[str, list[ColumnElement[bool]]] = {}

    def conditions(self, tx: Tx) -> list[ColumnElement[bool]]:
        """Made once for each kind of database, since a summary asks for the same waits several times."""
        if tx.dialect.name not in self._made:
            self._made[tx.dialect.name] = self._make(tx)
        return self._made[tx.dialect.name]

    def _make(self, tx: Tx) -> list[ColumnElement[bool]]:
        found: list[ColumnElement[bool]] = []
        if self._channels is not None:
            found.append(among(tx, waits.c.channel, self._channels))
        if self._since is not None:
            found.append(waits.c.since >= _seconds(self._since))
        if self._until is not None:
            found.append(waits.c.since < _seconds(self._until))
        if self._function is not None:
            found.append(waits.c.asked == self._function)
        return found


class _Joined(FunctionElement[str]):
    """A column of whole numbers as one text with commas, by the fastest way that each database has: SQLite writes a
    JSON list faster than it joins texts."""

    type = Text()
    inherit_cache = True


@compiles(_Joined)
def _joined(joined: _Joined, compiler: SQLCompiler, **options: Any) -> str:
    return f"array_to_string(array_agg({compiler.process(joined.clauses, **options)}), ',')"


@compiles(_Joined, "sqlite")
def _joined_on_sqlite(joined: _Joined, compiler: SQLCompiler, **options: Any) -> str:
    return f"trim(json_group_array({compiler.process(joined.clauses, **options)}), '[]')"


def _row(workspace: str, n: int, wait: Wait) -> dict[str, Any]:
    return {
        "workspace": workspace,
        "number": wait.decision,
        "n": n,
        "channel": wait.channel,
        "since": _seconds(wait.since),
        "until": None if wait.until is None else _seconds(wait.until),
        "ended": wait.ended,
        "worked": wait.worked,
        "waiting": wait.waiting,
        "asked": wait.asked,
        "decider": wait.decider,
    }


def _wait(row: Any) -> Wait:
    return Wait(
        decision=row["number"],
        channel=row["channel"],
        since=_moment(row["since"]),
        until=None if row["until"] is None else _moment(row["until"]),
        ended=row["ended"],
        worked=row["worked"],
        waiting=row["waiting"],
        asked=row["asked"],
        decider=row["decider"],
    )


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
