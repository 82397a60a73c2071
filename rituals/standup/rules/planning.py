"""When everybody is asked: one occurrence and its people -> a round with each person's own moments.

slots (her day, her time) -> the round's bounds -> participants
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from rituals.calendar import WorkCalendar, at_wall, is_working_day, next_working_day
from rituals.people.rules import AwayRules, Member, away_reason
from rituals.standup.rules.outcomes import Moments
from rituals.standup.rules.records import Participant, Preference, Round
from rituals.standup.settings import Standup

# Kiritimati's clock is this far ahead of the last one on earth, so a round that follows everybody's own clock may
# begin so long before the clock that opens its thread.
WIDEST = timedelta(hours=26)
NO_PREFERENCE = Preference("", "")
STARTED_NOW = "started now"


def clock_of(standup: Standup) -> str:
    """The zone whose clock the schedule follows, and which opens the thread."""
    return standup.thread_zone if standup.zone == "member" else standup.zone


def begin_lead(standup: Standup) -> timedelta:
    """How long before its occurrence on that clock a round is planned, so that no early answer finds none."""
    return standup.early + WIDEST if standup.zone == "member" else standup.early


def round_id(standup: Standup, wall: str) -> str:
    return f"{standup.key}.{wall}"


def takes_part(member: Member, standup: Standup) -> bool:
    """Bots and closed accounts never do; guests and people from other companies where the settings say so."""
    if member.bot or member.deactivated:
        return False
    return (standup.guests or not member.guest) and (standup.strangers or not member.stranger)


@dataclass(frozen=True, slots=True)
class Slot:
    """When one person is to be asked: `usual` as scheduled; `at` after her wishes and days off; `skipped` if never."""

    member: Member
    usual: datetime
    at: datetime
    moved: bool
    skipped: bool


def plan(
    standup: Standup,
    wall: str,
    members: Iterable[Member],
    preferences: Mapping[str, Preference],
    calendar: WorkCalendar,
    rules: AwayRules,
    within: Round | None = None,
) -> tuple[Round, tuple[Participant, ...]]:
    """A planned round and everyone's part in it. Where the day is a day off for all, the whole round moves.

    `within` is a round that runs already: its own bounds and settings hold.
    """
    slots = [_slot(standup, wall, each, preferences.get(each.user, NO_PREFERENCE), calendar) for each in members]
    round_ = within or _bounds(standup, wall, slots)
    parts = tuple(
        _participant(round_, slot, preferences.get(slot.member.user, NO_PREFERENCE), calendar, rules) for slot in slots
    )
    if within is not None:
        return within, parts
    begins_at = min((part.prompt_at for part in parts), default=round_.thread_at) - standup.early
    return replace(round_, begins_at=begins_at), parts


def plan_now(
    standup: Standup,
    wall: str,
    members: Iterable[Member],
    preferences: Mapping[str, Preference],
    calendar: WorkCalendar,
    rules: AwayRules,
    now: datetime,
) -> tuple[Round, tuple[Participant, ...]]:
    """A round that asks everybody at once, whatever the hour, but for those who are away."""
    closes_at = now + standup.window
    round_ = Round(round_id(standup, wall), standup, wall, "planned", STARTED_NOW, now, now, closes_at)
    parts = (
        (each, new_participant(round_, each, preferences.get(each.user, NO_PREFERENCE), now, closes_at))
        for each in members
    )
    return round_, tuple(_foreseen(part, each, calendar, rules) for each, part in parts)


def skipped_round(standup: Standup, wall: str, reason: str) -> Round:
    """A round that does not take place, kept so that it is not begun later and everybody can see why."""
    at = at_wall(wall, clock_of(standup))
    closes_at = at + standup.window
    return Round(round_id(standup, wall), standup, wall, "skipped", reason, at - standup.early, at, closes_at)


def usual_prompt(standup: Standup, wall: str, zone: str) -> datetime:
    """When somebody in `zone` is asked if nothing stands against it."""
    return at_wall(wall, zone if standup.zone == "member" else standup.zone)


def asked_at(
    standup: Standup, wall: str, member: Member, preference: Preference, calendar: WorkCalendar
) -> datetime | None:
    """When somebody is asked as far as can be told before the round is planned; None on a day off that is skipped."""
    slot = _slot(standup, wall, member, preference, calendar)
    return None if slot.skipped else slot.at


def new_participant(
    round_: Round, member: Member, preference: Preference, prompt_at: datetime, closes_at: datetime
) -> Participant:
    standup = round_.standup
    return Participant(
        round=round_.id,
        user=member.user,
        state="planned",
        prompt_at=prompt_at,
        closes_at=closes_at,
        asked_at=None,
        away=None,
        optional=is_optional(standup, member.user, preference),
        function=member.function,
        zone=member.zone,
        remind_at=None,
        reminders_sent=0,
        comment_only=False,
        first_ever=False,
    )


def is_optional(standup: Standup, user: str, preference: Preference) -> bool:
    return user in standup.optional if preference.optional is None else preference.optional


def moments(round_: Round, people: Iterable[Participant], answered: frozenset[str] = frozenset()) -> Moments:
    """What of a round is still to come. People whose answer is in want no reminder."""
    everyone = list(people)
    prompts = {each.prompt_at for each in everyone if each.state == "planned"}
    reminders = {
        moment
        for each in everyone
        if not each.optional and each.user not in answered
        for moment in _reminders(round_.standup, each)
    }
    return Moments(
        prompts=tuple(sorted(prompts)),
        reminders=tuple(sorted(reminders)),
        thread_at=round_.thread_at if round_.state == "planned" else None,
        closes_at=round_.closes_at,
    )


def first_reminder(standup: Standup, person: Participant, now: datetime) -> datetime | None:
    """Her first reminder once she was asked at `now`; none that would follow a belated prompt on its heels."""
    for after in sorted(standup.reminders):
        at = person.prompt_at + after
        if at - now >= after / 2:
            return at if at < person.closes_at else None
    return None


def next_reminder(standup: Standup, person: Participant, now: datetime) -> datetime | None:
    """The one after those that went out, or None. Those that a postponed one has overtaken are left out."""
    for after in sorted(standup.reminders)[person.reminders_sent :]:
        if now < person.prompt_at + after < person.closes_at:
            return person.prompt_at + after
    return None


def _reminders(standup: Standup, person: Participant) -> Sequence[datetime]:
    if person.state == "asked":
        return [person.remind_at] if person.remind_at else []
    if person.state == "away":
        return []
    planned = (person.prompt_at + after for after in standup.reminders)
    return [moment for moment in planned if moment < person.closes_at]


def _slot(standup: Standup, wall: str, member: Member, preference: Preference, calendar: WorkCalendar) -> Slot:
    usual = usual_prompt(standup, wall, member.zone)
    day = usual.astimezone(ZoneInfo(member.zone)).date()
    if is_working_day(calendar, day, member.country):
        return Slot(member, usual, _on(standup, wall, member, preference, day, 0), moved=False, skipped=False)
    if standup.on_holiday == "skip":
        return Slot(member, usual, usual, moved=False, skipped=True)
    later = next_working_day(calendar, day, member.country)
    at = _on(standup, wall, member, preference, day, (later - day).days)
    return Slot(member, usual, at, moved=True, skipped=False)


def _on(standup: Standup, wall: str, member: Member, preference: Preference, day: date, later: int) -> datetime:
    """Her time of day, `later` days after the local day on which she would be asked."""
    if preference.at is not None:
        return at_wall(f"{day + timedelta(days=later)}T{preference.at}", member.zone)
    moved = datetime.fromisoformat(wall) + timedelta(days=later)
    return usual_prompt(standup, moved.isoformat(timespec="minutes"), member.zone)


def _bounds(standup: Standup, wall: str, slots: Sequence[Slot]) -> Round:
    """The round's moments. They follow the usual prompts: one person's day off makes nobody else wait."""
    asked = [slot for slot in slots if not slot.skipped]
    whole_round_moves = bool(asked) and len(asked) == len(slots) and all(slot.moved for slot in asked)
    if whole_round_moves:
        days = min(_days_moved(slot) for slot in asked)
        moved = datetime.fromisoformat(wall) + timedelta(days=days)
        thread_at = at_wall(moved.isoformat(timespec="minutes"), clock_of(standup))
    else:
        thread_at = at_wall(wall, clock_of(standup))
    prompts = [slot.at if whole_round_moves else slot.usual for slot in slots]
    closes_at = thread_at + standup.window
    if standup.closes == "last" and prompts and max(prompts) + standup.window > thread_at:
        closes_at = max(prompts) + standup.window
    return Round(round_id(standup, wall), standup, wall, "planned", None, thread_at, thread_at, closes_at)


def _days_moved(slot: Slot) -> int:
    place = ZoneInfo(slot.member.zone)
    return (slot.at.astimezone(place).date() - slot.usual.astimezone(place).date()).days


def _participant(
    round_: Round, slot: Slot, preference: Preference, calendar: WorkCalendar, rules: AwayRules
) -> Participant:
    member, window = slot.member, round_.standup.window
    at = slot.at if slot.moved or slot.at < round_.closes_at else slot.usual
    if not slot.moved and not slot.skipped and at >= round_.closes_at:
        # The round is over before her morning comes, so she hears of it when its thread opens.
        at = round_.thread_at
    part = new_participant(round_, member, preference, at, min(at + window, round_.closes_at))
    if slot.skipped or at >= round_.closes_at:
        away = away_reason(member, slot.usual, calendar, rules)
        words = away.words if away else "day off"
        return replace(part, state="away", prompt_at=slot.usual, closes_at=round_.closes_at, away=words)
    return _foreseen(part, member, calendar, rules)


def _foreseen(part: Participant, member: Member, calendar: WorkCalendar, rules: AwayRules) -> Participant:
    """Adds what is known ahead about her being away when her time comes."""
    away = away_reason(member, part.prompt_at, calendar, rules)
    return replace(part, away=away.words) if away else part
