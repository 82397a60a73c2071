"""A group that decides, on each database."""

from typing import TYPE_CHECKING

import pytest

from tests.rituals.decisions.group import Group, furnish, new_team
from tests.rituals.standup.databases import shared

if TYPE_CHECKING:
    from bot.database import Database

__all__ = ["shared"]


@pytest.fixture
def group(shared: "Database") -> Group:
    team = new_team()
    shared.write_now(furnish, team)
    return Group(shared, team)
