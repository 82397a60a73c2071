"""What somebody may know of decisions: those of channels that she can see, and no trace of any other."""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from rituals.blockers.store import BlockerStore
from rituals.decisions import rules
from rituals.decisions.records import Decision, Sheet
from rituals.decisions.refusals import NoSuchDecision
from rituals.decisions.store import DecisionStore
from rituals.people.store import PeopleStore
from rituals.tables import Tx

FOUND_AT_MOST = 20
# Nobody looks for more words than this, or for longer ones, and every database has enough of them some time.
_WORDS, _LETTERS = 50, 100
_NUMBER = re.compile(r"#?([0-9]{1,10})")


@dataclass(frozen=True, slots=True)
class Mine:
    """Open decisions that concern somebody: `to_decide` by her, `to_consult` her on (she has not said anything yet),
    and those that she `awaits` as who asked or drives them. Each list has first what is due first."""

    to_decide: tuple[Decision, ...] = ()
    to_consult: tuple[Decision, ...] = ()
    awaits: tuple[Decision, ...] = ()


def get(tx: Tx, workspace: str, number: int, user: str) -> Decision:
    """Raises NoSuchDecision, also for one that she may not see."""
    found, people = DecisionStore(tx, workspace).get(number), PeopleStore(tx, workspace)
    if found is None or not people.sees(user, found.channel):
        raise NoSuchDecision(number)
    return alone(tx, workspace, [found], lambda channel: people.sees(user, channel))[0]


def sheet(tx: Tx, workspace: str, number: int, user: str) -> Sheet:
    """All there is to say about one. Raises NoSuchDecision."""
    found = sheet_of(tx, workspace, get(tx, workspace, number, user))
    return _without_unseen(tx, workspace, found, _visible(tx, workspace, user))


def sheet_of(tx: Tx, workspace: str, decision: Decision) -> Sheet:
    """The same for whoever has asked already whether it may be seen."""
    store, number = DecisionStore(tx, workspace), decision.number
    return Sheet(decision, store.inputs(number), store.events(number), store.blockers(number))


def alone(tx: Tx, workspace: str, found: Sequence[Decision], sees: Callable[[str], bool]) -> tuple[Decision, ...]:
    """Without the numbers of decisions that these replace, or that replace them, where those were asked in a channel
    that their reader does not see."""
    named = {number for each in found for number in (each.supersedes, each.superseded_by) if number is not None}
    seen = _seen(tx, workspace, named, sees)
    if seen == named:
        return tuple(found)
    return tuple(
        replace(
            each,
            supersedes=each.supersedes if each.supersedes in seen else None,
            superseded_by=each.superseded_by if each.superseded_by in seen else None,
        )
        for each in found
    )


def listed(tx: Tx, workspace: str, user: str, function: str | None = None) -> tuple[Decision, ...]:
    """Open ones that she may see, of one function or of all; what is due first comes first."""
    visible = _visible(tx, workspace, user)
    found = DecisionStore(tx, workspace).live_in(visible)
    wanted = [each for each in found if function is None or each.asked == function]
    return alone(tx, workspace, wanted, visible.__contains__)


def mine(tx: Tx, workspace: str, user: str) -> Mine:
    store, visible = DecisionStore(tx, workspace), _visible(tx, workspace, user)
    part = alone(tx, workspace, [each for each in store.live_of(user) if each.channel in visible], visible.__contains__)
    heard = store.heard_from(user, [each.number for each in part if user in each.consulted])
    return Mine(
        to_decide=tuple(each for each in part if each.decider == user),
        to_consult=tuple(
            each for each in part if user in each.consulted and each.decider != user and each.number not in heard
        ),
        awaits=tuple(each for each in part if user in {each.asker, each.driver} and each.decider != user),
    )


def find(tx: Tx, workspace: str, user: str, text: str) -> tuple[Decision, ...]:
    """Those that hold every word of the text, whatever their case, the newest first; a number ("12", "#12") finds its
    decision before them. Of a very long text the first words count, and of a very long word the first letters."""
    words = tuple(dict.fromkeys(word[:_LETTERS] for word in text.split()))[:_WORDS]
    if not words:
        return ()
    visible, store = _visible(tx, workspace, user), DecisionStore(tx, workspace)
    named = _NUMBER.fullmatch(words[0]) if len(words) == 1 else None
    of_number = store.get(int(named[1])) if named else None
    first = (of_number,) if of_number is not None and of_number.channel in visible else ()
    rest = store.found(words, visible, FOUND_AT_MOST)
    every = (*first, *(each for each in rest if each not in first))[:FOUND_AT_MOST]
    return alone(tx, workspace, every, visible.__contains__)


def exported(tx: Tx, workspace: str, user: str) -> list[Sheet]:
    """Every decision that she may see, by number."""
    visible = _visible(tx, workspace, user)
    found = _sheets(tx, workspace, DecisionStore(tx, workspace).everything(visible))
    return [_without_unseen(tx, workspace, each, visible) for each in found]


def open_in(tx: Tx, workspace: str, channel: str) -> tuple[Decision, ...]:
    return DecisionStore(tx, workspace).live_in([channel])


def for_blocker(tx: Tx, workspace: str, blocker_id: str, user: str) -> Decision | None:
    """The decision for which a blocker waits, if she may see it."""
    number = DecisionStore(tx, workspace).for_blocker(blocker_id)
    try:
        return None if number is None else get(tx, workspace, number, user)
    except NoSuchDecision:
        return None


def reopened_since(
    tx: Tx, workspace: str, first: datetime, channels: Collection[str], function: str | None = None
) -> tuple[int, int]:
    """Of those that were decided, or reopened after that, since `first`: how many were reopened then, of how many."""
    histories = DecisionStore(tx, workspace).closings_since(first, channels, function)
    counted = [
        (any(at >= first for at in reopened), any(at >= first for at in decided))
        for decided, reopened in map(rules.decided_and_reopened, histories)
    ]
    return sum(again for again, _ in counted), sum(again or once for again, once in counted)


def exportable(tx: Tx, workspace: str, private: bool) -> list[Sheet]:
    """For who keeps the bot running: what public channels hold, and with `private` everything."""
    channels = PeopleStore(tx, workspace).channels().values()
    kept = {each.channel for each in channels if private or not each.private}
    found = _sheets(tx, workspace, DecisionStore(tx, workspace).everything(kept))
    return [_without_unseen(tx, workspace, each, kept) for each in found]


def _sheets(tx: Tx, workspace: str, found: Sequence[Decision]) -> list[Sheet]:
    return [sheet_of(tx, workspace, each) for each in found]


def _without_unseen(tx: Tx, workspace: str, of: Sheet, visible: Collection[str]) -> Sheet:
    """Blockers that were raised elsewhere leave no trace: even their ids tell of whom and of which ritual. Nor do
    decisions that were asked elsewhere."""
    store = BlockerStore(tx, workspace)
    named = {*of.blockers, *(event.detail for event in of.events if event.what == "linked")}
    seen = {each for each in named if (found := store.get(each)) is not None and found.channel in visible}
    others = {int(event.detail) for event in of.events if event.what == "superseded"}
    known = {str(number) for number in _seen(tx, workspace, others, visible.__contains__)}
    hidden = {"linked": named - seen, "superseded": {*map(str, others)} - known}
    (decision,) = alone(tx, workspace, [of.decision], visible.__contains__)
    events = (replace(event, detail="") if event.detail in hidden.get(event.what, ()) else event for event in of.events)
    return replace(
        of, decision=decision, blockers=tuple(each for each in of.blockers if each in seen), events=tuple(events)
    )


def _seen(tx: Tx, workspace: str, numbers: Iterable[int], sees: Callable[[str], bool]) -> set[int]:
    """Of these decisions, those of channels that somebody sees."""
    wanted = set(numbers)
    found = DecisionStore(tx, workspace).of(wanted) if wanted else {}
    return {number for number, each in found.items() if sees(each.channel)}


def _visible(tx: Tx, workspace: str, user: str) -> set[str]:
    return PeopleStore(tx, workspace).visible_to(user)
