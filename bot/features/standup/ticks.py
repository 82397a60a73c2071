"""What a stand-up does when time passes. Each job is one transaction, safe to run again; True: there is more to do."""

from datetime import datetime, timedelta

from bot import due, outbox
from bot.desk import Desk, her_hours
from bot.engine import enqueue
from bot.features.standup import keys
from bot.features.standup.posting import (
    board,
    count_again,
    names_in,
    privately,
    say_close,
    say_missing,
    show_entry,
)
from bot.features.standup.views import asking
from bot.features.standup.views.questions import day_of
from bot.outbox import Post
from bot.schedule.occurrences import Occurrence, at_wall, next_after, parse_when
from bot.settings import Resolved
from bot.sweep import LATE
from bot.words import called
from rituals.calendar import next_working_day, working_day_ends
from rituals.standup import usecases
from rituals.standup.rules import Moments, Prompt, Round
from rituals.standup.settings import Standup
from rituals.tables import Tx

PROMPTS, THREAD, BOARD, REMINDERS, CLOSE = (
    "standup.prompts",
    "standup.thread",
    "standup.board",
    "standup.reminders",
    "standup.close",
)
PEOPLE_CHANGED = "standup.people"
SAY_AGAIN = "standup.say_again"
CHUNK = 100
BOARD_EVERY = timedelta(hours=1)
# What was missed before that is no news any more.
STILL_NEWS = timedelta(days=7)


class Ticks:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def occurs(self, tx: Tx, workspace: str, key: str, occurrence: Occurrence, now: datetime) -> bool:
        """Begins the round of an occurrence, in the sweep's own transaction. False if it was begun before."""
        settings = self._desk.settings.read(tx, workspace)
        standup = settings.standups.get(key)
        if standup is None:
            return False
        planned = usecases.plan_round(tx, workspace, standup, settings.calendar, settings.away, occurrence.wall, now)
        if planned is None:
            return False
        owe(tx, workspace, planned.round.id, planned.moments, now)
        return True

    def skipped(self, tx: Tx, workspace: str, key: str, occurrence: Occurrence, reason: str) -> None:
        """It did not begin, and was recorded as such; whoever can start one now hears why."""
        settings, now = self._desk.settings.read(tx, workspace), self._desk.now()
        standup = settings.standups.get(key)
        if standup is None:
            return
        round_ = usecases.record_skipped(tx, workspace, standup, occurrence.wall, reason, occurrence.at)
        changed = self._desk.settings.changed_at(tx, workspace)
        if round_ and reason == LATE and changed and changed <= occurrence.at > now - STILL_NEWS:
            self._tell_missed(tx, workspace, round_, settings, now)

    def _tell_missed(self, tx: Tx, workspace: str, round_: Round, settings: Resolved, now: datetime) -> None:
        standup, day = round_.standup, day_of(round_.wall)
        if day.isoformat() in standup.skip_dates or next_working_day(settings.calendar, day) != day:
            return
        for user in [standup.owner] if standup.owner else sorted(settings.admins):
            message = called(asking.came_too_late(round_, user in settings.admins), settings.commands)
            at = her_hours(tx, workspace, user, settings, now)
            privately(tx, workspace, keys.late(round_.id, user), user, "late", message, now, at=at)

    def prompts(self, tx: Tx, workspace: str, key: str, now: datetime) -> bool:
        more = self._speak(tx, workspace, now)
        if not more:
            count_again(tx, workspace, _round(key), now)
        return more

    def reminders(self, tx: Tx, workspace: str, key: str, now: datetime) -> bool:
        return self._speak(tx, workspace, now)

    def _speak(self, tx: Tx, workspace: str, now: datetime) -> bool:
        """All that is due to people, in every round: what two stand-ups have for somebody at once is one message."""
        settings, more = self._desk.settings.read(tx, workspace), False
        for round_ in usecases.open_rounds(tx, workspace):
            more |= self._ask(tx, workspace, round_.id, settings, now)
            more |= self._remind(tx, workspace, round_.id, settings, now)
        return more

    def _ask(self, tx: Tx, workspace: str, round_id: str, settings: Resolved, now: datetime) -> bool:
        taken = usecases.take_prompts(tx, workspace, round_id, settings.calendar, settings.away, now, CHUNK)
        for each in taken.prompts:
            outbox.put(tx, workspace, self._prompt(tx, workspace, each, settings, now), now)
        return taken.more

    def _prompt(self, tx: Tx, workspace: str, of: Prompt, settings: Resolved, now: datetime) -> Post:
        names = names_in(tx, workspace, _written(of))
        text, blocks = called(asking.prompt(of, settings.functions_by_key, names), settings.commands)
        user = of.participant.user
        return Post(
            key=keys.prompt(of.round.id, user),
            channel=user,
            text=text,
            blocks=blocks,
            person=user,
            ritual="standup",
            kind="prompt",
            unasked=True,
            latest=now,
        )

    def thread(self, tx: Tx, workspace: str, key: str, now: datetime) -> bool:
        settings, round_id = self._desk.settings.read(tx, workspace), _round(key)
        opened = usecases.open_thread(tx, workspace, round_id, settings.calendar, now)
        if opened is None:
            return False
        round_ = opened.board.round
        text, blocks = board(tx, workspace, opened.board, now)
        first = Post(
            key=keys.board(round_id),
            channel=round_.standup.channel,
            text=text,
            blocks=blocks,
            ritual="standup",
            kind="board",
        )
        outbox.put(tx, workspace, first, now)
        for entry in opened.early:
            show_entry(tx, workspace, round_, entry, settings, now)
        self._again(tx, workspace, round_, now)
        return False

    def board(self, tx: Tx, workspace: str, key: str, now: datetime) -> bool:
        round_ = count_again(tx, workspace, key, now)
        if round_ is not None:
            self._again(tx, workspace, round_, now)
        return False

    def _again(self, tx: Tx, workspace: str, round_: Round, now: datetime) -> None:
        if round_.state == "open" and now + BOARD_EVERY < round_.closes_at:
            due.put(tx, workspace, BOARD, round_.id, now + BOARD_EVERY)

    def _remind(self, tx: Tx, workspace: str, round_id: str, settings: Resolved, now: datetime) -> bool:
        taken = usecases.take_reminders(tx, workspace, round_id, settings.calendar, settings.away, now, CHUNK)
        for person in taken.remind:
            owed = keys.remind(round_id, person.user, person.reminders_sent)
            message = asking.reminder(person, taken.round)
            # What comes late for whatever reason must not come after her hours either.
            until = min(person.closes_at, working_day_ends(settings.calendar, now, person.zone))
            privately(tx, workspace, owed, person.user, "reminder", message, now, until)
        for person in taken.silent:
            self._ask_silent(tx, workspace, taken.round, person.user, settings, now)
        for moment in taken.moments:
            due.put(tx, workspace, REMINDERS, _at(round_id, moment), moment)
        return taken.more

    def close(self, tx: Tx, workspace: str, key: str, now: datetime) -> bool:
        # Where both moments have passed unseen, the job that closes may be the quicker one.
        self.thread(tx, workspace, key, now)
        settings, round_id = self._desk.settings.read(tx, workspace), _round(key)
        closed = usecases.close_round(tx, workspace, round_id, settings.calendar, now)
        if closed is None:
            return False
        round_ = closed.digest.round
        count_again(tx, workspace, round_id, now)
        if round_.standup.shows == "at the close":
            for entry in (entry for section in closed.digest.sections for entry in section.entries):
                show_entry(tx, workspace, round_, entry, settings, now)
        say_close(tx, workspace, closed.digest, settings, now)
        say_missing(tx, workspace, closed.digest, settings, now)
        for user in closed.silent:
            self._ask_silent(tx, workspace, round_, user, settings, now)
        return False

    def _ask_silent(self, tx: Tx, workspace: str, round_: Round, user: str, settings: Resolved, now: datetime) -> None:
        """In her working hours, whatever hour the round closed at."""
        message = asking.silence(round_, usecases.SILENT_ROUNDS)
        at = her_hours(tx, workspace, user, settings, now)
        privately(tx, workspace, keys.silent(round_.id, user), user, "silence", message, now, at=at)

    def say_again(self, tx: Tx, workspace: str, key: str, now: datetime) -> bool:
        """The close, the digest and the owner's list, as they should read after something came late."""
        settings = self._desk.settings.read(tx, workspace)
        of = usecases.digest(tx, workspace, key, settings.calendar, now)
        say_close(tx, workspace, of, settings, now)
        say_missing(tx, workspace, of, settings, now)
        return False

    def settings_changed(self, tx: Tx, workspace: str, settings: Resolved, now: datetime) -> None:
        """Moves what is already scheduled; open rounds keep their questions."""
        for round_ in usecases.rounds_to_follow(tx, workspace, now):
            standup = settings.standups.get(round_.standup.key)
            if standup is None and settings.leaves_out(round_.standup.key):
                # Nobody took it away: its channel was renamed or archived, and the round says so when it speaks.
                standup = round_.standup
            wall = _moved_to(round_, standup) if standup else None
            moments = usecases.replan_round(
                tx, workspace, round_.id, standup, settings.calendar, settings.away, now, wall=wall
            )
            drop(tx, workspace, round_.id)
            if moments is not None:
                owe(tx, workspace, round_.id, moments, now)
            count_again(tx, workspace, round_.id, now)

    def people_changed(self, tx: Tx, workspace: str, key: str, now: datetime) -> bool:
        """She whose id begins the key is away or back, or wants something else: planned rounds follow, and running
        ones show it. Without a key, as jobs of an earlier version have it, everybody is looked at."""
        settings, user = self._desk.settings.read(tx, workspace), key.partition("@")[0]
        if not user:
            self.settings_changed(tx, workspace, settings, now)
            return False
        for round_ in usecases.open_rounds(tx, workspace):
            standup = settings.standups.get(round_.standup.key, round_.standup)
            moments = usecases.replan_person(
                tx, workspace, round_.id, user, standup, settings.calendar, settings.away, now
            )
            if moments is not None:
                owe(tx, workspace, round_.id, moments, now)
                count_again(tx, workspace, round_.id, now)
        return False


def drop(tx: Tx, workspace: str, round_id: str) -> None:
    """Forgets when the round asks, opens, reminds and closes."""
    for kind in (PROMPTS, THREAD, REMINDERS, CLOSE):
        due.drop(tx, workspace, kind, f"{round_id}@")


def owe(tx: Tx, workspace: str, round_id: str, moments: Moments, now: datetime) -> None:
    """Writes down when the round asks, opens, reminds and closes; what is due already begins with this commit."""
    coming = [(PROMPTS, moment) for moment in moments.prompts]
    coming += [(REMINDERS, moment) for moment in moments.reminders]
    coming += [(THREAD, moments.thread_at)] if moments.thread_at else []
    coming += [(CLOSE, moments.closes_at)] if moments.closes_at else []
    for kind, moment in coming:
        if moment <= now:
            enqueue(tx, workspace, kind, _at(round_id, moment))
        else:
            due.put(tx, workspace, kind, _at(round_id, moment), moment)


def _moved_to(round_: Round, standup: Standup) -> str | None:
    """The occurrence that takes the place of a round whose schedule was changed; None where it was not."""
    before = (round_.standup.when, usecases.clock_of(round_.standup))
    if before == (standup.when, usecases.clock_of(standup)) or round_.state == "open":
        return None
    midnight = at_wall(f"{round_.wall[:10]}T00:00", usecases.clock_of(standup)) - timedelta(minutes=1)
    return next_after(parse_when(standup.when), usecases.clock_of(standup), midnight).wall


def _written(of: Prompt) -> list[str]:
    last = [str(value) for value in of.last.values.values()] if of.last else []
    return [*last, *(blocker.text for blocker in of.blockers)]


def _at(round_id: str, moment: datetime) -> str:
    return f"{round_id}@{int(moment.timestamp())}"


def _round(key: str) -> str:
    return key.partition("@")[0]
