"""The demonstration's past, lived through once for all tests that begin with it: twelve weeks take seconds."""

import shutil
from datetime import datetime
from pathlib import Path

from bot.config import Environment
from bot.demo import beginning

ROOT = Path(__file__).parents[1]
CONFIG = ROOT / "config.yaml"
WEDNESDAY = datetime.fromisoformat("2026-11-25T15:00:00+00:00")


def build(folder: Path, now: datetime = WEDNESDAY) -> beginning.Stage:
    return beginning.stage(Environment(config=CONFIG), folder, now, fresh=True)


def copied(built: Path, folder: Path) -> beginning.Stage:
    """The same past once more, for a demonstration that goes its own way from there."""
    shutil.copytree(built, folder)
    return stage_in(folder)


def stage_in(folder: Path) -> beginning.Stage:
    database, sandbox, seed = (folder / name for name in ("crosswalk.db", "sandbox.db", "sandbox-seed.json"))
    return beginning.Stage(database, sandbox, seed, beginning._first(WEDNESDAY))
