"""The glossary's memory: who answers to a name, what is near a misspelt one, which terms a message speaks of.

100,000 terms take 30 MB beside their names, two to three seconds to put in, and 0.2 ms to change one. A message of 40
words takes 50 to 90 us, half of it for reading words. pyahocorasick finds bare names in small letters in 10 to 30 us;
it knows no plurals, hyphens or clauses, and after each change it is built anew, half a second for as many terms.
"""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from glossary.spellings import COMPARED_AT_ONCE, Search, Spellings
from glossary.words import Reading, asked, exact, in_capitals, prose, without_article

# A name of more words is a sentence; people can look it up, but nobody says it in passing.
MOST_WORDS = 20

Ids = tuple[str, ...]
Book = dict[str, Ids]


@dataclass(frozen=True, slots=True)
class Hit:
    """A part of a text, from `start` to before `end`, and the terms that answer to it: by name before by alias."""

    start: int
    end: int
    ids: Ids


class Index:
    """Terms by their names, expansions and aliases. Changed in place; to be read and changed from one thread only.

    `ordinary` holds ordinary English words in small letters. A name in capitals that is one of them (IT, ACT), or that
    has two letters, is found in text only where it is written in capitals; a letter that is a word (A, I) is not.
    """

    def __init__(self, ordinary: Container[str] = frozenset()) -> None:
        self._ordinary = ordinary
        self._names: dict[str, tuple[str, ...]] = {}
        self._unseen: set[str] = set()
        # Under `_singular` stand only forms that are not the term's under `_exact` already; most names are singular.
        self._exact: Book = {}
        self._singular: Book = {}
        self._capitals: Book = {}
        # How many terms have a form that begins with these words and goes on.
        self._prefixes: dict[str, int] = {}
        # The first words of all names. Most words of a message are none of them, and that is all there is to ask.
        self._beginnings: set[str] = set()
        self._spellings = Spellings()

    def __len__(self) -> int:
        return len(self._names)

    def put(self, term: str, names: Sequence[str], *, found_in_text: bool = True) -> None:
        """Adds a term, or replaces it, with everything it answers to: its name, then expansions and aliases."""
        self.remove(term)
        self._names[term] = tuple(names)
        if not found_in_text:
            self._unseen.add(term)
        filed = _Filed.of(names, self._ordinary)
        for form in filed.spellings:
            if form not in self._exact:
                self._spellings.add(form)
        alone = (term,)
        for book, forms in self._books(filed):
            for form in forms:
                book[form] = (*book[form], term) if form in book else alone
        for prefix in filed.prefixes:
            self._prefixes[prefix] = self._prefixes.get(prefix, 0) + 1
        self._beginnings |= filed.beginnings

    def remove(self, term: str) -> None:
        """Forgets a term; nothing happens if it is not there."""
        if term not in self._names:
            return
        filed = _Filed.of(self._names.pop(term), self._ordinary)
        self._unseen.discard(term)
        for book, forms in self._books(filed):
            for form in forms:
                _strike(book, form, term)
        for form in filed.spellings:
            if form not in self._exact:
                self._spellings.remove(form)
        for prefix in filed.prefixes:
            self._prefixes[prefix] -= 1
            if not self._prefixes[prefix]:
                del self._prefixes[prefix]
        for word in filed.beginnings:
            if not (word in self._prefixes or word in self._exact or word in self._singular):
                self._beginnings.remove(word)

    def look_up(self, text: str) -> Ids:
        """The ids of those who answer to it, also in another number or as part of a question; those whose name it is
        before those whose alias it is."""
        for wording in _wordings(text):
            reading = Reading(wording)
            for form, ids in self._answers(" ".join(reading.words), " ".join(reading.singulars())):
                if ids:
                    return self._in_order(form, ids)
        return ()

    def near(self, text: str, limit: int = 5, chunk: int = COMPARED_AT_ONCE) -> Search:
        """A search for terms with a similar name, not begun: `for _ in search: ...`, then `search.ids`."""
        form = exact(without_article(asked(text)))
        return Search(self._spellings, self._spelt, form, limit, chunk)

    def near_all(self, text: str, limit: int = 5) -> Ids:
        """The same, run through at once."""
        search = self.near(text, limit)
        for _ in search:
            continue
        return search.ids

    def detect(self, text: str) -> list[Hit]:
        """The terms that a Slack message speaks of, in reading order: from each place the longest, and on behind it.

        Whole words of prose only (see `prose`), spelt as in `look_up`. Words that punctuation or a line's end parts
        are not one name, unless the name is parted in the same places.
        """
        reading = Reading(prose(text))
        words, singulars, beginnings = reading.words, reading.singulars(), self._beginnings
        hits: list[Hit] = []
        behind = 0
        for nth in [nth for nth, word in enumerate(words) if word in beginnings or singulars[nth] in beginnings]:
            if nth >= behind and (longest := self._longest(reading, singulars, nth)):
                hit, behind = longest
                hits.append(hit)
        return hits

    def _longest(self, reading: Reading, singulars: Sequence[str], first: int) -> tuple[Hit, int] | None:
        """The longest hit that begins with a word, if any does, and the word to go on with."""
        for end, form, singular in reversed(self._spans(reading, singulars, first)):
            if ids := self._found(reading, first, end, form, singular):
                return Hit(*reading.place(first, end), ids), end
        return None

    def _spans(self, reading: Reading, singulars: Sequence[str], first: int) -> list[tuple[int, str, str]]:
        """Where names that begin with a word end, the shortest first, with the two forms under which they may stand."""
        words, exact, singular, prefixes = reading.words, self._exact, self._singular, self._prefixes
        form, one = words[first], singulars[first]
        spans: list[tuple[int, str, str]] = []
        end = first + 1
        while True:
            if form in exact or one in exact or one in singular:
                spans.append((end, form, one))
            if end == len(words) or not (form in prefixes or one in prefixes):
                return spans
            joint = reading.joint(end)
            form, one = f"{form}{joint}{words[end]}", f"{one}{joint}{singulars[end]}"
            end += 1

    def _found(self, reading: Reading, first: int, end: int, form: str, singular: str) -> Ids:
        for under, ids in self._answers(form, singular):
            seen = tuple([term for term in ids if term not in self._unseen])
            if seen and under in self._capitals and not self._shouted(under, reading.written(first, end)):
                seen = tuple(term for term in seen if term not in self._capitals[under])
            if seen and reading.whole(first, end):
                return self._in_order(under, seen)
        return ()

    def _shouted(self, form: str, written: str) -> bool:
        """Whether its capitals tell a name from the ordinary word; those of "I" and of a first "A" tell nothing."""
        return in_capitals(written) and not (len(form) == 1 and form in self._ordinary)

    def _answers(self, form: str, singular: str) -> Iterator[tuple[str, Ids]]:
        """The form under which to look, with who stands there: exactly, then in the singular."""
        yield form, self._exact.get(form, ())
        yield singular, self._exact.get(singular, ()) + self._singular.get(singular, ())

    def _spelt(self, form: str) -> Ids:
        return self._in_order(form, self._exact.get(form, ()))

    def _in_order(self, form: str, ids: Ids) -> Ids:
        """Those whose name it is before those whose alias it is, then by id."""
        if len(ids) < 2:
            return ids
        return tuple(sorted(ids, key=lambda term: (form not in _Filed.of(self._names[term][:1]).forms, term)))

    def _books(self, filed: "_Filed") -> tuple[tuple[Book, frozenset[str]], ...]:
        return (self._exact, filed.exact), (self._singular, filed.singular), (self._capitals, filed.capitals)


@dataclass(frozen=True, slots=True)
class _Filed:
    """The forms under which a term is filed.

    `singular`: those that are not `exact` as well. `capitals`: those that count in text only if written in capitals.
    """

    exact: frozenset[str]
    singular: frozenset[str]
    capitals: frozenset[str]

    @classmethod
    def of(cls, names: Sequence[str], ordinary: Container[str] = frozenset()) -> "_Filed":
        exact: set[str] = set()
        singular: set[str] = set()
        capital: set[str] = set()
        small: set[str] = set()
        for name in names:
            reading = Reading(" ".join(name.split()))
            words, singulars = reading.words, reading.singulars()
            if not words:
                continue
            spelt, alike = _joined(reading, words), _joined(reading, singulars)
            exact |= spelt
            singular |= alike
            (capital if _only_in_capitals(name, spelt | alike, ordinary) else small).update(spelt | alike)
        return cls(frozenset(exact), frozenset(singular - exact), frozenset(capital - small))

    @property
    def forms(self) -> frozenset[str]:
        return self.exact | self.singular

    @property
    def prefixes(self) -> frozenset[str]:
        """What a text has said after each word but the last, if it says one of the forms."""
        return frozenset(prefix for form in self.forms if form.count(" ") < MOST_WORDS for prefix in _prefixes(form))

    @property
    def beginnings(self) -> frozenset[str]:
        return frozenset(form.split(" ", 1)[0].rstrip(",") for form in self.forms)

    @property
    def spellings(self) -> frozenset[str]:
        """What people are thought to have meant: without the forms that keep a name's punctuation."""
        return frozenset(form for form in self.exact if "," not in form)


def _joined(reading: Reading, words: Sequence[str]) -> set[str]:
    """A name as it is looked up, and as it is found in text, where its own punctuation has to be met."""
    parted = "".join(reading.joint(nth) + word if nth else word for nth, word in enumerate(words))
    return {" ".join(words), parted}


def _prefixes(form: str) -> Iterator[str]:
    at = form.find(" ")
    while at >= 0:
        yield form[:at].rstrip(",")
        at = form.find(" ", at + 1)


def _only_in_capitals(name: str, forms: set[str], ordinary: Container[str]) -> bool:
    return in_capitals(name.strip()) and any(form in ordinary or (len(form) <= 2 and form.isalpha()) for form in forms)


def _strike(book: Book, form: str, term: str) -> None:
    left = tuple(other for other in book[form] if other != term)
    if left:
        book[form] = left
    else:
        del book[form]


def _wordings(text: str) -> Iterator[str]:
    """A name may be asked for in a question or with an article, unless it begins like one: as it stands comes first."""
    yield text
    question = asked(text)
    others = dict.fromkeys((question, without_article(question), without_article(text)))
    others.pop(text, None)
    yield from others
