"""The sandbox's pure parts: text, rates, forms."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.blockkit import pings
from bot.sandbox.elements import chosen, initial, refusals, state_values
from bot.sandbox.limits import Limits
from bot.sandbox.text import escaped, rich_text, sent, typed, typed_command, unescaped
from bot.sandbox.wire import RateLimited, Shown
from tests.bot.sandbox.workspaces import actions, button, text_input

Json = dict[str, Any]
MARKUP = st.text(alphabet="<>&!@#|/:;.channelhereU0123 https", max_size=60)


def nobody(sign: str, name: str) -> str | None:
    return None


@given(MARKUP)
def test_what_a_person_types_without_naming_anybody_pings_nobody(text: str) -> None:
    canonical = typed(text, nobody)
    assert pings([rich_text(canonical)], canonical) == []


@given(st.text(max_size=60))
def test_escaping_is_undone_by_unescaping(text: str) -> None:
    assert unescaped(escaped(text)) == text
    assert not set("<>") & set(escaped(text))


@given(MARKUP)
def test_canonical_text_stays_as_it_is(text: str) -> None:
    assert sent(sent(text)) == sent(text)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("see https://x.test/a?b=1&c=2, then", "see <https://x.test/a?b=1&amp;c=2>, then"),
        ("(https://x.test)", "(<https://x.test>)"),
        ("<https://x.test>", "&lt;<https://x.test>&gt;"),
        ("mail me@x.test", "mail me@x.test"),
        ("ok 👍", "ok :+1:"),
    ],
)
def test_a_typed_text_as_slack_keeps_it(text: str, kept: str) -> None:
    assert typed(text, nobody) == kept


def test_a_command_turns_names_into_ids_only_where_it_asks_for_it() -> None:
    def find(sign: str, name: str) -> str | None:
        return "@U0BO" if (sign, name) == ("@", "bo") else None

    assert typed_command("ask @bo & @nobody", find, should_escape=True) == "ask <@U0BO> & @nobody"
    assert typed_command("ask @bo", find, should_escape=False) == "ask @bo"


@given(st.lists(st.floats(0, 0.5), min_size=1, max_size=200), st.integers(10, 600))
def test_posting_never_exceeds_its_rate_and_burst(pauses: list[float], rate: int) -> None:
    limits, now, passed = Limits(post_per_minute=rate, channel_burst=1e9, post_per_channel_per_second=1e9), 0.0, 0
    for pause in pauses:
        now += pause
        passed += _wait(limits.post, "A", "C", now) == 0
        assert passed <= max(1.0, rate / 10) + now * rate / 60 + 1e-6


@given(st.floats(0, 1000))
def test_who_waits_as_told_may_post(start: float) -> None:
    limits, now = Limits(), start
    for _ in range(40):
        if wait := _wait(limits.post, "A", "C", now):
            now += wait
            limits.post("A", "C", now)


def test_a_tier_counts_a_sliding_minute() -> None:
    limits = Limits()
    for at in range(20):
        limits.call("A", "users.list", "T2", at)
    assert _wait(limits.call, "A", "users.list", "T2", 20.0) == 40
    limits.call("A", "users.list", "T2", 60.0)
    assert _wait(limits.call, "A", "users.list", "T2", 60.5) == 1


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        (Limits(channel_burst=1), "about 1 message a second in one channel"),
        (Limits(post_per_minute=10, channel_burst=9), "10 messages a minute in all"),
    ],
)
def test_which_limit_was_met_is_said(limits: Limits, said: str) -> None:
    limits.post("A", "C", 0.0)
    with pytest.raises(RateLimited) as met:
        limits.post("A", "C", 0.0)
    assert met.value.limit == said


def _wait(act: Callable[..., None], *asked: object) -> int:
    """Seconds to wait; 0 where it was let through."""
    try:
        act(*asked)
    except RateLimited as limited:
        return limited.seconds
    return 0


def test_an_unknown_limit_is_refused() -> None:
    with pytest.raises(ValueError, match="No such limit: posts"):
        Limits().change({"posts": 1})


def test_buttons_have_no_state_and_inputs_begin_with_what_they_were_given() -> None:
    blocks = [*actions(button()), text_input(initial_value="so far")]
    assert state_values(blocks, {}) == {"said": {"said": {"type": "plain_text_input", "value": "so far"}}}


@pytest.mark.parametrize(
    ("element", "value"),
    [
        ({"type": "datepicker", "initial_date": "2026-11-23"}, {"selected_date": "2026-11-23"}),
        ({"type": "checkboxes"}, {"selected_options": []}),
        ({"type": "static_select"}, {"selected_option": None}),
        ({"type": "multi_users_select", "initial_users": ["U1"]}, {"selected_users": ["U1"]}),
        ({"type": "rich_text_input"}, {"rich_text_value": None}),
        ({"type": "datetimepicker", "initial_date_time": 5}, {"selected_date_time": 5}),
    ],
)
def test_what_an_element_shows_at_first(element: Json, value: Json) -> None:
    assert initial(element) == {"type": element["type"], **value}


@pytest.mark.parametrize(
    ("element", "plain", "error"),
    [
        ({"type": "datepicker"}, "23.11.2026", "bad_value"),
        ({"type": "timepicker"}, "25:00", "bad_value"),
        ({"type": "static_select", "options": []}, "x", "no_such_option"),
        ({"type": "multi_users_select", "max_selected_items": 1}, ["U1", "U2"], "too_many"),
        ({"type": "button"}, "x", "not_fillable"),
    ],
)
def test_what_an_element_does_not_take(element: Json, plain: Any, error: str) -> None:
    with pytest.raises(Shown) as refused:
        chosen(element, plain)
    assert refused.value.code == error


@pytest.mark.parametrize(
    ("element", "value", "said"),
    [
        ({"type": "plain_text_input", "min_length": 3}, "ab", "This needs at least 3 characters."),
        ({"type": "number_input", "is_decimal_allowed": False}, "1.5", "Please enter a whole number."),
        (
            {"type": "number_input", "is_decimal_allowed": True, "min_value": "2"},
            "1.5",
            "Please enter a number of at least 2.",
        ),
        ({"type": "email_text_input"}, "nowhere", "Please enter a valid email address."),
        ({"type": "url_text_input"}, "x.test", "Please enter a valid URL."),
        ({"type": "plain_text_input"}, None, "Please complete this required field."),
    ],
)
def test_slacks_client_says_what_is_wrong_with_a_form(element: Json, value: str | None, said: str) -> None:
    block = {"type": "input", "block_id": "b", "element": {**element, "action_id": "a"}}
    assert refusals([block], {"b": {"a": {"type": element["type"], "value": value}}}) == {"b": said}
    filled = {"b": {"a": {"type": element["type"], "value": None}}}
    assert refusals([{**block, "optional": True}], filled) == {}
