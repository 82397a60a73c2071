"""From the database's threads to an event loop: what became of the units, many told at one ring.

A group of a hundred units ends at one commit. Waking the loop for each of them would cost a system call and a turn of
the interpreter's lock, for which the writer would then have to wait before it goes on.
"""

import asyncio
import threading
from collections import deque
from concurrent.futures import Future
from typing import Any

Told = tuple["asyncio.Future[Any]", "Future[Any]"]


class Telling:
    """One for an event loop."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._done: deque[Told] = deque()
        self._guard = threading.Lock()
        self._rung = False

    def wait_for(self, future: "Future[Any]") -> "asyncio.Future[Any]":
        """As `asyncio.wrap_future`: whoever stops waiting before the unit's turn has come takes it back."""
        waiter = self._loop.create_future()
        waiter.add_done_callback(lambda ended: future.cancel() if ended.cancelled() else None)
        future.add_done_callback(lambda done: self._note((waiter, done)))
        return waiter

    def _note(self, told: Told) -> None:
        """On whatever thread the unit has ended."""
        with self._guard:
            self._done.append(told)
            ringing, self._rung = self._rung, True
        if not ringing and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._tell)

    def _tell(self) -> None:
        with self._guard:
            told, self._done, self._rung = self._done, deque(), False
        for waiter, done in told:
            _pass_on(waiter, done)


def _pass_on(waiter: "asyncio.Future[Any]", done: "Future[Any]") -> None:
    if waiter.cancelled():
        return
    if done.cancelled():
        waiter.cancel()
    elif (error := done.exception()) is not None:
        waiter.set_exception(error)
    else:
        waiter.set_result(done.result())
