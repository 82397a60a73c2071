"""What a drain learns from Slack's answers, and from having none; and the engine that starts it."""

import asyncio
from datetime import UTC, datetime

import aiohttp
import pytest

from bot.engine import Engine
from bot.outbox.lane import Lane, Pace
from bot.outbox.outcomes import Delivery, Landed, Later, Outcome, Refused
from bot.outbox.speaking import post
from bot.slack import clients
from tests.bot.outbox.office import CROWD, QUICK, Office, dm, note
from tests.bot.sandbox.workspaces import BOT_TOKEN, GENERAL, free_socket

HELLO = Delivery("k", 0, GENERAL, GENERAL, None, None, "hello", None, False, False, datetime(2026, 11, 23, tzinfo=UTC))


async def test_a_refused_connection_says_that_nothing_was_posted() -> None:
    listening, _ = free_socket()
    port = listening.getsockname()[1]
    listening.close()
    async with aiohttp.ClientSession() as session:
        outcome = await post(clients.posting("xoxb-1", f"http://127.0.0.1:{port}/api/", session), HELLO, 5)
    assert outcome == Later("k", "chat.postMessage", "ClientConnectorError", sure=True)


@pytest.mark.parametrize(
    ("kind", "outcome"),
    [
        ("500", Later("k", "chat.postMessage", "HTTP 500", sure=False)),
        ("reset", Later("k", "chat.postMessage", "ClientOSError", sure=False)),
        ("timeout", Later("k", "chat.postMessage", "TimeoutError", sure=False)),
        ("429", Later("k", "chat.postMessage", "ratelimited", sure=True, seconds=7)),
        ("error:internal_error", Later("k", "chat.postMessage", "internal_error", sure=False)),
        ("error:token_revoked", Later("k", "chat.postMessage", "token_revoked", sure=True)),
        ("error:not_in_channel", Refused("k", "not_in_channel")),
        ("error:a_new_error", Refused("k", "a_new_error")),
    ],
)
async def test_each_answer_of_slack_says_whether_and_how_to_go_on(
    office_on_sqlite: Office, kind: str, outcome: Outcome
) -> None:
    office = office_on_sqlite
    await office.slack.faults(method="chat.postMessage", kind=kind, count=1, seconds=7)
    client = clients.posting(BOT_TOKEN, f"{office.slack.url}/api/", office.session)
    heard = await post(client, HELLO, 0.3)
    if isinstance(heard, Later) and kind in ("500", "reset"):
        heard = Later(heard.key, heard.method, outcome.error if isinstance(outcome, Later) else "", heard.sure)
    assert heard == outcome
    assert isinstance(await post(client, HELLO, 5), Landed)


async def test_trouble_makes_the_waits_grow_up_to_the_longest_and_one_success_ends_them() -> None:
    lane = Lane(Pace(first_wait=1, longest_wait=5))
    waits = []
    for _ in range(5):
        lane.heard(Later("k", "chat.postMessage", "HTTP 500", sure=False), "C1")
        waits.append(lane.next_moment(100))
        assert not lane.ask([], [], 0).renewal
    assert [round(wait) for wait in waits] == [1, 2, 4, 5, 5]
    assert lane.ask([], [], 0).busy == {"C1"}
    lane.heard(Landed("k", 0, "C2", "1.0"), "C2")
    lane.heard(Later("k", "chat.postMessage", "HTTP 500", sure=False), "C2")
    assert round(lane.next_moment(100)) == 1


async def test_updates_stay_below_the_number_allowed_in_any_minute() -> None:
    lane = Lane(Pace(refreshes_per_minute=40))
    allowed = 0
    while lane.ask([], [], 0).renewal:
        await lane.renewing()
        allowed += 1
    assert allowed == 5
    assert lane._refreshes.max_rate + 60 * lane._refreshes.max_rate / lane._refreshes.time_period <= 40


async def test_the_engine_sends_what_is_committed(office: Office) -> None:
    drain = office.drain(QUICK)
    engine = Engine(office.database, {}, drain.drain, office.clock, poll=0.05)
    await engine.launch()
    try:
        for number in range(3):
            await office.owes(*(dm(user, f"{number}") for user in CROWD[:3]), note(f"{number}"))
            await office.slack.eventually(lambda: _nothing_is_owed(office))
    finally:
        await engine.stop()
    assert await office.said() == ["0", "1", "2"]
    assert (await office.said_to(*CROWD[:3])).total() == 9


async def _nothing_is_owed(office: Office) -> bool:
    await asyncio.sleep(0)
    return await office.owed() == 0
