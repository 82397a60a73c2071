"""What a listener answers: plain records that the one dispatcher turns into acks and Web API calls."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Blocks = Sequence[dict[str, Any]]
View = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Say:
    """Words for her alone: the command's answer, or an ephemeral message where she acted (in `thread_ts` if given)."""

    text: str
    blocks: Blocks = ()
    thread_ts: str | None = None
    channel: str | None = None


@dataclass(frozen=True, slots=True)
class Open:
    """A modal for her; it goes on top of the one she acted in."""

    view: View


@dataclass(frozen=True, slots=True)
class Refresh:
    """The modal she sent or pressed in shows this instead."""

    view: View


@dataclass(frozen=True, slots=True)
class Home:
    """Her App Home shows this."""

    view: View


@dataclass(frozen=True, slots=True)
class Replace:
    """The private message she pressed in shows this instead; an empty text takes it away."""

    text: str
    blocks: Blocks = ()


@dataclass(frozen=True, slots=True)
class Errors:
    """What is wrong with a sent form, a sentence per block id."""

    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Share:
    """Everybody where she pressed sees this; the private message that she pressed in goes."""

    text: str
    blocks: Blocks = ()


One = Say | Share | Open | Refresh | Home | Replace | Errors
Reply = One | Sequence[One] | None


def each(reply: Reply) -> Sequence[One]:
    if reply is None:
        return ()
    return reply if isinstance(reply, Sequence) else (reply,)
