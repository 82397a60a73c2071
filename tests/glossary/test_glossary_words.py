"""Which spellings are the same, what is asked for, and what of a message is prose."""

from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glossary.words import Reading, asked, exact, in_capitals, key, prose, without_article

ANY_TEXT = st.text(st.characters(), max_size=60)
MARKED = st.text("a\u0301\u0316\u0327e\u1100\u1161\u11a8\u00e9\uff76\uff9e\u200d\ufe0f ", max_size=40)
MARKUP = st.text("`<>@#!:/.|_-&' \nabU1https", max_size=80)
LONG = [
    *("a" * 100_000, "é" * 100_000, " " * 100_000, "`" * 100_000, "<a" * 50_000, "a." * 50_000, "a@" * 50_000),
    *(
        "a\u0301\u0316" * 33_000,
        "\ud800" * 100_000,
        "what is " * 12_500,
        ":a" * 50_000,
        "a- " * 33_000,
        "\x00" * 100_000,
    ),
    *("a&" * 50_000, "'" * 100_000, "a'" * 50_000, "http" * 25_000 + "://", "```a" * 25_001, "a" * 99_999 + "@"),
]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ARR", "arr"),
        ("Price list", "price-list"),
        ("price_list", "Price  /  List"),
        ("price\u2011list", "price list"),
        ("A/B test", "a b test"),
        ("Node.js", "node js"),
        ("R&D", "R & D"),
        ("R&D", "r and d"),
        ("Sales & Marketing", "sales and marketing"),
        ("U.S.", "US"),
        ("e.g.", "eg"),
        ("O\u2019Reilly", "O'Reilly"),
        ("O'Reilly", "oreilly"),
        ("\u201cchurn\u201d", "churn!"),
        ("\uff32\uff06\uff24", "R&D"),
        ("Stra\u00dfe", "STRASSE"),
        ("\ufb01nance", "finance"),
        ("na\u00efve", "nai\u0308ve"),
        ("Crosswalk\u2122", "crosswalk"),
        ("cus\u00adto\u200bmer", "customer"),
        ("(net) revenue", "net revenue"),
        ("c++", "C++"),
    ],
)
def test_two_spellings_of_one_name(one: str, other: str) -> None:
    assert exact(one) == exact(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("C", "C++"),
        ("C", "C#"),
        ("C++", "C#"),
        ("R&D", "RD"),
        ("R&D", "R D"),
        ("A", "A+"),
        ("resume", "r\u00e9sum\u00e9"),
    ],
)
def test_two_names(one: str, other: str) -> None:
    assert exact(one) != exact(other)
    assert key(one) != key(other)


@pytest.mark.parametrize("text", ["", " ", "?!", "\ud800", "\x00", "\u2122", "\U0001f680", "---", "\u200d"])
def test_what_has_no_words_has_no_form(text: str) -> None:
    assert exact(text) == key(text) == ""


@pytest.mark.parametrize(
    ("plural", "singular"),
    [
        ("KPIs", "kpi"),
        ("KPI's", "kpi"),
        ("kpis", "kpi"),
        ("SLAs", "sla"),
        ("PRs", "pr"),
        ("PR's", "pr"),
        ("companies", "company"),
        ("analyses", "analysis"),
        ("Price-Lists", "price list"),
        ("PRICE LISTS", "price list"),
        ("prices lists", "price list"),
        ("the customer's cohorts", "the customer cohort"),
        ("companies\u2019", "company"),
        ("boss's", "boss"),
        ("processes", "process"),
        ("databases", "database"),
        ("statuses", "status"),
        ("clauses", "clause"),
        ("batches", "batch"),
        ("caches", "cache"),
        ("indexes", "index"),
        ("indices", "index"),
        ("criteria", "criterion"),
        ("ties", "tie"),
        ("schemas", "schema"),
        ("bonuses", "bonus"),
        ("people", "person"),
    ],
)
def test_a_plural_meets_its_singular(plural: str, singular: str) -> None:
    assert key(plural) == key(singular) == singular


@pytest.mark.parametrize(
    "text",
    ["process", "status", "analysis", "as", "is", "gas", "cms", "pos", "saas", "bias", "series", "news", "kpi", ""],
)
def test_what_is_no_plural_is_left_alone(text: str) -> None:
    assert key(text) == text


@pytest.mark.parametrize(
    ("written", "form"), [("POS", "pos"), ("POs", "po"), ("AWS", "aws"), ("MaaS", "maas"), ("CORS", "cors")]
)
def test_a_capital_s_is_a_letter_of_the_abbreviation(written: str, form: str) -> None:
    assert key(written) == form


@settings(deadline=None)
@given(ANY_TEXT)
def test_a_form_is_its_own_form(text: str) -> None:
    assert exact(exact(text)) == exact(text)
    assert exact(key(text)) == key(text)


@settings(deadline=None)
@given(MARKED | ANY_TEXT)
def test_equivalent_characters_make_no_difference(text: str) -> None:
    assert exact(normalize("NFD", text)) == exact(normalize("NFC", text)) == exact(text)


@settings(deadline=None)
@given(ANY_TEXT | MARKED)
def test_words_stand_where_they_are_said_to(text: str) -> None:
    reading = Reading(text)
    behind = 0
    for nth, word in enumerate(reading.words):
        start, end = reading.place(nth, nth + 1)
        assert 0 <= start < end <= len(text)
        assert start >= behind or not reading.whole(nth, nth + 1)
        behind = end
        assert not reading.whole(nth, nth + 1) or exact(text[start:end]) == word


@settings(deadline=None)
@given(st.text("aA\u00e9 -,.&'\u2019sS+#", max_size=40))
def test_a_text_reads_like_its_parts(text: str) -> None:
    assert exact(f"{text} {text}") == f"{exact(text)} {exact(text)}".strip()
    assert key(f"{text} {text}") == f"{key(text)} {key(text)}".strip()


@settings(deadline=None)
@given(ANY_TEXT | MARKED | MARKUP)
def test_any_text_is_read(text: str) -> None:
    read(text)


@pytest.mark.parametrize("text", LONG, ids=[f"{text[:6]!a}" for text in LONG])
def test_a_hundred_thousand_characters_are_read(text: str) -> None:
    read(text)


def read(text: str) -> None:
    assert isinstance(exact(text), str)
    assert isinstance(key(text), str)
    assert isinstance(asked(text), str)
    assert text.endswith(without_article(text))
    assert len(prose(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("what is ARR?", "ARR"),
        ("What's an OKR", "an OKR"),
        ("what\u2019s  the   SLA ??", "the SLA"),
        ("whats churn", "churn"),
        ("what are KPIs?", "KPIs"),
        ("what does ARR mean?", "ARR"),
        ("What does the term sheet mean here?", "the term sheet"),
        ("what do KPIs stand for?", "KPIs"),
        ("What is meant by net churn?", "net churn"),
        ("what is the meaning of ARR", "ARR"),
        ("Meaning of ARR?", "ARR"),
        ("definition of ARR", "ARR"),
        ("define churn", "churn"),
        ("hi, please explain R&D", "R&D"),
        ("can you tell me what ARR means?", "ARR"),
        ('What does "ARR" mean?', "ARR"),
        ("ARR?", "ARR"),
        (" ARR ", "ARR"),
        ("C++", "C++"),
        ("what is", "what is"),
        ("define", "define"),
        ("whatsapp", "whatsapp"),
        ("definitely", "definitely"),
        ("the mean", "the mean"),
        ("", ""),
    ],
)
def test_what_is_asked_for(text: str, term: str) -> None:
    assert asked(text) == term


@pytest.mark.parametrize(
    ("text", "rest"),
    [("the SLA", "SLA"), (" An  OKR", "OKR"), ("a", "a"), ("the ", "the "), ("then", "then"), ("a b", "b")],
)
def test_an_article_is_taken_off(text: str, rest: str) -> None:
    assert without_article(text) == rest


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("our SLA", ["our", "SLA"]),
        ("the `SLA` and ```the\nSLA``` too", ["the", "and", "too"]),
        ("a ` b and ``` c", ["a", "`", "b", "and", "```", "c"]),
        ("see <https://x.test/sla|our SLA> there", ["see", "there"]),
        ("<@U1SLA> and <#C1|sla> and <!here> and <!subteam^S1|@sla>", ["and", "and", "and"]),
        ("write <mailto:sla@x.test|sla@x.test>", ["write"]),
        ("a < SLA > b", ["a", "<", "SLA", ">", "b"]),
        ("at https://x.test/sla?a=b or www.sla.test now", ["at", "or", "now"]),
        ("ask sla@x.test or @sla", ["ask", "or"]),
        ("done :sla: :+1::skin-tone-2: ok", ["done", "ok"]),
        ("note: SLA: yes at 10:30", ["note:", "SLA:", "yes", "at", "10:30"]),
        ("*SLA* _SLA_ ~SLA~", ["*SLA*", "_SLA_", "~SLA~"]),
    ],
)
def test_only_prose_is_left(text: str, left: list[str]) -> None:
    assert prose(text).split() == left


@settings(deadline=None)
@given(MARKUP)
def test_prose_stands_where_it_stood(text: str) -> None:
    assert all(kept in (was, "\n") for kept, was in zip(prose(text), text, strict=True))


@pytest.mark.parametrize(
    ("text", "capitals"),
    [
        ("IT", True),
        ("It", False),
        ("it", False),
        ("PRs", True),
        ("PR's", True),
        ("prs", False),
        ("s", False),
        ("1", False),
    ],
)
def test_what_is_written_in_capitals(text: str, capitals: bool) -> None:
    assert in_capitals(text) is capitals
