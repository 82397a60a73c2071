"""Decisions on the command line, on both databases: out as a table and as records, in from a table, nothing twice."""

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot import migrations, workspaces
from bot.commandline import main
from bot.complaints import Trouble
from bot.config import Environment
from bot.config.reading import read_text
from bot.database import Database
from bot.exchanging import export_decisions, import_decisions
from bot.outbox.tables import outbox
from bot.settings import FILE, save
from rituals.people.store import ChannelRow, MemberRow, PeopleStore
from rituals.tables import Tx

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
CONFIG = """
admins: ["@marta"]
calendar: {zone: Europe/Lisbon, holidays: PT}
functions: [{name: Product, side: business, lead: "@marta", members: ["@marta"]}]
"""
TABLE = (
    "Question,Decider,Asked,Decided,Channel,Outcome,Why,Options\n"
    'Raise the price?,@marta,2026-01-12,2026-01-14,#product-sync,"Yes, in March",It costs more.,"Yes, in March; No"\n'
    "Sell?,marta@acme.example,2026-01-12 10:00,2026-01-12 11:30,#board,No,,\n"
)


@pytest.fixture
def environment(bare_url: str) -> Environment:
    with closing(Database.open(bare_url)) as database:
        migrations.upgrade(database)
        database.write_now(_known)
    return Environment(database_url=bare_url)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "log.csv"
    file.write_text(TABLE)
    return file


def _known(tx: Tx) -> None:
    workspaces.remember(tx, workspaces.Workspace("T0ACME", "Acme", "U0BOT", None, None), "xoxb-1", NOW)
    people = PeopleStore(tx, "T0ACME")
    people.save_members(
        [
            MemberRow("U0MARTA", "Marta", "marta", "marta@acme.example", "Europe/Lisbon"),
            MemberRow("U0RUI", "Rui", "rui", "", "Europe/Lisbon"),
        ],
        NOW,
    )
    people.save_channels([ChannelRow("C0SYNC", "product-sync"), ChannelRow("C0BOARD", "board", private=True)])
    people.join("C0BOARD", "U0MARTA")
    save(tx, "T0ACME", read_text(CONFIG).body(), FILE, NOW)


def exported(environment: Environment, out: Path, viewer: str | None = None, *, private: bool = False) -> str:
    export_decisions(environment, "csv", out, viewer, None, private=private)
    return out.read_text()


def test_a_table_is_looked_through_first_then_imported_and_comes_out_as_it_went_in(
    environment: Environment, table: Path, tmp_path: Path
) -> None:
    good, told = import_decisions(environment, table, None, None, apply=False)
    assert good
    assert told == (
        "It would add: 2 new, 0 of them open, 0 here already.\n"
        "New: Raise the price?, Sell?\n"
        "Nothing has been changed yet. Say --apply to import it."
    )
    out = tmp_path / "out.csv"
    assert len(exported(environment, out, private=True).splitlines()) == 1
    told = import_decisions(environment, table, "@marta", None, apply=True)[1]
    assert told == "Imported: 2 new, 0 of them open, 0 here already.\nNew: Raise the price?, Sell?"
    for file in (table, out):
        exported(environment, out, private=True)
        good, told = import_decisions(environment, file, None, None, apply=True)
        assert (good, told) == (True, "Imported: 0 new, 0 of them open, 2 here already.")


def test_who_is_to_decide_hears_of_what_is_open_and_of_the_rest_nobody(environment: Environment, table: Path) -> None:
    table.write_text(
        "Question,Decider,Asked,Decided,Due,Channel\n"
        "Hire?,@marta,2026-11-20,,2099-01-05,#product-sync\n"
        "Sell?,@marta,2026-01-12,2026-01-14,,#product-sync\n"
    )
    for apply in (False, True):
        assert import_decisions(environment, table, None, None, apply=apply)[0]
    with closing(Database.open(environment.database_url)) as database:
        told = database.read_now(lambda tx: tx.execute(sa.select(outbox.c.channel, outbox.c.text)).all())
    assert {row.channel for row in told} == {"C0SYNC", "U0MARTA"}
    assert all("Hire?" in row.text for row in told)


def test_what_private_channels_hold_is_for_their_members(environment: Environment, table: Path, tmp_path: Path) -> None:
    import_decisions(environment, table, None, None, apply=True)
    out = tmp_path / "out.csv"
    assert "Sell?" not in exported(environment, out)
    assert "Sell?" not in exported(environment, out, "@rui")
    assert "Sell?" in exported(environment, out, "@marta")
    assert "Sell?" in exported(environment, out, private=True)


def test_records_go_into_a_folder_a_file_each(
    environment: Environment, table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import_decisions(environment, table, "@rui", None, apply=True)
    folder = tmp_path / "docs" / "decisions"
    export_decisions(environment, "madr", folder, None, None, private=True)
    assert capsys.readouterr().out == f"{folder}: 2 records.\n"
    assert sorted(file.name for file in folder.iterdir()) == ["0001-raise-the-price.md", "0002-sell.md"]
    record = (folder / "0001-raise-the-price.md").read_text()
    assert record.startswith("---\nstatus: accepted\ndate: 2026-01-14\n")
    # From Monday's nine o'clock to Wednesday's end, nine hours a day.
    assert "* Turnaround: 27 h 0 min of working time\n" in record
    assert "Rui imported it from a file: log.csv" in record
    export_decisions(environment, "md", None, None, None, private=False)
    page = capsys.readouterr().out
    assert ("## 1. Raise the price?" in page, "Sell?" in page) == (True, False)
    with pytest.raises(Trouble, match="can't be made"):
        export_decisions(environment, "madr", table / "below", None, None, private=True)


def test_what_is_wrong_is_named_by_row_and_nothing_is_imported(
    environment: Environment, table: Path, tmp_path: Path
) -> None:
    table.write_text(TABLE + "And?,@nobody,03/04/2026,,#product-sync,,,\n")
    good, told = import_decisions(environment, table, None, None, apply=True)
    assert not good
    assert "log.csv, row 4: “@nobody” is nobody here" in told
    assert "log.csv, row 4: “03/04/2026” in “asked” is no day" in told
    assert "log.csv, row 4: Nothing says when it was decided" in told
    assert told.endswith("3 to mend. Nothing was imported.")
    assert len(exported(environment, tmp_path / "out.csv", private=True).splitlines()) == 1
    table.write_text(TABLE.splitlines()[0])
    assert "There is no decision in this file" in import_decisions(environment, table, None, None, apply=True)[1]
    (tmp_path / "log.md").write_text("# Decisions")
    with pytest.raises(Trouble, match="is no table of decisions"):
        import_decisions(environment, tmp_path / "log.md", None, None, apply=False)


def test_the_command_line_says_it_all(
    environment: Environment,
    table: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", environment.database_url)
    assert main(["import", "decisions", "log.csv", "--apply", "--as", "@marta"]) == 0
    assert capsys.readouterr().out.startswith("Imported: 2 new")
    assert main(["export", "decisions", "--csv"]) == 0
    assert "'@marta" in capsys.readouterr().out
    assert main(["export", "decisions", "--madr", "records", "--private"]) == 0
    assert (tmp_path / "records" / "0002-sell.md").exists()
    table.write_text("question,decider\n")
    assert main(["import", "decisions", "log.csv"]) == 2
    assert "log.csv, row 1: The first row must name the columns" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("standups", "--md"), "Write --csv."),
        (("standups", "--csv", "--private"), "Leave it out."),
        (("glossary", "--madr", "x"), "Write --csv, --yaml or --md."),
        (("decisions", "--yaml"), "Write --csv, --md or --madr FOLDER."),
        (("decisions", "--csv", "--private", "--as", "@rui"), "Leave --private or --as out."),
        (("decisions", "--madr", "x", "--out", "y"), "Leave --out out."),
    ],
)
def test_what_does_not_go_together_is_told(
    words: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", *words]) == 2
    assert told in capsys.readouterr().err
