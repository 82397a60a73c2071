"""Short-lived permissions, in real time: triggers for views, response addresses, socket tickets, uploads."""

import secrets
from dataclasses import dataclass, field
from typing import Any, Literal

from bot.sandbox.clock import real_now
from bot.sandbox.wire import SlackError

RESPONSE_SECONDS = 30 * 60
RESPONSE_USES = 5
SOCKET_TICKET_SECONDS = 30
MOST_KEPT = 20_000


@dataclass
class Trigger:
    """Lets one app open one view for one person, once, for three seconds."""

    app_id: str
    user: str
    expires: float
    from_modal: str | None = None
    used: bool = False


@dataclass
class ResponsePlace:
    """Where a response_url leads: five uses in half an hour, beside or instead of the message it came from."""

    app_id: str
    user: str
    channel: str
    expires: float
    uses_left: int = RESPONSE_USES
    message_ts: str | None = None
    ephemeral_source: bool = False
    thread_ts: str | None = None


@dataclass
class Tickets:
    trigger_seconds: float = 3.0
    triggers: dict[str, Trigger] = field(default_factory=dict)
    responses: dict[str, ResponsePlace] = field(default_factory=dict)
    sockets: dict[str, tuple[str, float]] = field(default_factory=dict)
    uploads: dict[str, str] = field(default_factory=dict)
    codes: dict[str, tuple[str, str, float]] = field(default_factory=dict)

    def new_trigger(self, app_id: str, user: str, from_modal: str | None = None) -> str:
        name = f"{secrets.randbelow(10**13)}.{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"
        _forget_old(self.triggers)
        self.triggers[name] = Trigger(app_id, user, real_now() + self.trigger_seconds, from_modal)
        return name

    def use_trigger(self, app_id: str, name: object) -> Trigger:
        """SlackError: invalid, of another app, already exchanged, or expired."""
        trigger = self.triggers.get(str(name))
        if trigger is None or trigger.app_id != app_id:
            raise SlackError("invalid_trigger_id")
        if trigger.used:
            raise SlackError("exchanged_trigger_id")
        if real_now() > trigger.expires:
            raise SlackError("expired_trigger_id")
        trigger.used = True
        return trigger

    def new_response(
        self, kind: Literal["commands", "actions"], place: tuple[str, str, str], **source: str | bool | None
    ) -> str:
        """The path of a new response_url; `place` is app, person, channel."""
        name = f"/{kind}/{place[0]}/{secrets.token_urlsafe(24)}"
        _forget_old(self.responses)
        self.responses[name] = ResponsePlace(*place, real_now() + RESPONSE_SECONDS, **source)  # type: ignore[arg-type]
        return name

    def use_response(self, name: str) -> ResponsePlace:
        """SlackError: expired_url past its time, used_url past its uses."""
        place = self.responses.get(name)
        if place is None or real_now() > place.expires:
            raise SlackError("expired_url")
        if place.uses_left <= 0:
            raise SlackError("used_url")
        place.uses_left -= 1
        return place

    def new_socket(self, app_id: str) -> str:
        ticket = secrets.token_urlsafe(16)
        self.sockets[ticket] = (app_id, real_now() + SOCKET_TICKET_SECONDS)
        return ticket

    def use_socket(self, ticket: str) -> str | None:
        """The app of a ticket, once and for half a minute."""
        app_id, expires = self.sockets.pop(ticket, ("", 0.0))
        return app_id if real_now() < expires else None


def _forget_old(tickets: dict[str, Any]) -> None:
    """Kept for a while after their end, so that a late use hears the true reason; the oldest go first."""
    if len(tickets) > MOST_KEPT:
        for name in list(tickets)[: MOST_KEPT // 2]:
            del tickets[name]
