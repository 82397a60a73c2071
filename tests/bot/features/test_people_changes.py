"""Which changes among people set anything in motion: somebody's status changes a dozen times a day."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.features.people.listeners import matters
from rituals.people.rules import AwayRules
from rituals.people.store import MemberRow

RULES = AwayRules(frozenset({"palm_tree"}))
RUI = MemberRow("URUI", "Rui", "rui", "rui@acme.example", "Europe/Lisbon")
MEETING = replace(RUI, status_emoji="spiral_calendar_pad", status_until=datetime(2026, 11, 23, 10, tzinfo=UTC))
BEACH = replace(RUI, status_emoji="palm_tree")

CHANGES = {
    "she is new": (None, RUI, True),
    "a meeting begins": (RUI, MEETING, False),
    "a meeting ends": (MEETING, RUI, False),
    "a meeting takes longer": (MEETING, replace(MEETING, status_until=None), False),
    "a holiday begins": (MEETING, BEACH, True),
    "a holiday ends": (BEACH, RUI, True),
    "a holiday ends sooner": (BEACH, replace(BEACH, status_until=datetime(2026, 11, 24, tzinfo=UTC)), True),
    "she moves while in a meeting": (RUI, replace(MEETING, zone="Asia/Kolkata"), True),
    "her account is closed": (RUI, replace(RUI, deactivated=True), True),
    "she is called otherwise": (RUI, replace(RUI, name="Rui Costa"), True),
}


@pytest.mark.parametrize(("before", "after", "does"), CHANGES.values(), ids=CHANGES.keys())
def test_a_change_matters_if_it_moves_anything(before: MemberRow | None, after: MemberRow, does: bool) -> None:
    assert matters(before, after, RULES) is does
