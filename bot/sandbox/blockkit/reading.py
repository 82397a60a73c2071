"""Reading blocks: the ids Slack adds, the inputs of a form, how long a message is, whom it notifies."""

import re
import secrets
from collections.abc import Iterator
from typing import Any

# Slack does not document the sum; messages pass up to about 13,200 characters of content.
MOST_CHARACTERS = 13_200

_UNCOUNTED = frozenset({"type", "block_id", "action_id", "style", "align"})
_MENTION = re.compile(r"<(?:!(channel|here|everyone)|@([UW][A-Z0-9]+)|!subteam\^(S[A-Z0-9]+))(?:\|[^>]*)?>")
_UNNOTICED = frozenset({"confirm", "placeholder"})


def fill_ids(blocks: list[Any]) -> list[Any]:
    """A copy in which every block has a block_id and every interactive element an action_id."""
    filled: list[Any] = _copied(blocks)
    taken = {given for _, block in holders(filled, "") if isinstance(given := block.get("block_id"), str)}
    for pointer, block in holders(filled, ""):
        if not block.get("block_id"):
            block["block_id"] = _fresh(taken)
        for _, element in parts_with_ids(block, pointer):
            if not element.get("action_id"):
                element["action_id"] = _fresh(taken)
    return filled


def input_elements(view: dict[str, Any]) -> list[tuple[str, str, dict[str, Any], dict[str, Any]]]:
    """(block_id, action_id, element, input block) of every input of a view whose ids are filled in."""
    blocks = view.get("blocks")
    inputs = [block for block in blocks if _is_input(block)] if isinstance(blocks, list) else []
    return [
        (str(block.get("block_id", "")), str(block["element"].get("action_id", "")), block["element"], block)
        for block in inputs
    ]


def message_too_long(blocks: list[Any]) -> bool:
    """Whether all the content of the blocks together is more than Slack takes (`msg_blocks_too_long`).

    Counted are the texts, addresses and values, not the names of types, ids and styles.
    """
    total = 0
    pending: list[Any] = [blocks]
    while pending:
        value = pending.pop()
        if isinstance(value, str):
            total += len(value)
        elif isinstance(value, list):
            pending.extend(value)
        elif isinstance(value, dict):
            pending.extend(part for name, part in value.items() if name not in _UNCOUNTED)
    return total > MOST_CHARACTERS


def pings(blocks: list[Any] | None, text: str | None) -> list[str]:
    """Who is notified, each once, in reading order: `channel`, `here`, `everyone`, user ids, user group ids.

    The text of a message with blocks is not shown, and notifies nobody.
    """
    if not blocks:
        return _once(_mentions(text))
    return _once(name for part in _parts(blocks) for name in _pinged_by(part))


def holders(blocks: list[Any], at: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every block with its JSON pointer, those inside containers and carousels too."""
    for place, block in enumerate(blocks):
        if not isinstance(block, dict):
            continue
        yield f"{at}/{place}", block
        inner = {"container": "child_blocks", "carousel": "elements"}.get(_type(block))
        children = block.get(inner) if inner else None
        for child_place, child in enumerate(children if isinstance(children, list) else []):
            if isinstance(child, dict):
                yield f"{at}/{place}/{inner}/{child_place}", child


def parts_with_ids(block: dict[str, Any], at: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The interactive elements of one block, with their JSON pointers."""
    name = {
        "section": "accessory",
        "input": "element",
        "actions": "elements",
        "context_actions": "elements",
        "card": "actions",
    }.get(_type(block), "")
    held = block.get(name)
    if isinstance(held, dict) and held.get("type") != "image":
        yield f"{at}/{name}", held
    for place, element in enumerate(held if isinstance(held, list) else []):
        if isinstance(element, dict):
            yield f"{at}/{name}/{place}", element


def _parts(blocks: list[Any]) -> Iterator[dict[str, Any]]:
    """Every object inside the blocks, in reading order, but what only shows after a press."""
    pending: list[Any] = [blocks]
    while pending:
        value = pending.pop()
        if isinstance(value, list):
            pending.extend(reversed(value))
        elif isinstance(value, dict):
            yield value
            pending.extend(reversed([part for name, part in value.items() if name not in _UNNOTICED]))


def _pinged_by(part: dict[str, Any]) -> list[str]:
    match _type(part):
        case "mrkdwn" | "markdown":
            return _mentions(part.get("text"))
        case "broadcast":
            return _named(part, "range")
        case "user":
            return _named(part, "user_id")
        case "usergroup":
            return _named(part, "usergroup_id")
        case _:
            return []


def _mentions(text: object) -> list[str]:
    if not isinstance(text, str):
        return []
    return [broadcast or user or group for broadcast, user, group in _MENTION.findall(text)]


def _named(part: dict[str, Any], name: str) -> list[str]:
    value = part.get(name)
    return [value] if isinstance(value, str) else []


def _type(part: dict[str, Any]) -> str:
    value = part.get("type")
    return value if isinstance(value, str) else ""


def _is_input(block: object) -> bool:
    return isinstance(block, dict) and block.get("type") == "input" and isinstance(block.get("element"), dict)


def _once(names: Any) -> list[str]:
    return list(dict.fromkeys(names))


def _copied(value: Any) -> Any:
    """A copy of a JSON value in which no two places are the same object."""
    if isinstance(value, dict):
        return {name: _copied(part) for name, part in value.items()}
    return [_copied(part) for part in value] if isinstance(value, list) else value


def _fresh(taken: set[str]) -> str:
    """Five characters, like Slack's."""
    while (made := secrets.token_urlsafe(4)[:5]) in taken:
        continue
    taken.add(made)
    return made
