"""The glossary as blocks, without I/O."""

from pathlib import Path

from bot.slack.blocks import Block
from bot.words import Words

WORDS = Words(Path(__file__).parent.parent / "words" / "glossary.j2")
PLAIN = WORDS.plain

Message = tuple[str, list[Block]]

__all__ = ["PLAIN", "WORDS", "Message"]
