"""Uploads of apps: three steps, a moment of processing, and a message that people can read."""

from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.server import Running
from tests.bot.sandbox.workspaces import (
    ANA,
    BO,
    BOT,
    GENERAL,
    HIDDEN,
    OLD,
    OTHER,
    PRIVATE,
    client,
    error_of,
    hearing,
    over_socket,
)
from tests.slackside import Message, Person, Refused, SharedFile, Slackside

Json = dict[str, Any]

CSV = "term,meaning\nchurn,customers who leave\n"


async def test_an_app_uploads_into_a_direct_message_and_the_person_reads_it(
    sandbox: Running, slack: Slackside, ana: Person
) -> None:
    app, heard = hearing(sandbox, "message", "file_shared")
    async with over_socket(app):
        opened = str((await app.client.conversations_open(users=ANA))["channel"]["id"])
        await app.client.files_upload_v2(
            channel=opened, filename="glossary.csv", title="Glossary", content=CSV, initial_comment="Here it is"
        )
        [message] = await slack.eventually(ana.dm)
        await slack.eventually(lambda: _events(slack, 2))
    [file] = message.files
    assert (message.text, message.user, file.title, file.mimetype) == ("Here it is", BOT, "Glossary", "text/csv")
    assert await ana.downloads(file) == CSV.encode()
    with pytest.raises(Refused, match="You cannot see a file"):
        await slack.as_person(BO).downloads(file)
    # Slack names no bot in such a message; Bolt knows its own by the user.
    assert "bot_id" not in message.raw
    assert heard == []


async def test_an_upload_is_processed_and_shared_a_moment_later(
    slack: Slackside, sandbox: Running, ana: Person
) -> None:
    web = client(sandbox)
    uploaded = await web.files_upload_v2(
        channel=GENERAL, filename="plan.png", content=b"not really", initial_comment="Look"
    )
    file_id = str(uploaded["file"]["id"])
    assert ((await web.files_info(file=file_id))["file"]["mimetype"], uploaded["file"]["shares"]) == ("", {})
    image = [{"type": "image", "alt_text": "plan", "slack_file": {"id": file_id}}]
    assert await error_of(web.chat_postMessage(channel=GENERAL, text="x", blocks=image)) == "invalid_blocks"
    [shared] = await slack.eventually(lambda: ana.sees(GENERAL))
    assert shared.files[0].mimetype == "image/png"
    assert (await web.chat_postMessage(channel=GENERAL, text="x", blocks=image))["ok"]
    assert [message.text for message in await ana.sees(GENERAL)] == ["Look", "x"]


async def test_whoever_reads_a_message_sees_the_picture_in_its_blocks(sandbox: Running, slack: Slackside) -> None:
    web = client(sandbox)
    file_id = str((await web.files_upload_v2(filename="plan.png", content=b"not really"))["file"]["id"])
    image = [{"type": "image", "alt_text": "plan", "slack_file": {"id": file_id}}]
    bo, shown = slack.as_person(BO), SharedFile.of((await web.files_info(file=file_id))["file"])
    with pytest.raises(Refused, match="You cannot see a file"):
        await slack.as_person(ANA).downloads(shown)
    await slack.eventually(lambda: _processed(web, file_id))
    await web.chat_postMessage(channel=PRIVATE, text="x", blocks=image)
    assert await slack.as_person(ANA).downloads(shown) == b"not really"
    with pytest.raises(Refused, match="You cannot see a file"):
        await bo.downloads(shown)
    await web.chat_postMessage(channel=GENERAL, text="x", blocks=image)
    assert await bo.downloads(shown) == b"not really"


async def test_a_block_shows_no_file_that_is_not_an_image(sandbox: Running, slack: Slackside, ana: Person) -> None:
    web = client(sandbox)
    uploaded = await web.files_upload_v2(channel=GENERAL, filename="a.txt", content="a")
    assert await slack.eventually(lambda: ana.sees(GENERAL))
    image = [{"type": "image", "alt_text": "?", "slack_file": {"id": str(uploaded["file"]["id"])}}]
    assert await error_of(web.chat_postMessage(channel=GENERAL, text="x", blocks=image)) == "invalid_blocks"


async def test_an_app_can_delete_and_update_what_it_shared(sandbox: Running, slack: Slackside, ana: Person) -> None:
    web = client(sandbox)
    root = str((await web.chat_postMessage(channel=GENERAL, text="root"))["ts"])
    await web.files_upload_v2(channel=GENERAL, filename="a.txt", content="a", thread_ts=root, initial_comment="x")
    reply = await slack.eventually(lambda: _reply(ana, root))
    await web.chat_update(channel=GENERAL, ts=reply.ts, text="y")
    changed = await _reply(ana, root)
    assert changed is not None
    assert (changed.text, changed.files[0].name) == ("y", "a.txt")
    await web.chat_delete(channel=GENERAL, ts=reply.ts)
    assert await _reply(ana, root) is None


@pytest.mark.parametrize(
    ("where", "error"),
    [
        ({"channel_id": ANA}, "channel_not_found"),
        ({"channel_id": HIDDEN}, "channel_not_found"),
        ({"channel_id": OTHER}, "not_in_channel"),
        ({"channel_id": OLD}, "is_archived"),
        ({"channel_id": GENERAL, "thread_ts": "1.000001"}, "thread_not_found"),
        ({"channels": f"{GENERAL},{PRIVATE}", "thread_ts": "1.000001"}, "invalid_arguments"),
    ],
)
async def test_an_upload_is_completed_once_and_only_where_the_app_may_share(
    sandbox: Running, slack: Slackside, where: Json, error: str
) -> None:
    web = client(sandbox)
    files: list[dict[str, str | None]] = [{"id": await _sent(web)}]
    assert await error_of(web.api_call("files.completeUploadExternal", json={"files": files, **where})) == error
    # In `channels` a person's id stands for the conversation with her.
    assert (await web.api_call("files.completeUploadExternal", json={"files": files, "channels": ANA}))["ok"]
    assert await slack.eventually(slack.as_person(ANA).dm)
    again = web.files_completeUploadExternal(files=files, channel_id=GENERAL)
    assert await error_of(again) == "file_not_found"


async def test_files_that_are_not_there_say_so(sandbox: Running) -> None:
    web = client(sandbox)
    started = await web.files_getUploadURLExternal(filename="a.txt", length=3)
    assert await error_of(web.files_info(file="F0NONE")) == "file_not_found"
    assert await error_of(web.files_info(file=str(started["file_id"]))) == "file_not_found"
    unsent = web.files_completeUploadExternal(files=[{"id": str(started["file_id"])}])
    assert await error_of(unsent) == "file_not_found"
    image = [{"type": "image", "alt_text": "?", "slack_file": {"id": "F0NONE"}}]
    assert await error_of(web.chat_postMessage(channel=GENERAL, text="x", blocks=image)) == "invalid_blocks"


async def _sent(web: Any) -> str:
    """An upload whose bytes are there, and which is not complete."""
    started = await web.files_getUploadURLExternal(filename="a.txt", length=1)
    async with aiohttp.ClientSession() as session, session.post(started["upload_url"], data=b"a") as response:
        assert response.status == 200
    return str(started["file_id"])


async def _processed(web: AsyncWebClient, file: str) -> bool:
    return bool((await web.files_info(file=file))["file"]["mimetype"])


async def _reply(person: Person, root: str) -> Message | None:
    return next((message for message in await person.sees(GENERAL, root) if message.ts != root), None)


async def _events(slack: Slackside, number: int) -> list[Json]:
    found = [entry for entry in await slack.log() if entry["direction"] == "event"]
    return found if len(found) >= number else []
