"""The front door: App Home, `/crosswalk`, and the bot when it is mentioned."""

from bot.features.home.listeners import register

__all__ = ["register"]
