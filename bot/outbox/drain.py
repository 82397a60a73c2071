"""The drain of a workspace: takes what is owed, has it said at Slack's pace, and writes down where it stands.

take (one transaction, with what was heard) -> post | look up | renew (several at once) -> outcomes -> take
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import Clock
from bot.database import Database
from bot.logs import logger
from bot.outbox import claiming, speaking, wanted
from bot.outbox.claiming import Ask, Turn
from bot.outbox.lane import Lane, Pace
from bot.outbox.outcomes import Delivery, Later, Outcome, Renewal
from bot.outbox.picturing import Pictures, Said, Say
from bot.outbox.wording import Wordings

log = logger()
# Rows that others put meanwhile are noticed after so many seconds, whatever this drain is waiting for.
_GLANCE = 0.1


class Drain:
    """`client_for(workspace)` gives one client per workspace, made by `slack.clients.posting`. One Drain for an event
    loop.

    `rate_for(workspace)` gives the messages a minute that a workspace decided on, over those of `pace`. `wordings`
    words the messages that are worded when they are said.
    """

    def __init__(
        self,
        database: Database,
        client_for: Callable[[str], AsyncWebClient],
        clock: Clock,
        rate_per_minute: float = 300,
        *,
        pace: Pace | None = None,
        rate_for: Callable[[str], Awaitable[float]] | None = None,
        wordings: Wordings = MappingProxyType({}),
    ) -> None:
        self._database, self._client_for, self._clock = database, client_for, clock
        self._pace, self._rate_for = pace or Pace(rate_per_minute=rate_per_minute), rate_for
        self._wordings = wordings
        self._lanes: dict[str, Lane] = {}
        self._pictures = Pictures()

    async def drain(self, workspace: str) -> None:
        """Sends until nothing is owed by now. Cancelled, it leaves what was under way to be looked for by the next.

        At most one at a time for a workspace, over all processes: the engine's queue sees to that.
        """
        client = self._client_for(workspace)
        if client.retry_handlers:
            raise ValueError("slack_sdk would repeat a call whose message has been posted: use clients.posting().")
        lane = await self._lane(workspace)
        async with lane.one_drain:
            run = _Run(self._database, client, self._clock, workspace, lane, self._wordings, self._pictures)
            await run.until_nothing_is_owed()

    async def _lane(self, workspace: str) -> Lane:
        """The workspace's own, or a new one once its rate has been changed."""
        pace = self._pace
        if self._rate_for is not None:
            pace = replace(pace, rate_per_minute=await self._rate_for(workspace))
        lane = self._lanes.get(workspace)
        if lane is None or lane.pace != pace:
            lane = self._lanes[workspace] = Lane(pace)
        return lane


@dataclass(frozen=True, slots=True)
class _Flight:
    what: Delivery | Renewal
    looking: bool = False


class _Run:
    def __init__(
        self,
        database: Database,
        client: AsyncWebClient,
        clock: Clock,
        workspace: str,
        lane: Lane,
        wordings: Wordings,
        pictures: Pictures,
    ) -> None:
        self._database, self._client, self._clock = database, client, clock
        self._workspace, self._lane, self._wordings, self._pictures = workspace, lane, wordings, pictures
        self._flights: dict[asyncio.Task[Outcome], _Flight] = {}

    async def until_nothing_is_owed(self) -> None:
        # First, so that whoever owes something from now on asks for the next drain.
        await self._database.write(wanted.take_up, self._workspace)
        heard: list[Outcome] = []
        try:
            while True:
                turn = await self._turn(heard)
                await self._take_off(turn)
                if not self._flights and not turn.left:
                    return
                heard = await self._next(turn)
        finally:
            await self._land()

    async def _turn(self, heard: list[Outcome]) -> Turn:
        now, real = self._clock.now(), time.time()
        turn = self._database.write(claiming.turn, self._workspace, now, real, heard, self._ask(), self._wordings)
        writing = asyncio.ensure_future(turn)
        try:
            return await asyncio.shield(writing)
        except asyncio.CancelledError:
            # Its thread goes on with it in any case, and the next drain must not begin beside it.
            await asyncio.wait({writing})
            raise

    def _ask(self) -> Ask:
        deliveries = [flight for flight in self._flights.values() if isinstance(flight.what, Delivery)]
        flying = [flight.what.conversation for flight in deliveries if isinstance(flight.what, Delivery)]
        renewing = [flight.what.key for flight in self._flights.values() if isinstance(flight.what, Renewal)]
        return self._lane.ask(flying, renewing, sum(flight.looking for flight in deliveries))

    async def _take_off(self, turn: Turn) -> None:
        within = self._lane.pace.answer_within
        for doubt in turn.look_ups:
            self._fly(_Flight(doubt, looking=True), speaking.look_up(self._client, doubt, within))
        if turn.post is not None:
            self._lane.posting(turn.post.conversation)
            self._fly(_Flight(turn.post), self._say(speaking.post, turn.post, within))
        if turn.renewal is not None:
            await self._lane.renewing()
            self._fly(_Flight(turn.renewal), self._say(speaking.renew, turn.renewal, within))

    def _say(self, say: Say[Said], what: Said, within: float) -> Coroutine[Any, Any, Outcome]:
        return self._pictures.said(say, self._client, self._workspace, what, within)

    def _fly(self, flight: _Flight, call: Coroutine[Any, Any, Outcome]) -> None:
        self._flights[asyncio.create_task(_landing(flight, call))] = flight

    async def _next(self, turn: Turn) -> list[Outcome]:
        """Waits until something was heard, or may be tried."""
        waiting: set[asyncio.Task[Any]] = set(self._flights)
        # Asked for even if there is nothing to say yet: the next message should find it there.
        token = self._lane.want_token()
        if turn.sayable and not token.done():
            waiting.add(token)
        pause = self._lane.next_moment(_GLANCE)
        if waiting:
            await asyncio.wait(waiting, timeout=pause, return_when=asyncio.FIRST_COMPLETED)
        else:
            await asyncio.sleep(pause)
        return [self._hear(task) for task in [*self._flights] if task.done()]

    def _hear(self, task: "asyncio.Task[Outcome]") -> Outcome:
        flight, outcome = self._flights.pop(task), task.result()
        conversation = flight.what.conversation if isinstance(flight.what, Delivery) else None
        self._lane.heard(outcome, conversation)
        if isinstance(outcome, Later):
            log.warning(
                "slack_later",
                workspace=self._workspace,
                key=outcome.key,
                method=outcome.method,
                error=outcome.error,
                seconds=outcome.seconds,
            )
        return outcome

    async def _land(self) -> None:
        ending: list[Awaitable[Any]] = []
        for task in self._flights:
            task.cancel()
            ending.append(task)
        if (token := self._lane.drop_token()) is not None:
            ending.append(token)
        await asyncio.gather(*ending, return_exceptions=True)


async def _landing(flight: _Flight, call: Coroutine[Any, Any, Outcome]) -> Outcome:
    try:
        return await call
    except Exception as error:
        # A fault of ours in one message must not keep the others from being sent; it stays owed, and in the log.
        log.exception("outbox_fault", key=flight.what.key)
        return Later(flight.what.key, "", type(error).__name__, sure=False)
