"""One wrong thing in a file or in the environment, where it stands, and what to write instead."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, slots=True)
class Problem:
    """`line` counts from 1, None where there is none. `path` is like "standups.weekly.when", empty for a whole file.

    `message` and `instead` are whole sentences; `instead` may be empty when the message says it all.
    """

    file: str
    line: int | None
    path: str
    message: str
    instead: str = ""

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}, line {self.line}"
        parts = (f"{place}:", f"{self.path}:" if self.path else "", self.message, self.instead)
        return " ".join(part for part in parts if part)


class ConfigProblem(Exception):
    """Nothing was started or changed. `problems` holds all that is wrong, in the order of the files' lines."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))

    @classmethod
    def one(cls, file: str, line: int | None, path: str, message: str, instead: str = "") -> "ConfigProblem":
        return cls([Problem(file, line, path, message, instead)])


def nearest(written: str, known: Iterable[str]) -> str:
    """The known word that is most like what was written, or empty when none is."""
    names = {name.casefold(): name for name in known}
    near = get_close_matches(written.casefold()[:100], names, n=1, cutoff=0.6)
    return names[near[0]] if near else ""


def did_you_mean(written: str, known: Iterable[str]) -> str:
    """A sentence naming the nearest known word, or empty when none is near."""
    near = nearest(written, known)
    return f"Did you mean “{near}”?" if near else ""


def one_of(choices: Sequence[str]) -> str:
    """ "“move” or “skip”"."""
    quoted = [f"“{choice}”" for choice in choices]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"


def shown(value: object, limit: int = 60) -> str:
    """What somebody wrote, in quotation marks, on one line and cut visibly."""
    text = " ".join(str(value).split())
    return f"“{text if len(text) <= limit else text[: limit - 1] + '…'}”"
