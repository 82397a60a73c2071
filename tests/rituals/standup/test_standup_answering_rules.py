"""Whether an answer counts, what is wrong with one, and what it says of blockers."""

from dataclasses import replace
from datetime import timedelta

import pytest

from rituals.people.rules import Member
from rituals.refusals import Refused
from rituals.standup.rules import Answer, RoundClosed, RoundSkipped, TooEarly, TooLate, planning
from rituals.standup.rules import answering as rules
from rituals.standup.rules.records import RoundState, Value
from rituals.standup.settings import Question
from tests.rituals.standup.group import AWAY, CALENDAR, FIXED, MOOD, MOVED, SHIP, STOPS, WAITING, utc

RUI = Member("URUI", "Rui", "Europe/Lisbon", "engineering")
ROUND, (PERSON,) = planning.plan(FIXED, "2026-11-23T09:00", [RUI], {}, CALENDAR, AWAY)
ASKED = replace(PERSON, state="asked", asked_at=utc("2026-11-23 09:00"))
ON_TIME = Answer("URUI", {"moved": "much"}, "modal", utc("2026-11-23 10:00"), None, False, False)
LATE = replace(ON_TIME, late=True)


@pytest.mark.parametrize(
    ("state", "before", "over", "outcome"),
    [
        ("planned", None, False, False),
        ("open", None, False, False),
        ("open", ON_TIME, False, False),
        ("closed", None, False, True),
        ("closed", LATE, False, True),
        ("closed", ON_TIME, False, RoundClosed),
        ("closed", ON_TIME, True, RoundClosed),
        ("closed", None, True, TooLate),
        ("closed", LATE, True, TooLate),
        ("skipped", None, False, RoundSkipped),
        ("skipped", ON_TIME, True, RoundSkipped),
    ],
)
def test_which_answers_count_and_which_are_late(
    state: RoundState, before: Answer | None, over: bool, outcome: bool | type[Refused]
) -> None:
    round_, now = replace(ROUND, state=state), utc("2026-11-23 12:00")
    if isinstance(outcome, bool):
        assert rules.admit(round_, ASKED, before, over, now) is outcome
    else:
        with pytest.raises(outcome):
            rules.admit(round_, ASKED, before, over, now)


@pytest.mark.parametrize(("at", "counts"), [("2026-11-22 17:59", False), ("2026-11-22 18:00", True)])
def test_an_answer_counts_from_the_evening_before(at: str, counts: bool) -> None:
    if counts:
        assert rules.admit(ROUND, PERSON, None, False, utc(at)) is False
    else:
        with pytest.raises(TooEarly) as refused:
            rules.admit(ROUND, PERSON, None, False, utc(at))
        assert refused.value.opens_at == utc("2026-11-22 18:00")


@pytest.mark.parametrize(
    ("change", "answer", "expected"),
    [
        ({}, None, True),
        ({}, ON_TIME, False),
        ({"optional": True}, None, False),
        ({"state": "away", "away": "weekend"}, None, False),
        ({"state": "planned", "prompt_at": utc("2026-11-24 12:00")}, None, False),
    ],
)
def test_who_owes_an_answer(change: dict[str, object], answer: Answer | None, expected: bool) -> None:
    person = replace(ASKED, **change)  # type: ignore[arg-type]
    assert rules.owes(ROUND, person, answer, utc("2026-11-23 12:00")) is expected


QUESTIONS = (MOVED, STOPS, WAITING, MOOD, SHIP)


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({"moved": "much"}, set()),
        ({"moved": "much", "stops": "x", "waiting": "sales", "mood": 5, "ship": "no"}, set()),
        ({}, {"moved"}),
        ({"stops": "x"}, {"moved"}),
        ({"moved": "much", "mood": 0}, {"mood"}),
        ({"moved": "much", "mood": 6}, {"mood"}),
        ({"moved": "much", "mood": "5"}, {"mood"}),
        ({"moved": "much", "ship": "perhaps"}, {"ship"}),
        ({"moved": "much", "waiting": "legal"}, {"waiting"}),
        ({"moved": "m" * 3000}, set()),
        ({"moved": "m" * 3001, "stops": "s" * 3001}, {"moved", "stops"}),
        ({"moved": 3}, {"moved"}),
        ({"moved": "much", "other": "x"}, {"other"}),
    ],
)
def test_what_is_wrong_with_an_answer_is_said_beside_its_question(values: dict[str, Value], wrong: set[str]) -> None:
    problems = rules.check_values(QUESTIONS, values, {"sales"})
    assert problems.keys() == wrong
    assert all(words.endswith(".") for words in problems.values())


def test_an_answer_that_says_nothing_at_all_is_refused_beside_the_first_question() -> None:
    assert rules.check_values((STOPS, MOOD), {}, ()).keys() == {"stops"}


def test_values_stay_verbatim_but_for_what_says_nothing() -> None:
    told = "<!channel> <@U123> *bold* 🎉 &amp; \n two"
    values = rules.cleaned({"moved": told, "stops": " \n", "mood": 3, "waiting": None, "ship": ""})
    assert values == {"moved": told, "mood": 3}


def test_characters_that_no_database_keeps_are_left_out() -> None:
    assert rules.cleaned({"moved": "a\x00b\ud800"}) == {"moved": "ab?"}
    assert rules.cleaned({"moved": "\x00"}) == {}


@pytest.mark.parametrize(
    ("sent", "whole"), [("m" * 3000, True), ("m" * 2999 + "…", True), ("m" * 200, False), ("n" * 3000, False)]
)
def test_a_long_reply_survives_a_form_that_shows_only_its_beginning(sent: str, whole: bool) -> None:
    before = replace(ON_TIME, values={"moved": "m" * 4000})
    assert rules.kept_whole(before, {"moved": sent})["moved"] == ("m" * 4000 if whole else sent)


@pytest.mark.parametrize(
    ("questions", "first"),
    [
        (QUESTIONS, "moved"),
        ((STOPS, MOVED), "moved"),
        ((MOOD, STOPS), "stops"),
        ((MOOD, SHIP), None),
        ((), None),
    ],
)
def test_free_text_answers_the_first_question_that_takes_text(
    questions: tuple[Question, ...], first: str | None
) -> None:
    found = rules.free_text_question(questions)
    assert (found.key if found else None) == first


@pytest.mark.parametrize(("function", "keys"), [("engineering", 5), ("sales", 4), (None, 4)])
def test_questions_may_differ_by_function(function: str | None, keys: int) -> None:
    assert len(rules.hers(QUESTIONS, function)) == keys


def test_a_waiting_question_belongs_to_the_blocker_before_it() -> None:
    second = Question("stops2", "What else?", "blocker")
    other = Question("waiting2", "And whom for that?", "waiting")
    values = {"stops": "a", "waiting": "sales", "stops2": "b", "waiting2": "product"}
    found = rules.stops((MOVED, STOPS, WAITING, second, other), values)
    assert [(stop.text, stop.function) for stop in found] == [("a", "sales"), ("b", "product")]


def test_a_function_named_without_a_blocker_is_an_ask() -> None:
    assert rules.asks(QUESTIONS, {"moved": "x", "waiting": "sales"}) == ("sales",)
    assert rules.asks(QUESTIONS, {"stops": "x", "waiting": "sales"}) == ()


def test_the_early_limit_follows_the_settings() -> None:
    no_early = replace(ROUND, standup=replace(FIXED, early=timedelta(0)))
    assert rules.too_early(no_early, PERSON, utc("2026-11-23 08:59"))
    assert not rules.too_early(no_early, PERSON, utc("2026-11-23 09:00"))
