"""A group in a sandbox, and the bot's processes that serve it: people who answer and do not give up, and what Slack
shows of a round afterwards."""

import asyncio
import random
import time
from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot import manifest, outbox
from bot.database import Database
from bot.engine import queues
from bot.features.standup import keys
from bot.registering import registered
from bot.sandbox.server import Running
from rituals.standup import usecases
from rituals.tables import Tx
from tests.fleet import Program
from tests.slackside import Message, Person, Refused, Slackside

BOT_TOKEN, APP_TOKEN, SECRET = "xoxb-sandbox-soak", "xapp-sandbox-soak", "soak-secret"
TEAM, BOT_USER, SYNC, OWNER = "T0SOAK", "U0BOT", "C0SYNC", "U0OWNER"
BEGINS, OPENS = "2026-11-23T08:30:00+00:00", "2026-11-23T09:00:10+00:00"
REMINDS, CLOSES = "2026-11-23T12:05:00+00:00", "2026-11-23T18:05:00+00:00"
PATIENCE = 120.0
# As Slack repeats an event that nobody took: at once, after a minute and after five, made shorter, but still longer
# than it takes to start or to connect again.
RETRIES = (0.0, 20.0, 60.0)

CONFIG = """
functions:
  - {{name: Engineering, side: technical, lead: U0P0, members: [{technical}]}}
  - {{name: Sales, side: business, lead: U0P1, members: [{business}]}}
calendar: {{zone: Europe/Lisbon}}
admins: [U0OWNER]
glossary: {{starter: false}}
messages: {{per_minute: 1000}}
standups:
  weekly:
    title: Weekly stand-up
    channel: "#product-sync"
    when: mon 09:00
    owner: U0OWNER
    audience: {{channel: false, functions: [engineering, sales]}}
    questions:
      - {{key: moved, ask: What moved?, required: true}}
      - {{key: stuck, ask: What stops you?, kind: blocker}}
"""


def seed(people: Sequence[str], address: str | None, retries: Sequence[float]) -> dict[str, Any]:
    """`address`: where the bot takes requests over HTTP; without one it connects by socket."""
    everybody = [OWNER, *people]
    return {
        "team": {"id": TEAM, "name": "Soak", "domain": "soak"},
        "now": BEGINS,
        "apps": [
            {
                "app_id": "A0SOAK",
                "name": "Crosswalk",
                "bot_user_id": BOT_USER,
                "bot_token": BOT_TOKEN,
                "app_token": APP_TOKEN,
                "signing_secret": SECRET,
                "manifest": manifest.manifest(registered(), "http" if address else "socket", address),
            }
        ],
        "users": [
            {"id": user, "name": user[2:].lower(), "real_name": user[2:].capitalize(), "tz": "Europe/Lisbon"}
            for user in everybody
        ],
        "channels": [{"id": SYNC, "name": "product-sync", "members": [*everybody, BOT_USER]}],
        "limits": {
            "post_per_minute": 1200,
            "post_per_channel_per_second": 1.5,
            "tiers": {"T2": 600, "T3": 1200, "T4": 1200},
        },
        "retry_delays": retries,
    }


@dataclass
class Group:
    """The sandbox, its people, and the processes of the bot. All processes share one log."""

    sandbox: Running
    slack: Slackside
    folder: Path
    people: Sequence[str]
    environment: Mapping[str, str]
    random: random.Random
    bots: list[Program] = field(default_factory=list)
    started: int = 0
    given: dict[str, str] = field(default_factory=dict)
    ways: dict[str, str] = field(default_factory=dict)

    @property
    def log(self) -> Path:
        return self.folder / "bot.log"

    def start(self) -> Program:
        """One more process."""
        program = Program.start(["bot", "run"], self.environment, self.log)
        self.bots.append(program)
        self.started += 1
        return program

    async def ready(self) -> None:
        """Every process that was started has connected."""
        await asyncio.to_thread(self.bots[-1].wait_for, "ready", self.started)

    async def expects(self) -> None:
        """The bot keeps the sandbox's time, knows people and configuration, and has said what comes next."""

        async def seen() -> bool:
            clock = await self.slack.clock()
            return bool(clock["followed"] and clock["next"])

        await self.slack.eventually(seen, 60)

    def kill(self, program: Program) -> None:
        self.bots.remove(program)
        program.kill()

    async def answers(self, user: str, pause: float) -> None:
        """She waits a while, answers in one of three ways, and insists until it stands in the thread or her form."""
        await asyncio.sleep(pause)
        text = f"{user} moved the price list along"
        way = self.random.choice(("modal", "dm", "thread"))
        person = self.slack.as_person(user)
        prompt = (await self.slack.eventually(lambda: self._prompts(person), PATIENCE))[-1]
        if way == "modal":
            await self._by_form(person, prompt, text)
        elif way == "dm":
            await person.says("@bot", text)
        else:
            board = await self.slack.eventually(self.board, PATIENCE)
            await person.says(SYNC, text, board.ts)
        self.given[user], self.ways[user] = text, way

    async def _by_form(self, person: Person, prompt: Message, text: str) -> None:
        ends = time.monotonic() + PATIENCE
        while True:
            try:
                # What was open belongs to an attempt whose outcome she does not know.
                for view in await person.views():
                    await person.closes(view, all=True)
                await person.presses(prompt, "Answer")
                view = await self.slack.eventually(person.view, 5)
                refused = await person.fills(view, {"q.moved": text})
                assert not (refused.get("response") or {}).get("errors"), refused
                return
            except (Refused, AssertionError) as refused:
                if "standup.edit" in str(refused):
                    return  # an attempt whose outcome she did not know has arrived: there is only Edit now
                if time.monotonic() > ends:
                    raise
                await asyncio.sleep(0.3)

    async def _prompts(self, person: Person) -> list[Message]:
        return [message for message in await person.dm() if key_of(message).startswith("standup/prompt/")]

    async def board(self) -> Message | None:
        seen = await self.slack.as_person(OWNER).sees(SYNC)
        return next((message for message in seen if key_of(message).startswith("standup/board/")), None)

    async def said(self) -> list[Message]:
        """Everything the bot has said, wherever that was."""
        reader = self.slack.as_person(OWNER)
        found = await reader.sees(SYNC)
        for root in [message for message in found if message.raw.get("reply_count")]:
            found += [message for message in await reader.sees(SYNC, root.ts) if message.ts != root.ts]
        for user in (OWNER, *self.people):
            found += await self.slack.as_person(user).dm()
        unique = {(message.channel, message.ts): message for message in found if message.user == BOT_USER}
        return [message for message in unique.values() if not message.ephemeral]

    async def passes_until(self, moment: str, deadline: float) -> None:
        """The clock gets there, with all that happens on the way, however often whoever steps it is killed."""
        target = datetime.fromisoformat(moment).timestamp()

        async def there() -> bool:
            clock = await self.slack.clock()
            if clock["now"] < target and clock["target"] < target and clock["followed"]:
                await self.slack.jump(target)
            return bool(clock["now"] >= target)

        await self.slack.eventually(there, deadline)

    async def settles(self, database: Database, deadline: float) -> None:
        """Slack has delivered what people wrote, if need be by its last repeat, and everything owed has been said."""

        async def quiet() -> bool:
            now = datetime.fromtimestamp(await self.slack.now(), UTC)
            return self.delivered() and await database.read(_quiet, now)

        await self.slack.eventually(quiet, deadline)

    def delivered(self) -> bool:
        return not self.sandbox.workspace.delivery._tasks


@dataclass(frozen=True)
class Verdict:
    """What should have been said once: how much never was, how much more than once; whether the round is over."""

    lost: tuple[str, ...]
    doubled: tuple[str, ...]
    closed: bool


async def verdict(group: Group, database: Database) -> Verdict:
    """Of a round that every member of the group was asked in and that is over: what Slack shows, against what it
    should, and the answers that are kept, against what was given."""
    round_id, state, kept = await database.read(_round)
    said = Counter(key for key in map(key_of, await group.said()) if key)
    silent = [user for user in group.people if user not in group.given]
    expected = [
        keys.board(round_id),
        keys.close(round_id),
        keys.digest(round_id),
        *(keys.prompt(round_id, user) for user in group.people),
        # A reply in the thread is there already, in her own words.
        *(keys.answer(round_id, user) for user, way in group.ways.items() if way != "thread"),
        *(keys.remind(round_id, user, 1) for user in silent),
    ]
    lost = [key for key in expected if not said[key]]
    lost += [f"answer of {user}" for user, text in group.given.items() if kept.get(user) != text]
    doubled = [key for key, times in said.items() if times > 1]
    return Verdict(tuple(lost), tuple(doubled), state == "closed")


def _round(tx: Tx) -> tuple[str, str, dict[str, str]]:
    found = usecases.last_round(tx, TEAM, "weekly", None)
    assert found is not None
    rows = usecases.export_rows(tx, TEAM, OWNER)
    return found.id, found.state, {row.user: str(row.value) for row in rows if row.question == "What moved?"}


def _quiet(tx: Tx, now: datetime) -> bool:
    return outbox.owed(tx, now) == 0 and not queues.busy(tx)


def key_of(message: Message) -> str:
    payload = (message.metadata or {}).get("event_payload") or {}
    return str(payload.get("key", ""))


@asynccontextmanager
async def group(
    folder: Path,
    size: int,
    database_url: str,
    seeded: random.Random,
    port: int | None = None,
    retries: Sequence[float] = RETRIES,
) -> AsyncIterator[Group]:
    """A sandbox with so many people who are asked; no process of the bot yet. `port`: over HTTP there."""
    people = [f"U0P{nth}" for nth in range(size)]
    file = folder / "config.yaml"
    file.write_text(CONFIG.format(technical=", ".join(people[::2]), business=", ".join(people[1::2])))
    sandbox = Running.start(seed(people, f"http://127.0.0.1:{port}/slack/events" if port else None, retries))
    settings = {
        "SLACK_BOT_TOKEN": BOT_TOKEN,
        "SLACK_API_URL": f"{sandbox.url}/api/",
        "DATABASE_URL": database_url,
        "CONFIG": str(file),
        **({"SLACK_SIGNING_SECRET": SECRET, "PORT": str(port)} if port else {"SLACK_APP_TOKEN": APP_TOKEN}),
    }
    made = Group(sandbox, Slackside(sandbox.url), folder, people, settings, seeded)
    try:
        migrating = Program.start(["bot", "migrate"], settings, folder / "migrate.log")
        await asyncio.to_thread(migrating.finished)
        yield made
    finally:
        for program in list(made.bots):
            await asyncio.to_thread(program.stop)
        await made.slack.close()
        sandbox.stop()
