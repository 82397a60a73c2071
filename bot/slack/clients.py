"""The one place that makes a Slack client, with a second try only where it cannot say a thing twice to many."""

import aiohttp
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
)
from slack_sdk.http_retry.builtin_interval_calculators import FixedValueRetryIntervalCalculator
from slack_sdk.http_retry.request import HttpRequest
from slack_sdk.http_retry.response import HttpResponse
from slack_sdk.http_retry.state import RetryState
from slack_sdk.web.async_client import AsyncWebClient

POST = "chat.postMessage"


def session() -> aiohttp.ClientSession:
    """What all clients of a process share. The SDK's own time-out does not hold for a session that it is given. Slack
    has 20 seconds for an answer, and a large file its time to go there."""
    return aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=300, sock_connect=10, sock_read=20))


def asking(token: str | None, base_url: str, session: aiohttp.ClientSession) -> AsyncWebClient:
    """For reading and for answering a person. A 429 is waited out: then nothing was said yet."""
    return _client(token, base_url, session, AsyncRateLimitErrorRetryHandler(max_retry_count=2), _Again())


def opening(token: str, base_url: str, session: aiohttp.ClientSession) -> AsyncWebClient:
    """For forms: no trigger outlives the wait for a limit, but it does a second try."""
    return _client(token, base_url, session, _Again())


def posting(token: str, base_url: str, session: aiohttp.ClientSession) -> AsyncWebClient:
    """For what is owed, asking once: the outbox decides about a second try, since a lost answer does not mean a lost
    message."""
    return _client(token, base_url, session)


def _client(
    token: str | None, base_url: str, session: aiohttp.ClientSession, *handlers: AsyncRetryHandler
) -> AsyncWebClient:
    return AsyncWebClient(token, base_url=base_url, session=session, retry_handlers=[*handlers])


class _Again(AsyncConnectionErrorRetryHandler):
    """A kept connection may end in the very moment it is used again, and Slack be unwell for that moment. What is
    asked, shown to one person or put in the place of what was there may be sent twice; a message that others read may
    not, once it can have left."""

    def __init__(self) -> None:
        super().__init__(2, FixedValueRetryIntervalCalculator(0.1))

    async def _can_retry_async(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> bool:
        if request.url.endswith(POST) and not isinstance(error, aiohttp.ClientConnectorError):
            return False
        if isinstance(error, TimeoutError):
            return False  # nobody waits for twice as long
        if response is not None:
            return response.status_code >= 500
        return await super()._can_retry_async(state=state, request=request, response=response, error=error)
