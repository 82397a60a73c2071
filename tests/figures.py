"""Figures that a long run comes to: printed for people, written as JSON for machines."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

VAR = Path(__file__).parent.parent / "var"


@dataclass(frozen=True)
class Figure:
    """One measured value with what it should be: at most the goal where lower is better, else at least."""

    name: str
    value: float
    goal: float
    better: Literal["lower", "higher"]
    unit: str

    @property
    def met(self) -> bool:
        return self.value <= self.goal if self.better == "lower" else self.value >= self.goal


def write(figures: Sequence[Figure], path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps([asdict(figure) for figure in figures], indent=2) + "\n")


def table(figures: Sequence[Figure]) -> str:
    """One line per figure: its name, what it came to, the goal, and whether that was met."""
    width = max(len(figure.name) for figure in figures)
    return "\n".join(
        f"{figure.name:<{width}}  {_value(figure)}  {_goal(figure)}  {_verdict(figure)}" for figure in figures
    )


def _value(figure: Figure) -> str:
    return f"{figure.value:>9.3f} {figure.unit:<8}"


def _goal(figure: Figure) -> str:
    return f"{'at most' if figure.better == 'lower' else 'at least':<8} {figure.goal:<6g}"


def _verdict(figure: Figure) -> str:
    return "met" if figure.met else "MISSED"
