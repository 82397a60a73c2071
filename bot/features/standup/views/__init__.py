"""A stand-up's records as blocks: no I/O, every sentence from words/standup.j2."""

from pathlib import Path

from bot.words import Words

_FOLDER = Path(__file__).parent.parent / "words"
WORDS, HELP = Words(_FOLDER / "standup.j2"), Words(_FOLDER / "help.j2")
