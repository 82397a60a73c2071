"""A glossary of a workspace's own, on each database."""

from typing import TYPE_CHECKING

import pytest

from tests.glossary.group import Group, new_team
from tests.rituals.standup.databases import shared

if TYPE_CHECKING:
    from bot.database import Database

__all__ = ["shared"]


@pytest.fixture
def group(shared: "Database") -> Group:
    return Group(shared, new_team())
