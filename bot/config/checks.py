"""What single values cannot show: names that point nowhere, doubles, reminders after the close, templates with a slip.

Runs over whatever pieces are well formed, so that one wrong line does not hide the next.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from bot.config import fields, models
from bot.config.problems import did_you_mean, shown
from bot.config.sentences import COMMENT, EXAMPLES
from bot.config.written import Place

Found = tuple[Place, str, str]
"""Where, what is wrong, what to write instead."""

M = TypeVar("M", bound=BaseModel)


def check(value: Mapping[str, Any]) -> Iterator[Found]:
    """Everything wrong between the parts of a configuration as it was written."""
    yield from _doubles("functions", value.get("functions"), ("functions",))
    yield from _nobody(value.get("functions"))
    yield from _commands(value.get("commands"))
    yield from _domains(value.get("glossary"))
    names = _function_names(value.get("functions"))
    yield from _decisions(value.get("decisions"), names)
    has_admin = bool(value.get("admins"))
    for place, standup in _entries(value.get("standups"), ("standups",)):
        if isinstance(standup, dict):
            yield from _standup(place, standup, names, has_admin)


def function_keys(functions: tuple[models.Function, ...]) -> Mapping[str, str]:
    """What a function may be called, in small letters, to its key."""
    return {function.name.casefold(): function.key for function in functions} | {
        each.key: each.key for each in functions
    }


def _doubles(what: str, value: Any, place: Place) -> Iterator[Found]:
    """Two of a kind with one name, whatever else is wrong with them."""
    seen: dict[str, str] = {}
    for inner, name, key in _called(value, place):
        known = next((seen[each] for each in (key, name.casefold()) if each in seen), None)
        if known is not None:
            yield inner, f"Two {what} are called {shown(known)}.", "Give each a name and a key of its own."
        seen |= {key: name, name.casefold(): name}


def _nobody(value: Any) -> Iterator[Found]:
    for place, function in _pieces(models.Function, value, ("functions",)):
        if not (function.members or function.group or function.lead):
            yield place, f"Nobody is in {shown(function.name)}.", 'Write for example: members: ["@rui"]'


def _commands(value: Any) -> Iterator[Found]:
    commands = _piece(models.Commands, value) if isinstance(value, dict) else None
    written = Counter(commands.model_dump().values()) if commands else Counter[str]()
    for name, count in written.items():
        if count > 1:
            yield ("commands",), f"Two commands are called {shown(name)}.", "Give each a name of its own."


def _domains(value: Any) -> Iterator[Found]:
    if isinstance(value, dict):
        yield from _doubles("domains", value.get("domains"), ("glossary", "domains"))


def _decisions(value: Any, names: Mapping[str, str]) -> Iterator[Found]:
    written, place = value if isinstance(value, dict) else {}, ("decisions", "who_decides")
    for inner, each in _entries(written.get("who_decides"), place):
        function = each.get("function") if isinstance(each, dict) else None
        if isinstance(function, str):
            yield from _known((*inner, "function"), function, names)
    yield from _decided_twice(list(_pieces(models.Decides, written.get("who_decides"), place)), names)
    summary = written.get("summary")
    if isinstance(summary, dict) and "channels" in summary and summary["channels"] is None:
        # Elsewhere a name with nothing after it is as good as no line. Here it is a channel that lacks its quotes.
        instead = f"{COMMENT} Write for example: {EXAMPLES['decisions.summary.channels']}"
        yield ("decisions", "summary", "channels"), "There is nothing after the colon.", instead


def _decided_twice(rules: list[tuple[Place, models.Decides]], names: Mapping[str, str]) -> Iterator[Found]:
    seen: set[tuple[str, str]] = set()
    for place, rule in rules:
        of, name = ("function", rule.function or "") if rule.tag is None else ("tag", rule.tag)
        # A function goes by its name and by its key, and both are the same one.
        once = (of, names.get(name.casefold(), name) if of == "function" else name.casefold())
        if once in seen:
            message = f"Another line says already who decides for the {of} {shown(name)}."
            yield (*place, of), message, "Keep one of them."
        seen.add(once)


def _standup(place: Place, value: Mapping[str, Any], names: Mapping[str, str], has_admin: bool) -> Iterator[Found]:
    questions = list(_pieces(models.Question, value.get("questions"), (*place, "questions")))
    yield from _questions(questions)
    for inner, named in _named_functions(place, value):
        yield from _known(inner, named, names)
    if not has_admin and not value.get("owner"):
        message = "Nobody would hear who did not answer: there is no owner, and the file names no admins."
        yield place, message, 'Write for example: owner: "@marta"'
    yield from _audience(place, value)
    yield from _times(place, value)
    yield from _template((*place, "digest"), value.get("digest"))


def _questions(questions: list[tuple[Place, models.Question]]) -> Iterator[Found]:
    keys: set[str] = set()
    kinds: dict[str, str] = {}
    for place, question in questions:
        if question.key in keys:
            yield (*place, "key"), f"Two questions have the key {shown(question.key)}.", "Give each a key of its own."
        if question.kind in kinds and question.kind in ("blocker", "waiting"):
            message = f"There is a “{question.kind}” question already: {shown(kinds[question.kind])}."
            yield (*place, "kind"), message, "Keep one, and write “kind: text” here."
        keys.add(question.key)
        kinds.setdefault(question.kind, question.key)
    waiting = next((place for place, question in questions if question.kind == "waiting"), None)
    if waiting is not None and "blocker" not in kinds:
        message = "Whom one waits for belongs to what one waits for, and nothing here asks that."
        yield (*waiting, "kind"), message, "Add a question with “kind: blocker”."


def _named_functions(place: Place, value: Mapping[str, Any]) -> Iterator[tuple[Place, str]]:
    audience = value.get("audience")
    lists = [((*place, "audience", "functions"), audience.get("functions"))] if isinstance(audience, dict) else []
    for inner, question in _entries(value.get("questions"), (*place, "questions")):
        if isinstance(question, dict):
            lists.append(((*inner, "functions"), question.get("functions")))
    for inner, listed in lists:
        one = [(inner, listed)] if isinstance(listed, str) else _entries(listed, inner)
        yield from ((where, name) for where, name in one if isinstance(name, str))


def _known(place: Place, named: str, names: Mapping[str, str]) -> Iterator[Found]:
    if named.casefold() not in names:
        there = ", ".join(dict.fromkeys(names.values())) or "none yet"
        yield place, f"No function is called {shown(named)}.", did_you_mean(named, names) or f"There are: {there}."


def _audience(place: Place, value: Mapping[str, Any]) -> Iterator[Found]:
    audience = _piece(models.Audience, value.get("audience")) if isinstance(value.get("audience"), dict) else None
    if audience and not (audience.channel or audience.functions or audience.people):
        yield (*place, "audience"), "Nobody is asked.", "Write for example: audience: {channel: true}"


def _times(place: Place, value: Mapping[str, Any]) -> Iterator[Found]:
    if value.get("thread_zone") and str(value.get("zone") or fields.MEMBER).lower() not in (fields.MEMBER, "members"):
        message = "Everybody is asked on one clock, the stand-up's “zone”, and the thread opens on it too."
        yield (*place, "thread_zone"), message, "Delete this line, or write “zone: member”."
    window = _length(value.get("window", models.Standup.model_fields["window"].default))
    listed = value.get("reminders")
    reminders = (
        [((*place, "reminders"), listed)] if isinstance(listed, str) else _entries(listed, (*place, "reminders"))
    )
    for inner, written in reminders:
        reminder = _length(written)
        if window and reminder and reminder >= window:
            message = (
                f"A reminder after {shown(written)} would come when the {fields.spoken(window)} to answer are over."
            )
            yield inner, message, "Remind earlier, or give a longer window."


def _length(written: Any) -> Any:
    try:
        return fields.duration(written) if isinstance(written, str) else None
    except ValueError:
        return None


def _template(place: Place, written: Any) -> Iterator[Found]:
    if not isinstance(written, str):
        return
    # Few configurations have a template, and all others start without loading the library for it here.
    from jinja2 import TemplateSyntaxError
    from jinja2.sandbox import SandboxedEnvironment

    try:
        SandboxedEnvironment(autoescape=False).parse(written)
    except TemplateSyntaxError as error:
        message = f"The template has a slip on its line {error.lineno}: {str(error.message).rstrip('.')}."
        yield place, message, "Compare with the Jinja2 examples, or delete it for the digest that comes with Crosswalk."


def _function_names(value: Any) -> dict[str, str]:
    """Names and keys as written, even of functions with something else wrong in them."""
    names: dict[str, str] = {}
    for _, each in _entries(value, ()):
        name, key = (each.get("name"), each.get("key")) if isinstance(each, dict) else (None, None)
        if isinstance(name, str):
            key = key if isinstance(key, str) else fields.slug(name)
            names[name.strip().casefold()] = key
        if isinstance(key, str) and key:
            names[key] = key
    return names


def _called(value: Any, place: Place) -> Iterator[tuple[Place, str, str]]:
    """Where each of a list stands, its name and its key."""
    for inner, each in _entries(value, place):
        name, key = (each.get("name"), each.get("key")) if isinstance(each, dict) else (None, None)
        if isinstance(name, str) and (name := name.strip()):
            yield inner, name, key if isinstance(key, str) and key else fields.slug(name) or name


def _entries(value: Any, place: Place) -> Iterator[tuple[Place, Any]]:
    if isinstance(value, dict):
        yield from (((*place, key), each) for key, each in value.items())
    elif isinstance(value, list):
        yield from (((*place, number), each) for number, each in enumerate(value))


def _pieces(model: type[M], value: Any, place: Place) -> Iterator[tuple[Place, M]]:
    for inner, each in _entries(value, place):
        piece = _piece(model, each)
        if piece is not None:
            yield inner, piece


def _piece(model: type[M], value: Any) -> M | None:
    """None for what is malformed: that is named already, with its own sentence."""
    try:
        return model.model_validate(value)
    except ValidationError:
        return None
