from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from bot.config import Environment
from bot.demo import beginning

CONFIG = Path(__file__).parents[3] / "config.yaml"
WEDNESDAY = datetime.fromisoformat("2026-11-25T15:00:00+00:00")


@dataclass(frozen=True)
class Begun:
    """A demonstration that has been built and not started."""

    stage: beginning.Stage
    seed: Mapping[str, Any]


def build(folder: Path, now: datetime = WEDNESDAY) -> Begun:
    stage = beginning.stage(Environment(config=CONFIG), folder, now, fresh=True)
    return Begun(stage, beginning._read(stage.seed))


@pytest.fixture(scope="session")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Begun:
    """To be looked at, not to be run."""
    return build(tmp_path_factory.mktemp("demo"))
