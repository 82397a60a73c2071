"""Work in a process of its own, for what needs large libraries once in a while.

    a function and its arguments -> pickle -> `python -m bot.apart` -> pickle -> what it returned

While such libraries are loaded in a thread, the loop waits for tens of milliseconds at a time, and what they take of
memory stays taken. Here both end with the process.
"""

import asyncio
import os
import pickle
import sys
import traceback
from asyncio.subprocess import PIPE
from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

_ROOT = Path(__file__).parent.parent


class Failed(Exception):
    """What was to run apart raised, or ended without a result. The message says where and what kind of error it was,
    and not its words, which may be people's."""


async def apart(fn: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What `fn` returns, a function that stands by itself in a module. Raises Failed.

    Arguments and result are plain values: a result with an array of numpy's in it would load numpy here. Whoever is
    cancelled meanwhile leaves no process.
    """
    # Whoever presses Ctrl-C means the bot, which ends its own processes.
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot.apart"), cwd=_ROOT, stdin=PIPE, stdout=PIPE, stderr=PIPE, start_new_session=True
    )
    try:
        returned, said = await process.communicate(pickle.dumps((fn, args, kwargs)))
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode:
        why = said.decode(errors="replace").strip() or f"it ended with {process.returncode}"
        raise Failed(f"{fn.__name__} failed in its own process:\n{why}")
    # It was written by our own code, into a pipe that nobody else has.
    result: T = pickle.loads(returned)
    return result


def main() -> None:
    # Where there is one core only, the loop comes first.
    os.nice(10)
    fn, args, kwargs = pickle.load(sys.stdin.buffer)
    # What is printed by the way, by whatever library, is no result.
    answer, sys.stdout = sys.stdout.buffer, sys.stderr
    try:
        returned = fn(*args, **kwargs)
    except Exception as error:  # whatever it is, whoever waits is told where and what kind
        places = "".join(traceback.format_tb(error.__traceback__))
        sys.exit(f"{places}{type(error).__name__}")
    pickle.dump(returned, answer)


if __name__ == "__main__":
    main()
