"""Messages that are worded when they are said: what they tell of may change a thousand times and is counted once.

change -> renew (in its transaction) -> a drain takes the message -> its kind's wording -> Slack
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.logs import logger
from bot.outbox.tables import one, outbox
from rituals.tables import Tx

log = logger()

Blocks = Sequence[Mapping[str, Any]]
Wording = Callable[[Tx, str, str, datetime], tuple[str, Blocks | None]]
"""`wording(tx, workspace, key, now)` answers the text and the blocks that are true now."""
Wordings = Mapping[tuple[str, str], Wording]
"""By the ritual and the kind of the messages that they word."""


def word(tx: Tx, workspace: str, row: sa.Row[Any], wordings: Wordings, now: datetime) -> bool:
    """Gives a row that this transaction has locked the words that are true now; False if it keeps those it has.

    What has been changed by then is in them. Whoever changes something later waits for the lock before he can say so,
    and the message is renewed once more.
    """
    wording = wordings.get((row.ritual, row.kind))
    if wording is None:
        return False
    try:
        with tx.begin_nested():
            text, blocks = wording(tx, workspace, row.key, now)
    except sa.exc.OperationalError:
        raise  # the database's own trouble: the whole step is tried again
    except Exception:
        # A fault of ours in one message must not keep the others from being sent.
        log.exception("wording_failed", workspace=workspace, key=row.key)
        return False
    wanted = None if blocks is None else list(blocks)
    tx.execute(outbox.update().where(one(workspace, row.key)).values(text=text, blocks=wanted))
    return True
