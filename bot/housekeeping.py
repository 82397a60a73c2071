"""Clears away once a day what nobody asks for again."""

from datetime import datetime, timedelta

from bot import due
from bot.database import forget_seen
from bot.registry import Registry
from rituals.tables import Tx

CLEAN = "housekeeping"
DAILY = timedelta(days=1)
KEPT = timedelta(days=14)


def register(registry: Registry) -> None:
    registry.job(CLEAN, clean)


def begin(tx: Tx, workspace: str, now: datetime) -> None:
    """At each start: the next cleaning is a day from the last one, however often the program starts anew."""
    due.put_once(tx, workspace, CLEAN, "", now + DAILY)


def clean(tx: Tx, workspace: str, key: str, now: datetime) -> bool:
    forget_seen(tx)
    due.clear_taken(tx, now - KEPT)
    begin(tx, workspace, now)
    return False
