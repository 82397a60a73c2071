"""Slack's rules for blocks and views: what it refuses and why, the ids it adds, whom a message notifies."""

from .reading import fill_ids, input_elements, message_too_long, pings
from .shapes import Problem
from .surfaces import check_message, check_view

__all__ = [
    "Problem",
    "check_message",
    "check_view",
    "fill_ids",
    "input_elements",
    "message_too_long",
    "pings",
]
