"""A glossary on the command line: what a file would do, what is wrong with it, and all of it or nothing."""

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot import migrations, workspaces
from bot.complaints import Trouble
from bot.config import Environment
from bot.config.reading import read_text
from bot.database import Database
from bot.exchanging import export_glossary, import_glossary
from bot.settings import FILE, save
from rituals.people.store import MemberRow, PeopleStore
from rituals.tables import Tx

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
CONFIG = """
admins: ["@marta"]
glossary: {domains: [{name: Revenue}]}
"""
TABLE = "term,domain,business,technical,business_owner\nCAC,Revenue,What it costs to win one.,Spend over new.,@marta\n"


@pytest.fixture
def environment(tmp_path: Path) -> Environment:
    url = f"sqlite:///{tmp_path}/crosswalk.db"
    with closing(Database.open(url)) as database:
        migrations.upgrade(database)
        database.write_now(_known)
    return Environment(database_url=url)


def _known(tx: Tx) -> None:
    workspaces.remember(tx, workspaces.Workspace("T0ACME", "Acme", "U0BOT", None, None), "xoxb-1", NOW)
    PeopleStore(tx, "T0ACME").save_members([MemberRow("U0MARTA", "Marta", "marta", "", "Europe/Lisbon")], NOW)
    save(tx, "T0ACME", read_text(CONFIG).body(), FILE, NOW)


def test_a_file_is_looked_through_first_then_imported_and_comes_out_as_it_went_in(
    environment: Environment, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "terms.csv"
    file.write_text(TABLE)
    good, told = import_glossary(environment, file, None, None, apply=False)
    assert (good, "It would bring: 1 new" in told, "--apply" in told) == (True, True, True)
    assert import_glossary(environment, file, "@marta", None, apply=True)[1].startswith("Imported: 1 new")
    for kind in ("csv", "yaml", "md"):
        out = tmp_path / f"out.{kind}"
        export_glossary(environment, kind, out, None)
        assert "@marta" in out.read_text()
        assert "0 new, 0 changed, 1 as they are" in import_glossary(environment, out, None, None, apply=False)[1]
    export_glossary(environment, "yaml", None, "T0ACME")
    assert "CAC" in capsys.readouterr().out
    file.write_text("term,business\nCAC,Less.\n")
    assert (
        "CAC (loses: technical, business_owner, domain)"
        in import_glossary(environment, file, None, None, apply=False)[1]
    )


def test_what_is_wrong_is_named_by_row_and_nothing_is_imported(environment: Environment, tmp_path: Path) -> None:
    file = tmp_path / "terms.csv"
    file.write_text(TABLE + "Churn,Nowhere,Who leaves.,,@nobody\n")
    good, told = import_glossary(environment, file, None, None, apply=True)
    assert not good
    assert "terms.csv, row 3: “@nobody” is nobody here" in told
    assert "Nothing was imported" in told
    export_glossary(environment, "yaml", tmp_path / "out.yaml", None)
    assert "CAC" not in (tmp_path / "out.yaml").read_text()
    (tmp_path / "notes.md").write_text("# hi\n")
    assert "no term in this file" in import_glossary(environment, tmp_path / "notes.md", None, None, apply=False)[1]


def test_a_file_of_another_kind_is_refused_in_a_sentence(environment: Environment, tmp_path: Path) -> None:
    file = tmp_path / "photo.png"
    file.write_bytes(b"\x89PNG")
    with pytest.raises(Trouble, match="is no glossary"):
        import_glossary(environment, file, None, None, apply=False)
