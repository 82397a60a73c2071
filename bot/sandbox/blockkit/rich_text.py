"""Rich text: a block of sections, lists, quotes and preformatted text, each made of small pieces."""

from .composition import ID
from .shapes import Check, Record, boolean, items, kind, kinds, number, one_of, pattern, string, url, whole

_STYLE = Record(
    {},
    dict.fromkeys(
        ("bold", "italic", "strike", "code", "underline", "highlight", "client_highlight", "unlink"),
        boolean,
    ),
)
_STYLED: dict[str, Check] = {"style": _STYLE}
_BORDER: dict[str, Check] = {"border": one_of(0, 1)}

_TEXT = kind("text", {"text": string()}, _STYLED)
_LINK = kind("link", {"url": url()}, {"text": string(), "unsafe": boolean, **_STYLED})
_PIECE = kinds(
    {
        "text": _TEXT,
        "link": _LINK,
        "broadcast": kind("broadcast", {"range": one_of("here", "channel", "everyone")}, _STYLED),
        "color": kind("color", {"value": pattern(r"#?[0-9A-Fa-f]{3,8}", "must be a valid hex color")}, _STYLED),
        "channel": kind("channel", {"channel_id": string()}, _STYLED),
        "date": kind(
            "date",
            {"timestamp": number, "format": string()},
            {"url": url(), "fallback": string(), **_STYLED},
        ),
        "emoji": kind(
            "emoji",
            {"name": string()},
            {"unicode": string(), "skin_tone": whole(1, 6), "url": url(), **_STYLED},
        ),
        "team": kind("team", {"team_id": string()}, _STYLED),
        "user": kind("user", {"user_id": string()}, _STYLED),
        "usergroup": kind("usergroup", {"usergroup_id": string()}, _STYLED),
    }
)
_SECTION = kind("rich_text_section", {"elements": items(_PIECE, least=0)}, {})
_PARTS = kinds(
    {
        "rich_text_section": _SECTION,
        "rich_text_list": kind(
            "rich_text_list",
            {"elements": items(kinds({"rich_text_section": _SECTION})), "style": one_of("bullet", "ordered")},
            {"indent": whole(0, 8), "offset": whole(0), **_BORDER},
        ),
        "rich_text_quote": kind("rich_text_quote", {"elements": items(_PIECE, least=0)}, _BORDER),
        "rich_text_preformatted": kind(
            "rich_text_preformatted",
            {"elements": items(kinds({"text": _TEXT, "link": _LINK}), least=0)},
            {"language": string(), **_BORDER},
        ),
    }
)
RICH_TEXT = kind("rich_text", {"elements": items(_PARTS)}, {"block_id": ID})
