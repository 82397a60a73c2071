"""The labels of the stand-up sentences hold together, so that what is measured against them means something."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

FUNCTIONS = {"Engineering", "Data", "Design", "Sales", "Customer Success", "Product", "Marketing", "Finance"}
# Nobody's words: inline code, and links and mentions as Slack writes them.
UNREAD = re.compile(r"`[^`]*`|<[^>]*>")


@dataclass(frozen=True, slots=True)
class Sentence:
    function: str
    text: str
    terms: tuple[str, ...]

    @property
    def read(self) -> str:
        """The text with what nobody labels blanked out, so that places in it stay what they are."""
        return UNREAD.sub(lambda found: " " * len(found[0]), self.text)


def sentences(name: str) -> list[Sentence]:
    written = yaml.safe_load((Path(__file__).parent / "sentences" / f"{name}.yaml").read_text(encoding="utf-8"))
    return [Sentence(each["function"], each["text"], tuple(each["terms"])) for each in written]


TUNING, HELD_BACK = sentences("tuning"), sentences("held_back")
ALL = TUNING + HELD_BACK


def spans(sentence: Sentence) -> list[tuple[int, int]]:
    """Where its labels stand, each looked for after the one before; fails where one is missing or is part of a word."""
    found, after = [], 0
    for term in sentence.terms:
        at = whole(term).search(sentence.read, after)
        assert at is not None, f"no {term!r} in order in {sentence.text!r}"
        found.append(at.span())
        after = at.end()
    return found


def whole(term: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(term)}(?!\w)")


def either_number(term: str) -> re.Pattern[str]:
    """A term as a whole word, capitals or not, one or several."""
    stem = re.escape(term.removesuffix("s").removesuffix("S"))
    return re.compile(rf"(?<!\w){stem}s?(?!\w)", re.IGNORECASE)


def one(term: str) -> str:
    """A term as it is counted: `Renewals` and `renewal` are one, and so are `user stories` and `user story`."""
    return re.sub(r"ies$", "y", term.casefold()).removesuffix("s")


def distinct(of: list[Sentence]) -> set[str]:
    return {one(term) for sentence in of for term in sentence.terms}


@pytest.mark.parametrize("sentence", ALL, ids=lambda sentence: sentence.text[:40])
def test_every_label_stands_in_its_text_in_that_order_and_apart(sentence: Sentence) -> None:
    assert sentence.function in FUNCTIONS
    assert sentence.text == sentence.text.strip()
    assert len(spans(sentence)) == len(sentence.terms)


def test_there_are_enough_sentences_of_every_function() -> None:
    assert len(TUNING) >= 150
    assert len(HELD_BACK) >= 150
    assert len(ALL) >= 300
    assert {sentence.function for sentence in TUNING} == {sentence.function for sentence in HELD_BACK} == FUNCTIONS


@pytest.mark.parametrize("of", [TUNING, HELD_BACK], ids=["tuning", "held back"])
def test_about_a_third_of_the_sentences_has_nothing_to_find(of: list[Sentence]) -> None:
    assert 0.25 <= sum(not sentence.terms for sentence in of) / len(of) <= 0.42


def test_no_sentence_is_there_twice() -> None:
    said = [" ".join(re.findall(r"\w+", sentence.text.casefold())) for sentence in ALL]
    assert len(said) == len(set(said))


def test_the_tuning_sentences_do_not_give_the_held_back_terms_away() -> None:
    held_back = distinct(HELD_BACK)
    assert len(held_back - distinct(TUNING)) >= 0.4 * len(held_back)


def test_a_word_is_labelled_everywhere_or_nowhere() -> None:
    patterns = {term: either_number(term) for sentence in ALL for term in sentence.terms}
    missed = []
    for sentence in ALL:
        labelled = spans(sentence)
        for term, pattern in patterns.items():
            for found in pattern.finditer(sentence.read):
                if not any(start <= found.start() and found.end() <= end for start, end in labelled):
                    missed.append(f"{term!r} in {sentence.text!r}")
    assert missed == []
