"""Messages: timestamps, canonical text, limits, updates, threads, history, metadata, events, ephemerals."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from bot.sandbox.server import Running
from tests.bot.sandbox.workspaces import (
    ANA,
    BO,
    BOT,
    EVE,
    GENERAL,
    OLD,
    OTHER,
    PRIVATE,
    bolt,
    client,
    error_of,
    over_socket,
)
from tests.slackside import Person, Refused, Slackside

Json = dict[str, Any]
METADATA = {"event_type": "prompt", "event_payload": {"key": "r1:prompt:ana"}}


async def test_timestamps_increase_and_are_unique(sandbox: Running) -> None:
    web = client(sandbox)
    await web.api_call("api.test")
    sent = [str((await web.chat_postMessage(channel=GENERAL, text=str(n)))["ts"]) for n in range(5)]
    assert sent == sorted(set(sent))
    assert sent[0].startswith("17954172")


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("a & b", "a &amp; b"),
        ("a &amp; b", "a &amp; b"),
        ("1 < 2 > 0", "1 &lt; 2 &gt; 0"),
        ("<@U0ANA> *hi*", "<@U0ANA> *hi*"),
        ("see https://x.test/a.", "see <https://x.test/a>."),
        ("<https://x.test|here>", "<https://x.test|here>"),
        ("done ✅", "done :white_check_mark:"),
        ("&lt;!channel&gt;", "&lt;!channel&gt;"),
    ],
)
async def test_what_an_app_sends_is_canonicalised(sandbox: Running, sent: str, kept: str) -> None:
    posted = await client(sandbox).chat_postMessage(channel=GENERAL, text=sent)
    assert posted["message"]["text"] == kept


async def test_a_broadcast_of_an_app_is_recorded_as_a_ping_an_escaped_one_is_not(sandbox: Running, ana: Person) -> None:
    web = client(sandbox)
    await web.chat_postMessage(channel=GENERAL, text="<!channel> <@U0BO>")
    await web.chat_postMessage(channel=GENERAL, text="&lt;!channel&gt; &lt;@U0BO&gt;")
    section = {"type": "section", "text": {"type": "mrkdwn", "text": "<!here>"}}
    await web.chat_postMessage(channel=GENERAL, text="x", blocks=[section])
    plain = {"type": "section", "text": {"type": "plain_text", "text": "<!here>"}}
    await web.chat_postMessage(channel=GENERAL, text="x", blocks=[plain])
    assert [message.pings for message in await ana.sees(GENERAL)] == [("channel", BO), (), ("here",), ()]


async def test_what_a_person_types_pings_only_whom_she_names(ana: Person) -> None:
    await ana.says(GENERAL, "<!channel> <@U0BO> & <https://x.test>")
    await ana.says(GENERAL, "@bo @leads @channel see #other")
    first, second = await ana.sees(GENERAL)
    assert (first.pings, first.plain) == ((), "<!channel> <@U0BO> & <https://x.test>")
    assert second.pings == (BO, "S0LEADS", "channel")
    assert second.text == "<@U0BO> <!subteam^S0LEADS|@leads> <!channel> see <#C0OTHER|other>"


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({}, "no_text"),
        ({"text": "x", "blocks": "{oops"}, "invalid_blocks_format"),
        ({"text": "x", "metadata": {"event_type": "no payload"}}, "invalid_metadata_format"),
        ({"text": "x", "thread_ts": "1.000001"}, "thread_not_found"),
        ({"text": "x", "markdown_text": "y"}, "markdown_text_conflict"),
        ({"markdown_text": "y" * 12_001}, "msg_too_long"),
        ({"text": "x", "username": "Somebody"}, "missing_scope"),
    ],
)
async def test_a_message_that_slack_would_not_take(sandbox: Running, arguments: Json, error: str) -> None:
    assert await error_of(client(sandbox).api_call("chat.postMessage", json={"channel": GENERAL, **arguments})) == error


async def test_invalid_blocks_come_back_with_json_pointers(sandbox: Running) -> None:
    with pytest.raises(SlackApiError) as raised:
        await client(sandbox).chat_postMessage(channel=GENERAL, text="x", blocks=[{"type": "section"}])
    response = raised.value.response
    assert response["error"] == "invalid_blocks"
    assert "[json-pointer:/blocks/0" in response["errors"][0]
    assert response["response_metadata"]["messages"][0].startswith("[ERROR] ")


async def test_sizes_are_cut_when_posting_and_refused_when_updating(sandbox: Running) -> None:
    web = client(sandbox)
    posted = await web.chat_postMessage(channel=GENERAL, text="x" * 41_000)
    assert len(posted["message"]["text"]) == 40_000
    assert await error_of(web.chat_update(channel=GENERAL, ts=str(posted["ts"]), text="x" * 4001)) == "msg_too_long"
    full = [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3000}} for _ in range(5)]
    assert await error_of(web.chat_postMessage(channel=GENERAL, text="x", blocks=full)) == "msg_blocks_too_long"


async def test_an_update_with_text_alone_drops_the_blocks(sandbox: Running, ana: Person) -> None:
    web = client(sandbox)
    posted = await web.chat_postMessage(channel=GENERAL, text="x", blocks=[{"type": "divider"}])
    assert posted["message"]["blocks"][0]["block_id"]
    updated = await web.chat_update(channel=GENERAL, ts=str(posted["ts"]), text="y")
    assert "blocks" not in updated["message"]
    assert (await ana.sees(GENERAL))[0].text == "y"
    assert updated["message"]["edited"]["user"] == "B0CROSSWALK"


async def test_only_own_messages_can_be_changed(sandbox: Running, ana: Person) -> None:
    web, ts = client(sandbox), await ana.says(GENERAL, "mine")
    assert await error_of(web.chat_update(channel=GENERAL, ts=ts, text="x")) == "cant_update_message"
    assert await error_of(web.chat_delete(channel=GENERAL, ts=ts)) == "cant_delete_message"
    assert await error_of(web.chat_update(channel=GENERAL, ts="1.000001", text="x")) == "message_not_found"
    assert await error_of(web.chat_update(channel=OLD, ts=ts, text="x")) == "is_inactive"


async def test_history_holds_metadata_only_where_it_is_asked_for(sandbox: Running) -> None:
    web = client(sandbox)
    await web.chat_postMessage(channel=GENERAL, text="before")
    posted = await web.chat_postMessage(channel=GENERAL, text="x", metadata=METADATA)
    without = await web.conversations_history(channel=GENERAL)
    found = await web.conversations_history(
        channel=GENERAL, include_all_metadata=True, oldest=str(posted["ts"]), inclusive=True
    )
    assert [message["text"] for message in without["messages"]] == ["x", "before"]
    assert all("metadata" not in message for message in without["messages"])
    assert [message["metadata"] for message in found["messages"]] == [METADATA]
    assert all("pings" not in message for message in found["messages"])


async def test_history_is_paged_and_needs_membership(sandbox: Running) -> None:
    web = client(sandbox)
    for number in range(5):
        await web.chat_postMessage(channel=GENERAL, text=str(number))
    first = await web.conversations_history(channel=GENERAL, limit=3)
    rest = await web.conversations_history(channel=GENERAL, limit=3, cursor=first["response_metadata"]["next_cursor"])
    assert [m["text"] for m in [*first["messages"], *rest["messages"]]] == ["4", "3", "2", "1", "0"]
    assert (first["has_more"], rest["has_more"]) == (True, False)
    assert await error_of(web.conversations_history(channel=OTHER)) == "not_in_channel"


async def test_a_thread_counts_its_replies_and_stays_out_of_history(sandbox: Running, ana: Person) -> None:
    web = client(sandbox)
    root = str((await web.chat_postMessage(channel=GENERAL, text="root"))["ts"])
    reply = await ana.says(GENERAL, "reply", thread_ts=root)
    await web.chat_postMessage(channel=GENERAL, text="below", thread_ts=reply)
    replies = (await web.conversations_replies(channel=GENERAL, ts=root, include_all_metadata=True))["messages"]
    assert [message["text"] for message in replies] == ["root", "reply", "below"]
    assert (replies[0]["reply_count"], replies[0]["reply_users"]) == (2, [ANA, BOT])
    assert replies[1]["parent_user_id"] == BOT
    assert len((await web.conversations_history(channel=GENERAL))["messages"]) == 1
    assert [message.text for message in await ana.sees(GENERAL, root)] == ["root", "reply", "below"]


async def test_a_broadcast_reply_is_in_thread_and_channel(sandbox: Running, ana: Person) -> None:
    web = client(sandbox)
    root = str((await web.chat_postMessage(channel=GENERAL, text="root"))["ts"])
    await web.chat_postMessage(channel=GENERAL, text="loud", thread_ts=root, reply_broadcast=True)
    assert [message.text for message in await ana.sees(GENERAL)] == ["root", "loud"]
    assert (await ana.sees(GENERAL, root))[1].raw["subtype"] == "thread_broadcast"


async def test_a_deleted_root_leaves_a_tombstone_until_its_last_reply_goes(sandbox: Running, ana: Person) -> None:
    root = await ana.says(GENERAL, "root")
    reply = await ana.says(GENERAL, "reply", thread_ts=root)
    await ana.deletes(GENERAL, root)
    assert (await ana.sees(GENERAL))[0].raw["subtype"] == "tombstone"
    await ana.deletes(GENERAL, reply)
    assert await ana.sees(GENERAL) == []


async def test_edits_and_deletions_are_told_with_what_was_before(
    sandbox: Running, slack: Slackside, ana: Person
) -> None:
    app = bolt(sandbox)
    heard: list[Json] = []

    @app.event("message")
    async def hear(event: Json) -> None:
        heard.append(event)

    async with over_socket(app):
        ts = await ana.says(GENERAL, "one")
        await ana.edits(GENERAL, ts, "two")
        await ana.deletes(GENERAL, ts)
        await slack.eventually(lambda: len(heard) == 3)
    said, changed, deleted = sorted(heard, key=lambda event: str(event["ts"]))
    assert said["text"] == "one"
    assert (changed["subtype"], changed["message"]["text"], changed["previous_message"]["text"]) == (
        "message_changed", "two", "one",
    )  # fmt: skip
    assert changed["message"]["edited"]["user"] == ANA
    assert (deleted["subtype"], deleted["deleted_ts"], deleted["previous_message"]["text"]) == (
        "message_deleted", ts, "two",
    )  # fmt: skip


async def test_an_app_hears_its_own_messages_and_mentions_of_it(
    sandbox: Running, slack: Slackside, ana: Person
) -> None:
    await client(sandbox).chat_postMessage(channel=GENERAL, text="I spoke")
    await ana.says(GENERAL, "@crosswalk help")
    await ana.says("@bot", "@crosswalk help")
    log = await slack.eventually(lambda: _events(slack, 4))
    own = next(event for event in log if event.get("bot_id"))
    assert (own["app_id"], own["user"], own["text"]) == ("A0CROSSWALK", BOT, "I spoke")
    assert sorted(event["type"] for event in log) == ["app_mention", "message", "message", "message"]
    assert sorted(event.get("channel_type", "-") for event in log) == ["-", "channel", "channel", "im"]


async def test_a_stranger_is_marked_with_her_company(slack: Slackside) -> None:
    await slack.as_person(EVE).says(GENERAL, "hello from outside")
    [event] = await slack.eventually(lambda: _events(slack, 1))
    assert (event["user_team"], event["team"]) == ("T0OTHER", "T0OTHER")


async def test_events_stay_away_from_channels_without_the_app(slack: Slackside, ana: Person) -> None:
    await ana.says(OTHER, "psst")
    await ana.says(PRIVATE, "in private")
    events = await slack.eventually(lambda: _events(slack, 1))
    assert [event["channel"] for event in events] == [PRIVATE]


async def test_an_ephemeral_message_is_seen_by_one_and_kept_nowhere(
    sandbox: Running, slack: Slackside, ana: Person
) -> None:
    web = client(sandbox)
    shown = await web.chat_postEphemeral(channel=GENERAL, user=ANA, text="only you")
    [message] = await ana.sees(GENERAL)
    assert message.ephemeral
    assert await slack.as_person(BO).sees(GENERAL) == []
    assert (await web.conversations_history(channel=GENERAL))["messages"] == []
    update = web.chat_update(channel=GENERAL, ts=str(shown["message_ts"]), text="x")
    assert await error_of(update) == "message_not_found"
    await slack.act("reload", user=ANA)
    assert await ana.sees(GENERAL) == []
    assert await error_of(web.chat_postEphemeral(channel=PRIVATE, user=BO, text="x")) == "user_not_in_channel"


async def test_a_scheduled_message_waits_for_the_calendar_and_one_with_metadata_never_comes(
    sandbox: Running, slack: Slackside, ana: Person
) -> None:
    web, now = client(sandbox), int(await slack.now())
    await web.chat_scheduleMessage(channel=GENERAL, post_at=now + 3600, text="later")
    await web.chat_scheduleMessage(channel=GENERAL, post_at=now + 3600, text="never", metadata=METADATA)
    gone = await web.chat_scheduleMessage(channel=GENERAL, post_at=now + 3600, text="withdrawn")
    await web.chat_deleteScheduledMessage(channel=GENERAL, scheduled_message_id=str(gone["scheduled_message_id"]))
    assert await error_of(web.chat_scheduleMessage(channel=GENERAL, post_at=now - 1, text="x")) == "time_in_past"
    far = now + 121 * 86_400
    assert await error_of(web.chat_scheduleMessage(channel=GENERAL, post_at=far, text="x")) == "time_too_far"
    await slack.jump(now + 3600)
    [message] = await slack.eventually(lambda: ana.sees(GENERAL))
    assert message.text == "later"
    assert (await web.chat_scheduledMessages_list())["scheduled_messages"] == []


async def test_permalinks_lead_into_threads(sandbox: Running, ana: Person) -> None:
    root = await ana.says(GENERAL, "root")
    reply = await ana.says(GENERAL, "reply", thread_ts=root)
    link = str((await client(sandbox).chat_getPermalink(channel=GENERAL, message_ts=reply))["permalink"])
    assert link == f"https://acme.slack.com/archives/{GENERAL}/p{reply.replace('.', '')}?thread_ts={root}&cid={GENERAL}"


@pytest.mark.parametrize(
    ("act", "asked", "shown"),
    [
        ("message", {"channel": "C0HIDDEN", "text": "x"}, "You cannot see a channel C0HIDDEN."),
        ("message", {"channel": OLD, "text": "x"}, "#old has been archived."),
        ("message", {"channel": GENERAL, "text": " "}, "Write something first."),
        ("command", {"channel": GENERAL, "text": "/nope"}, "/nope is not a valid command."),
        (
            "command",
            {"channel": GENERAL, "text": "/standup", "thread_ts": "1.1"},
            "/standup is not supported in threads.",
        ),
    ],
)
async def test_a_person_is_told_what_she_cannot_do(slack: Slackside, act: str, asked: Json, shown: str) -> None:
    with pytest.raises(Refused) as refused:
        await slack.act(act, user=ANA, **asked)
    assert refused.value.shown.startswith(shown)


async def _events(slack: Slackside, number: int) -> list[Json]:
    """Events of the first deliveries, once there are as many as expected."""
    found = [entry["request"] for entry in await slack.log() if entry["direction"] == "event"]
    first = [one["event"] for one in found if "retry" not in one]
    return first if len(first) >= number else []
