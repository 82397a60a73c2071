"""What is suggested waits for a steward, goes together with what others changed, and is settled once."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from glossary.store import SuggestionStore
from glossary.terms import AlreadySo, NotASteward, Suggestion
from glossary.usecases import editing, waiting
from glossary.usecases.editing import Changed, Met
from tests.glossary.group import ADA, DANA, KAVYA, MARTA, MONEY, NOA, RUI, Group, named, refused, reworded, said, what


@pytest.mark.parametrize(
    ("user", "direct"), [(DANA, True), (RUI, True), (ADA, True), (MARTA, False), (KAVYA, False), (NOA, False)]
)
def test_who_tends_or_owns_a_term_changes_it_and_others_suggest(group: Group, user: str, direct: bool) -> None:
    term = group.add(MONEY)
    done = group.edit(term, reworded(term, "Cash."), user, note="clearer")
    assert isinstance(done, Changed if direct else Suggestion)
    assert group.term(term).wording == (reworded(term, "Cash.") if direct else MONEY)
    assert len(group.history(term)) == (2 if direct else 1)
    if isinstance(done, Suggestion):
        assert group.suggestion(done) == done
        assert (done.base, done.by, done.note, done.state) == (1, user, "clearer", "open")


@pytest.mark.parametrize(("user", "may"), [(DANA, True), (RUI, True), (ADA, True), (MARTA, False), (KAVYA, False)])
def test_who_answers_for_a_term_settles_suggestions_and_confirms_it(group: Group, user: str, may: bool) -> None:
    term = group.add(MONEY)
    taken = group.suggest(term, reworded(term, "Cash."))
    group.later(minutes=1)
    declined = group.suggest(term, reworded(term, "Coins."))
    if may:
        done = group.take(taken, user)
        assert isinstance(done, Changed)
        assert done.suggestion == group.suggestion(taken) == replace(taken, state="accepted", settled_by=user)
        assert group.decline(declined, user) == group.suggestion(declined)
        assert group.suggestion(declined) == replace(declined, state="declined", settled_by=user)
        assert group.confirm(term, user).confirmed_at == group.now
        return
    for act in (
        lambda: group.take(taken, user),
        lambda: group.decline(declined, user),
        lambda: group.confirm(term, user),
    ):
        assert isinstance(refused(act), NotASteward)
    assert (group.suggestion(taken), group.suggestion(declined)) == (taken, declined)
    assert group.term(term) == term


def test_a_suggestion_becomes_the_wording_and_keeps_who_made_it(group: Group) -> None:
    term = group.add(MONEY)
    group.later(days=1)
    made = group.suggest(term, reworded(term, "Cash."))
    group.later(days=1)
    done = group.take(made, DANA)
    assert isinstance(done, Changed)
    assert (done.before, done.what, done.term) == (term, "edited", group.term(term))
    assert (done.term.wording, done.term.confirmed_at) == (reworded(term, "Cash."), group.now)
    assert what(group, term) == [(1, "added", ADA), (2, "edited", DANA)]
    assert group.do(editing.suggestion_of, made.id) == (done.suggestion, done.term)


def test_a_declined_suggestion_changes_nothing(group: Group) -> None:
    term = group.add(MONEY)
    made = group.suggest(term, reworded(term, "Cash."))
    group.decline(made, DANA)
    assert group.term(term) == term
    assert len(group.history(term)) == 1


@pytest.mark.parametrize("how", ["accepted", "declined"])
def test_a_suggestion_is_settled_once(group: Group, how: str) -> None:
    term = group.add(MONEY)
    made = group.suggest(term, reworded(term, "Cash."))
    if how == "accepted":
        group.take(made, DANA)
    else:
        group.decline(made, DANA)
    for act in (lambda: group.take(made, ADA), lambda: group.decline(made, ADA)):
        refusal = refused(act)
        assert isinstance(refusal, AlreadySo)
        assert (refusal.state, refusal.by) == (how, DANA)
    assert group.do(editing.settle_edited, made.id, ADA) is None
    assert group.suggestion(made).settled_by == DANA


def test_of_those_who_settle_a_suggestion_in_the_same_moment_one_does(group: Group) -> None:
    term = group.add(MONEY)
    made = group.suggest(term, reworded(term, "Cash."))
    acts = (group.take, group.decline, group.take, group.decline)
    with ThreadPoolExecutor(4) as windows:
        done = [windows.submit(act, made, user) for act, user in zip(acts, (DANA, RUI, ADA, DANA), strict=True)]
    assert sorted(type(act.exception()).__name__ for act in done) == ["AlreadySo"] * 3 + ["NoneType"]
    taken = group.suggestion(made).state == "accepted"
    assert len(group.history(term)) == (2 if taken else 1)
    assert group.term(term).wording == (reworded(term, "Cash.") if taken else MONEY)


def test_a_steward_takes_a_suggestion_in_words_of_her_own(group: Group) -> None:
    term = group.add(MONEY)
    made = group.suggest(term, reworded(term, "Cash."))
    settled = group.do(editing.settle_edited, made.id, DANA)
    assert settled == group.suggestion(made) == replace(made, state="accepted", settled_by=DANA)
    assert group.do(editing.settle_edited, made.id, DANA) is None
    assert group.do(editing.settle_edited, "nothing", DANA) is None
    assert group.term(term) == term


def test_the_same_suggestion_sent_twice_is_one(group: Group) -> None:
    term = group.add(MONEY)
    assert group.suggest(term, reworded(term, "Cash.")) == group.suggest(term, reworded(term, "Cash."))
    assert len(group.store(SuggestionStore, SuggestionStore.open_of, term.id)) == 1


def test_a_suggestion_goes_together_with_what_others_changed_meanwhile(group: Group) -> None:
    term = group.add(MONEY)
    made = group.suggest(term, reworded(term, "Cash."))
    technical = replace(term.wording, senses=(replace(term.wording.senses[0], technical="SUM"),))
    group.changed(term, technical, DANA)
    done = group.take(made, DANA)
    assert isinstance(done, Changed)
    assert (done.term.wording.senses[0].business, done.term.wording.senses[0].technical) == ("Cash.", "SUM")


def test_a_suggestion_against_what_others_changed_meanwhile_stays_open(group: Group) -> None:
    term = group.add(MONEY)
    made = group.suggest(term, reworded(term, "Cash."))
    now = group.changed(term, reworded(term, "Coins."), RUI)
    done = group.take(made, DANA)
    assert isinstance(done, Met)
    assert (done.theirs, done.by, done.term) == ({"0.business": "Coins."}, RUI, now)
    assert done.wording == reworded(term, "Cash.")
    assert group.suggestion(made).state == "open"
    assert group.term(term) == now


def test_a_suggestion_is_made_of_what_the_member_saw_and_others_added(group: Group) -> None:
    term = group.add(MONEY)
    technical = replace(term.wording, senses=(replace(term.wording.senses[0], technical="SUM"),))
    group.changed(term, technical, DANA)
    made = group.edit(term, reworded(term, "Cash."), KAVYA, base=1)
    assert isinstance(made, Suggestion)
    assert (made.base, made.wording.senses[0]) == (2, replace(technical.senses[0], business="Cash."))


def test_each_steward_sees_what_waits_for_her(group: Group) -> None:
    def suggested(user: str, limit: int = 9) -> list[str]:
        return [made.wording.name for made, _, _ in group.do(waiting.suggestions, user, group.settings, limit)]

    def new(user: str, limit: int = 9) -> list[str]:
        return [term.name for term in group.do(waiting.new_terms, user, group.settings, limit)]

    mine, hers = group.add(named("ARR", said(domain="revenue"))), group.add("Sprint")
    for n, (term, name) in enumerate([(mine, "Annual"), (hers, "Iteration"), (mine, "Yearly")]):
        group.later(minutes=n)
        group.suggest(term, replace(term.wording, name=name))
    for name, domain in (("Churn", "revenue"), ("Spike", ""), ("Burn", "revenue")):
        group.later(minutes=1)
        group.add(named(name, said(domain=domain)), KAVYA)
    assert (suggested(DANA), new(DANA)) == (["Annual", "Yearly"], ["Churn", "Burn"])
    assert (suggested(MARTA), new(MARTA)) == (["Iteration"], ["Spike"])
    assert (suggested(ADA), new(ADA)) == (["Annual", "Iteration", "Yearly"], ["Churn", "Spike", "Burn"])
    assert (suggested(DANA, 1), new(ADA, 2)) == (["Annual"], ["Churn", "Spike"])
    assert (suggested(KAVYA), new(KAVYA)) == ([], [])
