"""Charts and tables as pictures: PNGs that open, whatever is in them."""

import io
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from bot.apart import Failed, apart
from bot.slack.charts import SERIES, bar_chart, line_chart, table
from bot.slack.pictures import HATCHES, MARKERS, drawn, pictures

ROOT = Path(__file__).parents[2]
ODD = "_x $\\frac{1$ 漢字 🎉 \ud800\0 <b> ąß"
WEEKS = [f"{nth} Nov" for nth in range(1, 9)]


def chart(kind: str, values: list[Any], **more: Any) -> dict[str, Any]:
    data = [{"label": label, "value": value} for label, value in zip(WEEKS, values, strict=False)]
    axes = {"categories": WEEKS[: len(values)]}
    return {
        "type": "data_visualization",
        "title": "Open",
        "chart": {"type": kind, "series": [{"name": "all", "data": data}], "axis_config": axes, **more},
    }


CHARTS: dict[str, dict[str, Any]] = {
    "line": line_chart("Median", WEEKS, {"Legal": range(8), "Design": [4.5] * 8}, "Week", "Days"),
    "bar": bar_chart("Open", ["Legal", "Design"], {"asked": [3, 4], "decided": [0, 4]}, "", "Decisions"),
    "zeros": line_chart("Median", WEEKS, {"Legal": [0] * 8}),
    "below zero": bar_chart("Change", WEEKS, {"Legal": [-3, 0, 3.5, 1, 2, -8, 0, 0]}),
    "one point": line_chart("Median", ["now"], {"Legal": [1]}),
    "odd texts": bar_chart(ODD, [ODD, ODD], {ODD: [1, 2], f"{ODD} again": [2, 1]}, ODD, ODD),
    "gaps": chart("line", [1, None, 3]),
    "bars with gaps": chart("bar", [1, None, 3]),
    "only gaps": chart("line", [None, None]),
    "area": chart("area", [1, 5, 3]),
    "pie": {
        "type": "data_visualization",
        "title": "Open",
        "chart": {"type": "pie", "segments": [{"label": "Legal", "value": 2}, {"label": "Design", "value": 1}]},
    },
}
TABLES: dict[str, dict[str, Any]] = {
    "small": table([["Function", "Asked"], ["Legal", 3]]),
    "odd texts": table([[ODD, "Asked"], [ODD * 30, None]]),
    "header alone": table([["Function"]]),
    "ragged": {
        "type": "table",
        "rows": [[{"type": "raw_text", "text": "a"}] * 2, [{"type": "raw_number", "value": 0}]],
    },
}


def opened(png: bytes) -> Any:
    image = Image.open(io.BytesIO(png))
    image.load()
    assert image.format == "PNG"
    return image.convert("RGB")


@pytest.mark.filterwarnings("ignore:Glyph")
@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_is_drawn_on_white_and_as_large_as_a_phone_wants_it(name: str) -> None:
    image = opened(drawn(CHARTS[name]))
    assert image.size == (1200, 675)
    assert [image.getpixel(corner) for corner in ((0, 0), (1199, 674))] == [(255, 255, 255)] * 2
    assert len(image.getcolors(1_000_000)) > 10, "something is on it"


@pytest.mark.filterwarnings("ignore:Glyph")
@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_drawn_as_wide_as_a_phone_wants_it(name: str) -> None:
    image = opened(drawn(TABLES[name]))
    assert image.width == 1200
    assert len(image.getcolors(1_000_000)) > 10, "something is on it"


def test_the_largest_chart_and_the_largest_table_are_drawn() -> None:
    series = {f"a function named {nth}": range(nth, nth + 20) for nth in range(12)}
    assert opened(drawn(bar_chart("x" * 50, [f"category number {nth}" for nth in range(20)], series))).width == 1200
    image = opened(drawn(table([[f"h{place}" for place in range(20)], *([nth] * 20 for nth in range(99))])))
    assert image.width <= 20 * 200
    assert image.height > 5000


def test_each_of_twelve_series_is_known_without_its_colour() -> None:
    assert len(set(MARKERS)) == len(set(HATCHES)) == SERIES


async def test_pictures_are_drawn_in_a_process_of_their_own_and_in_order() -> None:
    [first, second] = await apart(pictures, [CHARTS["bar"], TABLES["odd texts"]])
    assert (opened(first).size, opened(second).width) == ((1200, 675), 1200)


async def test_what_cannot_be_drawn_says_which_error_and_no_text_of_anybody() -> None:
    with pytest.raises(Failed, match=r"KeyError$") as failed:
        await apart(pictures, [{"type": "data_visualization", "title": "Ana's", "chart": {"type": "Ana's"}}])
    assert "Ana" not in str(failed.value)


async def test_a_machine_without_a_home_to_write_to_draws_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("HOME", "/proc/nowhere"), ("XDG_CONFIG_HOME", ""), ("XDG_CACHE_HOME", "")):
        monkeypatch.setenv(name, value)
    [picture] = await apart(pictures, [CHARTS["bar"]])
    assert opened(picture).size == (1200, 675)


def test_the_bot_itself_carries_nothing_of_what_draws_or_calculates() -> None:
    heavy = ("matplotlib", "numpy", "PIL", "scipy")
    told = f"import sys, bot.running; print([name for name in sys.modules if name in {heavy}])"
    ran = subprocess.run([sys.executable, "-c", told], capture_output=True, cwd=ROOT, timeout=90, check=True)
    assert ran.stdout.decode().strip() == "[]"
