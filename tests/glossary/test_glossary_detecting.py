"""What is found in a text is what comparing every span of its words with every name would find."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from glossary.index import Hit, Index
from glossary.words import exact, in_capitals, key

# Few words, so that names and texts nest, overlap and meet in every number and writing.
WORDS = (
    *(
        "price",
        "prices",
        "Price",
        "list",
        "lists",
        "LISTS",
        "churn",
        "KPI",
        "KPIs",
        "kpi",
        "kpis",
        "IT",
        "it",
        "It",
        "ITs",
    ),
    *("PR", "PRs", "prs", "PR's", "POS", "POs", "PO", "SaaS", "saas", "C", "C++", "C#", "R&D", "R", "A", "a", "the"),
    *(
        "analysis",
        "analyses",
        "na\u00efve",
        "nai\u0308ve",
        "\uff50\uff52\uff49\uff43\uff45",
        "price\u2019s",
        "U.S.",
        "us",
    ),
)
ORDINARY = frozenset(("it", "us", "a", "price", "list", "the"))
JOINING = (" ", "-", "/", "_", "  ", '" ', "* ")
PARTING = (", ", ". ", " - ", " (", "! ", " \u2013 ", "\u2026 ")
BREAKING = (
    *("\n", "\n\n", "\n> ", " `price list` ", " ```KPI\nlist``` ", " <https://x.test/price|price list> ", " <@UKPI> "),
    *(" <!here> ", " https://x.test/KPI ", " kpi@x.test ", " :kpi: "),
)

# A text or a name: words, each with what follows it.
Written = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Term:
    names: Sequence[Written]
    found_in_text: bool


def written(most: int, *joints: str) -> st.SearchStrategy[Written]:
    return st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(joints)), min_size=1, max_size=most).map(tuple)


NAME = written(4, *JOINING * 4, *PARTING)
TERM = st.builds(Term, st.lists(NAME, min_size=1, max_size=3), st.sampled_from((True, True, True, False)))
TERMS = st.dictionaries(st.sampled_from("abcdefghij"), TERM, max_size=8)
TEXT = written(14, *JOINING * 4, *PARTING, *BREAKING)


@settings(max_examples=300, deadline=None)
@given(TERMS, TEXT)
def test_terms_are_found_as_by_comparing_every_span_with_every_name(terms: dict[str, Term], text: Written) -> None:
    index = Index(ORDINARY)
    for term, kept in terms.items():
        index.put(term, [spelt(name) for name in kept.names], found_in_text=kept.found_in_text)
    assert index.detect(spelt(text) + text[-1][1]) == slowly_detected(terms, text)


def slowly_detected(terms: dict[str, Term], text: Written) -> list[Hit]:
    hits, first = [], 0
    while first < len(text):
        for end in range(len(text), first, -1):
            if ids := answering(terms, text[first:end]):
                start = len(spelt(text[:first]) + text[first - 1][1]) if first else 0
                hits.append(Hit(start, start + len(spelt(text[first:end])), ids))
                first = end
                break
        else:
            first += 1
    return hits


def answering(terms: dict[str, Term], span: Written) -> tuple[str, ...]:
    if any(joint in BREAKING for _, joint in span[:-1]):
        return ()
    for form, forms in ((clauses(span, exact), exact_forms), (clauses(span, key), all_forms)):
        ids = [
            (form not in all_forms(term.names[0]), id)
            for id, term in terms.items()
            if term.found_in_text
            and any(form in forms(name) for name in term.names)
            and any(form in all_forms(name) and (not only_in_capitals(name) or shouted(span)) for name in term.names)
        ]
        if ids:
            return tuple(id for _, id in sorted(ids))
    return ()


@cache
def exact_forms(name: Written) -> list[str]:
    """In the clauses in which it is written, and without them."""
    return [clauses(name, exact), exact(spelt(name))]


@cache
def all_forms(name: Written) -> list[str]:
    return [*exact_forms(name), clauses(name, key), key(spelt(name))]


@cache
def only_in_capitals(name: Written) -> bool:
    short = any(form in ORDINARY or (len(form) < 3 and form.isalpha()) for form in all_forms(name))
    return short and in_capitals(spelt(name))


def shouted(span: Written) -> bool:
    return in_capitals(spelt(span)) and spelt(span) != "A"


def spelt(text: Written) -> str:
    return "".join(word + joint for word, joint in text[:-1]) + (text[-1][0] if text else "")


@cache
def clauses(text: Written, form: Callable[[str], str]) -> str:
    """The form of each clause, with commas in between."""
    ends = [nth for nth, (_, joint) in enumerate(text[:-1], 1) if joint in PARTING]
    return ", ".join(form(spelt(text[first:end])) for first, end in pairwise([0, *ends, len(text)]))
