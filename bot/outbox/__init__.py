"""What is owed to Slack: messages written in the same transaction as the facts, sent in order, lost never, twice never.

put, amend, cancel, delete (in a transaction) -> rows -> drain, one per workspace -> Slack -> where it stands (ts)
"""

from bot.outbox.drain import Drain
from bot.outbox.lane import Pace
from bot.outbox.reading import Held, Sent, exists, held, key_of, keys_of, next_due, owed, sent, stands
from bot.outbox.rows import Post, amend, cancel, delete, put, release
from bot.outbox.settling import HELD_JOB
from bot.outbox.speaking import speaking_client
from bot.outbox.wanted import wake

__all__ = [
    "HELD_JOB",
    "Drain",
    "Held",
    "Pace",
    "Post",
    "Sent",
    "amend",
    "cancel",
    "delete",
    "exists",
    "held",
    "key_of",
    "keys_of",
    "next_due",
    "owed",
    "put",
    "release",
    "sent",
    "speaking_client",
    "stands",
    "wake",
]
