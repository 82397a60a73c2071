"""A digest text of the group's own: filled in, harmless, and never a reason for a round not to close."""

from dataclasses import replace

import pytest

from bot.features.standup.views import digest
from tests.bot.features.views import DIGEST, FUNCTIONS, NAMES


def shown(template: str) -> str:
    of = replace(DIGEST, round=replace(DIGEST.round, standup=replace(DIGEST.round.standup, digest=template)))
    return str(digest.whole(of, FUNCTIONS, NAMES)[0][1])


def test_it_stands_on_top_with_the_figures_it_asks_for() -> None:
    assert "10 of 11, blockers: 1" in shown(
        "{{ counts.answered }} of {{ counts.expected }}, blockers: {{ digest.blockers|length }}"
    )


def test_what_members_wrote_stays_harmless_in_it() -> None:
    words = shown("{{ digest.sections[0].entries[0].answer.values.moved }}")
    assert "@channel &amp; 3 &lt; 4" in words
    assert "<!channel>" not in words


@pytest.mark.parametrize(
    "template",
    [
        "{{ nothing.here }}",
        "{{ 1 / 0 }}",
        "{{ digest.blockers[9].text }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ range(10**9)|list }}",
    ],
)
def test_one_that_fails_says_so_and_the_rest_is_there(template: str) -> None:
    words = shown(template)
    assert "could not be filled in" in words
    assert "The price list" in words
