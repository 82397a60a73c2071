"""How an app answered a request: the words between the transports and those who send through them."""

from dataclasses import dataclass
from typing import Any, Literal

Outcome = Literal["ok", "timeout", "http_error", "connection_failed", "too_many_redirects", "not_connected"]

ACK_SECONDS = 3.0


@dataclass(frozen=True)
class Answer:
    """`body` is the acknowledgement's JSON or text, if any; `status` is set for HTTP only."""

    outcome: Outcome
    body: Any = None
    status: int = 0
    no_retry: bool = False

    @property
    def ok(self) -> bool:
        return self.outcome == "ok"

    @property
    def retry_reason(self) -> str:
        """The name that Slack gives to it in ``x-slack-retry-reason``."""
        names = {"timeout": "http_timeout", "not_connected": "connection_failed"}
        return names.get(self.outcome, self.outcome)
