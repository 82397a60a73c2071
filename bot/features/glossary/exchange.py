"""The glossary as a file in Slack: whoever sends one sees what it would do before anything happens; or asks for one.

a file in a direct message -> got from Slack -> what it would do | what is wrong with it -> Import -> a job
"""

import asyncio
from collections.abc import Sequence
from datetime import datetime

from slack_sdk.web.async_client import AsyncWebClient

from bot.desk import Desk
from bot.features.glossary.files import FORMATS, format_of, read, write
from bot.features.glossary.files.formats import LARGEST
from bot.features.glossary.looking import reader_of
from bot.features.glossary.shelves import Shelves
from bot.features.glossary.views import PLAIN, WORDS, notes
from bot.filing import Arriving, Message, Sending, bare, held_id, worded
from bot.settings import Resolved
from bot.slack.files import Elsewhere, TooLarge, Unreadable, fetched
from bot.slack.payloads import Attached, Command, Press, Said
from bot.slack.replies import Reply, Say
from glossary.exchange import Plan, Problem, Row, taken_away
from glossary.store import FileStore
from glossary.terms import StewardsOnly
from glossary.usecases import exchanging
from rituals.held import HeldFile
from rituals.tables import Tx

MOST = 3000
"""Terms that go in at once without holding up answers."""


class Exchange:
    def __init__(self, desk: Desk, shelves: Shelves, client: AsyncWebClient) -> None:
        self._desk, self._shelves, self._client = desk, shelves, client
        self.arriving = Arriving(desk, "glossary", FileStore, WORDS)
        self._sending = Sending(desk, client, "glossary", WORDS)

    async def said(self, said: Said) -> Reply:
        """A glossary's file sent to the bot alone, without a word; by its name, since nobody has looked into it yet."""
        file = bare(said, lambda name: format_of(name, b"") is not None)
        if file is None:
            return None
        settings = await self._desk.settings.of(said.workspace)
        _check(settings, said.user)
        message, held = await self._looked_through(said, file, settings)
        await self.arriving.show(said, held_id(said, file), message, held)
        return ()

    async def _looked_through(
        self, said: Said, file: Attached, settings: Resolved
    ) -> tuple[Message, HeldFile[Row] | None]:
        """What to tell her; and what to hold, if the file would change something. Nothing is written here."""
        try:
            content = await fetched(file, self._client.token or "", self._client.base_url, LARGEST)
        except TooLarge:
            return worded(WORDS.import_too_heavy(file.name, LARGEST // 1_000_000)), None
        except Elsewhere:
            return worded(WORDS.import_elsewhere(file.name)), None
        except Unreadable:
            return worded(WORDS.import_unreadable(file.name)), None
        kind = format_of(file.name, content)
        assert kind is not None, "its name said so before"
        found = await asyncio.to_thread(read, kind, content)
        if not (found.rows or found.problems):
            return worded(WORDS.import_empty(file.name)), None
        if len(found.rows) > MOST:
            return worded(WORDS.import_too_large(file.name, MOST)), None
        planned, workspace = exchanging.planned, said.workspace
        plan = await self._desk.database.read(planned, workspace, found.rows, settings.glossary, said.user)
        held = HeldFile(held_id(said, file), said.user, self._desk.now(), file.name, found.rows, plan.seal)
        if found.problems or plan.problems or not (plan.new or plan.changed):
            return _came_to(file.name, plan, found.problems), None
        return _shown(held, plan), held

    async def agree(self, press: Press) -> Reply:
        """What the file does was seen; now it happens, all of it or nothing."""
        settings = await self._desk.settings.of(press.workspace)
        _check(settings, press.user)
        return await self.arriving.agree(press)

    def bring_in(self, tx: Tx, workspace: str, key: str, now: datetime) -> bool:
        """The job: imports the file that is held, if that still does what she agreed to."""
        held = self.arriving.agreed(tx, workspace, key)
        if held is None:
            return False
        settings = self._desk.settings.read(tx, workspace)
        plan = exchanging.import_held(tx, workspace, held, settings.glossary, now)
        again = self.arriving.shown_again(tx, workspace, key)
        message = _came_to(held.name, plan) if again is None else _shown(again, plan, moved=True)
        self.arriving.tell(tx, workspace, key, message, now)
        return False

    async def send(self, command: Command) -> Reply:
        """`/glossary export csv`: as a file, in a direct message, once it is made."""
        settings = await self._desk.settings.of(command.workspace)
        reader_of(settings, command.user)
        wanted = command.text.split()[-1].lower()
        if wanted not in FORMATS:
            return Say(WORDS.export_how())

        async def made() -> str | bytes:
            rows = await self._desk.database.read(exchanging.sent_out, command.workspace, settings.glossary)
            return await asyncio.to_thread(write, wanted, rows)

        return await self._sending.begin(command, f"glossary.{wanted}", made)

    async def how(self, command: Command) -> Reply:
        return Say(WORDS.help())


def _check(settings: Resolved, user: str) -> None:
    """Raises StewardsOnly."""
    reader_of(settings, user)
    if user not in settings.glossary.everyone | settings.admins:
        raise StewardsOnly(user)


def _shown(held: HeldFile[Row], plan: Plan, *, moved: bool = False) -> Message:
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
        return worded(WORDS.import_nothing(file))
    return worded(WORDS.import_done(file, len(plan.new), len(plan.changed)))
