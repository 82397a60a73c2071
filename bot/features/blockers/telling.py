"""Says what happened to a blocker, in the transaction in which it happened, to everybody it concerns."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot import outbox
from bot.desk import privately
from bot.features.blockers import views
from bot.settings import Resolved
from bot.words import mentioned
from rituals.blockers import usecases
from rituals.blockers.rules import Blocker, Changed
from rituals.calendar import age_words
from rituals.people.store import PeopleStore
from rituals.tables import Tx


def tell(tx: Tx, workspace: str, changed: Changed, settings: Resolved, now: datetime) -> None:
    """The lead has one message per blocker, kept current; everybody else hears of each change once."""
    lead = _lead(changed.blocker, settings)
    if lead is not None:
        _tell_lead(tx, workspace, changed, lead, settings, now)
    if changed.what == "moved":
        _tell_former_leads(tx, workspace, changed, lead, settings, now)
    names = names_for(tx, workspace, changed.blocker, changed.by, *changed.tell)
    for person in sorted(changed.tell - {lead}):
        message = views.told(changed, settings.functions_by_key, names)
        privately(tx, workspace, _told_key(changed, person), person, "blockers", changed.what, message, settings, now)
    if changed.unheard and changed.blocker.function and changed.what in ("raised", "moved"):
        message = views.unheard(changed.blocker, settings.functions_by_key)
        privately(
            tx,
            workspace,
            _told_key(changed, "unheard"),
            changed.blocker.raiser,
            "blockers",
            "unheard",
            message,
            settings,
            now,
        )


def _tell_lead(tx: Tx, workspace: str, changed: Changed, lead: str, settings: Resolved, now: datetime) -> None:
    blocker, key = changed.blocker, lead_key(changed.blocker.id, lead)
    text, blocks = lead_message(tx, workspace, blocker, settings, now)
    if outbox.exists(tx, workspace, key):
        # A lead who cannot see the channel any more reads nothing new of it.
        if not changed.unheard:
            outbox.amend(tx, workspace, key, text, blocks, now)
    elif lead in changed.tell and blocker.live:
        privately(tx, workspace, key, lead, "blockers", "waits", (text, blocks), settings, now)


def _tell_former_leads(
    tx: Tx, workspace: str, changed: Changed, lead: str | None, settings: Resolved, now: datetime
) -> None:
    """It waits on somebody else now: whoever passed it on, or whom it was taken away from, reads so."""
    blocker = changed.blocker
    leads = {each.lead for each in settings.functions if each.lead}
    for former in sorted((leads | {changed.by}) - {lead}):
        key = lead_key(blocker.id, former)
        if former == changed.by:
            names = names_for(tx, workspace, blocker)
            outbox.amend(tx, workspace, key, *views.passed_on(changed, settings.functions_by_key, names), now)
        elif outbox.exists(tx, workspace, key):
            taken_away = replace(blocker, state="withdrawn")
            outbox.amend(tx, workspace, key, *lead_message(tx, workspace, taken_away, settings, now), now)


def lead_message(tx: Tx, workspace: str, blocker: Blocker, settings: Resolved, now: datetime) -> views.Message:
    names = names_for(tx, workspace, blocker)
    raiser = PeopleStore(tx, workspace).member(blocker.raiser)
    return views.waits(
        blocker, settings.functions_by_key, raiser.function if raiser else None, names, age(blocker, settings, now)
    )


def names_for(tx: Tx, workspace: str, blocker: Blocker, *others: str) -> dict[str, str]:
    users = {blocker.raiser, *others, *mentioned([blocker.text, blocker.answer or ""])}
    return dict(PeopleStore(tx, workspace).names(users | ({blocker.taker} if blocker.taker else set())))


def age(blocker: Blocker, settings: Resolved, now: datetime) -> str:
    return age_words(settings.calendar, blocker.raised_at, now)


def _lead(blocker: Blocker, settings: Resolved) -> str | None:
    function = settings.functions_by_key.get(blocker.function or "")
    return function.lead if function else None


def lead_key(blocker_id: str, lead: str) -> str:
    return f"blocker/waits/{blocker_id}/{lead}"


def still_needed(tx: Tx, workspace: str) -> Callable[[str], bool]:
    """What was said of blockers that are still live, since it is kept current."""
    live = usecases.live_ids(tx, workspace)
    return lambda key: key.startswith("blocker/") and key.split("/")[2] in live


def _told_key(changed: Changed, person: str) -> str:
    return f"blocker/told/{changed.blocker.id}/{changed.blocker.changes}/{person}"
