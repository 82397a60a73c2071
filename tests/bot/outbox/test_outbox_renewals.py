"""What was said is kept current: few updates for many changes, and never an older text for a newer one."""

import asyncio
from dataclasses import replace

import pytest

from bot import outbox
from tests.bot.outbox.office import QUICK, TEAM, Office, dm, note, section, unasked
from tests.bot.sandbox.workspaces import ANA, GENERAL


async def test_a_change_before_it_is_sent_goes_out_with_it(office: Office) -> None:
    await office.owes(note("board"))
    await office.amends("board", "3 of 12 are in")
    await office.sends()
    assert await office.said() == ["3 of 12 are in"]
    assert (await office.slack.counts("chat.update")).get("ok", 0) == 0


async def test_many_changes_of_one_message_become_few_updates_and_the_last_one_stands(office: Office) -> None:
    await office.owes(note("board"))
    await office.sends()
    for number in range(40):
        await office.amends("board", f"{number} of 40", [section(f"*{number}*")])
    await office.sends()
    [board] = await office.slack.as_person(ANA).sees(GENERAL)
    assert (board.text, board.raw["blocks"][0]["text"]["text"]) == ("39 of 40", "*39*")
    assert (await office.slack.counts("chat.update"))["ok"] == 1


async def test_the_first_update_goes_at_once_and_the_next_one_keeps_its_distance(office_on_sqlite: Office) -> None:
    office = office_on_sqlite
    pace = replace(QUICK, refresh_every=0.8)
    await office.owes(note("board"))
    await office.sends(pace)
    clock = asyncio.get_running_loop().time
    await office.amends("board", "one")
    began = clock()
    await office.sends(pace)
    assert clock() - began < 0.8
    # Another process takes over: the distance is kept all the same.
    await office.amends("board", "two")
    await office.sends(pace)
    assert clock() - began >= 0.75
    assert await office.said() == ["two"]


async def test_a_change_to_the_same_words_asks_slack_for_nothing(office: Office) -> None:
    await office.owes(note("board", blocks=[section("same")]))
    await office.sends()
    await office.amends("board", "board", [section("same")])
    assert await office.owed() == 0


async def test_blocks_that_are_taken_away_disappear(office: Office) -> None:
    await office.owes(note("board", blocks=[section("old")]))
    await office.sends()
    await office.amends("board", "new")
    await office.sends()
    [board] = await office.slack.as_person(ANA).sees(GENERAL)
    assert (board.text, board.raw.get("blocks", [])) == ("new", [])


async def test_a_change_while_the_message_is_on_its_way_follows_it(office: Office) -> None:
    await office.slack.faults(method="chat.postMessage", kind="slow", count=1, seconds=0.3)
    await office.owes(note("board"))
    drain = asyncio.create_task(office.sends(replace(QUICK, answer_within=5)))
    await office.slack.eventually(lambda: _on_its_way(office))
    await office.amends("board", "changed")
    await drain
    assert await office.said() == ["changed"]


async def test_a_change_during_an_interrupted_attempt_follows_the_message_that_is_found(office: Office) -> None:
    await office.slack.faults(method="chat.postMessage", kind="timeout_after_commit", count=1, seconds=2)
    await office.owes(note("board"))
    drain = asyncio.create_task(office.sends(replace(QUICK, answer_within=5)))
    await office.slack.eventually(lambda: _says(office, "board"))
    await office.amends("board", "changed")
    drain.cancel()
    await asyncio.gather(drain, return_exceptions=True)
    await office.sends()
    assert (await office.said(), await office.owed()) == (["changed"], 0)


@pytest.mark.parametrize("kind", ["500", "500_after_commit", "reset", "timeout", "429"])
async def test_an_update_that_breaks_off_is_tried_again(office_on_sqlite: Office, kind: str) -> None:
    office = office_on_sqlite
    await office.owes(note("board"))
    await office.sends()
    await office.amends("board", "changed")
    await office.slack.faults(method="chat.update", kind=kind, count=1, seconds=1)
    await office.sends()
    assert (await office.said(), await office.owed()) == (["changed"], 0)


async def test_a_message_that_can_no_longer_be_changed_is_let_be(office: Office) -> None:
    await office.owes(note("board"))
    await office.sends()
    await office.slack.faults(method="chat.update", kind="error:message_not_found", count=1)
    await office.amends("board", "changed")
    await office.sends()
    assert await office.owed() == 0


async def test_a_message_that_is_taken_back_disappears_and_is_known_no_more(office: Office) -> None:
    await office.owes(note("kept"), note("wrong"))
    await office.sends()
    await office.database.write(outbox.delete, TEAM, "wrong", office.clock.now())
    await office.sends()
    assert (await office.said(), await office.sent("wrong")) == (["kept"], None)
    await office.owes(note("never said"))
    await office.database.write(outbox.delete, TEAM, "never said", office.clock.now())
    await office.sends()
    assert (await office.said(), await office.owed()) == (["kept"], 0)


async def test_several_in_one_message_change_and_disappear_each_for_itself(office: Office) -> None:
    names = ("one", "two", "three")
    await office.owes(*(unasked(ANA, name) for name in names))
    await office.sends()
    places = {await office.sent(f"{name}:{ANA}") for name in names}
    [place] = places
    assert place is not None
    keys = tuple(f"{name}:{ANA}" for name in names)
    assert await office.database.read(outbox.keys_of, TEAM, place.channel, place.ts) == keys
    assert await office.database.read(outbox.key_of, TEAM, place.channel, place.ts) == keys[0]
    await office.amends(keys[1], "2", [section("two, changed")])
    await office.sends()
    assert await _shown(office) == ["one U0ANA", "two, changed", "three U0ANA"]
    await office.database.write(outbox.delete, TEAM, keys[0], office.clock.now())
    await office.sends()
    assert await _shown(office) == ["two, changed", "three U0ANA"]
    for key in keys[1:]:
        await office.database.write(outbox.delete, TEAM, key, office.clock.now())
    await office.sends()
    assert await office.dms(ANA) == []
    assert await office.owed() == 0


async def test_an_update_never_gets_into_the_way_of_a_message(office_on_sqlite: Office) -> None:
    office = office_on_sqlite
    await office.owes(note("board"))
    await office.sends()
    await office.slack.faults(method="chat.update", kind="429", count=1, seconds=1)
    await office.amends("board", "changed")
    await office.owes(dm(ANA))
    drain = asyncio.create_task(office.sends())
    await office.slack.eventually(lambda: _greeted(office))
    assert await office.said() == ["board"]
    await drain
    assert await office.said() == ["changed"]


async def _shown(office: Office) -> list[str]:
    [message] = await office.dms(ANA)
    return [block["text"]["text"] for block in message.raw["blocks"] if block["type"] == "section"]


async def _on_its_way(office: Office) -> bool:
    return (await office.row("board")).attempt_at is not None


async def _says(office: Office, text: str) -> bool:
    return await office.said() == [text]


async def _greeted(office: Office) -> bool:
    return len(await office.dms(ANA)) == 1
