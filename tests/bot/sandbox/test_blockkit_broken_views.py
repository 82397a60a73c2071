"""What Slack refuses in whole messages, modals and Home tabs, and the place and reason that it would name."""

from typing import Any

import pytest

from bot.sandbox.blockkit import check_message, check_view

Json = dict[str, Any]

NUL = {"type": "divider"}
T = {"type": "plain_text", "text": "Text"}
M = {"type": "mrkdwn", "text": "Text"}
URL = "https://127.0.0.1/page"
CONFIRM = {"title": T, "text": T, "confirm": T, "deny": T}
CELL = {"type": "raw_text", "text": "x"}
TABLE = {"type": "table", "rows": [[CELL]]}


def text(length: int, kind: str = "plain_text") -> Json:
    return {"type": kind, "text": "x" * length}


def section(**more: Any) -> Json:
    return {"type": "section", "text": T, **more}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def asks(element: Json, **more: Any) -> Json:
    return {"type": "input", "label": T, "element": element, **more}


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
EDGE = "invalid additional property: "
LACKS = "missing required field: "
KIND = "unsupported type: "

ENUM = "must be a valid enum value"
ADDRESS = "must be a valid URL"
OBJECT = "must provide an object"
STRING = "must provide a string"
BOOLEAN = "must provide a boolean"


def below(length: int) -> str:
    return f"must be less than {length} characters"


def at_most(count: int) -> str:
    return f"no more than {count} items allowed"


def at_least(count: int) -> str:
    return f"no fewer than {count} items allowed"


TWO_TABLES = "only_one_table_allowed"
# Whole messages: the blocks, the place, the reason.
MESSAGES: list[tuple[Any, str, str]] = [
    ({"type": "divider"}, "/blocks", "must provide an array"),
    ("[]", "/blocks", "must provide an array"),
    ([NUL] * 51, "/blocks", at_most(50)),
    ([{**NUL, "block_id": "b"}, {**NUL, "block_id": "b"}], "/blocks/1/block_id", "block_id 'b' already exists"),
    (
        [{**NUL, "block_id": "b"}, {**CONTAINER, "child_blocks": [{**NUL, "block_id": "b"}]}],
        "/blocks/1/child_blocks/0/block_id",
        "block_id 'b' already exists",
    ),
    ([TABLE, NUL, TABLE], "/blocks/2", TWO_TABLES),
    ([TABLE, {**CONTAINER, "child_blocks": [TABLE]}], "/blocks/1/child_blocks/0", TWO_TABLES),
    ([bars(), bars(), bars()], "/blocks/2", "no more than 2 data_visualization blocks allowed"),
    (
        [{"type": "markdown", "text": "x" * 7000}] * 2,
        "/blocks",
        "markdown blocks must have less than 12001 characters together",
    ),
]


def modal(*blocks: Any, **more: Any) -> Json:
    return {"type": "modal", "title": T, "submit": T, "blocks": list(blocks), **more}


def typed(**more: Any) -> Json:
    return modal(asks({"type": "plain_text_input", **more}))


def counted(**more: Any) -> Json:
    return modal(asks({"type": "number_input", "is_decimal_allowed": False, **more}))


FOCUSED = asks({"type": "plain_text_input", "focus_on_load": True})
ELEMENT = "/view/blocks/0/element"
MODALS: list[tuple[Any, str, str]] = [
    (None, "/view", OBJECT),
    ([], "/view", OBJECT),
    ({}, "/view", LACKS + "title"),
    ({**modal(NUL), "type": "home"}, "/view/type", ENUM),
    (modal(), "/view/blocks", at_least(1)),
    (modal(*[NUL] * 101), "/view/blocks", at_most(100)),
    (modal(NUL, title=text(25)), "/view/title/text", below(25)),
    (modal(NUL, title=text(0)), "/view/title/text", "must be more than 0 characters"),
    (modal(NUL, title=M), "/view/title/type", KIND + "mrkdwn"),
    (modal(NUL, title="bare"), "/view/title", OBJECT),
    (modal(NUL, submit=text(25)), "/view/submit/text", below(25)),
    (modal(NUL, close=text(25)), "/view/close/text", below(25)),
    (modal(NUL, private_metadata="x" * 3001), "/view/private_metadata", below(3001)),
    (modal(NUL, private_metadata={"a": 1}), "/view/private_metadata", STRING),
    (modal(NUL, callback_id="x" * 256), "/view/callback_id", below(256)),
    (modal(NUL, external_id="x" * 256), "/view/external_id", below(256)),
    (modal(NUL, notify_on_close="yes"), "/view/notify_on_close", BOOLEAN),
    (modal(NUL, hash="1.2"), "/view", EDGE + "hash"),
    (without(typed(), "submit"), "/view", "must define `submit` to use an `input` block in modals"),
    (
        modal(FOCUSED, FOCUSED),
        "/view/blocks/1/element/focus_on_load",
        "only one element can have focus_on_load set to true",
    ),
    (modal(TABLE), "/view/blocks/0/type", KIND + "table"),
    (modal({"type": "markdown", "text": "x"}), "/view/blocks/0/type", KIND + "markdown"),
    (modal({"type": "card", "title": T}), "/view/blocks/0/type", KIND + "card"),
    (modal(bars()), "/view/blocks/0/type", KIND + "data_visualization"),
    (modal({"type": "alert", "text": text(201)}), "/view/blocks/0/text/text", below(201)),
    (modal({"type": "alert", "text": T, "level": "fatal"}), "/view/blocks/0/level", ENUM),
    (modal(asks({"type": "plain_text_input"}, label=text(2001))), "/view/blocks/0/label/text", below(2001)),
    (modal(asks({"type": "plain_text_input"}, label=M)), "/view/blocks/0/label/type", KIND + "mrkdwn"),
    (modal(asks({"type": "plain_text_input"}, hint=text(2001))), "/view/blocks/0/hint/text", below(2001)),
    (modal(asks({"type": "plain_text_input"}, optional="no")), "/view/blocks/0/optional", BOOLEAN),
    (modal(asks({"type": "file_input"}, dispatch_action=True)), ELEMENT + "/type", KIND + "file_input"),
    (modal({"type": "input", "label": T}), "/view/blocks/0", LACKS + "element"),
    (typed(max_length=3001), ELEMENT + "/max_length", "must be less than or equal to 3000"),
    (typed(max_length=0), ELEMENT + "/max_length", "must be greater than or equal to 1"),
    (typed(min_length=True), ELEMENT + "/min_length", "must provide an integer"),
    (typed(min_length=5, max_length=4), ELEMENT + "/min_length", "must be less than or equal to max_length"),
    (typed(max_length=3, initial_value="four"), ELEMENT + "/initial_value", "must have between 0 and 3 characters"),
    (typed(initial_value="x" * 3001), ELEMENT + "/initial_value", below(3001)),
    (typed(confirm=CONFIRM), ELEMENT, EDGE + "confirm"),
    (
        typed(dispatch_action_config={"trigger_actions_on": ["blur"]}),
        ELEMENT + "/dispatch_action_config/trigger_actions_on/0",
        ENUM,
    ),
    (modal(asks({"type": "number_input"})), ELEMENT, LACKS + "is_decimal_allowed"),
    (counted(min_value=1), ELEMENT + "/min_value", STRING),
    (counted(min_value="many"), ELEMENT + "/min_value", "must be a number written as a string"),
    (counted(min_value="5", max_value="4"), ELEMENT + "/min_value", "must be less than or equal to max_value"),
    (
        counted(initial_value="1.5"),
        ELEMENT + "/initial_value",
        "must be a whole number, since is_decimal_allowed is false",
    ),
    (counted(max_value="4", initial_value="5"), ELEMENT + "/initial_value", "must be between min_value and max_value"),
    (modal(asks({"type": "rich_text_input", "initial_value": "bare"})), ELEMENT + "/initial_value", OBJECT),
    (
        modal(asks({"type": "rich_text_input", "min_lines": 5, "max_lines": 2})),
        ELEMENT + "/min_lines",
        "must be less than or equal to max_lines",
    ),
    (modal(asks({"type": "file_input", "max_files": 11})), ELEMENT + "/max_files", "must be less than or equal to 10"),
    (modal(asks({"type": "url_text_input", "initial_value": "there"})), ELEMENT + "/initial_value", ADDRESS),
]
HOMES: list[tuple[Any, str, str]] = [
    ({"type": "home", "blocks": [NUL], "title": T}, "/view", EDGE + "title"),
    ({"type": "home", "blocks": [NUL], "submit": T}, "/view", EDGE + "submit"),
    ({"type": "home"}, "/view", LACKS + "blocks"),
    ({"type": "home", "blocks": [NUL] * 101}, "/view/blocks", at_most(100)),
    ({"type": "home", "blocks": [{"type": "alert", "text": T}]}, "/view/blocks/0/type", KIND + "alert"),
    ({"type": "home", "blocks": [{"type": "plan", "title": "P"}]}, "/view/blocks/0/type", KIND + "plan"),
    ({"type": "home", "blocks": [bars()]}, "/view/blocks/0/type", KIND + "data_visualization"),
    (
        {"type": "home", "blocks": [actions({"type": "datetimepicker"})]},
        "/view/blocks/0/elements/0/type",
        KIND + "datetimepicker",
    ),
    (
        {"type": "home", "blocks": [asks({"type": "email_text_input"})]},
        "/view/blocks/0/element/type",
        KIND + "email_text_input",
    ),
    (
        {"type": "home", "blocks": [{"type": "table", "rows": [[{"type": "raw_text", "text": "x" * 6000}]]}] * 2},
        "/view/blocks",
        "tables must have no more than 10000 characters together",
    ),
]


@pytest.mark.parametrize(("blocks", "place", "reason"), MESSAGES)
def test_a_message_refuses_these_blocks_together(blocks: Any, place: str, reason: str) -> None:
    assert expected(place, reason) in found(check_message(blocks, "Fallback"))


@pytest.mark.parametrize(("view", "place", "reason"), MODALS)
def test_a_modal_is_refused(view: Any, place: str, reason: str) -> None:
    assert expected(place, reason) in found(check_view(view, "modal"))


@pytest.mark.parametrize(("view", "place", "reason"), HOMES)
def test_a_home_tab_is_refused(view: Any, place: str, reason: str) -> None:
    assert expected(place, reason) in found(check_view(view, "home"))


def expected(pointer: str, reason: str) -> tuple[str, str]:
    return pointer, f"{reason} [json-pointer:{pointer}]"


def found(problems: list[Any]) -> list[tuple[str, str]]:
    return [(problem.pointer, problem.message) for problem in problems]
