"""Charts: the `data_visualization` block with a pie, or with bars, lines or areas over categories."""

from collections.abc import Iterator

from .composition import ID
from .shapes import Object, Problem, Record, items, kind, kinds, number, problem, string


def _positive(value: object, at: str) -> Iterator[Problem]:
    if found := list(number(value, at)):
        yield from found
    elif isinstance(value, int | float) and value <= 0:
        yield problem(at, "must be greater than 0")


def _names_differ(value: Object, at: str) -> Iterator[Problem]:
    names = [series["name"] for series in value["series"]]
    for place, name in enumerate(names):
        if name in names[:place]:
            yield problem(f"{at}/series/{place}/name", "series names must be unique")


def _one_point_per_category(value: Object, at: str) -> Iterator[Problem]:
    categories = sorted(value["axis_config"]["categories"])
    for place, series in enumerate(value["series"]):
        if sorted(point["label"] for point in series["data"]) != categories:
            yield problem(f"{at}/series/{place}/data", "must have one point for each category")


_LABEL = string(20)
_PIE = kind("pie", {"segments": items(Record({"label": _LABEL, "value": _positive}), 12)}, {})
_SERIES = Record({"name": _LABEL, "data": items(Record({"label": _LABEL, "value": number}), 20)})
_AXES = Record({"categories": items(_LABEL, 20)}, {"x_label": string(), "y_label": string()})
_OVER_CATEGORIES = {
    name: kind(
        name,
        {"series": items(_SERIES, 12), "axis_config": _AXES},
        {},
        _names_differ,
        _one_point_per_category,
    )
    for name in ("bar", "line", "area")
}
DATA_VISUALIZATION = kind(
    "data_visualization",
    {"title": string(50), "chart": kinds({"pie": _PIE, **_OVER_CATEGORIES})},
    {"block_id": ID},
)
