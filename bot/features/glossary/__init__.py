"""The glossary as people meet it: look-ups, hints, forms, what waits for its stewards, files in and out."""

from bot.features.glossary.listeners import register

__all__ = ["register"]
