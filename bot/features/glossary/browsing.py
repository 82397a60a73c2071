"""Browsing the glossary by letter, domain, owner and state."""

import asyncio
from dataclasses import replace
from unicodedata import normalize

from bot.desk import Desk
from bot.features.glossary.looking import reader_of
from bot.features.glossary.shelves import Shelves
from bot.features.glossary.telling import names_for
from bot.features.glossary.views import lists
from bot.features.glossary.views.lists import EVERY, PAGE, Filter, Found
from bot.slack.blocks import Block
from bot.slack.payloads import Press
from bot.slack.replies import Open, Refresh, Reply
from glossary.shelf import Shelf
from glossary.terms import Wording
from glossary.words import key

# After so many others get a turn: reading a large glossary takes a while.
_SLICE = 500


class Browsing:
    def __init__(self, desk: Desk, shelves: Shelves) -> None:
        self._desk, self._shelves = desk, shelves

    async def open(self, press: Press) -> Reply:
        return Open(await self.page(press.workspace, press.user, Filter()))

    async def choose(self, press: Press) -> Reply:
        """She chose a letter, a domain, an owner or a state: from the first page on."""
        chosen = {press.nth: press.chosen or EVERY}
        by = replace(_held(press), page=0, **chosen)
        return Refresh(await self.page(press.workspace, press.user, by))

    async def turn(self, press: Press) -> Reply:
        return Refresh(await self.page(press.workspace, press.user, _held(press)))

    async def page(self, workspace: str, user: str, by: Filter) -> Block:
        settings = await self._desk.settings.of(workspace)
        reader = reader_of(settings, user)
        shelf = await self._shelves.of(workspace)
        fitting, letters, owners = await _look(shelf, by)
        shown = shelf.terms(fitting[by.page * PAGE : (by.page + 1) * PAGE])
        names = await self._desk.database.read(names_for, workspace, owners)
        listed = dict(sorted(names.items(), key=lambda each: each[1].casefold()))
        return lists.browse(Found(shown, len(fitting), letters, listed), by, reader, settings.glossary)


async def _look(shelf: Shelf, by: Filter) -> tuple[list[str], list[str], set[str]]:
    """The terms that fit, by name; the first letters and the owners that there are."""
    fitting: list[tuple[str, str]] = []
    letters: set[str] = set()
    owners: set[str] = set()
    for count, term in enumerate(shelf.everything(), 1):
        wording, letter = term.wording, _letter(term.wording)
        letters.add(letter)
        owners |= wording.owners
        wanted = by.letter in (EVERY, letter) and by.state in (EVERY, term.state)
        if wanted and by.domain in (EVERY, *wording.domains) and by.owner in (EVERY, *wording.owners):
            fitting.append((key(wording.name), term.id))
        if count % _SLICE == 0:
            await asyncio.sleep(0)
    return [term for _, term in sorted(fitting)], sorted(letters), owners


def _letter(wording: Wording) -> str:
    first = normalize("NFKD", key(wording.name))[:1].upper()
    return first if "A" <= first <= "Z" else "#"


def _held(press: Press) -> Filter:
    held = press.carried
    known = {name: str(held[name]) for name in ("letter", "domain", "owner", "state") if name in held}
    return Filter(**known, page=int(held.get("page", 0)))
