import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from glossary.candidates import candidates
from glossary.ordinary import ORDINARY, is_ordinary
from glossary.trade import ACRONYMS, words
from glossary.words import key
from tests.glossary.measuring import SENTENCES, by_candidates, precision_and_recall, upper_case_only


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        # Letters.
        ("ARR is up, the SLOs hold and p95 is down", ["ARR", "SLOs", "p95"]),
        ("the api of their crm is slow, nps is 47", ["api", "crm", "nps"]),
        ("SOC 2 and ISO 27001 for B2B, k8s and CI/CD", ["SOC 2", "ISO 27001", "B2B", "k8s", "CI/CD"]),
        ("P&L by country, T&Cs are with Legal, eNPS is 31", ["P&L", "T&Cs", "eNPS"]),
        ("XKCD rates are in the QZP", ["XKCD rates", "QZP"]),
        ("FYI the PDF for the CFO is due EOD, 9am CET, Q3 or H2", []),
        ("lunch with VBL Group and Ferrum AG in the USA", []),
        ("ENG-2210 waits, v2.1 is out, part III is next", []),
        # Shouting.
        ("DONE!! The import works.", []),
        ("NOTHING WORKS TODAY, THE WIFI OF BERLIN IS DOWN", []),
        ("PLEASE READ THIS: the ARR IS WRONG", ["ARR"]),
        # Small words.
        ("churn went up, accruals were late and the webhook is flaky", ["churn", "accruals", "webhook"]),
        ("the flurbometer is ready", ["flurbometer"]),
        ("chased them, nudged Bob, tidied and untangled the wiki, wrapped up", []),
        ("should be throuhg on wendesday, presentd the anwser", []),
        ("heute habe ich die Fehler gefunden und morgen kommt die Auslieferung dran", []),
        # Terms of several words.
        ("gross margin, feature flag and load test", ["gross margin", "feature flag", "load test"]),
        ("the price list is a list, the win rate is a rate", ["price list", "win rate"]),
        ("a definition of done and a proof of concept", ["definition of done", "proof of concept"]),
        ("end-to-end tests, first-touch attribution", ["end-to-end tests", "first-touch attribution"]),
        ("month-end close took six days", ["month-end close"]),
        ("blue-green deployment behind an A/B test", ["blue-green deployment", "A/B test"]),
        ("net revenue retention, not gross revenue", ["net revenue retention"]),
        ("three N+1 queries", ["N+1 queries"]),
        ("opt-in is on; they opt in", ["opt-in"]),
        # Heads.
        ("our reply rate, the sign-up rate, a high rate, customers rate us", ["reply rate", "sign-up rate"]),
        ("a churn model and the EBITDA bridge", ["churn model", "EBITDA bridge"]),
        # Names.
        ("Project Falcon and Churn of Backlog met Bob in Oslo", []),
        ("Customer Success plan for May", []),
        ("Net Revenue Retention is in the deck", ["Net Revenue Retention"]),
        ("Accruals are in. Backfill runs. Airflow was red.", ["Accruals", "Backfill"]),
        # Verbs.
        ("we churn, they want to upsell, we had to cache the prices", []),
        ("access to staging, the churn of May", ["staging", "churn"]),
        # What is not read.
        ("`churn` and ```ARR``` and <https://x.example/churn|churn>, <@U012ARR>", []),
        (":churn:, #churn, @churn, churn@arr.example", []),
        ("see https://example.com/ARR/churn or dim_churn", []),
        ("<@U012AB3CD> Churn is down", ["Churn"]),
        ("the customer's churn and the SLA's end", ["churn", "SLA"]),
        ("", []),
    ],
)  # fmt: skip
def test_candidates_are_the_terms_of_the_trade(text: str, terms: list[str]) -> None:
    assert by_candidates(text) == terms


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("SLOs", "slo"),
        ("Feature-Flags", "feature flag"),
        ("P&L", "p & l"),
        ("A/B tests", "a b test"),
        ("caches", "cache"),
    ],
)
def test_two_spellings_of_a_term_meet_under_one_key(one: str, other: str) -> None:
    assert key(one) == key(other)


IN_ALL_FORMS = """
untangled nudged polished drafted wrapped stopping tidier happily organized labelled redone unplugged it's don't we'll
analyses Jira Monday ASAP tmrw reprinted meetings
"""


@pytest.mark.parametrize("word", IN_ALL_FORMS.split())
def test_ordinary_words_are_known_in_every_form(word: str) -> None:
    assert is_ordinary(word)


@pytest.mark.parametrize("word", ["churn", "accrual", "webhook", "flurbometer", "ARR", ""])
def test_terms_are_not_ordinary(word: str) -> None:
    assert not is_ordinary(word)


def test_a_word_is_ordinary_or_a_term_by_itself() -> None:
    assert not ORDINARY & (words() | ACRONYMS)


# Texts that are made of what the finder has rules for, so that the rules meet in every order.
PIECES = "churn rate gross margin ARR SLOs A B test N 1 query opt in Bob the"
SIGNS = ["'s ", "\u2019", "```", ". ", "  ", " ", *"-/&+\n`<>:@_(!#."]
woven = st.lists(st.sampled_from(PIECES.split() + SIGNS), max_size=40).map("".join)


@given(st.text(max_size=200) | woven)
@example("rate rate rate")
@example("-rate of-the-rate")
def test_candidates_are_in_order_inside_the_text_and_apart(text: str) -> None:
    end = 0
    for candidate in candidates(text):
        assert end <= candidate.start < candidate.end <= len(text)
        assert candidate.text == text[candidate.start : candidate.end]
        assert candidate.key == key(candidate.text) != ""
        end = candidate.end


@given(st.text(max_size=50))
def test_whether_a_word_is_ordinary_can_be_asked_of_anything(word: str) -> None:
    assert is_ordinary(word) == is_ordinary(word.casefold())


@pytest.mark.parametrize("file", ["tuning.yaml", "own.yaml"])
def test_at_least_four_of_five_are_found_and_right(file: str) -> None:
    score = precision_and_recall(SENTENCES / file)
    assert score.precision >= 0.8
    assert score.recall >= 0.8


@pytest.mark.parametrize("file", ["tuning.yaml", "own.yaml"])
def test_capitals_alone_find_less_than_half(file: str) -> None:
    assert precision_and_recall(SENTENCES / file, upper_case_only).recall < 0.5
