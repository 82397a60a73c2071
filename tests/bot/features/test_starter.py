"""The starter glossary: complete on both sides, short enough to be shown, and without two terms of one name."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

import bot
from glossary.terms import LONGEST_DEFINITION, LONGEST_NAME, MOST_NAMES, MOST_SENSES

STARTER = Path(bot.__file__).with_name("features") / "glossary" / "starter.yaml"
TERMS: list[dict[str, Any]] = yaml.safe_load(STARTER.read_text("utf-8"))["terms"]
SHORTEST, READABLE = 60, 400
KEYS = {"name", "stands_for", "aliases", "senses"}
TEXTS = ("business", "technical", "example")

each_term = pytest.mark.parametrize("term", TERMS, ids=lambda term: term["name"])


def names(term: dict[str, Any]) -> list[str]:
    return [term["name"], *term.get("stands_for", []), *term.get("aliases", [])]


def bare(name: str) -> str:
    """A name without what writers vary: capitals, hyphens, spaces, punctuation, the s of a plural."""
    words = re.findall(r"\w+", name.casefold())
    return "".join(word.removesuffix("s") for word in words)


def texts(term: dict[str, Any]) -> Iterator[str]:
    yield from names(term)
    for sense in term["senses"]:
        yield from sense.values()


def test_there_is_enough_to_start_from_in_a_few_domains() -> None:
    two_senses = [term["name"] for term in TERMS if len(term["senses"]) > 1]
    domains = {sense["domain"] for term in TERMS for sense in term["senses"]}
    assert len(TERMS) >= 120
    assert len(two_senses) >= 10
    assert len(domains) <= 9


def test_no_two_terms_answer_to_the_same_name() -> None:
    counted = Counter(bare(name) for term in TERMS for name in names(term))
    assert [name for name, times in counted.items() if times > 1] == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("SLA", "SLAs"),
        ("post-mortem", "Postmortem"),
        ("A/B test", "AB tests"),
        ("CI/CD", "cicd"),
        ("Terms of Service", "term of service"),
    ],
)
def test_names_are_the_same_whatever_writers_vary(one: str, other: str) -> None:
    assert bare(one) == bare(other)


@each_term
def test_it_has_the_keys_that_are_read_and_no_others(term: dict[str, Any]) -> None:
    assert {"name", "senses"} <= set(term) <= KEYS
    assert 1 <= len(term["senses"]) <= MOST_SENSES
    assert [set(sense) for sense in term["senses"]] == [{"domain", *TEXTS}] * len(term["senses"])
    assert all(isinstance(text, str) and text == text.strip() != "" for text in texts(term))


@each_term
def test_its_names_fit(term: dict[str, Any]) -> None:
    assert len(names(term)) <= MOST_NAMES
    assert [name for name in names(term) if len(name) > LONGEST_NAME] == []


@each_term
def test_both_sides_say_something_short_and_not_the_same(term: dict[str, Any]) -> None:
    assert READABLE <= LONGEST_DEFINITION
    for sense in term["senses"]:
        assert SHORTEST <= len(sense["business"]) <= READABLE
        assert SHORTEST <= len(sense["technical"]) <= READABLE
        assert sense["business"] != sense["technical"]
        assert len(sense["example"]) <= READABLE


@each_term
def test_its_senses_belong_to_different_domains(term: dict[str, Any]) -> None:
    domains = [sense["domain"] for sense in term["senses"]]
    assert len(set(domains)) == len(domains)


@each_term
def test_it_carries_no_markup_mention_or_link(term: dict[str, Any]) -> None:
    marked = re.compile(r"[<>*`@~&]|\b_|_\b|https?:|www\.|\n")
    assert [text for text in texts(term) if marked.search(text)] == []
