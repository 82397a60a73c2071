"""Who hears of what happens to a term, in the transaction in which it happened: stewards, owners, who suggested.

Everything goes through one budget per person and waits for her working hours.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from bot import desk, outbox
from bot.features.glossary import verbs
from bot.features.glossary.views import Message, notes
from bot.settings import Resolved
from bot.slack.blocks import Block
from glossary.store import TermStore
from glossary.terms import Revision, Suggestion, Term
from glossary.usecases import editing
from glossary.usecases.editing import Changed
from glossary.usecases.owners import reachable
from glossary.usecases.waiting import suggested_for
from rituals.people.store import PeopleStore
from rituals.tables import Tx


def new_term(tx: Tx, workspace: str, term: Term, settings: Resolved, now: datetime) -> None:
    """Somebody who does not tend it added a term: its stewards may accept it."""
    message = notes.new_term(term, name_of(tx, workspace, term.changed_by), settings.glossary)
    for steward in sorted(settings.glossary.stewards_of(term.wording) - {term.changed_by}):
        privately(tx, workspace, verbs.suggested(term.id, steward), steward, "suggested", message, settings, now)


def suggestion(tx: Tx, workspace: str, made: Suggestion, settings: Resolved, now: datetime) -> None:
    """Its stewards may take it."""
    term = editing.get(tx, workspace, made.term)
    message = notes.change(
        made, term, what_changes(tx, workspace, made, term, settings), name_of(tx, workspace, made.by)
    )
    for steward in sorted(settings.glossary.stewards_of(term.wording) - {made.by}):
        privately(tx, workspace, verbs.suggested(made.id, steward), steward, "suggested", message, settings, now)


def what_changes(tx: Tx, workspace: str, made: Suggestion, term: Term, settings: Resolved) -> list[Block]:
    """Who suggests what: what each field said, and what it would say."""
    before = suggested_for(tx, workspace, made, term)
    names = names_for(tx, workspace, [made.by, *before.owners, *made.wording.owners])
    return notes.suggested(made, term, before, names, domains(settings))


def settled(
    tx: Tx, workspace: str, what: str, term: Term, suggester: str, by: str, how: str, settings: Resolved, now: datetime
) -> None:
    """`how`: accepted, edited or declined. Every steward's message says so; who suggested hears it."""
    name = name_of(tx, workspace, by)
    for steward in sorted(settings.glossary.everyone | settings.glossary.stewards_of(term.wording)):
        _close(tx, workspace, verbs.suggested(what, steward), name, how, now)
    if suggester != by:
        message = notes.your_suggestion(name, term.name, how, term.reason if how == "declined" else "")
        privately(tx, workspace, verbs.told(what, suggester), suggester, "settled", message, settings, now)


def new_term_settled(tx: Tx, workspace: str, done: Changed, how: str, settings: Resolved, now: datetime) -> None:
    """A term that was suggested or disputed is accepted, put right, retired or declined: whoever was told of it reads
    so."""
    term = done.term
    if done.before is None or done.before.state == term.state or term.state not in ("accepted", "retired", "declined"):
        return
    revisions = TermStore(tx, workspace).history(term.id)
    if revisions[-1].state == "suggested":
        settled(tx, workspace, term.id, term, revisions[-1].by, term.changed_by, how, settings, now)
    if done.before.state == "disputed":
        _dispute_settled(tx, workspace, done, revisions, settings, now)


def _dispute_settled(
    tx: Tx, workspace: str, done: Changed, revisions: Sequence[Revision], settings: Resolved, now: datetime
) -> None:
    """Everybody who was told reads how it ended, and so does who disputed it."""
    term, name = done.term, name_of(tx, workspace, done.term.changed_by)
    gone = term.state in ("retired", "declined")
    how = term.state if gone else "holds" if done.what == "accepted" else "righted"
    dispute = next(each for each in revisions if each.what == "disputed")
    what = f"{term.id}.{dispute.n}"
    for person in sorted(dispute.wording.owners | settings.glossary.everyone):
        _close(tx, workspace, verbs.told(what, person), name, how, now)
    if dispute.by != term.changed_by:
        message = notes.your_dispute(name, term.name, how)
        privately(
            tx, workspace, verbs.told(f"dispute.{what}", dispute.by), dispute.by, "settled", message, settings, now
        )


def disputed(tx: Tx, workspace: str, term: Term, settings: Resolved, now: datetime) -> None:
    """Its owners and stewards hear why."""
    by = name_of(tx, workspace, term.changed_by)
    whom = _reachable(tx, workspace, term, settings) | settings.glossary.stewards_of(term.wording)
    for person in sorted(whom - {term.changed_by}):
        key = verbs.told(f"{term.id}.{term.revision}", person)
        message = notes.disputed(term, by, tends=settings.glossary.tends(term.wording, person))
        privately(tx, workspace, key, person, "disputed", message, settings, now)


def owners(
    tx: Tx, workspace: str, term: Term, by: str, text: str, request: str, settings: Resolved, now: datetime
) -> bool:
    """A line from somebody who meant something else. False: nobody answers for the term."""
    whom = (_reachable(tx, workspace, term, settings) or settings.glossary.stewards_of(term.wording)) - {by}
    message = notes.for_owner(term, name_of(tx, workspace, by), text)
    for person in sorted(whom):
        privately(tx, workspace, verbs.told(request, person), person, "line", message, settings, now)
    return bool(whom)


def line_settled(tx: Tx, workspace: str, note: str, of: str, sentence: str, now: datetime) -> None:
    """One of several things in a message is dealt with: its line says how."""
    shown = outbox.shown(tx, workspace, note)
    if shown is not None:
        outbox.amend(tx, workspace, note, shown[0], notes.with_line(shown[1], verbs.line(of), sentence), now)


def _reachable(tx: Tx, workspace: str, term: Term, settings: Resolved) -> frozenset[str]:
    """Its owners, as far as they are still there."""
    return reachable(tx, workspace, term.wording.owners, settings.outsiders)


def _close(tx: Tx, workspace: str, key: str, by: str, how: str, now: datetime) -> None:
    """A message that asked for a decision says that it was taken, once, and no longer has buttons."""
    shown = outbox.shown(tx, workspace, key)
    if shown is not None and any(block["type"] == "actions" for block in shown[1]):
        outbox.amend(tx, workspace, key, shown[0], notes.settled(shown[1], by, how), now)


def gap_settled(tx: Tx, workspace: str, note: str, of: str, sentence: str, settings: Resolved, now: datetime) -> None:
    """In every steward's note of that day."""
    day = note.split("/")[2] if note.count("/") == 3 else ""
    for key in {note, *(verbs.gaps(steward, day) for steward in settings.glossary.everyone)}:
        line_settled(tx, workspace, key, of, sentence, now)


def name_of(tx: Tx, workspace: str, user: str) -> str:
    return names_for(tx, workspace, [user]).get(user, "Somebody")


def names_for(tx: Tx, workspace: str, users: Iterable[str]) -> dict[str, str]:
    return PeopleStore(tx, workspace).names(users)


def domains(settings: Resolved) -> dict[str, str]:
    return {key: domain.name for key, domain in settings.glossary.domains.items()}


def privately(
    tx: Tx, workspace: str, key: str, person: str, kind: str, message: Message, settings: Resolved, now: datetime
) -> None:
    desk.privately(tx, workspace, key, person, "glossary", kind, message, settings, now)
