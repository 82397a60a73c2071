"""The statements that every answer and every board needs, built once: hundreds of answers may come in a second.

Building a statement costs SQLAlchemy more than running it. All take `of` (the workspace) and `in_round`, most `who`.
"""

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, exists, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from rituals.people.tables import members
from rituals.standup.rules import Participant, Round
from rituals.standup.store.tables import answers, participants, preferences, rounds

OF: BindParameter[str] = bindparam("of")
IN_ROUND: BindParameter[str] = bindparam("in_round")
WHO: BindParameter[str] = bindparam("who")
IN_STANDUP: BindParameter[str] = bindparam("in_standup")
EXPECTED = and_(participants.c.optional.is_(False), participants.c.away.is_(None))
ANSWERED = and_(
    answers.c.workspace == participants.c.workspace,
    answers.c.round == participants.c.round,
    answers.c.user == participants.c.user,
)


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count().filter(condition)


# Columns in the order of the record's fields, with the settings' text in the place of the stand-up.
ROUND = select(*(rounds.c["settings" if name == "standup" else name] for name in Round.__slots__)).where(
    rounds.c.workspace == OF, rounds.c.id == IN_ROUND
)
# While one answers, the round stays in its state; many may answer at once, and only they and the close keep apart.
ROUND_KEPT = ROUND.with_for_update(read=True, key_share=True)
ROUND_LOCKED = ROUND.with_for_update()

_SHE = (participants.c.workspace == OF, participants.c.round == IN_ROUND, participants.c.user == WHO)
_FIELDS = [participants.c[name] for name in Participant.__slots__]
PERSON = select(*_FIELDS).where(*_SHE)
PERSON_LOCKED = PERSON.with_for_update()
# With her name, and whether she was asked what would suit her; takes `in_standup` too.
KNOWN = select(
    *_FIELDS,
    select(members.c.name).where(members.c.workspace == OF, members.c.user == WHO).scalar_subquery(),
    exists().where(
        preferences.c.workspace == OF,
        preferences.c.standup == IN_STANDUP,
        preferences.c.user == WHO,
        preferences.c.silent_asked_at.is_not(None),
    ),
).where(*_SHE)
KNOWN_LOCKED = KNOWN.with_for_update(of=participants)

ANSWER = select(answers).where(answers.c.workspace == OF, answers.c.round == IN_ROUND, answers.c.user == WHO)

# Expected; how many of them answered; how many others did; how many of all came late; how many are away.
TALLY = (
    select(
        _count(EXPECTED),
        _count(and_(EXPECTED, answers.c.user.is_not(None))),
        _count(and_(~EXPECTED, answers.c.user.is_not(None))),
        _count(answers.c.late.is_(True)),
        _count(participants.c.away.is_not(None)),
    )
    .select_from(participants.outerjoin(answers, ANSWERED))
    .where(participants.c.workspace == OF, participants.c.round == IN_ROUND)
)

# Here `in_standup` stands in the place of `in_round`.
SILENCE_ENDED = (
    update(preferences)
    .where(
        preferences.c.workspace == OF,
        preferences.c.standup == IN_STANDUP,
        preferences.c.user == WHO,
        preferences.c.silent_asked_at.is_not(None),
    )
    .values(silent_asked_at=None)
)

_KEY = ["workspace", "round", "user"]
_POSTGRESQL, _SQLITE = postgresql.insert(answers), sqlite.insert(answers)
# Takes a whole row, by column.
ANSWER_KEPT = {
    "postgresql": _POSTGRESQL.on_conflict_do_update(
        index_elements=_KEY,
        set_={each.name: _POSTGRESQL.excluded[each.name] for each in answers.c if not each.primary_key},
    ),
    "sqlite": _SQLITE.on_conflict_do_update(
        index_elements=_KEY,
        set_={each.name: _SQLITE.excluded[each.name] for each in answers.c if not each.primary_key},
    ),
}
