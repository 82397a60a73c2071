"""Blockers as people see them: the function that is waited on hears, takes it, answers or passes it on."""

from bot.features.blockers.listeners import register

__all__ = ["register"]
