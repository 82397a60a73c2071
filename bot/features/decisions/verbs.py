"""What buttons and forms of decisions are called, and the names under which their messages are owed."""

MORE_FIELDS, TOPIC = "decision.more_fields", "decision.topic"
ASK_FORM, DECIDE_FORM, INPUT_FORM = "decision.ask_form", "decision.decide_form", "decision.input_form"
NEED_FORM, GIVE_FORM, HAND_OVER_FORM = "decision.need_form", "decision.give_form", "decision.hand_over_form"
DUE_FORM, WITHDRAW_FORM, ESCALATE_FORM = "decision.due_form", "decision.withdraw_form", "decision.escalate_form"
REOPEN_FORM, LINK_FORM = "decision.reopen_form", "decision.link_form"

OPTION, INPUT, NEED, GIVE, DECIDE = (
    "decision.option",
    "decision.input",
    "decision.need",
    "decision.give",
    "decision.decide",
)
FURTHER, UNDO, REOPEN, REPLACE, SHOW = (
    "decision.further",
    "decision.undo",
    "decision.reopen",
    "decision.replace",
    "decision.show",
)
SNOOZE, KEEP, NEW, COUNTED = "decision.snooze", "decision.keep", "decision.new", "decision.counted"
HAND_OVER_PRESS = "decision.hand_over"
# What a choice among the further ways on carries.
HAND_OVER, DUE, WITHDRAW, ESCALATE = "hand over", "due", "withdraw", "escalate"

ASK_MENU = "decision.ask_menu"

SETTLE, REMIND, REVISIT = "decision.settle", "decision.remind", "decision.revisit"
PLAN_ANEW, SHOW_ANEW = "decision.plan_anew", "decision.show_anew"
SUMMARY, STATS = "decision.summary", "decision.stats"

# How the names begin of messages that are kept current for good.
KEPT = ("decision/card/", "decision/waits/", "decision/consult/")


def card(number: int) -> str:
    return f"decision/card/{number}"


def line(number: int, n: int) -> str:
    """What stands under the card about one event."""
    return f"decision/line/{number}/{n}"


def waits(number: int, decider: str) -> str:
    """The decider's own message."""
    return f"decision/waits/{number}/{decider}"


def consulted(number: int, user: str) -> str:
    return f"decision/consult/{number}/{user}"


def told(number: int, what: str, user: str) -> str:
    return f"decision/told/{number}/{what}/{user}"


def is_reminder(key: str) -> bool:
    """Whether this tells somebody that something is, or becomes, due: of no use once it has happened."""
    return asks_to_decide(key) or key.split("/")[3].startswith("revisit.")


def asks_to_decide(key: str) -> bool:
    return key.split("/")[3].partition(".")[0] in ("before", "due", "late")


def person_of(key: str) -> tuple[int, str] | None:
    """The decision of which a message tells one person, and who that is; None for what everybody reads."""
    kind, number = key.split("/")[1], number_of(key)
    return (number, key.rpartition("/")[2]) if number is not None and kind in ("waits", "consult", "told") else None


def number_of(key: str) -> int | None:
    """The decision that a message belongs to, if it is one of these."""
    parts = key.split("/")
    return int(parts[2]) if len(parts) >= 3 and parts[0] == "decision" and parts[2].isdigit() else None


def summary(channel: str, wall: str, nth: int = 0) -> str:
    """The weekly summary of a channel; what stands under it is numbered from 1."""
    return f"decision-summary/{channel}/{wall}/{nth}"


def stats(request: str, nth: int) -> str:
    return f"decision-stats/{request}/{nth}"
