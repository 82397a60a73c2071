"""The glossary's share of App Home: what waits for who tends or owns terms, and what her function looks up most."""

from datetime import datetime

from bot.desk import Desk
from bot.features.glossary import verbs
from bot.features.glossary.telling import names_for
from bot.features.glossary.views import WORDS, lists, notes
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
    changes = waiting.suggestions(tx, workspace, user, settings.glossary, MOST)
    new = waiting.new_terms(tx, workspace, user, settings.glossary, MOST)
    names = names_for(tx, workspace, {*(made.by for made, _, _ in changes), *(term.state_by for term in new)})
    found = [
        Waiting(
            notes.in_a_line(made, term, before, names.get(made.by, made.by)),
            blocks.button("Look at it", verbs.TAKE_EDITED, id=made.id),
            made.at,
        )
        for made, term, before in changes
    ]
    found += [
        Waiting(
            WORDS.suggests_new(names.get(term.state_by, term.state_by), term.name),
            blocks.button("Look at it", verbs.MORE, term=term.id),
            term.changed_at,
        )
        for term in new
    ]
    found += [
        Waiting(WORDS.home_confirm(term.name), blocks.button("Look at it", verbs.MORE, term=term.id), term.asked_at)
        for term in owners.waiting_for(tx, workspace, user, MOST)
        if term.asked_at is not None
    ]
    return found
