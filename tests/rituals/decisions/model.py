"""What decisions must come to, told beside what they do come to: who may do what, and what is kept of it."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from rituals.decisions.records import Decision, Wait
from rituals.decisions.refusals import (
    AlreadyClosed,
    CannotSee,
    NoSuchDecision,
    NotClosed,
    NothingToRevisit,
    NothingToUndo,
    NotYoursToChange,
    NotYoursToDecide,
    NotYoursToPutOff,
    TooLateToUndo,
    WaitsAlready,
)
from rituals.decisions.usecases import changing
from rituals.people.store import PeopleStore
from rituals.refusals import Refused
from tests.rituals.decisions.group import ADMINS, AROHA, BOARD, GUEST, KAVYA, MARTA, RUI, SYNC, Group
from tests.rituals.decisions.kept import Seen, same, seen, shown

TEAM = frozenset({MARTA, RUI, KAVYA, AROHA})
# Whoever closed it, else who decides it: whom the rules let do most.
HERS = "hers"
BLOCKERS = ("b0", "b1", "b2")


@dataclass(frozen=True)
class Step:
    """`pick` chooses among the decisions that there are by then; before it so many minutes pass."""

    act: str
    user: str
    other: str
    pick: int
    minutes: int


@dataclass
class Told:
    """What a decision should be."""

    channel: str
    asker: str
    decider: str
    driver: str
    supersedes: int | None
    state: str = "open"
    outcome: str = ""
    needs: str = ""
    closed_by: str | None = None
    closed_at: datetime | None = None
    superseded_by: int | None = None
    reopened: int = 0
    revisit_on: date | None = None
    outcomes: list[str] = field(default_factory=list)
    what: list[str] = field(default_factory=lambda: ["asked"])
    blockers: set[str] = field(default_factory=set)
    # How each of its waits has ended; None lasts.
    waits: list[str | None] = field(default_factory=lambda: [None])


@dataclass
class Model:
    """What must hold, whatever was done."""

    group: Group
    told: dict[int, Told] = field(default_factory=dict)
    inside: dict[str, set[str]] = field(
        default_factory=lambda: {SYNC: {MARTA, RUI, KAVYA, AROHA, GUEST}, BOARD: {MARTA, RUI}}
    )
    said: set[tuple[object, ...]] = field(default_factory=set)
    before: Seen = field(init=False)
    outcomes: int = 0

    def __post_init__(self) -> None:
        for blocker in BLOCKERS:
            self.group.raised(blocker, self.group.now)
        for channel in (SYNC, BOARD):
            self.asked(MARTA, RUI, channel, None)
        self.before = self.seen()

    def does(self, step: Step) -> None:
        self.group.later(minutes=step.minutes)
        # The newest are chosen more often than all that gather.
        number = max(1, len(self.told) - step.pick % 3)
        told = self.told[number]
        if step.user == HERS:
            step = replace(step, user=told.closed_by or told.decider)
        act: Callable[[Step, int, Told], type[Refused] | None] = getattr(self, step.act.replace(" ", "_"))
        refused = act(step, number, told)
        now = self.seen()
        if refused is not None:
            assert now == self.before
        self.before = now
        self.holds(now)
        self.nobody_looks_in(step.user, number)

    # What is done, and what should come of it.

    def ask(self, step: Step, _: int, __: Told) -> type[Refused] | None:
        return self.asked(step.user, step.other, (SYNC, BOARD)[step.pick % 2], None)

    def ask_to_supersede(self, step: Step, number: int, told: Told) -> type[Refused] | None:
        return self.asked(step.user, step.other, told.channel, number, self.may_change(step.user, told))

    def asked(
        self, user: str, decider: str, channel: str, supersedes: int | None, refused: type[Refused] | None = None
    ) -> type[Refused] | None:
        expected = refused if self.sees(user, channel) and self.sees(decider, channel) else CannotSee

        def act() -> None:
            number = self.group.ask(
                by=user, admins=ADMINS, decider=decider, driver=user, channel=channel, supersedes=supersedes
            )
            assert number == len(self.told) + 1
            self.told[number] = Told(channel, user, decider, user, supersedes)

        return same(act, expected)

    def decide(self, step: Step, number: int, told: Told) -> type[Refused] | None:
        self.outcomes += 1
        outcome = f"Outcome {self.outcomes}."
        closed = None if told.state == "open" else AlreadyClosed
        expected = self.may(step.user, told, {told.decider, told.driver}, NotYoursToDecide) or closed

        def act() -> None:
            revisit_on = date(2027, 5, 3) if step.pick % 2 else None
            self.group.decide(number, outcome, by=step.user, admins=ADMINS, revisit_on=revisit_on)
            self.close(told, "decided", step.user)
            told.outcome, told.revisit_on = outcome, revisit_on
            told.outcomes.append(outcome)
            old = self.told.get(told.supersedes or 0)
            if old is not None and old.state == "decided":
                old.state, old.superseded_by = "superseded", number
                old.what.append("superseded")

        return same(act, expected)

    def withdraw(self, step: Step, number: int, told: Told) -> type[Refused] | None:
        closed = None if told.state == "open" else AlreadyClosed

        def act() -> None:
            self.group.withdraw(number, by=step.user, admins=ADMINS)
            self.close(told, "withdrawn", step.user)

        return same(act, self.may_change(step.user, told) or closed)

    def close(self, told: Told, state: str, user: str) -> None:
        told.state, told.closed_by, told.closed_at = state, user, self.group.now
        told.waits[-1] = state
        told.what.append(state)

    def undo(self, step: Step, number: int, told: Told) -> type[Refused] | None:
        expected = self.may(step.user, told, {told.closed_by or ""}, NothingToUndo)
        if told.state in ("open", "superseded"):
            expected = expected or NothingToUndo
        elif told.closed_at is not None and self.group.now - told.closed_at > timedelta(minutes=10):
            expected = expected or TooLateToUndo

        def act() -> None:
            self.group.undo(number, by=step.user, admins=ADMINS)
            old = self.told.get(told.supersedes or 0)
            if told.state == "decided" and old is not None and old.superseded_by == number:
                old.state, old.superseded_by = "decided", None
                old.what.append("undone")
            self.open(told, "undone")
            told.waits[-1] = None

        return same(act, expected)

    def reopen(self, step: Step, number: int, told: Told) -> type[Refused] | None:
        expected = self.may_change(step.user, told) or (NotClosed if told.state == "open" else None)

        def act() -> None:
            due = self.group.now + timedelta(days=3)
            self.group.do(changing.reopen, number, step.user, "why", due, self.group.now, admins=ADMINS)
            self.open(told, "reopened")
            told.needs, told.superseded_by, told.reopened = "", None, told.reopened + 1
            told.waits.append(None)

        return same(act, expected)

    def open(self, told: Told, what: str) -> None:
        told.state, told.outcome, told.closed_by, told.closed_at, told.revisit_on = "open", "", None, None, None
        told.what.append(what)

    def hold(self, step: Step, number: int, told: Told) -> type[Refused] | None:
        expected = self.may(step.user, told, {told.decider, told.driver}, NotYoursToDecide)
        if told.state != "decided" or told.revisit_on is None:
            expected = expected or NothingToRevisit

        def act() -> None:
            self.group.do(changing.hold, number, step.user, self.group.now, admins=ADMINS)
            told.revisit_on = None
            told.what.append("confirmed")

        return same(act, expected)

    def hand_over(self, step: Step, number: int, told: Told) -> type[Refused] | None:
        def act() -> None:
            self.group.hand_over(number, step.other, by=step.user, admins=ADMINS)
            told.decider, told.needs = step.other, ""
            told.what.append("handed over")

        return same(act, self.may_give(step, told))

    def escalate(self, step: Step, number: int, told: Told) -> type[Refused] | None:
        def act() -> None:
            self.group.escalate(number, step.other, by=step.user, admins=ADMINS)
            told.what.append("escalated")

        return same(act, self.may_give(step, told))

    def change_due(self, step: Step, number: int, told: Told) -> type[Refused] | None:
        closed = None if told.state == "open" else AlreadyClosed
        due = self.group.now + timedelta(days=1 + step.pick)

        def act() -> None:
            self.group.do(changing.change_due, number, step.user, due, self.group.now, admins=ADMINS)
            told.what.append("due changed")

        return same(act, self.may_change(step.user, told) or closed)

    def need(self, step: Step, number: int, told: Told) -> type[Refused] | None:
        closed = None if told.state == "open" else AlreadyClosed

        def act() -> None:
            self.group.do(changing.need_information, number, step.user, "Cost?", self.group.now, admins=ADMINS)
            told.needs = "Cost?"
            told.what.append("information needed")

        return same(act, self.may(step.user, told, {told.decider, told.driver}, NotYoursToDecide) or closed)

    def give(self, step: Step, number: int, told: Told) -> type[Refused] | None:
        def act() -> None:
            self.group.do(changing.give_information, number, step.user, "Four.", self.group.now)
            told.needs = ""
            told.what.append("information given")

        return same(act, self.may_speak(step.user, told))

    def think(self, step: Step, number: int, told: Told) -> type[Refused] | None:
        def act() -> None:
            self.group.do(changing.give_input, number, step.user, None, f"Thought {step.pick}.", self.group.now)

        return same(act, self.may_speak(step.user, told))

    def snooze(self, step: Step, number: int, told: Told) -> type[Refused] | None:
        closed = None if told.state == "open" else AlreadyClosed
        hers = None if step.user == told.decider else NotYoursToPutOff

        def act() -> None:
            self.group.snooze(number, self.group.now + timedelta(days=step.pick), by=step.user)

        return same(act, self.hidden(step.user, told) or closed or hers)

    def link(self, step: Step, number: int, told: Told) -> type[Refused] | None:
        blocker = BLOCKERS[step.pick % len(BLOCKERS)]
        holder = next((each for each in self.told.values() if blocker in each.blockers), None)
        expected = self.may_speak(step.user, told)
        if not self.sees(step.user, SYNC) or not self.sees(told.decider, SYNC):
            expected = expected or CannotSee
        elif holder is not None and holder is not told and holder.state == "open":
            expected = expected or WaitsAlready

        def act() -> None:
            linked = self.group.link(number, blocker, by=step.user)
            assert (linked is None) is (holder is told)
            if holder is not told:
                told.what.append("linked")
                told.blockers.add(blocker)
                (holder or Told("", "", "", "", None)).blockers.discard(blocker)

        return same(act, expected)

    def join(self, step: Step, _: int, __: Told) -> None:
        channel = (SYNC, BOARD)[step.pick % 2]
        self.group.people(PeopleStore.join, channel, step.other)
        self.inside[channel].add(step.other)

    def leave(self, step: Step, _: int, __: Told) -> None:
        channel = (SYNC, BOARD)[step.pick % 2]
        self.group.people(PeopleStore.leave, channel, step.other)
        self.inside[channel].discard(step.other)

    def remind(self, _: Step, number: int, told: Told) -> None:
        moment, before = self.group.next_reminder(number), self.group.decision(number)
        assert moment is None or told.state == "open"
        found = self.group.remind(number)
        if found is None:
            return
        assert moment is not None
        assert moment <= self.group.now
        assert self.sees(found.person, told.channel)
        assert (found.person == told.decider) is (found.kind != "late")
        # Never twice for one due time; a new one begins with a change, with reopening, and where she put it off.
        put_off = before.snoozed_until if found.kind != "late" else None
        said = (number, before.due_at, told.reopened, found.kind, found.person, put_off)
        assert said not in self.said
        self.said.add(said)

    # Who may.

    def sees(self, user: str, channel: str) -> bool:
        return user in self.inside[channel] or (channel == SYNC and user in TEAM)

    def hidden(self, user: str, told: Told) -> type[Refused] | None:
        return None if self.sees(user, told.channel) else NoSuchDecision

    def may(self, user: str, told: Told, allowed: set[str], otherwise: type[Refused]) -> type[Refused] | None:
        return self.hidden(user, told) or (None if user in allowed | ADMINS else otherwise)

    def may_change(self, user: str, told: Told) -> type[Refused] | None:
        return self.may(user, told, {told.asker, told.decider, told.driver}, NotYoursToChange)

    def may_give(self, step: Step, told: Told) -> type[Refused] | None:
        other = None if self.sees(step.other, told.channel) else CannotSee
        closed = None if told.state == "open" else AlreadyClosed
        return self.hidden(step.user, told) or other or self.may_change(step.user, told) or closed

    def may_speak(self, user: str, told: Told) -> type[Refused] | None:
        return self.hidden(user, told) or (None if told.state == "open" else AlreadyClosed)

    # What holds.

    def holds(self, now: Seen) -> None:
        assert now.decisions.keys() == self.told.keys()
        for number, told in self.told.items():
            decision, events = now.decisions[number], now.events[number]
            assert (decision.state, decision.outcome, decision.needs) == (told.state, told.outcome, told.needs)
            assert (decision.decider, decision.closed_by, decision.closed_at) == (
                told.decider,
                told.closed_by,
                told.closed_at,
            )
            assert (decision.superseded_by, decision.reopened) == (told.superseded_by, told.reopened)
            assert decision.revisit_on == told.revisit_on
            assert [each.n for each in events] == list(range(1, decision.changes + 1))
            assert [each.what for each in events] == told.what
            assert [each.detail for each in events if each.what == "decided"] == told.outcomes
            assert {each for each, of in now.blockers.items() if of == number} == told.blockers
            self.waits_hold(decision, [each for each in now.waits if each.decision == number])

    def waits_hold(self, decision: Decision, waits: list[Wait]) -> None:
        told = self.told[decision.number]
        assert sorted(str(each.ended) for each in waits) == sorted(map(str, told.waits))
        assert len(waits) == decision.reopened + 1
        lasting = [each for each in waits if each.until is None]
        assert len(lasting) == (1 if decision.live else 0)
        for each in waits:
            assert (each.until is None, each.worked is None) == (each.ended is None,) * 2
            assert each.worked is None or each.until is not None
            if each.until is not None and each.worked is not None:
                assert 0 <= each.worked <= max(0, (each.until - each.since) / timedelta(minutes=1)) + 1
        for each in lasting:
            assert (each.decider, each.asked, each.channel) == (decision.decider, decision.asked, decision.channel)

    def nobody_looks_in(self, user: str, number: int) -> None:
        visible = {number for number, told in self.told.items() if self.sees(user, told.channel)}
        live = {number for number in visible if self.told[number].state == "open"}
        read = self.group.see(shown, user, number)
        assert (read.refused, read.listed) == (None if number in visible else NoSuchDecision, live)
        assert read.found == visible
        assert {each.number for each in read.mine.to_decide} == {n for n in live if self.told[n].decider == user}
        assert {each.number for each in (*read.mine.to_consult, *read.mine.awaits)} <= live

    def seen(self) -> Seen:
        return self.group.see(seen)
