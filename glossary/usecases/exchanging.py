"""A whole glossary in or out: first what it would do, then all of it or nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from glossary.exchange import Plan, Row, one_line, plan, within
from glossary.settings import GlossarySettings
from glossary.store import FileStore, TermStore
from glossary.terms import Term, Wording
from glossary.words import key
from rituals.held import HeldFile
from rituals.people.store import PeopleStore
from rituals.tables import Tx


def planned(tx: Tx, workspace: str, rows: Iterable[Row], settings: GlossarySettings, user: str | None = None) -> Plan:
    """What these rows would do, as things stand: as an admin may, or only as far as `user` may."""
    known = {key(term.name): term for term in TermStore(tx, workspace).everything()}
    people = PeopleStore(tx, workspace).references()
    found = plan(
        rows, known, key, lambda written: people.get(written) or people.get(written.lower()), _domains(settings)
    )
    if user is None:
        return found
    handles = _handles(people)
    return within(found, user, settings, lambda each: handles.get(each, each))


def bring_in(tx: Tx, workspace: str, rows: Iterable[Row], user: str, settings: GlossarySettings, now: datetime) -> Plan:
    """Imports all the rows as an admin may, or none where any has a problem."""
    TermStore(tx, workspace).alone()
    found = planned(tx, workspace, rows, settings)
    if not found.problems:
        _apply(tx, workspace, found, user, now)
    return found


def add_missing(
    tx: Tx, workspace: str, rows: Iterable[Row], user: str, settings: GlossarySettings, now: datetime
) -> int:
    """Those of the rows whose names are free; whatever is here stays as it is. Returns how many came."""
    TermStore(tx, workspace).alone()
    found = planned(tx, workspace, rows, settings)
    bring_in(tx, workspace, found.new, user, settings, now)
    return len(found.new)


def at_home(row: Row, settings: GlossarySettings) -> Row:
    """Without the domains that this group does not have."""
    known = _domains(settings)
    senses = tuple(replace(sense, domain=known.get(sense.domain.casefold(), "")) for sense in row.wording.senses)
    return replace(row, wording=replace(row.wording, senses=senses))


def sent_out(tx: Tx, workspace: str, settings: GlossarySettings) -> list[Row]:
    """Every term as a file has it: owners by their handles, domains by their names."""
    handles = _handles(PeopleStore(tx, workspace).references())
    return [
        Row(nth, _spoken(term, handles, settings), term.state)
        for nth, term in enumerate(TermStore(tx, workspace).everything(), 1)
    ]


def import_held(tx: Tx, workspace: str, file: HeldFile[Row], settings: GlossarySettings, now: datetime) -> Plan:
    """Does what its sender was shown and agreed to, if it is still that and she still may.

    Otherwise nothing: the plan has problems, or another seal than the file's, and then waits to be agreed to.
    """
    TermStore(tx, workspace).alone()
    files, found = FileStore(tx, workspace), planned(tx, workspace, file.rows, settings, file.by)
    if found.problems:
        files.settle(file.id, "refused")
    elif found.seal == file.seen or not (found.new or found.changed):
        _apply(tx, workspace, found, file.by, now)
        files.settle(file.id, "imported")
    else:
        files.show(file.id, found.seal)
    return found


def _apply(tx: Tx, workspace: str, found: Plan, user: str, now: datetime) -> None:
    terms = TermStore(tx, workspace)
    new = [Term("", row.wording, row.state, 1, user, now, now, state_by=user) for row in found.new]
    terms.add([(key(term.name), term) for term in new], "imported")
    after = [_after(row, term, user, now) for row, term in found.changed]
    terms.save_all([(key(term.name), term) for term in after], "imported")


def _after(row: Row, term: Term, user: str, now: datetime) -> Term:
    return replace(
        term,
        wording=row.wording,
        state=row.state,
        state_by=term.state_by if row.state == term.state else user,
        reason=term.reason if row.state == term.state else "",
        revision=term.revision + 1,
        changed_by=user,
        changed_at=now,
        confirmed_at=now,
        asked_at=None,
    )


def _spoken(term: Term, handles: Mapping[str, str], settings: GlossarySettings) -> Wording:
    senses = tuple(
        replace(
            sense,
            business_owner=handles.get(sense.business_owner or "", sense.business_owner),
            technical_owner=handles.get(sense.technical_owner or "", sense.technical_owner),
            domain=settings.domain_name(sense.domain),
        )
        for sense in term.wording.senses
    )
    return replace(term.wording, senses=senses)


def _handles(people: Mapping[str, str]) -> dict[str, str]:
    """User id to "@handle", for handles that name one person alone."""
    return {user: written for written, user in people.items() if written.startswith("@")}


def _domains(settings: GlossarySettings) -> dict[str, str]:
    found: dict[str, str] = {}
    for each in settings.domains.values():
        found |= {each.key.casefold(): each.key, one_line(each.name).casefold(): each.key}
    return found
