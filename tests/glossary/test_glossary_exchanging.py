"""A whole glossary in or out: what was foretold is what happens, all of it or nothing, and what went out comes back."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glossary.checking import faults, is_link
from glossary.exchange import Plan, Row, check, tidied
from glossary.settings import Domain, GlossarySettings
from glossary.store import FileStore
from glossary.terms import Sense, State, Term, Wording
from glossary.usecases import editing, exchanging
from glossary.usecases.editing import Changed
from glossary.words import key
from rituals.held import KEPT, HeldFile
from rituals.tables import Tx
from tests.glossary.group import ADA, DANA, KAVYA, MARTA, NOA, RUI, SETTINGS, Group, named, new_team, person, said
from tests.glossary.wordings import patient, rows

if TYPE_CHECKING:
    from bot.database import Database

WRONG = Row(9, named("?!"), "accepted")


def row(name: str, *senses: Sense, at: int = 1, state: State = "accepted") -> Row:
    return Row(at, named(name, *senses), state)


def planned(group: Group, *file: Row) -> Plan:
    return group.see(exchanging.planned, file, group.settings)


def brought(group: Group, *file: Row, by: str = MARTA) -> Plan:
    return group.do(exchanging.bring_in, file, by, group.settings, group.now)


def sent(group: Group) -> list[Row]:
    return group.see(exchanging.sent_out, group.settings)


def test_a_file_brings_new_terms_and_changes_and_leaves_the_same_alone(group: Group) -> None:
    group.people()
    arr, mrr = group.add(named("ARR", said("Money."))), group.add("MRR")
    same = group.add("Churn")
    group.dispute(mrr, "Which month?")
    group.later(days=1)
    file = (
        row("a.r.r.", said("Cash.", owner="@rui", domain="Revenue")),
        row("MRR", at=2),
        row("Churn", at=3),
        row("Burn", at=4, state="suggested"),
    )
    version = group.version()
    foretold = planned(group, *file)
    assert (len(foretold.new), len(foretold.changed), foretold.same, foretold.problems) == (1, 2, 1, ())
    assert group.version() == version
    assert brought(group, *file) == foretold
    assert group.version() == version + 3
    changed = group.term(arr)
    assert changed.wording == named("a.r.r.", said("Cash.", owner=RUI, domain="revenue"))
    assert (changed.revision, changed.changed_by, changed.confirmed_at) == (2, MARTA, group.now)
    assert (group.term(mrr).state, group.term(mrr).reason) == ("accepted", "")
    assert group.term(same) == same
    assert {term.name: term.state for term in group.everything()}["Burn"] == "suggested"
    assert [(each.n, each.what, each.by) for each in group.history(arr)] == [(2, "imported", MARTA), (1, "added", ADA)]
    assert planned(group, *file) == brought(group, *file) == Plan((), (), 4, ())
    assert group.version() == version + 3


def test_a_reason_stays_with_its_state(group: Group) -> None:
    arr = group.dispute(group.add("ARR"), "Which year?").term
    brought(group, row("ARR", said("Cash."), state="disputed"))
    assert group.term(arr).reason == "Which year?"
    brought(group, row("ARR", said("Cash."), state="retired"))
    assert group.term(arr).reason == ""


def test_whoever_was_asked_about_a_term_that_a_file_changes_need_not_answer(group: Group) -> None:
    arr = replace(group.add("ARR"), asked_at=group.now)
    group.later(days=1)
    brought(group, row("ARR", said("Cash.")))
    assert (group.term(arr).asked_at, group.term(arr).confirmed_at) == (None, group.now)


def test_where_one_row_is_wrong_nothing_comes_in(group: Group) -> None:
    arr = group.add("ARR")
    version = group.version()
    file = (row("ARR", said("Cash.")), row("Burn", at=2), WRONG, row("Churn", said(owner="@nobody"), at=3))
    foretold = planned(group, *file)
    assert [problem.at for problem in foretold.problems] == [3, 9]
    assert brought(group, *file) == foretold
    assert group.everything() == [arr]
    assert group.version() == version


def test_what_changed_between_looking_and_saying_yes_is_seen(group: Group) -> None:
    file = (row("ARR", said("Cash.")),)
    assert len(planned(group, *file).new) == 1
    arr = group.add("ARR")
    done = brought(group, *file)
    assert (done.new, [term for _, term in done.changed]) == ((), [arr])
    assert group.term(arr).revision == 2


def test_two_files_in_the_same_moment_come_one_after_the_other(group: Group) -> None:
    files = [[row(f"word {n}", said(text), at=n) for n in range(4)] for text in ("Money.", "Cash.", "Coins.")]
    with ThreadPoolExecutor(3) as windows:
        done = list(windows.map(lambda file: brought(group, *file), files))
    assert sorted(len(each.new) for each in done) == [0, 0, 4]
    assert sorted(len(each.changed) for each in done) == [0, 4, 4]
    texts = {term.wording.senses[0].business for term in group.everything()}
    assert len(texts) == 1
    assert {len(group.history(term)) for term in group.everything()} == {3}


def test_a_file_and_an_edit_in_the_same_moment_lose_nothing_and_never_wait_for_each_other(group: Group) -> None:
    begun: list[str] = []

    def edit(tx: Tx, team: str, term: Term, text: str) -> object:
        begun.append("edit")
        wording = named(term.name, said(text))
        return editing.edit(tx, team, term.id, term.revision, wording, ADA, group.settings, group.now)

    def bring_in(tx: Tx, team: str, text: str) -> Plan:
        begun.append("file")
        return exchanging.bring_in(tx, team, [row("ARR", said(text))], ADA, group.settings, group.now)

    arr = group.add("ARR")
    for n in range(5):
        with ThreadPoolExecutor(2) as windows:
            edited = windows.submit(group.do, edit, group.term(arr), f"Cash {n}.")
            file = windows.submit(group.do, bring_in, f"Coins {n}.")
        assert len(file.result().changed) == 1
        texts = [each.wording.senses[0].business for each in group.history(arr)]
        assert texts[0] == f"Coins {n}."
        assert (texts[1] == f"Cash {n}.") is isinstance(edited.result(), Changed)
    # Two that held what the other wanted would have been begun anew.
    assert sorted(begun) == ["edit"] * 5 + ["file"] * 5


def test_what_is_missing_is_added_and_what_is_there_stays(group: Group) -> None:
    group.people()
    arr = group.add("ARR")
    file = [row("arrs", said("Cash.")), row("Burn", said(owner="@rui", domain="Revenue"), at=2), row("MRR", at=3)]
    assert group.do(exchanging.add_missing, file, MARTA, group.settings, group.now) == 2
    assert group.term(arr) == arr
    burn = group.everything()[1]
    assert (burn.name, burn.state, burn.changed_by) == ("Burn", "accepted", MARTA)
    assert burn.wording == named("Burn", said(owner=RUI, domain="revenue"))
    version = group.version()
    assert group.do(exchanging.add_missing, file, MARTA, group.settings, group.now) == 0
    assert group.version() == version


def test_a_file_from_elsewhere_leaves_out_domains_that_are_not_here() -> None:
    senses = (said("a", domain="REVENUE"), said("b", domain="Legal"), said("c"))
    home = exchanging.at_home(row("ARR", *senses), SETTINGS)
    assert [sense.domain for sense in home.wording.senses] == ["revenue", "", ""]
    assert exchanging.at_home(home, SETTINGS) == home


@pytest.mark.parametrize(
    ("owner", "written"),
    [
        (RUI, "@rui"),
        ("UNOHANDLE", "UNOHANDLE"),
        ("USAME1", "@same"),
        ("USAME2", "USAME2"),
        ("UGONE", "@gone"),
        ("ULEFT", "ULEFT"),
        ("UCAPS", "@caps"),
    ],
)
def test_an_owner_is_written_so_that_a_file_finds_her_again(group: Group, owner: str, written: str) -> None:
    group.people(
        [
            person("UNOHANDLE", handle=""),
            person("USAME1", handle="same"),
            person("USAME2", handle="same"),
            person("UGONE", deactivated=True),
            person("UCAPS", handle="Caps"),
        ]
    )
    group.add(named("ARR", said(owner=owner, domain="revenue"), Sense(technical="x", technical_owner=owner)))
    file = sent(group)
    assert file[0].wording.senses[0].business_owner == file[0].wording.senses[1].technical_owner == written
    assert file[0].wording.senses[0].domain == "Revenue"
    assert planned(group, *file) == Plan((), (), 1, ())
    changed = [replace(each, state="disputed") for each in file]
    assert not brought(group, *changed).problems
    assert group.everything()[0].wording.senses[0].business_owner == owner


def test_everything_goes_out_in_the_order_of_names_and_comes_back_as_the_same(group: Group) -> None:
    group.people([person("USAME1", handle="noa")])
    group.settings = GlossarySettings((MARTA,), {"nums": Domain("nums", "The  Numbers")}, frozenset({ADA}))
    group.add(named("Zeta", said(owner=NOA, domain="nums")))
    group.add(named("ARR", said(owner="ULEFT", domain="gone"), said(domain="nums"), aliases=("run rate",)), KAVYA)
    group.dispute(group.add(named("MRR", Sense("a\n\n  b", "c", "d", RUI, DANA, ("https://a.example",)))))
    group.retire(group.add("Churn"))
    file = sent(group)
    assert [(each.at, each.wording.name, each.state) for each in file] == [
        (1, "ARR", "suggested"),
        (2, "Churn", "retired"),
        (3, "MRR", "disputed"),
        (4, "Zeta", "accepted"),
    ]
    assert planned(group, *file) == Plan((), (), 4, ())
    version = group.version()
    brought(group, *file)
    assert group.version() == version


@settings(patient, max_examples=25)
@given(st.lists(rows, max_size=3))
def test_what_came_in_goes_out_as_it_came(shared: "Database", file: list[Row]) -> None:
    group = Group(shared, new_team(), GlossarySettings((MARTA,)))
    file = [replace(each, at=n, wording=_unowned(each.wording)) for n, each in enumerate(file)]
    file = list({key(each.wording.name): each for each in file}.values())
    wrong = {problem.at for problem in check(file, key)}
    foretold = planned(group, *file)
    assert brought(group, *file) == foretold
    assert (group.version() == 0) is (bool(wrong) or not file)
    right = [each for each in file if each.at not in wrong]
    if wrong:
        brought(group, *right)
    assert planned(group, *right) == Plan((), (), len(right), ())
    came = sorted(right, key=lambda each: key(each.wording.name))
    assert sorted(map(repr, ((each.wording, each.state) for each in sent(group)))) == sorted(
        repr((each.wording, each.state)) for each in came
    )
    assert planned(group, *sent(group)) == Plan((), (), len(right), ())


def test_a_file_is_imported_as_it_was_shown_or_shown_anew(group: Group) -> None:
    rows = (Row(1, Wording("ARR", senses=(said(),)), "accepted"),)
    plan = group.see(exchanging.planned, rows, group.settings, MARTA)
    file = HeldFile("f1", MARTA, group.now, "glossary.csv", rows, plan.seal)
    group.store(FileStore, FileStore.hold, file)
    group.store(FileStore, FileStore.agree, file.id)
    # Somebody adds the same term meanwhile: what she agreed to is not what would happen.
    group.add(Wording("ARR", senses=(Sense("Else."),)))
    moved = group.do(exchanging.import_held, file, group.settings, group.now)
    assert moved.changed
    assert [term.wording.senses[0].business for term in group.everything()] == ["Else."]
    shown = group.store(FileStore, FileStore.get, "f1")
    assert shown is not None
    assert (shown.state, shown.seen) == ("open", moved.seal)
    group.do(exchanging.import_held, shown, group.settings, group.now)
    assert [term.wording for term in group.everything()] == [rows[0].wording]
    assert (done := group.store(FileStore, FileStore.get, "f1")) is not None
    assert (done.state, done.rows) == ("imported", ())
    group.store(FileStore, FileStore.forget, group.now + KEPT + timedelta(seconds=1))
    assert group.store(FileStore, FileStore.get, "f1") is None


@pytest.mark.parametrize(
    "wording",
    [
        Wording("ARR", (), tuple(f"alias {n}" for n in range(20)), (said(),)),
        Wording("ARR", tuple(f"long {n}" for n in range(12)), tuple(f"alias {n}" for n in range(8)), (said(),)),
        Wording("ARR", tuple(f"long {n}" for n in range(11)), tuple(f"alias {n}" for n in range(8)), (said(),)),
        *(
            Wording("ARR", senses=(Sense("x", links=(link,)),))
            for link in (
                "https://a.example",
                "https://a.example|b",
                "https://a.example/<b>",
                'https://a.example/"b"',
                "HTTPS://a.example",
                "https://[a.example",
                f"https://a.example/{'x' * 480}",
            )
        ),
    ],
    ids=lambda wording: str(sum(1 for _ in wording.names())) + "".join(wording.senses[0].links)[:24],
)
def test_what_a_form_takes_a_file_takes_too(wording: Wording) -> None:
    assert bool(list(faults(wording))) or not check([Row(1, wording, "accepted")], key)


@patient
@given(
    st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=12),
    st.sampled_from(["", "http://", "https://a"]),
)
def test_a_link_that_a_form_takes_a_file_takes_too(text: str, before: str) -> None:
    wording = tidied(Wording("ARR", senses=(Sense("x", links=(before + text,)),)))
    links = wording.senses[0].links
    assert not all(map(is_link, links)) or not check([Row(1, wording, "accepted")], key)


def _unowned(wording: Wording) -> Wording:
    senses = tuple(replace(each, business_owner=None, technical_owner=None) for each in wording.senses)
    return tidied(replace(wording, senses=senses))
