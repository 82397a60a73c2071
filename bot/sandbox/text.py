"""Text as Slack keeps it: what a person types is escaped, what an app sends is canonicalised."""

import re
from collections.abc import Callable
from typing import Any

from bot.sandbox.emoji import shortcodes
from bot.sandbox.wire import Json

_MARKUP = re.compile(r"<(?:[@#!][^<>\n]+|(?:https?|mailto|tel|slack):[^<>\n]*)>")
_BARE_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt);)")
_BARE_URL = re.compile(r"https?://(?:(?!&[lg]t;)[^\s<>|])+")
_AFTER_URL = re.compile(r"(?:(?<!&amp);|[.,:!?)\]}'\"*_~`])+$")
_TYPED_NAME = re.compile(r"(?<![\w@#&;<])([@#])([A-Za-z0-9][\w.-]*)")
_REFERENCE = re.compile(r"<([@#!])([^<>|]+)(?:\|([^<>]*))?>|<((?:https?|mailto):[^<>|]+)(?:\|([^<>]*))?>")

FindName = Callable[[str, str], str | None]
"""Finds what a typed ``@`` or ``#`` name means: (sign, name) -> its id, or None."""


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescaped(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def typed(text: str, find: FindName) -> str:
    """What a person wrote into the composer: escaped, names and addresses linked, emoji as their codes."""
    return shortcodes(_link_addresses(_link_names(escaped(text), find)))


def typed_command(text: str, find: FindName, *, should_escape: bool) -> str:
    """The text after a slash command: as typed, names turned into ids only where the command asks for it."""
    return _link_names(text, find) if should_escape else text


def sent(text: str) -> str:
    """What an app sent: markup kept, stray ``& < >`` escaped, bare addresses linked, emoji as their codes."""
    pieces, at = [], 0
    for markup in _MARKUP.finditer(text):
        pieces += [_plain(text[at : markup.start()]), markup.group()]
        at = markup.end()
    return "".join([*pieces, _plain(text[at:])])


def sent_blocks(blocks: list[Json]) -> list[Json]:
    """The same for every text object of some blocks, with the defaults that Slack adds to them."""
    return [_sent_object(block) for block in blocks]


def rich_text(text: str) -> Json:
    """The rich_text block that Slack makes of a message that a person typed; `text` is already canonical."""
    elements: list[Json] = []
    at = 0
    for found in _REFERENCE.finditer(text):
        elements += _text_element(text[at : found.start()])
        elements.append(_reference_element(*found.groups()))
        at = found.end()
    elements += _text_element(text[at:])
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": elements}]}


def _plain(text: str) -> str:
    text = _BARE_AMPERSAND.sub("&amp;", text).replace("<", "&lt;").replace(">", "&gt;")
    return shortcodes(_link_addresses(text))


def _link_addresses(text: str) -> str:
    return _BARE_URL.sub(_linked, text) if "://" in text else text


def _linked(found: re.Match[str]) -> str:
    """Punctuation that ends a sentence is not part of the address before it."""
    address = _AFTER_URL.sub("", found.group())
    return f"<{address}>{found.group()[len(address) :]}"


def _link_names(text: str, find: FindName) -> str:
    def link(found: re.Match[str]) -> str:
        name = find(found.group(1), found.group(2))
        return f"<{name}>" if name else found.group()

    return _TYPED_NAME.sub(link, text)


def _sent_object(value: Any) -> Any:
    if isinstance(value, list):
        return [_sent_object(one) for one in value]
    if not isinstance(value, dict):
        return value
    changed = {key: _sent_object(one) for key, one in value.items()}
    if changed.get("type") == "mrkdwn" and isinstance(changed.get("text"), str):
        changed["text"] = sent(changed["text"])
        changed.setdefault("verbatim", False)
    elif changed.get("type") == "plain_text":
        changed.setdefault("emoji", True)
    return changed


def _text_element(text: str) -> list[Json]:
    return [{"type": "text", "text": unescaped(text)}] if text else []


def _reference_element(
    sign: str | None, name: str | None, label: str | None, url: str | None, words: str | None
) -> Json:
    if url:
        return {"type": "link", "url": unescaped(url), **({"text": unescaped(words)} if words else {})}
    if sign == "@":
        return {"type": "user", "user_id": name}
    if sign == "#":
        return {"type": "channel", "channel_id": name}
    if name and name.startswith("subteam^"):
        return {"type": "usergroup", "usergroup_id": name.removeprefix("subteam^")}
    if name in ("here", "channel", "everyone"):
        return {"type": "broadcast", "range": name}
    return {"type": "text", "text": label or name or ""}
