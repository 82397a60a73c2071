"""A term goes from state to state, and every change is kept."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from glossary.exchange import Row
from glossary.terms import AlreadySo, NoSuchTerm, Sense, State
from glossary.usecases import editing, exchanging, waiting
from glossary.usecases.editing import Changed
from glossary.usecases.owners import take_unconfirmed
from tests.glossary.group import ADA, KAVYA, MARTA, MONEY, NOA, RUI, Group, named, refused, reworded, said, what


@pytest.mark.parametrize(
    ("state", "act", "after"),
    [
        ("suggested", "accept", "accepted"),
        ("accepted", "accept", None),
        ("disputed", "accept", "accepted"),
        ("retired", "accept", "accepted"),
        ("suggested", "dispute", "disputed"),
        ("accepted", "dispute", "disputed"),
        ("disputed", "dispute", None),
        ("retired", "dispute", None),
        ("suggested", "retire", "declined"),
        ("declined", "accept", None),
        ("declined", "dispute", None),
        ("declined", "retire", None),
        ("accepted", "retire", "retired"),
        ("disputed", "retire", "retired"),
        ("retired", "retire", None),
    ],
)
def test_a_term_goes_from_state_to_state(group: Group, state: State, act: str, after: State | None) -> None:
    term = group.add("ARR", KAVYA if state in ("suggested", "declined") else ADA)
    if state in ("disputed", "retired", "declined"):
        term = {"disputed": group.dispute}.get(state, group.retire)(term, "before").term
    group.later(days=1)
    acts: dict[str, Callable[[], Changed]] = {
        "accept": lambda: group.accept(term, MARTA),
        "dispute": lambda: group.dispute(term, "why", NOA),
        "retire": lambda: group.retire(term, "why", MARTA),
    }
    if after is None:
        refusal = refused(acts[act])
        assert isinstance(refusal, AlreadySo)
        assert (refusal.state, refusal.by) == (state, term.changed_by)
        assert group.do(editing.get, term.id, declined=True) == term
        return
    done = acts[act]()
    assert done.term == group.do(editing.get, term.id, declined=True)
    assert (done.before, done.what) == (term, after)
    assert (done.term.state, done.term.reason) == (after, "" if act == "accept" else "why")
    assert (done.term.revision, done.term.changed_at) == (term.revision + 1, group.now)
    assert done.term.confirmed_at == (group.now if act == "accept" else term.confirmed_at)


def test_a_declined_term_is_nowhere_and_its_name_is_free(group: Group) -> None:
    first = group.add(named("ARR", aliases=("run rate",)), KAVYA)
    made = group.suggest(first, named("ARR", said("Cash.")))
    group.retire(first, "Too short.", MARTA)
    assert group.do(editing.decline_all, first.id, MARTA) == [replace(made, state="declined", settled_by=MARTA)]
    assert group.everything() == []
    assert isinstance(refused(lambda: group.term(first)), NoSuchTerm)
    for waits in (waiting.suggestions, waiting.new_terms):
        assert group.do(waits, MARTA, group.settings, 9) == []
    assert isinstance(refused(lambda: group.take(made)), AlreadySo)
    churn = group.add("Churn")
    assert group.changed(churn, named("ARR")).id == churn.id
    group.changed(group.term(churn), named("Churn"))
    group.later(days=1)
    second = group.add("arrs", KAVYA)
    assert second.id != first.id
    assert group.do(editing.last_declined, "ARRs") == group.do(editing.get, first.id, declined=True)
    group.later(days=1)
    group.retire(second, "Still too short.")
    third = group.add("ARR")
    assert [term.id for term in group.everything()] == [third.id, churn.id]
    gone = group.do(editing.last_declined, "ARR")
    assert (gone and gone.id, group.do(editing.last_declined, "AR")) == (second.id, None)
    assert [(each.what, each.reason) for each in group.history(first)] == [("declined", "Too short."), ("added", "")]


def test_what_was_once_accepted_is_retired_and_never_declined(group: Group) -> None:
    disputed = group.dispute(group.add("ARR", KAVYA)).term
    assert group.retire(disputed).term.state == "declined"
    accepted = group.accept(group.add("MRR", KAVYA)).term
    assert group.retire(group.dispute(accepted).term).term.state == "retired"
    rows = [Row(1, named("Churn"), "accepted"), Row(2, named("Lead"), "disputed")]
    group.do(exchanging.bring_in, rows, ADA, group.settings, group.now)
    group.do(exchanging.bring_in, [replace(rows[0], state="suggested")], ADA, group.settings, group.now)
    brought = {term.name: term for term in group.everything()}
    assert [group.retire(brought[name]).term.state for name in ("Churn", "Lead")] == ["retired", "retired"]


def test_who_declines_what_somebody_has_accepted_meanwhile_is_told_so(group: Group) -> None:
    term = group.accept(group.add("ARR", KAVYA), MARTA).term
    refusal = refused(lambda: group.do(editing.decline_new, term.id, "no", ADA, group.settings, group.now))
    assert isinstance(refusal, AlreadySo)
    assert (refusal.state, refusal.by) == ("accepted", MARTA)
    assert group.term(term) == term
    other = group.add("MRR", KAVYA)
    assert group.do(editing.decline_new, other.id, "no", ADA, group.settings, group.now).what == "declined"


@pytest.mark.parametrize("act", ["accept", "edit", "revert", "take", "confirm"])
def test_whoever_says_anew_what_holds_has_answered_the_question_whether_it_does(group: Group, act: str) -> None:
    term = group.changed(group.add(MONEY), reworded(group.everything()[0], "Cash."))
    made = group.suggest(term, reworded(term, "Coins."))
    group.later(days=200)
    group.people()
    assert group.do(take_unconfirmed, group.settings, (), group.now) == {RUI: [term]}
    group.later(days=1)
    if act == "accept":
        term = group.dispute(term).term
    acts: dict[str, Callable[[], object]] = {
        "accept": lambda: group.accept(term),
        "edit": lambda: group.edit(term, reworded(term, "Notes.")),
        "revert": lambda: group.revert(term, 1),
        "take": lambda: group.take(made),
        "confirm": lambda: group.confirm(term, RUI),
    }
    acts[act]()
    assert (group.term(term).asked_at, group.term(term).confirmed_at) == (None, group.now)


@pytest.mark.parametrize("n", [1, 2, 3, 4])
def test_going_back_gives_the_words_of_that_revision_and_leaves_the_state(group: Group, n: int) -> None:
    first = named("ARR", said(), Sense(technical="SUM"), aliases=("run rate",))
    term = group.add(first, KAVYA)
    term = group.changed(term, named("Annual revenue"))
    term = group.dispute(term, "Which year?").term
    term = group.accept(term).term
    term = group.retire(group.changed(term, named("Yearly"))).term
    wanted = group.do(editing.revision_of, term.id, n)
    done = group.revert(term, n, MARTA)
    assert done is not None
    assert (done.what, done.term.revision, done.before) == ("reverted", 7, term)
    assert (done.term.wording, done.term.state, done.term.reason) == (wanted.wording, "retired", term.reason)
    assert done.term == group.term(term)
    assert group.history(term)[0].wording == wanted.wording
    assert [each.n for each in group.history(term)] == [7, 6, 5, 4, 3, 2, 1]
    assert group.revert(done.term, n) is None
    back = group.revert(done.term, 6)
    assert back is not None
    assert (back.term.wording, back.term.state, back.term.reason) == (term.wording, "retired", "We say MRR.")


def test_every_change_is_exactly_one_revision_and_one_version(group: Group) -> None:
    term = group.add(MONEY, KAVYA)
    made = group.suggest(term, reworded(term, "Cash."))
    acts: list[tuple[str, Callable[[], object]]] = [
        ("accepted", lambda: group.accept(term)),
        ("edited", lambda: group.edit(group.term(term), replace(MONEY, aliases=("run rate",)))),
        ("edited", lambda: group.take(made)),
        ("disputed", lambda: group.dispute(term)),
        ("retired", lambda: group.retire(term)),
        ("reverted", lambda: group.revert(term, 2)),
    ]
    assert group.version() == 1
    for n, (_, act) in enumerate(acts, 2):
        act()
        assert group.version() == group.term(term).revision == len(group.history(term)) == n
        newest = group.history(term)[0]
        now = group.term(term)
        assert (newest.wording, newest.state, newest.reason) == (now.wording, now.state, now.reason)
        assert (newest.by, newest.at) == (now.changed_by, now.changed_at)
    assert [each[1] for each in what(group, term)] == ["added", *(name for name, _ in acts)]
