"""What every feature is handed at start: the database, the settings of each workspace, and the time."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from bot import outbox
from bot.clock import Clock
from bot.database import Database
from bot.outbox import Post
from bot.settings import Resolved, Settings
from bot.slack.blocks import Block
from rituals.blockers.rules import Changed
from rituals.people.rules import free_from
from rituals.people.store import PeopleStore
from rituals.tables import Tx

# Pressed on a blocker, and answered by the decisions: features know nothing of one another.
FROM_BLOCKER = "decision.from_blocker"

TellBlocker = Callable[[Tx, str, Changed, Resolved, datetime], None]


@dataclass(frozen=True, slots=True)
class Reloaded:
    """What reading the configuration again came to: its new version, or why the one before stays."""

    version: int
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Desk:
    """`tell_blocker` says in the caller's transaction what happened to a blocker; `reload` reads the file again;
    `follow_people` lets everything that depends on people follow a change among them.
    """

    database: Database
    settings: Settings
    clock: Clock
    bot_user: str
    tell_blocker: TellBlocker
    reload: Callable[[str, str | None], Awaitable[Reloaded]]
    follow_people: Callable[[Tx, str, datetime], Resolved]

    def now(self) -> datetime:
        return self.clock.now()


def her_hours(tx: Tx, workspace: str, user: str, settings: Resolved, now: datetime) -> datetime:
    """Now, or when she next works and is not away: nobody is told of anything at night or on her days off."""
    member = PeopleStore(tx, workspace).member(user)
    return free_from(member, now, settings.calendar, settings.away) if member else now


def privately(
    tx: Tx,
    workspace: str,
    key: str,
    person: str,
    ritual: str,
    kind: str,
    message: tuple[str, list[Block]],
    settings: Resolved,
    now: datetime,
) -> None:
    """Tells somebody what she did not ask for, once for its key, through her budget and in her working hours."""
    text, blocks = message
    post = Post(
        key=key,
        channel=person,
        text=text,
        blocks=blocks,
        person=person,
        ritual=ritual,
        kind=kind,
        unasked=True,
        due_at=her_hours(tx, workspace, person, settings, now),
    )
    outbox.put(tx, workspace, post, now)
