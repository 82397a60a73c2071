"""What a file may hold, and a person may have, beyond what any form takes: Slack takes the messages all the same."""

from dataclasses import replace
from datetime import timedelta

from bot.features.decisions.views import card, forms, lists, notes
from bot.slack import blocks, refs
from bot.slack.blocks import Block
from rituals.decisions.records import Event, Sheet
from rituals.decisions.usecases.reading import FOUND_AT_MOST, Mine
from tests.bot.features.decision_views import DUE, NOW, PRICE, seen_at

SEEN = seen_at(NOW)
MANY = replace(PRICE, options=tuple(f"Option {nth}" for nth in range(100)), tags=("t" * 3000, *map(str, range(99))))


def test_a_hundred_options_make_no_more_buttons_than_slack_shows_and_stand_above_in_full() -> None:
    for _, parts in (
        card.card(Sheet(MANY), SEEN),
        notes.waits(Sheet(MANY), SEEN),
        notes.consulted(Sheet(MANY), "U", SEEN),
    ):
        assert max(len(block["elements"]) for block in parts if block["type"] == "actions") == blocks.BUTTONS
        assert "100. Option 99" in str(parts)


def test_a_hundred_options_are_a_list_that_slack_takes() -> None:
    for view in (forms.decide(Sheet(MANY), SEEN, MANY.decider), forms.give_input(MANY, None, "")):
        assert len(_element(view, "option")["options"]) == 100


def test_where_more_may_hold_these_words_it_says_that_these_are_the_newest_and_how_to_find_fewer() -> None:
    many = [replace(PRICE, number=nth) for nth in range(1, FOUND_AT_MOST + 1)]
    text, parts = lists.found(many, SEEN, "price")
    assert text == "The newest 20 decisions about “price”"
    assert "And 5 more. Add a word to find fewer." in str(parts)
    assert lists.found(many[:-1], SEEN, "price")[0] == "19 decisions about “price”"


def test_options_that_begin_alike_are_told_apart_by_their_numbers_where_they_are_cut() -> None:
    same = "Move the customers of the old tier to the new one at the end of the quarter, "
    of = replace(PRICE, options=(same + "with a discount", same + "without", "No"))
    _, parts = card.card(Sheet(of), SEEN)
    buttons = [each["text"]["text"] for block in parts if block["type"] == "actions" for each in block["elements"][:3]]
    chosen = [each["text"]["text"] for each in _element(forms.decide(Sheet(of), SEEN, of.decider), "option")["options"]]
    for labels in (buttons[:3], chosen[:3]):
        assert labels[2] == "No"
        for nth, label in enumerate(labels[:2], 1):
            assert label.startswith(f"{nth}. Move the customers")
            assert label.endswith("…")
            assert len(label) <= 75


def test_days_that_are_far_have_their_year() -> None:
    old = replace(PRICE, state="decided", closed_by=PRICE.decider, closed_at=NOW)
    before = Event(1, PRICE.asked_at, PRICE.asker, "asked")
    for now, asked in ((NOW, "Mon 23 Nov"), (NOW + timedelta(days=400), "Mon 23 Nov 2026")):
        shown = str(lists.whole(Sheet(old, events=(before,)), seen_at(now), PRICE.asker))
        assert f"'{asked} · Rui Costa asked'" in shown
        assert f"Decided by *Dana* on {asked.replace('Mon 23', 'Tue 24')} ·" in shown
    far = replace(PRICE, due_at=DUE + timedelta(days=3 * 366))
    for text in (card.card(Sheet(far), SEEN)[0], str(lists.listed([far], SEEN, ""))):
        assert "Dana decides by Wed 28 Nov 2029" in text


def _element(view: Block, name: str) -> Block:
    (element,) = [block["element"] for block in view["blocks"] if block.get("block_id") == name]
    found: Block = element
    return found


def test_one_with_any_number_of_tags_can_be_replaced() -> None:
    draft = forms.instead_of(MANY)
    assert draft.tags == tuple(map(str, range(10)))
    assert len(refs.pack(forms.carried_by(draft))) <= refs.LIMIT


def test_what_is_hers_fits_a_message_however_much_it_is() -> None:
    long = tuple(replace(PRICE, number=nth, question="Which? " * 60, due_at=DUE) for nth in range(40))
    _, parts = lists.mine(Mine(long, long, long), SEEN)
    assert blocks.fit(parts)
    assert str(parts).count("And 26 more") == 3
