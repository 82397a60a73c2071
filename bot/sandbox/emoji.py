"""Emoji that the workspace knows by name: for reactions, and for the codes that Slack puts into text in their place."""

import re

NAMED = {
    "✅": "white_check_mark", "☑️": "ballot_box_with_check", "✔️": "heavy_check_mark", "❌": "x",
    "⚠️": "warning", "🚫": "no_entry_sign", "⛔": "no_entry", "🔴": "red_circle",
    "🟡": "large_yellow_circle", "🟢": "large_green_circle", "🔵": "large_blue_circle",
    "⚪": "white_circle", "🚧": "construction", "👍": "+1", "👎": "-1", "👋": "wave", "👏": "clap",
    "🙏": "pray", "🙌": "raised_hands", "💪": "muscle", "👀": "eyes", "🤝": "handshake",
    "🤞": "crossed_fingers", "👌": "ok_hand", "✋": "hand", "☝️": "point_up", "👉": "point_right",
    "👇": "point_down", "😀": "grinning", "😄": "smile", "😂": "joy", "🙂": "slightly_smiling_face",
    "😉": "wink", "😊": "blush", "😍": "heart_eyes", "😎": "sunglasses", "🤔": "thinking_face",
    "😐": "neutral_face", "😕": "confused", "😢": "cry", "😭": "sob", "😡": "rage", "😱": "scream",
    "😴": "sleeping", "🤒": "face_with_thermometer", "🤕": "face_with_head_bandage", "🤷": "shrug",
    "🎉": "tada", "🎊": "confetti_ball", "🎂": "birthday", "🔥": "fire", "⭐": "star", "✨": "sparkles",
    "💡": "bulb", "❤️": "heart", "💔": "broken_heart", "💯": "100", "🚀": "rocket", "🐛": "bug",
    "🔧": "wrench", "🛠️": "hammer_and_wrench", "🔒": "lock", "🔓": "unlock", "🔑": "key", "📌": "pushpin",
    "📎": "paperclip", "📝": "memo", "📅": "date", "📆": "calendar", "🗓️": "spiral_calendar_pad",
    "📈": "chart_with_upwards_trend", "📉": "chart_with_downwards_trend", "📊": "bar_chart",
    "📋": "clipboard", "📣": "mega", "📢": "loudspeaker", "🔔": "bell", "🔕": "no_bell",
    "💬": "speech_balloon", "💭": "thought_balloon", "🔁": "repeat", "🔄": "arrows_counterclockwise",
    "➡️": "arrow_right", "⬅️": "arrow_left", "⬆️": "arrow_up", "⬇️": "arrow_down", "⏰": "alarm_clock",
    "⏳": "hourglass_flowing_sand", "⌛": "hourglass", "⏸️": "double_vertical_bar", "▶️": "arrow_forward",
    "🌴": "palm_tree", "🏝️": "desert_island", "🏖️": "beach_with_umbrella", "✈️": "airplane",
    "🏠": "house", "🏡": "house_with_garden", "🚌": "bus", "🚗": "car", "🍼": "baby_bottle", "🍕": "pizza",
    "☕": "coffee", "🌍": "earth_africa", "🌙": "crescent_moon", "☀️": "sunny", "🌈": "rainbow",
    "🌱": "seedling", "🎯": "dart", "🏆": "trophy", "🧭": "compass", "🧩": "jigsaw", "📚": "books",
    "📖": "book", "🔍": "mag", "❓": "question", "❗": "exclamation", "➕": "heavy_plus_sign",  # noqa: RUF001
    "➖": "heavy_minus_sign", "1️⃣": "one", "2️⃣": "two", "3️⃣": "three", "4️⃣": "four", "5️⃣": "five",  # noqa: RUF001
}  # fmt: skip

_ALIASES = {"thumbsup", "thumbsdown", "100", "thinking", "raised_hand", "hourglass_done", "hand", "question", "baby"}
_KNOWN = frozenset(NAMED.values()) | _ALIASES
_CHARACTERS = re.compile("|".join(sorted(map(re.escape, NAMED), key=len, reverse=True)))
_SKIN_TONE = re.compile(r"::skin-tone-[2-6]$")
_BY_NAME = {name: character for character, name in NAMED.items()}


def shortcodes(text: str) -> str:
    """Slack keeps an emoji in text as its code: a rocket becomes ``:rocket:``."""
    return text if text.isascii() else _CHARACTERS.sub(lambda found: f":{NAMED[found.group()]}:", text)


def character(name: str) -> str | None:
    """The emoji of a name, for showing; None where the workspace has no picture of it."""
    return _BY_NAME.get(_SKIN_TONE.sub("", name))


def is_known(name: str, custom: frozenset[str]) -> bool:
    """Whether the workspace has an emoji of this name; `custom` are its own."""
    bare = _SKIN_TONE.sub("", name)
    return bare in _KNOWN or bare in custom
