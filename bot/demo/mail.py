"""Stands where Slack will be while the past is made: takes what is owed, and keeps it for the sandbox's seed."""

import math
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from bot.demo.people import BOT_USER, COLLEAGUES, TEAM
from bot.outbox import Wordings, claiming
from bot.outbox.outcomes import Delivery, Landed, Outcome, Renewal, Renewed
from bot.outbox.settling import settle
from rituals.tables import Tx

Json = dict[str, Any]

_DIRECT = {person.id: person.direct for person in COLLEAGUES}
_STEP = 0.25
"""Seconds between two messages; a quarter is exact in binary, so that the sandbox computes the same timestamps."""


class Mail:
    """`messages` is the history in the form of the sandbox's seed, oldest first. `wordings` as for the drain."""

    def __init__(self, wordings: Wordings) -> None:
        self._wordings = wordings
        self.messages: list[Json] = []
        self._last = 0.0
        self._places: dict[str, int] = {}

    def deliver(self, tx: Tx, now: datetime) -> list[Json]:
        """Sends everything that is owed at `now`, as the drain does, and answers the new messages."""
        return list(self._delivered(tx, now))

    def renew(self, tx: Tx, now: datetime) -> None:
        """Lets every message read as it stands at `now`; those that are no longer wanted disappear."""
        outcomes: list[Outcome] = []
        while (renewal := self._turn(tx, now, outcomes, post=False).renewal) is not None:
            self._replace(renewal)
            outcomes = [Renewed(renewal.key, renewal.version)]

    def write(self, user: str, channel: str, text: str, now: datetime, **more: Any) -> str:
        """A person's message, or the bot's own reply to one. Answers its ts; `thread_ts` puts it into a thread."""
        return str(self._keep(user, channel, now, {"text": text, **more})["ts"])

    def seed(self) -> list[Json]:
        return [{key: value for key, value in each.items() if key != "ts"} for each in self.messages]

    def _delivered(self, tx: Tx, now: datetime) -> Iterator[Json]:
        left = True
        while left and (turn := self._turn(tx, now, (), post=True)).post is not None:
            message, left = self._posted(turn.post, now), turn.left
            settle(tx, TEAM, [Landed(turn.post.key, turn.post.version, message["channel"], message["ts"])])
            yield message

    def _turn(self, tx: Tx, now: datetime, outcomes: Iterable[Outcome], *, post: bool) -> claiming.Turn:
        # Nothing is in flight, and nothing has to rest: each turn hands out the next message.
        ask = claiming.Ask(
            busy=frozenset(),
            look_ups=0,
            post=post,
            renewal=not post,
            renewing=frozenset(),
            rested=math.inf,
            doubt_after=timedelta(),
        )
        return claiming.turn(tx, TEAM, now, 0.0, outcomes, ask, self._wordings)

    def _posted(self, post: Delivery, now: datetime) -> Json:
        facts: Json = {"text": post.text, "blocks": post.blocks, "thread_ts": post.thread_ts}
        facts |= {"reply_broadcast": True} if post.broadcast else {}
        return self._keep(BOT_USER, _DIRECT.get(post.channel, post.channel), now, facts)

    def _keep(self, user: str, channel: str, now: datetime, facts: Json) -> Json:
        self._last = max(self._last + _STEP, math.ceil(now.timestamp() / _STEP) * _STEP)
        thread_ts = facts.pop("thread_ts", None)
        message: Json = {"channel": channel, "user": user, "at": self._last, "ts": _stamp(self._last)}
        message |= {key: value for key, value in facts.items() if value}
        if thread_ts is not None:
            message["thread_of"] = self._places[thread_ts]
        self._places[message["ts"]] = len(self.messages)
        self.messages.append(message)
        return message

    def _replace(self, renewal: Renewal) -> None:
        message = self.messages[self._places[renewal.ts]]
        message["text"] = renewal.text
        message.pop("blocks", None)
        if renewal.blocks:
            message["blocks"] = renewal.blocks


def _stamp(at: float) -> str:
    return f"{at:.6f}"
