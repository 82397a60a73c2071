"""kill -9 at random moments of a round: on SQLite with one process that is started again, on PostgreSQL with three of
which the first that is killed never comes back."""

import asyncio
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.database import Database
from tests.soak.group import CLOSES, OPENS, REMINDS, RETRIES, Group, Verdict, group, verdict

Say = Callable[[str], None]
# How the kills are spread: while people are asked, while they answer, while they are reminded, while it closes.
SHARES = (0.32, 0.36, 0.12, 0.2)
LONGEST_LIFE = 2.5


@dataclass(frozen=True)
class Plan:
    """`patience`: seconds for each part of the round to come to rest. `retries`: when Slack repeats an event."""

    people: int
    answering: int
    kills: int
    processes: int
    patience: float
    retries: Sequence[float] = RETRIES

    def kills_by_phase(self) -> list[int]:
        shares = [round(self.kills * share) for share in SHARES[:-1]]
        return [*shares, self.kills - sum(shares)]


async def killed(folder: Path, database_url: str, plan: Plan, number: int, say: Say) -> Verdict:
    """Plays the round; `number` decides every random moment but how long things take."""
    async with group(folder, plan.people, database_url, random.Random(number), retries=plan.retries) as of:
        for _ in range(plan.processes):
            of.start()
        await of.ready()
        await of.expects()
        database = Database.open(database_url)
        try:
            await _round(of, plan, database, say)
            return await verdict(of, database)
        finally:
            await asyncio.to_thread(database.close)


async def _round(of: Group, plan: Plan, database: Database, say: Say) -> None:
    asking, answering, reminding, closing = plan.kills_by_phase()
    await asyncio.gather(of.passes_until(OPENS, plan.patience), _kills(of, asking, plan))
    say(f"asked, {asking} kills")
    pace = max(1.0, answering * LONGEST_LIFE)
    people = of.random.sample(list(of.people), plan.answering)
    answers = [of.answers(user, of.random.uniform(0, pace)) for user in people]
    await asyncio.gather(*answers, _kills(of, answering, plan))
    await of.settles(database, plan.patience)
    say(f"{plan.answering} have answered, {answering} kills")
    await asyncio.gather(of.passes_until(REMINDS, plan.patience), _kills(of, reminding, plan))
    say(f"reminded, {reminding} kills")
    await asyncio.gather(of.passes_until(CLOSES, plan.patience), _kills(of, closing, plan))
    await of.settles(database, plan.patience)
    say(f"closed, {closing} kills")


async def _kills(of: Group, kills: int, plan: Plan) -> None:
    for _ in range(kills):
        await asyncio.sleep(of.random.uniform(0, LONGEST_LIFE))
        of.kill(of.random.choice(of.bots))
        # Of several the first is never seen again; whoever is left, or started later, does its work.
        if plan.processes == 1 or of.started > plan.processes or len(of.bots) < plan.processes - 1:
            of.start()
            await of.ready()
