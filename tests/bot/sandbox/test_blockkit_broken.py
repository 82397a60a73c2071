"""What Slack refuses in a block: each broken one with the place and the reason that Slack would name."""

from typing import Any

import pytest

from bot.sandbox.blockkit import check_message

Json = dict[str, Any]

NUL = {"type": "divider"}
T = {"type": "plain_text", "text": "Text"}
M = {"type": "mrkdwn", "text": "Text"}
URL = "https://127.0.0.1/page"
LONG_URL = URL + "/" + "x" * 3000
A, B = ({"text": T, "value": value} for value in ("a", "b"))
BUTTON = {"type": "button", "action_id": "press", "text": T}
IMAGE = {"type": "image", "image_url": URL, "alt_text": "Picture"}
CONFIRM = {"title": T, "text": T, "confirm": T, "deny": T}
MENU = {"type": "static_select", "options": [A, B]}
GROUP = {"label": T, "options": [A]}


def text(length: int, kind: str = "plain_text") -> Json:
    return {"type": kind, "text": "x" * length}


def section(**more: Any) -> Json:
    return {"type": "section", "text": T, **more}


def beside(accessory: Json) -> Json:
    return section(accessory=accessory)


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def rich(*parts: Json) -> Json:
    return {"type": "rich_text", "elements": list(parts)}


def line(*pieces: Json) -> Json:
    return rich({"type": "rich_text_section", "elements": list(pieces)})


def asks(element: Json, **more: Any) -> Json:
    return {"type": "input", "label": T, "element": element, **more}


def without(value: Json, name: str) -> Json:
    return {key: part for key, part in value.items() if key != name}


def pie(*segments: Json) -> Json:
    return {"type": "data_visualization", "title": "Chart", "chart": {"type": "pie", "segments": list(segments)}}


EDGE = "invalid additional property: "
LACKS = "missing required field: "
KIND = "unsupported type: "

ENUM = "must be a valid enum value"
ADDRESS = "must be a valid URL"
OBJECT = "must provide an object"
STRING = "must provide a string"
BOOLEAN = "must provide a boolean"
UNLISTED = "must match one of the given options"
EITHER = "must define exactly one of: options, option_groups"
DATE = "must be a date in the format YYYY-MM-DD"
BESIDE = "/accessory"
CONF = "/elements/0/confirm"


def below(length: int) -> str:
    return f"must be less than {length} characters"


def at_most(count: int) -> str:
    return f"no more than {count} items allowed"


def at_least(count: int) -> str:
    return f"no fewer than {count} items allowed"


def menu(more: Json) -> Json:
    return beside({**MENU, **more})


def confirmed(**more: Any) -> Json:
    return actions({**BUTTON, "confirm": {**CONFIRM, **more}})


def options(count: int) -> list[Json]:
    return [{"text": T, "value": str(n)} for n in range(count)]


def buttons(count: int) -> list[Json]:
    return [{**BUTTON, "action_id": str(n)} for n in range(count)]


# One broken block in a message: the block, the place after /blocks/0, the reason.
BLOCKS: list[tuple[Any, str, str]] = [
    ("not a block", "", OBJECT),
    (None, "", OBJECT),
    ({}, "", LACKS + "type"),
    ({"type": 7}, "/type", STRING),
    ({"type": "marquee"}, "/type", KIND + "marquee"),
    ({"type": "alert", "text": T}, "/type", KIND + "alert"),
    ({"type": "file", "external_id": "x", "source": "remote"}, "/type", KIND + "file"),
    ({**NUL, "colour": "red"}, "", EDGE + "colour"),
    ({**NUL, "block_id": "x" * 256}, "/block_id", below(256)),
    ({**NUL, "block_id": ""}, "/block_id", "must be more than 0 characters"),
    ({**NUL, "block_id": 5}, "/block_id", STRING),
    ({"type": "section"}, "", "must define at least one of: text, fields"),
    (section(text="bare"), "/text", OBJECT),
    (section(text=text(0)), "/text/text", "must be more than 0 characters"),
    (section(text=text(3001, "mrkdwn")), "/text/text", below(3001)),
    (section(text={**M, "emoji": True}), "/text", EDGE + "emoji"),
    (section(text={**T, "verbatim": True}), "/text", EDGE + "verbatim"),
    (section(text={**T, "emoji": "yes"}), "/text/emoji", BOOLEAN),
    (section(text={**M, "verbatim": 1}), "/text/verbatim", BOOLEAN),
    (section(text={"type": "markdown", "text": "x"}), "/text/type", KIND + "markdown"),
    (section(text={"type": "mrkdwn"}), "/text", LACKS + "text"),
    (section(fields=[]), "/fields", at_least(1)),
    (section(fields=[T] * 11), "/fields", at_most(10)),
    (section(fields=[T, text(2001)]), "/fields/1/text", below(2001)),
    (section(fields=T), "/fields", "must provide an array"),
    (section(expand="no"), "/expand", BOOLEAN),
    (section(accessory=None), BESIDE, OBJECT),
    ({"type": "header", "text": text(151)}, "/text/text", below(151)),
    ({"type": "header", "text": M}, "/text/type", KIND + "mrkdwn"),
    ({"type": "header"}, "", LACKS + "text"),
    ({"type": "header", "text": T, "level": 5}, "/level", "must be less than or equal to 4"),
    (without(IMAGE, "alt_text"), "", LACKS + "alt_text"),
    (without(IMAGE, "image_url"), "", "must define exactly one of: image_url, slack_file"),
    ({**IMAGE, "slack_file": {"id": "F1"}}, "", "must define exactly one of: image_url, slack_file"),
    ({**IMAGE, "image_url": LONG_URL}, "/image_url", below(3001)),
    ({**IMAGE, "image_url": "picture.png"}, "/image_url", ADDRESS),
    ({**IMAGE, "alt_text": "x" * 2001}, "/alt_text", below(2001)),
    ({**IMAGE, "title": text(2001)}, "/title/text", below(2001)),
    (
        {"type": "image", "alt_text": "x", "slack_file": {"id": "F", "url": URL}},
        "/slack_file",
        "must define exactly one of: id, url",
    ),
    ({"type": "context", "elements": []}, "/elements", at_least(1)),
    ({"type": "context", "elements": [T] * 11}, "/elements", at_most(10)),
    ({"type": "context", "elements": [BUTTON]}, "/elements/0/type", KIND + "button"),
    ({"type": "context", "elements": [text(0)]}, "/elements/0/text", "must be more than 0 characters"),
    (actions(), "/elements", at_least(1)),
    ({"type": "actions"}, "", LACKS + "elements"),
    (actions(*buttons(26)), "/elements", at_most(25)),
    (actions(IMAGE), "/elements/0/type", KIND + "image"),
    (actions({"type": "plain_text_input"}), "/elements/0/type", KIND + "plain_text_input"),
    (actions({"type": "multi_users_select"}), "/elements/0/type", KIND + "multi_users_select"),
    (actions(BUTTON, BUTTON), "/elements/1/action_id", "action_id 'press' already exists in this block"),
    (actions({"type": "button"}), "/elements/0", LACKS + "text"),
    (actions({**BUTTON, "text": M}), "/elements/0/text/type", KIND + "mrkdwn"),
    (actions({**BUTTON, "text": text(76)}), "/elements/0/text/text", below(76)),
    (actions({**BUTTON, "value": "x" * 2001}), "/elements/0/value", below(2001)),
    (actions({**BUTTON, "value": {"a": 1}}), "/elements/0/value", STRING),
    (actions({**BUTTON, "url": LONG_URL}), "/elements/0/url", below(3001)),
    (actions({**BUTTON, "url": "no address"}), "/elements/0/url", ADDRESS),
    (actions({**BUTTON, "style": "default"}), "/elements/0/style", ENUM),
    (actions({**BUTTON, "action_id": "x" * 256}), "/elements/0/action_id", below(256)),
    (actions({**BUTTON, "disabled": True}), "/elements/0", EDGE + "disabled"),
    (actions({**BUTTON, "accessibility_label": "x" * 76}), "/elements/0/accessibility_label", below(76)),
    (actions({**BUTTON, "confirm": without(CONFIRM, "deny")}), "/elements/0/confirm", LACKS + "deny"),
    (confirmed(title=text(101)), CONF + "/title/text", below(101)),
    (confirmed(text=text(301)), CONF + "/text/text", below(301)),
    (confirmed(confirm=text(31)), CONF + "/confirm/text", below(31)),
    (confirmed(deny=text(31)), CONF + "/deny/text", below(31)),
    (confirmed(style="red"), CONF + "/style", ENUM),
    (beside({"type": "static_select"}), BESIDE, EITHER),
    (menu({"option_groups": [GROUP]}), BESIDE, EITHER),
    (menu({"options": []}), BESIDE + "/options", at_least(1)),
    (menu({"options": options(101)}), BESIDE + "/options", at_most(100)),
    (menu({"options": [{**A, "text": text(76)}]}), BESIDE + "/options/0/text/text", below(76)),
    (menu({"options": [{**A, "text": M}]}), BESIDE + "/options/0/text/type", KIND + "mrkdwn"),
    (menu({"options": [{**A, "value": "x" * 151}]}), BESIDE + "/options/0/value", below(151)),
    (menu({"options": [without(A, "value")]}), BESIDE + "/options/0", LACKS + "value"),
    (menu({"options": [{**A, "url": URL}]}), BESIDE + "/options/0", EDGE + "url"),
    (menu({"options": [{**A, "description": text(76)}]}), BESIDE + "/options/0/description/text", below(76)),
    (menu({"options": [A, A]}), BESIDE + "/options/1/value", "option values must be unique"),
    (menu({"initial_option": {"text": T, "value": "z"}}), BESIDE + "/initial_option", UNLISTED),
    (menu({"initial_option": {**A, "text": text(3)}}), BESIDE + "/initial_option", UNLISTED),
    (menu({"placeholder": text(151)}), BESIDE + "/placeholder/text", below(151)),
    (menu({"focus_on_load": "yes"}), BESIDE + "/focus_on_load", BOOLEAN),
    (beside({"type": "static_select", "option_groups": [GROUP] * 101}), BESIDE + "/option_groups", at_most(100)),
    (
        beside({"type": "static_select", "option_groups": [{**GROUP, "label": text(76)}]}),
        BESIDE + "/option_groups/0/label/text",
        below(76),
    ),
    (
        beside({"type": "static_select", "option_groups": [{**GROUP, "options": []}]}),
        BESIDE + "/option_groups/0/options",
        at_least(1),
    ),
    (
        beside({"type": "multi_static_select", "options": [A, B], "initial_options": [A, A]}),
        BESIDE + "/initial_options",
        "must not contain duplicate items",
    ),
    (
        beside({"type": "multi_static_select", "options": [A, B], "initial_options": [A, B], "max_selected_items": 1}),
        BESIDE + "/initial_options",
        at_most(1),
    ),
    (
        beside({"type": "multi_users_select", "max_selected_items": 0}),
        BESIDE + "/max_selected_items",
        "must be greater than or equal to 1",
    ),
    (
        beside({"type": "multi_users_select", "initial_users": ["ada"]}),
        BESIDE + "/initial_users/0",
        "must be a valid user id",
    ),
    (beside({"type": "users_select", "initial_user": "C1"}), BESIDE + "/initial_user", "must be a valid user id"),
    (
        beside({"type": "channels_select", "initial_channel": "U1"}),
        BESIDE + "/initial_channel",
        "must be a valid channel id",
    ),
    (beside({"type": "channels_select", "response_url_enabled": True}), BESIDE, EDGE + "response_url_enabled"),
    (
        beside({"type": "conversations_select", "filter": {}}),
        BESIDE + "/filter",
        "must define at least one of: include, exclude_external_shared_channels, exclude_bot_users",
    ),
    (beside({"type": "conversations_select", "filter": {"include": ["dm"]}}), BESIDE + "/filter/include/0", ENUM),
    (beside({"type": "checkboxes", "options": options(11)}), BESIDE + "/options", at_most(10)),
    (beside({"type": "checkboxes", "options": [A], "initial_options": [B]}), BESIDE + "/initial_options/0", UNLISTED),
    (beside({"type": "checkboxes", "options": [A], "initial_options": []}), BESIDE + "/initial_options", at_least(1)),
    (beside({"type": "radio_buttons", "options": [A], "initial_option": B}), BESIDE + "/initial_option", UNLISTED),
    (beside({"type": "radio_buttons", "options": [A], "placeholder": T}), BESIDE, EDGE + "placeholder"),
    (beside({"type": "overflow", "options": options(6)}), BESIDE + "/options", at_most(5)),
    (beside({"type": "datepicker", "initial_date": "2026-02-30"}), BESIDE + "/initial_date", DATE),
    (beside({"type": "datepicker", "initial_date": "1 March"}), BESIDE + "/initial_date", DATE),
    (
        beside({"type": "timepicker", "initial_time": "24:00"}),
        BESIDE + "/initial_time",
        "must be a time in the format HH:mm",
    ),
    (beside({"type": "timepicker", "timezone": "Lisbon"}), BESIDE + "/timezone", "must be a valid IANA time zone"),
    (beside({"type": "datetimepicker"}), BESIDE + "/type", KIND + "datetimepicker"),
    (
        actions({"type": "datetimepicker", "initial_date_time": 12}),
        "/elements/0/initial_date_time",
        "must be greater than or equal to 1000000000",
    ),
    (asks({"type": "rich_text_input"}), "/element/type", KIND + "rich_text_input"),
    (asks({"type": "number_input", "is_decimal_allowed": True}), "/element/type", KIND + "number_input"),
    (asks(BUTTON), "/element/type", KIND + "button"),
    (rich(), "/elements", at_least(1)),
    (rich({"type": "text", "text": "loose"}), "/elements/0/type", KIND + "text"),
    (line({"type": "text", "text": ""}), "/elements/0/elements/0/text", "must be more than 0 characters"),
    (line({"type": "text", "text": "x", "style": {"loud": True}}), "/elements/0/elements/0/style", EDGE + "loud"),
    (line({"type": "broadcast", "range": "world"}), "/elements/0/elements/0/range", ENUM),
    (line({"type": "user"}), "/elements/0/elements/0", LACKS + "user_id"),
    (
        rich(
            {
                "type": "rich_text_list",
                "style": "bullet",
                "indent": 9,
                "elements": [{"type": "rich_text_section", "elements": []}],
            }
        ),
        "/elements/0/indent",
        "must be less than or equal to 8",
    ),
    (
        rich({"type": "rich_text_list", "elements": [{"type": "rich_text_section", "elements": []}]}),
        "/elements/0",
        LACKS + "style",
    ),
    (
        rich({"type": "rich_text_preformatted", "elements": [{"type": "user", "user_id": "U1"}]}),
        "/elements/0/elements/0/type",
        KIND + "user",
    ),
]


@pytest.mark.parametrize(("block", "place", "reason"), BLOCKS)
def test_a_message_refuses_the_block_and_says_where(block: Any, place: str, reason: str) -> None:
    assert expected("/blocks/0" + place, reason) in found(check_message([block], "Fallback"))


@pytest.mark.parametrize("text", [5, ["x"], {"text": "x"}, True])
def test_the_text_of_a_message_is_a_string(text: Any) -> None:
    assert expected("/text", STRING) in found(check_message(None, text))


def test_every_broken_place_is_named() -> None:
    problems = check_message([section(text=text(0)), {"type": "header", "text": text(151)}], "Fallback")
    assert [problem.pointer for problem in problems] == ["/blocks/0/text/text", "/blocks/1/text/text"]


def test_there_are_many_broken_blocks() -> None:
    assert len(BLOCKS) > 100


def expected(pointer: str, reason: str) -> tuple[str, str]:
    return pointer, f"{reason} [json-pointer:{pointer}]"


def found(problems: list[Any]) -> list[tuple[str, str]]:
    return [(problem.pointer, problem.message) for problem in problems]
