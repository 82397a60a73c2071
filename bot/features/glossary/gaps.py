"""What the group says and nobody explains: asked for by command, and told to the stewards once a week."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.desk import Desk
from bot.engine import enqueue
from bot.features.glossary import telling, verbs
from bot.features.glossary.looking import reader_of
from bot.features.glossary.shelves import Shelves
from bot.features.glossary.views import WORDS, notes
from bot.registry import Plan
from bot.settings import Resolved
from bot.slack.payloads import Command, Press
from bot.slack.replies import Reply, Say
from glossary.gaps import Gap
from glossary.terms import StewardsOnly
from glossary.usecases import missing
from rituals.people.store import PeopleStore
from rituals.standup import usecases as standups
from rituals.tables import Tx

NOTE = "glossary.gaps"
KEY = "glossary gaps"
GRACE = timedelta(hours=12)


def plans(settings: Resolved) -> Sequence[Plan]:
    when = settings.glossary.gaps_when
    if when is None or not settings.version:  # nobody has decided anything yet, not even where the group is
        return ()
    return [Plan(KEY, when, settings.calendar.zone, timedelta(0), GRACE)]


class Gaps:
    def __init__(self, desk: Desk, shelves: Shelves) -> None:
        self._desk, self._shelves = desk, shelves

    async def now(self, command: Command) -> Reply:
        """`/glossary gaps`: as it stands, without waiting for the week's note."""
        settings = await self._desk.settings.of(command.workspace)
        reader_of(settings, command.user)
        now, team = self._desk.now(), command.workspace
        found = await self._desk.database.read(_found, team, command.user, now)
        shelf = await self._shelves.of(team)
        unknown = [gap for gap in found if not shelf.knows(gap.key)][: missing.MOST]
        return Say(*notes.gaps(unknown, _functions(settings), ""))

    async def ignore(self, press: Press) -> Reply:
        settings = await self._desk.settings.of(press.workspace)
        if press.user not in settings.glossary.everyone | settings.admins:
            raise StewardsOnly(press.user)
        once = (press.workspace, press.key)
        done = await self._desk.database.write(_ignore, press, settings, self._desk.now(), once=once)
        return Say(done)

    def occurs(self, tx: Tx, workspace: str, key: str, occurrence: Any, now: datetime) -> bool:
        enqueue(tx, workspace, NOTE, occurrence.wall, once=occurrence.wall)
        return True

    def skipped(self, tx: Tx, workspace: str, key: str, occurrence: Any, reason: str) -> None:
        """A note that comes days late says what next week's will say again."""

    def tell(self, tx: Tx, workspace: str, key: str, now: datetime) -> bool:
        """The week's note; nothing is said where nothing is missing."""
        settings = self._desk.settings.read(tx, workspace)
        known = missing.names(tx, workspace)
        for steward in sorted(settings.glossary.everyone):
            found = [gap for gap in _found(tx, workspace, steward, now) if gap.key not in known][: missing.MOST]
            if found:
                note = verbs.gaps(steward, now.date())
                message = notes.gaps(found, _functions(settings), note)
                telling.privately(tx, workspace, note, steward, "gaps", message, settings, now)
        return False


def _found(tx: Tx, workspace: str, viewer: str, now: datetime) -> list[Gap]:
    """What several people met, whether the glossary explains it by now or not, in what the viewer may read too."""
    return missing.met_by_several(tx, workspace, _said(tx, workspace, viewer, now), now)


def _functions(settings: Resolved) -> dict[str, str]:
    return {each.key: each.name for each in settings.functions}


def _said(tx: Tx, workspace: str, viewer: str, now: datetime) -> Iterator[tuple[str, str]]:
    """What people answered in words, in stand-ups of those public channels that the viewer may read."""
    seen = PeopleStore(tx, workspace).visible_to(viewer)
    for row in standups.export_rows(tx, workspace, None, since=now - missing.RECENT):
        if row.kind in ("text", "blocker") and row.channel in seen:
            yield row.user, str(row.value)


def _ignore(tx: Tx, press: Press, settings: Resolved, now: datetime) -> str:
    missing.ignore(tx, press.workspace, press.carried["key"], press.user, now)
    sentence = WORDS.not_a_term(press.carried["asked"])
    if press.carried.get("note"):
        note, word = press.carried["note"], press.carried["key"]
        telling.gap_settled(tx, press.workspace, note, word, sentence, settings, now)
    return sentence
