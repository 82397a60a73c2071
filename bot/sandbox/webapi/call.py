"""One Web API call: its arguments, who makes it, and what every method needs to look up first."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from bot.sandbox.blockkit import Problem
from bot.sandbox.records import SCOPE_FAMILIES, App, Channel
from bot.sandbox.wire import Json, SlackError, is_true
from bot.sandbox.workspace import Workspace


@dataclass(frozen=True)
class Call:
    """Arguments as they came: JSON values, or the strings of a form."""

    workspace: Workspace
    app: App
    args: Json

    def text(self, name: str) -> str | None:
        value = self.args.get(name)
        return None if value is None or value == "" else str(value)

    def required(self, name: str, error: str = "invalid_arguments") -> str:
        value = self.text(name)
        if value is None:
            extra = {"response_metadata": {"messages": [f"[ERROR] missing required field: {name}"]}}
            raise SlackError(error, **(extra if error == "invalid_arguments" else {}))
        return value

    def flag(self, name: str) -> bool:
        return is_true(self.args.get(name))

    def number(self, name: str, default: int, most: int) -> int:
        value = self.args.get(name)
        if value is None or value == "":
            return default
        try:
            wanted = int(value)
        except (TypeError, ValueError):
            raise SlackError("invalid_arguments") from None
        if not wanted >= 1:
            raise SlackError("invalid_limit")
        return min(wanted, most)

    def decoded(self, name: str, error: str) -> Any:
        """A JSON argument, given as JSON or as a string of it."""
        value = self.args.get(name)
        if not isinstance(value, str):
            return value
        if value == "":
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise SlackError(error) from None

    def listed(self, name: str) -> list[str]:
        value = self.args.get(name)
        if isinstance(value, list):
            return [str(one) for one in value]
        return [one.strip() for one in str(value or "").split(",") if one.strip()]

    def needs(self, *any_of: str) -> None:
        """SlackError missing_scope unless the app holds one of these scopes."""
        held = self.app.scopes
        if any_of and not set(any_of) & set(held):
            raise SlackError("missing_scope", needed=",".join(any_of), provided=",".join(held))

    def channel(self, family: str | None = None, name: str = "channel") -> Channel:
        """A conversation that the app can see; with a scope family ("read", "history") also one it may look into."""
        channel = self.workspace.channels.get(self.required(name, "channel_not_found"))
        if channel is None or not self.can_see(channel):
            raise SlackError("channel_not_found")
        if family is not None:
            self.needs(f"{SCOPE_FAMILIES[channel.kind]}:{family}")
        return channel

    def can_see(self, channel: Channel) -> bool:
        return channel.kind == "public" or self.app.bot_user_id in channel.members

    def page(self, items: list[Any], default: int = 100, most: int = 1000) -> tuple[list[Any], Json]:
        """One page by cursor, and the response_metadata that leads to the next."""
        start, limit = self._cursor(), self.number("limit", default, most)
        following = f"next:{start + limit}" if start + limit < len(items) else ""
        return items[start : start + limit], {"response_metadata": {"next_cursor": following}}

    def _cursor(self) -> int:
        cursor = self.text("cursor")
        if cursor is None:
            return 0
        if not cursor.startswith("next:") or not cursor[5:].isdigit():
            raise SlackError("invalid_cursor")
        return int(cursor[5:])


@dataclass(frozen=True)
class Method:
    """A handler with its rate tier and the scopes of which it takes one; `token` says what kind it is called with."""

    handler: Callable[[Call], Json | Awaitable[Json]]
    tier: str
    scopes: tuple[str, ...] = ()
    token: str = "bot"


def refuse_blocks(problems: list[Problem], error: str = "invalid_blocks") -> None:
    """SlackError with JSON pointers when there is any problem."""
    if problems:
        messages = [f"[ERROR] {problem.message}" for problem in problems]
        errors = {"errors": [problem.message for problem in problems]} if error == "invalid_blocks" else {}
        raise SlackError(error, **errors, response_metadata={"messages": messages})


def refuse_missing_kinds(call: Call, blocks: list[Json]) -> None:
    """SlackError invalid_blocks for a kind that Slack has not rolled out to this workspace yet."""
    refuse_blocks(
        [
            Problem(f"/blocks/{place}/type", f"unsupported type: {block['type']} [json-pointer:/blocks/{place}/type]")
            for place, block in enumerate(blocks)
            if block["type"] in call.workspace.faults.without
        ]
    )
