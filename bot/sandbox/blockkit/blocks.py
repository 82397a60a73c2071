"""The blocks: what each holds, and which of them each surface takes."""

from collections.abc import Iterator

from .charts import DATA_VISUALIZATION
from .composition import ID, IMAGE, IMAGE_FIELDS, SECURE, WEB, plain, text
from .places import Surface, elements
from .rich_text import RICH_TEXT
from .shapes import (
    Check,
    Object,
    Problem,
    Record,
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
    whole,
)
from .tables import DATA_TABLE, TABLE


def blocks_of(surface: Surface) -> dict[str, Check]:
    """Every block type that this surface takes, with its check."""
    simple = _simple(surface)
    if surface == "modal":
        return {**simple, "alert": _ALERT}
    held: dict[str, Check] = {**simple, "table": TABLE, "data_table": DATA_TABLE, "card": _card(surface)}
    held["carousel"] = kind("carousel", {"elements": items(kinds({"card": _card(surface)}), 10)}, _NAMED)
    if surface == "message":
        held |= _message_only(surface)
    return {**held, "container": _container({name: check for name, check in held.items() if name != "carousel"})}


def _simple(surface: Surface) -> dict[str, Check]:
    return {
        "section": _section(surface),
        "divider": kind("divider", {}, _NAMED),
        "header": kind("header", {"text": plain(150)}, {**_NAMED, "level": whole(1, 4)}),
        "image": kind(
            "image",
            {"alt_text": string(2000)},
            {**_NAMED, **IMAGE_FIELDS, "title": plain(2000)},
            exactly_one("image_url", "slack_file"),
        ),
        "context": kind("context", {"elements": items(_CONTEXT_ELEMENT, 10)}, _NAMED),
        "actions": kind("actions", {"elements": items(elements("actions", surface), 25)}, _NAMED),
        "input": _input(surface),
        "rich_text": RICH_TEXT,
        "video": _VIDEO,
    }


def _message_only(surface: Surface) -> dict[str, Check]:
    return {
        "markdown": kind("markdown", {"text": string(12_000)}, _NAMED),
        "context_actions": kind(
            "context_actions", {"elements": items(elements("context_actions", surface), 5)}, _NAMED
        ),
        "data_visualization": DATA_VISUALIZATION,
        "task_card": _task("in_progress", "complete", "error"),
        "plan": kind(
            "plan",
            {"title": string()},
            {**_NAMED, "tasks": items(kinds({"task_card": _task("pending", "in_progress", "complete", "error")}))},
        ),
    }


def _section(surface: Surface) -> Record:
    return kind(
        "section",
        {},
        {
            **_NAMED,
            "text": text(3000),
            "fields": items(text(2000), 10),
            "accessory": elements("section", surface),
            "expand": boolean,
        },
        at_least_one("text", "fields"),
    )


def _input(surface: Surface) -> Record:
    return kind(
        "input",
        {"label": plain(2000), "element": elements("input", surface)},
        {**_NAMED, "hint": plain(2000), "optional": boolean, "dispatch_action": boolean},
        _files_are_not_dispatched,
    )


def _card(surface: Surface) -> Record:
    # Slack's documents also name a slack_icon, whose shape nobody has confirmed: it is refused.
    return kind(
        "card",
        {},
        {
            **_NAMED,
            "hero_image": kinds({"image": IMAGE}),
            "icon": kinds({"image": IMAGE}),
            "title": text(150),
            "subtitle": text(150),
            "subtext": text(150),
            "body": text(200),
            "actions": items(elements("card", surface), 3),
        },
        at_least_one("hero_image", "title", "actions", "body"),
    )


def _container(children: dict[str, Check]) -> Record:
    return kind(
        "container",
        {"child_blocks": items(kinds(children), 10)},
        {
            **_NAMED,
            "title": plain(150),
            "rich_text_title": kinds({"rich_text": RICH_TEXT}),
            "subtitle": text(150),
            "width": one_of("narrow", "standard", "wide", "full"),
            "icon": kinds({"image": IMAGE}),
            "is_collapsible": boolean,
            "default_collapsed": boolean,
            "has_header_divider": boolean,
        },
        at_least_one("title", "rich_text_title"),
        _folding_fits,
    )


def _task(*statuses: str) -> Record:
    return kind(
        "task_card",
        {"task_id": string(), "title": string(), "status": one_of(*statuses)},
        {
            **_NAMED,
            "details": kinds({"rich_text": RICH_TEXT}),
            "output": kinds({"rich_text": RICH_TEXT}),
            "sources": items(kinds({"url": kind("url", {"url": url(WEB), "text": string()}, {})})),
        },
    )


def _files_are_not_dispatched(value: Object, at: str) -> Iterator[Problem]:
    if value["element"]["type"] == "file_input" and value.get("dispatch_action"):
        yield problem(f"{at}/element/type", "unsupported type: file_input")


def _folding_fits(value: Object, at: str) -> Iterator[Problem]:
    folds = value.get("is_collapsible", False)
    if value.get("default_collapsed") and not folds:
        yield problem(f"{at}/default_collapsed", "requires is_collapsible to be true")
    if value.get("has_header_divider") and folds:
        yield problem(f"{at}/has_header_divider", "cannot be set when is_collapsible is true")


_NAMED: dict[str, Check] = {"block_id": ID}
_CONTEXT_ELEMENT = kinds(
    {
        "image": IMAGE,
        "plain_text": kind("plain_text", {"text": string(3000)}, {"emoji": boolean}),
        "mrkdwn": kind("mrkdwn", {"text": string(3000)}, {"verbatim": boolean}),
    }
)
_ALERT = kind(
    "alert",
    {"text": text(200)},
    {**_NAMED, "level": one_of("default", "info", "warning", "error", "success")},
)
_VIDEO = kind(
    "video",
    {"alt_text": string(2000), "video_url": url(SECURE), "thumbnail_url": url(WEB), "title": plain(199)},
    {
        **_NAMED,
        "title_url": url(SECURE),
        "description": plain(200),
        "provider_icon_url": url(WEB),
        "provider_name": string(),
        "author_name": string(49),
    },
)
