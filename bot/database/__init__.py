"""The database: units of work in transactions of their own, run in threads, on SQLite and PostgreSQL alike.

await write(fn, ...) -> SQLite: a queue -> one writer thread, commits grouped | PostgreSQL: a pool of threads
await read(fn, ...)  -> a pool of threads
"""

from bot.database.addresses import CannotOpen
from bot.database.database import Database
from bot.database.seen import AlreadyDone, forget_seen

__all__ = ["AlreadyDone", "CannotOpen", "Database", "forget_seen"]
