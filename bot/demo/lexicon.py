"""The demonstration's glossary: the starter, as if the group had used it for twelve weeks, and words still missing."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from bot.demo import people, story
from bot.features.glossary.starting import add_missing
from glossary.settings import GlossarySettings
from glossary.store import AskingStore, LookedUp, Missed, TermStore
from glossary.usecases.asking import week_of
from glossary.words import key
from rituals.tables import Tx

# Who looked up what, now and then: mostly what the other side says.
LOOKED_UP = {
    "ARR": ("rui", "priya", "tomas", "kavya", "jonas"),
    "Churn": ("priya", "hemi", "tomas"),
    "Gross margin": ("rui", "kavya"),
    "Pipeline": ("priya", "sofia", "dana"),
    "Feature flag": ("dana", "luis", "emma", "aroha"),
    "Technical debt": ("dana", "aroha", "luis"),
    "SLA": ("tomas", "aroha"),
    "Error budget": ("emma", "marta"),
    "API": ("luis", "emma"),
}
MISSED = {"logo churn": ("rui", "hemi"), "white label": ("priya", "tomas", "kavya"), "read replica": ("dana", "luis")}


def fill(tx: Tx, settings: GlossarySettings, begins: datetime) -> None:
    """The terms, since before the story; the look-ups, spread over its weeks."""
    add_missing(tx, people.TEAM, people.YOU, settings, begins - timedelta(weeks=story.WEEKS_PAST + 1))
    terms = TermStore(tx, people.TEAM)
    found = [
        LookedUp(week, term.id, user)
        for name, handles in LOOKED_UP.items()
        if (term := terms.by_key(key(name))) is not None
        for week, user in _spread(handles, begins)
    ]
    missed = [
        Missed(week, key(text), user, True, text)
        for text, handles in MISSED.items()
        for week, user in _spread(handles, begins)
    ]
    AskingStore(tx, people.TEAM).count(found, missed)


def _spread(handles: tuple[str, ...], begins: datetime) -> Iterator[tuple[date, str]]:
    for nth, handle in enumerate(handles):
        yield week_of(begins - timedelta(weeks=1 + nth % story.WEEKS_PAST)), f"U0{handle.upper()}"
