"""`/standup me`: whole updates as far as they fit, and a word about every one that does not."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.features.standup.views import private
from bot.sandbox.blockkit import check_message
from bot.slack import blocks
from tests.bot.features.views import ANSWER, FUNCTIONS, NAMES, ROUND


@given(lengths=st.lists(st.integers(1, 14_000), min_size=1, max_size=4))
def test_every_update_is_there_whole_or_named_and_slack_takes_the_message(lengths: list[int]) -> None:
    days = [date(2026, 11, 23) - timedelta(weeks=nth) for nth in range(len(lengths))]
    of = [
        (replace(ROUND, wall=f"{day}T09:00"), replace(ANSWER, values={"moved": f"{nth}" + "x" * length + "END"}))
        for nth, (day, length) in enumerate(zip(days, lengths, strict=True))
    ]
    text, shown = private.history(of, FUNCTIONS, NAMES)
    assert (len(blocks.messages(shown)), check_message(shown, text)) == (1, [])
    words = "".join(str(block.get("text", {}).get("text", "")) for block in shown)
    notes = " ".join(element["text"] for block in shown for element in block.get("elements", ()))
    cut = "longer than one message" in notes
    for nth, day in enumerate(days):
        whole = words.count("END") > nth
        assert whole or (cut and nth == 0) or f"/standup report weekly {day}`" in notes
    assert ("did not fit" in notes) is (words.count("END") + cut < len(of))
