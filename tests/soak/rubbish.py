"""What people type when they do not mean well, or paste from somewhere odd."""

import random
from typing import Any

BAD = (
    "<!channel>", "<!here>", "<!everyone>", "<!subteam^S0GROUP>", "<@U0OWNER>", "<@U0P1|rui>", "@channel", "@here",
    "&lt;!channel&gt;", "&amp;lt;!channel&amp;gt;", "<#C0SYNC>", "<https://x.example|<!here>>", "<mailto:a@b.c|a>",
    "<!date^1392734382^{date}|<!channel>>", "*", "_", "~", "`", "```", "> ", "&", "<", ">", "|", "\\", "\"", "'",
    "{{ 7*7 }}", "{% raw %}", "{}", "%s", "'; DROP TABLE answers; --", "\u0000", "\u200b", "\u202e", "\ufeff",
    "👩‍👩‍👧‍👦", "🏳️‍🌈", ":tada::no_such_emoji:", "e\u0301" * 20, "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞", "الأربعاء", "日本語", "\n", "\r\n", "\t", " ",
    "1e309", "-0", "NaN", "null", "true", "2026-02-30", "24 Dec - 2 Jan", "tomorrow", "31/12", "help", "mon 25:99",
)  # fmt: skip
WORDS = ("help", "status", "me", "report", "now", "skip", "away", "pause", "resume", "reload", "answer", "", "standup")


def text(of: random.Random, longest: int = 4000) -> str:
    """Anything from a blank to 4,000 characters of it; sometimes plain code points from all over Unicode."""
    if of.random() < 0.1:
        return of.choice(BAD) * of.randint(1, 400)
    parts = [_part(of) for _ in range(of.randint(1, 12))]
    return " ".join(parts)[:longest] or "x"


def _part(of: random.Random) -> str:
    if of.random() < 0.6:
        return of.choice(BAD)
    # Lone surrogates cannot travel as UTF-8, so nobody can send them.
    points = (of.randrange(0x20, 0xD800) if of.random() < 0.7 else of.randrange(0xE000, 0x110000) for _ in range(8))
    return "".join(map(chr, points))


def blocks(of: random.Random, depth: int = 0) -> Any:
    """Something like the rich text of a message, of any kind and shape."""
    kind = of.choice(("rich_text", "rich_text_section", "text", "link", "user", "broadcast", "emoji", "section", "x"))
    made: dict[str, Any] = {"type": kind, "block_id": of.choice(BAD), "text": text(of, 200), "user_id": "U0OWNER"}
    if depth < 4 and of.random() < 0.8:
        made["elements"] = [blocks(of, depth + 1) for _ in range(of.randint(0, 3))]
    return made
