"""The bells that wake the job queues."""

import threading
import time

from bot.engine.waking import Bells

HOUR = 3600.0


def waiting(bells: Bells) -> tuple[threading.Thread, threading.Event, list[bool]]:
    """A queue's thread, which waits an hour for its sign to stop, and what it has come back with."""
    stop, answers = threading.Event(), list[bool]()
    bells.listen(stop)
    thread = threading.Thread(target=lambda: answers.append(stop.wait(HOUR)), name="queue-worker-jobs")
    thread.start()
    return thread, stop, answers


def test_a_queue_is_looked_into_though_dbos_would_leave_it_alone_for_minutes() -> None:
    thread, _, answers = waiting(Bells(["jobs"], longest=0.05))
    thread.join(timeout=20)
    assert answers == [False]


def test_what_is_rung_for_is_looked_into_at_once() -> None:
    bells = Bells(["jobs"], longest=HOUR)
    bells.start()
    try:
        thread, _, answers = waiting(bells)
        deadline = time.monotonic() + 20
        while thread.is_alive() and time.monotonic() < deadline:
            bells.ring("jobs")
            thread.join(timeout=0.05)
        assert answers == [False]
    finally:
        bells.stop()


def test_the_sign_to_stop_is_heard_at_once() -> None:
    thread, stop, answers = waiting(Bells(["jobs"], longest=HOUR))
    stop.set()
    thread.join(timeout=20)
    assert answers == [True]
