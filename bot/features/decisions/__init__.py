"""Decisions as people see them: asked for in a form, kept on a card in the channel, taken, told, summed up."""

from bot.features.decisions.listeners import register

__all__ = ["register"]
