"""Somebody with more open blockers than a message has room for sees the oldest, and how many more there are."""

from dataclasses import replace

from bot.features.blockers import views as blocker_views
from bot.features.standup.views import asking, questions
from rituals.standup.rules import Prompt
from tests.bot.features.views import BLOCKER, FUNCTIONS, NAMES, OPEN, QUESTIONS, ROUND, RUI

TWELVE = tuple(replace(BLOCKER, id=f"b{nth}", text=f"Stopped by {nth}") for nth in range(12))


def test_the_prompt_shows_eight_and_counts_the_rest() -> None:
    prompt = Prompt(ROUND, RUI, "Rui", QUESTIONS, None, (), TWELVE, OPEN, first_ever=False)
    shown = str(asking.prompt(prompt, FUNCTIONS, NAMES))
    assert shown.count("Stopped by") == 8
    assert "and 4 more, which App Home shows" in shown
    assert " more" not in str(asking.prompt(replace(prompt, blockers=TWELVE[:8]), FUNCTIONS, NAMES))


def test_the_form_offers_ten_and_says_of_how_many() -> None:
    shown = str(questions.form(ROUND.id, "Weekly", QUESTIONS, None, FUNCTIONS, TWELVE, NAMES, OPEN))
    assert shown.count("Stopped by") == 10
    assert "Your open blockers, the oldest 10 of 12: tick what is resolved" in shown


def test_app_home_shows_ten_of_each_and_counts_the_rest() -> None:
    aged = [(each, "today") for each in TWELVE]
    shown = str(blocker_views.home(aged, aged[:11], FUNCTIONS, NAMES))
    assert shown.count("Stopped by") == 20
    assert "and 2 more, which come up as these are resolved" in shown
    assert "and 1 more, which come up as these are resolved" in shown
