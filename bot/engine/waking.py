"""Bells that wake the queues when there is something in them, so that looking all the time is not needed.

DBOS looks into each queue at an interval, and a look costs 2 to 4 ms of processor: often enough to feel immediate would
be a fifth of a processor for nothing. So the interval is long, and what this process puts into a queue, or makes room
for, rings. It rings before the commit, since only the commit's caller knows when that is; hence several times, further
and further apart, until the job has begun.
"""

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

_FIRST, _LONGEST, _GIVE_UP = 0.004, 0.25, 1.0


@dataclass
class _Bell:
    sound: threading.Condition = field(default_factory=threading.Condition)
    awaited: set[str] = field(default_factory=set)
    hints: int = 0
    gap: float = _FIRST
    rung: float = 0.0
    next: float | None = None


class Bells:
    """One set for a process. Silent until started: without an engine nobody listens.

    No queue is left alone for longer than `longest` seconds: where several processes reach for one queue at once, DBOS
    looks half as often each time, down to once in two minutes, and what another process put in would lie so long.
    """

    def __init__(self, queues: Iterable[str], longest: float = 5.0) -> None:
        self._longest = longest
        self._bells = {queue: _Bell() for queue in queues}
        self._change = threading.Condition()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        self._thread = threading.Thread(target=self._go_round, name="engine-bells", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        with self._change:
            thread, self._thread = self._thread, None
            self._change.notify()
        if thread:
            thread.join()

    def ring(self, queue: str, awaited: str | None = None) -> None:
        """Something was put in (`awaited` is about to be committed), or there is room for more."""
        bell = self._bells.get(queue)
        if bell is None or self._thread is None:
            return
        with self._change:
            bell.rung, bell.gap = time.monotonic(), _FIRST
            bell.next = bell.rung + _FIRST if bell.next is None else min(bell.next, bell.rung + _FIRST)
            if awaited:
                bell.awaited.add(awaited)
            else:
                bell.hints = 2
            self._change.notify()

    def heard(self, awaited: str) -> None:
        """It has begun: no need to ring for it any longer."""
        with self._change:
            for bell in self._bells.values():
                bell.awaited.discard(awaited)

    def _go_round(self) -> None:
        with self._change:
            while self._thread is threading.current_thread():
                now = time.monotonic()
                for bell in self._bells.values():
                    if bell.next is not None and bell.next <= now:
                        _sound(bell, now)
                upcoming = [bell.next for bell in self._bells.values() if bell.next is not None]
                self._change.wait(max(0.0, min(upcoming) - now) if upcoming else None)

    def listen(self, event: threading.Event) -> None:
        """Makes the queues' threads, which wait for this event as their sign to stop, hear their bells meanwhile."""
        plain_wait, plain_set = event.wait, event.set

        def wait(timeout: float | None = None) -> bool:
            bell = self._bells.get(threading.current_thread().name.removeprefix("queue-worker-"))
            if bell is None:
                return plain_wait(timeout)
            with bell.sound:
                if not event.is_set():
                    bell.sound.wait(self._longest if timeout is None else min(timeout, self._longest))
            return event.is_set()

        def set_and_wake() -> None:
            plain_set()
            for bell in self._bells.values():
                _strike(bell)

        methods: dict[str, Callable[..., object]] = {"wait": wait, "set": set_and_wake}
        vars(event).update(methods)


class Listening(list[threading.Event]):
    """Takes the place of DBOS's list of its threads' stop events, and gives each one that is added its bells."""

    def __init__(self, bells: Bells) -> None:
        super().__init__()
        self._ringing = bells

    def append(self, event: threading.Event) -> None:
        self._ringing.listen(event)
        super().append(event)


def _sound(bell: _Bell, now: float) -> None:
    if now - bell.rung > _GIVE_UP:  # rolled back, or taken by another process
        bell.awaited.clear()
    if not bell.awaited and not bell.hints:
        bell.next = None
        return
    _strike(bell)
    bell.hints = max(0, bell.hints - 1)
    bell.gap = min(bell.gap * 2, _LONGEST)
    bell.next = now + bell.gap


def _strike(bell: _Bell) -> None:
    with bell.sound:
        bell.sound.notify_all()
