"""An outbox over a sandbox, and the verbs of its tests."""

import asyncio
import os
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import aiohttp
import sqlalchemy as sa

from bot import outbox
from bot.clock import Clock
from bot.database import Database
from bot.outbox import Drain, Post
from bot.outbox.lane import Pace
from bot.outbox.tables import outbox as table
from bot.outbox.wording import Wording
from bot.sandbox.server import Running
from bot.slack import clients
from tests.bot.sandbox.workspaces import ANA, APP, APP_TOKEN, BOT, BOT_TOKEN, GENERAL, OTHER, manifest
from tests.slackside import Json, Message, Slackside

TEAM = "T0ACME"
CROWD = tuple(f"U0P{number:03d}" for number in range(40))
QUICK = Pace(
    rate_per_minute=60_000,
    per_channel=0.0,
    refresh_every=0.15,
    refreshes_per_minute=6000,
    answer_within=0.4,
    doubt_after=0.5,
    first_wait=0.05,
    longest_wait=0.3,
)


def crowded(**limits: Any) -> Json:
    """Ana, forty more, a channel with the app and one without."""
    app = {"app_id": APP, "name": "Crosswalk", "bot_user_id": BOT, "bot_token": BOT_TOKEN, "app_token": APP_TOKEN}
    people = [{"id": ANA, "name": "ana", "tz": "UTC"}, *({"id": user, "name": user.lower()} for user in CROWD)]
    return {
        "team": {"id": TEAM, "name": "Acme", "domain": "acme"},
        "apps": [{**app, "signing_secret": "s", "manifest": manifest(event_subscriptions={"bot_events": []})}],
        "users": [*people, {"id": "U0GONE", "name": "gone", "deleted": True}],
        "channels": [
            {"id": GENERAL, "name": "general", "members": [ANA, BOT]},
            {"id": OTHER, "name": "other", "members": [ANA]},
        ],
        "limits": limits or {"enforce": False},
    }


@dataclass
class Office:
    database: Database
    slack: Slackside
    clock: Clock
    session: aiohttp.ClientSession
    wordings: dict[tuple[str, str], Wording] = field(default_factory=dict)

    def drain(self, pace: Pace = QUICK) -> Drain:
        """As a process begins with it: nothing remembered."""
        client = clients.posting(BOT_TOKEN, f"{self.slack.url}/api/", self.session)
        return Drain(self.database, lambda workspace: client, self.clock, pace=pace, wordings=self.wordings)

    async def sends(self, pace: Pace = QUICK, within: float = 20) -> None:
        async with asyncio.timeout(within):
            await self.drain(pace).drain(TEAM)

    async def owes(self, *posts: Post) -> None:
        def put(tx: sa.Connection) -> None:
            for each in posts:
                assert outbox.put(tx, TEAM, each, self.clock.now())

        await self.database.write(put)

    async def amends(self, key: str, text: str, blocks: list[Json] | None = None) -> None:
        await self.database.write(outbox.amend, TEAM, key, text, blocks, self.clock.now())

    async def owed(self) -> int:
        return await self.database.read(outbox.owed, self.clock.now())

    async def sent(self, key: str) -> outbox.Sent | None:
        return await self.database.read(outbox.sent, TEAM, key)

    async def row(self, key: str) -> Any:
        query = sa.select(table).where(table.c.workspace == TEAM, table.c.key == key)
        return await self.database.read(lambda tx: tx.execute(query).one())

    async def dms(self, user: str) -> list[Message]:
        return await self.slack.as_person(user).dm()

    async def said_in(self, channel: str) -> list[Message]:
        return await self.slack.as_person(ANA).sees(channel)

    async def said(self, channel: str = GENERAL, thread_ts: str | None = None) -> list[str]:
        return [message.text for message in await self.slack.as_person(ANA).sees(channel, thread_ts)]

    async def said_to(self, *users: str) -> Counter[str]:
        return Counter([message.text for user in users for message in await self.dms(user)])


@asynccontextmanager
async def opened(database: Database, sandbox: Running, clock: Clock | None = None) -> AsyncIterator[Office]:
    async with aiohttp.ClientSession() as session, Slackside(sandbox.url) as slack:
        yield Office(database, slack, clock or Clock(), session)


def dm(user: str, name: str = "hello", **more: Any) -> Post:
    return Post(
        **{"key": f"{name}:{user}", "channel": user, "text": f"{name} {user}", **_PROMPT, "person": user, **more}
    )


def unasked(user: str, name: str, **more: Any) -> Post:
    return dm(user, name, unasked=True, blocks=[section(f"{name} {user}")], **more)


def note(name: str, channel: str = GENERAL, **more: Any) -> Post:
    return Post(**{"key": name, "channel": channel, "text": name, **_PROMPT, **more})


def section(text: str, **more: Any) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def moment(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+00:00")


def some(most: int) -> int:
    """Another number in every run, between 1 and `most`: what is interrupted is to survive any."""
    return 1 + os.urandom(1)[0] % most


_PROMPT = {"ritual": "standup", "kind": "prompt"}
