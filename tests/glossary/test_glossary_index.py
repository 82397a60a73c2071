"""Who answers to a name, and which terms a message speaks of."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glossary.index import MOST_WORDS, Hit, Index

ORDINARY = frozenset(("it", "us", "act", "cap", "slam", "a", "i", "price", "list", "plan", "the"))
GLOSSARY: dict[str, tuple[str, ...]] = {
    "arr": ("ARR", "annual recurring revenue"),
    "rev": ("Revenue",),
    "pl": ("Price list",),
    "plp": ("Price list process",),
    "kpi": ("KPI", "key performance indicator"),
    "it": ("IT", "information technology"),
    "pr": ("PR", "pull request"),
    "pr2": ("Public relations", "PR"),
    "cap": ("CAP", "capacity"),
    "cpp": ("C++",),
    "cs": ("C#",),
    "rd": ("R&D", "research and development"),
    "pos": ("POS", "point of sale"),
    "saas": ("SaaS",),
    "pdca": ("Plan, do, check, act", "PDCA"),
    "gemba": ("The Gemba",),
    "gtm": ("go-to-market",),
    "acc": ("Accountable", "A"),
    "ko": ("\u9867\u5ba2", "Kunde"),
}


def glossary(ordinary: frozenset[str] = ORDINARY) -> Index:
    index = Index(ordinary)
    for term, names in GLOSSARY.items():
        index.put(term, names)
    return index


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("ARR", ("arr",)),
        ("arr", ("arr",)),
        ("Annual-Recurring revenue", ("arr",)),
        ("the ARR", ("arr",)),
        ("what is the ARR?", ("arr",)),
        ("What does ARR mean?", ("arr",)),
        ("define price lists", ("pl",)),
        ("kpis", ("kpi",)),
        ("KPI's", ("kpi",)),
        ("Key performance indicators", ("kpi",)),
        ("it", ("it",)),
        ("PR", ("pr", "pr2")),
        ("PRs", ("pr", "pr2")),
        ("c++", ("cpp",)),
        ("C#", ("cs",)),
        ("C", ()),
        ("r & d", ("rd",)),
        ("RD", ()),
        ("po", ()),
        ("POs", ("pos",)),
        ("saas", ("saas",)),
        ("plan do check act", ("pdca",)),
        ("the gemba", ("gemba",)),
        ("What is the Gemba?", ("gemba",)),
        ("gemba", ()),
        ("go to market", ("gtm",)),
        ("a", ("acc",)),
        ("\u9867\u5ba2", ("ko",)),
        ("nothing", ()),
        ("", ()),
    ],
)
def test_who_answers(text: str, ids: tuple[str, ...]) -> None:
    assert glossary().look_up(text) == ids


def test_the_spelling_as_it_is_comes_before_the_singular() -> None:
    index = Index()
    index.put("one", ["price list"])
    index.put("many", ["price lists"])
    assert index.look_up("price list") == ("one",)
    assert index.look_up("Price Lists") == ("many",)
    index.remove("one")
    assert index.look_up("price list") == ("many",)


def test_a_name_comes_before_an_alias_whoever_was_first() -> None:
    index = Index()
    index.put("a", ["Churn rate", "churn"])
    index.put("b", ["churn"])
    index.put("c", ["churns"])
    assert index.look_up("churn") == ("b", "a")
    index.put("b", ["Leaving", "churn"])
    index.put("a", ["churn"])
    assert index.look_up("churn") == ("a", "b")


def test_a_term_that_is_replaced_answers_to_its_new_names_only() -> None:
    index = glossary()
    index.put("arr", ["Annual run rate"])
    assert index.look_up("ARR") == ()
    assert index.look_up("annual run rate") == ("arr",)
    assert index.detect("our annual recurring revenue") == [Hit(21, 28, ("rev",))]
    assert len(index) == len(GLOSSARY)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("our ARR grew", ["ARR=arr"]),
        ("annual recurring revenue is revenue", ["annual recurring revenue=arr", "revenue=rev"]),
        ("the price list process", ["price list process=plp"]),
        ("price-lists, price list processes", ["price-lists=pl", "price list processes=plp"]),
        ("recurring revenue", ["revenue=rev"]),
        ("KPIs and the KPI's owner", ["KPIs=kpi", "KPI's=kpi"]),
        ("KPIX or MYKPI or KPI2", []),
        ("give it to IT, it is theirs", ["IT=it"]),
        ("prs, Prs, PRs and PR's", ["PRs=pr,pr2", "PR's=pr,pr2"]),
        ("cap the CAP", ["CAP=cap"]),
        ("ITS", []),
        ("Information Technology", ["Information Technology=it"]),
        ("C, C++, c# and C++11", ["C++=cpp", "c#=cs"]),
        ("R&D, r & d, D&R, R&D&X", ["R&D=rd", "r & d=rd"]),
        ("PO or POs or POS", ["POs=pos", "POS=pos"]),
        ("the price. List it", []),
        ("price, list", []),
        ("price (list)", []),
        ("price - list", []),
        ("price\nlist", []),
        ("*price* list and _price_list_", ["price* list=pl", "price_list=pl"]),
        ("plan, do, check, act", ["plan, do, check, act=pdca"]),
        ("plan do check act", ["plan do check act=pdca"]),
        ("plan, do check act", []),
        ("A plan by A", []),
        ("accountable", ["accountable=acc"]),
        ("go-to-market, go to market, Go/to/market", ["go-to-market=gtm", "go to market=gtm", "Go/to/market=gtm"]),
        ("`KPI` ```KPI``` <@UKPI|KPI> <https://x.test/KPI|KPI> https://x.test/KPI KPI@x.test :kpi: KPI", ["KPI=kpi"]),
        ("price `x` list", []),
        ("price :kpi: list", []),
        ("\u201cKPI\u201d \u2014 KPI\u2019s", ["KPI=kpi", "KPI\u2019s=kpi"]),
        ("\uff2b\uff30\uff29 K\u00adPI", ["\uff2b\uff30\uff29=kpi", "K\u00adPI=kpi"]),
        ("\u9867\u5ba2 Kunde", ["\u9867\u5ba2=ko", "Kunde=ko"]),
        ("the gemba", ["the gemba=gemba"]),
        ("a < KPI > b, KPI>ARR", ["KPI=kpi", "KPI=kpi", "ARR=arr"]),
        ("", []),
    ],
)
def test_what_a_message_speaks_of(text: str, found: list[str]) -> None:
    hits = glossary().detect(text)
    assert [f"{text[hit.start : hit.end]}={','.join(hit.ids)}" for hit in hits] == found


def test_a_term_may_be_kept_out_of_texts() -> None:
    index = glossary()
    index.put("kpi", GLOSSARY["kpi"], found_in_text=False)
    assert index.detect("the KPI") == []
    assert index.look_up("KPI") == ("kpi",)
    index.put("kpi", GLOSSARY["kpi"])
    assert index.detect("the KPI") == [Hit(4, 7, ("kpi",))]


def test_a_term_kept_out_of_texts_hides_no_shorter_one() -> None:
    index = glossary()
    index.put("plp", GLOSSARY["plp"], found_in_text=False)
    assert index.detect("price list process") == [Hit(0, 10, ("pl",))]


def test_a_name_as_long_as_a_sentence_is_looked_up_and_not_found_in_text() -> None:
    index = Index()
    index.put("long", [" ".join(["so"] * MOST_WORDS)])
    index.put("longer", [" ".join(["so"] * (MOST_WORDS + 1))])
    assert index.look_up("So " * (MOST_WORDS + 1)) == ("longer",)
    assert [hit.ids for hit in index.detect("so " * (MOST_WORDS + 1))] == [("long",)]


def test_another_name_in_small_letters_is_found_as_it_is() -> None:
    index = Index(ORDINARY)
    index.put("it", ["IT", "it"])
    assert index.detect("it") == [Hit(0, 2, ("it",))]


def test_capitals_of_no_ordinary_word_are_found_in_small_letters() -> None:
    index = Index()
    index.put("cap", ["CAP"])
    index.put("it", ["IT"])
    assert [hit.ids for hit in index.detect("cap it")] == [("cap",)]


@pytest.mark.parametrize(
    "names", [(), ("",), ("?!",), ("\ud800",), ("x" * 100_000,), ("a " * 50_000,), ("a\nb", "`a`", "<@U1>")]
)
def test_any_names_can_be_put(names: tuple[str, ...]) -> None:
    index = Index()
    index.put("odd", names)
    index.put("arr", ["ARR"])
    assert index.detect("ARR ? a b a")[0].ids == ("arr",)
    index.remove("odd")
    index.remove("arr")
    assert traces(index) == traces(Index())


LONG = [
    *("ARR " * 25_000, "price " * 16_000, "\u00e9" * 100_000, "R&" * 50_000, "a\u0301\u0316" * 33_000, "<" * 100_000)
]


@pytest.mark.parametrize("text", LONG, ids=[f"{text[:6]!a}" for text in LONG])
def test_a_hundred_thousand_characters_are_answered(text: str) -> None:
    index = glossary()
    assert index.look_up(text) == ()
    assert index.near_all(text) == ()
    index.detect(text)


@settings(deadline=None)
@given(st.text(st.characters()) | st.text("ARPRITKs <>`@:|&'.,-#+\n\u00bd\u2122", max_size=60))
def test_any_text_is_answered(text: str) -> None:
    index = glossary()
    assert set(index.look_up(text)) | set(index.near_all(text)) <= GLOSSARY.keys()
    behind = 0
    for hit in index.detect(text):
        assert behind <= hit.start < hit.end <= len(text)
        assert hit.ids
        behind = hit.end


def traces(index: Index) -> dict[str, Any]:
    """All that an index holds, without the order in which it came."""
    held = {**vars(index), **vars(vars(index)["_spellings"])}
    del held["_spellings"], held["_ordinary"]
    return {name: _in_order(kept) for name, kept in held.items()}


def _in_order(kept: Any) -> Any:
    if isinstance(kept, dict):
        return {under: _in_order(each) for under, each in kept.items()}
    return sorted(kept) if isinstance(kept, set | tuple | list) else kept


NAMES = st.lists(
    st.sampled_from([name for names in GLOSSARY.values() for name in names] + ["prices", "Price"]), max_size=4
)
CHANGES = st.lists(
    st.tuples(st.sampled_from("abcdef"), st.one_of(st.none(), st.tuples(NAMES, st.booleans()))), max_size=25
)


@settings(deadline=None)
@given(CHANGES)
def test_an_index_that_was_changed_is_like_one_that_was_made_so(
    changes: list[tuple[str, tuple[list[str], bool] | None]],
) -> None:
    index, kept = Index(ORDINARY), dict[str, tuple[list[str], bool]]()
    for term, change in changes:
        kept.pop(term, None)
        if change is None:
            index.remove(term)
        else:
            names, found = kept[term] = change
            index.put(term, names, found_in_text=found)
    fresh = Index(ORDINARY)
    for term, (names, found) in sorted(kept.items()):
        fresh.put(term, names, found_in_text=found)
    assert traces(index) == traces(fresh)
    for text in ("price lists", "PR", "ARR", "annual recuring revenue", "the IT of SaaS, prices and POs by R&D"):
        assert index.look_up(text) == fresh.look_up(text)
        assert index.near_all(text) == fresh.near_all(text)
        assert index.detect(text) == fresh.detect(text)
