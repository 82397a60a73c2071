"""Files that are held, agreed to and imported, on both databases: only what was shown, and only what is hers to do."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.database import Database
from glossary.exchange import Plan, Row
from glossary.settings import Domain, GlossarySettings
from glossary.store import FileStore, TermStore
from glossary.terms import Sense, State, Term, Wording
from glossary.usecases import editing, exchanging
from glossary.words import key
from rituals.held import KEPT, HeldFile
from rituals.tables import Tx

HERE, NOW = "T0HERE", datetime(2026, 11, 23, 9, tzinfo=UTC)
LATER = NOW + timedelta(minutes=5)
SETTINGS = GlossarySettings(
    stewards=("UMARTA",),
    domains={"revenue": Domain("revenue", "Revenue", ("UDANA",)), "growth": Domain("growth", "Growth", ("URUI",))},
    admins=frozenset({"UMARTA"}),
)


def row(name: str, text: str = "x", domain: str = "revenue", state: State = "accepted", at: int = 2) -> Row:
    return Row(at, Wording(name, senses=(Sense(text, domain=domain),)), state)


@pytest.fixture
def terms(database: Database) -> dict[str, Term]:
    """ARR and MRR of Revenue, NPS of Growth."""
    rows = [row("ARR"), row("MRR", at=3), row("NPS", domain="growth", at=4)]
    database.write_now(exchanging.bring_in, HERE, rows, "UMARTA", SETTINGS, NOW)
    return {term.name: term for term in database.read_now(everything)}


def everything(tx: Tx) -> list[Term]:
    return TermStore(tx, HERE).everything()


def held(database: Database, rows: Sequence[Row], by: str = "UDANA") -> HeldFile[Row]:
    """A file whose plan she has agreed to."""
    plan = database.read_now(exchanging.planned, HERE, rows, SETTINGS, by)
    assert not plan.problems
    file = HeldFile("F1.1", by, NOW, "terms.csv", tuple(rows), plan.seal)
    database.write_now(lambda tx: FileStore(tx, HERE).hold(file))
    database.write_now(lambda tx: FileStore(tx, HERE).agree(file.id))
    return agreed(database)


def agreed(database: Database) -> HeldFile[Row]:
    found = database.write_now(lambda tx: FileStore(tx, HERE).get("F1.1"))
    assert found is not None
    return found


def imports(database: Database, file: HeldFile[Row]) -> Plan:
    return database.write_now(exchanging.import_held, HERE, file, SETTINGS, LATER)


@pytest.mark.usefixtures("terms")
def test_what_she_agreed_to_is_imported(database: Database) -> None:
    rows = (row("ARR", "money,\n“every” year", at=7), row("CAC", state="disputed", at=9))
    file = held(database, rows)
    assert (file.rows, file.state) == (rows, "agreed")
    imports(database, file)
    now = {term.name: term for term in database.read_now(everything)}
    assert now["ARR"].wording == rows[0].wording
    assert (now["ARR"].revision, now["ARR"].changed_by, now["ARR"].changed_at) == (2, "UDANA", LATER)
    assert now["CAC"].state == "disputed"
    assert (agreed(database).state, agreed(database).rows) == ("imported", ())


def test_what_somebody_wrote_since_is_not_overwritten_unseen(database: Database, terms: dict[str, Term]) -> None:
    file = held(database, [row("ARR", "from the file")])
    theirs = row("ARR", "theirs").wording
    database.write_now(editing.edit, HERE, terms["ARR"].id, 1, theirs, "UDANA", SETTINGS, LATER)
    plan = imports(database, file)
    assert [term.wording for _, term in plan.changed] == [theirs]
    assert database.read_now(editing.get, HERE, terms["ARR"].id).wording == theirs
    again = agreed(database)
    assert (again.state, again.seen) == ("open", plan.seal)
    database.write_now(lambda tx: FileStore(tx, HERE).agree(again.id))
    imports(database, again)
    assert database.read_now(editing.get, HERE, terms["ARR"].id).wording == file.rows[0].wording


def test_changes_elsewhere_in_the_glossary_hold_nothing_up(database: Database, terms: dict[str, Term]) -> None:
    file = held(database, [row("ARR", "from the file")])
    other = row("NPS", "theirs", "growth").wording
    database.write_now(editing.edit, HERE, terms["NPS"].id, 1, other, "URUI", SETTINGS, LATER)
    imports(database, file)
    assert agreed(database).state == "imported"


@pytest.mark.usefixtures("terms")
def test_who_no_longer_may_imports_nothing(database: Database) -> None:
    file = held(database, [row("ARR", "from the file"), row("CAC", at=3)])
    without = replace(SETTINGS, domains={**SETTINGS.domains, "revenue": Domain("revenue", "Revenue", ("UEVA",))})
    before = database.read_now(everything)
    plan = database.write_now(exchanging.import_held, HERE, file, without, LATER)
    assert [problem.at for problem in plan.problems] == [2, 3]
    assert all("“Revenue” and is tended by UEVA" in problem.what for problem in plan.problems)
    assert database.read_now(everything) == before
    assert agreed(database).state == "refused"


@pytest.mark.usefixtures("terms")
def test_others_terms_may_stand_in_her_file_as_they_are(database: Database) -> None:
    rows = [row("ARR", "new"), row("NPS", domain="growth", at=4)]
    plan = database.read_now(exchanging.planned, HERE, rows, SETTINGS, "UDANA")
    assert (len(plan.changed), plan.same, plan.problems) == (1, 1, ())
    rows = [row("ARR", "new"), row("NPS", "new", "growth", at=4)]
    assert [each.at for each in database.read_now(exchanging.planned, HERE, rows, SETTINGS, "UDANA").problems] == [4]
    assert database.read_now(exchanging.planned, HERE, rows, SETTINGS).problems == (), "the command line is an admin's"


def test_files_are_forgotten_but_for_those_that_are_about_to_be_imported(database: Database) -> None:
    def some(tx: Tx) -> None:
        files = FileStore(tx, HERE)
        for name in ("open", "cancelled", "agreed"):
            files.hold(HeldFile(name, "UDANA", NOW, "terms.csv", (row("ARR"),), "seal"))
        files.agree("agreed")
        files.settle("cancelled", "cancelled")
        files.hold(HeldFile("new", "UDANA", NOW + timedelta(hours=1), "terms.csv", (row("ARR"),), "seal"))
        files.forget(NOW + KEPT + timedelta(minutes=1))

    database.write_now(some)
    left = database.write_now(
        lambda tx: [FileStore(tx, HERE).get(name) for name in ("open", "cancelled", "agreed", "new")]
    )
    assert [file.id for file in left if file] == ["agreed", "new"]


def test_many_changes_are_a_revision_and_a_version_each(database: Database) -> None:
    rows = [row(f"Term {n}", at=n) for n in range(50)]
    database.write_now(exchanging.bring_in, HERE, rows, "UMARTA", SETTINGS, NOW)
    version = database.read_now(lambda tx: TermStore(tx, HERE).version())
    rows = [row(f"term {n}", f"now {n}", at=n) for n in range(50)]
    plan = database.write_now(exchanging.bring_in, HERE, rows, "UMARTA", SETTINGS, LATER)
    assert len(plan.changed) == 50
    since = database.read_now(lambda tx: TermStore(tx, HERE).since(version))
    assert [term.wording for term in since] == [row.wording for row in rows]
    assert database.read_now(lambda tx: TermStore(tx, HERE).version()) == version + 50
    found = database.read_now(lambda tx: TermStore(tx, HERE).by_key(key("Term 7")))
    assert found is not None
    history = database.read_now(editing.history, HERE, found.id)
    assert [(each.n, each.what, each.wording.name) for each in history] == [
        (2, "imported", "term 7"),
        (1, "imported", "Term 7"),
    ]


def test_an_import_asks_the_database_as_often_for_many_changes_as_for_few(database: Database) -> None:
    counts = []
    for changes in (3, 300):
        rows = [row(f"Term {n}", at=n) for n in range(300)]
        database.write_now(exchanging.bring_in, HERE, rows, "UMARTA", SETTINGS, NOW)
        asked: list[str] = []
        rows = [row(f"Term {n}", f"{changes} changes", at=n) for n in range(changes)]
        database.write_now(_counted, asked, rows)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def _counted(tx: Tx, asked: list[str], rows: Sequence[Row]) -> None:
    def note(connection: object, cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    sa.event.listen(tx, "before_cursor_execute", note)
    exchanging.bring_in(tx, HERE, rows, "UMARTA", SETTINGS, LATER)
    sa.event.remove(tx, "before_cursor_execute", note)
