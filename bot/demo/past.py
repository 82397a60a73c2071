"""Makes the past: the real features live through the weeks before the demonstration begins, one moment after another.

due rows -> jobs -> outbox -> mail;  what a colleague is asked -> her answer, some minutes or hours later
"""

import heapq
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from functools import partial
from itertools import count

from bot import due, outbox
from bot.demo import manners, people, rulings, story
from bot.demo.mail import Json, Mail
from bot.desk import Desk
from bot.features.blockers.telling import tell
from bot.features.standup import answering, keys
from bot.features.standup.listeners import plans
from bot.features.standup.ticks import BOARD
from bot.features.standup.views.asking import ANSWER
from bot.registry import Registry
from bot.schedule.occurrences import Occurrence, next_after, parse_when
from bot.slack import refs
from bot.slack.payloads import Form, Said
from bot.slack.replies import Say, each
from rituals.blockers import usecases as blockers
from rituals.people.rules import Absence
from rituals.people.store import PeopleStore
from rituals.refusals import Refused
from rituals.standup import usecases
from rituals.tables import Tx

Act = Callable[[datetime], None]
_NAMES = {person.id: person for person in people.COLLEAGUES}
# The first prompts of a week go out on Sunday in Lisbon: it is Monday in Auckland.
_BEFORE = timedelta(days=2)


def live(tx: Tx, desk: Desk, registry: Registry, first: date, until: datetime) -> Mail:
    """Everything from shortly before the Monday `first` to `until`. Answers what was said meanwhile."""
    past = _Past(tx, desk, registry, first, until)
    past.live()
    return past.mail


class _Past:
    def __init__(self, tx: Tx, desk: Desk, registry: Registry, first: date, until: datetime) -> None:
        self._tx, self._desk, self._registry = tx, desk, registry
        self._first, self._until = first, until
        self._begin = until - timedelta(weeks=story.WEEKS_PAST) - _BEFORE
        self._settings = desk.settings.read(tx, people.TEAM)
        self._acts: list[tuple[datetime, int, Act]] = []
        self._count = count()
        self._asked: set[tuple[str, str]] = set()
        self.mail = Mail(registry.wordings)

    def live(self) -> None:
        self._prepare()
        for moment, act in rulings.acts(self._tx, self._settings, self._until):
            if moment <= self._until:
                self._plan(moment, act)
        for key, occurrence, begins in self._occurrences():
            self._plan(begins, partial(self._occurs, key, occurrence))
        while (now := self._next()) is not None:
            self._step(now)
        self.mail.renew(self._tx, self._until)

    def _prepare(self) -> None:
        """What some of them had asked for before."""
        store = PeopleStore(self._tx, people.TEAM)
        who, week = story.ABSENT
        monday = self._first + timedelta(weeks=week)
        store.add_absence(_id(who), Absence(monday, monday + timedelta(days=2)))
        for key in self._settings.standups:
            usecases.make_optional(self._tx, people.TEAM, _id(story.OPTIONAL), key, True, self._begin)

    def _occurrences(self) -> Iterator[tuple[str, Occurrence, datetime]]:
        for plan in plans(self._settings):
            after = self._begin
            while (occurrence := next_after(parse_when(plan.when), plan.zone, after)).at - plan.lead <= self._until:
                yield plan.key, occurrence, occurrence.at - plan.lead
                after = occurrence.at

    def _occurs(self, key: str, occurrence: Occurrence, now: datetime) -> None:
        self._registry.callings["standup"].occurs(self._tx, people.TEAM, key, occurrence, now)

    def _plan(self, at: datetime, act: Act) -> None:
        heapq.heappush(self._acts, (at, next(self._count), act))

    def _next(self) -> datetime | None:
        planned = self._acts[0][0] if self._acts else None
        moments = (planned, due.next_due(self._tx), outbox.next_due(self._tx))
        moment = min((moment for moment in moments if moment is not None), default=None)
        return moment if moment is not None and moment <= self._until else None

    def _step(self, now: datetime) -> None:
        while self._acts and self._acts[0][0] <= now:
            heapq.heappop(self._acts)[2](now)
        for one in due.take(self._tx, now):
            # Nobody watches the past: how a thread's first message read hour by hour is not kept.
            while one.kind != BOARD and self._registry.jobs[one.kind](self._tx, one.workspace, one.key, now):
                pass
        for message in self.mail.deliver(self._tx, now):
            self._heard(message, now)

    def _heard(self, message: Json, now: datetime) -> None:
        """A colleague who is asked something will answer in her own way."""
        person = next((one for one in people.COLLEAGUES if one.direct == message["channel"]), None)
        for round_id in asked_in(message.get("blocks") or []) if person else ():
            if person is None or (person.id, round_id) in self._asked:
                continue
            self._asked.add((person.id, round_id))
            answer = manners.answering(person.handle, round_id, self._first)
            if answer is not None:
                self._plan(now + answer.after, partial(self._answers, answer, round_id))

    def _answers(self, of: manners.Answering, round_id: str, now: datetime) -> None:
        root = outbox.sent(self._tx, people.TEAM, keys.board(round_id))
        try:
            if of.way == "direct":
                self._writes(of, _NAMES[_id(of.handle)].direct, "im", None, now)
            elif of.way == "thread" and root is not None:
                self._writes(of, root.channel, "channel", root.ts, now)
            else:
                self._fills(of, round_id, now)
        except Refused:
            return  # a configuration under which her answer does not count: she keeps it to herself

    def _writes(
        self, of: manners.Answering, channel: str, channel_type: str, thread_ts: str | None, now: datetime
    ) -> None:
        user, text = _id(of.handle), manners.words(of)
        ts = self.mail.write(user, channel, text, now, thread_ts=thread_ts)
        said = Said(people.TEAM, "new", channel, channel_type, user, text, ts, thread_ts, f"past {ts}")
        if thread_ts is not None:
            answering.reply(self._tx, self._desk, said, now)  # its reply is for her eyes only, and long gone
            return
        for one in each(answering.direct(self._tx, self._desk, said, now)):
            if isinstance(one, Say):
                self.mail.write(people.BOT_USER, channel, one.text, now, blocks=list(one.blocks))

    def _fills(self, of: manners.Answering, round_id: str, now: datetime) -> None:
        user = _id(of.handle)
        asked = usecases.form_of(self._tx, people.TEAM, round_id, user, now)
        inputs = [manners.Asked(each.key, each.kind, each.options) for each in asked.questions]
        fields: dict[str, object] = {f"q.{key}": value for key, value in manners.values(of, inputs, round_id).items()}
        if story.solved(of.handle, of.week):
            fields["resolved"] = [blocker.id for blocker in asked.blockers]
        form = Form(people.TEAM, user, "", {"round": round_id}, fields, "", None, f"past {round_id} {user}")
        if answering.send(self._tx, self._desk, form, now)[0].raised:
            self._taken_up(of, now)

    def _taken_up(self, of: manners.Answering, now: datetime) -> None:
        """The lead whom an obstacle waits for takes it some hours later, if the story says so."""
        obstacle = story.obstacle(of.handle, of.week)
        function = self._settings.functions_by_key.get(obstacle.function) if obstacle else None
        if obstacle is None or obstacle.taken_after is None or function is None or function.lead is None:
            return
        for blocker in blockers.open_of(self._tx, people.TEAM, _id(of.handle)):
            if blocker.text == obstacle.text:
                later = now + timedelta(hours=obstacle.taken_after)
                self._plan(later, partial(self._takes, blocker.id, function.lead))

    def _takes(self, blocker_id: str, lead: str, now: datetime) -> None:
        changed = blockers.take(self._tx, people.TEAM, blocker_id, lead, now)
        tell(self._tx, people.TEAM, changed, self._settings, now)


def asked_in(blocks: list[Json]) -> list[str]:
    """The rounds that a message asks about, by its buttons."""
    buttons = [element for block in blocks for element in block.get("elements", ()) if element.get("type") == "button"]
    return [
        str(refs.unpack(button.get("value")).get("round", ""))
        for button in buttons
        if refs.verb_of(str(button.get("action_id", ""))) == ANSWER
    ]


def _id(handle: str) -> str:
    return f"U0{handle.upper()}"
