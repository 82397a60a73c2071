"""The glossary's share of App Home: what waits for who tends or owns terms, and what her function looks up most."""

from datetime import datetime

from bot.desk import Desk
from bot.features.glossary import verbs
from bot.features.glossary.views import WORDS, lists
from bot.registry import HomePart, OnHome, Waiting
from bot.settings import Resolved
from bot.slack import blocks
from glossary.usecases import asking, owners, waiting
from rituals.tables import Tx

MOST = 5


def part(desk: Desk) -> OnHome:
    def glossary(tx: Tx, workspace: str, user: str, now: datetime) -> HomePart:
        settings = desk.settings.read(tx, workspace)
        if user in settings.outsiders:
            return HomePart()
        function = settings.functions_by_key.get(settings.function_of.get(user, ""))
        colleagues = settings.memberships.get(function.key, ()) if function else tuple(settings.function_of)
        terms = asking.most_looked_up(tx, workspace, colleagues, now)
        return HomePart(_waiting(tx, workspace, user, settings), lists.home(terms, function.name if function else ""))

    return glossary


def _waiting(tx: Tx, workspace: str, user: str, settings: Resolved) -> list[Waiting]:
    found = [
        Waiting(
            WORDS.home_suggestion(term.name),
            blocks.button("Look at it", verbs.TAKE_EDITED, id=made.id),
            made.at,
        )
        for made, term in waiting.suggestions(tx, workspace, user, settings.glossary, MOST)
    ]
    found += [
        Waiting(
            WORDS.home_suggestion(term.name), blocks.button("Look at it", verbs.MORE, term=term.id), term.changed_at
        )
        for term in waiting.new_terms(tx, workspace, user, settings.glossary, MOST)
    ]
    found += [
        Waiting(WORDS.home_confirm(term.name), blocks.button("Look at it", verbs.MORE, term=term.id), term.asked_at)
        for term in owners.waiting_for(tx, workspace, user, MOST)
        if term.asked_at is not None
    ]
    return found
