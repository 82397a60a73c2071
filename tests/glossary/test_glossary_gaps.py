"""What several people met and the glossary does not explain: nothing that was said in private, no names, no noise."""

from collections.abc import Callable, Mapping
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.gaps import EXAMPLE, Gap, Seen, Sought, rank
from glossary.store import AskingStore, Missed
from glossary.terms import Wording
from glossary.usecases import missing
from glossary.usecases.asking import week_of
from tests.glossary.group import DANA, KAVYA, NOA, RUI, Group, named, person
from tests.glossary.wordings import patient

FUNCTIONS = {RUI: "engineering", KAVYA: "engineering", NOA: "sales"}


def ranked(
    *met: Seen | Sought,
    functions: Mapping[str, str] = FUNCTIONS,
    known: Callable[[str], bool] = lambda key: False,
) -> list[Gap]:
    seen = [each for each in met if isinstance(each, Seen)]
    return rank(seen, [each for each in met if isinstance(each, Sought)], functions, known)


def wrote(user: str, text: str, sentence: str = "") -> Seen:
    return Seen(text.lower(), text, user, sentence or f"About {text}.")


def sought(user: str, text: str) -> Sought:
    return Sought(text.lower(), text, user)


def keys(gaps: list[Gap]) -> list[str]:
    return [gap.key for gap in gaps]


@pytest.mark.parametrize(
    ("met", "people"),
    [
        ([wrote(RUI, "SLO")], None),
        ([wrote(RUI, "SLO"), wrote(RUI, "SLO"), sought(RUI, "SLO")], None),
        ([wrote(RUI, "SLO"), wrote(NOA, "MTTR")], None),
        ([wrote(RUI, "SLO"), wrote(NOA, "slo")], 2),
        ([wrote(RUI, "SLO"), sought(NOA, "slo")], 2),
        ([sought(RUI, "SLO"), sought(NOA, "SLO"), sought(DANA, "SLO"), sought(DANA, "SLO")], 3),
        ([wrote(RUI, ""), wrote(NOA, "")], None),
    ],
)
def test_a_word_is_a_gap_when_two_people_met_it(met: list[Seen | Sought], people: int | None) -> None:
    assert [gap.people for gap in ranked(*met)] == ([people] if people else [])


def test_people_are_counted_by_function_with_most_first() -> None:
    [gap] = ranked(
        *(wrote(user, "SLO") for user in (RUI, RUI, KAVYA, NOA, "UGUEST")), sought(NOA, "SLO"), sought(DANA, "SLO")
    )
    assert gap.written == (("engineering", 2), ("", 1), ("sales", 1))
    assert gap.missed == (("", 1), ("sales", 1))
    assert gap.people == 5


@pytest.mark.parametrize(
    ("met", "crosses"),
    [
        ([wrote(RUI, "SLO"), sought(NOA, "SLO")], True),
        ([wrote(RUI, "SLO"), sought(KAVYA, "SLO")], False),
        ([wrote(RUI, "SLO"), sought(KAVYA, "SLO"), sought(NOA, "SLO")], True),
        ([wrote(RUI, "SLO"), wrote(NOA, "SLO")], False),
        ([sought(RUI, "SLO"), sought(NOA, "SLO")], False),
    ],
)
def test_a_gap_crosses_where_one_function_writes_it_and_another_looks_for_it(
    met: list[Seen | Sought], crosses: bool
) -> None:
    assert [gap.crosses for gap in ranked(*met)] == [crosses]


def test_most_people_come_first_then_what_crosses_then_what_more_functions_look_for() -> None:
    met: list[Seen | Sought] = [
        *(wrote(user, "three") for user in (RUI, KAVYA, NOA)),
        *(wrote(user, "within") for user in (RUI, KAVYA)),
        *(wrote(user, "alike") for user in (RUI, KAVYA)),
        *(sought(user, "both") for user in (RUI, NOA)),
        wrote(RUI, "crossing"),
        sought(NOA, "crossing"),
    ]
    assert keys(ranked(*met)) == ["three", "crossing", "both", "alike", "within"]


def test_what_is_known_is_no_gap() -> None:
    met = [sought(user, text) for user in (RUI, NOA) for text in ("SLO", "MTTR")]
    assert keys(ranked(*met, known={"slo"}.__contains__)) == ["mttr"]


def test_a_gap_is_spelt_as_most_do_and_shown_in_its_shortest_sentence() -> None:
    long = "x" * EXAMPLE
    met: list[Seen | Sought] = [
        wrote(RUI, "slo", "The slo is tight."),
        wrote(NOA, "SLO", "An SLO!"),
        sought(NOA, "SLO"),
        *(wrote(user, "MTTR", f"{long} MTTR") for user in (RUI, NOA)),
        *(wrote(user, text, long) for user, text in ((RUI, "b"), (NOA, "B"))),
    ]
    assert {gap.key: (gap.text, gap.example) for gap in ranked(*met)} == {
        "slo": ("SLO", "An SLO!"),
        "mttr": ("MTTR", ""),
        "b": ("B", long),
    }


@patient
@given(
    st.lists(st.builds(wrote, st.sampled_from([RUI, NOA, KAVYA]), st.sampled_from(["SLO", "slo", "MTTR"]))),
    st.lists(st.builds(sought, st.sampled_from([RUI, NOA, DANA]), st.sampled_from(["SLO", "slo", "MTTR"]))),
)
def test_it_makes_no_difference_who_came_first(seen: list[Seen], missed: list[Sought]) -> None:
    found = ranked(*seen, *missed)
    assert found == ranked(*reversed(seen), *reversed(missed))
    for gap in found:
        writers = {each.user for each in seen if each.key == gap.key}
        seekers = {each.user for each in missed if each.key == gap.key}
        assert (gap.people, len(writers), len(seekers)) == (
            len(writers | seekers),
            sum(n for _, n in gap.written),
            sum(n for _, n in gap.missed),
        )


def gaps(group: Group, *said: tuple[str, str]) -> list[Gap]:
    known = group.see(missing.names)
    return [gap for gap in group.see(missing.met_by_several, said, group.now) if gap.key not in known]


def misses(group: Group, key: str, *users: str, public: bool = True, weeks: int = 0) -> None:
    week = week_of(group.now - timedelta(weeks=weeks))
    group.store(AskingStore, AskingStore.count, [], [Missed(week, key, user, public, key.upper()) for user in users])


def test_answers_and_look_ups_in_vain_meet_in_one_gap(group: Group) -> None:
    group.people()
    misses(group, "slo", NOA, DANA)
    found = gaps(group, (RUI, "We broke\n  the SLO twice."), (KAVYA, "The SLOs are new."), (NOA, "Nothing new."))
    assert found == [
        Gap("slo", "SLO", 4, (("engineering", 2),), (("finance", 1), ("sales", 1)), "The SLOs are new."),
    ]
    assert found[0].crosses


def test_what_is_looked_up_in_private_never_counts(group: Group) -> None:
    group.people()
    misses(group, "falcon", NOA, DANA, KAVYA, public=False)
    misses(group, "slo", NOA)
    misses(group, "slo", DANA, public=False)
    assert gaps(group) == []
    misses(group, "slo", KAVYA)
    assert keys(gaps(group)) == ["slo"]
    assert gaps(group)[0].people == 2


def test_what_was_looked_up_long_ago_no_longer_counts(group: Group) -> None:
    misses(group, "old", NOA, DANA, weeks=9)
    misses(group, "recent", NOA, DANA, weeks=8)
    assert keys(gaps(group)) == ["recent"]


def test_a_word_that_is_no_term_is_shown_nobody_again(group: Group) -> None:
    misses(group, "slo", NOA, DANA)
    misses(group, "mttr", NOA, DANA)
    for _ in range(2):
        group.do(missing.ignore, "slo", RUI, group.now)
    assert keys(gaps(group)) == ["mttr"]


def test_peoples_names_are_no_gaps(group: Group) -> None:
    group.people([person("UZOE", deactivated=True), person("UBOTTY", bot=True)])
    for name in ("noa", "zoe", "botty", "slo"):
        misses(group, name, RUI, KAVYA)
    assert keys(gaps(group)) == ["slo"]


@pytest.mark.parametrize("name", ["SLO", "slos", "S.L.O."])
def test_what_the_glossary_answers_to_is_no_gap_even_when_it_is_retired(group: Group, name: str) -> None:
    misses(group, "slo", NOA, DANA)
    for wording in (
        named(name),
        Wording("Objective", (), (name,), named("x").senses),
        Wording("Service level", (name,), (), named("x").senses),
    ):
        assert keys(gaps(group)) == ["slo"]
        term = group.add(wording)
        assert gaps(group) == []
        term = group.retire(term).term
        assert gaps(group) == []
        group.changed(term, named(f"Another {term.id}"))


def test_gaps_of_one_workspace_are_not_those_of_another(group: Group) -> None:
    other = Group(group.database, f"{group.team}B")
    misses(other, "slo", NOA, DANA)
    assert gaps(group) == []
    assert keys(gaps(other)) == ["slo"]
