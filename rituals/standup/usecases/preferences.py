"""What a person asks of a stand-up for herself: to be optional, to be asked at another time."""

from dataclasses import replace
from datetime import datetime, time

from rituals.standup.rules import BadTime, Preference, planning
from rituals.standup.store import ParticipantStore, PreferenceStore, RoundStore
from rituals.tables import Tx


def make_optional(tx: Tx, workspace: str, user: str, standup: str, optional: bool, now: datetime) -> None:
    """She is welcome and nobody waits for her, from now on and in rounds that run; False: as the settings have it."""
    store = PreferenceStore(tx, workspace)
    store.put_optional(standup, user, True if optional else None, now)
    people, wish = ParticipantStore(tx, workspace), Preference(user, standup, True if optional else None)
    for round_ in RoundStore(tx, workspace).running():
        # Locked, since she may be asked or reminded this very moment.
        part = people.get(round_.id, user, lock=True) if round_.standup.key == standup else None
        if part is not None:
            people.save([replace(part, optional=planning.is_optional(round_.standup, user, wish))])


def another_time(tx: Tx, workspace: str, user: str, standup: str, at: str, now: datetime) -> None:
    """She is asked at this time of her own day ("10:30") from the next round that is planned on. Raises BadTime."""
    PreferenceStore(tx, workspace).put_time(standup, user, _time(at), now)


def preference(tx: Tx, workspace: str, user: str, standup: str) -> Preference:
    return PreferenceStore(tx, workspace).of(standup, [user]).get(user, Preference(user, standup))


def _time(written: str) -> str:
    try:
        return time.fromisoformat(written.strip()).strftime("%H:%M")
    except ValueError as unreadable:
        raise BadTime(written) from unreadable
