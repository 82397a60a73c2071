"""Hints: in channels that want them, a message with words that the other side has looked up gets a small mark; whoever
presses the mark has the words explained, for her alone."""

from datetime import datetime

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.desk import Desk
from bot.features.glossary import verbs
from bot.features.glossary.counting import Counting
from bot.features.glossary.looking import reader_of, terms_of
from bot.features.glossary.shelves import Shelves
from bot.features.glossary.views import WORDS, card
from bot.logs import logger
from bot.slack.payloads import Command, Event, Said
from bot.slack.replies import Reply, Say
from glossary.usecases import asking
from rituals.people.store import PeopleStore
from rituals.tables import Tx

log = logger()


class Hints:
    def __init__(self, desk: Desk, shelves: Shelves, counting: Counting, client: AsyncWebClient) -> None:
        self._desk, self._shelves, self._counting, self._client = desk, shelves, counting, client

    async def switch(self, command: Command) -> Reply:
        """`/glossary hints on`, by somebody in the channel."""
        reader_of(await self._desk.settings.of(command.workspace), command.user)
        wanted = command.text.split()[-1].lower()
        if wanted not in ("on", "off"):
            return Say(WORDS.hints_how())
        said = await self._desk.database.write(
            _switch,
            command,
            wanted == "on",
            self._desk.bot_user,
            self._desk.now(),
            once=(command.workspace, command.key),
        )
        self._shelves.forget(command.workspace)
        return Say(said)

    async def said(self, said: Said) -> Reply:
        """Never an answer: what is said in a channel is for others to look at too."""
        if said.kind != "new" or said.channel_type not in ("channel", "group"):
            return None
        shelf = await self._shelves.of(said.workspace)
        if said.channel not in shelf.hinted or f"<@{self._desk.bot_user}>" in said.text:
            return None
        known = [term.id for term in terms_of(shelf, said.text) if term.state == "accepted"]
        if known:
            given: bool = await self._desk.database.write(_give, said, known, self._desk.now())
            if given:
                await self._mark(said)
        return None

    async def _mark(self, said: Said) -> None:
        try:
            await self._client.reactions_add(channel=said.channel, timestamp=said.ts, name=verbs.HINT)
        except SlackApiError as error:
            if error.response["error"] not in _GONE:
                raise
            log.info("hint_not_given", workspace=said.workspace, channel=said.channel, error=error.response["error"])

    async def pressed(self, event: Event) -> Reply:
        """Somebody pressed a mark of ours, on a message that we marked."""
        item, user = event.data.get("item") or {}, str(event.data.get("user") or "")
        if event.data.get("reaction") != verbs.HINT or item.get("type") != "message" or user == self._desk.bot_user:
            return None
        channel, ts = str(item["channel"]), str(item["ts"])
        ids = await self._desk.database.read(asking.hinted, event.workspace, channel, ts, user)
        if not ids:
            return None
        settings = await self._desk.settings.of(event.workspace)
        reader = reader_of(settings, user)
        shelf = await self._shelves.of(event.workspace)
        found = shelf.terms(ids)
        for term in found:
            self._counting.found(event.workspace, term.id, user)
        parts = card.explanation(found, reader, settings.glossary, self._desk.now())
        return Say(WORDS.hint([term.name for term in found]), parts, channel=channel)


def _switch(tx: Tx, command: Command, on: bool, bot: str, now: datetime) -> str:
    channel = PeopleStore(tx, command.workspace).channel(command.channel)
    if command.channel.startswith("D"):
        return WORDS.hints_not_here()
    if on and (channel is None or not channel.bot_in):
        return WORDS.hints_not_in(bot)
    asking.switch_hints(tx, command.workspace, command.channel, command.user, on, now)
    return WORDS.hints_on() if on else WORDS.hints_off()


def _give(tx: Tx, said: Said, terms: list[str], now: datetime) -> bool:
    """Written down before the mark is made: a mark that is lost is better than one too many."""
    return bool(asking.give_hint(tx, said.workspace, said.channel, said.ts, said.user, terms, now))


# The message or the channel is not there any more, or is not for us to mark.
_GONE = {
    "already_reacted",
    "message_not_found",
    "channel_not_found",
    "not_in_channel",
    "is_archived",
    "too_many_reactions",
    "no_reaction",
    "thread_locked",
}
