"""Who may change a term, and what becomes of two who do so at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest

from glossary.settings import Domain, GlossarySettings
from glossary.terms import (
    MOST_SENSES,
    NoSuchSuggestion,
    NoSuchTerm,
    NotASteward,
    Sense,
    State,
    Term,
    TooManySenses,
    Wording,
)
from glossary.usecases import editing
from glossary.usecases.editing import Changed, Met
from tests.glossary.group import (
    ADA,
    DANA,
    KAVYA,
    MARTA,
    MONEY,
    RUI,
    Group,
    named,
    new_team,
    refused,
    reworded,
    said,
    what,
)

ACTS: dict[str, Callable[[Group, Term, str], Any]] = {
    "accept": lambda group, term, user: group.accept(term, user),
    "retire": lambda group, term, user: group.retire(term, by=user),
    "revert": lambda group, term, user: group.revert(term, 1, user),
}


@pytest.mark.parametrize(
    ("wording", "user", "state"),
    [
        (named("ARR"), MARTA, "accepted"),
        (named("ARR"), ADA, "accepted"),
        (named("ARR"), KAVYA, "suggested"),
        (named("ARR"), DANA, "suggested"),
        (named("ARR", said(domain="revenue")), DANA, "accepted"),
        (named("ARR", said(domain="revenue")), MARTA, "suggested"),
        (named("ARR", said(domain="revenue")), ADA, "accepted"),
        (named("ARR", said(domain="engineering")), MARTA, "accepted"),
        (named("ARR", said(domain="gone")), MARTA, "accepted"),
        (named("ARR", said(), said("Two.", domain="revenue")), DANA, "accepted"),
        (named("ARR", said(owner=KAVYA)), KAVYA, "suggested"),
    ],
)
def test_a_new_term_is_accepted_where_who_adds_it_tends_its_domain(
    group: Group, wording: Wording, user: str, state: State
) -> None:
    done = group.added(wording, user)
    assert (done.before, done.what, done.term.state, done.term.wording) == (None, "added", state, wording)
    assert group.everything() == [done.term]
    assert what(group, done.term) == [(1, "added", user)]


@pytest.mark.parametrize(("user", "may"), [(DANA, True), (ADA, True), (RUI, False), (MARTA, False), (KAVYA, False)])
@pytest.mark.parametrize("act", ACTS)
def test_only_who_tends_a_term_accepts_retires_or_reverts_it(group: Group, act: str, user: str, may: bool) -> None:
    term = group.changed(group.add(MONEY), reworded(group.everything()[0], "Cash."))
    term = group.dispute(term).term
    if may:
        assert ACTS[act](group, term, user).term.revision == term.revision + 1
        return
    refusal = refused(lambda: ACTS[act](group, term, user))
    assert isinstance(refusal, NotASteward)
    assert refusal.term == group.term(term) == term


def test_where_nobody_tends_anything_the_admins_do(group: Group) -> None:
    group.settings = GlossarySettings(domains={"empty": Domain("empty", "Empty")}, admins=frozenset({ADA}))
    assert group.settings.everyone == {ADA}
    assert group.added(named("ARR"), MARTA).term.state == "suggested"
    assert group.added(named("MRR", said(domain="empty")), ADA).term.state == "accepted"


def test_two_who_edit_other_fields_at_once_both_have_their_way(group: Group) -> None:
    term = group.add(MONEY)
    group.changed(term, replace(MONEY, aliases=("run rate",)), RUI)
    done = group.edit(term, reworded(term, "Cash."), DANA)
    assert isinstance(done, Changed)
    assert done.term.wording == replace(reworded(term, "Cash."), aliases=("run rate",))
    assert what(group, term) == [(1, "added", ADA), (2, "edited", RUI), (3, "edited", DANA)]


def test_two_who_edit_the_same_field_at_once_meet_and_nothing_is_overwritten(group: Group) -> None:
    term = group.add(MONEY)
    theirs = replace(reworded(term, "Coins."), aliases=("run rate",))
    now = group.changed(term, theirs, RUI)
    met = group.edit(term, reworded(term, "Cash."), DANA)
    assert isinstance(met, Met)
    assert (met.theirs, met.by, met.term) == ({"0.business": "Coins."}, RUI, now)
    assert group.term(term) == now
    done = group.edit(now, met.wording, DANA, base=met.term.revision)
    assert isinstance(done, Changed)
    assert done.term.wording == replace(reworded(term, "Cash."), aliases=("run rate",))


def test_two_who_edit_in_the_same_moment_are_heard_one_after_the_other(group: Group) -> None:
    term = group.add(MONEY)

    def write(text: str) -> object:
        return group.edit(term, reworded(term, text), DANA)

    with ThreadPoolExecutor(3) as windows:
        found = list(windows.map(write, ["Cash.", "Coins.", "Notes."]))
    assert sum(isinstance(each, Changed) for each in found) == 1
    assert sum(isinstance(each, Met) for each in found) == 2
    assert len(group.history(term)) == 2


@pytest.mark.parametrize("user", [DANA, KAVYA])
def test_an_edit_that_changes_nothing_leaves_no_trace(group: Group, user: str) -> None:
    term = group.add(MONEY)
    version = group.version()
    assert group.edit(term, MONEY, user) is None
    group.changed(term, reworded(term, "Cash."))
    assert group.edit(term, MONEY, user, base=1) is None
    assert group.edit(term, reworded(term, "Cash."), user, base=1) is None
    assert (group.version(), len(group.history(term))) == (version + 1, 2)


def test_what_is_not_there_is_refused_by_name(group: Group) -> None:
    term = group.add(MONEY)
    nothing = replace(term, id="t99")
    acts: list[Callable[[], object]] = [
        lambda: group.edit(nothing, MONEY),
        lambda: group.accept(nothing),
        lambda: group.dispute(nothing),
        lambda: group.retire(nothing),
        lambda: group.revert(nothing, 1),
        lambda: group.confirm(nothing),
        lambda: group.term(nothing),
    ]
    for act in acts:
        refusal = refused(act)
        assert isinstance(refusal, NoSuchTerm)
        assert refusal.term == "t99"
    for missing in (lambda: group.revert(term, 7), lambda: group.edit(term, named("MRR"), base=7)):
        assert isinstance(refused(missing), NoSuchTerm)
    assert group.do(editing.history, "t99") == ()
    made = replace(group.suggest(term, reworded(term, "Cash.")), id="s99")
    for settle in (lambda: group.take(made), lambda: group.decline(made), lambda: group.suggestion(made)):
        unknown = refused(settle)
        assert isinstance(unknown, NoSuchSuggestion)
        assert unknown.suggestion == "s99"


def test_another_workspace_can_change_nothing_here(group: Group) -> None:
    term = group.add(MONEY)
    made = group.suggest(term, reworded(term, "Cash."))
    other = Group(group.database, new_team())
    for act in (lambda: other.edit(term, named("MRR")), lambda: other.retire(term)):
        assert isinstance(refused(act), NoSuchTerm)
    assert isinstance(refused(lambda: other.take(made)), NoSuchSuggestion)
    assert other.added(named("ARR"), ADA).term.id == term.id
    assert group.term(term) == term


def test_two_who_each_add_the_last_meaning_are_told(group: Group) -> None:
    seven = named("Release", *(Sense(business=f"Meaning {n}.") for n in range(MOST_SENSES - 1)))
    term = group.add(seven)
    mine, theirs = (replace(seven, senses=(*seven.senses, Sense(business=f"By {who}."))) for who in ("me", "them"))
    group.edit(term, theirs, base=term.revision)
    with pytest.raises(TooManySenses):
        group.edit(term, mine, base=term.revision)
    assert len(group.term(term).wording.senses) == MOST_SENSES
