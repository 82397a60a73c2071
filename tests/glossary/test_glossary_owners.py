"""Owners are asked whether their terms still hold: a few at a time, and again only after a while."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest

from glossary.exchange import Row
from glossary.settings import GlossarySettings
from glossary.terms import Term
from glossary.usecases import exchanging, owners
from tests.glossary.group import ADA, DANA, KAVYA, MARTA, NOA, RUI, Group, named, said

EVERY = timedelta(days=180)


def asked(group: Group) -> dict[str, list[str]]:
    group.people()
    found = group.do(owners.take_unconfirmed, group.settings, (), group.now)
    return {person: [term.name for term in terms] for person, terms in found.items()}


def many(group: Group, prefix: str, count: int, owner: str | None) -> None:
    wordings = [named(f"{prefix} {chr(97 + n)}", said(owner=owner)) for n in range(count)]
    rows = [Row(n, wording, "accepted") for n, wording in enumerate(wordings)]
    assert not group.do(exchanging.bring_in, rows, ADA, group.settings, group.now).problems


def stamped(group: Group) -> set[str]:
    return {term.name for term in group.everything() if term.asked_at is not None}


def waiting(group: Group, user: str, limit: int = 9) -> list[str]:
    return [term.name for term in group.do(owners.waiting_for, user, limit)]


def test_owners_are_asked_about_what_nobody_has_confirmed_for_long(group: Group) -> None:
    both = replace(said(owner=RUI), technical_owner=NOA)
    group.add(named("ARR", both))
    group.add(named("Churn", said(owner=RUI)))
    group.later(days=1)
    group.add(named("Sprint", said(owner=KAVYA)))
    group.now += EVERY - timedelta(days=1)
    assert asked(group) == {}
    group.later(seconds=1)
    assert asked(group) == {RUI: ["ARR", "Churn"], NOA: ["ARR"]}
    assert stamped(group) == {"ARR", "Churn"}
    assert asked(group) == {}
    group.later(days=1)
    assert asked(group) == {KAVYA: ["Sprint"]}


def test_nobody_is_asked_about_more_than_a_few_and_only_those_are_marked(group: Group) -> None:
    group.people()
    many(group, "rui", owners.AT_ONCE + 2, RUI)
    many(group, "noa", 2, NOA)
    group.later(days=181)
    first = asked(group)
    assert {person: len(terms) for person, terms in first.items()} == {RUI: owners.AT_ONCE, NOA: 2}
    assert stamped(group) == {name for terms in first.values() for name in terms}
    group.later(days=1)
    second = asked(group)
    assert {person: len(terms) for person, terms in second.items()} == {RUI: 2}
    assert not set(second[RUI]) & set(first[RUI])
    group.later(days=1)
    assert asked(group) == {}


def test_a_term_of_two_is_asked_of_the_one_who_is_free(group: Group) -> None:
    group.people()
    many(group, "a", owners.AT_ONCE, RUI)
    group.later(minutes=1)
    group.add(named("both", replace(said(owner=RUI), technical_owner=NOA)))
    group.later(days=181)
    found = asked(group)
    assert (len(found[RUI]), found[NOA]) == (owners.AT_ONCE, ["both"])
    assert "both" in stamped(group)


def test_stewards_are_asked_where_nobody_owns_a_term(group: Group) -> None:
    group.add("Sprint")
    group.add(named("ARR", said(domain="revenue")))
    group.add(named("Spike", said(domain="engineering")))
    group.add(named("Churn", said(owner=RUI, domain="revenue")))
    group.later(days=181)
    assert asked(group) == {MARTA: ["Sprint", "Spike"], DANA: ["ARR"], RUI: ["Churn"]}


def test_where_nobody_can_be_asked_nothing_is_marked(group: Group) -> None:
    group.add("Sprint")
    group.later(days=181)
    group.settings = GlossarySettings()
    assert asked(group) == {}
    assert stamped(group) == set()
    group.settings = GlossarySettings(admins=frozenset({ADA}))
    assert asked(group) == {ADA: ["Sprint"]}


def test_who_does_not_answer_is_asked_again_after_as_long(group: Group) -> None:
    term = group.add(named("ARR", said(owner=RUI)))
    group.later(days=181)
    assert asked(group) == {RUI: ["ARR"]}
    assert not _stale(group, term)
    group.later(days=7)
    assert _stale(group, term)
    group.later(days=173)
    assert asked(group) == {}
    group.later(seconds=1)
    assert asked(group) == {RUI: ["ARR"]}
    group.confirm(term, RUI)
    assert not _stale(group, term)
    group.now += EVERY
    assert asked(group) == {}
    group.later(seconds=1)
    assert asked(group) == {RUI: ["ARR"]}


@pytest.mark.parametrize("every", [7, 8, 13, 14, 90])
def test_what_nobody_answers_for_becomes_stale_and_stays_so(group: Group, every: int) -> None:
    group.settings = replace(group.settings, confirm_every=timedelta(days=every))
    term = group.add(named("ARR", said(owner=RUI)))
    group.later(days=every, seconds=1)
    askings, stale = list[int](), list[bool]()
    for day in range(3 * every + 60):
        if asked(group):
            askings.append(day)
        stale.append(_stale(group, term))
        group.later(days=1)
    # A week to answer, and from then on it shows, however often she is asked again.
    assert stale == [day >= 7 for day in range(len(stale))]
    assert len(askings) > 2
    assert min(later - earlier for earlier, later in pairwise(askings)) == max(every, 14) + 1
    group.confirm(term, RUI)
    assert not _stale(group, term)


def test_a_term_is_not_stale_before_its_owners_were_asked_anew(group: Group) -> None:
    term = group.add(named("ARR", said(owner=RUI)))
    group.later(days=181)
    asked(group)
    group.dispute(term)
    group.later(days=1)
    group.accept(term)
    assert waiting(group, RUI) == []
    group.later(days=181)
    assert not _stale(group, term)
    assert asked(group) == {RUI: ["ARR"]}


def test_only_what_is_accepted_is_asked_about(group: Group) -> None:
    group.added(named("Suggested", said(owner=RUI)), KAVYA)
    group.dispute(group.add(named("Disputed", said(owner=RUI))))
    group.retire(group.add(named("Retired", said(owner=RUI))))
    group.later(days=400)
    assert asked(group) == {}


def test_owners_see_what_they_were_asked_until_somebody_confirms_it(group: Group) -> None:
    arr = group.add(named("ARR", replace(said(owner=RUI), technical_owner=NOA)))
    group.later(hours=1)
    group.add(named("Churn", said(owner=RUI)))
    group.later(days=180)
    asked(group)
    group.later(hours=1)
    asked(group)
    assert (waiting(group, RUI), waiting(group, NOA), waiting(group, KAVYA)) == (["ARR", "Churn"], ["ARR"], [])
    assert waiting(group, RUI, 1) == ["ARR"]
    group.confirm(arr, NOA)
    assert (waiting(group, RUI), waiting(group, NOA)) == (["Churn"], [])
    assert len(group.history(arr)) == 1


def _stale(group: Group, term: Term) -> bool:
    return group.term(term).stale(group.now, group.settings.confirm_every)
