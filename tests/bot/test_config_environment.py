"""The environment and `.env`: what is taken, what is refused, and that no secret is ever shown."""

from pathlib import Path

import pytest

from bot.config import ConfigProblem, Environment, environment

NOWHERE = Path("/nonexistent/.env")
BOT, APP, SECRET = "xoxb-1-hush", "xapp-1-hush", "0a1b2c-hush"
HOW = "Set SLACK_BOT_TOKEN with SLACK_APP_TOKEN (socket) or SLACK_SIGNING_SECRET (HTTP)."
TRY = "To try Crosswalk without Slack, start “python -m bot demo”."


def refused(environ: dict[str, str], dotenv: Path = NOWHERE) -> str:
    with pytest.raises(ConfigProblem) as raised:
        environment.read(environ, dotenv)
    return str(raised.value)


def test_without_anything_set_the_defaults_hold() -> None:
    found = environment.read({}, NOWHERE)
    assert found == Environment()
    assert (found.database_url, found.port, str(found.config)) == ("sqlite:///var/crosswalk.db", 3000, "config.yaml")
    assert found.api_url == "https://slack.com/api/"


def test_what_is_set_to_nothing_counts_as_not_set() -> None:
    assert environment.read({"PORT": "", "SLACK_BOT_TOKEN": " ", "DATABASE_URL": ""}, NOWHERE) == Environment()


def test_everything_that_is_set_is_taken() -> None:
    found = environment.read(
        {
            "SLACK_BOT_TOKEN": f" {BOT}\n",
            "SLACK_APP_TOKEN": APP,
            "SLACK_SIGNING_SECRET": SECRET,
            "SLACK_API_URL": "http://127.0.0.1:8765/api",
            "DATABASE_URL": "postgres://me:word@db:5432/crosswalk",
            "HOST": "127.0.0.1",
            "PORT": "8080",
            "CONFIG": "teams",
            "LOG_LEVEL": "DEBUG",
        },
        NOWHERE,
    )
    assert (found.bot_token, found.app_token, found.signing_secret) == (BOT, APP, SECRET)
    assert found.api_url == "http://127.0.0.1:8765/api/"
    assert found.database_url == "postgresql://me:word@db:5432/crosswalk"
    assert (found.host, found.port, found.config, found.log_level) == ("127.0.0.1", 8080, Path("teams"), "debug")


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text(f"# ours\nexport SLACK_BOT_TOKEN='{BOT}'\nPORT=4000 # a note\nCONFIG=\"a b.yaml\"\n")
    found = environment.read({"PORT": "5000"}, file)
    assert (found.bot_token, found.port, found.config) == (BOT, 5000, Path("a b.yaml"))


def test_the_process_is_asked_when_nothing_else_is_given(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PORT", "4321")
    assert environment.read().port == 4321


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("PORT", "http", "environment: PORT: This is no port. Write a number up to 65535, for example 3000."),
        ("PORT", "65536", "environment: PORT: This is no port. Write a number up to 65535, for example 3000."),
        ("PORT", "-1", "environment: PORT: This is no port. Write a number up to 65535, for example 3000."),
        (
            "LOG_LEVEL",
            "loud",
            "environment: LOG_LEVEL: This is no log level. Write “debug”, “info”, “warning” or “error”.",
        ),
        (
            "SLACK_API_URL",
            "slack.com",
            "environment: SLACK_API_URL: This is no web address. "
            "Write for example https://slack.com/api/ or http://127.0.0.1:8765/api/.",
        ),
        (
            "SLACK_BOT_TOKEN",
            APP,
            "environment: SLACK_BOT_TOKEN: A token that begins with “xoxb-” is needed. This one is an app-level token. "
            "Copy it from your Slack app: Bot User OAuth Token (OAuth & Permissions).",
        ),
        (
            "SLACK_APP_TOKEN",
            BOT,
            "environment: SLACK_APP_TOKEN: A token that begins with “xapp-” is needed. This one is a bot token. "
            "Copy it from your Slack app: App-Level Token (Basic Information).",
        ),
        (
            "SLACK_BOT_TOKEN",
            "xoxb-1 hush",
            "environment: SLACK_BOT_TOKEN: The token has a space or a strange character in it. "
            "Copy it again, without quotes or spaces.",
        ),
        (
            "SLACK_SIGNING_SECRET",
            "“hush”",
            "environment: SLACK_SIGNING_SECRET: The secret has a space or a strange character in it. "
            "Copy it from Basic Information.",
        ),
        *(
            (
                "DATABASE_URL",
                wrong,
                "environment: DATABASE_URL: This is no address of a SQLite file or a PostgreSQL database. "
                "Write sqlite:///var/crosswalk.db, or postgresql://user:password@host/name.",
            )
            for wrong in ("mysql://me:hush@db/x", "sqlite://", "sqlite:///", "crosswalk.db", "sqlite:crosswalk.db")
        ),
        *(
            (
                "DATABASE_URL",
                wrong,
                "environment: DATABASE_URL: The PostgreSQL address can't be read. "
                "Write postgresql://user:password@host:5432/name.",
            )
            for wrong in ("postgresql://me:hush@db:port/x", "postgresql://me:hush@db", "postgresql://[hush/x")
        ),
    ],
)
def test_a_wrong_value_gets_a_sentence_that_repeats_no_secret(name: str, value: str, sentence: str) -> None:
    assert refused({name: value}) == sentence
    assert "hush" not in sentence


def test_all_wrong_values_are_told_at_once() -> None:
    assert refused({"PORT": "x", "LOG_LEVEL": "y", "SLACK_API_URL": "z"}).count("\n") == 2


def test_a_wrong_value_in_the_file_is_told_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("# ours\n\nCONFIG=config.yaml\nPORT=http\n")
    assert refused({}, file).startswith(f"{file}, line 4: PORT: This is no port.")


def test_a_line_of_the_file_that_says_nothing_is_told(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("PORT=4000\n\nSLACK_BOT_TOKEN = 'xoxb-1\n")
    assert refused({}, file) == f"{file}, line 3: This line can't be read. Write NAME=value, one on each line."


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_bytes("PORT=4000 # café".encode("utf-16"))
    assert refused({}, file) == f"{file}: This is no UTF-8 text. Save it again as UTF-8."


def test_nothing_secret_is_in_its_representation() -> None:
    found = Environment(BOT, APP, SECRET, database_url="postgresql://me:hush@db/x")
    assert "hush" not in repr(found)
    assert "hush" not in str(found)


@pytest.mark.parametrize(
    ("found", "mode"),
    [
        (Environment(BOT, APP, None), "socket"),
        (Environment(BOT, APP, SECRET), "socket"),
        (Environment(BOT, None, SECRET), "http"),
    ],
)
def test_tokens_decide_how_slack_is_reached(found: Environment, mode: str) -> None:
    assert found.mode() == mode
    assert found.has_tokens


@pytest.mark.parametrize(
    ("found", "sentence"),
    [
        (Environment(), f"SLACK_BOT_TOKEN: There are no Slack tokens, so there is nothing to connect to. {HOW} {TRY}"),
        (
            Environment(None, APP),
            f"SLACK_BOT_TOKEN: The bot's token is missing. Set SLACK_BOT_TOKEN (it begins with “xoxb-”). {TRY}",
        ),
        (
            Environment(BOT),
            "SLACK_APP_TOKEN: There is a bot token, but neither SLACK_APP_TOKEN nor SLACK_SIGNING_SECRET. "
            f"Set SLACK_APP_TOKEN to connect over a socket, or SLACK_SIGNING_SECRET to serve HTTP. {TRY}",
        ),
    ],
)
def test_a_lost_secret_is_named_and_never_turns_into_a_demonstration(found: Environment, sentence: str) -> None:
    with pytest.raises(ConfigProblem) as raised:
        found.mode()
    assert str(raised.value) == f"environment: {sentence}"
