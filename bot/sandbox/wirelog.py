"""What went over the wire, newest last, for the page and for tests to read."""

from collections import Counter, deque
from collections.abc import Callable
from typing import Any

from bot.sandbox.clock import real_now
from bot.sandbox.wire import Json

_SECRET = {"token", "client_secret", "refresh_token", "code"}


class WireLog:
    """A bounded ring of entries, and how each Web API method has been answered since the start."""

    def __init__(self, size: int = 20_000) -> None:
        self._entries: deque[Json] = deque(maxlen=size)
        self._counts: dict[str, Counter[str]] = {}
        self._last = 0
        self.changed: Callable[[Json], None] = lambda entry: None

    def add(
        self,
        direction: str,
        name: str,
        request: Any,
        response: Any,
        *,
        ok: bool,
        error: str | None = None,
        limit: str = "",
    ) -> None:
        """Direction is "api", "event", "command", "interaction" or "ack"; error is a code, or why nobody answered;
        limit says in words which rate limit was met."""
        self._last += 1
        entry: Json = {
            "n": self._last,
            "at": real_now(),
            "direction": direction,
            "method" if direction == "api" else "type": name,
            "request": _without_secrets(request),
            "response": response,
            "ok": ok,
            "error": error,
            "limit": limit,
        }
        self._entries.append(entry)
        if direction == "api":
            self._counts.setdefault(name, Counter())["ok" if ok else (error or "error")] += 1
        self.changed(entry)

    def since(self, number: int) -> list[Json]:
        return [entry for entry in self._entries if entry["n"] > number]

    def counts(self, method: str) -> dict[str, int]:
        """How often a method was answered "ok", "429", or with each error."""
        found = dict(self._counts.get(method, Counter()))
        limited = found.pop("ratelimited", 0)
        return {"ok": 0, "429": limited, **found}


def _without_secrets(request: Any) -> Any:
    if not isinstance(request, dict):
        return request
    return {key: value for key, value in request.items() if key not in _SECRET}
