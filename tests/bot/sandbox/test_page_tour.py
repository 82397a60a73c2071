"""A tour belongs to whoever runs the workspace: it comes with the seed, and the page has none without it."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from bot.sandbox import page
from bot.sandbox.server import Running
from tests.nodejs import node

Json = dict[str, Any]

STATIC = Path(page.__file__).parent / "static"
TOUR = {"id": "T1 one", "steps": [{"title": "</script><b>", "text": "Look *here*."}], "home": {"title": "Home"}}
SEED: Json = {
    "team": {"id": "T1", "name": "Acme", "domain": "acme"},
    "users": [{"id": "U1", "name": "ada", "real_name": "Ada", "tz": "Europe/Lisbon"}],
}


def shown(running: Running) -> Any:
    with urlopen(running.url + "/", timeout=30) as answer:
        found = re.search(r'id="tour-data">(.*?)</script>', answer.read().decode())
    assert found
    return json.loads(found[1])


def ask(running: Running, name: str, body: Json, origin: str | None = None) -> tuple[int, Json]:
    headers = {"Content-Type": "application/json", **({"Origin": origin} if origin else {})}
    request = Request(f"{running.url}/control/ask/{name}", json.dumps(body).encode(), headers)
    try:
        with urlopen(request, timeout=30) as answer:
            return answer.status, json.load(answer)
    except HTTPError as refused:
        return refused.code, json.load(refused)


@pytest.mark.parametrize("tour", [None, TOUR])
def test_the_page_has_the_tour_of_its_seed_or_none(tour: Json | None) -> None:
    running = Running.start({**SEED, **({"tour": tour} if tour else {})})
    try:
        assert shown(running) == tour
    finally:
        running.stop()


def test_a_workspace_that_goes_on_has_the_tour_of_today(tmp_path: Path) -> None:
    for tour in (TOUR, {**TOUR, "id": "T1 two"}, None):
        running = Running.start({**SEED, "tour": tour}, data=str(tmp_path / "sandbox.db"))
        assert shown(running) == tour
        running.stop()


def test_the_page_asks_whoever_runs_the_workspace_and_nobody_else_may() -> None:
    running = Running.start(SEED, answers={"echo": lambda given: {"said": given["word"]}})
    try:
        assert ask(running, "echo", {"word": "é"}) == (200, {"ok": True, "said": "é"})
        status, answer = ask(running, "nothing", {})
        assert (status, answer["ok"], answer["error"]) == (200, False, "unknown_question")
        assert ask(running, "echo", {"word": "x"}, "https://elsewhere.example")[0] == 403
    finally:
        running.stop()


def in_node(calls: list[tuple[str, list[Any]]]) -> list[Any]:
    """What the page's own functions answer."""
    script = (
        "const { folder, calls } = JSON.parse(process.argv[1]);"
        "const steps = await import(folder + '/steps.js');"
        "console.log(JSON.stringify(calls.map(([name, given]) => steps[name](...given) ?? null)));"
    )
    facts = json.dumps({"folder": STATIC.as_uri(), "calls": calls})
    command = [node(), "--input-type=module", "--eval", script, facts]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    assert ran.returncode == 0, ran.stderr
    answers: list[Any] = json.loads(ran.stdout)
    return answers


LOOKED_UP = {"act": "command", "user": "U1", "text": "/define ARR", "place": "C1", "now": 100}
DEFINE = {"act": "command", "user": "U1", "text": "/define"}
MET: list[tuple[Any, Json, bool]] = [
    (DEFINE, LOOKED_UP, True),
    (DEFINE, {**LOOKED_UP, "text": "  /Define arr"}, True),
    (DEFINE, {**LOOKED_UP, "user": "U2"}, False),
    (DEFINE, {**LOOKED_UP, "act": "message"}, False),
    (DEFINE, {**LOOKED_UP, "text": "/decision"}, False),
    ({"act": "command"}, {**LOOKED_UP, "user": "U9"}, True),
    ([{"act": "submit"}, DEFINE], LOOKED_UP, True),
    ([], LOOKED_UP, False),
    ({"clock": 100}, LOOKED_UP, True),
    ({"clock": 101}, LOOKED_UP, False),
    ({"clock": 100}, {"place": "C1", "user": "U1", "now": 100}, True),
    ({"place": "C1"}, LOOKED_UP, True),
    ({"place": "C1", "user": "U2"}, LOOKED_UP, False),
    ({**DEFINE, "place": "C1"}, LOOKED_UP, True),
    ({**DEFINE, "place": "C2"}, LOOKED_UP, False),
    ({**DEFINE, "clock": 101}, LOOKED_UP, False),
    ({"user": "U1"}, LOOKED_UP, True),
    ({}, {"place": "C1", "user": "U1", "now": 100}, False),
]


def test_a_step_is_done_when_what_it_waits_for_has_happened() -> None:
    answers = in_node([("met", [until, happened]) for until, happened, _ in MET])
    assert answers == [expected for _, _, expected in MET]


KEPT: list[tuple[str | None, Json]] = [
    (None, {"at": 0, "open": True}),
    ('{"at":3,"open":false}', {"at": 3, "open": False}),
    ('{"at":99}', {"at": 7, "open": True}),
    ('{"at":-4}', {"at": 0, "open": True}),
    ('{"at":"x"}', {"at": 0, "open": True}),
    ("not JSON", {"at": 0, "open": True}),
]


def test_where_one_was_is_remembered_and_nonsense_begins_anew() -> None:
    assert in_node([("kept", [written, 8]) for written, _ in KEPT]) == [expected for _, expected in KEPT]


MOVES: list[tuple[Json, float, float | None]] = [
    ({"now": 1000, "target": 0, "running": False}, 0.5, 1300),
    ({"now": 1000, "target": 1000, "running": True}, 0.5, 1300),
    ({"now": 1000, "target": 5000, "running": True}, 0.5, None),
    # Nobody follows the calendar: an old target keeps nobody waiting.
    ({"now": 1000, "target": 5000, "running": False}, 0.5, 1300),
    # The page has slept for an hour: that is no reason to lose three weeks.
    ({"now": 1000, "target": 0, "running": False}, 3600, 2200),
]


def test_playing_waits_for_the_move_that_is_still_under_way_and_makes_no_leaps() -> None:
    answers = in_node([("nextMove", [clock, 600, seconds]) for clock, seconds, _ in MOVES])
    assert answers == [expected for _, _, expected in MOVES]


COMMANDS = [
    {"command": "/define", "usage_hint": "arr", "description": "Looks a word up"},
    {"command": "/decision", "usage_hint": "", "description": "Asks for a decision"},
    {"command": "/standup", "description": "Answers"},
]


@pytest.mark.parametrize(
    ("typed", "found", "usage"),
    [
        ("/", ["/define", "/decision", "/standup"], ""),
        ("/DE", ["/define", "/decision"], ""),
        ("/define", ["/define"], ""),
        ("/define ", [], "/define arr"),
        ("/define arr", [], "/define arr"),
        ("/decision x", [], "/decision"),
        ("/standup x", [], "/standup"),
        ("/unknown x", [], ""),
        ("//", [], ""),
        ("and/or", [], ""),
        ("", [], ""),
    ],
)
def test_a_command_is_completed_while_it_is_typed(typed: str, found: list[str], usage: str) -> None:
    completed, hint = in_node([("completions", [typed, COMMANDS]), ("hint", [typed, COMMANDS])])
    assert ([one["command"] for one in completed], hint) == (found, usage)
