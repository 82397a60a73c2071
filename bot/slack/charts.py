"""Charts and tables as plain dicts, and the same in words. Slack's limits are met here, by cutting visibly.

Names in them are other people's text: labels and cells are plain, so that nothing in them is read as markup. Slack
takes two charts and one table in a message; `blocks.messages` sees to that.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal

from bot.slack.blocks import Block

Number = float | int | None
Cell = str | float | int | None
Align = Literal["left", "center", "right"]

TITLE = 50
LABEL = 20
AXIS = 50
SERIES = 12
POINTS = 20
ROWS = 100
COLUMNS = 20
CELL = 1000
CELLS = 10_000
WORDS = 2000
NOTHING = "-"


def line_chart(
    title: str, categories: Sequence[str], series: Mapping[str, Sequence[Number]], x_label: str = "", y_label: str = ""
) -> Block:
    """Each series has a number for each category. Of more than 20 categories the last are shown, since time runs to
    the right; of more than 12 series the first. The axes say how many of how many.

    Slack draws no gaps, and a gap is no zero: where a number is None or not finite the chart becomes a table of the
    same numbers. ValueError when there is nothing to show, or a series has not as many numbers as there are categories.
    """
    return _chart("line", title, categories, series, x_label, y_label, slice(-POINTS, None))


def bar_chart(
    title: str, categories: Sequence[str], series: Mapping[str, Sequence[Number]], x_label: str = "", y_label: str = ""
) -> Block:
    """As `line_chart`, but of more than 20 categories the first are shown."""
    return _chart("bar", title, categories, series, x_label, y_label, slice(POINTS))


def table(rows: Sequence[Sequence[Cell]], align: Sequence[Align] = ()) -> Block:
    """The first row is the header; shorter rows are filled up. Columns that `align` does not name stand to the right
    if there are only numbers below the header, else to the left. Of more than 100 rows the last says how many are not
    shown, of more than 20 columns the last is an ellipsis. ValueError when there is no cell at all."""
    width = max(map(len, rows), default=0)
    if not width:
        raise ValueError("A table needs a row of headers.")
    texts = _within(_fewer_rows([_fewer_columns(_padded(row, width)) for row in rows]))
    sides = [*align, *(_side(rows, place) for place in range(len(align), width))]
    return {
        "type": "table",
        "rows": [[{"type": "raw_text", "text": text} for text in row] for row in texts],
        "column_settings": [{"align": side, "is_wrapped": True} for side in sides[: len(texts[0])]],
    }


def is_picture(block: Mapping[str, Any]) -> bool:
    """Whether it is one of those that can be drawn and said in words."""
    return block.get("type") in ("data_visualization", "table")


def numbers(block: Mapping[str, Any], limit: int = WORDS) -> str:
    """A chart or a table in words, with its numbers: for screen readers, and where no picture can be shown."""
    lines = _table_lines(block) if block["type"] == "table" else _chart_lines(block)
    return shortened("\n".join(lines), limit)


def number(value: Number) -> str:
    """As people read it: 1,234.5 with at most two decimals; a dash where there is none."""
    if value is None or not _finite(value):
        return NOTHING
    text = f"{value:,.2f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def shortened(text: str, limit: int) -> str:
    """At most `limit` characters of plain text; a cut shows."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def cell_text(cell: Mapping[str, Any] | None) -> str:
    """What a cell of a table shows, without its styles."""
    if cell is None:
        return ""
    for name in ("text", "value", "url", "name", "user_id"):
        if isinstance(cell.get(name), str):
            return str(cell[name])
        if isinstance(cell.get(name), int | float):
            return number(cell[name])
    return " ".join(filter(None, map(cell_text, cell.get("elements", []))))


def points(chart: Mapping[str, Any]) -> list[tuple[str, list[tuple[str, Number]]]]:
    """Every series by its name, with its numbers by their labels; a pie is one series without a name."""
    if chart["type"] == "pie":
        return [("", [(each["label"], each["value"]) for each in chart["segments"]])]
    return [(each["name"], [(one["label"], one["value"]) for one in each["data"]]) for each in chart["series"]]


def _chart(
    kind: str,
    title: str,
    categories: Sequence[str],
    series: Mapping[str, Sequence[Number]],
    x_label: str,
    y_label: str,
    kept: slice,
) -> Block:
    if not categories or not series:
        raise ValueError(f"A chart needs a category and a series; {title!r} has none.")
    for name, values in series.items():
        if len(values) != len(categories):
            raise ValueError(f"{name!r} has {len(values)} numbers for {len(categories)} categories.")
    labels, names = _names(categories[kept]), _names([*series][:SERIES])
    drawn = [values[kept] for values in [*series.values()][:SERIES]]
    x = _counted(_line(x_label, ""), len(labels), len(categories))
    y = _counted(_line(y_label, ""), len(names), len(series))
    if any(value is None or not _finite(value) for values in drawn for value in values):
        corner = shortened(" · ".join(filter(None, (_line(title), x, y))), 2 * TITLE)
        return table([[corner, *names], *([label, *row] for label, *row in zip(labels, *drawn, strict=True))])
    shown = [
        {"name": name, "data": [{"label": label, "value": value} for label, value in zip(labels, values, strict=True)]}
        for name, values in zip(names, drawn, strict=True)
    ]
    axes = {"categories": labels, **({"x_label": x} if x else {}), **({"y_label": y} if y else {})}
    chart = {"type": kind, "series": shown, "axis_config": axes}
    return {"type": "data_visualization", "title": shortened(_line(title), TITLE), "chart": chart}


def _counted(label: str, shown: int, there: int) -> str:
    count = f"{shown} of {there}" if shown < there else ""
    if not label or not count:
        return shortened(label or count, AXIS)
    return f"{shortened(label, AXIS - len(count) - 3)} ({count})"


def _names(texts: Iterable[str]) -> list[str]:
    """Short enough, none empty, no two alike."""
    names: list[str] = []
    for text in map(_line, texts):
        name, copy = shortened(text, LABEL), 1
        while name in names:
            copy += 1
            name = f"{shortened(text, LABEL - len(str(copy)) - 1)} {copy}"
        names.append(name)
    return names


def _line(text: str, nothing: str = NOTHING) -> str:
    """In one line, and in characters that can be sent."""
    return " ".join(text.encode("utf-8", "replace").decode().split()) or nothing


def _padded(row: Sequence[Cell], width: int) -> list[str]:
    texts = [_line(cell) if isinstance(cell, str) else number(cell) for cell in row]
    return [*texts, *[NOTHING] * (width - len(texts))]


def _fewer_columns(row: list[str]) -> list[str]:
    return row if len(row) <= COLUMNS else [*row[: COLUMNS - 1], "…"]


def _fewer_rows(rows: list[list[str]]) -> list[list[str]]:
    if len(rows) <= ROWS:
        return rows
    more = f"… {len(rows) - ROWS + 1} more"
    return [*rows[: ROWS - 1], [more, *["…"] * (len(rows[0]) - 1)]]


def _within(rows: list[list[str]]) -> list[list[str]]:
    """All cells together are short enough: the longest are cut until they are."""
    limit = CELL
    while sum(min(len(text), limit) for row in rows for text in row) > CELLS:
        limit = limit * 9 // 10
    return [[shortened(text, limit) for text in row] for row in rows]


def _side(rows: Sequence[Sequence[Cell]], place: int) -> Align:
    below = [row[place] for row in rows[1:] if place < len(row) and row[place] is not None]
    return "right" if below and not any(isinstance(cell, str) for cell in below) else "left"


def _chart_lines(block: Mapping[str, Any]) -> Iterator[str]:
    axes = block["chart"].get("axis_config", {})
    about = [axes[name] for name in ("x_label", "y_label") if axes.get(name)]
    yield f"{block['title']} ({', '.join(about)})" if about else str(block["title"])
    for name, values in points(block["chart"]):
        said = ", ".join(f"{label}: {number(value)}" for label, value in values)
        yield f"{name}. {said}" if name else said


def _table_lines(block: Mapping[str, Any]) -> Iterator[str]:
    head, *rows = ([_line(cell_text(cell)) for cell in row] for row in block["rows"])
    if not rows:
        yield ", ".join(head)
    for row in rows:
        rest = ", ".join(f"{name}: {text}" for name, text in zip(head[1:], row[1:], strict=False))
        yield f"{row[0]}. {rest}" if rest else row[0]


def _finite(value: float) -> bool:
    try:
        return math.isfinite(value)
    except OverflowError:
        return False
