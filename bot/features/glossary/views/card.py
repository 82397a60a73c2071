"""A term as somebody reads it: her own side first, the other under it, and what she can do with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from bot.features.glossary import verbs
from bot.features.glossary.views import PLAIN, WORDS, Message
from bot.slack import blocks
from bot.slack.blocks import Block
from bot.words import escape
from glossary.settings import GlossarySettings
from glossary.terms import SIDES, Sense, Term
from rituals.people.rules import Side

# Past this many characters further meanings are only counted: a card is read on a phone.
ROOM = 5000
LINE = 160
EXPLAINED_ROOM = 9000


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: on which side her function stands, and whether her word changes this term."""

    user: str
    side: Side | None = None

    @property
    def sides(self) -> tuple[Side, Side]:
        return ("technical", "business") if self.side == "technical" else SIDES


def card(term: Term, reader: Reader, settings: GlossarySettings, now: datetime, *, above: str = "") -> Message:
    """Her private answer to a look-up. `above`: a sentence that says why it is this term."""
    parts = [blocks.section(above)] if above else []
    parts += face(term, reader, settings, now)
    parts.append(_ways_on(term, settings.may_change(term.wording, reader.user)))
    return line_of(term, reader), parts


def face(term: Term, reader: Reader, settings: GlossarySettings, now: datetime, *, public: bool = False) -> list[Block]:
    """What the term says. `public`: for a channel, where naming who could say more would call them."""
    parts = [_title(term)]
    parts += _stands(term, settings, now, public=public)
    shown, room = 0, ROOM
    for nth, sense in enumerate(term.wording.senses):
        room -= len(sense.business) + len(sense.technical) + len(sense.example)
        if nth and room < 0:
            break
        parts += _sense(term, nth, sense, reader, settings, public)
        shown += 1
    if shown < len(term.wording.senses) and not public:
        parts.append(blocks.context(WORDS.other_senses(len(term.wording.senses) - shown)))
    return parts


def shared(term: Term, reader: Reader, settings: GlossarySettings, now: datetime, by: str) -> Message:
    """For everybody in a channel: the term, and the name of who showed it."""
    parts = face(term, reader, settings, now, public=True)
    return line_of(term, reader), [*parts, blocks.aside(PLAIN.shared_by(by))]


def public(term: Term, settings: GlossarySettings, now: datetime) -> Message:
    """For everybody in a thread in which somebody asked."""
    reader = Reader("")
    return line_of(term, reader), face(term, reader, settings, now, public=True)


def explanation(terms: Sequence[Term], reader: Reader, settings: GlossarySettings, now: datetime) -> list[Block]:
    """Every term of a message, in reading order; what does not fit into one message of Slack's is named."""
    parts = [blocks.section(WORDS.explained(len(terms)))]
    named: list[str] = []
    for term in terms:
        # The other terms of the message matter more here than the further meanings of one.
        more = [blocks.divider(), *face(term, reader, settings, now)[:6]]
        more.append(blocks.actions(blocks.button("More", verbs.MORE, nth=term.id, term=term.id)))
        if named or len(parts) + len(more) >= blocks.MESSAGE_BLOCKS or _characters([*parts, *more]) > EXPLAINED_ROOM:
            named.append(term.name)
        else:
            parts += more
    return [*parts, blocks.aside(PLAIN.more_terms(named))] if named else parts


def _characters(parts: Sequence[Block]) -> int:
    return sum(blocks.characters(part) for part in parts)


def page(term: Term, reader: Reader, settings: GlossarySettings, now: datetime, *, first: int = 0) -> Block:
    """Everything about a term, and everything she can do with it. `first`: the meaning to begin with."""
    change, tends = settings.may_change(term.wording, reader.user), settings.tends(term.wording, reader.user)
    buttons = [blocks.button("Edit" if change else "Suggest a change", verbs.EDIT, nth="page", term=term.id)]
    buttons.append(blocks.button("Add a meaning", verbs.NEW_SENSE, term=term.id))
    buttons.append(blocks.button("History", verbs.HISTORY, term=term.id))
    if term.state in ("accepted", "suggested"):
        buttons.append(blocks.button("Dispute", verbs.DISPUTE, term=term.id))
    if change and term.asked_at is not None:
        buttons.append(blocks.button("Still right", verbs.CONFIRM, term=term.id, style="primary"))
    if tends and term.state != "accepted":
        buttons.append(blocks.button("Accept", verbs.ACCEPT, term=term.id, style="primary"))
    if tends and term.state != "retired":
        label = "Decline" if term.state == "suggested" else "Retire"
        buttons.append(blocks.button(label, verbs.RETIRE, term=term.id))
    parts = [*_whole(term, reader, settings, now, first), blocks.actions(*buttons)]
    return blocks.modal(term.name, "glossary.page", parts, term=term.id)


def candidates(asked: str, terms: Sequence[Term], reader: Reader, *, several: bool) -> Message:
    """`several`: all of them are called so; otherwise they are only nearly called so."""
    words = WORDS.several(asked) if several else WORDS.candidates(asked)
    parts = [blocks.section(blocks.cut(words, blocks.SECTION))]
    for nth, term in enumerate(terms):
        button = blocks.button("This one", verbs.SHOW, nth=nth, term=term.id)
        parts.append(blocks.literal(line_of(term, reader, plain=True), button))
    if not several:
        none = blocks.button("None of these", verbs.NONE_OF_THESE, asked=asked[:300])
        parts.append(blocks.actions(none))
    return words, parts


def miss(asked: str, words: str = "") -> Message:
    """`words`: what to say instead of that it is not there."""
    words, word = words or WORDS.miss(blocks.cut(asked, 300)), asked[:80]
    ways = (
        blocks.button("Ask the channel", verbs.ASK, asked=word),
        blocks.button("Add it", verbs.ADD, asked=word),
    )
    return words, [blocks.section(words), blocks.actions(*ways)]


def question(asked: str) -> Message:
    """In the channel, without the name of who asks."""
    return WORDS.asked_plain(asked), [
        blocks.literal(PLAIN.asked(asked)),
        blocks.actions(blocks.button("Explain it", verbs.EXPLAIN, asked=asked)),
    ]


def answered(shown: Sequence[Block], by: str) -> list[Block]:
    """A question in the channel once somebody has explained the word under it."""
    return [*(block for block in shown if block["type"] != "actions"), blocks.context(WORDS.explained_by(by))]


def line_of(term: Term, reader: Reader, *, plain: bool = False) -> str:
    """A term in a line: what it means for her side, or else for the other. `plain`: where no markup is read."""
    said = said_first(term, reader)
    line = f"{called(term)}: {said}" if said else called(term)
    return line if plain else blocks.cut(escape(line), blocks.SECTION)


def called(term: Term) -> str:
    """Its name and what the letters stand for."""
    return " · ".join([term.name, *term.wording.expansions])


def said_first(term: Term, reader: Reader | None = None) -> str:
    """The first lines of what a term means, in one: for her side, or else for the other."""
    sides = reader.sides if reader else SIDES
    said = next((text for side in sides if (text := term.wording.senses[0].said(side))), "")
    return blocks.cut(" ".join(said.split()), LINE)


def _whole(term: Term, reader: Reader, settings: GlossarySettings, now: datetime, first: int) -> list[Block]:
    parts = [_title(term)]
    parts += _stands(term, settings, now)
    numbered = list(enumerate(term.wording.senses))
    for nth, sense in sorted(numbered, key=lambda each: each[0] != first):
        parts += _sense(term, nth, sense, reader, settings, False)
    return parts


def _sense(term: Term, nth: int, sense: Sense, reader: Reader, settings: GlossarySettings, public: bool) -> list[Block]:
    several, domain = len(term.wording.senses) > 1, settings.domain_name(sense.domain)
    parts = [blocks.section(WORDS.nth(nth + 1, domain))] if several else []
    for side in reader.sides:
        label = _label(side)
        if sense.said(side):
            parts.append(blocks.labelled(label, sense.said(side)))
        elif not public:
            whom = whom_to_ask(sense, side, term, settings)
            parts.append(blocks.section(WORDS.unsaid(label, whom, reader.user in whom)))
    aliases = () if nth else term.wording.aliases
    if sense.example or aliases or (domain and not several):
        parts.append(blocks.aside(_beside(sense.example, "" if several else domain, aliases)))
    return [*parts, blocks.context(WORDS.links(sense.links))] if sense.links else parts


def _stands(term: Term, settings: GlossarySettings, now: datetime, *, public: bool = False) -> list[Block]:
    """What a reader must know before she relies on it; nothing for a term that holds."""
    stale = term.stale(now, settings.confirm_every)
    if term.state == "accepted" and not stale:
        return []
    return [blocks.context(WORDS.state(term, stale, "" if public else term.state_by))]


@cache
def _label(side: Side) -> str:
    return PLAIN.side(side)


@cache
def _small_words() -> tuple[str, str]:
    return PLAIN.example(), PLAIN.also()


def _beside(example: str, domain: str, aliases: tuple[str, ...]) -> str:
    """Put together here rather than in a template, since every look-up needs it."""
    for_example, also = _small_words()
    names = f"{also} {', '.join(aliases)}" if aliases else ""
    lines = (f"{for_example} {example}" if example else "", " · ".join(filter(None, (domain, names))))
    return "\n".join(filter(None, lines))


def _title(term: Term) -> Block:
    return blocks.header(called(term))


def whom_to_ask(sense: Sense, side: Side, term: Term, settings: GlossarySettings) -> list[str]:
    """Who could say what is missing on a side: its owner, else the other side's, else the stewards."""
    owner = sense.owner(side) or sense.business_owner or sense.technical_owner
    return [owner] if owner else sorted(settings.stewards_of(term.wording))[:3]


def _ways_on(term: Term, change: bool) -> Block:
    ways = (
        ("Share to channel", verbs.SHARE),
        ("Edit" if change else "Suggest a change", verbs.EDIT),
        ("Not what I meant", verbs.NOT_MEANT),
        ("More", verbs.MORE),
    )
    return blocks.actions(*blocks.buttons(*ways, term=term.id))
