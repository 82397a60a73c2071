"""Whatever stands in a file, reading it gives a configuration or a list of problems, and nothing else."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.config.models import Configuration
from bot.config.problems import ConfigProblem, Problem
from bot.config.reading import from_body, read_bytes, read_text

T = TypeVar("T")
LINES = (Path(__file__).parents[2] / "config.yaml").read_text("utf-8").splitlines()
YAML = st.text(alphabet="abc:-[]{}#&*!|>'\"%@`?, \n\t\\~01<", max_size=80)
WORDS = st.sampled_from(
    [
        "functions",
        "calendar",
        "admins",
        "standups",
        "weekly",
        "questions",
        "key",
        "ask",
        "kind",
        "when",
        "zone",
        "options",
        "window",
        "reminders",
        "audience",
        "channel",
        "digest",
        "people",
        "away",
        "commands",
        "messages",
        "decisions",
        "who_decides",
        "tag",
        "function",
        "decider",
        "summary",
        "channels",
    ]
)
SCALARS = st.one_of(
    st.none(), st.text(max_size=12), WORDS, st.sampled_from(["mon 09:00", "9h", "#a", "@b", "PT", "choice"])
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS | st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)


def read_or_told(text: str) -> None:
    read, problems = outcome(read_text, text)
    assert read is None or from_body(read.body()) == read
    assert bool(problems) is (read is None)
    for each in problems:
        assert each.message.strip()
        assert each.line is None or 1 <= each.line <= len(text.splitlines()) + 1
        assert "\n" not in str(each)


def outcome(read: Callable[[T], Configuration], content: T) -> tuple[Configuration | None, tuple[Problem, ...]]:
    try:
        return read(content), ()
    except ConfigProblem as problem:
        return None, problem.problems


@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    read_or_told(text)


@settings(max_examples=400)
@given(YAML)
def test_any_text_in_the_characters_of_yaml(text: str) -> None:
    read_or_told(text)


@given(st.binary(max_size=100))
def test_any_bytes(content: bytes) -> None:
    read, problems = outcome(lambda content: read_bytes(content, "config.yaml"), content)
    assert bool(problems) is (read is None)


@given(VALUES)
def test_any_values_in_any_place(value: Any) -> None:
    read_or_told(_flow({"standups": {"weekly": value}, "functions": [value], "calendar": value, "people": value}))
    read_or_told(_flow({"decisions": value}))
    read_or_told(_flow({"decisions": {"who_decides": [value, value], "summary": value}}))


@settings(max_examples=60)
@given(st.data())
def test_the_shipped_file_with_a_line_lost_doubled_moved_or_overwritten(data: st.DataObject) -> None:
    lines = list(LINES)
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(lines) - 1))
        how = data.draw(st.sampled_from(["lose", "double", "indent", "dedent", "cut", "write"]))
        if how == "lose":
            del lines[at]
        elif how == "double":
            lines.insert(at, lines[at])
        elif how == "write":
            lines[at] = lines[at].partition(":")[0] + ": " + data.draw(YAML).replace("\n", " ")
        else:
            lines[at] = {"indent": "  " + lines[at], "dedent": lines[at][1:], "cut": lines[at][: len(lines[at]) // 2]}[
                how
            ]
    read_or_told("\n".join(lines))


def _flow(value: Any) -> str:
    """As YAML in brackets, every text in double quotes."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_flow(key)}: {_flow(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    if value is None:
        return "~"
    return '"' + "".join(each if each.isalnum() else f"\\U{ord(each):08x}" for each in value) + '"'
