"""Files of people: what apps hear of an upload, at which addresses it is read, and by whom."""

from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.sandbox.filetypes import in_address, type_of
from bot.sandbox.server import Running
from tests.bot.sandbox.workspaces import (
    ANA,
    BO,
    BOT_TOKEN,
    GENERAL,
    HIDDEN,
    OLD,
    OTHER,
    PRIVATE,
    SCOPES,
    client,
    error_of,
    hearing,
    manifest,
    over_socket,
    running,
    seed,
)
from tests.slackside import Person, Refused, Slackside

Json = dict[str, Any]

CSV = "term,meaning\nchurn,customers who leave\nÄnderung,change & <more>\n"


async def test_a_file_in_a_direct_message_reaches_the_app_with_its_words_and_its_bytes(
    sandbox: Running, slack: Slackside, ana: Person
) -> None:
    app, heard = hearing(sandbox, "message", "file_shared")
    async with over_socket(app):
        ts = await ana.uploads("Our terms.csv", CSV, text="Please take these in")
        await slack.eventually(lambda: len(heard) == 2)
    message, shared = sorted(heard, key=lambda event: event["type"] != "message")
    assert (message["subtype"], message["text"], message["user"]) == ("file_share", "Please take these in", ANA)
    assert (message["channel_type"], message["ts"], "bot_id" in message) == ("im", ts, False)
    [file] = message["files"]
    facts = {"name": "Our terms.csv", "mimetype": "text/csv", "filetype": "csv", "mode": "snippet", "user": ANA}
    assert file.items() >= facts.items()
    assert file["size"] == len(CSV.encode())
    assert shared["file_id"] == shared["file"]["id"] == file["id"]
    assert (shared["user_id"], shared["channel_id"]) == (ANA, message["channel"])
    for address in (file["url_private"], file["url_private_download"]):
        assert (await _get(address, BOT_TOKEN))[2].decode() == CSV


async def test_a_file_needs_no_words_and_in_a_channel_it_may_mention_the_app(
    sandbox: Running, slack: Slackside, ana: Person
) -> None:
    app, heard = hearing(sandbox, "message", "app_mention")
    async with over_socket(app):
        await ana.uploads("plan.png", b"\x89PNG", to=PRIVATE)
        await ana.uploads("plan.png", b"\x89PNG", to=PRIVATE, text="@crosswalk look")
        await slack.eventually(lambda: len(heard) == 3)
    silent = next(event for event in heard if not event["text"])
    mention = next(event for event in heard if event["type"] == "app_mention")
    assert (silent["channel_type"], silent["files"][0]["mode"], "blocks" in silent) == ("group", "hosted", False)
    assert (mention["files"][0]["name"], "subtype" in mention) == ("plan.png", False)


@pytest.mark.parametrize(
    ("missing", "kinds"),
    [("im:history", {"file_shared"}), ("files:read", {"message"}), ("dnd:read", {"message", "file_shared"})],
)
async def test_each_event_of_a_file_takes_its_own_scope(missing: str, kinds: set[str]) -> None:
    with running(seed(manifest(scopes=[scope for scope in SCOPES if scope != missing]))) as sandbox:
        app, heard = hearing(sandbox, "message", "file_shared", "team_join")
        async with over_socket(app), Slackside(sandbox.url) as side:
            await side.as_person(ANA).uploads("terms.csv", CSV)
            await side.act("add_user", id="U0LAST")
            await side.eventually(lambda: len(heard) > len(kinds))
        assert {event["type"] for event in heard} == {*kinds, "team_join"}


@pytest.mark.parametrize("token", ["", "xoxb-nobody", BOT_TOKEN])
async def test_whoever_does_not_show_a_token_that_may_read_files_gets_a_page_to_sign_in_on(token: str) -> None:
    """Also the app whose own token lacks files:read."""
    with running(seed(manifest(scopes=[scope for scope in SCOPES if scope != "files:read"]))) as sandbox:
        async with Slackside(sandbox.url) as side:
            ana = side.as_person(ANA)
            await ana.uploads("terms.csv", CSV)
            url = (await ana.dm())[0].files[0].raw["url_private"]
        status, kind, body = await _get(url, token)
        assert (status, kind) == (200, "text/html")
        assert body.startswith(b"<!DOCTYPE html>")
        assert (await _get(url, token, allow_redirects=False))[0] == 302


async def test_an_app_reads_only_files_of_conversations_that_it_is_in(
    sandbox: Running, slack: Slackside, ana: Person
) -> None:
    web, bo = client(sandbox), slack.as_person(BO)
    await ana.uploads("elsewhere.txt", "not for bots", to=OTHER)
    await bo.uploads("hidden.txt", "for Bo", to=HIDDEN)
    elsewhere, hidden = (await ana.sees(OTHER))[0].files[0], (await bo.sees(HIDDEN))[0].files[0]
    for file in (elsewhere, hidden):
        assert await error_of(web.files_info(file=file.id)) == "file_not_found"
        assert (await _get(file.raw["url_private"], BOT_TOKEN))[:2] == (404, "text/html")
    assert await bo.downloads(elsewhere) == b"not for bots"
    with pytest.raises(Refused, match="You cannot see a file"):
        await ana.downloads(hidden)
    await web.conversations_join(channel=OTHER)
    assert (await web.files_info(file=elsewhere.id))["file"]["shares"]["public"][OTHER]
    assert (await _get(elsewhere.raw["url_private"], BOT_TOKEN))[2] == b"not for bots"


async def test_a_file_can_be_read_as_long_as_a_message_shows_it(
    sandbox: Running, slack: Slackside, ana: Person
) -> None:
    ts = await ana.uploads("terms.csv", CSV, to=GENERAL, text="Terms")
    await ana.edits(GENERAL, ts, "Our terms")
    [message] = await slack.as_person(BO).sees(GENERAL)
    assert (message.text, message.files[0].name) == ("Our terms", "terms.csv")
    await ana.deletes(GENERAL, ts)
    assert await error_of(client(sandbox).files_info(file=message.files[0].id)) == "file_not_found"
    with pytest.raises(Refused, match="You cannot see a file"):
        await slack.as_person(BO).downloads(message.files[0])
    assert await ana.downloads(message.files[0]) == CSV.encode()


async def test_of_a_file_in_a_shared_channel_an_event_tells_only_that_there_is_one(
    sandbox: Running, slack: Slackside, ana: Person
) -> None:
    app, heard = hearing(sandbox, "message")
    async with over_socket(app):
        await ana.uploads("terms.csv", CSV, to=GENERAL)
        await slack.eventually(lambda: heard)
    [file] = heard[0]["files"]
    assert (file["file_access"], "url_private" in file) == ("check_file_info", False)
    told = (await client(sandbox).files_info(file=file["id"]))["file"]
    assert (told["name"], told["file_access"], told["channels"]) == ("terms.csv", "visible", [GENERAL])
    [kept] = (await client(sandbox).conversations_history(channel=GENERAL))["messages"]
    assert kept["files"][0]["url_private"] == told["url_private"]


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        ({"files": []}, "no_file"),
        ({"files": [{"name": "a.txt", "content": ""}]}, "file_is_empty"),
        ({"files": [{"name": "a.txt", "content": "no base64"}]}, "bad_file"),
        ({"files": [{"name": "a.txt"}]}, "bad_file"),
        ({"files": [{"name": "a.txt", "content": "YQ=="}] * 11}, "too_many_files"),
        ({"files": [{"name": "a.txt", "content": "YQ=="}], "channel": OLD}, "is_archived"),
        ({"files": [{"name": "a.txt", "content": "YQ=="}], "thread_ts": "1.1"}, "thread_not_found"),
    ],
)
async def test_a_person_is_told_why_a_file_was_not_sent(slack: Slackside, asked: Json, error: str) -> None:
    with pytest.raises(Refused) as refused:
        await slack.act("upload", **{"user": ANA, "channel": "@bot", **asked})
    assert refused.value.error == error


async def test_several_files_are_one_message_and_an_event_each(sandbox: Running, slack: Slackside, ana: Person) -> None:
    app, heard = hearing(sandbox, "file_shared")
    app.event("message")(_nothing)
    async with over_socket(app):
        files = [{"name": f"{name}.txt", "content": "YQ=="} for name in "abc"]
        await slack.act("upload", user=ANA, channel="@bot", files=files)
        await slack.eventually(lambda: len(heard) == 3)
    [message] = await ana.dm()
    assert [file.name for file in message.files] == ["a.txt", "b.txt", "c.txt"]
    assert {event["file_id"] for event in heard} == {file.id for file in message.files}


async def test_files_outlive_the_sandbox_and_move_with_its_address(tmp_path: Path) -> None:
    data = str(tmp_path / "sandbox.db")
    with running(data=data) as sandbox:
        async with Slackside(sandbox.url) as side:
            await side.as_person(ANA).uploads("terms.csv", CSV)
    with running(data=data) as sandbox:
        async with Slackside(sandbox.url) as side:
            ana = side.as_person(ANA)
            [file] = (await ana.dm())[0].files
            assert await ana.downloads(file) == CSV.encode()
        assert file.raw["url_private"].startswith(sandbox.url)
        assert (await _get(file.raw["url_private"], BOT_TOKEN))[2] == CSV.encode()


async def test_a_download_can_be_made_to_fail(sandbox: Running, slack: Slackside, ana: Person) -> None:
    await ana.uploads("terms.csv", CSV)
    url = (await ana.dm())[0].files[0].raw["url_private"]
    await slack.faults(method="url_private", kind="500")
    assert [(await _get(url, BOT_TOKEN))[0] for _ in range(2)] == [500, 200]
    assert await slack.counts("url_private") == {"ok": 1, "429": 0, "500": 1}


async def test_what_people_upload_is_never_a_document_of_the_pages_own_host(sandbox: Running, ana: Person) -> None:
    await ana.uploads("page.html", "<script>alert(1)</script>")
    file = (await ana.dm())[0].files[0]
    for url in (f"{sandbox.url}/control/file?as={ANA}&id={file.id}", file.raw["url_private"]):
        headers = {"Authorization": f"Bearer {BOT_TOKEN}"}
        async with aiohttp.ClientSession(headers=headers) as session, session.get(url) as response:
            assert response.headers["X-Content-Type-Options"] == "nosniff"
            assert "sandbox" in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("name", "filetype", "mimetype", "is_text"),
    [
        ("terms.csv", "csv", "text/csv", True),
        ("NOTES.TXT", "text", "text/plain", True),
        ("photo.JPEG", "jpg", "image/jpeg", False),
        ("report.pdf", "pdf", "application/pdf", False),
        ("no ending", "binary", "application/octet-stream", False),
        ("odd.zzzz", "binary", "application/octet-stream", False),
    ],
)
def test_the_type_of_a_file_is_read_off_its_name(name: str, filetype: str, mimetype: str, is_text: bool) -> None:
    found = type_of(name)
    assert (found.filetype, found.mimetype, found.is_text) == (filetype, mimetype, is_text)


def test_a_files_address_has_no_spaces_and_no_slashes() -> None:
    assert in_address("Q3 Terms/final (2).CSV") == "q3_terms_final_2_.csv"


async def _get(url: str, token: str, **more: Any) -> tuple[int, str, bytes]:
    """Status, content type and body."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    async with aiohttp.ClientSession(headers=headers) as session, session.get(url, **more) as response:
        return response.status, response.content_type, await response.read()


async def _nothing(event: Json) -> None:
    assert event["files"]
