"""How each colleague answers: when, on which way, and what. The same round always gets the same answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Literal

from bot.demo import story

Way = Literal["form", "thread", "direct"]
# Ordinary delays after being asked, in minutes, and the way she prefers.
HABITS: dict[str, tuple[int, int, Way]] = {
    "marta": (20, 90, "form"),
    "rui": (20, 45, "form"),
    "priya": (50, 130, "form"),
    "tomas": (90, 180, "thread"),
    "kavya": (15, 40, "form"),
    "hemi": (40, 80, "direct"),
    "sofia": (60, 150, "thread"),
    "jonas": (100, 220, "direct"),
    "dana": (25, 100, "form"),
    "luis": (30, 240, "direct"),
    "emma": (60, 140, "form"),
    "aroha": (30, 70, "form"),
}
# Silent in the last weeks before the one that is watched, so that the bot asks him once what would suit him.
SILENT = ("luis", 10)
# Emma answers some weeks a day late, Tomas and Dana once.
LATE = {("emma", 3), ("emma", 9), ("emma", 12), ("dana", 6), ("tomas", 10)}
READY = ("Ready", "Ready", "Nearly", "Nothing in this release", "Not yet")
MISSING = ("", "", "Two reviews.", "The notes for customers.", "A last test on phones.")


@dataclass(frozen=True, slots=True)
class Answering:
    """`after`: how long after she was asked. `week` counts from the story's first."""

    handle: str
    week: int
    after: timedelta
    way: Way


@dataclass(frozen=True, slots=True)
class Asked:
    """One input that she fills: a question's key and kind, and its options in order."""

    key: str
    kind: str
    options: tuple[str, ...] = ()


def answering(handle: str, round_id: str, first: date) -> Answering | None:
    """How she answers this round, or None when she does not. `first` is the Monday of the story's first week."""
    key, _, wall = round_id.partition(".")
    week = (date.fromisoformat(wall[:10]) - first).days // 7
    lot = Random(f"{round_id} {handle}")
    shortest, longest, way = HABITS[handle]
    after = timedelta(minutes=lot.randint(shortest, longest))
    if key != "weekly":
        return None if handle == SILENT[0] else Answering(handle, week, after / 3, "form")
    if _silent(handle, week):
        return None
    if (handle, week) in LATE:
        # Past everybody's window, and before the next round.
        return Answering(handle, week, timedelta(hours=26) + after, "form")
    if story.obstacle(handle, week) or story.solved(handle, week):
        way = "form"
    return Answering(handle, week, after, way)


def values(of: Answering, inputs: Iterable[Asked], round_id: str) -> dict[str, str]:
    """What she enters, by question; inputs that she leaves empty are left out."""
    lot = Random(f"{round_id} {of.handle} values")
    obstacle = story.obstacle(of.handle, of.week)
    moved, comes = story.update(of.handle, of.week)
    told = {"progress": moved, "next": comes, "customers": story.customers(of.handle, of.week)}
    entered: dict[str, str] = {}
    for nth, each in enumerate(inputs):
        match each.kind:
            case "choice":
                entered[each.key] = _chosen(lot, each.options)
            case "scale":
                entered[each.key] = str(lot.choice((3, 4, 4, 5)))
            case "blocker":
                entered[each.key] = obstacle.text if obstacle else ""
            case "waiting":
                entered[each.key] = obstacle.function if obstacle else ""
            case _ if each.key == "missing":
                entered[each.key] = lot.choice(MISSING)
            case _:
                entered[each.key] = told.get(each.key, moved if nth == 0 else "")
    return {key: value for key, value in entered.items() if value}


def words(of: Answering) -> str:
    """What she writes when she answers in her own words instead of the form."""
    return " ".join(story.update(of.handle, of.week))


def _chosen(lot: Random, options: tuple[str, ...]) -> str:
    known = [option for option in READY if option in options]
    return lot.choice(known or options)


def _silent(handle: str, week: int) -> bool:
    since = handle == SILENT[0] and week >= SILENT[1]
    every_other = handle == story.OPTIONAL and week % 2 == 1
    return since or every_other
