"""What is in the glossary now, for whoever keeps it in memory."""

from dataclasses import dataclass

from glossary.shelf import Shelf
from glossary.store import HintStore, TermStore
from glossary.terms import Term
from rituals.tables import Tx

# More changes than this are quicker read as a whole, in the thread that read them.
_FEW = 200


@dataclass(frozen=True, slots=True)
class News:
    """What has changed since a version."""

    changed: list[Term]
    version: int
    hinted: frozenset[str]


def news(tx: Tx, workspace: str, known: int) -> News | Shelf | None:
    """What was changed after version `known`: None for nothing, a whole new shelf for much."""
    terms = TermStore(tx, workspace)
    version = terms.version()
    if version == known:
        return None
    changed, hinted = terms.since(known), HintStore(tx, workspace).channels()
    if len(changed) <= _FEW:
        return News(changed, version, hinted)
    shelf = Shelf()
    shelf.take(changed if known == 0 else terms.since(0), version, hinted)
    return shelf


def everything(tx: Tx, workspace: str) -> list[Term]:
    """Every term, in the order of their names."""
    return TermStore(tx, workspace).everything()


def is_empty(tx: Tx, workspace: str) -> bool:
    return not TermStore(tx, workspace).any()
