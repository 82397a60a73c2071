"""The stand-up as people see it: prompt -> answers in a thread -> reminder -> digest."""

from bot.features.standup.listeners import register

__all__ = ["register"]
