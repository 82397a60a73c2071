"""`/glossary`: a word to look up, or one of its own words for everything else there is to do."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.desk import Desk
from bot.features.glossary.browsing import Browsing
from bot.features.glossary.exchange import Exchange
from bot.features.glossary.gaps import Gaps
from bot.features.glossary.hints import Hints
from bot.features.glossary.looking import Looking, reader_of
from bot.features.glossary.shelves import Shelves
from bot.features.glossary.starting import Starting
from bot.features.glossary.views import WORDS, lists
from bot.features.glossary.views.lists import Filter
from bot.features.glossary.writing import Writing, add_form
from bot.slack.payloads import Command
from bot.slack.replies import Open, Reply, Say
from glossary.usecases import editing, stats


class Commands:
    def __init__(
        self,
        desk: Desk,
        shelves: Shelves,
        looking: Looking,
        writing: Writing,
        browsing: Browsing,
        hints: Hints,
        gaps: Gaps,
        exchange: Exchange,
        starting: Starting,
    ) -> None:
        self._desk, self._shelves = desk, shelves
        self._looking, self._writing, self._browsing = looking, writing, browsing
        self._words: dict[str, Callable[[Command], Awaitable[Reply]]] = {
            "help": self.help,
            "add": self.add,
            "browse": self.browse,
            "list": self.browse,
            "edit": self.rest,
            "history": self.history,
            "hints": hints.switch,
            "stats": self.stats,
            "gaps": gaps.now,
            "export": exchange.send,
            "import": exchange.how,
            "starter": starting.offer_again,
        }

    async def glossary(self, command: Command) -> Reply:
        """A term that is called like one of these words is looked up with `/define`."""
        word = command.text.partition(" ")[0].lower()
        run = self._words.get(word or "help", self._looking.define)
        return await run(command)

    async def help(self, command: Command) -> Reply:
        return Say(WORDS.help())

    async def add(self, command: Command) -> Reply:
        settings = await self._desk.settings.of(command.workspace)
        return Open(add_form(_rest(command)[:80], command.user, settings))

    async def browse(self, command: Command) -> Reply:
        return Open(await self._browsing.page(command.workspace, command.user, Filter()))

    async def history(self, command: Command) -> Reply:
        """Of the one term that is called so, or else was declined; where there are several, or none, as a look-up."""
        shelf = await self._shelves.of(command.workspace)
        found = shelf.look_up(_rest(command))
        if not found:
            gone = await self._desk.database.read(editing.last_declined, command.workspace, _rest(command))
            found = [gone] if gone else []
        if len(found) == 1:
            return Open(await self._writing.history_of(command.workspace, command.user, found[0].id))
        return await self._looking.define(replace(command, text=_rest(command)))

    async def rest(self, command: Command) -> Reply:
        """`/glossary edit arr`: the term, under which there is a button for that."""
        return await self._looking.define(replace(command, text=_rest(command)))

    async def stats(self, command: Command) -> Reply:
        settings = await self._desk.settings.of(command.workspace)
        reader_of(settings, command.user)
        shelf, now = await self._shelves.of(command.workspace), self._desk.now()
        found = await self._desk.database.read(
            stats.stats, command.workspace, shelf.everything(), settings.glossary, now
        )
        # What has been explained since is wanted no longer.
        wanted = [(text, people) for text, people in found.wanted if not shelf.knows(text)]
        found = replace(found, wanted=tuple(wanted[: stats.TOP]))
        return Say(*lists.stats(found, {each.key: each.name for each in settings.functions}))


def _rest(command: Command) -> str:
    return command.text.partition(" ")[2].strip()
