"""Slack breaks off, answers late, is full or away, and the process dies: nothing is lost, and nothing is said twice."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial

import pytest
import sqlalchemy as sa

from bot import outbox
from bot.database import Database
from bot.outbox import claiming
from bot.outbox.claiming import Ask
from bot.outbox.lane import Pace
from tests.bot.outbox.office import CROWD, TEAM, Office, crowded, dm, note, opened, some, unasked
from tests.bot.sandbox.workspaces import ANA, GENERAL, manifest, running

TROUBLES = ["timeout", "timeout_after_commit", "500", "500_after_commit", "reset", "reset_after_commit", "429"]


async def _owe_a_round(office: Office, people: int = 16) -> None:
    await office.owes(
        note("root"),
        *(note(f"reply {number}", thread_key="root") for number in range(5)),
        *(dm(user) for user in CROWD[:people]),
        *(dm(user, "again") for user in CROWD[:3]),
    )


async def _said_once(office: Office, people: int = 16) -> None:
    root = await office.sent("root")
    assert root is not None
    assert await office.said(GENERAL, root.ts) == ["root", *(f"reply {number}" for number in range(5))]
    assert await office.said() == ["root"]
    once = {f"hello {user}": 1 for user in CROWD[:people]} | {f"again {user}": 1 for user in CROWD[:3]}
    assert await office.said_to(*CROWD[:people]) == once
    assert await office.owed() == 0


@pytest.mark.parametrize("kind", TROUBLES)
async def test_whatever_goes_wrong_in_posting_each_message_is_said_once(office_on_sqlite: Office, kind: str) -> None:
    await _owe_a_round(office_on_sqlite)
    # Slack's shortest wait is a second: once is enough.
    for after in (3,) if kind == "429" else (0, 3, 9):
        await office_on_sqlite.slack.faults(method="chat.postMessage", kind=kind, count=1, after=after, seconds=1)
    await office_on_sqlite.sends()
    await _said_once(office_on_sqlite)


async def test_everything_going_wrong_in_one_round_loses_and_doubles_nothing(office: Office) -> None:
    await _owe_a_round(office)
    for number, kind in enumerate(TROUBLES):
        await office.slack.faults(method="chat.postMessage", kind=kind, count=1, after=number * 3, seconds=1)
    await office.sends()
    await _said_once(office)


async def test_looking_for_a_message_waits_when_slack_is_full_and_never_guesses(office_on_sqlite: Office) -> None:
    office = office_on_sqlite
    await _owe_a_round(office, 6)
    await office.slack.faults(method="chat.postMessage", kind="500_after_commit", count=4, after=2)
    await office.slack.faults(method="conversations.history", kind="429", count=2, seconds=1)
    await office.slack.faults(method="conversations.history", kind="500", count=1, after=3)
    await office.slack.faults(method="conversations.replies", kind="reset", count=1)
    await office.slack.faults(method="conversations.open", kind="500", count=1)
    await office.sends()
    await _said_once(office, 6)


async def test_a_message_is_found_among_hundreds_of_later_ones(office_on_sqlite: Office) -> None:
    office = office_on_sqlite
    await office.owes(note("first"))
    await office.slack.faults(method="chat.postMessage", kind="timeout_after_commit", count=1, seconds=1)
    drain = asyncio.create_task(office.sends())
    await office.slack.eventually(lambda: _says(office, ["first"]))
    drain.cancel()
    await asyncio.gather(drain, return_exceptions=True)
    ana = office.slack.as_person(ANA)
    for number in range(230):
        await ana.says(GENERAL, f"chatter {number}")
    await office.sends()
    assert (await office.said()).count("first") == 1
    assert await office.owed() == 0


async def test_while_slack_is_down_everything_stays_owed_and_then_is_said_in_order(office_on_sqlite: Office) -> None:
    office = office_on_sqlite
    await _owe_a_round(office)
    await office.slack.faults(down=True)
    drain = asyncio.create_task(office.sends())
    await office.slack.eventually(lambda: _in_doubt(office, 2))
    await office.owes(note("after the rest", thread_key="root"))
    assert await office.said() == []
    await office.slack.faults(down=False)
    await drain
    root = await office.sent("root")
    assert root is not None
    assert (await office.said(GENERAL, root.ts))[-1] == "after the rest"
    assert await office.owed() == 0


async def test_one_message_that_slack_always_breaks_off_does_not_hold_up_the_others(office_on_sqlite: Office) -> None:
    office = office_on_sqlite
    landed = CROWD[0]
    await office.owes(dm(landed, "before"))
    await office.sends()
    stands = await office.sent(f"before:{landed}")
    assert stands is not None
    await office.slack.faults(method="chat.postMessage", kind="500", count=1000, channel=landed)
    await office.owes(*(dm(user) for user in CROWD[:12]))
    drain = asyncio.create_task(office.sends())
    await office.slack.eventually(lambda: _reached(office, CROWD[1:12]))
    assert (await office.row(f"hello:{landed}")).state == "owed"
    await office.slack.clear_faults()
    await drain
    assert await office.said_to(landed) == {f"before {landed}": 1, f"hello {landed}": 1}


async def test_a_token_that_slack_refuses_loses_nothing(office_on_sqlite: Office) -> None:
    office = office_on_sqlite
    await office.owes(note("said"), dm(ANA))
    await office.slack.faults(method="chat.postMessage", kind="error:token_revoked", count=2)
    await office.slack.faults(method="chat.postMessage", kind="error:internal_error", count=1, after=2)
    await office.sends()
    assert (await office.said(), await office.said_to(ANA)) == (["said"], {f"hello {ANA}": 1})


async def test_a_process_that_dies_at_any_moment_loses_nothing_and_says_nothing_twice(office: Office) -> None:
    await _owe_a_round(office, 24)
    for _ in range(7):
        before = (await office.slack.counts("chat.postMessage")).get("ok", 0)
        enough = before + some(4)
        drain = asyncio.create_task(office.sends())
        posted = asyncio.create_task(office.slack.eventually(partial(_posted, office, enough)))
        await asyncio.wait({drain, posted}, return_when=asyncio.FIRST_COMPLETED)
        drain.cancel()
        posted.cancel()
        await asyncio.gather(drain, posted, return_exceptions=True)
    await office.sends()
    await _said_once(office, 24)


async def test_what_was_marked_but_never_said_is_looked_for_and_then_said(office: Office) -> None:
    await office.owes(unasked(CROWD[0], "one"), unasked(CROWD[0], "two"), note("three"))
    now = office.clock.now()
    nothing = Ask(frozenset(), 0, True, False, frozenset(), 0.0, timedelta(0))
    for _ in range(2):
        turn = await office.database.write(claiming.turn, TEAM, now, 0.0, [], nothing, {})
        assert turn.post is not None
    assert (await office.row("two:" + CROWD[0])).carrier == "one:" + CROWD[0]
    await office.sends()
    assert [message.raw["blocks"][0]["text"]["text"] for message in await office.dms(CROWD[0])] == [f"one {CROWD[0]}"]
    assert await office.said() == ["three"]
    assert {(await office.sent(f"{name}:{CROWD[0]}")) for name in ("one", "two")} != {None}


async def test_what_was_cancelled_while_nobody_knew_whether_it_was_said_is_not_said_again(office: Office) -> None:
    await office.owes(note("never arrived"), dm(ANA, "arrived"))
    await office.slack.faults(method="chat.postMessage", kind="timeout", count=1, seconds=1)
    await office.slack.faults(method="chat.postMessage", kind="timeout_after_commit", count=1, after=1, seconds=1)
    drain = asyncio.create_task(office.sends(Pace(rate_per_minute=60_000, per_channel=0, answer_within=5)))
    await office.slack.eventually(lambda: _in_doubt(office, 2))
    await office.slack.eventually(lambda: _reached(office, (ANA,)))
    drain.cancel()
    await asyncio.gather(drain, return_exceptions=True)
    for key in ("never arrived", f"arrived:{ANA}"):
        await office.database.write(outbox.delete, TEAM, key, office.clock.now())
    await office.sends()
    assert (await office.said(), await office.said_to(ANA), await office.owed()) == ([], {}, 0)


async def test_where_the_bot_may_not_read_a_message_in_doubt_is_sent_rather_than_lost(sqlite_url: str) -> None:
    seed = crowded()
    seed["apps"][0]["manifest"] = manifest(scopes=["chat:write"], event_subscriptions={"bot_events": []})
    async with _working(sqlite_url, seed) as office:
        await office.owes(note("said"))
        await office.slack.faults(method="chat.postMessage", kind="500", count=1)
        await office.sends()
        assert await office.said() == ["said"]


async def test_a_message_in_doubt_in_a_channel_that_threw_the_bot_out_is_looked_for_once_it_is_back(
    office_on_sqlite: Office,
) -> None:
    office = office_on_sqlite
    await office.owes(note("said"))
    await office.slack.faults(method="chat.postMessage", kind="500_after_commit", count=1)
    await office.slack.faults(method="conversations.history", kind="error:not_in_channel", count=1)
    await office.sends()
    assert [each.reason for each in await office.database.read(outbox.held, TEAM)] == ["not_in_channel"]
    await office.database.write(outbox.release, TEAM, GENERAL, office.clock.now())
    await office.sends()
    assert (await office.said(), await office.owed()) == (["said"], 0)


@asynccontextmanager
async def _working(url: str, seed: dict[str, object]) -> AsyncIterator[Office]:
    database = Database.open(url)
    with running(seed) as sandbox:
        async with opened(database, sandbox) as office:
            yield office
    database.close()


async def _says(office: Office, texts: list[str]) -> bool:
    return await office.said() == texts


async def _reached(office: Office, users: tuple[str, ...]) -> bool:
    return len(await office.said_to(*users)) >= len(users)


async def _posted(office: Office, many: int) -> bool:
    return (await office.slack.counts("chat.postMessage")).get("ok", 0) >= many


async def _in_doubt(office: Office, many: int) -> bool:
    query = sa.text("SELECT count(*) FROM outbox WHERE attempt_at IS NOT NULL")
    return int(await office.database.read(lambda tx: tx.scalar(query)) or 0) >= many
