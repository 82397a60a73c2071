"""Whether an answer counts now, what is wrong with it, and what it says about blockers."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from rituals.standup.rules.records import Answer, Participant, Round, Value, Values
from rituals.standup.rules.refusals import RoundClosed, RoundSkipped, TooEarly, TooLate
from rituals.standup.settings import Question

LONGEST = 3_000  # what one field of a form takes
RUNNING = ("planned", "open")


def hers(questions: Sequence[Question], function: str | None) -> tuple[Question, ...]:
    """The questions that somebody of this function is asked."""
    return tuple(each for each in questions if not each.functions or function in each.functions)


def admit(round_: Round, person: Participant, before: Answer | None, late_is_over: bool, now: datetime) -> bool:
    """Whether an answer is late. Raises RoundSkipped, RoundClosed, TooLate or TooEarly if it does not count at all.

    `late_is_over`: the next round of the stand-up has begun for her.
    """
    if round_.state == "skipped":
        raise RoundSkipped(round_)
    if round_.state == "closed":
        if before is not None and not before.late:
            raise RoundClosed(round_)
        if late_is_over:
            raise TooLate(round_)
        return True
    if too_early(round_, person, now):
        raise TooEarly(round_, person.prompt_at - round_.standup.early)
    return before is not None and before.late


def too_early(round_: Round, person: Participant, now: datetime) -> bool:
    return person.state != "asked" and now < person.prompt_at - round_.standup.early


def owes(round_: Round, person: Participant, answer: Answer | None, now: datetime) -> bool:
    """Whether an answer is awaited from her, and would count now."""
    if answer is not None or person.optional or person.away is not None:
        return False
    return round_.state in RUNNING and not too_early(round_, person, now)


def check_values(
    questions: Sequence[Question], values: Values, functions: Collection[str], *, whole: bool = True
) -> dict[str, str]:
    """Question key -> what to do about it. `functions` are the keys that a waiting question may name.

    `whole` False: a free text was taken for one question, so the others may be missing, and it may be long.
    """
    problems = dict.fromkeys(values.keys() - {q.key for q in questions}, "This question is not part of this stand-up.")
    for question in questions:
        problem = _problem(question, values.get(question.key), functions, whole)
        if problem is not None:
            problems[question.key] = problem
    if not problems and not values and questions:
        problems[questions[0].key] = "Write something here, or answer another question."
    return problems


def cleaned(values: Mapping[str, Value | None]) -> dict[str, Value]:
    """The values that say something. Texts stay verbatim, but for characters that no database keeps."""
    found: dict[str, Value] = {}
    for key, value in values.items():
        if isinstance(value, str):
            text = storable(value)
            if text.strip():
                found[key] = text
        elif value is not None:
            found[key] = value
    return found


def storable(text: str) -> str:
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def kept_whole(before: Answer | None, values: Mapping[str, Value]) -> dict[str, Value]:
    """A reply may be longer than a form's field. Where the field comes back as it was filled, the whole text stays."""
    earlier = before.values if before else {}
    return {key: _whole(earlier.get(key), value) for key, value in values.items()}


def free_text_question(questions: Sequence[Question]) -> Question | None:
    """The question that a free text answers: the first that takes text."""
    return next((each for kind in ("text", "blocker") for each in questions if each.kind == kind), None)


@dataclass(frozen=True, slots=True)
class Stop:
    """What stops her, as one question has it: the text, and the function she waits on, if she named one."""

    question: str
    text: str
    function: str | None


def stops(questions: Sequence[Question], values: Values) -> tuple[Stop, ...]:
    """The blockers in an answer. A waiting question belongs to the blocker question before it."""
    found: list[Stop] = []
    for question in questions:
        if question.kind == "blocker":
            found.append(Stop(question.key, str(values.get(question.key, "")), _waited_on(questions, question, values)))
    return tuple(found)


def asks(questions: Sequence[Question], values: Values) -> tuple[str, ...]:
    """Functions that she says she waits for without saying what for."""
    told = {stop.function for stop in stops(questions, values) if stop.text}
    named = [str(values[each.key]) for each in questions if each.kind == "waiting" and values.get(each.key)]
    return tuple(dict.fromkeys(each for each in named if each not in told))


def blocker_id(round_id: str, user: str, question: str) -> str:
    return f"{round_id}:{user}:{question}"


def same_words(one: str, other: str) -> bool:
    """Whether two texts say the same but for spaces and capitals."""
    return one.casefold().split() == other.casefold().split()


def _waited_on(questions: Sequence[Question], blocker: Question, values: Values) -> str | None:
    after = questions[questions.index(blocker) + 1 :]
    named = next((values.get(each.key) for each in (*after, *questions) if each.kind == "waiting"), None)
    return str(named) if named else None


def _problem(question: Question, value: Value | None, functions: Collection[str], whole: bool) -> str | None:
    if value is None:
        return "This one needs an answer." if question.required and whole else None
    if question.kind == "scale":
        return None if isinstance(value, int) and 1 <= value <= 5 else "Choose a number from 1 to 5."
    if not isinstance(value, str):
        return "Write this one in words."
    if question.kind == "choice":
        return None if value in question.options else f"Choose one of: {', '.join(question.options)}."
    if question.kind == "waiting":
        return None if value in functions else "Choose one of the functions in the list."
    if whole and len(value) > LONGEST:
        return f"Shorten this to {LONGEST:,} characters; it has {len(value):,}."
    return None


def _whole(before: Value | None, value: Value) -> Value:
    if not isinstance(before, str) or not isinstance(value, str) or len(before) <= LONGEST:
        return value
    shown = value.rstrip().removesuffix("…").rstrip()
    filled_by_us = len(shown) > LONGEST - 50 and before.startswith(shown)
    return before if filled_by_us else value
