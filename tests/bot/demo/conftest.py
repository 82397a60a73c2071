from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.demo import beginning
from tests.lived import stage_in


@dataclass(frozen=True)
class Begun:
    """A demonstration that has been built and not started."""

    stage: beginning.Stage
    seed: Mapping[str, Any]


def begun_at(stage: beginning.Stage) -> Begun:
    return Begun(stage, beginning._read(stage.seed))


@pytest.fixture(scope="session")
def begun(built: Path) -> Begun:
    """To be looked at, not to be run."""
    return begun_at(stage_in(built))
