"""Who may change a term, what becomes of two who do so at once, and that every change is kept."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest

from glossary.settings import Domain, GlossarySettings
from glossary.store import SuggestionStore
from glossary.terms import (
    MOST_SENSES,
    AlreadySo,
    NameTaken,
    NoSuchSuggestion,
    NoSuchTerm,
    NotASteward,
    Sense,
    State,
    Suggestion,
    Term,
    TooManySenses,
    Wording,
)
from glossary.usecases import editing, waiting
from glossary.usecases.editing import Changed, Met
from glossary.usecases.owners import take_unconfirmed
from rituals.refusals import Refused
from tests.glossary.group import ADA, DANA, KAVYA, MARTA, NOA, RUI, Group, named, new_team, said

MONEY = named("ARR", said("Money.", domain="revenue", owner=RUI))
ACTS: dict[str, Callable[[Group, Term, str], Any]] = {
    "accept": lambda group, term, user: group.accept(term, user),
    "retire": lambda group, term, user: group.retire(term, by=user),
    "revert": lambda group, term, user: group.revert(term, 1, user),
}


def refused(act: Callable[[], object]) -> Refused:
    with pytest.raises(Refused) as found:
        act()
    return found.value


def reworded(term: Term, text: str) -> Wording:
    return replace(term.wording, senses=(replace(term.wording.senses[0], business=text), *term.wording.senses[1:]))


def what(group: Group, term: Term) -> list[tuple[int, str, str]]:
    return [(each.n, each.what, each.by) for each in reversed(group.history(term))]


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


def test_where_nobody_tends_anything_the_admins_do(group: Group) -> None:
    group.settings = GlossarySettings(domains={"empty": Domain("empty", "Empty")}, admins=frozenset({ADA}))
    assert group.settings.everyone == {ADA}
    assert group.added(named("ARR"), MARTA).term.state == "suggested"
    assert group.added(named("MRR", said(domain="empty")), ADA).term.state == "accepted"


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
        ("suggested", "retire", "retired"),
        ("accepted", "retire", "retired"),
        ("disputed", "retire", "retired"),
        ("retired", "retire", None),
    ],
)
def test_a_term_goes_from_state_to_state(group: Group, state: State, act: str, after: State | None) -> None:
    term = group.add("ARR", KAVYA if state == "suggested" else ADA)
    if state in ("disputed", "retired"):
        term = {"disputed": group.dispute, "retired": group.retire}[state](term, "before").term
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
        assert group.term(term) == term
        return
    done = acts[act]()
    assert done.term == group.term(term)
    assert (done.before, done.what) == (term, after)
    assert (done.term.state, done.term.reason) == (after, "" if act == "accept" else "why")
    assert (done.term.revision, done.term.changed_at) == (term.revision + 1, group.now)
    assert done.term.confirmed_at == (group.now if act == "accept" else term.confirmed_at)


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


def test_each_steward_sees_what_waits_for_her(group: Group) -> None:
    def suggested(user: str, limit: int = 9) -> list[str]:
        return [made.wording.name for made, _ in group.do(waiting.suggestions, user, group.settings, limit)]

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


def test_two_who_each_add_the_last_meaning_are_told(group: Group) -> None:
    seven = named("Release", *(Sense(business=f"Meaning {n}.") for n in range(MOST_SENSES - 1)))
    term = group.add(seven)
    mine, theirs = (replace(seven, senses=(*seven.senses, Sense(business=f"By {who}."))) for who in ("me", "them"))
    group.edit(term, theirs, base=term.revision)
    with pytest.raises(TooManySenses):
        group.edit(term, mine, base=term.revision)
    assert len(group.term(term).wording.senses) == MOST_SENSES
