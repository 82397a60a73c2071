"""What Slack makes of a file by its name: type, the type's plain name, how it is kept."""

import mimetypes
import re
from dataclasses import dataclass
from urllib.parse import quote

MOST_SNIPPET = 1_000_000


@dataclass(frozen=True)
class FileType:
    """`is_text` means that Slack keeps it as a snippet, which people can read in place, unless it is too long."""

    filetype: str
    pretty: str
    mimetype: str
    is_text: bool = False


_KNOWN = {
    "csv": FileType("csv", "CSV", "text/csv", is_text=True),
    "tsv": FileType("tsv", "TSV", "text/tab-separated-values", is_text=True),
    "txt": FileType("text", "Plain Text", "text/plain", is_text=True),
    "md": FileType("markdown", "Markdown", "text/markdown", is_text=True),
    "json": FileType("json", "JSON", "application/json", is_text=True),
    "yaml": FileType("yaml", "YAML", "text/yaml", is_text=True),
    "yml": FileType("yaml", "YAML", "text/yaml", is_text=True),
    "jpeg": FileType("jpg", "JPEG", "image/jpeg"),
    "jpg": FileType("jpg", "JPEG", "image/jpeg"),
    "xlsx": FileType("xlsx", "Excel Spreadsheet", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "docx": FileType(
        "docx", "Word Document", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    ),
}


def type_of(name: str) -> FileType:
    """By the ending alone, as Slack's client decides before the bytes have arrived."""
    _, dot, ending = name.lower().rpartition(".")
    if dot and ending in _KNOWN:
        return _KNOWN[ending]
    guessed = mimetypes.guess_type(name)[0]
    if not dot or guessed is None:
        return FileType("binary", "Binary", "application/octet-stream")
    return FileType(ending, ending.upper(), guessed)


def in_address(name: str) -> str:
    """A file's name as it stands in its addresses: lower case, without spaces and the like."""
    return quote(re.sub(r"[^\w.-]+", "_", name.lower()))
