"""What is kept of a glossary, on both databases: nothing of it for another workspace."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given

from glossary.exchange import Row
from glossary.store import (
    AskingStore,
    FileStore,
    HintStore,
    LookedUp,
    Missed,
    SuggestionStore,
    TermStore,
    snapshot,
)
from glossary.terms import Sense, State, Suggestion, Term, What, Wording
from glossary.words import key
from rituals.held import HeldFile
from tests.glossary.group import KAVYA, NOA, RUI, Group, named, new_team, utc
from tests.glossary.wordings import patient, wordings

NOW = utc("2026-11-23 09:00")
MONDAY, BEFORE, LONG_AGO = date(2026, 11, 23), date(2026, 11, 16), date(2026, 8, 3)
FULL = Wording(
    "ARR",
    ("Annual Recurring Revenue",),
    ("run rate", "Jahresumsatz"),
    (
        Sense("Money", "SUM(x)", "4 million", RUI, NOA, ("https://a.example/b?c=d",), "revenue"),
        Sense(technical="Zażółć gęślą jaźń 🚀\n\t\\ \"'"),
    ),
)


def a_term(name: str | Wording, **more: Any) -> Term:
    wording = named(name) if isinstance(name, str) else name
    made = Term("", wording, "accepted", 1, KAVYA, NOW, NOW)
    return replace(made, **more)


def add(group: Group, *terms: Term, what: What = "added") -> tuple[Term, ...]:
    return group.store(TermStore, TermStore.add, [(key(term.name), term) for term in terms], what)


def save(group: Group, term: Term, what: What = "edited") -> None:
    group.store(TermStore, TermStore.save, key(term.name), term, what)


def names(terms: Sequence[Term]) -> list[str]:
    return [term.name for term in terms]


@pytest.fixture
def other(group: Group) -> Group:
    """Another workspace in the same database."""
    return Group(group.database, new_team())


@patient
@given(wordings)
def test_any_wording_is_kept_as_it_is(wording: Wording) -> None:
    """But for owners who are called nothing: they are nobody."""
    senses = tuple(
        replace(each, business_owner=each.business_owner or None, technical_owner=each.technical_owner or None)
        for each in wording.senses
    )
    assert snapshot.read(snapshot.written(wording)) == replace(wording, senses=senses)


def test_a_term_comes_back_as_it_was_written(group: Group) -> None:
    made = a_term(FULL, state="disputed", reason="Which year?", asked_at=NOW, confirmed_at=NOW - timedelta(days=1))
    [kept] = add(group, made)
    assert kept == replace(made, id=kept.id)
    assert kept.id
    for found in (
        group.store(TermStore, TermStore.get, kept.id),
        group.store(TermStore, TermStore.get, kept.id, lock=True),
        group.store(TermStore, TermStore.by_key, key("arr")),
        group.store(TermStore, TermStore.of, [kept.id, "nothing"]).get(kept.id),
    ):
        assert found == kept
    assert group.store(TermStore, TermStore.get, "nothing") is None
    assert group.store(TermStore, TermStore.by_key, "mrr") is None
    assert group.store(TermStore, TermStore.of, []) == {}


def test_ids_are_never_given_twice_and_everything_is_in_the_order_of_names(group: Group) -> None:
    first = add(group, a_term("Churn"), a_term("arr"))
    save(group, replace(first[0], state="retired", revision=2))
    second = add(group, a_term("Burn"))
    assert add(group) == ()
    assert len({term.id for term in (*first, *second)}) == 3
    assert names(group.everything()) == ["arr", "Burn", "Churn"]


def test_every_change_is_counted(group: Group) -> None:
    assert group.version() == 0
    arr, mrr = add(group, a_term("ARR"), a_term("MRR"))
    counted = [group.version()]
    acts: list[Callable[[], object]] = [
        lambda: save(group, replace(arr, revision=2)),
        lambda: group.store(TermStore, TermStore.confirm, [arr.id, mrr.id], NOW),
        lambda: group.store(TermStore, TermStore.asked, [mrr.id], NOW),
        lambda: group.store(TermStore, TermStore.touch),
    ]
    for act in acts:
        act()
        counted.append(group.version())
    assert counted == sorted(set(counted))
    idle: list[Callable[[], object]] = [
        lambda: add(group),
        lambda: group.store(TermStore, TermStore.confirm, [], NOW),
        lambda: group.store(TermStore, TermStore.asked, [], NOW),
        lambda: group.store(TermStore, TermStore.alone),
    ]
    for act in idle:
        act()
        assert group.version() == counted[-1]


def test_what_changed_since_is_given_once_and_in_the_order_of_the_changes(group: Group) -> None:
    def since(version: int) -> list[str]:
        return names(group.store(TermStore, TermStore.since, version))

    arr, mrr, churn = add(group, a_term("ARR"), a_term("MRR"), a_term("Churn"))
    assert since(0) == ["ARR", "MRR", "Churn"]
    at = group.version()
    assert since(at) == []
    save(group, replace(churn, state="disputed", revision=2))
    save(group, replace(arr, state="disputed", revision=2))
    assert since(at) == ["Churn", "ARR"]
    assert since(0) == ["MRR", "Churn", "ARR"]
    assert since(at + 1) == ["ARR"]
    at = group.version()
    group.store(TermStore, TermStore.asked, [mrr.id, churn.id], NOW)
    assert sorted(since(at)) == ["Churn", "MRR"]
    at = group.version()
    group.store(TermStore, TermStore.touch)
    assert since(at) == []


def test_history_is_newest_first_and_each_revision_keeps_its_words(group: Group) -> None:
    [arr] = add(group, a_term("ARR"), what="imported")
    second = replace(arr, wording=FULL, revision=2, changed_by=NOA, changed_at=NOW + timedelta(hours=1))
    third = replace(second, state="retired", reason="We say MRR.", revision=3)
    save(group, second)
    save(group, third, "retired")
    found = group.history(arr)
    assert [(each.n, each.what, each.by, each.state, each.reason) for each in found] == [
        (3, "retired", NOA, "retired", "We say MRR."),
        (2, "edited", NOA, "accepted", ""),
        (1, "imported", KAVYA, "accepted", ""),
    ]
    assert [each.wording for each in found] == [FULL, FULL, arr.wording]
    assert found[1].at == NOW + timedelta(hours=1)
    assert {each.term for each in found} == {arr.id}
    assert group.store(TermStore, TermStore.revision, arr.id, 2) == found[1]
    assert group.store(TermStore, TermStore.revision, arr.id, 4) is None
    assert group.store(TermStore, TermStore.history, "nothing") == ()
    assert group.term(arr) == third


def test_confirmed_and_asked_leave_a_stamp_and_no_revision(group: Group) -> None:
    arr, mrr = add(group, a_term("ARR"), a_term("MRR"))
    group.store(TermStore, TermStore.asked, [arr.id], NOW + timedelta(days=1))
    assert group.term(arr) == replace(arr, asked_at=NOW + timedelta(days=1))
    group.store(TermStore, TermStore.confirm, [arr.id], NOW + timedelta(days=2))
    assert group.term(arr) == replace(arr, confirmed_at=NOW + timedelta(days=2))
    assert group.term(mrr) == mrr
    assert len(group.history(arr)) == 1


def test_old_terms_that_nobody_was_asked_about_lately_are_to_be_confirmed(group: Group) -> None:
    def at(days: int) -> Any:
        return NOW - timedelta(days=days)

    states: list[State] = ["suggested", "disputed", "retired"]
    add(
        group,
        a_term("old", confirmed_at=at(100)),
        a_term("oldest", confirmed_at=at(300)),
        a_term("asked long ago", confirmed_at=at(200), asked_at=at(91)),
        a_term("asked lately", confirmed_at=at(200), asked_at=at(89)),
        a_term("asked at the limit", confirmed_at=at(200), asked_at=at(90)),
        a_term("at the limit", confirmed_at=at(90)),
        a_term("new"),
        *(a_term(state, state=state, confirmed_at=at(400)) for state in states),
    )
    due = group.store(TermStore, TermStore.to_confirm, at(90), at(90))
    assert names(due) == ["oldest", "asked long ago", "old"]
    due = group.store(TermStore, TermStore.to_confirm, at(90), at(89))
    assert names(due) == ["oldest", "asked long ago", "asked at the limit", "old"]


def test_terms_that_wait_for_an_answer_or_a_steward_are_given_oldest_first(group: Group) -> None:
    add(
        group,
        a_term("asked", asked_at=NOW - timedelta(days=1)),
        a_term("asked before", asked_at=NOW - timedelta(days=3)),
        a_term("disputed", asked_at=NOW - timedelta(days=2), state="disputed"),
        a_term("never asked"),
        a_term("suggested", state="suggested"),
        a_term("suggested before", state="suggested", changed_at=NOW - timedelta(days=1)),
    )
    assert names(group.store(TermStore, TermStore.asked_about, 9)) == ["asked before", "asked"]
    assert names(group.store(TermStore, TermStore.asked_about, 1)) == ["asked before"]
    assert names(group.store(TermStore, TermStore.suggested, 9)) == ["suggested before", "suggested"]
    assert names(group.store(TermStore, TermStore.suggested, 1)) == ["suggested before"]


def test_two_workspaces_never_see_each_others_terms(group: Group, other: Group) -> None:
    mine, also = (
        add(group, a_term("ARR", asked_at=NOW, confirmed_at=NOW - timedelta(days=9))),
        add(other, a_term("MRR")),
    )
    assert mine[0].id == also[0].id
    assert (names(group.everything()), names(other.everything())) == (["ARR"], ["MRR"])
    save(other, replace(also[0], wording=named("Churn"), revision=2, state="suggested"))
    other.store(TermStore, TermStore.confirm, [mine[0].id], NOW)
    other.store(TermStore, TermStore.asked, [mine[0].id], NOW)
    assert group.everything() == list(mine)
    assert len(group.history(mine[0])) == 1
    assert (group.version(), other.version()) == (1, 4)
    assert names(other.store(TermStore, TermStore.since, 0)) == ["Churn"]
    assert other.store(TermStore, TermStore.by_key, "arr") is None
    assert other.store(TermStore, TermStore.of, [mine[0].id])[mine[0].id].name == "Churn"
    assert other.store(TermStore, TermStore.to_confirm, NOW, NOW) == []
    assert group.store(TermStore, TermStore.suggested, 9) == []
    assert names(group.store(TermStore, TermStore.asked_about, 9)) == ["ARR"]
    assert group.store(TermStore, TermStore.revision, mine[0].id, 2) is None


def test_look_ups_are_added_up_over_weeks_and_people_kept_apart(group: Group) -> None:
    def count(*found: LookedUp) -> None:
        group.store(AskingStore, AskingStore.count, found, [])

    count(LookedUp(BEFORE, "t1", RUI, 2), LookedUp(MONDAY, "t1", RUI), LookedUp(MONDAY, "t2", RUI))
    count(LookedUp(MONDAY, "t1", RUI, 3), LookedUp(MONDAY, "t1", NOA), LookedUp(LONG_AGO, "t1", KAVYA, 9))
    count(LookedUp(MONDAY, "t2", RUI), LookedUp(MONDAY, "t2", RUI))
    count()
    assert set(group.store(AskingStore, AskingStore.looked_up, BEFORE)) == {
        LookedUp(BEFORE, "t1", RUI, 6),
        LookedUp(MONDAY, "t1", NOA, 1),
        LookedUp(MONDAY, "t2", RUI, 3),
    }
    assert LookedUp(LONG_AGO, "t1", KAVYA, 9) in group.store(AskingStore, AskingStore.looked_up, LONG_AGO)
    assert group.store(AskingStore, AskingStore.looked_up, MONDAY + timedelta(days=1)) == []


def test_misses_are_added_up_over_weeks_with_what_was_asked_in_private_apart(group: Group) -> None:
    def count(*missed: Missed) -> None:
        group.store(AskingStore, AskingStore.count, [], missed)

    count(Missed(BEFORE, "zeta", RUI, True, "Zeta", 2), Missed(MONDAY, "zeta", RUI, False, "zeta"))
    count(Missed(MONDAY, "zeta", RUI, True, "zeta"), Missed(MONDAY, "zeta", NOA, True, "ZETA"))
    count(Missed(MONDAY, "zeta", RUI, True, "Zetas"))
    assert set(group.store(AskingStore, AskingStore.missed, BEFORE)) == {
        Missed(BEFORE, "zeta", RUI, True, "Zetas", 4),
        Missed(MONDAY, "zeta", RUI, False, "zeta", 1),
        Missed(MONDAY, "zeta", NOA, True, "ZETA", 1),
    }
    assert len(group.store(AskingStore, AskingStore.missed, MONDAY)) == 3


def test_a_miss_is_told_as_it_was_last_written(group: Group) -> None:
    for week, text in ((LONG_AGO, "zeta"), (BEFORE, "Z.E.T.A."), (MONDAY, "ZETA")):
        group.store(AskingStore, AskingStore.count, [], [Missed(week, "zeta", RUI, True, text)])
    assert group.store(AskingStore, AskingStore.missed, LONG_AGO) == [Missed(LONG_AGO, "zeta", RUI, True, "ZETA", 3)]


def test_most_looked_up_is_what_these_people_look_up_most(group: Group) -> None:
    def most(users: Sequence[str], since: date = BEFORE, limit: int = 9) -> list[str]:
        return group.store(AskingStore, AskingStore.most_looked_up, users, since, limit)

    found = [
        LookedUp(MONDAY, "t1", RUI, 2),
        LookedUp(BEFORE, "t2", RUI, 2),
        LookedUp(MONDAY, "t2", NOA, 1),
        LookedUp(MONDAY, "t3", NOA, 7),
        LookedUp(LONG_AGO, "t1", RUI, 50),
        LookedUp(MONDAY, "t0", RUI, 2),
    ]
    group.store(AskingStore, AskingStore.count, found, [])
    assert most([RUI, NOA]) == ["t3", "t2", "t0", "t1"]
    assert most([RUI, NOA], limit=2) == ["t3", "t2"]
    assert most([RUI]) == ["t0", "t1", "t2"]
    assert most([RUI], since=LONG_AGO)[0] == "t1"
    assert most([]) == most([KAVYA]) == []


def test_who_has_ever_looked_a_term_up_is_known(group: Group) -> None:
    def by(terms: Sequence[str], users: Sequence[str]) -> set[str]:
        return group.store(AskingStore, AskingStore.looked_up_by, terms, users)

    found = [LookedUp(LONG_AGO, "t1", RUI), LookedUp(MONDAY, "t1", RUI), LookedUp(MONDAY, "t2", NOA)]
    group.store(AskingStore, AskingStore.count, found, [])
    assert by(["t1", "t2", "t3"], [RUI, KAVYA]) == {"t1"}
    assert by(["t1", "t2"], [RUI, NOA]) == {"t1", "t2"}
    assert by([], [RUI]) == by(["t1"], []) == by(["t2"], [RUI]) == set()


def test_what_is_older_than_anybody_asks_for_is_forgotten(group: Group, other: Group) -> None:
    for each in (group, other):
        found = [LookedUp(week, "t1", RUI) for week in (LONG_AGO, BEFORE, MONDAY)]
        missed = [Missed(week, "zeta", RUI, True, "Zeta") for week in (LONG_AGO, BEFORE, MONDAY)]
        each.store(AskingStore, AskingStore.count, found, missed)
    group.store(AskingStore, AskingStore.forget, BEFORE)
    for each, n in ((group, 2), (other, 3)):
        assert [one.n for one in each.store(AskingStore, AskingStore.looked_up, LONG_AGO)] == [n]
        assert [one.n for one in each.store(AskingStore, AskingStore.missed, LONG_AGO)] == [n]


def test_look_ups_and_words_that_are_no_terms_stay_in_their_workspace(group: Group, other: Group) -> None:
    group.store(
        AskingStore, AskingStore.count, [LookedUp(MONDAY, "t1", RUI)], [Missed(MONDAY, "zeta", RUI, True, "Zeta")]
    )
    for _ in range(2):
        group.store(AskingStore, AskingStore.ignore, "zeta", RUI, NOW)
    assert group.store(AskingStore, AskingStore.ignored) == {"zeta"}
    assert other.store(AskingStore, AskingStore.ignored) == frozenset()
    assert other.store(AskingStore, AskingStore.looked_up, BEFORE) == []
    assert other.store(AskingStore, AskingStore.missed, BEFORE) == []
    assert other.store(AskingStore, AskingStore.most_looked_up, [RUI], BEFORE, 9) == []
    assert other.store(AskingStore, AskingStore.looked_up_by, ["t1"], [RUI]) == set()


def test_a_term_has_one_hint_in_a_channel_and_week(group: Group, other: Group) -> None:
    def give(channel: str, ts: str, terms: Sequence[str], week: date, to: Group = group) -> tuple[str, ...]:
        return to.store(HintStore, HintStore.give, channel, ts, terms, week)

    assert give("C1", "1.0", ["t2", "t1"], MONDAY) == ("t2", "t1")
    assert give("C1", "2.0", ["t1", "t3"], MONDAY) == ("t3",)
    assert give("C2", "3.0", ["t1"], MONDAY) == ("t1",)
    assert give("C1", "4.0", ["t1"], MONDAY + timedelta(days=7)) == ("t1",)
    assert give("C1", "1.0", ["t1"], MONDAY, other) == ("t1",)
    assert give("C1", "5.0", [], MONDAY) == ()
    assert group.store(HintStore, HintStore.given, "C1", "1.0") == ("t1", "t2")
    assert group.store(HintStore, HintStore.given, "C1", "2.0") == ("t3",)
    assert group.store(HintStore, HintStore.given, "C1", "5.0") == ()
    assert other.store(HintStore, HintStore.given, "C2", "3.0") == ()


def test_of_two_messages_at_once_one_has_the_hint(group: Group) -> None:
    def give(ts: str) -> tuple[str, ...]:
        return group.store(HintStore, HintStore.give, "C1", ts, ["t1"], MONDAY)

    with ThreadPoolExecutor(4) as windows:
        found = list(windows.map(give, ["1.0", "2.0", "3.0", "4.0"]))
    assert sorted(found) == [(), (), (), ("t1",)]


def test_channels_switch_hints_on_and_off(group: Group, other: Group) -> None:
    for channel in ("C1", "C1", "C2"):
        group.store(HintStore, HintStore.switch_on, channel, RUI, NOW)
    other.store(HintStore, HintStore.switch_on, "C1", RUI, NOW)
    group.store(HintStore, HintStore.switch_off, "C1")
    group.store(HintStore, HintStore.switch_off, "C9")
    assert group.store(HintStore, HintStore.channels) == {"C2"}
    assert other.store(HintStore, HintStore.channels) == {"C1"}


def test_suggestions_come_back_oldest_first_until_they_are_settled(group: Group, other: Group) -> None:
    def of_term(term: str, of: Group = group) -> list[str]:
        return [each.id for each in of.store(SuggestionStore, SuggestionStore.open_of, term)]

    def everywhere(limit: int = 9) -> list[str]:
        return [each.id for each in group.store(SuggestionStore, SuggestionStore.open, limit)]

    first = Suggestion("s1", "t1", 3, FULL, KAVYA, NOW, "It was empty")
    before = Suggestion("s2", "t1", 1, named("ARR"), NOA, NOW - timedelta(days=1), "")
    apart = Suggestion("s3", "t2", 1, named("MRR"), NOA, NOW + timedelta(days=1), "")
    for each in (first, before, apart):
        group.store(SuggestionStore, SuggestionStore.add, each)
    other.store(SuggestionStore, SuggestionStore.add, first)
    assert of_term("t1") == ["s2", "s1"]
    assert everywhere() == ["s2", "s1", "s3"]
    assert everywhere(1) == ["s2"]
    assert group.store(SuggestionStore, SuggestionStore.get, "s1") == first
    settled = replace(first, state="declined", settled_by=RUI)
    group.store(SuggestionStore, SuggestionStore.settle, settled)
    assert group.store(SuggestionStore, SuggestionStore.get, "s1", lock=True) == settled
    assert (of_term("t1"), everywhere()) == (["s2"], ["s2", "s3"])
    assert of_term("t1", other) == ["s1"]
    assert other.store(SuggestionStore, SuggestionStore.get, "s1") == first
    assert other.store(SuggestionStore, SuggestionStore.get, "s2") is None


def test_a_file_waits_for_her_word_and_is_forgotten_in_time(group: Group, other: Group) -> None:
    rows = (Row(1, Wording("Übersicht 🚀", senses=(Sense("Alles.", links=("https://a.example",)),)), "accepted"),)
    file = HeldFile("f1", RUI, NOW, "glossary.csv", rows, "seal")
    old: HeldFile[Row] = HeldFile("f2", RUI, NOW - timedelta(days=3), "old.csv", (), "seal")
    for each in (file, old):
        group.store(FileStore, FileStore.hold, each)
        other.store(FileStore, FileStore.hold, each)

    def held(of: Group, name: str) -> HeldFile[Row] | None:
        return of.store(FileStore, FileStore.get, name)

    group.store(FileStore, FileStore.agree, "f1")
    assert held(group, "f1") == replace(file, state="agreed")
    group.store(FileStore, FileStore.show, "f1", "another seal")
    assert held(group, "f1") == replace(file, seen="another seal")
    group.store(FileStore, FileStore.settle, "f1", "imported")
    assert held(group, "f1") == replace(file, seen="another seal", rows=(), state="imported")
    assert held(other, "f1") == file
    other.store(FileStore, FileStore.agree, "f2")
    for of in (group, other):
        of.store(FileStore, FileStore.forget, NOW)
    assert held(group, "f2") is None
    assert held(other, "f2") == replace(old, state="agreed"), "what is about to be imported is kept"


def test_many_who_add_at_once_get_ids_and_versions_of_their_own(group: Group) -> None:
    with ThreadPoolExecutor(4) as windows:
        made = list(windows.map(lambda n: add(group, a_term(f"a{n}"), a_term(f"b{n}")), range(6)))
    ids = [term.id for pair in made for term in pair]
    assert len(set(ids)) == 12
    assert group.version() == 12
    assert [term.id for term in group.store(TermStore, TermStore.since, 0)] == [f"t{n}" for n in range(1, 13)]
