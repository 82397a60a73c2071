"""Rounds: begun once, moved from state to state, and found again."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import RowMapping, Select, and_, func, select, update

from rituals.standup.rules import Round
from rituals.standup.store import hot, snapshot
from rituals.standup.store.tables import participants, rounds
from rituals.tables import Tx, inserting

Lock = Literal["keep", "change"]
GETTING = {None: hot.ROUND, "keep": hot.ROUND_KEPT, "change": hot.ROUND_LOCKED}


class RoundStore:
    """The rounds of one workspace."""

    def __init__(self, tx: Tx, workspace: str) -> None:
        self._tx = tx
        self._workspace = workspace

    def add(self, round_: Round) -> bool:
        """False if there was one of this id: of two processes that begin a round, one does."""
        row = {"workspace": self._workspace, "revision": 0, **_row(round_)}
        adding = inserting(self._tx, rounds).values(row).on_conflict_do_nothing().returning(rounds.c.id)
        return self._tx.execute(adding).first() is not None

    def get(self, round_id: str, lock: Lock | None = None) -> Round | None:
        """With lock "keep" the round stays in its state until this transaction has ended, and many may hold it so;
        with "change" nobody else holds it either."""
        named = {"of": self._workspace, "in_round": round_id}
        row = self._tx.execute(GETTING[lock], named).first()
        if row is None:
            return None
        key, settings, *others = row
        return Round(key, snapshot.read(settings), *others)

    def save(self, round_: Round) -> None:
        self._tx.execute(
            update(rounds)
            .where(rounds.c.workspace == self._workspace, rounds.c.id == round_.id)
            .values(revision=rounds.c.revision + 1, **_row(round_))
        )

    def running(self) -> list[Round]:
        return self._rounds(self._all().where(rounds.c.state.in_(("planned", "open"))).order_by(rounds.c.thread_at))

    def skipped_after(self, moment: datetime, reasons: Collection[str]) -> list[Round]:
        """Those whose threads were to open after a moment, and that do not take place for one of these reasons."""
        which = (rounds.c.state == "skipped", rounds.c.reason.in_(reasons), rounds.c.thread_at > moment)
        return self._rounds(self._all().where(*which).order_by(rounds.c.thread_at))

    def at_wall(self, standup: str, wall: str) -> Round | None:
        """The round of an occurrence, also where a change of schedule moved an older one there."""
        found = self._rounds(self._all().where(rounds.c.standup == standup, rounds.c.wall == wall))
        return found[0] if found else None

    def closed_since(self, moment: datetime) -> list[Round]:
        return self._rounds(self._all().where(rounds.c.state == "closed", rounds.c.closed_at >= moment))

    def of(self, ids: Collection[str]) -> dict[str, Round]:
        return {round_.id: round_ for round_ in self._rounds(self._all().where(rounds.c.id.in_(ids)))}

    def before(self, round_: Round) -> Round | None:
        """The round of the same stand-up before this one, not counting those that did not take place."""
        query = self._of_standup(round_.standup.key).where(rounds.c.thread_at < round_.thread_at)
        found = self._rounds(query.order_by(rounds.c.thread_at.desc()).limit(1))
        return found[0] if found else None

    def next_has_begun(self, round_: Round, user: str, now: datetime) -> bool:
        """Whether a later round's thread is up or due, or its prompt has come for this person."""
        hers = (
            (participants.c.workspace == rounds.c.workspace)
            & (participants.c.round == rounds.c.id)
            & (participants.c.user == user)
        )
        query = (
            select(rounds.c.id)
            .select_from(rounds.outerjoin(participants, hers))
            .where(
                rounds.c.workspace == self._workspace,
                rounds.c.standup == round_.standup.key,
                rounds.c.state != "skipped",
                rounds.c.thread_at > round_.thread_at,
                (rounds.c.thread_at <= now) | (participants.c.prompt_at <= now),
            )
            .limit(1)
        )
        return self._tx.execute(query).first() is not None

    def closed_ids(self, standup: str, until: datetime, limit: int) -> tuple[str, ...]:
        """The newest closed rounds whose thread was due no later than `until`, newest first."""
        query = (
            select(rounds.c.id)
            .where(
                rounds.c.workspace == self._workspace,
                rounds.c.standup == standup,
                rounds.c.state == "closed",
                rounds.c.thread_at <= until,
            )
            .order_by(rounds.c.thread_at.desc())
            .limit(limit)
        )
        return tuple(self._tx.scalars(query))

    def last(self, standup: str, day: str | None) -> Round | None:
        """The newest round whose thread went up or that is over; with `day` ("2026-11-16") that of this local day."""
        query = self._of_standup(standup).where(rounds.c.state.in_(("open", "closed")))
        if day is not None:
            query = query.where(rounds.c.wall.startswith(day, autoescape=True))
        found = self._rounds(query.order_by(rounds.c.thread_at.desc()).limit(1))
        return found[0] if found else None

    def newest(self) -> tuple[str, ...]:
        """Of each stand-up the newest round whose thread went up or that is over."""
        begun = (rounds.c.workspace == self._workspace, rounds.c.state.in_(("open", "closed")))
        last = (
            select(rounds.c.standup, func.max(rounds.c.thread_at).label("at")).where(*begun).group_by(rounds.c.standup)
        )
        found = last.subquery()
        same = and_(rounds.c.standup == found.c.standup, rounds.c.thread_at == found.c.at)
        return tuple(self._tx.scalars(select(rounds.c.id).join(found, same).where(*begun)))

    def _of_standup(self, standup: str) -> Select[Any]:
        return self._all().where(rounds.c.standup == standup, rounds.c.state != "skipped")

    def _all(self) -> Select[Any]:
        return select(rounds).where(rounds.c.workspace == self._workspace)

    def _rounds(self, query: Select[Any]) -> list[Round]:
        return [_round(row) for row in self._tx.execute(query).mappings()]


def _row(round_: Round) -> dict[str, Any]:
    return {
        "id": round_.id,
        "standup": round_.standup.key,
        "wall": round_.wall,
        "channel": round_.standup.channel,
        "settings": snapshot.written(round_.standup),
        "state": round_.state,
        "reason": round_.reason,
        "begins_at": round_.begins_at,
        "thread_at": round_.thread_at,
        "closes_at": round_.closes_at,
        "opened_at": round_.opened_at,
        "closed_at": round_.closed_at,
        "skipped_by": round_.skipped_by,
    }


def _round(row: RowMapping) -> Round:
    return Round(
        id=row["id"],
        standup=snapshot.read(row["settings"]),
        wall=row["wall"],
        state=row["state"],
        reason=row["reason"],
        begins_at=row["begins_at"],
        thread_at=row["thread_at"],
        closes_at=row["closes_at"],
        opened_at=row["opened_at"],
        closed_at=row["closed_at"],
        skipped_by=row["skipped_by"],
    )
