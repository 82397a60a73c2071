"""What people asked of a stand-up for themselves."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

from rituals.standup.rules import Preference
from rituals.standup.store import hot
from rituals.standup.store.tables import preferences
from rituals.tables import Tx, inserting

KEY = ["workspace", "standup", "user"]


class PreferenceStore:
    """The preferences of one workspace's people."""

    def __init__(self, tx: Tx, workspace: str) -> None:
        self._tx = tx
        self._workspace = workspace

    def of(self, standup: str, users: Collection[str]) -> dict[str, Preference]:
        """By user; those who never asked for anything are left out."""
        columns = (preferences.c.user, preferences.c.optional, preferences.c.at, preferences.c.silent_asked_at)
        query = select(*columns).where(
            preferences.c.workspace == self._workspace,
            preferences.c.standup == standup,
            preferences.c.user.in_(users),
        )
        return {
            user: Preference(user, standup, optional, at, asked_at)
            for user, optional, at, asked_at in self._tx.execute(query)
        }

    def put_optional(self, standup: str, user: str, optional: bool | None, now: datetime) -> None:
        self._put(standup, [user], {"optional": optional}, now)

    def put_time(self, standup: str, user: str, at: str, now: datetime) -> None:
        self._put(standup, [user], {"at": at}, now)

    def put_silent(self, standup: str, users: Collection[str], now: datetime) -> None:
        """They were asked what would suit them."""
        self._put(standup, users, {"silent_asked_at": now}, now)

    def clear_silent(self, standup: str, user: str) -> None:
        """She answered, so she may be reminded again."""
        self._tx.execute(hot.SILENCE_ENDED, {"of": self._workspace, "in_standup": standup, "who": user})

    def _put(
        self, standup: str, users: Collection[str], values: dict[str, bool | str | datetime | None], now: datetime
    ) -> None:
        if users:
            kept = {**values, "changed_at": now}
            rows = [{"workspace": self._workspace, "standup": standup, "user": user, **kept} for user in users]
            adding = inserting(self._tx, preferences)
            newer = {name: adding.excluded[name] for name in kept}
            self._tx.execute(adding.on_conflict_do_update(index_elements=KEY, set_=newer), rows)
