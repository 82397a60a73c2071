"""One unasked message per person and hour: the rules as plain cases, then as a person sees them."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.outbox import budget
from bot.outbox.budget import Part
from bot.slack import blocks as slack
from tests.bot.outbox.office import CROWD, Office, dm, moment, note, section, unasked
from tests.bot.sandbox.workspaces import ANA

NINE = moment("2026-11-23T09:00")
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("minutes", "latest", "expires", "waits"),
    [
        (None, None, None, None),
        (0, None, None, 60),
        (59, None, None, 1),
        (60, None, None, None),
        (300, None, None, None),
        (30, 30, None, 30),
        (30, 29, None, None),
        (30, 0, None, None),
        (30, None, 31, 30),
        (30, None, 30, None),
        (30, 45, 20, None),
    ],
)
def test_a_message_waits_for_the_hour_to_end_unless_that_is_too_late(
    minutes: int | None, latest: int | None, expires: int | None, waits: int | None
) -> None:
    def after(number: int | None) -> datetime | None:
        return None if number is None else NINE + number * MINUTE

    last = None if minutes is None else NINE - minutes * MINUTE
    assert budget.waits_until(last, NINE, after(latest), after(expires)) == after(waits)


def test_a_single_message_is_left_as_it_is() -> None:
    shown = budget.message([_part(1, "words", None)])
    assert (shown.text, shown.blocks) == ("words", None)


def test_several_become_one_with_a_line_between_them() -> None:
    parts = [_part(1, "a", [section("A", block_id="x")]), _part(2, "b", None), _part(3, "c", [section("C")])]
    shown = budget.message(parts)
    assert shown.text == "a\n\nb\n\nc"
    assert shown.blocks is not None
    assert [each["type"] for each in shown.blocks] == ["section", "divider", "section", "divider", "section"]
    assert [each["text"]["text"] for each in shown.blocks if each["type"] == "section"] == ["A", "b", "C"]


def test_two_parts_may_name_their_blocks_alike() -> None:
    shown = budget.message([_part(1, "a", [section("A", block_id="x")]), _part(2, "b", [section("B", block_id="x")])])
    assert shown.blocks is not None
    names = [each["block_id"] for each in shown.blocks if "block_id" in each]
    assert names == ["x", "x~2"]


@given(st.lists(st.tuples(st.integers(1, 60), st.integers(1, 3000)), min_size=1, max_size=12), st.data())
def test_together_is_always_a_message_that_slack_takes_and_has_the_first_in_it(
    sizes: list[tuple[int, int]], data: st.DataObject
) -> None:
    parts = [_part(number, "t", [section("x" * length)] * count) for number, (count, length) in enumerate(sizes)]
    first = data.draw(st.sampled_from(parts))
    chosen = budget.together(first, parts)
    assert first in chosen
    assert [part.seq for part in chosen] == sorted({part.seq for part in chosen})
    shown = budget.message(chosen).blocks
    assert shown is not None
    assert len(chosen) == 1 or len(shown) <= slack.MESSAGE_BLOCKS
    assert len(chosen) == 1 or slack.characters(shown) <= slack.MESSAGE_CHARACTERS


async def test_what_is_due_in_the_same_hour_is_one_message(office: Office) -> None:
    await office.owes(unasked(ANA, "prompt"), unasked(ANA, "reminder"), dm(ANA, "answer"), note("board"))
    await office.sends()
    assert await _sections(office) == [["prompt U0ANA", "reminder U0ANA"], []]
    await office.owes(unasked(ANA, "blocker"), unasked(CROWD[0], "blocker"))
    await office.sends()
    assert len(await office.dms(CROWD[0])) == 1
    assert len(await _sections(office)) == 2
    assert await office.owed() == 0
    office.clock.offset += 59 * MINUTE
    await office.owes(unasked(ANA, "another"))
    await office.sends()
    assert len(await _sections(office)) == 2
    office.clock.offset += MINUTE
    assert await office.owed() == 2
    await office.sends()
    assert (await _sections(office))[2:] == [["blocker U0ANA", "another U0ANA"]]


async def test_one_that_cannot_wait_takes_along_those_that_do(office: Office) -> None:
    await office.owes(unasked(ANA, "first"))
    await office.sends()
    await office.owes(unasked(ANA, "patient"))
    await office.sends()
    assert len(await _sections(office)) == 1
    await office.owes(unasked(ANA, "urgent", latest=office.clock.now()))
    await office.sends()
    assert await _sections(office) == [["first U0ANA"], ["patient U0ANA", "urgent U0ANA"]]


async def test_what_does_not_fit_waits_for_a_following_message(office: Office) -> None:
    many = [section(f"line {number}") for number in range(30)]
    await office.owes(*(dm(ANA, name, unasked=True, blocks=many) for name in ("one", "two")))
    await office.sends()
    assert [len(each) for each in await _sections(office)] == [30]
    office.clock.offset += 61 * MINUTE
    await office.sends()
    assert [len(each) for each in await _sections(office)] == [30, 30]


async def test_a_part_that_slack_refuses_does_not_take_the_others_with_it(office: Office) -> None:
    broken = dm(ANA, "broken", unasked=True, blocks=[{"type": "nonsense"}])
    await office.owes(unasked(ANA, "one"), broken, unasked(ANA, "two"))
    await office.sends()
    assert await _sections(office) == [["one U0ANA"], ["two U0ANA"]]
    assert ((await office.row(f"broken:{ANA}")).state, await office.owed()) == ("failed", 0)


async def test_the_expired_and_the_cancelled_are_not_among_the_parts(office: Office) -> None:
    await office.owes(unasked(ANA, "late", expires_at=office.clock.now()), unasked(ANA, "one"), unasked(ANA, "two"))
    await office.sends()
    assert await _sections(office) == [["one U0ANA", "two U0ANA"]]


async def _sections(office: Office) -> list[list[str]]:
    messages = await office.dms(ANA)
    return [
        [block["text"]["text"] for block in message.raw.get("blocks", []) if block["type"] == "section"]
        for message in messages
    ]


def _part(seq: int, text: str, blocks: list[dict[str, Any]] | None) -> Part:
    return Part(f"k{seq}", seq, text, blocks)
