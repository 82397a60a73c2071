"""Decisions as a file in Slack: whoever sends a table sees what it would add before anything happens; or asks for one.

a table in a direct message -> got from Slack -> what it would add | what is wrong with it -> Import -> a job
"""

import asyncio
from collections.abc import Callable
from datetime import datetime

from slack_sdk.web.async_client import AsyncWebClient

from bot.desk import Desk
from bot.features.decisions.files import as_csv, is_ours, may_be_ours, notes, one_file, read
from bot.features.decisions.files.notes import CANCEL, IMPORT, WORDS
from bot.filing import Arriving, Message, Sending, bare, held_id, worded
from bot.registry import Registry
from bot.settings import Resolved
from bot.slack.files import Unreadable, fetched
from bot.slack.payloads import Attached, Command, Press, Said
from bot.slack.replies import Reply, Say
from rituals.decisions.exchange import Row
from rituals.decisions.records import Changed
from rituals.decisions.store import FileStore
from rituals.decisions.usecases import exporting, importing
from rituals.held import HeldFile
from rituals.tables import Tx

MOST = 2_000
"""Decisions that go in at once without holding up answers."""
LOOKED_INTO = 5_000_000
"""Bytes of a table that is got to see whose it is; one of decisions that is too large is told so."""
FORMATS = ("csv", "md")

Follow = Callable[[Tx, str, Changed, Resolved, datetime], None]
"""What comes of a decision that a file has added or replaced, in the same transaction: its card, reminders, say."""


class Exchange:
    def __init__(self, desk: Desk, client: AsyncWebClient, follow: Follow | None = None) -> None:
        self._desk, self._client, self._follow = desk, client, follow
        self._arriving = Arriving(desk, "decisions", FileStore, WORDS)
        self._sending = Sending(desk, client, "decisions", WORDS)

    def register(self, app: Registry) -> None:
        """Everything but the command for `export`. To be called after the glossary has registered: whoever listens
        first sees a table first, and this one lets go what is no table of decisions."""
        app.said(self.said, first=True)
        app.press(IMPORT, self.agree)
        app.press(CANCEL, self._arriving.cancel)
        app.job(self._arriving.job, self.bring_in)
        app.daily(self._arriving.forget)
        app.scope(
            "files:read",
            "to read past decisions that somebody sends it as a file",
            "past decisions are imported on the server alone",
        )
        app.scope(
            "files:write", "to send decisions as a file to whoever asks", "decisions are written on the server alone"
        )

    async def said(self, said: Said) -> Reply:
        """A table of decisions sent to the bot alone, without a word. Whatever else it may be, it is for others to
        answer: also where it cannot be got, since nobody knows then what it is."""
        file = bare(said, may_be_ours)
        if file is None:
            return None
        settings = await self._desk.settings.of(said.workspace)
        content = None if said.user in settings.outsiders else await self._got(file)
        if content is None or not is_ours(content):
            return None
        message, held = await self._looked_through(said, file, content, settings)
        await self._arriving.show(said, held_id(said, file), message, held)
        return ()

    async def _got(self, file: Attached) -> bytes | None:
        try:
            return await fetched(file, self._client.token or "", self._client.base_url, LOOKED_INTO)
        except Unreadable:
            return None

    async def _looked_through(
        self, said: Said, file: Attached, content: bytes, settings: Resolved
    ) -> tuple[Message, HeldFile[Row] | None]:
        """What to tell her; and what to hold, if the file would add something. Nothing is written here."""
        found = await asyncio.to_thread(read, content)
        if not (found.rows or found.problems):
            return worded(WORDS.import_empty(file.name)), None
        if len(found.rows) > MOST:
            return worded(WORDS.import_too_large(file.name, MOST)), None
        rows, now, calendar = found.rows, self._desk.now(), settings.calendar
        plan = await self._desk.database.read(
            importing.planned, said.workspace, rows, calendar, now, said.user, settings.admins, settings.outsiders
        )
        if found.problems or plan.problems or not plan.new:
            return notes.came_to(file.name, plan, found.problems), None
        held = HeldFile(held_id(said, file), said.user, now, file.name, rows, plan.seal)
        return notes.planned(held.name, plan, held.id, held.seen), held

    async def agree(self, press: Press) -> Reply:
        """What the file adds was seen; now it happens, all of it or nothing."""
        return await self._arriving.agree(press)

    def bring_in(self, tx: Tx, workspace: str, key: str, now: datetime) -> bool:
        """The job: imports the file that is held, if that still does what she agreed to."""
        held = self._arriving.agreed(tx, workspace, key)
        if held is None:
            return False
        settings = self._desk.settings.read(tx, workspace)
        done = importing.import_held(tx, workspace, held, settings.calendar, settings.admins, now, settings.outsiders)
        for changed in (*done.changed, *done.replaced):
            if self._follow is not None:
                self._follow(tx, workspace, changed, settings, now)
        again = self._arriving.shown_again(tx, workspace, key)
        if again is None:
            message = notes.came_to(held.name, done.plan)
        else:
            message = notes.planned(again.name, done.plan, again.id, again.seen, moved=True)
        self._arriving.tell(tx, workspace, key, message, now)
        return False

    async def export(self, command: Command) -> Reply:
        """`/decision export csv`: as a file, in a direct message, once it is made."""
        settings = await self._desk.settings.of(command.workspace)
        if command.user in settings.outsiders:
            return Say(*worded(WORDS.only_us()))
        wanted = next(reversed(command.text.lower().split()), "")
        if wanted not in FORMATS:
            return Say(*worded(WORDS.export_how()))

        async def made() -> str | bytes:
            book = await self._desk.database.read(exporting.hers, command.workspace, command.user)
            if wanted == "csv":
                return await asyncio.to_thread(as_csv, book)
            return await asyncio.to_thread(one_file, book, settings.calendar.zone)

        return await self._sending.begin(command, f"decisions.{wanted}", made)
