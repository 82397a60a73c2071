"""The glossary as a file in Slack: whoever sends one sees what it would do before anything happens; or asks for one.

a file in a direct message -> got from Slack -> what it would do | what is wrong with it -> Import -> a job
every step is the same message of the outbox, amended: it says how things stand, and nothing is said twice
"""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot import outbox
from bot.desk import Desk
from bot.engine import enqueue
from bot.features.glossary.files import FORMATS, Format, format_of, read, write
from bot.features.glossary.files.formats import LARGEST
from bot.features.glossary.looking import reader_of
from bot.features.glossary.shelves import Shelves
from bot.features.glossary.views import PLAIN, WORDS, Message, notes
from bot.logs import logger
from bot.outbox import Post
from bot.settings import Resolved
from bot.slack import blocks
from bot.slack.files import Elsewhere, TooLarge, Unreadable, fetched
from bot.slack.payloads import Attached, Command, Press, Said
from bot.slack.replies import Reply, Say
from glossary.exchange import Plan, Problem, taken_away
from glossary.store import HeldFile
from glossary.terms import StewardsOnly
from glossary.usecases import exchanging
from rituals.tables import Tx

log = logger()
JOB = "glossary.import"
MOST = 3000
"""Terms that go in at once without holding up answers."""


class Exchange:
    def __init__(self, desk: Desk, shelves: Shelves, client: AsyncWebClient) -> None:
        self._desk, self._shelves, self._client = desk, shelves, client
        self._sending: set[asyncio.Task[None]] = set()

    async def said(self, said: Said) -> Reply:
        """A glossary's file sent to the bot alone, without a word. What comes with words, or in a thread, answers
        something else, and other files are not ours either."""
        file = _bare(said)
        if file is None:
            return None
        settings = await self._desk.settings.of(said.workspace)
        _check(settings, said.user)
        message, held = await self._looked_through(said, file, settings)
        now, once = self._desk.now(), (said.workspace, said.key)
        await self._desk.database.write(_show, said, _id(said, file), message, held, now, once=once)
        return ()

    async def _looked_through(self, said: Said, file: Attached, settings: Resolved) -> tuple[Message, HeldFile | None]:
        """What to tell her; and what to hold, if the file would change something. Nothing is written here."""
        try:
            content = await fetched(file, self._client.token or "", self._client.base_url, LARGEST)
        except TooLarge:
            return _message(WORDS.import_too_heavy(file.name, LARGEST // 1_000_000)), None
        except Elsewhere:
            return _message(WORDS.import_elsewhere(file.name)), None
        except Unreadable:
            return _message(WORDS.import_unreadable(file.name)), None
        kind = format_of(file.name, content)
        assert kind is not None, "its name said so before"
        found = await asyncio.to_thread(read, kind, content)
        if not (found.rows or found.problems):
            return _message(WORDS.import_empty(file.name)), None
        if len(found.rows) > MOST:
            return _message(WORDS.import_too_large(file.name, MOST)), None
        planned, workspace = exchanging.planned, said.workspace
        plan = await self._desk.database.read(planned, workspace, found.rows, settings.glossary, said.user)
        held = HeldFile(_id(said, file), said.user, self._desk.now(), file.name, found.rows, plan.seal)
        if found.problems or plan.problems or not (plan.new or plan.changed):
            return _came_to(file.name, plan, found.problems), None
        return _shown(held, plan), held

    async def agree(self, press: Press) -> Reply:
        """What the file does was seen; now it happens, all of it or nothing."""
        settings = await self._desk.settings.of(press.workspace)
        _check(settings, press.user)
        return await self._pressed(press, _agree)

    async def cancel(self, press: Press) -> Reply:
        return await self._pressed(press, _cancel)

    async def _pressed(self, press: Press, act: Callable[[Tx, Press, HeldFile, datetime], str | None]) -> Reply:
        once = (press.workspace, press.key)
        told = await self._desk.database.write(_with_held, press, act, self._desk.now(), once=once)
        return None if told is None else _say(told)

    def bring_in(self, tx: Tx, workspace: str, key: str, now: datetime) -> bool:
        """The job: imports the file that is held, if that still does what she agreed to."""
        held = exchanging.held(tx, workspace, key)
        if held is None or held.state != "agreed":
            return False
        settings = self._desk.settings.read(tx, workspace)
        plan = exchanging.import_held(tx, workspace, held, settings.glossary, now)
        after = exchanging.held(tx, workspace, key)
        moved = after is not None and after.state == "open"
        message = _shown(replace(held, seen=plan.seal), plan, moved=True) if moved else _came_to(held.name, plan)
        outbox.amend(tx, workspace, _note(held.id), *message, now)
        return False

    async def send(self, command: Command) -> Reply:
        """`/glossary export csv`: as a file, in a direct message, once it is made."""
        settings = await self._desk.settings.of(command.workspace)
        reader_of(settings, command.user)
        wanted = command.text.split()[-1].lower()
        if wanted not in FORMATS:
            return Say(WORDS.export_how())
        self._aside(self._sent(command, wanted, settings))
        return Say(WORDS.export_begun(f"glossary.{wanted}"))

    async def _sent(self, command: Command, wanted: Format, settings: Resolved) -> None:
        """Whatever goes wrong, she waits for a file, and hears that it does not come."""
        name = f"glossary.{wanted}"
        try:
            rows = await self._desk.database.read(exchanging.sent_out, command.workspace, settings.glossary)
            content = await asyncio.to_thread(write, wanted, rows)
            opened = await self._client.conversations_open(users=command.user)
            await self._client.files_upload_v2(
                content=content, filename=name, title=name, channel=opened["channel"]["id"]
            )
        except Exception:
            # Slack, the network, the database or a mistake of ours: nobody waits for this task, so what is not caught
            # here is heard by nobody. The log has it with its traceback, and she is told to ask again.
            log.exception("export_failed", workspace=command.workspace, user=command.user)
            await self._desk.database.write(_not_sent, command, name, self._desk.now())

    def _aside(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)

    async def how(self, command: Command) -> Reply:
        return Say(WORDS.help())


def _bare(said: Said) -> Attached | None:
    """The glossary in a message that is nothing but a file; by its name, since nobody has looked into it yet."""
    if said.kind != "new" or said.channel_type != "im" or said.in_thread or said.text.strip():
        return None
    return next((file for file in said.files if format_of(file.name, b"") is not None), None)


def _check(settings: Resolved, user: str) -> None:
    """Raises StewardsOnly."""
    reader_of(settings, user)
    if user not in settings.glossary.everyone | settings.admins:
        raise StewardsOnly(user)


def _show(tx: Tx, said: Said, file_id: str, message: Message, held: HeldFile | None, now: datetime) -> None:
    if held is not None:
        exchanging.hold(tx, said.workspace, held)
    outbox.put(tx, said.workspace, _post(_note(file_id), said.user, message), now)


def _with_held(
    tx: Tx, press: Press, act: Callable[[Tx, Press, HeldFile, datetime], str | None], now: datetime
) -> str | None:
    """Acts on a file that waits for it; otherwise says how things stand."""
    file_id = press.carried["id"]
    held = exchanging.held(tx, press.workspace, file_id)
    if held is None:
        outbox.amend(tx, press.workspace, _note(file_id), *_message(WORDS.import_gone()), now)
        return WORDS.import_gone()
    if held.state != "open":
        return WORDS.import_stands(held.name, held.state)
    return act(tx, press, held, now)


def _agree(tx: Tx, press: Press, held: HeldFile, now: datetime) -> str | None:
    if press.carried["seen"] != held.seen:
        return WORDS.import_look_again(held.name)
    exchanging.agree(tx, press.workspace, held)
    enqueue(tx, press.workspace, JOB, held.id)
    outbox.amend(tx, press.workspace, _note(held.id), *_message(WORDS.import_begun(held.name)), now)
    return None


def _cancel(tx: Tx, press: Press, held: HeldFile, now: datetime) -> None:
    exchanging.cancel(tx, press.workspace, held)
    outbox.amend(tx, press.workspace, _note(held.id), *_message(WORDS.import_cancelled(held.name)), now)


def _not_sent(tx: Tx, command: Command, name: str, now: datetime) -> None:
    message = _message(WORDS.export_failed(name))
    outbox.put(tx, command.workspace, _post(f"glossary/not sent/{command.key}", command.user, message), now)


def _shown(held: HeldFile, plan: Plan, *, moved: bool = False) -> Message:
    new = [row.wording.name for row in plan.new]
    losing = [(term.name, taken_away(row, term)) for row, term in plan.changed]
    changed = [PLAIN.losing(name, gone) if gone else name for name, gone in losing]
    return notes.import_plan(held.name, new, changed, plan.same, held.id, held.seen, moved=moved)


def _came_to(file: str, plan: Plan, unread: Sequence[Problem] = ()) -> Message:
    """What there is to say of a file when nothing is left to agree to."""
    problems = sorted([*unread, *plan.problems], key=lambda problem: problem.at)
    if problems:
        return notes.import_problems(file, [(each.at, each.what) for each in problems])
    if not (plan.new or plan.changed):
        return _message(WORDS.import_nothing(file))
    return _message(WORDS.import_done(file, len(plan.new), len(plan.changed)))


def _post(key: str, person: str, message: Message) -> Post:
    text, parts = message
    return Post(key=key, channel=person, text=text, blocks=parts, person=person, ritual="glossary", kind="file")


def _id(said: Said, file: Attached) -> str:
    """The same file may be sent again, in a message of its own."""
    return f"{file.id}.{said.ts}"


def _note(file_id: str) -> str:
    """The message that says how it stands with a file."""
    return f"glossary/file/{file_id}"


def _say(sentence: str) -> Say:
    return Say(*_message(sentence))


def _message(sentence: str) -> Message:
    return sentence, [blocks.section(sentence)]
