"""What is owed to Slack: messages written in the same transaction as the facts, sent in order, lost never, twice never.

put, amend, renew, cancel, delete (in a transaction) -> rows -> drain, one per workspace -> Slack -> its place (ts)
"""

from bot.outbox.drain import Drain
from bot.outbox.lane import Pace
from bot.outbox.picturing import PICTURE_SCOPES
from bot.outbox.purging import purge
from bot.outbox.reading import (
    Held,
    Sent,
    exists,
    held,
    key_of,
    keys_of,
    next_due,
    owed,
    sent,
    shown,
    stands,
    told,
    waiting,
)
from bot.outbox.rows import Post, amend, cancel, delete, overtake, put, release, renew
from bot.outbox.settling import HELD_JOB
from bot.outbox.wanted import wake
from bot.outbox.wording import Wording, Wordings

__all__ = [
    "HELD_JOB",
    "PICTURE_SCOPES",
    "Drain",
    "Held",
    "Pace",
    "Post",
    "Sent",
    "Wording",
    "Wordings",
    "amend",
    "cancel",
    "delete",
    "exists",
    "held",
    "key_of",
    "keys_of",
    "next_due",
    "overtake",
    "owed",
    "purge",
    "put",
    "release",
    "renew",
    "sent",
    "shown",
    "stands",
    "told",
    "waiting",
    "wake",
]
