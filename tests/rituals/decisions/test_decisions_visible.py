"""Who sees a decision sees its channel; for everybody else it is not there, whatever she tries."""

from collections.abc import Callable
from typing import Any

import pytest

from rituals.decisions.records import Decision, Sheet
from rituals.decisions.refusals import CannotSee, NoSuchDecision
from rituals.decisions.store import DecisionStore
from rituals.decisions.usecases import changing, exporting, reading
from rituals.decisions.usecases.exporting import Book
from rituals.people.store import ChannelRow, PeopleStore
from rituals.refusals import Refused
from rituals.tables import Tx
from tests.rituals.decisions.group import (
    ADMINS,
    AROHA,
    BOARD,
    GUEST,
    KAVYA,
    MARTA,
    MIRA,
    NOA,
    OTTO,
    RUI,
    SYNC,
    THURSDAY,
    Group,
    new_team,
)

Act = Callable[[Group, int, str], object]

# Marta and Rui are in the private channel. Aroha is an admin and not in it; Kavya and Noa are members of the team.
INSIDE, OUTSIDE = (MARTA, RUI), (KAVYA, AROHA, GUEST, MIRA, OTTO)
SECRET = "Whom do we buy?"


def secret(group: Group) -> int:
    """A decision of the private channel in which everybody outside has every part that the rules ask for."""
    for user in OUTSIDE:
        group.people(PeopleStore.join, BOARD, user)
    number = group.ask(
        by=MARTA, channel=BOARD, question=SECRET, consulted=OUTSIDE, informed=OUTSIDE, escalate_to=KAVYA, asked="sales"
    )
    for user in OUTSIDE:
        group.people(PeopleStore.leave, BOARD, user)
    return number


def readings(group: Group, number: int, user: str) -> list[object]:
    return [
        *group.see(reading.listed, user),
        *group.see(reading.listed, user, "sales"),
        *_all_of(group.see(reading.mine, user)),
        *group.see(reading.find, user, "buy"),
        *group.see(reading.find, user, str(number)),
        *group.see(reading.exported, user),
        *filter(None, [group.see(reading.for_blocker, "b1", user)]),
    ]


def _all_of(mine: reading.Mine) -> tuple[Decision, ...]:
    return (*mine.to_decide, *mine.to_consult, *mine.awaits)


CHANGES: dict[str, Act] = {
    "get": lambda group, number, user: group.see(reading.get, number, user),
    "sheet": lambda group, number, user: group.see(reading.sheet, number, user),
    "decide": lambda group, number, user: group.decide(number, by=user, admins=ADMINS),
    "withdraw": lambda group, number, user: group.withdraw(number, by=user, admins=ADMINS),
    "undo": lambda group, number, user: group.undo(number, by=user, admins=ADMINS),
    "reopen": lambda group, number, user: group.reopen(number, by=user, admins=ADMINS),
    "hand over": lambda group, number, user: group.hand_over(number, user, by=user, admins=ADMINS),
    "change due": lambda group, number, user: group.do(
        changing.change_due, number, user, THURSDAY, group.now, admins=ADMINS
    ),
    "need information": lambda group, number, user: group.do(
        changing.need_information, number, user, "x", group.now, admins=ADMINS
    ),
    "give information": lambda group, number, user: group.do(changing.give_information, number, user, "x", group.now),
    "escalate": lambda group, number, user: group.escalate(number, user, by=user, admins=ADMINS),
    "give input": lambda group, number, user: group.do(changing.give_input, number, user, None, "x", group.now),
    "snooze": lambda group, number, user: group.snooze(number, THURSDAY, by=user),
    "hold": lambda group, number, user: group.do(changing.hold, number, user, group.now, admins=ADMINS),
    "link": lambda group, number, user: group.link(number, "b1", by=user),
    "supersede": lambda group, number, user: group.ask(by=user, admins=ADMINS, supersedes=number),
}


def test_every_function_is_among_these() -> None:
    """So that a new one is thought of here."""
    public = {name for name in vars(changing) if not name.startswith("_") and _own(changing, name)}
    assert public == {
        "ask",
        "change_due",
        "decide",
        "escalate",
        "give_information",
        "give_input",
        "hand_over",
        "hold",
        "link_blocker",
        "need_information",
        "reopen",
        "snooze",
        "undo",
        "withdraw",
    }
    told = {"exported", "find", "for_blocker", "get", "listed", "mine", "sheet"}
    # For whoever has asked already, for channels that somebody has chosen, and for who keeps the bot running.
    not_told = {"sheet_of", "alone", "open_in", "reopened_since", "exportable"}
    assert {name for name in vars(reading) if not name.startswith("_") and _own(reading, name)} == told | not_told


def _own(module: object, name: str) -> bool:
    found = getattr(module, name)
    return callable(found) and not isinstance(found, type) and found.__module__ == getattr(module, "__name__", None)


@pytest.mark.parametrize("closed", [False, True])
def test_for_who_is_outside_a_private_decision_is_not_there(group: Group, closed: bool) -> None:
    group.raised("b1", group.now, channel=BOARD)
    number = secret(group)
    group.link(number, "b1", by=MARTA)
    if closed:
        group.decide(number)
    before = (group.decision(number), group.events(number), group.waits(number))
    for user in OUTSIDE:
        assert readings(group, number, user) == []
        for act in CHANGES.values():
            _refused(act, group, number, user)
    assert (group.decision(number), group.events(number), group.waits(number)) == before


def _refused(act: Act, group: Group, number: int, user: str) -> None:
    """She is told no more than the number that she named herself."""
    with pytest.raises(Refused) as refused:
        act(group, number, user)
    if isinstance(refused.value, CannotSee):
        assert vars(refused.value) == {"user": user, "field": "channel"}  # nor can she ask for one of her own
    else:
        assert type(refused.value) is NoSuchDecision
        assert vars(refused.value) == {"number": number}


def test_it_is_refused_just_as_one_that_is_not_there(group: Group) -> None:
    for act in CHANGES.values():
        _refused(act, group, 99, KAVYA)


@pytest.mark.parametrize("user", INSIDE)
def test_who_is_in_sees_it(group: Group, user: str) -> None:
    number = secret(group)
    assert group.see(reading.get, number, user).question == SECRET
    assert group.see(reading.sheet, number, user).events[0].by == MARTA
    assert [each.number for each in group.see(reading.listed, user)] == [number]
    assert [each.number for each in group.see(reading.find, user, "BUY")] == [number]
    assert [each.decision.number for each in group.see(reading.exported, user)] == [number]


@pytest.mark.parametrize(
    ("user", "sees"),
    [(MARTA, True), (KAVYA, True), (AROHA, True), (GUEST, True), (MIRA, True), (OTTO, False), ("UNOBODY", False)],
)
def test_what_is_public_is_for_the_team_and_for_guests_and_others_who_are_in(
    group: Group, user: str, sees: bool
) -> None:
    number = group.ask()
    assert [each.number for each in group.see(reading.listed, user)] == ([number] if sees else [])
    if sees:
        assert group.see(reading.get, number, user).number == number
    else:
        with pytest.raises(NoSuchDecision):
            group.see(reading.get, number, user)
    group.people(PeopleStore.leave, SYNC, GUEST, MIRA)
    assert bool(group.see(reading.listed, user)) is (sees and user not in (GUEST, MIRA))


def test_who_leaves_sees_it_no_more_and_who_joins_does(group: Group) -> None:
    number = secret(group)
    group.people(PeopleStore.leave, BOARD, RUI)
    group.people(PeopleStore.join, BOARD, NOA)
    assert readings(group, number, RUI) == []
    assert group.see(reading.get, number, NOA).question == SECRET


def test_another_workspace_has_its_own(group: Group) -> None:
    number = group.ask()
    other = Group(group.database, new_team())
    with pytest.raises(NoSuchDecision):
        other.see(reading.get, number, KAVYA)
    assert other.see(reading.find, KAVYA, "price") == ()


def test_of_a_blocker_of_a_channel_that_she_does_not_see_there_is_no_trace(group: Group) -> None:
    group.raised("private", group.now, channel=BOARD)
    group.raised("public", group.now)
    number = group.ask(by=MARTA)
    for blocker in ("private", "public"):
        group.link(number, blocker, by=MARTA)

    def traces(sheet: Sheet) -> tuple[tuple[str, ...], list[str]]:
        return sheet.blockers, [event.detail for event in sheet.events if event.what == "linked"]

    assert traces(group.see(reading.sheet, number, MARTA)) == (("private", "public"), ["private", "public"])
    assert traces(group.see(reading.sheet, number, KAVYA)) == (("public",), ["", "public"])
    (exported,) = group.see(reading.exported, KAVYA)
    assert traces(exported) == (("public",), ["", "public"])


@pytest.mark.parametrize(("old_in", "new_in"), [(BOARD, SYNC), (SYNC, BOARD)])
def test_of_a_decision_that_she_does_not_see_no_other_gives_the_number(group: Group, old_in: str, new_in: str) -> None:
    old = group.ask(by=MARTA, channel=old_in)
    group.decide(old)
    new = group.ask(by=MARTA, channel=new_in, supersedes=old)
    shown, hidden = (new, old) if new_in == SYNC else (old, new)
    assert named(group, shown, KAVYA) == set()
    group.decide(new)
    assert (named(group, shown, MARTA), named(group, shown, KAVYA)) == ({hidden}, set())
    group.undo(new)
    assert named(group, shown, KAVYA) == set(), "nor does what has happened before"


def named(group: Group, number: int, user: str) -> set[int]:
    """The other decisions that she reads of, wherever she reads of this one."""
    found = [each for each in readings(group, number, user) if isinstance(each, Decision) and each.number == number]
    sheets = [group.see(reading.sheet, number, user), *group.see(exporting.hers, user).sheets]
    if user == KAVYA:
        sheets += group.see(exporting.everything, False).sheets
    sheets = [each for each in sheets if each.decision.number == number]
    found += [group.see(reading.get, number, user), *(each.decision for each in sheets)]
    others = {other for each in found for other in (each.supersedes, each.superseded_by)}
    events = {
        int(event.detail) for each in sheets for event in each.events if event.what == "superseded" and event.detail
    }
    return {other for other in others | events if other is not None}


def test_who_keeps_the_bot_running_gets_what_is_public_and_with_private_everything(group: Group) -> None:
    hidden, shown = secret(group), group.ask()
    assert [each.decision.number for each in group.see(reading.exportable, False)] == [shown]
    assert [each.decision.number for each in group.see(reading.exportable, True)] == [hidden, shown]


def test_a_file_holds_what_others_think_once_it_is_closed_or_for_who_decides(group: Group) -> None:
    number = group.ask()
    for user in (KAVYA, MARTA):
        group.do(changing.give_input, number, user, None, "Not yet.", group.now)

    def heard(of: Callable[..., Book], *args: Any) -> list[str]:
        (sheet,) = group.see(of, *args).sheets
        return [each.user for each in sheet.inputs]

    assert heard(exporting.hers, RUI) == [KAVYA, MARTA], "he decides"
    assert heard(exporting.hers, MARTA) == [MARTA]
    assert heard(exporting.hers, AROHA) == []
    assert heard(exporting.everything, False) == []
    assert heard(exporting.everything, True) == [KAVYA, MARTA]
    group.decide(number)
    assert heard(exporting.hers, AROHA) == [KAVYA, MARTA]


FOUND: list[tuple[dict[str, Any], str, bool]] = [
    ({}, "price", True),
    ({}, "PRICE which", True),
    ({}, "price now", False),
    ({}, "", False),
    ({}, "   ", False),
    ({"context": "We pay by card."}, "card price", True),
    ({"tags": ("Pricing",), "options": ("Five euros",)}, "pricing euros", True),
    ({"question": "Die Straße?"}, "STRASSE", True),
    ({"question": "DIE STRASSE?"}, "straße", True),
    ({"question": "İstanbul?"}, "İSTANBUL", True),
    ({"question": "İstanbul?"}, "istanbul", True),
    ({"question": "Istanbul?"}, "i\u0307stanbul", True),
    # One letter or a letter and its accent: keyboards differ.
    ({"question": "O pre\u00e7o de caf\u00e9?"}, "cafe\u0301", True),
    ({"question": "O prec\u0327o de cafe\u0301?"}, "PRE\u00c7O", True),
    ({"question": "50% off?"}, "50%", True),
    ({"question": "500 off?"}, "50%", False),
    ({"question": "Which price?"}, "%", False),
    ({"question": "Which price?"}, "_", False),
    ({"question": "Which price?"}, "pr_ce", False),
    ({"question": "snake_case?"}, "snake_case", True),
    ({"question": "C:\\temp?"}, "c:\\temp", True),
    ({"question": "Which price?"}, "\\", False),
    ({"question": "and/or?"}, "and/or", True),
    ({"question": "Which price?"}, "/", False),
    ({"question": "'; DROP TABLE decisions; --"}, "'; drop", True),
]


def test_it_is_found_by_every_word_as_it_is_written(group: Group) -> None:
    for asked, text, there in FOUND:
        number = group.ask(**asked)
        found = [each.number for each in group.see(reading.find, KAVYA, text)]
        assert (number in found) is there, (asked, text)


def test_it_is_found_by_its_outcome_and_its_reason(group: Group) -> None:
    number = group.ask()
    group.decide(number, "Seven Dollars.", why="Because of Margins.")
    assert [each.number for each in group.see(reading.find, KAVYA, "margins seven")] == [number]
    group.undo(number)
    assert group.see(reading.find, KAVYA, "seven") == ()


def test_a_number_finds_its_decision_before_those_that_speak_of_it(group: Group) -> None:
    group.ask()
    number = group.ask()
    speaks = group.ask(question="Do we follow 2?")
    for text in ("2", "#2", " #2 "):
        assert [each.number for each in group.see(reading.find, KAVYA, text)][:1] == [number]
    assert [each.number for each in group.see(reading.find, KAVYA, "2")] == [number, speaks]
    for text in ("0", "99", str(2**31), "9" * 50, "#", "-2", "2.0"):
        assert group.see(reading.find, KAVYA, text) == ()
    assert group.see(reading.find, OTTO, "2") == ()


def test_a_search_may_be_of_any_length(group: Group) -> None:
    number = group.ask()
    for text in (
        "a " * 3000,
        "x" * 60_000,
        "\N{GRINNING FACE}" * 40_000,
        "%" * 40_000,
        " ".join(map(str, range(3000))),
    ):
        assert group.see(reading.find, KAVYA, text) == ()
    assert [each.number for each in group.see(reading.find, KAVYA, "price " * 3000)] == [number]


def test_not_more_is_found_than_can_be_shown(group: Group) -> None:
    numbers = [group.ask() for _ in range(reading.FOUND_AT_MOST + 3)]
    found = [each.number for each in group.see(reading.find, KAVYA, "price")]
    assert found == numbers[:2:-1]


def test_tens_of_thousands_of_channels_are_not_too_many(group: Group) -> None:
    """A company has more of them than a statement takes values."""
    many = {f"C{n:09}" for n in range(70_000)}
    number = group.ask()

    def read(tx: Tx, team: str) -> list[list[int]]:
        store = DecisionStore(tx, team)
        found = [
            store.live_in(many | {SYNC}),
            store.live_in(many),
            store.found(["price"], many | {SYNC}, 20),
        ]
        return [[each.number for each in some] for some in found]

    assert group.see(read) == [[number], [], [number]]
    group.decide(number)
    assert group.see(read) == [[], [], [number]]
    assert group.see(reading.reopened_since, group.now, many | {SYNC}) == (0, 1)
    assert set(group.store(DecisionStore.of, range(-5, 70_000))) == {number}
    assert group.store(DecisionStore.heard_from, KAVYA, range(70_000)) == frozenset()


def test_a_company_with_thousands_of_channels_reads_its_decisions(group: Group) -> None:
    number = group.ask()
    rows = [ChannelRow(f"C{n:09}", f"channel-{n}") for n in range(3000)]
    group.people(PeopleStore.save_channels, rows)
    assert [each.number for each in group.see(reading.listed, KAVYA)] == [number]
    assert [each.number for each in group.see(reading.find, KAVYA, "price")] == [number]
