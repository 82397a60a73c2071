"""What a drain hands to Slack, and what it hears."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message to post, or one of which nobody knows whether it was: then `attempt_at` says since when."""

    key: str
    version: int
    conversation: str
    channel: str
    thread_ts: str | None
    person: str | None
    text: str
    blocks: list[dict[str, Any]] | None
    broadcast: bool
    ephemeral: bool
    attempt_at: datetime
    # Where earlier messages to the same person landed, which spares asking Slack for the conversation.
    known_as: str | None = None


@dataclass(frozen=True, slots=True)
class Renewal:
    """A message that stands and shall read differently; or disappear, when nothing is left of it."""

    key: str
    version: int
    channel: str
    ts: str
    text: str
    blocks: list[dict[str, Any]] | None
    gone: bool


@dataclass(frozen=True, slots=True)
class Landed:
    key: str
    version: int
    channel: str
    ts: str


@dataclass(frozen=True, slots=True)
class NotThere:
    """Looked for and not found: to be sent again."""

    key: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Slack's last word on this message: an error code. `in_doubt`: an earlier attempt may have been posted."""

    key: str
    error: str
    in_doubt: bool = False


@dataclass(frozen=True, slots=True)
class Later:
    """Temporary. `sure`: it certainly did not arrive. `seconds`: Slack said how long to leave this method alone."""

    key: str
    method: str
    error: str
    sure: bool
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Renewed:
    key: str
    version: int


@dataclass(frozen=True, slots=True)
class NotRenewed:
    """The message stands as it is, and cannot be changed."""

    key: str
    error: str


Outcome = Landed | NotThere | Refused | Later | Renewed | NotRenewed
