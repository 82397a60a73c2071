"""pydantic's errors in plain sentences: what is wrong at a place, and what to write instead."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from bot.config import models
from bot.config.problems import did_you_mean, nearest, one_of, shown
from bot.config.written import Place

KNOWN: Mapping[str, type[BaseModel]] = {
    "": models.Configuration,
    "functions.*": models.Function,
    "calendar": models.Calendar,
    "people.*": models.Person,
    "away": models.Away,
    "commands": models.Commands,
    "messages": models.Messages,
    "glossary": models.Glossary,
    "glossary.domains.*": models.Domain,
    "decisions": models.Decisions,
    "decisions.who_decides.*": models.Decides,
    "decisions.summary": models.DecisionSummary,
    "standups.*": models.Standup,
    "standups.*.audience": models.Audience,
    "standups.*.questions.*": models.Question,
}
HOMES = {name: KNOWN[name].model_fields for name in ("calendar", "away", "messages", "glossary", "decisions")}
COMMENT = "What follows a # is a comment, so put quotes around it."
EXAMPLES: Mapping[str, str] = {
    "workspace": "workspace: T012AB3CD",
    "functions": '- {name: Design, side: technical, lead: "@sofia", members: ["@jonas"]}',
    "functions.*": '- {name: Design, side: technical, lead: "@sofia", members: ["@jonas"]}',
    "functions.*.name": "name: Design",
    "functions.*.key": "key: design",
    "functions.*.side": "side: technical",
    "functions.*.lead": 'lead: "@sofia"',
    "functions.*.country": "country: PT",
    "functions.*.members": 'members: ["@sofia", "@jonas"]',
    "functions.*.group": 'group: "@design"',
    "calendar": "calendar: {zone: Europe/Lisbon, holidays: PT}",
    "calendar.zone": "zone: Europe/Lisbon",
    "calendar.working_days": "working_days: mon-fri",
    "calendar.hours": 'hours: "09:00-18:00"',
    "calendar.holidays": "holidays: PT",
    "calendar.days_off": "days_off: [2026-12-24]",
    "people": 'people: {"@kavya": {country: IN}}',
    "people.*": '"@kavya": {country: IN}',
    "people.*.country": "country: IN",
    "admins": 'admins: ["@marta"]',
    "away": "away: {emojis: [palm_tree], guests: false}",
    "away.emojis": "emojis: [palm_tree]",
    "commands": "commands: {standup: /standup}",
    "commands.standup": "standup: /standup",
    "commands.crosswalk": "crosswalk: /crosswalk",
    "commands.glossary": "glossary: /glossary",
    "commands.define": "define: /define",
    "commands.decision": "decision: /decision",
    "glossary": 'glossary: {stewards: ["@marta"]}',
    "glossary.stewards": 'stewards: ["@marta"]',
    "glossary.domains": '- {name: Revenue, stewards: ["@dana"]}',
    "glossary.domains.*": '- {name: Revenue, stewards: ["@dana"]}',
    "glossary.domains.*.name": "name: Revenue",
    "glossary.domains.*.key": "key: revenue",
    "glossary.domains.*.stewards": 'stewards: ["@dana"]',
    "glossary.confirm_every": "confirm_every: 180d",
    "glossary.gaps": "gaps: fri 10:00",
    "glossary.starter": "starter: false",
    "decisions": "decisions: {due: 3}",
    "decisions.due": "due: 3",
    "decisions.remind": "remind: 1",
    "decisions.escalate": "escalate: 1",
    "decisions.consult_at_most": "consult_at_most: 5",
    "decisions.who_decides": '- {tag: pricing, decider: "@dana"}',
    "decisions.who_decides.*": '- {tag: pricing, decider: "@dana"}',
    "decisions.who_decides.*.tag": "tag: pricing",
    "decisions.who_decides.*.function": "function: Engineering",
    "decisions.who_decides.*.decider": 'decider: "@dana"',
    "decisions.who_decides.*.escalate_to": 'escalate_to: "@marta"',
    "decisions.summary": 'summary: {when: fri 15:00, channels: ["#product-sync"]}',
    "decisions.summary.when": "when: fri 15:00",
    "decisions.summary.channels": 'channels: ["#product-sync"]',
    "messages": "messages: {per_minute: 300}",
    "standups": "a name of your own, and below it, two spaces to the right, its title, channel, when and questions",
    "standups.*": "a title, channel, when and questions below it, two spaces to the right",
    "standups.*.title": "title: Weekly stand-up",
    "standups.*.channel": 'channel: "#product-sync"',
    "standups.*.when": "when: mon 09:00",
    "standups.*.zone": "zone: member",
    "standups.*.thread_zone": "thread_zone: Europe/Lisbon",
    "standups.*.window": "window: 9h",
    "standups.*.audience": "audience: {channel: true}",
    "standups.*.audience.functions": "functions: [design]",
    "standups.*.audience.people": 'people: ["@rui"]',
    "standups.*.optional": 'optional: ["@ceo"]',
    "standups.*.owner": 'owner: "@marta"',
    "standups.*.questions": '- {key: progress, ask: "What moved since last week?"}',
    "standups.*.questions.*": '- {key: progress, ask: "What moved since last week?"}',
    "standups.*.questions.*.key": "key: progress",
    "standups.*.questions.*.ask": 'ask: "What moved since last week?"',
    "standups.*.questions.*.kind": "kind: text",
    "standups.*.questions.*.options": "options: [Yes, No]",
    "standups.*.questions.*.functions": "functions: [design]",
    "standups.*.reminders": "reminders: [3h]",
    "standups.*.early": "early: 15h",
    "standups.*.skip": "skip: [2026-12-28]",
}


def sentence(error: ErrorDetails) -> tuple[str, str]:
    """(what is wrong, what to write instead), the second empty when the first says it."""
    place = place_of(error)
    kind, given = error["type"], error["input"]
    if kind == "value_error":
        return str(error["ctx"]["error"]), ""
    if kind == "missing":
        return f"“{place[-1]}” is missing.", _example(place)
    if kind == "extra_forbidden":
        return _unknown(place)
    if kind == "too_short":
        return "There is nothing in this list.", _example(place)
    if kind == "too_long":
        return f"There are more than {error['ctx']['max_length']} here.", "Keep fewer."
    if given is None:
        return "There is nothing after the colon.", _empty(place)
    return _not_the_kind(error, place)


def place_of(error: ErrorDetails) -> Place:
    """pydantic adds a step "[key]" where the name itself of a person or stand-up is wrong."""
    place = error["loc"]
    return place[:2] if place[2:] == ("[key]",) and error["type"] != "extra_forbidden" else place


def telling(errors: Sequence[ErrorDetails]) -> Sequence[ErrorDetails]:
    """The errors without those that only follow from others: a misspelt key is missing too, and a list of nothing but
    wrong entries is empty too."""
    meant = {(*error["loc"][:-1], _meant(error["loc"])) for error in errors if error["type"] == "extra_forbidden"}
    return [
        error
        for error in errors
        if not (error["type"] == "missing" and error["loc"] in meant)
        and not (error["type"] == "too_short" and error["input"])
    ]


def _unknown(place: Place) -> tuple[str, str]:
    known = list(KNOWN[pattern(place[:-1])].model_fields)
    meant, elsewhere = _meant(place), [home for home in HOMES if place[-1] in HOMES[home]]
    if meant:
        instead = f"Did you mean “{meant}”?"
    elif elsewhere and len(place) == 1:
        instead = f"It belongs below “{elsewhere[0]}”, two spaces to the right."
    else:
        instead = f"Known here: {', '.join(known)}."
    return f"{shown(place[-1])} is not known here.", instead


def _meant(place: Sequence[str | int]) -> str:
    return nearest(str(place[-1]), KNOWN[pattern(tuple(place[:-1]))].model_fields)


def _not_the_kind(error: ErrorDetails, place: Place) -> tuple[str, str]:
    kind, given = error["type"], error["input"]
    if kind == "literal_error":
        choices = [choice.strip("'") for choice in error["ctx"]["expected"].replace(" or ", ", ").split(", ")]
        return f"{_what(given)} can't stand here.", did_you_mean(str(given), choices) or f"Write {one_of(choices)}."
    if kind.startswith("bool"):
        return f"{_what(given)} is neither yes nor no.", "Write true or false."
    if kind.startswith(("int", "greater", "less")):
        return _number(given, place)
    if kind == "string_type":
        return f"A text was expected here, not {_what(given)}.", _example(place)
    if kind == "tuple_type":
        return f"A list was expected here, not {_what(given)}.", _example(place)
    if kind in ("model_type", "dict_type", "model_attributes_type"):
        return f"Names with values were expected here, not {_what(given)}.", _example(place)
    return f"{_what(given)} can't stand here.", _example(place)


def _number(given: Any, place: Place) -> tuple[str, str]:
    known = KNOWN[pattern(place[:-1])].model_json_schema()["properties"][place[-1]]
    bounds = f"from {known['minimum']} to {known['maximum']}"
    return f"{_what(given)} is no number {bounds}.", f"Write for example {known['default']}."


def _what(given: Any) -> str:
    if isinstance(given, dict):
        return "names with values"
    return "a list" if isinstance(given, list | tuple) else shown(given)


def _empty(place: Place) -> str:
    """An unquoted # begins a comment, and so leaves nothing."""
    names_channels = pattern(place).removesuffix(".*").endswith(("channel", "channels"))
    return (COMMENT + " " if names_channels else "") + _example(place)


def _example(place: Place) -> str:
    """The nearest example; an entry of a list of plain values has its list's."""
    found = EXAMPLES.get(pattern(place)) or EXAMPLES.get(pattern(place[:-1]))
    return f"Write for example: {found}" if found else "Compare with the shipped config.yaml."


def pattern(place: Place) -> str:
    """("standups", "weekly", "questions", 2, "kind") -> "standups.*.questions.*.kind"."""
    steps: list[str] = []
    for number, step in enumerate(place):
        anywhere = isinstance(step, int) or (number == 1 and place[0] in ("people", "standups"))
        steps.append("*" if anywhere else str(step))
    return ".".join(steps)
