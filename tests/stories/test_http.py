"""The same bot over signed HTTP, as on a platform."""

import socket
from pathlib import Path

import aiohttp

from tests.stories.town import SYNC, Town, town


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


async def test_a_round_runs_over_http_too(tmp_path: Path) -> None:
    port = free_port()
    async with town(tmp_path, "2026-11-20T12:00:00+00:00", http=f"http://127.0.0.1:{port}/slack/events") as here:
        await here.time_passes_until("2026-11-23T09:05:00+00:00")
        await here.answers("rui", "Over HTTP")
        root = (await here.thread())[0]
        await here.person("priya").says(SYNC, "A reply in the thread", root.ts)
        await here.slack.eventually(lambda: counted(here, "2 of 6"))
        await here.time_passes_until("2026-11-24T08:00:00+00:00")
        assert any("Over HTTP" in message.plain for message in await here.thread())


async def test_requests_that_slack_did_not_sign_are_refused_and_health_is_told(tmp_path: Path) -> None:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    async with (
        town(tmp_path, "2026-11-20T12:00:00+00:00", http=f"{url}/slack/events"),
        aiohttp.ClientSession() as session,
    ):
        async with session.post(f"{url}/slack/events", data="command=/standup&text=help") as refused:
            assert refused.status == 401
        async with session.get(f"{url}/health") as healthy:
            assert (healthy.status, await healthy.text()) == (200, "ok\n")


async def counted(here: Town, words: str) -> bool:
    return words in (await here.thread())[0].plain
