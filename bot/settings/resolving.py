"""A configuration as written, found in a directory: names become ids, and what is unknown is named and left out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.config import models
from bot.config.checks import function_keys
from bot.config.problems import shown
from bot.schedule.occurrences import WEEKDAYS
from bot.settings.directory import Directory, Finder, NotFound
from bot.settings.resolved import Resolved, Unknown
from glossary.settings import Domain, GlossarySettings
from rituals.calendar import WorkCalendar
from rituals.decisions.settings import Decides, DecisionSettings
from rituals.people.rules import AwayRules, Function
from rituals.standup.settings import Audience, Question, Standup


def resolve(configuration: models.Configuration, directory: Directory, version: int = 0) -> Resolved:
    """Never fails: whoever and whatever Slack does not know is in `unknown`, and the rest works."""
    look = _Look(Finder(directory))
    functions, memberships = _functions(configuration, look)
    admins = look.people("admins", configuration.admins)
    return Resolved(
        version=version,
        calendar=_calendar(configuration.calendar),
        functions=functions,
        memberships=memberships,
        countries=_countries(configuration, functions, memberships, look),
        admins=frozenset(admins),
        away=AwayRules(
            emojis=frozenset(configuration.away.emojis),
            guests=configuration.away.guests,
            strangers=configuration.away.other_companies,
        ),
        commands={f"/{name}": written for name, written in configuration.commands.model_dump().items()},
        standups=_standups(configuration, next(iter(admins), ""), look),
        messages_per_minute=configuration.messages.per_minute,
        glossary=_glossary(configuration.glossary, admins, look),
        decisions=_decisions(configuration, look),
        outsiders=frozenset(
            each.user for each in directory.members if each.stranger and not configuration.away.other_companies
        ),
        unknown=tuple(look.unknown),  # the last, when everything has been looked for
    )


@dataclass(slots=True)
class _Look:
    """Finds what was written, and keeps what it did not find."""

    finder: Finder
    unknown: list[Unknown] = field(default_factory=list)

    def person(self, path: str, written: str) -> str | None:
        try:
            return self.finder.person(written).user
        except NotFound as why:
            self.unknown.append(Unknown(path, written, str(why)))
            return None

    def responsible(self, path: str, written: str | None) -> str | None:
        """Somebody who is to be told things: not somebody whose account is deactivated."""
        if written is None:
            return None
        user = self.person(path, written)
        if user is not None and self.finder.person(written).deactivated:
            why = f"The account of {shown(written)} is deactivated: name somebody else."
            self.unknown.append(Unknown(path, written, why))
            return None
        return user

    def people(self, path: str, written: Iterable[str]) -> tuple[str, ...]:
        found = [self.person(path, each) for each in written]
        return tuple(dict.fromkeys(user for user in found if user is not None))

    def group(self, path: str, written: str | None) -> tuple[str, ...]:
        if written is None:
            return ()
        try:
            return tuple(self.finder.group(written))
        except NotFound as why:
            self.unknown.append(Unknown(path, written, str(why)))
            return ()

    def channel(self, path: str, written: str, until: str) -> str | None:
        """`until` says what the group goes without as long as it is not found."""
        try:
            return self.finder.channel(written).channel
        except NotFound as why:
            self.unknown.append(Unknown(path, written, f"{why} Until then {until}."))
            return None


def _calendar(written: models.Calendar) -> WorkCalendar:
    return WorkCalendar(
        zone=written.zone,
        days=frozenset(WEEKDAYS.index(day) for day in written.working_days),
        opens=written.opens,
        closes=written.closes,
        own=written.own,
        country=written.holidays,
    )


def _functions(
    configuration: models.Configuration, look: _Look
) -> tuple[tuple[Function, ...], Mapping[str, tuple[str, ...]]]:
    functions: list[Function] = []
    memberships: dict[str, tuple[str, ...]] = {}
    for each in configuration.functions:
        path = f"functions.{each.key}"
        lead = look.responsible(f"{path}.lead", each.lead)
        members = look.people(f"{path}.members", each.members) + look.group(f"{path}.group", each.group)
        functions.append(Function(each.key, each.name, each.side, lead, each.country))
        memberships[each.key] = tuple(dict.fromkeys((*((lead,) if lead else ()), *members)))
    return tuple(functions), memberships


def _countries(
    configuration: models.Configuration,
    functions: tuple[Function, ...],
    memberships: Mapping[str, tuple[str, ...]],
    look: _Look,
) -> Mapping[str, str]:
    found = {look.person("people", written): each.country for written, each in configuration.people.items()}
    countries = {user: country for user, country in found.items() if user is not None}
    placed: set[str] = set()
    for function in functions:
        for user in memberships[function.key]:
            if function.country and user not in placed:
                countries.setdefault(user, function.country)
            placed.add(user)
    return countries


def _glossary(written: models.Glossary, admins: tuple[str, ...], look: _Look) -> GlossarySettings:
    domains = {
        each.key: Domain(each.key, each.name, look.people(f"glossary.domains.{each.key}.stewards", each.stewards))
        for each in written.domains
    }
    return GlossarySettings(
        stewards=look.people("glossary.stewards", written.stewards),
        domains=domains,
        admins=frozenset(admins),
        confirm_every=written.confirm_length,
        gaps_when=written.gaps_when,
        starter=written.starter,
    )


def _decisions(configuration: models.Configuration, look: _Look) -> DecisionSettings:
    written, keys = configuration.decisions, function_keys(configuration.functions)
    rules = [_decides(f"decisions.who_decides.{n}", each, keys, look) for n, each in enumerate(written.who_decides, 1)]
    path, until = "decisions.summary.channels", "the summary of decisions does not come there"
    found = [look.channel(path, each, until) for each in written.summary.channels]
    channels = tuple(dict.fromkeys(channel for channel in found if channel is not None))
    return DecisionSettings(
        due_days=written.due,
        remind_days=written.remind,
        escalate_days=written.escalate,
        most_consulted=written.consult_at_most,
        decides=tuple(rule for rule in rules if rule is not None),
        summary_when=written.summary_when if channels else None,
        summary_channels=channels,
    )


def _decides(path: str, written: models.Decides, keys: Mapping[str, str], look: _Look) -> Decides | None:
    """None without a decider, and then the rest of the line is looked up all the same: it may be wrong too."""
    decider = look.responsible(f"{path}.decider", written.decider)
    escalate_to = look.responsible(f"{path}.escalate_to", written.escalate_to)
    if decider is None:
        return None
    function = None if written.function is None else keys[written.function.casefold()]
    return Decides(decider, written.tag, function, escalate_to)


def _standups(configuration: models.Configuration, first_admin: str, look: _Look) -> Mapping[str, Standup]:
    standups: dict[str, Standup] = {}
    for key, written in configuration.standups.items():
        channel = look.channel(f"standups.{key}.channel", written.channel, "this stand-up is left out")
        if channel is not None:
            standups[key] = _standup(key, written, channel, configuration, first_admin, look)
    return standups


def _standup(
    key: str,
    written: models.Standup,
    channel: str,
    configuration: models.Configuration,
    first_admin: str,
    look: _Look,
) -> Standup:
    path, keys = f"standups.{key}", function_keys(configuration.functions)
    fixed = None if written.zone == "member" else written.zone
    return Standup(
        key=key,
        title=written.title,
        channel=channel,
        when=written.when,
        questions=tuple(_question(question, keys) for question in written.questions),
        owner=look.responsible(f"{path}.owner", written.owner) or first_admin,
        zone=written.zone,
        thread_zone=written.thread_zone or fixed or configuration.calendar.zone,
        closes=written.closes,
        audience=Audience(
            channel=written.audience.channel,
            functions=tuple(keys[name.casefold()] for name in written.audience.functions),
            people=look.people(f"{path}.audience.people", written.audience.people),
        ),
        optional=frozenset(look.people(f"{path}.optional", written.optional)),
        # The default of three hours is no use to a stand-up that is over sooner.
        reminders=tuple(each for each in written.reminder_lengths if each < written.window_length),
        window=written.window_length,
        early=written.early_length,
        on_holiday=written.on_holiday,
        skip_dates=frozenset(written.skip),
        shows=written.shows,
        away_emojis=frozenset(configuration.away.emojis),
        guests=configuration.away.guests,
        strangers=configuration.away.other_companies,
        digest=written.digest,
    )


def _question(written: models.Question, keys: Mapping[str, str]) -> Question:
    return Question(
        key=written.key,
        text=written.ask,
        kind=written.kind,
        options=written.options,
        required=written.required,
        functions=tuple(keys[name.casefold()] for name in written.functions),
    )
