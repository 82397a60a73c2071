"""What a group decides about its decisions: how long they may take, who decides what, who reads the summary."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Decides:
    """Who decides what carries this tag, or what this function is asked for; `escalate_to` hears when it is late."""

    decider: str
    tag: str | None = None
    function: str | None = None
    escalate_to: str | None = None


@dataclass(frozen=True, slots=True)
class DecisionSettings:
    """All lengths are working days. `summary_when` is None where no channel gets a summary."""

    due_days: int = 3
    remind_days: int = 1
    escalate_days: int = 1
    # From here on too many people are asked for a decision to be taken at all.
    most_consulted: int = 5
    decides: tuple[Decides, ...] = ()
    summary_when: str | None = None
    summary_channels: tuple[str, ...] = ()

    def who_decides(self, tags: Iterable[str], function: str | None) -> Decides | None:
        """A tag is more to the point than a function; of several the first that was written."""
        worn = {tag.casefold() for tag in tags}
        by_tag = (rule for rule in self.decides if rule.tag is not None and rule.tag.casefold() in worn)
        by_function = (rule for rule in self.decides if function is not None and rule.function == function)
        return next(by_tag, None) or next(by_function, None)
