"""Who may call what: tokens, scopes, membership, archives, tabs."""

from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.server import Running
from tests.bot.sandbox.workspaces import (
    ANA,
    APP,
    APP_TOKEN,
    BO,
    BOT,
    BOT_TOKEN,
    GENERAL,
    HIDDEN,
    OLD,
    OTHER,
    PRIVATE,
    SCOPES,
    client,
    error_of,
    manifest,
    running,
    seed,
)
from tests.slackside import Slackside

Json = dict[str, Any]


@pytest.mark.parametrize(
    ("token", "error"),
    [("xoxb-nobody", "invalid_auth"), ("", "not_authed"), (APP_TOKEN, "not_allowed_token_type")],
)
async def test_a_token_that_is_none_is_refused(sandbox: Running, token: str, error: str) -> None:
    assert await error_of(client(sandbox, token).auth_test()) == error


async def test_a_bot_token_opens_no_socket(sandbox: Running) -> None:
    assert await error_of(client(sandbox).apps_connections_open(app_token=BOT_TOKEN)) == "not_allowed_token_type"


async def test_auth_test_names_the_team_and_the_bot(sandbox: Running) -> None:
    answer = await client(sandbox).auth_test()
    assert (answer["team_id"], answer["user_id"], answer["bot_id"]) == ("T0ACME", BOT, "B0CROSSWALK")


@pytest.mark.parametrize(
    ("act", "error"),
    [("revoke", "token_revoked"), ("expire_token", "token_expired"), ("uninstall", "account_inactive")],
)
async def test_a_token_that_has_ended_says_how(sandbox: Running, slack: Slackside, act: str, error: str) -> None:
    await slack.act(act, app_id=APP)
    assert await error_of(client(sandbox).auth_test()) == error
    await slack.act("install", app_id=APP)
    assert (await client(sandbox).auth_test())["ok"]


async def test_a_missing_scope_names_what_is_needed_and_what_is_there() -> None:
    with running(seed(manifest(scopes=["chat:write", "channels:read"]))) as sandbox:
        with pytest.raises(SlackApiError) as raised:
            await client(sandbox).users_info(user=ANA)
        assert await error_of(client(sandbox).conversations_info(channel=PRIVATE)) == "missing_scope"
    response = raised.value.response
    assert response["error"] == "missing_scope"
    assert (response["needed"], response["provided"]) == ("users:read", "chat:write,channels:read")


async def test_an_unknown_method_says_so(sandbox: Running) -> None:
    assert await error_of(client(sandbox).api_call("chat.shout")) == "unknown_method"


@pytest.mark.parametrize(
    ("channel", "error"),
    [
        (OTHER, "not_in_channel"),
        (HIDDEN, "channel_not_found"),
        (OLD, "is_archived"),
        ("C0NOWHERE", "channel_not_found"),
        ("U0NOBODY", "channel_not_found"),
        (BOT, "cannot_dm_bot"),
    ],
)
async def test_posting_where_one_may_not_is_refused(sandbox: Running, channel: str, error: str) -> None:
    assert await error_of(client(sandbox).chat_postMessage(channel=channel, text="hi")) == error


async def test_public_channels_open_with_chat_write_public() -> None:
    with running(seed(manifest(scopes=[*SCOPES, "chat:write.public"]))) as sandbox:
        assert (await client(sandbox).chat_postMessage(channel="#other", text="hi"))["channel"] == OTHER
        assert await error_of(client(sandbox).chat_postMessage(channel=HIDDEN, text="hi")) == "channel_not_found"


async def test_posting_to_a_person_opens_and_returns_a_direct_conversation(sandbox: Running) -> None:
    web = client(sandbox)
    first, second = [await web.chat_postMessage(channel=ANA, text="hi") for _ in range(2)]
    assert str(first["channel"]).startswith("D")
    assert first["channel"] == second["channel"]
    assert (await web.conversations_info(channel=str(first["channel"])))["channel"]["user"] == ANA


async def test_an_app_without_a_messages_tab_cannot_write_to_people() -> None:
    quiet = manifest()
    quiet["features"]["app_home"]["messages_tab_enabled"] = False
    with running(seed(quiet)) as sandbox:
        assert await error_of(client(sandbox).chat_postMessage(channel=ANA, text="hi")) == "messages_tab_disabled"


@pytest.mark.parametrize(("posting", "error"), [("admins", "restricted_action")])
async def test_a_restricted_channel_refuses_posts(sandbox: Running, slack: Slackside, posting: str, error: str) -> None:
    await slack.act("restrict", channel=GENERAL, posting=posting)
    assert await error_of(client(sandbox).chat_postMessage(channel=GENERAL, text="hi")) == error
    await slack.act("restrict", channel=GENERAL, posting="threads_only")
    refused = await error_of(client(sandbox).chat_postMessage(channel=GENERAL, text="hi"))
    assert refused == "restricted_action_thread_only_channel"


async def test_conversations_open_says_whom_it_cannot_open(sandbox: Running, slack: Slackside) -> None:
    web = client(sandbox)
    await slack.act("user", user=BO, deleted=True)
    assert await error_of(web.conversations_open(users="U0NOBODY")) == "user_not_found"
    assert await error_of(web.conversations_open(users=BO)) == "user_disabled"
    assert await error_of(web.conversations_open(users=BOT)) == "cannot_dm_bot"
    assert await error_of(web.conversations_open(users=[ANA] * 9)) == "too_many_users"
    assert not (await web.conversations_open(users=ANA))["already_open"]
    assert (await web.conversations_open(users=ANA))["already_open"]


async def test_a_deactivated_persons_id_is_no_channel(sandbox: Running, slack: Slackside) -> None:
    await slack.act("user", user=BO, deleted=True)
    assert await error_of(client(sandbox).chat_postMessage(channel=BO, text="hi")) == "channel_not_found"


async def test_joining_and_leaving_change_membership(sandbox: Running) -> None:
    web = client(sandbox)
    assert (await web.conversations_join(channel=OTHER))["channel"]["is_member"]
    assert (await web.conversations_join(channel=OTHER))["warning"] == "already_in_channel"
    assert BOT in (await web.conversations_members(channel=OTHER))["members"]
    assert await error_of(web.conversations_join(channel=HIDDEN)) == "channel_not_found"
    assert await error_of(web.conversations_history(channel=HIDDEN)) == "channel_not_found"


async def test_people_come_with_zone_guest_flags_and_company(sandbox: Running, slack: Slackside) -> None:
    web = client(sandbox)
    await slack.act("user", user=BO, is_restricted=True)
    users = {user["id"]: user for user in (await web.users_list())["members"]}
    assert (users[ANA]["tz"], users[ANA]["tz_offset"]) == ("Europe/Lisbon", 0)
    assert users[ANA]["profile"]["email"] == "ana@acme.test"
    assert users[BO]["is_restricted"]
    assert not users[BO]["is_ultra_restricted"]
    assert users["U0EVE"]["is_stranger"]
    assert "is_stranger" not in users[ANA]
    assert (await web.users_lookupByEmail(email="ANA@acme.test"))["user"]["id"] == ANA
    assert (await web.usergroups_users_list(usergroup="S0LEADS"))["users"] == [BO]


async def test_lists_are_paged_by_cursor(sandbox: Running) -> None:
    web, seen, cursor = client(sandbox), [], ""
    while True:
        page = await web.users_list(limit=2, cursor=cursor)
        seen += [user["id"] for user in page["members"]]
        cursor = page["response_metadata"]["next_cursor"]
        if not cursor:
            break
    assert sorted(seen) == sorted({ANA, BO, "U0EVE", BOT})
    assert await error_of(web.users_list(cursor="rubbish")) == "invalid_cursor"


async def test_malformed_json_is_refused(sandbox: Running) -> None:
    headers = {"Authorization": f"Bearer {BOT_TOKEN}", "Content-Type": "application/json"}
    async with (
        aiohttp.ClientSession(headers=headers) as session,
        session.post(f"{sandbox.url}/api/auth.test", data=b"{oops") as response,
    ):
        assert (await response.json())["error"] == "invalid_json"


async def test_blocks_validate_needs_no_token(sandbox: Running) -> None:
    web = AsyncWebClient(base_url=f"{sandbox.url}/api/")
    assert (await web.api_call("blocks.validate", params={"blocks": '[{"type": "divider"}]'}))["ok"]
    assert (
        await error_of(web.api_call("blocks.validate", params={"blocks": '[{"type": "rubbish"}]'})) == "invalid_blocks"
    )
