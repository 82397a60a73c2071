"""What a configuration comes to, before it is used: every problem with its line, or the coming week in plain text."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.config.models import Configuration
from bot.config.problems import ConfigProblem
from bot.config.reading import read_path
from bot.schedule.occurrences import Occurrence, next_after, parse_when
from bot.settings import Directory, Resolved, resolve
from bot.slack.people import Group
from rituals.calendar import holiday_name
from rituals.decisions.settings import Decides
from rituals.people.rules import Member, local_day
from rituals.people.store import ChannelRow, MemberRow
from rituals.standup.rules import Participant, Round
from rituals.standup.rules.planning import clock_of, plan, takes_part, usual_prompt
from rituals.standup.settings import Question, Standup

WEEK = timedelta(days=7)
MOST = 7  # occurrences of one stand-up that are shown in full


def check(path: Path, now: datetime, directory: Directory | None = None) -> tuple[bool, str]:
    """Whether the file or folder can be used, and what to print. Never raises for what is wrong in the files."""
    try:
        read = read_path(path)
    except ConfigProblem as problem:
        return False, wrong(problem)
    return True, "\n\n".join(
        (f"Workspace {workspace}\n\n" if len(read) > 1 else "") + report(configuration, now, directory)
        for workspace, configuration in read.items()
    )


def wrong(problem: ConfigProblem) -> str:
    """All problems, one a paragraph."""
    count = len(problem.problems)
    opening = (
        "1 thing is wrong. Nothing was changed." if count == 1 else f"{count} things are wrong. Nothing was changed."
    )
    return "\n\n".join([opening, *map(str, problem.problems)])


def report(configuration: Configuration, now: datetime, directory: Directory | None = None) -> str:
    """The coming week: who is asked what, where, at what local time; who decides what; who is away, moved, unknown, or
    has no function.

    Without a directory people and channels stand as they are written, and everybody's clock is the calendar's.
    """
    known = as_written(configuration) if directory is None else directory
    week = _Week(resolve(configuration, known), known, directory is None, now)
    paragraphs = [
        _opening(week),
        *(_standup(week, standup) for standup in week.settings.standups.values()),
        _decisions(week),
        _functionless(week),
        _twice(week),
        _unknown(week),
    ]
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def as_written(configuration: Configuration) -> Directory:
    """A directory in which everybody and everything written exists: all that can be known without Slack."""
    functions, standups = configuration.functions, configuration.standups.values()
    decisions = configuration.decisions
    everybody = [user for function in functions for user in (function.lead, *function.members) if user]
    others = [user for each in standups for user in (*each.audience.people, *each.optional, each.owner) if user]
    others += [user for each in configuration.glossary.domains for user in each.stewards]
    others += [user for each in decisions.who_decides for user in (each.decider, each.escalate_to) if user]
    named = dict.fromkeys(
        [*everybody, *others, *configuration.glossary.stewards, *configuration.admins, *configuration.people]
    )
    zone = configuration.calendar.zone
    channels = dict.fromkeys([*(each.channel for each in standups), *decisions.summary.channels])
    return Directory(
        members=[MemberRow(user, user, handle="", email="", zone=zone) for user in named],
        channels=[ChannelRow(channel, channel.removeprefix("#"), bot_in=True) for channel in channels],
        inside=dict.fromkeys(channels, tuple(dict.fromkeys(everybody))),
        groups=[Group(each.group, each.group, ()) for each in functions if each.group],
    )


class _Week:
    """What every paragraph is told from."""

    def __init__(self, settings: Resolved, directory: Directory, offline: bool, now: datetime) -> None:
        self.settings = settings
        self.directory = directory
        self.offline = offline
        self.now = now
        self.members = {row.user: _member(row, settings) for row in directory.members}
        self.channels = {row.channel: row for row in directory.channels}

    def name(self, user: str) -> str:
        return self.members[user].name

    def names(self, users: Iterable[str]) -> str:
        return ", ".join(sorted((self.name(user) for user in users), key=str.casefold))

    def audience(self, standup: Standup) -> list[Member]:
        """Who takes part, and is known."""
        asked = dict.fromkeys(self.directory.inside.get(standup.channel, ()) if standup.audience.channel else ())
        for function in standup.audience.functions:
            asked |= dict.fromkeys(self.settings.memberships.get(function, ()))
        asked |= dict.fromkeys(standup.audience.people)
        members = [self.members[user] for user in asked if user in self.members]
        return [member for member in members if takes_part(member, standup)]

    def function(self, key: str) -> str:
        return self.settings.functions_by_key[key].name


def _member(row: MemberRow, settings: Resolved) -> Member:
    key = settings.function_of.get(row.user)
    return Member(
        user=row.user,
        name=row.name,
        zone=_zone(row.zone),
        function=key,
        side=settings.functions_by_key[key].side if key else None,
        country=settings.countries.get(row.user),
        guest=row.guest,
        deactivated=row.deactivated,
        stranger=row.stranger,
        bot=row.bot,
        status_emoji=row.status_emoji,
        status_until=row.status_until,
    )


def _zone(name: str) -> str:
    try:
        return ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return "UTC"


def _opening(week: _Week) -> str:
    settings = week.settings
    people = len(settings.function_of)
    counts = ", ".join(
        (
            _plural(len(settings.functions), "function"),
            _plural(people, "person", "people"),
            _plural(len(settings.standups), "stand-up"),
        )
    )
    lines = [f"The configuration can be used: {counts}.", f"The coming week, from {week.now:%a %d %b %Y %H:%M} UTC:"]
    if week.offline:
        lines += [
            "Slack was not asked: people stand as they are written, the people of all functions stand for those in a",
            f"channel, and everybody's clock is taken to be {settings.calendar.zone}.",
        ]
    return "\n".join(lines)


def _standup(week: _Week, standup: Standup) -> str:
    channel = week.channels[standup.channel]
    lines = [f"{standup.key}: {standup.title}, in #{channel.name} ({standup.when})"]
    members = week.audience(standup)
    lines += [f"  {line}" for line in _standing(week, standup, members, channel)]
    coming = list(_coming(standup, week.now))
    for occurrence in coming[:MOST]:
        lines += [f"  {line}" for line in _occurrence(week, standup, occurrence, members)]
    if len(coming) > MOST:
        lines.append(f"  And {len(coming) - MOST} times more this week.")
    if not coming:
        first = _next(standup, week.now)
        lines.append(f"  Not this week; next on {_wall(first.wall)}." if first else "  It never happens again.")
    return "\n".join(lines)


def _standing(week: _Week, standup: Standup, members: Sequence[Member], channel: ChannelRow) -> Iterator[str]:
    """What is the same each time."""
    if not channel.bot_in:
        yield _uninvited(channel)
    if not members:
        yield "Nobody who is asked is known yet."
    for number, question in enumerate(standup.questions, start=1):
        yield f"{number}. {question.text} {_about(week, question)}"
    if standup.owner:
        yield f"{week.name(standup.owner)} alone hears who did not answer."
    optional = [member.user for member in members if member.user in standup.optional]
    if optional:
        yield f"Welcome to answer, never reminded: {week.names(optional)}"


def _uninvited(channel: ChannelRow) -> str:
    return f"Crosswalk is not in #{channel.name} yet. Invite it there: /invite @crosswalk"


def _about(week: _Week, question: Question) -> str:
    parts = [question.kind, "required" if question.required else ""]
    parts.append("only " + ", ".join(map(week.function, question.functions)) if question.functions else "")
    return f"({', '.join(part for part in parts if part)})"


def _coming(standup: Standup, now: datetime) -> Iterator[Occurrence]:
    occurrence = _next(standup, now)
    while occurrence is not None and occurrence.at < now + WEEK:
        yield occurrence
        occurrence = _next(standup, occurrence.at)


def _next(standup: Standup, after: datetime) -> Occurrence | None:
    return _next_at(standup.when, clock_of(standup), after)


def _next_at(when: str, zone: str, after: datetime) -> Occurrence | None:
    try:
        return next_after(parse_when(when), zone, after)
    except ValueError:
        return None


def _occurrence(week: _Week, standup: Standup, occurrence: Occurrence, members: Sequence[Member]) -> Iterator[str]:
    if occurrence.wall[:10] in standup.skip_dates:
        yield f"{_wall(occurrence.wall)}: it does not take place (skip)."
        return
    round_, parts = plan(standup, occurrence.wall, members, {}, week.settings.calendar, week.settings.away)
    yield f"{_wall(occurrence.wall)}, {'each on her own clock' if standup.zone == 'member' else standup.zone}"
    clock = clock_of(standup)
    yield f"  The thread opens {_at(round_.thread_at, clock)} and closes {_at(round_.closes_at, clock)}."
    yield from (f"  {line}" for line in _asked(week, round_, [part for part in parts if part.away is None]))
    away = [part for part in parts if part.away is not None]
    for words, several in groupby(sorted(away, key=lambda part: part.away or ""), key=lambda part: part.away):
        yield f"  Away ({words}): {week.names(part.user for part in several)}"


@dataclass(frozen=True, slots=True, order=True)
class _Moment:
    """People who are asked at one moment on one clock, for one reason if it is not the usual one."""

    at: datetime
    zone: str
    moved: str


def _asked(week: _Week, round_: Round, parts: Sequence[Participant]) -> Iterator[str]:
    moments: dict[_Moment, list[str]] = {}
    for part in parts:
        moment = _Moment(part.prompt_at, part.zone, _why_moved(week, round_, part))
        moments.setdefault(moment, []).append(part.user)
    for moment, users in sorted(moments.items()):
        yield f"Asked {_at(moment.at, moment.zone)}{moment.moved}: {week.names(users)}"


def _why_moved(week: _Week, round_: Round, part: Participant) -> str:
    usual = usual_prompt(round_.standup, round_.wall, part.zone)
    if usual == part.prompt_at:
        return ""
    day = local_day(usual, part.zone)
    why = holiday_name(week.settings.calendar, day, week.members[part.user].country)
    return f", moved from {day:%a %d %b} ({why or 'no working day'})"


def _decisions(week: _Week) -> str:
    settings = week.settings.decisions
    days, remind, late = (_working_days(n) for n in (settings.due_days, settings.remind_days, settings.escalate_days))
    before = f" {remind} before it is due and" if settings.remind_days else ""
    lines = [
        f"Decisions: due after {days}, unless whoever asks says otherwise.",
        f"  The decider is reminded{before} when it is due; {late} later somebody else hears of it.",
        *(f"  {_decides(week, rule)}" for rule in settings.decides),
        *(f"  {line}" for line in _summary(week)),
    ]
    return "\n".join(lines)


def _decides(week: _Week, rule: Decides) -> str:
    what = f"What {week.function(rule.function)} is asked for" if rule.function else f"What is tagged “{rule.tag}”"
    late = f"; when it is late, {week.name(rule.escalate_to)} hears of it" if rule.escalate_to else ""
    return f"{what}: {week.name(rule.decider)} decides{late}."


def _summary(week: _Week) -> Iterator[str]:
    settings, zone = week.settings.decisions, week.settings.calendar.zone
    if settings.summary_when is None:
        yield "No summary comes anywhere."
        return
    channels = [week.channels[channel] for channel in settings.summary_channels]
    coming = _next_at(settings.summary_when, zone, week.now)
    when = f"next {_at(coming.at, zone)}" if coming else "never again"
    yield f"The summary comes in {', '.join(f'#{each.name}' for each in channels)} ({settings.summary_when}): {when}."
    yield from (_uninvited(channel) for channel in channels if not channel.bot_in)


def _functionless(week: _Week) -> str:
    asked = {member.user: member for standup in week.settings.standups.values() for member in week.audience(standup)}
    without = [user for user, member in asked.items() if member.function is None]
    if not asked:
        return ""
    if not without:
        return "Everybody who is asked has a function."
    return f"Asked without having a function: {week.names(without)}\nAdd them to a function's members."


def _twice(week: _Week) -> str:
    settings = week.settings
    memberships: Mapping[str, tuple[str, ...]] = settings.memberships
    lines = []
    for user, first in settings.function_of.items():
        others = [key for key, users in memberships.items() if user in users and key != first]
        if others:
            there = ", ".join(map(week.function, others))
            lines.append(
                f"{week.name(user)} is in {week.function(first)}, and is named in {there} as well: the first counts."
            )
    return "\n".join(lines)


def _unknown(week: _Week) -> str:
    if not week.settings.unknown:
        return ""
    return "\n".join(["Not found in Slack; everything else works:", *(f"  {each}" for each in week.settings.unknown)])


def _at(moment: datetime, zone: str) -> str:
    """ "Mon 23 Nov 09:00 Europe/Lisbon (09:00 UTC)"; the day in UTC only where it is another one."""
    local, utc = moment.astimezone(ZoneInfo(zone)), moment
    shown = f"{utc:%H:%M} UTC" if local.date() == utc.date() else f"{utc:%a %H:%M} UTC"
    return f"{local:%a %d %b %H:%M} {zone} ({shown})"


def _wall(wall: str) -> str:
    return f"{datetime.fromisoformat(wall):%a %d %b %Y %H:%M}"


def _working_days(count: int) -> str:
    return _plural(count, "working day")


def _plural(count: int, one: str, many: str | None = None) -> str:
    return f"{count} {one if count == 1 else many or one + 's'}"
