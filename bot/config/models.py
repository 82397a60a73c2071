"""What a configuration holds, as it is written: frozen records that refuse what they do not know.

People, channels and user groups stay as somebody wrote them; `bot.settings.resolve` finds them in Slack.
"""

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from bot.config import fields
from bot.config.problems import shown

MOST_FUNCTIONS = 99  # Slack's menus hold 100 options, and one of them is "Nobody".
MOST_DOMAINS = 50
MOST_QUESTIONS = 20
MOST_DECIDE = 100
AWAY_EMOJIS = ("palm_tree", "desert_island", "face_with_thermometer", "baby_bottle")


def _listed(value: Any) -> Any:
    """One thing may stand alone instead of in a list."""
    return [value] if isinstance(value, str) else value


def _days(value: Any) -> Any:
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return [name for part in value for name in fields.weekdays(part)]
    return value


def _text(longest: int) -> Callable[[str], str]:
    def check(text: str) -> str:
        if not text.strip():
            raise ValueError("There is no text here. Write some, or delete the line.")
        if len(text) > longest:
            raise ValueError(f"This is {len(text):,} characters long. Slack shows {longest:,} here; shorten it.")
        return text.strip()

    return check


def _between(shortest: str, longest: str) -> Callable[[str], str]:
    def check(text: str) -> str:
        if not fields.duration(shortest) <= fields.duration(text) <= fields.duration(longest):
            raise ValueError(f"{shown(text)} is out of bounds. Write a length from “{shortest}” to “{longest}”.")
        return fields.written_duration(text)

    return check


def _unique(values: tuple[str, ...]) -> tuple[str, ...]:
    twice = next((value for value in values if values.count(value) > 1), None)
    if twice is not None:
        raise ValueError(f"{shown(twice)} stands here twice. Keep one of them.")
    return values


Who = Annotated[str, AfterValidator(fields.person)]
People = Annotated[tuple[Who, ...], BeforeValidator(_listed)]
Country = Annotated[str, AfterValidator(fields.country)]
Key = Annotated[str, AfterValidator(fields.key)]
Channels = Annotated[
    tuple[Annotated[str, AfterValidator(fields.channel)], ...], BeforeValidator(_listed), AfterValidator(_unique)
]
Day = Annotated[str, AfterValidator(fields.day)]
Days = Annotated[tuple[Day, ...], BeforeValidator(_listed)]
FunctionNames = Annotated[tuple[str, ...], BeforeValidator(_listed)]
Command = Annotated[str, AfterValidator(fields.command)]


class Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _empty_is_unwritten(cls, value: Any) -> Any:
        """`admins:` with nothing after it, where a list or more keys could stand, is as good as no line."""
        if not isinstance(value, dict):
            return value
        known = cls.model_fields
        return {key: each for key, each in value.items() if each is not None or not _holds_more(known.get(key))}


def _holds_more(known: Any) -> bool:
    return known is not None and isinstance(known.get_default(call_default_factory=True), tuple | dict | BaseModel)


def _key_from_name(value: Any) -> Any:
    """What has a name needs no key of its own."""
    if isinstance(value, dict) and not value.get("key") and isinstance(value.get("name"), str):
        return {**value, "key": fields.slug(value["name"]) or value["name"]}
    return value


class Function(Entry):
    """A part of the organisation, with its lead, who hears of what others wait for."""

    name: Annotated[str, AfterValidator(_text(75))]
    key: Key = ""
    side: Literal["technical", "business"]
    lead: Who | None = None
    country: Country | None = None
    members: People = ()
    group: Annotated[str, AfterValidator(fields.group)] | None = None

    _key = model_validator(mode="before")(_key_from_name)


class Calendar(Entry):
    zone: Annotated[str, AfterValidator(fields.zone)] = "UTC"
    working_days: Annotated[
        tuple[str, ...], BeforeValidator(_days), BeforeValidator(_listed), AfterValidator(_unique)
    ] = Field(default=("mon", "tue", "wed", "thu", "fri"), min_length=1)
    hours: Annotated[str, AfterValidator(fields.hours)] = "09:00-18:00"
    holidays: Country | None = None
    days_off: Days = ()

    @property
    def opens(self) -> time:
        return time.fromisoformat(self.hours.partition("-")[0])

    @property
    def closes(self) -> time:
        return time.fromisoformat(self.hours.partition("-")[2])

    @property
    def own(self) -> frozenset[date]:
        return frozenset(map(date.fromisoformat, self.days_off))


class Person(Entry):
    country: Country


class Away(Entry):
    emojis: Annotated[tuple[Annotated[str, AfterValidator(fields.emoji)], ...], BeforeValidator(_listed)] = AWAY_EMOJIS
    guests: bool = False
    other_companies: bool = False


class Commands(Entry):
    standup: Command = "/standup"
    glossary: Command = "/glossary"
    define: Command = "/define"
    decision: Command = "/decision"
    crosswalk: Command = "/crosswalk"


class Messages(Entry):
    per_minute: int = Field(default=300, ge=1, le=1000)


class Audience(Entry):
    channel: bool = True
    functions: FunctionNames = ()
    people: People = ()


class Question(Entry):
    key: Key
    ask: Annotated[str, AfterValidator(_text(2000))]
    kind: Literal["text", "blocker", "waiting", "choice", "scale"] = "text"
    options: Annotated[
        tuple[Annotated[str, AfterValidator(_text(75))], ...], BeforeValidator(_listed), AfterValidator(_unique)
    ] = ()
    required: bool = False
    functions: FunctionNames = ()

    @model_validator(mode="after")
    def _options_where_chosen(self) -> "Question":
        if self.kind == "choice" and not 2 <= len(self.options) <= 10:
            raise ValueError(
                f"A choice needs 2 to 10 options, and has {len(self.options)}. Write “options: [Yes, No]”."
            )
        if self.kind != "choice" and self.options:
            raise ValueError(
                f"A question of kind “{self.kind}” has no options. Write “kind: choice”, or delete the options."
            )
        return self


class Standup(Entry):
    title: Annotated[str, AfterValidator(_text(120))]
    channel: Annotated[str, AfterValidator(fields.channel)]
    when: Annotated[str, AfterValidator(fields.when)]
    zone: Annotated[str, AfterValidator(fields.zone_or_member)] = fields.MEMBER
    thread_zone: Annotated[str, AfterValidator(fields.thread_zone)] | None = None
    closes: Literal["last", "thread"] = "last"
    window: Annotated[str, AfterValidator(_between("15m", "7d"))] = "9h"
    audience: Audience = Audience()
    optional: People = ()
    owner: Who | None = None
    questions: tuple[Question, ...] = Field(min_length=1, max_length=MOST_QUESTIONS)
    reminders: Annotated[tuple[Annotated[str, AfterValidator(_between("5m", "7d"))], ...], BeforeValidator(_listed)] = (
        "3h",
    )
    early: Annotated[str, AfterValidator(_between("0", "6d"))] = "15h"
    on_holiday: Literal["move", "skip"] = "move"
    skip: Days = ()
    shows: Literal["when sent", "at the close"] = "when sent"
    digest: Annotated[str, AfterValidator(_text(10_000))] | None = None

    @property
    def window_length(self) -> timedelta:
        return fields.duration(self.window)

    @property
    def early_length(self) -> timedelta:
        return fields.duration(self.early)

    @property
    def reminder_lengths(self) -> tuple[timedelta, ...]:
        return tuple(sorted(map(fields.duration, self.reminders)))


class Domain(Entry):
    """A part of the glossary, and who tends it."""

    name: Annotated[str, AfterValidator(_text(75))]
    key: Key = ""
    stewards: People = ()

    _key = model_validator(mode="before")(_key_from_name)


class Glossary(Entry):
    stewards: People = ()
    domains: tuple[Domain, ...] = Field(default=(), max_length=MOST_DOMAINS)
    confirm_every: Annotated[str, AfterValidator(_between("7d", "1000d"))] = "180d"
    gaps: Annotated[str, AfterValidator(fields.when_or_never)] = "fri 10:00"
    starter: bool = True

    @property
    def confirm_length(self) -> timedelta:
        return fields.duration(self.confirm_every)

    @property
    def gaps_when(self) -> str | None:
        return None if self.gaps == fields.NEVER else self.gaps


class Decides(Entry):
    """Who decides what carries a tag, or what one function is asked for."""

    tag: Annotated[str, AfterValidator(fields.tag)] | None = None
    function: str | None = None
    decider: Who
    escalate_to: Who | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> "Decides":
        if self.tag is None and self.function is None:
            raise ValueError(
                f"What does {shown(self.decider)} decide? Write “tag: pricing” or “function: Engineering” beside it."
            )
        if self.tag is not None and self.function is not None:
            raise ValueError("There is a tag and a function here. Keep one of them, and give the other a line below.")
        return self


class DecisionSummary(Entry):
    when: Annotated[str, AfterValidator(fields.when_or_never)] = "fri 15:00"
    channels: Channels = ()


class Decisions(Entry):
    """How long decisions may take, in working days, who takes them, and who reads what became of them."""

    due: int = Field(default=3, ge=1, le=60)
    remind: int = Field(default=1, ge=0, le=60)
    escalate: int = Field(default=1, ge=1, le=60)
    consult_at_most: int = Field(default=5, ge=1, le=50)
    who_decides: tuple[Decides, ...] = Field(default=(), max_length=MOST_DECIDE)
    summary: DecisionSummary = DecisionSummary()

    @property
    def summary_when(self) -> str | None:
        return self.summary.when if self.summary.channels and self.summary.when != fields.NEVER else None


class Configuration(Entry):
    """One workspace's whole configuration. Without an argument: nobody, and nothing planned."""

    workspace: Annotated[str, AfterValidator(fields.workspace)] | None = None
    functions: tuple[Function, ...] = Field(default=(), max_length=MOST_FUNCTIONS)
    calendar: Calendar = Calendar()
    people: dict[Who, Person] = Field(default_factory=dict)
    admins: People = ()
    away: Away = Away()
    commands: Commands = Commands()
    messages: Messages = Messages()
    standups: dict[Key, Standup] = Field(default_factory=dict)
    glossary: Glossary = Glossary()
    decisions: Decisions = Decisions()

    def body(self) -> str:
        """What was written, as JSON that reads back to an equal configuration. Equal decisions give equal text."""
        return self.model_dump_json(exclude_unset=True)
