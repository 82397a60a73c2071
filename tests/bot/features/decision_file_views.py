"""Every message about a file of decisions once, made from plain records."""

from dataclasses import replace
from typing import Any

from bot.features.decisions.files import notes
from bot.features.decisions.files.notes import WORDS
from bot.filing import worded
from rituals.decisions.exchange import New, Plan, Problem
from tests.rituals.decisions.written import PRICE

Shown = tuple[str, list[dict[str, Any]]]

NASTY = "Tell <@U0DANA> and <!channel>: 3 < 4 & *bold* <https://evil.example|click>"
FILE = "log <!here>.csv"
NEW = tuple(New(nth, replace(PRICE, question=f"{nth}. {NASTY}")) for nth in range(2, 14))
PLAN = Plan((*NEW, New(14, replace(PRICE, question="Open?", state="open", closed_at=None))), here=3)
PROBLEMS = [Problem(nth, f"“{NASTY}” is nobody here.") for nth in range(2, 19)]


def everything() -> dict[str, Shown]:
    return {
        "decision_file_plan": notes.planned(FILE, PLAN, "F1.1", "abc"),
        "decision_file_moved": notes.planned(FILE, Plan(NEW[:1]), "F1.1", "abc", moved=True),
        "decision_file_problems": notes.came_to(FILE, Plan(problems=tuple(PROBLEMS))),
        "decision_file_done": notes.came_to(FILE, PLAN),
        "decision_file_nothing": notes.came_to(FILE, Plan(here=3)),
        "decision_file_empty": worded(WORDS.import_empty(FILE)),
    }
