"""People type, send, press and edit rubbish: the bot never fails, and pings nobody."""

import asyncio
import json
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tests.bench.load import Line, free_port, lines, request
from tests.slackside import Message, Person, Refused, View
from tests.soak import rubbish
from tests.soak.group import BOT_USER, OPENS, SECRET, SYNC, TEAM, Group, group

PEOPLE = 12
# What a person sees when the bot did not answer as it should.
FAILED = {"operation_timeout", "dispatch_failed", "http_client_error", "http_service_error"}
APOLOGY = "something went wrong on my side"


@dataclass(frozen=True)
class Fuzzed:
    acts: int
    failures: Sequence[str]
    pings: Sequence[str]


async def fuzzed(folder: Path, seconds: float, number: int, say: Callable[[str], None]) -> Fuzzed:
    """`number` decides who does what, though not in which order it happens."""
    port = free_port()
    async with group(folder, PEOPLE, f"sqlite:///{folder}/fuzz.db", random.Random(number), port) as of:
        of.start()
        await of.ready()
        await of.expects()
        await of.passes_until(OPENS, 60)
        ends = time.monotonic() + seconds
        async with lines(port, 4) as opened:
            people = [_Fuzzer(of, user, random.Random(f"{number} {user}")) for user in of.people]
            board = await of.slack.eventually(of.board, 60)
            wires = [
                _wire(line, random.Random(f"{number} wire {nth}"), board.ts, ends) for nth, line in enumerate(opened)
            ]
            done, raw = await asyncio.gather(
                asyncio.gather(*(each.plays(ends) for each in people)), asyncio.gather(*wires)
            )
        failures = [one for each in people for one in each.failures] + [one for found in raw for one in found[1]]
        said = await of.said()
        pings = [f"{ping}: {message.text[:80]!r}" for message in said for ping in message.pings]
        acts = sum(done) + sum(found[0] for found in raw)
        say(f"{acts} acts; the bot said {len(said)} things")
        return Fuzzed(acts, [*failures, *_in_the_log(of)], pings)


class _Fuzzer:
    def __init__(self, of: Group, user: str, seeded: random.Random) -> None:
        self._slack, self._user, self._random = of.slack, user, seeded
        self._me: Person = of.slack.as_person(user)
        self.failures: list[str] = []

    async def plays(self, ends: float) -> int:
        acts = 0
        while time.monotonic() < ends:
            act = self._random.choice((self._types, self._types, self._says, self._presses, self._fills, self._edits))
            try:
                await act()
            except Refused as refused:
                if refused.error in FAILED:
                    self.failures.append(f"{self._user} {act.__name__}: {refused}")
            acts += 1
        return acts

    async def _types(self) -> None:
        name = self._random.choice(("/standup", "/standup", "/crosswalk", "/crosswalk standup"))
        told = await self._me.types(f"{name} {self._random.choice(rubbish.WORDS)} {self._text(2000)}", SYNC)
        if APOLOGY in str(told):
            self.failures.append(f"{name}: {str(told)[:300]}")

    async def _says(self) -> None:
        where = self._random.choice((SYNC, "@bot", "thread"))
        mention = f"<@{BOT_USER}> " if self._random.random() < 0.3 else ""
        if where == "thread":
            roots = [message for message in await self._me.sees(SYNC) if message.user == BOT_USER]
            if roots:
                await self._me.says(SYNC, mention + self._text(), self._random.choice(roots).ts)
        else:
            await self._me.says(where, mention + self._text())

    async def _edits(self) -> None:
        where = self._random.choice((SYNC, "@bot"))
        mine = [message for message in await self._me.sees(where) if message.user == self._user]
        if mine and self._random.random() < 0.7:
            chosen = self._random.choice(mine)
            await self._me.edits(chosen.channel, chosen.ts, self._text())
        elif mine:
            chosen = self._random.choice(mine)
            await self._me.deletes(chosen.channel, chosen.ts)

    async def _presses(self) -> None:
        seen = [*await self._me.dm(), *await self._me.sees(SYNC)]
        places: list[Message | View] = [message for message in seen if message.buttons]
        home = await self._me.home()
        if home is not None and home.buttons:
            places.append(home)
        if places:
            place = self._random.choice(places)
            await self._me.presses(place, self._random.choice(place.buttons).action_id)
        await self._me.opens_home()

    async def _fills(self) -> None:
        view = await self._me.view()
        if view is None:
            await self._me.types("/standup", SYNC)
            view = await self._me.view()
        if view is None:
            return
        fields = [block["block_id"] for block in view.raw["blocks"] if block["type"] == "input"]
        done = await self._me.fills(view, {field: self._text(3000) for field in fields if self._random.random() < 0.8})
        if APOLOGY in str(done):
            self.failures.append(f"{view.callback_id}: {str(done)[:300]}")
        if self._random.random() < 0.5:
            for left in await self._me.views():
                await self._me.closes(left, all=True)

    def _text(self, longest: int = 4000) -> str:
        return rubbish.text(self._random, longest)


async def _wire(line: Line, seeded: random.Random, thread_ts: str, ends: float) -> tuple[int, list[str]]:
    """Straight to the bot, signed: messages of any shape, and choices and forms with any content."""
    acts, failures = 0, []
    while time.monotonic() < ends:
        body, kind = _event(seeded, thread_ts) if seeded.random() < 0.6 else _interaction(seeded)
        answer = await line.ask(request(SECRET, body, kind))
        if answer.status >= 500:
            failures.append(f"{answer.status} to {body[:300]!r}")
        acts += 1
        await asyncio.sleep(0.05)
    return acts, failures


def _event(of: random.Random, thread_ts: str) -> tuple[bytes, str]:
    message = {
        "type": of.choice(("message", "app_mention")),
        "user": f"U0P{of.randrange(PEOPLE)}",
        "text": rubbish.text(of),
        "blocks": [rubbish.blocks(of) for _ in range(of.randint(0, 4))],
        "channel": SYNC,
        "channel_type": "channel",
        "ts": f"{of.randrange(10**9)}.000{of.randrange(100, 999)}",
        **({"thread_ts": thread_ts} if of.random() < 0.5 else {}),
    }
    body = {"type": "event_callback", "team_id": TEAM, "api_app_id": "A0SOAK", "event_id": _id(of), "event": message}
    return json.dumps(body).encode(), "application/json"


def _interaction(of: random.Random) -> tuple[bytes, str]:
    who = {"id": f"U0P{of.randrange(PEOPLE)}", "team_id": TEAM}
    common: dict[str, Any] = {"team": {"id": TEAM}, "user": who, "trigger_id": _id(of), "api_app_id": "A0SOAK"}
    view = {
        "id": _id(of),
        "type": "modal",
        "callback_id": of.choice(("standup.form", "crosswalk.note", "x")),
        "private_metadata": rubbish.text(of, 3000),
        "title": {"type": "plain_text", "text": "x"},
        "state": {
            "values": {rubbish.text(of, 255): {"value": {"type": "plain_text_input", "value": rubbish.text(of)}}}
        },
        "hash": _id(of),
    }
    action = {"type": "button", "action_id": rubbish.text(of, 255), "block_id": "b", "value": rubbish.text(of, 2000)}
    payload = of.choice(
        (
            {**common, "type": "view_submission", "view": {**view, "callback_id": "x"}},
            {**common, "type": "view_closed", "view": view},
            {**common, "type": "block_actions", "actions": [action], "container": {}, "channel": {"id": SYNC}},
        )
    )
    return urlencode({"payload": json.dumps(payload)}).encode(), "application/x-www-form-urlencoded"


def _id(of: random.Random) -> str:
    return f"Fz{of.getrandbits(60):x}"


def _in_the_log(of: Group) -> list[str]:
    """Tracebacks and errors that the bot itself has noticed."""
    bad = [event for event in of.bots[0].events() if event.get("level") == "error" or "exception" in event]
    bad += [event for event in of.bots[0].events() if str(event["event"]).startswith("Traceback")]
    return [json.dumps(event)[:2000] for event in bad]
