"""The one place that makes a Slack client, with retries only where a second try cannot say a thing twice."""

import aiohttp
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

TIMEOUT = 20


def asking(token: str | None, base_url: str, session: aiohttp.ClientSession) -> AsyncWebClient:
    """For reading and for answering a person at once. A 429 is waited out: then nothing was said yet."""
    client = AsyncWebClient(token, base_url=base_url, timeout=TIMEOUT, session=session, retry_handlers=[])
    client.retry_handlers.append(AsyncRateLimitErrorRetryHandler(max_retry_count=2))
    return client


def posting(token: str, base_url: str, session: aiohttp.ClientSession) -> AsyncWebClient:
    """For what is owed: the outbox decides about a second try, since a lost answer does not mean a lost message."""
    return AsyncWebClient(token, base_url=base_url, timeout=TIMEOUT, session=session, retry_handlers=[])
