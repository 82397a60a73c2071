"""What a button carries comes back as it was; what somebody else wrote there is nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack import refs


@given(st.text(max_size=300))
def test_any_text_in_a_value_is_read_without_harm(text: str) -> None:
    assert isinstance(refs.unpack(text), dict)


@pytest.mark.parametrize("value", [None, "", "{", "{]", '{"a"', "[1]", "plain", '"text"'])
def test_what_was_not_packed_here_is_empty(value: str | None) -> None:
    assert refs.unpack(value) == {}


def test_what_was_packed_comes_back() -> None:
    assert refs.unpack(refs.pack({"round": "weekly.2026-11-23T09:00", "n": 1})) == {
        "round": "weekly.2026-11-23T09:00",
        "n": 1,
    }


def test_a_reference_that_slack_would_cut_is_refused() -> None:
    with pytest.raises(ValueError, match="Slack takes 2000"):
        refs.pack({"text": "x" * 2000})


def test_the_same_verb_twice_in_one_block_stays_one_verb() -> None:
    assert refs.verb_of(refs.action_id("standup.answer", 3)) == "standup.answer"
