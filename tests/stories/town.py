"""A town for stories: a sandbox with people in it, and the whole bot connected to it over real sockets."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot import manifest, migrations
from bot.config.environment import Environment
from bot.database import Database
from bot.outbox import Pace
from bot.registering import registered
from bot.running import Bot
from bot.sandbox.server import Running
from tests.slackside import Message, Person, Slackside

BOT_TOKEN, APP_TOKEN, SECRET = "xoxb-sandbox-story", "xapp-sandbox-story", "story-secret"
TEAM, BOT_USER = "T0STORY", "U0BOT"

CONFIG = """
functions:
  - {name: Engineering, side: technical, lead: "@rui", members: ["@rui", "@priya", "@hemi"]}
  - {name: Sales, side: business, lead: "@dana", members: ["@dana", "@emma"]}
  - {name: Product, side: business, lead: "@marta", members: ["@marta"]}
calendar: {zone: Europe/Lisbon, holidays: PT}
people: {"@dana": {country: US}, "@emma": {country: US}, "@priya": {country: IN}, "@hemi": {country: NZ}}
admins: ["@marta"]
glossary: {starter: false}
standups:
  weekly:
    title: Weekly stand-up
    channel: "#product-sync"
    when: mon 09:00
    owner: "@marta"
    questions:
      - {key: moved, ask: What moved?, required: true}
      - {key: stuck, ask: What stops you?, kind: blocker}
      - {key: waits, ask: Whom do you wait for?, kind: waiting}
"""


@dataclass(frozen=True)
class Someone:
    """One person of the town, by handle; her user id is "U0" and the handle in capitals."""

    handle: str
    zone: str = "Europe/Lisbon"
    more: Mapping[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return f"U0{self.handle.upper()}"


PEOPLE = (
    Someone("marta"),
    Someone("rui"),
    Someone("dana", "America/New_York"),
    Someone("emma", "America/New_York"),
    Someone("priya", "Asia/Kolkata"),
    Someone("hemi", "Pacific/Auckland"),
)
QUICK = Pace(100_000, per_channel=0.0, refresh_every=0.02, refreshes_per_minute=100_000)
"""A jumped week takes seconds, so limits that are real time are off in the sandbox, and with them the bot's care."""

SYNC, PRIVATE = "C0SYNC", "C0PRIVATE"


def seed(
    now: str,
    people: Sequence[Someone] = PEOPLE,
    channels: Sequence[Mapping[str, Any]] = (),
    http: str | None = None,
    names: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """The sandbox's workspace: everybody and the bot are in #product-sync."""
    everybody = [someone.id for someone in people]
    made = manifest.manifest(registered(), "http" if http else "socket", http, names)
    return {
        "team": {"id": TEAM, "name": "Story", "domain": "story"},
        "now": now,
        "apps": [
            {
                "app_id": "A0BOT",
                "name": "Crosswalk",
                "bot_user_id": BOT_USER,
                "bot_token": BOT_TOKEN,
                "app_token": APP_TOKEN,
                "signing_secret": SECRET,
                "manifest": made,
            }
        ],
        "users": [
            {
                "id": someone.id,
                "name": someone.handle,
                "real_name": someone.handle.capitalize(),
                "tz": someone.zone,
                "email": f"{someone.handle}@story.example",
                **someone.more,
            }
            for someone in people
        ],
        "channels": list(channels) or [{"id": SYNC, "name": "product-sync", "members": [*everybody, BOT_USER]}],
        "limits": {"enforce": False},
        "retry_delays": [0, 0.2, 0.5],
    }


def labels(message: Message) -> set[str]:
    return {button.label for button in message.buttons}


def sent_at(message: Message) -> datetime:
    """When it was sent, by the sandbox's calendar, in UTC."""
    return datetime.fromtimestamp(float(message.ts), UTC)


@dataclass
class Town:
    """What a story acts with: the sandbox from outside, and the bot, which it can stop and start again."""

    slack: Slackside
    sandbox: Running
    environment: Environment
    bot: Bot
    task: asyncio.Task[None]

    def person(self, handle: str) -> Person:
        return self.slack.as_person(f"U0{handle.upper()}")

    async def time_passes_until(self, moment: str) -> None:
        """The clock is moved; everything that happens on the way has happened."""
        await self.slack.jumped(datetime.fromisoformat(moment), deadline=60)

    async def settles(self) -> None:
        """Nothing is due, nothing runs, nothing is owed to Slack."""
        await self.slack.eventually(self._quiet, deadline=20)

    async def _quiet(self) -> bool:
        return (await self.bot.database.read(self.bot._standing)).quiet

    async def thread(self, reader: str = "marta", channel: str = SYNC) -> list[Message]:
        """The newest stand-up thread of a channel, its first message first."""
        seen = await self.person(reader).sees(channel)
        roots = [message for message in seen if labels(message) & {"Answer", "Answer late"}]
        return await self.person(reader).sees(channel, roots[-1].ts) if roots else []

    async def answers(self, handle: str, text: str, **more: str) -> None:
        """She presses Answer on her prompt, or in the thread if she has none, and sends the form."""
        person = self.person(handle)
        prompts = [message for message in await person.dm() if "Answer" in labels(message)]
        at = prompts[-1] if prompts else (await self.thread(handle))[0]
        await person.presses(at, "Answer" if "Answer" in labels(at) else "Answer late")
        view = await self.slack.eventually(person.view)
        await person.fills(view, {"q.moved": text, **{f"q.{key}": value for key, value in more.items()}})

    async def restart(self) -> None:
        await self.stop()
        await self.start()

    async def stop(self) -> None:
        self.bot.stop()
        await self.task

    async def start(self) -> None:
        self.bot = Bot(self.environment, pace=QUICK)
        self.task = asyncio.create_task(self.bot.run())
        await _ready(self.bot, self.task)


@asynccontextmanager
async def town(
    folder: Path, now: str, config: str = CONFIG, database_url: str | None = None, **seeded: Any
) -> AsyncIterator[Town]:
    """Starts a sandbox and the bot; stops both."""
    file = folder / "config.yaml"
    file.write_text(config)
    sandbox = Running.start(seed(now, **seeded))
    http = seeded.get("http")
    environment = Environment(
        bot_token=BOT_TOKEN,
        app_token=None if http else APP_TOKEN,
        signing_secret=SECRET if http else None,
        port=int(http.split(":")[2].split("/")[0]) if http else 0,
        api_url=f"{sandbox.url}/api/",
        database_url=database_url or _migrated(folder / "town.db"),
        config=file,
    )
    try:
        async with Slackside(sandbox.url) as slack:
            bot = Bot(environment, pace=QUICK)
            task = asyncio.create_task(bot.run())
            made = Town(slack, sandbox, environment, bot, task)
            await _ready(bot, task)
            try:
                yield made
            finally:
                await made.stop()
    finally:
        sandbox.stop()


def _migrated(file: Path) -> str:
    """The address of an empty database as `migrate` leaves it. Making one takes as long as a short story."""
    file.write_bytes(_template())
    return f"sqlite:///{file}"


@cache
def _template() -> bytes:
    with TemporaryDirectory() as folder:
        made = Path(folder) / "template.db"
        database = Database.open(f"sqlite:///{made}")
        migrations.upgrade(database)
        database.close()
        return made.read_bytes()


async def _ready(bot: Bot, task: "asyncio.Task[None]") -> None:
    """Connected, and people and configuration known; a bot that fails at start fails the story."""
    waiting = asyncio.create_task(bot.settled.wait())
    done, _ = await asyncio.wait({task, waiting}, timeout=30, return_when=asyncio.FIRST_COMPLETED)
    if task in done:
        waiting.cancel()
        task.result()
    assert done, "The bot was not ready within 30 seconds."


__all__ = ["CONFIG", "PEOPLE", "PRIVATE", "SYNC", "Someone", "Town", "labels", "seed", "sent_at", "town"]
