"""The colleagues, live: each answers some while after she was asked, as a person does, through the sandbox's page."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar

import aiohttp

from bot.demo import manners, people
from bot.demo.manners import Answering, Asked
from bot.features.standup.views.asking import ANSWER
from bot.logs import logger
from bot.slack import refs

log = logger()
Json = dict[str, Any]
T = TypeVar("T")

_PATIENCE = 5.0
"""Real seconds for which somebody waits to see what she has set in motion."""
_TRIES = 3
_LATER = timedelta(minutes=2)
_CAST = {person.id: person for person in people.COLLEAGUES if person.id != people.YOU}
_ROOMS = [place for place in people.PLACES if place.bot_in]
_STEPS = ("1", "2", "3", "4", "5")


@dataclass(frozen=True, slots=True)
class Question:
    """A round that a message asks about: the button that opens its form, and where that is."""

    round: str
    channel: str
    ts: str
    action: str
    value: str


@dataclass(frozen=True, slots=True)
class _Intent:
    at: datetime
    user: str
    question: Question
    answering: Answering
    tries: int = 0


class Cast:
    """All colleagues but the one whom the person who watches is asked to be. `url` is the sandbox's address; `first` is
    the Monday of the story's first week. What was to happen before the first look has happened."""

    def __init__(self, url: str, first: date) -> None:
        self._url, self._first = url, first
        self._intents: dict[tuple[str, str], _Intent] = {}
        self._seen: set[tuple[str, str]] = set()
        self._logged: int | None = None
        self._session: aiohttp.ClientSession | None = None

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

    async def next_moment(self) -> datetime | None:
        await self._look()
        return min((intent.at for intent in self._intents.values()), default=None)

    async def act(self, now: datetime) -> None:
        due = [(key, intent) for key, intent in self._intents.items() if intent.at <= now]
        for key, intent in sorted(due, key=lambda each: each[1].at):
            try:
                await self._answer(intent)
                del self._intents[key]
            except _NotNow as not_now:
                self._again(key, intent, now, not_now)

    def _again(self, key: tuple[str, str], intent: _Intent, now: datetime, not_now: "_NotNow") -> None:
        log.warning("cast_failed", user=intent.user, round=intent.question.round, error=str(not_now))
        if intent.tries + 1 < _TRIES:
            self._intents[key] = replace(intent, at=now + _LATER, tries=intent.tries + 1)
        else:
            del self._intents[key]

    async def _look(self) -> None:
        """At first through everybody's messages, then at what the bot has sent since."""
        if self._logged is None:
            since = datetime.fromtimestamp((await self._get("clock"))["now"], UTC)
            self._logged = await self._log_end()
            for user in _CAST:
                found = await self._get("messages", **{"as": user, "channel": "@bot"})
                for message in found["messages"]:
                    self._asked(user, message["channel"], message, since)
            return
        for entry in (await self._get("log", since=str(self._logged)))["log"]:
            self._logged = entry["n"]
            if entry.get("method") == "chat.postMessage" and entry["ok"]:
                self._sent(entry["response"])

    async def _log_end(self) -> int:
        entries = (await self._get("log", since="0"))["log"]
        return int(entries[-1]["n"]) if entries else 0

    def _sent(self, response: Json) -> None:
        user = next((one.id for one in _CAST.values() if one.direct == response["channel"]), None)
        if user is not None:
            self._asked(user, response["channel"], response["message"], datetime.min.replace(tzinfo=UTC))

    def _asked(self, user: str, channel: str, message: Json, since: datetime) -> None:
        for question in questions(message, channel):
            answering = manners.answering(_CAST[user].handle, question.round, self._first)
            key = (user, question.round)
            if answering is None or key in self._seen:
                continue
            self._seen.add(key)
            at = datetime.fromtimestamp(float(message["ts"]), UTC) + answering.after
            if at > since:
                self._intents[key] = _Intent(at, user, question, answering)

    async def _answer(self, intent: _Intent) -> None:
        way = intent.answering.way
        thread = await self._thread(intent) if way == "thread" else None
        if thread is not None:
            await self._writes(intent, thread["channel"], thread["ts"])
        elif way == "direct":
            await self._writes(intent, "@bot", None)
        else:
            await self._fills(intent)

    async def _thread(self, intent: _Intent) -> Json | None:
        """The first message of the round's thread, if it is up."""
        for room in _ROOMS:
            if intent.user in room.members:
                found = await self._get("messages", **{"as": intent.user, "channel": room.id})
                for message in reversed(found["messages"]):
                    if any(each.round == intent.question.round for each in questions(message, room.id)):
                        return {"channel": room.id, "ts": message["ts"]}
        return None

    async def _writes(self, intent: _Intent, channel: str, thread_ts: str | None) -> None:
        """Writes in her own words, and waits for what the bot says to that."""
        more = {"thread_ts": thread_ts} if thread_ts else {}
        text = manners.words(intent.answering)
        wrote = await self._act("message", user=intent.user, channel=channel, text=text, **more)

        async def answered() -> bool:
            found = await self._get("messages", **{"as": intent.user, "channel": channel, **more})
            return any(
                float(message["ts"]) > float(wrote["ts"]) and message["user"] == people.BOT_USER
                for message in found["messages"]
            )

        await _until(answered)

    async def _fills(self, intent: _Intent) -> None:
        """Presses the button, fills the form, sends it."""
        asked = intent.question
        place = {"channel": asked.channel, "ts": asked.ts, "action_id": asked.action, "value": asked.value}
        await self._act("press", user=intent.user, **place)
        view = await _until(lambda: self._form(intent.user, asked.round))
        if view is None:
            raise _NotNow("no form opened")
        values = manners.values(intent.answering, inputs(view["blocks"]), asked.round)
        entered = {f"q.{key}": value for key, value in values.items()}
        done = await self._act("submit", user=intent.user, view_id=view["id"], values=entered)
        if done.get("errors"):
            await self._act("close", user=intent.user, view_id=view["id"])
            raise _NotNow(str(done["errors"]))

    async def _form(self, user: str, round_id: str) -> Json | None:
        opened = (await self._get("views", **{"as": user}))["views"]
        fitting = (view for view in opened if refs.unpack(view["private_metadata"]).get("round") == round_id)
        return next(fitting, None)

    async def _act(self, act: str, **asked: Any) -> Json:
        done = await self._ask("POST", f"act/{act}", json=asked)
        if not done.get("ok"):
            raise _NotNow(str(done.get("shown") or done.get("error")))
        return done

    async def _get(self, path: str, **query: str) -> Json:
        return await self._ask("GET", path, params=query)

    async def _ask(self, method: str, path: str, **more: Any) -> Json:
        if self._session is None:
            self._session = aiohttp.ClientSession()
        async with self._session.request(method, f"{self._url}/control/{path}", **more) as response:
            found: Json = await response.json()
            return found


class _NotNow(Exception):
    """The sandbox showed her this instead of what she wanted."""


def questions(message: Json, channel: str) -> Iterator[Question]:
    """The rounds that a message asks about, by its buttons."""
    for block in message.get("blocks") or ():
        for element in block.get("elements") or ():
            action, value = str(element.get("action_id", "")), str(element.get("value", ""))
            if element.get("type") == "button" and refs.verb_of(action) == ANSWER:
                yield Question(str(refs.unpack(value).get("round", "")), channel, message.get("ts", ""), action, value)


def inputs(blocks: list[Json]) -> list[Asked]:
    """The questions of a form, as she sees them."""
    asked = [block for block in blocks if block["type"] == "input" and block["block_id"].startswith("q.")]
    return [_input(block["block_id"].removeprefix("q."), block["element"]) for block in asked]


def _input(key: str, element: Json) -> Asked:
    options = tuple(str(option["value"]) for option in element.get("options") or ())
    match element["type"]:
        case "static_select":
            return Asked(key, "waiting", options)
        case "radio_buttons":
            return Asked(key, "scale" if options == _STEPS else "choice", options)
        case _:
            return Asked(key, "blocker" if key == "blocker" else "text")


async def _until(look: Callable[[], Awaitable[T]]) -> T:
    """Looks again until there is something; after a while answers what there is."""
    end = time.monotonic() + _PATIENCE
    while not (found := await look()) and time.monotonic() < end:
        await asyncio.sleep(0.03)
    return found
