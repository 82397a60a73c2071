"""The tour leads to people and places that are there, and what it ends with is a configuration that holds."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import unquote
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config import Environment, reading
from bot.demo import beginning, people, takehome
from bot.demo.tour import tour
from tests.bot.demo.conftest import Begun, begun_at
from tests.lived import CONFIG, WEDNESDAY, copied

LATER = WEDNESDAY + timedelta(days=9)
LISBON = ZoneInfo("Europe/Lisbon")
FORM = takehome.form("https://api.slack.com/apps?new_app=1")
FIELDS = {each["name"] for each in FORM["fields"] if "rows" not in each} | {
    f"{each['name']}.{nth}.{one['name']}"
    for each in FORM["fields"]
    for nth in range(len(each.get("rows", ())))
    for one in each["fields"]
}
FILLED = {
    "zone": "America/New_York",
    "channel": "#go-to-market",
    "day": "tue",
    "time": "10:30",
    "functions.0.name": "Engineering",
    "functions.0.side": "technical",
    "functions.0.lead": "@ana",
    "functions.1.name": "Design",
    "functions.1.side": "technical",
    "functions.1.lead": "",
    "functions.2.name": "Sales: “north” # 1",
    "functions.2.side": "business",
    "functions.2.lead": "bo@acme.example",
}


def test_every_step_is_for_somebody_somewhere_with_a_command_that_is_there(begun: Begun) -> None:
    users, channels = ({each["id"] for each in begun.seed[name]} for name in ("users", "channels"))
    features = begun.seed["apps"][0]["manifest"]["features"]
    commands = {each["command"] for each in features["slash_commands"]}
    members = {each["id"]: each["members"] for each in begun.seed["channels"]}
    for step in begun.seed["tour"]["steps"]:
        assert step["title"]
        assert step["text"]
        assert step.get("user", people.YOU) in users
        if step.get("place", "@bot") != "@bot":
            assert step["place"] in channels
            assert step["user"] in members[step["place"]]
        if "write" in step:
            assert step["write"].split()[0] in commands


def test_it_waits_for_monday_at_nine_and_friday_at_three_in_lisbon_also_across_a_change_of_the_clocks() -> None:
    for begins in ("2026-11-23T08:55:00+00:00", "2026-10-19T07:55:00+00:00", "2026-03-23T08:55:00+00:00"):
        steps = tour("once", datetime.fromisoformat(begins), "Europe/Lisbon", "")["steps"]
        local = [f"{datetime.fromtimestamp(step['jump'], LISBON):%a %H:%M}" for step in steps if "jump" in step]
        assert local == ["Mon 09:00", "Fri 15:00"]
        assert [step["until"]["clock"] for step in steps if "jump" in step] == [
            step["jump"] for step in steps if "jump" in step
        ]


def test_it_ends_at_home_with_the_address_that_creates_the_app(begun: Begun) -> None:
    steps, home = begun.seed["tour"]["steps"], begun.seed["tour"]["home"]
    assert [step.get("home", False) for step in steps] == [False] * (len(steps) - 1) + [True]
    asked = json.loads(unquote(home["link"].partition("manifest_json=")[2]))
    assert asked == begun.seed["apps"][0]["manifest"]


def test_a_demonstration_that_goes_on_has_the_same_tour_and_a_new_one_its_own(
    begun: Begun, built: Path, tmp_path: Path
) -> None:
    again = copied(built, tmp_path / "again")
    again.sandbox.touch()
    stage = beginning.stage(Environment(config=CONFIG), tmp_path / "again", LATER, fresh=False)
    assert stage.resumed
    assert begun_at(stage).seed["tour"] == begun.seed["tour"]
    assert begun.seed["tour"]["id"] == f"{people.TEAM} {WEDNESDAY.isoformat()}"


def test_what_is_taken_home_is_read_back_as_it_was_entered() -> None:
    made = takehome.answer(FILLED)
    assert made["problems"] == []
    found = reading.read_text(made["text"])
    assert [(each.name, each.side, each.lead) for each in found.functions] == [
        ("Engineering", "technical", "@ana"),
        ("Sales: “north” # 1", "business", "bo@acme.example"),
    ]
    weekly = found.standups["weekly"]
    assert (weekly.channel, weekly.when, weekly.owner) == ("#go-to-market", "tue 10:30", "@ana")
    assert (found.calendar.zone, found.admins) == ("America/New_York", ("@ana",))
    assert found.decisions.summary.channels == ("#go-to-market",)


@pytest.mark.parametrize(
    ("entered", "field"),
    [
        ({"zone": "Lisboa"}, "zone"),
        ({"zone": ""}, "zone"),
        ({"channel": "Two Words"}, "channel"),
        ({"time": "25:00"}, "time"),
        ({"day": "someday"}, "time"),
        ({"functions.0.lead": "a b"}, "functions.0.lead"),
        ({"functions.0.name": ""}, "functions.0.name"),
        ({"functions.0.side": "both"}, "functions.0.side"),
        ({"functions.3.name": "Legal", "functions.3.side": "business"}, "functions.3.lead"),
        ({"functions.0.lead": "", "functions.2.name": "", "functions.2.lead": ""}, "functions.0.lead"),
        ({"functions.2.name": "engineering"}, ""),
        ({"functions.2.name": "x" * 76}, ""),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(entered: dict[str, str], field: str) -> None:
    made = takehome.answer({**FILLED, **entered})
    assert made["text"] == ""
    assert [each["field"] for each in made["problems"]] == [field]
    assert all(each["message"] for each in made["problems"])


@given(st.dictionaries(st.sampled_from(sorted(FIELDS)), st.text(max_size=90)))
def test_whatever_is_entered_becomes_a_configuration_that_holds_or_a_problem(entered: dict[str, str]) -> None:
    made = takehome.answer({**FILLED, **entered})
    assert bool(made["text"]) != bool(made["problems"])
    assert {each["field"] for each in made["problems"]} <= FIELDS | {""}
    if made["text"]:
        reading.read_text(made["text"])
