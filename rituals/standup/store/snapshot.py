"""A stand-up's settings as the text that a round keeps: it goes on with the questions it was opened with."""

import json
from dataclasses import asdict
from datetime import timedelta
from functools import lru_cache
from typing import Any

from rituals.standup.settings import Audience, Question, Standup

SECONDS = ("window", "early", "grace")
SETS = ("optional", "skip_dates", "away_emojis")


def written(standup: Standup) -> str:
    return json.dumps(asdict(standup), default=_plain, sort_keys=True, ensure_ascii=False)


# Every answer reads its round; the settings of a round never change under the same text.
@lru_cache(maxsize=256)
def read(text: str) -> Standup:
    raw: dict[str, Any] = json.loads(text)
    raw |= {name: timedelta(seconds=raw[name]) for name in SECONDS}
    raw |= {name: frozenset(raw[name]) for name in SETS}
    raw["reminders"] = tuple(timedelta(seconds=seconds) for seconds in raw["reminders"])
    raw["questions"] = tuple(Question(**_tuples(question)) for question in raw["questions"])
    raw["audience"] = Audience(**_tuples(raw["audience"]))
    return Standup(**raw)


def _plain(value: object) -> object:
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, frozenset):
        return sorted(value)
    raise TypeError(f"A stand-up's settings hold a {type(value).__name__}, which nothing here knows how to write.")


def _tuples(raw: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in raw.items()}
