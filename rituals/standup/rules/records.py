"""What a stand-up is made of: rounds, who takes part in them, what they answered, and what is shown of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Literal

from rituals.blockers.rules import Blocker
from rituals.standup.settings import Question, Standup

RoundState = Literal["planned", "open", "closed", "skipped"]
ParticipantState = Literal["planned", "asked", "away"]
Via = Literal["modal", "thread", "dm"]
Value = str | int
Values = Mapping[str, Value]

NO_VALUES: Values = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Round:
    """One occurrence of a stand-up, with the settings and questions it was begun with. All moments are aware UTC.

    planned: it takes early answers and first prompts may go out, its thread is not due yet. open: the thread is up.
    `id` is "<stand-up>.<wall>", `wall` the scheduled wall-clock time ("2026-11-23T09:00"). `begins_at` is when the
    first participant's answer begins to count. `reason` says why it was skipped (and `skipped_by` by whom, if by a
    person), or that it was started out of turn.
    """

    id: str
    standup: Standup
    wall: str
    state: RoundState
    reason: str | None
    begins_at: datetime
    thread_at: datetime
    closes_at: datetime
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    skipped_by: str | None = None


@dataclass(frozen=True, slots=True)
class Participant:
    """One person's part in a round. `closes_at` is the end of her own window, never later than the round's.

    `away` says in words why nothing is asked of her ("away until 2 Jan"); while she is still planned it is what was
    known ahead, and is looked at again when her time comes. `remind_at` is the next reminder, or None;
    `reminders_sent` counts those that went out. `comment_only` is set once she said that a reply was just a comment.
    """

    round: str
    user: str
    state: ParticipantState
    prompt_at: datetime
    closes_at: datetime
    asked_at: datetime | None
    away: str | None
    optional: bool
    function: str | None
    zone: str
    remind_at: datetime | None
    reminders_sent: int
    comment_only: bool
    first_ever: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """What she said: text, blocker and choice as str, scale as int 1 to 5, waiting as a function's key; verbatim.

    `sent_at` is the first sending and `via` how that came; `edited_at` the newest change. `early` is before her prompt,
    `late` after the close. `source_channel` and `source_ts` name the reply it was taken from, which it follows.
    """

    user: str
    values: Values
    via: Via
    sent_at: datetime
    edited_at: datetime | None
    late: bool
    early: bool
    source_channel: str | None = None
    source_ts: str | None = None


@dataclass(frozen=True, slots=True)
class Preference:
    """What one person asked of one stand-up. `optional` None: as the settings say. `at` is her own time ("10:30").

    `silent_asked_at` is when she was asked what would suit her after silent rounds; no reminders until she answers.
    """

    user: str
    standup: str
    optional: bool | None = None
    at: str | None = None
    silent_asked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Readers:
    """Who will read an answer: the channel, whether it is private, how many people are in it, the stand-up's owner;
    and whether people of another company read it too."""

    channel: str
    private: bool
    people: int
    owner: str
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Prompt:
    """What one person is asked. `questions` are hers, `last` is her answer of the round before, `blockers` are open."""

    round: Round
    participant: Participant
    name: str
    questions: tuple[Question, ...]
    last: Answer | None
    last_questions: tuple[Question, ...]
    blockers: tuple[Blocker, ...]
    readers: Readers
    first_ever: bool


@dataclass(frozen=True, slots=True)
class Board:
    """How a round stands. `expected` are those who are neither optional nor away; `answered` is how many of them did.

    `optional_answered` counts the others who answered all the same; `late` is how many of all answers came late.
    `away` are (user, words) of those who are away and did not answer.
    """

    round: Round
    expected: int
    answered: int
    optional_answered: int
    late: int
    away: tuple[tuple[str, str], ...]
    closes_at: datetime

    @property
    def waiting_for(self) -> int:
        return self.expected - self.answered


@dataclass(frozen=True, slots=True)
class Entry:
    """One person's answer with what is needed to show it. `function` is a key; `questions` are those she was asked."""

    user: str
    name: str
    function: str | None
    answer: Answer
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """The answers of one function; `function` None gathers those who belong to none, and comes last."""

    function: str | None
    name: str
    side: str | None
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class BlockerLine:
    """An open blocker, the name of the function it waits on, and its age in words ("2 working days")."""

    blocker: Blocker
    function: str | None
    age: str


@dataclass(frozen=True, slots=True)
class Ask:
    """`from_function` waits for `function` (keys): how many blockers, since when the oldest, and that in words."""

    from_function: str | None
    function: str
    count: int
    oldest: datetime
    age: str


@dataclass(frozen=True, slots=True)
class Scale:
    question: Question
    average: float
    count: int


@dataclass(frozen=True, slots=True)
class Choice:
    """How often each option was chosen, in the question's own order."""

    question: Question
    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """`answered` of `expected`; `late` of all answers; `away` and silent; `optional_answered` were not expected."""

    expected: int
    answered: int
    late: int
    away: int
    optional_answered: int


@dataclass(frozen=True, slots=True)
class Digest:
    """A whole round. `blockers` are the open ones of its channel, oldest first.

    `missing_for_owner` are those who owed an answer and gave none: for the stand-up's owner alone.
    """

    round: Round
    sections: tuple[Section, ...]
    blockers: tuple[BlockerLine, ...]
    asks: tuple[Ask, ...]
    scales: tuple[Scale, ...]
    choices: tuple[Choice, ...]
    counts: Counts
    away: tuple[tuple[str, str], ...]
    missing_for_owner: tuple[str, ...]
