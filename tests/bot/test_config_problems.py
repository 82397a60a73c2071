"""Wrong files and the sentences they get: `config_problems.txt` is the table."""

from pathlib import Path

import pytest
import yaml

from bot.config.problems import ConfigProblem
from bot.config.reading import read_text

TABLE = Path(__file__).with_name("config_problems.txt")
# Each case of the table is a whole file (|) or a change to this one, with the sentences (>) that it gets.
GOOD = """\
admins: ["@marta"]
functions:
  - {name: Sales, side: business, members: ["@dana"]}
standups:
  weekly:
    title: Weekly
    channel: "#sync"
    when: mon 09:00
    questions:
      - {key: news, ask: What is new}
"""


def cases() -> list[str]:
    return TABLE.read_text("utf-8").strip("\n").split("\n\n")


def file_of(case: str) -> str:
    lines = [line for line in case.split("\n") if line[0] != ">"]
    if lines[0][0] == "|":
        return "".join(f"{line[1:]}\n" for line in lines)
    before = "".join(f"{line[1:]}\n" for line in lines if line[0] in " -")
    after = "".join(f"{line[1:]}\n" for line in lines if line[0] in " +")
    assert GOOD.count(before) == 1, f"The file has no such lines: {before}"
    return GOOD.replace(before, after)


def problems(text: str) -> list[str]:
    with pytest.raises(ConfigProblem) as raised:
        read_text(text, "config.yaml")
    return [str(problem) for problem in raised.value.problems]


def test_the_file_that_the_cases_change_is_good() -> None:
    assert read_text(GOOD).standups["weekly"].title == "Weekly"


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.splitlines()[-2].strip()[:50])
def test_a_wrong_file_gets_its_sentences(case: str) -> None:
    wanted = [line[2:] for line in case.split("\n") if line[0] == ">"]
    said = [
        problem.removeprefix("config.yaml").removeprefix(", ").removeprefix(": ") for problem in problems(file_of(case))
    ]
    assert said == wanted


def test_the_sentences_are_the_same_where_yaml_has_no_fast_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    fast = {case: problems(file_of(case)) for case in cases()}
    monkeypatch.delattr(yaml, "CSafeLoader")
    assert {case: problems(file_of(case)) for case in cases()} == fast


def test_every_problem_is_told_at_once_in_the_order_of_the_lines() -> None:
    text = GOOD.replace("business", "busness").replace("mon 09:00", "mond 09:00").replace("ask:", "aks:")
    told = problems(text.replace("admins", "admin"))
    assert [sentence.split(":")[0] for sentence in told] == [
        f"config.yaml, line {number}" for number in (1, 3, 5, 8, 10)
    ]


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("Weekly", "x" * 121, "line 6: standups.weekly.title: This is 121 characters long. Slack shows 120 here"),
        ("What is new", "x" * 2001, "line 10: standups.weekly.questions.news.ask: This is 2,001 characters long."),
        ("Sales", "x" * 76, "line 3: functions.xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx.name: This is 76 characters"),
        (
            "new}",
            f"new, kind: choice, options: [a, {'b' * 76}]}}",
            "questions.news.options.2: This is 76 characters long.",
        ),
        (
            "      - {key: news",
            "".join(f"      - {{key: q{number}, ask: Why}}\n" for number in range(20)) + "      - {key: news",
            "line 9: standups.weekly.questions: There are more than 20 here. Keep fewer.",
        ),
    ],
)
def test_what_slack_could_not_show_is_refused(old: str, new: str, sentence: str) -> None:
    (told,) = problems(GOOD.replace(old, new, 1))
    assert sentence in told


def test_more_functions_than_a_menu_holds_are_refused() -> None:
    many = "".join(f'  - {{name: F{number}, key: f{number}, side: business, lead: "@a"}}\n' for number in range(100))
    assert problems(f"functions:\n{many}") == [
        "config.yaml, line 1: functions: There are more than 99 here. Keep fewer."
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "config.yaml: The file is empty."),
        ("admins: []\ncalendar: {zone: \x07UTC}\n", "line 2: There is an invisible character (U+0007)"),
        ("admins: [\ud800]", "line 1: There is an invisible character (U+D800)"),
        ("#" * 1_000_001, "config.yaml: The file is larger than a megabyte."),
        ("[" * 100_000, "line 1: This is nested far deeper"),
        ("{a: " * 100_000, "line 1: This is nested far deeper"),
        (
            "a: &a [x, x, x, x, x, x, x, x]\n"
            + "".join(
                f"{key}: &{key} [{', '.join([f'*{before}'] * 8)}]\n"
                for before, key in zip("abcdefgh", "bcdefghi", strict=True)
            ),
            "line 6: The file says far more than a configuration needs.",
        ),
    ],
    ids=["empty", "control character", "half a character", "huge", "brackets", "braces", "aliases of aliases"],
)
def test_text_that_is_no_configuration_at_all_gets_one_sentence(text: str, sentence: str) -> None:
    (told,) = problems(text)
    assert sentence in told
