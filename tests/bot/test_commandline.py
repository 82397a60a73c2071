import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot import exporting, manifest
from bot.commandline import main, registered
from bot.complaints import Trouble, complaint
from bot.config import ConfigProblem, Environment
from bot.database import CannotOpen, Database
from bot.engine import AlreadyRunning, Hold, NotMigrated
from bot.migrations import UsedByNewer
from bot.transport import TokenRefused

ROOT = Path(__file__).parents[2]
SLACK = {"SLACK_BOT_TOKEN": "xoxb-1-a", "SLACK_APP_TOKEN": "xapp-1-a"}
HTTP = {"SLACK_BOT_TOKEN": "xoxb-1-a", "SLACK_SIGNING_SECRET": "shh"}
NOTES, BELOW = {"DATABASE_URL": "sqlite:///notes.db"}, {"DATABASE_URL": "sqlite:///notes/a.db"}
AWAY = {"DATABASE_URL": "postgresql://a:secret@127.0.0.1:1/b"}
WORDS = ("run", "demo", "sandbox", "migrate", "manifest", "check-config", "export", "import")


@dataclass(frozen=True)
class Wrong:
    """What somebody did wrong: the words she typed, the environment, files, and what she is told."""

    name: str
    words: tuple[str, ...]
    code: int
    told: tuple[str, ...]
    environ: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)


CASES = (
    Wrong("no word at all", (), 2, ("COMMAND", "--help")),
    Wrong("a word that is none", ("rum",), 2, ("rum", "--help")),
    Wrong("run without tokens", ("run",), 2, ("no Slack tokens", "python -m bot demo")),
    Wrong("run with half a socket", ("run",), 2, ("SLACK_APP_TOKEN", "demo"), {"SLACK_BOT_TOKEN": "xoxb-1-a"}),
    Wrong("a token of the other kind", ("run",), 2, ("app-level token",), {"SLACK_BOT_TOKEN": "xapp-1-a"}),
    Wrong("no configuration", ("run",), 2, ("config.yaml", "no such file"), {**SLACK, "CONFIG": "config.yaml"}),
    Wrong("a slip in it", ("run",), 2, ("config.yaml, line 1", "admin"), SLACK, {"config.yaml": "admin: []\n"}),
    Wrong("a strange database", ("migrate",), 2, ("DATABASE_URL", "SQLite"), {"DATABASE_URL": "mysql://a/b"}),
    Wrong(
        "a database that is none",
        ("migrate",),
        2,
        ("notes.db", "not a database"),
        NOTES,
        {"notes.db": "x" * 5000},
    ),
    Wrong(
        "a folder that is a file",
        ("migrate",),
        2,
        ("cannot be",),
        BELOW,
        {"notes": ""},
    ),
    Wrong(
        "a database server that is away",
        ("migrate",),
        2,
        ("127.0.0.1", "Check DATABASE_URL"),
        AWAY,
    ),
    Wrong("an export of nothing", ("export", "standups", "--csv"), 1, ("no database", "Start the bot")),
    Wrong(
        "a sandbox's file that is none",
        ("sandbox", "--port", "0", "--data", "notes.db"),
        2,
        ("notes.db", "--data"),
        files={"notes.db": "x" * 5000},
    ),
    Wrong("a seed that is not there", ("sandbox", "--seed", "seed.json"), 2, ("seed.json",)),
    Wrong("a seed that is no JSON", ("sandbox", "--seed", "seed.json"), 2, ("no JSON",), {}, {"seed.json": "people"}),
    Wrong("a port that is none", ("sandbox", "--port", "99999"), 2, ("port",)),
    Wrong("HTTP without https", ("manifest", "--http", "bot.example.com"), 2, ("https://bot.example.com",)),
    Wrong("a configuration with slips", ("check-config", "c.yaml"), 2, ("line 1",), {}, {"c.yaml": "functionz: []\n"}),
)


@pytest.mark.parametrize("wrong", CASES, ids=lambda wrong: wrong.name)
def test_what_can_be_foreseen_is_told_in_a_sentence(
    wrong: Wrong, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _stand_in(tmp_path, monkeypatch, wrong.environ, wrong.files)
    code = _code(wrong.words)
    out, err = capsys.readouterr()
    assert (code, out) == (wrong.code, "")
    assert "Traceback" not in err
    assert "secret" not in err
    assert [words for words in wrong.told if words not in err] == []


@pytest.mark.parametrize("word", WORDS)
def test_every_word_says_what_it_does_and_shows_an_example(word: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert _code((word, "--help")) == 0
    shown = capsys.readouterr().out
    assert f"python -m bot {word}" in shown.partition("Example:")[2]


def test_as_a_process_it_ends_with_the_code_and_one_sentence(tmp_path: Path) -> None:
    done = _process(tmp_path, "run")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1


def test_a_seed_that_does_not_fit_is_told_with_what_is_wrong_in_it(tmp_path: Path) -> None:
    (tmp_path / "seed.json").write_text('{"users": [{"id": "U0A", "zone": "UTC"}]}')
    done = _process(tmp_path, "sandbox", "--port", str(_free_port()), "--seed", "seed.json")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr
    assert "seed.json" in done.stderr
    assert "zone" in done.stderr


def test_a_taken_port_is_told_with_what_to_do(tmp_path: Path) -> None:
    with _listening() as port:
        for words in (("sandbox", "--port", str(port)), ("demo", "--port", str(port))):
            done = _process(tmp_path, *words)
            assert (done.returncode, done.stderr.count("\n")) == (1, 1), done.stderr
            assert "port" in done.stderr.lower()


def test_run_refuses_a_taken_port_before_it_touches_anything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with _listening() as port:
        environ = {**HTTP, "HOST": "127.0.0.1", "PORT": str(port)}
        _stand_in(tmp_path, monkeypatch, environ, {"config.yaml": (ROOT / "config.yaml").read_text()})
        assert _code(("run",)) == 1
    assert "PORT" in capsys.readouterr().err
    assert not (tmp_path / "var").exists()


TOLD = (
    (ConfigProblem.one("config.yaml", 3, "admins", "No."), 2, "config.yaml, line 3"),
    (CannotOpen("sqlite:///x", "it is locked."), 2, "sqlite:///x"),
    (NotMigrated(), 1, "python -m bot migrate"),
    (UsedByNewer("9000"), 1, "Start the newer version, or restore the backup"),
    (AlreadyRunning(Path("var/crosswalk.db")), 1, "already running"),
    (TokenRefused("auth.test", "invalid_auth"), 2, "SLACK_BOT_TOKEN"),
    (TokenRefused("directory", "missing_scope"), 2, "python -m bot manifest"),
    (TokenRefused("apps.connections.open", "invalid_auth"), 2, "connections:write"),
    (PermissionError(13, "Permission denied", "var/x"), 1, "var/x"),
    (Trouble("Do that.", 2), 2, "Do that."),
    (ExceptionGroup("tasks", [TokenRefused("auth.test", "token_revoked")]), 2, "SLACK_BOT_TOKEN"),
)


@pytest.mark.parametrize(("error", "code", "told"), TOLD)
def test_each_foreseen_error_has_its_sentence_and_code(error: Exception, code: int, told: str) -> None:
    found = complaint(error)
    assert found is not None
    assert found[0] == code
    assert told in found[1]


@pytest.mark.parametrize("bug", [ValueError("x"), KeyError("x"), ExceptionGroup("g", [TypeError("x")])])
def test_a_bug_is_not_dressed_up_as_a_sentence(bug: Exception) -> None:
    assert complaint(bug) is None


def test_whoever_stops_reading_gets_no_traceback(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "manifest"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=_environ(tmp_path),
        cwd=tmp_path,
    ) as piped:
        assert piped.stdout is not None
        assert piped.stderr is not None
        piped.stdout.close()
        assert piped.stderr.read() == b""
    assert piped.returncode == 1


def test_the_manifest_is_what_the_features_register(capsys: pytest.CaptureFixture[str]) -> None:
    assert _code(("manifest",)) == 0
    assert json.loads(capsys.readouterr().out) == manifest.manifest(registered(), "socket")


def test_the_manifest_for_http_names_the_address_everywhere(capsys: pytest.CaptureFixture[str]) -> None:
    assert _code(("manifest", "--http", "https://bot.example.com")) == 0
    made = json.loads(capsys.readouterr().out)
    address = "https://bot.example.com/slack/events"
    assert made["settings"]["interactivity"]["request_url"] == address
    assert {command["url"] for command in made["features"]["slash_commands"]} == {address}


def test_the_link_and_the_reasons_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert _code(("manifest", "--link")) == 0
    assert capsys.readouterr().out.startswith("https://api.slack.com/apps?new_app=1&manifest_json=%7B")
    assert _code(("manifest", "--explain")) == 0
    reasons = capsys.readouterr().out
    assert reasons.count("without it:") == len(manifest.scopes(registered()))


def test_the_shipped_configuration_shows_its_week(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _stand_in(tmp_path, monkeypatch, {}, {})
    assert _code(("check-config", str(ROOT / "config.yaml"))) == 0
    assert "Weekly cross-functional stand-up" in capsys.readouterr().out


def test_migrating_twice_does_no_harm(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _stand_in(tmp_path, monkeypatch, {"DATABASE_URL": "sqlite:///a.db"}, {})
    assert (_code(("migrate",)), _code(("migrate",))) == (0, 0)
    assert "up to date" in capsys.readouterr().out
    with closing(Database.open("sqlite:///a.db")) as database, pytest.raises(Trouble, match="No workspace"):
        database.read_now(exporting.workspace_of, None)


def test_a_second_one_on_the_same_file_is_refused(tmp_path: Path) -> None:
    held = Hold(tmp_path / "crosswalk.db")
    held.take()
    done = _process(tmp_path, "demo", "--port", str(_free_port()), "--data", str(tmp_path))
    held.release()
    assert (done.returncode, done.stderr.count("\n")) == (1, 1), done.stderr
    assert "already running" in done.stderr
    assert "a demonstration a folder of its own with --data" in done.stderr


DISKS = (
    ("a folder on this machine", "sqlite:////srv/data/a.db", None, False),
    ("a temporary folder", "sqlite:////tmp/a.db", None, True),
    ("a platform's own disk", "sqlite:////srv/data/a.db", "Heroku", True),
    ("a database server", "postgresql://db/a", "Heroku", False),
)


@pytest.mark.parametrize(("name", "url", "platform", "warned"), DISKS)
def test_a_disk_that_will_not_last_is_named_at_start(name: str, url: str, platform: str | None, warned: bool) -> None:
    warning = Environment(database_url=url, platform=platform).fleeting_disk()
    assert (warning is not None) == warned, name
    assert warning is None or "will not last" in warning


def _code(words: tuple[str, ...]) -> int:
    try:
        return main(words)
    except SystemExit as ended:
        return int(ended.code or 0)


def _stand_in(
    folder: Path, monkeypatch: pytest.MonkeyPatch, environ: Mapping[str, str], files: Mapping[str, str]
) -> None:
    for name in set(os.environ) - set(_environ(folder)):
        monkeypatch.delenv(name)
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    for name, text in files.items():
        (folder / name).write_text(text)
    monkeypatch.chdir(folder)


def _environ(folder: Path) -> dict[str, str]:
    kept = ("PATH", "HOME", "LANG", "PYTEST_CURRENT_TEST")
    return {name: os.environ[name] for name in kept if name in os.environ} | {"PYTHONPATH": str(ROOT)}


def _process(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", *words],
        cwd=folder,
        env=_environ(folder) | {"CONFIG": str(ROOT / "config.yaml")},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@contextmanager
def _listening() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        yield taken.getsockname()[1]


def _free_port() -> int:
    with _listening() as port:
        return port
