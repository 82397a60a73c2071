"""Decisions' share of App Home: what waits for her, and what she waits for."""

from datetime import datetime

from bot.desk import Desk
from bot.features.decisions import telling, verbs
from bot.features.decisions.views import WORDS, Seen, lists
from bot.registry import HomePart, OnHome, Waiting
from bot.slack import blocks
from rituals.decisions.records import Decision
from rituals.decisions.usecases import reading
from rituals.decisions.usecases.reading import Mine
from rituals.tables import Tx


def part(desk: Desk) -> OnHome:
    def decisions(tx: Tx, workspace: str, user: str, now: datetime) -> HomePart:
        settings = desk.settings.read(tx, workspace)
        if user in settings.outsiders:
            return HomePart()
        found = reading.mine(tx, workspace, user)
        every = (*found.to_decide, *found.to_consult, *found.awaits)
        return shown(found, telling.seen_by(tx, workspace, {each.decider for each in every}, settings, now))

    return decisions


def shown(found: Mine, seen: Seen) -> HomePart:
    """One button for each that waits for her; below, what she waits for."""

    def waiting(of: Decision, label: str, verb: str) -> Waiting:
        text = blocks.cut(WORDS.home_waits(of, seen.on(of.due_at), seen.late(of), verb == verbs.INPUT), 500)
        return Waiting(text, blocks.button(label, verb, id=of.number), of.asked_at)

    mine = [waiting(each, "Decide", verbs.DECIDE) for each in found.to_decide]
    mine += [waiting(each, "My input", verbs.INPUT) for each in found.to_consult]
    ask = blocks.button("Ask for a decision", verbs.NEW)
    heading = blocks.section(WORDS.home_heading(len(found.awaits)), ask)
    return HomePart(mine, [heading, *lists.rows(found.awaits, seen, "home.")])
