"""Answers: one row for one person in one round, ever."""

import json
from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, Select, and_, delete, select

from rituals.standup.rules import Answer
from rituals.standup.store import hot
from rituals.standup.store.tables import answers, participants, rounds
from rituals.tables import Tx

NAMES = ("user", "via", "sent_at", "edited_at", "late", "early", "source_channel", "source_ts")


class AnswerStore:
    """The answers of one workspace."""

    def __init__(self, tx: Tx, workspace: str) -> None:
        self._tx = tx
        self._workspace = workspace

    def get(self, round_id: str, user: str) -> Answer | None:
        named = {"of": self._workspace, "in_round": round_id, "who": user}
        row = self._tx.execute(hot.ANSWER, named).mappings().one_or_none()
        return _answer(row) if row else None

    def put(self, round_id: str, answer: Answer) -> None:
        """Her only answer in this round: the first, or in the place of what she said before."""
        row = {"workspace": self._workspace, "round": round_id, **_row(answer)}
        self._tx.execute(hot.ANSWER_KEPT[self._tx.dialect.name], row)

    def remove(self, round_id: str, user: str) -> None:
        self._tx.execute(
            delete(answers).where(
                answers.c.workspace == self._workspace, answers.c.round == round_id, answers.c.user == user
            )
        )

    def of_round(self, round_id: str) -> dict[str, Answer]:
        """By user, in the order they were sent."""
        query = self._all().where(answers.c.round == round_id).order_by(answers.c.sent_at, answers.c.user)
        return {answer.user: answer for answer in self._answers(query)}

    def of_users(self, round_id: str, users: Collection[str]) -> dict[str, Answer]:
        query = self._all().where(answers.c.round == round_id, answers.c.user.in_(users))
        return {answer.user: answer for answer in self._answers(query)}

    def of_user(self, user: str, round_ids: Collection[str]) -> dict[str, Answer]:
        """By round."""
        query = self._all().where(answers.c.user == user, answers.c.round.in_(round_ids))
        return {row["round"]: _answer(row) for row in self._tx.execute(query).mappings()}

    def newest_of(self, user: str, limit: int) -> dict[str, Answer]:
        """By round, newest round first."""
        query = (
            self._all()
            .join(rounds, and_(rounds.c.workspace == answers.c.workspace, rounds.c.id == answers.c.round))
            .where(answers.c.user == user)
            .order_by(rounds.c.thread_at.desc())
            .limit(limit)
        )
        return {row["round"]: _answer(row) for row in self._tx.execute(query).mappings()}

    def taken_from(self, channel: str, ts: str) -> tuple[str, str] | None:
        """The (round, user) of the answer that was taken from this message."""
        query = select(answers.c.round, answers.c.user).where(
            answers.c.workspace == self._workspace, answers.c.source_channel == channel, answers.c.source_ts == ts
        )
        row = self._tx.execute(query).one_or_none()
        return (row[0], row[1]) if row else None

    def everything(self, since: datetime | None = None) -> Iterator[RowMapping]:
        """All answers with their rounds and participants, oldest round first, read as they are used."""
        query = (
            select(answers, rounds.c.settings, rounds.c.wall, participants.c.prompt_at, participants.c.function)
            .join(rounds, and_(rounds.c.workspace == answers.c.workspace, rounds.c.id == answers.c.round))
            .join(
                participants,
                and_(
                    participants.c.workspace == answers.c.workspace,
                    participants.c.round == answers.c.round,
                    participants.c.user == answers.c.user,
                ),
            )
            .where(answers.c.workspace == self._workspace)
            .order_by(rounds.c.thread_at, rounds.c.id, answers.c.sent_at, answers.c.user)
        )
        if since is not None:
            query = query.where(answers.c.sent_at >= since)
        yield from self._tx.execute(query.execution_options(yield_per=500)).mappings()

    @staticmethod
    def read(row: RowMapping) -> Answer:
        """The answer in a row of `everything`."""
        return _answer(row)

    def _all(self) -> Select[Any]:
        return select(answers).where(answers.c.workspace == self._workspace)

    def _answers(self, query: Select[Any]) -> list[Answer]:
        return [_answer(row) for row in self._tx.execute(query).mappings()]


def _row(answer: Answer) -> dict[str, Any]:
    said = json.dumps(dict(answer.values))
    return {"said": said, **{name: getattr(answer, name) for name in NAMES}}


def _answer(row: RowMapping) -> Answer:
    return Answer(values=json.loads(row["said"]), **{name: row[name] for name in NAMES})
