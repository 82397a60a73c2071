"""The words of Slack's wire that every part of the sandbox speaks: JSON objects, errors, identifiers."""

import itertools
import math
import secrets
from typing import Any

Json = dict[str, Any]

_numbers = itertools.count(1)


class SlackError(Exception):
    """A Web API call answered with ``ok: false``: its error code, and whatever else the body carries."""

    def __init__(self, code: str, **extra: Any) -> None:
        super().__init__(code)
        self.code = code
        self.extra = extra

    def body(self) -> Json:
        return {"ok": False, "error": self.code, **self.extra}


class RateLimited(SlackError):
    """Answered with 429: how many seconds to wait, and which limit was met, in words."""

    def __init__(self, seconds: float, limit: str) -> None:
        super().__init__("ratelimited")
        self.seconds = max(1, math.ceil(seconds))
        self.limit = limit


class Shown(Exception):
    """What a person tried did not work: a code for programs, and the sentence that Slack shows to her."""

    def __init__(self, code: str, sentence: str, **extra: Any) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence
        self.extra = extra

    def body(self) -> Json:
        return {"ok": False, "error": self.code, "shown": self.sentence, **self.extra}


def new_id(prefix: str) -> str:
    """An identifier of Slack's shape, unique in this process and unlikely to meet those of an earlier one."""
    alphabet = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"
    return f"{prefix}0{next(_numbers):04d}" + "".join(secrets.choice(alphabet) for _ in range(6))


def is_true(value: object) -> bool:
    """Slack takes booleans as JSON or as the strings that a form carries."""
    return value in (True, 1, "1", "true", "True", "t")
