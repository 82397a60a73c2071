"""Look-ups are counted after their answer, many in one transaction; what the last second held dies with the process."""

import asyncio
from collections import Counter
from datetime import date

from bot.desk import Desk
from bot.logs import logger
from glossary.store import LookedUp, Missed
from glossary.usecases import asking
from rituals.tables import Tx

log = logger()
SOON, LATER = 0.5, 30.0
"""Real seconds until what was counted is written, and until it is tried again."""

Found = tuple[str, str, str]
NotFound = tuple[str, str, str, str, str]


class Counting:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._found: Counter[Found] = Counter()
        self._missed: Counter[NotFound] = Counter()
        self._writing: asyncio.Task[None] | None = None

    def found(self, workspace: str, term: str, user: str) -> None:
        self._found[(workspace, term, user)] += 1
        self._soon(SOON)

    def missed(self, workspace: str, key: str, text: str, user: str, channel: str) -> None:
        """Remembers what was looked for where, so that what is said in private stays there."""
        self._missed[(workspace, key, user, channel, text)] += 1
        self._soon(SOON)

    async def flush(self) -> None:
        """Writes what has been counted."""
        found, missed = self._found, self._missed
        self._found, self._missed = Counter(), Counter()
        if not (found or missed):
            return
        try:
            await self._desk.database.write(_write, found, missed, asking.week_of(self._desk.now()))
        except Exception as error:
            # Counts are no reason to trouble anybody who looks a word up: they wait for the database. Whatever it was,
            # nobody waits for this task who could be told: the log says so each time.
            log.exception("counts_wait", error=type(error).__name__)
            self._found.update(found)
            self._missed.update(missed)
            self._soon(LATER)

    async def end(self) -> None:
        """Before the database is closed."""
        if self._writing is not None:
            self._writing.cancel()
        await self.flush()

    def _soon(self, seconds: float) -> None:
        if self._writing is None or self._writing.done() or seconds == LATER:
            self._writing = asyncio.get_running_loop().create_task(self._after(seconds))

    async def _after(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
        self._writing = None
        await self.flush()


def _write(tx: Tx, found: Counter[Found], missed: Counter[NotFound], week: date) -> None:
    for workspace in sorted({key[0] for key in found} | {key[0] for key in missed}):
        hits = [LookedUp(week, term, user, n) for (of, term, user), n in found.items() if of == workspace]
        asking.count(tx, workspace, hits, _misses(tx, workspace, missed, week))


def _misses(tx: Tx, workspace: str, missed: Counter[NotFound], week: date) -> list[Missed]:
    mine = {each: n for each, n in missed.items() if each[0] == workspace}
    public = {channel: asking.is_public(tx, workspace, channel) for *_, channel, _ in mine}
    summed: Counter[tuple[str, str, bool]] = Counter()
    texts: dict[str, str] = {}
    for (_, key, user, channel, text), n in mine.items():
        summed[(key, user, public[channel])] += n
        texts[key] = text
    return [Missed(week, key, user, heard, texts[key], n) for (key, user, heard), n in summed.items()]
