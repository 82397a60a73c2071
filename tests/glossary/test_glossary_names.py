"""No two terms have one name, whoever is quicker."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from glossary.terms import NameTaken
from glossary.usecases.editing import Met
from tests.glossary.group import ADA, KAVYA, MONEY, Group, named, refused


@pytest.mark.parametrize("name", ["ARR", "arr", "A.R.R.", "ARRs", "  arr "])
def test_a_name_that_is_there_is_refused_however_it_is_written(group: Group, name: str) -> None:
    term, other = group.add(MONEY), group.add("MRR")
    made = group.suggest(other, named("Churn"))
    version = group.version()
    for act in (
        lambda: group.added(named(name), KAVYA),
        lambda: group.edit(other, named(name)),
        lambda: group.edit(other, named(name), KAVYA),
    ):
        refusal = refused(act)
        assert isinstance(refusal, NameTaken)
        assert (refusal.name, refusal.other) == (name, term)
    assert group.version() == version
    group.changed(group.add("Churn"), named("Burn"))
    group.take(made)
    assert [each.name for each in group.everything()] == ["ARR", "Burn", "Churn"]


def test_a_name_taken_meanwhile_is_refused_to_a_suggestion_and_to_going_back(group: Group) -> None:
    term = group.add("MRR")
    made = group.suggest(term, named("Churn"))
    term = group.changed(term, named("Burn"))
    group.add("MRR")
    group.add("Churn")
    for act in (lambda: group.revert(term, 1), lambda: group.take(group.suggest(term, named("churns")))):
        assert isinstance(refused(act), NameTaken)
    assert isinstance(group.take(made), Met)
    assert group.suggestion(made).state == "open"
    assert group.term(term) == term


def test_a_term_may_be_called_by_its_own_name_in_another_spelling(group: Group) -> None:
    term = group.changed(group.add("MRR"), named("M.R.R."))
    assert group.changed(term, named("mrrs")).name == "mrrs"


def test_of_those_who_add_a_name_in_the_same_moment_one_does(group: Group) -> None:
    _one_of(group, *(lambda name=name: group.added(named(name), ADA) for name in ("ARR", "arr", "A.R.R.", "ARRs")))


def test_of_one_who_renames_to_a_name_and_others_who_add_it_one_does(group: Group) -> None:
    mrr, burn = group.add("MRR"), group.add("Burn")
    _one_of(
        group,
        lambda: group.edit(mrr, named("ARR")),
        lambda: group.added(named("arr"), ADA),
        lambda: group.edit(burn, named("arrs")),
        lambda: group.added(named("ARRs"), KAVYA),
    )


def test_two_who_swap_names_in_the_same_moment_are_both_refused(group: Group) -> None:
    mrr, arr = group.add("MRR"), group.add("ARR")
    with ThreadPoolExecutor(2) as windows:
        acts = [
            windows.submit(group.edit, mrr, named("ARR")),
            windows.submit(group.edit, arr, named("MRR")),
        ]
    assert [type(act.exception()) for act in acts] == [NameTaken, NameTaken]
    assert group.everything() == [arr, mrr]


def _one_of(group: Group, *acts: Callable[[], object]) -> None:
    with ThreadPoolExecutor(len(acts)) as windows:
        done = [windows.submit(act) for act in acts]
    refusals = [act.exception() for act in done if act.exception() is not None]
    assert [type(each) for each in refusals] == [NameTaken] * (len(acts) - 1)
    names = [term.name.casefold().replace(".", "").removesuffix("s") for term in group.everything()]
    assert names.count("arr") == 1
    [other] = {each.other.name for each in refusals if isinstance(each, NameTaken)}
    assert other in [term.name for term in group.everything()]
