"""Owners are asked, on a working morning, whether what they answer for still holds."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.desk import Desk
from bot.engine import enqueue
from bot.features.glossary import telling, verbs
from bot.features.glossary.views import notes
from bot.registry import Plan
from bot.settings import Resolved
from glossary.usecases import owners
from rituals.tables import Tx

CONFIRM = "glossary.confirm"
KEY = "glossary owners"
WHEN, GRACE = "weekdays 09:30", timedelta(hours=6)


def plans(settings: Resolved) -> Sequence[Plan]:
    if not settings.version:  # nobody has decided anything yet, not even where the group is
        return ()
    return [Plan(KEY, WHEN, settings.calendar.zone, timedelta(0), GRACE)]


class Owners:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def occurs(self, tx: Tx, workspace: str, key: str, occurrence: Any, now: datetime) -> bool:
        enqueue(tx, workspace, CONFIRM, occurrence.wall, once=occurrence.wall)
        return True

    def skipped(self, tx: Tx, workspace: str, key: str, occurrence: Any, reason: str) -> None:
        """Whom yesterday's question missed, tomorrow's asks."""

    def ask(self, tx: Tx, workspace: str, key: str, now: datetime) -> bool:
        settings = self._desk.settings.read(tx, workspace)
        for person, terms in owners.take_unconfirmed(tx, workspace, settings.glossary, settings.outsiders, now).items():
            note = verbs.confirming(person, now.date())
            telling.privately(tx, workspace, note, person, "confirm", notes.confirming(terms, note), settings, now)
        return False
