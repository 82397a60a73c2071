"""What waits for a steward."""

from glossary.settings import GlossarySettings
from glossary.store import SuggestionStore, TermStore
from glossary.terms import Suggestion, Term, Wording
from rituals.tables import Tx

_LOOKED_AT = 200


def suggestions(
    tx: Tx, workspace: str, user: str, settings: GlossarySettings, limit: int
) -> list[tuple[Suggestion, Term, Wording]]:
    """Suggested changes that she may decide on, the oldest first, each with the wording that it would change."""
    if user not in settings.everyone | settings.admins:
        return []
    made = SuggestionStore(tx, workspace).open(_LOOKED_AT)
    terms = TermStore(tx, workspace).of({each.term for each in made})
    known = [(each, terms[each.term]) for each in made if each.term in terms]
    mine = [(each, term) for each, term in known if settings.tends(term.wording, user)][:limit]
    return [(each, term, suggested_for(tx, workspace, each, term)) for each, term in mine]


def suggested_for(tx: Tx, workspace: str, made: Suggestion, term: Term) -> Wording:
    """What the term said when somebody suggested other words for it."""
    base = TermStore(tx, workspace).revision(made.term, made.base)
    return base.wording if base else term.wording


def new_terms(tx: Tx, workspace: str, user: str, settings: GlossarySettings, limit: int) -> list[Term]:
    """Suggested terms that she may accept, the oldest first."""
    if user not in settings.everyone | settings.admins:
        return []
    made = TermStore(tx, workspace).suggested(_LOOKED_AT)
    return [term for term in made if settings.tends(term.wording, user)][:limit]
