"""What one takes home from the demonstration: a configuration for one's own group, and how to run it.

fields of a form -> checked one by one -> YAML text -> read back as every configuration is -> text, or problems
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.config import ConfigProblem, fields, reading

Json = dict[str, Any]

ASK, FILE = "take_home", "config.yaml"
MOST_FUNCTIONS = 6
_SIDES = (("business", "business"), ("technical", "technical"))
_DAYS = {"mon": "Monday", "tue": "Tuesday", "wed": "Wednesday", "thu": "Thursday", "fri": "Friday"}
_BEGUN = (
    ("Engineering", "technical"),
    ("Design", "technical"),
    ("Sales", "business"),
    ("Customer Success", "business"),
)


@dataclass(frozen=True, slots=True)
class Function:
    name: str
    side: str
    lead: str


@dataclass(frozen=True, slots=True)
class Team:
    """What somebody entered about her own group, every part as a configuration takes it."""

    zone: str
    channel: str
    when: str
    functions: tuple[Function, ...]


@dataclass(slots=True)
class _Entered:
    """Reads fields by name, and collects what is wrong with them, each beside its field."""

    given: Mapping[str, Any]
    problems: list[Json] = field(default_factory=list)

    def text(self, name: str) -> str:
        return " ".join(str(self.given.get(name, "")).split())

    def checked(self, name: str, check: Callable[[str], str]) -> str:
        try:
            return check(self.text(name))
        except ValueError as error:
            self.wrong(name, str(error))
            return ""

    def wrong(self, name: str, message: str) -> None:
        self.problems.append({"field": name, "message": message})


def form(link: str) -> Json:
    """What the page draws. `link` is Slack's create-app address with the manifest filled in."""
    blank = [{"name": "", "side": "business", "lead": ""}] * (MOST_FUNCTIONS - len(_BEGUN))
    begun = [{"name": name, "side": side, "lead": ""} for name, side in _BEGUN]
    return {
        "ask": ASK,
        "file": FILE,
        "title": "Take this home",
        "intro": "A configuration for your own group, to begin with. Leave out the functions that you do not have; "
        "people are written as Slack shows them, like @rui.",
        "button": f"Make my {FILE}",
        "fields": [
            {"name": "zone", "label": "Your group's time zone", "value": "Europe/Lisbon"},
            {"name": "channel", "label": "Channel of the stand-up", "value": "#product-sync"},
            {"name": "day", "label": "Day of the stand-up", "value": "mon", "options": list(_DAYS.items())},
            {"name": "time", "label": "Time of the stand-up, on everybody's own clock", "value": "09:00"},
            {
                "name": "functions",
                "label": "Functions",
                "rows": begun + blank,
                "fields": [
                    {"name": "name", "label": "Name"},
                    {"name": "side", "label": "Side", "options": list(_SIDES)},
                    {"name": "lead", "label": "Lead", "placeholder": "@handle"},
                ],
            },
        ],
        "link": link,
        "link_label": "Create the Slack app, with everything filled in",
        "commands": [
            [f"Put the file in the place of Crosswalk's {FILE}, and see the coming week:", _CHECK],
            ["With the app's two tokens (xoxb-… and xapp-…) in .env, start it:", "make run"],
        ],
    }


_CHECK = ".venv/bin/python -m bot check-config"


def answer(given: Json) -> Json:
    """The `text` of a configuration that holds, or the `problems` that stand in its way, each with its `field`."""
    team, problems = _read(given)
    if problems:
        return {"text": "", "problems": problems}
    text = written(team)
    try:
        reading.read_text(text, FILE)
    except ConfigProblem as found:
        return {"text": "", "problems": [{"field": "", "message": f"{p.message} {p.instead}"} for p in found.problems]}
    return {"text": text, "problems": []}


def written(team: Team) -> str:
    """The configuration as a file that explains itself."""
    functions = "\n".join(
        _FUNCTION.format(_quoted(each.name), each.side, _quoted(each.lead)) for each in team.functions
    )
    owner = _quoted(team.functions[0].lead)
    zone, channel, when = _quoted(team.zone), _quoted(team.channel), _quoted(team.when)
    return _FILE.format(functions=functions, owner=owner, zone=zone, channel=channel, when=when)


def _read(given: Json) -> tuple[Team, list[Json]]:
    entered = _Entered(given)
    functions = tuple(each for nth in range(MOST_FUNCTIONS) if (each := _function(entered, f"functions.{nth}")))
    if not functions and not entered.problems:
        entered.wrong("functions.0.lead", "Who leads it? One function at least needs a name and a lead.")
    zone, channel = entered.checked("zone", fields.zone), entered.checked("channel", fields.channel)
    when = entered.checked("time", lambda time: fields.when(f"{entered.text('day') or 'mon'} {time}"))
    return Team(zone, channel, when, functions), entered.problems


def _function(entered: _Entered, row: str) -> Function | None:
    """A row without a name and without a lead is one that is not needed."""
    name, lead = entered.text(f"{row}.name"), entered.text(f"{row}.lead")
    if not lead and (not name or name in dict(_BEGUN)):
        return None
    if not name:
        entered.wrong(f"{row}.name", "What is the function called?")
    side = entered.text(f"{row}.side")
    if side not in dict(_SIDES):
        entered.wrong(f"{row}.side", "Choose business or technical.")
    return Function(name, side, entered.checked(f"{row}.lead", fields.person))


def _quoted(text: str) -> str:
    """JSON's strings are YAML's, so nothing that somebody enters can become anything else."""
    return json.dumps(text, ensure_ascii=False)


_FUNCTION = """\
  - name: {}
    side: {}
    lead: {}
    members: []            # more people: ["@ana", "@bo"], or group: "@a-slack-user-group" """.rstrip()

_FILE = """\
# Crosswalk's configuration, to begin with. Try a change first: python -m bot check-config
# The config.yaml that comes with Crosswalk explains every line that can stand here.

# Who does what. A lead hears when another function waits for hers.
functions:
{functions}

# May reload this file, start and skip stand-ups for everybody, and export.
admins: [{owner}]

calendar:
  zone: {zone}
  working_days: mon-fri
  hours: "09:00-18:00"
  # holidays: PT           # whose public holidays are kept

# Decisions: asked of one person, until a day, and once a week how long they take.
decisions:
  due: 3
  summary:
    when: fri 15:00
    channels: [{channel}]

# The stand-up: everybody in the channel is asked at that time on her own clock.
standups:
  weekly:
    title: Weekly cross-functional stand-up
    channel: {channel}
    when: {when}
    zone: member
    owner: {owner}
    questions:
      - key: progress
        ask: What moved since last week?
        required: true
      - key: next
        ask: What comes next?
      - key: blocker
        ask: What stops you?
        kind: blocker
      - key: waiting
        ask: Which function can help?
        kind: waiting
"""
