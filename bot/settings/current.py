"""The settings in force: read once and kept, and looked at again each second, so that other processes' changes show."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from threading import Lock

from bot.config.models import Configuration
from bot.config.reading import from_body
from bot.database import Database
from bot.settings.directory import Directory
from bot.settings.resolved import Resolved
from bot.settings.resolving import resolve
from bot.settings.stored import stored_directory
from bot.settings.versions import Stamp, latest, stamp
from rituals.tables import Tx

LOOK_AGAIN = 1.0
"""Real seconds for which what was read is taken to be in force still."""


@dataclass(frozen=True, slots=True)
class _Kept:
    resolved: Resolved
    stamp: Stamp
    looked_at: float


class Settings:
    """Every workspace's settings. `directory` reads the people, channels and groups of one from the database."""

    def __init__(
        self,
        database: Database,
        directory: Callable[[Tx, str], Directory] = stored_directory,
        *,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._database = database
        self._directory = directory
        self._monotonic = monotonic
        self._kept: dict[str, _Kept] = {}
        self._first = Lock()

    async def of(self, workspace: str) -> Resolved:
        """The settings in force. Costs nothing most of the time, else one small query in a thread.

        Raises ConfigProblem when what is stored was written by a newer version of the program.
        """
        kept = self._fresh(workspace)
        return kept.resolved if kept else await self._database.read(self._look, workspace)

    def read(self, tx: Tx, workspace: str) -> Resolved:
        """The same, for who is in a transaction already."""
        kept = self._fresh(workspace)
        return kept.resolved if kept else self._look(tx, workspace)

    def read_anew(self, tx: Tx, workspace: str) -> Resolved:
        """As this transaction sees it, what it has changed itself included; nothing of it is kept."""
        return self._load(tx, workspace, 0.0).resolved

    def changed_at(self, tx: Tx, workspace: str) -> datetime | None:
        """When the configuration in force came into force; None while there is none."""
        stored = latest(tx, workspace)
        return stored.at if stored else None

    def forget(self, workspace: str) -> None:
        """Looks again next time, however short ago it was."""
        self._kept.pop(workspace, None)

    def _fresh(self, workspace: str) -> _Kept | None:
        """What is kept, if it is no time to look again. Whoever finds that it is looks alone; the others go on."""
        kept = self._kept.get(workspace)
        now = self._monotonic()
        if kept is None or now - kept.looked_at < LOOK_AGAIN:
            return kept
        self._kept[workspace] = replace(kept, looked_at=now)
        return None

    def _look(self, tx: Tx, workspace: str) -> Resolved:
        kept, now = self._kept.get(workspace), self._monotonic()
        if kept is not None:
            if stamp(tx, workspace) != kept.stamp:
                kept = self._kept[workspace] = self._load(tx, workspace, now)
            return kept.resolved
        with self._first:
            kept = self._kept.get(workspace)
            if kept is None:
                kept = self._kept[workspace] = self._load(tx, workspace, now)
            return kept.resolved

    def _load(self, tx: Tx, workspace: str, now: float) -> _Kept:
        # The stamp comes first: a change that commits in between is then noticed a second later, never missed.
        seen = stamp(tx, workspace)
        stored = latest(tx, workspace)
        configuration = from_body(stored.body) if stored else Configuration()
        resolved = resolve(configuration, self._directory(tx, workspace), stored.version if stored else 0)
        return _Kept(resolved, seen, now)
