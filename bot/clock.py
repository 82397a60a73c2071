"""Calendar time: the moments that rounds, reminders and messages carry."""

from datetime import UTC, datetime, timedelta


class Clock:
    """`offset` stays zero, except where the bot follows the sandbox's clock, which people move.

    Real time (signatures, rate limits, heartbeats) is never asked from here.
    """

    def __init__(self, offset: timedelta = timedelta(0)) -> None:
        self.offset = offset

    def now(self) -> datetime:
        """Aware, in UTC."""
        return datetime.now(UTC) + self.offset  # noqa: TID251
