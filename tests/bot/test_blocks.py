"""People's words are cut where Slack has no room for them, and nothing else is."""

from hypothesis import given
from hypothesis import strategies as st

from bot.slack import blocks

WORDS = st.lists(st.integers(0, 2900), min_size=1, max_size=30)


@given(WORDS)
def test_whatever_people_wrote_fits_afterwards_and_what_fitted_stays(lengths: list[int]) -> None:
    kinds = (lambda text: blocks.labelled("Name", text), blocks.literal, blocks.aside)
    written = [kinds[nth % 3]("w" * length) for nth, length in enumerate(lengths)]
    fixed = [blocks.section("*ours*"), blocks.actions(blocks.button("Decide", "decision.decide", id=1))]
    fitted = blocks.fitted([*written, *fixed])
    assert blocks.characters(fitted) <= blocks.MESSAGE_CHARACTERS
    assert fitted[-2:] == fixed
    if blocks.characters([*written, *fixed]) <= blocks.MESSAGE_CHARACTERS:
        assert fitted == [*written, *fixed]


def test_the_longest_are_cut_to_one_length_visibly_and_the_short_ones_not_at_all() -> None:
    written = [blocks.literal("a" * 100), blocks.literal("b" * 2000), blocks.labelled("Her", "c" * 1000)]
    fitted = blocks.fitted(written, 1104)
    shown = [fitted[0]["text"]["text"], fitted[1]["text"]["text"], fitted[2]["elements"][0]["elements"][1]["text"]]
    assert [len(each) for each in shown] == [100, 500, 500]
    assert [each[-1] for each in shown] == ["a", "…", "…"]
    assert len(written[1]["text"]["text"]) == 2000, "what another message shows, too, stays whole there"
