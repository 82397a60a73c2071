"""What a summary says where there is little to count."""

from dataclasses import replace

import pytest

from bot.features.decisions.views import summary
from bot.features.decisions.views.summary import Summed
from rituals.decisions.summing import Figures
from rituals.decisions.usecases.summary import Lists, Period
from tests.bot.features.decision_summary_views import FEW, FIGURES, LISTS, NOTHING, SEEN, USUAL


@pytest.mark.parametrize(
    ("asked", "withdrawn", "weeks", "says"),
    [
        (0, 0, None, "No decision was asked for."),
        (0, 0, 1, "No decision was asked for in the last week."),
        (0, 5, 12, "No decision was asked for in the last 12 weeks, other than 5 that were withdrawn."),
        (1, 1, 12, "1 decision was asked for in the last 12 weeks, beside 1 that was withdrawn."),
        (4, 2, 1, "4 decisions were asked for in the last week, beside 2 that were withdrawn."),
    ],
)
def test_what_was_withdrawn_was_asked_for_too(asked: int, withdrawn: int, weeks: int | None, says: str) -> None:
    few = Figures(replace(FEW, n=asked, open=0, withdrawn=withdrawn), (), (), (), ())
    text, _ = summary.messages(Summed(Period(weeks), few, Lists((), 0, (), 0, 0)), SEEN)[0]
    assert text.partition(" From five on")[0] == says


def test_a_period_of_a_week_is_the_last_week() -> None:
    parts = summary.messages(Summed(Period(1), FIGURES, LISTS), SEEN)[0][1]
    assert "Counts what was asked in the last week, in working time." in str(parts)


def test_what_is_not_reached_is_no_length_of_time() -> None:
    unknown = replace(FIGURES, turnaround=replace(USUAL, median=NOTHING, p85=replace(NOTHING, low=8.0)))
    figures = str(summary.messages(Summed(Period(), unknown, LISTS), SEEN)[1][1])
    assert "Half: *not reached* yet" in figures
    assert "85 of 100: *not reached* yet (likely 8 working days or more)" in figures
