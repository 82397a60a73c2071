"""News for whoever looks at the workspace: each change as one small object, for server-sent events."""

import asyncio
from collections.abc import AsyncIterator

from bot.sandbox.wire import Json

BACKLOG = 5_000


class Updates:
    """A listener that falls behind by a few thousand changes loses the oldest: it re-reads the state anyway."""

    def __init__(self) -> None:
        self._listeners: set[asyncio.Queue[Json | None]] = set()

    def tell(self, news: Json) -> None:
        for listener in self._listeners:
            if listener.qsize() >= BACKLOG:
                listener.get_nowait()
            listener.put_nowait(news)

    async def listen(self) -> AsyncIterator[Json]:
        """Changes from now on, until the workspace closes."""
        queue: asyncio.Queue[Json | None] = asyncio.Queue()
        self._listeners.add(queue)
        try:
            while (news := await queue.get()) is not None:
                yield news
        finally:
            self._listeners.discard(queue)

    def close(self) -> None:
        for listener in list(self._listeners):
            listener.put_nowait(None)
