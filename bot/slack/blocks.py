"""Blocks as plain dicts, through the few functions below; Slack's length limits are met here, by cutting visibly."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.slack import refs

Block = dict[str, Any]

SECTION = 3000
HEADER = 150
BUTTON = 75
BUTTONS = 25
OPTION = 75
TITLE = 24
MESSAGE_BLOCKS = 50
MESSAGE_CHARACTERS = 12_000  # Slack refuses somewhere past 13,200; the rest is room for ids
FALLBACK = 3000


def cut(text: str, limit: int) -> str:
    """At most `limit` characters; a cut shows as an ellipsis and never splits an entity or a link."""
    if len(text) <= limit:
        return text
    kept = text[: limit - 1]
    for opening, closing in (("<", ">"), ("&", ";")):
        start = kept.rfind(opening)
        if start >= 0 and closing not in kept[start:] and (opening == "<" or limit - start <= 6):
            kept = kept[:start]
    return kept.rstrip() + "…"


def plain(text: str, limit: int) -> Block:
    return {"type": "plain_text", "text": cut(text, limit), "emoji": True}


def mrkdwn(text: str, limit: int = SECTION) -> Block:
    """Markup of ours around people's words; `verbatim` keeps Slack from finding channels and links in those."""
    return {"type": "mrkdwn", "text": cut(text, limit), "verbatim": True}


def section(text: str, accessory: Block | None = None, *, block_id: str | None = None) -> Block:
    block: Block = {"type": "section", "text": mrkdwn(text)}
    if block_id is not None:
        block["block_id"] = block_id
    return block if accessory is None else block | {"accessory": accessory}


def literal(text: str, accessory: Block | None = None, *, block_id: str | None = None) -> Block:
    """Somebody's words just as they stand: no markup, mention or link in them is read as one."""
    block: Block = {"type": "section", "text": {"type": "plain_text", "text": cut(text, SECTION), "emoji": False}}
    if block_id is not None:
        block["block_id"] = block_id
    return block if accessory is None else block | {"accessory": accessory}


def labelled(label: str, text: str) -> Block:
    """Somebody's words just as they stand, under a label of ours."""
    parts = [
        {"type": "text", "text": f"{label}\n", "style": {"bold": True}},
        {"type": "text", "text": cut(text, SECTION) or " "},
    ]
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": parts}]}


def aside(*texts: str) -> Block:
    """Small print that is somebody's words just as they stand."""
    return {"type": "context", "elements": [plain(text, 2000) | {"emoji": False} for text in texts]}


def long_text(text: str) -> list[Block]:
    """As many sections as the text needs: nothing is cut."""
    return [section(part) for part in pieces(text, SECTION)]


def context(*texts: str) -> Block:
    return {"type": "context", "elements": [mrkdwn(text, 2000) for text in texts]}


def header(text: str) -> Block:
    return {"type": "header", "text": plain(text, HEADER)}


def divider() -> Block:
    return {"type": "divider"}


def actions(*elements: Block, block_id: str | None = None) -> Block:
    block: Block = {"type": "actions", "elements": list(elements)}
    return block if block_id is None else block | {"block_id": block_id}


def button(label: str, verb: str, *, style: str | None = None, nth: str | int | None = None, **carried: Any) -> Block:
    made: Block = {
        "type": "button",
        "text": plain(label, BUTTON),
        "action_id": refs.action_id(verb, nth),
        "value": refs.pack(carried),
    }
    return made if style is None else made | {"style": style}


def buttons(*named: tuple[str, str], **carried: Any) -> list[Block]:
    """Buttons, each a label and a verb, that all carry the same."""
    value = refs.pack(carried)
    return [
        {"type": "button", "text": plain(label, BUTTON), "action_id": verb, "value": value} for label, verb in named
    ]


def confirm(title: str, text: str, yes: str, no: str) -> Block:
    return {"title": plain(title, 100), "text": plain(text, 300), "confirm": plain(yes, 30), "deny": plain(no, 30)}


def option(label: str, value: str) -> Block:
    return {"text": plain(label, OPTION), "value": value}


def text_input(
    action: str, *, initial: str = "", multiline: bool = True, placeholder: str = "", limit: int = 3000
) -> Block:
    element: Block = {"type": "plain_text_input", "action_id": action, "multiline": multiline, "max_length": limit}
    if initial:
        element["initial_value"] = initial[:limit]
    if placeholder:
        element["placeholder"] = plain(placeholder, 150)
    return element


def choice(
    kind: str, action: str, options: Sequence[Block], initial: str | None = None, placeholder: str = ""
) -> Block:
    """A `static_select` or `radio_buttons`; `initial` is the value of the option that is chosen already."""
    element: Block = {"type": kind, "action_id": action, "options": list(options)}
    chosen = next((each for each in options if each["value"] == initial), None)
    if chosen is not None:
        element["initial_option"] = chosen
    if placeholder and kind == "static_select":
        element["placeholder"] = plain(placeholder, 150)
    return element


def person_select(action: str, initial: str | None = None, placeholder: str = "") -> Block:
    """A choice among everybody in the workspace; `initial` is a user id."""
    element: Block = {"type": "users_select", "action_id": action}
    if initial:
        element["initial_user"] = initial
    return element | {"placeholder": plain(placeholder, 150)} if placeholder else element


def checkboxes(action: str, options: Sequence[Block], initial: Iterable[str] = ()) -> Block:
    element: Block = {"type": "checkboxes", "action_id": action, "options": list(options)}
    wanted = set(initial)
    chosen = [each for each in options if each["value"] in wanted]
    return element | {"initial_options": chosen} if chosen else element


def field(block_id: str, label: str, element: Block, *, optional: bool = False, hint: str = "") -> Block:
    block: Block = {
        "type": "input",
        "block_id": block_id,
        "label": plain(label, 2000),
        "element": element,
        "optional": optional,
    }
    return block | {"hint": plain(hint, 2000)} if hint else block


def modal(
    title: str,
    callback: str,
    blocks: Sequence[Block],
    *,
    submit: str | None = None,
    close: str = "Close",
    **carried: Any,
) -> Block:
    view: Block = {
        "type": "modal",
        "callback_id": callback,
        "title": plain(title, TITLE),
        "close": plain(close, TITLE),
        "blocks": list(blocks)[:100],
        "private_metadata": refs.pack(carried),
    }
    return view if submit is None else view | {"submit": plain(submit, TITLE)}


def home(blocks: Sequence[Block]) -> Block:
    return {"type": "home", "blocks": list(blocks)[:100]}


def pieces(text: str, limit: int) -> list[str]:
    """The text in parts of at most `limit` characters, broken at line ends, else spaces, else anywhere."""
    parts: list[str] = []
    rest = text
    while len(rest) > limit:
        at = max(rest.rfind("\n", 0, limit), 0) or max(rest.rfind(" ", 0, limit), 0) or _whole(rest, limit)
        parts.append(rest[:at].rstrip())
        rest = rest[at:].lstrip("\n ")
    return [*parts, rest] if rest or not parts else parts


def _whole(text: str, limit: int) -> int:
    """Where an unbroken run may be parted without splitting an entity such as `&amp;`."""
    start = text.rfind("&", max(0, limit - 5), limit)
    return start if start > 0 and text.find(";", start, start + 6) >= limit else limit


def messages(blocks: Sequence[Block]) -> list[list[Block]]:
    """The blocks as messages that Slack takes: at most 50 blocks and 12,000 characters each, in order, none dropped."""
    parts: list[list[Block]] = []
    size = 0
    for block in blocks:
        weight = characters(block)
        if not parts or len(parts[-1]) >= MESSAGE_BLOCKS or size + weight > MESSAGE_CHARACTERS:
            parts.append([])
            size = 0
        parts[-1].append(block)
        size += weight
    return parts


def characters(block: object) -> int:
    """How many characters of text a block shows, the way Slack counts them against a message."""
    if isinstance(block, str):
        return 0
    if isinstance(block, Mapping):
        own = block.get("text") or block.get("alt_text")
        return (len(own) if isinstance(own, str) else 0) + sum(characters(value) for value in block.values())
    if isinstance(block, Sequence):
        return sum(characters(each) for each in block)
    return 0
