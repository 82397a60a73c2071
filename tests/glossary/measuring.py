"""How well a finder of candidates does on labelled sentences."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from glossary.candidates import candidates

SENTENCES = Path(__file__).parent / "sentences"
Finder = Callable[[str], list[str]]


@dataclass(frozen=True)
class Sentence:
    text: str
    terms: tuple[str, ...]


@dataclass(frozen=True)
class Score:
    """Phrases that were labelled and found, over those found and over those labelled."""

    precision: float
    recall: float


def sentences(file: Path) -> list[Sentence]:
    return [Sentence(row["text"], tuple(row["terms"])) for row in yaml.safe_load(file.read_text())]


def precision_and_recall(file: Path, find: Finder | None = None) -> Score:
    """Counted over the whole file. A phrase counts where it is exactly the labelled one, once for each time it is
    labelled in its sentence; a part of it, or more than it, counts as wrong on both sides."""
    right = found = labelled = 0
    for sentence in sentences(file):
        ours, theirs = Counter((find or by_candidates)(sentence.text)), Counter(sentence.terms)
        right += (ours & theirs).total()
        found += ours.total()
        labelled += theirs.total()
    return Score(right / found if found else 1.0, right / labelled if labelled else 1.0)


def by_candidates(text: str) -> list[str]:
    return [candidate.text for candidate in candidates(text)]


def upper_case_only(text: str) -> list[str]:
    """The finder that many bots have: two to six capitals."""
    return re.findall(r"\b[A-Z]{2,6}\b", text)


def mistakes(file: Path) -> Iterator[str]:
    """What was missed and what was found for nothing, a sentence a line."""
    for sentence in sentences(file):
        ours, theirs = Counter(by_candidates(sentence.text)), Counter(sentence.terms)
        if ours != theirs:
            yield f"missed {list(theirs - ours)} found {list(ours - theirs)}: {sentence.text}"
