"""One unasked message per person and hour: when a row may go, and what goes with it. Pure functions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain
from typing import Any

from bot.slack import blocks as slack

HOUR = timedelta(hours=1)
# What is due on the hour after a message on the hour goes at once, however many milliseconds that one took.
NEARLY = timedelta(seconds=30)
Block = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Part:
    """One row's share of a message."""

    key: str
    seq: int
    text: str
    blocks: list[Block] | None


@dataclass(frozen=True, slots=True)
class Message:
    text: str
    blocks: list[Block] | None


def waits_until(
    last: datetime | None, now: datetime, latest: datetime | None, expires_at: datetime | None
) -> datetime | None:
    """The moment for which an unasked message waits; None when it goes now. `last`: when she got the one before."""
    if last is None or now >= last + HOUR - NEARLY:
        return None
    until = last + HOUR
    too_late = (latest is not None and until > latest) or (expires_at is not None and until >= expires_at)
    return None if too_late else until


def together(first: Part, others: Iterable[Part]) -> list[Part]:
    """What fits into one message with `first`, in the order in which it was put. The rest waits for a following one."""
    chosen = [first]
    for part in sorted(others, key=lambda each: each.seq):
        if part.key != first.key and _fits([*chosen, part]):
            chosen.append(part)
    return sorted(chosen, key=lambda each: each.seq)


def message(parts: Sequence[Part]) -> Message:
    """The message that shows these parts, one after another with a line in between; a single part is itself."""
    if len(parts) == 1:
        return Message(parts[0].text, parts[0].blocks)
    text = slack.cut("\n\n".join(part.text for part in parts), slack.FALLBACK)
    # They fitted when they went out together; what was said since may have made them longer.
    return Message(text, _distinct(slack.fitted(_joined(parts))))


def _fits(parts: Sequence[Part]) -> bool:
    return slack.fit(_joined(parts))


def _joined(parts: Sequence[Part]) -> list[Block]:
    shown = [part.blocks or slack.long_text(part.text) for part in parts]
    return [*shown[0], *chain.from_iterable([slack.divider(), *blocks] for blocks in shown[1:])]


def _distinct(blocks: list[Block]) -> list[Block]:
    """Two parts may have chosen the same block_id, which Slack refuses within one message."""
    taken: set[str] = set()
    distinct = []
    for number, block in enumerate(blocks):
        name = block.get("block_id")
        if name in taken:
            block = block | {"block_id": f"{name}~{number}"}
        if name is not None:
            taken.add(name)
        distinct.append(block)
    return distinct
