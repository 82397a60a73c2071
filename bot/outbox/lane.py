"""The pace at which a drain speaks in one workspace, and how it keeps away from a Slack in trouble. Real time only."""

import asyncio
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from aiolimiter import AsyncLimiter

from bot.outbox.claiming import Ask
from bot.outbox.outcomes import Later, Outcome

# Of the limit, so that Slack's clock and ours may differ.
_SHARE = 0.98
_LOOK_UPS = 5


@dataclass(frozen=True, slots=True)
class Pace:
    """`rate_per_minute`: messages in a workspace. `per_channel`, `refresh_every`: seconds between two messages in a
    channel, and between two updates of a message. `answer_within`: seconds for Slack to answer. `doubt_after`:
    seconds until a call that was broken off has arrived, if it ever does. `first_wait`, `longest_wait`: seconds until
    Slack is asked again after one, doubled each time.
    """

    rate_per_minute: float = 300
    per_channel: float = 1.0
    refresh_every: float = 3.0
    refreshes_per_minute: float = 40
    in_flight: int = 20
    answer_within: float = 20.0
    doubt_after: float = 2.0
    first_wait: float = 0.5
    longest_wait: float = 30.0


@dataclass(slots=True)
class Conversation:
    free_at: float = 0.0
    failures: int = 0


class Lane:
    """One for a workspace and process; it outlives the drains, since the limits do."""

    def __init__(self, pace: Pace) -> None:
        self.pace = pace
        self.one_drain = asyncio.Lock()
        # Two at once, so that a late timer's lost moment is made up for by the next message; no burst beyond that.
        self._posts = AsyncLimiter(2, 2 * 60 / (pace.rate_per_minute * _SHARE))
        # In any minute its burst and a minute's worth together stay below the number allowed.
        burst = max(1.0, pace.refreshes_per_minute / 8)
        steady = max(1.0, pace.refreshes_per_minute - burst)
        self._refreshes = AsyncLimiter(burst, 60 * burst / steady)
        self._token: asyncio.Task[None] | None = None
        self._conversations: dict[str, Conversation] = {}
        self._methods: dict[str, float] = {}
        self._troubles = 0
        self._resting = 0.0

    def ask(self, flying: Iterable[str], renewing: Iterable[str], look_ups: int) -> Ask:
        """What may be done now, with these conversations, messages and look-ups under way."""
        now, flying, renewing = time.monotonic(), frozenset(flying), frozenset(renewing)
        self._conversations = {
            name: each for name, each in self._conversations.items() if each.free_at > now or each.failures
        }
        # While Slack is in trouble one call at a time finds out whether that is over.
        calm = now >= self._resting and not (self._troubles and (flying or renewing))
        room = calm and len(flying) < self.pace.in_flight
        allowed = (1 if self._troubles else _LOOK_UPS) if room and self._open("conversations.", now) else 0
        return Ask(
            busy=flying | {name for name, each in self._conversations.items() if each.free_at > now},
            look_ups=max(0, allowed - look_ups),
            post=room and self._open("chat.post", now) and self._holds_token(),
            renewal=calm and self._open("chat.update", now) and self._refreshes.has_capacity(),
            renewing=renewing,
            rested=time.time() - self.pace.refresh_every,
            doubt_after=timedelta(seconds=self.pace.doubt_after),
        )

    def posting(self, conversation: str) -> None:
        """The token is used up, and the channel has had its message for now."""
        self._token = None
        self._of(conversation).free_at = time.monotonic() + self.pace.per_channel

    async def renewing(self) -> None:
        await self._refreshes.acquire()

    def want_token(self) -> "asyncio.Task[None]":
        """Done when the workspace's limit allows a message; it is kept until it is used."""
        if self._token is None:
            self._token = asyncio.create_task(self._posts.acquire())
        return self._token

    def drop_token(self) -> "asyncio.Task[None] | None":
        """Between drains nobody waits for one; one that is there stays. Returns what is to be awaited."""
        waiting = self._token if self._token is not None and not self._holds_token() else None
        if waiting is not None:
            waiting.cancel()
            self._token = None
        return waiting

    def heard(self, outcome: Outcome, conversation: str | None) -> None:
        """Learns from an answer, or from none, how soon to try again."""
        now = time.monotonic()
        if not isinstance(outcome, Later):
            self._troubles = 0
            if conversation is not None:
                self._of(conversation).failures = 0
        elif outcome.seconds is not None:
            self._methods[_family(outcome.method)] = now + outcome.seconds
        else:
            self._troubles += 1
            self._resting = now + self._wait(self._troubles)
            if conversation is not None:
                mine = self._of(conversation)
                mine.failures += 1
                mine.free_at = max(mine.free_at, now + self._wait(mine.failures))

    def next_moment(self, at_most: float) -> float:
        """Seconds until something that is forbidden now is allowed, at most `at_most`."""
        now = time.monotonic()
        moments = [self._resting, *self._methods.values(), *(each.free_at for each in self._conversations.values())]
        return min([at_most, *(moment - now for moment in moments if moment > now)])

    def _holds_token(self) -> bool:
        return self._token is not None and self._token.done()

    def _open(self, family: str, now: float) -> bool:
        return now >= self._methods.get(family, 0.0)

    def _of(self, conversation: str) -> Conversation:
        return self._conversations.setdefault(conversation, Conversation())

    def _wait(self, failures: int) -> float:
        return min(self.pace.longest_wait, self.pace.first_wait * 2.0 ** min(failures - 1, 10))


def _family(method: str) -> str:
    """What shares a limit, as far as we can tell: posting, changing, reading."""
    if method.startswith("conversations."):
        return "conversations."
    return "chat.post" if method.startswith("chat.post") else "chat.update"
