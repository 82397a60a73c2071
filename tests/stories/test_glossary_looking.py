"""Looking words up: by command, by mention, from a message; what is misspelt, several things, or missing."""

from pathlib import Path

from rituals.people.store import PeopleStore
from rituals.tables import Tx
from tests.stories.lexicon import ARR, FLAG, FRIDAY, GLOSSARY, MARGIN, PIPELINE, form, knows, newest, said, seen, told
from tests.stories.town import PEOPLE, SYNC, TEAM, Town, labels, town


async def test_each_side_reads_its_own_side_first(tmp_path: Path) -> None:
    async with town(tmp_path, FRIDAY, GLOSSARY) as here:
        await knows(here, ARR, MARGIN, FLAG, PIPELINE)
        engineer, seller = here.person("rui"), here.person("emma")
        for line in ("/glossary arr", "/define ARRs", "/define annual recurring revenue?", "/crosswalk define a.r.r."):
            read = said(await engineer.types(line, SYNC))
            assert read.index("Sum of active") < read.index("What today's"), line
            assert "Annual Recurring Revenue" in read
        read = said(await seller.types("/define arr", SYNC))
        assert read.index("What today's") < read.index("Sum of active")
        # Nobody else sees any of it.
        assert not [message for message in await here.person("dana").sees(SYNC) if "What today's" in message.plain]
        assert "for you alone" in said(await seller.types("/define help", SYNC)), "which is no term here"
        # A side that nobody has said names who could.
        assert "Nobody has said yet" in said(await engineer.types("/define gross margin", SYNC))


async def test_typos_are_forgiven_and_several_are_offered(tmp_path: Path) -> None:
    async with town(tmp_path, FRIDAY, GLOSSARY) as here:
        await knows(here, ARR, MARGIN, FLAG, PIPELINE)
        rui = here.person("rui")
        read = said(await rui.types("/define gros margni", SYNC))
        assert "Nothing is called “gros margni”" in read
        assert "What is left of each euro." in read
        read = said(await rui.types("/define pipeline", SYNC))
        assert "All the deals" in read
        assert "What checks and ships" in read


async def test_not_what_was_meant_goes_to_another_meaning_or_to_the_owner(tmp_path: Path) -> None:
    async with town(tmp_path, FRIDAY, GLOSSARY) as here:
        await knows(here, ARR, PIPELINE)
        rui = here.person("rui")
        await rui.types("/define pipeline", SYNC)
        await rui.presses(await newest(here, "rui"), "Not what I meant")
        view = await form(here, "rui", "Not what I meant")
        await rui.fills(view, {"other": "sense.1"})
        page = await form(here, "rui", "Pipeline")
        assert page.plain.index("What checks and ships") < page.plain.index("All the deals")
        await rui.closes(page)
        await here.person("emma").types("/define arr", SYNC)
        await here.person("emma").presses(await newest(here, "emma"), "Not what I meant")
        view = await form(here, "emma", "Not what I meant")
        await here.person("emma").fills(view, {"line": "I meant the one in the board deck"})
        # She hears it when she begins to work, at home in New York.
        await here.time_passes_until("2026-11-20T14:05:00+00:00")
        message = await told(here, "dana", "I meant the one in the board deck")
        assert "Emma" in message.plain


async def test_it_is_shared_with_the_channel_by_whoever_looked_it_up(tmp_path: Path) -> None:
    async with town(tmp_path, FRIDAY, GLOSSARY) as here:
        await knows(here, ARR)
        rui = here.person("rui")
        await rui.types("/define arr", SYNC)
        await rui.presses(await newest(here, "rui"), "Share to channel")
        message = await here.slack.eventually(lambda: seen(here, "dana", "Sum of active"))
        assert "shared this from the glossary" in message.plain
        assert not message.ephemeral
        assert not labels(message)


async def test_what_is_missing_is_asked_of_the_channel_without_a_name_and_explained(tmp_path: Path) -> None:
    async with town(tmp_path, FRIDAY, GLOSSARY) as here:
        await knows(here, ARR)
        emma, rui = here.person("emma"), here.person("rui")
        read = said(await emma.types("/define idempotent", SYNC))
        assert "is not in the glossary yet" in read
        await emma.presses(await newest(here, "emma"), "Ask the channel")
        question = await here.slack.eventually(lambda: seen(here, "rui", "Somebody here would like to know"))
        assert "Emma" not in question.plain
        assert question.user == "U0BOT"
        await rui.presses(question, "Explain it")
        view = await form(here, "rui", "Add a term")
        assert view.state["name"] == "idempotent" or "idempotent" in str(view.raw)
        await rui.fills(view, {"name": "Idempotent", "technical": "Done twice, it has the effect of once."})
        answer = await here.slack.eventually(lambda: seen(here, "emma", "effect of once", question.ts))
        assert "Rui shared this" in answer.plain
        assert "Idempotent" in said(await emma.types("/define idempotent", SYNC))
        # Nobody need explain it once more.
        question = await here.slack.eventually(lambda: seen(here, "emma", "Rui has explained it in the thread."))
        assert "Somebody here would like to know" in question.plain
        assert labels(question) == set()


async def test_where_the_channel_cannot_be_asked_she_reads_what_to_do(tmp_path: Path) -> None:
    everybody = [someone.id for someone in PEOPLE]
    channels = [
        {"id": SYNC, "name": "product-sync", "members": [*everybody, "U0BOT"]},
        {"id": "C0ELSE", "name": "elsewhere", "members": everybody},
    ]
    async with town(tmp_path, FRIDAY, GLOSSARY, channels=channels) as here:
        emma = here.person("emma")
        await emma.types("/define idempotent", "C0ELSE")
        await emma.presses(await newest(here, "emma", "C0ELSE"), "Ask the channel")
        # It says so where she pressed, with the button to press again.
        card = await here.slack.eventually(lambda: seen(here, "emma", "Invite me with `/invite`", channel="C0ELSE"))
        assert (card.ephemeral, labels(card)) == (True, {"Ask the channel", "Add it"})
        await emma.invites("U0BOT", "C0ELSE")
        await here.slack.eventually(lambda: _is_in(here, "C0ELSE"))
        await emma.presses(card, "Ask the channel")
        await here.slack.eventually(lambda: seen(here, "rui", "Somebody here would like", channel="C0ELSE"))
        await emma.says("@bot", "what is idempotent?")
        await emma.presses(await told(here, "emma", "is not in the glossary yet"), "Ask the channel")
        await told(here, "emma", "Look it up in a channel that others read")


async def test_a_mention_is_answered_in_a_thread(tmp_path: Path) -> None:
    async with town(tmp_path, FRIDAY, GLOSSARY) as here:
        await knows(here, ARR)
        ts = await here.person("emma").says(SYNC, "@crosswalk what is ARR?")
        answer = await here.slack.eventually(lambda: seen(here, "rui", "What today's", ts))
        assert not answer.ephemeral
        assert answer.pings == ()
        # What is no question about a term is answered as ever.
        await here.person("emma").says(SYNC, "@crosswalk how about lunch at noon in the big room upstairs")
        await here.slack.eventually(lambda: seen(here, "emma", "Its commands"))
        # Thanks are no question, and no update either.
        await here.person("emma").says(SYNC, "@crosswalk thanks a lot! :pray:")
        thanked = await here.slack.eventually(lambda: seen(here, "emma", "welcome"))
        assert (thanked.text, thanked.ephemeral) == ("You are welcome.", True)
        await here.person("emma").says("@bot", "Thank you!")
        await told(here, "emma", "You are welcome.")
        # In a direct message a question is answered too, and taken for no update.
        await here.person("emma").says("@bot", "what does ARR mean?")
        await told(here, "emma", "What today's")


async def test_explain_this_message_finds_every_term_in_reading_order(tmp_path: Path) -> None:
    async with town(tmp_path, FRIDAY, GLOSSARY) as here:
        await knows(here, ARR, MARGIN, FLAG)
        await here.person("dana").says(
            SYNC,
            "Feature flags are on; `arr` https://x.example/arr hurt gross-margin, the ARR and the arr stays.",
        )
        message = await newest(here, "emma")
        await here.person("emma").shortcut("glossary.explain", message)
        view = await form(here, "emma", "In this message")
        read = view.plain
        assert read.index("A switch that shows") < read.index("What is left") < read.index("What today's")
        assert read.count("What today's") == 1
        await here.person("emma").closes(view)
        await here.person("dana").says(SYNC, "Nothing of note: starred, flagged.")
        await here.person("emma").shortcut("glossary.explain", await newest(here, "emma"))
        assert "No term of the glossary" in (await form(here, "emma", "In this message")).plain


async def _is_in(here: Town, channel: str) -> bool:
    """Whether the bot has heard that it was invited there."""

    def known(tx: Tx) -> bool:
        found = PeopleStore(tx, TEAM).channel(channel)
        return found is not None and found.bot_in

    return await here.bot.database.read(known)
