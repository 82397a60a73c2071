"""Versions of a configuration in the database, and the settings that are kept from them."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest

from bot.config.problems import ConfigProblem
from bot.database import Database
from bot.settings import (
    FILE,
    Directory,
    Settings,
    Version,
    keep_groups,
    latest,
    people_changed,
    save,
    stored_directory,
)
from bot.slack.people import Group
from rituals.people.store import ChannelRow, MemberRow, PeopleStore
from rituals.tables import Tx

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
A, B, C = '{"admins":["@rui"]}', '{"admins":["@dana"]}', '{"admins":["@rui","@dana"]}'
RUI = MemberRow("U1", "Rui", "rui", "rui@acme.example", "Europe/Lisbon")
DANA = MemberRow(
    "U2", "Dana", "dana", "dana@acme.example", "America/New_York", status_emoji="palm_tree", status_until=NOW
)


class Seconds:
    """Real time for a test: it passes when told."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class Reads:
    """A directory that counts how often it is read."""

    def __init__(self, *members: MemberRow) -> None:
        self.members = members
        self.count = 0

    def __call__(self, tx: Tx, workspace: str) -> Directory:
        self.count += 1
        return Directory(self.members)


def test_what_is_saved_is_the_latest_with_its_source_author_and_time(database: Database) -> None:
    assert database.read_now(latest, "T1") is None
    assert database.write_now(save, "T1", A, FILE, NOW) == Version(1, is_new=True)
    assert database.write_now(save, "T1", B, "slack", NOW + timedelta(hours=1), author="U1") == Version(2, is_new=True)
    stored = database.read_now(latest, "T1")
    assert stored is not None
    assert (stored.version, stored.body, stored.source, stored.author) == (2, B, "slack", "U1")
    assert stored.at == NOW + timedelta(hours=1)


def test_the_same_body_stays_the_same_version(database: Database) -> None:
    for _ in range(3):
        assert database.write_now(save, "T1", A, FILE, NOW).number == 1
    assert database.write_now(save, "T1", A, "slack", NOW) == Version(1, is_new=False)


def test_going_back_to_an_earlier_body_is_a_new_version(database: Database) -> None:
    numbers = [database.write_now(save, "T1", body, FILE, NOW).number for body in (A, B, A)]
    assert numbers == [1, 2, 3]


def test_each_workspace_counts_its_own_versions(database: Database) -> None:
    database.write_now(save, "T1", A, FILE, NOW)
    assert database.write_now(save, "T2", B, FILE, NOW) == Version(1, is_new=True)
    stored = database.read_now(latest, "T1")
    assert stored is not None
    assert stored.body == A


def test_an_unchanged_file_does_not_undo_what_was_edited_since(database: Database) -> None:
    database.write_now(save, "T1", A, FILE, NOW)
    database.write_now(save, "T1", B, "slack", NOW, author="U1")
    assert database.write_now(save, "T1", A, FILE, NOW) == Version(2, is_new=False)
    assert database.write_now(save, "T1", C, FILE, NOW) == Version(3, is_new=True)


def test_processes_that_save_at_the_same_moment_get_versions_of_their_own(database: Database) -> None:
    bodies = [f'{{"admins":["@p{number}"]}}' for number in range(8)]
    ready = Barrier(len(bodies))
    numbers: list[int] = []

    def one(body: str) -> None:
        ready.wait(timeout=20)
        numbers.append(database.write_now(save, "T1", body, "slack", NOW).number)

    threads = [Thread(target=one, args=(body,)) for body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(numbers) == list(range(1, 9))


async def test_a_workspace_without_a_configuration_has_empty_settings(database: Database) -> None:
    settings = await Settings(database, Reads()).of("T1")
    assert (settings.version, settings.standups, settings.admins) == (0, {}, frozenset())


async def test_settings_are_read_once_and_kept(database: Database) -> None:
    database.write_now(save, "T1", A, FILE, NOW)
    seconds, reads = Seconds(), Reads(RUI, DANA)
    settings = Settings(database, reads, monotonic=seconds)
    first = await settings.of("T1")
    assert first.admins == {"U1"}
    seconds.now += 5
    assert await settings.of("T1") is first
    assert database.read_now(settings.read, "T1") is first
    assert reads.count == 1


async def test_another_process_new_version_is_noticed_within_a_second(database: Database) -> None:
    database.write_now(save, "T1", A, FILE, NOW)
    seconds = Seconds()
    settings = Settings(database, Reads(RUI, DANA), monotonic=seconds)
    assert (await settings.of("T1")).version == 1
    database.write_now(save, "T1", B, FILE, NOW)
    seconds.now += 0.9
    assert (await settings.of("T1")).version == 1
    seconds.now += 0.2
    noticed = await settings.of("T1")
    assert (noticed.version, set(noticed.admins)) == (2, {"U2"})


async def test_a_change_of_people_is_noticed_as_well(database: Database) -> None:
    database.write_now(save, "T1", C, FILE, NOW)
    seconds, reads = Seconds(), Reads(RUI)
    settings = Settings(database, reads, monotonic=seconds)
    assert [str(each.written) for each in (await settings.of("T1")).unknown] == ["@dana"]
    reads.members = (RUI, DANA)
    for _ in range(2):
        database.write_now(people_changed, "T1")
    database.write_now(people_changed, "T2")
    seconds.now += 1
    assert (await settings.of("T1")).admins == {"U1", "U2"}
    assert reads.count == 2


async def test_people_may_change_before_there_is_a_configuration(database: Database) -> None:
    seconds, reads = Seconds(), Reads()
    settings = Settings(database, reads, monotonic=seconds)
    await settings.of("T1")
    database.write_now(people_changed, "T1")
    seconds.now += 1
    await settings.of("T1")
    assert reads.count == 2


async def test_a_forgotten_workspace_is_read_again_at_once(database: Database) -> None:
    settings = Settings(database, Reads(RUI, DANA), monotonic=Seconds())
    assert (await settings.of("T1")).version == 0
    database.write_now(save, "T1", A, FILE, NOW)
    settings.forget("T1")
    assert (await settings.of("T1")).version == 1


async def test_when_it_is_time_to_look_again_one_looks_and_the_others_go_on(database: Database) -> None:
    seconds, reads = Seconds(), Reads(RUI, DANA)
    settings = Settings(database, reads, monotonic=seconds)
    await asyncio.gather(*(settings.of("T1") for _ in range(50)))
    assert reads.count == 1
    database.write_now(save, "T1", A, FILE, NOW)
    seconds.now += 1
    found = await asyncio.gather(*(settings.of("T1") for _ in range(50)))
    assert reads.count == 2
    assert sorted(each.version for each in found) == [0] * 49 + [1]


def test_a_transaction_sees_its_own_change_and_nobody_else_sees_one_that_is_taken_back(database: Database) -> None:
    seconds = Seconds()
    settings = Settings(database, Reads(RUI, DANA), monotonic=seconds)

    def changed_and_failed(tx: Tx) -> None:
        save(tx, "T1", A, FILE, NOW)
        assert settings.read_anew(tx, "T1").admins == {"U1"}
        seconds.now += 1
        assert settings.read(tx, "T1").admins == {"U1"}
        raise TimeoutError("taken back")

    database.read_now(settings.read, "T1")
    with pytest.raises(TimeoutError):
        database.write_now(changed_and_failed)
    seconds.now += 1
    database.write_now(save, "T1", B, FILE, NOW + timedelta(seconds=1))
    assert database.read_now(settings.read, "T1").admins == {"U2"}


async def test_a_record_that_a_newer_program_wrote_is_refused_with_a_sentence(database: Database) -> None:
    database.write_now(save, "T1", '{"moon":"full"}', "slack", NOW)
    with pytest.raises(ConfigProblem, match="stored configuration: moon: “moon” is not known here"):
        await Settings(database, Reads()).of("T1")


def test_the_directory_is_read_back_as_it_was_stored(database: Database) -> None:
    def keep(tx: Tx, workspace: str, members: list[MemberRow]) -> None:
        people = PeopleStore(tx, workspace)
        people.save_members(members, NOW)
        people.save_channels(
            [ChannelRow("C1", "sync", private=True, bot_in=True), ChannelRow("C2", "old", archived=True)]
        )
        people.join("C1", "U2", "U1")
        keep_groups(tx, workspace, [Group("S1", "sales", ("U2",)), Group("S2", "none", ())])

    database.write_now(keep, "T1", [RUI, DANA])
    database.write_now(keep, "T2", [RUI])
    directory = database.read_now(stored_directory, "T1")
    assert sorted(directory.members, key=lambda row: row.user) == [RUI, DANA]
    assert sorted(directory.channels, key=lambda row: row.channel) == [
        ChannelRow("C1", "sync", private=True, bot_in=True),
        ChannelRow("C2", "old", archived=True),
    ]
    assert directory.inside == {"C1": ["U1", "U2"]}
    assert sorted(directory.groups, key=lambda group: group.id) == [
        Group("S1", "sales", ("U2",)),
        Group("S2", "none", ()),
    ]


def test_keeping_user_groups_replaces_those_from_before(database: Database) -> None:
    database.write_now(keep_groups, "T1", [Group("S1", "sales", ("U1",))])
    database.write_now(keep_groups, "T1", [Group("S2", "design", ("U2",))])
    assert database.read_now(stored_directory, "T1").groups == [Group("S2", "design", ("U2",))]
    database.write_now(keep_groups, "T1", [])
    assert database.read_now(stored_directory, "T1").groups == []


async def test_without_another_directory_the_stored_one_is_used(database: Database) -> None:
    keep: Callable[[Tx], None] = lambda tx: PeopleStore(tx, "T1").save_members([RUI], NOW)  # noqa: E731
    database.write_now(keep)
    database.write_now(save, "T1", A, FILE, NOW)
    assert (await Settings(database).of("T1")).admins == {"U1"}
