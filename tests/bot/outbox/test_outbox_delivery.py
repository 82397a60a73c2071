"""What is owed is said: once, in order, where it belongs."""

import asyncio
from datetime import timedelta

import pytest
import sqlalchemy as sa
from slack_sdk.web.async_client import AsyncWebClient

from bot import outbox
from bot.clock import Clock
from bot.database import Database
from bot.outbox import Drain
from bot.outbox.lane import Pace
from tests.bot.outbox.office import CROWD, TEAM, Office, crowded, dm, note, opened, section
from tests.bot.sandbox.workspaces import ANA, BOT, BOT_TOKEN, GENERAL, OTHER, running


async def test_a_message_to_a_person_lands_in_her_direct_messages_and_is_known_by_its_key(office: Office) -> None:
    await office.owes(dm(ANA, blocks=[section("*hello*")]))
    assert await office.sent(f"hello:{ANA}") is None
    await office.sends()
    [message] = await office.dms(ANA)
    stands = await office.sent(f"hello:{ANA}")
    assert stands is not None
    assert (stands.channel[:1], stands.ts, message.raw["blocks"][0]["text"]["text"]) == ("D", message.ts, "*hello*")
    assert await office.database.read(outbox.key_of, TEAM, stands.channel, stands.ts) == f"hello:{ANA}"
    assert await office.database.read(outbox.key_of, TEAM, stands.channel, "1.2") is None
    assert await office.owed() == 0


async def test_a_key_is_said_once_however_often_it_is_put(office: Office) -> None:
    await office.owes(note("once"))
    await office.sends()
    assert not await office.database.write(outbox.put, TEAM, note("once"), office.clock.now())
    await office.sends()
    assert await office.said() == ["once"]


async def test_a_conversation_hears_everything_in_the_order_in_which_it_was_put(office: Office) -> None:
    await office.owes(*(note(f"{number:02d}") for number in range(30)))
    await office.owes(*(dm(ANA, f"{number:02d}") for number in range(10)))
    await office.sends()
    assert await office.said() == [f"{number:02d}" for number in range(30)]
    assert [message.text for message in await office.dms(ANA)] == [f"{number:02d} {ANA}" for number in range(10)]


async def test_replies_wait_for_the_message_that_begins_their_thread(office: Office) -> None:
    await office.owes(note("reply", thread_key="root"), note("elsewhere", channel=GENERAL))
    await office.sends()
    assert await office.said() == ["elsewhere"]
    assert await office.owed() == 0
    later = office.clock.now() + timedelta(seconds=0.3)
    await office.owes(note("root", due_at=later), note("second reply", thread_key="root", broadcast=True))
    await office.sends()
    assert await office.said() == ["elsewhere"]
    office.clock.offset += timedelta(seconds=1)
    await office.sends()
    root = await office.sent("root")
    assert root is not None
    assert await office.said(GENERAL, root.ts) == ["root", "reply", "second reply"]
    assert await office.said() == ["elsewhere", "root", "second reply"]


async def test_a_reply_to_a_message_that_never_came_is_told_as_failed(office: Office) -> None:
    past = office.clock.now()
    await office.owes(note("root", expires_at=past), note("reply", thread_key="root"), note("other"))
    await office.sends()
    assert await office.said() == ["other"]
    assert (await office.row("root")).state == "expired"
    assert ((await office.row("reply")).state, await office.owed()) == ("failed", 0)


async def test_what_is_cancelled_or_too_late_is_never_sent(office: Office) -> None:
    soon = office.clock.now() + timedelta(minutes=5)
    await office.owes(
        note("cancelled"), note("late", due_at=soon, expires_at=soon + timedelta(minutes=1)), note("said")
    )
    assert await office.database.write(outbox.cancel, TEAM, "cancelled", office.clock.now())
    await office.sends()
    assert not await office.database.write(outbox.cancel, TEAM, "said", office.clock.now())
    assert await office.database.read(outbox.next_due) == soon
    office.clock.offset += timedelta(hours=1)
    await office.sends()
    assert await office.said() == ["said"]
    known = [await office.database.read(outbox.exists, TEAM, key) for key in ("cancelled", "late", "said", "unheard")]
    assert known == [False, False, True, False]
    assert await office.database.read(outbox.next_due) is None


async def test_what_is_for_a_channel_that_keeps_the_bot_out_is_held_until_it_is_released(office: Office) -> None:
    await office.owes(note("root", OTHER), note("reply", OTHER, thread_key="root"), note("here"))
    await office.sends()
    assert await office.said() == ["here"]
    kept = await office.database.read(outbox.held, TEAM)
    assert [(each.key, each.channel, each.reason) for each in kept] == [
        ("root", OTHER, "not_in_channel"),
        ("reply", OTHER, "not_in_channel"),
    ]
    assert (await office.owed(), await office.database.read(outbox.next_due)) == (0, None)
    await office.amends("root", "root, changed meanwhile")
    await office.slack.as_person(ANA).invites(BOT, OTHER)
    assert await office.database.write(outbox.release, TEAM, OTHER, office.clock.now()) == 2
    await office.sends()
    root = await office.sent("root")
    assert root is not None
    assert await office.said(OTHER, root.ts) == ["root, changed meanwhile", "reply"]
    assert await office.database.read(outbox.held, TEAM) == []


async def test_a_person_who_cannot_be_written_to_never_blocks_the_others(office: Office) -> None:
    await office.owes(dm("U0GONE"), dm("U0NOBODY"), *(dm(user) for user in CROWD[:5]))
    await office.sends()
    assert await office.said_to(*CROWD[:5]) == {f"hello {user}": 1 for user in CROWD[:5]}
    states = [(row.state, row.reason) for row in [await office.row("hello:U0GONE"), await office.row("hello:U0NOBODY")]]
    assert [state for state, _ in states] == ["failed", "failed"]
    assert all(reason for _, reason in states)
    assert await office.owed() == 0


async def test_an_ephemeral_message_is_seen_by_her_alone(office: Office) -> None:
    await office.owes(note("psst", person=ANA, ephemeral=True))
    await office.sends()
    [message] = await office.slack.as_person(ANA).sees(GENERAL)
    assert (message.text, message.raw["is_ephemeral"]) == ("psst", True)
    assert await office.owed() == 0


async def test_a_slow_channel_does_not_hold_up_the_others(office_on_sqlite: Office) -> None:
    office = office_on_sqlite
    await office.owes(*(note(f"{number}") for number in range(4)), *(dm(user) for user in CROWD[:20]))
    drain = asyncio.create_task(office.sends(Pace(rate_per_minute=60_000, per_channel=0.5)))
    await office.slack.eventually(lambda: _posted(office, 21))
    assert len(await office.said()) < 4
    await drain
    assert await office.said() == ["0", "1", "2", "3"]


async def test_a_drain_is_asked_for_once_and_again_after_it_has_begun(office: Office) -> None:
    waiting = sa.text(f"SELECT count(*) FROM {_workflows(office.database)}")

    async def asked() -> int:
        return int(await office.database.read(lambda tx: tx.scalar(waiting)) or 0)

    await office.owes(note("1"), note("2"))
    await office.owes(note("3"))
    assert await asked() == 1
    await office.sends()
    await office.amends("1", "one")
    await office.amends("2", "two")
    assert await asked() == 2
    await office.sends()
    later = office.clock.now() + timedelta(minutes=1)
    await office.owes(note("4", due_at=later))
    assert await asked() == 2
    assert await office.database.write(outbox.wake, later) == 1
    assert await office.database.write(outbox.wake, later) == 0
    assert await asked() == 3


async def test_a_client_that_repeats_calls_by_itself_is_refused(database: Database) -> None:
    drain = Drain(database, lambda workspace: AsyncWebClient(BOT_TOKEN), Clock())
    with pytest.raises(ValueError, match=r"clients\.posting"):
        await drain.drain(TEAM)


async def test_the_limit_is_never_passed(sqlite_url: str) -> None:
    per_minute, many = 900, 40
    database = Database.open(sqlite_url)
    limits = {"post_per_minute": per_minute, "post_per_channel_per_second": 1, "enforce": True}
    with running(crowded(**limits)) as sandbox:
        async with opened(database, sandbox) as office:
            await office.owes(*(dm(user) for user in CROWD))
            await office.sends(Pace(rate_per_minute=per_minute, per_channel=0.5))
            counts = await office.slack.counts("chat.postMessage")
    database.close()
    assert (counts["ok"], counts.get("429", 0)) == (many, 0)


async def _posted(office: Office, many: int) -> bool:
    return (await office.slack.counts("chat.postMessage")).get("ok", 0) >= many


def _workflows(database: Database) -> str:
    return "workflow_status" if database.is_sqlite else "dbos.workflow_status"
