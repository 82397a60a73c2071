"""A stand-up's records as blocks: no I/O, every sentence from words/standup.j2."""

from pathlib import Path

from bot.words import Words

WORDS = Words(Path(__file__).parent.parent / "words" / "standup.j2")
