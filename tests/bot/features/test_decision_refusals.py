"""What is said of a decision goes with how it stands; a refusal names what can be done instead."""

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
    ("state", "says"),
    [
        ("open", "Takes the place of decision 7 once it is decided"),
        ("decided", "Takes the place of decision 7"),
        ("withdrawn", "Was to take the place of decision 7"),
        ("superseded", "Takes the place of decision 7"),
    ],
)
def test_whose_place_it_takes_is_told_as_it_stands(state: Any, says: str) -> None:
    assert WORDS.supersedes(replace(PRICE, state=state, supersedes=7)) == says


@pytest.mark.parametrize(
    ("state", "reader", "says"),
    [
        ("decided", "U0MARTA", "You have decided this already."),
        ("withdrawn", "U0MARTA", "You have withdrawn this already."),
        ("superseded", "U0MARTA", "Too late: it is replaced by another decision already."),
        ("decided", "U0RUI", "Marta was quicker: it is decided already."),
        ("withdrawn", "U0RUI", "Marta was quicker: it is withdrawn already."),
    ],
)
def test_nobody_was_quicker_than_herself(state: Any, reader: str, says: str) -> None:
    of = replace(PRICE, state=state, closed_by="U0MARTA")
    told = WORDS.already_closed(of, {"U0MARTA": "Marta"}, reader)
    assert told == f"{says} That stands; if it should not, reopen it."


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
