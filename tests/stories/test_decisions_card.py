"""What can be done with a decision on its card: inputs, information, hand-over, new dates, undoing, replacing."""

from pathlib import Path

from tests.stories.court import (
    DECISIONS,
    asks,
    decides,
    does,
    form_of,
    goes_on,
    mail,
    reads,
    shows,
    thread,
    told,
    under,
)
from tests.stories.lexicon import said
from tests.stories.town import SYNC, labels, town

EVENING = "2026-11-23T15:00:00+00:00"  # everybody but Hemi works


async def test_inputs_are_for_the_decider_alone_until_it_is_decided(tmp_path: Path) -> None:
    async with town(tmp_path, EVENING, DECISIONS) as here:
        rui, emma, marta, dana = map(here.person, ("rui", "emma", "marta", "dana"))
        card = await asks(here, "dana", decider="rui", options="Yes, by 4 %\nNot this year", consulted=["U0EMMA"])
        assert {"Yes, by 4 %", "Not this year"} <= labels(card)
        asked = await reads(here, "emma", "would like to hear what you think")
        await emma.presses(asked, "Yes, by 4 %")
        await reads(here, "emma", "Thank you", "You: Yes, by 4 %")
        changing = await reads(here, "emma", "Thank you")
        await does(here, "emma", changing, "Change", "My input", text="Others take it, too")
        await marta.presses(card, "Not this year")
        await told(here, "marta", "You would take “Not this year”")

        hers = await reads(here, "rui", "Emma: Yes, by 4 %\nOthers take it, too", "Marta: Not this year")
        await rui.presses(hers, "Decide")
        form = await form_of(here, "rui", "Decide")
        assert "Emma: Yes, by 4 %\nOthers take it, too" in form.plain
        await rui.closes(form)
        await rui.presses(await shows(here, "2 people have said"), "Not this year")
        form = await form_of(here, "rui", "Decide")
        assert form.state["option"]["value"] == "1", "one tap of the decider chooses it"

        for handle in ("dana", "marta", "emma"):
            read = said(await here.person(handle).types("/decision show 1", SYNC))
            assert ("Others take it, too" in read) == (handle == "emma"), "one's own, and nobody else's"
        await dana.presses(card, "Decide")
        driving = await form_of(here, "dana", "Decide")
        assert "Rui alone reads it" in driving.plain
        assert "Others take it" not in driving.plain
        await dana.closes(driving)
        await rui.fills(form, {"outcome": "but look again in May", "why": "It can wait", "revisit": "2026-12-03"})
        await shows(here, "Decided", "Not this year: but look again in May", "It can wait")
        assert "Others take it, too" in said(await dana.types("/decision show 1", SYNC))


async def test_information_is_asked_for_in_the_thread_and_anybody_may_know(tmp_path: Path) -> None:
    async with town(tmp_path, EVENING, DECISIONS) as here:
        card = await asks(here, "dana", decider="rui", driver="U0EMMA")
        hers = await reads(here, "rui", "asks you to decide")
        await does(here, "rui", hers, "Need more information", "Need more information", text="How many <!here> leave?")
        line = await under(here, card, "*Rui* needs to know first:", "How many <!here> leave?")
        assert line.pings == ()
        for owner in ("dana", "emma"):
            assert "I know" in labels(await reads(here, owner, "*Rui* needs to know", "How many"))
        card = await shows(here, "Rui needs to know first", "How many <!here> leave?")
        assert "Need more information" not in labels(card)
        await does(here, "priya", line, "I know", "I know", text="Two of ninety")
        await under(here, card, "*Priya* knows:", "Two of ninety")
        await here.time_passes_until("2026-11-23T16:30:00+00:00")
        await reads(here, "rui", "*Priya* has an answer to your question", "Two of ninety")
        card = await shows(here, "Decision 1")
        assert "needs to know first" not in card.plain
        assert "Need more information" in labels(card)


async def test_it_is_handed_over_put_off_brought_before_somebody_and_withdrawn(tmp_path: Path) -> None:
    async with town(tmp_path, EVENING, DECISIONS) as here:
        card = await asks(here, "dana", decider="rui")
        hers = await reads(here, "rui", "asks you to decide")
        rui = here.person("rui")
        await rui.presses(hers, "Hand over")
        form = await form_of(here, "rui", "Hand over")
        for wrong, sentence in (("U0RUI", "theirs already"), ("U0BOT", "Choose a person")):
            assert sentence in (await rui.fills(form, {"person": wrong}))["errors"]["person"]
        await rui.fills(form, {"person": "U0MARTA"})
        await reads(here, "rui", "*Marta* decides this now. It no longer waits for you")
        await reads(here, "marta", "asks you to decide")
        await under(here, card, "*Rui* handed it over. Now *Marta* decides.")
        await reads(here, "dana", "*Rui* handed this over. Now *Marta* decides:")

        card = await shows(here, "*Marta* decides by *Thu 26 Nov*")
        await here.person("dana").presses(card, "decision.further", selected_option="Change due date")
        form = await form_of(here, "dana", "Change due date")
        answer = await here.person("dana").fills(form, {"due": "2026-11-22"})
        assert "That day is over" in answer["errors"]["due"]
        await here.person("dana").fills(form, {"due": "2026-11-30"})
        card = await shows(here, "*Marta* decides by *Mon 30 Nov*")
        await under(here, card, "*Dana* changed the due date. *Marta* now decides by *Mon 30 Nov*.")

        await goes_on(here, "marta", card, "Hand over", person="U0RUI")
        await goes_on(here, "dana", await shows(here, "*Rui* decides"), "Escalate", person="U0EMMA")
        await under(here, card, "*Dana* asks *Emma* to help this along.")
        await here.time_passes_until("2026-11-23T18:30:00+00:00")
        await reads(here, "emma", "*Dana* asks you to help this along. *Rui* decides by *Mon 30 Nov*:")
        await here.time_passes_until("2026-11-24T09:05:00+00:00")
        await reads(here, "rui", "*Marta* handed this back to you. You decide by *Mon 30 Nov*:")
        assert "asks you to decide" in (await reads(here, "rui", "*Dana* asks")).plain, (
            "her first message is hers again"
        )

        await here.person("dana").presses(card, "decision.further", selected_option="All there is to it")
        page = await form_of(here, "dana", "Decision 1")
        assert "Mon 23 Nov · Rui handed it over to Marta" in page.plain
        assert "Mon 23 Nov · Dana changed the due date to Mon 30 Nov" in page.plain
        await here.person("dana").closes(page)
        await goes_on(here, "dana", card, "Withdraw", text="The contract is signed")
        card = await shows(here, "Decision 1 · withdrawn", "The contract is signed")
        await under(here, card, "*Dana* withdrew the question.")
        await here.person("dana").presses(card, "Undo")
        await shows(here, "*Rui* decides by *Mon 30 Nov*")


async def test_what_is_undone_within_ten_minutes_nobody_has_heard_of(tmp_path: Path) -> None:
    async with town(tmp_path, EVENING, DECISIONS) as here:
        card = await asks(here, "dana", decider="rui", informed=["U0PRIYA"], consulted=["U0EMMA"])
        await decides(here, "rui", await reads(here, "rui", "asks you to decide"), outcome="Not this year")
        await here.time_passes_until("2026-11-23T15:09:00+00:00")
        closed = await reads(here, "rui", "Decided by *Rui*")
        await here.person("rui").presses(closed, "Undo")
        await under(here, card, "*Rui* took that back. It is open again.")
        await shows(here, "*Rui* decides by")
        await reads(here, "rui", "asks you to decide")
        await here.time_passes_until("2026-11-24T12:00:00+00:00")
        for handle in ("dana", "priya", "emma"):
            assert "Not this year" not in await mail(here, handle)


async def test_after_ten_minutes_it_can_only_be_reopened_even_where_an_old_button_still_stands(tmp_path: Path) -> None:
    async with town(tmp_path, EVENING, DECISIONS) as here:
        await decides(here, "rui", await asks(here, "dana", decider="rui"), outcome="Not this year")
        old = await shows(here, "Decided by *Rui*")
        await here.settles()
        await here.slack.faults(method="chat.update", kind="error:edit_window_closed", count=100)
        await here.time_passes_until("2026-11-23T15:11:00+00:00")
        await here.slack.clear_faults()
        await here.person("rui").presses(old, "Undo")
        await told(here, "rui", "Ten minutes have passed, and people have heard of it. Reopen it instead.")
        assert "Not this year" in said(await here.person("dana").types("/decision show 1", SYNC))


async def test_what_was_decided_is_told_reopened_and_told_again(tmp_path: Path) -> None:
    async with town(tmp_path, EVENING, DECISIONS) as here:
        card = await asks(here, "dana", decider="rui", informed=["U0EMMA"])
        await decides(here, "rui", card, outcome="Not this year")
        await here.time_passes_until("2026-11-23T15:30:00+00:00")
        for handle in ("dana", "emma"):
            assert "is taken: Not this year" in (await reads(here, handle, "Not this year")).text
        card = await shows(here, "Decided by *Rui*")
        assert "Undo" not in labels(card)
        answer = await does(here, "dana", card, "Reopen", "Reopen", text=" ")
        assert "Write something" in answer["errors"]["text"]
        await here.person("dana").fills(await form_of(here, "dana", "Reopen"), {"text": "The costs are others"})
        await shows(here, "Decision 1 · reopened", "*Rui* decides by *Thu 26 Nov*")
        await under(here, card, "*Dana* reopened it, so *Rui* decides by *Thu 26 Nov*:", "The costs are others")
        await here.time_passes_until("2026-11-23T16:05:00+00:00")
        await reads(here, "rui", "*Dana* reopened this, so you decide by *Thu 26 Nov*:", "The costs are others")
        await decides(here, "rui", await reads(here, "rui", "asks you to decide"), outcome="By 2 %")
        await here.time_passes_until("2026-11-23T17:30:00+00:00")
        await reads(here, "emma", "By 2 %")
        assert "*Rui* decided:\nBy 2 %" in await thread(here, card)
        assert [each.text for each in await here.person("dana").dm()].count(
            "Decision 1 is taken: By 2 % · Shall we raise the price?"
        ) == 1


async def test_a_decision_is_replaced_once_the_new_one_is_taken(tmp_path: Path) -> None:
    async with town(tmp_path, EVENING, DECISIONS) as here:
        first = await asks(here, "dana", decider="rui", options="Yes\nNo")
        await decides(here, "rui", first, option="0")
        await here.time_passes_until("2026-11-23T15:30:00+00:00")
        dana = here.person("dana")
        await dana.presses(await shows(here, "Decided by *Rui*"), "Replace it")
        form = await form_of(here, "dana", "Ask for a decision")
        assert (form.state["decider0"], form.state["options"]) == ("U0RUI", "Yes\nNo")
        await dana.fills(form, {"question": "Shall we raise it by 2 %?"})
        second = await shows(here, "Decision 2", "Takes the place of decision 1 once it is decided")
        assert "Decision 1 · decided" in (await shows(here, "Decision 1")).plain
        await decides(here, "rui", second, option="1")
        await shows(here, "Decision 1 · replaced by 2")
        await under(here, first, "Decision 2 has taken the place of this one.")
        await here.person("rui").presses(await shows(here, "Decision 2 · decided"), "Undo")
        await under(here, first, "*Rui* took that back. It is decided as before.")
        await shows(here, "Decision 1 · decided", "Decided by *Rui*")


async def test_who_may_not_replace_it_hears_so_before_she_has_written_anything(tmp_path: Path) -> None:
    async with town(tmp_path, EVENING, DECISIONS) as here:
        await decides(here, "rui", await asks(here, "dana", decider="rui"), outcome="No")
        await here.person("emma").presses(await shows(here, "Decided by *Rui*"), "Replace it")
        await told(here, "emma", "Only Dana, who asked, Rui, or an admin can do that.")
        assert await here.person("emma").view() is None


async def test_whose_input_was_wanted_decides_it_herself_once_it_is_handed_over_to_her(tmp_path: Path) -> None:
    async with town(tmp_path, EVENING, DECISIONS) as here:
        card = await asks(here, "dana", decider="rui", consulted=["U0MARTA"])
        await reads(here, "marta", "*Rui* is to decide this, and would like to hear what you think")
        await goes_on(here, "dana", card, "Hand over", person="U0MARTA")
        await here.time_passes_until("2026-11-23T16:30:00+00:00")
        await reads(here, "marta", "*Dana* asks you to decide")
        await reads(here, "marta", "Nobody need ask you any more: this is yours to decide now.")
        assert "would like to hear what you think" not in await mail(here, "marta")
        await goes_on(here, "dana", await shows(here, "*Marta* decides"), "Hand over", person="U0RUI")
        await reads(here, "marta", "*Rui* is to decide this, and would like to hear what you think")


async def test_who_waits_for_an_outcome_hears_it_although_another_takes_its_place_within_minutes(
    tmp_path: Path,
) -> None:
    async with town(tmp_path, EVENING, DECISIONS) as here:
        first = await asks(here, "dana", decider="rui", informed=["U0EMMA"])
        await decides(here, "rui", first, outcome="By 4 %")
        await here.person("dana").presses(await shows(here, "Decided by *Rui*"), "Replace it")
        form = await form_of(here, "dana", "Ask for a decision")
        await here.person("dana").fills(form, {"question": "Shall we raise it by 2 %?", "informed": []})
        await decides(here, "rui", await shows(here, "Decision 2"), outcome="By 2 %")
        second = await shows(here, "Decision 2 · decided")
        await shows(here, "Decision 1 · replaced by 2")
        await here.person("rui").presses(second, "Undo")
        await shows(here, "Decision 1 · decided")
        await decides(here, "rui", await shows(here, "Decision 2"), outcome="By 3 %")
        await here.time_passes_until("2026-11-23T17:30:00+00:00")
        await reads(here, "emma", "Decision 1 · replaced by 2", "By 4 %")


async def test_a_card_in_an_archived_channel_follows_once_that_is_open_again(tmp_path: Path) -> None:
    async with town(tmp_path, EVENING, DECISIONS) as here:
        card = await asks(here, "dana", decider="rui")
        hers = await reads(here, "rui", "asks you to decide")
        await here.slack.act("archive", channel=SYNC, user="U0MARTA")
        await decides(here, "rui", hers, outcome="Not this year")
        await reads(here, "rui", "Decided by *Rui*")
        await here.settles()
        await here.slack.act("unarchive", channel=SYNC, user="U0MARTA")
        await under(here, card, "*Rui* decided:", "Not this year")
        await shows(here, "Decision 1 · decided", "Not this year")


async def test_on_its_day_a_decision_is_looked_at_again_and_holds(tmp_path: Path) -> None:
    async with town(tmp_path, EVENING, DECISIONS) as here:
        card = await asks(here, "dana", decider="rui")
        answer = await decides(here, "rui", card, outcome="Not this year", revisit="2026-11-23")
        assert answer["errors"]["revisit"] == "Choose a day after today."
        await here.person("rui").fills(await form_of(here, "rui", "Decide"), {"revisit": "2026-11-28"})
        await shows(here, "To be looked at again on Sat 28 Nov 2026")
        await here.time_passes_until("2026-11-30T15:00:00+00:00")
        for handle in ("rui", "dana"):
            await reads(here, handle, "Today is the day to look at this again.")
        await here.person("rui").presses(await reads(here, "rui", "Today is the day"), "It holds")
        for handle in ("rui", "dana"):
            settled = await reads(here, handle, "*Rui* looked at this again, and it holds:")
            assert labels(settled) == set()
        await here.settles()
        assert "To be looked at again" not in (await shows(here, "Decided by *Rui*")).plain
        read = said(await here.person("dana").types("/decision show 1", SYNC))
        assert "Mon 30 Nov · Rui looked at it again, and it held" in read
