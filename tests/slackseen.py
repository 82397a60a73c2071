"""What people see in the sandbox, for tests: messages, files, windows, buttons, in the words that are shown."""

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

_NESTED = ("child_blocks", "elements", "accessory", "element", "actions")
_WORDS = (
    "title",
    "text",
    "fields",
    "label",
    "hint",
    "body",
    "subtitle",
    "rows",
    "child_blocks",
    "elements",
    "accessory",
)


@dataclass(frozen=True)
class Button:
    label: str
    action_id: str
    value: str | None = None


@dataclass(frozen=True)
class SharedFile:
    """A file under a message; `raw` is Slack's file object."""

    raw: Json = field(repr=False)
    id: str
    name: str
    title: str
    mimetype: str
    size: int

    @classmethod
    def of(cls, raw: Json) -> "SharedFile":
        return cls(raw, raw["id"], raw["name"], raw["title"], raw["mimetype"], raw["size"])


@dataclass(frozen=True)
class Message:
    """A message as one person sees it."""

    raw: Json = field(repr=False)
    text: str
    ts: str
    user: str
    channel: str
    thread_ts: str | None
    plain: str = field(repr=False)
    buttons: tuple[Button, ...] = field(repr=False)
    pings: tuple[str, ...]
    files: tuple[SharedFile, ...] = field(repr=False)
    ephemeral: bool
    metadata: Json | None = field(repr=False)

    @classmethod
    def of(cls, raw: Json) -> "Message":
        blocks = raw.get("blocks") or []
        return cls(
            raw=raw,
            text=raw.get("text", ""),
            ts=raw["ts"],
            user=raw.get("user", ""),
            channel=raw["channel"],
            thread_ts=raw.get("thread_ts"),
            plain="\n".join(words(blocks)) if blocks else unescaped(raw.get("text", "")),
            buttons=tuple(buttons(blocks)),
            pings=tuple(raw.get("pings", [])),
            files=tuple(map(SharedFile.of, raw.get("files", []))),
            ephemeral=bool(raw.get("is_ephemeral")),
            metadata=raw.get("metadata"),
        )

    def button(self, name: str) -> Button:
        """The button of that label or action_id."""
        for button in self.buttons:
            if name in (button.label, button.action_id):
                return button
        raise AssertionError(f"No button {name!r}; there are {[button.label for button in self.buttons]}.")


@dataclass(frozen=True)
class View:
    """A modal or a Home as its person sees it."""

    raw: Json = field(repr=False)
    id: str
    hash: str
    callback_id: str
    title: str
    plain: str = field(repr=False)
    buttons: tuple[Button, ...] = field(repr=False)
    state: dict[str, Any]
    private_metadata: str = field(repr=False)

    @classmethod
    def of(cls, raw: Json) -> "View":
        return cls(
            raw=raw,
            id=raw["id"],
            hash=raw["hash"],
            callback_id=raw["callback_id"],
            title=unescaped((raw.get("title") or {}).get("text", "")),
            plain="\n".join(words(raw["blocks"])),
            buttons=tuple(buttons(raw["blocks"])),
            state={block: _plain_state(values) for block, values in raw["state"]["values"].items()},
            private_metadata=raw["private_metadata"],
        )


def words(value: Any) -> list[str]:
    """The visible texts of blocks, in reading order."""
    if isinstance(value, list):
        return [text for one in value for text in words(one)]
    if not isinstance(value, dict):
        return []
    if value.get("type", "").startswith("rich_text"):
        return [_rich(value)]
    if isinstance(value.get("text"), str):
        return [unescaped(value["text"])]
    return [text for name in _WORDS if name in value for text in words(value[name])]


def buttons(value: Any) -> list[Button]:
    """Every button of some blocks."""
    if isinstance(value, list):
        return [button for one in value for button in buttons(one)]
    if not isinstance(value, dict):
        return []
    if value.get("type") == "button":
        return [Button(unescaped(value["text"]["text"]), value["action_id"], value.get("value"))]
    return [button for name in _NESTED if name in value for button in buttons(value[name])]


def unescaped(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _rich(value: Json) -> str:
    inner = value.get("elements")
    if inner is None:
        known = (value.get(name) for name in ("text", "user_id", "channel_id", "usergroup_id", "range", "url", "name"))
        return str(next((one for one in known if one), ""))
    between = "\n" if value["type"] in ("rich_text", "rich_text_list") else ""
    return between.join(_rich(one) for one in inner)


def _plain_state(values: dict[str, Json]) -> Any:
    """The one value of an input block; a dict by action_id where a block has several."""
    plain = {
        action: next((one for key, one in value.items() if key != "type"), None) for action, value in values.items()
    }
    return next(iter(plain.values())) if len(plain) == 1 else plain
