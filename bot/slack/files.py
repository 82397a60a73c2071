"""A file as Slack gives it: from Slack alone, whole or not at all.

its address -> is that Slack? -> asked for with the token -> read to its end, or until it is too large
"""

import aiohttp
from yarl import URL

from bot.logs import logger
from bot.slack.payloads import Attached

log = logger()
PATIENCE = aiohttp.ClientTimeout(total=20)
AT_ONCE = 65_536


class Unreadable(Exception):
    """Slack did not give the file."""


class Elsewhere(Unreadable):
    """It lies outside Slack, where the bot's token must not go."""


class TooLarge(Unreadable):
    """It has more bytes than are taken."""


async def fetched(file: Attached, token: str, api: str, largest: int) -> bytes:
    """All of it. `api`: where this bot calls Slack; `largest`: how many bytes are taken. Raises Unreadable."""
    address = _in_slack(file.address, api)
    if address is None:
        log.warning("file_elsewhere", file=file.id)
        raise Elsewhere
    if file.size > largest:
        raise TooLarge
    try:
        return await _got(address, token, largest)
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
        log.warning("file_not_got", file=file.id, error=type(error).__name__)
        raise Unreadable from error


def _in_slack(address: str, api: str) -> URL | None:
    """The address if whoever answers there is Slack, or what stands for it: then it may see the token."""
    try:
        url = URL(address)
        if not url.host or url.user is not None or url.password is not None:
            return None
        slacks = url.scheme == "https" and (url.host == "slack.com" or url.host.endswith(".slack.com"))
        return url if slacks or url.origin() == URL(api).origin() else None
    except ValueError:
        return None


async def _got(address: URL, token: str, largest: int) -> bytes:
    async with (
        aiohttp.ClientSession(timeout=PATIENCE) as session,
        session.get(address, headers={"Authorization": f"Bearer {token}"}, allow_redirects=False) as answer,
    ):
        # Slack answers whom it does not let in with a page to log in on, and says that all is well.
        if answer.status != 200 or answer.content_type == "text/html":
            log.warning("file_not_got", status=answer.status, kind=answer.content_type)
            raise Unreadable
        content = bytearray()
        async for piece in answer.content.iter_chunked(AT_ONCE):
            content += piece
            if len(content) > largest:
                raise TooLarge
        return bytes(content)
