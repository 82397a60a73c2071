"""What Slack refuses in tables, charts, cards and other layout, and the place and reason that it would name."""

from typing import Any

import pytest

from bot.sandbox.blockkit import check_message

Json = dict[str, Any]

NUL = {"type": "divider"}
T = {"type": "plain_text", "text": "Text"}
M = {"type": "mrkdwn", "text": "Text"}
URL = "https://127.0.0.1/page"
A, B = ({"text": T, "value": value} for value in ("a", "b"))
BUTTON = {"type": "button", "action_id": "press", "text": T}
CELL = {"type": "raw_text", "text": "x"}
TABLE = {"type": "table", "rows": [[CELL]]}
TASK = {"type": "task_card", "task_id": "t", "title": "T", "status": "complete"}
MENU = {"type": "static_select", "options": [A, B]}


def text(length: int, kind: str = "plain_text") -> Json:
    return {"type": kind, "text": "x" * length}


def section(**more: Any) -> Json:
    return {"type": "section", "text": T, **more}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def rich(*parts: Json) -> Json:
    return {"type": "rich_text", "elements": list(parts)}


def line(*pieces: Json) -> Json:
    return rich({"type": "rich_text_section", "elements": list(pieces)})


def without(value: Json, name: str) -> Json:
    return {key: part for key, part in value.items() if key != name}


def bars(**more: Any) -> Json:
    chart = {
        "type": "bar",
        "series": [{"name": "In", "data": [{"label": "Mon", "value": 1}]}],
        "axis_config": {"categories": ["Mon"]},
    }
    return {"type": "data_visualization", "title": "Chart", "chart": {**chart, **more}}


def pie(*segments: Json) -> Json:
    return {"type": "data_visualization", "title": "Chart", "chart": {"type": "pie", "segments": list(segments)}}


CONTAINER = {"type": "container", "title": T, "child_blocks": [NUL]}
CARDS = [{"type": "card", "title": T}]
CAROUSEL: Json = {"type": "carousel", "elements": CARDS}
VIDEO = {"type": "video", "title": T, "alt_text": "A", "video_url": URL, "thumbnail_url": URL}
KIND = "unsupported type: "

ENUM = "must be a valid enum value"
ADDRESS = "must be a valid URL"
OBJECT = "must provide an object"
STRING = "must provide a string"


def below(length: int) -> str:
    return f"must be less than {length} characters"


def at_most(count: int) -> str:
    return f"no more than {count} items allowed"


def at_least(count: int) -> str:
    return f"no fewer than {count} items allowed"


def options(count: int) -> list[Json]:
    return [{"text": T, "value": str(n)} for n in range(count)]


def buttons(count: int) -> list[Json]:
    return [{**BUTTON, "action_id": str(n)} for n in range(count)]


# One broken block in a message: the block, the place after /blocks/0, the reason.
BLOCKS: list[tuple[Any, str, str]] = [
    ({"type": "markdown", "text": "x" * 12_001}, "/text", below(12001)),
    ({"type": "markdown", "text": ""}, "/text", "must be more than 0 characters"),
    ({"type": "markdown", "text": M}, "/text", STRING),
    ({"type": "table", "rows": []}, "/rows", at_least(1)),
    ({"type": "table", "rows": [[CELL]] * 101}, "/rows", at_most(100)),
    ({"type": "table", "rows": [[CELL] * 21]}, "/rows/0", at_most(20)),
    ({"type": "table", "rows": [[T]]}, "/rows/0/0/type", KIND + "plain_text"),
    (
        {"type": "table", "rows": [[{"type": "raw_text", "text": ""}]]},
        "/rows/0/0/text",
        "must be more than 0 characters",
    ),
    (
        {"type": "table", "rows": [[{"type": "raw_text", "text": "x" * 10_001}]]},
        "",
        "must have no more than 10000 characters in its cells",
    ),
    ({**TABLE, "column_settings": [{"align": "justify"}]}, "/column_settings/0/align", ENUM),
    ({**TABLE, "column_settings": [None] * 21}, "/column_settings", at_most(20)),
    ({"type": "data_table", "caption": "C", "rows": [[CELL]]}, "/rows", at_least(2)),
    ({"type": "data_table", "caption": "C", "rows": [[CELL]] * 202}, "/rows", at_most(201)),
    (
        {"type": "data_table", "caption": "C", "rows": [[line({"type": "text", "text": "x"})], [CELL]]},
        "/rows/0/0/type",
        KIND + "rich_text",
    ),
    (
        {"type": "data_table", "caption": "C", "rows": [[CELL], [{"type": "raw_text", "text": "x" * 20_000}]]},
        "",
        "must have no more than 20000 characters in its cells",
    ),
    (pie(), "/chart/segments", at_least(1)),
    (pie({"label": "x" * 21, "value": 1}), "/chart/segments/0/label", below(21)),
    (pie({"label": "x", "value": 0}), "/chart/segments/0/value", "must be greater than 0"),
    (pie({"label": "x", "value": float("nan")}), "/chart/segments/0/value", "must provide a number"),
    ({**bars(), "title": "x" * 51}, "/title", below(51)),
    (
        bars(series=[{"name": "In", "data": [{"label": "Tue", "value": 1}]}]),
        "/chart/series/0/data",
        "must have one point for each category",
    ),
    (
        bars(series=[{"name": "In", "data": [{"label": "Mon", "value": 1}]}] * 2),
        "/chart/series/1/name",
        "series names must be unique",
    ),
    ({"type": "data_visualization", "title": "x", "chart": {"type": "radar"}}, "/chart/type", KIND + "radar"),
    ({"type": "card", "subtitle": T}, "", "must define at least one of: hero_image, title, actions, body"),
    ({"type": "card", "title": "bare"}, "/title", OBJECT),
    ({"type": "card", "title": text(151)}, "/title/text", below(151)),
    ({"type": "card", "body": text(201)}, "/body/text", below(201)),
    ({"type": "card", "actions": buttons(4)}, "/actions", at_most(3)),
    ({"type": "card", "actions": [MENU]}, "/actions/0/type", KIND + "static_select"),
    ({**CAROUSEL, "elements": []}, "/elements", at_least(1)),
    ({**CAROUSEL, "elements": CARDS * 11}, "/elements", at_most(10)),
    ({**CAROUSEL, "elements": [NUL]}, "/elements/0/type", KIND + "divider"),
    (without(CONTAINER, "title"), "", "must define at least one of: title, rich_text_title"),
    ({**CONTAINER, "child_blocks": [NUL] * 11}, "/child_blocks", at_most(10)),
    ({**CONTAINER, "child_blocks": [CONTAINER]}, "/child_blocks/0/type", KIND + "container"),
    ({**CONTAINER, "default_collapsed": True}, "/default_collapsed", "requires is_collapsible to be true"),
    (
        {**CONTAINER, "is_collapsible": True, "has_header_divider": True},
        "/has_header_divider",
        "cannot be set when is_collapsible is true",
    ),
    ({**CONTAINER, "width": "huge"}, "/width", ENUM),
    ({**TASK, "status": "pending"}, "/status", ENUM),
    ({**TASK, "details": "bare"}, "/details", OBJECT),
    ({"type": "plan", "title": T}, "/title", STRING),
    ({"type": "context_actions", "elements": [BUTTON]}, "/elements/0/type", KIND + "button"),
    (
        {
            "type": "context_actions",
            "elements": [{"type": "icon_button", "icon": "trash", "text": T, "action_id": str(n)} for n in range(6)],
        },
        "/elements",
        at_most(5),
    ),
    ({**VIDEO, "title": text(200)}, "/title/text", below(200)),
    ({**VIDEO, "author_name": "x" * 50}, "/author_name", below(50)),
    ({**VIDEO, "video_url": "http://127.0.0.1/page"}, "/video_url", ADDRESS),
]


@pytest.mark.parametrize(("block", "place", "reason"), BLOCKS)
def test_a_message_refuses_the_block_and_says_where(block: Any, place: str, reason: str) -> None:
    assert expected("/blocks/0" + place, reason) in found(check_message([block], "Fallback"))


def expected(pointer: str, reason: str) -> tuple[str, str]:
    return pointer, f"{reason} [json-pointer:{pointer}]"


def found(problems: list[Any]) -> list[tuple[str, str]]:
    return [(problem.pointer, problem.message) for problem in problems]
