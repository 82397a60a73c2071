"""What Slack takes: every block and element once, checked here and by slack_sdk's own models."""

from typing import Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.sandbox.blockkit import check_message, check_view

Json = dict[str, Any]


def plain(text: str = "Plain") -> Json:
    return {"type": "plain_text", "text": text, "emoji": True}


def mrkdwn(text: str = "*Bold*") -> Json:
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def option(value: str, **more: Any) -> Json:
    return {"text": plain(value.title()), "value": value, **more}


def rich(*pieces: Json) -> Json:
    section = {"type": "rich_text_section", "elements": list(pieces) or [{"type": "text", "text": "Hello"}]}
    return {"type": "rich_text", "elements": [section]}


def asks(element: Json, **more: Any) -> Json:
    return {"type": "input", "block_id": "asked", "label": plain("Label"), "element": element, **more}


def modal(*blocks: Json, **more: Any) -> Json:
    return {"type": "modal", "title": plain("Title"), "submit": plain("Send"), "blocks": list(blocks), **more}


def home(*blocks: Json, **more: Any) -> Json:
    return {"type": "home", "blocks": list(blocks), **more}


IMAGE = {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "A picture"}
CONFIRM = {
    "title": plain("Sure?"),
    "text": mrkdwn("It *ends* the round."),
    "confirm": plain("End it"),
    "deny": plain("Keep it"),
    "style": "danger",
}
BUTTON = {"type": "button", "action_id": "press", "text": plain("Press"), "value": "v"}
TASK = {"type": "task_card", "task_id": "t1", "title": "Read", "status": "complete", "details": rich()}
CARD = {"type": "card", "title": mrkdwn("Card"), "body": plain("Body"), "hero_image": IMAGE, "actions": [BUTTON]}
GROUPS = [{"label": plain("Letters"), "options": [option("a"), option("b")]}]
TABLE = {
    "type": "table",
    "rows": [
        [{"type": "raw_text", "text": "Name"}, {"type": "raw_text", "text": "Days"}],
        [rich(), {"type": "raw_number", "value": 2, "text": "2"}],
    ],
    "column_settings": [None, {"align": "right", "is_wrapped": False}],
}
DATA_TABLE = {
    "type": "data_table",
    "caption": "Blockers",
    "rows": [[{"type": "raw_text", "text": "Name"}], [{"type": "raw_text", "text": "Price list"}]],
    "page_size": 10,
    "row_header_column_index": 0,
}
POINTS = [{"label": "Mon", "value": 3}, {"label": "Tue", "value": -1.5}]
BARS = {
    "type": "data_visualization",
    "title": "Answers",
    "chart": {
        "type": "bar",
        "series": [{"name": "In", "data": POINTS}],
        "axis_config": {"categories": ["Mon", "Tue"], "x_label": "Day", "y_label": "People"},
    },
}
PIE = {
    "type": "data_visualization",
    "title": "Shares",
    "chart": {"type": "pie", "segments": [{"label": "In", "value": 3}, {"label": "Away", "value": 1}]},
}
VIDEO = {
    "type": "video",
    "title": plain("Tour"),
    "alt_text": "A tour",
    "video_url": "https://example.com/v",
    "thumbnail_url": "https://example.com/t.png",
    "title_url": "https://example.com",
    "description": plain("Short"),
    "author_name": "Ada",
}
ANYWHERE: dict[str, Json] = {
    "section": {"type": "section", "block_id": "b", "text": mrkdwn("x" * 3000), "expand": True},
    "fields": {"type": "section", "fields": [mrkdwn("x" * 2000)] * 10},
    "divider": {"type": "divider"},
    "header": {"type": "header", "text": plain("x" * 150)},
    "image": {**IMAGE, "title": plain("Title")},
    "slack_file": {"type": "image", "slack_file": {"id": "F1"}, "alt_text": "A chart"},
    "context": {"type": "context", "elements": [IMAGE, plain(), mrkdwn()]},
    "actions": {"type": "actions", "elements": [{**BUTTON, "action_id": str(n)} for n in range(25)]},
    "rich_text": rich(
        {"type": "text", "text": "Hi ", "style": {"bold": True}},
        {"type": "user", "user_id": "U1"},
        {"type": "link", "url": "https://example.com", "text": "there"},
        {"type": "emoji", "name": "wave"},
        {"type": "date", "timestamp": 1_700_000_000, "format": "{date}", "fallback": "then"},
    ),
    "rich_list": {
        "type": "rich_text",
        "elements": [
            {
                "type": "rich_text_list",
                "style": "ordered",
                "indent": 1,
                "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "One"}]}],
            },
            {"type": "rich_text_quote", "elements": [{"type": "text", "text": "Said"}]},
            {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "x = 1"}], "border": 1},
        ],
    },
    "video": VIDEO,
    "input": asks({"type": "plain_text_input", "action_id": "a"}, hint=plain("Hint"), optional=True),
}
MESSAGES_AND_HOME: dict[str, Json] = {
    "table": TABLE,
    "data_table": DATA_TABLE,
    "card": CARD,
    "carousel": {"type": "carousel", "elements": [CARD, CARD]},
    "container": {"type": "container", "title": plain("More"), "child_blocks": [rich()], "is_collapsible": True},
}
MESSAGES_ONLY: dict[str, Json] = {
    "markdown": {"type": "markdown", "text": "# Title\n" + "x" * 11_000},
    "plan": {"type": "plan", "title": "Plan", "tasks": [{**TASK, "status": "pending"}]},
    "task_card": TASK,
    "bars": BARS,
    "pie": PIE,
    "context_actions": {
        "type": "context_actions",
        "elements": [
            {
                "type": "feedback_buttons",
                "action_id": "feedback",
                "positive_button": {"text": plain("Good"), "value": "1"},
                "negative_button": {"text": plain("Bad"), "value": "0"},
            },
            {"type": "icon_button", "action_id": "bin", "icon": "trash", "text": plain("Remove"), "value": "v"},
        ],
    },
}
PRESSED: dict[str, Json] = {
    "button": {**BUTTON, "style": "primary", "confirm": CONFIRM, "url": "https://example.com"},
    "overflow": {"type": "overflow", "options": [option("a"), option("b", url="https://example.com")]},
}
CHOSEN: dict[str, Json] = {
    "checkboxes": {"type": "checkboxes", "options": [option("a"), option("b")], "initial_options": [option("b")]},
    "radio_buttons": {
        "type": "radio_buttons",
        "options": [{"text": mrkdwn("*A*"), "value": "a"}, option("b", description=plain("The other"))],
        "initial_option": {"text": mrkdwn("*A*"), "value": "a"},
    },
    "datepicker": {"type": "datepicker", "initial_date": "2026-02-28", "placeholder": plain("When")},
    "timepicker": {"type": "timepicker", "initial_time": "09:30", "timezone": "Asia/Kolkata"},
    "static_select": {
        "type": "static_select",
        "placeholder": plain("x" * 150),
        "options": [option(str(n)) for n in range(100)],
        "initial_option": option("7"),
    },
    "grouped": {"type": "static_select", "option_groups": GROUPS, "initial_option": option("b")},
    "external_select": {"type": "external_select", "min_query_length": 2, "initial_option": option("a")},
    "users_select": {"type": "users_select", "initial_user": "U1"},
    "conversations_select": {"type": "conversations_select", "filter": {"include": ["public"]}},
    "channels_select": {"type": "channels_select", "initial_channel": "C1"},
}
MANY: dict[str, Json] = {
    "multi_static_select": {
        "type": "multi_static_select",
        "options": [option("a"), option("b")],
        "initial_options": [option("a"), option("b")],
        "max_selected_items": 2,
    },
    "multi_external_select": {"type": "multi_external_select", "min_query_length": 1},
    "multi_users_select": {"type": "multi_users_select", "initial_users": ["U1", "U2"]},
    "multi_conversations_select": {"type": "multi_conversations_select", "default_to_current_conversation": True},
    "multi_channels_select": {"type": "multi_channels_select", "initial_channels": ["C1"]},
}
TYPED: dict[str, Json] = {
    "plain_text_input": {
        "type": "plain_text_input",
        "multiline": True,
        "min_length": 1,
        "max_length": 3000,
        "initial_value": "x" * 3000,
        "dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed"]},
    },
    "datetimepicker": {"type": "datetimepicker", "initial_date_time": 1_700_000_000},
    "email_text_input": {"type": "email_text_input", "initial_value": "ada@example.com"},
    "url_text_input": {"type": "url_text_input", "initial_value": "https://example.com"},
    "number_input": {
        "type": "number_input",
        "is_decimal_allowed": False,
        "min_value": "-10",
        "max_value": "5",
        "initial_value": "0",
    },
    "rich_text_input": {"type": "rich_text_input", "initial_value": rich(), "focus_on_load": True},
    "file_input": {"type": "file_input", "filetypes": ["png"], "max_files": 1},
    "answering": {"type": "conversations_select", "response_url_enabled": True},
}
WITHOUT_MODEL = {"data_table", "data_visualization"}


@pytest.mark.parametrize("block", [*ANYWHERE.values(), *MESSAGES_AND_HOME.values(), *MESSAGES_ONLY.values()])
def test_a_message_takes_the_block(block: Json) -> None:
    assert check_message([block], "Fallback") == []
    assert_models_accept(block)


@pytest.mark.parametrize("block", ANYWHERE.values())
def test_a_modal_takes_the_block(block: Json) -> None:
    assert_view_taken(modal(block), "modal")


@pytest.mark.parametrize("block", [*ANYWHERE.values(), *MESSAGES_AND_HOME.values()])
def test_a_home_tab_takes_the_block(block: Json) -> None:
    assert_view_taken(home(block), "home")


@pytest.mark.parametrize("level", ["default", "info", "warning", "error", "success"])
def test_a_modal_takes_an_alert(level: str) -> None:
    assert_view_taken(modal({"type": "alert", "text": mrkdwn("x" * 200), "level": level}), "modal")


@pytest.mark.parametrize("element", [*PRESSED.values(), *CHOSEN.values(), *MANY.values(), IMAGE])
def test_a_section_takes_the_accessory(element: Json) -> None:
    block = {"type": "section", "text": plain(), "accessory": element}
    assert check_message([block], "Fallback") == []
    assert_models_accept(block)


@pytest.mark.parametrize("element", [*PRESSED.values(), *CHOSEN.values(), TYPED["datetimepicker"]])
def test_an_actions_block_takes_the_element(element: Json) -> None:
    block = {"type": "actions", "elements": [element]}
    assert check_message([block], "Fallback") == []
    assert_models_accept(block)


@pytest.mark.parametrize("element", [*CHOSEN.values(), *MANY.values(), *TYPED.values()])
def test_an_input_of_a_modal_takes_the_element(element: Json) -> None:
    assert_view_taken(modal(asks(element)), "modal")


def test_a_view_takes_all_its_fields_at_their_longest() -> None:
    view = modal(
        ANYWHERE["divider"],
        title=plain("x" * 24),
        submit=plain("x" * 24),
        close=plain("x" * 24),
        private_metadata="x" * 3000,
        callback_id="x" * 255,
        external_id="x" * 255,
        clear_on_close=True,
        notify_on_close=False,
    )
    assert_view_taken(view, "modal")


def test_a_modal_without_inputs_needs_no_submit() -> None:
    view = modal(ANYWHERE["section"])
    del view["submit"]
    assert_view_taken(view, "modal")


def test_surfaces_take_as_many_blocks_as_slack_does() -> None:
    assert check_message([{"type": "divider"}] * 50, None) == []
    assert_view_taken(modal(*[{"type": "divider"}] * 100), "modal")
    assert_view_taken(home(*[{"type": "divider"}] * 100), "home")


def test_the_same_action_id_may_stand_in_two_blocks() -> None:
    blocks = [{"type": "actions", "block_id": name, "elements": [BUTTON]} for name in ("first", "second")]
    assert check_message(blocks, "Fallback") == []


def test_a_message_without_blocks_has_no_block_problems() -> None:
    assert check_message(None, "Just text") == []
    assert check_message([], "Just text") == []
    assert check_message(None, None) == []


EVERY_BLOCK = [*ANYWHERE.values(), *MESSAGES_AND_HOME.values(), *MESSAGES_ONLY.values()]
EVERY_BLOCK += [asks(element) for element in [*CHOSEN.values(), *MANY.values(), *TYPED.values()]]
ODD: st.SearchStrategy[Any] = st.sampled_from(
    [None, True, 0, -1, 1.5, float("inf"), "", "x", [], [None], [[]], {}, {"type": "x"}, {"a": []}]
)


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(EVERY_BLOCK), st.data())
def test_one_odd_value_anywhere_in_a_block_never_makes_a_check_raise(block: Json, data: st.DataObject) -> None:
    broken = with_one_replaced(block, data)
    for problem in [*check_message([broken], "x"), *check_view(modal(broken), "modal")]:
        assert problem.message.endswith(f"[json-pointer:{problem.pointer}]")


def with_one_replaced(value: Any, data: st.DataObject) -> Any:
    if not isinstance(value, dict | list) or not value or data.draw(st.integers(0, 3)) == 0:
        return data.draw(ODD)
    place = data.draw(st.sampled_from(list(value) if isinstance(value, dict) else range(len(value))))
    replaced = with_one_replaced(value[place], data)
    if isinstance(value, dict):
        return {**value, place: replaced}
    return [*value[:place], replaced, *value[place + 1 :]]


def assert_models_accept(block: Json) -> None:
    if block["type"] in WITHOUT_MODEL:
        return
    parsed = Block.parse(block)
    assert parsed is not None
    parsed.to_dict()


def assert_view_taken(view: Json, surface: Literal["modal", "home"]) -> None:
    assert check_view(view, surface) == []
    modelled = [block for block in view["blocks"] if block["type"] not in WITHOUT_MODEL]
    if modelled:
        View(**{**view, "blocks": modelled}).to_dict()
