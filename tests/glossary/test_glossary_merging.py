"""Two wrote at once: what only one touched is taken, what both touched is told, and nothing of either is lost."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.merging import Merged, differences, merge
from glossary.terms import Sense, Wording
from tests.glossary.wordings import patient

# Few different texts, so that two people often write the same, or leave something as it was.
_TEXTS = st.sampled_from(["", "a", "b"])
_SENSES = st.builds(
    Sense, st.sampled_from(["x", "y", "z"]), _TEXTS, _TEXTS, st.sampled_from([None, "URUI", "UNOA"]), domain=_TEXTS
)
_SEVERAL = st.sampled_from([(), ("a",), ("a", "b")])
_WORDINGS = st.builds(
    Wording,
    st.sampled_from(["ARR", "MRR", "run rate"]),
    _SEVERAL,
    _SEVERAL,
    st.lists(_SENSES, min_size=1, max_size=3, unique=True).map(tuple),
)
BASE = Wording("ARR", (), (), (Sense("Money.", "A sum."),))


def told(before: Wording, after: Wording) -> dict[str, Any]:
    return {name: now for name, _, now in differences(before, after)}


def shortened(base: Wording, *others: Wording) -> bool:
    return any(len(other.senses) < len(base.senses) for other in others)


def shared_part(base: Wording, changes: dict[str, Any]) -> dict[str, Any]:
    """Changes of what was there before, without those of new senses."""
    old = {f"{nth}" for nth in range(len(base.senses))}
    return {name: now for name, now in changes.items() if "." not in name or name.split(".")[0] in old}


@pytest.mark.parametrize(
    ("theirs", "mine", "wording", "conflicts"),
    [
        (
            Wording("ARR", ("annual",), (), BASE.senses),
            Wording("ARR", (), ("run rate",), BASE.senses),
            Wording("ARR", ("annual",), ("run rate",), BASE.senses),
            {},
        ),
        (
            Wording("ARR", senses=(Sense("Cash.", "A sum."),)),
            Wording("ARR", senses=(Sense("Money.", "A query."),)),
            Wording("ARR", senses=(Sense("Cash.", "A query."),)),
            {},
        ),
        (
            Wording("ARR", senses=(Sense("Cash.", "A sum."),)),
            Wording("ARR", senses=(Sense("Coins.", "A query."),)),
            Wording("ARR", senses=(Sense("Coins.", "A query."),)),
            {"0.business": "Cash."},
        ),
        (
            Wording("Run rate", senses=BASE.senses),
            Wording("Annual", senses=BASE.senses),
            Wording("Annual", senses=BASE.senses),
            {"name": "Run rate"},
        ),
        (
            Wording("ARR", senses=(*BASE.senses, Sense("theirs"))),
            Wording("ARR", senses=(*BASE.senses, Sense("mine"))),
            Wording("ARR", senses=(*BASE.senses, Sense("theirs"), Sense("mine"))),
            {},
        ),
        (
            Wording("ARR", senses=(*BASE.senses, Sense("both"))),
            Wording("ARR", senses=(*BASE.senses, Sense("both"))),
            Wording("ARR", senses=(*BASE.senses, Sense("both"))),
            {},
        ),
    ],
    ids=["other fields", "other sides", "the same side", "the name", "new senses", "the same new sense"],
)
def test_what_comes_of_two_changes(theirs: Wording, mine: Wording, wording: Wording, conflicts: dict[str, Any]) -> None:
    assert merge(BASE, theirs, mine) == Merged(wording, conflicts)


def test_where_one_took_a_meaning_away_and_the_other_changed_one_all_meanings_are_told() -> None:
    base = Wording("ARR", senses=(Sense("one"), Sense("two")))
    theirs, mine = Wording("ARR", senses=(Sense("one"),)), Wording("ARR", senses=(Sense("one"), Sense("2")))
    assert merge(base, theirs, mine) == Merged(mine, {"senses": theirs.senses})
    assert merge(base, mine, theirs) == Merged(theirs, {"senses": mine.senses})


@patient
@given(_WORDINGS, _WORDINGS)
def test_with_an_unchanged_side_the_other_is_taken_as_it_is(base: Wording, other: Wording) -> None:
    assert merge(base, other, base) == Merged(other, {})
    assert merge(base, base, other) == Merged(other, {})
    assert merge(base, other, other) == Merged(other, {})


@patient
@given(_WORDINGS, _WORDINGS, _WORDINGS)
def test_told_is_exactly_what_both_changed_differently(base: Wording, theirs: Wording, mine: Wording) -> None:
    they, i = told(base, theirs), told(base, mine)
    found = merge(base, theirs, mine)
    if shortened(base, theirs, mine):
        both = {name: they[name] for name in they.keys() & i.keys() if "." not in name and they[name] != i[name]}
        if theirs.senses not in (base.senses, mine.senses) and mine.senses != base.senses:
            both["senses"] = theirs.senses
    else:
        they, i = shared_part(base, they), shared_part(base, i)
        both = {name: they[name] for name in they.keys() & i.keys() if they[name] != i[name]}
    assert found.theirs == both
    assert merge(base, mine, theirs).theirs.keys() == both.keys()


@patient
@given(_WORDINGS, _WORDINGS, _WORDINGS)
def test_nothing_that_either_wrote_is_lost(base: Wording, theirs: Wording, mine: Wording) -> None:
    found = merge(base, theirs, mine)
    if shortened(base, theirs, mine):
        assert found.wording.senses in (theirs.senses, mine.senses)
        kept = {found.wording.senses, found.theirs.get("senses", found.wording.senses)}
        assert {each.senses for each in (theirs, mine) if each.senses != base.senses} <= kept
        return
    now = told(base, found.wording)
    assert shared_part(base, told(base, mine)).items() <= now.items()
    for name, value in shared_part(base, told(base, theirs)).items():
        assert value in (now.get(name), found.theirs.get(name))
    new = found.wording.senses[len(base.senses) :]
    assert {*theirs.senses[len(base.senses) :], *mine.senses[len(base.senses) :]} == set(new)
    assert len(new) == len(set(new))


@patient
@given(_WORDINGS, _WORDINGS, _WORDINGS)
def test_nothing_is_made_up(base: Wording, theirs: Wording, mine: Wording) -> None:
    found = merge(base, theirs, mine).wording
    for name in ("name", "expansions", "aliases"):
        assert getattr(found, name) in {getattr(each, name) for each in (theirs, mine)}
    every = [sense for each in (theirs, mine) for sense in each.senses]
    for sense in found.senses:
        for field in Sense.__slots__:
            assert getattr(sense, field) in {getattr(each, field) for each in every}


@patient
@given(_WORDINGS, _WORDINGS)
def test_differences_are_told_once_and_only_where_there_are_any(before: Wording, after: Wording) -> None:
    found = list(differences(before, after))
    assert (found == []) is (before == after)
    assert all(was != now for _, was, now in found)
    assert len({name for name, _, _ in found}) == len(found)
    assert {name for name, *_ in differences(after, before)} == {name for name, *_ in found}
