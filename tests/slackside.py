"""People in the sandbox, for tests: what they do, what they see, the clock they live by.

slack = Slackside(sandbox.url)
ana = slack.as_person("U0ANA")
await ana.types("/standup status", "C0GENERAL")
[message] = await slack.eventually(lambda: ana.dm())
"""

import asyncio
import base64
import inspect
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Any, Self, TypeVar, overload

import aiohttp

from tests.slackseen import Json, Message, SharedFile, View

__all__ = ["Json", "Message", "Person", "Refused", "SharedFile", "Slackside", "View", "epoch"]

T = TypeVar("T")
Moment = datetime | str | float


class Refused(AssertionError):
    """The person was shown an error instead of what the test asked her to do; `body` is the whole answer."""

    def __init__(self, body: Json) -> None:
        super().__init__(f"{body.get('error')}: {body.get('shown', '')}")
        self.error = str(body.get("error"))
        self.shown = str(body.get("shown", ""))
        self.body = body


class Slackside:
    """The sandbox from outside; use it as an async context manager, or `close` it."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

    def as_person(self, user: str) -> "Person":
        return Person(self, user)

    async def act(self, act: str, /, **asked: Any) -> Json:
        """Any act of the control endpoints; Refused carries what the person was shown."""
        given = {key: value for key, value in asked.items() if value is not None}
        body = await self._ask("POST", f"act/{act}", json=given)
        if not body["ok"]:
            raise Refused(body)
        return body

    async def state(self, user: str) -> Json:
        return await self._look("state", **{"as": user})

    async def clock(self) -> Json:
        return await self._look("clock")

    async def now(self) -> float:
        """Calendar time in epoch seconds."""
        return float((await self.clock())["now"])

    async def jump(self, to: Moment) -> Json:
        """Ask for a moment; with a follower it is reached a little later."""
        body = await self._ask("POST", "clock/jump", json={"to": epoch(to)})
        if not body["ok"]:
            raise Refused(body)
        return body

    async def jumped(self, to: Moment, deadline: float = 30) -> None:
        """Jump, and wait until the calendar is there."""
        await self.jump(to)
        await self.eventually(lambda: self._reached(epoch(to)), deadline)

    async def faults(self, **asked: Any) -> Json:
        """Ask for trouble: method=, kind=, count=, after=, seconds=, channel=; or socket=; or down=."""
        return await self._sent("faults", asked)

    async def clear_faults(self) -> None:
        await self._ask("DELETE", "faults")

    async def limits(self, **changed: Any) -> Json:
        return await self._sent("limits", changed)

    async def log(self, since: int = 0) -> list[Json]:
        found: list[Json] = (await self._look("log", since=str(since)))["log"]
        return found

    async def counts(self, method: str) -> dict[str, int]:
        return await self._look("counts", method=method)

    @overload
    async def eventually(self, look: Callable[[], Awaitable[T | None]], deadline: float = 30) -> T: ...

    @overload
    async def eventually(self, look: Callable[[], T | None], deadline: float = 30) -> T: ...

    async def eventually(self, look: Callable[[], Any], deadline: float = 30) -> Any:
        """Look again and again until there is something; AssertionError with what was seen last."""
        loop = asyncio.get_running_loop()
        until = loop.time() + deadline
        while True:
            seen = look()
            found: Any = await seen if inspect.isawaitable(seen) else seen
            if found:
                return found
            if loop.time() > until:
                raise AssertionError(f"Not within {deadline} s; last seen: {found!r}")
            await asyncio.sleep(0.02)

    async def fetch(self, path: str, **query: str) -> bytes:
        """What a control endpoint gives that is no JSON; Refused otherwise."""
        async with self._opened().get(f"{self.url}/control/{path}", params=query) as response:
            body = await response.read()
            if response.status != 200:
                raise Refused(json.loads(body))
            return body

    async def _reached(self, moment: float) -> bool:
        return await self.now() >= moment

    async def _look(self, path: str, **query: str) -> Json:
        found = await self._ask("GET", path, params=query)
        if found.get("ok") is False and "error" in found:
            raise Refused(found)
        return found

    async def _sent(self, path: str, body: Json) -> Json:
        answer = await self._ask("POST", path, json=body)
        if not answer["ok"]:
            raise Refused(answer)
        return answer

    async def _ask(self, method: str, path: str, **more: Any) -> Json:
        async with self._opened().request(method, f"{self.url}/control/{path}", **more) as response:
            answer: Json = json.loads(await response.read())
            return answer

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))
        return self._session


@dataclass(frozen=True)
class Person:
    """Somebody at her Slack client; whatever Slack refuses her raises Refused."""

    slack: Slackside
    user: str

    async def says(self, channel: str, text: str, thread_ts: str | None = None) -> str:
        """Writes a message and gives its ts; "@bot" as channel is the direct conversation with the app."""
        body = await self._act("message", channel=channel, text=text, thread_ts=thread_ts)
        return str(body["ts"])

    async def uploads(
        self, name: str, content: str | bytes, *, to: str = "@bot", text: str = "", thread_ts: str | None = None
    ) -> str:
        """Sends a file, with words or without, and gives the ts of its message."""
        encoded = base64.b64encode(content.encode() if isinstance(content, str) else content).decode()
        given = [{"name": name, "content": encoded}]
        return str((await self._act("upload", channel=to, text=text, thread_ts=thread_ts, files=given))["ts"])

    async def downloads(self, file: SharedFile) -> bytes:
        """The content of a file that she sees."""
        return await self.slack.fetch("file", **{"as": self.user, "id": file.id})

    async def edits(self, channel: str, ts: str, text: str) -> None:
        await self._act("edit", channel=channel, ts=ts, text=text)

    async def deletes(self, channel: str, ts: str) -> None:
        await self._act("delete", channel=channel, ts=ts)

    async def types(self, line: str, channel: str = "@bot", thread_ts: str | None = None) -> Any:
        """A slash command; gives the body of its acknowledgement, if any."""
        return (await self._act("command", channel=channel, text=line, thread_ts=thread_ts)).get("response")

    async def presses(self, place: Message | View, name: str, **picked: Any) -> Json:
        """A button, select or the like, by action_id or label; a pick as value= or selected_option=, plainly."""
        if isinstance(place, View):
            return await self._act("press", view_id=place.id, action_id=name, **picked)
        return await self._act("press", channel=place.channel, ts=place.ts, action_id=name, **picked)

    async def fills(self, view: View, values: Json | None = None) -> Json:
        """Fills a form and sends it; the answer carries response_action and errors, if any."""
        return await self._act("submit", view_id=view.id, values=values or {})

    async def enters(self, view: View, values: Json) -> None:
        """Fills a form without sending it."""
        await self._act("fill", view_id=view.id, values=values)

    async def closes(self, view: View, *, all: bool = False) -> None:
        await self._act("close", view_id=view.id, all=all)

    async def opens_home(self, tab: str = "home") -> None:
        await self._act("home", tab=tab)

    async def sees(self, channel: str, thread_ts: str | None = None) -> list[Message]:
        """A channel or a thread, oldest first, her ephemeral messages among it."""
        query = {"as": self.user, "channel": channel, **({"thread_ts": thread_ts} if thread_ts else {})}
        return [Message.of(raw) for raw in (await self.slack._look("messages", **query))["messages"]]

    async def dm(self) -> list[Message]:
        """Her direct conversation with the app."""
        return await self.sees("@bot")

    async def view(self) -> View | None:
        """The modal before her, if any."""
        opened = (await self.slack._look("views", **{"as": self.user}))["views"]
        return View.of(opened[-1]) if opened else None

    async def views(self) -> list[View]:
        return [View.of(raw) for raw in (await self.slack._look("views", **{"as": self.user}))["views"]]

    async def home(self) -> View | None:
        found = (await self.slack._look("home", **{"as": self.user}))["view"]
        return View.of(found) if found else None

    async def shortcut(self, callback_id: str, message: Message | None = None) -> Json:
        """A shortcut, global or from the menu of a message."""
        place = {"channel": message.channel, "ts": message.ts} if message else {}
        return await self._act("shortcut", callback_id=callback_id, **place)

    async def sets_status(self, emoji: str = "", text: str = "", expiration: Moment | None = None) -> None:
        ends = None if expiration is None else epoch(expiration)
        await self._act("status", emoji=emoji, text=text, expiration=ends)

    async def reacts(self, message: Message, name: str) -> None:
        await self._act("react", channel=message.channel, ts=message.ts, name=name)

    async def unreacts(self, message: Message, name: str) -> None:
        await self._act("unreact", channel=message.channel, ts=message.ts, name=name)

    async def joins(self, channel: str) -> None:
        await self._act("join", channel=channel)

    async def leaves(self, channel: str) -> None:
        await self._act("leave", channel=channel)

    async def invites(self, who: str, channel: str) -> None:
        await self._act("invite", channel=channel, who=who)

    async def options(self, place: Message | View, action_id: str, query: str) -> list[Json]:
        """What an external select offers for what she typed."""
        where = {"view_id": place.id} if isinstance(place, View) else {"channel": place.channel, "ts": place.ts}
        found: list[Json] = (await self._act("options", action_id=action_id, query=query, **where))["options"]
        return found

    async def _act(self, act: str, /, **asked: Any) -> Json:
        return await self.slack.act(act, user=self.user, **asked)


def epoch(moment: Moment) -> float:
    """Seconds since the epoch; a string is ISO with an offset."""
    if isinstance(moment, str):
        moment = datetime.fromisoformat(moment)
    return moment.timestamp() if isinstance(moment, datetime) else float(moment)
