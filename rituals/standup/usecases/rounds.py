"""Rounds come and go: planned, moved when settings or people change, opened, skipped."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from rituals.calendar import WorkCalendar, next_working_moment
from rituals.people.rules import AwayRules, Member, away_reason
from rituals.people.store import PeopleStore
from rituals.standup.rules import Moments, NoSuchRound, Opened, Participant, Planned, Round, RoundHasBegun, planning
from rituals.standup.rules.answering import RUNNING
from rituals.standup.rules.reading import entries
from rituals.standup.settings import Standup
from rituals.standup.store import AnswerStore, ParticipantStore, PreferenceStore, RoundStore
from rituals.standup.usecases.prompting import GONE
from rituals.standup.usecases.reading import board_of
from rituals.tables import Tx

begin_lead = planning.begin_lead
clock_of = planning.clock_of

SKIP_DATE = "one of the dates to skip"
DAY_OFF = "a day off for everybody"
REMOVED = "the stand-up was removed from the configuration"
SKIPPED = "skipped by an admin"
# By the configuration, which may be put right again.
CALLED_OFF = (SKIP_DATE, REMOVED)


def plan_round(
    tx: Tx,
    workspace: str,
    standup: Standup,
    calendar: WorkCalendar,
    rules: AwayRules,
    wall: str,
    now: datetime,
) -> Planned | None:
    """Begins the round of one occurrence, with everybody's moments. None if it was begun before or is skipped."""
    if _date(wall) in standup.skip_dates:
        RoundStore(tx, workspace).add(planning.skipped_round(standup, wall, SKIP_DATE))
        return None
    store, people = RoundStore(tx, workspace), PeopleStore(tx, workspace)
    if store.at_wall(standup.key, wall) is not None:
        return None
    members = _audience(people, standup)
    preferences = PreferenceStore(tx, workspace).of(standup.key, [each.user for each in members])
    round_, parts = planning.plan(standup, wall, members, preferences, calendar, rules)
    if parts and all(part.state == "away" for part in parts):
        store.add(planning.skipped_round(standup, wall, DAY_OFF))
        return None
    return _begin(tx, workspace, round_, parts)


def start_now(
    tx: Tx, workspace: str, standup: Standup, calendar: WorkCalendar, rules: AwayRules, now: datetime
) -> Planned | None:
    """A round out of turn that asks everybody at once and closes one window later. None if one began this minute."""
    wall = now.astimezone(ZoneInfo(clock_of(standup))).strftime("%Y-%m-%dT%H:%M")
    members = _audience(PeopleStore(tx, workspace), standup)
    preferences = PreferenceStore(tx, workspace).of(standup.key, [each.user for each in members])
    return _begin(tx, workspace, *planning.plan_now(standup, wall, members, preferences, calendar, rules, now))


def record_skipped(tx: Tx, workspace: str, standup: Standup, wall: str, reason: str, at: datetime) -> Round | None:
    """Keeps that the occurrence at `at` did not take place. None if its round was begun, or that is known already."""
    skipped = planning.skipped_round(standup, wall, reason)
    moved = replace(skipped, begins_at=at, thread_at=at, closes_at=at + standup.window)
    store = RoundStore(tx, workspace)
    return moved if store.at_wall(standup.key, wall) is None and store.add(moved) else None


def skip_next(tx: Tx, workspace: str, standup: Standup, wall: str, by: str, now: datetime) -> Round:
    """The occurrence at `wall` does not take place. Raises RoundHasBegun once its thread is up."""
    store = RoundStore(tx, workspace)
    skipped = replace(planning.skipped_round(standup, wall, SKIPPED), skipped_by=by)
    if store.add(skipped):
        return skipped
    before = _existing(store, skipped.id)
    if before.state in ("open", "closed"):
        raise RoundHasBegun(before)
    if before.state == "planned":
        before = replace(before, state="skipped", reason=SKIPPED, skipped_by=by, closed_at=now)
        store.save(before)
    return before


def unskip(
    tx: Tx, workspace: str, standup: Standup, calendar: WorkCalendar, rules: AwayRules, now: datetime
) -> Planned | None:
    """What somebody skipped last takes place after all, as it would be planned now. None where nothing is left that
    may: its moment has come, it is on a date to skip, or the schedule is another one now."""
    store = RoundStore(tx, workspace)
    may = [each for each in store.skipped_after(now, [SKIPPED]) if _is_of(each, standup)]
    known = store.get(may[-1].id, "change") if may else None
    if known is None or known.reason != SKIPPED:
        return None
    return Planned(known, _planned_as(tx, workspace, known, standup, calendar, rules, None, now))


def replan_round(
    tx: Tx,
    workspace: str,
    round_id: str,
    standup: Standup | None,
    calendar: WorkCalendar,
    rules: AwayRules,
    now: datetime,
    *,
    wall: str | None = None,
) -> Moments | None:
    """Settings or people changed. A planned round follows wholly, an open one keeps its questions and its bounds.

    `standup` None: it was removed. `wall`: when the schedule changed, the occurrence that takes the place of the
    planned one. Who was asked or has answered is left alone. What settings called off, and others want again in time,
    is planned again. Answers what is still to come, or None if nothing is.
    """
    store = RoundStore(tx, workspace)
    known = store.get(round_id, "change")
    if known is None or not (known.state in RUNNING or _may_return(known, now)):
        return None
    if known.state != "open" and (standup is None or _date(wall or known.wall) in standup.skip_dates):
        if known.state == "planned":
            reason = REMOVED if standup is None else SKIP_DATE
            store.save(replace(known, state="skipped", reason=reason, closed_at=now))
        return None
    if standup is None:
        return _still_to_come(tx, workspace, known)
    return _planned_as(tx, workspace, known, standup, calendar, rules, wall, now)


def replan_person(
    tx: Tx,
    workspace: str,
    round_id: str,
    user: str,
    standup: Standup,
    calendar: WorkCalendar,
    rules: AwayRules,
    now: datetime,
) -> Moments | None:
    """As `replan_round` where nothing but her absence or her wishes changed: nobody else's part is looked at.

    Answers when she is asked and reminded, or None if she takes no part.
    """
    before = RoundStore(tx, workspace).get(round_id, "change")
    if before is None or before.state not in RUNNING:
        return None
    people, answers = ParticipantStore(tx, workspace), AnswerStore(tx, workspace)
    known = people.get(round_id, user)
    if known is None:
        return None
    settings = standup if before.state == "planned" else before.standup
    members = _asked(PeopleStore(tx, workspace), settings, user)
    _, parts = _planned(tx, workspace, before, settings, members, calendar, rules, before.wall, before)
    answered = frozenset(answers.of_users(round_id, [user]))
    _follow(tx, workspace, before, parts, {user: known}, answered, calendar, rules, now)
    after = people.get(round_id, user)
    moments = planning.moments(before, [after] if after else [], answered)
    return replace(moments, thread_at=None, closes_at=None)


def open_rounds(tx: Tx, workspace: str) -> list[Round]:
    """Planned and open ones, by the time their threads are due."""
    return RoundStore(tx, workspace).running()


def rounds_to_follow(tx: Tx, workspace: str, now: datetime) -> list[Round]:
    """Those that a change of settings may move: the running ones, and those that settings called off and that may
    still take place."""
    store = RoundStore(tx, workspace)
    return [*store.running(), *store.skipped_after(now, CALLED_OFF)]


def get_round(tx: Tx, workspace: str, round_id: str) -> Round:
    found = RoundStore(tx, workspace).get(round_id)
    if found is None:
        raise NoSuchRound(round_id)
    return found


def open_thread(tx: Tx, workspace: str, round_id: str, calendar: WorkCalendar, now: datetime) -> Opened | None:
    """The thread's time has come: what to show in it. None if it was opened before, was moved, or never will be."""
    store = RoundStore(tx, workspace)
    before = store.get(round_id, "change")
    if before is None or before.state != "planned" or now < before.thread_at:
        return None
    round_ = replace(before, state="open", opened_at=now)
    store.save(round_)
    board = board_of(tx, workspace, round_)
    if round_.standup.shows != "when sent":
        return Opened(board, ())
    answers = AnswerStore(tx, workspace).of_round(round_id)
    people = ParticipantStore(tx, workspace).of_round(round_id) if answers else {}
    names = PeopleStore(tx, workspace).names(answers)
    return Opened(board, entries(round_, people, answers.values(), names))


def _begin(tx: Tx, workspace: str, round_: Round, people: tuple[Participant, ...]) -> Planned | None:
    if not RoundStore(tx, workspace).add(round_):
        return None
    ParticipantStore(tx, workspace).add(people)
    return Planned(round_, planning.moments(round_, people))


def _audience(people: PeopleStore, standup: Standup) -> list[Member]:
    audience = standup.audience
    users = set(audience.people)
    if audience.channel:
        users |= people.channel_members(standup.channel)
    if audience.functions:
        users |= people.users_of(audience.functions)
    found = people.members(users)
    return [found[user] for user in sorted(found) if planning.takes_part(found[user], standup)]


def _asked(people: PeopleStore, standup: Standup, user: str) -> list[Member]:
    """Herself, if she is of the audience."""
    audience, member = standup.audience, people.member(user)
    named = (
        user in audience.people
        or (audience.channel and standup.channel in people.channels_of(user))
        or (bool(audience.functions) and user in people.users_of(audience.functions))
    )
    return [member] if member is not None and named and planning.takes_part(member, standup) else []


def _planned_as(
    tx: Tx,
    workspace: str,
    known: Round,
    standup: Standup,
    calendar: WorkCalendar,
    rules: AwayRules,
    wall: str | None,
    now: datetime,
) -> Moments:
    """The round as it would be planned now, also where it was called off; what is still to come of it."""
    before = replace(known, state="planned", reason=None, closed_at=None) if known.state == "skipped" else known
    after, parts = _planned_again(tx, workspace, before, standup, calendar, rules, wall)
    if after != known:
        RoundStore(tx, workspace).save(after)
    people = ParticipantStore(tx, workspace).of_round(known.id)
    answered = frozenset(AnswerStore(tx, workspace).of_round(known.id))
    _follow(tx, workspace, after, parts, people, answered, calendar, rules, now)
    return _still_to_come(tx, workspace, after)


def _planned_again(
    tx: Tx,
    workspace: str,
    before: Round,
    standup: Standup,
    calendar: WorkCalendar,
    rules: AwayRules,
    wall: str | None,
) -> tuple[Round, tuple[Participant, ...]]:
    settings = standup if before.state == "planned" else before.standup
    members = _audience(PeopleStore(tx, workspace), settings)
    within = before if before.state == "open" else None
    return _planned(tx, workspace, before, settings, members, calendar, rules, wall or before.wall, within)


def _planned(
    tx: Tx,
    workspace: str,
    before: Round,
    settings: Standup,
    members: list[Member],
    calendar: WorkCalendar,
    rules: AwayRules,
    wall: str,
    within: Round | None,
) -> tuple[Round, tuple[Participant, ...]]:
    """The round as it would be planned now, for these members; `within` stays as it is."""
    preferences = PreferenceStore(tx, workspace).of(settings.key, [each.user for each in members])
    if before.reason == planning.STARTED_NOW:
        after, parts = planning.plan_now(settings, before.wall, members, preferences, calendar, rules, before.thread_at)
        return within or after, parts
    after, parts = planning.plan(settings, wall, members, preferences, calendar, rules, within)
    return replace(after, id=before.id), tuple(replace(part, round=before.id) for part in parts)


def _follow(
    tx: Tx,
    workspace: str,
    round_: Round,
    parts: tuple[Participant, ...],
    known: Mapping[str, Participant],
    answered: frozenset[str],
    calendar: WorkCalendar,
    rules: AwayRules,
    now: datetime,
) -> None:
    """Of those who are `known`, and those who are new: brings in who is new, lets go who left, and moves the rest,
    unless they were asked or have answered."""
    store = ParticipantStore(tx, workspace)
    silent = {user: person for user, person in known.items() if user not in answered}
    free = {user for user, person in silent.items() if person.state != "asked"}
    wanted = {part.user: part for part in parts}
    store.add([part for part in parts if part.user not in known and part.closes_at > now])
    store.remove(round_.id, sorted(free - wanted.keys()))
    asked = {user: person for user, person in silent.items() if person.state == "asked"}
    members = PeopleStore(tx, workspace).members(silent)
    moved = [
        _moved(known[user], wanted[user], members.get(user), calendar, now) for user in sorted(free & wanted.keys())
    ]
    moved += [
        _left_alone(person, members.get(user), user in wanted, calendar, rules, now)
        for user, person in sorted(asked.items())
    ]
    store.save([part for part in moved if part != known[part.user]])


def _moved(
    known: Participant, wanted: Participant, member: Member | None, calendar: WorkCalendar, now: datetime
) -> Participant:
    """Who comes back while the round runs is asked then, in her working hours and while her window is open."""
    moved = replace(wanted, comment_only=known.comment_only, first_ever=known.first_ever)
    if known.state != "away" or member is None or now < wanted.prompt_at:
        return moved
    at = next_working_moment(calendar, now, member.zone, member.country)
    if at >= wanted.closes_at:
        return known
    return moved if at == now else replace(moved, prompt_at=at)


def _left_alone(
    asked: Participant,
    member: Member | None,
    takes_part: bool,
    calendar: WorkCalendar,
    rules: AwayRules,
    now: datetime,
) -> Participant:
    """Who goes away after she was asked, or leaves, is away and not missing; who comes back is awaited again.

    A round may reach into her weekend: that alone makes nobody away who was asked on a working day.
    """
    if member is None:
        return asked
    away = away_reason(member, now, calendar, rules)
    if away is not None and not away.day_off:
        return replace(asked, away=away.words)
    # Nobody waited for an optional person anyway, among them those who came by without being asked.
    return replace(asked, away=None if takes_part or asked.optional else GONE)


def _still_to_come(tx: Tx, workspace: str, round_: Round) -> Moments:
    people = ParticipantStore(tx, workspace).of_round(round_.id)
    answered = frozenset(AnswerStore(tx, workspace).of_round(round_.id))
    return planning.moments(round_, people.values(), answered)


def _may_return(round_: Round, now: datetime) -> bool:
    return round_.state == "skipped" and round_.reason in CALLED_OFF and now < round_.thread_at


def _is_of(round_: Round, standup: Standup) -> bool:
    """One of this stand-up's occurrences, as it is scheduled now."""
    before = round_.standup
    same = (before.key, before.when, clock_of(before)) == (standup.key, standup.when, clock_of(standup))
    return same and _date(round_.wall) not in standup.skip_dates


def _existing(store: RoundStore, round_id: str) -> Round:
    found = store.get(round_id, "change")
    if found is None:
        raise NoSuchRound(round_id)
    return found


def _date(wall: str) -> str:
    return wall[:10]
