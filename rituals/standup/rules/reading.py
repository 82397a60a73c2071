"""What a round adds up to: sections by function, ages, averages, who waits for whom."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from rituals.blockers.rules import Blocker
from rituals.calendar import WorkCalendar, age_words
from rituals.people.rules import Function
from rituals.standup.rules import answering
from rituals.standup.rules.records import Answer, Ask, BlockerLine, Choice, Entry, Participant, Round, Scale, Section

NO_FUNCTION = "No function"


def entry(round_: Round, person: Participant, name: str, answer: Answer) -> Entry:
    questions = answering.hers(round_.standup.questions, person.function)
    return Entry(person.user, name, person.function, answer, questions)


def entries(
    round_: Round, people: Mapping[str, Participant], answers: Iterable[Answer], names: Mapping[str, str]
) -> tuple[Entry, ...]:
    """Everybody's answers, in the order they are given."""
    return tuple(
        entry(round_, people[each.user], names.get(each.user, each.user), each)
        for each in answers
        if each.user in people
    )


def sections(found: Sequence[Entry], functions: Mapping[str, Function]) -> tuple[Section, ...]:
    """By function, in the functions' own order; those of no known function last. Empty ones are left out."""
    sorted_in = {key: [each for each in found if each.function == key] for key in functions}
    known = [
        Section(key, functions[key].name, functions[key].side, tuple(inside))
        for key, inside in sorted_in.items()
        if inside
    ]
    rest = tuple(each for each in found if each.function not in functions)
    return (*known, Section(None, NO_FUNCTION, None, rest)) if rest else tuple(known)


def blocker_lines(
    found: Iterable[Blocker], functions: Mapping[str, Function], calendar: WorkCalendar, now: datetime
) -> tuple[BlockerLine, ...]:
    return tuple(
        BlockerLine(each, _name(each.function, functions), age_words(calendar, each.raised_at, now)) for each in found
    )


def who_waits(
    blockers: Iterable[Blocker],
    raisers: Mapping[str, str | None],
    found: Iterable[Entry],
    calendar: WorkCalendar,
    now: datetime,
) -> tuple[Ask, ...]:
    """Who waits for whom, the longest wait first: open blockers, and functions named without a blocker.

    `raisers`: user -> her function.
    """
    since: dict[tuple[str | None, str], list[datetime]] = {}
    for blocker in blockers:
        if blocker.function is not None:
            since.setdefault((raisers.get(blocker.raiser), blocker.function), []).append(blocker.raised_at)
    for each in found:
        for function in answering.asks(each.questions, each.answer.values):
            since.setdefault((each.function, function), []).append(each.answer.sent_at)
    waits = [
        Ask(waiting, waited_on, len(moments), min(moments), age_words(calendar, min(moments), now))
        for (waiting, waited_on), moments in since.items()
    ]
    return tuple(sorted(waits, key=lambda ask: (ask.oldest, ask.function, ask.from_function or "")))


def scales(round_: Round, found: Iterable[Entry]) -> tuple[Scale, ...]:
    everyone = list(found)
    averages = []
    for question in round_.standup.questions:
        steps = [value for each in everyone if isinstance(value := each.answer.values.get(question.key), int)]
        if question.kind == "scale" and steps:
            averages.append(Scale(question, sum(steps) / len(steps), len(steps)))
    return tuple(averages)


def choices(round_: Round, found: Iterable[Entry]) -> tuple[Choice, ...]:
    everyone = list(found)
    counted = []
    for question in round_.standup.questions:
        chosen = [each.answer.values.get(question.key) for each in everyone]
        counts = tuple((option, chosen.count(option)) for option in question.options if option in chosen)
        if question.kind == "choice" and counts:
            counted.append(Choice(question, counts))
    return tuple(counted)


def names(user: str, answer: Answer) -> bool:
    """Whether an answer mentions her: `<@U123>` or `<@U123|rui>`."""
    mention = re.compile(rf"<@{re.escape(user)}[|>]")
    return any(isinstance(value, str) and mention.search(value) for value in answer.values.values())


def _name(function: str | None, functions: Mapping[str, Function]) -> str | None:
    known = functions.get(function or "")
    return known.name if known else function
