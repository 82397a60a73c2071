"""Sentences in Jinja2, and the escaping that keeps people's words from pinging anybody."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment


class Mrkdwn(str):
    """Text that is meant as Slack markup. Anything else is somebody's words and gets escaped."""

    __slots__ = ()


class Words:
    """The sentences of one `.j2` file: each macro in it is a method. `plain` gives them unescaped, for plain_text."""

    def __init__(self, file: Path, *, escaped: bool = True) -> None:
        self._file = file
        self._escaped = escaped

    @property
    def plain(self) -> "Words":
        return Words(self._file, escaped=False)

    def __getattr__(self, name: str) -> Callable[..., Mrkdwn]:
        macro = getattr(_module(self._file, self._escaped), name)

        def sentence(*args: Any, **values: Any) -> Mrkdwn:
            return Mrkdwn(_tidy(macro(*args, **values)))

        # Found here from now on, without asking again.
        self.__dict__[name] = sentence
        return sentence


@lru_cache(maxsize=64)
def _module(file: Path, escaped: bool) -> Any:
    environment = Environment(loader=FileSystemLoader(file.parent), autoescape=False, **_options(escaped))
    environment.filters |= _FILTERS
    return environment.get_template(file.name).module


def render_own(template: str, values: Mapping[str, Any]) -> Mrkdwn:
    """A template that a person wrote into the configuration: sandboxed, and escaped like everything else."""
    environment = SandboxedEnvironment(autoescape=False, **_options(True))
    # Not "markup": a template of the configuration must not let members' words through as they are.
    environment.filters |= {
        name: each for name, each in _FILTERS.items() if name not in ("markup", "mention", "address")
    }
    return Mrkdwn(environment.from_string(template).render(**values).strip())


def _options(escaped: bool) -> dict[str, Any]:
    return {
        "undefined": StrictUndefined,
        "trim_blocks": True,
        "lstrip_blocks": True,
        "finalize": escape if escaped else _as_text,
    }


def escape(value: Any) -> Any:
    """Slack's three characters; `Mrkdwn` passes, everything else is shown and never obeyed."""
    if isinstance(value, Mrkdwn):
        return value
    return Mrkdwn(harmless(str(value)).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))


def _as_text(value: Any) -> Any:
    return str(value)


def harmless(text: str) -> str:
    """A person's text with Slack's own tokens said in words: `<!channel>` becomes @channel, a link its address."""
    return _TOKEN.sub(_spoken, text) if "<" in text else text


def named(text: str, names: Mapping[str, str]) -> str:
    """`<@U123>` as the person's name, so that nobody is called by being written about. `names`: user id to name."""
    for user, name in names.items():
        if user in text:
            text = text.replace(f"<@{user}>", f"@{name}")
    return text


def mentioned(texts: Iterable[str]) -> set[str]:
    """The ids of the people whom these texts mention."""
    return {found for text in texts if "<@" in text for found in _USER.findall(text)}


def _spoken(token: re.Match[str]) -> str:
    kind, body, label = token["kind"], token["body"], token["label"]
    if kind == "#":
        return f"#{(label or body).removeprefix('#')}"
    if kind in ("@", "!"):
        return f"@{(label or body.removeprefix('subteam^')).removeprefix('@')}"
    return body if not label or label == body else f"{label} ({body})"


_COMMAND = re.compile(r"`(/[\w-]+)")
_USER = re.compile(r"<@([UW][A-Z0-9]+)")
_TOKEN = re.compile(
    r"<(?P<kind>[@#!]?)(?P<body>(?:(?<=[@#!])[\w^-]+)|(?:(?:https?://|mailto:)[^|>\s]+))(?:\|(?P<label>[^>]*))?>"
)


def _tidy(text: str) -> str:
    text = text.strip()
    return text if "\n" not in text else "\n".join(line.rstrip() for line in text.splitlines())


def mention(user: str) -> Mrkdwn:
    """Her name as a mention. In a message she is not meant to hear of, write her name instead."""
    return Mrkdwn(f"<@{user}>")


def channel_link(channel: str) -> Mrkdwn:
    return Mrkdwn(f"<#{channel}>")


def called(value: Any, names: Mapping[str, str]) -> Any:
    """The same text, blocks or record parts with commands as this group calls them. `names`: meant to written.

    Sentences name commands as they are meant, in backticks, so that only what we wrote ourselves is changed.
    """
    changed = {meant: written for meant, written in names.items() if meant != written}
    return _called(value, changed) if changed else value


def _called(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        # All in one pass: a new name may begin like another's old one.
        return _COMMAND.sub(lambda found: f"`{names.get(found[1], found[1])}", value) if "`/" in value else value
    if isinstance(value, Mapping):
        return {key: _called(each, names) for key, each in value.items()}
    return [_called(each, names) for each in value] if isinstance(value, list | tuple) else value


def when(moment: datetime, shape: str = "{date_short_pretty} at {time}") -> Mrkdwn:
    """A moment that each reader sees on her own clock, with UTC for readers that cannot."""
    fallback = moment.strftime("%a %d %b %H:%M UTC")
    return Mrkdwn(f"<!date^{int(moment.timestamp())}^{shape}|{fallback}>")


def quoted(text: str) -> Mrkdwn:
    """Somebody's words as a quotation, a mark before each line."""
    return Mrkdwn("\n".join(f"> {escape(line)}" for line in text.splitlines()) or "> ")


def address(written: str) -> Mrkdwn:
    """A web address inside `<…>`: what would end it there, or give it another name, is written out."""
    return Mrkdwn("".join(f"%{ord(each):02X}" if each in "<>| " else each for each in written).replace("&", "&amp;"))


def short(text: str, limit: int = 80) -> str:
    """What somebody typed, repeated to her: enough of it to know it again."""
    return text if len(text) <= limit else f"{text[: limit - 1].rstrip()}…"


def day(value: date, seen_on: date | None = None) -> str:
    """ "Thu 24 Dec"; with the year where it lies so far from the day on which it is read that a nearer one is meant
    without it."""
    far = seen_on is not None and abs(value - seen_on) > timedelta(days=300)
    return f"{value:%a} {value.day} {value:%b}{f' {value.year}' if far else ''}"


def plural(count: int, one: str, many: str | None = None) -> str:
    return f"{count} {one if count == 1 else many or one + 's'}"


def listed(names: Any) -> str:
    """ "Ana, Rui and Dana"."""
    every = [str(name) for name in names]
    return every[0] if len(every) == 1 else " and ".join([", ".join(every[:-1]), every[-1]]) if every else ""


_FILTERS = {
    "mention": mention,
    "channel": channel_link,
    "address": address,
    "when": when,
    "quoted": quoted,
    "short": short,
    "day": day,
    "plural": plural,
    "listed": listed,
    "markup": Mrkdwn,
}
