"""What the rules of decisions say no to."""

from collections.abc import Mapping

from rituals.decisions.records import Decision
from rituals.refusals import Refused


class NoSuchDecision(Refused):
    """There is none of this number, or it was asked in a channel that she cannot see: nobody learns which."""

    def __init__(self, number: object) -> None:
        super().__init__(str(number))
        self.number = number


class About(Refused):
    """A refusal that has a decision to tell of. `names`: what its people are called, once somebody has looked it up;
    `reader`: who is refused."""

    def __init__(self, decision: Decision) -> None:
        super().__init__(str(decision.number))
        self.decision = decision
        self.names: Mapping[str, str] = {}
        self.reader = ""


class NotYoursToDecide(About):
    """Only the decider, the driver or an admin decide."""


class NotYoursToPutOff(About):
    """Nobody but the decider is reminded of it."""


class NotYoursToChange(About):
    """Only the decider, the driver, who asked, or an admin change it."""


class AlreadyClosed(About):
    """It was decided, withdrawn or superseded by somebody else meanwhile: that stands."""


class NotClosed(About):
    """It is still open."""


class TooLateToUndo(About):
    """Ten minutes have passed, and people have heard of it."""


class NothingToUndo(About):
    """It was undone already, or somebody else's act."""


class WaitsAlready(Refused):
    """A blocker waits for another decision, and for one at a time. Which one is not said: she may not see it."""

    def __init__(self, blocker: str) -> None:
        super().__init__(blocker)
        self.blocker = blocker


class NothingToRevisit(About):
    """It is not decided, or was looked at again already."""


class CannotSee(Refused):
    """Somebody who is named has no access to the channel in which it is asked. `field` says which part she has."""

    def __init__(self, user: str, field: str) -> None:
        super().__init__(user)
        self.user = user
        self.field = field


class NotForOutsiders(Refused):
    """Somebody of another company, who is to see nothing here."""
