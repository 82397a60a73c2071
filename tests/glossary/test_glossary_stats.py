"""The glossary in numbers: people are only counted, and what was looked for in private is not named."""

from datetime import timedelta

from glossary.store import AskingStore, LookedUp, Missed
from glossary.terms import Sense
from glossary.usecases import owners
from glossary.usecases.asking import week_of
from glossary.usecases.stats import TOP, Stats, stats
from tests.glossary.group import ADA, DANA, KAVYA, NOA, RUI, Group, named, new_team, said


def seen(group: Group) -> Stats:
    return group.see(stats, group.everything(), group.settings, group.now)


def found(group: Group, term: str, user: str, n: int = 1, *, weeks: int = 0) -> None:
    week = week_of(group.now - timedelta(weeks=weeks))
    group.store(AskingStore, AskingStore.count, [LookedUp(week, term, user, n)], [])


def missed(group: Group, text: str, *users: str, n: int = 1, public: bool = True, weeks: int = 0) -> None:
    week = week_of(group.now - timedelta(weeks=weeks))
    rows = [Missed(week, text.lower(), user, public, text, n) for user in users]
    group.store(AskingStore, AskingStore.count, [], rows)


def test_an_empty_glossary_has_nothing_to_count(group: Group) -> None:
    assert seen(group) == Stats(12, 0, 0, 0, 0, 0, 0, 0, (), (), ())


def test_terms_are_counted_by_how_whole_and_how_settled_they_are(group: Group) -> None:
    both = said("Money.", "SUM")
    group.add(named("whole", both, both))
    group.add(named("half", both, said("Money.")))
    group.add(named("other half", Sense(technical="SUM")), KAVYA)
    group.dispute(group.add(named("disputed", both)))
    group.retire(group.add(named("retired", both)))
    found = seen(group)
    assert (found.terms, found.whole, found.waiting, found.stale) == (4, 2, 1, 0)


def test_a_term_is_stale_once_its_owners_let_the_question_pass(group: Group) -> None:
    for name in ("ARR", "Churn"):
        group.add(named(name, said(owner=RUI)))
    group.later(days=181)
    group.people()
    group.do(owners.take_unconfirmed, group.settings, (), group.now)
    group.later(days=6)
    assert seen(group).stale == 0
    group.later(days=1)
    assert seen(group).stale == 2
    group.confirm(group.everything()[0], RUI)
    assert seen(group).stale == 1


def test_look_ups_are_counted_by_function_and_people_once(group: Group) -> None:
    group.people()
    arr = group.add("ARR").id
    for user, n, weeks in ((RUI, 3, 0), (RUI, 2, 5), (KAVYA, 1, 12), (NOA, 4, 0), (ADA, 1, 0), (DANA, 9, 13)):
        found(group, arr, user, n, weeks=weeks)
    missed(group, "SLO", NOA, "UGUEST", n=2)
    missed(group, "MTTR", NOA, public=False)
    missed(group, "old", DANA, weeks=13)
    told = seen(group)
    assert (told.lookups, told.misses, told.people) == (11, 5, 5)
    assert told.by_function == (("", 1, 2), ("engineering", 6, 0), ("sales", 4, 3))
    assert sum(hits for _, hits, _ in told.by_function) == told.lookups
    assert sum(misses for *_, misses in told.by_function) == told.misses


def test_most_looked_up_are_terms_in_use_by_name_where_they_are_even(group: Group) -> None:
    terms = {name: group.add(name) for name in ("Zeta", "ARR", "Churn", "Burn", "MRR", "Sprint", "Retired")}
    counts = {"Zeta": 2, "ARR": 2, "Churn": 5, "Burn": 1, "MRR": 2, "Sprint": 1, "Retired": 99}
    for name, n in counts.items():
        found(group, terms[name].id, RUI, n)
    found(group, terms["Churn"].id, NOA, 2)
    found(group, "gone", NOA, 50)
    group.retire(terms["Retired"])
    told = seen(group)
    assert told.most == (("Churn", 7), ("ARR", 2), ("MRR", 2), ("Zeta", 2), ("Burn", 1))
    assert len(told.most) == TOP
    assert told.lookups == 164


def test_wanted_is_what_two_people_looked_for_in_public_and_nobody_called_no_term(group: Group) -> None:
    missed(group, "SLO", RUI, NOA, DANA)
    missed(group, "MTTR", RUI, NOA)
    missed(group, "alone", RUI, n=9)
    missed(group, "falcon", RUI, NOA, public=False)
    missed(group, "half", RUI)
    missed(group, "half", NOA, public=False)
    missed(group, "no term", RUI, NOA)
    group.store(AskingStore, AskingStore.ignore, "no term", RUI, group.now)
    assert seen(group).wanted == (("SLO", 3), ("MTTR", 2))
    for n in range(9):
        missed(group, f"word {n}", RUI, NOA)
    assert len(seen(group).wanted) > TOP


def test_another_workspace_has_numbers_of_its_own(group: Group) -> None:
    found(group, group.add("ARR").id, RUI)
    missed(group, "SLO", RUI, NOA)
    assert seen(Group(group.database, new_team())) == Stats(12, 0, 0, 0, 0, 0, 0, 0, (), (), ())
