"""The elements: buttons, menus, pickers and inputs."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from zoneinfo import available_timezones

from .composition import (
    CONFIRM,
    DISPATCH,
    FILTER,
    ID,
    LINK_OPTION,
    PLAIN_OPTION,
    RICH_OPTION,
    STYLE,
    initial_is_listed,
    initial_not_repeated,
    initial_within_maximum,
    option_group,
    options_differ,
    plain,
)
from .rich_text import RICH_TEXT
from .shapes import (
    Check,
    Object,
    Problem,
    Record,
    Rule,
    boolean,
    exactly_one,
    items,
    kind,
    pattern,
    problem,
    string,
    url,
    whole,
)

_ACTION: dict[str, Check] = {"action_id": ID}
_CONFIRMED: dict[str, Check] = {**_ACTION, "confirm": CONFIRM}
_FOCUSED: dict[str, Check] = {**_CONFIRMED, "focus_on_load": boolean}
_PROMPTED: dict[str, Check] = {**_FOCUSED, "placeholder": plain(150)}
_TYPED: dict[str, Check] = {
    **_ACTION,
    "focus_on_load": boolean,
    "placeholder": plain(150),
    "dispatch_action_config": DISPATCH,
}
_MANY: dict[str, Check] = {**_PROMPTED, "max_selected_items": whole(1)}
_LISTED: dict[str, Check] = {
    "options": items(PLAIN_OPTION, 100),
    "option_groups": items(option_group(PLAIN_OPTION), 100),
}
_USER_ID = pattern(r"[UW][A-Z0-9]+", "must be a valid user id")
_CHANNEL_ID = pattern(r"[CG][A-Z0-9]+", "must be a valid channel id")
_CONVERSATION_ID = pattern(r"[CGDUW][A-Z0-9]+", "must be a valid conversation id")
_NUMBER = pattern(r"-?[0-9]+(\.[0-9]+)?", "must be a number written as a string", 255)


def _date(value: object, at: str) -> Iterator[Problem]:
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value) or not _real_date(value):
        yield problem(at, "must be a date in the format YYYY-MM-DD")


def _zone(value: object, at: str) -> Iterator[Problem]:
    if not isinstance(value, str) or value not in _zones():
        yield problem(at, "must be a valid IANA time zone")


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _length_bounds(value: Object, at: str) -> Iterator[Problem]:
    least, most = value.get("min_length", 0), value.get("max_length", 3000)
    if least > most:
        yield problem(f"{at}/min_length", "must be less than or equal to max_length")
    if "initial_value" in value and not least <= len(value["initial_value"]) <= most:
        yield problem(f"{at}/initial_value", f"must have between {least} and {most} characters")


def _line_bounds(value: Object, at: str) -> Iterator[Problem]:
    if value.get("min_lines", 1) > value.get("max_lines", 100):
        yield problem(f"{at}/min_lines", "must be less than or equal to max_lines")


def _number_bounds(value: Object, at: str) -> Iterator[Problem]:
    given = {name: Decimal(value[name]) for name in ("min_value", "max_value", "initial_value") if name in value}
    for name, amount in given.items():
        if not value["is_decimal_allowed"] and amount != amount.to_integral_value():
            yield problem(f"{at}/{name}", "must be a whole number, since is_decimal_allowed is false")
    least, most, initial = (given.get(name) for name in ("min_value", "max_value", "initial_value"))
    if least is not None and most is not None and least > most:
        yield problem(f"{at}/min_value", "must be less than or equal to max_value")
    if initial is not None and ((least is not None and initial < least) or (most is not None and initial > most)):
        yield problem(f"{at}/initial_value", "must be between min_value and max_value")


def _select(name: str, fields: Mapping[str, Check], *rules: Rule) -> Record:
    return kind(name, {}, {**_PROMPTED, **fields}, *rules)


def _multi(name: str, initial: str, initial_item: Check, fields: Mapping[str, Check], *rules: Rule) -> Record:
    own: dict[str, Check] = {**_MANY, initial: items(initial_item), **fields}
    return kind(name, {}, own, *rules, initial_not_repeated(initial), initial_within_maximum(initial))


def _real_date(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


_BUTTON_TEXTS: dict[str, Check] = {"text": plain(75)}
_SPOKEN: dict[str, Check] = {"accessibility_label": string(75)}
_FEEDBACK = Record({"text": plain(75), "value": string(2000)}, _SPOKEN)
_WORKFLOW = Record(
    {
        "trigger": Record(
            {"url": url()},
            {"customizable_input_parameters": items(Record({"name": string(), "value": string()}))},
        )
    }
)
_CONVERSATION_FIELDS: dict[str, Check] = {"filter": FILTER, "default_to_current_conversation": boolean}

_BUTTON = kind(
    "button",
    _BUTTON_TEXTS,
    {
        **_CONFIRMED,
        **_SPOKEN,
        "url": url(),
        "value": string(2000),
        "style": STYLE,
        "agent_prompt": string(4000),
        "agent_prompt_display": string(),
        "visible_to_user_ids": items(_USER_ID),
    },
)
_CONVERSATIONS_SELECT: dict[str, Check] = {"initial_conversation": _CONVERSATION_ID, **_CONVERSATION_FIELDS}
_CHANNELS_SELECT: dict[str, Check] = {"initial_channel": _CHANNEL_ID}

ELEMENTS: dict[str, Record] = {
    "button": _BUTTON,
    "checkboxes": kind(
        "checkboxes",
        {"options": items(RICH_OPTION, 10)},
        {**_FOCUSED, "initial_options": items(RICH_OPTION, 10)},
        options_differ,
        initial_is_listed,
        initial_not_repeated("initial_options"),
    ),
    "radio_buttons": kind(
        "radio_buttons",
        {"options": items(RICH_OPTION, 10)},
        {**_FOCUSED, "initial_option": RICH_OPTION},
        options_differ,
        initial_is_listed,
    ),
    "overflow": kind("overflow", {"options": items(LINK_OPTION, 5)}, _CONFIRMED, options_differ),
    "datepicker": kind("datepicker", {}, {**_PROMPTED, "initial_date": _date}),
    "timepicker": kind(
        "timepicker",
        {},
        {
            **_PROMPTED,
            "initial_time": pattern(r"([01][0-9]|2[0-3]):[0-5][0-9]", "must be a time in the format HH:mm"),
            "timezone": _zone,
        },
    ),
    "datetimepicker": kind(
        "datetimepicker", {}, {**_FOCUSED, "initial_date_time": whole(1_000_000_000, 9_999_999_999)}
    ),
    "static_select": _select(
        "static_select",
        {**_LISTED, "initial_option": PLAIN_OPTION},
        exactly_one("options", "option_groups"),
        options_differ,
        initial_is_listed,
    ),
    "external_select": _select("external_select", {"initial_option": PLAIN_OPTION, "min_query_length": whole(0)}),
    "users_select": _select("users_select", {"initial_user": _USER_ID}),
    "conversations_select": _select("conversations_select", _CONVERSATIONS_SELECT),
    "channels_select": _select("channels_select", _CHANNELS_SELECT),
    "multi_static_select": _multi(
        "multi_static_select",
        "initial_options",
        PLAIN_OPTION,
        _LISTED,
        exactly_one("options", "option_groups"),
        options_differ,
        initial_is_listed,
    ),
    "multi_external_select": _multi(
        "multi_external_select", "initial_options", PLAIN_OPTION, {"min_query_length": whole(0)}
    ),
    "multi_users_select": _multi("multi_users_select", "initial_users", _USER_ID, {}),
    "multi_conversations_select": _multi(
        "multi_conversations_select", "initial_conversations", _CONVERSATION_ID, _CONVERSATION_FIELDS
    ),
    "multi_channels_select": _multi("multi_channels_select", "initial_channels", _CHANNEL_ID, {}),
    "plain_text_input": kind(
        "plain_text_input",
        {},
        {
            **_TYPED,
            "initial_value": string(3000, least=0),
            "multiline": boolean,
            "min_length": whole(0, 3000),
            "max_length": whole(1, 3000),
        },
        _length_bounds,
    ),
    "email_text_input": kind("email_text_input", {}, {**_TYPED, "initial_value": string()}),
    "url_text_input": kind("url_text_input", {}, {**_TYPED, "initial_value": url()}),
    "number_input": kind(
        "number_input",
        {"is_decimal_allowed": boolean},
        {**_TYPED, "initial_value": _NUMBER, "min_value": _NUMBER, "max_value": _NUMBER},
        _number_bounds,
    ),
    "rich_text_input": kind(
        "rich_text_input",
        {},
        {**_TYPED, "initial_value": RICH_TEXT, "min_lines": whole(1, 100), "max_lines": whole(1, 100)},
        _line_bounds,
    ),
    "file_input": kind("file_input", {}, {**_ACTION, "filetypes": items(string()), "max_files": whole(1, 10)}),
    "workflow_button": kind(
        "workflow_button",
        {**_BUTTON_TEXTS, "workflow": _WORKFLOW},
        {**_CONFIRMED, **_SPOKEN, "style": STYLE},
    ),
    "feedback_buttons": kind("feedback_buttons", {"positive_button": _FEEDBACK, "negative_button": _FEEDBACK}, _ACTION),
    "icon_button": kind(
        "icon_button",
        {"icon": string(), **_BUTTON_TEXTS},
        {**_CONFIRMED, **_SPOKEN, "value": string(2000), "visible_to_user_ids": items(_USER_ID)},
    ),
}
# Only a menu whose answer is submitted with a modal can hand its app a response_url.
ANSWERING: dict[str, Record] = {
    "conversations_select": _select("conversations_select", {**_CONVERSATIONS_SELECT, "response_url_enabled": boolean}),
    "channels_select": _select("channels_select", {**_CHANNELS_SELECT, "response_url_enabled": boolean}),
}
