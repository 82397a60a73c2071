"""A glossary as a file: a dry run first, mistakes by row, all of it or nothing, and out again."""

from functools import partial
from pathlib import Path

from structlog.testing import capture_logs

from bot.desk import Desk
from bot.features.blockers.telling import tell
from bot.features.glossary.views import WORDS
from bot.filing import Sending
from bot.slack import payloads
from bot.slack.payloads import Command
from bot.slack.replies import Say
from glossary.terms import Sense, Wording
from tests.slackseen import Message
from tests.stories.lexicon import ARR, FLAG, GLOSSARY, MARGIN, knows, said, told
from tests.stories.town import BOT_USER, SYNC, TEAM, Town, town

AFTERNOON = "2026-11-20T15:00:00+00:00"
TABLE = """term,stands_for,domain,business,technical,business_owner
CAC,Customer Acquisition Cost,Revenue,What it costs to win one customer.,Sales and marketing spend over new ones.,@dana
Gross margin,,Revenue,What is left of each euro.,Revenue less cost of service.,
"""


async def test_a_file_is_looked_through_before_anything_happens(tmp_path: Path) -> None:
    async with town(tmp_path, AFTERNOON, GLOSSARY) as here:
        await knows(here, MARGIN, ARR)
        marta = here.person("marta")
        await marta.uploads("terms.csv", TABLE)
        plan = await told(here, "marta", "Nothing has been imported yet")
        assert "1 new term, 1 changed one, 0 as they are" in plan.plain
        assert "CAC" in plan.plain
        assert "is not in the glossary" in said(await marta.types("/define cac", SYNC))
        await marta.presses(plan, "Import")
        await told(here, "marta", "is imported: 1 new term, 1 changed one")
        read = await here.slack.eventually(lambda: _read(here, "cac", "Sales and marketing spend"))
        assert read
        # The same file again changes nothing.
        await marta.uploads("terms.csv", TABLE)
        await told(here, "marta", "says what the glossary says already")


async def test_mistakes_are_named_by_row_and_nothing_is_half_imported(tmp_path: Path) -> None:
    async with town(tmp_path, AFTERNOON, GLOSSARY) as here:
        await knows(here, ARR)
        marta = here.person("marta")
        await marta.uploads("terms.csv", TABLE + "Churn,,Revenues,Who leaves.,,@nobody\n")
        message = await told(here, "marta", "so nothing was imported")
        assert "row 4" in message.plain
        assert "“@nobody” is nobody here" in message.plain
        assert "“Revenues” is no domain here" in message.plain
        assert "is not in the glossary" in said(await marta.types("/define cac", SYNC))
        for name, content in (("a.yaml", "terms: ["), ("b.csv", b"\xff\xfe\x00"), ("c.md", " ")):
            await marta.uploads(name, content)
            await told(here, "marta", name)
        # Other files are nobody's business, and others may not import.
        await marta.uploads("photo.png", b"\x89PNG")
        await here.person("emma").uploads("terms.csv", TABLE)
        await told(here, "emma", "Only stewards")


async def test_a_long_file_arrives_whole(tmp_path: Path) -> None:
    rows = "".join(f"Term {number},{'What it means. ' * 60}\n" for number in range(1500))
    async with town(tmp_path, AFTERNOON, GLOSSARY) as here:
        await here.person("marta").uploads("long.csv", f"term,business\n{rows}")
        assert "1500 new terms" in (await told(here, "marta", "Nothing has been imported yet")).plain


async def test_too_large_a_file_is_told_what_to_do(tmp_path: Path) -> None:
    async with town(tmp_path, AFTERNOON, GLOSSARY) as here:
        await here.person("marta").uploads("huge.csv", "term,business\n" + "x" * 5_000_001)
        assert "Split it" in (await told(here, "marta", "is larger than 5 MB")).plain


async def test_a_file_that_comes_with_an_answer_leaves_the_answer_to_the_stand_up(tmp_path: Path) -> None:
    async with town(tmp_path, "2026-11-23T08:55:00+00:00", GLOSSARY) as here:
        await here.time_passes_until("2026-11-23T09:00:00+00:00")
        marta, emma = here.person("marta"), here.person("emma")
        prompt = await told(here, "marta", "Weekly stand-up")
        await marta.uploads("notes.md", "## ARR", text="Finished the pricing page, notes are attached")
        assert await here.slack.eventually(lambda: _answered(here, "Finished the pricing page"))
        await marta.uploads("more.md", "## ARR", thread_ts=prompt.ts)
        await here.time_passes_until("2026-11-23T15:00:00+00:00")
        await emma.uploads("calls.csv", TABLE, text="Called the first ten customers")
        assert await here.slack.eventually(lambda: _answered(here, "Called the first ten customers"))
        for handle in ("marta", "emma"):
            plain = "\n".join(message.plain for message in await here.person(handle).dm())
            assert "Only stewards" not in plain
            assert "imported" not in plain


async def test_nobody_imports_into_the_domain_of_others(tmp_path: Path) -> None:
    async with town(tmp_path, AFTERNOON, GLOSSARY) as here:
        await knows(here, FLAG, ARR)
        dana = here.person("dana")
        flag = "Feature flag,,Engineering,Something else.,,\n"
        await dana.uploads("terms.csv", TABLE + flag + "Churn,,,Who leaves.,,\n")
        message = await told(here, "dana", "so nothing was imported")
        assert "row 4: “Feature flag” belongs to “Engineering” and is tended by @rui" in message.plain
        assert "row 5: “Churn” belongs to no domain and is tended by @marta" in message.plain
        await dana.uploads("terms.csv", TABLE)
        await dana.presses(await told(here, "dana", "Nothing has been imported yet"), "Import")
        await told(here, "dana", "is imported: 2 new terms")


async def test_an_import_can_be_cancelled_and_survives_a_restart(tmp_path: Path) -> None:
    async with town(tmp_path, AFTERNOON, GLOSSARY) as here:
        await knows(here, ARR)
        marta = here.person("marta")
        await marta.uploads("terms.csv", TABLE)
        plan = await told(here, "marta", "Nothing has been imported yet")
        await marta.presses(plan, "Cancel")
        after = await told(here, "marta", "was not imported")
        assert (after.ts, after.buttons) == (plan.ts, ())
        assert "was cancelled and not imported" in await _presses_late(here, plan, "Import")
        assert "is not in the glossary" in said(await marta.types("/define cac", SYNC))
        await marta.uploads("terms.csv", TABLE)
        plan = await told(here, "marta", "Nothing has been imported yet")
        await here.restart()
        await marta.presses(plan, "Import")
        after = await told(here, "marta", "is imported: 2 new terms")
        assert (after.ts, after.buttons) == (plan.ts, ())
        # Her client may still show the buttons: they say how things stand, and change nothing.
        for label in ("Cancel", "Import"):
            assert "was imported already" in await _presses_late(here, plan, label)
        assert await here.slack.eventually(lambda: _read(here, "cac", "Sales and marketing spend"))


async def test_a_file_is_kept_for_two_days(tmp_path: Path) -> None:
    async with town(tmp_path, AFTERNOON, GLOSSARY) as here:
        marta = here.person("marta")
        await marta.uploads("terms.csv", TABLE)
        plan = await told(here, "marta", "Nothing has been imported yet")
        await here.time_passes_until("2026-11-25T15:00:00+00:00")
        await marta.presses(plan, "Import")
        after = await told(here, "marta", "this one is gone")
        assert "is not in the glossary" in said(await marta.types("/define cac", SYNC))
        assert after.buttons == ()


async def test_what_changed_since_she_looked_is_shown_before_it_is_overwritten(tmp_path: Path) -> None:
    async with town(tmp_path, AFTERNOON, GLOSSARY) as here:
        await knows(here, MARGIN)
        marta = here.person("marta")
        await marta.uploads("terms.csv", TABLE)
        plan = await told(here, "marta", "1 new term, 1 changed one")
        await knows(here, Wording("CAC", senses=(Sense("The price of a customer.", domain="revenue"),)))
        await marta.presses(plan, "Import")
        moved = await told(here, "marta", "has changed since you looked")
        assert "0 new terms, 2 changed ones" in moved.plain
        assert moved.ts == plan.ts
        assert "The price of a customer" in said(await marta.types("/define cac", SYNC))
        # A press on what she saw before agrees to nothing that she has not seen.
        assert "Look at it once more" in await _presses_late(here, plan, "Import")
        assert "The price of a customer" in said(await marta.types("/define cac", SYNC))
        await marta.presses(moved, "Import")
        await told(here, "marta", "is imported: 0 new terms, 2 changed ones")


async def test_it_goes_out_as_a_file_and_comes_in_unchanged(tmp_path: Path) -> None:
    async with town(tmp_path, AFTERNOON, GLOSSARY) as here:
        await knows(here, ARR, MARGIN)
        marta = here.person("marta")
        assert "yaml" in said(await marta.types("/glossary export", SYNC))
        for kind in ("csv", "yaml", "md"):
            assert "I am preparing" in said(await marta.types(f"/glossary export {kind}", SYNC))
            sent = await here.slack.eventually(partial(_file, here, f"glossary.{kind}"))
            content = await marta.downloads(sent.files[0])
            assert b"Annual Recurring Revenue" in content
            await marta.uploads(f"again.{kind}", content)
            message = await told(here, "marta", f"again.{kind}")
            assert "says what the glossary says already" in message.plain


async def test_who_waits_for_a_file_that_does_not_come_is_told(tmp_path: Path) -> None:
    async with town(tmp_path, AFTERNOON, GLOSSARY) as here:
        await knows(here, ARR)
        marta = here.person("marta")
        await here.slack.faults(method="files.getUploadURLExternal", kind="error:internal_error", count=1)
        assert "I am preparing" in said(await marta.types("/glossary export csv", SYNC))
        await told(here, "marta", "I could not send you glossary.csv")
        await marta.types("/glossary export csv", SYNC)
        assert await here.slack.eventually(partial(_file, here, "glossary.csv"))
        await here.settles()
        await here.time_passes_until("2026-11-20T15:20:00+00:00")
        assert len([each for each in await marta.dm() if "I could not send you" in each.plain]) == 1


async def test_who_waits_for_a_file_while_the_bot_is_stopped_is_told(tmp_path: Path) -> None:
    async with town(tmp_path, AFTERNOON, GLOSSARY) as here:
        await knows(here, ARR)
        await here.slack.faults(method="files.getUploadURLExternal", kind="slow", count=1, seconds=5)
        assert "I am preparing" in said(await here.person("marta").types("/glossary export csv", SYNC))
        await here.restart()
        await here.time_passes_until("2026-11-20T15:20:00+00:00")
        await told(here, "marta", "I could not send you glossary.csv")


async def test_a_fault_that_nobody_foresaw_is_logged_and_told_as_well(tmp_path: Path) -> None:
    async def made() -> str:
        raise ArithmeticError("a mistake of ours")

    async with town(tmp_path, AFTERNOON, GLOSSARY) as here:
        bot = here.bot
        parts = (bot.database, bot.settings, bot.clock, BOT_USER, tell, bot.directory.reload, bot.directory.follow)
        sending = Sending(Desk(*parts), bot.client, "glossary", WORDS)
        with capture_logs() as logs:
            await sending.begin(Command(TEAM, "U0MARTA", SYNC, "/glossary", "export csv", None, "k"), "a.csv", made)
            await here.slack.eventually(lambda: "export_failed" in [log["event"] for log in logs])
        await here.time_passes_until("2026-11-20T15:20:00+00:00")
        await told(here, "marta", "I could not send you a.csv")


async def _answered(here: Town, text: str) -> bool:
    """Whether the stand-up's thread has it."""
    return any(text in message.plain for message in await here.thread())


async def _presses_late(here: Town, message: Message, label: str) -> str:
    """Marta presses a button that her client still shows, though the message has changed since; gives the answer."""
    button = next(button for button in message.buttons if button.label == label)
    press = payloads.press(
        {
            "team": {"id": TEAM},
            "user": {"id": "U0MARTA"},
            "container": {"channel_id": message.channel, "message_ts": message.ts},
            "trigger_id": f"late {label} {message.ts}",
            "actions": [{"type": "button", "action_id": button.action_id, "value": button.value}],
        }
    )
    reply = await here.bot.registry.presses[press.verb](press)
    assert isinstance(reply, Say)
    return reply.text


async def _read(here: Town, word: str, text: str) -> bool:
    return text in said(await here.person("marta").types(f"/define {word}", SYNC))


async def _file(here: Town, name: str) -> Message | None:
    found = [each for each in await here.person("marta").dm() if any(file.name == name for file in each.files)]
    return found[-1] if found else None
