"""A round while Slack stumbles at random: errors before and after the commit, broken connections, limits, a Slack that
is away; nothing may be lost or said twice."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path

from bot.database import Database
from tests.soak.group import CLOSES, OPENS, REMINDS, Group, Verdict, group, verdict

PEOPLE, ANSWERING = 60, 45
PATIENCE = 300.0
SPREAD = 40.0
POSTING = ("500", "500_after_commit", "reset", "reset_after_commit", "429", "slow", "timeout_after_commit")
ASKING = ("500", "reset", "429", "slow")
METHODS = {
    "chat.postMessage": POSTING,
    "chat.update": POSTING,
    "conversations.history": ASKING,
    "conversations.replies": ASKING,
    "conversations.open": ASKING,
    "chat.postEphemeral": ASKING,
    "views.open": ASKING,
}


async def tripped(folder: Path, number: int, say: Callable[[str], None]) -> Verdict:
    """`number` decides every random moment."""
    url = f"sqlite:///{folder}/chaos.db"
    async with group(folder, PEOPLE, url, random.Random(number)) as of:
        of.start()
        await of.ready()
        await of.expects()
        database = Database.open(url)
        try:
            await _part(of, database, of.passes_until(OPENS, PATIENCE))
            say("asked")
            users = of.random.sample(list(of.people), ANSWERING)
            answers = asyncio.gather(*(of.answers(user, of.random.uniform(0, SPREAD)) for user in users))
            await _part(of, database, answers)
            say(f"{ANSWERING} have answered")
            await _part(of, database, of.passes_until(REMINDS, PATIENCE))
            await _part(of, database, of.passes_until(CLOSES, PATIENCE))
            say("closed")
            return await verdict(of, database)
        finally:
            await asyncio.to_thread(database.close)


async def _part(of: Group, database: Database, work: Awaitable[object]) -> None:
    """One part of the round among stumbling blocks, and a while of calm until everything has been said."""
    trouble = asyncio.create_task(_stumbling(of))
    try:
        await work
        await asyncio.sleep(2)  # a little more of it while what is owed is said
    finally:
        trouble.cancel()
        with suppress(asyncio.CancelledError):
            await trouble
        await of.slack.clear_faults()
    await of.settles(database, PATIENCE)


async def _stumbling(of: Group) -> None:
    while True:
        await asyncio.sleep(of.random.uniform(0.1, 1.2))
        match of.random.random():
            case dice if dice < 0.07:
                await of.slack.faults(down=True)
                await asyncio.sleep(of.random.uniform(0.2, 2))
                await of.slack.faults(down=False)
            case dice if dice < 0.17:
                await of.slack.faults(socket=of.random.choice(("disconnect", "refresh")))
            case _:
                method = of.random.choice(list(METHODS))
                kind = of.random.choice(METHODS[method])
                await of.slack.faults(method=method, kind=kind, count=of.random.randint(1, 3), seconds=1)
