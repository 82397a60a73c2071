"""What a refusal says goes with how the decision stands, and names what can be done instead."""

from dataclasses import replace
from typing import Any

import pytest

from bot.features.decisions.views import WORDS
from tests.rituals.decisions.written import PRICE


@pytest.mark.parametrize(
    ("stands", "says"),
    [
        ({"state": "open"}, "It is open, so there is nothing to undo."),
        ({"state": "superseded"}, "Another decision has taken its place, and that stands."),
        ({"state": "decided"}, "Only whoever closed it can undo that, or an admin."),
    ],
)
def test_what_cannot_be_undone_is_told_as_it_stands(stands: dict[str, Any], says: str) -> None:
    told = WORDS.nothing_to_undo(replace(PRICE, **stands))
    assert told.startswith(says)
    assert told.count(".") == 2


@pytest.mark.parametrize(
    ("part", "says"),
    [
        ("blocker", "You, or whoever is to decide, cannot see where that was raised."),
        ("escalate_to", "Somebody you have named cannot see the channel in which this is asked."),
        ("decider", "Somebody you have named cannot see the channel in which this is asked."),
    ],
)
def test_who_cannot_look_is_told_apart(part: str, says: str) -> None:
    assert WORDS.cannot_see_them(part).startswith(says)
