"""Files are fetched whole, from Slack alone, and never past what is taken."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from aiohttp import web

from bot.slack import files
from bot.slack.files import Elsewhere, TooLarge, Unreadable, fetched
from bot.slack.payloads import Attached

API, LARGEST = "https://slack.com/api/", 5_000_000
Pieces = AsyncIterator[bytes]


@asynccontextmanager
async def host(answer: Callable[[web.Request], Awaitable[web.StreamResponse]]) -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_get("/file", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


def streams(pieces: Callable[[], Pieces]) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def answer(request: web.Request) -> web.StreamResponse:
        assert request.headers["Authorization"] == "Bearer xoxb-1"
        response = web.StreamResponse(headers={"Content-Type": "text/csv"})
        await response.prepare(request)
        async for piece in pieces():
            await response.write(piece)
        return response

    return answer


async def test_a_file_that_comes_in_pieces_is_read_to_its_end() -> None:
    async def pieces() -> Pieces:
        yield b"term,business\n"
        for number in range(1000):
            yield b"Term %d,%s\n" % (number, b"x" * 300)

    async with host(streams(pieces)) as origin:
        file = Attached("F1", "terms.csv", 1000, f"{origin}/file")
        content = await fetched(file, "xoxb-1", f"{origin}/api/", LARGEST)
    assert content.count(b"\n") == 1001
    assert content.endswith(b"x\n")


async def test_a_file_that_is_larger_than_it_says_is_not_read_to_its_end() -> None:
    sent = 0

    async def pieces() -> Pieces:
        nonlocal sent
        while True:
            sent += 100_000
            yield b"x" * 100_000

    async with host(streams(pieces)) as origin:
        with pytest.raises(TooLarge):
            await fetched(Attached("F1", "terms.csv", 1, f"{origin}/file"), "xoxb-1", f"{origin}/api/", LARGEST)
    assert sent > LARGEST
    with pytest.raises(TooLarge):
        await fetched(Attached("F1", "terms.csv", LARGEST + 1, "https://files.slack.com/x"), "xoxb-1", API, LARGEST)


@pytest.mark.parametrize(
    ("status", "headers"),
    [(302, {"Location": "/file"}), (200, {"Content-Type": "text/html; charset=utf-8"}), (500, {}), (404, {})],
)
async def test_what_is_no_file_is_not_taken_for_one(status: int, headers: dict[str, str]) -> None:
    async def answer(request: web.Request) -> web.StreamResponse:
        return web.Response(status=status, headers=headers, body=b"term,business\nARR,x\n")

    async with host(answer) as origin:
        with pytest.raises(Unreadable):
            await fetched(Attached("F1", "terms.csv", 20, f"{origin}/file"), "xoxb-1", f"{origin}/api/", LARGEST)


@pytest.mark.parametrize(
    ("address", "api", "ours"),
    [
        ("https://files.slack.com/files-pri/T1-F1/download/a.csv", API, True),
        ("https://slack.com/a.csv", API, True),
        ("https://FILES.SLACK.COM/a.csv", API, True),
        ("http://127.0.0.1:4000/files-pri/a.csv", "http://127.0.0.1:4000/api/", True),
        ("", API, False),
        ("a.csv", API, False),
        ("https://docs.google.com/a.csv", API, False),
        ("http://files.slack.com/a.csv", API, False),
        ("ftp://files.slack.com/a.csv", API, False),
        ("https://files.slack.com.evil.example/a.csv", API, False),
        ("https://notslack.com/a.csv", API, False),
        ("https://files.slack.com@evil.example/a.csv", API, False),
        ("https://evil.example@files.slack.com/a.csv", API, False),
        ("https://evil.example/files.slack.com/a.csv", API, False),
        ("https://evil.example#.slack.com/a.csv", API, False),
        ("https://evil.example\\.slack.com/a.csv", API, False),
        ("https://[files.slack.com/a.csv", API, False),
        ("http://127.0.0.1:4001/a.csv", "http://127.0.0.1:4000/api/", False),
        ("http://slack.com/a.csv", API, False),
    ],
)
async def test_the_token_goes_to_slack_alone(address: str, api: str, ours: bool) -> None:
    assert (files._in_slack(address, api) is not None) == ours
    if not ours:
        with pytest.raises(Elsewhere):
            await fetched(Attached("F1", "terms.csv", 20, address), "xoxb-1", api, LARGEST)
