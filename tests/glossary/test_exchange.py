"""What is wrong with the rows of a file, and what they would change in a glossary."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.checking import LONGEST_LINK, faults
from glossary.exchange import Plan, Problem, Row, check, plan, state_of, tidied, within, writable
from glossary.settings import Domain, GlossarySettings
from glossary.terms import Sense, State, Term, Wording
from glossary.words import key as level
from tests.glossary.wordings import patient, rows, states, wordings

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
PEOPLE = {"@dana": "UDANA", "rui@acme.example": "URUI", "UDANA": "UDANA"}
DOMAINS = {"finance": "finance", "the numbers": "finance", "growth": "growth"}
SAID = Sense("Money that comes every year.")


def row(name: str = "ARR", *senses: Sense, at: int = 2, state: State = "accepted", also: tuple[str, ...] = ()) -> Row:
    return Row(at, Wording(name, (), also, senses or (SAID,)), state)


def term(name: str = "ARR", *senses: Sense, state: State = "accepted", key: str = "") -> Term:
    wording = Wording(name, (), (), senses or (SAID,))
    return Term(key or f"T{name}", wording, state, 1, "UDANA", NOW, NOW)


def planned(*rows: Row, known: tuple[Term, ...] = (), domains: Mapping[str, str] = DOMAINS) -> Plan:
    return plan(rows, {level(each.name): each for each in known}, level, PEOPLE.get, domains)


WRONG = [
    (row(""), "There is no name. Write what people call this term."),
    (row("?!"), "Nobody could look up “?!”. Write a name with letters or digits."),
    (row("x" * 81), f"The name “{'x' * 59}…” has 81 characters. Keep 80 at most."),
    (row(also=("y" * 1234,)), f"The name “{'y' * 59}…” has 1,234 characters. Keep 80 at most."),
    (row(also=tuple(map(str, range(20)))), "There are 21 names for “ARR”. Keep 20 at most."),
    (row(state=state_of("Acepted")), "“acepted” is no state. Write accepted, suggested, disputed or retired."),
    (
        row("ARR", Sense(example="It was 4 million.", domain="finance")),
        "Nothing says what “ARR” means. Write it for the business side, the technical side or both.",
    ),
    (
        row("ARR", Sense("x" * 1501)),
        "The business definition has 1,501 characters. Keep 1,500 at most, and link to the rest.",
    ),
    (
        row("ARR", Sense(technical="x" * 1501)),
        "The technical definition has 1,501 characters. Keep 1,500 at most, and link to the rest.",
    ),
    (
        row("ARR", Sense("x", example="x" * 1501)),
        "The example has 1,501 characters. Keep 1,500 at most, and link to the rest.",
    ),
    (
        row("ARR", *(Sense(str(number)) for number in range(9))),
        "There are 9 meanings. Keep 8 at most, or make several terms.",
    ),
    (
        row("ARR", Sense("x", links=tuple(f"https://a.example/{number}" for number in range(6)))),
        "There are 6 links in one meaning. Keep 5 at most.",
    ),
    (
        row("ARR", Sense("x", links=("wiki/ARR",))),
        "“wiki/ARR” is no web address. Write it with https:// and without blanks.",
    ),
    (
        row("ARR", Sense("x", links=("javascript:alert(1)",))),
        "“javascript:alert(1)” is no web address. Write it with https:// and without blanks.",
    ),
    (
        row("ARR", Sense("x", links=("https://a.example|b>",))),
        "“https://a.example|b>” is no web address. Write it with https:// and without blanks.",
    ),
    (
        row("ARR", Sense("x", links=("https://a.example/" + "x" * 500,))),
        f"The link “https://a.example/{'x' * 41}…” has 518 characters. Keep 500 at most.",
    ),
    (
        row("ARR", Sense("x", links=("https://[a.example/b",))),
        "“https://[a.example/b” is no web address. Write it with https:// and without blanks.",
    ),
    (
        row("ARR", Sense("x", domain="d" * 81)),
        f"The domain “{'d' * 59}…” has 81 characters. Keep 80 at most.",
    ),
    (
        row("ARR", Sense("a\0b")),
        "There is an invisible character (U+0000). Delete it, or type the text again.",
    ),
    (
        row("ARR", Sense("x", business_owner="@da\ud800na")),
        "There is an invisible character (U+D800). Delete it, or type the text again.",
    ),
]


@pytest.mark.parametrize(("wrong", "sentence"), WRONG, ids=lambda case: case[:40] if isinstance(case, str) else "")
def test_a_wrong_row_gets_its_sentence(wrong: Row, sentence: str) -> None:
    assert check([row("MRR", at=1), wrong], level) == (Problem(2, sentence),)


def test_a_row_is_told_all_that_is_wrong_with_it_once() -> None:
    sense = Sense(business_owner="@nobody", technical_owner="@nobody", links=("x", "y"))
    told = planned(row("", sense, at=7)).problems
    assert [(problem.at, problem.what.split(".")[0]) for problem in told] == [
        (7, "There is no name"),
        (7, "Nothing says what this term means"),
        (7, "“x” is no web address"),
        (7, "“y” is no web address"),
        (7, "“@nobody” is nobody here"),
    ]


@pytest.mark.parametrize(
    ("again", "sentence"),
    [
        ("ARR", "“ARR” is there twice. Keep one: a second meaning belongs to the same term."),
        ("a.r.r.", "“a.r.r.” is the same name as “ARR”. Keep one: a second meaning belongs to the same term."),
        ("ARRs", "“ARRs” is the same name as “ARR”. Keep one: a second meaning belongs to the same term."),
    ],
)
def test_the_same_name_twice_is_told_where_it_comes_again(again: str, sentence: str) -> None:
    assert check([row(at=2), row("MRR", at=3), row(again, at=4)], level) == (Problem(4, sentence),)


def test_all_that_terms_may_hold_is_fine() -> None:
    full = Sense("b" * 1500, "t" * 1500, "e" * 1500, "@dana", "@rui", ("HTTP://a.example/b?c=d#e",) * 5, "d" * 80)
    names = tuple(str(number) for number in range(19))
    wording = Wording("n" * 80, names[:9], names[9:], tuple(Sense(f"{number}{'b' * 1499}") for number in range(7)))
    whole = Row(1, Wording(wording.name, wording.expansions, wording.aliases, (*wording.senses, full)), "retired")
    assert check([whole], level) == ()


def test_what_is_new_changed_and_the_same_is_told_apart() -> None:
    known = term("ARR"), term("MRR"), term("Churn", state="disputed"), term("NPS")
    file = row("arr"), row("MRR", at=3), row("churn", at=4), row("LTV", at=5)
    found = planned(*file, known=known)
    assert found == Plan((file[3],), ((file[0], known[0]), (file[2], known[2])), 1, ())


def test_owners_become_users_and_domains_keys() -> None:
    sense = Sense("x", "y", "", "@dana", "rui@acme.example", (), "The  Numbers")
    assert planned(row("ARR", sense)).new == (row("ARR", Sense("x", "y", "", "UDANA", "URUI", (), "finance")),)


def test_what_was_said_twice_under_two_names_of_one_domain_is_said_once() -> None:
    found = planned(row("ARR", Sense("x", domain="finance"), Sense("x", domain="The numbers")))
    assert found.new == (row("ARR", Sense("x", domain="finance")),)


@pytest.mark.parametrize(
    ("sense", "sentence"),
    [
        (
            Sense("x", technical_owner="@danna"),
            "“@danna” is nobody here. Write “@handle”, an email address or a member id (U…).",
        ),
        (
            Sense("x", domain="finanse"),
            "“finanse” is no domain here. Write “finance”, “growth”, or leave it out.",
        ),
    ],
)
def test_an_owner_or_domain_that_nobody_knows_is_told(sense: Sense, sentence: str) -> None:
    assert planned(row("ARR", sense)) == Plan((), (), 0, (Problem(2, sentence),))


def test_of_many_domains_some_are_named() -> None:
    domains = {f"domain {number}": f"d{number}" for number in range(12)}
    told = planned(row("ARR", Sense("x", domain="finance")), domains=domains).problems[0].what
    assert told.endswith("“domain 8”, “domain 9” …, or leave it out.")


def test_where_there_are_no_domains_any_is_taken_as_it_is_written() -> None:
    written = row("ARR", Sense("x", domain="Über-Finance"))
    assert planned(written, domains={}).new == (written,)


def test_an_owner_who_left_and_a_domain_that_went_may_stay_in_their_term() -> None:
    sense = Sense("x", business_owner="UGONE", domain="gone")
    for had in (sense, Sense("x", business_owner=" UGONE", domain="gone\n")):
        assert planned(row("ARR", sense), known=(term("ARR", had),)).same == 1
    assert len(planned(row("MRR", sense), known=(term("ARR", sense),)).problems) == 2


def test_two_rows_for_one_term_are_told_where_it_goes_by_two_names() -> None:
    known = term("ARR")
    found = plan([row(), row("Run rate", at=3)], {"arr": known, "run rate": known}, level, PEOPLE.get, DOMAINS)
    sentence = "“Run rate” is the same term as “ARR”, which is in this file too. Keep one of them."
    assert found == Plan((), (), 1, (Problem(3, sentence),))


def test_problems_come_in_the_order_of_the_rows_and_leave_the_others_alone() -> None:
    found = planned(row("b", at=9), row("", at=8), row("a", Sense("x", domain="?"), at=3), row("c", at=1))
    assert [problem.at for problem in found.problems] == [3, 8]
    assert [each.wording.name for each in found.new] == ["b", "c"]


def test_what_is_typed_untidily_is_tidied() -> None:
    untidy = Sense(" a \r\n\r\n  b\t\rc\u2028d ", links=("https://a.example ", ""), domain="the\nnumbers")
    wording = Wording("  annual\u00a0 run\n rate ", ("", "x", " x "), (), (Sense(" "), untidy, untidy))
    clean = Sense("a\n\n  b\nc\nd", links=("https://a.example",), domain="the numbers")
    assert tidied(wording) == Wording("annual run rate", ("x",), (), (clean,))


def test_nothing_at_all_is_one_empty_sense() -> None:
    assert tidied(Wording("", (), (), ())) == Wording("")


def test_what_no_file_could_give_back_is_left_out_of_files() -> None:
    assert writable(Wording("a\0b\ud800", senses=(Sense("c\x07\r\nd\x85e\uffff"),))) == Wording(
        "ab", senses=(Sense("c\nd\ne"),)
    )


@pytest.mark.parametrize(
    ("written", "state"), [("", "accepted"), (" Disputed\n", "disputed"), ("retired", "retired"), ("old", "old")]
)
def test_a_state_is_read_as_it_is_typed(written: str, state: str) -> None:
    assert state_of(written) == state


@patient
@given(wordings)
def test_what_is_tidied_stays_as_it_is(wording: Wording) -> None:
    assert tidied(tidied(wording)) == tidied(wording) == writable(wording)


@patient
@given(st.lists(st.tuples(wordings, states), max_size=3))
def test_a_glossary_planned_against_itself_changes_nothing(glossary: list[tuple[Wording, State]]) -> None:
    glossary = list({level(wording.name): (wording, state) for wording, state in glossary}.values())
    known = {
        level(wording.name): Term(str(n), wording, state, 1, "", NOW, NOW)
        for n, (wording, state) in enumerate(glossary)
    }
    file = [Row(n, tidied(wording), state) for n, (wording, state) in enumerate(glossary)]
    found = plan(file, known, level, PEOPLE.get, DOMAINS)
    wrong = {problem.at for problem in check(file, level)}
    assert (found.new, found.changed) == ((), ())
    assert found.same == len(file) - len(wrong)
    assert {problem.at for problem in found.problems} == wrong


@patient
@given(st.lists(rows, max_size=3))
def test_every_row_is_in_exactly_one_place_of_a_plan(file: list[Row]) -> None:
    file = [Row(n, each.wording, each.state) for n, each in enumerate(file)]
    found = plan(file, {}, level, PEOPLE.get, DOMAINS)
    assert sorted([each.at for each in found.new] + list({each.at for each in found.problems})) == list(
        range(len(file))
    )


@pytest.mark.parametrize(
    "wording",
    [
        Wording("ARR", tuple(f"a{n}" for n in range(12)), tuple(f"b{n}" for n in range(12)), (SAID,)),
        Wording("ARR", senses=(Sense("x", links=("https://a.example/b|c",)),)),
        Wording("ARR", senses=(Sense("x", links=("https://a.example/<b",)),)),
        Wording("ARR", senses=(Sense("x", links=("https://a.example/" + "x" * (LONGEST_LINK + 1),)),)),
        Wording("ARR", senses=(Sense("x", links=("https://[a",)),)),
        Wording("ARR", senses=(Sense("x", domain="d" * 81),)),
        Wording("?!", senses=(SAID,)),
    ],
)
def test_what_no_form_takes_no_file_brings_either(wording: Wording) -> None:
    assert list(faults(wording))
    assert check([Row(2, wording, "accepted")], level)


@patient
@given(wordings)
def test_forms_and_files_take_the_same_wordings(wording: Wording) -> None:
    wording = tidied(wording)
    assert bool(list(faults(wording))) == bool(check([Row(1, wording, "accepted")], level))


SETTINGS = GlossarySettings(
    stewards=("UMARTA",),
    domains={
        "finance": Domain("finance", "Finance", ("UDANA", "UEVA", "UFAY", "UGUS")),
        "growth": Domain("growth", "Growth", ("URUI",)),
        "legal": Domain("legal", "Legal"),
    },
    admins=frozenset({"UADMIN"}),
)
FINANCE, GROWTH = Sense("x", business_owner="UOWNER", domain="finance"), Sense("x", domain="growth")
CHANGED = Sense("y", business_owner="UOWNER", domain="finance")


@pytest.mark.parametrize(
    ("user", "changes", "sentence"),
    [
        ("UDANA", row("ARR", CHANGED), None),
        ("UADMIN", row("ARR", CHANGED, state="retired"), None),
        ("UOWNER", row("ARR", CHANGED), None),
        (
            "UOWNER",
            row("ARR", CHANGED, state="retired"),
            "“ARR” belongs to “Finance” and is tended by @dana, UEVA, UFAY and others, who alone say whether it is "
            "retired. Write accepted, or let one of them import it.",
        ),
        (
            "URUI",
            row("ARR", GROWTH),
            "“ARR” belongs to “Finance” and is tended by @dana, UEVA, UFAY and others. Let one of them import it, "
            "or leave it out.",
        ),
        ("URUI", row("ARR", FINANCE), None),
        ("URUI", row("Churn", GROWTH), None),
        ("URUI", row("Churn", FINANCE, GROWTH), None),
        (
            "UDANA",
            row("Churn", GROWTH),
            "“Churn” belongs to “Growth” and is tended by URUI. Let one of them import it, or leave it out.",
        ),
        (
            "UDANA",
            row("Churn", Sense("x", domain="legal")),
            "“Churn” belongs to “Legal” and is tended by UMARTA. Let one of them import it, or leave it out.",
        ),
        (
            "UDANA",
            row("Churn"),
            "“Churn” belongs to no domain and is tended by UMARTA. Let one of them import it, or leave it out.",
        ),
    ],
)
def test_nobody_imports_what_she_could_not_write(user: str, changes: Row, sentence: str | None) -> None:
    known, called = term("ARR", FINANCE), {"UDANA": "@dana"}
    domains = {key: key for key in SETTINGS.domains}
    whole = plan([changes], {"arr": known}, level, {"UOWNER": "UOWNER"}.get, domains)
    found = within(whole, user, SETTINGS, lambda each: called.get(each, each))
    assert found == (whole if sentence is None else Plan((), (), 0, (Problem(2, sentence),)))


def test_a_plan_is_another_once_a_term_that_it_changes_has_changed() -> None:
    here = term("ARR", GROWTH)
    moved = replace(here, revision=2)
    file = row("ARR", Sense("y")), row("MRR", at=3)
    assert planned(*file, known=(here,)).seal == planned(*file, known=(here, term("NPS"))).seal
    seals = {
        planned(*file, known=(here,)).seal,
        planned(*file, known=(moved,)).seal,
        planned(file[0], known=(here,)).seal,
        planned(*file).seal,
        planned(*file, known=(here, term("MRR"))).seal,
    }
    assert len(seals) == 4, "the one with MRR there does what the file without it does"
