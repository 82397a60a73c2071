"""Blockers' share of App Home: what waits on her, what she waits for, and what her function has answered."""

from datetime import datetime

from bot.desk import Desk
from bot.features.blockers import views
from bot.features.blockers.telling import age
from bot.registry import HomePart, OnHome, Waiting
from bot.slack import blocks
from bot.words import mentioned
from rituals.blockers import usecases
from rituals.people.store import PeopleStore
from rituals.tables import Tx


def part(desk: Desk) -> OnHome:
    def blockers(tx: Tx, workspace: str, user: str, now: datetime) -> HomePart:
        settings = desk.settings.read(tx, workspace)
        mine, theirs = usecases.open_of(tx, workspace, user), usecases.waiting_on(tx, workspace, user)
        both = (*mine, *theirs)
        users = {each.raiser for each in both} | mentioned(each.text for each in both)
        members = PeopleStore(tx, workspace).members(users)
        names = {each.user: each.name for each in members.values()}
        functions = settings.functions_by_key
        waiting = [
            Waiting(
                views.home_waits(each, functions, members[each.raiser].function, names, age(each, settings, now)),
                blocks.button("Answer", views.ANSWER, id=each.id),
                each.raised_at,
            )
            for each in theirs
            if each.state != "answered"
        ]
        answered = [each for each in theirs if each.state == "answered"]
        shown = views.home(
            [(each, age(each, settings, now)) for each in mine],
            [(each, age(each, settings, now)) for each in answered],
            functions,
            names,
        )
        return HomePart(waiting, shown)

    return blockers
