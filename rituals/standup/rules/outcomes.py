"""What each use case hands back: enough to speak, and to know when to come again."""

from dataclasses import dataclass
from datetime import datetime

from rituals.blockers.rules import Blocker, Changed
from rituals.standup.rules.records import (
    Answer,
    Ask,
    BlockerLine,
    Board,
    Digest,
    Entry,
    Participant,
    Prompt,
    Readers,
    Round,
    Value,
)
from rituals.standup.settings import Question


@dataclass(frozen=True, slots=True)
class Moments:
    """When a round wants attention, each moment once and in order. None: that has happened already or never will."""

    prompts: tuple[datetime, ...] = ()
    reminders: tuple[datetime, ...] = ()
    thread_at: datetime | None = None
    closes_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Planned:
    round: Round
    moments: Moments


@dataclass(frozen=True, slots=True)
class Prompts:
    """Whom to ask now. `more`: call again, there are others whose time has come."""

    prompts: tuple[Prompt, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class Opened:
    """The thread may go up; `early` are the answers to show in it at once."""

    board: Board
    early: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer was kept. `show`: put it into the thread, or refresh it there, now.

    `raised`, `changed` (reworded or taken back) and `resolved` are the blockers that moved with it.
    """

    round: Round
    entry: Entry
    is_new: bool
    late: bool
    show: bool
    raised: tuple[Changed, ...]
    changed: tuple[Changed, ...]
    resolved: tuple[Changed, ...]


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """An answer was taken back. `entry` is what it was; `changed` are its blockers, taken back with it."""

    round: Round
    entry: Entry
    changed: tuple[Changed, ...]


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """A direct message could answer any of these rounds."""

    rounds: tuple[Round, ...]


@dataclass(frozen=True, slots=True)
class Reminders:
    """Whom to remind now (`reminders_sent` already counts this one), and whom to ask once what would suit her.

    `moments` is when those who are outside their working hours come up again. `more`: call again.
    """

    round: Round
    remind: tuple[Participant, ...]
    silent: tuple[Participant, ...]
    moments: tuple[datetime, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class Closed:
    """The round is closed. `silent` are users who are to be asked, once, what would suit them."""

    digest: Digest
    silent: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Concerns:
    """What in a round concerns one person. `function` is hers.

    `waiting` waits on her function (as far as she may see it), `mine` she raised, `entries` name her,
    `asks` count who waits for her function.
    """

    round: Round
    function: str | None
    waiting: tuple[BlockerLine, ...]
    mine: tuple[BlockerLine, ...]
    entries: tuple[Entry, ...]
    asks: tuple[Ask, ...]


@dataclass(frozen=True, slots=True)
class Mine:
    """A coming or running round from one person's side, at one moment.

    `owes`: an answer is awaited from her and counts now. `answerable`: an answer, or a new wording of it, counts now.
    """

    round: Round
    participant: Participant
    answer: Answer | None
    owes: bool
    answerable: bool


@dataclass(frozen=True, slots=True)
class Form:
    """What her form shows: the questions that are hers, what she has said, her open blockers from other rounds, and
    who will read it."""

    round: Round
    questions: tuple[Question, ...]
    answer: Answer | None
    blockers: tuple[Blocker, ...]
    readers: Readers


@dataclass(frozen=True, slots=True)
class Row:
    """One answer to one question, for a table."""

    standup: str
    round: str
    wall: str
    channel: str
    user: str
    name: str
    function: str | None
    question: str
    kind: str
    value: Value
    prompt_at: datetime
    sent_at: datetime
    edited_at: datetime | None
    late: bool
    via: str
