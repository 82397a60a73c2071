"""Says what happened to a decision, in the transaction in which it happened, to everybody it concerns.

a change -> the card and its thread -> the decider's own message, the consulted -> whoever must know at once
         -> ten minutes later, when it can no longer be undone: the informed, who asked, the blockers
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from bot import due, outbox
from bot.desk import Desk, privately
from bot.features.decisions import verbs
from bot.features.decisions.views import Message, Seen, card, notes
from bot.outbox import Post
from bot.settings import Resolved
from rituals.blockers import usecases as blockers
from rituals.blockers.rules import AlreadyResolved, NoSuchBlocker
from rituals.calendar import next_working_day
from rituals.decisions import rules
from rituals.decisions.records import UNDO_WITHIN, Changed, Decision, Sheet
from rituals.decisions.store import DecisionStore
from rituals.decisions.usecases import reading
from rituals.decisions.usecases.summary import read_in
from rituals.people.store import PeopleStore
from rituals.tables import Tx


def tell(tx: Tx, workspace: str, changed: Changed, settings: Resolved, now: datetime) -> None:
    touched, of = _touched(changed), sheet(tx, workspace, changed.decision, settings)
    decision, changed = of.decision, replace(changed, decision=of.decision)
    seen = seen_of(tx, workspace, of, settings, now, *_named_by(changed))
    had_it = outbox.exists(tx, workspace, verbs.waits(decision.number, decision.decider))
    show(tx, workspace, of, seen, now)
    _in_thread(tx, workspace, changed, seen, now)
    if changed.what == "handed over" and changed.before is not None:
        former = changed.before.decider
        if PeopleStore(tx, workspace).sees(former, decision.channel):
            message = notes.handed_over(decision, seen)
            outbox.amend(tx, workspace, verbs.waits(decision.number, former), *message, now)
    if changed.what in TIME_BEGINS_ANEW:
        call_off(tx, workspace, decision.number, now)
        _answer_reminders(tx, workspace, changed, seen, now)
    if changed.what == "reopened" and changed.before is not None:
        looked_at(tx, workspace, changed.before, decision, changed.event.by, seen, now)
    if decision.live:
        _ask_people(tx, workspace, of, settings, seen, now)
    _tell_at_once(tx, workspace, changed, had_it, settings, seen, now)
    for number in touched:
        _renew(tx, workspace, number, settings, now)
    plan(tx, workspace, changed.decision, settings, now)


def tell_of_file(tx: Tx, workspace: str, changed: Changed, settings: Resolved, now: datetime) -> None:
    """A file has added this decision, or one that takes its place. Of one that was over before it came nobody hears."""
    if changed.decision.live:
        tell(tx, workspace, changed, settings, now)
    elif changed.before is not None:
        _renew(tx, workspace, changed.decision.number, settings, now)


def show_anew(tx: Tx, workspace: str, decision: Decision, settings: Resolved, now: datetime) -> None:
    """Others read its channel now, or the channel of one that it names: what is said of it follows."""
    if not outbox.exists(tx, workspace, verbs.card(decision.number)):
        return
    of = sheet(tx, workspace, decision, settings)
    seen = seen_of(tx, workspace, of, settings, now)
    show(tx, workspace, of, seen, now)
    for event in of.events:
        if event.what == "superseded":
            then = _as_read_there(tx, workspace, replace(decision, superseded_by=int(event.detail)), settings)
            if message := card.happened(Changed(then, None, event), seen):
                outbox.amend(tx, workspace, verbs.line(decision.number, event.n), *message, now)


# After these nobody is to read a reminder that was on its way, and those that were read say how things stand now.
TIME_BEGINS_ANEW = ("decided", "undone", "withdrawn", "reopened", "handed over", "due changed")


def show(tx: Tx, workspace: str, of: Sheet, seen: Seen, now: datetime) -> None:
    """The card, the decider's message and those of the consulted read as it is now."""
    decision = of.decision
    text, parts = card.card(of, seen)
    post = Post(
        key=verbs.card(decision.number),
        channel=decision.channel,
        text=text,
        blocks=parts,
        ritual="decisions",
        kind="card",
    )
    if not outbox.put(tx, workspace, post, now):
        outbox.amend(tx, workspace, post.key, text, parts, now)
    people = PeopleStore(tx, workspace)
    if people.sees(decision.decider, decision.channel):
        outbox.amend(tx, workspace, verbs.waits(decision.number, decision.decider), *notes.waits(of, seen), now)
    for user in decision.consulted:
        if people.sees(user, decision.channel):
            message = notes.consulted(of, user, seen)
            outbox.amend(tx, workspace, verbs.consulted(decision.number, user), *message, now)


def looked_at(tx: Tx, workspace: str, before: Decision, after: Decision, by: str, seen: Seen, now: datetime) -> None:
    """Whoever was asked whether it still holds reads what came of that."""
    told = f"revisit.{before.revisit_on}"
    keys = [verbs.told(before.number, told, person) for person in sorted({before.decider, before.driver})]
    outbox.overtake(tx, workspace, keys, *notes.revisited(after, seen.name(by)), now)


def settle(tx: Tx, workspace: str, decision: Decision, desk: Desk, settings: Resolved, now: datetime) -> None:
    """It is past undoing: whoever is to be informed hears of it, and the blockers that waited have an answer."""
    of = sheet(tx, workspace, decision, settings)
    decision = of.decision
    seen = seen_of(tx, workspace, of, settings, now)
    show(tx, workspace, of, seen, now)
    raisers = _answer_blockers(tx, workspace, of, desk, settings, now)
    hearing = {decision.asker, decision.driver, *decision.informed} - {decision.closed_by} - raisers
    told = f"closed.{int(decision.closed_at.timestamp()) if decision.closed_at else 0}"
    for user in sorted(_seeing(tx, workspace, hearing, decision)):
        key = verbs.told(decision.number, told, user)
        privately(tx, workspace, key, user, "decisions", "outcome", notes.outcome(decision, seen), settings, now)


def plan(tx: Tx, workspace: str, decision: Decision, settings: Resolved, now: datetime) -> None:
    """Writes down when somebody is to be reminded, when it is past undoing, and when to look at it again."""
    number = decision.number
    plan_reminder(tx, workspace, decision, settings, now)
    for kind in (verbs.SETTLE, verbs.REVISIT):
        due.drop(tx, workspace, kind, f"{number}@")
    # Also one whose place another has taken meanwhile: people wait to hear what was decided.
    if not decision.live and decision.closed_at and now - decision.closed_at < UNDO_WITHIN:
        _put(tx, workspace, verbs.SETTLE, number, decision.closed_at + UNDO_WITHIN)
    if decision.state == "decided" and decision.revisit_on is not None:
        zone = ZoneInfo(settings.calendar.zone)
        day = next_working_day(settings.calendar, decision.revisit_on)
        _put(tx, workspace, verbs.REVISIT, number, datetime.combine(day, settings.calendar.opens, zone))


def plan_reminder(tx: Tx, workspace: str, decision: Decision, settings: Resolved, now: datetime) -> None:
    """When somebody is reminded next; and when it is due the card says so, whether she is reminded then or not."""
    due.drop(tx, workspace, verbs.REMIND, f"{decision.number}@")
    moment = rules.next_reminder(decision, settings.calendar, settings.decisions)
    if moment is not None:
        _put(tx, workspace, verbs.REMIND, decision.number, moment)
    if decision.live and decision.due_at > now:
        _put(tx, workspace, verbs.REMIND, decision.number, decision.due_at)


def sheet(tx: Tx, workspace: str, decision: Decision, settings: Resolved) -> Sheet:
    """All there is to it, as everybody may read it who reads its channel."""
    return replace(
        reading.sheet_of(tx, workspace, decision), decision=_as_read_there(tx, workspace, decision, settings)
    )


def _as_read_there(tx: Tx, workspace: str, decision: Decision, settings: Resolved) -> Decision:
    """What it replaces, or is replaced by, may have been asked where only some of those look who read its channel."""

    def everybody_sees(channel: str) -> bool:
        here = decision.channel
        return channel == here or channel in read_in(tx, workspace, here, settings.outsiders)

    return reading.alone(tx, workspace, [decision], everybody_sees)[0]


def seen_of(tx: Tx, workspace: str, of: Sheet, settings: Resolved, now: datetime, *others: str) -> Seen:
    users = {*of.decision.concerned, *(each.user for each in of.inputs), *(each.by for each in of.events), *others}
    users |= {user for user in (of.decision.closed_by, of.decision.escalate_to) if user}
    users |= {each.detail for each in of.events if each.what in ("handed over", "escalated")}
    return seen_by(tx, workspace, users, settings, now)


def seen_by(tx: Tx, workspace: str, users: Iterable[str], settings: Resolved, now: datetime) -> Seen:
    names = PeopleStore(tx, workspace).names(set(users))
    return Seen(names, settings.functions_by_key, settings.calendar, now)


def refused(tx: Tx, workspace: str, user: str, of: Decision) -> tuple[Decision, Mapping[str, str]]:
    """What a refusal may tell her of a decision that she sees, and what the people in it are called."""
    sees = partial(PeopleStore(tx, workspace).sees, user)
    users = of.concerned | ({of.closed_by} if of.closed_by else set())
    return reading.alone(tx, workspace, [of], sees)[0], names_of(tx, workspace, users)


def names_of(tx: Tx, workspace: str, users: Iterable[str]) -> Mapping[str, str]:
    return PeopleStore(tx, workspace).names(set(users))


def still_needed(tx: Tx, workspace: str) -> Callable[[str], bool]:
    """What was said of decisions stays in reach: an old one may be reopened, or replaced, and its card follows; and
    nobody is asked twice for her input."""
    return lambda key: verbs.number_of(key) is not None and key.startswith(verbs.KEPT)


def _in_thread(tx: Tx, workspace: str, changed: Changed, seen: Seen, now: datetime) -> None:
    message = card.happened(changed, seen)
    if message is None:
        return
    text, parts = message
    number = changed.decision.number
    post = Post(
        key=verbs.line(number, changed.event.n),
        channel=changed.decision.channel,
        text=text,
        blocks=parts,
        thread_key=verbs.card(number),
        ritual="decisions",
        kind="line",
    )
    outbox.put(tx, workspace, post, now)


def _ask_people(tx: Tx, workspace: str, of: Sheet, settings: Resolved, seen: Seen, now: datetime) -> None:
    """The decider has one message per decision, and so has each of the consulted; they are kept current."""
    decision = of.decision
    whom: list[tuple[str, str, Message]] = [
        (decision.decider, verbs.waits(decision.number, decision.decider), notes.waits(of, seen))
    ]
    whom += [
        (user, verbs.consulted(decision.number, user), notes.consulted(of, user, seen))
        for user in decision.consulted
        if user != decision.decider
    ]
    reached = _seeing(tx, workspace, {user for user, _, _ in whom}, decision)
    for user, key, message in whom:
        if user in reached:
            kind = "waits" if user == decision.decider else "consult"
            privately(tx, workspace, key, user, "decisions", kind, message, settings, now)


def _tell_at_once(
    tx: Tx, workspace: str, changed: Changed, had_it: bool, settings: Resolved, seen: Seen, now: datetime
) -> None:
    decision, event = changed.decision, changed.event
    owners = {decision.asker, decision.driver}
    # Whoever gets it back has her old message, where nobody would look for it.
    back = {decision.decider} if had_it else set()
    hearing: set[str] = {
        "information needed": owners,
        "information given": {decision.decider},
        "due changed": owners | {decision.decider},
        "handed over": (owners - {decision.decider}) | back,
        "reopened": owners | {decision.decider, *decision.informed},
        "escalated": {event.detail},
    }.get(event.what, set())
    for user in sorted(_seeing(tx, workspace, hearing - {event.by}, decision)):
        key = verbs.told(decision.number, str(event.n), user)
        privately(tx, workspace, key, user, "decisions", event.what, notes.told(changed, user, seen), settings, now)


def call_off(tx: Tx, workspace: str, number: int, now: datetime, kind: str = "") -> None:
    """Reminders, or those of one kind, that have not reached anybody yet are not to."""
    for key in outbox.waiting(tx, workspace, verbs.told(number, kind, "")[:-1]):
        if verbs.is_reminder(key):
            outbox.cancel(tx, workspace, key, now)


def _answer_reminders(tx: Tx, workspace: str, changed: Changed, seen: Seen, now: datetime) -> None:
    """Nobody finds a button under an old reminder that has nothing left to do."""
    of = changed.decision
    told = outbox.told(tx, workspace, verbs.told(of.number, "", "")[:-1])
    reminded = {key: person for key, person in told.items() if verbs.asks_to_decide(key)}
    seeing = _seeing(tx, workspace, {*reminded.values()}, of)
    for key, person in reminded.items():
        if person in seeing:
            outbox.amend(tx, workspace, key, *notes.reminded(of, person, seen), now)


def keep_in_private(tx: Tx, workspace: str, now: datetime) -> None:
    """What was on its way to somebody who may not see it any more does not reach her."""
    coming = [(key, *whom) for key in outbox.waiting(tx, workspace, "decision/") if (whom := verbs.person_of(key))]
    decisions = DecisionStore(tx, workspace).of({number for _, number, _ in coming})
    for key, number, user in coming:
        if number in decisions and not _seeing(tx, workspace, [user], decisions[number]):
            outbox.cancel(tx, workspace, key, now)


def _answer_blockers(
    tx: Tx, workspace: str, of: Sheet, desk: Desk, settings: Resolved, now: datetime
) -> frozenset[str]:
    """Everybody who raised one hears the outcome as its answer, as far as all who read where it was raised may know
    it. Returns whoever has heard the outcome so."""
    raisers, closer = set(), of.decision.closed_by or of.decision.decider
    for blocker_id in of.blockers:
        try:
            channel = blockers.get(tx, workspace, blocker_id).channel
            told = of.decision.channel in read_in(tx, workspace, channel, settings.outsiders)
            words = notes.for_blocker(of.decision, told)
            answered = blockers.answer(tx, workspace, blocker_id, closer, words, now, admins={closer})
        except (AlreadyResolved, NoSuchBlocker):
            continue  # nobody waits for it any more
        raisers |= {answered.blocker.raiser} if told else set()
        desk.tell_blocker(tx, workspace, answered, settings, now)
    return frozenset(raisers)


def _seeing(tx: Tx, workspace: str, users: Iterable[str], decision: Decision) -> frozenset[str]:
    """Those who may read where it was asked: what was said in private stays there."""
    people = PeopleStore(tx, workspace)
    return frozenset(user for user in users if user and people.sees(user, decision.channel))


def _touched(changed: Changed) -> set[int]:
    """Decisions whose state went with this one's."""
    number = changed.decision.supersedes
    return {number} if number is not None and changed.what in ("decided", "undone") else set()


def _renew(tx: Tx, workspace: str, number: int, settings: Resolved, now: datetime) -> None:
    """What is said of it already reads as it is now. Where it came out of a file, decided, nothing is said of it."""
    decision = DecisionStore(tx, workspace).get(number)
    if decision is None:
        return
    plan(tx, workspace, decision, settings, now)
    if not outbox.exists(tx, workspace, verbs.card(number)):
        return
    of = sheet(tx, workspace, decision, settings)
    seen = seen_of(tx, workspace, of, settings, now)
    show(tx, workspace, of, seen, now)
    # Where its state did not change, its last event is an old one that was told then.
    if of.events[-1].at >= now:
        _in_thread(tx, workspace, Changed(of.decision, None, of.events[-1]), seen, now)


def _named_by(changed: Changed) -> tuple[str, ...]:
    return (changed.event.by, changed.event.detail, changed.before.decider if changed.before else "")


def _put(tx: Tx, workspace: str, kind: str, number: int, moment: datetime) -> None:
    due.put(tx, workspace, kind, f"{number}@{int(moment.timestamp())}", moment)
