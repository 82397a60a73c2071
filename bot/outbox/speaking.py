"""The calls to Slack: post, look for what may have been posted, renew. Each ends in an outcome, never in an error."""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from datetime import timedelta
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.logs import logger
from bot.outbox.outcomes import (
    Delivery,
    Landed,
    Later,
    NotRenewed,
    NotThere,
    Outcome,
    Refused,
    Renewal,
    Renewed,
)

log = logger()

EVENT = "crosswalk_post"
POST, UPDATE, DELETE, EPHEMERAL = "chat.postMessage", "chat.update", "chat.delete", "chat.postEphemeral"
HISTORY, REPLIES, OPEN = "conversations.history", "conversations.replies", "conversations.open"

# Our clock and Slack's may differ a little.
_BEFORE = timedelta(seconds=60)
_PAGE = 200
# Codes that say nothing about the message: Slack is unwell, and may have posted it ...
_UNWELL = {"internal_error", "fatal_error", "service_unavailable", "request_timeout"}
# ... or refuses whatever we say, until somebody has set that right: then nothing was posted.
_SHUT_OUT = {
    "ratelimited",
    "rate_limited",
    "message_limit_exceeded",
    "invalid_auth",
    "not_authed",
    "account_inactive",
    "token_revoked",
    "token_expired",
    "missing_scope",
    "not_allowed_token_type",
    "org_login_required",
    "team_added_to_org",
    "app_uninstalled",
    "accesslimited",
}
# The conversation cannot be read, so that the question stays open.
_UNREADABLE = {"missing_scope", "not_allowed_token_type", "method_not_supported_for_channel_type"}


async def post(client: AsyncWebClient, delivery: Delivery, within: float) -> Outcome:
    """Real seconds `within`."""
    said: dict[str, Any] = {"text": delivery.text, "blocks": delivery.blocks, "thread_ts": delivery.thread_ts}
    if delivery.ephemeral:
        call = client.chat_postEphemeral(channel=delivery.channel, user=delivery.person or "", **said)
        return await _outcome(EPHEMERAL, delivery, call, within)
    payload = {"key": delivery.key, "version": delivery.version}
    call = client.chat_postMessage(
        channel=delivery.channel,
        reply_broadcast=delivery.broadcast or None,
        metadata={"event_type": EVENT, "event_payload": payload},
        unfurl_links=False,
        unfurl_media=False,
        **said,
    )
    return await _outcome(POST, delivery, call, within)


async def look_up(client: AsyncWebClient, delivery: Delivery, within: float) -> Outcome:
    """Whether a message that may have been posted was. Ephemeral ones cannot be looked for: they are sent again."""
    if delivery.ephemeral:
        return NotThere(delivery.key)
    method = REPLIES if delivery.thread_ts else HISTORY
    try:
        channel = await _conversation(client, delivery, within)
        async for message in _since(client, method, channel, delivery, within):
            told = _told(message)
            if told.get("key") == delivery.key:
                return Landed(delivery.key, int(told.get("version", -1)), channel, message["ts"])
    except SlackApiError as error:
        return _unfound(method, delivery, error)
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        return Later(delivery.key, method, type(error).__name__, sure=False)
    return NotThere(delivery.key)


async def renew(client: AsyncWebClient, renewal: Renewal, within: float) -> Outcome:
    """Any number of times is as good as once."""
    try:
        async with asyncio.timeout(within):
            if renewal.gone:
                await client.chat_delete(channel=renewal.channel, ts=renewal.ts)
            else:
                # Without `blocks` Slack may keep the old ones; an empty list takes them away.
                await client.chat_update(
                    channel=renewal.channel, ts=renewal.ts, text=renewal.text, blocks=renewal.blocks or []
                )
    except SlackApiError as error:
        method = DELETE if renewal.gone else UPDATE
        if renewal.gone and error_code(error) == "message_not_found":
            return Renewed(renewal.key, renewal.version)
        return _temporary(method, renewal.key, error) or NotRenewed(renewal.key, error_code(error))
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        return Later(renewal.key, UPDATE, type(error).__name__, sure=False)
    return Renewed(renewal.key, renewal.version)


async def _outcome(method: str, delivery: Delivery, call: Awaitable[Any], within: float) -> Outcome:
    try:
        async with asyncio.timeout(within):
            answer = await call
    except SlackApiError as error:
        return _temporary(method, delivery.key, error) or Refused(delivery.key, error_code(error))
    except aiohttp.ClientConnectorError as error:
        return Later(delivery.key, method, type(error).__name__, sure=True)
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        return Later(delivery.key, method, type(error).__name__, sure=False)
    ts = answer["message_ts"] if delivery.ephemeral else answer["ts"]
    return Landed(delivery.key, delivery.version, answer.get("channel") or delivery.channel, ts)


def _temporary(method: str, key: str, error: SlackApiError) -> Later | None:
    code, status = error_code(error), _status(error)
    if status == 429:
        return Later(key, method, "ratelimited", sure=True, seconds=_retry_after(error))
    if code in _SHUT_OUT:
        return Later(key, method, code, sure=True)
    if status >= 500 or code in _UNWELL or not code:
        return Later(key, method, code or f"HTTP {status}", sure=False)
    return None


def _unfound(method: str, delivery: Delivery, error: SlackApiError) -> Outcome:
    code = error_code(error)
    if code in _UNREADABLE:
        log.error("delivery_unverified", key=delivery.key, channel=delivery.channel, error=code)
        return NotThere(delivery.key)
    if code == "thread_not_found":
        return NotThere(delivery.key)
    later = _temporary(method, delivery.key, error)
    if later is not None:
        return Later(later.key, method, later.error, sure=False, seconds=later.seconds)
    return Refused(delivery.key, code, in_doubt=True)


async def _conversation(client: AsyncWebClient, delivery: Delivery, within: float) -> str:
    if delivery.channel[:1] not in "UW":
        return delivery.channel
    if delivery.known_as:
        return delivery.known_as
    async with asyncio.timeout(within):
        opened = await client.conversations_open(users=delivery.channel)
    return str(opened["channel"]["id"])


async def _since(
    client: AsyncWebClient, method: str, channel: str, delivery: Delivery, within: float
) -> AsyncIterator[dict[str, Any]]:
    oldest = f"{(delivery.attempt_at - _BEFORE).timestamp():.6f}"
    asked: dict[str, Any] = {"channel": channel, "oldest": oldest, "limit": _PAGE, "include_all_metadata": True}
    if delivery.thread_ts:
        asked["ts"] = delivery.thread_ts
    while True:
        async with asyncio.timeout(within):
            page = await client.api_call(method, http_verb="GET", params=asked)
        for message in page["messages"]:
            yield message
        asked["cursor"] = (page.get("response_metadata") or {}).get("next_cursor")
        if not asked["cursor"]:
            return


def _told(message: dict[str, Any]) -> dict[str, Any]:
    metadata = message.get("metadata") or {}
    return (metadata.get("event_payload") or {}) if metadata.get("event_type") == EVENT else {}


def error_code(error: SlackApiError) -> str:
    """Slack's word for it; empty when the answer was no answer of Slack's."""
    data = getattr(error.response, "data", None)
    return str(data.get("error") or "") if isinstance(data, dict) else ""


def _status(error: SlackApiError) -> int:
    # When the body cannot be read at all, slack_sdk hands on aiohttp's own response.
    response: Any = error.response
    return int(response.status_code if hasattr(response, "status_code") else response.status)


def _retry_after(error: SlackApiError) -> float:
    said = {name.lower(): value for name, value in dict(error.response.headers).items()}.get("retry-after", "")
    return float(said) if said.isdigit() else 1.0
