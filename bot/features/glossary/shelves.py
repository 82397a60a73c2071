"""Every workspace's glossary in memory: read once, looked at again each second, changed as others change it."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.database import Database
from glossary.shelf import Shelf
from glossary.usecases import reading
from glossary.usecases.reading import News

LOOK_AGAIN = 1.0
"""Real seconds for which what was read is taken to be all there is."""


@dataclass
class _Kept:
    shelf: Shelf
    looked_at: float
    looking: asyncio.Lock = field(default_factory=asyncio.Lock)


class Shelves:
    """One small query a second at most, however many look-ups there are; none while nobody looks anything up."""

    def __init__(self, database: Database, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._database = database
        self._monotonic = monotonic
        self._kept: dict[str, _Kept] = {}

    async def of(self, workspace: str) -> Shelf:
        """The glossary as it was a second ago at most. The first look reads all of it."""
        kept = self._kept.get(workspace)
        if kept is None:
            kept = self._kept[workspace] = _Kept(Shelf(), float("-inf"))
        if self._monotonic() - kept.looked_at >= LOOK_AGAIN:
            async with kept.looking:
                # Whoever waited here finds that somebody else has just looked.
                if self._monotonic() - kept.looked_at >= LOOK_AGAIN:
                    await self._look(workspace, kept)
        return kept.shelf

    async def ready(self, workspace: str) -> None:
        """As it is this moment: at a start, so that the first look-up finds it read."""
        self.forget(workspace)
        await self.of(workspace)

    def forget(self, workspace: str) -> None:
        """Looks again next time: something was changed here."""
        if workspace in self._kept:
            self._kept[workspace].looked_at = float("-inf")

    async def _look(self, workspace: str, kept: _Kept) -> None:
        began = self._monotonic()
        news = await self._database.read(reading.news, workspace, kept.shelf.version)
        if isinstance(news, News):
            kept.shelf.take(news.changed, news.version, news.hinted)
        elif news is not None:
            kept.shelf = news
        kept.looked_at = began
