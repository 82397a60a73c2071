"""Trouble on request: answers that never come, broken connections, errors, in the Web API."""

from dataclasses import dataclass, field

from bot.sandbox.wire import Json

KINDS = {
    "timeout", "timeout_after_commit", "500", "500_after_commit", "reset", "reset_after_commit", "429", "slow",
}  # fmt: skip


@dataclass
class Fault:
    """What happens to the next `count` calls of a method, after `after` were let through."""

    method: str
    kind: str
    count: int = 1
    after: int = 0
    seconds: float = 1.0
    channel: str | None = None
    met: int = 0

    @property
    def before_commit(self) -> bool:
        return not self.kind.endswith("_after_commit") and self.kind != "slow"

    def hits(self, method: str, channel: object) -> bool:
        """Count this call if it is one of those meant, and say whether it is to suffer."""
        if self.method not in (method, "*") or (self.channel and self.channel != channel):
            return False
        self.met += 1
        return self.after < self.met <= self.after + self.count


@dataclass
class Faults:
    """Everything that was asked for; `down` makes the whole API answer 503 and refuse sockets. `without`: kinds of
    blocks that this workspace does not have yet."""

    wanted: list[Fault] = field(default_factory=list)
    down: bool = False
    refuse_sockets: bool = False
    without: tuple[str, ...] = ()

    def add(self, asked: Json) -> Fault:
        """ValueError says which kinds there are."""
        kind = str(asked.get("kind", ""))
        if kind not in KINDS and not kind.startswith("error:"):
            raise ValueError(f"No fault of kind {kind!r}. There are {', '.join(sorted(KINDS))} and error:<code>.")
        known = {"method", "kind", "count", "after", "seconds", "channel"}
        if unknown := set(asked) - known:
            raise ValueError(f"A fault has no {', '.join(sorted(unknown))}; it has {', '.join(sorted(known))}.")
        fault = Fault(**{"method": "*", **asked})
        self.wanted.append(fault)
        return fault

    def clear(self) -> None:
        self.wanted, self.down, self.refuse_sockets, self.without = [], False, False, ()

    def next(self, method: str, channel: object) -> Fault | None:
        """The fault that this call meets, if any."""
        hit = [fault for fault in self.wanted if fault.hits(method, channel)]
        self.wanted = [fault for fault in self.wanted if fault.met < fault.after + fault.count]
        return hit[0] if hit else None

    def shown(self) -> Json:
        return {
            "wanted": [vars(fault) for fault in self.wanted],
            "down": self.down,
            "refuse_sockets": self.refuse_sockets,
            "without": list(self.without),
        }
