"""The weekly summary, and `/decision stats` at any time: gathered, calculated apart from everything else, told.

a schedule | a command -> what its readers may know of -> figures, in a process of their own -> the outbox
"""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from bot import outbox
from bot.desk import Desk
from bot.engine import enqueue
from bot.features.decisions import telling, verbs
from bot.features.decisions.asking import Asking
from bot.features.decisions.views import Message
from bot.features.decisions.views import summary as views
from bot.features.decisions.views.summary import WORDS, Summed
from bot.outbox import Post
from bot.registry import Plan
from bot.settings import Resolved
from bot.slack.payloads import Command, Press
from bot.slack.replies import Open, Reply, Say
from rituals.decisions.summing import Figures, Material, minutes_a_day
from rituals.decisions.turnaround import WEEKS
from rituals.decisions.usecases import summary
from rituals.decisions.usecases.summary import Gathered, Period
from rituals.people.store import PeopleStore
from rituals.tables import Tx

KEY = "decision summary"
GRACE = timedelta(hours=12)
MOST_WEEKS = 260


def plans(settings: Resolved) -> Sequence[Plan]:
    when = settings.decisions.summary_when
    return [Plan(KEY, when, settings.calendar.zone, timedelta(0), GRACE)] if when and settings.version else ()


class Summaries:
    """`weekly` and `stats` are jobs in three steps: `gather` reads, `rituals.decisions.summing.summed` calculates in a
    process of its own, and `tell` puts what came of it into the outbox."""

    def __init__(self, desk: Desk, asking: Asking) -> None:
        self._desk, self._asking = desk, asking

    def occurs(self, tx: Tx, workspace: str, key: str, occurrence: Any, now: datetime) -> bool:
        for channel in self._desk.settings.read(tx, workspace).decisions.summary_channels:
            named = f"{channel}/{occurrence.wall}"
            enqueue(tx, workspace, verbs.SUMMARY, named, once=named)
        return True

    def skipped(self, tx: Tx, workspace: str, key: str, occurrence: Any, reason: str) -> None:
        """A summary that comes days late says what next week's will say again; `/decision stats` says it now."""

    def gather_weekly(self, tx: Tx, workspace: str, key: str, now: datetime) -> tuple[Material, Gathered] | None:
        settings, channel = self._desk.settings.read(tx, workspace), key.partition("/")[0]
        channels = summary.read_in(tx, workspace, channel, settings.outsiders)
        found = summary.gather(tx, workspace, channels, Period(), settings.calendar, now)
        return found.material, found

    def tell_weekly(self, tx: Tx, workspace: str, key: str, found: Gathered, figures: Figures, now: datetime) -> None:
        settings = self._desk.settings.read(tx, workspace)
        channel, _, wall = key.partition("/")
        alone = found.channels == {channel} and summary.read_along(tx, workspace, channel, settings.outsiders)
        several = len(PeopleStore(tx, workspace).channels()) > 1
        of = Summed(found.period, figures, found.lists, here_only=alone and several)
        first = verbs.summary(channel, wall)
        for nth, (text, parts) in enumerate(_shown(tx, workspace, of, settings, now)):
            post = Post(
                key=verbs.summary(channel, wall, nth),
                channel=channel,
                text=text,
                blocks=parts,
                thread_key=first if nth else None,
                ritual="decisions",
                kind="summary",
                # Whoever lets me in weeks later, or reads along by then, is not to find it.
                expires_at=now + GRACE,
            )
            outbox.put(tx, workspace, post, now)

    async def stats(self, command: Command) -> Reply:
        """`/decision stats 4w engineering`: what she may see, for her alone, where she asked if I am there too."""
        settings = await self._asking.settings_for(command.workspace, command.user)
        period = _period(command.text, settings)
        if period is None:
            return Say(WORDS.bad_period(command.text[:100]))
        once = (command.workspace, command.key)
        await self._desk.database.write(_asked, command, period, self._desk.now(), once=once)
        return Say(WORDS.counting())

    def gather_stats(self, tx: Tx, workspace: str, key: str, now: datetime) -> tuple[Material, Gathered] | None:
        user, _, weeks, function, _ = key.split("/", 4)
        settings = self._desk.settings.read(tx, workspace)
        if user in settings.outsiders:
            return None
        period = Period(int(weeks) if weeks else None, function or None)
        found = summary.gather(tx, workspace, summary.seen_by(tx, workspace, user), period, settings.calendar, now)
        return found.material, found

    def tell_stats(self, tx: Tx, workspace: str, key: str, found: Gathered, figures: Figures, now: datetime) -> None:
        user, channel, _, _, request = key.split("/", 4)
        settings = self._desk.settings.read(tx, workspace)
        of = Summed(found.period, figures, found.lists)
        seen = telling.seen_by(tx, workspace, _people(of), settings, now)
        for nth, (text, parts) in enumerate(views.one_message(of, seen)):
            post = Post(
                key=verbs.stats(request, nth),
                channel=channel or user,
                text=text,
                blocks=parts,
                person=user,
                ritual="decisions",
                kind="stats",
                ephemeral=bool(channel),
                expires_at=now + GRACE,
            )
            outbox.put(tx, workspace, post, now)

    async def counted(self, press: Press) -> Reply:
        settings = await self._asking.settings_for(press.workspace, press.user)
        seen = await self._desk.database.read(telling.seen_by, press.workspace, (), settings, self._desk.now())
        return Open(views.counted(seen, round(minutes_a_day(settings.calendar) / 60)))


def _asked(tx: Tx, command: Command, period: Period, now: datetime) -> None:
    """In the same place, if that is a channel where I am, and for her eyes only; else in her messages with me."""
    people = PeopleStore(tx, command.workspace)
    here = people.channel(command.channel)
    both = here is not None and here.bot_in and command.user in people.channel_members(command.channel)
    channel = command.channel if both and not command.thread_ts else ""
    request = re.sub(r"\W", "", command.key)[-40:]
    key = f"{command.user}/{channel}/{period.weeks or ''}/{period.function or ''}/{request}"
    enqueue(tx, command.workspace, verbs.STATS, key, once=key)


def _shown(tx: Tx, workspace: str, of: Summed, settings: Resolved, now: datetime) -> list[Message]:
    return views.messages(of, telling.seen_by(tx, workspace, _people(of), settings, now))


def _people(of: Summed) -> set[str]:
    return {each.decider for each in of.lists.open} | {each.closed_by or "" for each in of.lists.decided}


def _period(text: str, settings: Resolved) -> Period | None:
    """ "4w", "all", "engineering", "12 weeks sales"; None for anything else."""
    weeks: int | None = WEEKS
    rest = text.strip().casefold()
    if found := re.match(r"(?:(\d{1,3})\s*(?:w|wks?|weeks?)?|(all|everything))(?:\s+|$)", rest):
        weeks, rest = int(found[1]) if found[1] else None, rest[found.end() :].strip()
    if weeks is not None and not 1 <= weeks <= MOST_WEEKS:
        return None
    if not rest:
        return Period(weeks)
    keys = {name.casefold(): each.key for each in settings.functions for name in (each.key, each.name)}
    return Period(weeks, keys[rest]) if rest in keys else None
