"""How a term changes: added, edited, accepted, disputed, retired, declined, reverted. Every change is a revision.

the term, locked -> may she, is it still what she saw -> a revision, or a suggestion for its stewards
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from glossary.merging import merge
from glossary.settings import GlossarySettings
from glossary.store import SuggestionStore, TermStore
from glossary.terms import (
    MOST_SENSES,
    AlreadySo,
    NameTaken,
    NoSuchSuggestion,
    NoSuchTerm,
    NotASteward,
    Revision,
    State,
    Suggestion,
    Term,
    TooManySenses,
    What,
    Wording,
)
from glossary.words import key
from rituals.tables import Tx


@dataclass(frozen=True, slots=True)
class Changed:
    """A term as it now is. `before` is None for a new one; `suggestion`: the one that was taken with it."""

    term: Term
    before: Term | None
    what: What
    suggestion: Suggestion | None = None


@dataclass(frozen=True, slots=True)
class Met:
    """Others changed the same fields since she looked: nothing was kept. `wording` is hers merged with the rest of
    theirs; `theirs` says what they wrote where both did, and `by` who did last."""

    term: Term
    wording: Wording
    theirs: dict[str, Any]

    @property
    def by(self) -> str:
        return self.term.changed_by


def add(tx: Tx, workspace: str, wording: Wording, user: str, settings: GlossarySettings, now: datetime) -> Changed:
    """A new term: accepted where she tends its domain, else suggested. Raises NameTaken."""
    terms, filed = TermStore(tx, workspace), key(wording.name)
    terms.alone()
    other = terms.by_key(filed)
    if other is not None:
        raise NameTaken(wording.name, other)
    state: State = "accepted" if settings.tends(wording, user) else "suggested"
    [term] = terms.add([(filed, Term("", wording, state, 1, user, now, now, state_by=user))], "added")
    return Changed(term, None, "added")


def edit(
    tx: Tx,
    workspace: str,
    term_id: str,
    base: int,
    wording: Wording,
    user: str,
    settings: GlossarySettings,
    now: datetime,
    note: str = "",
) -> Changed | Suggestion | Met | None:
    """What she makes of revision `base`. None: it changes nothing. Raises NoSuchTerm, NameTaken.

    Met: others changed the same meanwhile. A Suggestion: it waits for the stewards, since her word is not enough.
    """
    term = _locked(tx, workspace, term_id)
    met = _merged(tx, workspace, term, base, wording)
    if met.theirs:
        return met
    if met.wording == term.wording:
        return None
    _check_name(tx, workspace, term, met.wording)
    if not settings.may_change(term.wording, user):
        return _suggest(tx, workspace, term, met.wording, user, note, now)
    changes: dict[str, Any] = {"wording": met.wording, "confirmed_at": now, "asked_at": None}
    if term.state in ("suggested", "disputed") and settings.tends(term.wording, user):
        # Whoever may accept it, and has just put it as it should be, need not say so once more.
        changes |= {"state": "accepted", "reason": ""}
    return _save(tx, workspace, term, "edited", user, now, **changes)


def accept(tx: Tx, workspace: str, term_id: str, user: str, settings: GlossarySettings, now: datetime) -> Changed:
    """Suggested or disputed no longer. Raises NoSuchTerm, NotASteward, AlreadySo."""
    term = _tended(tx, workspace, term_id, user, settings)
    _not_yet(term, "accepted")
    return _save(
        tx, workspace, term, "accepted", user, now, state="accepted", reason="", confirmed_at=now, asked_at=None
    )


def dispute(tx: Tx, workspace: str, term_id: str, reason: str, user: str, now: datetime) -> Changed:
    """Anybody may say that it is wrong. Raises NoSuchTerm, AlreadySo for one that is disputed or retired."""
    term = _locked(tx, workspace, term_id)
    if term.state in ("disputed", "retired"):
        raise AlreadySo(term.state, term.state_by)
    return _save(tx, workspace, term, "disputed", user, now, state="disputed", reason=reason)


def retire(
    tx: Tx, workspace: str, term_id: str, reason: str, user: str, settings: GlossarySettings, now: datetime
) -> Changed:
    """No longer in use; whoever looks it up still reads why. One that was only ever suggested is declined instead, and
    reads as if it had never been there. Raises NoSuchTerm, NotASteward, AlreadySo."""
    term = _tended(tx, workspace, term_id, user, settings)
    _not_yet(term, "retired")
    gone: Literal["declined", "retired"] = "declined" if only_suggested(tx, workspace, term_id) else "retired"
    return _save(tx, workspace, term, gone, user, now, state=gone, reason=reason)


def decline_new(
    tx: Tx, workspace: str, term_id: str, reason: str, user: str, settings: GlossarySettings, now: datetime
) -> Changed:
    """As `retire`, for a term that she knows as a suggestion. Raises AlreadySo also if it was accepted meanwhile."""
    term = _tended(tx, workspace, term_id, user, settings)
    if not only_suggested(tx, workspace, term_id):
        raise AlreadySo(term.state, term.state_by)
    return retire(tx, workspace, term_id, reason, user, settings, now)


def only_suggested(tx: Tx, workspace: str, term_id: str) -> bool:
    """Whether nobody has ever accepted it."""
    states = [revision.state for revision in history(tx, workspace, term_id)]
    return states[-1:] == ["suggested"] and not {"accepted", "retired"} & set(states)


def revert(
    tx: Tx, workspace: str, term_id: str, n: int, user: str, settings: GlossarySettings, now: datetime
) -> Changed | None:
    """Reads as revision `n` did, its state stays. None: it reads so already. Raises as `retire`, NameTaken."""
    term = _tended(tx, workspace, term_id, user, settings)
    wanted = revision_of(tx, workspace, term.id, n)
    if wanted.wording == term.wording:
        return None
    _check_name(tx, workspace, term, wanted.wording)
    changes = {"wording": wanted.wording, "confirmed_at": now, "asked_at": None}
    return _save(tx, workspace, term, "reverted", user, now, **changes)


def take(
    tx: Tx, workspace: str, suggestion_id: str, user: str, settings: GlossarySettings, now: datetime
) -> Changed | Met:
    """A suggestion becomes the term's wording. Met: the term changed since, in the same fields.

    Raises NoSuchSuggestion, NotASteward, AlreadySo, NameTaken.
    """
    suggestion, term = _suggested(tx, workspace, suggestion_id, user, settings)
    met = _merged(tx, workspace, term, suggestion.base, suggestion.wording)
    if met.theirs:
        return met
    _check_name(tx, workspace, term, met.wording)
    taken = _settle(tx, workspace, suggestion, "accepted", user)
    changes = {"wording": met.wording, "confirmed_at": now, "asked_at": None}
    return replace(_save(tx, workspace, term, "edited", user, now, **changes), suggestion=taken)


def decline(tx: Tx, workspace: str, suggestion_id: str, user: str, settings: GlossarySettings) -> Suggestion:
    """Raises NoSuchSuggestion, NotASteward, AlreadySo."""
    suggestion, _ = _suggested(tx, workspace, suggestion_id, user, settings)
    return _settle(tx, workspace, suggestion, "declined", user)


def decline_all(tx: Tx, workspace: str, term_id: str, user: str) -> list[Suggestion]:
    """Changes that were suggested for a term which is itself declined."""
    made = SuggestionStore(tx, workspace).open_of(term_id)
    return [_settle(tx, workspace, each, "declined", user) for each in made]


def settle_edited(tx: Tx, workspace: str, suggestion_id: str, user: str) -> Suggestion | None:
    """A steward took a suggestion in words of her own. None: somebody had settled it."""
    suggestion = SuggestionStore(tx, workspace).get(suggestion_id, lock=True)
    if suggestion is None or suggestion.state != "open":
        return None
    return _settle(tx, workspace, suggestion, "accepted", user)


def confirm(tx: Tx, workspace: str, term_id: str, user: str, settings: GlossarySettings, now: datetime) -> Term:
    """It still holds. Raises NoSuchTerm, NotASteward for who does not answer for it."""
    term = _locked(tx, workspace, term_id)
    if not settings.may_change(term.wording, user):
        raise NotASteward(term)
    TermStore(tx, workspace).confirm([term.id], now)
    return replace(term, confirmed_at=now, asked_at=None)


def get(tx: Tx, workspace: str, term_id: str, *, declined: bool = False) -> Term:
    """`declined`: also one that was. Raises NoSuchTerm."""
    term = TermStore(tx, workspace).get(term_id)
    if term is None or (term.state == "declined" and not declined):
        raise NoSuchTerm(term_id)
    return term


def last_declined(tx: Tx, workspace: str, name: str) -> Term | None:
    """The last term of that name that was declined: only its history is still to be seen."""
    return TermStore(tx, workspace).declined(key(name))


def history(tx: Tx, workspace: str, term_id: str) -> tuple[Revision, ...]:
    """Every change, the newest first. Anybody may see it."""
    return TermStore(tx, workspace).history(term_id)


def revision_of(tx: Tx, workspace: str, term_id: str, n: int) -> Revision:
    """Raises NoSuchTerm."""
    found = TermStore(tx, workspace).revision(term_id, n)
    if found is None:
        raise NoSuchTerm(f"{term_id}#{n}")
    return found


def suggestion_of(tx: Tx, workspace: str, suggestion_id: str) -> tuple[Suggestion, Term]:
    """Raises NoSuchSuggestion."""
    suggestion = SuggestionStore(tx, workspace).get(suggestion_id)
    if suggestion is None:
        raise NoSuchSuggestion(suggestion_id)
    return suggestion, get(tx, workspace, suggestion.term)


def _locked(tx: Tx, workspace: str, term_id: str) -> Term:
    """The glossary before the term, as a file that comes in has them, so that neither waits for the other in vain.

    Raises AlreadySo for one that was declined: its name may be another's by now.
    """
    terms = TermStore(tx, workspace)
    terms.alone()
    term = terms.get(term_id, lock=True)
    if term is None:
        raise NoSuchTerm(term_id)
    if term.state == "declined":
        raise AlreadySo(term.state, term.state_by)
    return term


def _tended(tx: Tx, workspace: str, term_id: str, user: str, settings: GlossarySettings) -> Term:
    term = _locked(tx, workspace, term_id)
    if not settings.tends(term.wording, user):
        raise NotASteward(term)
    return term


def _suggested(
    tx: Tx, workspace: str, suggestion_id: str, user: str, settings: GlossarySettings
) -> tuple[Suggestion, Term]:
    TermStore(tx, workspace).alone()
    suggestion = SuggestionStore(tx, workspace).get(suggestion_id, lock=True)
    if suggestion is None:
        raise NoSuchSuggestion(suggestion_id)
    term = _locked(tx, workspace, suggestion.term)
    if not settings.may_change(term.wording, user):
        raise NotASteward(term)
    if suggestion.state != "open":
        raise AlreadySo(suggestion.state, suggestion.settled_by)
    return suggestion, term


def _merged(tx: Tx, workspace: str, term: Term, base: int, wording: Wording) -> Met:
    if base == term.revision:
        return Met(term, wording, {})
    merged = merge(revision_of(tx, workspace, term.id, base).wording, term.wording, wording)
    if len(merged.wording.senses) > MOST_SENSES:
        raise TooManySenses(term)
    return Met(term, merged.wording, merged.theirs)


def _check_name(tx: Tx, workspace: str, term: Term, wording: Wording) -> None:
    filed = key(wording.name)
    if filed == key(term.name):
        return
    other = TermStore(tx, workspace).by_key(filed)
    if other is not None:
        raise NameTaken(wording.name, other)


def _not_yet(term: Term, state: State) -> None:
    if term.state == state:
        raise AlreadySo(state, term.state_by)


def _suggest(tx: Tx, workspace: str, term: Term, wording: Wording, user: str, note: str, now: datetime) -> Suggestion:
    """The same sent twice is one."""
    suggestions = SuggestionStore(tx, workspace)
    for known in suggestions.open_of(term.id):
        if (known.by, known.base, known.wording) == (user, term.revision, wording):
            return known
    name = f"{term.id}.{term.revision}.{user}.{int(now.timestamp() * 1000)}"
    made = Suggestion(name, term.id, term.revision, wording, user, now, note)
    suggestions.add(made)
    return made


def _settle(tx: Tx, workspace: str, suggestion: Suggestion, state: Any, user: str) -> Suggestion:
    settled = replace(suggestion, state=state, settled_by=user)
    SuggestionStore(tx, workspace).settle(settled)
    return settled


def _save(tx: Tx, workspace: str, term: Term, what: What, user: str, now: datetime, **changes: Any) -> Changed:
    if changes.get("state", term.state) != term.state:
        changes["state_by"] = user
    after = replace(term, **changes, revision=term.revision + 1, changed_by=user, changed_at=now)
    TermStore(tx, workspace).save(key(after.name), after, what)
    return Changed(after, term, what)
