"""What waits for a steward."""

from glossary.settings import GlossarySettings
from glossary.store import SuggestionStore, TermStore
from glossary.terms import Suggestion, Term
from rituals.tables import Tx

_LOOKED_AT = 200


def suggestions(
    tx: Tx, workspace: str, user: str, settings: GlossarySettings, limit: int
) -> list[tuple[Suggestion, Term]]:
    """Suggested changes that she may decide on, the oldest first."""
    if user not in settings.everyone | settings.admins:
        return []
    made = SuggestionStore(tx, workspace).open(_LOOKED_AT)
    terms = TermStore(tx, workspace).of({each.term for each in made})
    mine = [(each, terms[each.term]) for each in made if settings.tends(terms[each.term].wording, user)]
    return mine[:limit]


def new_terms(tx: Tx, workspace: str, user: str, settings: GlossarySettings, limit: int) -> list[Term]:
    """Suggested terms that she may accept, the oldest first."""
    if user not in settings.everyone | settings.admins:
        return []
    made = TermStore(tx, workspace).suggested(_LOOKED_AT)
    return [term for term in made if settings.tends(term.wording, user)][:limit]
