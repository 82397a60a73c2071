"""Ids that Slack fills in, whom a message notifies, what a form asks, and that nothing odd ever raises."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sandbox.blockkit import check_message, check_view, fill_ids, input_elements, message_too_long, pings

Json = dict[str, Any]

T = {"type": "plain_text", "text": "Text"}
BUTTON = {"type": "button", "text": T}


def section(text: str, kind: str = "mrkdwn") -> Json:
    return {"type": "section", "text": {"type": kind, "text": text}}


def line(*pieces: Json) -> Json:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(pieces)}]}


@pytest.mark.parametrize(
    ("blocks", "text", "pinged"),
    [
        (None, "Hi <@U1> and <@W2|wanda>", ["U1", "W2"]),
        ([], "<!here>", ["here"]),
        (None, None, []),
        (
            None,
            "<!channel> <!everyone|everyone> <!subteam^S1> <!subteam^S2|@design>",
            ["channel", "everyone", "S1", "S2"],
        ),
        (None, "&lt;!channel&gt; &lt;@U1&gt; @channel @here", []),
        (None, "<#C1|general> <https://127.0.0.1/page|x> <!date^1^{date}|then>", []),
        (None, "<@U1> <@U1>", ["U1"]),
        ([section("<@U1>")], "<!channel>", ["U1"]),
        ([section("<!channel>", "plain_text")], "x", []),
        ([section("&lt;!channel&gt;")], "x", []),
        ([{"type": "section", "text": T, "fields": [{"type": "mrkdwn", "text": "<!here>"}]}], "x", ["here"]),
        ([{"type": "context", "elements": [{"type": "mrkdwn", "text": "<@U9>"}]}], "x", ["U9"]),
        ([{"type": "markdown", "text": "<@U9>"}], "x", ["U9"]),
        ([line({"type": "user", "user_id": "U1"}, {"type": "broadcast", "range": "channel"})], "x", ["U1", "channel"]),
        ([line({"type": "usergroup", "usergroup_id": "S1"}, {"type": "text", "text": "<@U2>"})], "x", ["S1"]),
        ([{"type": "container", "title": T, "child_blocks": [section("<@U3>")]}], "x", ["U3"]),
        ([{"type": "table", "rows": [[line({"type": "user", "user_id": "U4"})]]}], "x", ["U4"]),
        (
            [{"type": "actions", "elements": [{**BUTTON, "confirm": {"text": {"type": "mrkdwn", "text": "<@U5>"}}}]}],
            "x",
            [],
        ),
        ([section("<@U2>"), section("<@U1>"), section("<@U2>")], "x", ["U2", "U1"]),
    ],
)
def test_a_message_notifies(blocks: Any, text: str | None, pinged: list[str]) -> None:
    assert pings(blocks, text) == pinged


def test_missing_ids_are_filled_in_and_given_ones_kept() -> None:
    blocks = [
        {**section("x"), "block_id": "mine", "accessory": BUTTON},
        {"type": "actions", "elements": [BUTTON, {**BUTTON, "action_id": "own"}]},
        {"type": "input", "label": T, "element": {"type": "plain_text_input"}},
        {"type": "container", "title": T, "child_blocks": [{"type": "divider"}]},
        {"type": "carousel", "elements": [{"type": "card", "title": T, "actions": [BUTTON]}]},
        {
            "type": "section",
            "text": T,
            "accessory": {"type": "image", "image_url": "https://127.0.0.1/page", "alt_text": "x"},
        },
    ]
    filled = fill_ids(blocks)
    assert filled[0]["block_id"] == "mine"
    assert filled[0]["accessory"]["action_id"]
    assert filled[1]["elements"][0]["action_id"]
    assert filled[1]["elements"][1]["action_id"] == "own"
    assert filled[2]["element"]["action_id"]
    assert filled[3]["child_blocks"][0]["block_id"]
    assert filled[4]["elements"][0]["actions"][0]["action_id"]
    assert "action_id" not in filled[5]["accessory"]
    assert "block_id" not in blocks[1], "the caller's blocks stay as they were"


def test_filled_ids_differ_and_fit() -> None:
    blocks = [{"type": "actions", "elements": [BUTTON, BUTTON]} for _ in range(50)]
    filled = fill_ids(blocks)
    assert check_message(filled, "x") == []
    assert len({block["block_id"] for block in filled}) == 50


def test_the_inputs_of_a_form_are_listed() -> None:
    asked = {
        "type": "input",
        "block_id": "b",
        "label": T,
        "element": {"type": "plain_text_input", "action_id": "a"},
    }
    view = {"type": "modal", "title": T, "blocks": [section("x"), asked]}
    assert input_elements(view) == [("b", "a", asked["element"], asked)]


def test_long_messages_are_noticed_over_all_blocks() -> None:
    assert not message_too_long([section("x" * 3000)] * 4)
    assert message_too_long([section("x" * 3000)] * 5)


def test_ids_and_types_do_not_count_towards_the_length() -> None:
    assert not message_too_long([{"type": "divider", "block_id": "x" * 255}] * 60)


SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
WORDS = st.sampled_from(
    [
        "section",
        "actions",
        "input",
        "button",
        "static_select",
        "table",
        "rich_text",
        "container",
        "carousel",
        "card",
        "plain_text",
        "mrkdwn",
        "image",
        "number_input",
        "checkboxes",
        "data_visualization",
        "pie",
        "bar",
        "modal",
    ]
)
NAMES = st.sampled_from(
    [
        "type",
        "text",
        "blocks",
        "elements",
        "element",
        "accessory",
        "options",
        "option_groups",
        "initial_option",
        "initial_options",
        "rows",
        "child_blocks",
        "fields",
        "label",
        "title",
        "value",
        "chart",
        "series",
        "segments",
        "axis_config",
        "categories",
        "block_id",
        "action_id",
        "min_value",
        "max_value",
        "confirm",
        "url",
        "image_url",
    ]
)
ANY_JSON = st.recursive(
    SCALARS | WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES | st.text(max_size=4), inner, max_size=5),
    max_leaves=25,
)


@settings(max_examples=300, deadline=None)
@given(ANY_JSON)
def test_no_json_value_makes_a_check_raise(value: Any) -> None:
    for problem in [
        *check_message(value, value),
        *check_message([value], "x"),
        *check_view(value, "modal"),
        *check_view(value, "home"),
        *check_view({"type": "modal", "title": T, "blocks": [value]}, "modal"),
    ]:
        assert problem.message.endswith(f"[json-pointer:{problem.pointer}]")


@settings(max_examples=200, deadline=None)
@given(st.lists(ANY_JSON, max_size=4))
def test_no_json_value_makes_reading_raise(blocks: list[Any]) -> None:
    assert all(isinstance(name, str) for name in pings(blocks, "x"))
    assert message_too_long(blocks) in (True, False)
    assert len(fill_ids(blocks)) == len(blocks)
    assert isinstance(input_elements({"blocks": blocks}), list)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=40))
def test_a_text_of_any_characters_is_taken_and_escaped_it_notifies_nobody(typed: str) -> None:
    escaped = typed.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") or "x"
    blocks = [section(escaped)]
    assert check_message(blocks, escaped) == []
    assert pings(blocks, escaped) == []
