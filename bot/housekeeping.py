"""Clears away once a day what nobody asks for again."""

from datetime import datetime, timedelta
from functools import partial

from bot import due, outbox
from bot.database import forget_seen
from bot.registry import Registry
from rituals.tables import Tx

CLEAN = "housekeeping"
DAILY = timedelta(days=1)
KEPT = timedelta(days=14)
SAID = timedelta(days=90)


def register(registry: Registry) -> None:
    registry.job(CLEAN, partial(clean, registry))


def begin(tx: Tx, workspace: str, now: datetime) -> None:
    """At each start: the next cleaning is a day from the last one, however often the program starts anew."""
    due.put_once(tx, workspace, CLEAN, "", now + DAILY)


def clean(registry: Registry, tx: Tx, workspace: str, key: str, now: datetime) -> bool:
    """True: there is more of what was said long ago."""
    forget_seen(tx)
    due.clear_taken(tx, now - KEPT)
    for run in registry.cleanings:
        run(tx, workspace, now)
    begin(tx, workspace, now)
    needs = [keeps(tx, workspace) for keeps in registry.keepers]
    return outbox.purge(tx, workspace, now - SAID, lambda said: any(needed(said) for needed in needs))
