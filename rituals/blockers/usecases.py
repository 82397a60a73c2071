"""Everything that happens to a blocker, each kept with its history; what comes back says who should hear."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from rituals.blockers import rules
from rituals.blockers.rules import Blocker, Changed, Event, NoSuchBlocker, Origin, What
from rituals.blockers.store import BlockerStore
from rituals.people.store import PeopleStore
from rituals.tables import Tx

NOBODY: frozenset[str] = frozenset()


def raise_blocker(
    tx: Tx,
    workspace: str,
    blocker_id: str,
    raiser: str,
    function: str | None,
    text: str,
    channel: str,
    origin: Origin,
    now: datetime,
) -> Changed | None:
    """Raises a blocker, or raises again the one of this id that was taken back. None if it stands just so already."""
    store = BlockerStore(tx, workspace)
    fresh = replace(rules.raised(blocker_id, raiser, function, text, channel, origin, now), changes=1)
    if store.add(fresh):
        raised = _heard(tx, workspace, Changed(fresh, raiser, "raised"))
        store.note(raised)
        return raised
    before = store.get(blocker_id, lock=True)
    if before is None or before.state != "withdrawn":
        return change_blocker(tx, workspace, blocker_id, raiser, function, text, now)
    return _keep(tx, workspace, rules.raised_again(before, function, text, now), raiser, "raised")


def change_blocker(
    tx: Tx, workspace: str, blocker_id: str, by: str, function: str | None, text: str, now: datetime
) -> Changed | None:
    """New words or another function. None if nothing differs, or if it is over: then it stays as it was."""
    before = _locked(tx, workspace, blocker_id)
    if not before.live or (before.text == text and before.function == function):
        return None
    what: What = "changed" if before.function == function else "moved"
    detail = None if before.function == function else function
    return _keep(tx, workspace, rules.reworded(before, function, text, now), by, what, detail)


def withdraw(tx: Tx, workspace: str, blocker_id: str, by: str, now: datetime) -> Changed | None:
    """Taken back by who raised it. None if there is none, or it is not live any more."""
    before = BlockerStore(tx, workspace).get(blocker_id, lock=True)
    if before is None or not before.live:
        return None
    return _keep(tx, workspace, rules.withdrawn(before, now), by, "withdrawn")


def take(
    tx: Tx, workspace: str, blocker_id: str, user: str, now: datetime, *, admins: Collection[str] = NOBODY
) -> Changed:
    """ "I'll take it." Raises NotYours, AlreadyResolved, NoSuchBlocker, as all that follow do."""
    before = _allowed(tx, workspace, blocker_id, user, admins)
    if (before.state, before.taker) == ("taken", user):
        return Changed(before, user, "taken")  # pressed twice: nobody hears it again
    return _keep(tx, workspace, rules.taken(before, user, now), user, "taken")


def answer(
    tx: Tx, workspace: str, blocker_id: str, user: str, text: str, now: datetime, *, admins: Collection[str] = NOBODY
) -> Changed:
    """An answer for the raiser. It stays live until the raiser or the function resolves it."""
    before = _allowed(tx, workspace, blocker_id, user, admins)
    if (before.state, before.taker, before.answer) == ("answered", user, text):
        return Changed(before, user, "answered", text)
    return _keep(tx, workspace, rules.answered(before, user, text, now), user, "answered", text)


def not_ours(
    tx: Tx,
    workspace: str,
    blocker_id: str,
    user: str,
    to: str | None,
    now: datetime,
    *,
    admins: Collection[str] = NOBODY,
) -> Changed:
    """Passed on to another function, or (None) to nobody until somebody says whose it is."""
    before = _allowed(tx, workspace, blocker_id, user, admins)
    return _keep(tx, workspace, rules.moved(before, to, now), user, "moved", to)


def resolve(
    tx: Tx, workspace: str, blocker_id: str, user: str, now: datetime, *, admins: Collection[str] = NOBODY
) -> Changed:
    before = _allowed(tx, workspace, blocker_id, user, admins)
    return _keep(tx, workspace, rules.resolved(before, user, now), user, "resolved")


def reopen(
    tx: Tx, workspace: str, blocker_id: str, user: str, now: datetime, *, admins: Collection[str] = NOBODY
) -> Changed:
    """Live again, as old as it ever was: only for who raised it, or an admin. Raises NotResolved if it was live."""
    before = _locked(tx, workspace, blocker_id)
    rules.must_be_concerned(before, user, NOBODY, admins)
    return _keep(tx, workspace, rules.reopened(before, now), user, "reopened")


def get(tx: Tx, workspace: str, blocker_id: str) -> Blocker:
    found = BlockerStore(tx, workspace).get(blocker_id)
    if found is None:
        raise NoSuchBlocker(blocker_id)
    return found


def exists(tx: Tx, workspace: str, blocker_id: str) -> bool:
    return BlockerStore(tx, workspace).get(blocker_id) is not None


def events(tx: Tx, workspace: str, blocker_id: str) -> tuple[Event, ...]:
    """All that ever happened to it, oldest first."""
    return BlockerStore(tx, workspace).events(blocker_id)


def live_ids(tx: Tx, workspace: str) -> frozenset[str]:
    """All that are not over, whoever may see them."""
    return BlockerStore(tx, workspace).live_ids()


def open_of(tx: Tx, workspace: str, raiser: str) -> tuple[Blocker, ...]:
    """Her live ones, oldest first."""
    return BlockerStore(tx, workspace).live_of([raiser])


def open_of_all(tx: Tx, workspace: str, raisers: Collection[str]) -> dict[str, tuple[Blocker, ...]]:
    """The live ones of many people, by raiser."""
    found: dict[str, tuple[Blocker, ...]] = {}
    for blocker in BlockerStore(tx, workspace).live_of(raisers) if raisers else ():
        found[blocker.raiser] = (*found.get(blocker.raiser, ()), blocker)
    return found


def open_for(tx: Tx, workspace: str, function: str) -> tuple[Blocker, ...]:
    """Those that wait on a function, oldest first; wherever they were raised, so not to be shown to just anybody."""
    return BlockerStore(tx, workspace).live_for([function])


def open_in(tx: Tx, workspace: str, channels: Collection[str]) -> tuple[Blocker, ...]:
    """Those that were raised in these channels, oldest first."""
    return BlockerStore(tx, workspace).live_in(channels) if channels else ()


def waiting_on(tx: Tx, workspace: str, user: str) -> tuple[Blocker, ...]:
    """Those that wait on a function which she leads or belongs to, in channels that she can see, oldest first."""
    people = PeopleStore(tx, workspace)
    member = people.member(user)
    hers = {key for key, function in people.functions().items() if function.lead == user}
    if member is not None and member.function is not None:
        hers.add(member.function)
    found = BlockerStore(tx, workspace).live_for(hers) if hers else ()
    visible = people.visible_to(user) if found else set()
    return tuple(blocker for blocker in found if blocker.channel in visible and blocker.raiser != user)


def _keep(tx: Tx, workspace: str, after: Blocker, by: str, what: What, detail: str | None = None) -> Changed:
    counted = replace(after, changes=after.changes + 1)
    changed = _heard(tx, workspace, Changed(counted, by, what, detail))
    BlockerStore(tx, workspace).save(changed)
    return changed


def _heard(tx: Tx, workspace: str, changed: Changed) -> Changed:
    """Adds who should hear: the raiser and who had taken it, and the lead of the function that it waits on.

    Who cannot see the channel (any more) is left out: what was said in private stays there.
    """
    blocker = changed.blocker
    tell = {blocker.raiser}
    if blocker.taker is not None and PeopleStore(tx, workspace).sees(blocker.taker, blocker.channel):
        tell.add(blocker.taker)
    lead, unheard = _lead(tx, workspace, blocker)
    if lead is not None:
        tell.add(lead)
    return replace(changed, tell=frozenset(tell - {changed.by}), unheard=unheard)


def _lead(tx: Tx, workspace: str, blocker: Blocker) -> tuple[str | None, bool]:
    """The lead who may hear, and whether a function waits to be told and nobody can be."""
    if blocker.function is None:
        return None, False
    people = PeopleStore(tx, workspace)
    function = people.functions().get(blocker.function)
    lead = function.lead if function else None
    if lead is None or not people.sees(lead, blocker.channel):
        return None, True
    return lead, False


def _allowed(tx: Tx, workspace: str, blocker_id: str, user: str, admins: Collection[str]) -> Blocker:
    blocker = _locked(tx, workspace, blocker_id)
    if user == blocker.raiser or user in admins:
        return blocker
    members = _people_of(tx, workspace, blocker.function)
    seen = user in members and PeopleStore(tx, workspace).sees(user, blocker.channel)
    rules.must_be_concerned(blocker, user, members if seen else NOBODY, admins)
    return blocker


def _people_of(tx: Tx, workspace: str, function: str | None) -> set[str]:
    """Who speaks for a function: its members and its lead."""
    if function is None:
        return set()
    people = PeopleStore(tx, workspace)
    known = people.functions().get(function)
    return people.users_of([function]) | ({known.lead} if known and known.lead else set())


def _locked(tx: Tx, workspace: str, blocker_id: str) -> Blocker:
    found = BlockerStore(tx, workspace).get(blocker_id, lock=True)
    if found is None:
        raise NoSuchBlocker(blocker_id)
    return found
