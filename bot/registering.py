"""Every feature, in the order in which each is asked. Whoever adds a feature adds one line here."""

from typing import Any, cast

from slack_sdk.web.async_client import AsyncWebClient

from bot import housekeeping
from bot.database import Database
from bot.desk import Desk, Reloaded
from bot.features import blockers, decisions, glossary, home, people, standup
from bot.features.blockers.telling import tell
from bot.registry import Registry
from bot.settings import Settings


def register(registry: Registry, desk: Desk, client: AsyncWebClient) -> None:
    home.register(registry, desk)
    blockers.register(registry, desk)
    standup.register(registry, desk)
    glossary.register(registry, desk, client)
    decisions.register(registry, desk, client)
    people.register(registry, desk, client)
    housekeeping.register(registry)


def registered() -> Registry:
    """What the features register, without a database or a connection: for the manifest."""
    from bot.clock import Clock

    nowhere = cast(Any, _Nowhere())
    registry = Registry()
    desk = Desk(
        database=cast(Database, nowhere),
        settings=cast(Settings, nowhere),
        clock=Clock(),
        bot_user="",
        tell_blocker=tell,
        reload=_no_reload,
        follow_people=nowhere,
    )
    register(registry, desk, AsyncWebClient())
    return registry


class _Nowhere:
    """Stands where nothing was opened: registering may pass it on, and must not use it."""

    def __getattr__(self, name: str) -> Any:
        raise RuntimeError(f"A feature used {name} while it registered; there is nothing open yet.")


async def _no_reload(workspace: str, author: str | None) -> Reloaded:
    raise RuntimeError("Nothing is open that could be read again.")
