"""Files that come and go in direct messages, whatever they are about.

One that was sent waits for its sender's word: its plan is shown -> Import | Cancel -> a job. Every step is the same
message of the outbox, amended: it says how things stand, and nothing is said twice. What is asked for is made aside.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Generic, TypeVar

import aiohttp
from slack_sdk.errors import SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot import outbox
from bot.desk import Desk
from bot.engine import enqueue
from bot.logs import logger
from bot.outbox import Post
from bot.slack import blocks
from bot.slack.blocks import Block
from bot.slack.payloads import Attached, Command, Press, Said
from bot.slack.replies import Reply, Say
from bot.words import Words
from rituals.held import HeldFile, HeldFiles
from rituals.tables import Tx

log = logger()
Row = TypeVar("Row")
Message = tuple[str, list[Block]]

PATIENCE = timedelta(minutes=10)
"""After which a file that has not come will not come: the process that made it is gone."""


class Arriving(Generic[Row]):
    """Files of one ritual, kept in its `store`. Of its `words` it says those that begin with `import_`."""

    def __init__(self, desk: Desk, ritual: str, store: type[HeldFiles[Row]], words: Words) -> None:
        self._desk, self._ritual, self._store, self._words = desk, ritual, store, words
        self.job = f"{ritual}.import"

    async def show(self, said: Said, file_id: str, message: Message, held: HeldFile[Row] | None) -> None:
        """Says what came of the file, and holds it if there is something to agree to."""
        once = (said.workspace, said.key)
        await self._desk.database.write(self._show, said, file_id, message, held, self._desk.now(), once=once)

    async def agree(self, press: Press) -> Reply:
        """What the file does was seen; now it happens, all of it or nothing."""
        return await self._pressed(press, self._agree)

    async def cancel(self, press: Press) -> Reply:
        return await self._pressed(press, self._cancel)

    def agreed(self, tx: Tx, workspace: str, file_id: str) -> HeldFile[Row] | None:
        """What the job is to bring in; None where that is settled already."""
        held = self._store(tx, workspace).get(file_id)
        return held if held is not None and held.state == "agreed" else None

    def shown_again(self, tx: Tx, workspace: str, file_id: str) -> HeldFile[Row] | None:
        """The file, if what it does has changed since she agreed, and waits for her word again."""
        held = self._store(tx, workspace).get(file_id)
        return held if held is not None and held.state == "open" else None

    def tell(self, tx: Tx, workspace: str, file_id: str, message: Message, now: datetime) -> None:
        outbox.amend(tx, workspace, self._note(file_id), *message, now)

    def forget(self, tx: Tx, workspace: str, now: datetime) -> None:
        """Once a day: those that nobody has said a word to for long."""
        self._store(tx, workspace).forget(now)

    def _show(
        self, tx: Tx, said: Said, file_id: str, message: Message, held: HeldFile[Row] | None, now: datetime
    ) -> None:
        if held is not None:
            self._store(tx, said.workspace).hold(held)
        outbox.put(tx, said.workspace, _post(self._ritual, self._note(file_id), said.user, message), now)

    async def _pressed(self, press: Press, act: Callable[[Tx, Press, HeldFile[Row], datetime], str | None]) -> Reply:
        once = (press.workspace, press.key)
        told = await self._desk.database.write(self._with_held, press, act, self._desk.now(), once=once)
        return None if told is None else Say(*worded(told))

    def _with_held(
        self, tx: Tx, press: Press, act: Callable[[Tx, Press, HeldFile[Row], datetime], str | None], now: datetime
    ) -> str | None:
        """Acts on a file that waits for it; otherwise says how things stand."""
        file_id = press.carried["id"]
        held = self._store(tx, press.workspace).get(file_id)
        if held is None:
            self.tell(tx, press.workspace, file_id, worded(self._words.import_gone()), now)
            return self._words.import_gone()
        if held.state != "open":
            return self._words.import_stands(held.name, held.state)
        return act(tx, press, held, now)

    def _agree(self, tx: Tx, press: Press, held: HeldFile[Row], now: datetime) -> str | None:
        if press.carried["seen"] != held.seen:
            return self._words.import_look_again(held.name)
        self._store(tx, press.workspace).agree(held.id)
        enqueue(tx, press.workspace, self.job, held.id)
        self.tell(tx, press.workspace, held.id, worded(self._words.import_begun(held.name)), now)
        return None

    def _cancel(self, tx: Tx, press: Press, held: HeldFile[Row], now: datetime) -> None:
        self._store(tx, press.workspace).settle(held.id, "cancelled")
        self.tell(tx, press.workspace, held.id, worded(self._words.import_cancelled(held.name)), now)

    def _note(self, file_id: str) -> str:
        """The message that says how it stands with a file."""
        return f"{self._ritual}/file/{file_id}"


class Sending:
    """Files of one ritual that somebody asks for. Of its `words` it says `export_begun` and `export_failed`."""

    def __init__(self, desk: Desk, client: AsyncWebClient, ritual: str, words: Words) -> None:
        self._desk, self._client, self._ritual, self._words = desk, client, ritual, words
        self._under_way: set[asyncio.Task[None]] = set()

    async def begin(self, command: Command, name: str, make: Callable[[], Awaitable[str | bytes]]) -> Say:
        """`make` reads and writes what the file says; it comes in a direct message, once it is made. Where this process
        ends before that she hears that it does not come."""
        await self._desk.database.write(self._owe, command, name, self._desk.now())
        task = asyncio.create_task(self._send(command, name, make))
        self._under_way.add(task)
        task.add_done_callback(self._ended)
        return Say(*worded(self._words.export_begun(name)))

    async def _send(self, command: Command, name: str, make: Callable[[], Awaitable[str | bytes]]) -> None:
        """She waits for a file, and hears at once where Slack does not take it."""
        try:
            content = await make()
            opened = await self._client.conversations_open(users=command.user)
            await self._client.files_upload_v2(
                content=content, filename=name, title=name, channel=opened["channel"]["id"]
            )
        except (SlackClientError, aiohttp.ClientError, TimeoutError, OSError):
            log.exception("export_failed", workspace=command.workspace, user=command.user)
            await self._desk.database.write(self._not_sent, command, name, self._desk.now())
        else:
            await self._desk.database.write(self._sent, command, self._desk.now())

    def _ended(self, task: asyncio.Task[None]) -> None:
        """Nobody waits for it: what nobody foresaw stands in the log, and she hears of it by what is owed to her."""
        self._under_way.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("export_failed", exc_info=error)

    def _owe(self, tx: Tx, command: Command, name: str, now: datetime) -> None:
        late = replace(self._failed("late", command, name), due_at=now + PATIENCE)
        outbox.put(tx, command.workspace, late, now)

    def _sent(self, tx: Tx, command: Command, now: datetime) -> None:
        outbox.cancel(tx, command.workspace, self._key("late", command), now)

    def _not_sent(self, tx: Tx, command: Command, name: str, now: datetime) -> None:
        self._sent(tx, command, now)
        outbox.put(tx, command.workspace, self._failed("not sent", command, name), now)

    def _failed(self, how: str, command: Command, name: str) -> Post:
        message = worded(self._words.export_failed(name))
        return _post(self._ritual, self._key(how, command), command.user, message)

    def _key(self, how: str, command: Command) -> str:
        return f"{self._ritual}/{how}/{command.key}"


def bare(said: Said, ours: Callable[[str], bool]) -> Attached | None:
    """The first file whose name is `ours`, in a direct message that is nothing but files: what comes with words, or in
    a thread, answers something else."""
    if said.kind != "new" or said.channel_type != "im" or said.in_thread or said.text.strip():
        return None
    return next((file for file in said.files if ours(file.name)), None)


def held_id(said: Said, file: Attached) -> str:
    """The same file may be sent again, in a message of its own."""
    return f"{file.id}.{said.ts}"


def worded(sentence: str) -> Message:
    return sentence, [blocks.section(sentence)]


def _post(ritual: str, key: str, person: str, message: Message) -> Post:
    text, parts = message
    return Post(key=key, channel=person, text=text, blocks=parts, person=person, ritual=ritual, kind="file")
