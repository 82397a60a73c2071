"""How a decision is asked for: the form, short at first, from a command, a message or a blocker.

command | message | blocker | one to be replaced -> the form -> checked beside its fields -> asked, told
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.desk import Desk
from bot.features.decisions import telling
from bot.features.decisions.drafting import beside, draft_of, typed, written
from bot.features.decisions.views import PLAIN, WORDS, forms, notes
from bot.features.decisions.views.forms import Draft
from bot.logs import logger
from bot.settings import Resolved
from bot.slack import blocks
from bot.slack.payloads import Command, Form, Press, Shortcut
from bot.slack.replies import Open, Refresh, Reply, Say
from bot.words import harmless, mentioned, named
from rituals.blockers import usecases as blockers
from rituals.blockers.rules import AlreadyResolved, Blocker, NoSuchBlocker
from rituals.decisions import rules
from rituals.decisions.records import Asked, Changed, Decision, Origin
from rituals.decisions.refusals import NotForOutsiders
from rituals.decisions.usecases import changing, reading
from rituals.people.rules import Member, local_day
from rituals.people.store import PeopleStore
from rituals.tables import Tx

log = logger()


@dataclass(frozen=True, slots=True)
class _Place:
    """What the form needs to know about where somebody asks."""

    channel: str | None
    names: Mapping[str, str]
    # The channel she asks in, where the bot is not and so nobody would see it; and what the bot is called.
    absent: str = ""
    bot: str = ""


class Asking:
    def __init__(self, desk: Desk, client: AsyncWebClient) -> None:
        self._desk, self._client = desk, client

    async def open(self, command: Command) -> Reply:
        """`/decision Shall we raise the price?`"""
        question = " ".join(harmless(command.text).split())
        return await self._open(command.workspace, command.user, command.channel, Draft(question=question))

    async def open_again(self, press: Press) -> Reply:
        """From App Home, or wherever a button says so."""
        return await self._open(press.workspace, press.user, None, Draft())

    async def from_message(self, shortcut: Shortcut) -> Reply:
        """Its first line becomes the question, all of it the context, and the card links back."""
        users = mentioned([shortcut.message_text or ""]) | ({shortcut.message_user} if shortcut.message_user else set())
        names = await self._desk.database.read(telling.names_of, shortcut.workspace, users)
        text = harmless(named(shortcut.message_text or "", names)).strip()
        author = names.get(shortcut.message_user or "", "Somebody")
        first = next((line.strip() for line in text.splitlines() if line.strip()), "")
        context = PLAIN.from_message(author, "", text) if text else ""
        carried = {"message": [shortcut.channel, shortcut.message_ts]}
        draft = Draft(question=first, context=context, carried=carried)
        return await self._open(shortcut.workspace, shortcut.user, shortcut.channel, draft)

    async def from_blocker(self, press: Press) -> Reply:
        """It may wait for a decision that is open already: then nobody need ask twice."""
        blocker_id = press.carried["id"]
        settings = await self.settings_for(press.workspace, press.user)
        known, blocker, open_ones, names = await self._desk.database.read(
            _around_blocker, press.workspace, press.user, blocker_id
        )
        if known is not None:
            return Say(*notes.waits_already(known))
        if not open_ones:
            return await self._open_for(press.workspace, press.user, blocker, names, settings)
        seen = await self._desk.database.read(
            telling.seen_by, press.workspace, {each.decider for each in open_ones}, settings, self._desk.now()
        )
        return Open(forms.link(blocker_id, named(blocker.text, names), open_ones, seen))

    async def link(self, form: Form) -> Reply:
        """An open decision was chosen, or a new one wanted."""
        chosen, blocker_id = form.fields["decision"], form.carried["blocker"]
        settings = await self.settings_for(form.workspace, form.user)
        if chosen == forms.NOBODY:
            _, blocker, _, names = await self._desk.database.read(
                _around_blocker, form.workspace, form.user, blocker_id
            )
            opened = await self._open_for(form.workspace, form.user, blocker, names, settings)
            return Refresh(opened.view) if isinstance(opened, Open) else opened
        once = (form.workspace, form.key)
        decision = await self._desk.database.write(
            _linked, form.workspace, int(chosen), blocker_id, form.user, settings, self._desk.now(), once=once
        )
        return Say(WORDS.linked(decision))

    async def replacing(self, press: Press) -> Reply:
        """A new decision that takes the place of one that was taken, once it is taken itself."""
        settings = await self.settings_for(press.workspace, press.user)
        old = await self._desk.database.read(reading.get, press.workspace, press.carried["id"], press.user)
        rules.must_be_concerned(old, press.user, settings.admins)
        return await self._open(press.workspace, press.user, old.channel, forms.instead_of(old))

    async def more_fields(self, press: Press) -> Reply:
        """The rest of the form; what was typed stays, since the fields keep their names."""
        return await self._again(press, replace(typed(press), unfolded=True))

    async def topic(self, press: Press) -> Reply:
        """The group's own rules propose who decides."""
        settings = await self.settings_for(press.workspace, press.user)
        draft, chosen = typed(press), int(press.chosen or 0)
        if chosen >= len(settings.decisions.decides):
            return await self._again(press, draft)  # the rules are others than when she opened the form
        rule = settings.decisions.decides[chosen]
        proposed = replace(
            draft,
            topic=press.chosen,
            decider=rule.decider,
            decider_n=draft.decider_n + 1,
            escalate_to=rule.escalate_to or draft.escalate_to,
            tags=tuple(dict.fromkeys((*draft.tags, *((rule.tag,) if rule.tag else ())))),
        )
        return await self._again(press, proposed)

    async def ask(self, form: Form) -> Reply:
        settings = await self.settings_for(form.workspace, form.user)
        now, draft, bot = self._desk.now(), draft_of(form.carried), self._desk.bot_user
        wanted, wrong = written(form, draft, settings, now)
        if wrong:
            found = await self._desk.database.read(_faults, form.workspace, wanted, form.user, bot, settings)
            return beside(form, found | wrong)
        wanted = replace(wanted, origin=await self._origin(form))
        once = (form.workspace, form.key)
        asked = await self._desk.database.write(
            _ask, form.workspace, wanted, form.user, form.carried.get("blocker"), bot, settings, now, once=once
        )
        if not isinstance(asked, Changed):
            return beside(form, asked)
        return Say(
            *_asked(asked, settings, await self._desk.database.read(telling.names_of, form.workspace, {wanted.decider}))
        )

    async def settings_for(self, workspace: str, user: str) -> Resolved:
        """Raises NotForOutsiders."""
        settings = await self._desk.settings.of(workspace)
        if user in settings.outsiders:
            raise NotForOutsiders(user)
        return settings

    async def _open(self, workspace: str, user: str, channel: str | None, draft: Draft) -> Open:
        settings = await self.settings_for(workspace, user)
        place = await self._desk.database.read(_place, workspace, channel, user, self._desk.bot_user)
        due_at = rules.due_after(settings.calendar, self._desk.now(), settings.decisions.due_days)
        question = named(draft.question, place.names)
        whole = question if len(question) > forms.LONGEST_QUESTION else ""
        draft = replace(
            draft,
            question=blocks.cut(question, forms.LONGEST_QUESTION),
            context=blocks.cut(draft.context or whole, forms.LONGEST_TEXT),
            channel=place.channel,
            ask_channel=place.channel is None,
            above=WORDS.absent(place.absent, place.bot) if place.absent else "",
            driver=draft.driver or user,
            due=local_day(due_at, settings.calendar.zone),
        )
        return Open(forms.ask(draft, settings.decisions, settings.functions_by_key))

    async def _open_for(
        self, workspace: str, user: str, blocker: Blocker, names: Mapping[str, str], settings: Resolved
    ) -> Open:
        seen = await self._desk.database.read(telling.seen_by, workspace, {blocker.raiser}, settings, self._desk.now())
        text = named(blocker.text, names)
        rule = settings.decisions.who_decides((), blocker.function)
        function = settings.functions_by_key.get(blocker.function or "")
        lead = function.lead if function else None
        draft = Draft(
            question=" ".join(text.split()),
            context=notes.context_of(replace(blocker, text=text), seen),
            decider=rule.decider if rule else lead,
            escalate_to=rule.escalate_to if rule else None,
            waiting=settings.function_of.get(blocker.raiser),
            carried={"blocker": blocker.id},
        )
        return await self._open(workspace, user, blocker.channel, draft)

    async def _again(self, press: Press, draft: Draft) -> Reply:
        settings = await self.settings_for(press.workspace, press.user)
        return Refresh(forms.ask(draft, settings.decisions, settings.functions_by_key))

    async def _origin(self, form: Form) -> Origin:
        if blocker := form.carried.get("blocker"):
            return Origin("blocker", str(blocker))
        if message := form.carried.get("message"):
            return Origin("message", await self._address(*message))
        return Origin()

    async def _address(self, channel: str, ts: str) -> str:
        """Where the message stands; without it where Slack does not say: the decision is what matters."""
        try:
            answer = await self._client.chat_getPermalink(channel=channel, message_ts=ts)
        except SlackApiError as error:
            log.warning("no_permalink", error=error.response.get("error"))
            return ""
        return str(answer["permalink"])


def _ask(
    tx: Tx, workspace: str, of: Asked, user: str, blocker: str | None, bot: str, settings: Resolved, now: datetime
) -> Changed | Mapping[str, str]:
    """The decision, or what is wrong with which field."""
    if wrong := _faults(tx, workspace, of, user, bot, settings):
        return wrong
    changed = changing.ask(tx, workspace, of, user, now, [blocker] if blocker else [], admins=settings.admins)
    telling.tell(tx, workspace, changed, settings, now)
    return changed


def _faults(tx: Tx, workspace: str, of: Asked, user: str, bot: str, settings: Resolved) -> dict[str, str]:
    """What only the database knows: whether the channel will do, and everybody who is named can answer and see it."""
    people = PeopleStore(tx, workspace)
    channel = people.channel(of.channel)
    if channel is None or channel.archived or not people.sees(user, of.channel):
        return {"channel": PLAIN.no_such_channel()}
    if not channel.bot_in:
        return {"channel": PLAIN.not_in_channel(_handle(people, bot))}
    parts = {
        "decider": (of.decider,),
        "driver": (of.driver,),
        "consulted": of.consulted,
        "informed": of.informed,
        "escalate_to": (of.escalate_to,) if of.escalate_to else (),
    }
    members, wrong = people.members({each for users in parts.values() for each in users}), dict[str, str]()
    for field, users in parts.items():
        strange = [each for each in users if not answers(members.get(each), settings)]
        unseen = [members[each].name for each in users if each not in strange and not people.sees(each, of.channel)]
        if strange:
            wrong[field] = PLAIN.no_bot_decides()
        elif unseen:
            wrong[field] = PLAIN.cannot_see(unseen)
    return wrong


def answers(member: Member | None, settings: Resolved) -> bool:
    """Whether she can be asked at all: a person, who is still here, of this company."""
    return member is not None and not (member.bot or member.deactivated or member.user in settings.outsiders)


def _handle(people: PeopleStore, user: str) -> str:
    known = people.row(user)
    return known.handle if known else "crosswalk"


def _linked(
    tx: Tx, workspace: str, number: int, blocker: str, user: str, settings: Resolved, now: datetime
) -> Decision:
    changed = changing.link_blocker(tx, workspace, number, blocker, user, now)
    if changed is not None:
        telling.tell(tx, workspace, changed, settings, now)
    return reading.get(tx, workspace, number, user)


def _asked(of: Changed, settings: Resolved, names: Mapping[str, str]) -> tuple[str]:
    decision, most = of.decision, settings.decisions.most_consulted
    said: str = WORDS.asked(decision, names.get(decision.decider, "Somebody"))
    if len(decision.consulted) > most:
        said = f"{said}\n\n{WORDS.paralysis(len(decision.consulted), most)}"
    return (said,)


def _place(tx: Tx, workspace: str, channel: str | None, user: str, bot: str) -> _Place:
    """Where it can be asked: here, if the bot is here and she is too; else she chooses."""
    people = PeopleStore(tx, workspace)
    here = people.channel(channel) if channel else None
    if here is None or here.archived or not people.sees(user, here.channel):
        return _Place(None, people.names())
    if not here.bot_in:
        return _Place(None, people.names(), here.name, _handle(people, bot))
    return _Place(here.channel, people.names())


def _around_blocker(
    tx: Tx, workspace: str, user: str, blocker_id: str
) -> tuple[Decision | None, Blocker, tuple[Decision, ...], Mapping[str, str]]:
    """The decision that it waits for already, the blocker, the open decisions of its channel, and everybody's names."""
    blocker, people = blockers.get(tx, workspace, blocker_id), PeopleStore(tx, workspace)
    if not people.sees(user, blocker.channel):
        raise NoSuchBlocker(blocker_id)
    if not blocker.live:
        raise AlreadyResolved(blocker)
    known = reading.for_blocker(tx, workspace, blocker_id, user)
    return known, blocker, reading.open_in(tx, workspace, blocker.channel), people.names()
