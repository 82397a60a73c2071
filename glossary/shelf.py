"""A workspace's glossary in memory: what answers to a word, and which words of a text it explains.

It is changed in place, and read, by one thread alone.
"""

from collections.abc import Collection, Iterable

from glossary.index import Hit, Index
from glossary.ordinary import ORDINARY
from glossary.spellings import Search
from glossary.terms import Term

_FOUND_IN_TEXT = ("accepted", "disputed")


class Shelf:
    """`version`: the glossary's at the last change that is in here. `hinted`: the channels that want hints."""

    def __init__(self) -> None:
        self.version = 0
        self.hinted: frozenset[str] = frozenset()
        self._index = Index(ordinary=ORDINARY)
        self._terms: dict[str, Term] = {}

    def take(self, changed: Iterable[Term], version: int, hinted: Collection[str]) -> None:
        """Terms as they now are, new and known ones."""
        for term in changed:
            if term.state == "declined":
                self._terms.pop(term.id, None)
                self._index.remove(term.id)
                continue
            self._terms[term.id] = term
            self._index.put(term.id, list(term.wording.names()), found_in_text=term.state in _FOUND_IN_TEXT)
        self.version, self.hinted = version, frozenset(hinted)

    def terms(self, ids: Iterable[str]) -> list[Term]:
        """Those that are here, in the order of their ids."""
        return [term for each in ids if (term := self._terms.get(each)) is not None]

    def look_up(self, text: str) -> list[Term]:
        """What is called so; what is still in use before what is not."""
        found = self.terms(self._index.look_up(text))
        return sorted(found, key=lambda term: term.state == "retired")

    def knows(self, text: str) -> bool:
        return bool(self._index.look_up(text))

    def near(self, text: str, limit: int = 5) -> Search:
        """Not begun: it is run piece by piece, so that others may be served between."""
        return self._index.near(text, limit)

    def detect(self, text: str) -> list[Hit]:
        return self._index.detect(text)

    def everything(self) -> list[Term]:
        return list(self._terms.values())
