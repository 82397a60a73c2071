"""At the first start, with an empty glossary: an offer of terms to begin with."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from bot import outbox
from bot.desk import Desk
from bot.features.glossary import telling
from bot.features.glossary.files import read
from bot.features.glossary.looking import in_place
from bot.features.glossary.shelves import Shelves
from bot.features.glossary.views import WORDS, notes
from bot.filing import worded
from bot.settings import Resolved
from bot.slack.payloads import Command, Press
from bot.slack.replies import Reply, Say
from glossary.exchange import Row
from glossary.settings import GlossarySettings
from glossary.terms import StewardsOnly
from glossary.usecases import exchanging, reading
from rituals.tables import Tx

STARTER = Path(__file__).parent / "starter.yaml"
OFFERED = "glossary/starter"
COUNT = 230
"""How many terms the starter has, so that an offer need not read them; a test holds it."""


class Starting:
    def __init__(self, desk: Desk, shelves: Shelves) -> None:
        self._desk, self._shelves = desk, shelves

    def settings_changed(self, tx: Tx, workspace: str, settings: Resolved, now: datetime) -> None:
        """Offered once in the life of a workspace, to whoever tends the glossary as a whole."""
        whom = (*settings.glossary.stewards, *sorted(settings.admins))
        if (
            settings.glossary.starter
            and whom
            and outbox.stands(tx, workspace, OFFERED) is None
            and reading.is_empty(tx, workspace)
        ):
            offer = notes.starter_offer(COUNT)
            telling.privately(tx, workspace, OFFERED, whom[0], "starter", offer, settings, now)

    def keeps(self, tx: Tx, workspace: str) -> Callable[[str], bool]:
        """That the start was offered is never forgotten: it is offered once."""
        return OFFERED.__eq__

    async def offer_again(self, command: Command) -> Reply:
        """`/glossary starter`."""
        await self._check(command.workspace, command.user)
        return Say(*notes.starter_offer(COUNT))

    async def add(self, press: Press) -> Reply:
        settings = await self._check(press.workspace, press.user)
        once = (press.workspace, press.key)
        count = await self._desk.database.write(_add, press, settings.glossary, self._desk.now(), once=once)
        self._shelves.forget(press.workspace)
        return in_place(press, worded(WORDS.starter_added(count) if count else WORDS.starter_nothing()))

    async def decline(self, press: Press) -> Reply:
        await self._desk.database.write(_decline, press, self._desk.now(), once=(press.workspace, press.key))
        return in_place(press, worded(WORDS.starter_refused()))

    async def _check(self, workspace: str, user: str) -> Resolved:
        settings = await self._desk.settings.of(workspace)
        if user not in settings.glossary.everyone | settings.admins:
            raise StewardsOnly(user)
        return settings


def starter_rows(settings: GlossarySettings) -> tuple[Row, ...]:
    """The starter's terms; domains that this group does not have are left out of them."""
    found = read("yaml", STARTER.read_bytes())
    if found.problems:
        raise RuntimeError(f"The starter glossary has a slip: {found.problems[0]}")
    return tuple(exchanging.at_home(row, settings) for row in found.rows)


def add_missing(tx: Tx, workspace: str, user: str, settings: GlossarySettings, now: datetime) -> int:
    """The starter's terms that are not here yet; what is here stays as it is. Returns how many came."""
    return exchanging.add_missing(tx, workspace, starter_rows(settings), user, settings, now)


def _add(tx: Tx, press: Press, settings: GlossarySettings, now: datetime) -> int:
    count = add_missing(tx, press.workspace, press.user, settings, now)
    _settle(tx, press.workspace, WORDS.starter_added(count) if count else WORDS.starter_nothing(), now)
    return count


def _decline(tx: Tx, press: Press, now: datetime) -> None:
    _settle(tx, press.workspace, WORDS.starter_refused(), now)


def _settle(tx: Tx, workspace: str, sentence: str, now: datetime) -> None:
    if outbox.exists(tx, workspace, OFFERED):
        text, parts = worded(sentence)
        outbox.amend(tx, workspace, OFFERED, text, parts, now)
