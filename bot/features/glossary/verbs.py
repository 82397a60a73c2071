"""What the glossary's buttons and forms are called, and how its messages are keyed."""

from datetime import date

SHARE, NOT_MEANT, MORE = "glossary.share", "glossary.not_meant", "glossary.more"
SHOW, NONE_OF_THESE, ASK, ADD, EXPLAIN = (
    "glossary.show",
    "glossary.none_of_these",
    "glossary.ask",
    "glossary.add",
    "glossary.explain_it",
)
EDIT, EDIT_SENSE, NEW_SENSE = "glossary.edit", "glossary.edit_sense", "glossary.new_sense"
HISTORY, DISPUTE = "glossary.history", "glossary.dispute"
ACCEPT, RETIRE, REVERT = "glossary.accept", "glossary.retire", "glossary.revert"
TAKE, TAKE_EDITED, DECLINE = "glossary.take", "glossary.take_edited", "glossary.decline"
CONFIRM, UPDATE = "glossary.confirm", "glossary.update"
GAP_ADD, GAP_IGNORE = "glossary.gap_add", "glossary.gap_ignore"
BROWSE, BROWSE_BY, BROWSE_PAGE = "glossary.browse", "glossary.browse_by", "glossary.browse_page"
LOOK_UP = "glossary.look_up"
IMPORT, CANCEL = "glossary.import", "glossary.cancel"
STARTER, NO_STARTER = "glossary.starter", "glossary.no_starter"

ADD_FORM, EDIT_FORM, SENSE_FORM = "glossary.add_form", "glossary.edit_form", "glossary.sense_form"
DISPUTE_FORM, RETIRE_FORM, NOT_MEANT_FORM = "glossary.dispute_form", "glossary.retire_form", "glossary.not_meant_form"
EXPLAIN_MENU = "glossary.explain"

HINT = "bulb"
"""The reaction that says: press me, and I explain."""


def answer(request: str) -> str:
    return f"glossary/answer/{request}"


def asked(channel: str, key: str, week: date) -> str:
    return f"glossary/ask/{channel}/{week}/{key}"


def explained(channel: str, ts: str, term: str) -> str:
    return f"glossary/explained/{channel}/{ts}/{term}"


def suggested(what: str, steward: str) -> str:
    """`what`: a suggestion's id, or that of a term that is new."""
    return f"glossary/suggested/{what}/{steward}"


def told(what: str, person: str) -> str:
    return f"glossary/told/{what}/{person}"


def confirming(person: str, day: date) -> str:
    return f"glossary/confirm/{day}/{person}"


def gaps(steward: str, day: date | str) -> str:
    return f"glossary/gaps/{day}/{steward}"


def line(of: str) -> str:
    """The block of one thing in a message that lists several."""
    return f"line.{of}"[:255]
