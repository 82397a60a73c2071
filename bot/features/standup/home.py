"""A stand-up's share of App Home: what she owes, her next ones, her last answers."""

from datetime import datetime

from bot.desk import Desk
from bot.features.standup.coming import coming
from bot.features.standup.posting import names_in
from bot.features.standup.views import WORDS, asking, private
from bot.registry import HomePart, OnHome, Waiting
from rituals.standup import usecases
from rituals.tables import Tx

ANSWERS = 2


def part(desk: Desk) -> OnHome:
    def standups(tx: Tx, workspace: str, user: str, now: datetime) -> HomePart:
        settings = desk.settings.read(tx, workspace)
        owed = [mine for mine in usecases.my_state(tx, workspace, user, now) if mine.owes]
        waiting = [
            Waiting(
                WORDS.home_owed(mine.round.standup.title, mine.participant.closes_at),
                asking.answer_button(mine.round.id),
                mine.participant.prompt_at,
            )
            for mine in owed
        ]
        history = usecases.history(tx, workspace, user, ANSWERS)
        names = names_in(tx, workspace, private.texts_of(history))
        upcoming = coming(tx, workspace, user, settings, now)
        return HomePart(waiting, private.home(upcoming, history, settings.functions_by_key, names))

    return standups
