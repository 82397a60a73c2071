"""One line of JSON per event: a name and fields; ids go in, message text stays out."""

import json
import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog


def configure(level: str = "info") -> None:
    """Sends structlog and the libraries' own loggers to standard output. Call once, at start."""
    global _at_once
    floor = logging.getLevelNamesMapping()[level.upper()]
    in_terminal = sys.stdout.isatty()
    _at_once = floor <= logging.INFO and not in_terminal
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            _stamp,
            structlog.processors.format_exc_info,
            structlog.dev.ConsoleRenderer(colors=True, exception_formatter=structlog.dev.plain_traceback)
            if in_terminal
            else _json,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(floor),
        logger_factory=_Lines,
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(
        level=max(floor, logging.WARNING), stream=sys.stdout, format="%(levelname)s %(name)s %(message)s"
    )


def line(event: str, **fields: Any) -> None:
    """What `logger().info` writes, past its machinery, which costs a tenth of a look-up: for what each request logs."""
    if _at_once:
        _write(_encode(_stamp(None, "info", {**fields, "event": event, "level": "info"})))
    else:
        logger().info(event, **fields)


_at_once = False
_stamp = structlog.processors.TimeStamper(fmt="iso", utc=True)
# Made once: `json.dumps` with a default of one's own makes an encoder for every line.
_encode = json.JSONEncoder(default=repr).encode


def _json(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> str:
    return _encode(event)


class _Lines:
    """Writes to whatever standard output is at the moment: it may have been put elsewhere since the start."""

    def __init__(self, *_: Any) -> None:
        pass

    def msg(self, written: str) -> None:
        _write(written)

    debug = info = warning = error = critical = exception = msg


def _write(written: str) -> None:
    # In one piece: where output is not buffered, `print` goes to the system once more for the end of the line.
    sys.stdout.write(f"{written}\n")
    sys.stdout.flush()


def logger() -> Any:
    return structlog.get_logger()
