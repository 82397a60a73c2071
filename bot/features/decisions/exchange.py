"""Decisions as a file in Slack: whoever sends a table sees what it would add before anything happens; or asks for one.

a table in a direct message -> got from Slack -> what it would add | what is wrong with it -> Import -> a job
every step is the same message of the outbox, amended: it says how things stand, and nothing is said twice
"""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import datetime
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot import outbox
from bot.desk import Desk
from bot.engine import enqueue
from bot.features.decisions.files import as_csv, is_ours, may_be_ours, notes, one_file, read
from bot.features.decisions.files.notes import CANCEL, IMPORT, WORDS, Message
from bot.logs import logger
from bot.outbox import Post
from bot.registry import Registry
from bot.settings import Resolved
from bot.slack.files import Unreadable, fetched
from bot.slack.payloads import Attached, Command, Press, Said
from bot.slack.replies import Reply, Say
from rituals.decisions.records import Changed
from rituals.decisions.store import HeldFile
from rituals.decisions.usecases import exporting, importing
from rituals.tables import Tx

log = logger()
JOB = "decisions.import"
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
        self._sending: set[asyncio.Task[None]] = set()

    def register(self, app: Registry) -> None:
        """Everything but the command for `export`. To be called after the glossary has registered: whoever listens
        first sees a table first, and this one lets go what is no table of decisions."""
        app.said(self.said, first=True)
        app.press(IMPORT, self.agree)
        app.press(CANCEL, self.cancel)
        app.job(JOB, self.bring_in)
        app.daily(importing.forget_held)
        app.scope("files:read", "to read past decisions that somebody sends it as a file", "import on the server alone")
        app.scope("files:write", "to send decisions as a file to whoever asks", "export on the server alone")

    async def said(self, said: Said) -> Reply:
        """A table of decisions sent to the bot alone, without a word. Whatever else it may be, it is for others to
        answer: also where it cannot be got, since nobody knows then what it is."""
        file = _bare(said)
        if file is None:
            return None
        settings = await self._desk.settings.of(said.workspace)
        content = None if said.user in settings.outsiders else await self._got(file)
        if content is None or not is_ours(content):
            return None
        message, held = await self._looked_through(said, file, content, settings)
        now, once = self._desk.now(), (said.workspace, said.key)
        await self._desk.database.write(_show, said, _id(said, file), message, held, now, once=once)
        return ()

    async def _got(self, file: Attached) -> bytes | None:
        try:
            return await fetched(file, self._client.token or "", self._client.base_url, LOOKED_INTO)
        except Unreadable:
            return None

    async def _looked_through(
        self, said: Said, file: Attached, content: bytes, settings: Resolved
    ) -> tuple[Message, HeldFile | None]:
        """What to tell her; and what to hold, if the file would add something. Nothing is written here."""
        found = await asyncio.to_thread(read, content)
        if not (found.rows or found.problems):
            return notes.said(WORDS.import_empty(file.name)), None
        if len(found.rows) > MOST:
            return notes.said(WORDS.import_too_large(file.name, MOST)), None
        rows, now, calendar = found.rows, self._desk.now(), settings.calendar
        plan = await self._desk.database.read(
            importing.planned, said.workspace, rows, calendar, now, said.user, settings.admins, settings.outsiders
        )
        if found.problems or plan.problems or not plan.new:
            return notes.came_to(file.name, plan, found.problems), None
        held = HeldFile(_id(said, file), said.user, now, file.name, rows, plan.seal)
        return notes.planned(held.name, plan, held.id, held.seen), held

    async def agree(self, press: Press) -> Reply:
        """What the file adds was seen; now it happens, all of it or nothing."""
        return await self._pressed(press, _agree)

    async def cancel(self, press: Press) -> Reply:
        return await self._pressed(press, _cancel)

    async def _pressed(self, press: Press, act: Callable[[Tx, Press, HeldFile, datetime], str | None]) -> Reply:
        once = (press.workspace, press.key)
        told = await self._desk.database.write(_with_held, press, act, self._desk.now(), once=once)
        return None if told is None else Say(*notes.said(told))

    def bring_in(self, tx: Tx, workspace: str, key: str, now: datetime) -> bool:
        """The job: imports the file that is held, if that still does what she agreed to."""
        held = importing.held(tx, workspace, key)
        if held is None or held.state != "agreed":
            return False
        settings = self._desk.settings.read(tx, workspace)
        done = importing.import_held(tx, workspace, held, settings.calendar, settings.admins, now, settings.outsiders)
        for changed in (*done.changed, *done.replaced):
            if self._follow is not None:
                self._follow(tx, workspace, changed, settings, now)
        outbox.amend(tx, workspace, _note(held.id), *_how_it_went(tx, workspace, held, done), now)
        return False

    async def export(self, command: Command) -> Reply:
        """`/decision export csv`: as a file, in a direct message, once it is made."""
        settings = await self._desk.settings.of(command.workspace)
        if command.user in settings.outsiders:
            return Say(*notes.said(WORDS.only_us()))
        wanted = next(reversed(command.text.lower().split()), "")
        if wanted not in FORMATS:
            return Say(*notes.said(WORDS.export_how()))
        self._aside(self._sent(command, wanted, settings))
        return Say(*notes.said(WORDS.export_begun(f"decisions.{wanted}")))

    async def _sent(self, command: Command, wanted: str, settings: Resolved) -> None:
        """Whatever goes wrong, she waits for a file, and hears that it does not come."""
        name = f"decisions.{wanted}"
        try:
            book = await self._desk.database.read(exporting.hers, command.workspace, command.user)
            words = (as_csv, book) if wanted == "csv" else (one_file, book, settings.calendar.zone)
            content = await asyncio.to_thread(*words)
            opened = await self._client.conversations_open(users=command.user)
            await self._client.files_upload_v2(
                content=content, filename=name, title=name, channel=opened["channel"]["id"]
            )
        except Exception:
            # Whatever it was, nobody waits for this task: the log has it with its traceback, and she is told.
            log.exception("export_failed", workspace=command.workspace, user=command.user)
            await self._desk.database.write(_not_sent, command, name, self._desk.now())

    def _aside(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)


def _bare(said: Said) -> Attached | None:
    """The table in a message that is nothing but a file; by its name, since nobody has looked into it yet."""
    if said.kind != "new" or said.channel_type != "im" or said.in_thread or said.text.strip():
        return None
    return next((file for file in said.files if may_be_ours(file.name)), None)


def _show(tx: Tx, said: Said, file_id: str, message: Message, held: HeldFile | None, now: datetime) -> None:
    if held is not None:
        importing.hold(tx, said.workspace, held)
    outbox.put(tx, said.workspace, _post(_note(file_id), said.user, message), now)


def _with_held(
    tx: Tx, press: Press, act: Callable[[Tx, Press, HeldFile, datetime], str | None], now: datetime
) -> str | None:
    """Acts on a file that waits for it; otherwise says how things stand."""
    file_id = press.carried["id"]
    held = importing.held(tx, press.workspace, file_id)
    if held is None:
        outbox.amend(tx, press.workspace, _note(file_id), *notes.said(WORDS.import_gone()), now)
        return WORDS.import_gone()
    if held.state != "open":
        return WORDS.import_stands(held.name, held.state)
    return act(tx, press, held, now)


def _agree(tx: Tx, press: Press, held: HeldFile, now: datetime) -> str | None:
    if press.carried["seen"] != held.seen:
        return WORDS.import_look_again(held.name)
    importing.agree(tx, press.workspace, held)
    enqueue(tx, press.workspace, JOB, held.id)
    outbox.amend(tx, press.workspace, _note(held.id), *notes.said(WORDS.import_begun(held.name)), now)
    return None


def _cancel(tx: Tx, press: Press, held: HeldFile, now: datetime) -> None:
    importing.cancel(tx, press.workspace, held)
    outbox.amend(tx, press.workspace, _note(held.id), *notes.said(WORDS.import_cancelled(held.name)), now)


def _how_it_went(tx: Tx, workspace: str, held: HeldFile, done: importing.Imported) -> Message:
    after = importing.held(tx, workspace, held.id)
    if after is not None and after.state == "open":
        return notes.planned(held.name, done.plan, held.id, after.seen, moved=True)
    return notes.came_to(held.name, done.plan)


def _not_sent(tx: Tx, command: Command, name: str, now: datetime) -> None:
    message = notes.said(WORDS.export_failed(name))
    outbox.put(tx, command.workspace, _post(f"decisions/not sent/{command.key}", command.user, message), now)


def _post(key: str, person: str, message: Message) -> Post:
    text, parts = message
    return Post(key=key, channel=person, text=text, blocks=parts, person=person, ritual="decisions", kind="file")


def _id(said: Said, file: Attached) -> str:
    """The same file may be sent again, in a message of its own."""
    return f"{file.id}.{said.ts}"


def _note(file_id: str) -> str:
    """The message that says how it stands with a file."""
    return f"decisions/file/{file_id}"
