"""What a stand-up says no to, with what its reader needs to know."""

from collections.abc import Mapping
from datetime import datetime

from rituals.refusals import Refused
from rituals.standup.rules.records import Round


class NoSuchRound(Refused):
    def __init__(self, round_id: str) -> None:
        super().__init__(round_id)
        self.round_id = round_id


class _OfRound(Refused):
    def __init__(self, round_: Round) -> None:
        super().__init__(round_.id)
        self.round = round_


class RoundClosed(_OfRound):
    """An answer that was in on time stays as it was at the close."""


class RoundSkipped(_OfRound):
    """This round does not take place; `round.reason` says why."""


class RoundHasBegun(_OfRound):
    """Its thread is up, or it is over, so it can no longer be skipped."""


class NotAsked(_OfRound):
    """She takes no part and cannot see the channel."""


class TooLate(_OfRound):
    """The next round of the stand-up has begun for her, so this one takes no more answers."""


class TooEarly(_OfRound):
    """Answers of hers count from `opens_at` on."""

    def __init__(self, round_: Round, opens_at: datetime) -> None:
        super().__init__(round_)
        self.opens_at = opens_at


class BadAnswer(Refused):
    """`problems`: question key -> a sentence that says what to do."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(", ".join(problems))
        self.problems = dict(problems)


class BadTime(Refused):
    """`written` is no time of day such as "10:30"."""

    def __init__(self, written: str) -> None:
        super().__init__(written)
        self.written = written
