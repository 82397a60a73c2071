"""Whom Slack knows: people, channels and who is in them, kept up to date from Slack's events."""

from bot.features.people.listeners import register

__all__ = ["register"]
