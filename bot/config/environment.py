"""The environment and `.env`: tokens, addresses and the port. The only reader of os.environ."""

import io
import os
import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from bot.config.problems import ConfigProblem, Problem, one_of

SLACK = "https://slack.com/api/"
DATABASE = "sqlite:///var/crosswalk.db"
LEVELS = ("debug", "info", "warning", "error")


@dataclass(frozen=True, slots=True)
class Environment:
    """What the process was started with. Tokens, the secret and the database's address never show in `repr`."""

    bot_token: str | None = field(default=None, repr=False)
    app_token: str | None = field(default=None, repr=False)
    signing_secret: str | None = field(default=None, repr=False)
    api_url: str = SLACK
    database_url: str = field(default=DATABASE, repr=False)
    host: str = "127.0.0.1"
    port: int = 3000
    config: Path = Path("config.yaml")
    log_level: str = "info"
    platform: str | None = None

    @property
    def has_tokens(self) -> bool:
        return any((self.bot_token, self.app_token, self.signing_secret))

    def mode(self) -> Literal["socket", "http"]:
        """How Slack is reached. Raises ConfigProblem naming what is missing: a lost secret is never overlooked."""
        if self.bot_token and self.app_token:
            return "socket"
        if self.bot_token and self.signing_secret:
            return "http"
        raise ConfigProblem.one("environment", None, *_missing(self))

    def fleeting_disk(self) -> str | None:
        """A sentence for the start, where SQLite would lie on a disk that is likely to be wiped; else None."""
        if not self.database_url.startswith("sqlite:///"):
            return None
        file = Path(self.database_url.removeprefix("sqlite:///")).absolute()
        temporary = Path(tempfile.gettempdir()) in file.parents or Path("/tmp") in file.parents
        if not temporary and (self.platform is None or _on_a_volume(file)):
            return None
        where = f"{file} is a temporary file" if temporary else f"{self.platform} empties {file.parent} at each deploy"
        return (
            f"Warning: this disk will not last: {where}, and all answers in it would be gone. "
            "Set DATABASE_URL to a PostgreSQL database, or to a SQLite file on a disk that stays."
        )


def read(environ: Mapping[str, str] | None = None, dotenv: Path = Path(".env")) -> Environment:
    """The environment over `.env`; an empty value counts as not set. Raises ConfigProblem with all that is wrong."""
    lines = _dotenv(dotenv)
    values: dict[str, tuple[str, str, int | None]] = {
        name: (value, str(dotenv), line) for name, (value, line) in lines.items()
    }
    values |= {
        name: (value, "environment", None) for name, value in (os.environ if environ is None else environ).items()
    }
    reading = _Reading({name: row for name, row in values.items() if row[0].strip()})
    made = Environment(
        bot_token=reading.token("SLACK_BOT_TOKEN", "xoxb-", "Bot User OAuth Token (OAuth & Permissions)"),
        app_token=reading.token("SLACK_APP_TOKEN", "xapp-", "App-Level Token (Basic Information)"),
        signing_secret=reading.secret("SLACK_SIGNING_SECRET"),
        api_url=reading.address("SLACK_API_URL"),
        database_url=reading.database("DATABASE_URL"),
        host=reading.text("HOST", "127.0.0.1"),
        port=reading.port("PORT"),
        config=Path(reading.text("CONFIG", "config.yaml")),
        log_level=reading.level("LOG_LEVEL"),
        platform=next((name for mark, name in _PLATFORMS.items() if reading.text(mark, "")), None),
    )
    if reading.problems:
        raise ConfigProblem(reading.problems)
    return made


class _Reading:
    """Takes values by name and collects what is wrong with them. No sentence repeats a secret."""

    def __init__(self, values: Mapping[str, tuple[str, str, int | None]]) -> None:
        self._values = values
        self.problems: list[Problem] = []

    def text(self, name: str, default: str) -> str:
        return self._values[name][0].strip() if name in self._values else default

    def token(self, name: str, begins: str, where: str) -> str | None:
        token = self.text(name, "")
        if not token:
            return None
        if not token.startswith(begins):
            other = {"xapp-": " This one is an app-level token.", "xoxb-": " This one is a bot token."}.get(
                token[:5], ""
            )
            self._wrong(
                name, f"A token that begins with “{begins}” is needed.{other}", f"Copy it from your Slack app: {where}."
            )
        elif not re.fullmatch(r"[\x21-\x7e]+", token):
            self._wrong(
                name, "The token has a space or a strange character in it.", "Copy it again, without quotes or spaces."
            )
        return token

    def secret(self, name: str) -> str | None:
        secret = self.text(name, "")
        if secret and not re.fullmatch(r"[\x21-\x7e]+", secret):
            self._wrong(name, "The secret has a space or a strange character in it.", "Copy it from Basic Information.")
        return secret or None

    def address(self, name: str) -> str:
        address = self.text(name, SLACK)
        if not re.match(r"https?://[^/\s]+", address) or " " in address:
            self._wrong(name, "This is no web address.", f"Write for example {SLACK} or http://127.0.0.1:8765/api/.")
        return address if address.endswith("/") else address + "/"

    def database(self, name: str) -> str:
        address = self.text(name, DATABASE)
        scheme = address.partition(":")[0].lower()
        if scheme in ("postgres", "postgresql") or scheme.startswith("postgresql+"):
            return self._postgres(name, "postgresql:" + address.partition(":")[2])
        if (
            scheme != "sqlite"
            or not address.startswith("sqlite:///")
            or not address.removeprefix("sqlite:///").strip("/")
        ):
            example = f"Write {DATABASE}, or postgresql://user:password@host/name."
            self._wrong(name, "This is no address of a SQLite file or a PostgreSQL database.", example)
        return address

    def _postgres(self, name: str, address: str) -> str:
        try:
            parts = urlsplit(address)
            good = bool(parts.path.strip("/")) and (parts.port is None or parts.port > 0)
        except ValueError:
            good = False
        if not good:
            self._wrong(
                name, "The PostgreSQL address can't be read.", "Write postgresql://user:password@host:5432/name."
            )
        return address

    def port(self, name: str) -> int:
        written = self.text(name, "3000")
        if not re.fullmatch(r"[0-9]{1,5}", written) or int(written) > 65535:
            self._wrong(name, "This is no port.", "Write a number up to 65535, for example 3000.")
            return 3000
        return int(written)

    def level(self, name: str) -> str:
        level = self.text(name, "info").lower()
        if level not in LEVELS:
            self._wrong(name, "This is no log level.", f"Write {one_of(LEVELS)}.")
        return level

    def _wrong(self, name: str, message: str, instead: str) -> None:
        _, file, line = self._values[name]
        self.problems.append(Problem(file, line, name, message, instead))


def _on_a_volume(file: Path) -> bool:
    """Whether the file is below a mounted disk other than the machine's own."""
    return any(os.path.ismount(folder) for folder in file.parents if folder != Path(folder.anchor))


_PLATFORMS = {"DYNO": "Heroku", "RENDER": "Render", "FLY_APP_NAME": "Fly.io", "K_SERVICE": "Cloud Run"}


def _dotenv(file: Path) -> dict[str, tuple[str, int]]:
    """Names to (value, line). A file that is not there is an empty one."""
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return {}
    except UnicodeDecodeError:
        raise ConfigProblem.one(str(file), None, "", "This is no UTF-8 text.", "Save it again as UTF-8.") from None
    except OSError as error:
        raise ConfigProblem.one(str(file), None, "", f"It can't be read: {error.strerror}.") from None
    # The library is loaded only where there is a file for it to read.
    from dotenv.parser import parse_stream

    bindings = list(parse_stream(io.StringIO(text)))
    wrong = [binding.original.line + _blank_lines(binding.original.string) for binding in bindings if binding.error]
    if wrong:
        instead = "Write NAME=value, one on each line."
        raise ConfigProblem(Problem(str(file), line, "", "This line can't be read.", instead) for line in wrong)
    return {
        each.key: (each.value, each.original.line + _blank_lines(each.original.string))
        for each in bindings
        if each.key and each.value
    }


def _blank_lines(text: str) -> int:
    """A binding's text begins with the empty lines before it."""
    return text[: len(text) - len(text.lstrip())].count("\n")


def _missing(environment: Environment) -> tuple[str, str, str]:
    demo = "To try Crosswalk without Slack, start “python -m bot demo”."
    if not environment.has_tokens:
        return (
            "SLACK_BOT_TOKEN",
            "There are no Slack tokens, so there is nothing to connect to.",
            f"Set SLACK_BOT_TOKEN with SLACK_APP_TOKEN (socket) or SLACK_SIGNING_SECRET (HTTP). {demo}",
        )
    if not environment.bot_token:
        return (
            "SLACK_BOT_TOKEN",
            "The bot's token is missing.",
            f"Set SLACK_BOT_TOKEN (it begins with “xoxb-”). {demo}",
        )
    return (
        "SLACK_APP_TOKEN",
        "There is a bot token, but neither SLACK_APP_TOKEN nor SLACK_SIGNING_SECRET.",
        f"Set SLACK_APP_TOKEN to connect over a socket, or SLACK_SIGNING_SECRET to serve HTTP. {demo}",
    )
