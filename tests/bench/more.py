"""Our app with more in it: N further listeners, and a command that commits one row.

python -m tests.bench.more N
"""

import asyncio
import sys
from typing import Any

from bot.config.environment import read
from bot.database import Database
from bot.logs import configure
from bot.registry import Menu
from bot.running import Bot
from bot.slack.payloads import Command
from bot.slack.replies import Reply, Say
from rituals.people.store import PeopleStore
from rituals.tables import Tx


class Fuller(Bot):
    """`more` listeners of every kind beside those of the features, and `/note`, which writes."""

    def __init__(self, more: int, *args: Any) -> None:
        super().__init__(*args)
        self._more = more

    def _register(self) -> None:
        super()._register()
        self.registry.command("/note", Notes(self.database).note, "Commits one row", "")
        for nth in range(self._more):
            _one_more(self.registry, nth)


class Notes:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def note(self, command: Command) -> Reply:
        await self._database.write(_note, command, once=(command.workspace, command.key))
        return Say("Noted.")


def _note(tx: Tx, command: Command) -> None:
    """A row that no feature reads: a channel membership under the request's own key."""
    PeopleStore(tx, command.workspace).join("C0NOTES", command.key)


def _one_more(registry: Any, nth: int) -> None:
    match nth % 5:
        case 0:
            registry.command(f"/more{nth}", _nothing, "Nothing", "")
        case 1:
            registry.press(f"more.press{nth}", _nothing)
        case 2:
            registry.form(f"more.form{nth}", _nothing)
        case 3:
            registry.menu(Menu(f"more.menu{nth}", "More", "Nothing", "global", _nothing))
        case _:
            registry.event(f"more_event{nth}", _nothing)


async def _nothing(_: Any) -> Reply:
    return None


if __name__ == "__main__":
    environment = read()
    configure(environment.log_level)
    asyncio.run(Fuller(int(sys.argv[1]), environment).run())
