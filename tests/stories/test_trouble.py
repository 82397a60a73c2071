"""Slack in trouble, channels that go away: nothing is lost, nothing said twice, and somebody who can help is told."""

import asyncio
from pathlib import Path

import pytest

from tests.stories.town import BOT_USER, SYNC, Town, labels, town

FRIDAY, MONDAY = "2026-11-20T12:00:00+00:00", "2026-11-23T09:05:00+00:00"


@pytest.mark.parametrize("kind", ["500_after_commit", "reset_after_commit", "500", "reset"])
async def test_a_slack_that_stumbles_gets_every_message_once(tmp_path: Path, kind: str) -> None:
    async with town(tmp_path, FRIDAY) as here:
        await here.slack.faults(method="chat.postMessage", kind=kind, count=4, after=1)
        await here.time_passes_until(MONDAY)
        await here.answers("rui", "Still here")
        await here.settles()
        for handle in ("hemi", "priya", "rui", "marta"):
            prompts = [m for m in await here.person(handle).dm() if "remind" not in m.plain]
            assert len(prompts) == 1, handle
        roots = [message for message in await here.person("rui").sees(SYNC) if "Answer" in labels(message)]
        assert len(roots) == 1
        assert len([m for m in await here.thread() if m.plain.startswith("*Rui*")]) == 1


async def test_a_slack_that_is_down_at_the_start_is_waited_for_and_the_log_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with town(tmp_path, FRIDAY) as here:
        await here.stop()
        await here.slack.faults(down=True)
        starting = asyncio.create_task(here.start())
        told = ""

        def waits() -> bool:
            nonlocal told
            told += capsys.readouterr().out
            return "Slack does not answer. Nothing is lost" in told

        await here.slack.eventually(waits)
        assert not starting.done()
        await here.slack.clear_faults()
        await starting
        await here.time_passes_until(MONDAY)
        assert await here.thread()


async def test_an_archived_channel_keeps_what_is_owed_and_its_owner_hears_what_to_do(tmp_path: Path) -> None:
    async with town(tmp_path, FRIDAY) as here:
        # The round is planned by then; of one that is not, nothing would be owed.
        await here.time_passes_until("2026-11-22T12:00:00+00:00")
        await here.slack.act("archive", channel=SYNC)
        await here.slack.eventually(lambda: heard(here, "marta", "can no longer use"))
        await here.time_passes_until(MONDAY)
        told = [message.plain for message in await here.person("marta").dm() if "archived" in message.plain]
        assert len(told) == 2, "once when it happened, once when something waits for it"
        assert "can no longer use" in told[0]
        assert "Nothing is lost" in told[1]
        assert not any("archived" in message.plain for message in await here.person("rui").dm())
        await here.answers("rui", "Kept")
        await here.slack.act("unarchive", channel=SYNC)
        await here.slack.eventually(lambda: shown(here, "Kept"))


async def test_a_bot_thrown_out_of_the_channel_says_how_to_invite_it_and_goes_on_when_it_is_back(
    tmp_path: Path,
) -> None:
    async with town(tmp_path, FRIDAY) as here:
        await here.time_passes_until(MONDAY)
        await here.slack.act("kick", channel=SYNC, who=BOT_USER)
        await here.time_passes_until("2026-11-24T08:00:00+00:00")
        told = [message for message in await here.person("marta").dm() if "I can't post in" in message.plain]
        assert len(told) == 1
        assert "/invite <@U0BOT>" in told[0].plain
        await here.person("marta").invites(BOT_USER, SYNC)
        await here.slack.eventually(lambda: shown(here, "Digest"))


async def test_a_form_that_slack_no_longer_lets_open_says_so_and_another_press_works(tmp_path: Path) -> None:
    async with town(tmp_path, FRIDAY) as here:
        await here.time_passes_until(MONDAY)
        rui = here.person("rui")
        await here.slack.faults(method="views.open", kind="error:expired_trigger_id", count=1)
        prompt = next(message for message in await rui.dm() if "Answer" in labels(message))
        await rui.presses(prompt, "Answer")
        told = await here.slack.eventually(lambda: ephemeral(here, "rui"))
        assert "please press again" in told
        await here.answers("rui", "Second try")
        await here.settles()
        assert "1 of 6" in (await here.thread())[0].plain


async def shown(here: Town, words: str) -> bool:
    return any(words in message.plain for message in await here.thread())


async def heard(here: Town, handle: str, words: str) -> bool:
    return any(words in message.plain for message in await here.person(handle).dm())


async def ephemeral(here: Town, handle: str) -> str | None:
    return next((message.plain for message in await here.person(handle).dm() if message.ephemeral), None)
