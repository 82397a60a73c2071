"""How a stand-up's refusals read: what happened, what was kept, what to do."""

from bot.features.standup.views import WORDS
from bot.registry import Registry
from rituals.people.rules import NotADateRange
from rituals.standup.rules import (
    BadTime,
    NoSuchRound,
    NotAsked,
    RoundClosed,
    RoundHasBegun,
    RoundSkipped,
    TooEarly,
    TooLate,
)


def register(app: Registry) -> None:
    app.refusal(RoundClosed, lambda refused: WORDS.refused_closed(refused.round.standup.title))
    app.refusal(TooEarly, lambda refused: WORDS.refused_early(refused.round.standup.title, refused.opens_at))
    app.refusal(TooLate, lambda refused: WORDS.refused_late(refused.round.standup.title))
    app.refusal(NotAsked, lambda refused: WORDS.refused_not_asked(refused.round.standup.title))
    app.refusal(RoundSkipped, lambda refused: WORDS.refused_skipped(refused.round.standup.title))
    app.refusal(RoundHasBegun, lambda refused: WORDS.refused_has_begun(refused.round.standup.title))
    app.refusal(NoSuchRound, lambda _: WORDS.refused_no_such_round())
    app.refusal(BadTime, lambda refused: WORDS.refused_time(refused.written))
    app.refusal(NotADateRange, lambda refused: WORDS.refused_dates(refused.text))
