"""Installing an app, rotating its tokens, removing it."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import aiohttp

from bot.sandbox.server import Running
from tests.bot.sandbox.workspaces import (
    ANA,
    APP,
    BOT,
    GENERAL,
    bolt,
    client,
    error_of,
    manifest,
    over_socket,
    running,
    seed,
)
from tests.slackside import Slackside

Json = dict[str, Any]


async def test_a_code_installs_once_and_brings_the_state_back(sandbox: Running) -> None:
    back = await _authorised(sandbox, state="s-1")
    assert back["state"] == ["s-1"]
    web = client(sandbox, "")
    answer = await web.oauth_v2_access(client_id="1.2", client_secret="hush", code=back["code"][0])
    assert (answer["bot_user_id"], answer["team"]["id"], answer["authed_user"]["id"]) == (BOT, "T0ACME", ANA)
    assert (await client(sandbox, str(answer["access_token"])).auth_test())["ok"]
    again = web.oauth_v2_access(client_id="1.2", client_secret="hush", code=back["code"][0])
    assert await error_of(again) == "invalid_code"
    wrong = web.oauth_v2_access(client_id="1.2", client_secret="loud", code="x")
    assert await error_of(wrong) == "bad_client_secret"


async def test_rotated_tokens_expire_and_a_refresh_token_is_used_once() -> None:
    with running(seed(manifest(token_rotation_enabled=True))) as sandbox:
        web = client(sandbox, "")
        code = (await _authorised(sandbox))["code"][0]
        first = await web.oauth_v2_access(client_id="1.2", client_secret="hush", code=code)
        second = await _refreshed(web, first)
        assert second["expires_in"] == 43_200
        assert await error_of(_refreshed(web, first)) == "invalid_refresh_token"
        third = await _refreshed(web, second)
        assert await error_of(client(sandbox, str(first["access_token"])).auth_test()) == "token_revoked"
        assert (await client(sandbox, str(third["access_token"])).auth_test())["ok"]


async def test_an_uninstalled_app_hears_of_it_and_is_locked_out(sandbox: Running, slack: Slackside) -> None:
    async with over_socket(bolt(sandbox)):
        await slack.act("uninstall", app_id=APP)
        told = await slack.eventually(lambda: _events(slack, 2))
    assert told == ["app_uninstalled", "tokens_revoked"]
    assert await error_of(client(sandbox).chat_postMessage(channel=GENERAL, text="x")) == "account_inactive"


async def _events(slack: Slackside, number: int) -> list[str]:
    found = [entry["type"] for entry in await slack.log() if entry["direction"] == "event"]
    return sorted(set(found)) if len(set(found)) >= number else []


async def _authorised(sandbox: Running, state: str = "s") -> dict[str, list[str]]:
    """What the redirect brings back."""
    asked = {"client_id": "1.2", "state": state, "redirect_uri": "http://127.0.0.1/back", "user": ANA}
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"{sandbox.url}/oauth/v2/authorize", params=asked, allow_redirects=False) as response,
    ):
        return parse_qs(urlsplit(response.headers["Location"]).query)


async def _refreshed(web: Any, answer: Any) -> Any:
    given = {"grant_type": "refresh_token", "refresh_token": answer["refresh_token"]}
    return await web.oauth_v2_access(client_id="1.2", client_secret="hush", **given)
