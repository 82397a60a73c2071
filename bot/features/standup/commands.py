"""`/standup` and its words: the first word names what to do, the rest is for it."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import date, datetime

from bot import due
from bot.desk import Desk
from bot.engine import enqueue
from bot.features.standup.answering import form_for
from bot.features.standup.coming import coming, next_occurrence
from bot.features.standup.posting import names_in, say_skipped, say_unskipped
from bot.features.standup.ticks import PEOPLE_CHANGED, drop, owe
from bot.features.standup.views import WORDS, digest, private
from bot.features.standup.views.questions import day_of
from bot.settings import Resolved
from bot.slack.payloads import Command
from bot.slack.replies import Reply, Say
from rituals.people import usecases as people
from rituals.people.rules import Away
from rituals.people.store import PeopleStore
from rituals.standup import usecases
from rituals.standup.settings import Standup
from rituals.tables import Tx

HISTORY = 4
Run = Callable[[Command, str], Awaitable[Reply]]


class Commands:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._words: Mapping[str, Run] = {
            "": self.answer,
            "answer": self.answer,
            "help": self.help,
            "status": self.status,
            "me": self.me,
            "report": self.report,
            "now": self.start_now,
            "skip": self.skip,
            "unskip": self.unskip,
            "away": self.away,
            "pause": self.pause,
            "resume": self.resume,
            "reload": self.reload,
        }

    async def run(self, command: Command) -> Reply:
        word, _, rest = command.text.partition(" ")
        run = self._words.get(word.lower(), self.unknown)
        return await run(command, rest.strip())

    async def help(self, command: Command, rest: str) -> Reply:
        return Say(private.help_text())

    async def unknown(self, command: Command, rest: str) -> Reply:
        return Say(f"{WORDS.unknown(command.text)}\n{private.help_text()}")

    async def answer(self, command: Command, rest: str) -> Reply:
        return await self._read(_answer, command)

    async def status(self, command: Command, rest: str) -> Reply:
        return await self._read(_status, command)

    async def me(self, command: Command, rest: str) -> Reply:
        return await self._read(_me, command)

    async def report(self, command: Command, rest: str) -> Reply:
        return await self._read(_report, command, rest)

    async def start_now(self, command: Command, rest: str) -> Reply:
        return await self._admin(command, "start a stand-up", _start, rest)

    async def skip(self, command: Command, rest: str) -> Reply:
        return await self._admin(command, "skip a stand-up", _skip, rest)

    async def unskip(self, command: Command, rest: str) -> Reply:
        return await self._admin(command, "let a skipped stand-up take place", _unskip, rest)

    async def away(self, command: Command, rest: str) -> Reply:
        return await self._write(_away, command, rest) if rest else Say(WORDS.away_how())

    async def pause(self, command: Command, rest: str) -> Reply:
        return await self._write(_pause, command)

    async def resume(self, command: Command, rest: str) -> Reply:
        return await self._write(_resume, command)

    async def reload(self, command: Command, rest: str) -> Reply:
        settings = await self._desk.settings.of(command.workspace)
        if command.user not in settings.admins:
            return Say(WORDS.admins_only("reload the configuration"))
        done = await self._desk.reload(command.workspace, command.user)
        return Say(WORDS.reload_failed(done.problems) if done.problems else WORDS.reloaded(done.version))

    async def _admin(self, command: Command, what: str, body: Callable[..., Reply], rest: str) -> Reply:
        settings = await self._desk.settings.of(command.workspace)
        if command.user not in settings.admins:
            return Say(WORDS.admins_only(what))
        return await self._write(body, command, rest)

    async def _read(self, body: Callable[..., Reply], command: Command, *rest: str) -> Reply:
        return await self._desk.database.read(body, self._desk, command, *rest, self._desk.now())

    async def _write(self, body: Callable[..., Reply], command: Command, *rest: str) -> Reply:
        once = (command.workspace, command.key)
        return await self._desk.database.write(body, self._desk, command, *rest, self._desk.now(), once=once)


def _answer(tx: Tx, desk: Desk, command: Command, now: datetime) -> Reply:
    """The form of the one round she may answer; how things stand if there is none, or several."""
    answerable = [mine for mine in usecases.my_state(tx, command.workspace, command.user, now) if mine.answerable]
    owed = [mine for mine in answerable if mine.owes] or answerable
    if len(owed) == 1:
        return form_for(tx, desk, command.workspace, command.user, owed[0].round.id, now)
    return _status(tx, desk, command, now)


def _status(tx: Tx, desk: Desk, command: Command, now: datetime) -> Reply:
    settings = desk.settings.read(tx, command.workspace)
    mine = {each.round.id: each for each in usecases.my_state(tx, command.workspace, command.user, now)}
    rounds = [
        round_
        for round_ in usecases.open_rounds(tx, command.workspace)
        if (round_.state == "open" or round_.id in mine)
        and usecases.viewable(tx, command.workspace, round_, command.user)
    ]
    boards = [(usecases.board(tx, command.workspace, round_.id, now), mine.get(round_.id)) for round_ in rounds]
    return Say(*private.status(boards, coming(tx, command.workspace, command.user, settings, now)))


def _me(tx: Tx, desk: Desk, command: Command, now: datetime) -> Reply:
    settings = desk.settings.read(tx, command.workspace)
    history = usecases.history(tx, command.workspace, command.user, HISTORY)
    names = names_in(tx, command.workspace, private.texts_of(history))
    return Say(*private.history(history, settings.functions_by_key, names))


def _report(tx: Tx, desk: Desk, command: Command, rest: str, now: datetime) -> Reply:
    settings = desk.settings.read(tx, command.workspace)
    key, day, strange = _which(rest, settings)
    if strange:
        return Say(WORDS.report_unknown(" ".join(strange)))
    known = [usecases.last_round(tx, command.workspace, each, day) for each in ([key] if key else settings.standups)]
    rounds = [each for each in known if each and usecases.viewable(tx, command.workspace, each, command.user)]
    if not rounds:
        return Say(WORDS.report_none() if day else WORDS.report_none_yet())
    newest = max(rounds, key=lambda each: each.thread_at)
    found = usecases.digest(tx, command.workspace, newest.id, settings.calendar, now)
    return Say(*digest.report(found, settings.functions_by_key, PeopleStore(tx, command.workspace).names()))


def _which(rest: str, settings: Resolved) -> tuple[str | None, date | None, list[str]]:
    """A stand-up's name and a date, in any order, and what is neither."""
    words = rest.split()
    key = next((word for word in words if word in settings.standups), None)
    day = next((found for word in words if (found := _date(word))), None)
    return key, day, [word for word in words if word not in settings.standups and not _date(word)]


def _date(word: str) -> date | None:
    try:
        return date.fromisoformat(word)
    except ValueError:
        return None


def _one(rest: str, settings: Resolved) -> Standup | None:
    if not rest and len(settings.standups) == 1:
        return next(iter(settings.standups.values()))
    return settings.standups.get(rest)


def _name_one(settings: Resolved, usage: str) -> Say:
    return Say(WORDS.name_one(list(settings.standups), usage) if settings.standups else WORDS.status_none())


def _start(tx: Tx, desk: Desk, command: Command, rest: str, now: datetime) -> Reply:
    settings = desk.settings.read(tx, command.workspace)
    standup = _one(rest, settings)
    if standup is None:
        return _name_one(settings, "/standup now")
    planned = usecases.start_now(tx, command.workspace, standup, settings.calendar, settings.away, now)
    if planned is None:
        return Say(WORDS.already_started(standup.title))
    owe(tx, command.workspace, planned.round.id, planned.moments, now)
    return Say(WORDS.started(standup.title))


def _skip(tx: Tx, desk: Desk, command: Command, rest: str, now: datetime) -> Reply:
    settings = desk.settings.read(tx, command.workspace)
    standup = _one(rest, settings)
    if standup is None:
        return _name_one(settings, "/standup skip")
    wall = next_occurrence(tx, command.workspace, standup, now).wall
    skipped = usecases.skip_next(tx, command.workspace, standup, wall, command.user, now)
    drop(tx, command.workspace, skipped.id)
    day = day_of(skipped.wall)
    say_skipped(tx, command.workspace, skipped, WORDS.skipped_in_channel(standup.title, day), now)
    return Say(WORDS.skipped(standup.title, day, standup.key if len(settings.standups) > 1 else ""))


def _unskip(tx: Tx, desk: Desk, command: Command, rest: str, now: datetime) -> Reply:
    settings = desk.settings.read(tx, command.workspace)
    standup = _one(rest, settings)
    if standup is None:
        return _name_one(settings, "/standup unskip")
    planned = usecases.unskip(tx, command.workspace, standup, settings.calendar, settings.away, now)
    if planned is None:
        return Say(WORDS.nothing_skipped(standup.title))
    owe(tx, command.workspace, planned.round.id, planned.moments, now)
    text = WORDS.unskipped(standup.title, day_of(planned.round.wall))
    say_unskipped(tx, command.workspace, planned.round, text, now)
    return Say(text)


def _away(tx: Tx, desk: Desk, command: Command, rest: str, now: datetime) -> Reply:
    if rest.lower() in ("off", "back", "none", "over"):
        people.come_back(tx, command.workspace, command.user, people.today_of(tx, command.workspace, command.user, now))
        _follow_person(tx, command)
        return Say(WORDS.away_off(_still_away(tx, desk, command, now)))
    today = people.today_of(tx, command.workspace, command.user, now)
    absence = people.go_away(tx, command.workspace, command.user, rest, today)
    _follow_person(tx, command)
    if (back := people.back_at(tx, command.workspace, command.user, absence)) is not None:
        due.put(tx, command.workspace, PEOPLE_CHANGED, f"{command.user}@{absence.last}", back)
    return Say(WORDS.away_until(absence.first, absence.last, today))


def _pause(tx: Tx, desk: Desk, command: Command, now: datetime) -> Reply:
    people.pause(tx, command.workspace, command.user, now)
    _follow_person(tx, command)
    return Say(WORDS.paused())


def _resume(tx: Tx, desk: Desk, command: Command, now: datetime) -> Reply:
    people.resume(tx, command.workspace, command.user)
    for key in desk.settings.read(tx, command.workspace).standups:
        if usecases.preference(tx, command.workspace, command.user, key).optional:
            usecases.make_optional(tx, command.workspace, command.user, key, False, now)
    _follow_person(tx, command)
    return Say(WORDS.resumed(_still_away(tx, desk, command, now)))


def _still_away(tx: Tx, desk: Desk, command: Command, now: datetime) -> Away | None:
    rules = desk.settings.read(tx, command.workspace).away
    return people.still_away(tx, command.workspace, command.user, rules, now)


def _follow_person(tx: Tx, command: Command) -> None:
    """Her absence or her wishes changed: rounds that run show it, and ask her or not."""
    enqueue(tx, command.workspace, PEOPLE_CHANGED, command.user)
