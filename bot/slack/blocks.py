"""Blocks as plain dicts, through the few functions below; Slack's length limits are met here, by cutting visibly."""

import copy
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
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
VIEW_CHARACTERS = 30_000  # Slack takes 250 kB of JSON, in which any letter but the Latin ones is six bytes or twelve
MESSAGE_CHARACTERS = 12_000  # Slack refuses somewhere past 13,200; the rest is room for ids
MESSAGE_SPECIALS = {"table": 1, "data_visualization": 2}
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


def people_select(action: str, initial: Sequence[str] = (), placeholder: str = "") -> Block:
    """A choice of several among everybody in the workspace; `initial` are user ids."""
    element: Block = {"type": "multi_users_select", "action_id": action}
    if initial:
        element["initial_users"] = list(initial)
    return element | {"placeholder": plain(placeholder, 150)} if placeholder else element


def channel_select(action: str, initial: str | None = None) -> Block:
    """A choice among public and private channels, of which she sees those that she is in."""
    element: Block = {
        "type": "conversations_select",
        "action_id": action,
        "filter": {"include": ["public", "private"], "exclude_bot_users": True},
    }
    return element | {"initial_conversation": initial} if initial else element


def date_picker(action: str, initial: date | None = None) -> Block:
    element: Block = {"type": "datepicker", "action_id": action}
    return element | {"initial_date": initial.isoformat()} if initial else element


def overflow(verb: str, *labelled: tuple[str, Mapping[str, Any]]) -> Block:
    """Up to five further ways on, each a label and what it carries: Slack tells which was chosen, and nothing else."""
    options = [option(label, refs.pack(carried)) for label, carried in labelled]
    return {"type": "overflow", "action_id": verb, "options": options}


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
    """The blocks as messages that Slack takes, in order, none dropped: each is as long as `fit` lets it be."""
    parts: list[list[Block]] = []
    size = 0
    for block in blocks:
        weight = characters(block)
        if not parts or size + weight > MESSAGE_CHARACTERS or not _few([*parts[-1], block]):
            parts.append([])
            size = 0
        parts[-1].append(block)
        size += weight
    return parts


def fit(blocks: Sequence[Block]) -> bool:
    """Whether one message may hold them: at most 50 blocks, 12,000 characters, one table and two charts."""
    return _few(blocks) and characters(blocks) <= MESSAGE_CHARACTERS


def _few(blocks: Sequence[Block]) -> bool:
    kinds = [block.get("type") for block in blocks]
    return len(blocks) <= MESSAGE_BLOCKS and all(kinds.count(kind) <= most for kind, most in MESSAGE_SPECIALS.items())


def fitted(blocks: Sequence[Block], room: int = MESSAGE_CHARACTERS) -> list[Block]:
    """The same blocks with at most `room` characters: of people's words the longest are cut, visibly, to one length."""
    over = characters(blocks) - room
    if over <= 0:
        return list(blocks)
    lengths = [len(text["text"]) for block in blocks for text in _words(block)]
    kept, most = 0, max(lengths, default=0)
    while kept < most:
        middle = (kept + most + 1) // 2
        if sum(max(0, length - middle) for length in lengths) >= over:
            kept = middle
        else:
            most = middle - 1
    return [_shortened(block, max(kept, 1)) for block in blocks]


def _words(block: Block) -> list[Block]:
    """Where people's words stand in a block that `literal`, `labelled` or `aside` made."""
    if block["type"] == "rich_text":
        return [block["elements"][0]["elements"][-1]]
    if block["type"] == "context":
        return [each for each in block["elements"] if each["type"] == "plain_text"]
    return [block["text"]] if block["type"] == "section" and block["text"]["type"] == "plain_text" else []


def _shortened(block: Block, limit: int) -> Block:
    if all(len(text["text"]) <= limit for text in _words(block)):
        return block
    changed = copy.deepcopy(block)  # what another message shows, too, stays whole there
    for text in _words(changed):
        text["text"] = cut(text["text"], limit)
    return changed


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
