"""What is kept of people, on both databases."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

import pytest

from rituals.people.rules import Absence, Function
from rituals.people.store import ChannelRow, MemberRow, PeopleStore
from rituals.tables import Tx

if TYPE_CHECKING:
    from bot.database import Database

P = ParamSpec("P")
T = TypeVar("T")
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

RUI = MemberRow("U1", "Rui", "rui", "rui@acme.example", "Europe/Lisbon")
ANA = MemberRow("U2", "Ana", "ana", "ana@acme.example", "America/New_York", status_emoji="palm_tree", status_until=NOW)
GUEST = MemberRow("U3", "Guest", "guest", "guest@other.example", "Asia/Kolkata", guest=True)
STRANGER = MemberRow("U4", "Stranger", "stranger", "", "Pacific/Auckland", stranger=True)

ENGINEERING = Function("engineering", "Engineering", "technical", lead="U1", country="PT")
SALES = Function("sales", "Sales", "business", country="US")
OPEN = ChannelRow("C1", "product-sync", bot_in=True)
SECRET = ChannelRow("C2", "board", private=True)


def day(n: int) -> date:
    return date(2026, 12, n)


class People:
    """Opens the store in a transaction of its own for each thing done."""

    def __init__(self, database: "Database", workspace: str = "T1") -> None:
        self.database, self._workspace = database, workspace

    def do(self, what: Callable[Concatenate[PeopleStore, P], T], *args: P.args, **named: P.kwargs) -> T:
        def run(tx: Tx) -> T:
            return what(PeopleStore(tx, self._workspace), *args, **named)

        return self.database.write_now(run)


@pytest.fixture
def people(database: "Database") -> People:
    people = People(database)
    people.do(PeopleStore.save_members, [RUI, ANA, GUEST, STRANGER], NOW)
    people.do(PeopleStore.save_channels, [OPEN, SECRET])
    return people


def test_a_member_is_kept_as_slack_describes_her(people: People) -> None:
    ana = people.do(PeopleStore.member, "U2")
    assert ana is not None
    assert (ana.name, ana.zone, ana.status_emoji, ana.status_until) == ("Ana", "America/New_York", "palm_tree", NOW)
    assert (ana.guest, ana.deactivated, ana.stranger, ana.bot, ana.paused) == (False, False, False, False, False)
    assert (ana.function, ana.side, ana.country, ana.absences) == (None, None, None, ())
    assert people.do(PeopleStore.member, "U9") is None


def test_saving_again_overwrites_and_leaves_the_others(people: People) -> None:
    people.do(PeopleStore.save_member, replace(ANA, name="Ana Maria", deactivated=True, status_until=None), NOW)
    found = people.do(PeopleStore.members)
    assert (found["U2"].name, found["U2"].deactivated, found["U2"].status_until) == ("Ana Maria", True, None)
    assert set(found) == {"U1", "U2", "U3", "U4"}


def test_only_those_asked_for_are_given(people: People) -> None:
    assert set(people.do(PeopleStore.members, ["U1", "U9"])) == {"U1"}
    assert people.do(PeopleStore.members, []) == {}
    assert people.do(PeopleStore.names, ["U1", "U4"]) == {"U1": "Rui", "U4": "Stranger"}
    assert len(people.do(PeopleStore.names)) == 4


def test_another_workspace_knows_nobody(people: People) -> None:
    elsewhere = People(people.database, "T2")
    assert elsewhere.do(PeopleStore.members) == {}
    assert not elsewhere.do(PeopleStore.sees, "U1", "C1")


def test_a_zone_that_nobody_knows_becomes_utc(people: People) -> None:
    people.do(PeopleStore.save_member, replace(RUI, zone="Mars/Olympus"), NOW)
    assert people.do(PeopleStore.members)["U1"].zone == "UTC"


def test_somebody_is_found_by_handle_and_email(people: People) -> None:
    for written in ("rui", "@rui", "@Rui "):
        found = people.do(PeopleStore.by_handle, written)
        assert found is not None
        assert found.user == "U1"
    found = people.do(PeopleStore.by_email, "Ana@Acme.example")
    assert found is not None
    assert found.user == "U2"
    assert people.do(PeopleStore.by_handle, "@nobody") is None
    assert people.do(PeopleStore.by_email, "") is None


def test_who_left_gives_her_handle_to_who_came(people: People) -> None:
    people.do(PeopleStore.save_members, [replace(RUI, deactivated=True), replace(RUI, user="U8")], NOW)
    assert people.do(PeopleStore.references)["@rui"] == "U8"
    found = people.do(PeopleStore.by_handle, "rui")
    assert found is not None
    assert found.user == "U8"


def test_everything_a_configuration_may_call_somebody_leads_to_her(people: People) -> None:
    named = people.do(PeopleStore.references)
    assert [named[name] for name in ("U2", "@ana", "ana@acme.example")] == ["U2"] * 3
    assert "" not in named
    assert "@" not in named


def test_the_configuration_places_people_in_functions(people: People) -> None:
    belonging = {"engineering": ["U1", "U2"], "sales": ["U2", "U4"]}
    people.do(PeopleStore.set_functions, [ENGINEERING, SALES], belonging, {"U2": "IN"})
    found = people.do(PeopleStore.members)
    assert list(people.do(PeopleStore.functions).values()) == [ENGINEERING, SALES]
    assert {user: (each.function, each.side, each.country) for user, each in found.items()} == {
        "U1": ("engineering", "technical", "PT"),
        "U2": ("engineering", "technical", "IN"),
        "U3": (None, None, None),
        "U4": ("sales", "business", "US"),
    }
    assert people.do(PeopleStore.places, [*found, "U9"]) == {
        user: (each.zone, each.country) for user, each in found.items()
    }
    assert people.do(PeopleStore.places, []) == {}
    assert people.do(PeopleStore.users_of, ["sales"]) == {"U2", "U4"}
    assert people.do(PeopleStore.users_of, []) == set()


def test_a_new_configuration_replaces_the_old_one(people: People) -> None:
    people.do(PeopleStore.set_functions, [ENGINEERING], {"engineering": ["U1"]}, {"U1": "US"})
    people.do(PeopleStore.set_functions, [SALES, ENGINEERING], {"sales": ["U1"], "engineering": ["U1"]}, {})
    rui = people.do(PeopleStore.members)["U1"]
    assert (rui.function, rui.country) == ("sales", "US")
    assert list(people.do(PeopleStore.functions)) == ["sales", "engineering"]


def test_channels_are_kept_with_who_is_in_them(people: People) -> None:
    people.do(PeopleStore.set_channel_members, "C1", ["U1", "U2"])
    people.do(PeopleStore.set_channel_members, "C1", ["U2", "U3"])
    people.do(PeopleStore.join, "C1", "U4")
    people.do(PeopleStore.join, "C1", "U4")
    people.do(PeopleStore.leave, "C1", "U3")
    assert people.do(PeopleStore.channel_members, "C1") == {"U2", "U4"}
    assert people.do(PeopleStore.channels_of, "U4") == {"C1"}
    people.do(PeopleStore.save_channel, replace(OPEN, name="sync", archived=True))
    assert people.do(PeopleStore.channel, "C1") == replace(OPEN, name="sync", archived=True)
    assert people.do(PeopleStore.channels)["C2"] == SECRET
    assert people.do(PeopleStore.channel, "C9") is None


@pytest.mark.parametrize(
    ("user", "inside", "visible"),
    [
        ("U1", [], {"C1"}),
        ("U1", ["C2"], {"C1", "C2"}),
        ("U3", [], set()),
        ("U3", ["C1"], {"C1"}),
        ("U4", [], set()),
        ("U4", ["C2"], {"C2"}),
        ("U9", [], set()),
    ],
)
def test_who_sees_a_channel(people: People, user: str, inside: list[str], visible: set[str]) -> None:
    for channel in inside:
        people.do(PeopleStore.join, channel, user)
    assert people.do(PeopleStore.visible_to, user) == visible
    for channel in ("C1", "C2", "C9"):
        seen = people.do(PeopleStore.sees, user, channel)
        assert seen == (channel in visible)


@pytest.mark.parametrize(
    ("kept", "added", "whole", "left"),
    [
        ([], (24, 26), (24, 26), 1),
        ([(24, 26)], (26, 28), (24, 28), 1),
        ([(24, 26)], (27, 28), (24, 28), 1),
        ([(24, 26)], (28, 29), (28, 29), 2),
        ([(24, 26)], (22, 23), (22, 26), 1),
        ([(24, 26)], (25, 25), (24, 26), 1),
        ([(10, 11), (14, 15), (20, 21)], (12, 13), (10, 15), 2),
    ],
)
def test_absences_that_meet_become_one(
    people: People, kept: list[tuple[int, int]], added: tuple[int, int], whole: tuple[int, int], left: int
) -> None:
    for first, last in kept:
        people.do(PeopleStore.add_absence, "U1", Absence(day(first), day(last)))
    answered = people.do(PeopleStore.add_absence, "U1", Absence(day(added[0]), day(added[1])))
    assert answered == Absence(day(whole[0]), day(whole[1]))
    absences = people.do(PeopleStore.members)["U1"].absences
    assert answered in absences
    assert len(absences) == left
    assert people.do(PeopleStore.members)["U2"].absences == ()


def test_coming_back_ends_what_has_begun_and_drops_what_was_to_come(people: People) -> None:
    for first, last in ((1, 3), (10, 15), (20, 21)):
        people.do(PeopleStore.add_absence, "U1", Absence(day(first), day(last)))
    people.do(PeopleStore.add_absence, "U2", Absence(day(10), day(15)))
    assert people.do(PeopleStore.clear_absences, "U1", day(12))
    assert people.do(PeopleStore.absences) == {
        "U1": (Absence(day(1), day(3)), Absence(day(10), day(11))),
        "U2": (Absence(day(10), day(15)),),
    }
    assert not people.do(PeopleStore.clear_absences, "U1", day(12))


def test_a_pause_lasts_until_it_is_ended(people: People) -> None:
    later = NOW.replace(hour=12)
    assert people.do(PeopleStore.pause, "U1", NOW)
    assert not people.do(PeopleStore.pause, "U1", later)
    assert people.do(PeopleStore.paused_since, "U1") == NOW
    assert [people.do(PeopleStore.members)[user].paused for user in ("U1", "U2")] == [True, False]
    assert people.do(PeopleStore.resume, "U1")
    assert not people.do(PeopleStore.resume, "U1")
    assert people.do(PeopleStore.members)["U1"].paused is False


def test_three_thousand_members_are_saved_and_read_at_once(people: People) -> None:
    rows = [replace(RUI, user=f"W{n}", handle=f"h{n}", email=f"{n}@acme.example") for n in range(3000)]
    users = [row.user for row in rows]
    people.do(PeopleStore.save_members, rows, NOW)
    people.do(PeopleStore.save_members, rows, NOW)
    people.do(PeopleStore.set_functions, [SALES], {"sales": users}, {})
    people.do(PeopleStore.set_channel_members, "C1", users)
    found = people.do(PeopleStore.members, people.do(PeopleStore.channel_members, "C1"))
    assert set(found) == set(users)
    assert {each.function for each in found.values()} == {"sales"}
