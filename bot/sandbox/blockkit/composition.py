"""The objects that blocks and elements are made of: texts, options, confirmations, filters, images."""

from collections.abc import Iterator, Mapping
from typing import Any

from .shapes import (
    Check,
    Object,
    Problem,
    Record,
    Rule,
    at_least_one,
    boolean,
    exactly_one,
    items,
    kind,
    kinds,
    one_of,
    problem,
    string,
    url,
)

WEB = frozenset({"http", "https"})
SECURE = frozenset({"https"})
ID = string(255)
STYLE = one_of("primary", "danger")


def plain(most: int) -> Check:
    return kinds({"plain_text": kind("plain_text", {"text": string(most)}, {"emoji": boolean})})


def text(most: int) -> Check:
    """Plain text, which alone may carry `emoji`, or mrkdwn, which alone may carry `verbatim`."""
    return kinds(
        {
            "plain_text": kind("plain_text", {"text": string(most)}, {"emoji": boolean}),
            "mrkdwn": kind("mrkdwn", {"text": string(most)}, {"verbatim": boolean}),
        }
    )


PLAIN_OPTION = Record({"text": plain(75), "value": string(150)}, {"description": plain(75)})
RICH_OPTION = Record({"text": text(75), "value": string(150)}, {"description": text(75)})
LINK_OPTION = Record({"text": plain(75), "value": string(150)}, {"description": plain(75), "url": url()})
CONFIRM = Record(
    {"title": plain(100), "text": text(300), "confirm": plain(30), "deny": plain(30)},
    {"style": STYLE},
)
FILTER = Record(
    {},
    {
        "include": items(one_of("im", "mpim", "private", "public"), 4),
        "exclude_external_shared_channels": boolean,
        "exclude_bot_users": boolean,
    },
    (at_least_one("include", "exclude_external_shared_channels", "exclude_bot_users"),),
)
DISPATCH = Record({"trigger_actions_on": items(one_of("on_enter_pressed", "on_character_entered"), 2)})
SLACK_FILE = Record({}, {"id": string(), "url": url(WEB)}, (exactly_one("id", "url"),))
IMAGE_FIELDS: Mapping[str, Check] = {"image_url": url(WEB), "slack_file": SLACK_FILE}
IMAGE = kind("image", {"alt_text": string(2000)}, IMAGE_FIELDS, exactly_one("image_url", "slack_file"))


def option_group(option: Check) -> Check:
    return Record({"label": plain(75), "options": items(option, 100)})


def options_differ(value: Object, at: str) -> Iterator[Problem]:
    """Every option of one menu has its own value."""
    seen: set[str] = set()
    for where, option in listed_options(value, at):
        if option["value"] in seen:
            yield problem(f"{where}/value", "option values must be unique")
        seen.add(option["value"])


def initial_is_listed(value: Object, at: str) -> Iterator[Problem]:
    """An initial option matches one of the options exactly."""
    known = [_bare(option) for _, option in listed_options(value, at)]
    for where, chosen in _initial_options(value, at):
        if _bare(chosen) not in known:
            yield problem(where, "must match one of the given options")


def initial_not_repeated(name: str) -> Rule:
    def rule(value: Object, at: str) -> Iterator[Problem]:
        chosen = value.get(name, [])
        if any(one in chosen[:place] for place, one in enumerate(chosen)):
            yield problem(f"{at}/{name}", "must not contain duplicate items")

    return rule


def initial_within_maximum(name: str) -> Rule:
    def rule(value: Object, at: str) -> Iterator[Problem]:
        most = value.get("max_selected_items")
        if most is not None and len(value.get(name, [])) > most:
            yield problem(f"{at}/{name}", f"no more than {most} items allowed")

    return rule


def listed_options(value: Object, at: str) -> Iterator[tuple[str, Object]]:
    for place, option in enumerate(value.get("options", [])):
        yield f"{at}/options/{place}", option
    for group_place, group in enumerate(value.get("option_groups", [])):
        for place, option in enumerate(group["options"]):
            yield f"{at}/option_groups/{group_place}/options/{place}", option


def _initial_options(value: Object, at: str) -> Iterator[tuple[str, Object]]:
    if "initial_option" in value:
        yield f"{at}/initial_option", value["initial_option"]
    for place, option in enumerate(value.get("initial_options", [])):
        yield f"{at}/initial_options/{place}", option


def _bare(option: Object) -> Object:
    """The option without what Slack adds by itself when it hands a view back (`emoji`, `verbatim`)."""
    return {name: _bare_text(part) if isinstance(part, dict) else part for name, part in option.items()}


def _bare_text(value: dict[str, Any]) -> dict[str, Any]:
    return {name: part for name, part in value.items() if name not in ("emoji", "verbatim")}
