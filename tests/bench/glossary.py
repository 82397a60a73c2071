"""Finding terms as the glossary grows, against one expression of all names; what a misspelt look-up adds."""

import asyncio
import gc
import random
import re
import string
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

import psutil

from glossary.index import Index
from tests.figures import Figure

FEW, MANY, MOST = 1_000, 10_000, 100_000
MESSAGES, MESSAGE, TERMS_IN_MESSAGE, COMPARED_MESSAGES = 200, 40, 3, 4
ROUNDS = 15
MISSES, RUNS = 400, 5

COMMON = (
    *("annual", "average", "gross", "net", "monthly", "recurring", "revenue", "retention", "churn", "rate", "customer"),
    *(
        "lifetime",
        "value",
        "cost",
        "acquisition",
        "account",
        "contract",
        "booking",
        "pipeline",
        "forecast",
        "quota",
        "lead",
    ),
    *("deal", "stage", "margin", "price", "list", "discount", "partner", "channel", "campaign", "funnel", "segment"),
    *("renewal", "feature", "flag", "release", "branch", "build", "incident", "latency", "error", "budget", "service"),
    *(
        "level",
        "objective",
        "agreement",
        "queue",
        "cache",
        "replica",
        "schema",
        "backlog",
        "sprint",
        "story",
        "velocity",
    ),
)
FILLING = (
    *(
        "we",
        "looked",
        "at",
        "the",
        "of",
        "and",
        "is",
        "down",
        "because",
        "were",
        "late",
        "so",
        "please",
        "check",
        "with",
    ),
    *(
        "before",
        "friday",
        "tell",
        "what",
        "they",
        "can",
        "promise",
        "to",
        "our",
        "clients",
        "this",
        "week",
        "again",
        "it",
    ),
    *(
        "was",
        "not",
        "in",
        "for",
        "a",
        "us",
        "you",
        "meetings",
        "numbers",
        "asked",
        "about",
        "their",
        "questions",
        "today",
    ),
)
BEGINNINGS = (
    "b",
    "br",
    "c",
    "cr",
    "d",
    "f",
    "g",
    "h",
    "j",
    "k",
    "l",
    "m",
    "n",
    "p",
    "pl",
    "r",
    "s",
    "st",
    "t",
    "tr",
    "v",
    "w",
)
MIDDLES = ("a", "e", "i", "o", "u", "ea", "ai", "ou")
ENDINGS = ("", "n", "r", "l", "s", "t", "m", "nd", "st", "ck")

Say = Callable[[str], None]


def measured(_: Path, say: Say) -> list[Figure]:
    chance = random.Random(7)
    names = _names(MOST, chance)
    most = _told(names, say)
    few, many = (_index(names[:count]) for count in (FEW, MANY))
    messages = [_message(names[:FEW], chance) for _ in range(MESSAGES)]
    gc.collect()
    return [
        _scaling(few, most, messages, say),
        _against_alternation(many, names[:MANY], messages, say),
        asyncio.run(_misspelt(most, names, chance, say)),
    ]


def _told(names: Sequence[str], say: Say) -> Index:
    gc.collect()
    process = psutil.Process()
    before, began = process.memory_info().rss, time.process_time()
    index = _index(names)
    took = time.process_time() - began
    gc.collect()
    say(f"{len(names)} terms: {(process.memory_info().rss - before) / 1e6:.0f} MB, built in {took:.1f} s")
    return index


def _scaling(few: Index, most: Index, messages: Sequence[str], say: Say) -> Figure:
    pairs = [(_each(few.detect, messages), _each(most.detect, messages)) for _ in range(ROUNDS)]
    small, large = (median(pair[side] for pair in pairs) for side in (0, 1))
    hits = sum(len(most.detect(message)) for message in messages) / len(messages)
    say(f"{MESSAGE} words, {hits:.1f} hits: {small:.0f} us with {FEW} terms, {large:.0f} with {MOST}")
    return Figure("detect_scaling", median(large / small for small, large in pairs), 2.5, "lower", "times")


def _against_alternation(index: Index, names: Sequence[str], messages: Sequence[str], say: Say) -> Figure:
    """Both forgive case and find whole words; the expression knows neither plurals nor hyphens nor what is no prose."""
    alternation = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    whole = re.compile(rf"\b(?:{alternation})\b", re.IGNORECASE)
    small = re.compile(rf"\b(?:{alternation.lower()})\b")
    rounds = [
        (
            _each(index.detect, messages),
            _each(whole.findall, messages[nth * COMPARED_MESSAGES :][:COMPARED_MESSAGES]),
            _each(
                lambda message: small.findall(message.lower()), messages[nth * COMPARED_MESSAGES :][:COMPARED_MESSAGES]
            ),
        )
        for nth in range(ROUNDS)
    ]
    ours, theirs, lowered = (median(each[side] for each in rounds) for side in range(3))
    say(f"with {MANY} terms: {ours:.0f} us; one expression {theirs:.0f}, and {lowered:.0f} if all is lowered first")
    return Figure("detect_vs_alternation", median(each[1] / each[0] for each in rounds), 100, "higher", "times")


def _each(find: Callable[[str], object], messages: Sequence[str]) -> float:
    """Microseconds of CPU for one message."""
    began = time.process_time()
    for message in messages:
        find(message)
    return (time.process_time() - began) / len(messages) * 1e6


async def _misspelt(index: Index, names: Sequence[str], chance: random.Random, say: Say) -> Figure:
    """From the look-up that finds nobody until the nearest are known, of each in turn, several times over."""
    meant = [name for name in chance.sample(names, 2 * MISSES) if len(name) > 3]
    typed = [(name, slipped) for name in meant if not index.look_up(slipped := _slipped(name.lower(), chance))][:MISSES]
    assert len(typed) == MISSES
    held: list[float] = []
    beside = asyncio.create_task(_held_up(held))
    runs = [[await _missed(index, name, slipped) for name, slipped in typed] for _ in range(RUNS)]
    beside.cancel()
    halves, p99s, busy = (
        [_part([miss[of] for miss in run], part) for run in runs] for of, part in ((0, 0.5), (0, 0.99), (1, 0.99))
    )
    say(f"{MISSES} misspelt look-ups among {MOST} terms, {sum(miss[2] for miss in runs[0])} right, {RUNS} times over:")
    say(f"p50 {median(halves):.1f} ms; p99 {_list(p99s)} ms, of CPU {_list(busy)}")
    say(f"another task is held up p50 {_part(held, 0.5):.2f} ms, p99 {_part(held, 0.99):.2f}, at most {max(held):.1f}")
    return Figure("misspelt_added_p99_ms", median(p99s), 30, "lower", "ms")


async def _missed(index: Index, name: str, slipped: str) -> tuple[float, float, bool]:
    """Milliseconds, those of CPU among them (with the task beside it), and whether the one she meant is offered."""
    began, worked = time.perf_counter(), time.process_time()
    assert not index.look_up(slipped)
    search = index.near(slipped)
    for _ in search:
        await asyncio.sleep(0)
    right = name in search.ids
    return (time.perf_counter() - began) * 1000, (time.process_time() - worked) * 1000, right


async def _held_up(held: list[float]) -> None:
    """How many milliseconds it takes to have its turn again, over and over."""
    while True:
        began = time.perf_counter()
        await asyncio.sleep(0)
        held.append((time.perf_counter() - began) * 1000)


def _part(values: Sequence[float], part: float) -> float:
    return sorted(values)[int(len(values) * part) - 1]


def _list(values: Sequence[float]) -> str:
    return ", ".join(f"{value:.1f}" for value in values)


def _index(names: Sequence[str]) -> Index:
    """Each term's id is its name."""
    index = Index(frozenset(FILLING))
    for name in names:
        index.put(name, (name,))
    return index


def _message(names: Sequence[str], chance: random.Random) -> str:
    """Forty words, some of them terms, some with which other terms begin."""
    terms = chance.sample(names, TERMS_IN_MESSAGE)
    filling = MESSAGE - len(" ".join(terms).split()) - TERMS_IN_MESSAGE
    parts = [*terms, *chance.choices(COMMON, k=TERMS_IN_MESSAGE), *chance.choices(FILLING, k=filling)]
    chance.shuffle(parts)
    return " ".join(parts)


def _names(count: int, chance: random.Random) -> list[str]:
    """Invented terms of one to four words, abbreviations among them; common words come often, others seldom."""
    words = [*COMMON, *(_word(chance) for _ in range(4000))]
    weights = [1 / (nth + 5) for nth in range(len(words))]
    names: dict[str, str] = {}
    while len(names) < count:
        length = chance.choices((1, 2, 3, 4), (20, 45, 25, 10))[0]
        if length > 1:
            name = " ".join(chance.choices(words, weights, k=length))
        elif chance.getrandbits(1):
            name = "".join(chance.choices(string.ascii_uppercase, k=chance.choice((3, 3, 4, 4, 5))))
        else:
            name = _word(chance) + _word(chance)
        names.setdefault(name.lower(), name)
    return list(names.values())


def _word(chance: random.Random) -> str:
    syllables = chance.choices((1, 2, 3), (1, 2, 1))[0]
    return "".join(
        chance.choice(BEGINNINGS) + chance.choice(MIDDLES) + chance.choice(ENDINGS) for _ in range(syllables)
    )


def _slipped(name: str, chance: random.Random) -> str:
    """A letter missing, doubled, wrong or in its neighbour's place; in longer names sometimes two of them."""
    for _ in range(2 if len(name) > 12 and chance.getrandbits(1) else 1):
        at = chance.randrange(len(name) - 1)
        name = chance.choice(
            (
                name[:at] + name[at + 1 :],
                name[:at] + name[at] + name[at:],
                name[:at] + chance.choice(string.ascii_lowercase) + name[at + 1 :],
                name[:at] + name[at + 1] + name[at] + name[at + 2 :],
            )
        )
    return name
