"""`/decision` and what may follow it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from bot.desk import Desk
from bot.features.decisions import telling
from bot.features.decisions.asking import Asking
from bot.features.decisions.exchange import Exchange
from bot.features.decisions.summary import Summaries
from bot.features.decisions.views import WORDS, Seen, lists
from bot.settings import Resolved
from bot.slack.payloads import Command
from bot.slack.replies import Reply, Say
from rituals.decisions.records import Decision
from rituals.decisions.usecases import reading
from rituals.people.rules import Function

ALONE = ("mine", "help")


class Commands:
    def __init__(self, desk: Desk, asking: Asking, summaries: Summaries, exchange: Exchange) -> None:
        self._desk, self._asking = desk, asking
        self._words: Mapping[str, Callable[[Command], Awaitable[Reply]]] = {
            "ask": self._asking.open,
            "list": self.list,
            "mine": self.mine,
            "find": self.find,
            "show": self.show,
            "stats": summaries.stats,
            "export": exchange.export,
            "help": self.help,
        }

    async def decision(self, command: Command) -> Reply:
        """One of the words above, a number, or the question to decide: `/decision help me choose` is one."""
        word, _, rest = command.text.partition(" ")
        if _number(command.text) is not None:
            return await self.show(command)
        run = self._words.get(word.lower())
        if run is None or (rest.strip() and word.lower() in ALONE):
            return await self._asking.open(command)
        return await run(replace(command, text=rest.strip()))

    async def help(self, command: Command) -> Reply:
        return Say(WORDS.help())

    async def list(self, command: Command) -> Reply:
        settings = await self._asking.settings_for(command.workspace, command.user)
        function = _function(command.text, settings)
        if command.text and function is None:
            return Say(WORDS.no_such_function(command.text[:80], [each.name for each in settings.functions]))
        found = await self._desk.database.read(
            reading.listed, command.workspace, command.user, function.key if function else None
        )
        seen = await self._seen(command, found, settings)
        return Say(*lists.listed(found, seen, function.name if function else ""))

    async def mine(self, command: Command) -> Reply:
        settings = await self._asking.settings_for(command.workspace, command.user)
        found = await self._desk.database.read(reading.mine, command.workspace, command.user)
        seen = await self._seen(command, (*found.to_decide, *found.to_consult, *found.awaits), settings)
        return Say(*lists.mine(found, seen))

    async def find(self, command: Command) -> Reply:
        settings = await self._asking.settings_for(command.workspace, command.user)
        text = command.text[:200]
        if not text.strip():
            return Say(WORDS.find_what())
        found = await self._desk.database.read(reading.find, command.workspace, command.user, text)
        return Say(*lists.found(found, await self._seen(command, found, settings), text))

    async def show(self, command: Command) -> Reply:
        settings = await self._asking.settings_for(command.workspace, command.user)
        number = _number(command.text)
        if number is None:
            return Say(WORDS.show_which())
        of = await self._desk.database.read(reading.sheet, command.workspace, number, command.user)
        seen = await self._desk.database.read(telling.seen_of, command.workspace, of, settings, self._desk.now())
        return Say(*lists.whole(of, seen, command.user))

    async def _seen(self, command: Command, found: tuple[Decision, ...], settings: Resolved) -> Seen:
        deciders = {each.decider for each in found}
        return await self._desk.database.read(telling.seen_by, command.workspace, deciders, settings, self._desk.now())


def _number(text: str) -> int | None:
    """ "12", "#12" or "D12": the number of a decision."""
    number = text.strip().lstrip("#").lower().removeprefix("d")
    return int(number) if number.isascii() and number.isdigit() and len(number) < 10 else None


def _function(text: str, settings: Resolved) -> Function | None:
    wanted = text.strip().casefold()
    return next((each for each in settings.functions if wanted in (each.name.casefold(), each.key.casefold())), None)
