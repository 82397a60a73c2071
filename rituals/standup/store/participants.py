"""Who takes part in a round, whose time has come, and how many have answered."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVarTuple

from sqlalchemy import ColumnElement, RowMapping, Select, and_, bindparam, delete, func, select, update

from rituals.standup.rules import Participant
from rituals.standup.store import hot
from rituals.standup.store.hot import ANSWERED, EXPECTED
from rituals.standup.store.tables import answers, participants, rounds
from rituals.tables import Tx, inserting

Shape = TypeVarTuple("Shape")
NAMES = tuple(column.name for column in participants.c if column.name != "workspace")
CHANGING = tuple(name for name in NAMES if name not in ("round", "user"))


@dataclass(frozen=True, slots=True)
class Tally:
    """How many are expected, how many of them answered, how many others did, how many of all came late; and how many
    are away, whether they answered or not."""

    expected: int
    answered: int
    optional_answered: int
    late: int
    away: int


@dataclass(frozen=True, slots=True)
class Known:
    """A participant, her name, and whether she was asked what would suit her and has not answered since."""

    person: Participant
    name: str
    silent: bool


class ParticipantStore:
    """The participants of one workspace's rounds."""

    def __init__(self, tx: Tx, workspace: str) -> None:
        self._tx = tx
        self._workspace = workspace

    def add(self, people: Sequence[Participant]) -> None:
        """Those who are in already stay as they are."""
        if people:
            rows = [{"workspace": self._workspace, **_row(person)} for person in people]
            self._tx.execute(inserting(self._tx, participants).on_conflict_do_nothing(), rows)

    def get(self, round_id: str, user: str, *, lock: bool = False) -> Participant | None:
        """With `lock`, nobody else answers for her in this round before this transaction has ended."""
        named = {"of": self._workspace, "in_round": round_id, "who": user}
        row = self._tx.execute(hot.PERSON_LOCKED if lock else hot.PERSON, named).first()
        return Participant(*row) if row else None

    def known(self, round_id: str, standup: str, user: str, *, lock: bool = False) -> Known | None:
        """As `get`, with what else an answer of hers needs: one query instead of three."""
        named = {"of": self._workspace, "in_round": round_id, "who": user, "in_standup": standup}
        row = self._tx.execute(hot.KNOWN_LOCKED if lock else hot.KNOWN, named).first()
        return Known(Participant(*row[:-2]), row[-2] or user, bool(row[-1])) if row else None

    def of_round(self, round_id: str) -> dict[str, Participant]:
        """By user, in the order of their ids."""
        return {person.user: person for person in self._people(self._of(round_id).order_by(participants.c.user))}

    def of_user(self, user: str, round_ids: Collection[str]) -> dict[str, Participant]:
        """By round."""
        query = self._all().where(participants.c.user == user, participants.c.round.in_(round_ids))
        return {person.round: person for person in self._people(query)}

    def due_prompts(self, round_id: str, now: datetime, limit: int) -> list[Participant]:
        query = self._of(round_id).where(participants.c.state == "planned", participants.c.prompt_at <= now)
        ordered = query.order_by(participants.c.prompt_at, participants.c.user).limit(limit)
        return self._people(ordered.with_for_update(of=participants))

    def due_reminders(self, round_id: str, now: datetime, limit: int) -> list[Participant]:
        """Who was asked, owes an answer, and whose next reminder is due."""
        query = self._of(round_id).where(
            participants.c.state == "asked",
            participants.c.remind_at <= now,
            EXPECTED,
            ~select(answers.c.user).where(ANSWERED).exists(),
        )
        ordered = query.order_by(participants.c.remind_at, participants.c.user).limit(limit)
        return self._people(ordered.with_for_update(of=participants))

    def save(self, people: Sequence[Participant]) -> None:
        if people:
            rows = [{f"new_{name}": value for name, value in _row(person).items()} for person in people]
            self._tx.execute(
                update(participants)
                .where(
                    participants.c.workspace == self._workspace,
                    participants.c.round == bindparam("new_round"),
                    participants.c.user == bindparam("new_user"),
                )
                .values({name: bindparam(f"new_{name}") for name in CHANGING}),
                rows,
            )

    def give_up(self, round_id: str, why: str) -> None:
        """Who was never asked in a round that is over is shown as away, not as missing."""
        self._tx.execute(
            update(participants)
            .where(
                participants.c.workspace == self._workspace,
                participants.c.round == round_id,
                participants.c.state == "planned",
                ~select(answers.c.user).where(ANSWERED).exists(),
            )
            .values(state="away", away=func.coalesce(participants.c.away, why))
        )

    def remove(self, round_id: str, users: Collection[str]) -> None:
        if users:
            self._tx.execute(
                delete(participants).where(
                    participants.c.workspace == self._workspace,
                    participants.c.round == round_id,
                    participants.c.user.in_(users),
                )
            )

    def tally(self, round_id: str) -> Tally:
        found = self._tx.execute(hot.TALLY, {"of": self._workspace, "in_round": round_id}).one()
        expected, answered, others, late, away = found
        return Tally(expected, answered, others, late, away)

    def away(self, round_id: str) -> tuple[tuple[str, str], ...]:
        """Who is away and did not answer, with the reason in words."""
        query = select(participants.c.user, participants.c.away).where(
            participants.c.away.is_not(None), ~select(answers.c.user).where(ANSWERED).exists()
        )
        ordered = self._here(query, round_id).order_by(participants.c.user)
        return tuple((user, why) for user, why in self._tx.execute(ordered))

    def asked_before(self, users: Collection[str]) -> frozenset[str]:
        """Which of them have ever had a prompt, of any stand-up."""
        query = (
            select(participants.c.user)
            .distinct()
            .where(
                participants.c.workspace == self._workspace,
                participants.c.user.in_(users),
                participants.c.state == "asked",
                # Not those who answered before they were asked: they have never had one.
                participants.c.asked_at.is_not(None),
            )
        )
        return frozenset(self._tx.scalars(query))

    def silences(self, round_ids: Collection[str], users: Collection[str]) -> dict[str, list[bool]]:
        """By user, newest first: whether she kept silent in each of these rounds in which she was expected."""
        query = (
            select(participants.c.user, answers.c.user.is_(None))
            .select_from(participants.join(rounds, _same_round()).outerjoin(answers, ANSWERED))
            .where(
                participants.c.workspace == self._workspace,
                participants.c.round.in_(round_ids),
                participants.c.user.in_(users),
                participants.c.state == "asked",
                EXPECTED,
            )
            .order_by(rounds.c.thread_at.desc())
        )
        found: dict[str, list[bool]] = {}
        for user, silent in self._tx.execute(query):
            found.setdefault(user, []).append(bool(silent))
        return found

    def _here(self, query: Select[*Shape], round_id: str) -> Select[*Shape]:
        return query.where(participants.c.workspace == self._workspace, participants.c.round == round_id)

    def _of(self, round_id: str) -> Select[Any]:
        return self._all().where(participants.c.round == round_id)

    def _all(self) -> Select[Any]:
        return select(participants).where(participants.c.workspace == self._workspace)

    def _people(self, query: Select[Any]) -> list[Participant]:
        return [_participant(row) for row in self._tx.execute(query).mappings()]


def _same_round() -> ColumnElement[bool]:
    return and_(rounds.c.workspace == participants.c.workspace, rounds.c.id == participants.c.round)


def _row(person: Participant) -> dict[str, Any]:
    return {name: getattr(person, name) for name in NAMES}


def _participant(row: RowMapping) -> Participant:
    return Participant(**{name: row[name] for name in NAMES})
