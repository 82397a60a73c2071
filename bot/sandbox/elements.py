"""What people put into elements: walking blocks, building Slack's values, checking a form as Slack's client does."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from bot.sandbox.wire import Json, Shown

State = dict[str, dict[str, Json]]
"""Slack's ``state.values``: block_id -> action_id -> value object."""

_NESTED = {"container": "child_blocks", "carousel": "elements"}
_HOLDERS = {
    "actions": "elements", "section": "accessory", "input": "element", "context_actions": "elements", "card": "actions",
}  # fmt: skip
_STATELESS = {"button", "overflow", "icon_button", "feedback_buttons", "workflow_button", "image"}

SINGLE = {
    "users_select": "selected_user",
    "conversations_select": "selected_conversation",
    "channels_select": "selected_channel",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
}
MULTIPLE = {
    "multi_users_select": "selected_users",
    "multi_conversations_select": "selected_conversations",
    "multi_channels_select": "selected_channels",
}
TYPED = {"plain_text_input", "number_input", "email_text_input", "url_text_input"}
ONE_OPTION = {"static_select", "external_select", "radio_buttons", "overflow"}
MANY_OPTIONS = {"multi_static_select", "multi_external_select", "checkboxes"}


def elements(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Every interactive element with its block, in reading order."""
    for block in blocks:
        if nested := block.get(_NESTED.get(block["type"], "")):
            yield from elements(nested)
        held = block.get(_HOLDERS.get(block["type"], ""))
        for element in held if isinstance(held, list) else [held] if held else []:
            if element.get("type") != "image":
                yield block, element


def state_values(blocks: list[Json], entered: State) -> State:
    """Each stateful element with what was entered, or what it began with."""
    found: State = {}
    for block, element in elements(blocks):
        if element["type"] not in _STATELESS:
            block_id, action_id = block["block_id"], element["action_id"]
            was_entered = entered.get(block_id, {}).get(action_id)
            kept = was_entered if was_entered and was_entered["type"] == element["type"] else initial(element)
            found.setdefault(block_id, {})[action_id] = kept
    return found


def initial(element: Json) -> Json:
    """The value that an element shows before anybody touches it."""
    kind = element["type"]
    start = {key.removeprefix("initial_"): value for key, value in element.items() if key.startswith("initial_")}
    if kind in TYPED:
        return {"type": kind, "value": start.get("value")}
    if kind == "rich_text_input":
        return {"type": kind, "rich_text_value": start.get("value")}
    if kind in SINGLE:
        return {"type": kind, SINGLE[kind]: next(iter(start.values()), None)}
    if kind in MULTIPLE:
        return {"type": kind, MULTIPLE[kind]: next(iter(start.values()), [])}
    if kind == "datetimepicker":
        return {"type": kind, "selected_date_time": start.get("date_time")}
    if kind in MANY_OPTIONS:
        return {"type": kind, "selected_options": start.get("options", [])}
    return {"type": kind, "selected_option": start.get("option")}


def chosen(element: Json, plain: Any, offered: list[Json] | None = None) -> Json:
    """The value object for what a person typed or picked, given plainly; Shown when the element does not offer it."""
    kind = element["type"]
    if kind in TYPED:
        return {"type": kind, "value": None if plain in (None, "") else str(plain)}
    if kind == "rich_text_input":
        return {"type": kind, "rich_text_value": _rich(plain)}
    if kind in SINGLE:
        return {"type": kind, SINGLE[kind]: _well_formed(kind, plain)}
    if kind in MULTIPLE:
        return {"type": kind, MULTIPLE[kind]: _not_too_many(element, list(plain or []))}
    if kind == "datetimepicker":
        return {"type": kind, "selected_date_time": None if plain is None else int(plain)}
    if kind in MANY_OPTIONS:
        picked = [_option(element, one, offered) for one in plain or []]
        return {"type": kind, "selected_options": _not_too_many(element, picked)}
    if kind in ONE_OPTION:
        return {"type": kind, "selected_option": None if plain is None else _option(element, plain, offered)}
    raise Shown("not_fillable", f"A {kind} takes no value.")


def refusals(blocks: list[Json], values: State) -> dict[str, str]:
    """What Slack's own client says under the inputs before it sends a form: block_id -> sentence."""
    found = {}
    for block, element in elements(blocks):
        if block["type"] == "input":
            value = plain_value(values[block["block_id"]][element["action_id"]])
            if sentence := _refusal(block, element, value):
                found[block["block_id"]] = sentence
    return found


def plain_value(value: Json) -> Any:
    return next((one for key, one in value.items() if key != "type"), None)


def options_of(element: Json) -> list[Json]:
    groups = [option for group in element.get("option_groups") or [] for option in group["options"]]
    return [*(element.get("options") or []), *groups]


def _option(element: Json, plain: Any, offered: list[Json] | None) -> Json:
    options = offered if offered is not None else options_of(element)
    wanted = plain.get("value") if isinstance(plain, dict) else plain
    for option in options:
        if wanted in (option.get("value"), option["text"]["text"]):
            return {key: option[key] for key in ("text", "value", "description") if key in option}
    labels = ", ".join(option["text"]["text"] for option in options) or "nothing"
    raise Shown("no_such_option", f"There is no option {wanted!r}; there is {labels}.")


def _well_formed(kind: str, plain: Any) -> Any:
    if plain is None:
        return None
    try:
        if kind == "datepicker":
            date.fromisoformat(plain)
        if kind == "timepicker" and not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", plain):
            raise ValueError
    except ValueError:
        raise Shown("bad_value", f"{plain!r} does not fit a {kind}: use 2026-11-23 or 09:30.") from None
    return plain


def _not_too_many(element: Json, picked: list[Any]) -> list[Any]:
    most = element.get("max_selected_items")
    if most is not None and len(picked) > most:
        raise Shown("too_many", f"You can select up to {most} items.")
    return picked


def _rich(plain: Any) -> Json | None:
    if plain is None or isinstance(plain, dict):
        return plain
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": str(plain)}]}
    return {"type": "rich_text", "elements": [section]}


def _refusal(block: Json, element: Json, value: Any) -> str | None:
    if value in (None, "", []):
        return None if block.get("optional") else "Please complete this required field."
    checks = {"plain_text_input": _text, "number_input": _number, "email_text_input": _email, "url_text_input": _url}
    check = checks.get(element["type"])
    return check(element, value) if check else None


def _text(element: Json, value: str) -> str | None:
    least, most = element.get("min_length") or 0, element.get("max_length") or 3000
    if len(value) < least:
        return f"This needs at least {least} characters."
    return f"This must be at most {most} characters long; it has {len(value)}." if len(value) > most else None


def _number(element: Json, value: str) -> str | None:
    shape = r"-?\d+(\.\d+)?" if element.get("is_decimal_allowed") else r"-?\d+"
    if not re.fullmatch(shape, value):
        return "Please enter a number." if element.get("is_decimal_allowed") else "Please enter a whole number."
    least, most = element.get("min_value"), element.get("max_value")
    if least is not None and float(value) < float(least):
        return f"Please enter a number of at least {least}."
    return f"Please enter a number of at most {most}." if most is not None and float(value) > float(most) else None


def _email(element: Json, value: str) -> str | None:
    return None if re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", value) else "Please enter a valid email address."


def _url(element: Json, value: str) -> str | None:
    return None if re.fullmatch(r"https?://\S+", value) else "Please enter a valid URL."
