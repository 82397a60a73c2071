"""How well terms are found in stand-up answers, on sentences that the finder was not tuned on."""

from collections.abc import Callable
from pathlib import Path

from tests.figures import Figure
from tests.glossary.measuring import SENTENCES, precision_and_recall, upper_case_only

HELD_BACK, TUNING = SENTENCES / "held_back.yaml", SENTENCES / "tuning.yaml"


def measured(folder: Path, say: Callable[[str], None]) -> list[Figure]:
    ours, capitals = precision_and_recall(HELD_BACK), precision_and_recall(HELD_BACK, upper_case_only)
    tuned = precision_and_recall(TUNING)
    say(f"two to six capitals alone: precision {capitals.precision:.2f}, recall {capitals.recall:.2f}")
    say(f"on the sentences it was tuned on: precision {tuned.precision:.2f}, recall {tuned.recall:.2f}")
    return [
        Figure("gap_precision", ours.precision, 0.7, "higher", "of 1"),
        Figure("gap_recall", ours.recall, 0.7, "higher", "of 1"),
    ]
