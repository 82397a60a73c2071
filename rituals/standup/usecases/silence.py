"""Who has kept silent for so many rounds that she is asked, once, what would suit her."""

from rituals.standup.rules import Round
from rituals.standup.store import ParticipantStore, RoundStore
from rituals.tables import Tx

SILENT_ROUNDS = 3
# Somebody who was away for some of the last rounds may have kept silent in those before; no need to look back for ever.
LOOK_BACK = 12


def newly_silent(tx: Tx, workspace: str, round_: Round, users: frozenset[str]) -> frozenset[str]:
    """Who of `users` kept silent in the last three closed rounds of this stand-up in which she was expected."""
    if not users:
        return frozenset()
    closed = RoundStore(tx, workspace).closed_ids(round_.standup.key, round_.thread_at, LOOK_BACK)
    if len(closed) < SILENT_ROUNDS:
        return frozenset()
    silences = ParticipantStore(tx, workspace).silences(closed, users)
    return frozenset(
        user for user, silent in silences.items() if len(silent) >= SILENT_ROUNDS and all(silent[:SILENT_ROUNDS])
    )
