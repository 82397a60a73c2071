import csv
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from bot import due, exporting, migrations, outbox
from bot.complaints import Trouble
from bot.config import Environment
from bot.config.reading import from_body
from bot.database import Database
from bot.demo import beginning, people
from bot.outbox.tables import outbox as outbox_table
from bot.sandbox.seed import begin
from bot.settings import latest, resolve, stored_directory
from bot.workspaces import Workspace, remember
from rituals.blockers import usecases as blockers
from rituals.standup import usecases
from rituals.standup.rules import Digest
from rituals.tables import Tx
from tests.bot.demo.conftest import Begun, begun_at
from tests.lived import CONFIG, WEDNESDAY, build

SYNC, ROOM = "C0PRODUCTSYNC", "C0RELEASEROOM"
BEGINS = datetime(2026, 11, 23, 8, 55, tzinfo=UTC)


def test_it_begins_on_the_monday_of_this_week_at_five_to_nine_in_lisbon(begun: Begun) -> None:
    assert datetime.fromisoformat(begun.seed["now"]) == BEGINS
    for day in range(7):
        now = datetime(2026, 7, 6, 12, tzinfo=UTC) + timedelta(days=day)
        local = beginning.begins_at(now).astimezone(ZoneInfo("Europe/Lisbon"))
        assert (local.date().isoformat(), f"{local:%H:%M}") == ("2026-07-06", "08:55")


def test_the_sandbox_takes_the_seed_and_shows_the_same_messages(begun: Begun) -> None:
    workspace = begin(dict(begun.seed), None)
    assert sum(len(channel.messages) for channel in workspace.channels.values()) == len(begun.seed["messages"])
    with closing(Database.open(begun.stage.database_url)) as database:
        rows = database.read_now(lambda tx: list(tx.execute(_SENT).all()))
    assert rows
    for row in rows:
        shown = workspace.channels[row.landed].messages[row.ts]["text"]
        # Slack writes its own entities, and a row that travelled with others is only a part of the message.
        assert unescape(row.text) in unescape(shown)


def test_nothing_is_owed_and_nothing_is_overdue(begun: Begun) -> None:
    with closing(Database.open(begun.stage.database_url)) as database:
        assert database.read_now(outbox.owed, BEGINS) == 0
        moment = database.read_now(due.next_due)
    assert moment is not None
    assert moment > BEGINS


def test_twelve_weeks_of_digests_can_be_read_in_the_channel(begun: Begun) -> None:
    closed = [message for message in begun.seed["messages"] if message.get("reply_broadcast")]
    assert Counter(message["channel"] for message in closed) == {SYNC: 12, ROOM: 12}
    days = [datetime.fromtimestamp(message["at"], UTC).date() for message in closed if message["channel"] == SYNC]
    assert [(day - days[0]).days for day in days] == [7 * week for week in range(12)]


def test_one_blocker_was_resolved_and_two_are_open(begun: Begun) -> None:
    with closing(Database.open(begun.stage.database_url)) as database:
        still = database.read_now(blockers.open_in, people.TEAM, [SYNC])
        told = [message["text"] for message in begun.seed["messages"] if message["channel"] == "D0DANA"]
    assert {(each.raiser, each.function) for each in still} == {("U0PRIYA", "customer-success"), ("U0TOMAS", "sales")}
    assert any("Rui Castro" in text for text in told)


def test_some_were_late_one_was_away_one_was_silent_and_the_optional_one_is_not_missed(begun: Begun) -> None:
    with closing(Database.open(begun.stage.database_url)) as database:
        digests = [
            database.read_now(_digest, f"weekly.{wall}T09:00")
            for wall in ("2026-10-26", "2026-11-02", "2026-11-09", "2026-11-16")
        ]
    assert [digest.counts.late for digest in digests] == [0, 1, 1, 0]
    assert [user for user, _ in digests[1].away] == ["U0SOFIA"]
    assert [digest.missing_for_owner for digest in digests] == [(), (), ("U0LUIS",), ("U0LUIS",)]
    assert [digest.counts.optional_answered for digest in digests] == [1, 0, 1, 0]


def test_the_guest_and_the_person_of_another_company_get_nothing(begun: Begun) -> None:
    workspace = begin(dict(begun.seed), None)
    for person in (people.GUEST, people.STRANGER):
        assert person.id in workspace.channels[SYNC].members
        assert (people.BOT_USER, person.id) not in workspace.direct


def test_an_export_shows_public_answers_and_for_a_member_those_of_the_private_channel(
    begun: Begun, tmp_path: Path
) -> None:
    environment = Environment(database_url=begun.stage.database_url)
    found = {}
    for viewer in (None, "@marta", "emma@acme.example"):
        exporting.export_standups(environment, tmp_path / "out.csv", viewer, None)
        with (tmp_path / "out.csv").open(newline="") as table:
            found[viewer] = Counter(row["standup"] for row in csv.DictReader(table))
    assert set(found[None]) == set(found["emma@acme.example"]) == {"weekly"}
    assert set(found["@marta"]) == {"weekly", "release"}
    assert found["@marta"]["weekly"] == found[None]["weekly"] > 60


def test_an_export_for_somebody_unknown_says_so(begun: Begun) -> None:
    with pytest.raises(Trouble, match="@martha") as trouble:
        exporting.export_standups(Environment(database_url=begun.stage.database_url), None, "@martha", None)
    assert trouble.value.code == 2


def test_the_same_week_has_the_same_past(begun: Begun, tmp_path: Path) -> None:
    again = begun_at(build(tmp_path))
    said = [
        [(each["channel"], each["user"], each["text"]) for each in seed["messages"]]
        for seed in (begun.seed, again.seed)
    ]
    assert said[0] == said[1]


def test_it_can_begin_in_a_week_that_is_skipped_after_days_off_and_holidays(tmp_path: Path) -> None:
    begun = begun_at(build(tmp_path, datetime.fromisoformat("2026-12-28T10:00:00+00:00")))
    begin(dict(begun.seed), None)
    assert len(begun.seed["messages"]) > 100


def test_a_database_of_a_real_workspace_is_left_alone(tmp_path: Path) -> None:
    with closing(Database.open(f"sqlite:///{tmp_path}/crosswalk.db")) as database:
        migrations.upgrade(database)
        real = Workspace("T0REAL", "Real Company", "U0BOT", None, None)
        database.write_now(remember, real, "xoxb-real", WEDNESDAY)
    for fresh in (False, True):
        with pytest.raises(Trouble, match="Real Company"):
            beginning.stage(Environment(config=CONFIG), tmp_path, WEDNESDAY, fresh=fresh)
    assert [file.name for file in tmp_path.glob("*.db")] == ["crosswalk.db"]


def _said(begun: Begun) -> list[tuple[str, str, str]]:
    return [(each["channel"], each["user"], each["text"]) for each in begun.seed["messages"]]


def _digest(tx: Tx, round_id: str) -> Digest:
    found = latest(tx, people.TEAM)
    assert found is not None
    calendar = resolve(from_body(found.body), stored_directory(tx, people.TEAM)).calendar
    return usecases.digest(tx, people.TEAM, round_id, calendar, BEGINS)


_SENT = sa.select(outbox_table).where(outbox_table.c.state == "sent")
