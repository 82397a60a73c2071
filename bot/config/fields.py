"""The words a configuration is written in: durations, days, hours, zones, countries, people, channels, commands.

Each function takes what was typed and gives it back in one form, or raises ValueError with a sentence that says what to
write instead.
"""

import re
import unicodedata
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from bot.config.countries import COUNTRIES
from bot.config.problems import did_you_mean, shown
from bot.schedule.occurrences import LONG_WEEKDAYS, WEEKDAYS, parse_when
from rituals.calendar import country_suggestions, known_country

MEMBER = "member"
NEVER = "never"
UNITS = {
    "m": "minutes",
    "min": "minutes",
    "minute": "minutes",
    "h": "hours",
    "hour": "hours",
    "d": "days",
    "day": "days",
}
PART = re.compile(r"(\d{1,5}(?:\.\d{1,2})?) ?([a-z]+)")
HOURS = re.compile(r"(\d{1,2}):(\d{2}) ?[-\u2013\u2014] ?(\d{1,2}):(\d{2})")
USER = re.compile(r"[UW][A-Z0-9]{2,20}")
EMAIL = re.compile(r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+")
CHANNEL_ID = re.compile(r"[CG][A-Z0-9]{2,20}")
GROUP_ID = re.compile(r"S[A-Z0-9]{2,20}")
CHANNEL = re.compile(r"#?[^\s#@<>&.,:;!?/\\'\"()\[\]{}*]{1,80}")
TAG = re.compile(r"[^,;#@<>]{1,40}")
WORKSPACE = re.compile(r"[TE][A-Z0-9]{2,20}")
KEY = re.compile(r"[a-z][a-z0-9_-]{0,39}")
COMMAND = re.compile(r"/[a-z0-9_-]{1,31}")
EMOJI = re.compile(r"[^\s:<>]{1,100}")
# fmt: off
SLACKS_OWN = frozenset(
    [
    "/active", "/apps", "/archive", "/away", "/call", "/collapse", "/dm", "/dnd", "/expand", "/feedback", "/huddle",
    "/invite", "/join", "/keys", "/kick", "/leave", "/me", "/msg", "/mute", "/open", "/part", "/prefs", "/remind",
    "/remove", "/rename", "/search", "/shortcuts", "/shrug", "/star", "/status", "/topic", "/who",
    ]
)
# fmt: on


def duration(text: str) -> timedelta:
    """ "90m", "9h", "1d", "1h 30m", "1.5 hours"; "0" is none at all."""
    squeezed = " ".join(text.lower().split())
    if squeezed == "0":
        return timedelta()
    parts = PART.findall(squeezed)
    if not parts or PART.sub("", squeezed).strip() or any(_unit(unit) is None for _, unit in parts):
        raise ValueError(
            f"{shown(text)} is no length of time. Write minutes, hours or days, as in “90m”, “9h” or “1d”."
        )
    return sum((timedelta(**{_unit(unit) or "": float(number)}) for number, unit in parts), timedelta())


def spoken(length: timedelta) -> str:
    """ "9h", "1d", "1h 30m": the way back from `duration`, to the minute."""
    minutes = round(length.total_seconds() / 60)
    days, hours, rest = minutes // 1440, minutes % 1440 // 60, minutes % 60
    return " ".join(f"{count}{unit}" for count, unit in ((days, "d"), (hours, "h"), (rest, "m")) if count) or "0"


def written_duration(text: str) -> str:
    return spoken(duration(text))


def when(text: str) -> str:
    return parse_when(text).text


def when_or_never(text: str) -> str:
    return NEVER if text.strip().lower() == NEVER else when(text)


def hours(text: str) -> str:
    """ "09:00-18:00"."""
    found = HOURS.fullmatch(text.strip())
    try:
        opens, closes = (
            (time(int(found[1]), int(found[2])), time(int(found[3]), int(found[4]))) if found else (time(), time())
        )
    except ValueError:
        opens = closes = time()
    if opens >= closes:
        raise ValueError(f"{shown(text)} are no working hours of one day. Write for example “09:00-18:00”.")
    return f"{opens:%H:%M}-{closes:%H:%M}"


def weekdays(text: str) -> list[str]:
    """ "mon", "Monday", "mon-fri" or "mon, wed" as short names."""
    numbers: list[int] = []
    for part in re.split(r" ?, ?", text.strip().lower()):
        first, dash, last = part.partition("-")
        start = _weekday(first.strip())
        end = _weekday(last.strip()) if dash else start
        numbers += [(start + step) % 7 for step in range((end - start) % 7 + 1)]
    return [WEEKDAYS[number] for number in numbers]


def day(text: str) -> str:
    """ "2026-12-24"."""
    try:
        return date.fromisoformat(text.strip()).isoformat()
    except ValueError:
        raise ValueError(f"{shown(text)} is no date. Write year, month and day, as in “2026-12-24”.") from None


def zone(text: str) -> str:
    """ "Europe/Lisbon"."""
    try:
        return ZoneInfo(text.strip()).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        hint = (
            _near_zone(text.strip()) or "Write a name such as “Europe/Lisbon”, from the list of tz database time zones."
        )
        raise ValueError(f"{shown(text)} is no time zone. {hint}") from None


def zone_or_member(text: str) -> str:
    if text.strip().lower() in (MEMBER, "members"):
        return MEMBER
    return zone(text)


def thread_zone(text: str) -> str:
    if text.strip().lower() == MEMBER:
        raise ValueError("The thread opens once for all, so it needs one zone. Write a name such as “Europe/Lisbon”.")
    return zone(text)


def country(text: str) -> str:
    """ "PT", or "US-CA" with a region."""
    code = text.strip().upper()
    if code in COUNTRIES or (re.fullmatch(r"[A-Z]{2,3}(-[A-Z0-9]{1,5})?", code) and known_country(code)):
        return code
    near = country_suggestions(text.strip()[:60])
    hint = f"Did you mean “{near[0]}”?" if near else "Write two letters, as in “PT”, or with a region, as in “US-CA”."
    raise ValueError(f"No holidays are known for {shown(text)}. {hint}")


def person(text: str) -> str:
    """A handle, an email address or a member id: "@rui", "rui@acme.example", "U012AB3CD"."""
    name = re.sub(r"^<@([UW][A-Z0-9]+)(\|[^>]*)?>$", r"\1", text.strip())
    if USER.fullmatch(name) or EMAIL.fullmatch(name):
        return name
    if name.startswith("@") and 1 < len(name) <= 81 and not re.search(r"[<>\n]|@.*@", name):
        return name
    if re.fullmatch(r"[^\s@#<>]{1,80}", name):
        return f"@{name}"
    raise ValueError(
        f"{shown(text)} can't be a person. Write “@handle” as Slack shows it, an email address, or a member id (U…)."
    )


def tag(text: str) -> str:
    """ "pricing", also where it was written with a # before it."""
    name = " ".join(text.split()).removeprefix("#").strip()
    if not TAG.fullmatch(name):
        raise ValueError(f"{shown(text)} can't be a tag. Write at most 40 characters without commas, as in “pricing”.")
    return name


def channel(text: str) -> str:
    """ "#product-sync" or a channel's id."""
    name = re.sub(r"^<#([CG][A-Z0-9]+)(\|[^>]*)?>$", r"\1", text.strip())
    if CHANNEL_ID.fullmatch(name):
        return name
    if not CHANNEL.fullmatch(name) or name == "#" or name != name.lower():
        raise ValueError(
            f"{shown(text)} can't be a channel. Write its name as Slack shows it, in quotes: "
            '“"#product-sync"”, or its id (C…).'
        )
    return f"#{name.removeprefix('#')}"


def group(text: str) -> str:
    """ "@engineering" or a user group's id."""
    name = re.sub(r"^<!subteam\^(S[A-Z0-9]+)(\|[^>]*)?>$", r"\1", text.strip())
    if GROUP_ID.fullmatch(name):
        return name
    if re.fullmatch(r"@?[^\s@#<>]{1,80}", name):
        return f"@{name.removeprefix('@')}"
    raise ValueError(f"{shown(text)} can't be a user group. Write its handle, as in “@engineering”, or its id (S…).")


def workspace(text: str) -> str:
    if not WORKSPACE.fullmatch(text.strip()):
        raise ValueError(
            f"{shown(text)} is no workspace id. They begin with T, as in “T012AB3CD”. "
            "If there is just one workspace, delete the line."
        )
    return text.strip()


def key(text: str) -> str:
    if not KEY.fullmatch(text):
        hint = slug(text)
        write = f"Write “{hint}”." if hint else "Write for example “weekly” or “sales”."
        raise ValueError(
            f"{shown(text)} can't be a key: at most 40 small letters, digits, - and _, a letter first. {write}"
        )
    return text


def slug(name: str) -> str:
    """ "Customer Success" -> "customer-success"; empty if no letter of it can be written in ASCII."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-0123456789")[:40].rstrip("-")


def command(text: str) -> str:
    name = text.strip()
    if not COMMAND.fullmatch(name):
        raise ValueError(f"{shown(text)} can't be a command. Write “/” and at most 31 small letters, digits, - or _.")
    if name in SLACKS_OWN:
        raise ValueError(f"{shown(name)} is a command of Slack's own. Choose another name.")
    return name


def emoji(text: str) -> str:
    """ "palm_tree" or ":palm_tree:"."""
    name = text.strip().strip(":")
    if not EMOJI.fullmatch(name):
        raise ValueError(
            f"{shown(text)} can't be an emoji's name. Write what stands between the colons, as in “palm_tree”."
        )
    return name


def _unit(word: str) -> str | None:
    return UNITS.get(word) or UNITS.get(word.removesuffix("s"))


def _weekday(name: str) -> int:
    for number, (short, long) in enumerate(zip(WEEKDAYS, LONG_WEEKDAYS, strict=True)):
        if name in (short, long):
            return number
    raise ValueError(f"{shown(name)} is no weekday. Write mon, tue, wed, thu, fri, sat or sun, or “mon-fri”.")


def _near_zone(text: str) -> str:
    """ "lisbon" and "europe/lisbon" and "Europe/Lisboa" all point to Europe/Lisbon."""
    zones = sorted(available_timezones())
    city = text.replace(" ", "_").casefold()
    same = [name for name in zones if name.casefold() == city or name.casefold().rpartition("/")[2] == city]
    return f"Did you mean “{same[0]}”?" if same else did_you_mean(text, zones)
