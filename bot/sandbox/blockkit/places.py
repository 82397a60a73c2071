"""Which elements a block may hold, and on which surface."""

from typing import Literal

from .composition import IMAGE
from .elements import ANSWERING, ELEMENTS
from .shapes import Check, kinds

Surface = Literal["message", "modal", "home"]
Holder = Literal["section", "actions", "input", "context_actions", "card"]


def elements(holder: Holder, surface: Surface) -> Check:
    """What this kind of block may hold on this surface."""
    allowed = {
        name: ELEMENTS[name]
        for name, (surfaces, holders) in _PLACES.items()
        if surface in surfaces and holder in holders
    }
    if surface == "modal" and holder == "input":
        allowed |= ANSWERING
    if holder == "section":
        allowed["image"] = IMAGE
    return kinds(allowed)


_EVERYWHERE = frozenset({"message", "modal", "home"})
_MODAL = frozenset({"modal"})
_MESSAGE = frozenset({"message"})
_PRESSED = frozenset({"section", "actions"})
_CHOSEN = frozenset({"section", "actions", "input"})
_INPUT = frozenset({"input"})
_PLACES: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "button": (_EVERYWHERE, _PRESSED | {"card"}),
    "overflow": (_EVERYWHERE, _PRESSED),
    "workflow_button": (_MESSAGE, _PRESSED),
    "checkboxes": (_EVERYWHERE, _CHOSEN),
    "radio_buttons": (_EVERYWHERE, _CHOSEN),
    "datepicker": (_EVERYWHERE, _CHOSEN),
    "timepicker": (_EVERYWHERE, _CHOSEN),
    "datetimepicker": (frozenset({"message", "modal"}), frozenset({"actions", "input"})),
    **dict.fromkeys(
        ("static_select", "external_select", "users_select", "conversations_select", "channels_select"),
        (_EVERYWHERE, _CHOSEN),
    ),
    # Slack's reference names sections and inputs only, although its TypeScript types also list actions.
    **dict.fromkeys(
        (
            "multi_static_select",
            "multi_external_select",
            "multi_users_select",
            "multi_conversations_select",
            "multi_channels_select",
        ),
        (_EVERYWHERE, frozenset({"section", "input"})),
    ),
    "plain_text_input": (_EVERYWHERE, _INPUT),
    "rich_text_input": (frozenset({"modal", "home"}), _INPUT),
    "email_text_input": (_MODAL, _INPUT),
    "url_text_input": (_MODAL, _INPUT),
    "number_input": (_MODAL, _INPUT),
    "file_input": (_MODAL, _INPUT),
    "feedback_buttons": (_MESSAGE, frozenset({"context_actions"})),
    "icon_button": (_MESSAGE, frozenset({"context_actions"})),
}
