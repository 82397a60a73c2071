"""Charts and tables, also for a workspace that refuses their blocks: pictures or words stand there, once."""

import asyncio
import io
from dataclasses import replace
from typing import Any

import pytest
from PIL import Image

from bot.slack.charts import bar_chart, line_chart, numbers, table
from tests.bot.outbox.office import QUICK, TEAM, Office, dm, note, section
from tests.bot.sandbox.workspaces import ANA, GENERAL
from tests.slackside import Json, Message

CHART = line_chart("Days to a decision", ["3 Nov", "10 Nov"], {"Legal": [3, 4.5], "<!channel>": [0, 2]}, "Week", "Days")
BARS = bar_chart("Decided", ["Legal", "Design"], {"asked": [3, 4]})
TABLE = table([["Function", "Asked"], ["Legal", 3]])
BLOCKS = [section("*The week*"), CHART, TABLE, section("That was it.")]
KINDS = ["section", "data_visualization", "table", "section"]
# Long enough for this machine to draw, and for the sandbox to answer while it does.
PATIENT = replace(QUICK, answer_within=5)


async def test_a_workspace_that_takes_charts_gets_them(office_on_sqlite: Office) -> None:
    office = office_on_sqlite
    await office.owes(note("week", blocks=BLOCKS))
    await office.sends(PATIENT)
    assert kinds(await the_message(office)) == KINDS
    assert (await office.slack.counts("files.getUploadURLExternal")).get("ok", 0) == 0


async def test_a_workspace_that_refuses_charts_gets_pictures_with_their_numbers(office: Office) -> None:
    await refuses(office)
    await office.owes(note("week", blocks=BLOCKS))
    await office.sends(PATIENT, within=90)
    message = await the_message(office)
    assert kinds(message) == ["section", "image", "image", "section"]
    [chart, rows] = message.raw["blocks"][1:3]
    assert (chart["alt_text"], rows["alt_text"]) == (numbers(CHART), numbers(TABLE))
    assert chart["title"] == {"type": "plain_text", "text": "Days to a decision", "emoji": False}
    assert [await size_of(office, block) for block in (chart, rows)] == [(1200, 675), (1200, 156)]
    row = await office.row("week")
    assert (row.state, row.blocks, row.ts) == ("sent", BLOCKS, message.ts)
    assert message.text == "week"


async def test_a_workspace_that_refused_is_not_asked_again_and_what_was_drawn_is_not_drawn_again(
    office_on_sqlite: Office,
) -> None:
    office = office_on_sqlite
    await refuses(office)
    drain = office.drain(PATIENT)
    await office.owes(note("week", blocks=BLOCKS), dm(ANA, blocks=BLOCKS), note("more", blocks=[BARS]))
    async with asyncio.timeout(90):
        await drain.drain(TEAM)
    assert [kinds(message) for message in [*await office.said_in(GENERAL), *await office.dms(ANA)]] == [
        ["section", "image", "image", "section"],
        ["image"],
        ["section", "image", "image", "section"],
    ]
    assert (await office.slack.counts("files.completeUploadExternal"))["ok"] == 3
    refused = (await office.slack.counts("chat.postMessage"))["invalid_blocks"]
    await office.owes(note("later", blocks=[BARS]))
    async with asyncio.timeout(90):
        await drain.drain(TEAM)
    assert (await office.slack.counts("chat.postMessage"))["invalid_blocks"] == refused
    assert (await office.slack.counts("files.completeUploadExternal"))["ok"] == 3


@pytest.mark.parametrize(
    ("method", "kind"),
    [
        ("files.getUploadURLExternal", "error:missing_scope"),
        ("files.completeUploadExternal", "500"),
    ],
)
async def test_where_nothing_can_be_uploaded_the_words_stand(office_on_sqlite: Office, method: str, kind: str) -> None:
    office = office_on_sqlite
    await refuses(office)
    await office.slack.faults(method=method, kind=kind, count=9)
    await office.owes(note("week", blocks=BLOCKS))
    await office.sends(PATIENT, within=90)
    message = await the_message(office)
    assert kinds(message) == ["section"] * 4
    said = message.raw["blocks"][1]["text"]
    assert (said["type"], said["text"]) == ("plain_text", numbers(CHART))
    assert "3 Nov: 3, 10 Nov: 4.5" in said["text"]


async def test_what_cannot_be_drawn_is_said_in_words(office_on_sqlite: Office) -> None:
    office = office_on_sqlite
    await refuses(office)
    apart = bar_chart("Too far apart", ["a", "b"], {"all": [1.7e308, -1.7e308]})
    await office.owes(note("week", blocks=[apart]))
    await office.sends(PATIENT, within=90)
    assert kinds(await the_message(office)) == ["section"]


async def test_without_files_read_the_message_itself_finds_out_when_the_picture_is_ready(
    office_on_sqlite: Office,
) -> None:
    office = office_on_sqlite
    await refuses(office)
    await office.slack.faults(method="files.info", kind="error:missing_scope", count=99)
    await office.owes(note("week", blocks=[CHART]))
    await office.sends(PATIENT, within=90)
    assert kinds(await the_message(office)) == ["image"]


async def test_a_message_that_is_refused_for_something_else_stays_refused(office_on_sqlite: Office) -> None:
    office = office_on_sqlite
    await office.slack.faults(method="chat.postMessage", kind="error:invalid_blocks", count=99)
    await office.owes(note("week", blocks=[CHART]))
    await office.sends(PATIENT, within=90)
    assert (await office.said(), (await office.row("week")).state) == ([], "failed")


async def test_a_chart_that_changes_is_renewed_as_a_picture(office_on_sqlite: Office) -> None:
    office = office_on_sqlite
    await office.owes(note("week", blocks=BLOCKS))
    await office.sends(PATIENT)
    await refuses(office)
    await office.amends("week", "changed", [BARS])
    await office.sends(PATIENT, within=90)
    message = await the_message(office)
    assert (message.text, kinds(message), await office.owed()) == ("changed", ["image"], 0)
    assert message.raw["blocks"][0]["alt_text"] == numbers(BARS)


async def test_an_answer_that_is_lost_with_the_pictures_leaves_one_message(office_on_sqlite: Office) -> None:
    office = office_on_sqlite
    await refuses(office)
    # The first call is refused for its blocks; the second one posts, and nobody hears of it.
    await office.slack.faults(method="chat.postMessage", kind="500_after_commit", count=1, after=1)
    await office.owes(note("week", blocks=[CHART]))
    await office.sends(PATIENT, within=90)
    assert kinds(await the_message(office)) == ["image"]


async def test_a_process_that_ends_between_upload_and_message_leaves_one_message(office_on_sqlite: Office) -> None:
    office = office_on_sqlite
    await refuses(office)
    await office.slack.faults(method="files.info", kind="slow", count=1, seconds=3)
    await office.owes(note("week", blocks=[CHART]))
    first = asyncio.create_task(office.sends(PATIENT, within=90))
    await office.slack.eventually(lambda: uploads(office), 60)
    first.cancel()
    await asyncio.gather(first, return_exceptions=True)
    assert await office.said() == []
    await office.sends(PATIENT, within=90)
    assert kinds(await the_message(office)) == ["image"]


async def refuses(office: Office) -> None:
    await office.slack.faults(without=["data_visualization", "table"])


async def the_message(office: Office) -> Message:
    [message] = await office.said_in(GENERAL)
    return message


def kinds(message: Message) -> list[str]:
    return [block["type"] for block in message.raw["blocks"]]


async def size_of(office: Office, block: Json) -> Any:
    """Of the picture, as somebody sees it who reads the message."""
    png = await office.slack.fetch("file", **{"as": ANA, "id": block["slack_file"]["id"]})
    return Image.open(io.BytesIO(png)).size


async def uploads(office: Office) -> int:
    return (await office.slack.counts("files.completeUploadExternal")).get("ok", 0)
