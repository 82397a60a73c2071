"""Charts and tables as pictures, for a workspace that does not take their blocks.

Drawn in a process of its own (`bot.apart`): matplotlib is large, takes its time, and holds on to its memory.
"""

import io
import math
import warnings
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from bot.slack.charts import Number, cell_text, number, points, shortened

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Measure = Callable[[str, bool], float]

WIDTH, HEIGHT, DPI = 1200, 675, 100
LARGE, MEDIUM, SMALL = 26, 20, 15
# Colours that people with any kind of sight tell apart, after Okabe and Ito; their yellow is too pale on white.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#000000", "#E69F00", "#56B4E9")
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "*", "<", ">", "p", "h")
DASHES = ("-", "--", "-.", ":")
HATCHES = ("", "//", "..", "xx", "\\\\", "++", "oo", "--", "**", "||", "OO", "//..")
# Somebody's dollar signs are no formula. DejaVu comes with matplotlib.
PLAIN: Mapping[str, Any] = {"parse_math": False, "fontfamily": "DejaVu Sans"}
# More bars than this have no room for their numbers.
NUMBERED = 24
ROW, PADDING = 54, 24
WIDEST_COLUMNS = (900, 600, 400, 280, 200, 140, 100)


def drawn(block: Mapping[str, Any]) -> bytes:
    """A PNG of a `data_visualization` or `table` block, on white, to be read on a phone."""
    figure = _table(block) if block["type"] == "table" else _chart(block)
    written = io.BytesIO()
    figure.savefig(written, format="png", facecolor="white")
    return written.getvalue()


def pictures(blocks: Sequence[Mapping[str, Any]]) -> list[bytes]:
    """A PNG of each. For a process of its own: it changes how all of this one would draw and warn."""
    import matplotlib

    # However somebody on this machine likes his own plots.
    matplotlib.rcdefaults()
    # A character that the font does not have is drawn as a box.
    warnings.simplefilter("ignore")
    return [drawn(block) for block in blocks]


def _chart(block: Mapping[str, Any]) -> "Figure":
    chart = block["chart"]
    series = [(_sendable(name), values) for name, values in points(chart)]
    labels = [_sendable(label) for label, _ in series[0][1]]
    figure = _figure(WIDTH, HEIGHT + 40 * max(0, math.ceil(len(series) / 3) - 2))
    figure.set_layout_engine("constrained", w_pad=0.15, h_pad=0.15)
    axes = figure.add_subplot()
    values = [[_value(value) for _, value in points] for _, points in series]
    handles = [(_line if chart["type"] in ("line", "area") else _bars)(axes, chart["type"], values, nth)
               for nth in range(len(series))]  # fmt: skip
    _scale(axes, [value for row in values for value in row], len(labels))
    many = len(labels) > 8 or sum(map(len, labels)) > 60
    slanted: dict[str, Any] = {"rotation": 40, "ha": "right", "rotation_mode": "anchor"} if many else {}
    axes.set_xticks(range(len(labels)), labels, fontsize=SMALL if many else MEDIUM, **PLAIN, **slanted)
    axes.tick_params(axis="y", labelsize=MEDIUM)
    axes.set_title(_sendable(block["title"]), fontsize=LARGE, fontweight="bold", pad=16, **PLAIN)
    about = chart.get("axis_config", {})
    axes.set_xlabel(_sendable(about.get("x_label", "")), fontsize=MEDIUM, **PLAIN)
    axes.set_ylabel(_sendable(about.get("y_label", "")), fontsize=MEDIUM, **PLAIN)
    if any(name for name, _ in series):
        _legend(figure, handles, [name for name, _ in series])
    return figure


def _line(axes: "Axes", kind: str, values: Sequence[Sequence[float]], nth: int) -> Any:
    row, colour = values[nth], COLOURS[nth % len(COLOURS)]
    if kind == "area":
        axes.fill_between(range(len(row)), row, color=colour, alpha=0.15)
    look: dict[str, Any] = {"marker": MARKERS[nth % len(MARKERS)], "linestyle": DASHES[nth % len(DASHES)]}
    [line] = axes.plot(range(len(row)), row, color=colour, linewidth=3.5, markersize=12, clip_on=False, **look)
    return line


def _bars(axes: "Axes", kind: str, values: Sequence[Sequence[float]], nth: int) -> Any:
    row, width = values[nth], 0.8 / len(values)
    places = [place - 0.4 + width * (nth + 0.5) for place in range(len(row))]
    look: dict[str, Any] = {
        "color": COLOURS[nth % len(COLOURS)],
        "hatch": HATCHES[nth % len(HATCHES)],
        "edgecolor": "white",
    }
    bars = axes.bar(places, [0.0 if math.isnan(value) else value for value in row], width, **look)
    if len(row) * len(values) <= NUMBERED:
        texts = ["" if math.isnan(value) else number(value) for value in row]
        size = MEDIUM if len(row) * len(values) <= NUMBERED // 2 else SMALL
        axes.bar_label(bars, texts, fontsize=size, padding=3, **PLAIN)
    return bars


def _scale(axes: "Axes", values: Sequence[float], categories: int) -> None:
    """From zero, so that twice as much looks like twice as much."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    there = [value for value in values if not math.isnan(value)]
    low, high = min([0.0, *there]), max([0.0, *there])
    room = 0.12 * (high - low)
    axes.set_ylim(low - room if low < 0 else 0, high + room if high > low else 1)
    axes.set_xlim(-0.6, categories - 0.4)
    whole = all(value == int(value) for value in there)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=6, integer=whole))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value)))
    axes.grid(axis="y", color="#CCCCCC", linewidth=1)
    axes.set_axisbelow(True)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)


def _legend(figure: "Figure", handles: Sequence[Any], names: Sequence[str]) -> None:
    # matplotlib leaves out names that begin with an underscore: they get their texts afterwards.
    keys = [str(nth) for nth in range(len(names))]
    size = MEDIUM if max(map(len, names)) <= 14 else SMALL
    legend = figure.legend(
        handles, keys, loc="outside lower center", ncols=min(3, len(names)), fontsize=size, frameon=False,
        handlelength=2.5,
    )  # fmt: skip
    for text, name in zip(legend.get_texts(), names, strict=True):
        text.set(text=name, **PLAIN)


def _table(block: Mapping[str, Any]) -> "Figure":
    rows = [[_sendable(cell_text(cell)) for cell in row] for row in block["rows"]]
    rows = [[*row, *[""] * (len(rows[0]) - len(row))][: len(rows[0])] for row in rows]
    measure = _measure()
    rows, widths = _fitted(rows, measure)
    sides = [(column or {}).get("align", "left") for column in block.get("column_settings", [])]
    sides += ["left"] * (len(widths) - len(sides))
    wide, tall = int(sum(widths)), ROW * len(rows) + 2 * PADDING
    figure = _figure(wide, tall)
    for nth, row in enumerate(rows):
        top = tall - PADDING - ROW * nth
        _stripe(figure, nth, top, wide, tall)
        left = 0.0
        for text, width, side in zip(row, widths, sides, strict=False):
            at = {"left": left + PADDING, "center": left + width / 2, "right": left + width - PADDING}[side]
            weight = "bold" if nth == 0 else "normal"
            place = {"ha": side, "va": "center_baseline", "fontsize": MEDIUM, "fontweight": weight}
            figure.text(at / wide, (top - ROW / 2) / tall, text, **place, **PLAIN)
            left += width
    return figure


def _fitted(rows: list[list[str]], measure: Measure) -> tuple[list[list[str]], list[float]]:
    """Cells cut to their columns; the columns as wide as they need, if the picture would not become too wide."""
    needed = [max(measure(row[place], nth == 0) for nth, row in enumerate(rows)) for place in range(len(rows[0]))]
    for most in WIDEST_COLUMNS:
        widths = [min(width, most) + 2 * PADDING for width in needed]
        if sum(widths) <= WIDTH:
            break
    spare = max(0.0, WIDTH - sum(widths)) / len(widths)
    widths = [width + spare for width in widths]
    cut = [
        [_cut(text, width - 2 * PADDING, measure, nth == 0) for text, width in zip(row, widths, strict=True)]
        for nth, row in enumerate(rows)
    ]
    return cut, widths


def _cut(text: str, width: float, measure: Measure, bold: bool) -> str:
    kept = text
    while (is_now := measure(kept, bold)) > width + 1 and len(kept) > 1:
        kept = shortened(kept, max(1, min(len(kept) - 1, int(len(kept) * width / is_now))))
    return kept


def _measure() -> Measure:
    """How many pixels wide a text is, as it stands in a cell."""
    from matplotlib.font_manager import FontProperties

    canvas: Any = _figure(WIDTH, HEIGHT).canvas
    renderer = canvas.get_renderer()
    fonts = [FontProperties(family="DejaVu Sans", size=MEDIUM, weight=weight) for weight in ("normal", "bold")]
    return cache(lambda text, bold: float(renderer.get_text_width_height_descent(text or " ", fonts[bold], False)[0]))


def _stripe(figure: "Figure", nth: int, top: float, wide: int, tall: int) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Rectangle

    if nth == 0 or nth % 2 == 0:
        shade = "#E3E8EE" if nth == 0 else "#F5F7F9"
        figure.add_artist(Rectangle((0, (top - ROW) / tall), 1, ROW / tall, color=shade, linewidth=0))
    edge = (top - ROW) / tall
    figure.add_artist(Line2D([0, 1], [edge, edge], color="#8A939E" if nth == 0 else "#D5DAE0", linewidth=1.5))


def _figure(wide: int, tall: int) -> "Figure":
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(wide / DPI, tall / DPI), dpi=DPI, facecolor="white")
    FigureCanvasAgg(figure)
    return figure


def _value(value: Number) -> float:
    """A gap where there is no number."""
    try:
        return float(value) if value is not None and math.isfinite(value) else math.nan
    except OverflowError:
        return math.nan


def _sendable(text: str) -> str:
    """One line of characters that a font can be asked for."""
    return " ".join(str(text).encode("utf-8", "replace").decode().replace("\0", " ").split())
