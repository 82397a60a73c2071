"""A stand-up week, from the prompt to the digest."""

from pathlib import Path

from tests.stories.town import SYNC, labels, town


async def test_help_answers_without_touching_anything(tmp_path: Path) -> None:
    async with town(tmp_path, "2026-11-20T12:00:00+00:00") as here:
        answer = await here.person("rui").types("/standup help", SYNC)
        assert "/standup away" in answer["text"]


async def test_a_week_runs_by_itself_from_the_prompt_to_the_digest(tmp_path: Path) -> None:
    async with town(tmp_path, "2026-11-20T12:00:00+00:00") as here:
        await here.time_passes_until("2026-11-22T20:30:00+00:00")
        prompt = (await here.person("hemi").dm())[-1]
        assert "Weekly stand-up" in prompt.plain
        assert "I'm Crosswalk" in prompt.plain, "a first prompt ever says what this is"
        assert await here.person("rui").dm() == []

        await here.answers("hemi", "Shipped the importer")
        await here.time_passes_until("2026-11-23T09:05:00+00:00")
        root, *replies = await here.thread()
        assert "1 of 6" in root.plain
        assert any("Hemi" in reply.plain and "Shipped the importer" in reply.plain for reply in replies)

        await here.answers("rui", "Moved the price service", stuck="The price list", waits="sales")
        await here.settles()
        root, *replies = await here.thread()
        assert "2 of 6" in root.plain

        await here.time_passes_until("2026-11-24T09:05:00+00:00")
        closing = [message for message in await here.person("dana").sees(SYNC) if "What concerns me" in labels(message)]
        assert len(closing) == 1
        assert "The price list" in closing[0].plain
        digest = [message for message in (await here.thread()) if "Digest" in message.plain]
        assert "Shipped the importer" in digest[0].plain
        owner = await here.person("marta").dm()
        assert any("Emma" in message.plain and "Only you see this list" in message.plain for message in owner)
