"""A channel read in parts, as the page reads it: the newest, those up to a message, those from a message on."""

from typing import Any

import pytest

from bot.sandbox.server import Running
from tests.bot.sandbox.workspaces import ANA, BO, GENERAL, running, seed
from tests.slackside import Refused, Slackside

SAID = [{"channel": GENERAL, "user": BO, "text": str(nth), "at": 1_790_000_000 + nth} for nth in range(10)]
NEWEST, UNTIL, SINCE = {"limit": "3"}, {"limit": "3", "until": "4"}, {"limit": "3", "since": "4"}


async def part(sandbox: Running, asked: dict[str, str]) -> Any:
    channel = sandbox.workspace.channels[GENERAL]
    named = {key: channel.order[int(value)] if key != "limit" else value for key, value in asked.items()}
    async with Slackside(sandbox.url) as slack:
        found = await slack._look("messages", **{"as": ANA, "channel": GENERAL, **named})
    return "".join(message["text"] for message in found["messages"]), found["earlier"], found["later"]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (NEWEST, ("789", 7, 0)),
        (UNTIL, ("234", 2, 5)),
        (SINCE, ("456", 4, 3)),
        ({"limit": "3", "until": "1"}, ("01", 0, 8)),
        ({"limit": "3", "since": "8"}, ("89", 8, 0)),
        ({"limit": "50"}, ("0123456789", 0, 0)),
    ],
)
async def test_a_part_says_what_lies_on_both_sides(asked: dict[str, str], expected: tuple[str, int, int]) -> None:
    with running(seed(messages=SAID)) as sandbox:
        assert await part(sandbox, asked) == expected


async def test_a_part_of_nothing_is_refused() -> None:
    with running(seed(messages=SAID)) as sandbox, pytest.raises(Refused, match="1 or more"):
        await part(sandbox, {"limit": "0"})
