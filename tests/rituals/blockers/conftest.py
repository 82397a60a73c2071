"""The same group, on each database."""

from typing import TYPE_CHECKING

import pytest

from tests.rituals.standup.databases import shared
from tests.rituals.standup.group import Group, furnish, new_team

if TYPE_CHECKING:
    from bot.database import Database

__all__ = ["shared"]


@pytest.fixture
def group(shared: "Database") -> Group:
    team = new_team()
    shared.write_now(furnish, team)
    return Group(shared, team)
