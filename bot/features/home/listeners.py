"""The front door: App Home, `/crosswalk standup …`, and `@crosswalk standup …` where Slack has no commands."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from bot.desk import Desk
from bot.registry import HomePart, Registry, Waiting
from bot.slack import blocks, refs
from bot.slack.payloads import Command, Event, Press, Said, unescape_slack, without_mention
from bot.slack.replies import Home, Open, Reply, Say, View, each
from bot.words import Words
from rituals.tables import Tx

WORDS = Words(Path(__file__).parent / "words" / "home.j2")
HELP = ("help", "hi", "hello", "hey", "?")  # said to the bot alone, these are no update
# What says one of the first, and nothing that is not among the second, is thanks.
THANKS = ("thanks", "thank", "thx", "cheers")
WITH_THANKS = {*THANKS, "you", "many", "a", "lot", "so", "very", "much", "crosswalk"}
CROSSWALK, RUN = "/crosswalk", "home.run"
MOST_WAITING, MOST_BELOW = 5, 15


def register(app: Registry, desk: Desk) -> None:
    listeners = Listeners(app, desk)
    app.command(
        CROSSWALK, listeners.crosswalk, "Everything Crosswalk does, under one name", "help | standup status | …"
    )
    app.press(RUN, listeners.run_pressed)
    app.event("app_home_opened", listeners.opened)
    app.event("app_mention", listeners.mentioned)
    app.said(listeners.said)
    app.home_view = listeners.home_of
    app.scope(
        "app_mentions:read",
        "to answer when it is mentioned, in threads too, where Slack has no commands",
        "mentions are not answered; the commands still work",
    )


class Listeners:
    def __init__(self, app: Registry, desk: Desk) -> None:
        self._app = app
        self._desk = desk

    async def opened(self, event: Event) -> Reply:
        if event.data.get("tab") != "home":
            return None
        return Home(await self.home_of(event.workspace, event.data["user"]))

    async def home_of(self, workspace: str, user: str) -> View:
        parts = await self._desk.database.read(self._parts, workspace, user, self._desk.now())
        return home(parts)

    def _parts(self, tx: Tx, workspace: str, user: str, now: datetime) -> list[HomePart]:
        return [part(tx, workspace, user, now) for part in self._app.homes]

    async def crosswalk(self, command: Command) -> Reply:
        """`/crosswalk standup status` is `/standup status`."""
        word, _, rest = command.text.partition(" ")
        usage = self._app.commands.get(f"/{word.lower().lstrip('/')}")
        if usage is None or usage.name == CROSSWALK:
            if (answer := await self._answer(command)) is not None:
                return answer
            if _thanks(command.text):
                return Say(WORDS.welcome())
            known = self._help()
            return Say(known if word.lower() in ("", "help") else f"{WORDS.unknown(command.text)}\n\n{known}")
        return await usage.run(replace(command, name=usage.name, text=rest.strip()))

    async def _answer(self, command: Command) -> Reply:
        """What a feature says to words that are no command."""
        for ask in self._app.questions:
            if command.text and (answer := await ask(command)) is not None:
                return answer
        return None

    def _help(self) -> str:
        commands = [
            (usage.name, usage.hint.partition(" |")[0], usage.description)
            for usage in self._app.commands.values()
            if usage.name != CROSSWALK
        ]
        return WORDS.help(commands)

    async def mentioned(self, event: Event) -> Reply:
        data = event.data
        if data.get("bot_id") or not data.get("user"):
            return None  # another bot wrote it
        text = without_mention(unescape_slack(data.get("text") or ""))
        return await self._asked(
            Command(
                workspace=event.workspace,
                user=data["user"],
                channel=data["channel"],
                name=CROSSWALK,
                text=text,
                trigger=None,
                key=event.key,
                thread_ts=data.get("thread_ts"),
                ts=data.get("ts"),
            )
        )

    async def said(self, said: Said) -> Reply:
        """Slack tells of no mentions in direct messages, and in their threads it has no commands either."""
        if said.kind != "new" or said.channel_type != "im":
            return None
        text = said.text.strip().lower()
        if said.begins_with(self._desk.bot_user):
            text = without_mention(said.text)
        elif text in HELP:
            text = "help"
        elif not _thanks(text):
            return None
        return await self._asked(
            Command(
                workspace=said.workspace,
                user=said.user,
                channel=said.channel,
                name=CROSSWALK,
                text=text,
                trigger=None,
                key=said.key,
                thread_ts=said.thread_ts,
                ts=said.ts,
            )
        )

    async def _asked(self, command: Command) -> Reply:
        reply = await self.crosswalk(command)
        if any(isinstance(one, Open) for one in each(reply)):
            return self._press_to_open(command.text)
        return reply

    def _press_to_open(self, text: str) -> Say:
        words = WORDS.press_to_open()
        press = blocks.button("Open the form", RUN, style="primary", text=text[: refs.LIMIT // 2])
        return Say(words, [blocks.section(words), blocks.actions(press)])

    async def run_pressed(self, press: Press) -> Reply:
        return await self.crosswalk(
            Command(
                workspace=press.workspace,
                user=press.user,
                channel=press.channel or "",
                name=CROSSWALK,
                text=press.carried["text"],
                trigger=press.trigger,
                key=press.key,
                thread_ts=press.thread_ts,
            )
        )


def _thanks(text: str) -> bool:
    """“Thanks!”, “thank you so much :pray:”, but not “thanks to Rui it works”, which says something."""
    words = re.findall(r"[^\W\d_]+", re.sub(r":[\w+'-]+:", " ", text.lower()))
    return bool({*words} & {*THANKS}) and {*words} <= WITH_THANKS


def home(parts: list[HomePart]) -> View:
    """On top at most five things that wait for her, the oldest first, one button each; then each feature's section,
    with what of its own found no room on top. Everything stands there once."""
    waiting = sorted((one for part in parts for one in part.waiting), key=lambda one: one.since)
    top, below = waiting[:MOST_WAITING], waiting[MOST_WAITING:]
    shown = [blocks.section(WORDS.hello() if waiting else WORDS.nothing())]
    shown += [_waits(one, f"top{nth}") for nth, one in enumerate(top)]
    if below:
        shown.append(blocks.context(WORDS.more(len(below))))
    for nth, part in enumerate(parts):
        rest = [one for one in below if any(one is mine for mine in part.waiting)]
        if part.blocks or rest:
            shown += [blocks.divider(), *part.blocks, *_rest(rest, f"part{nth}")]
    return blocks.home(shown)


def _rest(waiting: Sequence[Waiting], place: str) -> list[blocks.Block]:
    shown = [_waits(one, f"{place}.{nth}") for nth, one in enumerate(waiting[:MOST_BELOW])]
    more = len(waiting) - MOST_BELOW
    return [*shown, blocks.context(WORDS.more_later(more))] if more > 0 else shown


def _waits(one: Waiting, place: str) -> blocks.Block:
    button = dict(one.button)
    return blocks.section(one.text, button | {"action_id": refs.action_id(button["action_id"], place)})
