"""What a button or a view carries: a verb and a few ids, packed here and nowhere else."""

import json
from collections.abc import Mapping
from typing import Any

LIMIT = 2000  # Slack's limit for a button's value; a view's private_metadata may hold 3,000


def pack(values: Mapping[str, Any]) -> str:
    """Compact JSON of a few ids. Raises ValueError past Slack's limit, since a cut reference points nowhere."""
    packed = _encode(values)
    if len(packed) > LIMIT:
        raise ValueError(f"A button would carry {len(packed)} characters; Slack takes {LIMIT}.")
    return packed


# Built once: `json.dumps` would build one for every button.
_encode = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False).encode


def unpack(packed: str | None) -> dict[str, Any]:
    """What `pack` was given; empty for nothing, or for a value that was not packed here."""
    if not packed or not packed.startswith("{"):
        return {}
    try:
        values: dict[str, Any] = json.loads(packed)
    except (ValueError, RecursionError):
        return {}
    return values


def action_id(verb: str, nth: str | int | None = None) -> str:
    """A verb such as "standup.answer"; `nth` keeps it unique where one block shows the same verb twice."""
    return verb if nth is None else f"{verb}#{nth}"


def verb_of(action: str) -> str:
    return action.partition("#")[0]


def nth_of(action: str) -> str:
    """What tells one element from another of the same verb; empty where there is but one."""
    return action.partition("#")[2]
