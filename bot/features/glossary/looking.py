"""Look-ups: by command, by mention, by message. Her own side first; typos forgiven; what is not there is remembered.

words -> what is called so | what is nearly called so | nothing -> her private answer, counted afterwards
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot import outbox
from bot.desk import Desk
from bot.features.glossary import verbs
from bot.features.glossary.counting import Counting
from bot.features.glossary.shelves import Shelves
from bot.features.glossary.telling import name_of
from bot.features.glossary.views import WORDS, Message, card
from bot.features.glossary.views.card import Reader
from bot.outbox import Post
from bot.settings import Resolved
from bot.slack import blocks
from bot.slack.payloads import Command, Press, Said, Shortcut
from bot.slack.replies import Open, Replace, Reply, Say, Share
from glossary.ordinary import is_ordinary
from glossary.shelf import Shelf
from glossary.terms import LONGEST_NAME, NotForOutsiders, Term
from glossary.usecases import asking, editing
from glossary.words import asked, exact, key
from rituals.tables import Tx

# A question of more words than this is about something else than a term.
LONGEST_QUESTION = 6
LONGEST_NAME_SAID = 3


@dataclass(frozen=True, slots=True)
class Place:
    """Who looks something up, and where."""

    workspace: str
    user: str
    channel: str


@dataclass(frozen=True, slots=True)
class Found:
    """What a look-up came to: one term, several to choose from, or none; `nearly`: none is called just so."""

    terms: Sequence[Term]
    nearly: bool = False


def reader_of(settings: Resolved, user: str) -> Reader:
    """Raises NotForOutsiders."""
    if user in settings.outsiders:
        raise NotForOutsiders(user)
    function = settings.functions_by_key.get(settings.function_of.get(user, ""))
    return Reader(user, function.side if function else None)


class Looking:
    def __init__(self, desk: Desk, shelves: Shelves, counting: Counting) -> None:
        self._desk, self._shelves, self._counting = desk, shelves, counting

    async def define(self, command: Command) -> Reply:
        """`/define arr`: whatever stands there is looked up, but for a cry for help, where that is no term."""
        if command.text.strip().lower() == "help" and not (await self._shelves.of(command.workspace)).knows("help"):
            return Say(WORDS.help())
        return await self.look_up(Place(command.workspace, command.user, command.channel), command.text)

    async def look_up(self, place: Place, text: str) -> Say:
        settings = await self._desk.settings.of(place.workspace)
        reader = reader_of(settings, place.user)
        shelf = await self._shelves.of(place.workspace)
        found = shelf.look_up(text)
        if len(found) == 1:
            # Nearly always; what was meant by the words matters only where they are no name.
            return Say(*self._message(place, Found(found), text, reader, settings))
        word = asked(text)
        if not key(word):
            return Say(WORDS.nothing_asked())
        return Say(*self._message(place, await self._find(shelf, text, word), word, reader, settings))

    async def question(self, command: Command) -> Reply:
        """`@crosswalk what is ARR?` is answered for everybody in the thread; `/crosswalk arr`, for her alone.

        None: it is no question about a term.
        """
        word = asked(command.text)
        shelf = await self._shelves.of(command.workspace)
        if not (shelf.knows(command.text) or _is_question(command.text, word)):
            return None
        place = Place(command.workspace, command.user, command.channel)
        if command.ts is None or command.channel.startswith("D"):
            return await self.look_up(place, command.text)
        settings = await self._desk.settings.of(command.workspace)
        reader = reader_of(settings, command.user)
        found, thread_ts = await self._find(shelf, command.text, word), command.thread_ts or command.ts
        outside = len(found.terms) == 1 and not found.nearly and await self._heard_by_others(command)
        if len(found.terms) != 1 or found.nearly or outside:
            text, parts = self._message(place, found, word, reader, settings)
            if outside:
                parts.append(blocks.context(WORDS.for_you_alone()))
            return Say(text, parts, thread_ts=thread_ts)
        [term] = found.terms
        message = card.public(term, settings.glossary, self._desk.now())
        once = (command.workspace, command.key)
        await self._desk.database.write(_in_thread, command, message, self._desk.now(), once=once)
        self._counting.found(place.workspace, term.id, place.user)
        return ()

    async def _heard_by_others(self, command: Command) -> bool:
        """Whether people of another company would read an answer there."""
        settings = await self._desk.settings.of(command.workspace)
        return bool(settings.outsiders) and await self._desk.database.read(
            asking.is_shared, command.workspace, command.channel
        )

    async def said(self, said: Said) -> Reply:
        """A question about a word, or nothing but a term's name, said to the bot alone: that is nobody's update."""
        word = asked(said.text)
        if said.kind != "new" or said.channel_type != "im" or said.files or said.in_thread:
            return None  # a reply under a prompt is meant for the prompt
        shelf = await self._shelves.of(said.workspace)
        named = len(said.text.split()) <= LONGEST_NAME_SAID and shelf.knows(said.text)
        if not (named or _asks_for_a_word(said.text, word)):
            return None
        return await self.look_up(Place(said.workspace, said.user, said.channel), said.text)

    async def explain(self, shortcut: Shortcut) -> Reply:
        """Every term of a message, for her alone."""
        settings = await self._desk.settings.of(shortcut.workspace)
        reader = reader_of(settings, shortcut.user)
        shelf = await self._shelves.of(shortcut.workspace)
        found = terms_of(shelf, shortcut.message_text or "")
        return Open(self.explanation(shortcut.workspace, found, reader, settings))

    def explanation(self, workspace: str, found: Sequence[Term], reader: Reader, settings: Resolved) -> blocks.Block:
        """A modal with these terms; each counts as looked up."""
        for term in found:
            self._counting.found(workspace, term.id, reader.user)
        parts = [blocks.section(WORDS.explained_none())]
        if found:
            parts = card.explanation(found, reader, settings.glossary, self._desk.now())
        return blocks.modal("In this message", "glossary.explanation", parts)

    async def show(self, press: Press) -> Reply:
        """One of several was the one."""
        term, reader, settings = await self._pressed(press)
        self._counting.found(press.workspace, term.id, press.user)
        return in_place(press, card.card(term, reader, settings.glossary, self._desk.now()))

    async def more(self, press: Press) -> Reply:
        term, reader, settings = await self._pressed(press)
        return Open(card.page(term, reader, settings.glossary, self._desk.now()))

    async def chosen(self, press: Press) -> Reply:
        """A term picked from a list, in App Home."""
        term, reader, settings = await self._term(press, press.chosen or "")
        self._counting.found(press.workspace, term.id, press.user)
        return Open(card.page(term, reader, settings.glossary, self._desk.now()))

    async def share(self, press: Press) -> Reply:
        term, reader, settings = await self._pressed(press)
        # Once for this message: whoever presses twice before it is gone shares it once.
        once = (press.workspace, f"share/{press.channel}/{press.message_ts}/{term.id}")
        name = await self._desk.database.write(name_of, press.workspace, press.user, once=once)
        return Share(*card.shared(term, reader, settings.glossary, self._desk.now(), name))

    async def none_of_these(self, press: Press) -> Reply:
        word = press.carried["asked"]
        self._miss(Place(press.workspace, press.user, press.channel or ""), word)
        return in_place(press, card.miss(word))

    async def _pressed(self, press: Press) -> tuple[Term, Reader, Resolved]:
        return await self._term(press, press.carried["term"])

    async def _term(self, press: Press, term_id: str) -> tuple[Term, Reader, Resolved]:
        """As it is now, since she looks at it."""
        settings = await self._desk.settings.of(press.workspace)
        term = await self._desk.database.read(editing.get, press.workspace, term_id)
        return term, reader_of(settings, press.user), settings

    async def _find(self, shelf: Shelf, text: str, word: str) -> Found:
        exact = shelf.look_up(text)
        used = [term for term in exact if term.state != "retired"] or exact
        if used:
            return Found(used)
        search = shelf.near(word)
        for _ in search:
            # Others are served between the pieces of a long search.
            await asyncio.sleep(0)
        return Found([term for term in shelf.terms(search.ids) if term.state != "retired"], nearly=True)

    def _message(self, place: Place, found: Found, word: str, reader: Reader, settings: Resolved) -> Message:
        if not found.terms:
            self._miss(place, word)
            return card.miss(word)
        if len(found.terms) > 1:
            return card.candidates(word, found.terms, reader, several=not found.nearly)
        [term] = found.terms
        self._counting.found(place.workspace, term.id, place.user)
        above = WORDS.nearly(word, term.name) if found.nearly else ""
        return card.card(term, reader, settings.glossary, self._desk.now(), above=above)

    def _miss(self, place: Place, word: str) -> None:
        filed = key(word)
        if 0 < len(filed) <= LONGEST_NAME:  # what is longer is no name of anything
            self._counting.missed(
                place.workspace, filed, " ".join(word.split())[:LONGEST_NAME], place.user, place.channel
            )


def in_place(press: Press, message: Message) -> Reply:
    """Where she pressed: the private message becomes the answer, anything else gets one beside it."""
    return Replace(*message) if press.ephemeral else Say(*message)


def terms_of(shelf: Shelf, text: str) -> list[Term]:
    """The terms that a text mentions, in reading order, each once."""
    ids = dict.fromkeys(found for hit in shelf.detect(text) for found in hit.ids)
    return shelf.terms(ids)


def _is_question(text: str, word: str) -> bool:
    return word != " ".join(text.split()) and 0 < len(word.split()) <= LONGEST_QUESTION


def _asks_for_a_word(text: str, word: str) -> bool:
    """“What is a zorp?”, but not “For which?”, “What is this?” or “Explain it to Rui”, which may be an update."""
    begun = text.lower().lstrip().startswith(("what", "define"))
    strange = not all(is_ordinary(each) for each in exact(word).split())
    return begun and strange and _is_question(text, word)


def _in_thread(tx: Tx, command: Command, message: Message, now: datetime) -> None:
    text, parts = message
    post = Post(
        key=verbs.answer(command.key),
        channel=command.channel,
        text=text,
        blocks=parts,
        thread_ts=command.thread_ts or command.ts,
        ritual="glossary",
        kind="answer",
    )
    outbox.put(tx, command.workspace, post, now)
