"""What every feature is handed at start: the database, the settings of each workspace, and the time."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from bot.clock import Clock
from bot.database import Database
from bot.settings import Resolved, Settings
from rituals.blockers.rules import Changed
from rituals.tables import Tx

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
