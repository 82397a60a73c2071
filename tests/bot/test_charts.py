"""Charts and tables: whatever people are called and however much there is, Slack takes them, and what is cut shows."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_sdk.models.blocks import Block, TableBlock

from bot.sandbox.blockkit import check_message
from bot.slack import blocks, charts
from bot.slack.charts import bar_chart, cell_text, line_chart, number, numbers, table

WEEKS = ["3 Nov", "10 Nov", "17 Nov"]
HOSTILE = [
    "<!channel>",
    "<@U0ANA>",
    "*bold* _x_ `y`",
    "$\\frac{1$",
    "_hidden",
    ":tada:",
    "a\nb\tc",
    "",
    "\ud800",
    "x" * 99,
]
NUMBERS = st.none() | st.integers(-(10**9), 10**9) | st.floats()
TEXTS = st.sampled_from(HOSTILE) | st.text(max_size=30)


@st.composite
def charted(draw: st.DrawFn) -> dict[str, Any]:
    made = draw(st.sampled_from([line_chart, bar_chart]))
    many = draw(st.integers(1, 25))
    categories = draw(st.lists(TEXTS, min_size=many, max_size=many))
    series = draw(st.dictionaries(TEXTS, st.lists(NUMBERS, min_size=many, max_size=many), min_size=1, max_size=15))
    block: dict[str, Any] = made(draw(TEXTS), categories, series, draw(TEXTS), draw(TEXTS))
    return block


@settings(max_examples=60, deadline=None)
@given(charted())
def test_slack_takes_every_chart(block: dict[str, Any]) -> None:
    assert check_message([block], "text") == []
    assert 0 < len(numbers(block)) <= 2000


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(TEXTS | NUMBERS, max_size=25), min_size=1, max_size=130).filter(any))
def test_slack_takes_every_table(rows: list[list[charts.Cell]]) -> None:
    block = table(rows)
    assert check_message([block], "text") == []
    assert isinstance(Block.parse(block), TableBlock)
    assert {len(row) for row in block["rows"]} == {min(20, max(map(len, rows)))}
    assert len(numbers(block)) <= 2000


def test_a_chart_is_its_numbers_by_category_and_series() -> None:
    block = line_chart("Days to a decision", WEEKS, {"Legal": [3, 0, 4.5], "Design": [1, 2, 3]}, "Week", "Days")
    [legal, design] = block["chart"]["series"]
    assert (block["type"], block["chart"]["type"], block["title"]) == (
        "data_visualization",
        "line",
        "Days to a decision",
    )
    assert legal == {
        "name": "Legal",
        "data": [{"label": label, "value": value} for label, value in zip(WEEKS, [3, 0, 4.5], strict=True)],
    }
    assert design["name"] == "Design"
    assert block["chart"]["axis_config"] == {"categories": WEEKS, "x_label": "Week", "y_label": "Days"}


def test_a_chart_in_words_says_every_number() -> None:
    block = bar_chart("Decided", ["Legal", "Design"], {"asked": [3, 1234.5], "decided": [2, 0]}, "", "Decisions")
    assert numbers(block).splitlines() == [
        "Decided (Decisions)",
        "asked. Legal: 3, Design: 1,234.5",
        "decided. Legal: 2, Design: 0",
    ]


def test_a_pie_in_words_says_its_segments() -> None:
    segments = [{"label": "Legal", "value": 2}, {"label": "Design", "value": 1}]
    block = {"type": "data_visualization", "title": "Open", "chart": {"type": "pie", "segments": segments}}
    assert numbers(block) == "Open\nLegal: 2, Design: 1"


def test_a_table_in_words_says_every_cell_under_its_header() -> None:
    block = table([["Function", "Asked", "Median"], ["Legal", 3, None], ["Design", 12, 0.333]])
    assert numbers(block).splitlines() == ["Legal. Asked: 3, Median: -", "Design. Asked: 12, Median: 0.33"]
    assert numbers(table([["Function", "Asked"]])) == "Function, Asked"
    assert numbers(table([["Function"], ["Legal"]])) == "Legal"


def test_words_are_cut_visibly() -> None:
    block = table([["Function", "About"], *([f"number {nth}", "x" * 90] for nth in range(90))])
    assert len(numbers(block)) == 2000
    assert numbers(block, 10) == "number 0.…"


def test_columns_of_numbers_stand_to_the_right_unless_told_otherwise() -> None:
    rows: list[list[charts.Cell]] = [["Function", "Asked", "Longest", "Nothing"], ["Legal", 3, "?", None]]
    assert [column["align"] for column in table(rows)["column_settings"]] == ["left", "right", "left", "left"]
    assert [column["align"] for column in table(rows, ["center"])["column_settings"]][:2] == ["center", "right"]


def test_of_too_many_categories_a_line_shows_the_last_and_bars_the_first() -> None:
    names = [f"week {nth}" for nth in range(26)]
    line = line_chart("Median", names, {"all": range(26)}, "Week", "Days")["chart"]
    bars = bar_chart("Median", names, {"all": range(26)})["chart"]
    assert line["axis_config"]["categories"] == names[-20:]
    assert [point["value"] for point in line["series"][0]["data"]] == [*range(6, 26)]
    assert (line["axis_config"]["x_label"], line["axis_config"]["y_label"]) == ("Week (20 of 26)", "Days")
    assert bars["axis_config"] == {"categories": names[:20], "x_label": "20 of 26"}


def test_of_too_many_series_the_first_are_shown_and_counted() -> None:
    chart = line_chart("Median", WEEKS, {f"team {nth}": [1, 2, 3] for nth in range(14)}, y_label="Days" * 20)["chart"]
    assert [series["name"] for series in chart["series"]] == [f"team {nth}" for nth in range(12)]
    assert chart["axis_config"]["y_label"].endswith("… (12 of 14)")


def test_names_that_are_alike_once_they_are_cut_are_told_apart() -> None:
    long = "Commercial operations"
    block = bar_chart("Open", ["a", "a"], {f"{long} north": [1, 2], f"{long} south": [3, 4], "": [5, 6]})
    assert [series["name"] for series in block["chart"]["series"]] == [
        "Commercial operatio…",
        "Commercial operat… 2",
        "-",
    ]
    assert block["chart"]["axis_config"]["categories"] == ["a", "a 2"]


def test_where_a_number_is_missing_the_chart_is_a_table_since_a_gap_is_no_zero() -> None:
    block = line_chart("Median", WEEKS, {"Legal": [3, None, 0], "Design": [1, 2, float("nan")]}, "Week", "Days")
    assert [[cell_text(cell) for cell in row] for row in block["rows"]] == [
        ["Median · Week · Days", "Legal", "Design"],
        ["3 Nov", "3", "1"],
        ["10 Nov", "-", "2"],
        ["17 Nov", "0", "-"],
    ]


def test_rows_and_columns_that_do_not_fit_are_counted() -> None:
    block = table([[f"h{nth}" for nth in range(23)], *([nth] * 23 for nth in range(120))])
    assert (len(block["rows"]), len(block["rows"][0])) == (100, 20)
    assert [cell_text(cell) for cell in block["rows"][-1]] == ["… 22 more", *["…"] * 19]
    assert [cell_text(row[-1]) for row in block["rows"]] == ["…"] * 100


@pytest.mark.parametrize("text", HOSTILE)
def test_names_are_shown_as_they_are_in_one_line(text: str) -> None:
    shown = " ".join(text.replace("\ud800", "?").split()) or "-"
    assert cell_text(table([[text]])["rows"][0][0]) == shown
    label = bar_chart("Open", [text], {"all": [1]})["chart"]["axis_config"]["categories"][0]
    assert label == (shown if len(shown) <= 20 else shown[:19] + "…")


@pytest.mark.parametrize(
    ("value", "read"),
    [(0, "0"), (3, "3"), (3.0, "3"), (4.5, "4.5"), (-0.333, "-0.33"), (100, "100"), (1234567, "1,234,567"),
     (None, "-"), (float("inf"), "-")],
)  # fmt: skip
def test_numbers_read_as_people_write_them(value: charts.Number, read: str) -> None:
    assert number(value) == read


@pytest.mark.parametrize(
    ("categories", "series"), [([], {"all": []}), (WEEKS, {}), (WEEKS, {"all": [1, 2]})], ids=["none", "no", "few"]
)
def test_a_chart_without_numbers_for_its_categories_is_a_mistake(categories: list[str], series: Any) -> None:
    with pytest.raises(ValueError, match=r"chart needs|numbers for 3 categories"):
        line_chart("Median", categories, series)


def test_a_table_without_a_cell_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="headers"):
        table([])
    with pytest.raises(ValueError, match="headers"):
        table([[]])


def test_a_message_holds_one_table_and_two_charts() -> None:
    chart, rows = bar_chart("Open", ["a"], {"all": [1]}), table([["a"]])
    parts = blocks.messages([chart, rows, chart, blocks.divider(), chart, rows, rows])
    assert [[block["type"] for block in part] for part in parts] == [
        ["data_visualization", "table", "data_visualization", "divider"],
        ["data_visualization", "table"],
        ["table"],
    ]
    assert all(check_message(part, "text") == [] for part in parts)
