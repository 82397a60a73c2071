"""What is offered for a name that nobody answers to."""

from itertools import product
from string import ascii_lowercase

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz import fuzz

from glossary.index import Index
from glossary.spellings import ALIKE, BEHIND, SHORT, SHORT_ALIKE

NAMES = (
    *(
        "annual recurring revenue",
        "churn",
        "churn rate",
        "gross churn rate",
        "customer lifetime value",
        "SLA",
        "SLO",
        "OKR",
    ),
    *(
        "ARPU",
        "MRR",
        "EBITDA",
        "price list",
        "go-to-market",
        "R&D",
        "C++",
        "time to value",
        "total contract value",
        "PR",
    ),
)


def index_of(*names: str) -> Index:
    index = Index()
    for name in names:
        index.put(name, [name])
    return index


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("anual recuring revenue", "annual recurring revenue"),
        ("churm", "churn"),
        ("chrun", "churn"),
        ("hcurn", "churn"),
        ("churn rat", "churn rate"),
        ("churnrate", "churn rate"),
        ("what is chrun?", "churn"),
        ("the custmer lifetime value", "customer lifetime value"),
        ("customer lifetime", "customer lifetime value"),
        ("apru", "ARPU"),
        ("arpo", "ARPU"),
        ("arp", "ARPU"),
        ("ebidta", "EBITDA"),
        ("price lsit", "price list"),
        ("go to maret", "go-to-market"),
        ("mrrr", "MRR"),
        ("rmr", "MRR"),
        ("time-to-vlaue", "time to value"),
        ("rp", "PR"),
        ("research", None),
        ("arr", None),
        ("slx", None),
        ("x", None),
        ("", None),
        ("?", None),
    ],
)
def test_what_was_meant_comes_first(text: str, first: str | None) -> None:
    assert index_of(*NAMES).near_all(text)[:1] == ((first,) if first else ())


def test_three_letters_do_not_match_every_abbreviation() -> None:
    index = index_of(*("".join(letters) for letters in product("arm", ascii_lowercase, "arx")), "arry")
    index.remove("arr")
    assert index.near_all("arr", limit=100) == ("arry", "rar")


def test_what_is_much_further_than_the_best_is_not_offered() -> None:
    index = index_of("net churn rate", "net return rate")
    assert index.near_all("net churn rat") == ("net churn rate",)
    index.remove("net churn rate")
    assert index.near_all("net churn rat") == ("net return rate",)


def test_a_term_is_offered_once_and_by_name_before_by_alias() -> None:
    index = Index()
    index.put("b", ["Leaving rate", "churn rate"])
    index.put("a", ["Churn rates", "churn rate", "rate of churn"])
    index.put("c", ["Churn rate"])
    assert index.near_all("churn rats") == ("a", "c", "b")
    assert index.near_all("churn rats", limit=2) == ("a", "c")


WORDS = st.sampled_from(
    [
        *(
            "price",
            "prize",
            "prices",
            "list",
            "lisp",
            "lost",
            "churn",
            "churning",
            "rate",
            "rates",
            "net",
            "nett",
            "arr",
        ),
        *("mrr", "arpu", "apru", "pr", "a", "c++", "value", "na\u00efve", "\u9867\u5ba2"),
    ]
)
TERMS = st.lists(st.lists(WORDS, min_size=1, max_size=3).map(" ".join), max_size=25, unique=True)
TYPED = st.lists(WORDS, min_size=1, max_size=3).map(" ".join) | st.text("prices lntahu", max_size=12)


@settings(max_examples=300, deadline=None)
@given(TERMS, TYPED, st.integers(1, 8), st.integers(1, 30))
def test_nothing_is_passed_over(names: list[str], typed: str, limit: int, chunk: int) -> None:
    search = index_of(*names).near(typed, limit, chunk)
    for _ in search:
        continue
    assert search.ids == slowly(names, " ".join(typed.split()).removeprefix("a "), limit)


def slowly(names: list[str], typed: str, limit: int) -> tuple[str, ...]:
    """By comparing with every name."""
    floor = ALIKE if len(typed) > SHORT else SHORT_ALIKE
    scores = {name: fuzz.ratio(typed, name) for name in names} if len(typed) >= SHORT else {}
    if len(typed) <= SHORT:
        swapped = {name for name in names if len(name) == len(typed) and is_swapped(name, typed)}
        scores |= dict.fromkeys(swapped, SHORT_ALIKE)
    floor = max(floor, max(scores.values(), default=0) - BEHIND)
    found = [name for name in names if scores.get(name, 0) >= floor]
    return tuple(sorted(found, key=lambda name: (-scores[name], name[0] != typed[0], name))[:limit])


def is_swapped(name: str, typed: str) -> bool:
    differ = [at for at in range(len(name)) if name[at] != typed[at]]
    return len(differ) == 2 and differ[1] == differ[0] + 1 and sorted(name) == sorted(typed)


@settings(deadline=None)
@given(st.sampled_from([name for name in NAMES if len(name) > SHORT and name.isalpha()]), st.data())
def test_one_slip_in_a_longer_word_is_forgiven(name: str, data: st.DataObject) -> None:
    word = name.lower()
    at = data.draw(st.integers(0, len(word) - 2))
    letter = data.draw(st.sampled_from(ascii_lowercase))
    slips = [
        word[:at] + word[at + 1 :],
        word[:at] + letter + word[at:],
        word[:at] + letter + word[at + 1 :],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    ]
    assert all(index_of(name).near_all(slip) == (name,) for slip in slips if len(slip) > SHORT or word.startswith(slip))


def test_it_goes_in_pieces_as_small_as_wanted() -> None:
    index = index_of(*(f"price {first}{second}" for first, second in product(ascii_lowercase, repeat=2)))
    pieces = [sum(1 for _ in index.near("prixe zz", chunk=chunk)) for chunk in (10, 100, 1000)]
    assert pieces[0] > pieces[1] > pieces[2] >= 1


def test_terms_may_come_and_go_between_the_pieces() -> None:
    names = [f"price {first}{second}" for first, second in product(ascii_lowercase, repeat=2)]
    index = index_of(*names, "prize list")
    search = index.near("prise list", chunk=1)
    for nth, _ in enumerate(search):
        index.put(f"new {nth}", [f"prise number {nth}"])
        if nth < len(names):
            index.remove(names[nth])
    assert search.ids == ("prize list",)


def test_what_is_gone_at_the_end_is_not_offered() -> None:
    index = index_of("churn", "churl")
    search = index.near("chur")
    for _ in search:
        index.remove("churn")
    assert search.ids == ("churl",)


def test_a_search_that_was_not_driven_has_found_nothing() -> None:
    assert index_of("churn").near("churm").ids == ()
